/* Speakers: whom each quotation's source means, and through whom it came. */
#include "annotate/annotate.h"
#include "annotate/branch.h"
#include "annotate/discourse.h"
#include "annotate/phrase.h"
#include "annotate/spoken.h"
#include "annotate/unnamed.h"
#include "annotate/via.h"

#include <stdlib.h>

enum { OUTER_REACH = 8, PAPER_REACH = 12 };

typedef struct finder {
  const hs_search *s;
  const hs_words *w;
  hs_cast *cast;
  hs_discourse discourse;
  const hs_frames *frames;
  const hs_quotation *said; /* of each attribution */
  const hs_chain *chains;   /* the same */
  hs_meaning *speaker;      /* the same */
  hs_told *told;            /* the same */
  size_t *open;             /* attributions whose contents are not yet left, the innermost last */
  size_t depth;
} finder;

/* "the mayor, who said": the noun phrase that the relative pronoun at AT belongs to. */
static hs_range antecedent(const hs_words *w, uint32_t at) {
  uint32_t verb = hs_branch_up(w, at);
  if (verb != HS_NO_TOKEN && hs_branch_is(w, verb, "acl") && hs_branch_up(w, verb) < at) {
    uint32_t noun = hs_branch_up(w, verb);
    hs_range range = hs_branch_around(w, noun);
    if (range.end > at) range.end = at;
    while (range.end > noun + 1 && w->items[range.end - 1].mark) range.end--;
    while (range.first < noun &&
           (w->items[range.first].mark || hs_words_is(w, range.first, HS_PREPOSITION | HS_COMPARISON)))
      range.first++;
    return range;
  }
  uint32_t low = w->sentences[w->sentence_of[at]].first, end = at;
  if (end > low && w->items[end - 1].mark == ',') end--;
  const hs_name *name = end > low ? hs_words_name(w, end - 1) : NULL;
  if (name && name->end == end) return (hs_range){name->first, end};
  return hs_phrase_before(w, low, end);
}

static bool is_relative(const hs_words *w, hs_range range) {
  return range.end - range.first == 1 && hs_words_entry(w, range.first)->pronoun == HS_CASE_RELATIVE;
}

static bool is_first_person(const hs_words *w, hs_range range) {
  return hs_words_entry(w, range.first)->number == HS_NUMBER_FIRST;
}

/* The "Q" and "A" of an interview tell nobody. */
static bool is_letter(const hs_words *w, hs_range range) {
  return range.end == range.first + 1 && hs_words_str(w, range.first).size == 1;
}

/* How sure a phrase that is read by itself is of whom it means. */
static float sure_of(const hs_mention *m) {
  if (m->weak) return 0.6f;
  if (m->type == HS_ACTOR_ANONYMOUS) return m->definite ? 0.8f : 0.93f;
  if (m->type == HS_ACTOR_ORGANISATION && m->definite) return 0.8f;
  return 0.93f;
}

static hs_meaning phrase_meaning(finder *f, hs_range range) {
  if (is_relative(f->w, range)) {
    range = antecedent(f->w, range.first);
    if (range.first >= range.end) return (hs_meaning){HS_NONE, 0};
  }
  if (is_letter(f->w, range)) return (hs_meaning){HS_NONE, 0};
  hs_mention m = hs_mention_read(f->w, range);
  if (m.pronoun) return f->discourse.at[range.first];
  hs_meaning meaning = {HS_NONE, 0};
  if (m.type == HS_ACTOR_PERSON) meaning = hs_discourse_meaning(&f->discourse, m.name);
  else if (m.type != HS_ACTOR_GROUP || hs_words_entry(f->w, range.end - 1)->land)
    meaning = hs_discourse_meaning(&f->discourse, range);
  if (meaning.member == HS_NONE) {
    meaning = (hs_meaning){hs_cast_member_of(f->cast, &m), sure_of(&m)};
    if (meaning.member != HS_NONE) hs_cast_refer(f->cast, meaning.member, range);
  }
  if (meaning.member == HS_NONE) return meaning;
  hs_cast_member *member = &f->cast->members.items[meaning.member];
  if (member->type == HS_ACTOR_ANONYMOUS || member->type == HS_ACTOR_GROUP) hs_unnamed_describe(member, f->w, range);
  return meaning;
}

static bool holds(const hs_attribution *outer, uint32_t token) {
  for (size_t k = 0; k < outer->contents.count && k < OUTER_REACH; k++)
    if (outer->contents.items[k].first <= token && token < outer->contents.items[k].end) return true;
  return false;
}

