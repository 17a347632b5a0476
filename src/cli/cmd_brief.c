#include "cli/call.h"

#include <stdlib.h>
#include <string.h>

/* The words of the command line as one string; NULL if there are none. */
static char *join(const cli_call *call) {
  if (call->argument_count == 0) return NULL;
  size_t size = 1;
  for (size_t i = 0; i < call->argument_count; i++) size += strlen(call->arguments[i]) + 1;
  char *words = malloc(size), *end = words;
  if (!words) abort();
  for (size_t i = 0; i < call->argument_count; i++) {
    if (i > 0) *end++ = ' ';
    end = stpcpy(end, call->arguments[i]);
  }
  return words;
}

int cli_cmd_brief(cli_call *call) {
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  char *story = join(call);
  hs_style style = call->out.style;
  style.format = cli_call_format(call, HS_TEXT);
  hs_error error;
  if (hs_report_brief(record, story, &style, cli_output_write, &call->out, &error)) status = cli_failure(&error);
  free(story);
  hs_record_free(record);
  return status;
}
