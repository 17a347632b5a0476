/* The one writer: batches of documents into the record. */
#include "store/inside.h"

#include "base/arena.h"
#include "base/error.h"
#include "extract/habits.h"
#include "store/page.h"

#include <stdio.h>
#include <time.h>

enum { PAUSE_MS = 3 }; /* longer than the one that waits lets pass before it asks again */

/* ---- statements */

/* How a passage begins is worth its room only where it comes back: most never do. */
static const char INSERT_PASSAGE[] =
    "INSERT INTO passage VALUES (?1, ?2, ?3, ?4, ?5, ?6, '') ON CONFLICT DO UPDATE SET at = excluded.at,"
    " count = count + 1, example = ?7, first = min(coalesce(first, excluded.first), coalesce(excluded.first, first)),"
    " last = max(coalesce(last, excluded.last), coalesce(excluded.last, last))";

static int prepare_insert(hs_record *record, hs_row_kind kind, hs_error *error) {
  if (kind == HS_ROW_PASSAGE) return hs_record_prepare(record, &record->insert[kind], INSERT_PASSAGE, error);
  static const char *const tables[] = {
#define X(name, table, columns) table,
      HS_ROW_KINDS(X)
#undef X
  };
  char sql[600];
  int size = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", tables[kind]);
  for (int i = 1; i < hs_row_columns(kind); i++) size += snprintf(sql + size, sizeof sql - (size_t)size, ", ?");
  /* The page may have come in by another writer since we looked. */
  const char *end = kind == HS_ROW_PAGE ? ") ON CONFLICT DO NOTHING" : ")";
  if (kind == HS_ROW_VISIT)
    end = ") ON CONFLICT DO UPDATE SET last = max(last, excluded.last), etag = excluded.etag,"
          " last_modified = excluded.last_modified";
  snprintf(sql + size, sizeof sql - (size_t)size, "%s", end);
  return hs_record_prepare(record, &record->insert[kind], sql, error);
}

int hs_writer_open(hs_record *record, hs_error *error) {
  record->filling = record->batches;
  static const char last_keys[] =
      "SELECT (SELECT max(key) FROM page), (SELECT max(key) FROM actor), (SELECT max(key) FROM quotation),"
      " (SELECT count FROM passage WHERE outlet = '' AND hash = 0)";
  static const char counted[] = "INSERT INTO passage VALUES ('', 0, NULL, NULL, ?1, ?1, '')"
                                " ON CONFLICT DO UPDATE SET count = excluded.count, at = excluded.at";
  static const char forget[] = "DELETE FROM passage WHERE hash <> 0 AND count < ?1 AND at <= ?2";
  int code = hs_record_prepare(record, &record->find_page, "SELECT 1 FROM page WHERE id = ?", error);
  if (!code) code = hs_record_prepare(record, &record->last_keys, last_keys, error);
  if (!code) code = hs_record_prepare(record, &record->set_counted, counted, error);
  if (!code) code = hs_record_prepare(record, &record->forget, forget, error);
  for (int kind = 0; !code && kind < HS_ROW_KIND_COUNT; kind++) code = prepare_insert(record, (hs_row_kind)kind, error);
  if (!code) code = hs_versions_open(record, error);
  hs_log_watch(&record->log, record->db);
  return code;
}

void hs_writer_close(hs_record *record) {
  hs_log_close(&record->log);
  sqlite3_finalize(record->find_page);
  sqlite3_finalize(record->last_keys);
  sqlite3_finalize(record->set_counted);
  sqlite3_finalize(record->forget);
  hs_versions_close(record);
  for (int kind = 0; kind < HS_ROW_KIND_COUNT; kind++) sqlite3_finalize(record->insert[kind]);
}

/* The keys of a document's rows: of its article, and of its first actor and quotation; its number among the pages whose
 * passages are counted. */
typedef struct keys {
  int64_t article, actor, quotation, counted;
} keys;

