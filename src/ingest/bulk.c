#include "ingest/bulk.h"

#include "base/escape.h"

#include <utf8proc.h>

/* The longest string value of OBJECT, escapes and all, and its key. */
static hs_str longest(hs_str object, hs_str *key) {
  hs_str best = {0}, name = {0};
  bool behind_colon = false;
  int depth = 0;
  for (size_t at = 0; at < object.size; at++) {
    char c = object.data[at];
    depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    if (depth == 1 && (c == ':' || c == ',')) behind_colon = c == ':';
    if (c != '"') continue;
    size_t end = hs_escape_end(object, at + 1);
    hs_str string = {object.data + at + 1, end - at - 1};
    at = end;
    if (depth != 1) continue;
    if (!behind_colon) name = string;
    else if (string.size > best.size) best = string, *key = name;
  }
  return best;
}

/* Writes RAW without its escapes; gives whether all of them are such. No escape is shorter than what it means. */
static bool unescape(hs_arena *arena, hs_str raw, hs_str *out) {
  char *made = hs_arena_alloc(arena, raw.size + 1);
  size_t size = 0;
  for (size_t at = 0; at < raw.size;) {
    const char *mark = memchr(raw.data + at, '\\', raw.size - at);
    size_t plain = mark ? (size_t)(mark - raw.data) - at : raw.size - at;
    memcpy(made + size, raw.data + at, plain);
    size += plain, at += plain;
    if (!mark) break;
    at++;
    int32_t c = hs_escape_read(raw, &at);
    if (c < 0) return false;
    size += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)made + size);
  }
  *out = (hs_str){made, size};
  return true;
}

hs_bulk hs_bulk_take(hs_arena *arena, hs_str object) {
  hs_bulk bulk = {.rest = object};
  hs_str raw = longest(object, &bulk.key);
  if (!raw.size || !unescape(arena, raw, &bulk.value)) return (hs_bulk){.rest = object};
  size_t before = (size_t)(raw.data - object.data), behind = object.size - before - raw.size;
  char *rest = hs_arena_alloc(arena, before + behind + 1);
  memcpy(rest, object.data, before);
  memcpy(rest + before, raw.data + raw.size, behind);
  bulk.rest = (hs_str){rest, before + behind};
  return bulk;
}
