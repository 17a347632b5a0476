/* The verb group around a cue, and where clauses end. */
#include "annotate/attribution.h"
#include "annotate/phrase.h"

enum { NEXT_SUBJECT = 8, AGENT_REACH = 8 };

static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }
static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }

static bool is_clitic_s(const hs_words *w, uint32_t i) {
  return has(w, i, HS_TOKEN_CLITIC) && is(w, i, HS_AUXILIARY) && hs_str_ends(hs_words_str(w, i), "s");
}

/* "is reported by the BBC to have said": the "by" before the agent that ends at AT, behind a participle; 0 if none. */
static uint32_t agent_before(const hs_words *w, uint32_t low, uint32_t at) {
  uint32_t reach = at > low + AGENT_REACH ? at - AGENT_REACH : low;
  for (uint32_t i = at; i-- > reach + 1;) {
    if (w->items[i].mark && w->items[i].mark != '-') return 0;
    if (is(w, i, HS_AGENT)) return w->items[i - 1].entry->cue_forms & HS_CUE_PARTICIPLE ? i : 0;
    if (is(w, i, HS_AUXILIARY | HS_MODAL | HS_VERB | HS_SUBORDINATOR) && !has(w, i, HS_TOKEN_CAPITAL)) return 0;
  }
  return 0;
}

/* Steps left over what stands between a subject and its verb. */
static uint32_t group_start(hs_verb_group *group, const hs_words *w, uint32_t low, uint32_t i) {
  bool wants_chain = false;
  uint32_t start = i;
  for (uint32_t j = i; j > low;) {
    const hs_entry *e = w->items[j - 1].entry;
    uint32_t by = wants_chain ? agent_before(w, low, j) : 0;
    if (by) {
      group->finite = true;
      wants_chain = false;
      j = start = by - 1;
      continue;
    }
    if (w->items[j - 1].mark || (has(w, j - 1, HS_TOKEN_CAPITAL) && !(e->grammar & (HS_AUXILIARY | HS_MODAL)))) break;
    if (e->grammar & HS_INFINITIVE) {
      wants_chain = true;
    } else if (wants_chain) {
      bool chain = e->grammar & (HS_CHAIN | HS_AUXILIARY) || e->cue_forms & HS_CUE_PARTICIPLE;
      if (!chain && !(e->grammar & (HS_ADVERB | HS_PREPOSITION))) break;
      if (chain) wants_chain = false, group->finite = true, start = j - 1;
    } else if (e->grammar & (HS_AUXILIARY | HS_MODAL)) {
      group->finite = true;
      start = j - 1;
    } else if (e->grammar & HS_NEGATION || has(w, j - 1, HS_SHAPE_LY) ||
               (e->grammar & HS_ADVERB && !(e->grammar & (HS_DETERMINER | HS_SUBORDINATOR)))) {
      start = j - 1;
    } else if (e->grammar & HS_AGENT && j - 1 > low && is(w, j - 2, HS_CHAIN)) {
      wants_chain = true; /* "began by saying" */
    } else {
      break;
    }
    j--;
  }
  group->infinitive = wants_chain;
  return start;
}

bool hs_verb_group_read(hs_verb_group *out, const hs_words *w, uint32_t low, uint32_t i) {
  *out = (hs_verb_group){.range = {i, i + 1}};
  const hs_entry *e = w->items[i].entry;
  uint8_t forms = e->cue_forms;
  out->range.first = group_start(out, w, low, i);
  uint32_t first = out->range.first;
  bool be = false;
  for (uint32_t j = i; j-- > first && !is(w, j, HS_INFINITIVE);) be = be || is(w, j, HS_BE);
  if (i > low && w->items[i - 1].mark == '-' && has(w, i, HS_SHAPE_GLUED)) return false; /* "work-related" */
  if (first < i && is_clitic_s(w, first) && !(forms & (HS_CUE_GERUND | HS_CUE_PARTICIPLE)) && first + 1 == i)
    return false; /* "Orlo's claims" */
  out->passive = be && forms & HS_CUE_PARTICIPLE && !(forms & HS_CUE_GERUND);
  if (forms & HS_CUE_GERUND) out->finite = be;
  else out->finite = out->finite || forms & (HS_CUE_PAST | HS_CUE_PRESENT | HS_CUE_BASE);
  if (out->infinitive) {
    out->finite = false;
    return true;
  }
  if (first == low || first < i) return true;
  bool noun_before =
      is(w, i - 1, HS_DETERMINER | HS_POSSESSIVE) && !is(w, i - 1, HS_QUANTITY) && !w->items[i - 1].entry->pronoun;
  if (is(w, i - 1, HS_POSSESSIVE)) noun_before = true;
  if (noun_before) return false;
  if (!(forms & HS_CUE_GERUND) && is(w, i - 1, HS_PREPOSITION) && !is(w, i - 1, HS_SUBORDINATOR)) return false;
  return !is_clitic_s(w, i - 1);
}

