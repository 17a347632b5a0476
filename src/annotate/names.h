/* The parser's names with their edges mended by what the tables and the tree tell. */
#ifndef HS_ANNOTATE_NAMES_H
#define HS_ANNOTATE_NAMES_H

#include "annotate/words.h"

/* Gives WORDS, which lack nothing else, the names of ANALYSIS. */
void hs_names_take(hs_words *words, const hs_analysis *analysis, hs_arena *arena);

#endif
