#include "cli/call.h"

#include <stdlib.h>

/* Without a name the default model, and never the rules that stand in for it: that is for telling where it is not. */
int cli_cmd_model(cli_call *call) {
  const char *name = call->argument_count ? call->arguments[0] : getenv("HS_MODEL");
  hs_error error;
  int code = hs_model_describe(name && *name ? name : "small", cli_output_write, &call->out, &error);
  return code ? cli_failure(&error) : CLI_EXIT_DONE;
}
