#include "cli/call.h"
#include "cli/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an option says should stand there: "" for the word none. */
static const char *value(const cli_call *call, cli_option_id id) {
  const char *given = call->values[id];
  return given && strcmp(given, "none") == 0 ? "" : given;
}

static const char *who(const cli_call *call) {
  const char *name = call->values[CLI_WHO];
  if (!name) name = getenv("USER");
  return name && *name ? name : "somebody";
}

static hs_correction correction_of(const cli_call *call) {
  return (hs_correction){.id = call->arguments[0],
                         .verdict = call->values[CLI_RIGHT]     ? "right"
                                    : call->values[CLI_WRONG]   ? "wrong"
                                    : call->values[CLI_MISSING] ? "missing"
                                                                : NULL,
                         .source = value(call, CLI_IS_SOURCE),
                         .cue = value(call, CLI_IS_CUE),
                         .content = value(call, CLI_IS_CONTENT),
                         .speaker = value(call, CLI_IS_SPEAKER),
                         .speaks_for = value(call, CLI_IS_FOR),
                         .via = value(call, CLI_IS_VIA),
                         .said = value(call, CLI_IS_SAID),
                         .type = call->values[CLI_TYPE],
                         .force = call->values[CLI_FORCE],
                         .who = who(call),
                         .note = call->values[CLI_NOTE]};
}

/* Says so and gives CLI_EXIT_USAGE if WITH, which leaves nothing to say of what stands in the text, goes with more. */
static int check_alone(const cli_call *call, cli_option_id with) {
  static const cli_option_id others[] = {CLI_IS_SPEAKER, CLI_IS_FOR, CLI_IS_VIA,     CLI_IS_SAID, CLI_IS_SOURCE,
                                         CLI_IS_CUE,     CLI_TYPE,   CLI_IS_CONTENT, CLI_FORCE};
  for (size_t i = 0; call->values[with] && i < sizeof others / sizeof *others; i++)
    if (call->values[others[i]])
      return cli_call_usage(call, "--%s leaves nothing more to judge: leave --%s out", cli_options[with].name,
                            cli_options[others[i]].name);
  return CLI_EXIT_DONE;
}

static int correct_one(const cli_call *call, hs_record *record) {
  hs_correction correction = correction_of(call);
  hs_error error;
  return hs_record_correct(record, &correction, NULL, &error) ? cli_failure(&error) : CLI_EXIT_DONE;
}

/* A line each; one that does not fit is told of, and the others are stored. */
static int correct_lines(const cli_call *call, hs_record *record, FILE *in, const char *name) {
  char *line = NULL;
  size_t room = 0, number = 0, failed = 0, stored = 0, known = 0;
  int status = CLI_EXIT_DONE;
  for (ssize_t size; !status && (size = getline(&line, &room, in)) >= 0;) {
    hs_error error;
    bool new;
    number++;
    if ((size_t)size == strspn(line, " \t\r\n")) continue;
    int code = hs_record_correct_json(record, line, (size_t)size, who(call), &new, &error);
    if (code == HS_ERROR_RECORD) status = cli_failure(&error);
    else if (code) cli_message("%s:%zu: %s", name, number, error.message), failed++;
    else if (new) stored++;
    else known++;
  }
  if (!status && ferror(in)) cli_message("%s: %s", name, strerror(errno)), failed++;
  free(line);
  char stored_text[32], known_text[32], failed_text[32];
  cli_message("%s correction%s stored, %s already there, %s failed", cli_text_count(stored, stored_text),
              stored == 1 ? "" : "s", cli_text_count(known, known_text), cli_text_count(failed, failed_text));
  return status ? status : failed ? CLI_EXIT_SOME_FAILED : CLI_EXIT_DONE;
}

static int correct_file(const cli_call *call, hs_record *record) {
  const char *path = call->values[CLI_FROM];
  if (strcmp(path, "-") == 0) return correct_lines(call, record, stdin, "standard input");
  FILE *in = fopen(path, "r");
  if (!in) {
    cli_message("%s: %s", path, strerror(errno));
    return CLI_EXIT_SOME_FAILED;
  }
  int status = correct_lines(call, record, in, path);
  fclose(in);
  return status;
}

int cli_cmd_correct(cli_call *call) {
  bool file = call->values[CLI_FROM] != NULL;
  if (file == (call->argument_count > 0))
    return cli_call_usage(call, file ? "--from FILE tells the ids: leave ID out"
                                     : "which quotation? Give its ID, or --from FILE");
  if (check_alone(call, CLI_WRONG) || check_alone(call, CLI_FROM)) return CLI_EXIT_USAGE;
  if ((call->values[CLI_RIGHT] != NULL) + (call->values[CLI_WRONG] != NULL) + (call->values[CLI_MISSING] != NULL) > 1)
    return cli_call_usage(call, "--right, --wrong and --missing exclude each other");
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ); /* a record that is not there is not made */
  hs_record_free(record);
  if (!status) status = cli_call_record(&record, call, HS_RECORD_WRITE);
  if (status) return status;
  status = file ? correct_file(call, record) : correct_one(call, record);
  hs_record_free(record);
  return status;
}
