/*
 * Passives: "Orlo has been accused by the north of lying". Whoever the subject is, it is not the one who says so, but
 * part of what is said; the one who does stands behind "by", if the text names any.
 */
#ifndef HS_ANNOTATE_PASSIVE_H
#define HS_ANNOTATE_PASSIVE_H

#include "annotate/attribution.h"

/* Gives the attributions of SEARCH that took the subject of a passive for their source the right one, or none; finds
 * passives with an agent that stand in no attribution yet. By the tree: does nothing without. */
void hs_search_passives(hs_search *search);

#endif
