/* The help texts, made from the table. */
#include "cli/call.h"
#include "cli/terminal.h"
#include "cli/text.h"
#include "cli/values.h"

#include <stdlib.h>
#include <string.h>

enum { COMMAND_COLUMN = 14, OPTION_COLUMN = 26 };

static void write_overview(cli_output *out) {
  cli_output_print(out, "hearsay reads the news and keeps the record: who said what, when, on whose word.\n\n"
                        "usage: hearsay COMMAND [OPTION…] [FILE…]\n\n");
  for (const cli_command *c = cli_commands; c->name; c++)
    cli_output_print(out, "  %-*s%s\n", COMMAND_COLUMN - 2, c->name, c->summary);
  cli_output_print(out, "\nTo begin:\n"
                        "  hearsay annotate page.html        see who said what in a page\n"
                        "  hearsay read -d news.db pages/    put a folder of pages into a record\n"
                        "  hearsay brief -d news.db          read what it tells\n\n"
                        "`hearsay COMMAND --help` explains a command, `hearsay --version` tells the version.\n");
}

/* "  -o, --output FILE  write to FILE, whole or not at all" */
static void write_option(cli_output *out, cli_use use) {
  const cli_option *option = &cli_options[use.id];
  char left[64], right[256];
  char letter[] = {'-', option->letter, ',', ' ', '\0'};
  snprintf(left, sizeof left, "  %s--%s%s%s", option->letter ? letter : "    ", option->name,
           option->argument ? " " : "", option->argument ? option->argument : "");
  snprintf(right, sizeof right, "%s", option->help);
  char choice[16];
  for (size_t i = 0; cli_value_choice(use.choices, i, choice); i++)
    snprintf(right + strlen(right), sizeof right - strlen(right), "%s%s", i ? ", " : ": ", choice);
  cli_output_print(out, "%-*s ", OPTION_COLUMN - 1, left);
  cli_text_wrap(out, right, OPTION_COLUMN, OPTION_COLUMN);
}

/* Each paragraph on its own. */
static void write_text(cli_output *out, const char *text) {
  for (const char *end; *text; text = end) {
    const char *gap = strstr(text, "\n\n");
    end = gap ? gap + 2 : text + strlen(text);
    char *paragraph = strndup(text, (size_t)(end - text));
    if (!paragraph) abort();
    cli_text_wrap(out, paragraph, 0, 0);
    cli_output_print(out, "\n");
    free(paragraph);
  }
}

static void write_command(cli_output *out, const cli_command *command) {
  cli_output_print(out, "usage: hearsay %s [OPTION…]%s%s\n\n", command->name, *command->arguments ? " " : "",
                   command->arguments);
  cli_output_print(out, "hearsay %s: %s.\n\n", command->name, command->summary);
  write_text(out, command->text);
  cli_output_print(out, "Options:\n");
  cli_use use;
  for (size_t i = 0; (use = cli_command_use(command, i)).id != CLI_NO_OPTION; i++) write_option(out, use);
  for (size_t i = 0; i < CLI_MOST_EXAMPLES && command->examples[i].line; i++)
    cli_output_print(out, "%s  %s\n      %s\n", i ? "" : "\nExamples:\n", command->examples[i].line,
                     command->examples[i].what);
}

/* `hearsay` alone is a mistake of the hands, not a question: help goes to standard error. */
static int write_without_asking(void) {
  cli_output out = {.file = stderr, .style = {.width = cli_terminal_width(2)}};
  write_overview(&out);
  return CLI_EXIT_USAGE;
}

int cli_cmd_help(cli_call *call) {
  if (call->bare) return write_without_asking();
  if (call->argument_count == 0) {
    write_overview(&call->out);
    return CLI_EXIT_DONE;
  }
  const cli_command *command = cli_command_find(call->arguments[0]);
  if (!command) return cli_call_no_command(call->arguments[0]);
  write_command(&call->out, command);
  return CLI_EXIT_DONE;
}
