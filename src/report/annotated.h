/* An article with its quotations marked: what the writers of it share. */
#ifndef HS_REPORT_ANNOTATED_H
#define HS_REPORT_ANNOTATED_H

#include "base/buffer.h"

/* Adds DOC as an <article>, for a page that hs_report_marks_open began. */
void hs_annotated_html(hs_buffer *out, const hs_doc *doc);

#endif
