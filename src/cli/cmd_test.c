#include "cli/call.h"
int cli_cmd_test(cli_call *call) {
  (void)call;
  return 1;
}
