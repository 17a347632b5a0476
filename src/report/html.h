/* What pages of HTML share: no script, nothing fetched, fit to print, light or dark as the reader has it. */
#ifndef HS_REPORT_HTML_H
#define HS_REPORT_HTML_H

#include "base/buffer.h"

/* Opens a page and its body. TITLE is HTML already, and forgotten; RULES are CSS beside those that all pages share. */
void hs_html_open(hs_buffer *out, hs_buffer *title, const char *rules);
void hs_html_close(hs_buffer *out);

/* Adds ` KEY="VALUE"`, nothing if VALUE is NULL. */
void hs_html_attribute(hs_buffer *out, const char *key, const char *value);

#endif
