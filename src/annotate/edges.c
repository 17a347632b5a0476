#include "annotate/edges.h"

#include "annotate/branch.h"
#include "annotate/frame.h"
#include "annotate/phrase.h"

/* The stretch in quotation marks that token I stands in; NULL outside. */
static const hs_quoted *stretch_at(const hs_search *s, uint32_t i) {
  uint32_t at = i < s->words->count ? s->marks->at[i] : 0;
  return at ? &s->marks->items[at - 1] : NULL;
}

/* RANGE with the quotation marks at its edges, and the stop or comma before a closing one. */
static hs_range with_marks(const hs_search *s, hs_range range) {
  const hs_words *w = s->words;
  const hs_quoted *q = range.first ? stretch_at(s, range.first - 1) : NULL;
  if (q && q->range.first + 1 == range.first) range.first--;
  q = stretch_at(s, range.end - 1);
  uint32_t end = range.end;
  if (!q || q->range.first < range.first) return range;
  while (end < q->range.end && w->items[end].mark && !(q->closed && end + 1 == q->range.end)) end++;
  if (q->closed ? end + 1 == q->range.end : end == q->range.end) range.end = q->range.end;
  return range;
}

/* RANGE without a dateline at its start. */
static hs_range behind_dateline(const hs_words *w, hs_range range) {
  uint32_t opening = hs_words_opening(w, w->sentence_of[range.first]);
  if (range.first < opening) range.first = opening < range.end ? opening : range.end;
  return range;
}

/* Words that stand in no marks are of one paragraph, the one that RANGE begins in. */
static hs_range in_paragraph(const hs_search *s, hs_range range) {
  const hs_paragraph *paragraph = hs_words_paragraph(s->words, range.first);
  if (range.end > paragraph->range.end && !s->marks->at[paragraph->range.end - 1]) range.end = paragraph->range.end;
  return range;
}

/* Words that stand in no marks end before a semicolon, and before ", citing X". */
static hs_range in_clause(const hs_search *s, hs_range range) {
  const hs_words *w = s->words;
  for (uint32_t i = range.first + 1; i + 1 < range.end; i++) {
    bool cites = w->items[i].mark == ',' && hs_words_has(w, i + 1, HS_SHAPE_ING) &&
                 w->items[i + 1].entry->complements & HS_COMPLEMENT_SOURCE;
    if ((cites || w->items[i].mark == ';') && !s->marks->at[i]) range.end = i;
  }
  return range;
}

/* Who quotes from outside quotes from mark to mark: a content that ends within marks ends, and begins, with them. */
static hs_range whole_speech(const hs_search *s, uint32_t cue_end, hs_range range) {
  const hs_quoted *q = stretch_at(s, range.end - 1);
  if (!q || (cue_end > q->range.first && cue_end <= q->range.end)) return range;
  range.end = q->range.end;
  if (q->range.first < range.first) range.first = q->range.first;
  return range;
}

/* "Russian", "missile", "thousand": does token I describe the noun that it hangs on? */
static bool is_modifier(const hs_words *w, uint32_t i) {
  return hs_branch_is(w, i, "amod") || hs_branch_is(w, i, "compound") || hs_branch_is(w, i, "nummod");
}

/* The word behind RANGE to which its last one leads, as "of", "had" and "Russian" do; HS_NO_TOKEN if it leads to none.
 */
static uint32_t led_to(const hs_search *s, hs_range range) {
  static const char *const leading[] = {"ADP", "DET", "CCONJ", "SCONJ", "AUX", "PART"};
  const hs_words *w = s->words;
  uint32_t last = range.end - 1, up = hs_branch_up(w, last);
  if (s->marks->at[last] || up == HS_NO_TOKEN || up < range.end) return HS_NO_TOKEN;
  for (size_t k = 0; k < sizeof leading / sizeof *leading; k++)
    if (hs_words_class(w, last, leading[k])) return up;
  return is_modifier(w, last) || hs_branch_is(w, last, "case") ? up : HS_NO_TOKEN;
}

/* RANGE to the end of the phrase that it ends in the midst of, if that hangs on RANGE by the tree and does not reach
 * into CUE; else without the words at its end that only lead to what stands behind it. */
