#include "extract/furniture.h"

#include "base/hash.h"
#include "base/map.h"
#include "extract/work.h"

#include <utf8proc.h>

enum { WITHIN_BYTES = 300, START_BYTES = 120, SHORT_CHARS = 120, REPEAT_BYTES = 40, CARD_BLOCKS = 4 };

/* Where in a block a phrase must stand. */
typedef enum where {
  WHERE_LINE = 1,    /* it is the whole block */
  WHERE_START = 2,   /* the block begins with it */
  WHERE_WITHIN = 4,  /* it stands anywhere in a short block */
  WHERE_CLASS = 8,   /* in an element's class or id */
  WHERE_READER = 16, /* a word by which a page speaks to its reader */
  WHERE_VERB = 32,   /* the verb of an author's card, "Ana Orlo is" */
  WHERE_CARD = 64    /* what an author's card says after its verb */
} where;

const hs_phrases *hs_furniture_new(hs_arena *arena) {
  static const char *const kinds[] = {"line", "start", "within", "class", "reader", "verb", "card", NULL};
  static const char *const drops[] = {"block", "section", "plea", "caption", "byline", "keep", NULL};
  return hs_phrases_new(arena, "furniture", kinds, drops);
}

const hs_phrase *hs_furniture_class(const hs_phrases *furniture, hs_str value) {
  hs_folded f;
  hs_fold_class(&f, value);
  hs_str s = {f.data, f.size};
  const hs_phrase *found = NULL;
  for (size_t at = 0; at < s.size; at = hs_phrases_next(s, at)) {
    const hs_phrase *p = hs_phrases_at(furniture, s, at, WHERE_CLASS);
    if (p && p->effect < 0) at = hs_phrases_next(s, at); /* "has-sidebar" is no sidebar */
    else if (p && (!found || found->effect == HS_DROPS_KEEP || found->effect == HS_DROPS_BYLINE)) found = p;
  }
  return found;
}

static const hs_phrase *phrase_of_block(const hs_phrases *furniture, const hs_folded *f) {
  hs_str s = hs_folded_str(f), line = hs_phrases_bare(s);
  if (!line.size) return NULL;
  const hs_phrase *p = hs_phrases_at(furniture, line, 0, WHERE_LINE | WHERE_START);
  if (p && (p->kind == WHERE_START || (f->whole && p->text.size == line.size))) return p;
  p = hs_phrases_at(furniture, line, 0, WHERE_START);
  if (p || !f->whole || s.size > WITHIN_BYTES) return p;
  for (size_t at = 0; at < s.size; at = hs_phrases_next(s, at))
    if ((p = hs_phrases_at(furniture, s, at, WHERE_WITHIN))) return p;
  return NULL;
}

/* Does the text speak to its reader, outside quotation marks? */
static bool speaks_to_reader(const hs_phrases *furniture, const hs_folded *f) {
  hs_str s = {f->data, f->size};
  bool quoted = false;
  for (size_t at = 0; at < s.size; at++) {
    if (s.data[at] == '"') quoted = !quoted;
    bool starts = at == 0 || s.data[at - 1] == ' ';
    if (!quoted && starts && hs_phrases_at(furniture, s, at, WHERE_READER)) return true;
  }
  return false;
}

static bool ends_sentence(const hs_folded *f) {
  char last = f->size ? f->data[f->size - 1] : ' ';
  if ((last == '"' || last == '\'' || last == ')') && f->size > 1) last = f->data[f->size - 2];
  return last == '.' || last == '!' || last == '?';
}

bool hs_furniture_speaks_to_reader(const hs_phrases *furniture, hs_str s) {
  hs_folded f;
  hs_fold(&f, s);
  return speaks_to_reader(furniture, &f);
}

/* What a phrase has begun and the blocks behind it may go on. */
typedef struct run {
  hs_drops drops;
  const char *reason; /* NULL: nothing is going on */
} run;

/* Does block I head a paragraph of the article, with no link on it? */
static bool heads_text(const hs_work *w, size_t i) {
  if (w->blocks.items[i].kind != HS_BLOCK_HEADING || !w->pieces.count || w->pieces.items[i].linked) return false;
  while (++i < w->blocks.count && !w->blocks.items[i].kept) continue;
  if (i == w->blocks.count || w->blocks.items[i].kind != HS_BLOCK_PARAGRAPH) return false;
  return w->pieces.items[i].chars > SHORT_CHARS && w->pieces.items[i].linked * 2 < w->pieces.items[i].chars;
}