static void bind(sqlite3_stmt *statement, int column, const hs_value *v, const keys *k) {
  switch (v->type) {
  case HS_KEY_ARTICLE: sqlite3_bind_int64(statement, column, k->article); break;
  case HS_KEY_ACTOR: sqlite3_bind_int64(statement, column, k->actor + v->integer); break;
  case HS_KEY_QUOTATION: sqlite3_bind_int64(statement, column, k->quotation + v->integer); break;
  case HS_KEY_COUNTED: sqlite3_bind_int64(statement, column, k->counted); break;
  case SQLITE_INTEGER: sqlite3_bind_int64(statement, column, v->integer); break;
  case SQLITE_FLOAT: sqlite3_bind_double(statement, column, v->real); break;
  case SQLITE_TEXT:
    sqlite3_bind_text64(statement, column, v->bytes.data, v->bytes.size, SQLITE_STATIC, SQLITE_UTF8);
    break;
  case SQLITE_BLOB: sqlite3_bind_blob64(statement, column, v->bytes.data, v->bytes.size, SQLITE_STATIC); break;
  default: sqlite3_bind_null(statement, column);
  }
}

/* Gives SQLite's code. */
static int insert(const hs_record *record, const hs_insert *row, const keys *k) {
  sqlite3_stmt *statement = record->insert[row->kind];
  for (int i = 0; i < hs_row_columns(row->kind); i++) bind(statement, i + 1, &row->values[i], k);
  sqlite3_step(statement);
  return sqlite3_reset(statement);
}

static int execute(const hs_record *record, const char *sql) { return sqlite3_exec(record->db, sql, NULL, NULL, NULL); }

/* ---- what a batch does to the record: by whichever thread has the connection */

/* The keys behind the last ones that the record has. Gives SQLite's code. */
static int find_keys(const hs_record *record, keys *next) {
  sqlite3_step(record->last_keys);
  *next = (keys){sqlite3_column_int64(record->last_keys, 0) + 1, sqlite3_column_int64(record->last_keys, 1) + 1,
                 sqlite3_column_int64(record->last_keys, 2) + 1, sqlite3_column_int64(record->last_keys, 3) + 1};
  return sqlite3_reset(record->last_keys);
}

/* Writes the rows of ROWS from the one at FROM on, those of passages if it COUNTS. *KNOWN: its page is there already,
 * and nothing more was written. */
static int insert_rows(const hs_record *record, const hs_rows *rows, size_t from, bool counts, const keys *mine,
                       bool *known) {
  *known = false;
  for (size_t i = from; i < rows->insert_count; i++) {
    if (!counts && rows->inserts[i].kind == HS_ROW_PASSAGE) continue;
    int code = insert(record, &rows->inserts[i], mine);
    if (code) return code;
    *known = rows->inserts[i].kind == HS_ROW_PAGE && sqlite3_changes(record->db) == 0;
    if (*known) return SQLITE_OK;
  }
  return SQLITE_OK;
}

/* An article made anew, whose page is there. Moves *NEXT behind what was written. Gives SQLite's code. */
static int insert_again(const hs_record *record, hs_rows *rows, keys *next) {
  bool known;
  keys mine = *next;
  mine.article = rows->key;
  int code = insert_rows(record, rows, 1, false, &mine, &known); /* its passages were counted when it came */
  rows->state = HS_ROWS_ADDED;
  next->actor += (int64_t)rows->actor_count;
  next->quotation += (int64_t)rows->quotation_count;
  return code;
}

static int forget(const hs_record *record, int64_t counted) {
  sqlite3_bind_int64(record->forget, 1, HS_HABIT_PAGES);
  sqlite3_bind_int64(record->forget, 2, counted - HS_HABITS_EVERY);
  sqlite3_step(record->forget);
  return sqlite3_reset(record->forget);
}

static int set_counted(const hs_record *record, int64_t counted) {
  if (!counted) return SQLITE_OK;
  sqlite3_bind_int64(record->set_counted, 1, counted);
  sqlite3_step(record->set_counted);
  return sqlite3_reset(record->set_counted);
}

/* Are passages among ROWS? They are the last ones. */
static bool has_passages(const hs_rows *rows) {
  return rows->insert_count && rows->inserts[rows->insert_count - 1].kind == HS_ROW_PASSAGE;
}

