#include "cli/progress.h"

#include "cli/message.h"
#include "cli/terminal.h"
#include "cli/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR_COLUMNS = 24, LONGEST_REST = 99 * 3600 /* seconds: nobody waits for more */ };

static const double DRAWN_EVERY = 0.1;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void cli_progress_start(cli_progress *bar, bool output_taken) {
  *bar = (cli_progress){.shown = !output_taken && cli_terminal_ansi(STDERR_FILENO), .started = now()};
  bar->last = bar->started; /* what is done at once needs no bar */
}

/* "━━━━━━──────────  38%", and the time left in LEFT. */
static void write_share(char *out, size_t size, char *left, size_t left_size, const hs_progress *p, double seconds) {
  double share = (double)p->bytes / (double)p->bytes_total;
  if (share > 1) share = 1;
  out[0] = '\0';
  for (int i = 0; i < BAR_COLUMNS; i++)
    snprintf(out + strlen(out), size - strlen(out), "%s", i < (int)(share * BAR_COLUMNS) ? "━" : "─");
  snprintf(out + strlen(out), size - strlen(out), " %3.0f%%  ", share * 100);
  double exact = share > 0 ? seconds / share - seconds + 0.5 : 0;
  unsigned rest = exact < LONGEST_REST ? (unsigned)exact : LONGEST_REST;
  if (rest >= 3600) snprintf(left, left_size, ", %u:%02u:%02u left", rest / 3600, rest / 60 % 60, rest % 60);
  else if (share > 0.01) snprintf(left, left_size, ", %u:%02u left", rest / 60, rest % 60);
}

static void draw(const cli_progress *bar, const hs_progress *progress) {
  char share[BAR_COLUMNS * 4 + 16] = "", left[40] = "", line[250], count[32], rate[32];
  double seconds = now() - bar->started;
  if (progress->bytes_total > 0) write_share(share, sizeof share, left, sizeof left, progress, seconds);
  snprintf(line, sizeof line, "%s%s pages, %s pages/s%s", share, cli_text_count(progress->documents, count),
           cli_text_count((uint64_t)((double)progress->documents / seconds), rate), left);
  int columns = cli_terminal_columns(line, strlen(line));
  fprintf(stderr, "\r%s\033[K", columns < cli_terminal_width(STDERR_FILENO) ? line : line + strlen(share));
}

int cli_progress_show(void *arg, const hs_progress *progress) {
  cli_progress *bar = arg;
  bool waiting = progress->documents == 0 && progress->bytes == 0;
  if (bar->shown && !waiting && now() - bar->last >= DRAWN_EVERY) {
    draw(bar, progress);
    bar->last = now();
    bar->drawn = true;
  }
  return cli_interrupted();
}

void cli_progress_clear(cli_progress *bar) {
  if (bar->drawn) fputs("\r\033[K", stderr);
  bar->drawn = false;
}

double cli_progress_seconds(const cli_progress *bar) { return now() - bar->started; }
