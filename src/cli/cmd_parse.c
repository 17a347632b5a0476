#include "cli/pages.h"

#include <string.h>

static int write_conllu(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  (void)format;
  return hs_report_conllu(doc, cli_output_write, &call->out, error);
}

static int write_sentences(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  hs_style style = call->out.style;
  style.format = format;
  return hs_report_parse(doc, &style, cli_output_write, &call->out, error);
}

int cli_cmd_parse(cli_call *call) {
  const char *format = call->values[CLI_FORMAT];
  if (format && strcmp(format, "tree") == 0) return cli_pages_write(call, HS_PARSE, HS_TEXT, write_sentences);
  bool json = call->values[CLI_JSON] || (format && strcmp(format, "json") == 0);
  /* CoNLL-U is lines for a program, as JSON is: nothing stands between two pages. */
  return cli_pages_write(call, HS_PARSE, HS_JSON, json ? write_sentences : write_conllu);
}
