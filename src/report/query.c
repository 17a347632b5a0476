#include "report/query.h"

int hs_query(sqlite3_stmt **out, sqlite3 *db, const char *sql, const char *text) {
  int code = sqlite3_prepare_v2(db, sql, -1, out, NULL);
  return code || !text ? code : sqlite3_bind_text(*out, 1, text, -1, SQLITE_STATIC);
}

int hs_query_key(sqlite3_stmt **out, sqlite3 *db, const char *sql, int64_t key) {
  int code = hs_query(out, db, sql, NULL);
  return code ? code : sqlite3_bind_int64(*out, 1, key);
}

bool hs_query_next(sqlite3_stmt *rows, int *code) {
  if (*code) return false;
  int step = sqlite3_step(rows);
  if (step != SQLITE_ROW && step != SQLITE_DONE) *code = step;
  return step == SQLITE_ROW;
}

void hs_query_match(hs_buffer *out, const char *words) {
  static const char blanks[] = " \t\r\n";
  for (words += strspn(words, blanks); *words; words += strspn(words, blanks)) {
    if (out->size > 0) hs_buffer_char(out, ' ');
    hs_buffer_char(out, '"');
    for (size_t left = strcspn(words, blanks); left > 0; left--, words++) {
      if (*words == '"') hs_buffer_char(out, '"');
      hs_buffer_char(out, *words);
    }
    hs_buffer_char(out, '"');
  }
}
