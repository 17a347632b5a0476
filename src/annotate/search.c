/* From a cue to its source and contents. */
#include "annotate/attribution.h"
#include "annotate/branch.h"
#include "annotate/phrase.h"
#include "base/limits.h"

enum { LOOK_AHEAD = 18, CLAUSE_VERB_REACH = 25, PLACE_WORDS = 4, ASIDE = 16, CARRIER = 5, SUBJECT_REACH = 24 };

/* A cue that is looked at: its sentence, its verb group, and what is found so far. */
typedef struct candidate {
  hs_search *s;
  const hs_words *w;
  uint32_t low, high; /* the sentence, without its final stop */
  uint32_t verb;
  const hs_entry *e;
  hs_verb_group group;
  bool inverted; /* said X */
  hs_attribution a;
} candidate;

static bool is(const candidate *c, uint32_t i, uint32_t grammar) { return hs_words_is(c->w, i, grammar); }
static bool has(const candidate *c, uint32_t i, uint32_t shape) { return hs_words_has(c->w, i, shape); }
static char mark(const candidate *c, uint32_t i) { return i < c->w->count ? c->w->items[i].mark : 0; }
static bool takes(const candidate *c, uint32_t complements) { return (c->e->complements & complements) != 0; }

/* The stretch in quotation marks that token I stands in, or NULL. */
static const hs_quoted *quoted_at(const candidate *c, uint32_t i) {
  uint32_t at = i < c->w->count ? c->s->marks->at[i] : 0;
  return at ? &c->s->marks->items[at - 1] : NULL;
}

/* The stretch that begins at token I, or NULL. */
static const hs_quoted *quoted_from(const candidate *c, uint32_t i) {
  const hs_quoted *q = quoted_at(c, i);
  return q && q->range.first == i ? q : NULL;
}

static void add_content(candidate *c, uint32_t first, uint32_t end) {
  while (end > first && mark(c, end - 1) == ',') end--;
  if (end == first + 1 && is(c, first, HS_COMPLEMENTIZER)) return; /* "doubts that" */
  if (first < end) hs_push(c->s->arena, c->a.contents, ((hs_range){first, end}));
}

/* The attribution found last, if its cue stands in this sentence. */
static hs_attribution *before_in_sentence(const candidate *c) {
  if (c->s->found.count == 0) return NULL;
  hs_attribution *last = &c->s->found.items[c->s->found.count - 1];
  return last->cue.first >= c->low && last->cue.end <= c->verb && last->source.first < last->source.end ? last : NULL;
}

/* ---- source ---- */

/* The subject of the sentence's first verb: of a participle clause and of "..., and said" it is the subject, too. */
static hs_range shared_subject(const candidate *c) {
  hs_attribution *last = before_in_sentence(c);
  if (last) return last->source;
  uint32_t verb = hs_phrase_verb(c->w, c->low, c->group.range.first);
  if (verb == c->group.range.first || quoted_at(c, verb)) return (hs_range){0, 0};
  return hs_phrase_before(c->w, c->low, verb);
}

/* "..., said Ana Orlo": words that were said stand before the verb, a name behind it. */
static bool find_inverted(candidate *c) {
  uint32_t next = c->verb + 1;
  bool form = c->e->cue_forms & (HS_CUE_PAST | HS_CUE_PRESENT) && c->group.range.first == c->verb;
  if (!form || !takes(c, HS_COMPLEMENT_SPEECH) || c->verb <= c->low || next >= c->high) return false;
  bool comma = mark(c, c->verb - 1) == ',' || mark(c, c->verb - 1) == '-';
  if (!comma && !quoted_at(c, c->verb - 1)) return false;
  if (quoted_at(c, next) || is(c, next, HS_COMPLEMENTIZER) || !hs_phrase_begins(c->w, next)) return false;
  if (takes(c, HS_COMPLEMENT_HEARER_THAT) && !takes(c, HS_COMPLEMENT_THAT)) return false; /* "told X": X is told */
  hs_range before = hs_phrase_before(c->w, c->low, c->verb);
  if (before.first < before.end && mark(c, c->verb - 1) == ',') return false; /* "Orlo, the mayor, said" */
  bool plain = mark(c, c->verb - 1) != ',' || quoted_at(c, c->verb >= 2 ? c->verb - 2 : 0);
  hs_range source = hs_phrase_behind(c->w, next, c->high);
  if (source.first >= source.end || (source.end < c->high && hs_phrase_is_verb(c->w, source.end))) return false;
  if (!plain && takes(c, HS_COMPLEMENT_NOUN) && !has(c, next, HS_TOKEN_CAPITAL)) return false;
  c->a.source = source;
  c->inverted = true;
  return true;
}

