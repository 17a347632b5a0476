#include "extract/date.h"

#include "base/calendar.h"
#include "base/utf8.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100, LONGEST_TIME = 40 };

const hs_phrases *hs_head_new(hs_arena *arena) {
  static const char *const kinds[] = {"month", "weekday", "of", "published", "updated", "by", "and", "role", NULL};
  static const char *const effects[] = {NULL};
  return hs_phrases_new(arena, "pagehead", kinds, effects);
}

static bool is_day(int year, int month, int day) {
  return year >= FIRST_YEAR && year <= LAST_YEAR && hs_date_exists((hs_date){year, month, day});
}

/* COUNT digits at byte *AT as a number, -1 if there are not as many. */
static int digits(hs_str s, size_t *at, size_t count) {
  int n = 0;
  if (s.size < *at || s.size - *at < count) return -1;
  for (size_t i = 0; i < count; i++) {
    char c = s.data[*at + i];
    if (!hs_is_digit(c)) return -1;
    n = n * 10 + (c - '0');
  }
  *at += count;
  return n;
}

/* The zone at the end of a machine's time as "+01:00" or "Z" or "". */
static const char *zone_of(hs_arena *arena, hs_str s, size_t at) {
  while (at < s.size && s.data[at] == ' ') at++;
  if (at == s.size) return "";
  hs_str rest = {s.data + at, s.size - at};
  if (hs_str_is(rest, "Z") || hs_str_is(rest, "z") || hs_str_is(rest, "GMT") || hs_str_is(rest, "UTC")) return "Z";
  if (s.data[at] != '+' && s.data[at] != '-') return "";
  char sign = s.data[at++];
  int hour = digits(s, &at, 2);
  if (at < s.size && s.data[at] == ':') at++;
  int minute = at < s.size ? digits(s, &at, 2) : 0;
  if (hour < 0 || hour > 14 || minute < 0 || minute > 59) return "";
  return hs_arena_printf(arena, "%c%02d:%02d", sign, hour, minute);
}

/* The time behind a day: "T10:00:00+01:00"; "" if there is none. */
static const char *time_of(hs_arena *arena, hs_str s, size_t at) {
  if (at < s.size && (s.data[at] == 'T' || s.data[at] == 't')) at++;
  while (at < s.size && s.data[at] == ' ') at++;
  int hour = digits(s, &at, 2), minute = 0, second = 0;
  if (hour < 0 || hour > 23 || at >= s.size || s.data[at] != ':') return "";
  at++;
  minute = digits(s, &at, 2);
  if (minute < 0 || minute > 59) return "";
  if (at < s.size && s.data[at] == ':') {
    at++;
    second = digits(s, &at, 2);
    if (second < 0 || second > 60) return "";
    if (at < s.size && (s.data[at] == '.' || s.data[at] == ',')) {
      at++;
      while (at < s.size && hs_is_digit(s.data[at])) at++;
    }
  }
  return hs_arena_printf(arena, "T%02d:%02d:%02d%s", hour, minute, second, zone_of(arena, s, at));
}

static const char *day_text(hs_arena *arena, int year, int month, int day) {
  return hs_arena_printf(arena, "%04d-%02d-%02d", year, month, day);
}

/* "2031-03-04", "2031/03/04" or "20310304" at *AT. */
static bool numeric_day(hs_str s, size_t *at, int *year, int *month, int *day) {
  *year = digits(s, at, 4);
  char mark = *at < s.size ? s.data[*at] : 0;
  bool marked = mark == '-' || mark == '/' || mark == '.';
  *at += marked;
  *month = digits(s, at, 2);
  if (marked && (*at >= s.size || s.data[*at] != mark)) return false;
  *at += marked;
  *day = digits(s, at, 2);
  return is_day(*year, *month, *day);
}

const char *hs_date_machine(hs_arena *arena, const hs_phrases *head, hs_str s) {
  s = hs_str_trim(s);
  size_t at = 0;
  int year, month, day;
  if (!s.size || s.size > LONGEST_TIME) return NULL;
  if (numeric_day(s, &at, &year, &month, &day)) {
    if (at < s.size && hs_is_digit(s.data[at])) return NULL;
    return hs_arena_printf(arena, "%04d-%02d-%02d%s", year, month, day, time_of(arena, s, at));
  }
  hs_folded f;
  hs_date_found found;
  hs_fold(&f, s);
  at = 0;
  if (!hs_date_line(&found, arena, head, hs_folded_str(&f), &at)) return NULL;
  at = found.end < s.size && f.size == s.size ? found.end : s.size;
  return hs_arena_printf(arena, "%s%s", found.day, time_of(arena, s, at));
}

const char *hs_date_url(hs_arena *arena, hs_str url) {
  int year, month, day;
  for (size_t i = 1; i + 8 <= url.size; i++) {
    if (!hs_is_digit(url.data[i]) || hs_is_digit(url.data[i - 1]) || !strchr("/-_=.", url.data[i - 1])) continue;
    size_t at = i;
    if (numeric_day(url, &at, &year, &month, &day) && (at == url.size || !hs_is_digit(url.data[at])))
      return day_text(arena, year, month, day);
  }
  return NULL;
}

/* A word, a number or a mark of a line. */
typedef struct part {
  size_t from, end;
  int number; /* -1: none */
  size_t digits;
  int month; /* 0: none */
  unsigned kinds;
} part;

