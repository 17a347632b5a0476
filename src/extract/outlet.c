/* The name of an outlet out of what pages give as one: "© 2031 Orla Media Ltd. All rights reserved" is Orla Media. */
#include "base/table.h"
#include "extract/work.h"

#include <string.h>

enum { LONGEST = 400 };

static hs_str behind(hs_str s, size_t n) { return (hs_str){s.data + n, s.size - n}; }

static bool is_word_byte(char c) { return hs_is_letter(c) || hs_is_digit(c) || (unsigned char)c >= 0x80; }

/* S without the blanks and the marks that part a name from what stands around it; a stop may belong to the name. */
static hs_str without_marks(hs_str s) {
  static const char *const marks[] = {
      " ",        ",",  "|",  "-",  ":",        ";",        "\xE2\x80\x93", "\xE2\x80\x94",
      "\xC2\xB7", "\t", "\n", "\r", "\xC2\xA0", "\xC2\xAE", "\xE2\x84\xA2"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    size_t n = strlen(marks[i]);
    bool starts = hs_str_starts(s, marks[i]), ends = hs_str_ends(s, marks[i]);
    if (!starts && !ends) continue;
    s = starts ? behind(s, n) : (hs_str){s.data, s.size - n};
    i = (size_t)-1;
  }
  return s;
}

/* Does S begin with WORDS, or end with them where LAST, and with no part of a word? */
static bool has(hs_str s, hs_str words, bool last) {
  if (!words.size || words.size > s.size) return false;
  size_t at = last ? s.size - words.size : 0;
  for (size_t i = 0; i < words.size; i++)
    if (hs_small(s.data[at + i]) != hs_small(words.data[i])) return false;
  if (last) return at == 0 || !is_word_byte(s.data[at - 1]);
  bool open = words.size < s.size && is_word_byte(s.data[words.size]);
  return !open || !hs_is_letter(words.data[words.size - 1]);
}

/* Is there a year at the start of S, or at its end where LAST? */
static bool has_year(hs_str s, bool last) {
  if (s.size < 4) return false;
  const char *y = last ? s.data + s.size - 4 : s.data;
  for (size_t i = 0; i < 4; i++)
    if (!hs_is_digit(y[i])) return false;
  if (s.size > 4 && is_word_byte(last ? y[-1] : y[4])) return false;
  return y[0] == '1' || y[0] == '2';
}

/* Drops one thing that stands around the name. False if nothing does. NOTICE: a word of a notice stood before it. */
static bool peel(hs_str *s, bool *notice) {
  hs_row row = {0};
  hs_str stopless = hs_str_ends(*s, ".") ? (hs_str){s->data, s->size - 1} : *s;
  hs_str names = hs_table_named("outletnames"), forms = *notice ? hs_table_named("companyforms") : (hs_str){0};
  for (size_t at = 0; hs_table_next(names, &at, &row);) {
    hs_str words = row.column[0], place = row.column[1];
    if (hs_str_is(place, "behind") && has(stopless, words, true)) {
      *s = (hs_str){s->data, stopless.size - words.size};
      return true;
    }
    bool opens = hs_str_is(place, "notice") || (*notice && hs_str_is(place, "before"));
    if (!opens || !has(*s, words, false)) continue;
    *s = behind(*s, words.size);
    return *notice = true;
  }
  if (*notice && has_year(*s, false)) return *s = behind(*s, 4), true;
  if (*notice && has_year(*s, true)) return s->size -= 4, true;
  for (size_t at = 0; *notice && hs_table_next(forms, &at, &row);)
    if (has(*s, row.column[0], true)) return s->size -= row.column[0].size, true;
  return false;
}

hs_str hs_outlet_name(hs_str said) {
  if (said.size > LONGEST) return (hs_str){0};
  bool notice = false;
  hs_str s = without_marks(said);
  while (peel(&s, &notice)) s = without_marks(s);
  if (s.size == 1 && s.data[0] == '.') s.size = 0;
  return s;
}
