#include "extract/features.h"

#include "base/map.h"

#include <utf8proc.h>

enum { GOOD_CHARS = 80, SAID_BYTES = 40, READER_BYTES = 600, FAR = 50, PATH_DEPTH = 4, PATH_BYTES = 64 };

/* What stands in a box, boxes inside included. */
typedef struct sums {
  uint32_t blocks, chars, linked, kept;
} sums;

typedef struct view {
  const hs_work *w;
  sums *boxes;
  uint32_t *depths;
  uint32_t *paths;             /* of each block: which other blocks its element is like */
  hs_array(sums) alike;        /* for each of these */
  uint32_t *good, *far;        /* blocks before block I that are kept and read like an article; characters of them */
  uint32_t first, last, count; /* of those; count of all blocks */
} view;

const char *hs_feature_name(int feature) {
  static const char *const names[] = {
#define X(name) #name,
      HS_BLOCK_FEATURES(X)
#undef X
  };
  return names[feature];
}

int hs_feature_named(hs_str name) {
  for (int i = 0; i < HS_BLOCK_FEATURE_COUNT; i++)
    if (hs_str_is(name, hs_feature_name(i))) return i;
  return -1;
}

static bool is_kept(const view *v, size_t i) { return v->w->blocks.items[i].kept; }

static bool is_good(const view *v, size_t i) {
  const hs_piece *p = &v->w->pieces.items[i];
  return is_kept(v, i) && p->chars >= GOOD_CHARS && p->linked * 2 <= p->chars &&
         v->w->blocks.items[i].kind != HS_BLOCK_HEADING;
}

static void add(sums *into, const sums *s) {
  into->blocks += s->blocks;
  into->chars += s->chars;
  into->linked += s->linked;
  into->kept += s->kept;
}

static sums of_block(const view *v, size_t i) {
  const hs_piece *p = &v->w->pieces.items[i];
  return (sums){1, p->chars, p->linked, is_kept(v, i) ? p->chars : 0};
}

static void sum_boxes(view *v) {
  const hs_work *w = v->w;
  v->boxes = hs_arena_alloc(w->arena, w->boxes.count * sizeof *v->boxes);
  v->depths = hs_arena_alloc(w->arena, w->boxes.count * sizeof *v->depths);
  memset(v->boxes, 0, w->boxes.count * sizeof *v->boxes);
  v->depths[0] = 0;
  for (size_t i = 0; i < w->blocks.count; i++) {
    sums s = of_block(v, i);
    add(&v->boxes[w->pieces.items[i].box], &s);
  }
  for (size_t i = w->boxes.count; i-- > 1;) add(&v->boxes[w->boxes.items[i].parent], &v->boxes[i]);
  for (size_t i = 1; i < w->boxes.count; i++) v->depths[i] = v->depths[w->boxes.items[i].parent] + 1;
}

/* Blocks are alike whose elements and those around them, a few, bear the same names. */
static void sum_paths(view *v) {
  const hs_work *w = v->w;
  hs_map seen = {.seed = 1};
  v->paths = hs_arena_alloc(w->arena, w->blocks.count * sizeof *v->paths);
  for (size_t i = 0; i < w->blocks.count; i++) {
    char path[PATH_BYTES];
    size_t n = 0;
    uint32_t e = w->blocks.items[i].element;
    for (int depth = 0; depth < PATH_DEPTH; depth++, e = w->out->elements[e].parent)
      for (const char *c = w->out->elements[e].name; *c && n < PATH_BYTES; c++) path[n++] = *c;
    char *copy = hs_arena_copy(w->arena, path, n);
    uint32_t *index = hs_map_put(&seen, w->arena, (hs_str){copy, n});
    if (!*index) {
      hs_push(w->arena, v->alike, ((sums){0}));
      *index = (uint32_t)v->alike.count;
    }
    v->paths[i] = *index - 1;
    sums s = of_block(v, i);
    add(&v->alike.items[v->paths[i]], &s);
  }
}

static void find_good(view *v) {
  v->good = hs_arena_alloc(v->w->arena, (v->count + 1) * sizeof *v->good);
  v->far = hs_arena_alloc(v->w->arena, (v->count + 1) * sizeof *v->far);
  v->good[0] = v->far[0] = 0;
  v->first = v->last = v->count;
  for (uint32_t i = 0; i < v->count; i++) {
    bool good = is_good(v, i);
    v->good[i + 1] = v->good[i] + good;
    v->far[i + 1] = v->far[i] + (good ? v->w->pieces.items[i].chars : 0);
    if (good) v->last = i;
    if (good && v->first == v->count) v->first = i;
  }
}

