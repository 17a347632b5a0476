#include "base/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void every_day_leads_back(void **state) {
  (void)state;
  int weekday = hs_day_weekday(hs_day_number((hs_date){1, 1, 1}));
  for (int32_t day = hs_day_number((hs_date){1, 1, 1}); day < hs_day_number((hs_date){3000, 1, 1}); day++) {
    assert_int_equal(hs_day_number(hs_day_date(day)), day);
    assert_int_equal(hs_day_weekday(day), weekday);
    weekday = weekday % 7 + 1;
  }
}

static void known_days(void **state) {
  (void)state;
  assert_int_equal(hs_day_number((hs_date){1970, 1, 1}), 0);
  assert_int_equal(hs_day_weekday(0), 4);
  assert_int_equal(hs_day_number((hs_date){2000, 3, 1}) - hs_day_number((hs_date){2000, 2, 28}), 2);
}

static void weeks_at_the_turn_of_the_year(void **state) {
  (void)state;
  int year;
  assert_int_equal(hs_day_week(hs_day_number((hs_date){2027, 1, 1}), &year), 53);
  assert_int_equal(year, 2026);
  assert_int_equal(hs_day_week(hs_day_number((hs_date){2024, 12, 30}), &year), 1);
  assert_int_equal(year, 2025);
}

static void months_roll_over(void **state) {
  (void)state;
  hs_date next = hs_month_add((hs_date){2031, 11, 30}, 3), before = hs_month_add((hs_date){2031, 1, 5}, -1);
  assert_int_equal(next.year * 100 + next.month, 203202);
  assert_int_equal(before.year * 100 + before.month, 203012);
}

static void dates_are_read_or_refused(void **state) {
  (void)state;
  hs_date date;
  assert_true(hs_date_read(&date, "2032-02-29T10:00:00Z"));
  assert_int_equal(date.day, 29);
  assert_false(hs_date_read(&date, "2031-02-29"));
  assert_false(hs_date_read(&date, "2031-13-01"));
  assert_false(hs_date_read(&date, "2031-1-1"));
  assert_false(hs_date_read(&date, ""));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_day_leads_back),          cmocka_unit_test(known_days),
      cmocka_unit_test(weeks_at_the_turn_of_the_year), cmocka_unit_test(months_roll_over),
      cmocka_unit_test(dates_are_read_or_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
