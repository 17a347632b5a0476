/* Articles annotated, anew or for the first time, from the pages kept. */
#include "store/inside.h"

#include "annotate/document.h"
#include "base/array.h"
#include "base/error.h"
#include "base/pool.h"
#include "extract/habits.h"
#include "store/page.h"

#include <stdlib.h>

/* ---- out with the old rows */

typedef hs_array(int64_t) key_array;

/* Runs SQL, whose one parameter is a key, for each of KEYS; appends the keys that it gives to FOUND (may be NULL).
 * Gives SQLite's code. */
static int for_each(const hs_record *record, const char *sql, const key_array *keys, hs_arena *arena,
                    key_array *found) {
  sqlite3_stmt *statement;
  int code = sqlite3_prepare_v2(record->db, sql, -1, &statement, NULL);
  for (size_t i = 0; !code && i < keys->count; i++) {
    sqlite3_bind_int64(statement, 1, keys->items[i]);
    while (sqlite3_step(statement) == SQLITE_ROW)
      if (found) hs_push(arena, *found, sqlite3_column_int64(statement, 0));
    code = sqlite3_reset(statement);
  }
  sqlite3_finalize(statement);
  return code;
}

/*
 * The index of words goes first, since it asks the rows which words it is to forget; one row a statement, since it is
 * written out before any statement that may change several.
 */
int hs_again_delete(const hs_record *record, const hs_batch *batch) {
  static const char *const tables[] = {"DELETE FROM article_search WHERE rowid = ?",
                                       "DELETE FROM via WHERE article = ?", "DELETE FROM quotation WHERE article = ?",
                                       "DELETE FROM actor WHERE article = ?", "DELETE FROM article WHERE key = ?"};
  hs_arena *arena = hs_arena_new();
  key_array articles = {0}, quotations = {0};
  for (size_t i = 0; i < batch->count; i++)
    if (batch->items[i]->key && batch->items[i]->state != HS_ROWS_REFUSED)
      hs_push(arena, articles, batch->items[i]->key);
  int code =
      for_each(record, "SELECT key FROM quotation WHERE article = ? ORDER BY key", &articles, arena, &quotations);
  if (!code) code = for_each(record, "DELETE FROM quotation_search WHERE rowid = ?", &quotations, NULL, NULL);
  for (size_t i = 0; !code && i < sizeof tables / sizeof *tables; i++)
    code = for_each(record, tables[i], &articles, NULL, NULL);
  hs_arena_free(arena);
  return code;
}

/* ---- in with the new */

typedef struct job {
  hs_arena *arena;
  int64_t key;
  hs_page page;
  hs_array(hs_span) habits; /* where habits of the outlet were dropped: what was learned since is for later pages */
  hs_packed packed;
  hs_rows *rows;
  hs_error error;
} job;

/* An hs_between. */
static bool drop_habits(hs_doc *doc, void *job_) {
  const job *j = job_;
  hs_habits_drop_again(j->habits.items, j->habits.count, &doc->article, doc->arena);
  return true;
}

static void work(void *job_, void *model) {
  job *j = job_;
  if (!hs_page_unpack(&j->page, &j->packed, j->arena)) {
    hs_fail(&j->error, HS_ERROR_INPUT, 0, "%s: the page kept in the record cannot be unpacked",
            j->page.id ? j->page.id : "a page");
    return;
  }
  hs_doc *doc;
  const char *name = j->page.id ? j->page.id : "page";
  if (hs_doc_read_named(&doc, model, &j->page, name, drop_habits, j, HS_ANNOTATE, false, &j->error)) return;
  j->rows = hs_rows_new(hs_page_id(&j->page), &j->page, doc, NULL);
  j->rows->key = j->key;
  hs_doc_free(doc);
}

/* PLACES: beginnings and ends in turn, parted by blanks; NULL: none. */
static void read_habits(job *j, const char *places) {
  char *end;
  for (const char *at = places; at && *at; at = end) {
    hs_span span = {.start = (uint32_t)strtoul(at, &end, 10)};
    span.end = (uint32_t)strtoul(end, &end, 10);
    if (end == at) break; /* no number: this is no row of ours */
    hs_push(j->arena, j->habits, span);
  }
}

static job *job_of(sqlite3_stmt *s) {
  job *j = hs_calloc(1, sizeof *j);
  j->arena = hs_arena_new();
  j->key = sqlite3_column_int64(s, 0);
  read_habits(j, (const char *)sqlite3_column_text(s, 1));
  hs_page_columns(&j->page, &j->packed, j->arena, s, 2);
  return j;
}