/* "missile attacks", "the state": a bare form needs a subject in the plural, the form in -s none. */
static bool agrees(const candidate *c) {
  if (c->group.range.first < c->verb || c->e->cue_forms & (HS_CUE_PAST | HS_CUE_GERUND)) return true;
  uint32_t last = c->a.source.end - 1;
  const hs_entry *e = c->w->items[last].entry;
  if (c->e->cue_forms & HS_CUE_PRESENT && (is(c, last, HS_QUANTITY) || has(c, last, HS_TOKEN_NUMBER))) return false;
  if (e->pronoun == HS_CASE_SUBJECT || e->pronoun == HS_CASE_RELATIVE || is(c, last, HS_QUANTITY)) return true;
  bool plural =
      hs_str_ends(hs_words_str(c->w, last), "s") || e->role == HS_ROLE_PEOPLE || e->role == HS_ROLE_SPOKESPEOPLE;
  for (uint32_t i = c->a.source.first; i < last && !plural; i++) plural = is(c, i, HS_JOINING | HS_QUANTITY);
  bool base = (c->e->cue_forms & HS_CUE_BASE) != 0;
  return base ? plural || last + 1 < c->group.range.first
              : has(c, last, HS_TOKEN_CAPITAL | HS_TOKEN_NUMBER) || mark(c, last) ||
                    is(c, c->a.source.first, HS_DETERMINER | HS_POSSESSIVE) || e->role || e->institution;
}

/* The subject of the cue by the tree, right before it, with the title that the tree may take for another subject; empty
 * where there is no tree, or none. */
static hs_range subject_of(const candidate *c) {
  uint32_t group = c->group.range.first, low = group > c->low + SUBJECT_REACH ? group - SUBJECT_REACH : c->low;
  hs_range subject = {group, group};
  for (uint32_t i = group; c->w->parsed && i-- > low && mark(c, i) != ',';) {
    if (hs_branch_up(c->w, i) != c->verb || !hs_branch_is(c->w, i, "nsubj")) continue;
    hs_range range = hs_branch_around(c->w, i);
    if (subject.first == group) subject.end = range.end < group ? range.end : group;
    if (range.first < subject.first) subject.first = range.first < c->low ? c->low : range.first;
  }
  while (subject.end > subject.first + 1 && mark(c, subject.end - 1)) subject.end--;
  return subject;
}

static bool find_source(candidate *c) {
  if (find_inverted(c)) return true;
  uint32_t first = c->group.range.first;
  if (c->group.infinitive || first < c->low) return false;
  bool participle = c->e->cue_forms & HS_CUE_GERUND && !c->group.finite;
  bool joined = first > c->low && (is(c, first - 1, HS_CONJUNCTION) || is(c, first - 1, HS_AGENT));
  if (participle && first > c->low && !mark(c, first - 1) && !is(c, first - 1, HS_PREPOSITION | HS_SUBORDINATOR)) {
    c->a.source = hs_phrase_before(c->w, c->low, first); /* "with Orlo calling it ..." */
    if (c->a.source.first < c->a.source.end) return true;
  }
  if (participle || joined) {
    c->a.source = shared_subject(c);
    if (c->a.source.first >= c->a.source.end) return false;
    char letter = *hs_words_str(c->w, c->a.source.first).data;
    return c->a.source.end - c->a.source.first > 1 || letter < '0' || letter > '9'; /* "on September 12th, warning" */
  }
  hs_range subject = subject_of(c);
  c->a.source = subject.first < subject.end ? subject : hs_phrase_before(c->w, c->low, first);
  hs_range source = c->a.source;
  if (source.first >= source.end) return false;
  bool object = source.end > source.first + 1 && is(c, source.first, HS_RELATIVE); /* "whom everyone calls Brick" */
  return !object && agrees(c);
}

/* ---- contents to the right ---- */

/* "While critics argue that it leaks, the mayor ...": does the cue stand in a clause before the main one? */
static bool is_subordinate(const candidate *c) {
  uint32_t first = c->a.source.first;
  return !c->inverted && first == c->low + 1 && is(c, c->low, HS_SUBORDINATOR | HS_PREPOSITION);
}

