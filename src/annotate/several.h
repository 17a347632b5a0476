/* Several who are named together: "Ana Orlo and Bo Reyn". */
#ifndef HS_ANNOTATE_SEVERAL_H
#define HS_ANNOTATE_SEVERAL_H

#include "annotate/words.h"

/* Does the noun phrase RANGE name several, of whom none is meant alone? */
bool hs_several(const hs_words *words, hs_range range);

/* "Ana Orlo and Bo Reyn, who came late": RANGE, which names several, up to what is told of the last of them. */
hs_range hs_several_names(const hs_words *words, hs_range range);

#endif
