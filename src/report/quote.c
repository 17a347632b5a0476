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

void hs_quote_kind(hs_buffer *out, const hs_quotation *quotation) {
  hs_buffer_text(out, hs_quotation_type_name(quotation->type));
  if (quotation->force != HS_FORCE_STATEMENT) hs_buffer_printf(out, ", %s", hs_force_name(quotation->force));
  bool denial = quotation->force == HS_FORCE_DENIAL && quotation->polarity == HS_POLARITY_DENIED;
  if (quotation->polarity != HS_POLARITY_AFFIRMED && !denial)
    hs_buffer_printf(out, ", %s", hs_polarity_name(quotation->polarity));
}

void hs_quote_facts(hs_buffer *out, const hs_doc *doc, const hs_quotation *quotation, hs_form form) {
  hs_quote_kind(out, quotation);
  if (quotation->speaks_for != HS_NONE) {
    hs_buffer_text(out, " · for ");
    hs_text_string(out, doc->actors[quotation->speaks_for].name, form);
  }
  if (quotation->via_count > 0) hs_buffer_text(out, " · via ");
  hs_quote_via(out, doc, quotation, form);
  if (!quotation->said.begin) return; /* a Monday, but nobody knows which */
  hs_buffer_text(out, " · said ");
  hs_text_add(out, (hs_str){quotation->said.value, strcspn(quotation->said.value, "T")}, form);
}
