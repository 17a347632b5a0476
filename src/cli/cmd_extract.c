#include "cli/pages.h"

static int write(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  hs_style style = call->out.style;
  style.format = format;
  if (!call->out.terminal) style.width = -1; /* another program wants a paragraph on one line */
  if (call->values[CLI_EXPLAIN]) return hs_report_explain(doc, &style, cli_output_write, &call->out, error);
  if (format == HS_JSON) return hs_doc_json(doc, cli_output_write, &call->out, error);
  return hs_report_article(doc, &style, cli_output_write, &call->out, error);
}

int cli_cmd_extract(cli_call *call) {
  hs_format format = cli_call_format(call, HS_TEXT);
  if (call->values[CLI_EXPLAIN] && format == HS_MARKDOWN)
    return cli_call_usage(call, "--explain prints text or JSON, not Markdown");
  return cli_pages_write(call, HS_EXTRACT, format, write);
}
