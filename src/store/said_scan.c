#include "store/said_scan.h"

#include <stdlib.h>

uint32_t hs_day_number_of(const char *day) {
  uint32_t number = 0;
  if (!day) return 0;
  for (; *day; day++) {
    if (*day == '-') continue;
    if (!hs_is_digit(*day) || number > 9999999) return 0;
    number = number * 10 + (uint32_t)(*day - '0');
  }
  return number;
}

#define ROW_COLUMNS "key, article, speaker, first_day, last_day, id, place"

/* Adds the row that S stands at, which has ROW_COLUMNS. */
static void add_row(hs_scan *scan, sqlite3_stmt *s) {
  hs_push(scan->arena, scan->rows,
          ((hs_scanned){.key = sqlite3_column_int64(s, 0),
                        .article = sqlite3_column_int64(s, 1),
                        .speaker = sqlite3_column_int64(s, 2),
                        .first_day = hs_day_number_of((const char *)sqlite3_column_text(s, 3)),
                        .last_day = hs_day_number_of((const char *)sqlite3_column_text(s, 4)),
                        .id = sqlite3_column_int64(s, 5),
                        .place = (uint32_t)sqlite3_column_int64(s, 6)}));
}

static int compare(int64_t a, int64_t b) { return (a > b) - (a < b); }

/* As the list by day has it: days that are not known last. */
static int row_order(const void *left, const void *right) {
  const hs_scanned *a = left, *b = right;
  int order = compare(a->first_day ? a->first_day : UINT32_MAX, b->first_day ? b->first_day : UINT32_MAX);
  if (!order) order = compare(a->id >> HS_OWN_BITS, b->id >> HS_OWN_BITS);
  if (!order) order = compare(a->place, b->place);
  return order ? order : compare(a->id, b->id);
}

static void sort_rows(hs_scan *scan, size_t from, size_t end) {
  if (end > from) qsort(scan->rows.items + from, end - from, sizeof *scan->rows.items, row_order);
}

int hs_scan_rows(hs_scan *scan, const hs_said_condition *condition, hs_error *error) {
  hs_buffer sql = {0};
  sqlite3_stmt *s;
  hs_buffer_printf(&sql, "SELECT " ROW_COLUMNS " FROM quotation WHERE true%s",
                   condition->where.size ? condition->where.data : "");
  int code = hs_record_prepare(scan->record, &s, sql.data, error);
  hs_buffer_free(&sql);
  if (code) return code;
  hs_said_condition_bind(s, condition);
  while (sqlite3_step(s) == SQLITE_ROW) add_row(scan, s);
  return sqlite3_finalize(s) ? hs_record_fail(scan->record, error) : HS_OK;
}

/* ---- the first ones by speaker, without a look at the others */

#define OLDER " AND NOT EXISTS (SELECT 1 FROM page WHERE page.key = article AND newer IS NOT NULL)"

static bool same(const char *a, const unsigned char *b) { return a && b ? strcmp(a, (const char *)b) == 0 : !a && !b; }

/* Adds the quotations of ACTOR, one of ARTICLE; SAID asks for them. Gives SQLite's code. */
static int add_said(hs_scan *scan, sqlite3_stmt *said, int64_t article, int64_t actor) {
  sqlite3_bind_int64(said, 1, article);
  sqlite3_bind_int64(said, 2, actor);
  while (sqlite3_step(said) == SQLITE_ROW) add_row(scan, said);
  return sqlite3_reset(said);
}

static int walk_speakers(hs_scan *scan, sqlite3_stmt *actors, sqlite3_stmt *said, size_t limit) {
  hs_label last = {0};
  size_t from = 0;
  int code = SQLITE_OK;
  while (!code && sqlite3_step(actors) == SQLITE_ROW) {
    const unsigned char *name = sqlite3_column_text(actors, 2), *kind = sqlite3_column_text(actors, 3);
    if (!same(last.name, name) || !same(last.kind, kind)) {
      sort_rows(scan, from, scan->rows.count);
      from = scan->rows.count;
      if (from >= limit) break;
      last.name = hs_arena_string(scan->arena, (const char *)name);
      last.kind = hs_arena_string(scan->arena, (const char *)kind);
    }
    code = add_said(scan, said, sqlite3_column_int64(actors, 1), sqlite3_column_int64(actors, 0));
  }
  sort_rows(scan, from, scan->rows.count);
  return code;
}

int hs_scan_first_speakers(hs_scan *scan, bool versions, size_t limit, hs_error *error) {
  sqlite3_stmt *actors, *said = NULL;
  int code = hs_record_prepare(scan->record, &actors,
                               versions ? "SELECT key, article, name, type FROM actor WHERE quotations > 0" OLDER
                                          " ORDER BY name, type"
                                        : "SELECT key, article, name, type FROM actor WHERE quotations > 0"
                                          " ORDER BY name, type",
                               error);
  if (!code)
    code = hs_record_prepare(scan->record, &said,
                             "SELECT " ROW_COLUMNS " FROM quotation WHERE article = ?1 AND speaker = ?2", error);
  if (!code && walk_speakers(scan, actors, said, limit)) code = hs_record_fail(scan->record, error);
  sqlite3_finalize(said);
  if (sqlite3_finalize(actors) && !code) code = hs_record_fail(scan->record, error);
  return code;
}

