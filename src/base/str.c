#include "base/str.h"

bool hs_str_starts(hs_str a, const char *s) {
  size_t n = strlen(s);
  return a.size >= n && (n == 0 || memcmp(a.data, s, n) == 0);
}

bool hs_str_ends(hs_str a, const char *s) {
  size_t n = strlen(s);
  return a.size >= n && (n == 0 || memcmp(a.data + a.size - n, s, n) == 0);
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

hs_str hs_str_trim(hs_str a) {
  while (a.size && is_blank(a.data[0])) a.data++, a.size--;
  while (a.size && is_blank(a.data[a.size - 1])) a.size--;
  return a;
}
