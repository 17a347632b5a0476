#include "base/utf8.h"

#include "base/array.h"

#include <utf8proc.h>

enum { STRIDE = 16 };

static bool is_start(char c) { return ((unsigned char)c & 0xC0) != 0x80; }

/* How many bytes of S are ASCII and not NUL, told eight at a time: a few less than there are. */
static size_t plain_words(const char *s, size_t size) {
  size_t i = 0;
  for (uint64_t word; i + sizeof word <= size; i += sizeof word) {
    memcpy(&word, s + i, sizeof word);
    if (((word - 0x0101010101010101) | word) & 0x8080808080808080) break;
  }
  return i;
}

/* The bytes of the character at S if it is one of two or three bytes that no rule excepts, else 0. */
static size_t usual_length(const char *s, size_t left) {
  unsigned char c = (unsigned char)s[0];
  if (c >= 0xC2 && c < 0xE0) return left >= 2 && !is_start(s[1]) ? 2 : 0;
  bool three = c > 0xE0 && c < 0xF0 && c != 0xED;
  return three && left >= 3 && !is_start(s[1]) && !is_start(s[2]) ? 3 : 0;
}

/* The bytes of the character at S, 0 if there is none or it is NUL. */
static size_t whole_length(const char *s, size_t left) {
  utf8proc_int32_t c;
  utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)left, &c);
  return n <= 0 || c == 0 ? 0 : (size_t)n;
}

size_t hs_utf8_valid(hs_str s) {
  size_t i = 0;
  while (i < s.size) {
    i += plain_words(s.data + i, s.size - i);
    if (i == s.size) break;
    if ((signed char)s.data[i] > 0) {
      i++;
      continue;
    }
    size_t n = usual_length(s.data + i, s.size - i);
    if (!n) n = whole_length(s.data + i, s.size - i);
    if (!n) break;
    i += n;
  }
  return i;
}

int32_t hs_utf8_beyond_ascii(hs_str s, size_t at, size_t *size) {
  unsigned char c = (unsigned char)s.data[at];
  size_t n = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
  int32_t point = c & (0x7F >> n);
  for (size_t i = 1; i < n && at + i < s.size; i++) point = point << 6 | (s.data[at + i] & 0x3F);
  *size = at + n <= s.size ? n : s.size - at;
  return point;
}

size_t hs_utf8_before(hs_str s, size_t at) {
  do at--;
  while (at > 0 && !is_start(s.data[at]));
  return at;
}

/* The length of the broken part at the start of S: a lead byte with those bytes behind it that could have followed. */
static size_t broken_length(hs_str s) {
  const unsigned char *b = (const unsigned char *)s.data;
  size_t want = b[0] < 0xC2 || b[0] > 0xF4 ? 1 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
  if (want > s.size) want = s.size;
  if (want < 2) return 1;
  unsigned char low = b[0] == 0xE0 ? 0xA0 : b[0] == 0xF0 ? 0x90 : 0x80;
  unsigned char high = b[0] == 0xED ? 0x9F : b[0] == 0xF4 ? 0x8F : 0xBF;
  if (b[1] < low || b[1] > high) return 1;
  size_t n = 2;
  while (n < want && !is_start(s.data[n])) n++;
  return n;
}

hs_str hs_utf8_repair(hs_arena *arena, hs_str s, hs_step **steps, size_t *step_count) {
  if (!s.data) s.data = ""; /* no arithmetic with NULL below */
  hs_array(hs_span) broken = {0};
  for (size_t at = hs_utf8_valid(s); at < s.size; at += hs_utf8_valid((hs_str){s.data + at, s.size - at})) {
    hs_span part = {(uint32_t)at, (uint32_t)(at + broken_length((hs_str){s.data + at, s.size - at}))};
    hs_push(arena, broken, part);
    at = part.end;
  }
  hs_step *made = hs_arena_alloc(arena, (broken.count + 1) * sizeof *made);
  if (steps) *steps = made, *step_count = broken.count + 1;
  if (!broken.count) return (hs_str){hs_arena_copy(arena, s.data, s.size), s.size};
  char *copy = hs_arena_alloc(arena, s.size + 2 * broken.count + 1);
  size_t size = 0, at = 0;
  for (size_t i = 0; i < broken.count; at = broken.items[i++].end) {
    size_t valid = broken.items[i].start - at;
    memcpy(copy + size, s.data + at, valid);
    memcpy(copy + size + valid, "\xEF\xBF\xBD", 3);
    size += valid + 3;
    made[i + 1] = (hs_step){broken.items[i].end, (uint32_t)size};
  }
  memcpy(copy + size, s.data + at, s.size - at);
  return (hs_str){copy, size + s.size - at};
}

hs_offsets hs_offsets_of(hs_arena *arena, hs_str text) {
  hs_offsets o = {.text = text};
  size_t ascii = 0;
  while (ascii < text.size && (signed char)text.data[ascii] >= 0) ascii++;
  if (ascii == text.size) {
    o.count = (uint32_t)text.size;
    return o;
  }
  o.chars = hs_arena_alloc(arena, (text.size / STRIDE + 1) * sizeof *o.chars);
  for (size_t i = 0; i < text.size; i++) {
    if (i % STRIDE == 0) o.chars[i / STRIDE] = o.count;
    o.count += is_start(text.data[i]);
  }
  if (text.size % STRIDE == 0) o.chars[text.size / STRIDE] = o.count;
  return o;
}

uint32_t hs_offsets_chars(const hs_offsets *o, uint32_t at) {
  if (!o->chars) return at;
  uint32_t i = at / STRIDE * STRIDE, chars = o->chars[at / STRIDE];
  for (; i < at; i++) chars += is_start(o->text.data[i]);
  return chars;
}

uint32_t hs_offsets_bytes(const hs_offsets *o, uint32_t at) {
  uint32_t size = (uint32_t)o->text.size;
  if (at >= o->count) return size;
  if (!o->chars) return at;
  size_t low = 0, high = size / STRIDE + 1; /* the last stride that begins with at most AT characters before it */
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (o->chars[middle] <= at) low = middle;
    else high = middle;
  }
  uint32_t chars = o->chars[low], i = (uint32_t)low * STRIDE;
  for (; i < size; i++)
    if (is_start(o->text.data[i]) && chars++ == at) break;
  return i;
}
