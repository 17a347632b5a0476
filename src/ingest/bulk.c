#include "ingest/bulk.h"

#include <utf8proc.h>

/* Where the string that begins at AT ends, its quotation mark; the size of S if it does not end. */
static size_t end_of_string(hs_str s, size_t at) {
  for (const char *end = s.data + at; (end = memchr(end, '"', (size_t)(s.data + s.size - end))); end++) {
    const char *c = end;
    while (c > s.data + at && c[-1] == '\\') c--;
    if ((end - c) % 2 == 0) return (size_t)(end - s.data);
  }
  return s.size;
}

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
    size_t end = end_of_string(object, at + 1);
    hs_str string = {object.data + at + 1, end - at - 1};
    at = end;
    if (depth != 1) continue;
    if (!behind_colon) name = string;
    else if (string.size > best.size) best = string, *key = name;
  }
  return best;
}

/* The number that four hexadecimal digits at AT make, -1 if they are none. */
static int32_t unit_at(hs_str s, size_t at) {
  int32_t unit = 0;
  if (s.size < 4 || at > s.size - 4) return -1;
  for (size_t i = at; i < at + 4; i++) {
    char c = hs_small(s.data[i]);
    if (!hs_is_digit(c) && (c < 'a' || c > 'f')) return -1;
    unit = unit * 16 + (hs_is_digit(c) ? c - '0' : c - 'a' + 10);
  }
  return unit;
}

/* The character that the escape means whose letter stands at *AT, which is set behind it; -1 if there is none such. */
static int32_t escaped(hs_str s, size_t *at) {
  static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
  const char *letter = *at < s.size && s.data[*at] ? strchr(letters, s.data[*at]) : NULL;
  if (letter) return ++*at, means[letter - letters];
  if (*at >= s.size || s.data[*at] != 'u') return -1;
  int32_t c = unit_at(s, *at + 1);
  *at += 5;
  if (c < 0xD800 || c > 0xDFFF) return c;
  bool pair = c < 0xDC00 && *at + 1 < s.size && s.data[*at] == '\\' && s.data[*at + 1] == 'u';
  int32_t low = pair ? unit_at(s, *at + 2) : -1;
  *at += 6;
  return low >= 0xDC00 && low <= 0xDFFF ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : -1;
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
    int32_t c = escaped(raw, &at);
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