/* Where the clause, or with NOUN the noun phrase, that begins at FIRST ends. */
static uint32_t right_end(const candidate *c, uint32_t first, bool noun) {
  uint32_t end = hs_clause_end(c->s, first, c->high, noun);
  if (!is_subordinate(c)) return end;
  for (uint32_t i = first; i < end; i++)
    if (mark(c, i) == ',' && !quoted_at(c, i) && i + 1 < end && hs_phrase_begins(c->w, i + 1)) return i;
  return end;
}

/* "reported on a memo that appears to show": a verb right behind "that", which stands for the noun before it. */
static bool is_relative(const candidate *c, uint32_t i) {
  return i > c->verb + 2 && is(c, i, HS_COMPLEMENTIZER) && i + 1 < c->high &&
         (hs_phrase_is_verb(c->w, i + 1) || is(c, i + 1, HS_CHAIN)) && is(c, i - 2, HS_DETERMINER);
}

/* "reported, citing officials, that": the WANTED word behind the aside that the comma at I opens; 0 if there is none.
 */
static uint32_t behind_aside(const candidate *c, uint32_t i, uint32_t wanted) {
  uint32_t reach = i + ASIDE < c->high ? i + ASIDE : c->high;
  if (i + 1 >= reach || !(has(c, i + 1, HS_SHAPE_ING) || is(c, i + 1, HS_PREPOSITION))) return 0;
  for (uint32_t k = i + 2; k + 1 < reach; k++) {
    if (quoted_at(c, k) || mark(c, k) == ';' || mark(c, k) == ':') return 0;
    if (mark(c, k) == ',') return is(c, k + 1, wanted) ? k + 1 : 0;
  }
  return 0;
}

/* Behind the cue: past the one who is told, a place, a day, up to "that", a colon, a comma with a quotation. */
static uint32_t look_ahead(const candidate *c, uint32_t wanted, bool hearer) {
  uint32_t start = c->verb + 1, reach = start + LOOK_AHEAD < c->high ? start + LOOK_AHEAD : c->high;
  uint32_t at = hs_phrase_skip_time(c->w, start, reach);
  if (!hearer && at < reach && !is(c, at, HS_PREPOSITION) && !is(c, at, wanted) && mark(c, at) != ',' && at != start)
    return 0;
  for (uint32_t i = start; i < reach; i++) {
    if (quoted_at(c, i)) return 0;
    if (is(c, i, wanted) && !is_relative(c, i)) return i;
    if (mark(c, i) == ';' || mark(c, i) == ':') return 0;
    if (mark(c, i) == ',' && !(i + 1 < reach && (is(c, i + 1, HS_ADVERB) || is(c, i + 1, wanted))))
      return wanted == HS_COMPLEMENTIZER ? behind_aside(c, i, wanted) : 0;
    if (i > start && hs_phrase_is_verb(c->w, i)) return 0;
    if (i == start && !hearer && !is(c, i, HS_PREPOSITION | HS_ADVERB) && hs_phrase_skip_time(c->w, i, reach) == i &&
        mark(c, i) != ',')
      return 0;
  }
  return 0;
}

/* The quotation that stands behind the cue, perhaps behind hearer, place or day and a comma or colon; NULL if none. */
static const hs_quoted *quotation_behind(const candidate *c) {
  uint32_t start = c->verb + 1, sentence_end = c->w->sentences[c->w->sentence_of[c->verb]].end;
  uint32_t reach = start + LOOK_AHEAD < sentence_end ? start + LOOK_AHEAD : sentence_end;
  bool hearer = takes(c, HS_COMPLEMENT_HEARER_SPEECH | HS_COMPLEMENT_HEARER_THAT | HS_COMPLEMENT_HEARER_WH);
  if (c->inverted) return NULL;
  for (uint32_t i = start; i < reach; i++) {
    const hs_quoted *q = quoted_from(c, i);
    if (q) {
      bool set_off = mark(c, i - 1) == ',' || mark(c, i - 1) == ':';
      if (i == start || set_off) return q;
      bool adjunct = hearer || is(c, start, HS_PREPOSITION) || hs_phrase_skip_time(c->w, start, reach) > start;
      return adjunct && !q->fragment ? q : NULL;
    }

    if (mark(c, i) == ';' || is(c, i, HS_COMPLEMENTIZER | HS_QUESTION) || (i > start && hs_phrase_is_verb(c->w, i)))
      return NULL;
    if (i == start && !hearer && mark(c, i) != ',' && mark(c, i) != ':' && !is(c, i, HS_PREPOSITION | HS_ADVERB) &&
        hs_phrase_skip_time(c->w, i, reach) == i)
      return NULL;
  }
  /* A colon or comma at the end of the paragraph: the quotation is the next one. */
  if (reach == sentence_end && mark(c, sentence_end - 1) == ':') return quoted_from(c, sentence_end);
  return NULL;
}

