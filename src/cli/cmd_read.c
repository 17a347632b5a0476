#include "cli/pages.h"
#include "cli/progress.h"
#include "cli/terminal.h"
#include "cli/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void tell_failed(void *arg, const hs_error *error) {
  cli_progress_clear(arg);
  cli_failure(error);
}

/* One line but for a terminal that is too narrow. */
static void tell_line(const char *line) {
  int width = isatty(STDERR_FILENO) ? cli_terminal_width(STDERR_FILENO) : (int)strlen(line) + 1;
  cli_output out = {.file = stderr, .style = {.width = width}};
  cli_text_wrap(&out, line, 0, 0);
}

/* "12 pages read: 11 added, 1 already there, 0 failed; 143 quotations in 0.2 s (60 pages/s)" */
static void tell_tally(const hs_tally *tally, double seconds) {
  char line[600], read[32], added[32], known[32], failed[32], unchanged[100] = "", passed[100] = "", left_out[100] = "";
  char quotations[32], rate[32];
  uint64_t pages = tally->added + tally->known + tally->unchanged + tally->failed;
  if (tally->unchanged) snprintf(unchanged, sizeof unchanged, "%s unchanged, ", cli_text_count(tally->unchanged, rate));
  if (tally->passed)
    snprintf(passed, sizeof passed, "%s record%s without a page passed over; ", cli_text_count(tally->passed, rate),
             tally->passed == 1 ? "" : "s");
  if (tally->left_out) snprintf(left_out, sizeof left_out, "%s left out; ", cli_text_count(tally->left_out, rate));
  snprintf(line, sizeof line,
           "%s page%s read: %s added, %s already there, %s%s failed; %s%s%s quotation%s in %.1f s (%s pages/s)",
           cli_text_count(pages, read), pages == 1 ? "" : "s", cli_text_count(tally->added, added),
           cli_text_count(tally->known, known), unchanged, cli_text_count(tally->failed, failed), left_out, passed,
           cli_text_count(tally->quotations, quotations), tally->quotations == 1 ? "" : "s", seconds,
           cli_text_count(seconds > 0 ? (uint64_t)((double)pages / seconds) : 0, rate));
  tell_line(line);
}

static void tell_again(const hs_tally *tally, double seconds) {
  char line[200], articles[32], failed[32], quotations[32];
  snprintf(line, sizeof line, "%s article%s annotated again, %s failed; %s quotation%s in %.1f s",
           cli_text_count(tally->added, articles), tally->added == 1 ? "" : "s", cli_text_count(tally->failed, failed),
           cli_text_count(tally->quotations, quotations), tally->quotations == 1 ? "" : "s", seconds);
  bool none = tally->added + tally->failed == 0;
  tell_line(none ? "nothing to annotate again: every article is by this model and the rules of today" : line);
}

static void write_tally(cli_output *out, const hs_tally *tally, double seconds) {
  cli_output_print(
      out,
      "{\"added\": %llu, \"known\": %llu, \"unchanged\": %llu, \"failed\": %llu, \"passed\": %llu, \"left_out\": %llu, "
      "\"quotations\": %llu, \"seconds\": %.3f}\n",
      (unsigned long long)tally->added, (unsigned long long)tally->known, (unsigned long long)tally->unchanged,
      (unsigned long long)tally->failed, (unsigned long long)tally->passed, (unsigned long long)tally->left_out,
      (unsigned long long)tally->quotations, seconds);
}

static void add(hs_tally *sum, const hs_tally *more) {
  sum->added += more->added;
  sum->known += more->known;
  sum->failed += more->failed;
  sum->passed += more->passed;
  sum->unchanged += more->unchanged;
  sum->left_out += more->left_out;
  sum->quotations += more->quotations;
}

/* Reads, and annotates again, what the call asks for. Gives 0 or an hs_code. */
static int read_pages(const cli_call *call, hs_record *record, const hs_model *model, cli_progress *bar, hs_tally *read,
                      hs_tally *again, hs_error *error) {
  hs_reading reading = cli_pages_reading(call, call->values[CLI_ONLY] ? HS_EXTRACT : HS_ANNOTATE);
  reading.since = call->values[CLI_READ_SINCE], reading.until = call->values[CLI_READ_UNTIL];
  reading.outlet = call->values[CLI_OUTLET], reading.language = call->values[CLI_LANGUAGE];
  reading.follow = cli_call_number(call, CLI_FOLLOW) * 60;
  reading.timeout = cli_call_number(call, CLI_TIMEOUT);
  reading.delay = cli_call_number(call, CLI_DELAY);
  if (call->values[CLI_DELAY] && !reading.delay) reading.delay = -1;
  reading.allow_local = call->values[CLI_ALLOW_LOCAL] != NULL;
  reading.reject = call->values[CLI_REJECT];
  reading.progress = cli_progress_show;
  reading.arg = bar;
  int code = HS_OK;
  if (reading.path_count > 0) code = hs_record_read(record, model, &reading, tell_failed, bar, read, error);
  return code || !call->values[CLI_AGAIN] ? code : hs_record_again(record, model, &reading, again, error);
}

static int run(cli_call *call, hs_record *record, const hs_model *model) {
  cli_progress bar;
  hs_tally tally = {0}, again = {0};
  hs_error error;
  cli_progress_start(&bar, false);
  int code = read_pages(call, record, model, &bar, &tally, &again, &error);
  if (!code) code = hs_record_commit(record, &error);
  double seconds = cli_progress_seconds(&bar);
  cli_progress_clear(&bar);
  if (code && code != HS_ERROR_STOPPED) return cli_failure(&error);
  if (call->argument_count > 0) tell_tally(&tally, seconds);
  if (call->values[CLI_AGAIN]) tell_again(&again, seconds);
  add(&tally, &again);
  if (call->values[CLI_JSON]) write_tally(&call->out, &tally, seconds);
  if (code && call->values[CLI_FOLLOW]) return CLI_EXIT_DONE; /* as it was meant to end */
  if (code) cli_message("stopped: what was added is in the record, the same command reads the rest");
  if (code) return CLI_EXIT_INTERRUPTED;
  return tally.failed ? CLI_EXIT_SOME_FAILED : CLI_EXIT_DONE;
}

int cli_cmd_read(cli_call *call) {
  if (call->argument_count == 0 && !call->values[CLI_AGAIN])
    return cli_call_usage(call, "which pages? Name a PATH, or - for standard input");
  bool web = false;
  for (size_t i = 0; i < call->argument_count; i++) web = web || strstr(call->arguments[i], "://");
  if (call->values[CLI_FOLLOW] && !web)
    return cli_call_usage(call, "--follow what? Name the address of a feed or page");
  if (call->values[CLI_ONLY] && call->values[CLI_AGAIN])
    return cli_call_usage(call, "--only leaves the rest to --again: give one of them");
  hs_model *model;
  hs_record *record;
  int status = cli_call_model(&model, call, call->values[CLI_ONLY] ? HS_EXTRACT : HS_ANNOTATE);
  if (status) return status;
  status = cli_call_record(&record, call, HS_RECORD_WRITE);
  if (!status) status = run(call, record, model);
  hs_record_free(record);
  hs_model_free(model);
  return status;
}
