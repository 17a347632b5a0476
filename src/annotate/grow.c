#include "annotate/doubt.h"

#include "annotate/branch.h"
#include "annotate/frame.h"

#include <string.h>

static bool is_verb(const hs_words *w, uint32_t i) {
  return hs_words_class(w, i, "VERB") || hs_words_class(w, i, "AUX");
}

/* May CONTENT go on to END: in the same sentence, over no cue but of who speaks in those words? */
static bool may_grow(const hs_search *s, hs_range content, uint32_t end) {
  const hs_words *w = s->words;
  hs_range more = {content.end, end};
  if (hs_range_empty(more) || end > w->sentences[w->sentence_of[content.end - 1]].end) return false;
  for (uint32_t i = more.first; i < more.end; i++) {
    if (!s->cue_at[i]) continue;
    const hs_attribution *b = &s->found.items[s->cue_at[i] - 1];
    if (hs_range_empty(b->source) || !hs_range_within(more, b->source)) return false;
  }
  return true;
}

/* "said it was safe | but had not been there": does the clause of VERB, behind the conjunction AT, tell without a
 * subject of its own of what came before the saying, so that it is said? */
static bool is_before(const hs_words *w, uint32_t at, uint32_t verb) {
  bool had = false;
  for (uint32_t i = at + 1; i < verb; i++) {
    if (hs_branch_up(w, i) != verb) continue;
    if (hs_branch_is(w, i, "nsubj")) return false;
    had = had || (strcmp(w->tokens[i].relation, "aux") == 0 && strcmp(w->tokens[i].xpos, "VBD") == 0);
  }
  return had;
}

/* "that it was safe | and would hold": RANGE with the clause that a conjunction ties to its own. */
static void take_clause(const hs_search *s, const hs_attribution *a, hs_range *content) {
  const hs_words *w = s->words;
  hs_range said = *content;
  uint32_t at = said.end;
  if (hs_words_is(w, said.first, HS_COMPLEMENTIZER) && said.end > said.first + 1) said.first++;
  if (at < w->count && w->items[at].mark == ',') at++;
  if (at >= w->count || !hs_words_is(w, at, HS_CONJUNCTION) || !hs_branch_is(w, at, "cc")) return;
  uint32_t verb = hs_branch_up(w, at), up = verb == HS_NO_TOKEN ? verb : hs_branch_up(w, verb);
  if (up == HS_NO_TOKEN || !hs_branch_is(w, verb, "conj") || !hs_words_class(w, verb, "VERB") || s->cue_at[verb])
    return;
  if (up != hs_branch_head(w, said) && !(hs_range_holds(a->cue, up) && is_before(w, at, verb))) return;
  uint32_t end = hs_branch_around(w, verb).end;
  while (end > verb + 1 && w->items[end - 1].mark && !s->marks->at[end - 1]) end--;
  if (may_grow(s, *content, end)) content->end = end;
}

/* "said the dam leaks and the gate | is shut": RANGE to the end of the clause whose verb stands right behind its
 * subject. */
static void take_predicate(const hs_search *s, const hs_attribution *a, hs_range *content) {
  const hs_words *w = s->words;
  uint32_t at = content->end, verb = at;
  if (w->items[at].mark || !is_verb(w, at) || hs_words_class(w, a->verb, "NOUN")) return;
  if (hs_branch_is(w, at, "aux") || hs_branch_is(w, at, "cop")) verb = hs_branch_up(w, at);
  bool subject = false;
  for (uint32_t i = content->first; i < at && !subject && verb != HS_NO_TOKEN; i++)
    subject = hs_branch_up(w, i) == verb && hs_branch_is(w, i, "nsubj");
  if (!subject || verb < at) return;
  uint32_t end = hs_branch_around(w, verb).end;
  while (end > verb + 1 && w->items[end - 1].mark && !s->marks->at[end - 1]) end--;
  if (may_grow(s, *content, end)) content->end = end;
}

