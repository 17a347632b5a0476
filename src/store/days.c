#include "store/days.h"

#include <stdio.h>

static int digits(const char *s, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (s[i] < '0' || s[i] > '9') return -1;
    value = value * 10 + s[i] - '0';
  }
  return value;
}

static int days_in(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

static hs_day day_of(int year, int month, int day) {
  hs_day made;
  snprintf(made.text, sizeof made.text, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
           (unsigned)day % 100);
  return made;
}

bool hs_days_of(const char *iso, hs_day *first, hs_day *last) {
  *first = *last = (hs_day){""};
  int year = iso ? digits(iso, 4) : -1, month = -1, day = -1;
  if (year < 0) return false;
  const char *rest = iso + 4;
  if (*rest == '-' && (month = digits(rest + 1, 2)) >= 0) rest += 3;
  if (month >= 0 && *rest == '-' && (day = digits(rest + 1, 2)) >= 0) rest += 3;
  if (*rest && (day < 0 || (*rest != 'T' && *rest != ' '))) return false;
  if (month == 0 || month > 12 || day == 0 || (day > 0 && day > days_in(year, month))) return false;
  *first = day_of(year, month < 0 ? 1 : month, day < 0 ? 1 : day);
  if (month < 0) month = 12;
  *last = day_of(year, month, day < 0 ? days_in(year, month) : day);
  return true;
}

hs_day hs_day_before(hs_day day) {
  int y = digits(day.text, 4), m = day.text[0] ? digits(day.text + 5, 2) : 0, d = m ? digits(day.text + 8, 2) : 0;
  if (d < 1) return (hs_day){""};
  if (d > 1) return day_of(y, m, d - 1);
  if (m > 1) return day_of(y, m - 1, days_in(y, m - 1));
  return y > 0 ? day_of(y - 1, 12, 31) : day;
}