/* Where a quotation's words end: at its mark, or further on where the sentence goes on in the speaker's words. */
static uint32_t mixed_end(const candidate *c, const hs_quoted *q) {
  uint32_t end = q->range.end;
  if (end >= c->high || !q->fragment) return end;
  char m = mark(c, end);
  if (m == ',' || m == ';' || m == '-') return end;
  return hs_clause_end(c->s, q->range.first, c->high, !takes(c, HS_COMPLEMENT_THAT));
}

static bool take_quotation_behind(candidate *c) {
  const hs_quoted *q = quotation_behind(c);
  if (!q || !takes(c, HS_COMPLEMENT_SPEECH | HS_COMPLEMENT_NOUN)) return false;
  add_content(c, q->range.first, mixed_end(c, q));
  c->a.confidence = q->fragment ? 0.8f : 0.95f;
  return true;
}

/* "said on Monday that ...", "told reporters that ...", "asked her whether ...", "urged them to ...". */
static bool take_clause_word(candidate *c) {
  static const struct {
    uint32_t plain, hearer, word;
  } kinds[] = {
      {HS_COMPLEMENT_THAT | HS_COMPLEMENT_THAT_WORD, HS_COMPLEMENT_HEARER_THAT, HS_COMPLEMENTIZER},
      {HS_COMPLEMENT_WH, HS_COMPLEMENT_HEARER_WH, HS_QUESTION},
      {HS_COMPLEMENT_INF, HS_COMPLEMENT_HEARER_INF, HS_INFINITIVE},
  };
  for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
    if (!takes(c, kinds[k].plain | kinds[k].hearer)) continue;
    uint32_t at = look_ahead(c, kinds[k].word, takes(c, kinds[k].hearer));
    if (!at || (at > c->verb + 1 && kinds[k].word == HS_INFINITIVE && !takes(c, kinds[k].hearer))) continue;
    bool verb = at + 1 < c->high && !is(c, at + 1, HS_DETERMINER | HS_POSSESSIVE) &&
                !has(c, at + 1, HS_TOKEN_CAPITAL | HS_TOKEN_NUMBER) && !mark(c, at + 1) &&
                !c->w->items[at + 1].entry->pronoun;
    if (kinds[k].word == HS_INFINITIVE && !verb) continue;
    if (is(c, at - 1, HS_NEGATION)) at--;
    add_content(c, at, right_end(c, at, false));
    c->a.confidence = kinds[k].word == HS_COMPLEMENTIZER ? 0.9f : 0.7f;
    return true;
  }
  return false;
}

/* "spoke of peace", "called for talks", "accused ... of": the preposition belongs to the cue. */
static bool take_preposition(candidate *c) {
  uint32_t at = c->verb + 1;
  if (at + 1 >= c->high || !is(c, at, HS_PREPOSITION | HS_ADVERB)) return false;
  if (hs_phrase_skip_time(c->w, at, c->high) > at) return false; /* "reported on Monday" */
  hs_str word = hs_words_str(c->w, at);
  static const struct {
    uint32_t complement;
    const char *word;
  } words[] = {
#define X(name, text) {HS_COMPLEMENT_##name, text},
      HS_COMPLEMENTS(X)
#undef X
  };
  for (size_t k = HS_COMPLEMENT_INDEX_OF; k <= HS_COMPLEMENT_INDEX_OUT; k++) {
    if (!takes(c, words[k].complement) || !hs_str_is(word, words[k].word)) continue;
    if (words[k].complement == HS_COMPLEMENT_TO && !hs_phrase_begins(c->w, at + 1) && !quoted_from(c, at + 1)) continue;
    c->a.cue.end = at + 1;
    add_content(c, at + 1, right_end(c, at + 1, words[k].complement != HS_COMPLEMENT_OUT));
    c->a.confidence = 0.6f;
    return true;
  }
  return false;
}

/* "attacked targets in the south", "claimed many lives": is the head of the phrase at AT a thing of flesh or stone? */
static bool is_bodily(const candidate *c, uint32_t at) {
  for (; at < c->high && !mark(c, at) && !is(c, at, HS_PREPOSITION | HS_CONJUNCTION | HS_SUBORDINATOR); at++)
    if (is(c, at, HS_BODILY)) return true;
  return false;
}

