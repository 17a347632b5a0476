#include "annotate/doubt.h"

#include "annotate/branch.h"
#include "annotate/edges.h"
#include "annotate/frame.h"
#include "annotate/phrase.h"

enum { RELATIVE_WORDS = 4, MANNER_WORDS = 6 };

static bool is_one(hs_range range) { return range.end == range.first + 1; }

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

/* Is the verb at VERB a participle without a subject in a clause beside another: "when asked about it", "Orlo, asked"?
 */
static bool is_beside(const hs_words *w, uint32_t verb) {
  const hs_sentence *sentence = &w->sentences[w->sentence_of[verb]];
  if (!hs_branch_is(w, verb, "advcl") && !hs_branch_is(w, verb, "acl")) return false;
  if (!(hs_words_entry(w, verb)->cue_forms & HS_CUE_PARTICIPLE)) return false;
  for (uint32_t i = sentence->first; i < sentence->end; i++)
    if (hs_branch_up(w, i) == verb && (hs_branch_is(w, i, "nsubj") || hs_branch_is(w, i, "aux"))) return false;
  return true;
}

/* "Orlo, asked about it, said": a comma that is the only one stands between no subject and its verb. */
static bool is_aside(const hs_words *w, const hs_attribution *a) {
  if (a->source.end + 1 != a->cue.first || w->items[a->source.end].mark != ',') return false;
  for (uint32_t i = a->source.first; i < a->source.end; i++)
    if (w->items[i].mark == ',') return false;
  return true;
}

/* "Asked who had forged it, Orlo said", "Orlo, when asked about it, said": whoever is named behind or before was asked,
 * and did not ask. */
static void drop_asked(const hs_words *w, hs_attribution *a) {
  const hs_entry *e = hs_words_entry(w, a->verb);
  bool opens = a->verb == a->cue.first && hs_words_has(w, a->verb, HS_SHAPE_FIRST) && e->cue_forms & HS_CUE_PARTICIPLE;
  bool behind = opens && a->source.first > a->cue.first;
  bool before =
      !hs_range_empty(a->source) && a->source.end <= a->cue.first && (is_beside(w, a->verb) || is_aside(w, a));
  if (e->complements & HS_COMPLEMENT_HEARER_WH && (behind || before))
    a->source = (hs_range){a->cue.first, a->cue.first};
}

/* The headline "Orlo urged to resign": Orlo was urged, and nobody is told of who urged him. */
static void drop_heard(const hs_words *w, hs_attribution *a) {
  const hs_entry *e = hs_words_entry(w, a->verb);
  hs_block_kind kind = hs_words_paragraph(w, a->verb)->kind;
  bool heard = (kind == HS_BLOCK_TITLE || kind == HS_BLOCK_HEADING) && is_one(a->cue) &&
               e->complements & HS_COMPLEMENT_HEARER_INF && e->cue_forms & HS_CUE_PARTICIPLE;
  uint32_t first = a->contents.items[0].first;
  if (heard && first == a->cue.end && hs_words_is(w, first, HS_INFINITIVE))
    a->source = (hs_range){a->cue.first, a->cue.first};
}

/* "with Orlo said to be leaving", "a man believed to know": nobody says "to be" of oneself by a verb that takes no
 * "to"; it is said of the one before the verb. */
static void turn_said_of(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  const hs_entry *e = hs_words_entry(w, a->verb);
  hs_range *content = &a->contents.items[0];
  bool takes = e->complements & (HS_COMPLEMENT_INF | HS_COMPLEMENT_HEARER_INF);
  bool of = is_one(a->cue) && e->cue_forms & HS_CUE_PARTICIPLE && e->complements & HS_COMPLEMENT_THAT && !takes;
  if (!of || a->contents.count > 1 || content->first != a->cue.end || !hs_words_is(w, content->first, HS_INFINITIVE))
    return;
  if (hs_range_empty(a->source) || a->source.end != a->cue.first) return;
  hs_range said = *content;
  *content = a->source;
  hs_push(s->arena, a->contents, said);
  a->source = (hs_range){a->cue.first, a->cue.first};
}

static bool is_names(const hs_words *w, hs_range range) {
  for (uint32_t i = range.first; i < range.end; i++)
    if (!hs_words_name(w, i) && !(hs_words_has(w, i, HS_TOKEN_CAPITAL) && hs_words_class(w, i, "PROPN"))) return false;
  return true;
}

