/*
 * The one table of commands and options: the parser, the help texts, the manual page and the completions of the shells
 * are all made from it. To add a command: a cmd_NAME.c, its function here, a row in commands.c.
 */
#ifndef HS_CLI_COMMANDS_H
#define HS_CLI_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum cli_option_id {
  CLI_NO_OPTION, /* ends a list of options */
  CLI_RECORD,
  CLI_FORMAT,
  CLI_TO,
  CLI_BY,
  CLI_ABOUT,
  CLI_VIA,
  CLI_SINCE,
  CLI_UNTIL,
  CLI_TYPE,
  CLI_MIN_CONFIDENCE,
  CLI_FOR,
  CLI_SPEAKER,
  CLI_CUE,
  CLI_SAID_OUTLET, /* of `said`, where it is that of the quotation */
  CLI_FROM,
  CLI_FOLDER,
  CLI_RIGHT,
  CLI_WRONG,
  CLI_MISSING,
  CLI_IS_SPEAKER, /* of `correct`: what it should be */
  CLI_IS_FOR,
  CLI_IS_VIA,
  CLI_IS_SAID,
  CLI_IS_SOURCE,
  CLI_IS_CUE,
  CLI_IS_CONTENT,
  CLI_FORCE,
  CLI_WHO,
  CLI_NOTE,
  CLI_SORT,
  CLI_COUNT,
  CLI_LIMIT,
  CLI_READ_SINCE, /* of `read`, where days are another thing */
  CLI_READ_UNTIL,
  CLI_OUTLET,
  CLI_LANGUAGE,
  CLI_REJECT,
  CLI_ONLY,
  CLI_FOLLOW,
  CLI_DELAY,
  CLI_TIMEOUT,
  CLI_ALLOW_LOCAL,
  CLI_EXPLAIN,
  CLI_AGAIN,
  CLI_PAGE,
  CLI_UPDATE,
  CLI_DATE,
  CLI_MODEL,
  CLI_THREADS,
  CLI_JSON,
  CLI_OUTPUT,
  CLI_HELP,
  CLI_OPTION_COUNT
} cli_option_id;

/* What the value of an option may be. */
typedef enum cli_value {
  CLI_FLAG,
  CLI_WORDS,
  CLI_PATH,
  CLI_NUMBER,
  CLI_SHARE,   /* 0 to 1 */
  CLI_DAY,     /* 2024-11-18 */
  CLI_DAYS,    /* 2024-11-18, 2024-11 or 2024 */
  CLI_CHOICES, /* any of them, with commas between */
  CLI_CHOICE
} cli_value;

typedef struct cli_option {
  const char *name; /* without the two dashes */
  char letter;      /* its short form, or 0 */
  cli_value value;
  const char *argument; /* what help calls the value; NULL for a flag */
  const char *help;
  int at_least, at_most; /* of a number */
} cli_option;

/* Indexed by cli_option_id. */
extern const cli_option cli_options[CLI_OPTION_COUNT];

/* An option as one command takes it. */
typedef struct cli_use {
  cli_option_id id;
  const char *choices; /* of a choice: its values, as in "text|markdown|json" */
} cli_use;

typedef struct cli_call cli_call;

typedef struct cli_example {
  const char *line, *what;
} cli_example;

enum { CLI_MOST_OPTIONS = 20, CLI_MOST_EXAMPLES = 4 };

typedef struct cli_command {
  const char *name;
  const char *arguments; /* as help shows them; "" if it takes none */
  size_t at_least, at_most;
  bool files;                     /* the arguments are files, so shells complete them */
  const char *words;              /* or they are these, as in "bash|zsh|fish" */
  const char *summary;            /* one line, no full stop */
  const char *text;               /* paragraphs, a blank line between */
  cli_use uses[CLI_MOST_OPTIONS]; /* ends in CLI_NO_OPTION; --output and --help need not be named */
  cli_example examples[CLI_MOST_EXAMPLES];
  int (*run)(cli_call *call); /* gives the exit code */
} cli_command;

/* In the order in which help shows them; ends in a row without a name. */
extern const cli_command cli_commands[];

/* NULL if there is none of that name. */
const cli_command *cli_command_find(const char *name);
/* The option at INDEX of those that COMMAND takes, the ones of every command behind its own; CLI_NO_OPTION after the
 * last. */
cli_use cli_command_use(const cli_command *command, size_t index);

int cli_cmd_extract(cli_call *call);
int cli_cmd_annotate(cli_call *call);
int cli_cmd_parse(cli_call *call);
int cli_cmd_read(cli_call *call);
int cli_cmd_brief(cli_call *call);
int cli_cmd_said(cli_call *call);
int cli_cmd_show(cli_call *call);
int cli_cmd_diff(cli_call *call);
int cli_cmd_correct(cli_call *call);
int cli_cmd_export(cli_call *call);
int cli_cmd_model(cli_call *call);
int cli_cmd_test(cli_call *call);
int cli_cmd_manual(cli_call *call);
int cli_cmd_completion(cli_call *call);
int cli_cmd_help(cli_call *call);
int cli_cmd_version(cli_call *call);

#endif
