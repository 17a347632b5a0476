/*
 * Text as a terminal and as JSON want it.
 */
#ifndef HS_CLI_TEXT_H
#define HS_CLI_TEXT_H

#include "cli/output.h"

/* Prints TEXT between column INDENT and the output's width, broken at blanks. White space and what would steer the
 * terminal count as one blank. The first line is indented too, unless something stands there already (STARTED columns
 * of it). */
void cli_text_wrap(cli_output *out, const char *text, int indent, int started);
/* "12,345": COUNT with its thousands set apart, somewhere in OUT. */
const char *cli_text_count(uint64_t count, char out[32]);
/* Prints TEXT as a JSON string, or null for NULL. */
void cli_text_json(cli_output *out, const char *text);

#endif
