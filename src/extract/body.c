/* Which part of an HTML page is the article: the element whose blocks read like one, with the least else among them. */
#include "extract/work.h"

#include <utf8proc.h>

enum { GOOD_CHARS = 80, LONG_CHARS = 200, CAPTION_CHARS = 500, LABEL_CHARS = 40, PASSES = 4, MOST = 2, MUCH_MORE = 4 };

const char hs_body_outside[] = "outside the article";

/* Does a block read like a part of an article: long, and not made of links? */
static bool is_good(const hs_block *b, const hs_piece *p) {
  if (p->linked * 2 > p->chars) return false;
  return p->chars >= GOOD_CHARS && b->kind != HS_BLOCK_HEADING && b->kind != HS_BLOCK_CAPTION;
}

/* Adds each block to its box and every box to the one around it. Boxes stand behind their parents. */
static void weigh(hs_work *w) {
  for (size_t i = 0; i < w->boxes.count; i++) w->boxes.items[i].good = w->boxes.items[i].bad = 0;
  for (size_t i = 0; i < w->blocks.count; i++) {
    const hs_piece *p = &w->pieces.items[i];
    hs_box *box = &w->boxes.items[p->box];
    if (!w->blocks.items[i].kept) continue;
    if (is_good(&w->blocks.items[i], p)) box->good += p->chars;
    else box->bad += w->blocks.items[i].kind == HS_BLOCK_PARAGRAPH ? p->chars : p->linked;
  }
  for (size_t i = w->boxes.count; i-- > 1;) {
    const hs_box *box = &w->boxes.items[i];
    w->boxes.items[box->parent].good += box->good;
    w->boxes.items[box->parent].bad += box->bad;
  }
}

/* Sums up for each box the characters that read like an article, without what stands in boxes that have a reason. */
static void weigh_clean(const hs_work *w, uint32_t *clean) {
  memset(clean, 0, w->boxes.count * sizeof *clean);
  for (size_t i = 0; i < w->blocks.count; i++)
    if (is_good(&w->blocks.items[i], &w->pieces.items[i])) clean[w->pieces.items[i].box] += w->pieces.items[i].chars;
  for (size_t i = w->boxes.count; i-- > 1;)
    if (!w->boxes.items[i].reason) clean[w->boxes.items[i].parent] += clean[i];
}

/* Does a box hold most of the page's text ALL, and more than what has no reason, WITHOUT? */
static bool holds_most(const hs_box *box, uint32_t all, uint32_t without) {
  return box->good > all / MOST && box->good / MOST > without;
}

/* Text beside a picture, "image-text", is no caption. */
static bool is_long_caption(const hs_box *box) {
  return box->good > CAPTION_CHARS && box->reason && strcmp(box->reason, "caption") == 0;
}

/* Takes away the reason of a box that holds most of the page's text, or much more than all that has none: a whole page
 * in a <form>, an article in a class "has-sidebar". */
static void spare_large(hs_work *w) {
  uint32_t *clean = hs_arena_alloc(w->arena, w->boxes.count * sizeof *clean), all = w->boxes.items[0].good;
  weigh_clean(w, clean);
  uint32_t without = clean[0];
  for (size_t i = 0; i < w->boxes.count; i++)
    if (holds_most(&w->boxes.items[i], all, without) || is_long_caption(&w->boxes.items[i]))
      w->boxes.items[i].reason = NULL;
  for (int pass = 0; pass < PASSES; pass++) {
    weigh_clean(w, clean);
    uint32_t largest = 0;
    for (uint32_t i = 1; i < w->boxes.count; i++)
      if (w->boxes.items[i].reason && clean[i] > (largest ? clean[largest] : clean[0] * MUCH_MORE)) largest = i;
    if (!largest) break;
    w->boxes.items[largest].reason = NULL;
  }
  for (size_t i = 1; i < w->boxes.count; i++) {
    hs_box *box = &w->boxes.items[i];
    if (!box->reason) box->reason = w->boxes.items[box->parent].reason;
  }
}

static int64_t score(const hs_box *box) {
  int64_t s = (int64_t)box->good - (int64_t)box->bad;
  return box->article && s > 0 ? s * 5 / 4 : s;
}

