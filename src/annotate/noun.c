#include "annotate/noun.h"

#include "annotate/branch.h"
#include "annotate/frame.h"
#include "base/limits.h"

enum { POSSESSOR_REACH = 12 };

/* Does token I tell the day of a noun behind it: "September 12th warning", "Monday statement"? */
static bool is_day(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_entry(w, i);
  return e->month || e->weekday || hs_words_has(w, i, HS_TOKEN_NUMBER);
}

/* Whose the NOUN is, with the "'s"; empty if the text does not tell. */
static hs_range possessor_of(const hs_words *w, uint32_t noun) {
  uint32_t low = w->sentences[w->sentence_of[noun]].first, first = noun;
  if (low + POSSESSOR_REACH < noun) low = noun - POSSESSOR_REACH;
  for (uint32_t i = noun; i-- > low;) {
    if (hs_branch_up(w, i) != noun || !w->tokens[i].relation || strcmp(w->tokens[i].relation, "nmod:poss") != 0)
      continue;
    hs_range range = hs_branch_around(w, i);
    if (range.end > noun) range.end = noun;
    return range;
  }
  while (first > low + 1 && is_day(w, first - 1)) first--; /* the tree may not see past a day */
  bool owned = first > low && first < noun && hs_words_has(w, first - 1, HS_TOKEN_CLITIC);
  uint32_t owner = owned ? hs_branch_up(w, first - 1) : HS_NO_TOKEN;
  if (owner == HS_NO_TOKEN || owner >= first) return (hs_range){noun, noun};
  return (hs_range){hs_branch_around(w, owner).first, first};
}

/* The clause of "that" which hangs on NOUN right behind it; empty if there is none. */
static hs_range clause_behind(const hs_words *w, uint32_t noun) {
  hs_range none = {noun, noun};
  uint32_t that = noun + 1;
  if (that >= w->count || !hs_words_is(w, that, HS_COMPLEMENTIZER) || !hs_branch_is(w, that, "mark")) return none;
  uint32_t verb = hs_branch_up(w, that);
  if (verb == HS_NO_TOKEN || hs_branch_up(w, verb) != noun) return none;
  hs_range range = {that, hs_branch_around(w, verb).end};
  while (range.end > that + 1 && w->items[range.end - 1].mark && !hs_words_has(w, range.end - 1, HS_TOKEN_QUOTE))
    range.end--;
  return range;
}

void hs_search_nouns(hs_search *s) {
  const hs_words *w = s->words;
  for (uint32_t i = 0; i < w->count && w->parsed && s->found.count <= HS_LIMIT_QUOTATIONS; i++) {
    if (!hs_words_entry(w, i)->force || s->cue_at[i] || s->marks->at[i] || !hs_words_class(w, i, "NOUN")) continue;
    hs_attribution a = {.cue = {i, i + 1}, .verb = i, .source = possessor_of(w, i), .confidence = HS_SURE_OF_MISSED};
    hs_range said = clause_behind(w, i);
    uint32_t verb = hs_frame_verb(w, i);
    bool framing = verb != HS_NO_TOKEN && s->cue_at[verb]; /* "warned in her report that" */
    if (hs_range_empty(a.source) || hs_range_empty(said) || framing) continue;
    hs_push(s->arena, a.contents, said);
    hs_search_keep(s, &a);
  }
}
