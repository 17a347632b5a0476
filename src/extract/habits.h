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

enum { HS_PASSAGES = 8 };

/* The reason of blocks that were dropped as such. */
extern const char hs_habits_reason[];

/* The name by which an outlet's passages are kept: its own, or else the host of the page. NULL if neither is known. */
const char *hs_habits_outlet(const hs_article *article, hs_arena *arena);
/* Fills OUT with the passages of ARTICLE, each once; gives how many. Those that were dropped as habits are among them.
 */
size_t hs_habits_passages(const hs_article *article, hs_passage out[HS_PASSAGES]);

/* An empty set; OUTLET's passage HASH is added to it. Freed with hs_habits_free. */
hs_habits *hs_habits_new(void);
void hs_habits_add(hs_habits *habits, const char *outlet, int64_t hash);
/* To be called once, behind the last hs_habits_add. */
void hs_habits_sort(hs_habits *habits);

/* Drops the passages of ARTICLE that HABITS (may be NULL) holds, as long as more than half of the text stays. What it
 * changes is in ARENA. */
void hs_habits_drop(const hs_habits *habits, hs_article *article, hs_arena *arena);

#endif
