/* What stands around the title of an HTML page: a lead is taken in, kickers, bylines and date lines are dropped. */
#include "extract/work.h"

#include <utf8proc.h>

enum { LEAD_CHARS = 40, LABEL_CHARS = 60, LINE_CHARS = 100, LONG_CHARS = 80, DIGITS = 5, MOST = 5 };

static bool reads_long(const hs_work *w, size_t i) {
  return w->blocks.items[i].kind != HS_BLOCK_HEADING && w->pieces.items[i].chars >= LONG_CHARS;
}

/* The last title before block END; count if there is none. */
static size_t title_before(const hs_work *w, size_t end) {
  size_t found = w->blocks.count;
  for (size_t i = 0; i < end; i++)
    if (w->blocks.items[i].kind == HS_BLOCK_TITLE) found = i;
  return found;
}

/* The first kept block that reads like an article, count if there is none. */
static size_t first_long(const hs_work *w) {
  size_t i = 0;
  while (i < w->blocks.count && !(w->blocks.items[i].kept && reads_long(w, i))) i++;
  return i;
}

/* The lead often stands beside the body, below the title: a sentence between both is taken in. */
static void take_lead(hs_work *w, size_t title, size_t first) {
  for (size_t i = title + 1; i < first; i++) {
    hs_block *b = &w->blocks.items[i];
    const hs_piece *p = &w->pieces.items[i];
    bool outside = b->reason && strcmp(b->reason, hs_body_outside) == 0;
    bool lead = b->kind == HS_BLOCK_HEADING || p->chars >= LONG_CHARS || hs_body_ends_sentence(hs_work_block(w, i));
    if (outside && lead && b->kind != HS_BLOCK_CAPTION && p->chars >= LEAD_CHARS && p->linked * 2 <= p->chars)
      b->kept = true, b->reason = NULL;
  }
}

/* Is one in DIGITS of the bytes of S a digit, as in a line that tells date, time and minutes of reading? */
static bool is_mostly_digits(hs_str s) {
  size_t digits = 0;
  for (size_t i = 0; i < s.size; i++) digits += s.data[i] >= '0' && s.data[i] <= '9';
  return digits * DIGITS >= s.size;
}

/* Are the authors' names half of S or more? */
static bool is_mostly_authors(const hs_work *w, hs_str s) {
  size_t names = 0;
  for (size_t i = 0; i < w->byline.count; i++)
    if (hs_str_holds_alike(s, w->byline.items[i])) names += strlen(w->byline.items[i]);
  return names * 2 >= s.size;
}

/* Is the line S a date line, a byline or a credit? What it is then, else NULL. */
static const char *line_reason(hs_work *w, hs_str s) {
  if (is_mostly_digits(s) || hs_metadata_date_line(w, s)) return "date line";
  if (hs_body_ends_sentence(s)) return NULL;
  if (is_mostly_authors(w, s) || hs_byline_opens(w, s)) return "byline";
  return hs_byline_credits(w, s) ? "agency credit" : NULL;
}

/* Why a short block between title and text is no part of the text, NULL if it is. */
static const char *reason_of(hs_work *w, size_t i) {
  hs_str s = hs_work_block(w, i);
  const hs_piece *p = &w->pieces.items[i];
  if (p->chars > LINE_CHARS) return NULL;
  bool heading = w->blocks.items[i].kind == HS_BLOCK_HEADING, sentence = hs_body_ends_sentence(s);
  const char *reason = line_reason(w, s);
  if (reason && (!heading || strcmp(reason, "date line") == 0)) return reason;
  return p->chars < (heading ? LEAD_CHARS : LABEL_CHARS) && !sentence ? "label" : NULL;
}

/* Where the first paragraph is a lead, byline and date line stand between it and the second one. */
static void tidy_behind_lead(hs_work *w, size_t lead) {
  for (size_t i = lead + 1; i < w->blocks.count; i++) {
    const hs_block *b = &w->blocks.items[i];
    if (!b->kept) continue;
    if (reads_long(w, i)) return;
    bool line = b->kind != HS_BLOCK_HEADING && b->kind != HS_BLOCK_CELL && w->pieces.items[i].chars <= LINE_CHARS;
    const char *reason = line ? line_reason(w, hs_work_block(w, i)) : NULL;
    if (reason) hs_work_drop(w, i, reason);
  }
}

/* A line that names an agency and nothing else stands below a picture or at the end of a text, anywhere. */
static void drop_credits(hs_work *w) {
  for (size_t i = 0; i < w->blocks.count; i++) {
    const hs_block *b = &w->blocks.items[i];
    bool line = b->kept && b->kind != HS_BLOCK_HEADING && w->pieces.items[i].chars <= LABEL_CHARS;
    if (line && hs_byline_credits(w, hs_work_block(w, i))) hs_work_drop(w, i, "agency credit");
  }
}

/* What reads like an article before the title is little beside what stands behind. */
static bool begins_with_title(const hs_work *w, size_t title) {
  uint64_t before = 0, all = 0;
  for (size_t i = 0; i < w->blocks.count; i++) {
    if (!w->blocks.items[i].kept || !reads_long(w, i)) continue;
    all += w->pieces.items[i].chars;
    if (i < title) before += w->pieces.items[i].chars;
  }
  return before * MOST < all;
}

void hs_head_tidy(hs_work *w) {
  drop_credits(w);
  size_t title = title_before(w, first_long(w));
  if (title == w->blocks.count || !begins_with_title(w, title)) return;
  for (size_t i = 0; i < title; i++)
    if (w->blocks.items[i].kept) hs_work_drop(w, i, "before the title");
  take_lead(w, title, first_long(w));
  size_t first = first_long(w);
  for (size_t i = title + 1; i < first && i < w->blocks.count; i++) {
    const char *reason = w->blocks.items[i].kept ? reason_of(w, i) : NULL;
    if (reason) hs_work_drop(w, i, reason);
  }
  tidy_behind_lead(w, first);
}
