/*
 * How one text differs from another, line by line.
 */
#ifndef HS_CLI_DIFF_H
#define HS_CLI_DIFF_H

#include "cli/output.h"

/* Are the two texts the same, a line feed at the end or not? */
bool cli_diff_same(const char *expected, size_t expected_size, const char *found, size_t found_size);
/* Prints all lines of both, in order: those of EXPECTED alone with "-", those of FOUND alone with "+". */
void cli_diff_write(cli_output *out, const char *expected, size_t expected_size, const char *found, size_t found_size);

#endif
