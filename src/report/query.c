#include "report/query.h"

int hs_query(sqlite3_stmt **out, sqlite3 *db, const char *sql, const char *text) {
  int code = sqlite3_prepare_v2(db, sql, -1, out, NULL);
  return code || !text ? code : sqlite3_bind_text(*out, 1, text, -1, SQLITE_STATIC);
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
