#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void slices_compare_by_their_bytes(void **state) {
  (void)state;
  hs_str empty = {0};
  assert_true(hs_str_equal(empty, hs_str_of("")));
  assert_true(hs_str_is((hs_str){"said so", 4}, "said"));
  assert_false(hs_str_is((hs_str){"said so", 4}, "sai"));
  assert_false(hs_str_equal(hs_str_of("said"), hs_str_of("Said")));
  assert_true(hs_str_is(hs_str_at("Ana Orlo", (hs_span){4, 8}), "Orlo"));
  assert_int_equal(hs_str_of(NULL).size, 0);
}

static void starts_and_ends(void **state) {
  (void)state;
  hs_str s = hs_str_of("spokeswoman");
  assert_true(hs_str_starts(s, "spokes"));
  assert_true(hs_str_starts(s, ""));
  assert_false(hs_str_starts(s, "spokeswomanly"));
  assert_true(hs_str_ends(s, "woman"));
  assert_false(hs_str_ends(s, "man of spokes"));
  assert_true(hs_str_starts((hs_str){0}, ""));
  assert_true(hs_str_ends((hs_str){0}, ""));
  assert_false(hs_str_ends((hs_str){0}, "n"));
}

static void trim_takes_ascii_blanks_only(void **state) {
  (void)state;
  assert_true(hs_str_is(hs_str_trim(hs_str_of(" \t\r\n\v\fa b\n ")), "a b"));
  assert_int_equal(hs_str_trim(hs_str_of(" \n\t ")).size, 0);
  assert_int_equal(hs_str_trim((hs_str){0}).size, 0);
  assert_true(hs_str_is(hs_str_trim(hs_str_of("\u00A0a\u00A0")), "\u00A0a\u00A0"));
}

static void case_of_ascii_letters_is_overlooked(void **state) {
  (void)state;
  assert_true(hs_str_alike(hs_str_of("iso-8859-1"), "ISO-8859-1"));
  assert_false(hs_str_alike(hs_str_of("iso-8859-15"), "ISO-8859-1"));
  assert_false(hs_str_alike(hs_str_of("Ä"), "ä"));
  assert_true(hs_str_starts_alike(hs_str_of("<TITLE>"), "<title"));
  assert_false(hs_str_starts_alike((hs_str){"<title", 5}, "<title"));
  assert_true(hs_str_holds_alike(hs_str_of("color:red; DISPLAY:none"), "display:none"));
  assert_false(hs_str_holds_alike((hs_str){"display:none", 11}, "display:none"));
  assert_true(hs_str_holds_alike((hs_str){0}, ""));
  assert_false(hs_str_holds_alike((hs_str){0}, "a"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(slices_compare_by_their_bytes),
      cmocka_unit_test(case_of_ascii_letters_is_overlooked),
      cmocka_unit_test(starts_and_ends),
      cmocka_unit_test(trim_takes_ascii_blanks_only),
  };
  return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