static unsigned kinds_at(const hs_phrases *head, hs_str s, size_t at, part *p) {
  const hs_phrase *label = hs_phrases_at(head, s, at, HS_HEAD_PUBLISHED | HS_HEAD_UPDATED);
  const hs_phrase *month = hs_phrases_at(head, s, at, HS_HEAD_MONTH);
  const hs_phrase *other = hs_phrases_at(head, s, at, HS_HEAD_WEEKDAY | HS_HEAD_OF);
  const hs_phrase *longest = label;
  unsigned kinds = 0;
  if (month) kinds |= HS_HEAD_MONTH, p->month = month->effect;
  if (other) kinds |= other->kind;
  if (label) kinds |= label->kind;
  if (!longest) longest = month ? month : other;
  if (longest) p->end = p->from + longest->text.size;
  return kinds;
}

/* The part of the folded S at AT; S[AT] is no blank. */
static part part_at(const hs_phrases *head, hs_str s, size_t at) {
  part p = {.from = at, .end = at, .number = -1};
  while (p.end < s.size && hs_is_digit(s.data[p.end]) && p.digits < 9) p.end++, p.digits++;
  if (p.digits) {
    size_t from = at;
    p.number = digits(s, &from, p.digits);
    return p;
  }
  size_t size;
  p.kinds = kinds_at(head, s, at, &p);
  if (p.kinds) return p;
  while (p.end < s.size && s.data[p.end] != ' ' && !hs_is_digit(s.data[p.end])) {
    hs_utf8_at(s, p.end, &size);
    if (p.end > at && strchr(",.:/()|-", s.data[p.end])) break;
    p.end += size;
  }
  return p;
}

enum { PARTS = 64 };

/* Cuts LINE from AT on into at most PARTS parts. */
static size_t cut(part *parts, const hs_phrases *head, hs_str line, size_t at) {
  size_t n = 0;
  while (at < line.size && n < PARTS) {
    if (line.data[at] == ' ') {
      at++;
      continue;
    }
    parts[n] = part_at(head, line, at);
    at = parts[n++].end;
  }
  return n;
}

static bool is_mark(hs_str line, const part *p, const char *marks) {
  return p->end == p->from + 1 && strchr(marks, line.data[p->from]);
}

/* Behind a part: skips "." "," "of", "'" and the like. */
static size_t skip(hs_str line, const part *p, size_t n, size_t i) {
  while (i < n && (is_mark(line, &p[i], ".,'") || (p[i].kinds & HS_HEAD_OF))) i++;
  return i;
}

static bool year_of(const part *p, int *year) {
  *year = p->number;
  return p->digits == 4;
}

/* Tries each way of writing a date at part I. Gives the index behind it, 0 if there is none. */
static size_t worded_date(hs_str line, const part *p, size_t n, size_t i, int *year, int *month, int *day) {
  bool month_first = p[i].month != 0;
  if (!month_first && (p[i].number < 1 || p[i].digits > 2)) return 0;
  size_t second = skip(line, p, n, i + 1);
  if (second >= n) return 0;
  const part *m = month_first ? &p[i] : &p[second], *d = month_first ? &p[second] : &p[i];
  if (!m->month || d->number < 1 || d->digits > 2) return 0;
  size_t third = skip(line, p, n, second + 1);
  if (third >= n || !year_of(&p[third], year)) return 0;
  *month = m->month;
  *day = d->number;
  return third + 1;
}

/* "04.03.2031", "2031.03.04", "2031年3月4日"; with slashes only where one number is no month. */
static size_t figures_date(hs_str line, const part *p, size_t n, size_t i, int *year, int *month, int *day) {
  if (i + 4 >= n || p[i].number < 0 || p[i + 2].number < 0 || p[i + 4].number < 0) return 0;
  size_t gap = p[i + 1].end - p[i + 1].from;
  bool same =
      gap == p[i + 3].end - p[i + 3].from && memcmp(line.data + p[i + 1].from, line.data + p[i + 3].from, gap) == 0;
  bool characters = gap == 3 && memcmp(line.data + p[i + 1].from, "\xE5\xB9\xB4", 3) == 0;
  if ((!same || !is_mark(line, &p[i + 1], "./-")) && !characters) return 0;
  int a = p[i].number, b = p[i + 2].number, c = p[i + 4].number;
  if (year_of(&p[i], year)) {
    *month = b, *day = c;
    return i + 5;
  }
  if (!year_of(&p[i + 4], year)) return 0;
  bool dots = line.data[p[i + 1].from] == '.';
  if (!dots && a <= 12 && b <= 12 && a != b) return 0;
  bool day_first = dots || a > 12 || a == b;
  *day = day_first ? a : b;
  *month = day_first ? b : a;
  return i + 5;
}

/* Weekday and labels before the date belong to it; the nearest label says what it is. */
static void look_before(hs_date_found *out, hs_str line, const part *p, size_t i) {
  while (i > 0 && ((p[i - 1].kinds & (HS_HEAD_WEEKDAY | HS_HEAD_PUBLISHED | HS_HEAD_UPDATED | HS_HEAD_OF)) ||
                   is_mark(line, &p[i - 1], ",:.|-("))) {
    i--;
    unsigned label = p[i].kinds & (HS_HEAD_PUBLISHED | HS_HEAD_UPDATED);
    if (label && !out->labelled) out->labelled = true, out->updated = label == HS_HEAD_UPDATED;
  }
  out->from = p[i].from;
}

bool hs_date_line(hs_date_found *out, hs_arena *arena, const hs_phrases *head, hs_str line, size_t *at) {
  part parts[PARTS];
  int year, month, day;
  size_t n = cut(parts, head, line, *at);
  for (size_t i = 0; i < n; i++) {
    size_t end = worded_date(line, parts, n, i, &year, &month, &day);
    if (!end) end = figures_date(line, parts, n, i, &year, &month, &day);
    if (!end || !is_day(year, month, day)) continue;
    *out = (hs_date_found){.day = day_text(arena, year, month, day), .end = parts[end - 1].end};
    look_before(out, line, parts, i);
    *at = out->end;
    return true;
  }
  return false;
}
