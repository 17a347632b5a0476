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

/* Letters and digits of ASCII: those of <ctype.h> follow the locale of the program that uses the library. */
static inline bool hs_is_digit(char c) { return c >= '0' && c <= '9'; }
static inline bool hs_is_small(char c) { return c >= 'a' && c <= 'z'; }
static inline bool hs_is_capital(char c) { return c >= 'A' && c <= 'Z'; }
static inline bool hs_is_letter(char c) { return hs_is_small(c) || hs_is_capital(c); }
static inline char hs_small(char c) { return hs_is_capital(c) ? (char)(c + ('a' - 'A')) : c; }

/* Is A the string S, does it begin with it, does it hold it, whatever the case of ASCII's letters? */
bool hs_str_alike(hs_str a, const char *s);
bool hs_str_starts_alike(hs_str a, const char *s);
bool hs_str_holds_alike(hs_str a, const char *s);
/* Does A begin (end) with the string S? */
bool hs_str_starts(hs_str a, const char *s);
bool hs_str_ends(hs_str a, const char *s);
/* A without ASCII blanks at both ends. */
hs_str hs_str_trim(hs_str a);

#endif
