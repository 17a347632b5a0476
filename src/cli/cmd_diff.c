#include "cli/call.h"

int cli_cmd_diff(cli_call *call) {
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  hs_style style = call->out.style;
  style.format = cli_call_format(call, HS_TEXT);
  hs_error error;
  size_t versions = 0;
  const char *after = call->argument_count > 1 ? call->arguments[1] : NULL;
  if (hs_report_diff(record, call->arguments[0], after, &style, cli_output_write, &call->out, &versions, &error))
    status = cli_failure(&error);
  else if (versions == 1)
    cli_message("the record has one version of %s: there is nothing to compare", call->arguments[0]);
  hs_record_free(record);
  return status;
}
