/* Completion of commands, options and their values in bash, zsh and fish, made from the table. */
#include "cli/call.h"
#include "cli/values.h"

#include <string.h>

/* The choices of LIST, a blank between; those of cli_use and cli_command. */
static void write_choices(cli_output *out, const char *list) {
  char choice[16];
  for (size_t i = 0; cli_value_choice(list, i, choice); i++) cli_output_print(out, "%s%s", i ? " " : "", choice);
}

static void write_command_names(cli_output *out, const char *between) {
  for (const cli_command *c = cli_commands; c->name; c++)
    cli_output_print(out, "%s%s", c == cli_commands ? "" : between, c->name);
}

/* Inside single quotes a shell takes all as it is, but the single quote. */
static void write_quoted(cli_output *out, const char *text) {
  for (; *text; text++) {
    if (*text == '\'') cli_output_print(out, "'\\''");
    else cli_output_write(out, text, 1);
  }
}

static bool takes_commands(const cli_command *command) { return command->run == cli_cmd_help; }

/* The arms of a case that say what follows an option that takes a value. */
static void write_bash_values(cli_output *out, const cli_command *command) {
  cli_use use;
  for (size_t i = 0; (use = cli_command_use(command, i)).id != CLI_NO_OPTION; i++) {
    const cli_option *option = &cli_options[use.id];
    if (option->value == CLI_FLAG) continue;
    cli_output_print(out, "    %s:--%s", command->name, option->name);
    if (option->letter) cli_output_print(out, " | %s:-%c", command->name, option->letter);
    cli_output_print(out, ")\n");
    if (use.choices) {
      cli_output_print(out, "      COMPREPLY=($(compgen -W '");
      write_choices(out, use.choices);
      cli_output_print(out, "' -- \"$word\"))\n");
    } else if (option->value == CLI_PATH) {
      cli_output_print(out, "      mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n");
    }
    cli_output_print(out, "      return ;;\n");
  }
}

/* The arm of a case that says what else COMMAND takes. */
static void write_bash_words(cli_output *out, const cli_command *command) {
  cli_output_print(out, "    %s)\n      options='", command->name);
  cli_use use;
  for (size_t i = 0; (use = cli_command_use(command, i)).id != CLI_NO_OPTION; i++)
    cli_output_print(out, "%s--%s", i ? " " : "", cli_options[use.id].name);
  cli_output_print(out, "'\n      arguments='");
  write_choices(out, command->words);
  if (takes_commands(command)) write_command_names(out, " ");
  cli_output_print(out, "'\n      files=%s ;;\n", command->files ? "yes" : "");
}

