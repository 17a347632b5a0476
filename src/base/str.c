#include "base/str.h"

bool hs_str_starts(hs_str a, const char *s) {
  size_t n = strlen(s);
  return a.size >= n && (n == 0 || memcmp(a.data, s, n) == 0);
}

bool hs_str_ends(hs_str a, const char *s) {
  size_t n = strlen(s);
  return a.size >= n && (n == 0 || memcmp(a.data + a.size - n, s, n) == 0);
}

bool hs_str_starts_alike(hs_str a, const char *s) {
  size_t i = 0;
  while (s[i] && i < a.size && hs_small(a.data[i]) == hs_small(s[i])) i++;
  return !s[i];
}

bool hs_str_alike(hs_str a, const char *s) { return a.size == strlen(s) && hs_str_starts_alike(a, s); }

bool hs_str_holds_alike(hs_str a, const char *s) {
  for (; a.size; a.data++, a.size--)
    if (hs_small(a.data[0]) == hs_small(*s) && hs_str_starts_alike(a, s)) return true;
  return !*s;
}

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

hs_str hs_str_trim(hs_str a) {
  while (a.size && is_blank(a.data[0])) a.data++, a.size--;
  while (a.size && is_blank(a.data[a.size - 1])) a.size--;
  return a;
}
