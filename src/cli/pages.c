#include "cli/pages.h"

#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct page_writer {
  cli_call *call;
  cli_write_doc *write;
  hs_format format;
  cli_progress bar;
  size_t written, failed;
  int status; /* not 0 once writing has failed */
} page_writer;

hs_reading cli_pages_reading(const cli_call *call, hs_depth depth) {
  return (hs_reading){.paths = call->arguments,
                      .path_count = call->argument_count,
                      .depth = depth,
                      .textless = call->values[CLI_EXPLAIN] != NULL,
                      .min_confidence = cli_call_share(call, CLI_MIN_CONFIDENCE),
                      .threads = cli_call_number(call, CLI_THREADS),
                      .date = call->values[CLI_DATE]};
}

/* What stands before a page that a person reads. */
static int write_before(page_writer *writer, const hs_doc *doc, hs_error *error) {
  bool first = writer->written++ == 0;
  if (first && writer->format == HS_HTML)
    return hs_report_marks_open(hs_doc_article(doc)->title, cli_output_write, &writer->call->out, error);
  bool person = writer->format == HS_TEXT || writer->format == HS_MARKDOWN;
  if (person && !first) cli_output_print(&writer->call->out, "\n----\n\n");
  return HS_OK;
}

static int each(void *arg, const hs_doc *doc, const hs_page *page, const hs_error *error) {
  (void)page;
  page_writer *writer = arg;
  if (error) {
    cli_progress_clear(&writer->bar);
    cli_failure(error);
    writer->failed++;
    return 0;
  }
  hs_error why;
  int code = write_before(writer, doc, &why);
  if (!code) code = writer->write(writer->call, doc, writer->format, &why);
  if (!code) return 0;
  cli_progress_clear(&writer->bar);
  writer->status = cli_failure(&why);
  return 1;
}

/* Whoever did not choose rules is told that there is nothing else. */
static void tell_without_parser(const cli_call *call, const hs_model *model) {
  const char *name = call->values[CLI_MODEL] ? call->values[CLI_MODEL] : getenv("HS_MODEL");
  if ((!name || strcmp(name, "rules") != 0) && strncmp(hs_model_version(model), "rules-", 6) == 0)
    cli_message("there is no model file: sentences and words only (`hearsay model` tells where it is looked for)");
}

/* What the record that -d names has learned of outlets' habits. Gives an exit code. */
static int read_habits(hs_habits **out, const cli_call *call) {
  hs_record *record;
  hs_error error;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (!status && hs_record_habits(out, record, &error)) status = cli_failure(&error);
  hs_record_free(record);
  return status;
}

int cli_pages_write(cli_call *call, hs_depth depth, hs_format format, cli_write_doc *write) {
  hs_reading reading = cli_pages_reading(call, depth);
  if (reading.path_count == 0) {
    static const char *const standard_input[] = {"-"};
    if (isatty(STDIN_FILENO)) return cli_call_usage(call, "which page? Name a FILE, or send one to standard input");
    reading.paths = standard_input;
    reading.path_count = 1;
  }
  hs_model *model;
  int status = cli_call_model(&model, call, depth);
  if (status) return status;
  if (depth == HS_PARSE) tell_without_parser(call, model);
  hs_habits *habits = NULL;
  if (call->values[CLI_RECORD]) status = read_habits(&habits, call);
  reading.habits = habits;
  if (status) {
    hs_model_free(model);
    return status;
  }
  page_writer writer = {.call = call, .write = write, .format = format};
  cli_progress_start(&writer.bar, call->out.terminal);
  reading.progress = cli_progress_show;
  reading.arg = &writer.bar;
  hs_error error;
  int code = hs_pages_read(model, &reading, each, &writer, &error);
  if (!code && format == HS_HTML && writer.written) code = hs_report_marks_close(cli_output_write, &call->out, &error);
  cli_progress_clear(&writer.bar);
  hs_model_free(model);
  hs_habits_free(habits);
  if (writer.status) return writer.status;
  if (code) return cli_failure(&error);
  return writer.failed ? CLI_EXIT_SOME_FAILED : CLI_EXIT_DONE;
}
