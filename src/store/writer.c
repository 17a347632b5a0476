/* The one writer: batches of documents into the record. */
#include "store/inside.h"

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- statements */

static int prepare_insert(hs_record *record, hs_row_kind kind, hs_error *error) {
  static const char *const tables[] = {
#define X(name, table, columns) table,
      HS_ROW_KINDS(X)
#undef X
  };
  char sql[200];
  int size = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", tables[kind]);
  for (int i = 1; i < hs_row_columns(kind); i++) size += snprintf(sql + size, sizeof sql - (size_t)size, ", ?");
  /* The page may have come in by another writer since we looked. */
  snprintf(sql + size, sizeof sql - (size_t)size, kind == HS_ROW_PAGE ? ") ON CONFLICT DO NOTHING" : ")");
  return hs_record_prepare(record, &record->insert[kind], sql, error);
}

int hs_writer_open(hs_record *record, hs_error *error) {
  int code = hs_record_prepare(record, &record->find_page, "SELECT 1 FROM page WHERE id = ?", error);
  for (int kind = 0; !code && kind < HS_ROW_KIND_COUNT; kind++) code = prepare_insert(record, (hs_row_kind)kind, error);
  return code;
}

static void drop_batch(hs_record *record) {
  for (size_t i = 0; i < record->batch_count; i++) hs_rows_free(record->batch[i]);
  record->batch_count = record->batch_bytes = 0;
}

void hs_writer_close(hs_record *record) {
  drop_batch(record);
  sqlite3_finalize(record->find_page);
  for (int kind = 0; kind < HS_ROW_KIND_COUNT; kind++) sqlite3_finalize(record->insert[kind]);
}