/* "said in an email the dam was safe": where the clause begins behind what carries the words, which stands at AT; AT if
 * nothing does. */
static uint32_t skip_carrier(const candidate *c, uint32_t at) {
  if (at >= c->high || !hs_words_links(c->w, at, HS_LINK_CARRYING)) return at;
  for (uint32_t i = at + 1, size; i < c->high && i < at + CARRIER; i += size) {
    bool carries = hs_entry_carries(hs_words_phrase(c->w, i, c->high, &size));
    bool clause = hs_phrase_begins(c->w, i + size) && !is(c, i + size, HS_COMPLEMENTIZER | HS_RELATIVE);
    if (carries) return clause ? i + size : at;
    if (mark(c, i) || is(c, i, HS_PREPOSITION)) break;
  }
  return at;
}

/* A clause without "that", or a noun phrase: the first verb that follows tells which. */
static bool take_bare(candidate *c) {
  uint32_t at = c->verb + 1;
  if (c->inverted || at >= c->high) return false;
  uint32_t skipped = takes(c, HS_COMPLEMENT_THAT) ? hs_phrase_skip_time(c->w, at, c->high) : at;
  uint32_t carried = takes(c, HS_COMPLEMENT_THAT) ? skip_carrier(c, skipped) : skipped;
  bool told = carried > skipped;
  skipped = carried;
  bool there = skipped > at && skipped < c->high && hs_phrase_is_verb(c->w, skipped); /* "said there was" */
  if (there) skipped--;
  if (mark(c, skipped) == ',') return false;
  if (takes(c, HS_COMPLEMENT_THAT) && skipped < c->high && !is(c, skipped, HS_CONJUNCTION)) {
    uint32_t reach = skipped + CLAUSE_VERB_REACH < c->high ? skipped + CLAUSE_VERB_REACH : c->high;
    for (uint32_t i = skipped; i + 1 < reach; i++)
      if (mark(c, i) == ';' || (mark(c, i) == ',' && is(c, i + 1, HS_CONJUNCTION))) reach = i;
    uint32_t verb = hs_phrase_verb(c->w, skipped, reach);
    bool begins = hs_phrase_begins(c->w, skipped) || is(c, skipped, HS_SUBORDINATOR | HS_PREPOSITION) ||
                  has(c, skipped, HS_SHAPE_ING) || (there && is(c, skipped, HS_EXISTENTIAL));
    bool preposition = is(c, at, HS_PREPOSITION) && !is(c, at, HS_SUBORDINATOR);
    bool relative = false; /* "on a memo that appears" */
    for (uint32_t i = skipped; i < verb && is(c, skipped, HS_PREPOSITION); i++)
      relative = relative || is(c, i, HS_RELATIVE);
    if (begins && !relative && verb < reach && verb > skipped &&
        !(preposition && skipped == at && mark(c, verb - 1) != ',')) {
      add_content(c, skipped, right_end(c, skipped, false));
      c->a.confidence = told ? 0.9f : 0.8f;
      return true;
    }
  }
  if (!takes(c, HS_COMPLEMENT_NOUN) || !(hs_phrase_begins(c->w, at) || quoted_from(c, at))) return false;
  if (takes(c, HS_COMPLEMENT_ING) && has(c, at, HS_SHAPE_ING)) return false;
  if (takes(c, HS_COMPLEMENT_ABSTRACT) && is_bodily(c, at)) return false;
  add_content(c, at, right_end(c, at, true));
  c->a.confidence = 0.55f;
  return true;
}

static bool take_gerund(candidate *c) {
  uint32_t at = c->verb + 1;
  if (!takes(c, HS_COMPLEMENT_ING) || at >= c->high || !has(c, at, HS_SHAPE_ING)) return false;
  add_content(c, at, right_end(c, at, true));
  c->a.confidence = 0.6f;
  return true;
}

/* ---- contents to the left ---- */

/* Behind "..., she said": nothing more, or only a place, a day, a description, up to the stop, a comma or "and". */
static uint32_t tail_of(const candidate *c) {
  uint32_t at = c->inverted ? c->a.source.end : c->verb + 1;
  for (; at < c->high; at++) {
    if (mark(c, at) == ',' || mark(c, at) == ';' || mark(c, at) == ':' || mark(c, at) == '-' || quoted_at(c, at)) break;
  }
  return at;
}

