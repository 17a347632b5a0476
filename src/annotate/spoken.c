#include "annotate/spoken.h"

#include "annotate/frame.h"
#include "annotate/phrase.h"

static bool speaks(const hs_entry *e) { return e->role == HS_ROLE_SPOKESPERSON || e->role == HS_ROLE_SPOKESPEOPLE; }

bool hs_spoken_role(const hs_words *w, uint32_t i, uint32_t *size) {
  return speaks(hs_words_phrase(w, i, w->count, size));
}

/* May the word I stand before a role and say whose it is: "Kremlin spokesman", "police spokesman"? */
static bool is_modifier(const hs_words *w, uint32_t i) {
  if (w->items[i].mark) return w->items[i].mark == '-' || w->items[i].mark == '&' || w->items[i].mark == '/';
  bool first = hs_words_has(w, i, HS_SHAPE_FIRST) && hs_words_is(w, i, HS_DETERMINER | HS_POSSESSIVE | HS_PREPOSITION);
  if (hs_words_has(w, i, HS_TOKEN_CAPITAL)) return !first;
  const hs_entry *e = hs_words_entry(w, i);
  return !(e->grammar & ~(uint32_t)HS_VERB) && !e->pronoun && !e->weekday && !hs_phrase_is_verb(w, i);
}

static hs_range before(const hs_words *w, uint32_t role) {
  uint32_t low = w->sentences[w->sentence_of[role]].first, first = role;
  while (first > low && is_modifier(w, first - 1) && !hs_words_has(w, first - 1, HS_TOKEN_CLITIC)) first--;
  if (first > low && hs_words_has(w, first - 1, HS_TOKEN_CLITIC)) return hs_phrase_before(w, low, first - 1);
  if (first > low && hs_words_entry(w, first - 1)->pronoun == HS_CASE_POSSESSIVE) return (hs_range){first - 1, first};
  while (first < role && hs_words_class(w, first, "ADJ") && !hs_words_has(w, first, HS_TOKEN_CAPITAL) &&
         (hs_words_entry(w, first)->rank || !hs_words_entry(w, first + 1)->institution)) /* "foreign ministry" */
    first++;
  return (hs_range){first, role};
}

hs_range hs_spoken_for(const hs_words *w, uint32_t role) {
  uint32_t size;
  hs_spoken_role(w, role, &size);
  uint32_t next = role + size, end = w->sentences[w->sentence_of[role]].end;
  bool bound = next + 1 < end && hs_words_is(w, next, HS_BINDING) && !hs_words_is(w, next, HS_LOCATIVE);
  if (bound) {
    hs_range whom = hs_frame_phrase(w, next + 1, end, false);
    if (!hs_range_empty(whom)) return whom;
  }
  bool plain = speaks(hs_words_entry(w, next - 1)); /* "government spokesman": for the government */
  return before(w, plain ? next - 1 : role);
}