static void bind(sqlite3_stmt *statement, int column, const hs_value *v) {
  switch (v->type) {
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
static int insert(const hs_record *record, const hs_insert *row) {
  sqlite3_stmt *statement = record->insert[row->kind];
  for (int i = 0; i < hs_row_columns(row->kind); i++) bind(statement, i + 1, &row->values[i]);
  sqlite3_step(statement);
  return sqlite3_reset(statement);
}

static int execute(const hs_record *record, const char *sql) { return sqlite3_exec(record->db, sql, NULL, NULL, NULL); }

/* ---- a batch */

/* Gives SQLite's code; *KNOWN if the page was there already. */
static int insert_document(const hs_record *record, const hs_rows *rows, bool again, bool *known) {
  int code = SQLITE_OK;
  *known = false;
  for (size_t i = again ? 1 : 0; !code && i < rows->insert_count; i++) {
    code = insert(record, &rows->inserts[i]);
    if (!code && i == 0 && sqlite3_changes(record->db) == 0) {
      *known = true;
      break;
    }
  }
  return code;
}

static int by_kind_and_id(const void *a_, const void *b_) {
  const hs_insert *a = a_, *b = b_;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  int64_t x = a->values[0].integer, y = b->values[0].integer;
  return x < y ? -1 : x > y;
}

/* FTS5 writes its index out whenever an id is less than the one before: so one table after the other, in order of id.
 */
static int insert_searches(const hs_record *record, const bool *known) {
  size_t count = 0;
  for (size_t i = 0; i < record->batch_count; i++) count += known[i] ? 0 : record->batch[i]->search_count;
  hs_insert *all = hs_alloc((count + 1) * sizeof *all);
  count = 0;
  for (size_t i = 0; i < record->batch_count; i++) {
    if (known[i]) continue;
    memcpy(all + count, record->batch[i]->searches, record->batch[i]->search_count * sizeof *all);
    count += record->batch[i]->search_count;
  }
  qsort(all, count, sizeof *all, by_kind_and_id);
  int code = SQLITE_OK;
  for (size_t i = 0; !code && i < count; i++) code = insert(record, &all[i]);
  free(all);
  return code;
}

/* Gives SQLite's code. *REFUSED is the document that a code speaks of, or batch_count if it speaks of the record. */
static int write_batch(const hs_record *record, bool again, bool *known, size_t *refused) {
  *refused = record->batch_count;
  int code = execute(record, "BEGIN IMMEDIATE");
  if (!code && again) code = hs_again_delete(record);
  for (size_t i = 0; !code && i < record->batch_count; i++) {
    code = insert_document(record, record->batch[i], again, &known[i]);
    int kind = code & 0xFF;
    if (kind == SQLITE_CONSTRAINT || kind == SQLITE_TOOBIG || kind == SQLITE_MISMATCH) *refused = i;
  }
  if (!code) code = insert_searches(record, known);
  if (!code) code = execute(record, "COMMIT");
  return code;
}

static void roll_back(const hs_record *record) {
  if (!sqlite3_get_autocommit(record->db)) execute(record, "ROLLBACK");
}

/* Takes document I, which the record refuses, out of the batch and says so. */
static void refuse(hs_record *record, size_t i, const hs_outcome *outcome, hs_error *error) {
  hs_rows *rows = record->batch[i];
  hs_fail(error, HS_ERROR_INPUT, 0, "%s: the record refuses this page (%s)", rows->name, sqlite3_errmsg(record->db));
  if (outcome->tally) outcome->tally->failed++;
  if (outcome->failed) outcome->failed(outcome->arg, error);
  hs_rows_free(rows);
  record->batch_count--;
  memmove(record->batch + i, record->batch + i + 1, (record->batch_count - i) * sizeof *record->batch);
}

static void count_batch(const hs_record *record, const bool *known, hs_tally *tally) {
  for (size_t i = 0; tally && i < record->batch_count; i++) {
    tally->added += !known[i];
    tally->known += known[i];
    tally->quotations += known[i] ? 0 : record->batch[i]->search_count - 1;
  }
}

static int by_id(const void *a_, const void *b_) {
  const hs_rows *const *a = a_, *const *b = b_;
  return (*a)->id < (*b)->id ? -1 : (*a)->id > (*b)->id;
}

int hs_writer_flush(hs_record *record, const hs_outcome *outcome, hs_error *error) {
  if (record->batch_count == 0) return HS_OK;
  qsort(record->batch, record->batch_count, sizeof *record->batch, by_id);
  int result = HS_OK;
  hs_error refusal = {0};
  bool known[HS_BATCH_DOCUMENTS];
  while (record->batch_count) {
    size_t refused;
    if (write_batch(record, outcome->again, known, &refused) == SQLITE_OK) break;
    if (refused == record->batch_count) {
      result = hs_record_fail(record, error);
      roll_back(record);
      drop_batch(record);
      return result;
    }
    refuse(record, refused, outcome, &refusal); /* and once more without it */
    roll_back(record);
  }
  count_batch(record, known, outcome->tally);
  drop_batch(record);
  if (refusal.code && !outcome->tally) result = hs_fail(error, refusal.code, 0, "%s", refusal.message);
  return result;
}

int hs_writer_knows(const hs_record *record, int64_t id, hs_error *error) {
  for (size_t i = 0; i < record->batch_count; i++)
    if (record->batch[i]->id == id) return 1;
  sqlite3_bind_int64(record->find_page, 1, id);
  int code = sqlite3_step(record->find_page);
  int reset = sqlite3_reset(record->find_page);
  return reset ? hs_record_fail(record, error) : code == SQLITE_ROW;
}

int hs_writer_put(hs_record *record, hs_rows *rows, const hs_outcome *outcome, hs_error *error) {
  record->batch[record->batch_count++] = rows;
  record->batch_bytes += hs_arena_size(rows->arena);
  if (record->batch_count < HS_BATCH_DOCUMENTS && record->batch_bytes < HS_BATCH_BYTES) return HS_OK;
  return hs_writer_flush(record, outcome, error);
}

/* ---- one document at a time */

int hs_record_add(hs_record *record, const hs_page *page, const hs_doc *doc, bool *added, hs_error *error) {
  if (added) *added = false;
  if (!record->find_page) return hs_fail(error, HS_ERROR_USAGE, 0, "%s: opened for reading only", record->path);
  hs_rows *rows = hs_rows_new(page, doc);
  int known = hs_writer_knows(record, rows->id, error);
  if (known) {
    hs_rows_free(rows);
    return known < 0 ? known : HS_OK;
  }
  if (added) *added = true;
  return hs_writer_put(record, rows, &(hs_outcome){0}, error);
}

int hs_record_commit(hs_record *record, hs_error *error) { return hs_writer_flush(record, &(hs_outcome){0}, error); }