static hs_range with_phrase(const hs_search *s, hs_range cue, hs_range range) {
  const hs_words *w = s->words;
  hs_range cut = range;
  while (cut.end > cut.first + 1) {
    uint32_t head = led_to(s, cut), top = head == HS_NO_TOKEN ? HS_NO_TOKEN : hs_branch_up(w, head);
    if (head == HS_NO_TOKEN) break;
    if (top != HS_NO_TOKEN && cut.first <= top && top < cut.end) {
      uint32_t end = hs_branch_around(w, head).end;
      while (end > range.end && w->items[end - 1].mark && !s->marks->at[end - 1]) end--;
      return end > range.end && !hs_range_meets(cue, (hs_range){range.first, end}) ? (hs_range){range.first, end}
                                                                                   : range;
    }
    if (is_modifier(w, cut.end - 1)) break;
    cut.end--;
    while (cut.end > cut.first + 1 && w->items[cut.end - 1].mark == ',') cut.end--;
  }
  return cut;
}

/* Is the clause of VERB told by CUE: does it hang from it, or, as trees of "the rest, they say, is" have it, beside it?
 */
static bool is_told(const hs_words *w, hs_range cue, uint32_t verb) {
  uint32_t up = hs_branch_up(w, verb), tells = hs_branch_head(w, cue);
  if (hs_branch_is(w, verb, "ccomp")) return hs_range_holds(cue, up);
  return hs_branch_is(w, verb, "parataxis") && hs_branch_is(w, tells, "parataxis") && up == hs_branch_up(w, tells);
}

/* "the mayor" of "said the mayor had promised to come": RANGE to the end of the clause whose subject it is, if CUE
 * tells that clause. */
static hs_range with_verb(const hs_search *s, hs_range cue, hs_range range) {
  const hs_words *w = s->words;
  uint32_t subject = hs_branch_head(w, range), verb = subject < range.end ? hs_branch_up(w, subject) : HS_NO_TOKEN;
  bool behind = verb != HS_NO_TOKEN && verb >= range.end && hs_branch_is(w, subject, "nsubj");
  if (!behind || !is_told(w, cue, verb) || s->marks->at[range.end - 1]) return range;
  hs_range clause = {range.first, hs_branch_around(w, verb).end};
  while (clause.end > verb + 1 && w->items[clause.end - 1].mark && !s->marks->at[clause.end - 1]) clause.end--;
  return hs_range_meets(cue, clause) ? range : clause;
}

/* A bracket that opens in a content and closes right behind it closes in it. */
static hs_range with_bracket(const hs_words *w, hs_range range) {
  int open = 0;
  for (uint32_t i = range.first; i < range.end; i++) open += (w->items[i].mark == '(') - (w->items[i].mark == ')');
  if (open == 1 && range.end < w->count && w->items[range.end].mark == ')') range.end++;
  return range;
}

/* One word in marks with a capital, `whom everyone calls "Brick"`, is nobody's words. */
static bool is_nickname(const hs_search *s, hs_range range) {
  const hs_quoted *q = stretch_at(s, range.first);
  return q && q->fragment && q->range.first == range.first && q->range.end == range.end &&
         range.end - range.first == 3 && hs_words_has(s->words, range.first + 1, HS_TOKEN_CAPITAL);
}

hs_range hs_edges_content(const hs_search *s, hs_range cue, hs_range range) {
  range = behind_dateline(s->words, range);
  if (range.first >= range.end) return range;
  range = whole_speech(s, cue.end, with_marks(s, in_clause(s, in_paragraph(s, range))));
  range = with_bracket(s->words, with_verb(s, cue, with_phrase(s, cue, range)));
  bool that = range.end == range.first + 1 && hs_words_is(s->words, range.first, HS_COMPLEMENTIZER | HS_RELATIVE);
  return that || is_nickname(s, range) ? (hs_range){range.first, range.first} : range;
}

/* "The report of the Vesta council" of "… council's decision": RANGE with the noun that the possessive goes with. */
static hs_range with_possessed(const hs_search *s, hs_range cue, hs_range range) {
  const hs_words *w = s->words;
  uint32_t last = range.end - 1;
  bool clitic = range.end < w->count && hs_words_has(w, range.end, HS_TOKEN_CLITIC);
  uint32_t head = clitic && range.end < cue.first ? hs_branch_up(w, last) : HS_NO_TOKEN;
  bool before = head != HS_NO_TOKEN && head > range.end && head < cue.first;
  if (before && strcmp(w->tokens[last].relation, "nmod:poss") == 0) range.end = head + 1;
  return range;
}

