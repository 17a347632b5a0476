/* Speakers: what each quotation's source means, and through whom it came. */
#include "annotate/actor.h"
#include "annotate/annotate.h"
#include "annotate/attribution.h"
#include "annotate/phrase.h"
#include "annotate/via.h"

#include <stdlib.h>

enum { LAST_SPEAKERS = 4, HEAD_REACH = 120 };

/* Who spoke lately, the last one first. */
typedef struct recent {
  int speakers[LAST_SPEAKERS];
  unsigned count;
  uint32_t verb; /* of what the first of them said */
} recent;

static void note_speaker(recent *r, int member) {
  unsigned keep = 0;
  int old[LAST_SPEAKERS];
  for (unsigned i = 0; i < r->count; i++)
    if (r->speakers[i] != member && keep < LAST_SPEAKERS - 1) old[keep++] = r->speakers[i];
  r->speakers[0] = member;
  memcpy(r->speakers + 1, old, keep * sizeof *old);
  r->count = keep + 1;
}

/* Can the pronoun PRONOUN mean MEMBER? */
static bool fits(const hs_entry *pronoun, const hs_cast_member *member) {
  bool person = member->type == HS_ACTOR_PERSON ||
                (member->type == HS_ACTOR_ANONYMOUS && member->role && member->role->role != HS_ROLE_PEOPLE &&
                 member->role->role != HS_ROLE_SPOKESPEOPLE);
  if (pronoun->gender == HS_GENDER_THING)
    return member->type == HS_ACTOR_ORGANISATION || member->type == HS_ACTOR_COUNTRY;
  if (pronoun->number == HS_NUMBER_PLURAL) return !person;
  if (!person) return false;
  return !member->gender || !pronoun->gender || member->gender == pronoun->gender;
}

/* The one named first in the sentence of the pronoun AT, before it and outside of quotation marks; behind "in which"
 * the one named last. */
static int named_in_sentence(const hs_cast *cast, const hs_marks *marks, uint32_t at) {
  const hs_words *w = cast->words;
  uint32_t low = w->sentences[w->sentence_of[at]].first;
  bool last = at > low + 1 && hs_words_is(w, at - 1, HS_RELATIVE);
  int found = HS_NONE;
  for (uint32_t i = low; i < at; i++) {
    if (!cast->of[i] || marks->at[i] || !fits(w->items[at].entry, &cast->members.items[cast->of[i] - 1])) continue;
    found = (int)cast->of[i] - 1;
    if (!last) break;
  }
  return found;
}

/* "Wenn, of the river commission, agrees.": a last name alone that no table knows, with words that describe its bearer.
 */
static bool is_apposed_name(const hs_cast *cast, uint32_t i) {
  const hs_words *w = cast->words;
  bool name = hs_words_has(w, i, HS_TOKEN_CAPITAL) && !cast->of[i] && w->items[i].entry == w->rules->entries;
  return name && i + 2 < w->count && w->items[i + 1].mark == ',' &&
         hs_words_is(w, i + 2, HS_BINDING | HS_DETERMINER | HS_RELATIVE);
}

/* "Ilse Wenn agrees. “It leaks,” she said.": who heads a sentence between SINCE and token AT in the paragraph, the last
 * one that the pronoun can mean. */
static int head_before(hs_cast *cast, const hs_marks *marks, uint32_t since, uint32_t at) {
  const hs_words *w = cast->words;
  uint32_t low = hs_words_paragraph(w, at)->range.first;
  if (low < since) low = since;
  if (low + HEAD_REACH < at) low = at - HEAD_REACH;
  int found = HS_NONE;
  bool head = false;
  for (uint32_t i = low; i < at; i++) {
    if (hs_words_has(w, i, HS_SHAPE_FIRST)) head = true;
    if (marks->at[i] || hs_words_is(w, i, HS_PREPOSITION) || hs_phrase_is_verb(w, i)) head = false;
    if (head && is_apposed_name(cast, i)) {
      found = hs_cast_member_of(cast, &(hs_mention){.type = HS_ACTOR_PERSON, .name = {i, i + 1}});
      head = false;
    }
    if (!head || !cast->of[i]) continue;
    if (fits(w->items[at].entry, &cast->members.items[cast->of[i] - 1])) found = (int)cast->of[i] - 1;
    head = false;
  }
  return found;
}

/* "Vesta rejected the offer and said it would sue": a speaker of one name that "it" means is no person. */
static int thing_in_sentence(hs_cast *cast, const recent *r, uint32_t at) {
  hs_cast_member *last = &cast->members.items[r->speakers[0]];
  bool bare = !last->role && !last->gender && !memchr(last->name.data, ' ', last->name.size);
  if (!bare || last->type != HS_ACTOR_PERSON || cast->words->sentence_of[r->verb] != cast->words->sentence_of[at])
    return HS_NONE;
  last->type = HS_ACTOR_ORGANISATION;
  return r->speakers[0];
}

/* The speaker that a pronoun at token AT means: somebody named earlier in its own sentence, one who heads a sentence
 * since somebody spoke, the last speaker that fits, or else the last one named in the two paragraphs before. */