/* Hands the rows of the oldest job inside to the writer. */
static int take(hs_record *record, hs_pool *pool, const hs_reading *reading, const hs_outcome *outcome,
                hs_progress *progress, hs_error *error) {
  job *j = hs_pool_take(pool);
  int code = HS_OK;
  if (j->rows) code = hs_writer_put(record, j->rows, outcome, error);
  else outcome->tally->failed++;
  hs_arena_free(j->arena);
  free(j);
  progress->documents++;
  if (!code && reading->progress && reading->progress(reading->arg, progress))
    code = hs_fail(error, HS_ERROR_STOPPED, 0, "stopped");
  return code;
}

static void drop_jobs(hs_pool *pool) {
  for (job *j; (j = hs_pool_take(pool)); free(j)) {
    hs_rows_free(j->rows);
    hs_arena_free(j->arena);
  }
}

/* The keys of articles that are out of date: taken at once, since the writer changes them under way. */
static int find_outdated(const hs_record *record, const hs_model *model, hs_arena *arena, key_array *found,
                         hs_error *error) {
  sqlite3_stmt *s;
  int code = hs_record_prepare(record, &s, "SELECT key FROM article WHERE model <> ? ORDER BY key", error);
  if (code) return code;
  sqlite3_bind_text(s, 1, hs_model_version(model), -1, SQLITE_STATIC);
  while (sqlite3_step(s) == SQLITE_ROW) hs_push(arena, *found, sqlite3_column_int64(s, 0));
  return sqlite3_finalize(s) ? hs_record_fail(record, error) : HS_OK;
}

/* Annotates the pages of KEYS, which READER reads while the thread that writes has the record, and hands them on. */
static int annotate(hs_record *record, const hs_record *reader, const hs_model *model, const hs_reading *reading,
                    const key_array *keys, const hs_outcome *outcome, hs_error *error) {
  sqlite3_stmt *page;
  int code =
      hs_record_prepare(reader, &page,
                        "SELECT key, (SELECT group_concat(page_start || ' ' || page_end, ' ') FROM block"
                        " WHERE article = page.key AND dropped = ?2), " HS_PAGE_COLUMNS " FROM page WHERE key = ?1",
                        error);
  if (code) return code;
  sqlite3_bind_text(page, 2, hs_habits_reason, -1, SQLITE_STATIC);
  hs_pool *pool = hs_pool_new(reading->threads, work, (void *)model);
  hs_progress progress = {0};
  size_t put = 0;
  for (size_t i = 0; !code && i < keys->count; i++) {
    if (!hs_pool_has_room(pool)) code = take(record, pool, reading, outcome, &progress, error);
    sqlite3_bind_int64(page, 1, keys->items[i]);
    if (!code && sqlite3_step(page) == SQLITE_ROW) {
      hs_pool_put(pool, job_of(page));
      put++;
    }
    if (sqlite3_reset(page) && !code) code = hs_record_fail(reader, error);
  }
  while (!code && progress.documents < put) code = take(record, pool, reading, outcome, &progress, error);
  drop_jobs(pool);
  hs_pool_free(pool);
  sqlite3_finalize(page);
  return code;
}

int hs_record_again(hs_record *record, const hs_model *model, const hs_reading *reading, hs_tally *tally,
                    hs_error *error) {
  if (!record->find_page) return hs_fail(error, HS_ERROR_USAGE, 0, "%s: opened for reading only", record->path);
  hs_tally mine = {0};
  hs_outcome outcome = {.tally = &mine, .background = true};
  hs_arena *arena = hs_arena_new();
  key_array outdated = {0};
  hs_record *reader = NULL;
  int code = hs_record_commit(record, error);
  if (!code) code = find_outdated(record, model, arena, &outdated, error);
  if (!code) code = hs_record_open(&reader, record->path, HS_RECORD_READ, error);
  if (!code) code = annotate(record, reader, model, reading, &outdated, &outcome, error);
  hs_record_free(reader);
  hs_error another = {0};
  bool failed = code && code != HS_ERROR_STOPPED;
  int flushed = hs_writer_flush(record, &outcome, failed ? &another : error);
  if (flushed && !failed) code = flushed;
  hs_arena_free(arena);
  if (tally) *tally = mine;
  return code;
}