/* "in Low Ferry | , Vesta": RANGE with the name that tells where the last one lies. */
static void take_place(const hs_search *s, hs_range *content) {
  const hs_words *w = s->words;
  uint32_t at = content->end, last = at - 1;
  if (at + 1 >= w->count || w->items[at].mark != ',' || !hs_words_class(w, last, "PROPN")) return;
  if (!hs_words_class(w, at + 1, "PROPN") || !hs_words_name(w, at + 1) || !hs_words_name(w, last)) return;
  if (strcmp(hs_words_name(w, at + 1)->type, "LOC") != 0 || strcmp(hs_words_name(w, last)->type, "LOC") != 0) return;
  uint32_t end = hs_words_name(w, at + 1)->end;
  if (end < w->count && hs_words_is(w, end, HS_CONJUNCTION)) return;
  if (may_grow(s, *content, end)) content->end = end;
}

/* "amid fears | of a flood", "a town | that nobody knows": RANGE with what hangs on its last word and follows it. */
static void take_rest(const hs_search *s, const hs_attribution *a, hs_range *content) {
  const hs_words *w = s->words;
  uint32_t at = content->end, last = at - 1, top = at;
  if (at >= w->count || w->items[at].mark || s->marks->at[at] || hs_doubt_carrier(w, a, at) != HS_NO_TOKEN) return;
  while (top != HS_NO_TOKEN && hs_branch_up(w, top) != last) {
    top = hs_branch_up(w, top);
    if (top != HS_NO_TOKEN && top < at) return;
  }
  if (top == HS_NO_TOKEN || hs_words_entry(w, top)->institution == HS_INSTITUTION_OCCASION) return;
  uint32_t end = hs_branch_around(w, top).end;
  while (end > top + 1 && w->items[end - 1].mark && !s->marks->at[end - 1]) end--;
  if (may_grow(s, *content, end)) content->end = end;
}

/* "accused Orlo, who was born in Teal, | of lying": what somebody is accused of, behind what is told of him. */
static void take_charge(const hs_search *s, const hs_attribution *a, hs_range *content) {
  const hs_words *w = s->words;
  uint32_t of = content->end + 1;
  bool accuses = hs_words_entry(w, a->verb)->force == HS_FORCE_ACCUSATION + 1;
  if (!accuses || of >= w->count || w->items[of - 1].mark != ',' || !hs_words_is(w, of, HS_PREPOSITION)) return;
  uint32_t deed = hs_branch_up(w, of), up = deed == HS_NO_TOKEN ? deed : hs_branch_up(w, deed);
  if (up == HS_NO_TOKEN || deed < of || !hs_range_holds(a->cue, up)) return;
  uint32_t end = hs_branch_around(w, deed).end;
  while (end > of + 1 && w->items[end - 1].mark && !s->marks->at[end - 1]) end--;
  if (may_grow(s, *content, end)) content->end = end;
}

/* Where the words of the sentence that stand before source and cue of A, with a comma behind, begin and end: "The dam"
 * of "The dam, she said, is safe". Empty if there are none, or marks or another cue stand in them. */
static hs_range words_before(const hs_search *s, const hs_attribution *a) {
  const hs_words *w = s->words;
  uint32_t low = hs_words_opening(w, w->sentence_of[a->cue.first]);
  bool behind = !hs_range_empty(a->source) && a->source.first < a->cue.first;
  uint32_t edge = behind ? a->source.first : a->cue.first;
  hs_range none = {edge, edge};
  if (edge > low && hs_words_is(w, edge - 1, HS_COMPARISON)) edge--; /* "as she said" */
  if (edge < low + 2 || w->items[edge - 1].mark != ',') return none;
  if (hs_words_is(w, low, HS_CONJUNCTION)) low++;
  hs_range range = {low, edge - 1};
  for (uint32_t i = low; i < range.end; i++) {
    if (s->marks->at[i] || s->cue_at[i]) return none;
    if (w->items[i].mark == ':') range.first = i + 1;
  }
  return range;
}