/* ---- names */

static int find_last_key(int64_t *last, const hs_scan *scan, const char *sql, hs_error *error) {
  sqlite3_stmt *s;
  int code = hs_record_prepare(scan->record, &s, sql, error);
  if (code) return code;
  *last = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
  if (*last < 0 || *last > UINT32_MAX) *last = 0; /* no record of ours counts so far */
  return sqlite3_finalize(s) ? hs_record_fail(scan->record, error) : HS_OK;
}

/* Adds the name and kind of the row that S stands at, unless they are the last ones. */
static void add_label(hs_labels *labels, const hs_scan *scan, sqlite3_stmt *s) {
  const unsigned char *name = sqlite3_column_text(s, 1), *kind = sqlite3_column_text(s, 2);
  const hs_label *last = labels->names.count ? &labels->names.items[labels->names.count - 1] : NULL;
  if (!name || (last && same(last->name, name) && same(last->kind, kind))) return;
  hs_push(
      scan->arena, labels->names,
      ((hs_label){hs_arena_string(scan->arena, (const char *)name), hs_arena_string(scan->arena, (const char *)kind)}));
}

/* SQL gives key, name and kind in the order of names and kinds. */
static int read_labels(hs_labels *out, const hs_scan *scan, const char *last_key, const char *sql, hs_error *error) {
  sqlite3_stmt *s;
  *out = (hs_labels){0};
  int code = find_last_key(&out->last_key, scan, last_key, error);
  if (!code) code = hs_record_prepare(scan->record, &s, sql, error);
  if (code) return code;
  size_t size = ((size_t)out->last_key + 1) * sizeof *out->of;
  out->of = hs_arena_alloc(scan->arena, size), out->rank = hs_arena_alloc(scan->arena, size);
  for (uint32_t rank = 1; sqlite3_step(s) == SQLITE_ROW; rank++) {
    add_label(out, scan, s);
    size_t at = hs_label_at(out, sqlite3_column_int64(s, 0));
    bool named = sqlite3_column_type(s, 1) != SQLITE_NULL;
    if (at) out->of[at] = named ? (uint32_t)out->names.count : 0, out->rank[at] = rank;
  }
  return sqlite3_finalize(s) ? hs_record_fail(scan->record, error) : HS_OK;
}

int hs_scan_speakers(hs_labels *out, const hs_scan *scan, hs_error *error) {
  return read_labels(out, scan, "SELECT max(key) FROM actor",
                     "SELECT key, name, type FROM actor WHERE quotations > 0 ORDER BY name, type", error);
}

int hs_scan_outlets(hs_labels *out, const hs_scan *scan, hs_error *error) {
  return read_labels(out, scan, "SELECT max(key) FROM article",
                     "SELECT key, outlet, NULL FROM article ORDER BY outlet NULLS LAST", error);
}

size_t hs_label_at(const hs_labels *labels, int64_t key) {
  return key > 0 && key <= labels->last_key ? (size_t)key : 0;
}

/* A row's number in ORDER; COUNT for one without a name. */
static size_t number(const hs_labels *labels, const hs_scanned *row, hs_scan_order order, size_t count) {
  size_t at = hs_label_at(labels, order == HS_SCAN_SPEAKERS ? row->speaker : row->article);
  uint32_t found = order == HS_SCAN_ARTICLES ? labels->rank[at] : labels->of[at];
  return found ? found - 1 : count;
}

void hs_scan_sort(hs_scan *scan, const hs_labels *labels, hs_scan_order order) {
  size_t count = order == HS_SCAN_ARTICLES ? (size_t)labels->last_key + 1 : labels->names.count;
  size_t *starts = hs_arena_alloc(scan->arena, (count + 2) * sizeof *starts);
  hs_scanned *sorted = hs_arena_alloc(scan->arena, (scan->rows.count + 1) * sizeof *sorted);
  for (size_t i = 0; i < scan->rows.count; i++) starts[number(labels, &scan->rows.items[i], order, count) + 1]++;
  for (size_t i = 1; i <= count; i++) starts[i] += starts[i - 1];
  for (size_t i = 0; i < scan->rows.count; i++)
    sorted[starts[number(labels, &scan->rows.items[i], order, count)]++] = scan->rows.items[i];
  scan->rows.items = sorted, scan->rows.capacity = scan->rows.count;
}

size_t hs_scan_sort_name(hs_scan *scan, const hs_labels *labels, hs_scan_order order, size_t from) {
  size_t none = labels->names.count, name = number(labels, &scan->rows.items[from], order, none), end = from + 1;
  while (end < scan->rows.count && number(labels, &scan->rows.items[end], order, none) == name) end++;
  sort_rows(scan, from, end);
  return end;
}
