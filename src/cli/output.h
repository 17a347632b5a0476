/*
 * Where a command writes: standard output, or a file that appears under its name only when it is whole.
 */
#ifndef HS_CLI_OUTPUT_H
#define HS_CLI_OUTPUT_H

#include "hearsay.h"

#include <stdio.h>

typedef struct cli_output {
  FILE *file;
  char *path;      /* where it goes in the end; NULL: standard output */
  char *temporary; /* where it stands until then; NULL: PATH is no regular file and is written as it is */
  int error;       /* errno of the first write that failed, or 0 */
  bool terminal;
  hs_style style; /* what fits there: width, colour */
} cli_output;

/* Opens PATH, NULL or "-" for standard output. Gives an exit code; a failure has been told of. Close it in any case. */
int cli_output_open(cli_output *out, const char *path);
/* An hs_write; ARG is a cli_output. Stops when a write fails or the user interrupts. */
int cli_output_write(void *arg, const char *data, size_t size);
int cli_output_print(cli_output *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Ends the output of a command that gives STATUS: the file takes its place if the command did its work (0 or 1), and
 * is deleted if it did not. Gives the exit code. */
int cli_output_close(cli_output *out, int status);

#endif
