#include "cli/call.h"

int cli_cmd_show(cli_call *call) {
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  hs_style style = call->out.style;
  style.format = cli_call_format(call, HS_TEXT);
  hs_error error;
  if (hs_report_row(record, call->arguments[0], &style, cli_output_write, &call->out, &error))
    status = cli_failure(&error);
  hs_record_free(record);
  return status;
}
