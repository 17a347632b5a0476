#include "base/calendar.h"

/* Counts from 0000-03-01, so that a leap day ends a year. */
int32_t hs_day_number(hs_date d) {
  int32_t y = d.year - (d.month <= 2), era = y / 400, of_era = y - era * 400;
  int32_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

hs_date hs_day_date(int32_t number) {
  int32_t z = number + 719468, era = z / 146097, of_era = z - era * 146097;
  int32_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int32_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
  hs_date d = {.day = of_year - (153 * m + 2) / 5 + 1, .month = m < 10 ? m + 3 : m - 9};
  d.year = y + era * 400 + (d.month <= 2);
  return d;
}

int hs_day_weekday(int32_t number) { return (int)(((number + 3) % 7 + 7) % 7) + 1; }

hs_date hs_month_add(hs_date date, int months) {
  int all = date.year * 12 + date.month - 1 + months;
  return (hs_date){.year = all / 12, .month = all % 12 + 1, .day = 1};
}

int hs_day_week(int32_t number, int *year) {
  int32_t thursday = number - hs_day_weekday(number) + 4;
  *year = hs_day_date(thursday).year;
  return (int)((thursday - hs_day_number((hs_date){*year, 1, 1})) / 7) + 1;
}

bool hs_date_exists(hs_date d) {
  if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31) return false;
  hs_date same = hs_day_date(hs_day_number(d));
  return same.month == d.month && same.day == d.day;
}

static bool read_digits(const char **s, int count, int *value) {
  *value = 0;
  for (; count; count--, (*s)++) {
    if (**s < '0' || **s > '9') return false;
    *value = *value * 10 + (**s - '0');
  }
  return true;
}

bool hs_date_read(hs_date *out, const char *s) {
  bool form = read_digits(&s, 4, &out->year) && *s++ == '-' && read_digits(&s, 2, &out->month) && *s++ == '-' &&
              read_digits(&s, 2, &out->day);
  return form && hs_date_exists(*out);
}