static int pronoun_speaker(hs_cast *cast, const hs_marks *marks, const recent *r, uint32_t at, float *confidence) {
  const hs_words *w = cast->words;
  const hs_entry *e = w->items[at].entry;
  if (e->number == HS_NUMBER_FIRST || e->number == HS_NUMBER_SECOND || !e->pronoun) return HS_NONE;
  int found = named_in_sentence(cast, marks, at);
  if (found == HS_NONE) found = head_before(cast, marks, r->count ? r->verb : 0, at);
  if (found == HS_NONE && e->gender == HS_GENDER_THING && r->count) found = thing_in_sentence(cast, r, at);
  for (unsigned i = 0; i < r->count && found == HS_NONE; i++)
    if (fits(e, &cast->members.items[r->speakers[i]])) found = r->speakers[i];
  *confidence = 0.7f;
  if (found == HS_NONE && e->number != HS_NUMBER_PLURAL) {
    const hs_paragraph *p = hs_words_paragraph(w, at);
    uint32_t since = p > w->paragraphs ? p[-1].range.first : p->range.first;
    found = hs_cast_named_before(cast, since, at, e->gender != HS_GENDER_THING);
    if (found != HS_NONE && !fits(e, &cast->members.items[found])) found = HS_NONE;
    *confidence = 0.5f;
  }
  bool sexed = e->gender == HS_GENDER_MALE || e->gender == HS_GENDER_FEMALE;
  if (found != HS_NONE && sexed) cast->members.items[found].gender = (hs_gender)e->gender;
  return found;
}

/* "the mayor, who said": the noun phrase before the relative pronoun at AT. */
static hs_range antecedent(const hs_words *w, uint32_t at) {
  uint32_t low = w->sentences[w->sentence_of[at]].first, end = at;
  if (end > low && w->items[end - 1].mark == ',') end--;
  return hs_phrase_before(w, low, end);
}

/* "the Kremlin leader": whoever spoke last, if he holds an office and speaks for no other. */
static int epithet_speaker(const hs_cast *cast, const recent *r, const hs_mention *m) {
  if (m->type != HS_ACTOR_ANONYMOUS || !m->definite || m->role->role != HS_ROLE_EPITHET || !r->count) return HS_NONE;
  const hs_cast_member *last = &cast->members.items[r->speakers[0]];
  bool bears = last->type == HS_ACTOR_PERSON && last->role && last->role->role != HS_ROLE_SPOKESPERSON;
  return bears ? r->speakers[0] : HS_NONE;
}

static int source_speaker(hs_cast *cast, const hs_marks *marks, const recent *r, hs_range source, float *confidence) {
  const hs_words *w = cast->words;
  hs_mention m = hs_mention_read(w, source);
  if (m.pronoun && w->items[source.first].entry->pronoun == HS_CASE_RELATIVE) {
    hs_range before = antecedent(w, source.first);
    if (before.first >= before.end) return HS_NONE;
    m = hs_mention_read(w, before);
    source = before;
  }
  if (m.pronoun) return pronoun_speaker(cast, marks, r, source.first, confidence);
  *confidence = m.type == HS_ACTOR_ANONYMOUS && m.definite ? 0.7f : 0.9f;
  int known = epithet_speaker(cast, r, &m);
  if (known != HS_NONE) return known;
  int member = hs_cast_member_of(cast, &m);
  uint32_t first = source.first;
  while (first < source.end && !cast->of[first]) first++;
  if (member != HS_NONE && first == source.end) /* not a name of its own: a description */
    hs_push(cast->arena, cast->members.items[member].mentions, hs_words_span(w, source));
  return member;
}

/* A quotation's place among the others by its verb: speakers are known in the order in which they are told. */
typedef struct told {
  uint32_t verb, index;
} told;

static int by_verb(const void *a_, const void *b_) {
  const told *a = a_, *b = b_;
  return (a->verb > b->verb) - (a->verb < b->verb);
}

void hs_annotate_speakers(hs_doc *doc, const hs_rules *rules) {
  const hs_search *s = doc->search;
  hs_cast cast;
  hs_cast_gather(&cast, hs_words_of(doc, rules), doc->arena);
  size_t count = s->found.count;
  told *order = hs_arena_alloc(doc->arena, count * sizeof *order);
  int *speaker = hs_arena_alloc(doc->arena, count * sizeof *speaker);
  for (size_t i = 0; i < count; i++) order[i] = (told){s->found.items[i].verb, (uint32_t)i};
  if (count) qsort(order, count, sizeof *order, by_verb);
  recent r = {0};
  for (size_t i = 0; i < count; i++) {
    uint32_t q = order[i].index;
    const hs_attribution *a = &s->found.items[q];
    speaker[q] = HS_NONE;
    if (a->source.first >= a->source.end) continue;
    speaker[q] = source_speaker(&cast, s->marks, &r, a->source, &doc->quotations[q].speaker_confidence);
    if (speaker[q] == HS_NONE) {
      doc->quotations[q].speaker_confidence = 0;
      continue;
    }
    cast.members.items[speaker[q]].shown = true;
    note_speaker(&r, speaker[q]);
    r.verb = a->verb;
  }
  hs_vias_find(doc, &cast, speaker);
  hs_cast_write(&cast, doc);
  for (size_t i = 0; i < count; i++) {
    if (speaker[i] != HS_NONE) doc->quotations[i].speaker = cast.members.items[speaker[i]].index;
    hs_vias_number(&doc->quotations[i], &cast);
  }
}
