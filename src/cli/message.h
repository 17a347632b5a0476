/*
 * What the program says to its user on standard error, the exit codes, and the user's Ctrl-C.
 */
#ifndef HS_CLI_MESSAGE_H
#define HS_CLI_MESSAGE_H

#include "hearsay.h"

enum {
  CLI_EXIT_DONE = 0,
  CLI_EXIT_SOME_FAILED = 1, /* each input that failed was named, the rest is done */
  CLI_EXIT_USAGE = 2,
  CLI_EXIT_UNUSABLE = 3, /* the record, the model or the output cannot be used */
  CLI_EXIT_INTERRUPTED = 130
};

/* One line, "hearsay: " before it; characters that steer a terminal become blanks. */
void cli_message(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Tells of ERROR and gives the exit code for it. Says nothing of HS_ERROR_STOPPED: whoever stopped has told why. */
int cli_failure(const hs_error *error);

/* From now on Ctrl-C and SIGTERM are heard by cli_interrupted; a second one ends the program at once. */
void cli_interrupt_listen(void);
bool cli_interrupted(void);

#endif
