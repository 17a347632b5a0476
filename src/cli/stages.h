/*
 * What each stage found in a page, in lines that a journalist can read and write: what golden cases expect.
 */
#ifndef HS_CLI_STAGES_H
#define HS_CLI_STAGES_H

#include "cli/cases.h"

#include <stdio.h>

/* Reads the page of NOW as far as STAGE needs and writes what it found, or `error: …`, to OUT. */
void cli_stage_write(FILE *out, cli_stage stage, const hs_model *model, const cli_case *now);

#endif
