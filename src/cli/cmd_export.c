#include "cli/call.h"

int cli_cmd_export(cli_call *call) {
  if (!call->values[CLI_TO]) return cli_call_usage(call, "to what? Say --to jsonl, --to csv or --to citron");
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  hs_error error;
  if (hs_report_export(record, call->values[CLI_TO], cli_output_write, &call->out, &error))
    status = cli_failure(&error);
  hs_record_free(record);
  return status;
}
