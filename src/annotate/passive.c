#include "annotate/passive.h"

#include "annotate/branch.h"
#include "annotate/frame.h"
#include "base/limits.h"

enum { AGENT_REACH = 24, SUBJECT_REACH = 40 };

typedef struct passive {
  hs_range group, subject;
  hs_range agent; /* without "by", which stands before it; empty if there is none */
} passive;

/* What one does to somebody by saying it: in the passive the subject is that somebody. */
static bool is_done_by_saying(const hs_words *w, uint32_t i) {
  switch (hs_words_entry(w, i)->force - 1) {
  case HS_FORCE_ACCUSATION:
  case HS_FORCE_PRAISE:
  case HS_FORCE_QUESTION:
  case HS_FORCE_ORDER:
  case HS_FORCE_WARNING: return hs_words_entry(w, i)->cue_forms & HS_CUE_PARTICIPLE;
  default: return false;
  }
}

/* Who does it, behind the verb; empty if the text does not tell. */
static hs_range agent_of(const hs_words *w, uint32_t verb, uint32_t end) {
  hs_range none = {verb, verb};
  for (uint32_t i = verb + 1; i + 1 < end && i < verb + AGENT_REACH; i++) {
    uint32_t noun = hs_words_is(w, i, HS_AGENT) ? hs_branch_up(w, i) : HS_NO_TOKEN;
    if (noun == HS_NO_TOKEN || noun < i || hs_branch_up(w, noun) != verb || hs_words_class(w, noun, "VERB")) continue;
    hs_range agent = hs_frame_phrase(w, i + 1, end, false);
    for (uint32_t k = agent.first + 1; k + 1 < agent.end; k++) /* "accused by the north of funding rebels" */
      if (hs_words_is(w, k, HS_BINDING) && hs_words_has(w, k + 1, HS_SHAPE_ING)) agent.end = k;
    return agent;
  }
  return none;
}

/* The passive whose participle is VERB. False if it is none. */
static bool read_passive(const hs_words *w, uint32_t verb, passive *p) {
  const hs_sentence *sentence = &w->sentences[w->sentence_of[verb]];
  hs_verb_group group;
  uint32_t subject = verb;
  if (!is_done_by_saying(w, verb) || !hs_verb_group_read(&group, w, sentence->first, verb) || !group.passive)
    return false;
  while (subject > sentence->first && subject + SUBJECT_REACH > verb &&
         !(hs_branch_up(w, subject) == verb && hs_branch_is(w, subject, "nsubj")))
    subject--;
  if (hs_branch_up(w, subject) != verb || !hs_branch_is(w, subject, "nsubj") || subject >= group.range.first)
    return false;
  p->group = group.range;
  p->subject = hs_branch_around(w, subject);
  if (p->subject.end > group.range.first) p->subject.end = group.range.first;
  while (p->subject.end > subject + 1 && w->items[p->subject.end - 1].mark) p->subject.end--;
  p->agent = agent_of(w, verb, sentence->end);
  return true;
}

/* CONTENT without the words of the agent, which end it or stand at its beginning. */
static hs_range without_agent(hs_range content, const passive *p) {
  if (hs_range_empty(p->agent) || !hs_range_meets(content, p->agent)) return content;
  if (content.first + 1 >= p->agent.first) return (hs_range){p->agent.end, content.end};
  return (hs_range){content.first, p->agent.first - 1};
}

/* A took the subject for its source: gives it the agent, and the subject to what is said. */
static void turn(const hs_search *s, hs_attribution *a, const passive *p) {
  size_t kept = 0;
  a->source = p->agent;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range part = without_agent(a->contents.items[k], p);
    if (!hs_range_empty(part) && !hs_range_meets(part, p->subject)) a->contents.items[kept++] = part;
  }
  a->contents.count = kept;
  hs_push(s->arena, a->contents, p->subject);
}

static void add(hs_search *s, uint32_t verb, const passive *p) {
  const hs_words *w = s->words;
  hs_attribution a = {
      .cue = {p->group.first, verb + 1}, .verb = verb, .source = p->agent, .confidence = HS_SURE_OF_MISSED};
  uint32_t high = hs_sentence_high(w, w->sentence_of[verb]), first = verb + 1;
  if (p->agent.first == verb + 2) {
    a.cue.end = verb + 2;
    first = p->agent.end;
  }
  hs_range said = {first, first < high ? hs_clause_end(s, first, high, false) : first};
  said = without_agent(said, p);
  hs_push(s->arena, a.contents, p->subject);
  if (!hs_range_empty(said)) hs_push(s->arena, a.contents, said);
  hs_search_keep(s, &a);
}

void hs_search_passives(hs_search *s) {
  const hs_words *w = s->words;
  passive p;
  for (size_t i = 0; i < s->found.count && w->parsed; i++) {
    hs_attribution *a = &s->found.items[i];
    bool before = !hs_range_empty(a->source) && !hs_range_empty(a->cue) && a->source.end <= a->cue.end;
    if (before && read_passive(w, a->verb, &p) && hs_range_meets(a->source, p.subject)) turn(s, a, &p);
  }
  for (uint32_t i = 0; i < w->count && w->parsed && s->found.count <= HS_LIMIT_QUOTATIONS; i++)
    if (!s->cue_at[i] && !s->marks->at[i] && read_passive(w, i, &p) && !hs_range_empty(p.agent)) add(s, i, &p);
}
