/* What changed between two versions: quotations by their words and speakers, sentences by their order and words. */
#include "report/diff.h"

#include "base/hash.h"
#include "nlp/token.h"
#include "report/align.h"

#include <stdlib.h>

enum {
  MOST_COMPARED = 1000, /* quotations or sentences that are compared word by word */
  MOST_WORDS = 250      /* of each */
};
static const double ALIKE = 0.5, ALIKE_OF_ANOTHER = 0.7; /* share of words that two wordings have in common */

const char *hs_change_word(hs_change_kind kind) {
  static const char *const words[] = {"same", "removed", "added", "reworded"};
  return words[kind];
}

/* ---- words and wordings as numbers */

static void number_words(hs_edition *v, hs_arena *arena) {
  const hs_analysis *a = &v->doc->analysis;
  v->words = hs_arena_alloc(arena, (a->token_count + 1) * sizeof *v->words);
  for (size_t i = 0; i < a->token_count; i++)
    if (a->classes[i] & (HS_TOKEN_WORD | HS_TOKEN_NUMBER))
      v->words[i] = hs_hash(hs_str_at(v->doc->article.text, a->tokens[i].span), 0) | 1;
  v->sentences = hs_arena_alloc(arena, (a->sentence_count + 1) * sizeof *v->sentences);
  for (size_t i = 0; i < a->sentence_count; i++) {
    uint64_t hash = 0;
    for (uint32_t t = a->sentences[i].first; t < a->sentences[i].end; t++)
      hash = hs_hash(hs_str_at(v->doc->article.text, a->tokens[t].span), hash);
    v->sentences[i] = hash;
  }
}

void hs_diff_tokens(const hs_edition *v, hs_span span, size_t *first, size_t *end) {
  const hs_analysis *a = &v->doc->analysis;
  size_t low = 0, high = a->token_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (a->tokens[middle].span.end <= span.start) low = middle + 1;
    else high = middle;
  }
  *first = *end = low;
  while (*end < a->token_count && a->tokens[*end].span.start < span.end) ++*end;
}

/* The words of something, sorted, so that two can be compared. */
typedef struct bag {
  uint64_t *words;
  size_t count;
  uint64_t wording; /* the same for the same words in the same order */
  const char *speaker;
} bag;

