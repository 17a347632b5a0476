/*
 * The bar on standard error while pages are read: share, rate, time left. Only on a terminal.
 */
#ifndef HS_CLI_PROGRESS_H
#define HS_CLI_PROGRESS_H

#include "hearsay.h"

typedef struct cli_progress {
  bool shown;     /* may it be drawn at all? */
  bool drawn;     /* does it stand on the terminal now? */
  double started; /* seconds of the monotonic clock */
  double last;    /* when it was drawn */
} cli_progress;

/* OUTPUT_TAKEN: standard output is the same terminal and is written to meanwhile, so no bar is drawn. */
void cli_progress_start(cli_progress *bar, bool output_taken);
/* The function of hs_reading.progress; ARG is a cli_progress. Asks to stop when the user interrupts. */
int cli_progress_show(void *arg, const hs_progress *progress);
/* Wipes the bar away, so that a message can be written. */
void cli_progress_clear(cli_progress *bar);
double cli_progress_seconds(const cli_progress *bar);

#endif
