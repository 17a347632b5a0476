/* Other articles inside the body of this one: teasers, and whole articles that a page appends. */
#include "extract/work.h"

enum { TEASER_CHARS = 320, MOSTLY = 10, TITLE_CHARS = 15, TEXT_CHARS = 40, MOST = 3 };

/* What stands in a box, boxes inside included. */
typedef struct content {
  uint32_t text;       /* characters outside links */
  uint32_t headings;   /* that are kept */
  uint32_t first_text; /* the first block that is more than a label */
  uint32_t link;       /* the first heading that is a link */
  bool title, h1;      /* the page's title; another h1 */
} content;

static bool is_link(const hs_piece *p) {
  return p->chars >= TITLE_CHARS && (p->chars - p->linked) * MOSTLY <= p->chars;
}

static void add_block(const hs_work *w, content *c, uint32_t i) {
  const hs_block *b = &w->blocks.items[i];
  const hs_piece *p = &w->pieces.items[i];
  c->title = c->title || b->kind == HS_BLOCK_TITLE;
  c->h1 = c->h1 || (b->kind != HS_BLOCK_TITLE && p->level == 1);
  bool heading = b->kind == HS_BLOCK_HEADING;
  bool link = heading && is_link(p);
  if (!b->kept && !link) return;
  c->text += p->chars - p->linked;
  c->headings += heading;
  if (!heading && p->chars >= TEXT_CHARS && p->linked * 2 < p->chars && i < c->first_text) c->first_text = i;
  if (link && i < c->link) c->link = i;
}

static void add_box(content *into, const content *c) {
  into->text += c->text;
  into->headings += c->headings;
  if (c->first_text < into->first_text) into->first_text = c->first_text;
  if (c->link < into->link) into->link = c->link;
  into->title = into->title || c->title;
  into->h1 = into->h1 || c->h1;
}

static content *weigh(const hs_work *w) {
  content *all = hs_arena_alloc(w->arena, w->boxes.count * sizeof *all);
  for (size_t i = 0; i < w->boxes.count; i++) all[i] = (content){.first_text = UINT32_MAX, .link = UINT32_MAX};
  for (uint32_t i = 0; i < w->blocks.count; i++) add_block(w, &all[w->pieces.items[i].box], i);
  for (size_t i = w->boxes.count; i-- > 1;) add_box(&all[w->boxes.items[i].parent], &all[i]);
  return all;
}

/* Why a box is no part of the article: below one heading that is a link stand no more than a few lines of the page's
 * text; or it is a short <article> in an <article>. NULL if neither. */
static const char *reason_of(const hs_box *box, const content *c, const content *page, bool in_article) {
  if (c->title || !c->text || c->text > TEASER_CHARS || c->text * MOST > page->text) return NULL;
  if (c->headings == 1 && c->link < c->first_text) return "teaser";
  return box->element && in_article ? "teaser" : NULL;
}

/* Does an <article> hold the page's title? Then another with a title of its own is another article. */
static bool is_titled(const hs_work *w, const content *all) {
  for (size_t i = 0; i < w->boxes.count; i++)
    if (w->boxes.items[i].element && all[i].title) return true;
  return false;
}

void hs_teaser_drop(hs_work *w) {
  const content *all = weigh(w);
  bool titled = is_titled(w, all), *in_article = hs_arena_alloc(w->arena, w->boxes.count);
  const char **reasons = hs_arena_alloc(w->arena, w->boxes.count * sizeof *reasons);
  for (size_t i = 0; i < w->boxes.count; i++) {
    const hs_box *box = &w->boxes.items[i];
    bool around = i && in_article[box->parent];
    in_article[i] = around || box->element;
    reasons[i] = i ? reasons[box->parent] : NULL;
    if (i && !reasons[i]) reasons[i] = reason_of(box, &all[i], all, around);
    if (titled && box->element && !all[i].title && all[i].h1 && !reasons[i]) reasons[i] = "another article";
  }
  for (size_t i = 0; i < w->blocks.count; i++) {
    const char *reason = reasons[w->pieces.items[i].box];
    if (reason && w->blocks.items[i].kept) hs_work_drop(w, i, reason);
  }
}