/* Does another attribution begin behind the conjunction or comma at I: "and said", ", but the mayor said"? */
static bool attribution_begins(const hs_search *s, uint32_t i, uint32_t high, bool noun) {
  const hs_words *w = s->words;
  uint32_t reach = i + NEXT_SUBJECT < high ? i + NEXT_SUBJECT : high;
  for (uint32_t j = i; j < reach; j++) {
    const hs_entry *e = w->items[j].entry;
    if (s->marks->at[j] || w->items[j].mark == ',') return false;
    if (noun && j == i && e->complements && e->cue_forms & HS_CUE_PAST) return true;
    bool speaks =
        e->complements & (HS_COMPLEMENT_SPEECH | HS_COMPLEMENT_THAT) && e->cue_forms & (HS_CUE_PAST | HS_CUE_PRESENT);
    if (speaks && hs_phrase_is_verb(w, j)) return true;
    if (hs_phrase_is_verb(w, j) && !is(w, j, HS_AUXILIARY)) return false;
    if (is(w, j, HS_PREPOSITION | HS_SUBORDINATOR) && !is(w, j, HS_BINDING)) return false;
  }
  return false;
}

/* ", Reuters reported": behind the comma at I a short subject and its cue, and nothing more. */
static bool attribution_trails(const hs_search *s, uint32_t i, uint32_t high) {
  const hs_words *w = s->words;
  uint32_t reach = i + NEXT_SUBJECT < high ? i + NEXT_SUBJECT : high;
  for (uint32_t j = i + 1; j < reach && !w->items[j].mark && !s->marks->at[j]; j++) {
    const hs_entry *e = w->items[j].entry;
    bool speaks = e->complements & HS_COMPLEMENT_SPEECH && e->cue_forms & (HS_CUE_PAST | HS_CUE_PRESENT);
    if (j > i + 1 && speaks && hs_phrase_is_verb(w, j)) return j + 1 >= high || w->items[j + 1].mark == ',';
    if (is(w, j, HS_SUBORDINATOR | HS_RELATIVE)) return false;
  }
  return false;
}

/* "who asked not to be named, said that ..." */
static bool is_cue_with_that(const hs_words *w, uint32_t i, uint32_t high) {
  const hs_entry *e = w->items[i].entry;
  return i + 1 < high && e->complements & HS_COMPLEMENT_THAT && e->cue_forms & (HS_CUE_PAST | HS_CUE_PRESENT) &&
         is(w, i + 1, HS_COMPLEMENTIZER);
}

static bool ends_clause(const hs_search *s, uint32_t i, uint32_t high, bool noun) {
  const hs_words *w = s->words;
  char mark = w->items[i].mark;
  if (mark == ';') return true;
  bool comma = mark == ',';
  if (!comma && !is(w, i, HS_CONJUNCTION)) return false;
  uint32_t next = i + 1;
  if (comma && next < high) {
    if (w->items[next].entry->cue_forms & HS_CUE_GERUND || is(w, next, HS_ACCORDING)) return true;
    if (has(w, next, HS_SHAPE_LY) && next + 1 < high && w->items[next + 1].entry->cue_forms & HS_CUE_GERUND)
      return true;
    if (attribution_trails(s, i, high) || is_cue_with_that(w, next, high)) return true;
    if (is(w, next, HS_CONJUNCTION) || (is(w, next, HS_SUBORDINATOR) && !is(w, next, HS_RELATIVE))) next++;
    else return false;
  }
  return next < high && attribution_begins(s, next, high, noun);
}

static bool ends_phrase(const hs_search *s, uint32_t i) {
  const hs_words *w = s->words;
  if (w->items[i].mark == ',' || (w->items[i].mark == '-' && !has(w, i, HS_SHAPE_GLUED))) return true;
  return is(w, i, HS_SUBORDINATOR) && !is(w, i, HS_RELATIVE | HS_PREPOSITION | HS_QUESTION);
}

uint32_t hs_clause_end(const hs_search *s, uint32_t first, uint32_t high, bool noun) {
  for (uint32_t i = first; i < high; i++) {
    uint32_t quoted = s->marks->at[i];
    if (quoted) {
      uint32_t end = s->marks->items[quoted - 1].range.end;
      if (end >= high) return end;
      i = end - 1;
      continue;
    }
    if (i > first && (ends_clause(s, i, high, noun) || (noun && ends_phrase(s, i)))) return i;
  }
  return high;
}

uint32_t hs_sentence_high(const hs_words *w, uint32_t sentence) {
  const hs_sentence *s = &w->sentences[sentence];
  uint32_t high = s->end;
  while (high > s->first + 1 && has(w, high - 1, HS_TOKEN_STOP)) high--;
  return high;
}