static void look_at_block(hs_work *w, size_t i, run *r) {
  hs_folded f;
  hs_str s = hs_work_block(w, i);
  if (s.size > 2 * WITHIN_BYTES && !r->reason) s.size = hs_utf8_before(s, START_BYTES); /* its start tells enough */
  hs_fold(&f, s);
  f.whole = f.whole && s.size == hs_work_block(w, i).size;
  const hs_phrase *p = phrase_of_block(w->furniture, &f);
  bool is_short = f.whole && f.size <= SHORT_CHARS && !ends_sentence(&f);
  if (p && p->effect <= HS_DROPS_PLEA) {
    hs_work_drop(w, i, p->note);
    if (p->effect != HS_DROPS_BLOCK) *r = (run){(hs_drops)p->effect, p->note};
    return;
  }
  if (p && p->effect == HS_DROPS_CAPTION && w->blocks.items[i].kind == HS_BLOCK_PARAGRAPH)
    w->blocks.items[i].kind = HS_BLOCK_CAPTION;
  if (!r->reason) return;
  bool goes_on = r->drops == HS_DROPS_PLEA ? speaks_to_reader(w->furniture, &f) : is_short && !heads_text(w, i);
  if (goes_on) hs_work_drop(w, i, r->reason);
  else r->reason = NULL;
}

/* The capitalised words, two to four, with which S begins; empty if there are not as many. */
static hs_str leading_name(hs_str s) {
  size_t words = 0, at = 0, end = 0;
  while (at < s.size && words < 4) {
    size_t n;
    int32_t c = hs_utf8_at(s, at, &n);
    if (!utf8proc_isupper(c)) break;
    while (at < s.size && s.data[at] != ' ' && s.data[at] != ',') at++;
    words++;
    end = at;
    while (at < s.size && s.data[at] == ' ') at++;
  }
  return words >= 2 ? (hs_str){s.data, end} : (hs_str){s.data, 0};
}

static bool is_card(const hs_phrases *furniture, hs_str s, hs_str name) {
  hs_folded f;
  hs_fold(&f, (hs_str){s.data + name.size, s.size - name.size});
  hs_str rest = {f.data, f.size};
  size_t at = 0;
  const hs_phrase *verb = at < rest.size ? hs_phrases_at(furniture, rest, at, WHERE_VERB) : NULL;
  if (!verb) return false;
  for (; at < rest.size && at < SHORT_CHARS; at = hs_phrases_next(rest, at))
    if (hs_phrases_at(furniture, rest, at, WHERE_CARD)) return true;
  return false;
}

/* Below the article: "Ana Orlo is a reporter at …", under her name or not. */
static void drop_cards(hs_work *w) {
  size_t seen = 0;
  for (size_t i = w->blocks.count; i-- > 1 && seen < CARD_BLOCKS;) {
    if (!w->blocks.items[i].kept) continue;
    seen++;
    hs_str s = hs_work_block(w, i), name = leading_name(s);
    if (!name.size || !is_card(w->furniture, s, name)) continue;
    hs_work_drop(w, i, "author card");
    if (hs_str_equal(hs_work_block(w, i - 1), name)) hs_work_drop(w, i - 1, "author card");
  }
}

void hs_furniture_drop(hs_work *w) {
  run r = {0};
  for (size_t i = 0; i < w->blocks.count; i++)
    if (w->blocks.items[i].kept) look_at_block(w, i, &r);
  drop_cards(w);
}

void hs_furniture_drop_repeats(hs_work *w) {
  hs_map seen = {.seed = hs_hash_seed()};
  hs_str before = {0};
  for (size_t i = 0; i < w->blocks.count; i++) {
    hs_block *b = &w->blocks.items[i];
    if (!b->kept) continue;
    hs_str s = hs_work_block(w, i);
    bool counts = s.size >= REPEAT_BYTES || b->kind == HS_BLOCK_CAPTION || hs_str_equal(s, before);
    uint32_t *times = hs_map_put(&seen, w->arena, s);
    if ((*times)++ && counts) hs_work_drop(w, i, "repeats an earlier block");
    before = s;
  }
}
