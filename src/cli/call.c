#include "cli/call.h"

#include "cli/nearest.h"
#include "cli/values.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* An option as it stands in a command line. */
typedef struct option_word {
  cli_use use;       /* its id is CLI_NO_OPTION if the command has no such option */
  const char *value; /* behind "=" or the letter; NULL if there is none */
} option_word;

static bool is_option(const char *word) { return word[0] == '-' && word[1]; }

/* The option that WORD, which begins with a dash, names among those of COMMAND. */
static option_word option_of(const cli_command *command, const char *word) {
  bool is_long = word[1] == '-';
  size_t length = is_long ? strcspn(word + 2, "=") : 1;
  option_word found = {.value = is_long ? (word[2 + length] ? word + 3 + length : NULL) : (word[2] ? word + 2 : NULL)};
  for (size_t i = 0; (found.use = cli_command_use(command, i)).id != CLI_NO_OPTION; i++) {
    const cli_option *option = &cli_options[found.use.id];
    if (is_long ? strlen(option->name) == length && strncmp(option->name, word + 2, length) == 0
                : option->letter == word[1])
      break;
  }
  return found;
}

/* The same, whatever the command. */
static option_word option_of_any(const char *word) {
  option_word found = {.use = {CLI_NO_OPTION, NULL}};
  for (const cli_command *c = cli_commands; c->name && found.use.id == CLI_NO_OPTION; c++) found = option_of(c, word);
  return found;
}

/* Where in ARGV the command stands: behind options, if any. ARGC if there is none. */
static int find_command(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--") == 0) return i + 1 < argc ? i + 1 : argc;
    if (!is_option(argv[i])) return i;
    option_word found = option_of_any(argv[i]);
    if (found.use.id != CLI_NO_OPTION && cli_options[found.use.id].value != CLI_FLAG && !found.value) i++;
  }
  return argc;
}

int cli_call_no_command(const char *word) {
  const char *names[CLI_OPTION_COUNT * 2];
  size_t count = 0;
  for (const cli_command *c = cli_commands; c->name; c++) names[count++] = c->name;
  const char *near = cli_nearest(word, names, count);
  if (near) cli_message("there is no command \"%s\": did you mean \"%s\"?", word, near);
  else cli_message("there is no command \"%s\": `hearsay help` lists them", word);
  return CLI_EXIT_USAGE;
}

static int unknown_option(const cli_call *call, const char *word) {
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
  const char *names[CLI_OPTION_COUNT];
  size_t count = 0;
  for (cli_use use; (use = cli_command_use(call->command, count)).id != CLI_NO_OPTION; count++)
    names[count] = cli_options[use.id].name;
  const char *near = cli_nearest(name + strspn(name, "-"), names, count);
  if (near) return cli_call_usage(call, "there is no option %s: did you mean --%s?", name, near);
  for (const cli_command *c = cli_commands; c->name; c++)
    if (option_of(c, word).use.id != CLI_NO_OPTION)
      return cli_call_usage(call, "there is no option %s here: it belongs to `hearsay %s`", name, c->name);
  return cli_call_usage(call, "there is no option %s", name);
}

/* Reads the option at ARGV[*AT], with its value if that is the next word. */
static int read_option(cli_call *call, int argc, char **argv, int *at) {
  const char *word = argv[*at];
  option_word found = option_of(call->command, word);
  if (found.use.id == CLI_NO_OPTION) return unknown_option(call, word);
  const cli_option *option = &cli_options[found.use.id];
  if (option->value == CLI_FLAG) {
    if (found.value) return cli_call_usage(call, "--%s takes no value", option->name);
    found.value = "";
  } else if (!found.value) {
    if (*at + 1 >= argc)
      return cli_call_usage(call, "--%s needs a value: %s", option->name,
                            found.use.choices ? found.use.choices : option->argument);
    found.value = argv[++*at];
  }
  call->values[found.use.id] = found.value;
  char why[200];
  if (!cli_value_fits(option, found.use.choices, found.value, why, sizeof why)) return cli_call_usage(call, "%s", why);
  return CLI_EXIT_DONE;
}

