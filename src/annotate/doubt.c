#include "annotate/doubt.h"

#include "annotate/branch.h"
#include "annotate/frame.h"
#include "annotate/phrase.h"

enum { NEAR = 6 };

/* CONTENT ends before END and the comma there. */
static void cut_before(const hs_words *w, hs_range *content, uint32_t end) {
  content->end = end;
  while (content->end > content->first + 1 && w->items[content->end - 1].mark == ',') content->end--;
}

/* Does the cue of B stand nearer to PART, which begins what B says, than that of A does: between the part BEFORE it and
 * PART, or, behind words in marks, in their sentence? */
static bool is_nearer(const hs_search *s, const hs_attribution *a, const hs_attribution *b, hs_range before,
                      hs_range part) {
  const uint32_t *sentence = s->words->sentence_of;
  if (hs_range_empty(b->cue) || b->contents.items[0].first != part.first) return false;
  if (b->cue.first >= before.end && b->cue.end <= part.first) return true;
  return s->marks->at[part.first] && sentence[b->cue.first] == sentence[part.end - 1] &&
         sentence[a->cue.first] != sentence[part.first];
}

/* "stressed that it is new, stating, “…”": what a nearer cue has for itself is not said twice. */
static void drop_shared(const hs_search *s, size_t index) {
  hs_attribution *a = &s->found.items[index];
  for (size_t k = 1; k < a->contents.count; k++) {
    hs_range part = a->contents.items[k], before = a->contents.items[k - 1];
    for (size_t i = index + 1; i < s->found.count && i < index + NEAR; i++) {
      if (!is_nearer(s, a, &s->found.items[i], before, part)) continue;
      a->contents.count = k;
      return;
    }
  }
}

/* Is B a verb of A's source behind a conjunction, "added that nobody had come, but said that", though what A says seems
 * to go on and hold it? */
static bool goes_on(const hs_words *w, const hs_attribution *a, const hs_attribution *b) {
  hs_range said = a->contents.items[0], inner = b->contents.items[0];
  if (hs_range_empty(a->source) || hs_range_empty(b->source) || hs_range_empty(b->cue)) return false;
  bool inside = hs_range_within(said, b->source) && hs_range_within(said, b->cue) && b->source.end < b->cue.first;
  bool clauses = hs_words_is(w, said.first, HS_COMPLEMENTIZER) && hs_words_is(w, inner.first, HS_COMPLEMENTIZER);
  if (!inside || !clauses || !hs_words_is(w, b->cue.first - 1, HS_CONJUNCTION) || b->contents.count > 1) return false;
  for (uint32_t i = b->source.end; i + 1 < b->cue.first; i++)
    if (hs_words_entry(w, i)->complements & HS_COMPLEMENT_THAT && hs_words_class(w, i, "VERB")) return false;
  return a->cue.end <= said.first && w->sentence_of[a->verb] == w->sentence_of[b->verb];
}

void hs_search_share(hs_search *s) {
  const hs_words *w = s->words;
  for (size_t i = 0; i < s->found.count; i++) {
    hs_attribution *a = &s->found.items[i];
    for (size_t k = i + 1; k < s->found.count && k < i + NEAR; k++) {
      hs_attribution *b = &s->found.items[k];
      if (s->marks->at[b->cue.first] || !goes_on(w, a, b)) continue;
      b->source = a->source;
      cut_before(w, &a->contents.items[0], b->cue.first - 1);
    }
  }
}

/* "An official with close ties to the Palace described it, while suggesting that": two sources that begin with the same
 * word are one, the longer one. */
static void share_sources(const hs_search *s, size_t index) {
  hs_attribution *a = &s->found.items[index];
  for (size_t i = index + 1; i < s->found.count && i < index + NEAR; i++) {
    hs_attribution *b = &s->found.items[i];
    if (hs_range_empty(a->source) || hs_range_empty(b->source) || a->source.first != b->source.first) continue;
    hs_range longer = a->source.end > b->source.end ? a->source : b->source;
    uint32_t end = a->source.end < b->source.end ? a->source.end : b->source.end;
    if (hs_words_has(s->words, end, HS_TOKEN_CLITIC)) continue; /* "Orlo" and "Orlo's letter" */
    if (!hs_range_meets(longer, a->cue)) a->source = longer;
    if (!hs_range_meets(longer, b->cue)) b->source = longer;
  }
}

/* "Asked who had forged it, a prosecutor, Ivo Marl, said": what A says ends before the source of a cue behind it. */
static void give_sources(const hs_search *s, size_t index) {
  hs_attribution *a = &s->found.items[index];
  for (size_t i = index + 1; i < s->found.count && i < index + NEAR; i++) {
    hs_range who = s->found.items[i].source, cue = s->found.items[i].cue;
    for (size_t k = 0; k < a->contents.count && !hs_range_empty(who); k++) {
      hs_range *content = &a->contents.items[k];
      bool runs_into = who.first > content->first + 1 && who.first < content->end && content->end <= cue.first;
      bool clause = runs_into && s->words->items[who.first - 1].mark == ',' && content->first >= a->cue.end;
      if (clause && !s->marks->at[who.first]) cut_before(s->words, content, who.first);
    }
  }
}

/* The colon before words in marks at the end of PART of what A says, if another cue stands between: "She hopes so: “He
 * is decent,” Orlo said". HS_NO_TOKEN if there is none. */