/* The part of the sentence before the source, the comma left out: where it begins. */
static uint32_t left_start(const candidate *c, uint32_t end) {
  uint32_t first = c->low;
  for (uint32_t i = end; i-- > c->low;) {
    uint32_t cue = c->s->cue_at[i];
    if (!cue) continue;
    const hs_attribution *other = &c->s->found.items[cue - 1];
    for (size_t k = 0; k < other->contents.count; k++)
      if (other->contents.items[k].end <= end && other->contents.items[k].end > first)
        first = other->contents.items[k].end;
    break;
  }
  while (first < end && (mark(c, first) == ',' || mark(c, first) == ';')) first++;
  return first;
}

/* Quotations before Q that it goes on from, over paragraphs, in text order. */
static void add_earlier(candidate *c, const hs_quoted *q) {
  size_t index = (size_t)(q - c->s->marks->items), first = index;
  while (first > 0 && c->s->marks->items[first - 1].goes_on && !c->s->claimed[first - 1]) first--;
  for (size_t i = first; i < index; i++) {
    hs_range range = c->s->marks->items[i].range;
    add_content(c, range.first, range.end);
  }
}

/* What follows ", she said,": the rest of the sentence, in marks or not. */
static void take_rest(candidate *c, bool quoted) {
  uint32_t at = tail_of(c);
  if (at + 1 >= c->high && !(at + 1 < c->w->count && quoted_from(c, at + 1))) return;
  uint32_t next = at + (mark(c, at) == ',' || mark(c, at) == '-' || mark(c, at) == ':');
  const hs_quoted *q = quoted_from(c, next);
  if (q) {
    add_content(c, q->range.first, mixed_end(c, q));
    return;
  }
  if (quoted || mark(c, at) != ',' || is(c, next, HS_CONJUNCTION | HS_SUBORDINATOR | HS_RELATIVE | HS_PREPOSITION))
    return;
  if (c->w->items[next].entry->cue_forms & HS_CUE_GERUND || has(c, next, HS_SHAPE_ING)) return;
  bool verb = has(c, next, HS_SHAPE_ED) || hs_phrase_verb(c->w, next, c->high) < c->high;
  if (verb) add_content(c, next, hs_clause_end(c->s, next, c->high, false));
}

/* Does the sentence run into the marks of Q: `the dam is “as safe as a house”`? */
static bool goes_into(const candidate *c, const hs_quoted *q) {
  uint32_t first = q->range.first;
  return !mark(c, first - 1) && first + 1 < c->w->count && !has(c, first + 1, HS_TOKEN_CAPITAL) &&
         left_start(c, first) < first;
}

/* Does nothing stand behind the verb but a day and who was told: "Orlo told the Courier on Monday"? */
static bool is_last(const candidate *c) {
  uint32_t at = c->verb + 1;
  if (takes(c, HS_COMPLEMENT_HEARER_THAT)) at = hs_phrase_behind(c->w, at, c->high).end;
  return hs_phrase_skip_time(c->w, at > c->verb ? at : c->verb + 1, c->high) >= c->high;
}

/* What stands before EDGE, where source or cue begin. */
static bool take_left_of(candidate *c, uint32_t edge) {
  if (!takes(c, HS_COMPLEMENT_SPEECH) || edge <= c->low) return false;
  uint32_t last = edge - 1;
  if (mark(c, last) == ',' && last > c->low && !quoted_at(c, last)) last--;
  const hs_quoted *q = quoted_at(c, last);
  bool ends_quotation = q && q->range.end == last + 1;
  if (!ends_quotation && last == edge - 1 && mark(c, last) != '-') return false;
  if (ends_quotation && (q->range.first <= c->low || !goes_into(c, q))) {
    add_earlier(c, q);
    add_content(c, q->range.first, q->range.end);
    c->a.confidence = 0.95f;
    take_rest(c, true);
    return true;
  }
  uint32_t start = left_start(c, last);
  uint32_t tail = tail_of(c);
  bool interrupts = mark(c, tail) == ',' && tail + 1 < c->high &&
                    (has(c, tail + 1, HS_SHAPE_ED) || hs_phrase_verb(c->w, tail + 1, c->high) < c->high);
  if (hs_phrase_verb(c->w, start, last + 1) > last && !quoted_at(c, last) && !interrupts) return false;
  if (is(c, start, HS_COMPARISON) || (is(c, start, HS_SUBORDINATOR | HS_CONJUNCTION) && last == start)) return false;
  if (start > last) return false;
  add_content(c, start, last + 1);
  c->a.confidence = start == c->low && last + 2 == edge && !c->inverted && is_last(c) ? 0.9f : 0.75f;
  take_rest(c, false);
  return true;
}