/* Are A and B names of one file, be it there already or not? */
static bool same_file(const char *a, const char *b) {
  struct stat x, y;
  if (stat(a, &x) != 0 || stat(b, &y) != 0) return strcmp(a, b) == 0;
  return x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static int check_arguments(const cli_call *call) {
  const cli_command *command = call->command;
  if (call->argument_count > command->at_most)
    return cli_call_usage(call, "there is no use for \"%s\" here", call->arguments[command->at_most]);
  if (call->argument_count < command->at_least) return cli_call_usage(call, "%s is missing", command->arguments);
  char why[200];
  for (size_t i = 0; command->words && i < call->argument_count; i++)
    if (!cli_value_choice_fits(command->arguments, command->words, call->arguments[i], why, sizeof why))
      return cli_call_usage(call, "%s", why);
  if (call->values[CLI_JSON] && call->values[CLI_FORMAT] && strcmp(call->values[CLI_FORMAT], "json") != 0)
    return cli_call_usage(call, "--json and --format %s cannot both be", call->values[CLI_FORMAT]);
  const char *record = call->values[CLI_RECORD], *output = call->values[CLI_OUTPUT];
  if (record && output && same_file(record, output))
    return cli_call_usage(call, "--output %s is the record itself: write to another file", output);
  return CLI_EXIT_DONE;
}

/* Reads all of ARGV but the command at COMMAND_AT. */
static int read_words(cli_call *call, int argc, char **argv, int command_at) {
  bool options = true;
  for (int i = 1; i < argc; i++) {
    if (i == command_at) continue;
    if (options && strcmp(argv[i], "--") == 0) {
      options = false;
    } else if (options && is_option(argv[i])) {
      int status = read_option(call, argc, argv, &i);
      if (status) return status;
    } else {
      call->arguments[call->argument_count++] = argv[i];
    }
  }
  return CLI_EXIT_DONE;
}

/* A command line without a command: --help, --version, or a mistake. */
static int read_without_command(cli_call *call, int argc, char **argv) {
  call->command = cli_command_find("help");
  call->bare = argc == 1;
  if (call->bare) return CLI_EXIT_DONE;
  if (argc == 2 && strcmp(argv[1], "--version") == 0) call->command = cli_command_find("version");
  else if (argc == 2) return read_words(call, argc, argv, argc);
  else cli_message("there is no command here: `hearsay help` lists them");
  return argc == 2 ? CLI_EXIT_DONE : CLI_EXIT_USAGE;
}

int cli_call_read(cli_call *call, int argc, char **argv) {
  *call = (cli_call){0};
  call->arguments = calloc((size_t)argc + 1, sizeof *call->arguments);
  if (!call->arguments) abort();
  int command_at = find_command(argc, argv);
  if (command_at == argc) return read_without_command(call, argc, argv);
  call->command = cli_command_find(argv[command_at]);
  if (!call->command) return cli_call_no_command(argv[command_at]);
  int status = read_words(call, argc, argv, command_at);
  if (call->values[CLI_HELP]) {
    call->arguments[0] = call->command->name;
    call->argument_count = 1;
    call->command = cli_command_find("help");
    return CLI_EXIT_DONE;
  }
  return status ? status : check_arguments(call);
}

void cli_call_free(cli_call *call) { free(call->arguments); }

int cli_call_usage(const cli_call *call, const char *format, ...) {
  char *message;
  va_list args;
  va_start(args, format);
  if (vasprintf(&message, format, args) < 0) abort();
  va_end(args);
  cli_message("%s: %s (`hearsay %s --help` tells more)", call->command->name, message, call->command->name);
  free(message);
  return CLI_EXIT_USAGE;
}

int cli_call_number(const cli_call *call, cli_option_id id) {
  return call->values[id] ? (int)strtol(call->values[id], NULL, 10) : 0;
}

float cli_call_share(const cli_call *call, cli_option_id id) {
  return call->values[id] ? strtof(call->values[id], NULL) : 0;
}

hs_format cli_call_format(const cli_call *call, hs_format usual) {
  static const char *const names[] = {"text", "markdown", "html", "json"};
  if (call->values[CLI_JSON]) return HS_JSON;
  for (int i = 0; call->values[CLI_FORMAT] && i < 4; i++)
    if (strcmp(names[i], call->values[CLI_FORMAT]) == 0) return (hs_format)i;
  return usual;
}

int cli_call_record(hs_record **out, const cli_call *call, hs_access access) {
  *out = NULL;
  if (!call->values[CLI_RECORD]) return cli_call_usage(call, "which record? Name it with -d REC");
  hs_error error;
  return hs_record_open(out, call->values[CLI_RECORD], access, &error) ? cli_failure(&error) : CLI_EXIT_DONE;
}

int cli_call_model(hs_model **out, const cli_call *call, hs_depth depth) {
  hs_error error;
  return hs_model_open_to(out, call->values[CLI_MODEL], depth, &error) ? cli_failure(&error) : CLI_EXIT_DONE;
}
