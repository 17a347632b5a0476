#include "annotate/doubt.h"

#include "annotate/branch.h"
#include "annotate/frame.h"
#include "annotate/mention.h"

enum { RELATIVE_WORDS = 4, NEAR = 6 };

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

static bool is_none(const hs_words *w, const hs_attribution *a) {
  if (hs_range_empty(a->cue)) return false;
  if (is_article(w, a) || is_asked(w, a)) return true;
  return a->confidence < w->rules->thresholds[HS_LEAST_OF_THING] && is_deed(w, a);
}

/* "…, claims Orlo denies": what the finder took for somebody's words is who denies them. */
static void turn(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range content = a->contents.items[0];
  uint32_t verb = content.end - 1;
  bool follows = a->contents.count == 1 && content.first == a->cue.end && content.end - content.first > 1 &&
                 content.end - content.first <= RELATIVE_WORDS && is_one(a->cue) && !s->marks->at[verb];
  const hs_entry *e = hs_words_entry(w, verb);
  bool finite = e->complements && e->cue_forms & (HS_CUE_PAST | HS_CUE_PRESENT) && !hs_words_class(w, verb, "NOUN");
  if (!follows || !finite || !(w->items[content.first].shape & HS_TOKEN_CAPITAL)) return;
  hs_range said = a->cue;
  a->source = (hs_range){content.first, verb};
  a->cue = (hs_range){verb, content.end};
  a->verb = verb;
  a->contents.items[0] = said;
}

/* "The comments come after Tarn Press reported that": with a clause of "that" behind the cue nothing before the source
 * is said; nor is the "it" of "it was reported". */
static void drop_parts(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  bool clause = false;
  uint32_t before = hs_range_empty(a->source) || a->source.first > a->cue.first ? a->cue.first : a->source.first;
  for (size_t k = 0; k < a->contents.count; k++)
    clause = clause || (a->contents.items[k].first >= a->cue.end &&
                        hs_words_is(w, a->contents.items[k].first, HS_COMPLEMENTIZER));
  size_t kept = 0;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range part = a->contents.items[k];
    bool outside = clause && part.end <= before && !s->marks->at[part.first];
    bool it =
        is_one(part) && hs_words_entry(w, part.first)->gender == HS_GENDER_THING && hs_branch_is(w, part.first, "expl");
    bool last = k + 1 == a->contents.count && !kept;
    if ((!outside && !it) || last) a->contents.items[kept++] = part;
  }
  a->contents.count = kept;
}

/* "issued a rebuke following reports that the dam leaks": a clause that hangs on another noun that reports is what that
 * one tells. */
static void give_noun(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range said = a->contents.items[0];
  if (a->contents.count > 1 || said.first < a->cue.end || !hs_words_is(w, said.first, HS_COMPLEMENTIZER)) return;
  uint32_t verb = hs_branch_up(w, said.first), noun = verb == HS_NO_TOKEN ? verb : hs_branch_up(w, verb);
  bool between = noun != HS_NO_TOKEN && noun >= a->cue.end && noun < said.first && hs_branch_is(w, verb, "acl");
  if (!between || !hs_words_entry(w, noun)->complements || !hs_words_class(w, noun, "NOUN") ||
      hs_branch_is(w, noun, "obj") || hs_branch_is(w, noun, "conj"))
    return;
  a->cue = (hs_range){noun, noun + 1};
  a->verb = noun;
  a->source = (hs_range){noun, noun};
  if (noun > 0 && hs_words_is(w, noun - 1, HS_POSSESSIVE)) a->source.first--;
}

/* "stressed that it is new, stating, “…”": what a nearer cue of the sentence has for itself is not said twice. */
static void drop_shared(const hs_search *s, size_t index) {
  hs_attribution *a = &s->found.items[index];
  for (size_t k = 1; k < a->contents.count; k++) {
    hs_range part = a->contents.items[k], before = a->contents.items[k - 1];
    for (size_t i = index + 1; i < s->found.count && i < index + NEAR; i++) {
      const hs_attribution *b = &s->found.items[i];
      hs_range said = b->contents.items[0];
      bool same = said.first == part.first && b->cue.first >= before.end && b->cue.end <= part.first;
      if (!same || hs_range_empty(b->cue)) continue;
      a->contents.count = k;
      return;
    }
  }
}

void hs_search_doubt(hs_search *s) {
  size_t kept = 0;
  for (size_t i = 0; i < s->found.count; i++) {
    hs_attribution *a = &s->found.items[i];
    if (is_none(s->words, a)) continue;
    turn(s, a);
    drop_parts(s, a);
    give_noun(s, a);
    drop_shared(s, i);
    s->found.items[kept++] = *a;
  }
  s->found.count = kept;
}
