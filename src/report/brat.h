/* A document as brat's stand-off annotation: docs/export.md tells its types. */
#ifndef HS_REPORT_BRAT_H
#define HS_REPORT_BRAT_H

#include "base/buffer.h"

/* Adds the lines of the .ann file that goes with the text of DOC as .txt file; offsets in characters. */
void hs_doc_brat(hs_buffer *out, const hs_doc *doc);
/* What brat wants to know of the types: annotation.conf. */
void hs_brat_configuration(hs_buffer *out);

#endif
