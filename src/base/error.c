#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static size_t cut_at_character(const char *s, size_t size) {
  while (size > 0 && ((unsigned char)s[size] & 0xC0) == 0x80) size--;
  return size;
}

int hs_fail(hs_error *error, hs_code code, size_t position, const char *format, ...) {
  if (!error) return code;
  char message[2 * sizeof error->message];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  size_t size = strlen(message);
  if (size >= sizeof error->message) size = cut_at_character(message, sizeof error->message - 1);
  for (size_t i = 0; i < size; i++) error->message[i] = (unsigned char)message[i] < ' ' ? ' ' : message[i];
  error->message[size] = '\0';
  error->code = code;
  error->position = position;
  return code;
}
