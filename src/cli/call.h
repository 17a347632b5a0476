/*
 * One call of a command: its command line, read and checked against the table, and where its output goes.
 */
#ifndef HS_CLI_CALL_H
#define HS_CLI_CALL_H

#include "cli/commands.h"
#include "cli/message.h"
#include "cli/output.h"
#include "hearsay.h"

struct cli_call {
  const cli_command *command;
  const char *values[CLI_OPTION_COUNT]; /* NULL: not given; "" for a flag that was given */
  const char **arguments;
  size_t argument_count;
  bool bare; /* nothing but the program's name was given */
  cli_output out;
};

/*
 * Reads the command line into CALL. Gives an exit code and says what is wrong if it makes no sense. A call for help or
 * for the version becomes a call of the command `help`. Strings are borrowed from ARGV; free with cli_call_free.
 */
int cli_call_read(cli_call *call, int argc, char **argv);
void cli_call_free(cli_call *call);

/* Says that there is no command WORD, and which one may be meant; gives CLI_EXIT_USAGE. */
int cli_call_no_command(const char *word);
/* Says FORMAT and where help is to be found; gives CLI_EXIT_USAGE. */
int cli_call_usage(const cli_call *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The number that was given, or 0. */
int cli_call_number(const cli_call *call, cli_option_id id);
/* The share that was given, or 0. */
float cli_call_share(const cli_call *call, cli_option_id id);
/* The form that --format or --json asks for, else USUAL. */
hs_format cli_call_format(const cli_call *call, hs_format usual);
/* Opens the record that -d names. Gives an exit code; a failure has been told of. */
int cli_call_record(hs_record **out, const cli_call *call, hs_access access);
/* Opens the model that --model names, for documents taken no further than DEPTH. Gives an exit code; a failure has been
 * told of. */
int cli_call_model(hs_model **out, const cli_call *call, hs_depth depth);

#endif
