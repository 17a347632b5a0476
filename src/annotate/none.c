#include "annotate/doubt.h"

#include "annotate/branch.h"
#include "annotate/frame.h"
#include "annotate/mention.h"

static bool is_one(hs_range range) { return range.end == range.first + 1; }

/* "the reports about": is the source nothing but the article of the cue? */
static bool is_article(const hs_words *w, const hs_attribution *a) {
  uint32_t up = is_one(a->source) ? hs_branch_up(w, a->source.first) : HS_NO_TOKEN;
  return up != HS_NO_TOKEN && hs_range_holds(a->cue, up) && hs_branch_is(w, a->source.first, "det") &&
         hs_words_is(w, a->source.first, HS_DETERMINER) && !hs_words_entry(w, a->source.first)->pronoun;
}

/* "when asked to comment": whoever stands before it was asked, and did not ask. */
static bool is_asked(const hs_words *w, const hs_attribution *a) {
  const hs_entry *e = hs_words_entry(w, a->cue.first);
  bool hears = e->complements & (HS_COMPLEMENT_HEARER_INF | HS_COMPLEMENT_HEARER_WH | HS_COMPLEMENT_HEARER_ABOUT);
  return is_one(a->cue) && a->cue.first > 0 && hears && e->cue_forms & HS_CUE_PARTICIPLE &&
         hs_words_is(w, a->cue.first - 1, HS_SUBORDINATOR) && a->source.first < a->cue.first;
}

/* "Drones attacked a depot", "the war claimed two lives": a deed of a thing, by a word for speech. */
static bool is_deed(const hs_words *w, const hs_attribution *a) {
  uint8_t force = hs_words_entry(w, a->verb)->force;
  if (hs_range_empty(a->source) || !w->parsed || (force != HS_FORCE_ACCUSATION + 1 && force != HS_FORCE_CLAIM + 1))
    return false;
  uint32_t head = hs_branch_head(w, a->source);
  if (head >= a->source.end || hs_words_name(w, head) || hs_words_entry(w, head)->institution) return false;
  bool noun = hs_words_class(w, head, "NOUN");
  return noun && hs_mention_read(w, a->source).unknown;
}

/* "an effort which will see the guard attempt to close it": what a thing sees, claims or accuses of is no word. */
static bool is_of_thing(const hs_words *w, const hs_attribution *a) {
  uint8_t force = hs_words_entry(w, a->verb)->force;
  uint32_t which = a->source.first, verb = is_one(a->source) ? hs_branch_up(w, which) : HS_NO_TOKEN;
  uint32_t noun = verb == HS_NO_TOKEN || !hs_branch_is(w, verb, "acl") ? HS_NO_TOKEN : hs_branch_up(w, verb);
  if (noun == HS_NO_TOKEN || hs_words_entry(w, which)->pronoun != HS_CASE_RELATIVE || force != HS_FORCE_BELIEF + 1)
    return false;
  const hs_entry *e = hs_words_entry(w, noun);
  return hs_words_entry(w, which)->gender == HS_GENDER_THING && hs_words_class(w, noun, "NOUN") && !e->role &&
         !e->institution && !e->press;
}

/* "he said, referring to the dam": does it tell what was meant, and not what it was called? */
static bool is_gloss(const hs_words *w, const hs_attribution *a) {
  uint32_t size, end = a->contents.items[a->contents.count - 1].end;
  if (!(hs_words_phrase(w, a->cue.first, w->count, &size)->links & HS_LINK_GLOSS)) return false;
  for (uint32_t i = a->contents.items[0].first; i < end; i++)
    if (hs_words_is(w, i, HS_COMPARISON)) return false;
  return true;
}

/* "You agree to receive offers": what the page tells its reader is nobody's word. */
static bool is_reader(const hs_words *w, const hs_attribution *a) {
  return is_one(a->source) && hs_words_entry(w, a->source.first)->number == HS_NUMBER_SECOND;
}

bool hs_doubt_is_none(const hs_search *s, const hs_attribution *a) {
  const hs_words *w = s->words;
  if (is_reader(w, a) && !s->marks->at[a->source.first]) return true;
  if (hs_range_empty(a->cue)) return false;
  if (is_article(w, a) || is_asked(w, a) || is_gloss(w, a)) return true;
  return a->confidence < w->rules->thresholds[HS_LEAST_OF_THING] && (is_deed(w, a) || is_of_thing(w, a));
}