/* "Orlo, her officials and state media": a list, of which RANGE is the end, from its beginning. */
static hs_range with_list(const hs_words *w, hs_range range) {
  uint32_t head = hs_branch_head(w, range), before = range.first - 2;
  if (head >= range.end || range.first < 2 || w->items[range.first - 1].mark != ',') return range;
  bool joined = false;
  for (uint32_t i = range.first; i < range.end; i++)
    joined = joined || (hs_words_is(w, i, HS_JOINING) && hs_branch_is(w, i, "cc"));
  uint32_t up = hs_branch_up(w, head), first = before;
  if (joined && up != HS_NO_TOKEN && hs_branch_is(w, head, "conj") && up < range.first && hs_branch_is(w, up, "nsubj"))
    return (hs_range){hs_branch_around(w, up).first, range.end};
  if (!joined || up == HS_NO_TOKEN || !hs_branch_is(w, head, "nsubj")) return range;
  if (hs_branch_up(w, before) != up) first = hs_branch_up(w, before); /* "Ana Orlo" */
  bool names = first != HS_NO_TOKEN && (hs_branch_is(w, first, "nsubj") || hs_branch_is(w, first, "vocative"));
  bool same = names && hs_branch_up(w, first) == up;
  if (same) range.first = hs_branch_around(w, first).first;
  return range;
}

/* "a senator" of "Ana Orlo, a senator, said": RANGE, which names nobody itself, from the name on to which it is an
 * apposition. */
static hs_range with_name(const hs_words *w, hs_range cue, hs_range range) {
  uint32_t head = hs_branch_head(w, range);
  for (uint32_t i = range.first; i < range.end; i++)
    if (hs_words_name(w, i) && strcmp(hs_words_name(w, i)->type, "PER") == 0) head = range.end;
  uint32_t name = head < range.end && hs_branch_is(w, head, "appos") ? hs_branch_up(w, head) : HS_NO_TOKEN;
  if (name == HS_NO_TOKEN || name >= range.first || w->items[range.first - 1].mark != ',' || !hs_words_name(w, name))
    return range;
  hs_range whole = {hs_words_name(w, name)->first, range.end};
  return hs_range_meets(cue, whole) ? range : whole;
}

static bool has_relative(const hs_words *w, hs_range range) {
  for (uint32_t i = range.first + 1; i < range.end; i++)
    if (hs_words_entry(w, i)->pronoun == HS_CASE_RELATIVE && hs_branch_is(w, i, "nsubj")) return true;
  return false;
}

/* "an aide, who was not allowed | to speak", "said a trader who asked | not to be named": RANGE with what hangs on the
 * clause in it and follows, up to CUE or to where the sentence ends. */
static hs_range with_rest(const hs_search *s, hs_range cue, hs_range range) {
  const hs_words *w = s->words;
  uint32_t last = range.end - 1, high = cue.first;
  if (range.first >= cue.end) high = hs_sentence_high(w, w->sentence_of[last]);
  bool clitic =
      range.end < high && hs_words_has(w, range.end, HS_TOKEN_CLITIC); /* "told of the observers | ' findings" */
  if (range.end >= high || (w->items[range.end].mark && !clitic)) return range;
  if (!hs_words_class(w, last, "VERB") && !has_relative(w, range)) return range;
  uint32_t top = range.end, up = hs_branch_up(w, top);
  while (up != HS_NO_TOKEN && up >= range.end) top = up, up = hs_branch_up(w, top);
  if (up == HS_NO_TOKEN || up <= range.first) return range;
  uint32_t end = hs_branch_around(w, top).end;
  while (end > range.end && w->items[end - 1].mark) end--;
  return end <= high ? (hs_range){range.first, end} : range;
}