/* “Who counts?” asks Orlo: a name right behind the cue, which the finder took for what is said, says the words in marks
 * before it. */
static void give_source(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range first = a->contents.items[0];
  bool before = a->contents.count > 1 && first.end <= a->cue.first && s->marks->at[first.end - 1];
  if (!before || !hs_range_empty(a->source) || !(hs_words_entry(w, a->verb)->complements & HS_COMPLEMENT_SPEECH))
    return;
  hs_range behind = a->contents.items[1];
  if (behind.first != a->cue.end || s->marks->at[behind.first] || !is_names(w, behind)) return;
  a->source = behind;
  a->contents.count--;
  memmove(a->contents.items + 1, a->contents.items + 2, (a->contents.count - 1) * sizeof *a->contents.items);
}

/* "reported, citing officials, that it leaks": the clause is what the verb before "citing" tells. */
static void turn_citing(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  const hs_entry *e = hs_words_entry(w, a->verb);
  hs_range *said = &a->contents.items[0];
  uint32_t low = w->sentences[w->sentence_of[a->verb]].first, verb = a->cue.first - 2, that = said->first;
  bool cites = e->complements & HS_COMPLEMENT_SOURCE && e->cue_forms & HS_CUE_GERUND && is_one(a->cue);
  if (!cites || said->first < a->cue.end || a->cue.first < low + 2) return;
  if (w->items[verb + 1].mark != ',' || s->cue_at[verb]) return;
  while (that < said->end && !(hs_words_is(w, that, HS_COMPLEMENTIZER) && w->items[that - 1].mark == ',')) that++;
  hs_verb_group group;
  bool tells = hs_words_entry(w, verb)->complements & HS_COMPLEMENT_THAT && hs_verb_group_read(&group, w, low, verb);
  if (that == said->end || !tells) return;
  a->cue = group.range;
  a->verb = verb;
  said->first = that;
  if (a->confidence < HS_SURE_OF_MISSED)
    a->confidence = a->cue_sure = a->source_sure = a->content_sure = HS_SURE_OF_MISSED;
}

/* Does a clause of time with a subject begin at token I: "as the vote neared", no "as being asleep"? Then *VERB is its
 * verb. */
static bool is_circumstance(const hs_words *w, uint32_t i, uint32_t *verb) {
  *verb = hs_words_is(w, i, HS_CIRCUMSTANCE) ? hs_branch_up(w, i) : HS_NO_TOKEN;
  if (*verb == HS_NO_TOKEN || !(hs_branch_is(w, i, "mark") || hs_branch_is(w, i, "advmod"))) return false;
  for (uint32_t k = i + 1; k < *verb; k++)
    if (hs_branch_up(w, k) == *verb && hs_branch_is(w, k, "nsubj")) return true;
  return false;
}

/* Does the clause of time at token I, with the verb VERB, hang on the cue of A, not on what is said in CONTENT? What
 * stands behind marks tells nothing of a word within them, nor of somebody who is told of. */
static bool is_of_cue(const hs_search *s, const hs_attribution *a, hs_range content, uint32_t i, uint32_t verb) {
  const hs_words *w = s->words;
  uint32_t up = hs_branch_up(w, verb), head = hs_branch_head(w, content);
  bool marked = up != HS_NO_TOKEN && up < i && up >= content.first && s->marks->at[up];
  bool thing = head < content.end && hs_branch_is(w, head, "obj") && s->marks->at[i - 1];
  return thing || (hs_branch_is(w, verb, "advcl") && (marked || hs_range_holds(a->cue, up)));
}

/* "accused him of theft after it was reported that": a content ends before a clause of time that hangs on the cue. */
static void drop_circumstance(const hs_search *s, const hs_attribution *a, hs_range *content) {
  const hs_words *w = s->words;
  uint32_t verb;
  if (content->first < a->cue.end || hs_words_is(w, content->first, HS_COMPLEMENTIZER)) return;
  for (uint32_t i = content->first + 2; i < content->end; i++) {
    if (s->marks->at[i] || !is_circumstance(w, i, &verb) || !is_of_cue(s, a, *content, i, verb)) continue;
    content->end = i;
    while (content->end > content->first + 1 && w->items[content->end - 1].mark == ',') content->end--;
  }
}

