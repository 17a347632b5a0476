/* Parts of sentences of the brief. */
#include "base/calendar.h"
#include "report/brief.h"
#include "store/days.h"

#include <stdio.h>

static const char *const month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                          "July",    "August",   "September", "October", "November", "December"};
static const char *const weekday_names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday"};

static bool read_date(hs_date *out, const char *iso) {
  hs_day first, last;
  return iso && hs_days_of(iso, &first, &last) && hs_date_read(out, first.text);
}

static void add_date(hs_buffer *out, hs_date d) {
  hs_buffer_printf(out, "%d %s %d", d.day, month_names[d.month - 1], d.year);
}

/* "3 to 9 March 2031", "2031" for a whole year, "March 2031" for a whole month */
static void add_days(hs_buffer *out, const char *since, const char *until) {
  hs_day first, last;
  hs_date a, b;
  if (!read_date(&a, since) || !read_date(&b, until)) return;
  char month[8], year[5];
  snprintf(month, sizeof month, "%.7s", since);
  snprintf(year, sizeof year, "%.4s", since);
  bool same_year = a.year == b.year, same_month = same_year && a.month == b.month;
  if (hs_days_of(year, &first, &last) && strcmp(first.text, since) == 0 && strcmp(last.text, until) == 0) {
    hs_buffer_text(out, year);
    return;
  }
  if (hs_days_of(month, &first, &last) && strcmp(first.text, since) == 0 && strcmp(last.text, until) == 0) {
    hs_buffer_printf(out, "%s %d", month_names[a.month - 1], a.year);
    return;
  }
  if (!same_month || a.day != b.day) {
    hs_buffer_printf(out, "%d", a.day);
    if (!same_month) hs_buffer_printf(out, " %s", month_names[a.month - 1]);
    if (!same_year) hs_buffer_printf(out, " %d", a.year);
    hs_buffer_text(out, " to ");
  }
  add_date(out, b);
}

/* The last day that all statements of DAY mean, its own where one of them is told to the day, NULL if they differ. */
static const char *common_last_day(const hs_brief_day *day) {
  const char *common = NULL;
  for (size_t i = 0; i < day->statements.count; i++) {
    const char *last = day->statements.items[i].last_day;
    if (!last || strcmp(last, day->day) == 0) return day->day;
    if (i > 0 && (!common || strcmp(last, common) != 0)) common = NULL;
    else common = last;
  }
  return common;
}

void hs_brief_day_name(hs_buffer *out, const hs_brief_day *day) {
  hs_date d;
  if (!day->day) {
    hs_buffer_text(out, "Day not known");
    return;
  }
  if (!read_date(&d, day->day)) {
    hs_text_string(out, day->day, HS_FORM_HTML);
    return;
  }
  const char *last = common_last_day(day);
  if (last && strcmp(last, day->day) != 0) {
    add_days(out, day->day, last);
    return;
  }
  hs_buffer_text(out, last ? weekday_names[hs_day_weekday(hs_day_number(d)) - 1] : "From");
  hs_buffer_char(out, ' ');
  add_date(out, d);
  if (!last) hs_buffer_text(out, " on");
}

/* "12,500" */
static void add_number(hs_buffer *out, uint64_t number) {
  char digits[24];
  int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
  for (int i = 0; i < size; i++) {
    if (i > 0 && (size - i) % 3 == 0) hs_buffer_char(out, ',');
    hs_buffer_char(out, digits[i]);
  }
}

static void add_count(hs_buffer *out, uint64_t count, const char *one, const char *many) {
  add_number(out, count);
  hs_buffer_printf(out, " %s", count == 1 ? one : many);
}

void hs_brief_heading(hs_buffer *out, const hs_brief *brief, hs_form form) {
  if (brief->story) hs_text_string(out, brief->story, form);
  else hs_buffer_text(out, "What the record tells");
}

void hs_brief_counts(hs_buffer *out, const hs_brief *brief) {
  if (brief->articles == 0) {
    hs_buffer_text(out, brief->story ? "No article of the record holds these words." : "The record holds no article.");
    return;
  }
  size_t before = out->size;
  add_days(out, brief->since, brief->until);
  if (out->size > before) hs_buffer_text(out, " · ");
  add_count(out, brief->articles, "article, ", "articles, ");
  add_count(out, brief->quotations, "quotation, ", "quotations, ");
  add_count(out, brief->outlets, "outlet, ", "outlets, ");
  add_count(out, brief->speakers, "speaker", "speakers");
}

void hs_brief_before(hs_buffer *out, const hs_brief *brief) {
  hs_day first, last;
  hs_date d;
  if (brief->quotations_before == 0 || !read_date(&d, brief->days.items[0].day)) return;
  hs_days_of(brief->days.items[0].day, &first, &last);
  add_count(out, brief->quotations_before, "quotation", "quotations");
  hs_buffer_text(out, " before ");
  add_date(out, d);
  hs_buffer_printf(out, ": hearsay said -d REC --until %s", hs_day_before(first).text);
}

void hs_brief_more(hs_buffer *out, const hs_brief_day *day) {
  if (day->count <= day->statements.count) return;
  add_number(out, day->count - day->statements.count);
  hs_buffer_text(out, " more");
  if (day->day) hs_buffer_printf(out, " on this day: hearsay said -d REC --since %s --until %s", day->day, day->day);
  else hs_buffer_text(out, ": hearsay said -d REC");
}

void hs_brief_who(hs_buffer *out, const hs_statement *s, hs_form form) {
  if (s->speaker) hs_text_string(out, s->speaker, form);
  else if (s->source) hs_text_string(out, s->source, form);
  else hs_buffer_text(out, "Nobody named");
}

/* The role, where the name does not hold it; else NULL. */
static const char *role_of(const hs_statement *s) {
  return s->role && s->speaker && !hs_str_holds_alike(hs_str_of(s->speaker), s->role) ? s->role : NULL;
}

/* A cue that reads on from who said it: a word, and none that stands before the source ("according to"). */
static bool is_verb(const char *cue) { return cue && hs_is_letter(cue[0]) && !hs_str_ends(hs_str_of(cue), " to"); }

void hs_brief_said(hs_buffer *out, const hs_statement *s, hs_form form) {
  const char *role = role_of(s);
  bool verb = is_verb(s->cue);
  if (role) {
    hs_buffer_text(out, ", ");
    hs_text_string(out, role, form);
  }
  if (!s->speaker) hs_buffer_text(out, " (speaker unresolved)");
  if (verb) {
    hs_buffer_text(out, role ? ", " : " ");
    hs_text_string(out, s->cue, form);
  }
  hs_buffer_text(out, verb && s->behind_cue && hs_is_letter(s->content[0]) ? " " : ": ");
  hs_text_cut(out, hs_str_of(s->content), HS_BRIEF_CHARS, form);
}

void hs_brief_word(hs_buffer *out, const hs_statement *s, hs_form form) {
  const char *first = s->via ? s->via : s->outlet;
  hs_buffer_text(out, first ? "on the word of " : "outlet not known");
  hs_text_string(out, first, form);
  if (!s->via || !s->outlet || strcmp(s->via, s->outlet) == 0) return;
  hs_buffer_text(out, ", in ");
  hs_text_string(out, s->outlet, form);
}

void hs_brief_when(hs_buffer *out, const hs_statement *s) {
  if (!s->said) hs_buffer_text(out, s->first_day ? "day as published · " : "");
  else if (!s->first_day || strcmp(s->said, s->first_day) != 0) hs_buffer_printf(out, "said %s · ", s->said);
}

bool hs_is_link(const char *url) {
  return url && (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0);
}
