/* hearsay, the program: reads its command line by the table of commands.c and runs the command. */
#include "cli/call.h"

#include <locale.h>

int main(int argc, char **argv) {
  setlocale(LC_CTYPE, "C.UTF-8"); /* wcwidth counts columns by it */
  cli_call call;
  int status = cli_call_read(&call, argc, argv);
  if (!status) {
    cli_interrupt_listen();
    status = cli_output_open(&call.out, call.values[CLI_OUTPUT]);
    if (!status) status = call.command->run(&call);
    status = cli_output_close(&call.out, status);
  }
  cli_call_free(&call);
  return status;
}
