#include "store/days.h"

#include "base/calendar.h"

static int digits(const char *s, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (s[i] < '0' || s[i] > '9') return -1;
    value = value * 10 + s[i] - '0';
  }
  return value;
}

static void write_digits(char *to, int value, int count) {
  for (; count > 0; value /= 10) to[--count] = (char)('0' + value % 10);
}

static hs_day day_of(hs_date date) {
  hs_day made = {"0000-00-00"};
  write_digits(made.text, date.year, 4);
  write_digits(made.text + 5, date.month, 2);
  write_digits(made.text + 8, date.day, 2);
  return made;
}

static hs_date last_of_month(hs_date date) { return hs_day_date(hs_day_number(hs_month_add(date, 1)) - 1); }

bool hs_days_of(const char *iso, hs_day *first, hs_day *last) {
  *first = *last = (hs_day){""};
  int year = iso ? digits(iso, 4) : -1, month = -1, day = -1;
  if (year < 0) return false;
  const char *rest = iso + 4;
  if (*rest == '-' && (month = digits(rest + 1, 2)) >= 0) rest += 3;
  if (month >= 0 && *rest == '-' && (day = digits(rest + 1, 2)) >= 0) rest += 3;
  if (*rest && (day < 0 || (*rest != 'T' && *rest != ' '))) return false;
  hs_date from = {year, month < 0 ? 1 : month, day < 0 ? 1 : day};
  if (!hs_date_exists(from)) return false;
  *first = day_of(from);
  *last = day_of(day >= 0 ? from : last_of_month(month < 0 ? (hs_date){year, 12, 1} : from));
  return true;
}

hs_day hs_day_before(hs_day day) {
  hs_date date;
  return hs_date_read(&date, day.text) ? day_of(hs_day_date(hs_day_number(date) - 1)) : (hs_day){""};
}
