#include "cli/call.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct folder {
  const char *path;
  int status; /* of the file that could not be written */
} folder;

static int write_file(void *folder_, const char *name, const char *data, size_t size) {
  folder *f = folder_;
  char *path;
  cli_output out;
  if (asprintf(&path, "%s/%s", f->path, name) < 0) abort();
  f->status = cli_output_open(&out, path);
  if (!f->status) cli_output_write(&out, data, size);
  f->status = cli_output_close(&out, f->status);
  free(path);
  return f->status || cli_interrupted();
}

/* One file an article, or two; a folder that is not there is made. */
static int export_folder(const cli_call *call, const hs_record *record) {
  folder f = {.path = call->values[CLI_FOLDER]};
  hs_error error;
  if (mkdir(f.path, 0777) != 0 && errno != EEXIST) {
    cli_message("cannot make the folder %s: %s", f.path, strerror(errno));
    return CLI_EXIT_UNUSABLE;
  }
  int code = hs_report_export_files(record, call->values[CLI_TO], write_file, &f, &error);
  return f.status ? f.status : code ? cli_failure(&error) : CLI_EXIT_DONE;
}

int cli_cmd_export(cli_call *call) {
  const char *to = call->values[CLI_TO];
  if (!to) return cli_call_usage(call, "to what? Say --to jsonl, csv, citron, brat, corrections or gold");
  bool brat = strcmp(to, "brat") == 0, files = call->values[CLI_FOLDER] != NULL;
  if (brat && !files) return cli_call_usage(call, "brat wants files of its own: name a --folder");
  if (files && !brat && strcmp(to, "citron") != 0)
    return cli_call_usage(call, "--folder goes with --to citron or --to brat, not with %s", to);
  hs_record *record;
  int status = cli_call_record(&record, call, HS_RECORD_READ);
  if (status) return status;
  hs_error error;
  if (files) status = export_folder(call, record);
  else if (hs_report_export(record, to, cli_output_write, &call->out, &error)) status = cli_failure(&error);
  hs_record_free(record);
  return status;
}
