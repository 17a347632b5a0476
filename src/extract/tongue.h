/* Which language a text is in, by its script and its small words, as data/languages.tsv tells them. */
#ifndef HS_EXTRACT_TONGUE_H
#define HS_EXTRACT_TONGUE_H

#include "base/arena.h"
#include "base/str.h"

typedef struct hs_tongues hs_tongues;

/* Reads data/languages.tsv into ARENA. */
const hs_tongues *hs_tongues_new(hs_arena *arena);

/* What is counted of a text, of which any number of parts may be added. */
typedef struct hs_hearing hs_hearing;
hs_hearing *hs_hearing_new(hs_arena *arena, const hs_tongues *tongues);
/* Adds S, valid UTF-8. What comes after the first two thousand words or so is not heard. */
void hs_hearing_add(hs_hearing *hearing, hs_str s);

/*
 * The language of what was added, and in *CONFIDENCE how sure that is, 0 to 1; NULL if the text is too short or in none
 * that is known. SAID (may be NULL) is what the page calls it: it stays, region and all, if it is as good as the best,
 * as one of two languages is whose small words are nearly the same. The string is in ARENA.
 */
const char *hs_hearing_tell(const hs_hearing *hearing, const char *said, float *confidence, hs_arena *arena);

#endif