static float share(uint32_t part, uint32_t whole) { return whole ? (float)part / (float)whole : 0; }

/* What its own text tells of a block. */
static void read_text(const view *v, size_t i, float *f) {
  hs_str s = hs_work_block(v->w, i);
  const hs_piece *p = &v->w->pieces.items[i];
  uint32_t words = 1, digits = 0, capitals = 0, commas = 0, stops = 0, quotes = 0, signs = 0;
  for (size_t k = 0; k < s.size; k++) {
    char c = s.data[k];
    words += c == ' ';
    digits += c >= '0' && c <= '9';
    capitals += c >= 'A' && c <= 'Z';
    commas += c == ',';
    stops += c == '.' || c == '!' || c == '?';
    quotes += c == '"' || (c == '\xE2' && k + 2 < s.size && s.data[k + 1] == '\x80' &&
                           ((unsigned char)s.data[k + 2] & 0xFC) == 0x9C);
    signs += c == '|' || c == '@' || c == '/' || c == '>' || c == '+' || c == '(' || c == '\xC2';
  }
  f[HS_BLOCK_FEATURE_chars] = (float)p->chars;
  f[HS_BLOCK_FEATURE_linked] = share(p->linked, p->chars);
  f[HS_BLOCK_FEATURE_words] = (float)words;
  f[HS_BLOCK_FEATURE_word_length] = share(p->chars, words);
  f[HS_BLOCK_FEATURE_digits] = share(digits, p->chars);
  f[HS_BLOCK_FEATURE_capitals] = share(capitals, p->chars);
  f[HS_BLOCK_FEATURE_commas] = (float)commas;
  f[HS_BLOCK_FEATURE_stops] = (float)stops;
  f[HS_BLOCK_FEATURE_quotes] = (float)quotes;
  f[HS_BLOCK_FEATURE_signs] = share(signs, p->chars);
  f[HS_BLOCK_FEATURE_ends_sentence] = hs_body_ends_sentence(s);
  f[HS_BLOCK_FEATURE_ends_colon] = s.size && s.data[s.size - 1] == ':';
  f[HS_BLOCK_FEATURE_begins_small] = s.size && utf8proc_islower(hs_utf8_at(s, 0, &(size_t){0}));
  f[HS_BLOCK_FEATURE_reader] = s.size <= READER_BYTES && hs_furniture_speaks_to_reader(v->w->furniture, s);
}

/* What the elements around a block hold beside it. */
static void read_boxes(const view *v, size_t i, float *f) {
  const hs_work *w = v->w;
  uint32_t own = w->pieces.items[i].box, at = own;
  sums s = of_block(v, i);
  bool article = false;
  for (uint32_t b = own; b; b = w->boxes.items[b].parent) article = article || w->boxes.items[b].article;
  f[HS_BLOCK_FEATURE_in_reason] = w->boxes.items[own].reason != NULL;
  f[HS_BLOCK_FEATURE_in_article] = article;
  f[HS_BLOCK_FEATURE_depth] = (float)v->depths[own];
  const int chars[] = {HS_BLOCK_FEATURE_beside_chars, HS_BLOCK_FEATURE_around_chars, HS_BLOCK_FEATURE_farther_chars};
  const int kept[] = {HS_BLOCK_FEATURE_beside_kept, HS_BLOCK_FEATURE_around_kept, HS_BLOCK_FEATURE_farther_kept};
  for (int level = 0; level < 3; level++) {
    /* the next element that holds more than the one before */
    uint32_t blocks = v->boxes[at].blocks;
    while (at && v->boxes[at].blocks == blocks) at = w->boxes.items[at].parent;
    const sums *b = &v->boxes[at];
    f[chars[level]] = (float)(b->chars - s.chars);
    f[kept[level]] = share(b->kept - s.kept, b->chars - s.chars);
    if (level == 0) f[HS_BLOCK_FEATURE_beside_count] = (float)b->blocks;
    if (level == 0) f[HS_BLOCK_FEATURE_beside_linked] = share(b->linked - s.linked, b->chars - s.chars);
    if (level == 1) f[HS_BLOCK_FEATURE_around_linked] = share(b->linked - s.linked, b->chars - s.chars);
    if (level == 1) f[HS_BLOCK_FEATURE_around_share] = share(b->kept - s.kept, v->boxes[0].kept);
    if (level == 2) f[HS_BLOCK_FEATURE_farther_share] = share(b->kept - s.kept, v->boxes[0].kept);
  }
}

