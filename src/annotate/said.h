/* When a quotation was said, as far as the words around its cue tell. */
#ifndef HS_ANNOTATE_SAID_H
#define HS_ANNOTATE_SAID_H

#include "annotate/frame.h"

/* The time expression that goes with the cue of attribution INDEX, of those of DOC; NULLs if there is none. */
hs_when hs_said_when(const hs_doc *doc, const hs_frames *frames, size_t index);

/* What the speakers of DOC, once they are known, said "at the time": when they said what is told before. */
void hs_said_then(hs_doc *doc);

#endif
