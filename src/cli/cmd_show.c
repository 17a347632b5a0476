#include "cli/call.h"

int cli_cmd_show(cli_call *call) {
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  hs_style style = call->out.style;
  style.format = cli_call_format(call, HS_TEXT);
  hs_error error;
  const char *id = call->arguments[0];
  int code = call->values[CLI_PAGE] ? hs_report_page(record, id, cli_output_write, &call->out, &error)
                                    : hs_report_row(record, id, &style, cli_output_write, &call->out, &error);
  if (code) status = cli_failure(&error);
  hs_record_free(record);
  return status;
}