static bool take_left(candidate *c) {
  if (takes(c, HS_COMPLEMENT_OUT)) { /* "it leaks, he points out" */
    bool out = c->verb + 1 < c->high && hs_str_is(hs_words_str(c->w, c->verb + 1), "out");
    if (!out || c->inverted) return false;
    c->a.cue.end = c->verb + 2;
  }
  return take_left_of(c, c->inverted ? c->group.range.first : c->a.source.first);
}

/* "As Orlo said, the dam is safe": the clause behind the comma. */
static bool take_as(candidate *c) {
  uint32_t first = c->a.source.first;
  if (c->inverted || first <= c->low || !is(c, first - 1, HS_COMPARISON)) return false;
  uint32_t at = hs_phrase_skip_time(c->w, c->verb + 1, c->high);
  if (at < c->high && mark(c, at) != ',') return false;
  const hs_quoted *q = first - 1 > c->low ? quoted_at(c, first - 2) : NULL; /* `a “ticking bomb,” as Orlo put it` */
  if (q || (first - 1 > c->low && mark(c, first - 2) == ',')) {
    add_content(c, left_start(c, first - 2), first - 2 + (q != NULL));
    if (q) c->a.confidence = 0.9f;
    return c->a.contents.count > 0;
  }
  if (first - 1 != c->low || at + 1 >= c->high) return false;
  add_content(c, at + 1, hs_clause_end(c->s, at + 1, c->high, false));
  return c->a.contents.count > 0;
}

/* ---- passives ---- */

/* "The plan was rejected by the mayor". */
static bool take_passive(candidate *c) {
  uint32_t by = c->verb + 1;
  if (by + 1 >= c->high || !is(c, by, HS_AGENT)) return false;
  hs_range subject = hs_phrase_before(c->w, c->low, c->group.range.first);
  hs_range agent = hs_phrase_behind(c->w, by + 1, c->high);
  bool relays = agent.end < c->high && is(c, agent.end, HS_INFINITIVE | HS_COMPARISON);
  if (relays || subject.first >= subject.end || agent.first >= agent.end) return false;
  c->a.cue.end = by + 1;
  c->a.source = agent;
  add_content(c, subject.first, subject.end);
  c->a.confidence = 0.5f;
  return true;
}

/* Is the cue "quoted" of "quoted Orlo as saying", which is found at "saying"? */
static bool leads_to_as_saying(const candidate *c) {
  if (!takes(c, HS_COMPLEMENT_PERSON_AS)) return false;
  for (uint32_t i = c->verb + 1; i + 1 < c->high && i < c->verb + LOOK_AHEAD; i++) {
    if (c->w->items[i].mark == ',' || quoted_at(c, i)) return false;
    if (is(c, i, HS_COMPARISON) && c->w->items[i + 1].entry->cue_forms == HS_CUE_GERUND) return true;
  }
  return false;
}

/* "missile attacks in Vesta “would change the war”": what stands in marks behind a verb without speech is its
 * predicate. */
static bool is_predicate_behind(const candidate *c) {
  uint32_t at = c->verb + 1, reach = at + PLACE_WORDS;
  if (takes(c, HS_COMPLEMENT_SPEECH)) return false;
  while (at < reach && at < c->high && !mark(c, at)) at++;
  return at + 1 < c->high && quoted_from(c, at) && is(c, at + 1, HS_MODAL | HS_AUXILIARY);
}

static bool take_contents(candidate *c) {
  if (is_predicate_behind(c)) return false;
  uint32_t first = c->a.source.first;
  bool after_comma = c->inverted || (first > c->low && (mark(c, first - 1) == ',' || quoted_at(c, first - 1)));
  if (take_as(c)) return true;
  if (after_comma) {
    uint32_t next = tail_of(c);
    bool quote_left = quoted_at(c, (c->inverted ? c->group.range.first : first) - 1) != NULL;
    bool bare = next >= c->high || mark(c, next) == ',' || c->inverted || quote_left;
    bool complement = !c->inverted && !quote_left && (take_quotation_behind(c) || take_clause_word(c));
    if (complement) return true;
    bool clause = !c->inverted && !quote_left && next > c->verb + 1 && take_bare(c);
    if (clause) return true;
    if (bare && take_left(c)) return true;
  }
  return take_quotation_behind(c) || take_clause_word(c) || take_preposition(c) || take_gerund(c) || take_bare(c);
}