/* A page that was not known when it was read, its rows from the one at FROM on. */
static int insert_new(const hs_record *record, hs_rows *rows, size_t from, keys *next) {
  hs_neighbours versions;
  bool known = false;
  int code = hs_versions_find(record, rows, &versions);
  bool counts = has_passages(rows) && !versions.before && !versions.after; /* an address counts once */
  if (!code && !versions.same) code = insert_rows(record, rows, from, counts, next, &known);
  rows->state = versions.same || known ? HS_ROWS_KNOWN : HS_ROWS_ADDED;
  if (code || rows->state == HS_ROWS_KNOWN) return code;
  code = hs_versions_link(record, next->article, &versions);
  if (!code && counts && next->counted % HS_HABITS_EVERY == 0) code = forget(record, next->counted);
  next->article++;
  next->actor += (int64_t)rows->actor_count;
  next->quotation += (int64_t)rows->quotation_count;
  next->counted += counts;
  return code;
}

/* Moves *NEXT behind what was written. Gives SQLite's code. */
static int insert_document(const hs_record *record, hs_rows *rows, keys *next) {
  size_t from = 0;
  int code = SQLITE_OK;
  if (rows->key) return insert_again(record, rows, next);
  if (rows->insert_count && rows->inserts[0].kind == HS_ROW_VISIT) code = insert(record, &rows->inserts[from++], next);
  if (!code && from < rows->insert_count) return insert_new(record, rows, from, next);
  rows->state = rows->known ? HS_ROWS_KNOWN : HS_ROWS_VISITED;
  return code;
}

/* Marks ROWS as refused if CODE speaks of the document and not of the record. */
static bool refuse(const hs_record *record, hs_rows *rows, int code) {
  int kind = code & 0xFF;
  if (kind != SQLITE_CONSTRAINT && kind != SQLITE_TOOBIG && kind != SQLITE_MISMATCH) return false;
  rows->state = HS_ROWS_REFUSED;
  rows->refusal = hs_arena_string(rows->arena, sqlite3_errmsg(record->db));
  return true;
}

/* Gives SQLite's code; *RETRY if it is worth another try, because one more document is marked as refused. */
static int try_batch(const hs_record *record, hs_batch *batch, bool *retry) {
  *retry = false;
  keys next = {0};
  int code = execute(record, "BEGIN IMMEDIATE");
  if (!code) code = find_keys(record, &next);
  if (!code) code = hs_again_delete(record, batch);
  for (size_t i = 0; !code && i < batch->count; i++) {
    if (batch->items[i]->state == HS_ROWS_REFUSED) continue;
    code = insert_document(record, batch->items[i], &next);
    if (code) *retry = refuse(record, batch->items[i], code);
  }
  if (!code) code = set_counted(record, next.counted - 1);
  if (!code) code = execute(record, "COMMIT");
  return code;
}

static void write_batch(hs_record *record, hs_batch *batch) {
  bool retry = true;
  while (retry && try_batch(record, batch, &retry) != SQLITE_OK) {
    if (!retry) hs_record_fail(record, &batch->failure);
    if (!sqlite3_get_autocommit(record->db)) execute(record, "ROLLBACK");
  }
  hs_log_move(&record->log, record->db, record->path);
}

/* The pause lets another writer that waits have its turn. */
static void *write_in_background(void *record) {
  write_batch(record, ((hs_record *)record)->writing);
  nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
  return NULL;
}

/* ---- filling batches and telling what became of them: by the caller's thread */

static void tell_refusal(const hs_rows *rows, const hs_outcome *outcome, hs_error *error) {
  hs_fail(error, HS_ERROR_INPUT, 0, "%s: the record refuses this page (%s)", rows->name, rows->refusal);
  if (outcome->failed) outcome->failed(outcome->arg, error);
}

