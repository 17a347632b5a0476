/* The versions of an article in the record: each beside the one before it. */
#include "base/error.h"
#include "base/hash.h"
#include "report/diff.h"
#include "report/query.h"
#include "report/row.h"
#include "report/send.h"
#include "store/record.h"

#include <stdlib.h>

/* A version in the record. */
typedef struct place {
  int64_t key, id;
  const char *url, *captured;
} place;

typedef hs_array(place) places;

/* Adds what SQL, with its first parameter bound to TEXT or else NUMBER, gives: key, id, url, captured. */
static int add_places(places *out, hs_arena *arena, const hs_record *record, const char *sql, const char *text,
                      int64_t number, hs_error *error) {
  sqlite3_stmt *row;
  sqlite3 *db = hs_record_database(record);
  int code = text ? hs_query(&row, db, sql, text) : hs_query_key(&row, db, sql, number);
  while (hs_query_next(row, &code))
    hs_push(arena, *out,
            ((place){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1),
                     hs_arena_string(arena, (const char *)sqlite3_column_text(row, 2)),
                     hs_arena_string(arena, (const char *)sqlite3_column_text(row, 3))}));
  sqlite3_finalize(row);
  return code ? hs_record_fail(record, error) : HS_OK;
}

#define COLUMNS "SELECT page.key, page.id, page.url, captured FROM page JOIN article USING (key)"
#define LATEST(where)                                                                                                  \
  "SELECT * FROM (" COLUMNS " WHERE " where " ORDER BY captured DESC, page.key DESC LIMIT 1000) ORDER BY captured, "   \
  "key"
static const char AT_ADDRESS[] = LATEST("page.url = ?1");
static const char AT_KEY[] = COLUMNS " WHERE page.key = ?1";
static const char NAMES_ADDRESS[] = LATEST("article.url = ?1");

/* The versions of what WHAT, an address or the beginning of an id, names; one if it has no address. */
static int find_versions(places *out, hs_arena *arena, const hs_record *record, const char *what, bool alone,
                         hs_error *error) {
  int64_t key;
  if (strstr(what, "://")) {
    int code = add_places(out, arena, record, AT_ADDRESS, what, 0, error);
    if (!code && !out->count) code = add_places(out, arena, record, NAMES_ADDRESS, what, 0, error);
    if (!code && !out->count)
      code = hs_fail(error, HS_ERROR_USAGE, 0, "the record has no page at %s: see whether it is written in full", what);
    return code;
  }
  int code = hs_row_article(&key, record, what, error);
  if (!code) code = add_places(out, arena, record, AT_KEY, NULL, key, error);
  if (code || alone || !out->count || !out->items[0].url) return code;
  const char *url = out->items[0].url;
  out->count = 0;
  return add_places(out, arena, record, AT_ADDRESS, url, 0, error);
}

static int open_version(hs_edition *v, const hs_record *record, const place *from, const hs_language *language,
                        hs_error *error) {
  int code = hs_record_document(&v->doc, record, from->key, error);
  if (code) return code;
  hs_id_write(v->id, from->id);
  v->captured = from->captured;
  hs_analyse(&v->doc->analysis, language, NULL, &v->doc->article, v->doc->arena);
  return HS_OK;
}

/* Writes what changed from A to B. */
static int write_step(hs_buffer *out, const hs_record *record, const place *a, const place *b,
                      const hs_language *language, const hs_style *style, hs_error *error) {
  hs_diff diff = {.arena = hs_arena_new()};
  if (a->url && b->url && strcmp(a->url, b->url) == 0) diff.url = a->url;
  int code = open_version(&diff.before, record, a, language, error);
  if (!code) code = open_version(&diff.after, record, b, language, error);
  if (!code) {
    hs_diff_find(&diff);
    if (style->format == HS_JSON) hs_diff_json(out, &diff);
    else hs_diff_text(out, &diff, style);
  }
  hs_doc_free(diff.before.doc);
  hs_doc_free(diff.after.doc);
  hs_arena_free(diff.arena);
  return code;
}

/* The one version of each of BEFORE and AFTER, the latest where they are addresses. */
static int find_two(places *out, hs_arena *arena, const hs_record *record, const char *before, const char *after,
                    hs_error *error) {
  places a = {0}, b = {0};
  int code = find_versions(&a, arena, record, before, true, error);
  if (!code) code = find_versions(&b, arena, record, after, true, error);
  if (code) return code;
  hs_push(arena, *out, a.items[a.count - 1]);
  hs_push(arena, *out, b.items[b.count - 1]);
  return HS_OK;
}

int hs_report_diff(const hs_record *record, const char *before, const char *after, const hs_style *style,
                   hs_write *write, void *arg, size_t *count, hs_error *error) {
  hs_arena *arena = hs_arena_new();
  hs_language *language = hs_language_new();
  places found = {0};
  int code = after ? find_two(&found, arena, record, before, after, error)
                   : find_versions(&found, arena, record, before, false, error);
  for (size_t i = 1; !code && i < found.count; i++) {
    hs_buffer out = {0};
    if (i > 1 && style->format != HS_JSON) hs_buffer_char(&out, '\n');
    code = write_step(&out, record, &found.items[i - 1], &found.items[i], language, style, error);
    if (code) hs_buffer_free(&out);
    else code = hs_send(&out, write, arg, error);
  }
  if (count) *count = found.count;
  hs_language_free(language);
  hs_arena_free(arena);
  return code;
}