/* "Tass quoted Orlo as saying", "Orlo was quoted by Tass as saying": the speaker is the one who is quoted. */
static bool take_as_saying(candidate *c) {
  const hs_words *w = c->w;
  uint32_t as = c->verb - 1, end = as, by = as;
  hs_range quoter = {0, 0};
  while (by > c->low && !is(c, by, HS_AGENT) && as - by < LOOK_AHEAD) by--;
  bool agent = is(c, by, HS_AGENT) && by > c->low && w->items[by - 1].entry->complements & HS_COMPLEMENT_PERSON_AS;
  if (agent) end = by;
  if (end > c->low && w->items[end - 1].entry->complements & HS_COMPLEMENT_PERSON_AS) {
    hs_verb_group quoted;
    if (!hs_verb_group_read(&quoted, w, c->low, end - 1) || !quoted.passive) return false;
    c->a.source = hs_phrase_before(w, c->low, quoted.range.first);
    c->a.cue = (hs_range){quoted.range.first, c->verb + 1};
  } else {
    c->a.source = hs_phrase_before(w, c->low, as);
    uint32_t first = c->a.source.first;
    if (first >= c->a.source.end || first <= c->low ||
        !(w->items[first - 1].entry->complements & HS_COMPLEMENT_PERSON_AS))
      return false;
    hs_verb_group quoting;
    if (!hs_verb_group_read(&quoting, w, c->low, first - 1)) return false;
    quoter = hs_phrase_before(w, c->low, quoting.range.first);
    c->a.cue = (hs_range){as, c->verb + 1};
  }
  if (c->a.source.first >= c->a.source.end) return false;
  if (take_quotation_behind(c) || take_clause_word(c) || take_bare(c)) return true;
  uint32_t edge = quoter.first < quoter.end && quoter.first < c->a.source.first ? quoter.first : c->a.source.first;
  return take_left_of(c, edge);
}

static void finish(candidate *c) {
  if (c->a.contents.count == 0) return;
  hs_search_continue(c->s, &c->a);
  hs_search_keep(c->s, &c->a);
}

/* "is reported by the BBC to have said": a participle of reporting behind a form of be, before the cue itself. */
static bool is_reported_to(const candidate *c) {
  bool be = false;
  for (uint32_t i = c->group.range.first; i < c->verb; i++) {
    const hs_entry *e = c->w->items[i].entry;
    if (be && e->complements && e->cue_forms & HS_CUE_PARTICIPLE) return true;
    be = be || e->grammar & HS_BE;
  }
  return false;
}

/* The word at token I, or the words that begin there, "put it", by the entry E. */
static void try_cue(hs_search *s, uint32_t low, uint32_t high, uint32_t i, const hs_entry *e, uint32_t size,
                    bool relayed) {
  const hs_words *w = s->words;
  candidate c = {.s = s, .w = w, .low = low, .high = high, .verb = i + size - 1, .e = e};
  if (hs_words_has(w, i, HS_TOKEN_CAPITAL) && !hs_words_has(w, i, HS_SHAPE_FIRST)) return;
  if (!hs_verb_group_read(&c.group, w, low, i) || c.group.infinitive) return;
  c.a = (hs_attribution){.cue = c.group.range, .verb = i, .confidence = 0.5f};
  c.a.cue.end += size - 1;
  if (hs_words_is(w, i > low ? i - 1 : i, HS_COMPARISON) && c.e->cue_forms == HS_CUE_GERUND) {
    if (take_as_saying(&c)) finish(&c);
    return;
  }
  if (leads_to_as_saying(&c) || (relayed && !is_reported_to(&c))) return;
  if (c.group.passive && take_passive(&c)) hs_search_keep(s, &c.a);
  else if (!c.group.passive && find_source(&c) && take_contents(&c)) finish(&c);
}

void hs_search_cues(hs_search *s, uint32_t sentence, bool relayed) {
  const hs_words *w = s->words;
  uint32_t low = hs_words_opening(w, sentence), high = hs_sentence_high(w, sentence), size;
  for (uint32_t i = low; i < high && s->found.count <= HS_LIMIT_QUOTATIONS; i++) {
    const hs_entry *e = hs_words_phrase(w, i, high, &size);
    if (!e->complements) e = w->items[i].entry, size = 1;
    if (e->complements && !s->marks->at[i]) try_cue(s, low, high, i, e, size, relayed);
  }
}
