/* What a text tells of a source that it does not name: how many, how near to what they tell of, why without a name. */
#ifndef HS_ANNOTATE_UNNAMED_H
#define HS_ANNOTATE_UNNAMED_H

#include "annotate/actor.h"
#include "annotate/attribution.h"

/* Adds to MEMBER, an anonymous source or a group, what the noun phrase SOURCE tells of it. */
void hs_unnamed_describe(hs_cast_member *member, const hs_words *words, hs_range source);

/* Adds to the anonymous among the speakers why they have no name, where a sentence with or near their words tells it.
 * SPEAKER holds each attribution's speaker as a member of CAST. */
void hs_unnamed_explain(hs_cast *cast, const hs_search *search, const int *speaker);

#endif
