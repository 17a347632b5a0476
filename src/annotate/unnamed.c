#include "annotate/unnamed.h"

#include "annotate/branch.h"

#include <stdlib.h>

enum { TOLD_WORDS = 12, LEAD_WORDS = 6, NEAR_SENTENCES = 2 };

static char mark(const hs_words *w, uint32_t i) { return w->items[i].mark; }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }

/* "three", "3", "an"; 0 if the word counts nothing. */
static int number_of(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_entry(w, i);
  if (e->timeword == HS_TIMEWORD_NUMBER) return e->time_number;
  if (!hs_words_has(w, i, HS_TOKEN_NUMBER)) return 0;
  hs_str s = hs_words_str(w, i);
  int number = 0;
  for (size_t k = 0; k < s.size; k++) {
    if (s.data[k] == ',' && k) continue;
    if (!hs_is_digit(s.data[k]) || number > 100000) return 0;
    number = number * 10 + (s.data[k] - '0');
  }
  return number;
}

static bool ends_told(const hs_words *w, uint32_t i) {
  char m = mark(w, i);
  return (m && !(m == '-' && hs_words_has(w, i, HS_SHAPE_GLUED))) || is(w, i, HS_RELATIVE);
}

/* "familiar with the talks": from the words at I on, which say so, to where the clause ends, before END. */
static hs_range told_from(const hs_words *w, uint32_t i, uint32_t size, uint32_t end) {
  hs_range range = {i, i + size};
  while (range.end < end && range.end < i + TOLD_WORDS && !ends_told(w, range.end)) range.end++;
  return range;
}

void hs_unnamed_describe(hs_cast_member *m, const hs_words *w, hs_range source) {
  for (uint32_t i = source.first; i < source.end; i++) {
    if (ends_told(w, i) || is(w, i, HS_PREPOSITION)) break;
    uint32_t end;
    int number = hs_words_age(w, i, &end) ? 0 : number_of(w, i); /* "a 19-year-old cashier" */
    if (number && !m->number) m->number = number;
  }
  bool one = m->type == HS_ACTOR_ANONYMOUS && m->role && !m->plural;
  if (!m->number && one) m->number = 1;
  for (uint32_t i = source.first, size; i < source.end && m->closeness.first >= m->closeness.end; i += size)
    if (hs_words_phrase(w, i, source.end, &size)->closeness) m->closeness = told_from(w, i, size, source.end);
}

/* The words at I with the relative pronoun or participle that leads to them: "who was not authorised to speak". */
static hs_range with_lead(const hs_words *w, uint32_t i, uint32_t size, uint32_t low) {
  hs_range range = {i, i + size};
  if (hs_branch_is(w, i, "amod")) return range; /* "citing unnamed officials" */
  for (uint32_t k = i; k-- > low && k + LEAD_WORDS >= i;) {
    if (mark(w, k)) break;
    const hs_entry *e = hs_words_entry(w, k);
    if (e->pronoun == HS_CASE_RELATIVE || hs_words_has(w, k, HS_SHAPE_ING)) {
      range.first = k;
      break;
    }
    if (is(w, k, HS_DETERMINER | HS_CONJUNCTION)) break;
  }
  return range;
}

typedef struct placed {
  uint32_t sentence, token, attribution;
} placed;

static int by_token(const void *a_, const void *b_) {
  const placed *a = a_, *b = b_;
  if (a->token != b->token) return (a->token > b->token) - (a->token < b->token);
  return (a->attribution > b->attribution) - (a->attribution < b->attribution);
}

/* The attributions with a source, in the order of their sources. */
static placed *place_sources(const hs_cast *cast, const hs_search *s, size_t *count) {
  placed *all = hs_arena_alloc(cast->arena, (s->found.count + 1) * sizeof *all);
  *count = 0;
  for (size_t i = 0; i < s->found.count; i++) {
    hs_range source = s->found.items[i].source;
    if (source.first < source.end)
      all[(*count)++] = (placed){cast->words->sentence_of[source.first], source.first, (uint32_t)i};
  }
  if (*count) qsort(all, *count, sizeof *all, by_token);
  return all;
}

/* The anonymous one to whom the words at TOKEN belong: of their own sentence, else whoever spoke right before. */
static int unnamed_at(const hs_cast *cast, const placed *all, size_t count, const int *speaker, uint32_t token) {
  uint32_t sentence = cast->words->sentence_of[token];
  size_t low = 0, high = count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (all[middle].token <= token) low = middle + 1;
    else high = middle;
  }
  uint32_t first = cast->words->sentences[sentence].first;
  bool other =
      is(cast->words, first, HS_DETERMINER) && !is(cast->words, first, HS_DEFINITE); /* "A diplomat, too, spoke" */
  unsigned reach = other ? 0 : NEAR_SENTENCES;
  for (size_t k = low; k > 0 && k + 4 > low && all[k - 1].sentence + reach >= sentence; k--) {
    int member = speaker[all[k - 1].attribution];
    if (member != HS_NONE && cast->members.items[member].type == HS_ACTOR_ANONYMOUS) return member;
  }
  for (size_t k = low; k < count && k < low + 2 && all[k].sentence <= sentence + (other ? NEAR_SENTENCES : 0); k++) {
    int member = speaker[all[k].attribution];
    if (member != HS_NONE && cast->members.items[member].type == HS_ACTOR_ANONYMOUS) return member;
  }
  return HS_NONE;
}

void hs_unnamed_explain(hs_cast *cast, const hs_search *s, const int *speaker) {
  const hs_words *w = cast->words;
  size_t count;
  placed *all = place_sources(cast, s, &count);
  for (uint32_t i = 0, size; i < w->count; i += size) {
    uint32_t low = w->sentences[w->sentence_of[i]].first, end = w->sentences[w->sentence_of[i]].end;
    if (!hs_words_phrase(w, i, end, &size)->anonymity) continue;
    int member = unnamed_at(cast, all, count, speaker, i);
    if (member == HS_NONE) continue;
    hs_range *anonymity = &cast->members.items[member].anonymity;
    if (anonymity->first >= anonymity->end) *anonymity = with_lead(w, i, size, low);
  }
}
