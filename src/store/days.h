/* Days on the calendar, written as ISO 8601 writes them. */
#ifndef HS_STORE_DAYS_H
#define HS_STORE_DAYS_H

#include <stdbool.h>

/* "2031-03-04" and a NUL; empty where it is not known. */
typedef struct hs_day {
  char text[11];
} hs_day;

/* The first and the last day that ISO means, a date ("2031", "2031-03", "2031-03-04") or a time on one. False, and both
 * empty, for anything else. */
bool hs_days_of(const char *iso, hs_day *first, hs_day *last);
/* The day before DAY; empty for an empty one. */
hs_day hs_day_before(hs_day day);

#endif
