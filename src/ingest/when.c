#include "ingest/when.h"

#include "base/calendar.h"
#include "ingest/curl.h"

#include <stdio.h>

enum { MOST_BYTES = 60, DAY = 24 * 60 * 60 };

/* Two digits at S, or -1. */
static int two(const char *s) { return hs_is_digit(s[0]) && hs_is_digit(s[1]) ? (s[0] - '0') * 10 + s[1] - '0' : -1; }

/* Reads what stands behind the day in S: "T08:00", "T08:00:00.5+02:00". Gives seconds; *WHOLE: nothing else follows. */
static time_t time_of(const char *s, bool *whole) {
  *whole = !*s;
  if ((*s != 'T' && *s != 't' && *s != ' ') || strlen(s) < 6 || two(s + 1) < 0 || s[3] != ':' || two(s + 4) < 0)
    return 0;
  time_t seconds = two(s + 1) * 3600 + two(s + 4) * 60;
  s += 6;
  if (*s == ':' && hs_is_digit(s[1]) && two(s + 1) >= 0) seconds += two(s + 1), s += 3;
  if (*s == '.' || *s == ',') s += 1 + strspn(s + 1, "0123456789");
  *whole = !*s || ((*s == 'Z' || *s == 'z') && !s[1]);
  if ((*s != '+' && *s != '-') || !hs_is_digit(s[1]) || two(s + 1) < 0) return seconds;
  const char *minutes = s + 3 + (s[3] == ':');
  time_t zone = two(s + 1) * 3600 + (*minutes && two(minutes) >= 0 ? two(minutes) * 60 : 0);
  *whole = strlen(minutes) == 2 || !*minutes;
  return *s == '+' ? seconds - zone : seconds + zone;
}

time_t hs_when_seconds(const char *iso) {
  hs_date day;
  bool whole;
  if (!iso || !hs_date_read(&day, iso)) return -1;
  time_t seconds = time_of(iso + 10, &whole);
  return whole ? (time_t)hs_day_number(day) * DAY + seconds : -1;
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
  return when > 0 ? hs_when_write(arena, when) : NULL;
}