/* Does the day that ends at token I, within CONTENT, tell when A was said? It hangs on the cue, or on the thing that
 * was announced, and no deed stands between: "announced new money for boats on Monday". */
static bool tells_when(const hs_search *s, const hs_attribution *a, hs_range content, uint32_t i) {
  const hs_words *w = s->words;
  const hs_entry *e = hs_words_entry(w, i), *cue = hs_words_entry(w, a->verb);
  if (!(e->weekday || e->timeword == HS_TIMEWORD_DAY) || s->marks->at[i]) return false;
  uint32_t up = hs_branch_up(w, i), first = hs_branch_around(w, i).first;
  if (up == HS_NO_TOKEN || first <= content.first) return false;
  if (hs_range_holds(a->cue, up)) return true;
  bool announces = cue->force == HS_FORCE_STATEMENT + 1 && cue->complements & HS_COMPLEMENT_NOUN;
  bool object = false;
  for (uint32_t k = content.first; k < i; k++) {
    if (hs_words_class(w, k, "VERB")) return false;
    object = object || (hs_branch_is(w, k, "obj") && hs_range_holds(a->cue, hs_branch_up(w, k)));
  }
  return announces && object && hs_words_is(w, first, HS_PREPOSITION) && first + 2 == i + 1 && up < first &&
         hs_words_entry(w, up)->institution != HS_INSTITUTION_OCCASION;
}

/* "accused him of theft on Monday", "announced new money on Monday, including": a day that tells when it was said is
 * not part of the content number K. */
static void drop_day(const hs_search *s, hs_attribution *a, size_t k) {
  const hs_words *w = s->words;
  hs_range content = a->contents.items[k];
  if (content.first < a->cue.end || hs_words_is(w, content.first, HS_COMPLEMENTIZER)) return;
  for (uint32_t i = content.first + 1; i < content.end; i++) {
    if (hs_words_entry(w, i)->weekday && s->marks->at[i - 1] && !s->marks->at[i]) {
      a->contents.items[k].end = i; /* `called it a “disgrace” Wednesday on Radio Teal` */
      return;
    }
    if ((i + 1 < content.end && w->items[i + 1].mark != ',') || !tells_when(s, a, content, i)) continue;
    a->contents.items[k].end = hs_branch_around(w, i).first;
    if (i + 2 < content.end) hs_push(s->arena, a->contents, ((hs_range){i + 2, content.end}));
    return;
  }
}

/* "described the idea" of a dam: the noun that ends a cue is said by its verb, unless both together are what tells, as
 * "voiced hope that". */
static void give_object(const hs_words *w, hs_attribution *a) {
  uint32_t last = a->cue.end - 1, verb = hs_branch_up(w, last);
  hs_range *content = &a->contents.items[0];
  bool object = verb != HS_NO_TOKEN && hs_range_holds(a->cue, verb) && hs_branch_is(w, last, "obj");
  if (!object || content->first != a->cue.end || hs_words_is(w, content->first, HS_COMPLEMENTIZER | HS_INFINITIVE))
    return;
  const hs_entry *e = hs_words_entry(w, verb);
  bool light = hs_words_entry(w, last)->force && e->force == HS_FORCE_STATEMENT + 1;
  uint32_t first = hs_branch_around(w, last).first;
  if (!(e->complements & HS_COMPLEMENT_NOUN) || light || first <= verb) return;
  content->first = a->cue.end = first;
}

/* Where the outlet at token I ends, "Orla News" or "news site Nord24"; I if there is none. */
static uint32_t outlet_end(const hs_words *w, uint32_t i, uint32_t end) {
  uint32_t size;
  hs_press press = hs_words_phrase(w, i, end, &size)->press;
  if (press == HS_PRESS_AGENCY || press == HS_PRESS_OUTLET) return i + size;
  uint32_t name = i + size;
  if (name >= end || !press || !hs_words_body_before(w, name)) return i;
  return hs_words_name(w, name) ? hs_words_name(w, name)->end : name + 1;
}