hs_range hs_edges_source(const hs_search *s, hs_range cue, hs_range range) {
  const hs_words *w = s->words;
  hs_range behind = behind_dateline(w, range);
  if (hs_range_empty(behind) && cue.first > range.end &&
      hs_words_has(w, range.first, HS_TOKEN_UPPER)) /* "HALONG (Al Jazeera) -" */
    behind = hs_phrase_before(w, hs_words_opening(w, w->sentence_of[range.first]), cue.first);
  if (!hs_range_empty(behind)) range = behind;
  range = with_name(w, cue, with_list(w, with_possessed(s, cue, range)));
  range = with_bracket(w, with_rest(s, cue, with_phrase(s, cue, range)));
  const hs_quoted *q = stretch_at(s, range.end - 1);
  if (q && q->range.first >= range.first) range.end = q->range.end;
  uint32_t last = range.end - 1;
  bool clause = last > range.first && (hs_words_is(w, last, HS_RELATIVE) ||
                                       (hs_words_has(w, last, HS_SHAPE_ING) && w->items[last - 1].mark == ','));
  if (!clause) return range;
  range.end = last;
  if (range.end - range.first > 1 && w->items[range.end - 1].mark == ',') range.end--;
  return range;
}

static bool is_said(const hs_attribution *a, uint32_t token) {
  for (size_t k = 0; k < a->contents.count; k++)
    if (a->contents.items[k].first <= token && token < a->contents.items[k].end) return true;
  return false;
}

/* Does token I only lead to a word behind CUE that neither is said nor says it: "at" of "said at the time"? */
static bool leads_away(const hs_words *w, const hs_attribution *a, hs_range cue, uint32_t i) {
  uint32_t up = hs_branch_up(w, i);
  bool behind = up != HS_NO_TOKEN && up >= cue.end;
  return behind && !is_said(a, up) && !(a->source.first <= up && up < a->source.end);
}

/* "during his daily briefing", of which token I is the last word: where it begins behind the verb that tells; I + 1 if
 * it is no such thing. */
static uint32_t occasion_before(const hs_words *w, uint32_t verb, uint32_t i) {
  uint32_t up = hs_branch_up(w, i), first = hs_branch_around(w, i).first;
  bool hangs = up != HS_NO_TOKEN && up >= verb && up < first && hs_branch_is(w, i, "obl") &&
               hs_words_entry(w, up)->complements & HS_COMPLEMENT_SPEECH;
  return hangs && hs_words_links(w, first, HS_LINK_CARRYING) ? first : i + 1;
}

hs_range hs_edges_cue(const hs_words *w, const hs_attribution *a) {
  hs_range cue = a->cue;
  while (cue.end > a->verb + 1) {
    uint32_t last = cue.end - 1, end = occasion_before(w, a->verb, last);
    const hs_entry *e = hs_words_entry(w, last);
    bool day = e->weekday || e->month || e->timeword == HS_TIMEWORD_DAY;
    if (day || leads_away(w, a, cue, last)) end = last;
    if (end > last) break;
    cue.end = end;
  }
  return cue;
}

/* Is the stretch number AT (from 1) continued by the one behind it, and nobody named who says that one? */
static bool goes_on(const hs_search *s, size_t at) {
  return s->marks->items[at - 1].goes_on && !hs_search_has_words_behind(s, &s->marks->items[at]);
}

void hs_edges_join_paragraphs(hs_search *s, hs_attribution *a) {
  const hs_marks *marks = s->marks;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range content = a->contents.items[k];
    size_t at = marks->at[content.end - 1], first = at, last = at, kept = 0;
    if (!at || marks->at[content.first] != at) continue;
    while (first > 1 && marks->items[first - 2].goes_on && !s->claimed[first - 2]) first--;
    while (goes_on(s, last)) last++;
    if (first == last) continue;
    for (size_t i = 0; i < a->contents.count; i++) { /* but its parts */
      size_t other = marks->at[a->contents.items[i].first];
      if (other < first || other > last) a->contents.items[kept++] = a->contents.items[i];
    }
    a->contents.count = kept;
    for (size_t i = first; i <= last; i++) hs_push(s->arena, a->contents, marks->items[i - 1].range);
    return;
  }
}

void hs_edges_coordinate(const hs_search *s, hs_attribution *a, const hs_attribution *next) {
  const hs_words *w = s->words;
  bool same = next->source.first == a->source.first && next->source.end == a->source.end;
  if (!same || a->source.first >= a->source.end || w->sentence_of[a->verb] != w->sentence_of[next->verb]) return;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range *content = &a->contents.items[k];
    if (next->cue.first <= content->first || next->cue.first >= content->end || s->marks->at[next->cue.first]) continue;
    uint32_t end = next->cue.first;
    while (end > content->first + 1 && (w->items[end - 1].mark == ',' || hs_words_is(w, end - 1, HS_CONJUNCTION)))
      end--;
    content->end = end;
  }
}