/* Does what is said, CONTENT, lack the subject that BEFORE holds: "is safe", "normally does not leak"? */
static bool lacks_subject(const hs_words *w, hs_range content, hs_range before) {
  uint32_t first = content.first;
  while (first + 1 < content.end && hs_words_class(w, first, "ADV")) first++;
  bool verb = is_verb(w, first) && !hs_words_has(w, first, HS_SHAPE_ING);
  for (uint32_t i = before.first; i < before.end && verb; i++) verb = !is_verb(w, i);
  return verb;
}

/* Are the words of CONTENT, in no marks, a clause with its own subject before the verb? */
static bool is_clause(const hs_search *s, hs_range content) {
  const hs_words *w = s->words;
  uint32_t verb = s->marks->at[content.first] ? content.end : hs_branch_head(w, content);
  for (uint32_t i = content.first; i < verb && verb < content.end; i++)
    if (hs_branch_is(w, i, "nsubj") && hs_branch_up(w, i) == verb && hs_words_entry(w, i)->pronoun != HS_CASE_RELATIVE)
      return true;
  return false;
}

/* "The dam, she said, is safe": the subject of what is said, which stands before the cue. */
static void take_subject(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range said = a->contents.items[0], before = words_before(s, a);
  if (hs_range_empty(before) || a->contents.count > 1 || said.first <= a->cue.end) return;
  if (w->items[said.first - 1].mark != ',' || w->sentence_of[said.first] != w->sentence_of[a->verb]) return;
  bool subject = lacks_subject(w, said, before) || hs_words_is(w, before.end - 1, HS_BE); /* "It was, she said, ..." */
  for (uint32_t i = before.first; i < before.end && !subject; i++) {
    uint32_t up = hs_branch_up(w, i);
    bool needs = hs_branch_is(w, i, "nsubj") || hs_branch_is(w, i, "csubj") || hs_branch_is(w, i, "expl");
    subject = needs && up != HS_NO_TOKEN && hs_range_holds(said, up);
    if (subject && hs_words_entry(w, i)->pronoun == HS_CASE_RELATIVE) before.first = i;
  }
  if (!subject && !(before.end - before.first > 1 && is_clause(s, said))) return; /* "In the end, she said, it held" */
  a->contents.count = 0;
  hs_push(s->arena, a->contents, before);
  hs_push(s->arena, a->contents, said);
}

/* "the dam, which Orlo says leaks": the relative word before the source, if it is part of what is said. */
static void take_relative(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range said = a->contents.items[0];
  uint32_t which = a->source.first - 1;
  bool adjacent = !hs_range_empty(a->source) && a->source.first > 0 && a->source.end == a->cue.first;
  if (!adjacent || said.first < a->cue.end || hs_words_entry(w, which)->pronoun != HS_CASE_RELATIVE) return;
  uint32_t up = hs_branch_up(w, which);
  bool part = hs_branch_is(w, which, "nsubj") || hs_branch_is(w, which, "obj");
  if (!part || up == HS_NO_TOKEN || s->marks->at[which] != s->marks->at[a->cue.first]) return;
  if (!hs_range_holds(said, up) && !hs_range_holds(a->cue, up)) return;
  hs_push(s->arena, a->contents, ((hs_range){which, which + 1}));
  hs_range last = a->contents.items[a->contents.count - 1];
  memmove(a->contents.items + 1, a->contents.items, (a->contents.count - 1) * sizeof *a->contents.items);
  a->contents.items[0] = last;
}

void hs_doubt_grow(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  if (!w->parsed || hs_range_empty(a->cue)) return;
  take_subject(s, a);
  take_relative(s, a);
  hs_range *last = &a->contents.items[a->contents.count - 1];
  uint32_t marks = s->marks->at[last->end - 1];
  if (last->first < a->cue.end || (marks && marks == s->marks->at[last->first]) || last->end >= w->count) return;
  take_rest(s, a, last);
  take_predicate(s, a, last);
  take_place(s, last);
  take_clause(s, a, last);
  take_charge(s, a, last);
}