static uint32_t colon_of(const hs_search *s, const hs_attribution *a, hs_range part) {
  for (uint32_t i = part.first, cues = 0; i < part.end && part.end <= a->cue.first; i++) {
    if (s->marks->at[i]) return HS_NO_TOKEN;
    cues += s->cue_at[i] != 0;
    if (s->words->items[i].mark == ':' && s->marks->at[i + 1]) return cues ? i : HS_NO_TOKEN;
  }
  return HS_NO_TOKEN;
}

/* What A says in marks behind a colon begins there, and what others say before it ends there. */
static void part_at_colon(const hs_search *s, size_t index) {
  hs_attribution *a = &s->found.items[index];
  size_t kept = 0;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range part = a->contents.items[k];
    uint32_t colon = hs_range_empty(a->cue) ? HS_NO_TOKEN : colon_of(s, a, part);
    if (colon != HS_NO_TOKEN) part.first = colon + 1;
    if (!hs_range_empty(part)) a->contents.items[kept++] = part;
    if (colon == HS_NO_TOKEN) continue;
    for (size_t i = index > NEAR ? index - NEAR : 0; i < s->found.count && i < index + NEAR; i++) {
      hs_attribution *b = &s->found.items[i];
      for (size_t n = 0; i != index && n < b->contents.count; n++)
        if (hs_range_holds(b->contents.items[n], colon)) cut_before(s->words, &b->contents.items[n], colon);
    }
  }
  a->contents.count = kept;
}

/* "The party, citing a memo, claimed": A, the word of citing, has the claim for what it cites. The party claims, and
 * the chain tells of the memo. */
static void give_citing(const hs_search *s, size_t index) {
  const hs_words *w = s->words;
  hs_attribution *a = &s->found.items[index];
  const hs_entry *e = hs_words_entry(w, a->verb);
  uint32_t low = w->sentences[w->sentence_of[a->verb]].first, comma = a->cue.first - 1;
  bool cites = e->complements & HS_COMPLEMENT_SOURCE && e->cue_forms & HS_CUE_GERUND && a->cue.first > low + 1;
  if (!cites || w->items[comma].mark != ',') return;
  for (size_t i = index + 1; i < s->found.count && i < index + NEAR; i++) {
    hs_attribution *b = &s->found.items[i];
    bool held = hs_range_empty(b->source) && hs_range_holds(a->contents.items[0], b->cue.first);
    if (!held || w->items[b->cue.first - 1].mark != ',') continue;
    b->source = hs_phrase_before(w, low, comma);
    a->contents.count = 0;
    return;
  }
}

/* Does what is said hold its own cue? Then words were tied together across it, and no reader could tell them apart. */
static bool holds_cue(const hs_attribution *a) {
  for (size_t k = 0; k < a->contents.count; k++)
    if (!hs_range_empty(a->cue) && hs_range_meets(a->contents.items[k], a->cue)) return true;
  return false;
}

/* "Tass quoted Orlo as saying": is B, "Orlo as saying", what A, "Tass quoted", holds? It is one statement of Orlo's,
 * and Tass its link. */
static bool is_quoted_as(const hs_words *w, const hs_attribution *a, const hs_attribution *b) {
  if (hs_range_empty(a->cue) || hs_range_empty(b->cue) || hs_range_empty(b->source)) return false;
  bool as = hs_words_is(w, b->cue.first, HS_COMPARISON) ||
            (b->cue.first > 0 && hs_words_is(w, b->cue.first - 1, HS_COMPARISON));
  return as && hs_words_entry(w, b->cue.end - 1)->cue_forms & HS_CUE_GERUND &&
         hs_words_entry(w, a->verb)->complements & HS_COMPLEMENT_PERSON_AS && a->cue.end <= b->source.first &&
         hs_range_holds(a->contents.items[0], b->source.first) && hs_range_holds(a->contents.items[0], b->cue.first);
}

static void drop_quoting(const hs_search *s) {
  for (size_t i = 0; i < s->found.count; i++)
    for (size_t k = i > NEAR ? i - NEAR : 0; k < s->found.count && k < i + NEAR; k++) {
      hs_attribution *a = &s->found.items[i], *b = &s->found.items[k];
      if (k != i && a->contents.count && b->contents.count && is_quoted_as(s->words, a, b)) a->contents.count = 0;
    }
}

/* Leaves out what is no statement and what holds no words, so that cue_at tells of what is left. */
static void drop_none(hs_search *s) {
  size_t kept = 0;
  for (size_t i = 0; i < s->found.count; i++)
    if (s->found.items[i].contents.count && !hs_doubt_is_none(s, &s->found.items[i]))
      s->found.items[kept++] = s->found.items[i];
  s->found.count = kept;
  memset(s->cue_at, 0, s->words->count * sizeof *s->cue_at);
  for (size_t i = 0; i < kept; i++)
    for (uint32_t t = s->found.items[i].cue.first; t < s->found.items[i].cue.end; t++) s->cue_at[t] = (uint32_t)i + 1;
}

void hs_search_doubt(hs_search *s) {
  drop_none(s);
  for (size_t i = 0; i < s->found.count; i++) {
    hs_attribution *a = &s->found.items[i];
    size_t count = a->contents.count;
    hs_doubt_trim(s, a);
    if (a->contents.count < count) hs_search_continue(s, a); /* what lay between is gone */
    hs_doubt_grow(s, a);
    drop_shared(s, i);
    give_sources(s, i);
    part_at_colon(s, i);
    if (a->contents.count && !hs_range_empty(a->cue)) give_citing(s, i);
    if (holds_cue(a)) a->contents.count = 0;
  }
  drop_quoting(s);
  drop_none(s);
  for (size_t i = 0; i < s->found.count; i++) share_sources(s, i);
}
