#include "base/error.h"
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void an_error_says_what_and_where(void **state) {
  (void)state;
  hs_error error = {0};
  assert_int_equal(hs_fail(&error, HS_ERROR_INPUT, 12, "%s: line %d is no JSON", "a.jsonl", 3), HS_ERROR_INPUT);
  assert_int_equal(error.code, HS_ERROR_INPUT);
  assert_int_equal(error.position, 12);
  assert_string_equal(error.message, "a.jsonl: line 3 is no JSON");
  assert_int_equal(hs_fail(NULL, HS_ERROR_USAGE, 0, "unheard"), HS_ERROR_USAGE);
}

static void a_message_stays_one_line(void **state) {
  (void)state;
  hs_error error = {0};
  hs_fail(&error, HS_ERROR_INPUT, 0, "%s", "a\nb\x1b[31mc\td");
  assert_string_equal(error.message, "a b [31mc d");
}

static void a_message_may_quote_the_one_before(void **state) {
  (void)state;
  hs_error error = {0};
  hs_fail(&error, HS_ERROR_INPUT, 0, "no such file");
  hs_fail(&error, HS_ERROR_INPUT, 0, "x.txt: %s", error.message);
  assert_string_equal(error.message, "x.txt: no such file");
}

/* Names of any length and in any script are cut where a character ends. */
static void a_long_message_is_cut_between_characters(void **state) {
  (void)state;
  const char *unit[] = {"a", "é", "€", "😀"};
  for (int which = 0; which < 4; which++)
    for (int before = 0; before < 4; before++) {
      char name[2000] = "xxxx";
      name[before] = '\0';
      while (strlen(name) < 1900) strcat(name, unit[which]);
      hs_error error = {0};
      hs_fail(&error, HS_ERROR_INPUT, 0, "%s", name);
      hs_str message = hs_str_of(error.message);
      assert_true(message.size > sizeof error.message - 6);
      assert_int_equal(hs_utf8_valid(message), message.size);
    }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(an_error_says_what_and_where),
      cmocka_unit_test(a_message_stays_one_line),
      cmocka_unit_test(a_message_may_quote_the_one_before),
      cmocka_unit_test(a_long_message_is_cut_between_characters),
  };
  return cmocka_run_group_tests_name("error", tests, NULL, NULL);
}
