/* Nouns that report: "Orlo's warning that the dam leaks". */
#ifndef HS_ANNOTATE_NOUN_H
#define HS_ANNOTATE_NOUN_H

#include "annotate/attribution.h"

/* Adds the nouns of whose bearer the text tells and behind which a clause of "that" says what he said, where SEARCH
 * knows no cue yet. Needs the tree; without one it does nothing. */
void hs_search_nouns(hs_search *search);

#endif
