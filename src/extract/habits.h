/* Passages that keep coming back on one outlet: furniture that no table knows. */
#ifndef HS_EXTRACT_HABITS_H
#define HS_EXTRACT_HABITS_H

#include "base/arena.h"
#include "base/str.h"

/* A passage at the beginning or the end of an article, where furniture stands that was not told by its words. */
typedef struct hs_passage {
  int64_t hash; /* of its text, digits aside; not 0 */
  hs_str text;
} hs_passage;

enum {
  HS_PASSAGES = 8,
  HS_HABIT_PAGES = 3, /* a habit stands in as many pages of its outlet */
  HS_HABIT_SHARE = 5, /* and in one of as many */
  HS_HABITS_EVERY =
      20000 /* after as many pages, what stood in fewer than HS_HABIT_PAGES, none of them new, is forgotten */
};

/* The reason of blocks that were dropped as such. */
extern const char hs_habits_reason[];

/* The name by which an outlet's passages are kept: its own, or else the host of the page. NULL if neither is known. */
const char *hs_habits_outlet(const hs_article *article, hs_arena *arena);
/* Fills OUT with the passages of ARTICLE, each once; gives how many. Those that were dropped as habits are among them.
 */
size_t hs_habits_passages(const hs_article *article, hs_passage out[HS_PASSAGES]);
/* May this block be part of the article but for the habits of its outlet? */
bool hs_habits_kept(const hs_block *block);

/* Counts of passages, none at first; HASH 0 is the count of all pages of OUTLET. Freed with hs_habits_free. */
hs_habits *hs_habits_new(void);
/* Sets the pages in which a passage stood, and the number of the last one of them. */
void hs_habits_set(hs_habits *habits, const char *outlet, int64_t hash, uint64_t count, uint64_t at);
/* Was anything set for OUTLET's passage HASH? */
bool hs_habits_has(const hs_habits *habits, const char *outlet, int64_t hash);
/* Counts a page of OUTLET, the one with the number AT, with its COUNT passages. */
void hs_habits_count(hs_habits *habits, const char *outlet, const hs_passage *passages, size_t count, uint64_t at);
/* Forgets passages that stood in fewer than HS_HABIT_PAGES pages, the last one not behind number BEFORE. */
void hs_habits_forget(hs_habits *habits, uint64_t before);

/* Drops the passages of ARTICLE that are habits by what HABITS (may be NULL) counted, as long as more than half of the
 * text stays. What it changes is in ARENA. */
void hs_habits_drop(const hs_habits *habits, hs_article *article, hs_arena *arena);
/* Drops what stands at the COUNT places PAGES of the page, where something was dropped before. */
void hs_habits_drop_again(const hs_span *pages, size_t count, hs_article *article, hs_arena *arena);

#endif