/* "I" and "we" within a quotation that gives somebody's own words are whoever says it. */
static hs_meaning quoted_speaker(const finder *f, size_t i, uint32_t token) {
  for (size_t k = f->depth; k > 0 && k + OUTER_REACH > f->depth; k--) {
    size_t outer = f->open[k - 1];
    if (outer == i || !holds(&f->s->found.items[outer], token)) continue;
    if (!f->s->marks->at[token] && f->said[outer].type != HS_QUOTATION_DIRECT) continue;
    hs_meaning meaning = f->speaker[outer];
    meaning.sure *= 0.95f;
    return meaning;
  }
  return (hs_meaning){HS_NONE, 0};
}

/* The attributions come in the order of their contents: those that are left behind are open no more. */
static void leave(finder *f, size_t i) {
  uint32_t at = f->s->found.items[i].contents.items[0].first;
  while (f->depth) {
    const hs_attribution *last = &f->s->found.items[f->open[f->depth - 1]];
    if (last->contents.items[last->contents.count - 1].end > at) return;
    f->depth--;
  }
}

/* The document, post or broadcast in the chain of attribution I, of which *NOUN is the last word if that is not NULL;
 * NULL if there is none. */
static const hs_relay *paper_of(const finder *f, size_t i, const hs_entry **noun) {
  for (unsigned k = 0; k < f->chains[i].count; k++) {
    const hs_relay *relay = &f->chains[i].relays[k];
    const hs_entry *last = hs_words_entry(f->w, relay->range.end - 1);
    if (relay->somebody || (*noun && last != *noun)) continue;
    *noun = last;
    return relay;
  }
  return NULL;
}

/* "“We stay,” the statement said": whoever spoke lately in what is called so. */
static hs_meaning writer(const finder *f, size_t i) {
  const hs_entry *noun = NULL;
  const hs_relay *paper = paper_of(f, i, &noun);
  if (!paper || !hs_words_is(f->w, paper->range.first, HS_DEFINITE)) return (hs_meaning){HS_NONE, 0};
  for (size_t k = i; k > 0 && k + PAPER_REACH > i; k--) {
    if (!paper_of(f, k - 1, &noun)) continue;
    hs_meaning meaning = f->speaker[k - 1];
    meaning.sure *= 0.9f;
    return meaning;
  }
  return (hs_meaning){HS_NONE, 0};
}

static void find_speakers(finder *f) {
  for (size_t i = 0; i < f->s->found.count; i++) {
    hs_range source = f->chains[i].speaker;
    leave(f, i);
    f->speaker[i] = source.first < source.end ? (hs_meaning){HS_NONE, 0} : writer(f, i);
    if (source.first < source.end)
      f->speaker[i] = is_first_person(f->w, source) ? quoted_speaker(f, i, source.first) : phrase_meaning(f, source);
    if (f->speaker[i].member != HS_NONE) f->cast->members.items[f->speaker[i].member].shown = true;
    f->open[f->depth++] = i;
  }
}

/* Does the text tell of MEMBER behind TOKEN only? */
static bool is_told_later(const finder *f, int member, uint32_t token) {
  if (member == HS_NONE || !f->cast->members.items[member].mentions.count) return false;
  return f->cast->members.items[member].mentions.items[0].start > f->w->tokens[token].span.start;
}

/* The one spoken for that RANGE means: an institution is the whole phrase, "Vestan government", not a name in it. */
static int whom_of(finder *f, hs_range range) {
  if (hs_range_empty(range)) return HS_NONE;
  hs_mention m = hs_mention_read(f->w, range);
  bool institution = m.type == HS_ACTOR_ORGANISATION && !m.unknown && !m.pronoun;
  if (!institution) return phrase_meaning(f, range).member;
  bool bare = m.name.end == m.name.first + 1 && !hs_words_has(f->w, m.name.first, HS_TOKEN_CAPITAL);
  if (bare && is_told_later(f, hs_cast_known(f->cast, &m), range.first)) return HS_NONE; /* "the campaign" */
  int member = hs_cast_member_of(f->cast, &m);
  if (member != HS_NONE) hs_cast_refer(f->cast, member, range);
  return member;
}

/* Notes on each spokesperson of the text whom it speaks for. */
static void read_spokespeople(finder *f) {
  const hs_words *w = f->w;
  for (uint32_t i = 0, size; i < w->count; i++) {
    if (!f->cast->in[i] || !hs_spoken_role(w, i, &size)) continue;
    hs_range range = hs_spoken_for(w, i);
    int who = (int)f->cast->in[i] - 1;
    int whom = whom_of(f, range);
    if (whom != HS_NONE && whom != who) f->cast->members.items[who].speaks_for = whom + 1;
  }
}

