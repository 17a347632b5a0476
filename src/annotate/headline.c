/* Headlines: telegrams whose speaker stands before a colon, at the end or behind a dash. */
#include "annotate/attribution.h"
#include "annotate/frame.h"
#include "annotate/mention.h"
#include "annotate/phrase.h"

enum { LEAST_WORDS = 3, TAIL_WORDS = 8, SIGNER_WORDS = 5 };

static const float SURE = 0.85f;

/* Keeps A, or puts it in the place of what was found at its verb. */
static void keep(hs_search *s, hs_attribution *a) {
  uint32_t at = a->verb < s->words->count ? s->cue_at[a->verb] : 0;
  if (at) s->found.items[at - 1].contents.count = 0;
  hs_search_keep(s, a);
}

/* Does token I tell of speaking, as "says" and "warn" do? */
static bool tells(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_entry(w, i);
  return e->complements & (HS_COMPLEMENT_SPEECH | HS_COMPLEMENT_THAT) &&
         e->cue_forms & (HS_CUE_BASE | HS_CUE_PRESENT | HS_CUE_PAST) && !(e->cue_forms & HS_CUE_GERUND);
}

/* "Two dead in Teal, say police", "Dam ‘could fail within days’, engineers warn". */
static bool find_tail(hs_search *s, uint32_t low, uint32_t high) {
  const hs_words *w = s->words;
  uint32_t comma = high, first;
  while (comma > low && (w->items[comma - 1].mark != ',' || s->marks->at[comma - 1])) comma--;
  first = comma--;
  if (first < low + 1 + LEAST_WORDS || high < first + 2 || high - first > TAIL_WORDS) return false;
  uint32_t verb = tells(w, first) ? first : high - 1;
  hs_attribution a = {.cue = {verb, verb + 1}, .verb = verb, .confidence = SURE};
  a.source = verb == first ? (hs_range){first + 1, high} : (hs_range){first, verb};
  bool clause = hs_words_is(w, a.source.first, HS_SUBORDINATOR | HS_PREPOSITION | HS_CONJUNCTION | HS_RELATIVE);
  bool spoken = tells(w, verb) && !clause && !s->marks->at[a.source.first];
  for (uint32_t i = a.source.first; i < a.source.end; i++) spoken = spoken && !w->items[i].mark;
  if (!spoken || (verb == first && hs_mention_read(w, a.source).unknown)) return false; /* ", signals cut in June" */
  hs_push(s->arena, a.contents, ((hs_range){low, comma}));
  keep(s, &a);
  return true;
}

/* ‘We will not be moved’ – Orlo. */
static bool find_dash(hs_search *s, uint32_t low, uint32_t high) {
  const hs_words *w = s->words;
  if (!s->marks->at[low]) return false;
  const hs_quoted *q = &s->marks->items[s->marks->at[low] - 1];
  uint32_t dash = q->range.end;
  hs_range who = {dash + 1, high};
  if (q->range.first != low || dash + 1 >= high || w->items[dash].mark != '-' || high - dash > SIGNER_WORDS)
    return false;
  if (!hs_search_is_label(w, who) || hs_words_is(w, who.first, HS_PREPOSITION | HS_SUBORDINATOR)) return false;
  hs_attribution a = {.cue = {dash, dash + 1}, .verb = dash, .source = who, .confidence = SURE};
  hs_push(s->arena, a.contents, q->range);
  keep(s, &a);
  return true;
}

bool hs_search_headline(hs_search *s, uint32_t sentence) {
  uint32_t low = hs_words_opening(s->words, sentence), high = hs_sentence_high(s->words, sentence);
  return low < high && (find_tail(s, low, high) || find_dash(s, low, high));
}
