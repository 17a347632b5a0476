/* Time expressions (TIMEX3): one pass over the tokens, each rule tried where an expression may begin. */
#include "annotate/annotate.h"
#include "annotate/branch.h"
#include "annotate/words.h"
#include "base/array.h"
#include "base/calendar.h"

enum {
  CLAUSE_REACH = 15,
  AUXILIARY_REACH = 10,
  CLIMB = 8,
  FIRST_YEAR = 1900,
  LAST_YEAR = 2099,
  DATELINE_SENTENCES = 4,
  DATELINE_DAYS = 8
};
/* The years of publication from which one can count as far as set_unit_away does without leaving the calendar. */
enum { FIRST_ANCHOR = 1000, LAST_ANCHOR = 9000 };

typedef struct timer {
  const hs_words *w;
  hs_arena *arena;
  hs_array(hs_time) found;
  bool anchored;
  int32_t today; /* the day of dateline or publication, if anchored */
  hs_date date;
  const char *anchor; /* the same as a string */
} timer;

/* A match in the making: [first, end) and what it means. */
typedef struct match {
  uint32_t end;
  const char *type, *value;
  int32_t begin, until; /* days; until 0: not known */
  bool counted;         /* from the anchor */
} match;

static const hs_entry *entry(const timer *t, uint32_t i) { return t->w->items[i].entry; }
static bool is_kind(const timer *t, uint32_t i, hs_timeword kind) {
  return i < t->w->count && entry(t, i)->timeword == kind;
}