/* "told | Orla News fragments had been found": an outlet right behind the verb is who was told. */
static void drop_told(const hs_words *w, hs_attribution *a) {
  hs_range *content = &a->contents.items[0];
  if (content->first != a->cue.end || !(hs_words_entry(w, a->verb)->complements & HS_COMPLEMENT_HEARER_THAT)) return;
  uint32_t end = outlet_end(w, content->first, content->end);
  if (end < content->end && !hs_words_has(w, end, HS_TOKEN_CLITIC) && !w->items[end].mark) content->first = end;
}

/* "would | expect him to", “…,” she "used to | say": the verb that tells, where the cue holds what leads to it alone.
 */
static void take_verb(const hs_words *w, hs_attribution *a) {
  uint32_t verb = a->cue.end;
  for (uint32_t i = a->cue.first; i < verb; i++) {
    bool chain = hs_words_is(w, i, HS_CHAIN) && i + 1 < verb && hs_words_is(w, i + 1, HS_INFINITIVE);
    if (!chain && !hs_words_is(w, i, HS_AUXILIARY | HS_MODAL | HS_NEGATION | HS_INFINITIVE)) return;
  }
  if (verb >= w->count || !hs_words_class(w, verb, "VERB")) return;
  size_t kept = 0;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range part = a->contents.items[k];
    if (part.first == verb && is_one(part) && a->contents.count == 1) return;
    if (part.first == verb) {
      a->verb = verb;
      a->cue.end = ++part.first;
    }
    if (!hs_range_empty(part)) a->contents.items[kept++] = part;
  }
  a->contents.count = kept;
}

/* "filed a" lawsuit: the article of what is said is said. */
static void give_article(const hs_words *w, hs_attribution *a) {
  for (size_t k = 0; k < a->contents.count && a->cue.end > a->verb + 1; k++) {
    hs_range *content = &a->contents.items[k];
    uint32_t last = a->cue.end - 1, up = hs_branch_up(w, last);
    bool article = content->first == a->cue.end && hs_branch_is(w, last, "det") && up != HS_NO_TOKEN;
    if (article && hs_range_holds(*content, up)) content->first = a->cue.end = last;
  }
}

/* "said in | a statement": does PART, behind the cue of A, hang on a preposition of the cue as what carries its words?
 */
static bool carries(const hs_words *w, const hs_attribution *a, hs_range part) {
  uint32_t last = part.end - 1, before = a->cue.end - 1;
  const hs_entry *thing = hs_words_entry(w, last);
  bool carrier = hs_entry_carries(thing) || thing->institution == HS_INSTITUTION_OCCASION;
  return carrier && part.first == a->cue.end && hs_branch_up(w, before) == last &&
         hs_words_links(w, before, HS_LINK_CARRYING);
}

/* "His claim that the dam leaks is wrong": what a noun tells ends before the verb whose subject it is. */
static void drop_predicate(const hs_words *w, const hs_attribution *a, hs_range *content) {
  uint32_t verb = hs_branch_up(w, a->verb);
  bool subject = hs_words_class(w, a->verb, "NOUN") && hs_branch_is(w, a->verb, "nsubj");
  if (!subject || content->first < a->cue.end || !hs_range_holds(*content, verb)) return;
  for (uint32_t i = content->first + 1; i <= verb; i++) {
    if (hs_branch_holds(w, a->verb, i)) continue;
    content->end = i;
    return;
  }
}

static bool is_finite(const hs_words *w, uint32_t i) {
  static const char *const tags[] = {"VBD", "VBZ", "VBP", "MD"};
  for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
    if (w->tokens[i].xpos && strcmp(w->tokens[i].xpos, tags[k]) == 0) return true;
  return false;
}

uint32_t hs_doubt_carrier(const hs_words *w, const hs_attribution *a, uint32_t i) {
  bool leads = hs_words_links(w, i, HS_LINK_CARRYING) || hs_words_is(w, i, HS_LOCATIVE);
  uint32_t noun = leads ? hs_branch_up(w, i) : HS_NO_TOKEN;
  if (noun == HS_NO_TOKEN || noun < i) return HS_NO_TOKEN;
  const hs_entry *e = hs_words_noun(w, noun);
  uint32_t up = hs_branch_up(w, noun);
  bool of_cue = up != HS_NO_TOKEN && hs_range_holds(a->cue, up);
  bool unknown = hs_words_is(w, i + 1, HS_DETERMINER) && !hs_words_is(w, i + 1, HS_DEFINITE | HS_QUANTITY);
  bool occasion = e->institution == HS_INSTITUTION_OCCASION;
  return (of_cue && occasion) || (hs_entry_carries(e) && (of_cue || unknown)) ? noun : HS_NO_TOKEN;
}

