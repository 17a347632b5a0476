/* A growing string, and JSON written into it. Owned by whoever declares it; {0} is empty. */
#ifndef HS_BASE_BUFFER_H
#define HS_BASE_BUFFER_H

#include "base/str.h"

#include <stdint.h>

typedef struct hs_buffer {
  char *data; /* ends in NUL once anything was added; NULL before */
  size_t size, capacity;
} hs_buffer;

void hs_buffer_add(hs_buffer *buffer, const char *data, size_t size);
void hs_buffer_text(hs_buffer *buffer, const char *string);
void hs_buffer_char(hs_buffer *buffer, char c);
void hs_buffer_printf(hs_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Forgets the content, keeps the memory. */
void hs_buffer_clear(hs_buffer *buffer);
void hs_buffer_free(hs_buffer *buffer);

/*
 * JSON (RFC 8259). A comma goes before whatever follows a value, so that calls simply stand one after the other:
 *
 *   hs_json_open(&b, '{'); hs_json_key(&b, "id"); hs_json_string(&b, id); hs_json_close(&b, '}');
 */
void hs_json_open(hs_buffer *buffer, char bracket);
void hs_json_close(hs_buffer *buffer, char bracket);
void hs_json_key(hs_buffer *buffer, const char *key);
/* S must be valid UTF-8; data NULL gives null. */
void hs_json_str(hs_buffer *buffer, hs_str s);
void hs_json_string(hs_buffer *buffer, const char *string);
void hs_json_int(hs_buffer *buffer, int64_t value);
void hs_json_bool(hs_buffer *buffer, bool value);
/* Two digits behind the point, "0.85", without depending on the locale. VALUE in 0 to 1. */
void hs_json_share(hs_buffer *buffer, double value);

#endif