/* Tells what became of BATCH and empties it. Gives 0, HS_ERROR_RECORD or, where nobody counts, HS_ERROR_INPUT. */
static int settle(hs_batch *batch, const hs_outcome *outcome, hs_error *error) {
  hs_error failure = batch->failure, refusal = {0};
  hs_tally ignored = {0}, *tally = outcome->tally ? outcome->tally : &ignored;
  for (size_t i = 0; i < batch->count; i++) {
    hs_rows *rows = batch->items[i];
    bool added = rows->state == HS_ROWS_ADDED && !failure.code, refused = rows->state == HS_ROWS_REFUSED;
    tally->added += added;
    tally->quotations += added ? (uint64_t)rows->quotation_count : 0;
    tally->known += rows->state == HS_ROWS_KNOWN && !failure.code;
    tally->failed += refused;
    if (refused) tell_refusal(rows, outcome, &refusal);
    hs_rows_free(rows);
  }
  batch->count = batch->bytes = 0;
  batch->failure = (hs_error){0};
  if (failure.code) return hs_fail(error, failure.code, 0, "%s", failure.message);
  if (refusal.code && !outcome->tally) return hs_fail(error, refusal.code, 0, "%s", refusal.message);
  return HS_OK;
}

/* Forgets what was not written. */
static void drop(hs_batch *batch) {
  for (size_t i = 0; i < batch->count; i++) hs_rows_free(batch->items[i]);
  batch->count = batch->bytes = 0;
}

/* Waits for the batch in the background. */
static int finish(hs_record *record, const hs_outcome *outcome, hs_error *error) {
  if (!record->writing) return HS_OK;
  pthread_join(record->thread, NULL);
  hs_batch *done = record->writing;
  record->writing = NULL;
  return settle(done, outcome, error);
}

static int write_filled(hs_record *record, const hs_outcome *outcome, hs_error *error) {
  hs_batch *filled = record->filling;
  if (outcome->background) {
    record->writing = filled;
    record->filling = filled == record->batches ? record->batches + 1 : record->batches;
    if (pthread_create(&record->thread, NULL, write_in_background, record) == 0) return HS_OK;
    record->writing = NULL; /* no thread to be had: do it here */
    record->filling = filled;
  }
  write_batch(record, filled);
  return settle(filled, outcome, error);
}

int hs_writer_flush(hs_record *record, const hs_outcome *outcome, hs_error *error) {
  int code = finish(record, outcome, error);
  if (code) drop(record->filling);
  if (code || record->filling->count == 0) return code;
  hs_outcome now = *outcome;
  now.background = false;
  return write_filled(record, &now, error);
}

int hs_writer_put(hs_record *record, hs_rows *rows, const hs_outcome *outcome, hs_error *error) {
  hs_batch *batch = record->filling;
  batch->items[batch->count++] = rows;
  batch->bytes += hs_arena_size(rows->arena);
  if (batch->count < HS_BATCH_DOCUMENTS && batch->bytes < HS_BATCH_BYTES) return HS_OK;
  int code = finish(record, outcome, error);
  if (code) drop(batch);
  return code ? code : write_filled(record, outcome, error);
}

/* ---- one document at a time */

/* Is the page ID in the record or in the batch that waits? Gives 1, 0, or HS_ERROR_RECORD. */
static int knows(const hs_record *record, int64_t id, hs_error *error) {
  for (size_t i = 0; i < record->filling->count; i++)
    if (record->filling->items[i]->id == id) return 1;
  sqlite3_bind_int64(record->find_page, 1, id);
  int code = sqlite3_step(record->find_page);
  int reset = sqlite3_reset(record->find_page);
  return reset ? hs_record_fail(record, error) : code == SQLITE_ROW;
}

int hs_record_add(hs_record *record, const hs_page *page, const hs_doc *doc, bool *added, hs_error *error) {
  if (added) *added = false;
  if (!record->find_page) return hs_fail(error, HS_ERROR_USAGE, 0, "%s: opened for reading only", record->path);
  hs_rows *rows = hs_rows_new(hs_page_id(page), page, doc, NULL);
  int known = knows(record, rows->id, error);
  if (known) {
    hs_rows_free(rows);
    return known < 0 ? known : HS_OK;
  }
  if (added) *added = true;
  return hs_writer_put(record, rows, &(hs_outcome){0}, error);
}

int hs_record_commit(hs_record *record, hs_error *error) {
  return record->filling ? hs_writer_flush(record, &(hs_outcome){0}, error) : HS_OK;
}