/* "dismissed claims of plans in a rare statement": things that are said end before what carries the saying. */
static void drop_carrier(const hs_search *s, const hs_attribution *a, hs_range *content) {
  const hs_words *w = s->words;
  if (content->first < a->cue.end || hs_words_is(w, content->first, HS_COMPLEMENTIZER)) return;
  for (uint32_t i = content->first + 1; i + 1 < content->end && !is_finite(w, i); i++) {
    uint32_t noun = s->marks->at[i] ? HS_NO_TOKEN : hs_doubt_carrier(w, a, i);
    if (noun == HS_NO_TOKEN || noun >= content->end || hs_branch_around(w, noun).end < content->end) continue;
    content->end = i;
    return;
  }
}

/* "said | of the mayor, “she is gone”", "said | on the other hand, “no”": words without a verb before a comma and the
 * marks in which all else stands are not said. */
static void drop_lead(const hs_search *s, const hs_attribution *a, hs_range *content) {
  const hs_words *w = s->words;
  uint32_t i = content->first;
  uint32_t takes = hs_words_entry(w, a->verb)->complements & (HS_COMPLEMENT_SPEECH | HS_COMPLEMENT_FOR);
  bool led = a->cue.end > a->verb + 1 && hs_branch_is(w, a->cue.end - 1, "case");
  if (takes != HS_COMPLEMENT_SPEECH || !led || i != a->cue.end || s->marks->at[i]) return;
  while (i < content->end && !s->marks->at[i] && !hs_words_class(w, i, "VERB") && !hs_words_class(w, i, "AUX")) i++;
  if (i == content->end || !s->marks->at[i] || w->items[i - 1].mark != ',') return;
  if (s->marks->items[s->marks->at[i] - 1].range.end == content->end) content->first = i;
}

/* "said | in an email the dam was safe", "warned in | her report that": what carries the words is not said. */
static void drop_carrier_before(const hs_words *w, const hs_attribution *a, hs_range *content) {
  uint32_t first = content->first;
  if (first != a->cue.end || !w->parsed) return;
  bool led = first > a->verb + 1 && hs_branch_is(w, first - 1, "case");
  if (led) first--;
  if (!hs_words_links(w, first, HS_LINK_CARRYING)) return;
  uint32_t noun = hs_branch_up(w, first), end = noun + 1;
  if (noun == HS_NO_TOKEN || noun < first || end >= content->end) return;
  bool clause = (hs_words_is(w, end, HS_COMPLEMENTIZER) && hs_branch_is(w, end, "mark")) ||
                (hs_words_entry(w, end)->pronoun && !hs_words_is(w, end, HS_RELATIVE | HS_COMPLEMENTIZER) &&
                 hs_branch_is(w, end, "nsubj"));
  if (led && !clause) return; /* "reported on a memo that appears to" */
  uint32_t up = hs_branch_up(w, noun);
  bool of_cue = up != HS_NO_TOKEN && hs_range_holds(a->cue, up) && hs_branch_is(w, noun, "obl");
  if (hs_entry_carries(hs_words_entry(w, noun)) && (of_cue || hs_phrase_begins(w, end))) content->first = end;
}

/* "claimed without | evidence that", "insisted | without a smile that", "said at | the time that": how and when
 * somebody said it is not said. */
static void drop_manner(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range *content = &a->contents.items[0];
  uint32_t lead = a->cue.end > a->verb + 1 ? a->cue.end - 1 : content->first, that = content->first + 1;
  if (content->first != a->cue.end || !hs_words_is(w, lead, HS_PREPOSITION)) return;
  uint32_t limit = lead + MANNER_WORDS < content->end ? lead + MANNER_WORDS : content->end;
  while (that < limit && !hs_words_is(w, that, HS_COMPLEMENTIZER)) that++;
  if (that >= limit || s->marks->at[that]) return;
  uint32_t size;
  bool time = hs_words_phrase(w, lead, that, &size)->links & (HS_LINK_THEN | HS_LINK_MANNER) && lead + size == that;
  if (!time && !hs_words_links(w, lead, HS_LINK_REFUSAL)) return;
  a->cue.end = lead;
  content->first = that;
}

