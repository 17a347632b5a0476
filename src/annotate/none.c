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
  if (!is_one(a->cue) || !hears || !(e->cue_forms & HS_CUE_PARTICIPLE)) return false;
  return a->cue.first > 0 && hs_words_is(w, a->cue.first - 1, HS_SUBORDINATOR) && a->source.first < a->cue.first;
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

/* Does what A says hold a word that says as what something is taken, or a verb? */
static bool judges(const hs_words *w, const hs_attribution *a) {
  for (size_t k = 0; k < a->contents.count; k++)
    for (uint32_t i = a->contents.items[k].first; i < a->contents.items[k].end; i++)
      if (hs_words_is(w, i, HS_COMPARISON) || hs_words_class(w, i, "VERB") || hs_words_class(w, i, "AUX") ||
          (hs_words_has(w, i, HS_TOKEN_QUOTE) && i == a->contents.items[k].first))
        return true;
  return false;
}

/* "had not seen confirmation of the reports": what somebody meets is nothing that he holds. */
static bool is_met(const hs_words *w, const hs_attribution *a) {
  return hs_words_links(w, a->verb, HS_LINK_SIGHT) && w->parsed && !judges(w, a);
}

/* "referred reporters to a statement": somebody is sent to what was said, and nothing is said. */
static bool is_sent(const hs_words *w, const hs_attribution *a) {
  const uint32_t said = HS_COMPLEMENT_TO | HS_COMPLEMENT_NOUN | HS_COMPLEMENT_THAT | HS_COMPLEMENT_SPEECH;
  hs_range content = a->contents.items[0];
  if ((hs_words_entry(w, a->verb)->complements & said) != HS_COMPLEMENT_TO || content.first < a->cue.end) return false;
  bool to = hs_words_is(w, a->cue.end - 1, HS_INFINITIVE) || hs_words_is(w, content.first, HS_INFINITIVE);
  uint32_t object = hs_branch_head(w, content);
  return !to && object < content.end && hs_branch_is(w, object, "obj") && hs_branch_up(w, object) == a->verb;
}

/* "congratulating Orlo in the Lily Hall": what a picture shows. */
static bool is_shown(const hs_words *w, const hs_attribution *a) {
  return hs_words_paragraph(w, a->verb)->kind == HS_BLOCK_CAPTION &&
         a->confidence < w->rules->thresholds[HS_LEAST_CAPTION];
}

/* "You agree to receive offers": what the page tells its reader is nobody's word. */
static bool is_reader(const hs_words *w, const hs_attribution *a) {
  return is_one(a->source) && hs_words_entry(w, a->source.first)->number == HS_NUMBER_SECOND;
}

/* "Orlo did not" take questions: is the cue nothing but auxiliaries and negation before a verb that tells nothing? */
static bool is_auxiliary(const hs_words *w, const hs_attribution *a) {
  for (uint32_t i = a->cue.first; i < a->cue.end; i++)
    if (!hs_words_is(w, i, HS_AUXILIARY | HS_MODAL | HS_NEGATION)) return false;
  return a->contents.items[0].first == a->cue.end && hs_words_class(w, a->cue.end, "VERB") &&
         !hs_words_entry(w, a->cue.end)->force;
}

hs_range hs_doubt_unnamed(const hs_words *w, const hs_attribution *a) {
  hs_range said = a->contents.items[0];
  for (uint32_t i = a->cue.first + 1, size; i < a->cue.end; i++) {
    bool told = hs_words_phrase(w, i, w->count, &size)->anonymity && hs_words_is(w, i, HS_PREPOSITION);
    hs_range range = {i, i + size};
    bool before = told && range.end < said.end && said.first >= a->cue.end && said.first <= range.end;
    if (before && hs_words_is(w, range.end, HS_COMPLEMENTIZER)) return range;
  }
  return (hs_range){0, 0};
}

/* "an official, speaking anonymously to tell of it": why a source has no name is no statement. */
static bool is_anonymity(const hs_words *w, const hs_attribution *a) {
  uint32_t size;
  bool reason = false;
  if (!hs_range_empty(hs_doubt_unnamed(w, a))) return false;
  for (uint32_t i = a->cue.first; i < a->cue.end; i += size) {
    const hs_entry *e = hs_words_phrase(w, i, w->count, &size);
    bool whole = i + size <= a->cue.end || a->contents.items[0].first == a->cue.end; /* "asked | not to be named" */
    if (e->anonymity && whole) reason = true;
    else if (e->force && !(i > 0 && hs_words_is(w, i - 1, HS_INFINITIVE)))
      reason = false; /* "declined to be named said" */
  }
  return reason;
}

bool hs_doubt_is_none(const hs_search *s, const hs_attribution *a) {
  const hs_words *w = s->words;
  if (is_reader(w, a) && !s->marks->at[a->source.first]) return true;
  if (hs_range_empty(a->cue)) return false;
  if (is_article(w, a) || is_asked(w, a) || is_gloss(w, a) || is_met(w, a) || is_sent(w, a) || is_shown(w, a) ||
      is_auxiliary(w, a) || is_anonymity(w, a))
    return true;
  return a->confidence < w->rules->thresholds[HS_LEAST_OF_THING] && (is_deed(w, a) || is_of_thing(w, a));
}
