#include "cli/call.h"
#include "cli/cases.h"
#include "cli/diff.h"
#include "cli/stages.h"

#include <stdlib.h>
#include <string.h>

typedef struct test_run {
  cli_output *out;
  const hs_model *model;
  bool update;
  size_t passed, failed, rewritten; /* cases; a file that is none counts as one that failed */
  size_t skipped;                   /* cases for which there is no model file */
} test_run;

/* What is found in the page of a case; the caller's. */
static char *find(const test_run *run, const cli_cases *file, const cli_case *now, size_t *size) {
  char *found;
  FILE *out = open_memstream(&found, size);
  if (!out) abort();
  cli_stage_write(out, file->stage, run->model, now);
  if (fclose(out) != 0) abort();
  return found;
}

/* Copies what stands between *DONE and what NOW expects, and FOUND in place of that. */
static void update_case(FILE *updated, const cli_cases *file, const cli_case *now, size_t *done, const char *found,
                        size_t size) {
  fwrite(file->text + *done, 1, now->expected.start - *done, updated);
  if (file->text[now->expected.start - 1] != '\n') putc('\n', updated); /* the file ends in `--` */
  fwrite(found, 1, size, updated);
  *done = now->expected.end;
}

/* Runs the cases of FILE. UPDATED, if not NULL, takes the file with what was found. */
static void run_cases(test_run *run, const cli_cases *file, FILE *updated) {
  size_t done = 0;
  for (size_t i = 0; i < file->count && !cli_interrupted(); i++) {
    const cli_case *now = &file->cases[i];
    const char *expected = file->text + now->expected.start;
    size_t expected_size = now->expected.end - now->expected.start, size;
    char *found = find(run, file, now, &size);
    bool same = cli_diff_same(expected, expected_size, found, size);
    if (!same) {
      cli_output_print(run->out, "%s:%zu: %s\n", file->path, now->line, now->title);
      cli_diff_write(run->out, expected, expected_size, found, size);
      if (updated) update_case(updated, file, now, &done, found, size);
    }
    run->passed += same;
    run->failed += !same && !updated;
    run->rewritten += !same && updated;
    free(found);
  }
  if (updated) fwrite(file->text + done, 1, file->size - done, updated);
}

static int write_file(const char *path, const char *text, size_t size) {
  cli_output out;
  int status = cli_output_open(&out, path);
  if (!status) cli_output_write(&out, text, size);
  return cli_output_close(&out, cli_interrupted() ? CLI_EXIT_INTERRUPTED : status);
}

/* Runs the cases of FILE and writes what was found into it, if that is something else. */
static int update_file(test_run *run, const cli_cases *file) {
  char *text;
  size_t size, before = run->rewritten;
  FILE *updated = open_memstream(&text, &size);
  if (!updated) abort();
  run_cases(run, file, updated);
  if (fclose(updated) != 0) abort();
  int status = CLI_EXIT_DONE;
  if (run->rewritten > before) status = write_file(file->path, text, size);
  free(text);
  return status;
}

/* Gives an exit code that is not 0 only if nothing more can be done. */
static int run_file(test_run *run, const char *path) {
  cli_cases file;
  hs_error error;
  int status = CLI_EXIT_DONE;
  if (cli_cases_read(&file, path, &error)) {
    cli_failure(&error);
    run->failed++;
  } else if (file.stage == CLI_PARSE && strncmp(hs_model_version(run->model), "rules-", 6) == 0) {
    cli_output_print(run->out, "%s: skipped: there is no model file\n", path);
    run->skipped += file.count;
  } else if (run->update) {
    status = update_file(run, &file);
  } else {
    run_cases(run, &file, NULL);
  }
  cli_cases_free(&file);
  return status;
}

int cli_cmd_test(cli_call *call) {
  hs_model *model;
  int status = cli_call_model(&model, call, HS_ANNOTATE);
  if (status) return status;
  test_run run = {.out = &call->out, .model = model, .update = call->values[CLI_UPDATE] != NULL};
  for (size_t i = 0; i < call->argument_count && !status && !cli_interrupted(); i++)
    status = run_file(&run, call->arguments[i]);
  hs_model_free(model);
  if (cli_interrupted()) return CLI_EXIT_INTERRUPTED;
  if (status) return status;
  if (run.update) cli_output_print(&call->out, "%zu rewritten, ", run.rewritten);
  cli_output_print(&call->out, "%zu passed, %zu failed", run.passed, run.failed);
  if (run.skipped) cli_output_print(&call->out, ", %zu skipped", run.skipped);
  cli_output_print(&call->out, "\n");
  return run.failed ? CLI_EXIT_SOME_FAILED : CLI_EXIT_DONE;
}