/* Whom the speaker of attribution I speaks for: told beside the cue, with the source, or elsewhere in the text. */
static int spoken_for(finder *f, size_t i) {
  hs_range frame = hs_frame_range(f->frames, i), source = f->chains[i].speaker, whom = {0, 0};
  uint32_t size;
  for (uint32_t k = frame.first; k < frame.end && hs_range_empty(whom); k++)
    if (hs_words_phrase(f->w, k, frame.end, &size)->links & HS_LINK_BEHALF && hs_frame_holds(f->frames, i, k))
      whom = hs_frame_phrase(f->w, k + size, frame.end, false);
  int speaker = f->speaker[i].member,
      known = speaker != HS_NONE ? f->cast->members.items[speaker].speaks_for - 1 : HS_NONE;
  for (uint32_t k = source.first; k < source.end && hs_range_empty(whom) && known < 0; k++)
    if (hs_spoken_role(f->w, k, &size)) whom = hs_spoken_for(f->w, k);
  int member = whom_of(f, whom);
  if (member == HS_NONE) member = known;
  return member >= 0 && member != speaker ? member : HS_NONE;
}

/* Who passes on, and whom the speakers speak for. */
static void find_told(finder *f) {
  for (size_t i = 0; i < f->s->found.count; i++) {
    const hs_chain *c = &f->chains[i];
    hs_told *told = &f->told[i];
    for (unsigned k = 0; k < HS_CHAIN_RELAYS; k++) {
      bool somebody = k < c->count && c->relays[k].somebody;
      told->relays[k] = somebody ? phrase_meaning(f, c->relays[k].range).member : HS_NONE;
    }
    told->speaker = f->speaker[i].member;
    told->speaks_for = spoken_for(f, i);
  }
}

/* By what the words RANGE tell that they mean MEMBER. */
static hs_way way_of(const finder *f, hs_range range, int member) {
  const hs_cast_member *m = &f->cast->members.items[member];
  if (hs_range_empty(range)) return HS_WAY_DESCRIPTION;
  const hs_entry *e = hs_words_entry(f->w, range.first);
  if (range.end - range.first == 1 && e->pronoun && e->pronoun != HS_CASE_RELATIVE) {
    if (e->number == HS_NUMBER_FIRST) return HS_WAY_QUOTED;
    return e->gender == HS_GENDER_THING ? HS_WAY_IT : e->number == HS_NUMBER_PLURAL ? HS_WAY_THEY : HS_WAY_HE;
  }
  if (m->type == HS_ACTOR_ANONYMOUS || m->type == HS_ACTOR_GROUP) return HS_WAY_UNNAMED;
  if (m->type != HS_ACTOR_PERSON) return HS_WAY_BODY;
  hs_way way = HS_WAY_DESCRIPTION;
  for (uint32_t i = range.first; i < range.end && way != HS_WAY_NAME; i++)
    if (f->cast->of[i] == (uint32_t)member + 1) way = f->cast->end[i] - i > 1 ? HS_WAY_NAME : HS_WAY_SHORT_NAME;
  return way;
}

/* How sure the speaker of attribution I is: that the source is right, and that it means him. */
static float certainty_of(const finder *f, size_t i) {
  const hs_rules *rules = f->w->rules;
  if (f->speaker[i].member == HS_NONE) return 0;
  float source = f->s->found.items[i].source_sure;
  hs_way of_source = source > 0 ? HS_WAY_SOURCE : HS_WAY_RULED_SOURCE;
  hs_way way = way_of(f, f->chains[i].speaker, f->speaker[i].member);
  return hs_rules_certainty(rules, of_source, source) * hs_rules_certainty(rules, way, f->speaker[i].sure);
}

void hs_annotate_speakers(hs_doc *doc, const hs_rules *rules) {
  const hs_search *s = doc->search;
  hs_cast cast;
  hs_cast_gather(&cast, hs_words_of(doc, rules), doc->arena);
  size_t count = s->found.count;
  finder f = {.s = s, .w = cast.words, .cast = &cast, .said = doc->quotations};
  f.speaker = hs_arena_alloc(doc->arena, (count + 1) * sizeof *f.speaker);
  f.open = hs_arena_alloc(doc->arena, (count + 1) * sizeof *f.open);
  f.told = hs_arena_alloc(doc->arena, (count + 1) * sizeof *f.told);
  f.frames = doc->frames;
  f.chains = doc->chains;
  hs_discourse_read(&f.discourse, &cast, s);
  find_speakers(&f);
  read_spokespeople(&f);
  find_told(&f);
  int *speaker = hs_arena_alloc(doc->arena, (count + 1) * sizeof *speaker);
  for (size_t i = 0; i < count; i++) speaker[i] = f.speaker[i].member;
  hs_vias_find(doc, &cast, f.chains, f.told);
  hs_unnamed_explain(&cast, s, speaker);
  for (size_t i = 0; i < count; i++)
    if (speaker[i] != HS_NONE) cast.members.items[speaker[i]].shown = true;
  hs_cast_write(&cast, doc);
  for (size_t i = 0; i < count; i++) {
    doc->quotations[i].speaker_confidence = certainty_of(&f, i);
    if (speaker[i] != HS_NONE) doc->quotations[i].speaker = cast.members.items[speaker[i]].index;
    hs_vias_number(&doc->quotations[i], &cast);
  }
}
