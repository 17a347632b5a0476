/* Pages into the record: read, annotated and prepared on any number of threads, written by the caller's. */
#include "store/inside.h"

#include "annotate/document.h"
#include "base/error.h"

typedef struct receiver {
  hs_record *record;
  hs_outcome outcome;
  hs_error error; /* why the record cannot take more */
} receiver;

static void *prepare(const hs_page *page, const hs_doc *doc, void *receiver_) {
  (void)receiver_;
  return hs_rows_new(page, doc);
}

static void discard(void *rows) { hs_rows_free(rows); }

static int each(void *receiver_, hs_page_job *job) {
  receiver *r = receiver_;
  hs_rows *rows = job->extra;
  if (!rows) {
    r->outcome.tally->failed++;
    if (r->outcome.failed) r->outcome.failed(r->outcome.arg, &job->error);
    return 0;
  }
  return hs_writer_put(r->record, rows, &r->outcome, &r->error);
}

int hs_record_read(hs_record *record, const hs_model *model, const hs_reading *wanted,
                   void (*failed)(void *arg, const hs_error *error), void *arg, hs_tally *tally, hs_error *error) {
  hs_tally mine = {0};
  if (!record->find_page) return hs_fail(error, HS_ERROR_USAGE, 0, "%s: opened for reading only", record->path);
  receiver r = {.record = record, .outcome = {.tally = &mine, .failed = failed, .arg = arg, .background = true}};
  hs_reading reading = *wanted;
  if (reading.depth != HS_EXTRACT) reading.depth = HS_ANNOTATE;
  hs_page_run run = {.model = model,
                     .reading = &reading,
                     .prepare = prepare,
                     .each = each,
                     .discard = discard,
                     .arg = &r,
                     .tally = &mine};
  int code = hs_record_commit(record, error); /* what hs_record_add left is not counted here */
  if (code) return code;
  code = hs_pages_run(&run, error);
  hs_error last = {0};
  hs_writer_flush(record, &r.outcome, r.error.code ? &last : &r.error);
  if (r.error.code) code = hs_fail(error, r.error.code, 0, "%s", r.error.message);
  if (tally) *tally = mine;
  return code;
}
