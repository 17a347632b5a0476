#include "cli/pages.h"

#include <string.h>

static int write_conllu(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  (void)format;
  return hs_report_conllu(doc, cli_output_write, &call->out, error);
}

static int write_json(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  hs_style style = {.format = format};
  return hs_report_parse(doc, &style, cli_output_write, &call->out, error);
}

static int write_tree(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error) {
  (void)format;
  return hs_report_parse(doc, &call->out.style, cli_output_write, &call->out, error);
}

int cli_cmd_parse(cli_call *call) {
  const char *format = call->values[CLI_FORMAT];
  cli_write_doc *write = write_conllu;
  if (format && strcmp(format, "tree") == 0) write = write_tree;
  if (call->values[CLI_JSON] || (format && strcmp(format, "json") == 0)) write = write_json;
  /* All three are sentence after sentence, as in JSON: nothing stands between two pages. */
  return cli_pages_write(call, HS_PARSE, HS_JSON, write);
}
