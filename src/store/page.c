#include "store/page.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "store/inside.h"

#include <zstd.h>

int64_t hs_page_id(const hs_page *page) {
  hs_str parts[] = {hs_str_of(page->id), hs_str_of(page->url), {page->data ? page->data : "", page->size}};
  return hs_content_id(parts, sizeof parts / sizeof *parts);
}

static char *string(hs_arena *arena, sqlite3_stmt *s, int column) {
  return hs_arena_string(arena, (const char *)sqlite3_column_text(s, column));
}

void hs_page_columns(hs_page *out, hs_packed *packed, hs_arena *arena, sqlite3_stmt *s, int first) {
  const char *media = (const char *)sqlite3_column_text(s, first + 2);
  *out = (hs_page){.id = string(arena, s, first),
                   .url = string(arena, s, first + 1),
                   .media = !media            ? HS_MEDIA_UNKNOWN
                            : media[0] == 'h' ? HS_MEDIA_HTML
                                              : HS_MEDIA_TEXT,
                   .title = string(arena, s, first + 3),
                   .outlet = string(arena, s, first + 4),
                   .published = string(arena, s, first + 5),
                   .date = string(arena, s, first + 6),
                   .language = string(arena, s, first + 7),
                   .charset = string(arena, s, first + 8),
                   .captured = string(arena, s, first + 9),
                   .missing = string(arena, s, first + 10)};
  packed->size = (size_t)sqlite3_column_int64(s, first + 11);
  packed->body.size = (size_t)sqlite3_column_bytes(s, first + 12);
  packed->body.data = hs_arena_copy(arena, sqlite3_column_blob(s, first + 12), packed->body.size);
}

bool hs_page_unpack(hs_page *page, const hs_packed *packed, hs_arena *arena) {
  if (packed->size > HS_LIMIT_PAGE_BYTES + 1) return false;
  if (ZSTD_getFrameContentSize(packed->body.data, packed->body.size) != packed->size) return false;
  char *data = hs_arena_alloc(arena, packed->size + 1);
  size_t got = ZSTD_decompress(data, packed->size, packed->body.data, packed->body.size);
  page->data = data, page->size = got;
  return !ZSTD_isError(got) && got == packed->size;
}

int hs_record_page(hs_page *out, hs_arena *arena, const hs_record *record, int64_t key, hs_error *error) {
  sqlite3_stmt *s;
  hs_packed packed;
  *out = (hs_page){0};
  int code = hs_record_prepare(record, &s, "SELECT " HS_PAGE_COLUMNS " FROM page WHERE key = ?", error);
  if (code) return code;
  sqlite3_bind_int64(s, 1, key);
  bool found = sqlite3_step(s) == SQLITE_ROW;
  if (found) hs_page_columns(out, &packed, arena, s, 0);
  if (sqlite3_finalize(s)) return hs_record_fail(record, error);
  if (found && hs_page_unpack(out, &packed, arena)) return HS_OK;
  return hs_fail(error, HS_ERROR_RECORD, 0, "%s: the page kept in the record cannot be unpacked: it is broken",
                 out->id ? out->id : record->path);
}
