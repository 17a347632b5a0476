/* Days on the calendar. */
#include "store/days.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void a_date_means_its_days(void **state) {
  (void)state;
  static const struct {
    const char *iso, *first, *last;
  } dates[] = {
      {"2031-03-04", "2031-03-04", "2031-03-04"},       {"2031-03-04T23:59:00+02:00", "2031-03-04", "2031-03-04"},
      {"2031-03-04 23:59", "2031-03-04", "2031-03-04"}, {"2031-02", "2031-02-01", "2031-02-28"},
      {"2032-02", "2032-02-01", "2032-02-29"},          {"2031", "2031-01-01", "2031-12-31"},
  };
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
    hs_day first, last;
    assert_true(hs_days_of(dates[i].iso, &first, &last));
    assert_string_equal(first.text, dates[i].first);
    assert_string_equal(last.text, dates[i].last);
  }
}

static void what_is_no_date_is_no_day(void **state) {
  (void)state;
  static const char *const bad[] = {NULL,         "",           "31",         "2031-",       "2031-3-4", "2031-13",
                                    "2031-00-01", "2031-02-30", "2031-03-0x", "2031-03-04Z", "2031 ",    "2031-03T10",
                                    "yesterday",  "2031-03-00", "-031-03-04", "20310304",    "2031-03-1"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    hs_day first = {"x"}, last = {"x"};
    if (hs_days_of(bad[i], &first, &last)) fail_msg("%s", bad[i]);
    assert_string_equal(first.text, "");
    assert_string_equal(last.text, "");
  }
}

static void a_day_has_one_before_it(void **state) {
  (void)state;
  static const char *const pairs[][2] = {{"2031-03-04", "2031-03-03"}, {"2031-03-01", "2031-02-28"},
                                         {"2032-03-01", "2032-02-29"}, {"2000-03-01", "2000-02-29"},
                                         {"2100-03-01", "2100-02-28"}, {"2031-01-01", "2030-12-31"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    hs_day day, same;
    assert_true(hs_days_of(pairs[i][0], &day, &same));
    assert_string_equal(hs_day_before(day).text, pairs[i][1]);
  }
  assert_string_equal(hs_day_before((hs_day){""}).text, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_date_means_its_days),
      cmocka_unit_test(what_is_no_date_is_no_day),
      cmocka_unit_test(a_day_has_one_before_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
