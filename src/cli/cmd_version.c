#include "cli/call.h"

int cli_cmd_version(cli_call *call) {
  hs_model *model;
  int status = cli_call_model(&model, call, HS_ANNOTATE);
  if (status) return status;
  cli_output_print(&call->out, "hearsay %s\nmodel %s\nSQLite %s\n", hs_version(), hs_model_version(model),
                   hs_sqlite_version());
  hs_model_free(model);
  return CLI_EXIT_DONE;
}
