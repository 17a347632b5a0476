/* The versions of the page at one address: which comes before which. */
#include "store/inside.h"

#include "base/error.h"

int hs_versions_open(hs_record *record, hs_error *error) {
  static const char before[] = "SELECT page.key, article.content = ?3 FROM page"
                               " LEFT JOIN article USING (key) WHERE page.url = ?1 AND captured <= ?2"
                               " ORDER BY captured DESC, page.key DESC LIMIT 1";
  static const char after[] = "SELECT key FROM page WHERE url = ?1 AND captured > ?2 ORDER BY captured, key LIMIT 1";
  int code = hs_record_prepare(record, &record->version_before, before, error);
  if (!code) code = hs_record_prepare(record, &record->version_after, after, error);
  if (!code) code = hs_record_prepare(record, &record->set_newer, "UPDATE page SET newer = ?2 WHERE key = ?1", error);
  return code;
}

void hs_versions_close(hs_record *record) {
  sqlite3_finalize(record->version_before);
  sqlite3_finalize(record->version_after);
  sqlite3_finalize(record->set_newer);
}

static void bind(sqlite3_stmt *s, int at, hs_str text) {
  if (text.data) sqlite3_bind_text64(s, at, text.data, text.size, SQLITE_STATIC, SQLITE_UTF8);
  else sqlite3_bind_null(s, at);
}

int hs_versions_find(const hs_record *record, const hs_rows *rows, hs_neighbours *out) {
  *out = (hs_neighbours){0};
  if (!rows->url.data || !rows->captured.data) return SQLITE_OK;
  sqlite3_stmt *s = record->version_before;
  bind(s, 1, rows->url);
  bind(s, 2, rows->captured);
  sqlite3_bind_int64(s, 3, rows->content);
  if (sqlite3_step(s) == SQLITE_ROW)
    out->before = sqlite3_column_int64(s, 0), out->same = sqlite3_column_int(s, 1) != 0;
  int code = sqlite3_reset(s);
  if (code || out->same) return code;
  s = record->version_after;
  bind(s, 1, rows->url);
  bind(s, 2, rows->captured);
  if (sqlite3_step(s) == SQLITE_ROW) out->after = sqlite3_column_int64(s, 0);
  return sqlite3_reset(s);
}

static int set_newer(const hs_record *record, int64_t key, int64_t newer) {
  if (!key || !newer) return SQLITE_OK;
  sqlite3_bind_int64(record->set_newer, 1, key);
  sqlite3_bind_int64(record->set_newer, 2, newer);
  sqlite3_step(record->set_newer);
  return sqlite3_reset(record->set_newer);
}

int hs_versions_link(const hs_record *record, int64_t key, const hs_neighbours *neighbours) {
  int code = set_newer(record, neighbours->before, key);
  return code ? code : set_newer(record, key, neighbours->after);
}