static const char *iso(const timer *t, int32_t day) {
  hs_date d = hs_day_date(day);
  return hs_arena_printf(t->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

/* The digits of token I as a number, ordinals too ("12th"); -1 if it holds anything else. */
static int number_of(const timer *t, uint32_t i, size_t most) {
  if (i >= t->w->count) return -1;
  hs_str s = hs_words_str(t->w, i);
  size_t digits = 0;
  int value = 0;
  while (digits < s.size && digits < 9 && s.data[digits] >= '0' && s.data[digits] <= '9')
    value = value * 10 + (s.data[digits++] - '0');
  bool ordinal = digits + 2 == s.size && digits <= 2 && s.data[digits] >= 'a';
  return digits && digits <= most && (digits == s.size || ordinal) ? value : -1;
}

static int year_of(const timer *t, uint32_t i) {
  int year = i < t->w->count && hs_words_str(t->w, i).size == 4 ? number_of(t, i, 4) : -1;
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : -1;
}

static int day_of(const timer *t, uint32_t i) {
  int day = number_of(t, i, 2);
  return day >= 1 && day <= 31 ? day : -1;
}

typedef enum tense { TENSE_OPEN, TENSE_PAST, TENSE_FUTURE } tense;

static bool is_tagged(const timer *t, uint32_t i, const char *tag) {
  return t->w->tokens[i].xpos && strcmp(t->w->tokens[i].xpos, tag) == 0;
}

static bool is_present(const timer *t, uint32_t i) { return is_tagged(t, i, "VBZ") || is_tagged(t, i, "VBP"); }

/* The tense that token VERB and the words before that hang on it give a time. News tells in the present tense what is
 * to come on a day that hangs on the verb itself, DIRECT, and what somebody says. */
static tense tense_of(const timer *t, uint32_t verb, bool direct) {
  const hs_words *w = t->w;
  uint32_t low = w->sentences[w->sentence_of[verb]].first;
  bool present = false;
  if (is_kind(t, verb, HS_TIMEWORD_FUTURE)) return TENSE_FUTURE;
  if (low + AUXILIARY_REACH < verb) low = verb - AUXILIARY_REACH;
  for (uint32_t i = low; i < verb; i++) {
    if (hs_branch_up(w, i) != verb) continue;
    if (is_kind(t, i, HS_TIMEWORD_FUTURE)) return TENSE_FUTURE;
    if (!hs_branch_is(w, i, "aux") && !hs_branch_is(w, i, "cop")) continue;
    if (is_tagged(t, i, "VBD")) return TENSE_PAST;
    present = present || (is_present(t, i) && hs_words_is(w, i, HS_BE));
  }
  if (is_tagged(t, verb, "VBD")) return TENSE_PAST;
  tense now = direct && !entry(t, verb)->complements ? TENSE_FUTURE : TENSE_PAST;
  if (is_tagged(t, verb, "VBN")) return present ? now : TENSE_PAST;
  if (is_tagged(t, verb, "VBG")) return present ? now : TENSE_OPEN;
  return is_present(t, verb) ? now : TENSE_OPEN;
}

/* Is the time that begins at FIRST still to come, by the verb that it hangs on in the tree? */
static bool is_told_ahead(const timer *t, uint32_t first) {
  bool direct = hs_branch_is(t->w, first, "obl");
  tense found = TENSE_OPEN;
  for (int step = 0; step < CLIMB && found == TENSE_OPEN && first != HS_NO_TOKEN; step++) {
    found = tense_of(t, first, direct && step == 1);
    first = hs_branch_up(t->w, first);
  }
  return found == TENSE_FUTURE;
}

/* Is token I a verb that tells of the past: "said", "opened"? */
static bool is_past(const timer *t, uint32_t i) {
  const hs_entry *e = entry(t, i);
  return e->complements ? e->cue_forms & HS_CUE_PAST : hs_words_has(t->w, i, HS_SHAPE_ED) && !e->timeword;
}

/* Does a word of the clause around [first, end) say that the time is still to come? */
static bool is_future(const timer *t, uint32_t first, uint32_t end) {
  const hs_words *w = t->w;
  const hs_sentence *s = &w->sentences[w->sentence_of[first]];
  int which = first > s->first && is_kind(t, first - 1, HS_TIMEWORD_WHICH) ? entry(t, first - 1)->time_number : 0;
  if (which) return which > 0;
  if (w->parsed) return is_told_ahead(t, first);
  uint32_t low = first > s->first + CLAUSE_REACH ? first - CLAUSE_REACH : s->first;
  for (uint32_t i = first; i-- > low;) {
    if (is_kind(t, i, HS_TIMEWORD_FUTURE)) return true;
    if (w->items[i].mark == ';' || hs_words_has(w, i, HS_SHAPE_DOUBLE) || hs_words_is(w, i, HS_COMPLEMENTIZER))
      return false;
  }
  if (first > s->first + 2) return false;
  for (uint32_t i = end; i < s->end && i < end + CLAUSE_REACH && !is_past(t, i); i++)
    if (is_kind(t, i, HS_TIMEWORD_FUTURE)) return true;
  return false;
}

static void set_day(const timer *t, match *m, int32_t day) {
  m->type = "DATE";
  m->value = iso(t, day);
  m->begin = day;
  m->until = day + 1;
}

static void set_month(const timer *t, match *m, int year, int month) {
  hs_date first = {year, month, 1};
  m->type = "DATE";
  m->value = hs_arena_printf(t->arena, "%04d-%02d", year, month);
  m->begin = hs_day_number(first);
  m->until = hs_day_number(hs_month_add(first, 1));
}

static void set_year(const timer *t, match *m, int year) {
  m->type = "DATE";
  m->value = hs_arena_printf(t->arena, "%04d", year);
  m->begin = hs_day_number((hs_date){year, 1, 1});
  m->until = hs_day_number((hs_date){year + 1, 1, 1});
}

static void set_week(const timer *t, match *m, int32_t day, bool weekend) {
  int year, week = hs_day_week(day, &year);
  int32_t monday = day - hs_day_weekday(day) + 1;
  m->type = "DATE";
  m->value = hs_arena_printf(t->arena, weekend ? "%04d-W%02d-WE" : "%04d-W%02d", year, week);
  m->begin = weekend ? monday + 5 : monday;
  m->until = monday + 7;
}

static void set_open(match *m, const char *type, const char *value) {
  m->type = type;
  m->value = value;
  m->until = 0;
}

/* "morning" behind a day makes it a part of the day. */
static void add_part(const timer *t, match *m) {
  if (!is_kind(t, m->end, HS_TIMEWORD_PART)) return;
  const char *part = entry(t, m->end)->time_value;
  m->value = hs_arena_printf(t->arena, "%sT%s", m->value, part + (part[0] == 'T'));
  m->type = "TIME";
  m->end++;
}

/* The year of a month and day (0: the whole month) that are written without one: the nearest to the anchor. */
static int year_near(const timer *t, int month, int day, bool future) {
  int year = t->date.year;
  if (day) {
    int32_t away = hs_day_number((hs_date){year, month, day > 28 ? 28 : day}) - t->today;
    return year - (away > 183) + (away < -183);
  }
  if (future) return year + (month < t->date.month);
  return year - (month > t->date.month);
}

/* "Nov. 18, 2031", "18 November", "November 2031", "in November". */
static bool match_month(const timer *t, uint32_t i, match *m) {
  const hs_words *w = t->w;
  int day = -1, year = -1, month = 0;
  uint32_t at = i;
  if (!entry(t, at)->month && day_of(t, at) > 0 && at + 1 < w->count) day = day_of(t, at++);
  if (at + 1 < w->count && day > 0 && hs_words_is(w, at, HS_PREPOSITION) && entry(t, at + 1)->month) at++;
  if (at >= w->count || !entry(t, at)->month || !hs_words_has(w, at, HS_TOKEN_CAPITAL)) return false;
  month = entry(t, at++)->month;
  if (day < 0 && day_of(t, at) > 0 && !hs_words_has(w, at, HS_SHAPE_FIRST)) day = day_of(t, at++);
  uint32_t next = at < w->count && w->items[at].mark == ',' && day > 0 ? at + 1 : at;
  year = year_of(t, next);
  if (year > 0) at = next + 1;
  bool word = hs_words_is(w, at - 1, HS_MODAL) || entry(t, at - 1)->complements || hs_words_has(w, i, HS_SHAPE_FIRST);
  bool lone = day < 0 && year < 0;
  if (lone && (word && !(i > 0 && hs_words_is(w, i - 1, HS_PREPOSITION)))) return false;
  if (lone && hs_words_is(w, i, HS_MODAL) && !(i > 0 && hs_words_is(w, i - 1, HS_PREPOSITION))) return false;
  m->end = at;
  if (year < 0 && !t->anchored) {
    set_open(m, "DATE",
             day > 0 ? hs_arena_printf(t->arena, "XXXX-%02d-%02d", month, day)
                     : hs_arena_printf(t->arena, "XXXX-%02d", month));
    return true;
  }
  m->counted = year < 0;
  if (year < 0) year = year_near(t, month, day > 0 ? day : 0, is_future(t, i, at));
  if (day < 0) set_month(t, m, year, month);
  else if (hs_date_exists((hs_date){year, month, day})) set_day(t, m, hs_day_number((hs_date){year, month, day}));
  else return false;
  return true;
}

/* "Monday", "last Monday", "Monday, Nov. 18", "Monday morning". */
static bool match_weekday(const timer *t, uint32_t i, match *m) {
  uint32_t at = i;
  int which = 0;
  if (is_kind(t, at, HS_TIMEWORD_WHICH) && at + 1 < t->w->count && entry(t, at + 1)->weekday) {
    which = entry(t, at)->time_number;
    if (which == 0) which = 2; /* "this Monday": of this week */
    at++;
  }
  int weekday = entry(t, at)->weekday;
  if (!weekday || !hs_words_has(t->w, at, HS_TOKEN_CAPITAL)) return false;
  m->end = at + 1;
  uint32_t date = m->end + (m->end < t->w->count && t->w->items[m->end].mark == ',');
  match exact = {0};
  if (!which && date + 1 < t->w->count && (entry(t, date)->month || day_of(t, date) > 0) &&
      match_month(t, date, &exact) && exact.end > date + 1) {
    *m = exact;
    return true;
  }
  if (!t->anchored) {
    set_open(m, "DATE", hs_arena_printf(t->arena, "XXXX-WXX-%d", weekday));
  } else {
    int32_t back = (hs_day_weekday(t->today) - weekday + 7) % 7, ahead = (7 - back) % 7;
    int32_t day = t->today - back;
    if (which == -1 && back == 0) day -= 7;
    else if (which == 1) day = t->today + (ahead ? ahead : 7);
    else if (which == 2) day = t->today - hs_day_weekday(t->today) + weekday;
    else if (!which && is_future(t, i, m->end)) day = t->today + ahead;
    set_day(t, m, day);
    m->counted = true;
  }
  add_part(t, m);
  return true;
}

/* "yesterday", "tomorrow morning". */
static bool match_day(const timer *t, uint32_t i, match *m) {
  if (!is_kind(t, i, HS_TIMEWORD_DAY)) return false;
  m->end = i + 1;
  if (t->anchored) set_day(t, m, t->today + entry(t, i)->time_number);
  else set_open(m, "DATE", "XXXX-XX-XX");
  m->counted = t->anchored;
  add_part(t, m);
  return true;
}

static bool set_unit_away(const timer *t, match *m, char unit, int away) {
  static const struct {
    char unit;
    const char *open;
  } units[] = {{'D', "XXXX-XX-XX"}, {'W', "XXXX-WXX"}, {'M', "XXXX-XX"}, {'Y', "XXXX"}};
  const char *open = NULL;
  for (size_t k = 0; k < sizeof units / sizeof *units; k++)
    if (units[k].unit == unit) open = units[k].open;
  if (!open) return false;
  if (away > 9999 || away < -9999) return false;
  if (!t->anchored) {
    set_open(m, "DATE", open);
    return true;
  }
  m->counted = true;
  hs_date month = hs_month_add(t->date, unit == 'M' ? away : 0);
  int year = t->date.year + (unit == 'Y' ? away : 0);
  if (year < 1 || month.year < 1 || year > 9998) return false;
  if (unit == 'D') set_day(t, m, t->today + away);
  else if (unit == 'W') set_week(t, m, t->today + 7 * away, false);
  else if (unit == 'M') set_month(t, m, month.year, month.month);
  else set_year(t, m, year);
  return true;
}

/* "last week", "this month", "next year", "last night", "this weekend", "last summer". */
static bool match_which(const timer *t, uint32_t i, match *m) {
  if (!is_kind(t, i, HS_TIMEWORD_WHICH) || i + 1 >= t->w->count) return false;
  const hs_entry *noun = entry(t, i + 1);
  int away = entry(t, i)->time_number;
  m->end = i + 2;
  switch (noun->timeword) {
  case HS_TIMEWORD_UNIT:
    return hs_words_str(t->w, i + 1).data[hs_words_str(t->w, i + 1).size - 1] != 's' &&
           set_unit_away(t, m, noun->time_value[0], away);
  case HS_TIMEWORD_PART:
    if (t->anchored) set_day(t, m, t->today + away);
    else set_open(m, "DATE", "XXXX-XX-XX");
    m->counted = t->anchored;
    m->end = i + 1;
    add_part(t, m);
    return true;
  case HS_TIMEWORD_WEEKEND:
    if (t->anchored) set_week(t, m, t->today + 7 * away, true);
    else set_open(m, "DATE", "XXXX-WXX-WE");
    m->counted = t->anchored;
    return true;
  case HS_TIMEWORD_SEASON:
    if (t->anchored) set_open(m, "DATE", hs_arena_printf(t->arena, "%04d-%s", t->date.year + away, noun->time_value));
    else set_open(m, "DATE", hs_arena_printf(t->arena, "XXXX-%s", noun->time_value));
    m->counted = t->anchored;
    return true;
  default: return false;
  }
}

static int amount_of(const timer *t, uint32_t i) {
  int number = number_of(t, i, 4);
  if (number >= 0) return number;
  return is_kind(t, i, HS_TIMEWORD_NUMBER) ? entry(t, i)->time_number : -1;
}

/* A length of time as ISO 8601 writes it: P3D, PT1H. */
static const char *length_of(const timer *t, int amount, char unit) {
  bool clock = unit == 'h' || unit == 'm', decade = unit == 'E';
  return hs_arena_printf(t->arena, "P%s%d%c", clock ? "T" : "", decade ? amount * 10 : amount,
                         decade  ? 'Y'
                         : clock ? (char)(unit - 32)
                                 : unit);
}

/* "three days", "two weeks ago". */
static bool match_amount(const timer *t, uint32_t i, match *m) {
  int amount = amount_of(t, i);
  uint32_t at = i + 1;
  if (amount < 0 || at >= t->w->count) return false;
  if (t->w->items[at].mark == '-' && at + 1 < t->w->count) at++; /* "a three-day visit" */
  if (!is_kind(t, at, HS_TIMEWORD_UNIT)) return false;
  char unit = entry(t, at)->time_value[0];
  m->end = at + 1;
  if (is_kind(t, m->end, HS_TIMEWORD_SHIFT)) {
    int away = amount * entry(t, m->end)->time_number;
    match shifted = {.end = m->end + 1};
    timer open = *t;
    open.anchored = t->anchored && away;
    if (set_unit_away(&open, &shifted, unit, away)) {
      *m = shifted;
      return true;
    }
  }

  set_open(m, "DURATION", length_of(t, amount, unit));
  return unit != 'Q';
}

/* "2031-03-04", "in 2031", "the 1990s". */
static bool match_number(const timer *t, uint32_t i, match *m) {
  hs_str s = hs_words_str(t->w, i);
  hs_date date;
  m->end = i + 1;
  if (s.size == 10) {
    char text[11] = {0};
    memcpy(text, s.data, 10);
    if (!hs_date_read(&date, text) || date.year > LAST_ANCHOR) return false;
    set_day(t, m, hs_day_number(date));
    return true;
  }
  if (s.size == 5 && s.data[4] == 's' && s.data[3] == '0' && (s.data[0] == '1' || s.data[0] == '2')) {
    set_open(m, "DATE", hs_arena_printf(t->arena, "%.3s", s.data));
    return true;
  }
  int year = year_of(t, i);
  bool introduced = i > 0 && hs_words_is(t->w, i - 1, HS_PREPOSITION) && !hs_words_has(t->w, i, HS_SHAPE_GLUED);
  bool counted = i + 1 < t->w->count && hs_words_has(t->w, i + 1, HS_TOKEN_WORD) && !hs_words_is(t->w, i + 1, ~0u) &&
                 !hs_words_has(t->w, i + 1, HS_SHAPE_FIRST | HS_TOKEN_CLITIC);
  if (year < 0 || !introduced || counted) return false;
  set_year(t, m, year);
  return true;
}

/* Does a word that reports stand right before or behind token I? */
static bool tells_of(const timer *t, uint32_t i) {
  return (i > 0 && entry(t, i - 1)->complements) || (i + 1 < t->w->count && entry(t, i + 1)->complements);
}

/* "every Monday", "daily", "now". */
static bool match_other(const timer *t, uint32_t i, match *m) {
  const hs_entry *e = entry(t, i);
  m->end = i + 1;
  if (e->timeword == HS_TIMEWORD_EVERY && i + 1 < t->w->count) {
    const hs_entry *next = entry(t, i + 1);
    m->end = i + 2;
    if (next->weekday) set_open(m, "SET", hs_arena_printf(t->arena, "XXXX-WXX-%d", next->weekday));
    else if (next->timeword == HS_TIMEWORD_UNIT) set_open(m, "SET", length_of(t, 1, next->time_value[0]));
    else return false;
    return true;
  }
  if (e->timeword == HS_TIMEWORD_SHIFT && e->time_value[0] == 'P' && tells_of(t, i)) { /* "said earlier" */
    set_open(m, "DATE", e->time_value);
    return true;
  }
  if (e->timeword != HS_TIMEWORD_SET && e->timeword != HS_TIMEWORD_REF) return false;
  set_open(m, e->timeword == HS_TIMEWORD_SET ? "SET" : "DATE", e->time_value);
  return true;
}

static bool match_at(const timer *t, uint32_t i, match *m) {
  static bool (*const rules[])(const timer *, uint32_t, match *) = {
      match_weekday, match_month, match_day, match_which, match_amount, match_number, match_other};
  for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
    *m = (match){0};
    if (rules[k](t, i, m)) return true;
  }
  return false;
}

static hs_time time_of(const timer *t, uint32_t first, const match *m) {
  hs_time time = {.span = hs_words_span(t->w, (hs_range){first, m->end}), .type = m->type, .when = {.value = m->value}};
  if (m->until) {
    time.when.begin = iso(t, m->begin);
    time.when.until = iso(t, m->until);
  }
  if (m->counted) time.anchor = t->anchor;
  return time;
}

/* "LOW FERRY, March 11 (ONA) - Two gates ...": the day in the dateline is the one that the others are counted from. A
 * year that it does not tell is that of publication; a day far from publication belongs to something else. */
static void anchor_on_dateline(timer *t) {
  for (uint32_t s = 0; s < t->w->sentence_count && s < DATELINE_SENTENCES; s++) {
    uint32_t first = t->w->sentences[s].first, end = hs_words_opening(t->w, s);
    for (uint32_t i = first; i < end; i++) {
      int month = entry(t, i)->month, year = -1, day = month && i + 1 < end ? day_of(t, i + 1) : -1;
      if (day < 0 && month && i > first) day = day_of(t, i - 1);
      for (uint32_t k = i + 1; k < end && k < i + 4 && year < 0; k++) year = year_of(t, k);
      if (day < 0 || (year < 0 && !t->anchored)) continue;
      hs_date date = {year < 0 ? year_near(t, month, day, false) : year, month, day};
      if (!hs_date_exists(date)) continue;
      int32_t number = hs_day_number(date);
      bool near = !t->anchored || (number <= t->today + 1 && number > t->today - DATELINE_DAYS);
      if (!near) continue;
      t->anchored = true, t->date = date, t->today = number;
      return;
    }
  }
}

void hs_annotate_times(hs_doc *doc, const hs_rules *rules) {
  timer t = {.w = hs_words_of(doc, rules), .arena = doc->arena};
  t.anchored = doc->article.published && hs_date_read(&t.date, doc->article.published) && t.date.year >= FIRST_ANCHOR &&
               t.date.year <= LAST_ANCHOR;
  if (t.anchored) t.today = hs_day_number(t.date);
  anchor_on_dateline(&t);
  if (t.anchored) t.anchor = iso(&t, t.today);
  for (uint32_t i = 0; i < t.w->count;) {
    const hs_entry *e = entry(&t, i);
    bool may = e->timeword || e->month || e->weekday || hs_words_has(t.w, i, HS_TOKEN_NUMBER);
    match m;
    if (may && match_at(&t, i, &m)) {
      hs_push(t.arena, t.found, time_of(&t, i, &m));
      i = m.end;
    } else {
      i++;
    }
  }
  doc->times = t.found.items;
  doc->time_count = t.found.count;
}
