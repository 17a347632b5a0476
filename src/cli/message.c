#include "cli/message.h"

#include "cli/terminal.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void cli_message(const char *format, ...) {
  char *line;
  va_list args;
  va_start(args, format);
  if (vasprintf(&line, format, args) < 0) abort();
  va_end(args);
  for (char *c = line; *c; c++) memset(c, ' ', cli_terminal_blank(c));
  fprintf(stderr, "hearsay: %s\n", line);
  free(line);
}

int cli_failure(const hs_error *error) {
  if (error->code == HS_ERROR_STOPPED) return cli_interrupted() ? CLI_EXIT_INTERRUPTED : CLI_EXIT_UNUSABLE;
  cli_message("%s", error->message);
  if (error->code == HS_ERROR_INPUT) return CLI_EXIT_SOME_FAILED;
  return error->code == HS_ERROR_USAGE ? CLI_EXIT_USAGE : CLI_EXIT_UNUSABLE;
}

/* A signal handler reaches nothing but this. */
static volatile sig_atomic_t interrupted;

static void interrupt(int number) {
  (void)number;
  interrupted = 1;
}

void cli_interrupt_listen(void) {
  struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

bool cli_interrupted(void) { return interrupted; }
