/*
 * The learned finder of attributions: cues as tags on an encoding of the text, then, for each cue, source and content
 * among the words around it. First the cue, so that links, nesting and broken contents need no more.
 */
#ifndef HS_NLP_FINDER_H
#define HS_NLP_FINDER_H

#include "base/arena.h"
#include "nlp/language.h"

enum { HS_FINDER_REACH = 64 }; /* words on each side of a cue that its source and content are looked for in */

/* Two networks of one model file. Read-only, shared by threads. */
typedef struct hs_finder hs_finder;
/* The finder of the model file at PATH. A table of words that BESIDE (may be NULL) has as well is held once, by BESIDE,
 * which must then outlive the finder. Errors: HS_ERROR_MODEL. */
int hs_finder_open(hs_finder **out, const char *path, const hs_parser *beside, hs_error *error);
void hs_finder_free(hs_finder *finder);
const hs_weights *hs_finder_weights(const hs_finder *finder);

typedef enum hs_part_role { HS_PART_SOURCE, HS_PART_CONTENT } hs_part_role;

/* Tokens [first, end) of a source or content. */
typedef struct hs_part {
  hs_part_role role;
  uint32_t first, end;
} hs_part;

typedef struct hs_finding {
  uint32_t first, end;  /* tokens of the cue */
  const hs_part *parts; /* in text order, not overlapping one another or the cue */
  size_t part_count;
  /* That the cue, all of the source and all of the contents stand so, and that all three do; calibrated as the model
   * file says. A source that there is none of has the chance that there is none. */
  float cue_chance, source_chance, content_chance, chance;
} hs_finding;

/* Growable, of the arena. */
typedef struct hs_finding_list {
  hs_finding *items;
  size_t count, capacity;
} hs_finding_list;

/*
 * Adds to FOUND the attributions of the tokens [FIRST, END) of ANALYSIS, whose tags, tree and names a parser filled, in
 * the order of their cues, as if no other tokens were there. TEXT is the article's. Linear in the number of tokens.
 */
void hs_find(const hs_finder *finder, const hs_analysis *analysis, uint32_t first, uint32_t end, const char *text,
             hs_finding_list *found, hs_arena *arena);

#endif
