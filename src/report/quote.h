/* A quotation of a document in words: what the reports of an article say of it. */
#ifndef HS_REPORT_QUOTE_H
#define HS_REPORT_QUOTE_H

#include "base/buffer.h"
#include "report/text.h"

/* "Ana Orlo (person)", or "unresolved" */
void hs_quote_speaker(hs_buffer *out, const hs_doc *doc, const hs_quotation *quotation, hs_form form);
/* "Orlo News Agency (agency) > a spokesman (spokesperson)", outermost first; nothing if there is no chain. */
void hs_quote_via(hs_buffer *out, const hs_doc *doc, const hs_quotation *quotation, hs_form form);
/* What kind of statement it is: "direct", "indirect, denial", "mixed, question, open" */
void hs_quote_kind(hs_buffer *out, const hs_quotation *quotation);
/* Its kind, whom the speaker speaks for, the chain, and when it was said: "indirect, denial · for the ministry · via
 * Agency North (agency) · said 2031-03-03" */
void hs_quote_facts(hs_buffer *out, const hs_doc *doc, const hs_quotation *quotation, hs_form form);

#endif