/* "However, | the dam leaks, she said": what ties the sentence to the one before is the writer's. */
static void drop_connective(const hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range *content = &a->contents.items[0];
  uint32_t first = content->first, size;
  bool before = content->end <= a->cue.first && hs_words_has(w, first, HS_SHAPE_FIRST) && !s->marks->at[first];
  if (!before || !(hs_words_phrase(w, first, content->end, &size)->links & HS_LINK_CONNECTIVE)) return;
  bool comma = first + size < content->end && w->items[first + size].mark == ',';
  if (!comma && !hs_words_is(w, first, HS_CONJUNCTION)) return; /* "however safe it is" */
  first += size + comma;
  if (first < content->end) content->first = first;
}

/* Is PART, a content of A, the "it" of "it was reported that"? */
static bool is_expletive(const hs_words *w, const hs_attribution *a, hs_range part) {
  const hs_range *last = &a->contents.items[a->contents.count - 1];
  if (!is_one(part) || hs_words_entry(w, part.first)->gender != HS_GENDER_THING) return false;
  if (hs_branch_is(w, part.first, "expl")) return true;
  uint32_t up = hs_branch_up(w, part.first);
  return up != HS_NO_TOKEN && hs_range_holds(a->cue, up) && hs_branch_is(w, part.first, "nsubj:pass") &&
         last->first >= a->cue.end && !hs_words_is(w, last->first, HS_INFINITIVE | HS_PREPOSITION);
}

/* Is a part of what A says in marks or a clause of "that"? */
static bool has_words(const hs_search *s, const hs_attribution *a) {
  for (size_t k = 0; k < a->contents.count; k++)
    if (s->marks->at[a->contents.items[k].first] ||
        hs_words_is(s->words, a->contents.items[k].first, HS_COMPLEMENTIZER))
      return true;
  return false;
}

/* "said of the prospect of a flood, “…”", "told one of her friends that": does PART, behind the cue of A, tell of what
 * or to whom it was said? */
static bool is_told(const hs_search *s, const hs_attribution *a, hs_range part) {
  const hs_words *w = s->words;
  uint32_t head = hs_branch_head(w, part), lead = part.first - 1;
  bool speech = hs_words_entry(w, a->verb)->complements & HS_COMPLEMENT_SPEECH;
  if (part.first < a->cue.end || head >= part.end || !speech || !has_words(s, a)) return false;
  for (uint32_t i = part.first; i < part.end; i++)
    if (s->marks->at[i]) return false;
  uint32_t up = hs_branch_up(w, head);
  bool told = hs_branch_is(w, head, "obl") || (up != HS_NO_TOKEN && hs_range_holds(a->cue, up));
  return told && hs_branch_up(w, lead) == head && hs_branch_is(w, lead, "case");
}

/* "According to the commission, in which both sides sit, it is safe": does PART tell of who says it? */
static bool tells_of_source(const hs_words *w, const hs_attribution *a, hs_range part) {
  uint32_t head = hs_branch_head(w, part), up = head < part.end ? hs_branch_up(w, head) : HS_NO_TOKEN;
  return up != HS_NO_TOKEN && hs_branch_is(w, head, "acl") && hs_range_holds(a->source, up);
}

/* "As a phone rang, the announcer said": is PART a word that only leads to others? */
static bool is_function_word(const hs_words *w, hs_range part) {
  static const char *const classes[] = {"ADP", "DET", "CCONJ", "SCONJ", "PART"};
  for (size_t k = 0; k < sizeof classes / sizeof *classes && is_one(part); k++)
    if (hs_words_class(w, part.first, classes[k]) && !hs_words_entry(w, part.first)->pronoun) return true;
  return false;
}

