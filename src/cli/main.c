/* hearsay, the program: reads its command line by the table of commands.c and runs the command. */
#include "cli/call.h"

#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <unistd.h>

/* A file that is opened must not become a standard stream that the caller closed: messages would be written into it.
 * What takes the place can only be used the wrong way round, so that using it fails as before. */
static void keep_standard_streams(void) {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++)
    if (fcntl(stream, F_GETFD) < 0) (void)open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Pages are read one after the other: memory that the next one takes again is not given back in between. */
static void keep_memory(void) {
#ifdef M_TRIM_THRESHOLD
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
#endif
}

int main(int argc, char **argv) {
  keep_standard_streams();
  keep_memory();
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