static int by_number(const void *a, const void *b) {
  uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

static void add_words(bag *out, const hs_edition *v, hs_span span) {
  size_t first, end;
  hs_diff_tokens(v, span, &first, &end);
  for (size_t i = first; i < end; i++) {
    if (!v->words[i]) continue;
    out->wording = hs_hash((hs_str){(const char *)&v->words[i], sizeof v->words[i]}, out->wording);
    if (out->count < MOST_WORDS) out->words[out->count++] = v->words[i];
  }
}

static bag bag_of(const hs_edition *v, hs_arena *arena, const hs_span *spans, size_t count) {
  size_t first, end, most = 0;
  for (size_t i = 0; i < count; i++) {
    hs_diff_tokens(v, spans[i], &first, &end);
    most += end - first;
  }
  bag out = {.words = hs_arena_alloc(arena, ((most < MOST_WORDS ? most : MOST_WORDS) + 1) * sizeof *out.words)};
  for (size_t i = 0; i < count; i++) add_words(&out, v, spans[i]);
  qsort(out.words, out.count, sizeof *out.words, by_number);
  return out;
}

static double likeness(const bag *a, const bag *b) {
  size_t common = 0;
  for (size_t i = 0, j = 0; i < a->count && j < b->count;) {
    if (a->words[i] == b->words[j]) common++, i++, j++;
    else if (a->words[i] < b->words[j]) i++;
    else j++;
  }
  return a->count + b->count ? 2.0 * (double)common / (double)(a->count + b->count) : 0;
}

/* ---- quotations */

static bag *quotation_bags(const hs_edition *v, hs_arena *arena) {
  bag *bags = hs_arena_alloc(arena, (v->doc->quotation_count + 1) * sizeof *bags);
  for (size_t i = 0; i < v->doc->quotation_count; i++) {
    const hs_quotation *q = &v->doc->quotations[i];
    bags[i] = bag_of(v, arena, q->contents, q->content_count);
    bags[i].speaker = q->speaker == HS_NONE ? NULL : v->doc->actors[q->speaker].name;
  }
  return bags;
}

static bool same_speaker(const bag *a, const bag *b) {
  return a->speaker == b->speaker || (a->speaker && b->speaker && strcmp(a->speaker, b->speaker) == 0);
}

/* 2 if quotations A and B are the same, 1.5 if another speaker says the same words, else 0. */
static double sameness(const bag *a, const bag *b) {
  if (a->wording != b->wording || a->count != b->count) return 0;
  return same_speaker(a, b) ? 2 : 1.5;
}

/* The likeness of A and B, if one may be a rewording of the other, else 0. */
static double rewording(const bag *a, const bag *b) {
  double share = likeness(a, b);
  return share >= (same_speaker(a, b) ? ALIKE : ALIKE_OF_ANOTHER) ? share : 0;
}

/* Pairs each of A with the one of B that it is most one with: first the same, then the same words of somebody else,
 * then the reworded. */
static void pair_quotations(const bag *a, size_t a_count, int *a_pairs, const bag *b, size_t b_count, int *b_pairs) {
  static const struct {
    double (*oneness)(const bag *a, const bag *b);
    double floor;
  } rounds[] = {{sameness, 2}, {sameness, 1.5}, {rewording, 0.01}};
  if (a_count > MOST_COMPARED) a_count = MOST_COMPARED;
  if (b_count > MOST_COMPARED) b_count = MOST_COMPARED;
  for (size_t round = 0; round < sizeof rounds / sizeof *rounds; round++)
    for (size_t i = 0; i < a_count; i++) {
      double best = 0;
      int choice = HS_NONE;
      for (size_t j = 0; a_pairs[i] == HS_NONE && j < b_count; j++) {
        double share = b_pairs[j] == HS_NONE ? rounds[round].oneness(&a[i], &b[j]) : 0;
        if (share >= rounds[round].floor && share > best) best = share, choice = (int)j;
      }
      if (choice != HS_NONE) a_pairs[i] = choice, b_pairs[choice] = (int)i;
    }
}

static int *no_pairs(hs_arena *arena, size_t count) {
  int *pairs = hs_arena_alloc(arena, (count + 1) * sizeof *pairs);
  for (size_t i = 0; i < count; i++) pairs[i] = HS_NONE;
  return pairs;
}

static void find_quotations(hs_diff *d) {
  size_t a_count = d->before.doc->quotation_count, b_count = d->after.doc->quotation_count;
  const bag *a = quotation_bags(&d->before, d->arena), *b = quotation_bags(&d->after, d->arena);
  int *a_pairs = no_pairs(d->arena, a_count), *b_pairs = no_pairs(d->arena, b_count);
  pair_quotations(a, a_count, a_pairs, b, b_count, b_pairs);
  for (size_t i = 0; i < a_count; i++)
    if (a_pairs[i] == HS_NONE) hs_push(d->arena, d->quotations, ((hs_change){HS_CHANGE_REMOVED, (int)i, HS_NONE}));
  for (size_t j = 0; j < b_count; j++) {
    int i = b_pairs[j];
    if (i == HS_NONE) hs_push(d->arena, d->quotations, ((hs_change){HS_CHANGE_ADDED, HS_NONE, (int)j}));
    else if (sameness(&a[i], &b[j]) >= 2) d->same_quotations++;
    else hs_push(d->arena, d->quotations, ((hs_change){HS_CHANGE_REWORDED, i, (int)j}));
  }
}

/* ---- sentences */

static bag *sentence_bags(const hs_edition *v, hs_arena *arena, size_t first, size_t end) {
  bag *bags = hs_arena_alloc(arena, (end - first + 1) * sizeof *bags);
  for (size_t i = first; i < end; i++) bags[i - first] = bag_of(v, arena, &v->doc->analysis.sentences[i].span, 1);
  return bags;
}

static void add_sentence(hs_diff *d, hs_change_kind kind, int before, int after) {
  hs_push(d->arena, d->sentences, ((hs_change){kind, before, after}));
}

/* What stands between two sentences that stayed: [a, a_end) went, [b, b_end) came. One that came is told as the
 * rewording of the first one that went and is like it, without crossing; around those, what went is told first. */
static void find_gap(hs_diff *d, size_t a, size_t a_end, size_t b, size_t b_end) {
  bool few = (a_end - a) * (b_end - b) <= MOST_COMPARED;
  const bag *went = few ? sentence_bags(&d->before, d->arena, a, a_end) : NULL;
  const bag *came = few ? sentence_bags(&d->after, d->arena, b, b_end) : NULL;
  size_t told = a, shown = b;
  for (size_t j = b; few && j < b_end; j++) {
    size_t i = told;
    while (i < a_end && likeness(&went[i - a], &came[j - b]) < ALIKE) i++;
    if (i == a_end) continue;
    while (told < i) add_sentence(d, HS_CHANGE_REMOVED, (int)told++, HS_NONE);
    while (shown < j) add_sentence(d, HS_CHANGE_ADDED, HS_NONE, (int)shown++);
    add_sentence(d, HS_CHANGE_REWORDED, (int)told++, (int)shown++);
  }
  while (told < a_end) add_sentence(d, HS_CHANGE_REMOVED, (int)told++, HS_NONE);
  while (shown < b_end) add_sentence(d, HS_CHANGE_ADDED, HS_NONE, (int)shown++);
}

static void find_sentences(hs_diff *d) {
  size_t a_count = d->before.doc->analysis.sentence_count, b_count = d->after.doc->analysis.sentence_count;
  const int32_t *pairs = hs_align(d->arena, d->before.sentences, a_count, d->after.sentences, b_count);
  size_t a = 0, b = 0;
  for (size_t i = 0; i < a_count; i++) {
    if (pairs[i] == HS_UNPAIRED) continue;
    find_gap(d, a, i, b, (size_t)pairs[i]);
    a = i + 1, b = (size_t)pairs[i] + 1;
    d->same_sentences++;
  }
  find_gap(d, a, a_count, b, b_count);
}

void hs_diff_find(hs_diff *d) {
  number_words(&d->before, d->arena);
  number_words(&d->after, d->arena);
  find_quotations(d);
  find_sentences(d);
}
