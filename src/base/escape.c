#include "base/escape.h"

size_t hs_escape_end(hs_str s, size_t at) {
  for (const char *end = s.data + at; (end = memchr(end, '"', (size_t)(s.data + s.size - end))); end++) {
    const char *c = end;
    while (c > s.data + at && c[-1] == '\\') c--;
    if ((end - c) % 2 == 0) return (size_t)(end - s.data);
  }
  return s.size;
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

int32_t hs_escape_read(hs_str s, size_t *at) {
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