/* "The comments come after Tarn Press reported that": with a clause of "that" behind the cue nothing before the source
 * is said; nor is the "it" of "it was reported", nor a clause of time behind a cue that what is said stands before. */
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
    uint32_t verb;
    bool when = k > 0 && a->contents.items[0].end <= a->cue.first && part.first >= a->cue.end &&
                !s->marks->at[part.first] && is_circumstance(w, part.first, &verb);
    bool place = is_one(part) && hs_words_is(w, part.first, HS_QUESTION) && hs_branch_is(w, part.first, "advmod") &&
                 part.end <= a->cue.first;
    bool last = k + 1 == a->contents.count && !kept;
    bool lost = is_function_word(w, part) || is_told(s, a, part) || tells_of_source(w, a, part);
    if (lost && !last && !s->marks->at[part.first]) continue;
    if ((!outside && !when && !place && !(k > 0 && carries(w, a, part)) && !is_expletive(w, a, part)) || last)
      a->contents.items[kept++] = part;
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
      hs_branch_is(w, noun, "obj") || hs_branch_is(w, noun, "conj") || hs_frame_verb(w, noun) == a->verb)
    return;
  a->cue = (hs_range){noun, noun + 1};
  a->verb = noun;
  a->source = (hs_range){noun, noun};
  if (noun > 0 && hs_words_is(w, noun - 1, HS_POSSESSIVE)) a->source.first--;
}

/* "“We checked it.”" at the end of one paragraph, and "“Nobody asked us,” Reyn said" in the next one: what is closed
 * above the paragraph in which the cue has its words is another's. */
static void drop_earlier(const hs_search *s, hs_attribution *a) {
  uint32_t first = hs_words_paragraph(s->words, a->verb)->range.first;
  size_t kept = 0;
  bool here = false;
  for (size_t k = 0; k < a->contents.count; k++) here = here || a->contents.items[k].end > first;
  for (size_t k = 0; k < a->contents.count && here; k++) {
    hs_range part = a->contents.items[k];
    uint32_t at = s->marks->at[part.end - 1];
    const hs_quoted *q = at ? &s->marks->items[at - 1] : NULL;
    bool whole = q && q->closed && !q->goes_on && hs_words_has(s->words, q->range.end - 2, HS_TOKEN_STOP);
    if (part.end > first || (q && !whole)) a->contents.items[kept++] = part;
  }
  if (here) a->contents.count = kept;
}

/* "In the district | , | a house was hit", "the council | against waiting": parts with at most a comma between them are
 * one. */
static void join_parts(const hs_search *s, hs_attribution *a) {
  size_t kept = 1;
  for (size_t k = 1; k < a->contents.count; k++) {
    hs_range *last = &a->contents.items[kept - 1], part = a->contents.items[k];
    bool comma = part.first == last->end + 1 && s->words->items[last->end].mark == ',';
    bool next = part.first == last->end && part.first > hs_words_paragraph(s->words, part.first)->range.first;
    bool near = next || (comma && !hs_range_holds(a->cue, last->end));
    if (near && !s->marks->at[last->end - 1] && !s->marks->at[part.first]) last->end = part.end;
    else a->contents.items[kept++] = part;
  }
  a->contents.count = kept;
}

/* "said on condition of anonymity that": neither the cue nor what is said tells why the source has no name. */
static void drop_unnamed(const hs_words *w, hs_attribution *a) {
  hs_range unnamed = hs_doubt_unnamed(w, a);
  if (hs_range_empty(unnamed)) return;
  a->cue.end = unnamed.first;
  a->contents.items[0].first = unnamed.end;
}

void hs_doubt_trim(const hs_search *s, hs_attribution *a) {
  turn(s, a);
  turn_citing(s, a);
  if (!hs_range_empty(a->cue)) {
    drop_unnamed(s->words, a);
    drop_asked(s->words, a);
    drop_heard(s->words, a);
    turn_said_of(s, a);
    give_source(s, a);
    drop_told(s->words, a);
    take_verb(s->words, a);
    give_object(s->words, a);
    give_article(s->words, a);
    drop_manner(s, a);
    drop_connective(s, a);
  }
  for (size_t k = 0; k < a->contents.count; k++) {
    drop_circumstance(s, a, &a->contents.items[k]);
    drop_day(s, a, k);
    drop_carrier_before(s->words, a, &a->contents.items[k]);
    drop_lead(s, a, &a->contents.items[k]);
    drop_carrier(s, a, &a->contents.items[k]);
    drop_predicate(s->words, a, &a->contents.items[k]);
  }
  drop_earlier(s, a);
  drop_parts(s, a);
  join_parts(s, a);
  give_noun(s, a);
  a->cue = hs_edges_cue(s->words, a);
}
