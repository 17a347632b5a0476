/* The manual page, made from the table, in the macros of man(7). */
#include "cli/call.h"
#include "cli/values.h"

#include <string.h>

/* TEXT as roff takes it: no command at the start of a line, no escape. */
static void write_roff(cli_output *out, const char *text) {
  if (*text == '.' || *text == '\'') cli_output_print(out, "\\&");
  for (; *text; text++) {
    if (*text == '\\') cli_output_print(out, "\\e");
    else if (*text == '-') cli_output_print(out, "\\-");
    else cli_output_write(out, text, 1);
  }
}

static void write_line(cli_output *out, const char *macro, const char *text) {
  cli_output_print(out, "%s%s", macro, *macro ? " " : "");
  write_roff(out, text);
  cli_output_print(out, "\n");
}

static void write_option(cli_output *out, cli_use use) {
  const cli_option *option = &cli_options[use.id];
  cli_output_print(out, ".TP\n");
  if (option->letter) cli_output_print(out, "\\fB\\-%c\\fR, ", option->letter);
  cli_output_print(out, "\\fB\\-\\-%s\\fR", option->name);
  if (option->argument) cli_output_print(out, " \\fI%s\\fR", option->argument);
  cli_output_print(out, "\n");
  write_roff(out, option->help);
  char choice[16];
  for (size_t i = 0; cli_value_choice(use.choices, i, choice); i++)
    cli_output_print(out, "%s%s", i ? ", " : ": ", choice);
  cli_output_print(out, "\n");
}

static void write_command(cli_output *out, const cli_command *command) {
  cli_output_print(out, ".SS \"%s %s\"\n", command->name, command->arguments);
  write_line(out, "", command->text);
  for (const cli_use *use = command->uses; use->id != CLI_NO_OPTION; use++) write_option(out, *use);
  for (size_t i = 0; i < CLI_MOST_EXAMPLES && command->examples[i].line; i++) {
    cli_output_print(out, "%s", i ? "" : ".PP\nExamples:\n");
    write_line(out, ".PP\n.RS\n.nf\n.B", command->examples[i].line);
    write_line(out, "", command->examples[i].what);
    cli_output_print(out, ".fi\n.RE\n");
  }
}

static void write_ends(cli_output *out) {
  cli_output_print(out, ".SH EXIT STATUS\n"
                        ".TP\n0\ndone\n"
                        ".TP\n1\nsome inputs failed: each was named on standard error, the rest is done\n"
                        ".TP\n2\nthe command line makes no sense\n"
                        ".TP\n3\nthe record, the model or the output cannot be used\n"
                        ".TP\n130\nstopped by Ctrl\\-C\n"
                        ".SH ENVIRONMENT\n"
                        ".TP\nHS_MODEL\nthe model where \\-\\-model is not given: small, large, rules, or a file\n"
                        ".TP\nNO_COLOR\nif set and not empty, no colours\n"
                        ".TP\nCOLUMNS\nthe width of what is printed, if the terminal's is not wanted\n");
}

int cli_cmd_manual(cli_call *call) {
  cli_output *out = &call->out;
  cli_output_print(out, ".TH HEARSAY 1 \"\" \"hearsay %s\" \"hearsay\"\n", hs_version());
  cli_output_print(
      out, ".SH NAME\nhearsay \\- read the news and keep the record: who said what, when, on whose word\n"
           ".SH SYNOPSIS\n.B hearsay\n.I COMMAND\n[\\fIOPTION\\fR\\&...] [\\fIFILE\\fR\\&...]\n"
           ".SH DESCRIPTION\n"
           "hearsay finds the article in a page and every quotation in the article, with its speaker "
           "and the chain that passed it on, and keeps them in a record, one SQLite file, where each row "
           "points at the characters that bear it out. Options may stand anywhere; \\fB\\-\\-\\fR ends "
           "them. A \\fIDAY\\fR is written as in 2024\\-11\\-18, a \\fIDATE\\fR so or as in 2024\\-11 or 2024.\n"
           ".SH OPTIONS OF EVERY COMMAND\n");
  write_option(out, (cli_use){CLI_OUTPUT, NULL});
  write_option(out, (cli_use){CLI_HELP, NULL});
  cli_output_print(out, ".SH COMMANDS\n");
  for (const cli_command *c = cli_commands; c->name; c++) write_command(out, c);
  write_ends(out);
  return CLI_EXIT_DONE;
}
