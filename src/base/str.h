/* A string slice: borrowed bytes with their length, no NUL needed. */
#ifndef HS_BASE_STR_H
#define HS_BASE_STR_H

#include "hearsay.h"

#include <stdbool.h>
#include <string.h>

typedef struct hs_str {
  const char *data;
  size_t size;
} hs_str;

static inline hs_str hs_str_of(const char *s) { return (hs_str){s, s ? strlen(s) : 0}; }
static inline hs_str hs_str_at(const char *text, hs_span span) {
  return (hs_str){text + span.start, span.end - span.start};
}
static inline bool hs_str_equal(hs_str a, hs_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}
static inline bool hs_str_is(hs_str a, const char *s) { return hs_str_equal(a, hs_str_of(s)); }
/* Does A begin (end) with the string S? */
bool hs_str_starts(hs_str a, const char *s);
bool hs_str_ends(hs_str a, const char *s);
/* A without ASCII blanks at both ends. */
hs_str hs_str_trim(hs_str a);

#endif
