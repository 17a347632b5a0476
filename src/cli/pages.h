/*
 * What extract, annotate and parse share: pages in, something written for each, failures told and counted.
 */
#ifndef HS_CLI_PAGES_H
#define HS_CLI_PAGES_H

#include "cli/call.h"

/* Writes DOC to the call's output in FORMAT. Gives HS_OK or fills ERROR. */
typedef int cli_write_doc(cli_call *call, const hs_doc *doc, hs_format format, hs_error *error);

/* Takes the pages that the call names, or standard input, to DEPTH and hands each to WRITE. Gives the exit code. */
int cli_pages_write(cli_call *call, hs_depth depth, hs_format format, cli_write_doc *write);
/* The reading that the call's arguments and options ask for. */
hs_reading cli_pages_reading(const cli_call *call, hs_depth depth);

#endif
