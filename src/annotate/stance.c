#include "annotate/stance.h"

/* How far before its verb a cue's negation may stand: "did not, as late as on Monday, say". */
enum { NEGATION_REACH = 10 };
/* How far into what is asked the deed is told. */
enum { DEED_REACH = 8 };

static bool links(const hs_words *w, uint32_t i, uint32_t set) { return hs_words_links(w, i, set); }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }

/* The entry that tells the cue's force, and in *AT the token it begins at: that of the verb, else the last one that a
 * cue goes by. NULL if there is none. */
static const hs_entry *force_word(const hs_words *w, const hs_attribution *a, uint32_t *at) {
  const hs_entry *best = NULL;
  for (uint32_t i = a->cue.first, size; i < a->cue.end; i += size) {
    const hs_entry *e = hs_words_phrase(w, i, a->cue.end, &size);
    if (!e->force) continue;
    bool verb = i <= a->verb && a->verb < i + size;
    if (best && is(w, i, HS_BINDING | HS_AGENT)) continue;
    best = e;
    *at = i;
    if (verb && !links(w, i, HS_LINK_REFUSAL)) break;
  }
  return best;
}

/* May a word stand between a negation and its verb? */
static bool is_between(const hs_words *w, uint32_t i) {
  return is(w, i, HS_AUXILIARY | HS_MODAL | HS_ADVERB | HS_INFINITIVE | HS_CHAIN | HS_BE) ||
         hs_words_has(w, i, HS_SHAPE_LY) || (i > 0 && is(w, i, HS_PREPOSITION) && links(w, i - 1, HS_LINK_REFUSAL));
}

/* How often what stands before token VERB in its sentence negates it. */
static unsigned count_negations(const hs_words *w, uint32_t verb) {
  uint32_t low = w->sentences[w->sentence_of[verb]].first;
  if (low + NEGATION_REACH < verb) low = verb - NEGATION_REACH;
  unsigned count = 0;
  for (uint32_t i = verb; i > low; i--) {
    uint32_t before = i - 1;
    if (is(w, before, HS_NEGATION)) count += !(i < w->count && links(w, i, HS_LINK_LIMITING));
    else if (links(w, before, HS_LINK_REFUSAL))
      count += !is(w, before, HS_CONJUNCTION) || is(w, i, HS_INFINITIVE); /* "yet" */
    else if (!is_between(w, before)) break;
  }
  return count;
}

/* "no official said", "neither of them said". */
static bool has_no_subject(const hs_words *w, const hs_attribution *a) {
  return a->source.first < a->source.end && a->source.first < a->cue.first && links(w, a->source.first, HS_LINK_NOBODY);
}

/* "asked farmers to stay", "asked for help": is what is asked a deed, not an answer? */
static bool asks_for_deed(const hs_words *w, const hs_attribution *a) {
  if (is(w, a->cue.end - 1, HS_BINDING)) return true;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range range = a->contents.items[k];
    for (uint32_t i = range.first; i < range.end && i < range.first + DEED_REACH; i++) {
      if (is(w, i, HS_QUESTION | HS_COMPLEMENTIZER) || hs_words_has(w, i, HS_TOKEN_QUOTE)) return false;
      if (is(w, i, HS_INFINITIVE)) return i + 1 < range.end && !is(w, i + 1, HS_DETERMINER | HS_POSSESSIVE);
    }
  }
  return false;
}

/* "declined | to comment": the verb of speaking that was refused, in *AT the token; NULL if there is none. */
static const hs_entry *refused_speech(const hs_words *w, const hs_attribution *a, uint32_t *at) {
  uint32_t first = a->contents.items[0].first;
  bool refused = first == a->cue.end && links(w, first - 1, HS_LINK_REFUSAL) && is(w, first, HS_INFINITIVE);
  const hs_entry *e = refused && first + 1 < w->count ? hs_words_entry(w, first + 1) : NULL;
  if (!e || e->force != HS_FORCE_STATEMENT + 1) return NULL;
  *at = first + 1;
  return e;
}

hs_stance hs_stance_read(const hs_words *w, const hs_attribution *a) {
  uint32_t at = a->cue.first;
  const hs_entry *e = a->cue.first < a->cue.end ? refused_speech(w, a, &at) : NULL;
  if (!e && a->cue.first < a->cue.end) e = force_word(w, a, &at);
  if (!e) return (hs_stance){HS_FORCE_STATEMENT, HS_POLARITY_AFFIRMED};
  unsigned negations = count_negations(w, at) + has_no_subject(w, a);
  if (e->force == HS_FORCE_QUESTION + 1 && asks_for_deed(w, a))
    return (hs_stance){HS_FORCE_ORDER, negations % 2 ? HS_POLARITY_OPEN : HS_POLARITY_AFFIRMED};
  return (hs_stance){(hs_force)(e->force - 1), (hs_polarity)(negations % 2 ? e->negated : e->polarity)};
}