static void write_bash(cli_output *out) {
  cli_output_print(out, "# bash completion for hearsay, made by `hearsay completion bash`\n"
                        "_hearsay() {\n"
                        "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
                        "  local command='' options='--help --version' arguments='' files='' i\n"
                        "  COMPREPLY=()\n"
                        "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                        "    case ${COMP_WORDS[i]} in\n      ");
  write_command_names(out, " | ");
  cli_output_print(out, ")\n        command=${COMP_WORDS[i]}\n        break ;;\n    esac\n  done\n"
                        "  case $command:$before in\n");
  for (const cli_command *c = cli_commands; c->name; c++) write_bash_values(out, c);
  cli_output_print(out, "  esac\n  case $command in\n");
  for (const cli_command *c = cli_commands; c->name; c++) write_bash_words(out, c);
  cli_output_print(out, "    *)\n      arguments='");
  write_command_names(out, " ");
  cli_output_print(out, "' ;;\n  esac\n"
                        "  if [[ $word == -* ]]; then\n"
                        "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
                        "  elif [[ $files ]]; then\n"
                        "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
                        "  else\n"
                        "    COMPREPLY=($(compgen -W \"$arguments\" -- \"$word\"))\n"
                        "  fi\n}\ncomplete -o filenames -F _hearsay hearsay\n");
}

/* An option as zsh's _arguments takes it: '(-o --output)'{-o,--output}'[help]:FILE:_files' */
static void write_zsh_option(cli_output *out, cli_use use) {
  const cli_option *option = &cli_options[use.id];
  cli_output_print(out, " \\\n        ");
  if (option->letter)
    cli_output_print(out, "'(-%c --%s)'{-%c,--%s}'", option->letter, option->name, option->letter, option->name);
  else cli_output_print(out, "'--%s", option->name);
  cli_output_print(out, "[");
  write_quoted(out, option->help);
  cli_output_print(out, "]");
  if (option->argument) cli_output_print(out, ":%s:", option->argument);
  if (option->value == CLI_PATH) cli_output_print(out, "_files");
  if (use.choices) {
    cli_output_print(out, "(");
    write_choices(out, use.choices);
    cli_output_print(out, ")");
  }
  cli_output_print(out, "'");
}

static void write_zsh_command(cli_output *out, const cli_command *command) {
  cli_output_print(out, "    %s)\n      _arguments", command->name);
  cli_use use;
  for (size_t i = 0; (use = cli_command_use(command, i)).id != CLI_NO_OPTION; i++) write_zsh_option(out, use);
  if (command->files) cli_output_print(out, " \\\n        '*:file:_files'");
  if (command->words || takes_commands(command)) {
    cli_output_print(out, " \\\n        '1:%s:(", takes_commands(command) ? "command" : "word");
    write_choices(out, command->words);
    if (takes_commands(command)) write_command_names(out, " ");
    cli_output_print(out, ")'");
  }
  cli_output_print(out, " ;;\n");
}

static void write_zsh(cli_output *out) {
  cli_output_print(out, "#compdef hearsay\n# zsh completion for hearsay, made by `hearsay completion zsh`\n"
                        "_hearsay() {\n  local state line\n  local -a commands\n  commands=(\n");
  for (const cli_command *c = cli_commands; c->name; c++) {
    cli_output_print(out, "    '%s:", c->name);
    write_quoted(out, c->summary);
    cli_output_print(out, "'\n");
  }
  cli_output_print(out, "  )\n  _arguments -C '(- *)--version[print the versions]' '1:command:->command' "
                        "'*::argument:->argument' && return\n"
                        "  if [[ $state == command ]]; then\n    _describe command commands\n    return\n  fi\n"
                        "  case $line[1] in\n");
  for (const cli_command *c = cli_commands; c->name; c++) write_zsh_command(out, c);
  cli_output_print(out, "  esac\n}\n# Autoloaded from a folder of functions, or sourced.\n"
                        "if [[ $funcstack[1] == _hearsay ]]; then\n  _hearsay \"$@\"\nelse\n"
                        "  compdef _hearsay hearsay\nfi\n");
}

static void write_fish_option(cli_output *out, const cli_command *command, cli_use use) {
  const cli_option *option = &cli_options[use.id];
  cli_output_print(out, "complete -c hearsay -n '__fish_seen_subcommand_from %s' -l %s", command->name, option->name);
  if (option->letter) cli_output_print(out, " -s %c", option->letter);
  if (option->value == CLI_PATH) cli_output_print(out, " -r -F");
  else if (option->value != CLI_FLAG) cli_output_print(out, " -x");
  if (use.choices) {
    cli_output_print(out, " -a '");
    write_choices(out, use.choices);
    cli_output_print(out, "'");
  }
  cli_output_print(out, " -d '");
  write_quoted(out, option->help);
  cli_output_print(out, "'\n");
}

static void write_fish(cli_output *out) {
  cli_output_print(out, "# fish completion for hearsay, made by `hearsay completion fish`\n"
                        "complete -c hearsay -f\n"
                        "complete -c hearsay -n __fish_use_subcommand -l version -d 'print the versions'\n");
  for (const cli_command *c = cli_commands; c->name; c++) {
    cli_output_print(out, "complete -c hearsay -n __fish_use_subcommand -a %s -d '", c->name);
    write_quoted(out, c->summary);
    cli_output_print(out, "'\n");
    cli_use use;
    for (size_t i = 0; (use = cli_command_use(c, i)).id != CLI_NO_OPTION; i++) write_fish_option(out, c, use);
    const char *given = "complete -c hearsay -n '__fish_seen_subcommand_from";
    if (c->files) cli_output_print(out, "%s %s' -F\n", given, c->name);
    if (!c->words && !takes_commands(c)) continue;
    cli_output_print(out, "%s %s' -a '", given, c->name);
    write_choices(out, c->words);
    if (takes_commands(c)) write_command_names(out, " ");
    cli_output_print(out, "'\n");
  }
}

int cli_cmd_completion(cli_call *call) {
  const char *shell = call->arguments[0];
  if (strcmp(shell, "bash") == 0) write_bash(&call->out);
  else if (strcmp(shell, "zsh") == 0) write_zsh(&call->out);
  else write_fish(&call->out);
  return CLI_EXIT_DONE;
}
