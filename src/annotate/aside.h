/* What the finder took for one statement and is two: an aside in which the writer tells that somebody denies what was
 * said, "… – something the town has denied", and words in marks behind a headline's colon. */
#ifndef HS_ANNOTATE_ASIDE_H
#define HS_ANNOTATE_ASIDE_H

#include "annotate/attribution.h"

/* Ends what was said before that, and adds to SEARCH what that tells. By the tree: does nothing without. */
void hs_search_asides(hs_search *search);

#endif
