#include "ingest/when.h"

#include "base/calendar.h"
#include "ingest/curl.h"

#include <stdio.h>

enum { MOST_BYTES = 60, DAY = 24 * 60 * 60 };

static const time_t LAST_SECOND = 253402300799; /* of the year 9999 */

/* The number of two digits at S, -1 if there is none or if it is over MOST. */
static int two(const char *s, int most) {
  int n = hs_is_digit(s[0]) && hs_is_digit(s[1]) ? (s[0] - '0') * 10 + s[1] - '0' : -1;
  return n <= most ? n : -1;
}

/* Reads what stands behind the day in S: nothing, "T08:00", "T08:00:00.5+02:00". False if it is anything else. */
static bool read_time(time_t *seconds, const char *s) {
  *seconds = 0;
  if (!*s) return true;
  if ((*s != 'T' && *s != 't' && *s != ' ') || two(s + 1, 23) < 0 || s[3] != ':' || two(s + 4, 59) < 0) return false;
  *seconds = two(s + 1, 23) * 3600 + two(s + 4, 59) * 60;
  s += 6;
  if (*s == ':' && two(s + 1, 60) >= 0) *seconds += two(s + 1, 60), s += 3;
  if (*s == '.' || *s == ',') s += 1 + strspn(s + 1, "0123456789");
  if (!*s || ((*s == 'Z' || *s == 'z') && !s[1])) return true;
  if ((*s != '+' && *s != '-') || two(s + 1, 14) < 0) return false;
  const char *minutes = s + 3 + (s[3] == ':');
  if (s[3] && (two(minutes, 59) < 0 || minutes[2])) return false;
  time_t zone = two(s + 1, 14) * 3600 + (s[3] ? two(minutes, 59) * 60 : 0);
  *seconds += *s == '+' ? -zone : zone;
  return true;
}

time_t hs_when_seconds(const char *iso) {
  hs_date day;
  time_t seconds;
  if (!iso || !hs_date_read(&day, iso) || !read_time(&seconds, iso + 10)) return -1;
  return (time_t)hs_day_number(day) * DAY + seconds;
}

const char *hs_when_write(hs_arena *arena, time_t when) {
  hs_date d = hs_day_date((int32_t)(when / DAY));
  int s = (int)(when % DAY);
  return hs_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", d.year, d.month, d.day, s / 3600, s / 60 % 60,
                         s % 60);
}

const char *hs_when_read(hs_arena *arena, hs_str s) {
  s = hs_str_trim(s);
  if (!s.size || s.size > MOST_BYTES) return NULL;
  const char *text = hs_arena_copy(arena, s.data, s.size);
  if (hs_when_seconds(text) >= 0) return text;
  hs_curl curl;
  time_t when = hs_curl_load(&curl, NULL) ? -1 : curl.getdate(text, NULL);
  return when > 0 && when <= LAST_SECOND ? hs_when_write(arena, when) : NULL;
}
