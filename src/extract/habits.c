#include "extract/habits.h"

#include "base/hash.h"
#include "extract/compose.h"

#include <stdlib.h>

enum { FIRST_BLOCKS = 2, LAST_BLOCKS = 6, LEAST_BYTES = 30, MOST_BYTES = 1500 };

const char hs_habits_reason[] = "keeps coming back on this outlet";

struct hs_habits {
  int64_t *items;
  size_t count, capacity;
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

static bool is_habit(const hs_block *b) { return b->reason && strcmp(b->reason, hs_habits_reason) == 0; }

/* May block B be furniture, by its length and its place, the one with the number PLACE of COUNT that were kept? */
static bool may_be(const hs_block *b, size_t place, size_t count) {
  size_t size = b->words.end - b->words.start;
  bool at_end = place < FIRST_BLOCKS || place + LAST_BLOCKS >= count;
  return at_end && size >= LEAST_BYTES && size <= MOST_BYTES && b->kind != HS_BLOCK_TITLE;
}

/* The indices of the blocks that may be furniture. */
static size_t candidates(const hs_article *a, size_t out[HS_PASSAGES]) {
  size_t count = 0, place = 0, found = 0;
  for (size_t i = 0; i < a->block_count; i++) count += a->blocks[i].kept || is_habit(&a->blocks[i]);
  for (size_t i = 0; i < a->block_count && a->words; i++) {
    const hs_block *b = &a->blocks[i];
    if (!b->kept && !is_habit(b)) continue;
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

hs_habits *hs_habits_new(void) { return hs_calloc(1, sizeof(hs_habits)); }

void hs_habits_free(hs_habits *h) {
  if (!h) return;
  free(h->items);
  free(h);
}

static int64_t key_of(const char *outlet, int64_t hash) {
  return (int64_t)hs_hash((hs_str){(const char *)&hash, sizeof hash}, hs_hash(hs_str_of(outlet), 0));
}

void hs_habits_add(hs_habits *h, const char *outlet, int64_t hash) {
  if (h->count == h->capacity) {
    h->capacity = h->capacity ? h->capacity * 2 : 64;
    h->items = hs_realloc(h->items, h->capacity * sizeof *h->items);
  }
  h->items[h->count++] = key_of(outlet, hash);
}

static int by_key(const void *a_, const void *b_) {
  const int64_t *a = a_, *b = b_;
  return *a < *b ? -1 : *a > *b;
}

void hs_habits_sort(hs_habits *h) {
  if (h->count) qsort(h->items, h->count, sizeof *h->items, by_key);
}

void hs_habits_drop(const hs_habits *h, hs_article *a, hs_arena *arena) {
  const char *outlet = h && h->count ? hs_habits_outlet(a, arena) : NULL;
  size_t indices[HS_PASSAGES], found = outlet ? candidates(a, indices) : 0, all = 0, dropped = 0;
  for (size_t i = 0; i < a->block_count; i++)
    if (a->blocks[i].kept) all += a->blocks[i].words.end - a->blocks[i].words.start;
  hs_block *blocks = NULL;
  for (size_t i = 0; i < found; i++) {
    hs_str text = hs_str_at(a->words, a->blocks[indices[i]].words);
    int64_t key = key_of(outlet, hash_of(text));
    if ((dropped + text.size) * 2 >= all || !bsearch(&key, h->items, h->count, sizeof key, by_key)) continue;
    if (!blocks) {
      blocks = hs_arena_alloc(arena, a->block_count * sizeof *blocks);
      memcpy(blocks, a->blocks, a->block_count * sizeof *blocks);
    }
    blocks[indices[i]].kept = false;
    blocks[indices[i]].reason = hs_habits_reason;
    dropped += text.size;
  }
  if (!blocks) return;
  a->blocks = blocks;
  if (!a->element_count) return; /* the text of a plain page is the whole page, whatever is dropped from it */
  hs_str text = hs_compose(blocks, a->block_count, a->words, arena);
  a->text = text.data, a->text_size = (uint32_t)text.size;
}
