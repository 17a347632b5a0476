#include "extract/furniture.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/table.h"
#include "extract/work.h"

#include <assert.h>
#include <utf8proc.h>

enum {
  FOLDED_BYTES = 400,
  LINE_BYTES = 160,
  WITHIN_BYTES = 300,
  SHORT_CHARS = 120,
  REPEAT_BYTES = 40,
  CARD_BLOCKS = 4
};

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

struct hs_furniture {
  hs_map first_words; /* to index of phrases plus one */
  hs_array(hs_phrase *) phrases;
};

/* A text as phrases are compared: lower case, one blank between words, plain quotation marks. */
typedef struct folded {
  char data[FOLDED_BYTES + 8];
  size_t size;
  bool whole; /* not cut */
} folded;

static const char *plain_mark(int32_t c) {
  switch (c) {
  case 0x2018:
  case 0x2019:
  case 0x02BC:
  case 0x0060:
  case 0x00B4: return "'";
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0x00AB:
  case 0x00BB: return "\"";
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014: return "-";
  case 0x00A0:
  case 0x2009:
  case 0x202F:
  case 0x200B:
  case 0x200E:
  case 0x200F: return " ";
  default: return NULL;
  }
}

static void fold_char(folded *f, char c) {
  if (c <= ' ' && c >= 0) {
    if (f->size && f->data[f->size - 1] != ' ') f->data[f->size++] = ' ';
    return;
  }
  f->data[f->size++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static void fold(folded *f, hs_str s) {
  f->size = 0;
  size_t i = 0;
  while (i < s.size && f->size < FOLDED_BYTES) {
    if ((signed char)s.data[i] >= 0) {
      fold_char(f, s.data[i++]);
      continue;
    }
    size_t n;
    int32_t c = hs_utf8_at(s, i, &n);
    i += n;
    const char *mark = plain_mark(c);
    if (mark) fold_char(f, *mark);
    else f->size += (size_t)utf8proc_encode_char(utf8proc_tolower(c), (utf8proc_uint8_t *)f->data + f->size);
  }
  f->whole = i == s.size;
  while (f->size && f->data[f->size - 1] == ' ') f->size--;
}

static bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (signed char)c < 0 || c == '\'';
}

static hs_str first_word(hs_str s) {
  size_t n = 0;
  while (n < s.size && is_word_byte(s.data[n])) n++;
  return (hs_str){s.data, n ? n : s.size < 1 ? 0 : 1};
}

static hs_drops drops_of(hs_str s) {
  static const char *const names[] = {"block", "section", "plea", "caption", "byline", "keep"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (hs_str_is(s, names[i])) return (hs_drops)i;
  return HS_DROPS_NOTHING;
}

static where where_of(hs_str s) {
  static const char *const names[] = {"line", "start", "within", "class", "reader", "verb", "card"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (hs_str_is(s, names[i])) return (where)(1 << i);
  assert(!"data/furniture.tsv: no such place");
  return WHERE_LINE;
}

const hs_furniture *hs_furniture_new(hs_arena *arena) {
  hs_furniture *f = hs_arena_alloc(arena, sizeof *f);
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(hs_table_named("furniture"), &at, &row);) {
    hs_phrase *p = hs_arena_alloc(arena, sizeof *p);
    *p = (hs_phrase){.text = row.column[0],
                     .where = (uint8_t)where_of(row.column[1]),
                     .drops = drops_of(row.column[2]),
                     .reason = hs_arena_copy(arena, row.column[3].data, row.column[3].size)};
    uint32_t *index = hs_map_put(&f->first_words, arena, first_word(p->text));
    p->next = *index ? f->phrases.items[*index - 1] : NULL;
    hs_push(arena, f->phrases, p);
    *index = (uint32_t)f->phrases.count;
  }
  return f;
}

/* The longest phrase for one of PLACES that stands at byte AT of S; its end there is the end of a word. */
static const hs_phrase *phrase_at(const hs_furniture *f, hs_str s, size_t at, unsigned places) {
  hs_str rest = {s.data + at, s.size - at};
  uint32_t *index = hs_map_get(&f->first_words, first_word(rest));
  const hs_phrase *best = NULL;
  for (const hs_phrase *p = index ? f->phrases.items[*index - 1] : NULL; p; p = p->next) {
    if (!(p->where & places) || p->text.size > rest.size || memcmp(p->text.data, rest.data, p->text.size) != 0)
      continue;
    if (p->text.size < rest.size && is_word_byte(rest.data[p->text.size]) && is_word_byte(rest.data[p->text.size - 1]))
      continue;
    if (!best || p->text.size > best->text.size) best = p;
  }
  return best;
}

/* The start of the next word behind AT; s.size if there is none. */
static size_t next_word(hs_str s, size_t at) {
  while (at < s.size && is_word_byte(s.data[at])) at++;
  while (at < s.size && !is_word_byte(s.data[at])) at++;
  return at;
}

/* Class and id words as a phrase's words: "articleBody__share-tools" is "article body share tools". */
static void fold_class(folded *f, hs_str s) {
  f->size = 0;
  for (size_t i = 0; i < s.size && f->size < FOLDED_BYTES; i++) {
    char c = s.data[i];
    bool upper = c >= 'A' && c <= 'Z', lower_before = i && s.data[i - 1] >= 'a' && s.data[i - 1] <= 'z';
    if (upper && lower_before) fold_char(f, ' ');
    bool letter = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    fold_char(f, letter ? c : ' ');
  }
}

const hs_phrase *hs_furniture_class(const hs_furniture *furniture, hs_str value) {
  folded f;
  fold_class(&f, value);
  hs_str s = {f.data, f.size};
  const hs_phrase *found = NULL;
  for (size_t at = 0; at < s.size; at = next_word(s, at)) {
    const hs_phrase *p = phrase_at(furniture, s, at, WHERE_CLASS);
    if (p && (!found || found->drops == HS_DROPS_KEEP || found->drops == HS_DROPS_BYLINE)) found = p;
  }
  return found;
}

/* S without the marks that stand around a line: "» Share:" is "share". */
static hs_str bare(hs_str s) {
  while (s.size && !is_word_byte(s.data[0])) s.data++, s.size--;
  while (s.size && !is_word_byte(s.data[s.size - 1])) s.size--;
  return s;
}

static const hs_phrase *phrase_of_block(const hs_furniture *furniture, const folded *f) {
  hs_str s = {f->data, f->size}, line = bare(s);
  if (!line.size) return NULL;
  const hs_phrase *p = phrase_at(furniture, line, 0, WHERE_LINE | WHERE_START);
  if (p && (p->where == WHERE_START || (f->whole && p->text.size == line.size))) return p;
  p = phrase_at(furniture, line, 0, WHERE_START);
  if (p || !f->whole || s.size > WITHIN_BYTES) return p;
  for (size_t at = 0; at < s.size; at = next_word(s, at))
    if ((p = phrase_at(furniture, s, at, WHERE_WITHIN))) return p;
  return NULL;
}

/* Does the text speak to its reader, outside quotation marks? */
static bool speaks_to_reader(const hs_furniture *furniture, const folded *f) {
  hs_str s = {f->data, f->size};
  bool quoted = false;
  for (size_t at = 0; at < s.size; at++) {
    if (s.data[at] == '"') quoted = !quoted;
    bool starts = is_word_byte(s.data[at]) && (at == 0 || !is_word_byte(s.data[at - 1]));
    if (!quoted && starts && phrase_at(furniture, s, at, WHERE_READER)) return true;
  }
  return false;
}

static bool ends_sentence(const folded *f) {
  char last = f->size ? f->data[f->size - 1] : ' ';
  if ((last == '"' || last == '\'' || last == ')') && f->size > 1) last = f->data[f->size - 2];
  return last == '.' || last == '!' || last == '?';
}

/* What a phrase has begun and the blocks behind it may go on. */
typedef struct run {
  hs_drops drops;
  const char *reason; /* NULL: nothing is going on */
} run;

static void look_at_block(hs_work *w, size_t i, run *r) {
  folded f;
  hs_str s = hs_work_block(w, i);
  fold(&f, s);
  const hs_phrase *p = phrase_of_block(w->furniture, &f);
  bool is_short = f.whole && f.size <= SHORT_CHARS && !ends_sentence(&f);
  if (p && p->drops <= HS_DROPS_PLEA) {
    hs_work_drop(w, i, p->reason);
    if (p->drops != HS_DROPS_BLOCK) *r = (run){p->drops, p->reason};
    return;
  }
  if (p && p->drops == HS_DROPS_CAPTION && w->blocks.items[i].kind == HS_BLOCK_PARAGRAPH)
    w->blocks.items[i].kind = HS_BLOCK_CAPTION;
  if (!r->reason) return;
  bool goes_on = r->drops == HS_DROPS_PLEA ? speaks_to_reader(w->furniture, &f) : is_short;
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

static bool is_card(const hs_furniture *furniture, hs_str s, hs_str name) {
  folded f;
  fold(&f, (hs_str){s.data + name.size, s.size - name.size});
  hs_str rest = {f.data, f.size};
  size_t at = next_word(rest, 0);
  const hs_phrase *verb = at < rest.size ? phrase_at(furniture, rest, at, WHERE_VERB) : NULL;
  if (!verb) return false;
  for (; at < rest.size && at < SHORT_CHARS; at = next_word(rest, at))
    if (phrase_at(furniture, rest, at, WHERE_CARD)) return true;
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
