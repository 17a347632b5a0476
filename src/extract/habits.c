#include "extract/habits.h"

#include "base/hash.h"
#include "extract/compose.h"

#include <stdlib.h>

enum { FIRST_BLOCKS = 2, LAST_BLOCKS = 6, LEAST_BYTES = 30, MOST_BYTES = 1500 };

const char hs_habits_reason[] = "keeps coming back on this outlet";

/* Open addressing; KEY 0: empty. */
typedef struct counted {
  uint64_t key, at;
  uint32_t count;
  bool outlet; /* the count of all of its pages, which is not forgotten */
} counted;

struct hs_habits {
  counted *items;
  size_t count, capacity; /* capacity is 0 or a power of two */
};

const char *hs_habits_outlet(const hs_article *a, hs_arena *arena) {
  if (a->outlet) return a->outlet;
  const char *host = a->url ? strstr(a->url, "://") : NULL;
  if (!host || !host[3] || host[3] == '/') return NULL;
  return hs_arena_copy(arena, host + 3, strcspn(host + 3, "/?#"));
}

/* The same but for numbers and case of ASCII: "3 articles left" is "2 articles left". */
static int64_t hash_of(hs_str s) {
  char folded[MOST_BYTES];
  size_t n = 0;
  for (size_t i = 0; i < s.size && n < MOST_BYTES; i++) {
    char c = hs_is_digit(s.data[i]) ? '0' : hs_small(s.data[i]);
    if (c != '0' || !n || folded[n - 1] != '0') folded[n++] = c;
  }
  int64_t hash = (int64_t)(hs_hash((hs_str){folded, n}, 0) >> 1);
  return hash ? hash : 1;
}

bool hs_habits_kept(const hs_block *b) { return b->kept || (b->reason && strcmp(b->reason, hs_habits_reason) == 0); }

/* May block B be furniture, by its length and its place, the one with the number PLACE of COUNT that were kept? */
static bool may_be(const hs_block *b, size_t place, size_t count) {
  size_t size = b->words.end - b->words.start;
  bool at_end = place < FIRST_BLOCKS || place + LAST_BLOCKS >= count;
  return at_end && size >= LEAST_BYTES && size <= MOST_BYTES && b->kind != HS_BLOCK_TITLE;
}

/* The indices of the blocks that may be furniture. */
static size_t candidates(const hs_article *a, size_t out[HS_PASSAGES]) {
  size_t count = 0, place = 0, found = 0;
  for (size_t i = 0; i < a->block_count; i++) count += hs_habits_kept(&a->blocks[i]);
  for (size_t i = 0; i < a->block_count && a->words; i++) {
    const hs_block *b = &a->blocks[i];
    if (!hs_habits_kept(b)) continue;
    if (may_be(b, place++, count) && found < HS_PASSAGES) out[found++] = i;
  }
  return found;
}

size_t hs_habits_passages(const hs_article *a, hs_passage out[HS_PASSAGES]) {
  size_t indices[HS_PASSAGES], found = candidates(a, indices), count = 0;
  for (size_t i = 0; i < found; i++) {
    hs_str text = hs_str_at(a->words, a->blocks[indices[i]].words);
    hs_passage p = {hash_of(text), text};
    bool known = false;
    for (size_t k = 0; k < count; k++) known = known || out[k].hash == p.hash;
    if (!known) out[count++] = p;
  }
  return count;
}

/* ---- counts */

hs_habits *hs_habits_new(void) { return hs_calloc(1, sizeof(hs_habits)); }

void hs_habits_free(hs_habits *h) {
  if (!h) return;
  free(h->items);
  free(h);
}

static uint64_t key_of(const char *outlet, int64_t hash) {
  uint64_t key = hs_hash((hs_str){(const char *)&hash, sizeof hash}, hs_hash(hs_str_of(outlet), 0));
  return key ? key : 1;
}

/* The item of KEY, or the empty one where it belongs. Only where there is room. */
static counted *find(const hs_habits *h, uint64_t key) {
  size_t mask = h->capacity - 1, i = key & mask;
  while (h->items[i].key && h->items[i].key != key) i = (i + 1) & mask;
  return &h->items[i];
}

/* Is it to be known still, when what came up to number BEFORE is long ago? */
static bool is_remembered(const counted *c, uint64_t before) {
  return c->outlet || c->count >= HS_HABIT_PAGES || c->at > before;
}

