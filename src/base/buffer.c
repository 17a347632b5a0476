#include "base/buffer.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static char *room(hs_buffer *b, size_t size) {
  if (b->capacity - b->size <= size) {
    size_t capacity = b->capacity ? b->capacity * 2 : 256;
    while (capacity - b->size <= size) capacity *= 2;
    b->data = hs_realloc(b->data, capacity);
    b->capacity = capacity;
  }
  return b->data + b->size;
}

void hs_buffer_add(hs_buffer *b, const char *data, size_t size) {
  char *to = room(b, size);
  if (size) memcpy(to, data, size);
  b->size += size;
  b->data[b->size] = '\0';
}

void hs_buffer_text(hs_buffer *b, const char *string) { hs_buffer_add(b, string, strlen(string)); }

void hs_buffer_char(hs_buffer *b, char c) { hs_buffer_add(b, &c, 1); }

void hs_buffer_printf(hs_buffer *b, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  room(b, 0);
  int size = vsnprintf(b->data + b->size, b->capacity - b->size, format, args);
  va_end(args);
  if (size > 0) {
    if ((size_t)size >= b->capacity - b->size) vsnprintf(room(b, (size_t)size), (size_t)size + 1, format, again);
    b->size += (size_t)size;
  }
  va_end(again);
}

void hs_buffer_clear(hs_buffer *b) {
  b->size = 0;
  if (b->data) b->data[0] = '\0';
}

void hs_buffer_free(hs_buffer *b) {
  free(b->data);
  *b = (hs_buffer){0};
}

static void comma(hs_buffer *b) {
  if (b->size == 0) return;
  char last = b->data[b->size - 1];
  if (last != '{' && last != '[' && last != ':' && last != '\n') hs_buffer_char(b, ',');
}

void hs_json_open(hs_buffer *b, char bracket) {
  comma(b);
  hs_buffer_char(b, bracket);
}

void hs_json_close(hs_buffer *b, char bracket) { hs_buffer_char(b, bracket); }

void hs_json_key(hs_buffer *b, const char *key) {
  comma(b);
  hs_buffer_char(b, '"');
  hs_buffer_text(b, key);
  hs_buffer_add(b, "\":", 2);
}

static void escape(hs_buffer *b, unsigned char c) {
  static const char short_form[] = "btn?fr";
  if (c == '"' || c == '\\') hs_buffer_printf(b, "\\%c", c);
  else if (c >= '\b' && c <= '\r' && c != '\v') hs_buffer_printf(b, "\\%c", short_form[c - '\b']);
  else hs_buffer_printf(b, "\\u%04x", c);
}

void hs_json_str(hs_buffer *b, hs_str s) {
  comma(b);
  if (!s.data) {
    hs_buffer_text(b, "null");
    return;
  }
  hs_buffer_char(b, '"');
  size_t done = 0;
  for (size_t i = 0; i < s.size; i++) {
    unsigned char c = (unsigned char)s.data[i];
    if (c >= ' ' && c != '"' && c != '\\') continue;
    hs_buffer_add(b, s.data + done, i - done);
    escape(b, c);
    done = i + 1;
  }
  hs_buffer_add(b, s.data + done, s.size - done);
  hs_buffer_char(b, '"');
}

void hs_json_string(hs_buffer *b, const char *string) { hs_json_str(b, hs_str_of(string)); }

void hs_json_int(hs_buffer *b, int64_t value) {
  char digits[20], *at = digits + sizeof digits;
  uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value;
  comma(b);
  do *--at = (char)('0' + left % 10);
  while (left /= 10);
  if (value < 0) *--at = '-';
  hs_buffer_add(b, at, (size_t)(digits + sizeof digits - at));
}

void hs_json_bool(hs_buffer *b, bool value) {
  comma(b);
  hs_buffer_text(b, value ? "true" : "false");
}

void hs_json_share(hs_buffer *b, double value) {
  comma(b);
  int hundredths = (int)(value * 100 + 0.5);
  hs_buffer_printf(b, "%d.%02d", hundredths / 100, hundredths % 100);
}
