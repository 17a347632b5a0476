#include "report/quote.h"

#include "annotate/document.h"

void hs_quote_speaker(hs_buffer *out, const hs_doc *doc, const hs_quotation *quotation, hs_form form) {
  if (quotation->speaker == HS_NONE) {
    hs_buffer_text(out, "unresolved");
    return;
  }
  const hs_actor *actor = &doc->actors[quotation->speaker];
  hs_text_string(out, actor->name, form);
  hs_buffer_printf(out, " (%s)", hs_actor_type_name(actor->type));
}

void hs_quote_via(hs_buffer *out, const hs_doc *doc, const hs_quotation *quotation, hs_form form) {
  for (size_t i = 0; i < quotation->via_count; i++) {
    const hs_via *via = &quotation->via[i];
    if (i > 0) hs_text_string(out, " > ", form);
    if (via->actor != HS_NONE) hs_text_string(out, doc->actors[via->actor].name, form);
    else hs_text_add(out, hs_str_at(doc->article.text, via->span), form);
    if (via->kind) hs_buffer_printf(out, " (%s)", via->kind);
  }
}
