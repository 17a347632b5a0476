/* The parser's names with their edges mended by what the tables and the tree tell. */
#ifndef HS_ANNOTATE_NAMES_H
#define HS_ANNOTATE_NAMES_H

#include "annotate/words.h"

/* Gives WORDS, which lack nothing else, the names of ANALYSIS. */
void hs_names_take(hs_words *words, const hs_analysis *analysis, hs_arena *arena);
/* Capital words in a row from token FIRST on, which is one, with hyphens; "'s" between them ends the run. */
hs_range hs_names_run(const hs_words *words, uint32_t first);

#endif