/* Moves what is to be known still into room for CAPACITY. */
static void move(hs_habits *h, size_t capacity, uint64_t before) {
  hs_habits old = *h;
  *h = (hs_habits){.items = hs_calloc(capacity, sizeof *h->items), .capacity = capacity};
  for (size_t i = 0; i < old.capacity; i++) {
    if (!old.items[i].key || !is_remembered(&old.items[i], before)) continue;
    *find(h, old.items[i].key) = old.items[i];
    h->count++;
  }
  free(old.items);
}

static counted *item(hs_habits *h, const char *outlet, int64_t hash) {
  if (h->count * 4 >= h->capacity * 3) move(h, h->capacity ? h->capacity * 2 : 64, 0);
  uint64_t key = key_of(outlet, hash);
  counted *c = find(h, key);
  h->count += !c->key;
  c->key = key;
  c->outlet = hash == 0;
  return c;
}

void hs_habits_set(hs_habits *h, const char *outlet, int64_t hash, uint64_t count, uint64_t at) {
  counted *c = item(h, outlet, hash);
  c->count = (uint32_t)count;
  c->at = at;
}

/* How often OUTLET's passage HASH was counted; NULL: never. */
static const counted *known(const hs_habits *h, const char *outlet, int64_t hash) {
  const counted *c = h->capacity ? find(h, key_of(outlet, hash)) : NULL;
  return c && c->key ? c : NULL;
}

bool hs_habits_has(const hs_habits *h, const char *outlet, int64_t hash) { return known(h, outlet, hash) != NULL; }

static void count_one(hs_habits *h, const char *outlet, int64_t hash, uint64_t at) {
  counted *c = item(h, outlet, hash);
  c->count++;
  c->at = at;
}

void hs_habits_count(hs_habits *h, const char *outlet, const hs_passage *passages, size_t count, uint64_t at) {
  count_one(h, outlet, 0, at);
  for (size_t i = 0; i < count; i++) count_one(h, outlet, passages[i].hash, at);
}

void hs_habits_forget(hs_habits *h, uint64_t before) {
  if (h->capacity) move(h, h->capacity, before);
}

/* ---- what goes */

static hs_block *blocks_of(const hs_article *a, hs_arena *arena) {
  hs_block *blocks = hs_arena_alloc(arena, a->block_count * sizeof *blocks);
  return memcpy(blocks, a->blocks, a->block_count * sizeof *blocks);
}

static void drop_block(hs_block *b) {
  b->kept = false;
  b->reason = hs_habits_reason;
}

static void use(hs_article *a, hs_block *blocks, hs_arena *arena) {
  a->blocks = blocks;
  if (!a->element_count) return; /* the text of a plain page is the whole page, whatever is dropped from it */
  hs_str text = hs_compose(blocks, a->block_count, a->words, arena);
  a->text = text.data, a->text_size = (uint32_t)text.size;
}

static bool is_habit(const hs_habits *h, const char *outlet, hs_str text) {
  const counted *pages = known(h, outlet, 0), *c = known(h, outlet, hash_of(text));
  return c && c->count >= HS_HABIT_PAGES && (!pages || (uint64_t)c->count * HS_HABIT_SHARE >= pages->count);
}

void hs_habits_drop(const hs_habits *h, hs_article *a, hs_arena *arena) {
  const char *outlet = h && h->count ? hs_habits_outlet(a, arena) : NULL;
  size_t indices[HS_PASSAGES], found = outlet ? candidates(a, indices) : 0, all = 0, dropped = 0;
  for (size_t i = 0; i < a->block_count; i++)
    if (a->blocks[i].kept) all += a->blocks[i].words.end - a->blocks[i].words.start;
  hs_block *blocks = NULL;
  for (size_t i = 0; i < found; i++) {
    hs_str text = hs_str_at(a->words, a->blocks[indices[i]].words);
    if ((dropped + text.size) * 2 >= all || !is_habit(h, outlet, text)) continue;
    if (!blocks) blocks = blocks_of(a, arena);
    drop_block(&blocks[indices[i]]);
    dropped += text.size;
  }
  if (blocks) use(a, blocks, arena);
}

static bool is_listed(const hs_span *spans, size_t count, hs_span s) {
  for (size_t i = 0; i < count; i++)
    if (spans[i].start == s.start && spans[i].end == s.end) return true;
  return false;
}

void hs_habits_drop_again(const hs_span *pages, size_t count, hs_article *a, hs_arena *arena) {
  hs_block *blocks = NULL;
  for (size_t i = 0; count && i < a->block_count; i++) {
    if (!a->blocks[i].kept || !is_listed(pages, count, a->blocks[i].page)) continue;
    if (!blocks) blocks = blocks_of(a, arena);
    drop_block(&blocks[i]);
  }
  if (blocks) use(a, blocks, arena);
}