/* The box with the best score; of equal ones the innermost. */
static uint32_t best_box(const hs_work *w) {
  uint32_t best = 0;
  for (uint32_t i = 0; i < w->boxes.count; i++)
    if (w->boxes.items[i].wide && score(&w->boxes.items[i]) >= score(&w->boxes.items[best])) best = i;
  return best;
}

/* Marks the boxes that stand in BEST. */
static bool *inside(hs_work *w, uint32_t best) {
  bool *in = hs_arena_alloc(w->arena, w->boxes.count);
  for (size_t i = best; i < w->boxes.count; i++) in[i] = i == best || (i > best && in[w->boxes.items[i].parent]);
  return in;
}

/* A whole sentence may be a link; the titles of other articles end without a stop. */
static const char *reason_of(const hs_block *b, const hs_piece *p, hs_str s) {
  if (b->kind == HS_BLOCK_CAPTION) return "caption";
  if (p->linked * 2 <= p->chars || p->chars >= LONG_CHARS) return NULL;
  return b->kind == HS_BLOCK_PARAGRAPH && hs_str_ends(s, ".") ? NULL : "link density";
}

bool hs_body_ends_sentence(hs_str s) {
  size_t n, at = s.size;
  if (!at) return false;
  do at--;
  while (at && (s.data[at] & 0xC0) == 0x80);
  int32_t c = hs_utf8_at(s, at, &n);
  if (c >= 0x0E00 && c < 0x0F00) return true; /* Thai and Lao have no stops */
  return c < 0x80 ? c && strchr(".!?\"", c) != NULL : utf8proc_category(c) >= UTF8PROC_CATEGORY_PC;
}

/* "Orlo wrote:": does block number I lead in a block of quotation? */
static bool leads_in(hs_work *w, size_t i) {
  const hs_block *next = i + 1 < w->blocks.count ? &w->blocks.items[i + 1] : NULL;
  return next && next->kept && next->kind == HS_BLOCK_QUOTE && hs_str_ends(hs_work_block(w, i), ":");
}

/* Behind the last block that reads like an article: lines as short as a label. */
static void drop_labels(hs_work *w) {
  size_t last = w->blocks.count;
  while (last && !(w->blocks.items[last - 1].kept && is_good(&w->blocks.items[last - 1], &w->pieces.items[last - 1])))
    last--;
  for (size_t i = last; last && i < w->blocks.count; i++) {
    const hs_block *b = &w->blocks.items[i];
    if (!b->kept) continue;
    bool label = b->kind == HS_BLOCK_PARAGRAPH && w->pieces.items[i].chars < LABEL_CHARS;
    if (label && !hs_body_ends_sentence(hs_work_block(w, i)) && !leads_in(w, i)) hs_work_drop(w, i, "label");
  }
}

/* A heading with nothing below it that was kept heads a list of links or a form. */
static void drop_idle_headings(hs_work *w) {
  size_t next = w->blocks.count; /* the next kept block */
  for (size_t i = w->blocks.count; i-- > 0;) {
    if (!w->blocks.items[i].kept) continue;
    bool heads = next < w->blocks.count && (w->blocks.items[next].kind != HS_BLOCK_HEADING || next == i + 1);
    if (w->blocks.items[i].kind == HS_BLOCK_HEADING && !heads) hs_work_drop(w, i, "heads nothing");
    else next = i;
  }
}

void hs_body_choose(hs_work *w) {
  weigh(w);
  spare_large(w);
  for (size_t i = 0; i < w->blocks.count; i++) {
    const char *reason = w->boxes.items[w->pieces.items[i].box].reason;
    if (!reason && w->pieces.items[i].time) reason = "date line";
    if (reason) hs_work_drop(w, i, reason);
  }
  weigh(w);
  uint32_t best = best_box(w);
  bool *in = inside(w, best);
  for (size_t i = 0; i < w->blocks.count; i++) {
    const hs_piece *p = &w->pieces.items[i];
    if (!w->blocks.items[i].kept) continue;
    const char *reason = in[p->box] ? reason_of(&w->blocks.items[i], p, hs_work_block(w, i)) : hs_body_outside;
    if (reason) hs_work_drop(w, i, reason);
  }
}

void hs_body_tidy(hs_work *w) {
  drop_labels(w);
  drop_idle_headings(w);
}
