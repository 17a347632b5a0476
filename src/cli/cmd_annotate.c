#include "cli/pages.h"

static int write(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  if (format == HS_JSON) return hs_doc_json(doc, cli_output_write, &call->out, error);
  hs_style style = call->out.style;
  style.format = format;
  return hs_report_marks(doc, &style, cli_output_write, &call->out, error);
}

int cli_cmd_annotate(cli_call *call) {
  hs_format usual = call->out.terminal ? HS_TEXT : HS_JSON;
  return cli_pages_write(call, HS_ANNOTATE, cli_call_format(call, usual), write);
}
