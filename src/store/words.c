#include "store/words.h"

#include "base/buffer.h"
#include "base/error.h"

#include <string.h>

int hs_word_check(const char *word, const char *const *words, const char *what, hs_error *error) {
  if (!word) return HS_OK;
  hs_buffer all = {0};
  int code = HS_ERROR_USAGE;
  for (size_t i = 0; words[i] && code; i++) {
    if (strcmp(word, words[i]) == 0) code = HS_OK;
    hs_buffer_printf(&all, "%s%s", i ? ", " : "", words[i]);
  }
  if (code) hs_fail(error, code, 0, "\"%.40s\" is no %s: there are %s", word, what, all.data);
  hs_buffer_free(&all);
  return code;
}

int hs_word_check_kinds(const char *type, const char *force, hs_error *error) {
#define X(name, word) word,
  static const char *const types[] = {HS_QUOTATION_TYPES(X) NULL}, *const forces[] = {HS_FORCES(X) NULL};
#undef X
  int code = hs_word_check(type, types, "type of quotation", error);
  return code ? code : hs_word_check(force, forces, "kind of cue", error);
}

int hs_word_check_days(const char *iso, hs_day *first, hs_day *last, hs_error *error) {
  if (!iso || hs_days_of(iso, first, last)) return HS_OK;
  return hs_fail(error, HS_ERROR_USAGE, 0, "\"%.40s\" is no date: write it as 2031-03-04, 2031-03 or 2031", iso);
}
