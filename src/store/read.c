/* Pages into the record: read, annotated and prepared on any number of threads, written by the caller's. */
#include "store/inside.h"

#include "annotate/document.h"
#include "base/error.h"
#include "ingest/when.h"

typedef struct receiver {
  hs_record *record;
  hs_learner *learner;
  hs_outcome outcome;
  hs_error error; /* why the record cannot take more */
} receiver;

static bool learn(hs_page_job *job, hs_doc *doc, hs_turn *turn, void *receiver_) {
  const receiver *r = receiver_;
  return hs_learner_learn(r->learner, job, doc, turn);
}

static void *prepare(const hs_page_job *job, void *receiver_) {
  (void)receiver_;
  hs_rows *rows = hs_rows_new(job->id, &job->capture->page, job->known ? NULL : job->doc, job->capture->visit);
  rows->known = job->known;
  return rows;
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
  r->outcome.tally->unchanged += job->capture->unchanged;
  return hs_writer_put(r->record, rows, &r->outcome, &r->error);
}

/* Nothing comes for some time: what was read is written. */
static int pause(void *receiver_) {
  receiver *r = receiver_;
  return hs_writer_flush(r->record, &r->outcome, &r->error);
}

static const char *column(hs_arena *arena, sqlite3_stmt *s, int i) {
  return hs_arena_string(arena, (const char *)sqlite3_column_text(s, i));
}

/* An hs_memory; a record that cannot be asked remembers nothing. */
static void recall(void *visits, const char *url, hs_arena *arena, hs_recalled *out) {
  sqlite3_stmt *s = visits;
  sqlite3_bind_text(s, 1, url, -1, SQLITE_STATIC);
  if (sqlite3_step(s) == SQLITE_ROW) {
    time_t first = hs_when_seconds(column(arena, s, 0)), last = hs_when_seconds(column(arena, s, 1));
    if (first > 0 && last > 0) *out = (hs_recalled){{column(arena, s, 2), column(arena, s, 3)}, first, last};
  }
  sqlite3_reset(s);
}

int hs_record_read(hs_record *record, const hs_model *model, const hs_reading *wanted,
                   void (*failed)(void *arg, const hs_error *error), void *arg, hs_tally *tally, hs_error *error) {
  hs_tally mine = {0};
  if (!record->find_page) return hs_fail(error, HS_ERROR_USAGE, 0, "%s: opened for reading only", record->path);
  receiver r = {.record = record, .outcome = {.tally = &mine, .failed = failed, .arg = arg, .background = true}};
  hs_reading reading = *wanted;
  if (reading.depth != HS_EXTRACT) reading.depth = HS_ANNOTATE;
  hs_record *reader = NULL; /* of its own, while a thread writes by the other connection */
  sqlite3_stmt *visits = NULL;
  int code = hs_record_commit(record, error); /* what hs_record_add left is not counted here */
  if (!code) code = hs_record_open(&reader, record->path, HS_RECORD_READ, error);
  if (!code)
    code =
        hs_record_prepare(reader, &visits, "SELECT first, last, etag, last_modified FROM visit WHERE url = ?", error);
  if (!code) code = hs_learner_open(&r.learner, record, error);
  hs_memory memory = {recall, visits};
  hs_page_run run = {.model = model,
                     .reading = &reading,
                     .learn = learn,
                     .prepare = prepare,
                     .each = each,
                     .discard = discard,
                     .pause = pause,
                     .memory = &memory,
                     .arg = &r,
                     .tally = &mine};
  if (!code) code = hs_pages_run(&run, error);
  sqlite3_finalize(visits);
  hs_record_free(reader);
  hs_learner_free(r.learner);
  hs_error last = {0};
  hs_writer_flush(record, &r.outcome, r.error.code ? &last : &r.error);
  if (r.error.code) code = hs_fail(error, r.error.code, 0, "%s", r.error.message);
  if (tally) *tally = mine;
  return code;
}
