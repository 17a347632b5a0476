/* Days of the Gregorian calendar, counted; weeks as ISO 8601 counts them. */
#ifndef HS_BASE_CALENDAR_H
#define HS_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

typedef struct hs_date {
  int year, month, day; /* month and day from 1 */
} hs_date;

/* Days since 1970-01-01; years 1 to 9999. */
int32_t hs_day_number(hs_date date);
hs_date hs_day_date(int32_t number);
/* 1 for Monday to 7 for Sunday. */
int hs_day_weekday(int32_t number);
/* The first day of the month that lies MONTHS after DATE's. */
hs_date hs_month_add(hs_date date, int months);
/* The ISO week of a day, and in *YEAR the year that the week belongs to. */
int hs_day_week(int32_t number, int *year);
bool hs_date_exists(hs_date date);
/* Reads "2031-03-04", alone or before a time. False if S begins with no such day. */
bool hs_date_read(hs_date *out, const char *s);

#endif
