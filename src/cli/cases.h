/*
 * Files of golden cases, tests/cases/STAGE/TOPIC.test:
 *
 *   # A line that begins with "# " outside a case is a comment.
 *
 *   == The title of a case
 *   date: 2031-03-04
 *
 *   The text.
 *   --
 *   what is expected
 *
 * Keys, each of which may be left out: date, media (html or text), url, title, outlet, language, id; of quotations also
 * `cue: WORD`, only those whose cue holds WORD, and `show: speaker via`, only these of their lines. Blank lines at both
 * ends of the text and of what is expected do not count.
 */
#ifndef HS_CLI_CASES_H
#define HS_CLI_CASES_H

#include "hearsay.h"

typedef struct cli_case {
  const char *title;
  size_t line; /* where the title stands; counted from 1 */
  hs_page page;
  const char *cue, *show; /* which quotations, and what of them; NULL: all */
  hs_span expected;       /* in cli_cases.text, whole lines */
} cli_case;

/* What the cases of a file look at. */
typedef enum cli_stage { CLI_SENTENCES, CLI_PARSE, CLI_QUOTATIONS, CLI_ARTICLE, CLI_TIMES, CLI_ACTORS } cli_stage;

typedef struct cli_cases {
  const char *path;
  cli_stage stage; /* named by the folder */
  char *text;      /* the file as it is */
  size_t size;
  char *cut; /* the same, with a NUL behind each title and value */
  cli_case *cases;
  size_t count;
} cli_cases;

/* Reads the file PATH. Gives HS_OK, or HS_ERROR_INPUT for a file that is not there or not of this form, by line. Free
 * with cli_cases_free, whatever it gives. */
int cli_cases_read(cli_cases *out, const char *path, hs_error *error);
void cli_cases_free(cli_cases *cases);

#endif
