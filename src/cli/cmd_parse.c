#include "cli/pages.h"

static int write(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  (void)format;
  return hs_report_conllu(doc, cli_output_write, &call->out, error);
}

/* CoNLL-U is lines for a program, as JSON is: nothing stands between two pages. */
int cli_cmd_parse(cli_call *call) { return cli_pages_write(call, HS_PARSE, HS_JSON, write); }
