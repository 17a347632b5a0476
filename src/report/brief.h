/* The brief: what brief.c gathers from the record and the writers put into words. */
#ifndef HS_REPORT_BRIEF_H
#define HS_REPORT_BRIEF_H

#include "base/arena.h"
#include "base/array.h"
#include "base/buffer.h"
#include "report/text.h"

/* A quotation as the brief tells it. Strings that are not known are NULL. */
typedef struct hs_statement {
  const char *id, *article; /* 16 hexadecimal digits */
  const char *article_name, *title, *outlet, *url;
  const char *type, *speaker, *speaker_type, *role, *source, *cue, *via, *content;
  const char *said;                 /* as the text gives the time; NULL: the day is the article's */
  const char *first_day, *last_day; /* the days that this means, both included; NULL: not known */
  double confidence;
  uint32_t start, end; /* characters */
  bool behind_cue;     /* the content stands behind its cue, and reads on from it */
} hs_statement;

/* The statements of one day that are told, out of COUNT. */
typedef struct hs_brief_day {
  const char *day; /* ISO 8601; NULL: not known */
  uint64_t count;
  hs_array(hs_statement) statements;
} hs_brief_day;

typedef struct hs_brief {
  hs_arena *arena; /* holds all of it */
  const char *story;
  const char *since, *until; /* first and last day, both included; NULL: none is known */
  uint64_t articles, quotations, outlets, speakers;
  uint64_t quotations_before; /* of the days too early to be told */
  hs_array(hs_brief_day) days;
} hs_brief;

enum {
  HS_BRIEF_DAYS = 60,        /* the latest ones are told */
  HS_BRIEF_DAY = 20,         /* statements a day, the surest ones */
  HS_BRIEF_STATEMENTS = 240, /* in all, so fewer a day where there are many days */
  HS_BRIEF_CHARS = 280,      /* of what was said */
  HS_BRIEF_ID = 10           /* digits of an id: enough for `hearsay show` */
};

void hs_brief_text(hs_buffer *out, const hs_brief *brief, const hs_style *style);
void hs_brief_markdown(hs_buffer *out, const hs_brief *brief);
void hs_brief_html(hs_buffer *out, const hs_brief *brief);
void hs_brief_json(hs_buffer *out, const hs_brief *brief);

/* Parts of sentences that the writers share. */

/* "Harbour strike", or "What the record tells" */
void hs_brief_heading(hs_buffer *out, const hs_brief *brief, hs_form form);
/* "3 to 9 March 2031 · 12 articles, 41 quotations, 5 outlets, 17 speakers", or that there is nothing to tell */
void hs_brief_counts(hs_buffer *out, const hs_brief *brief);
/* "12 quotations before 3 March 2031: hearsay said -d REC --until 2031-03-02"; nothing if there are none. */
void hs_brief_before(hs_buffer *out, const hs_brief *brief);
/* "29 more on this day: hearsay said -d REC --since 2031-03-03 --until 2031-03-03"; nothing if all are told. */
void hs_brief_more(hs_buffer *out, const hs_brief_day *day);
/* "Monday 3 March 2031", "March 2031" where no statement is told more precisely, "Day not known" */
void hs_brief_day_name(hs_buffer *out, const hs_brief_day *day);
/* "Ana Orlo", or the source's own words, or "Nobody named" */
void hs_brief_who(hs_buffer *out, const hs_statement *statement, hs_form form);
/* What follows who: the role, the cue and what was said: ", mayor, denied that the dam leaks", ", mayor, said: “No.”"
 */
void hs_brief_said(hs_buffer *out, const hs_statement *statement, hs_form form);
/* "on the word of Agency North, in The Harbour Post" */
void hs_brief_word(hs_buffer *out, const hs_statement *statement, hs_form form);
/* "day as published · ", "said 2031-W10 · "; nothing where it was said on the day under which it stands */
void hs_brief_when(hs_buffer *out, const hs_statement *statement);
/* Is URL one that may stand in a link (http, https)? */
bool hs_is_link(const char *url);

#endif