/* What stands before and behind a block. */
static void read_neighbours(const view *v, size_t i, float *f) {
  const hs_piece *p = v->w->pieces.items;
  const struct {
    long step;
    int chars, linked, kept;
  } places[] = {{-1, HS_BLOCK_FEATURE_before_chars, HS_BLOCK_FEATURE_before_linked, HS_BLOCK_FEATURE_before_kept},
                {-2, HS_BLOCK_FEATURE_before2_chars, -1, HS_BLOCK_FEATURE_before2_kept},
                {1, HS_BLOCK_FEATURE_behind_chars, HS_BLOCK_FEATURE_behind_linked, HS_BLOCK_FEATURE_behind_kept},
                {2, HS_BLOCK_FEATURE_behind2_chars, -1, HS_BLOCK_FEATURE_behind2_kept}};
  for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
    long at = (long)i + places[k].step;
    bool there = at >= 0 && at < (long)v->count;
    f[places[k].chars] = there ? (float)p[at].chars : -1;
    f[places[k].kept] = there && is_kept(v, (size_t)at);
    if (places[k].linked >= 0) f[places[k].linked] = there ? share(p[at].linked, p[at].chars) : 0;
  }
  uint32_t all = v->good[v->count], chars = v->far[v->count];
  f[HS_BLOCK_FEATURE_place] = share(v->far[i], chars);
  f[HS_BLOCK_FEATURE_from_first] = (float)i - (float)v->first;
  f[HS_BLOCK_FEATURE_to_last] = (float)v->last - (float)i;
  f[HS_BLOCK_FEATURE_good_before] = (float)v->good[i];
  f[HS_BLOCK_FEATURE_good_behind] = (float)(all - v->good[i + 1]);
  f[HS_BLOCK_FEATURE_chars_behind] = (float)(chars - v->far[i + 1]);
}

/* The heading before a block: 1 if it is kept, 2 if it is not, 0 if there is none near. */
static float heading_before(const view *v, size_t i) {
  for (size_t k = i; k-- > 0 && i - k < FAR;)
    if (v->w->pieces.items[k].level) return is_kept(v, k) ? 1 : 2;
  return 0;
}

/* Does what the page says of itself hold the beginning of the block? */
static bool is_said(const hs_work *w, hs_str s) {
  if (s.size < SAID_BYTES) return false;
  s.size = hs_utf8_before(s, SAID_BYTES);
  return w->ld.body.size && memmem(w->ld.body.data, w->ld.body.size, s.data, s.size);
}

static void read_page(const view *v, size_t i, float *f) {
  const sums *all = &v->boxes[0], *alike = &v->alike.items[v->paths[i]];
  sums s = of_block(v, i);
  f[HS_BLOCK_FEATURE_heading_links] = heading_before(v, i);
  f[HS_BLOCK_FEATURE_path_good] = share(alike->kept - s.kept, alike->chars - s.chars);
  f[HS_BLOCK_FEATURE_path_count] = (float)alike->blocks;
  f[HS_BLOCK_FEATURE_said] = is_said(v->w, hs_work_block(v->w, i));
  f[HS_BLOCK_FEATURE_page_chars] = (float)all->chars;
  f[HS_BLOCK_FEATURE_page_kept] = (float)all->kept;
  f[HS_BLOCK_FEATURE_page_blocks] = (float)all->blocks;
}

float *hs_features_read(const hs_work *w) {
  view v = {.w = w, .count = (uint32_t)w->blocks.count};
  float *rows = hs_arena_alloc(w->arena, (w->blocks.count + 1) * HS_BLOCK_FEATURE_COUNT * sizeof *rows);
  sum_boxes(&v);
  sum_paths(&v);
  find_good(&v);
  for (size_t i = 0; i < w->blocks.count; i++) {
    float *f = rows + i * HS_BLOCK_FEATURE_COUNT;
    const hs_block *b = &w->blocks.items[i];
    read_text(&v, i, f);
    f[HS_BLOCK_FEATURE_kind] = (float)b->kind;
    f[HS_BLOCK_FEATURE_level] = (float)w->pieces.items[i].level;
    f[HS_BLOCK_FEATURE_kept] = b->kept;
    f[HS_BLOCK_FEATURE_why] = (float)hs_scorer_why(w->scorer, b->reason);
    read_boxes(&v, i, f);
    read_neighbours(&v, i, f);
    read_page(&v, i, f);
  }
  return rows;
}
