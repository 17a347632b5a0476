/* The function holds() of SQL: names match as the index of words would match them. */
#include "base/utf8.h"
#include "store/said_filter.h"

#include <stdlib.h>
#include <utf8proc.h>

/* Small letters without accents, one blank between words and at both ends; to be freed. NULL for what is no UTF-8. */
static char *folded(sqlite3_value *value) {
  const unsigned char *text = sqlite3_value_text(value);
  utf8proc_uint8_t *small = NULL;
  utf8proc_option_t options = UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK |
                              UTF8PROC_CASEFOLD | UTF8PROC_COMPAT;
  if (!text || utf8proc_map(text, 0, &small, options) < 0) return NULL;
  hs_buffer words = {0};
  hs_buffer_char(&words, ' ');
  hs_str all = hs_str_of((const char *)small);
  for (size_t at = 0, size; at < all.size; at += size) {
    utf8proc_category_t category = utf8proc_category(hs_utf8_at(all, at, &size));
    bool letter =
        category <= UTF8PROC_CATEGORY_LO || (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
    if (letter && category != UTF8PROC_CATEGORY_CN) hs_buffer_add(&words, all.data + at, size);
    else if (words.data[words.size - 1] != ' ') hs_buffer_char(&words, ' ');
  }
  if (words.data[words.size - 1] != ' ') hs_buffer_char(&words, ' ');
  free(small);
  return words.data;
}

static void holds(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  char *words = sqlite3_get_auxdata(context, 1), *text = folded(values[0]);
  bool known = words != NULL;
  if (!known) words = folded(values[1]);
  sqlite3_result_int(context, text && words && words[1] && strstr(text, words) != NULL);
  free(text);
  if (!known) sqlite3_set_auxdata(context, 1, words, free);
}

int hs_said_register(sqlite3 *db) {
  return sqlite3_create_function(db, "holds", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, holds, NULL, NULL);
}
