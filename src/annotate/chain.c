#include "annotate/chain.h"

#include "annotate/branch.h"
#include "annotate/mention.h"
#include "annotate/phrase.h"

enum { QUOTING_REACH = 18, CARRIER_WORDS = 7, OPEN_REACH = 8, SAYING_CLIMB = 8, WHICH_REACH = 16 };

typedef struct linker {
  const hs_frames *f;
  const hs_words *w;
  const hs_search *s;
  size_t index;
  const hs_attribution *a;
  hs_chain *c;
  hs_range frame; /* hs_frame_range of it */
} linker;

static const hs_entry *entry(const linker *l, uint32_t i) { return l->w->items[i].entry; }
static bool is(const linker *l, uint32_t i, uint32_t grammar) { return hs_words_is(l->w, i, grammar); }
static bool links(const linker *l, uint32_t i, uint32_t set) { return hs_words_links(l->w, i, set); }
/* Is token I part of what is said? */
static bool said(const linker *l, uint32_t i) {
  for (size_t k = 0; k < l->a->contents.count; k++)
    if (hs_range_holds(l->a->contents.items[k], i)) return true;
  return false;
}
static bool holds(const linker *l, uint32_t i) { return hs_frame_holds(l->f, l->index, i); }

/* ---- relays, ordered as the words travel */

/* What carries something else stands outside of it: an outlet a post, a post a statement, a statement the spokesman who
 * reads it. */
static int rank_of(const hs_relay *relay) {
  switch (relay->kind) {
  case HS_RELAY_POST:
  case HS_RELAY_BROADCAST: return 1;
  case HS_RELAY_DOCUMENT: return 2;
  case HS_RELAY_SPOKESPERSON: return 3;
  default: return 0;
  }
}

static void add_relay(hs_chain *c, hs_range range, hs_relay_kind kind) {
  hs_relay relay = {range, kind, !kind || kind == HS_RELAY_SPOKESPERSON || kind == HS_RELAY_OUTLET};
  if (hs_range_empty(range)) return;
  for (unsigned k = 0; k < c->count; k++)
    if (hs_range_meets(c->relays[k].range, range)) return;
  if (c->count == HS_CHAIN_RELAYS) return;
  unsigned at = c->count++;
  for (; at > 0; at--) {
    const hs_relay *before = &c->relays[at - 1];
    int mine = rank_of(&relay), other = rank_of(before);
    bool carries = mine == other && kind && range.first > before->range.first; /* "in a video on Telegram" */
    if (mine > other || (mine == other && !carries)) break;
    c->relays[at] = *before;
  }
  c->relays[at] = relay;
}

/* ---- what carries words: statements, posts, broadcasts */

/* What carries words by the entry E at token I, which is no part of a person's name: "Orla Post". */
static hs_relay_kind carrier_kind(const linker *l, const hs_entry *e, uint32_t i) {
  const hs_name *name = hs_words_name(l->w, i);
  if (name && strcmp(name->type, "PER") == 0) return HS_RELAY_MEANT;
  bool bears = name && strcmp(name->type, "ORG") == 0 && hs_words_has(l->w, i, HS_TOKEN_CAPITAL);
  switch (e->institution) {
  case HS_INSTITUTION_DOCUMENT: return bears ? HS_RELAY_MEANT : HS_RELAY_DOCUMENT; /* "Tarn Research" */
  case HS_INSTITUTION_POST: return HS_RELAY_POST;
  case HS_INSTITUTION_BROADCAST: return HS_RELAY_BROADCAST;
  default: return HS_RELAY_MEANT;
  }
}

/* Is token I a verb, not one that stands before a noun as in "the leaked letter"? */
static bool is_predicate(const linker *l, uint32_t i) {
  if (!l->w->parsed) return hs_phrase_is_verb(l->w, i);
  return hs_words_class(l->w, i, "VERB") && !hs_branch_is(l->w, i, "amod");
}

/* Does the noun phrase go on at token I, which is no day? */
static bool goes_on(const linker *l, uint32_t i) {
  const hs_entry *e = entry(l, i);
  if (e->weekday || e->month || e->timeword || !hs_words_has(l->w, i, HS_TOKEN_WORD)) return false;
  if (!l->w->parsed) return e->role || hs_words_has(l->w, i, HS_TOKEN_CAPITAL);
  return hs_words_class(l->w, i, "NOUN") || hs_words_class(l->w, i, "PROPN");
}

/* A thing that carries words, "the Teal Times report", and where the noun for it begins. */
typedef struct carrier {
  hs_range range;
  uint32_t noun;
  hs_relay_kind kind; /* HS_RELAY_MEANT: there is none */
} carrier;

/* The thing that carries words which begins, with its article, at FIRST. */
static carrier carrier_at(const linker *l, uint32_t first, uint32_t end) {
  uint32_t limit = first + CARRIER_WORDS < end ? first + CARRIER_WORDS : end, size;
  carrier found = {.range = {first, first}}, none = found;
  for (uint32_t i = first; i < limit; i += size) {
    const hs_entry *e = hs_words_phrase(l->w, i, end, &size);
    hs_relay_kind kind = carrier_kind(l, e, i);
    bool clitic = hs_words_has(l->w, i, HS_TOKEN_CLITIC);
    if (kind) found = (carrier){{first, i + size}, i, kind};
    else if (found.kind && (clitic || goes_on(l, i))) return none; /* "the letter's author", "a radio host" */
    else if (found.kind) break;
    bool stops = l->w->items[i].mark && l->w->items[i].mark != '-' && !clitic;
    stops = stops || entry(l, i)->pronoun == HS_CASE_RELATIVE || (!kind && is_predicate(l, i));
    if (stops || (size == 1 && is(l, i, HS_PREPOSITION | HS_RELATIVE | HS_INFINITIVE | HS_CONJUNCTION))) break;
  }
  return found;
}

static bool is_press(const linker *l, hs_range range) {
  return !hs_range_empty(range) && hs_mention_read(l->w, range).press != HS_PRESS_NONE;
}

/* The agency or outlet named right at AT, empty if none; of "on Vesta Radio's “Today”" the one whose it is. */
static hs_range press_at(const linker *l, uint32_t at, uint32_t end) {
  hs_range range = hs_frame_phrase(l->w, at, end, false);
  for (uint32_t i = range.first + 1; i < range.end; i++)
    if (hs_words_has(l->w, i, HS_TOKEN_CLITIC) && is_press(l, (hs_range){range.first, i})) range.end = i;
  if (range.end < end && hs_words_body_before(l->w, range.end)) /* "news site | Nord24 the dam" */
    range.end = hs_words_name(l->w, range.end) ? hs_words_name(l->w, range.end)->end : range.end + 1;
  return is_press(l, range) ? range : (hs_range){at, at};
}

/* "in a Teal Times essay": the agency or outlet between AT and the noun, empty if there is none. */
static hs_range press_before(const linker *l, uint32_t at, uint32_t noun) {
  while (at < noun && is(l, at, HS_DETERMINER | HS_POSSESSIVE)) at++;
  hs_range range = {at, noun};
  return is_press(l, range) ? range : (hs_range){at, at};
}

/* Is token I a verb, or a participle that says what happened to the noun before it: "seen", "posted"? */
static bool is_verb(const linker *l, uint32_t i) {
  if (l->w->parsed) return hs_words_class(l->w, i, "VERB");
  return hs_phrase_is_verb(l->w, i) || entry(l, i)->cue_forms & HS_CUE_PARTICIPLE || hs_words_has(l->w, i, HS_SHAPE_ED);
}

/* "seen by", "shared with", "published in": do the words before token I tell of passing on, not of writing? */
static bool is_passed_on(const linker *l, uint32_t i) { return i > 0 && links(l, i - 1, HS_LINK_PASSING); }

/* Who is named at AT behind "seen by": an agency, an outlet, or a name that no table tells to be anything else. */
static hs_range receiver_at(const linker *l, uint32_t at, uint32_t end, hs_relay_kind *kind) {
  hs_range range = press_at(l, at, end);
  *kind = HS_RELAY_MEANT;
  if (!hs_range_empty(range) || !is_passed_on(l, at - 1)) return range;
  range = hs_frame_phrase(l->w, at, end, false);
  if (hs_range_empty(range)) return range;
  hs_mention m = hs_mention_read(l->w, range);
  *kind = HS_RELAY_OUTLET;
  bool outlet = m.type == HS_ACTOR_ORGANISATION && !m.unknown && !m.sector && !m.role;
  return outlet ? range : (hs_range){at, at};
}

static bool has_person(const linker *l, hs_range range) {
  for (uint32_t i = range.first; i < range.end; i++)
    if (hs_words_name(l->w, i) && strcmp(hs_words_name(l->w, i)->type, "PER") == 0) return true;
  return false;
}

/* "the ombudsman, Judge Clara Voss": WHO with the name behind its comma, before END. */
static hs_range with_name(const linker *l, hs_range who, uint32_t end) {
  if (who.end + 1 >= end || l->w->items[who.end].mark != ',' || has_person(l, who)) return who;
  hs_range name = hs_frame_phrase(l->w, who.end + 1, end, true);
  return has_person(l, name) ? (hs_range){who.first, name.end} : who;
}

/* Is token I within a name: the "of" of "the Journal of Vestan Science"? */
static bool is_in_name(const linker *l, uint32_t i) {
  const hs_name *name = hs_words_name(l->w, i);
  return name && name->first < i;
}

/* Whose words a document holds, told by what stands around it within RANGE: "a letter from the mayor", "the ministry's
 * statement", "a police report". Empty if the text does not tell. */
static hs_range author_of(const linker *l, hs_range range, const carrier *thing) {
  hs_range whole = thing->range;
  uint32_t first = whole.first;
  for (uint32_t i = first; i + 1 < whole.end; i++)
    if (hs_words_has(l->w, i, HS_TOKEN_CLITIC) && i > first) return (hs_range){first, i};
  for (uint32_t i = whole.end; i + 1 < range.end; i++) {
    bool by = is(l, i, HS_AGENT) || (is(l, i, HS_BINDING) && !is(l, i, HS_LOCATIVE));
    if (!by || is_passed_on(l, i) || is_in_name(l, i)) continue;
    hs_range who = hs_frame_phrase(l->w, i + 1, range.end, true);
    hs_mention m = hs_range_empty(who) ? (hs_mention){.unknown = true} : hs_mention_read(l->w, who);
    bool writes = !m.unknown && (!m.press || i == whole.end);
    if (writes) return with_name(l, who, range.end);
  }
  while (first < whole.end && is(l, first, HS_DETERMINER | HS_POSSESSIVE)) first++;
  for (uint32_t end = thing->noun; end > first; end--) { /* "a defence ministry statement" */
    hs_mention m = hs_mention_read(l->w, (hs_range){first, end});
    bool adjective = entry(l, end - 1)->land == HS_LAND_ADJECTIVE; /* "Australian reports" */
    bool somebody = !m.unknown && m.type != HS_ACTOR_ANONYMOUS && m.name.end == end && !m.pronoun && !adjective;
    if (somebody) return (hs_range){first, end};
  }
  return (hs_range){0, 0};
}

/* ---- from whom it came */

/* What stands behind the head of RANGE, which begins at token AT: outlets that saw, obtained or were told it, channels
 * on which it stands. Of a person, not a THING, only what tells of speaking counts, and what stands between commas. */
static void scan_behind(const linker *l, hs_range range, uint32_t at, bool thing) {
  bool aside = !thing && at > range.first && l->w->items[at - 1].mark == ',';
  for (uint32_t i = at; i + 1 < range.end; i++) {
    hs_relay_kind kind;
    bool told = entry(l, i)->complements & HS_COMPLEMENT_HEARER_THAT && is_verb(l, i);
    bool behind_verb = i == at || is_verb(l, i) || (is_verb(l, i - 1) && (thing || entry(l, i - 1)->force));
    if (!told && !(behind_verb && is(l, i, HS_PREPOSITION))) continue;
    hs_range receiver = receiver_at(l, i + 1, range.end, &kind);
    add_relay(l->c, receiver, kind);
    if (!hs_range_empty(receiver) || !links(l, i, HS_LINK_CARRYING)) continue;
    carrier other = carrier_at(l, i + 1, range.end);
    if (other.kind && (aside || other.kind != HS_RELAY_DOCUMENT)) add_relay(l->c, other.range, other.kind);
  }
}

/* A source that is a thing: its words are its author's. */
static void read_document(const linker *l, hs_range range, const carrier *thing) {
  l->c->speaker = author_of(l, range, thing);
  scan_behind(l, range, thing->range.end, true);
  add_relay(l->c, thing->range, thing->kind);
}

static void read_source(const linker *l) {
  hs_range source = l->a->source;
  if (hs_range_empty(source)) return;
  carrier thing = carrier_at(l, source.first, source.end);
  bool name = thing.kind && hs_words_has(l->w, thing.noun, HS_TOKEN_CAPITAL) && thing.noun > source.first;
  if (thing.kind && !(name && is_press(l, source))) {
    read_document(l, source, &thing);
    return;
  }
  uint32_t at = source.first;
  while (at < source.end && !is_verb(l, at) && l->w->items[at].mark != ',') at++;
  bool aside = at < source.end && l->w->items[at].mark == ','; /* "Orlo, in a letter to the council," */
  scan_behind(l, source, at + aside, false);
}

/* "— Ana Orlo (@ana_orlo)": words signed with a handle are a post. */
static void read_signature(const linker *l) {
  uint32_t at = l->a->source.end;
  if (hs_range_empty(l->a->cue) || l->w->items[l->a->cue.first].mark != '-' || at + 1 >= l->w->count) return;
  bool handle = l->w->items[at].mark == '(' && hs_words_has(l->w, at + 1, HS_TOKEN_ADDRESS);
  if (handle) add_relay(l->c, (hs_range){at + 1, at + 2}, HS_RELAY_POST);
}

/* The range before token AT, in the frame, that is the subject of the verb VERB. */
static hs_range subject_of(const linker *l, uint32_t verb, uint32_t low) {
  for (uint32_t i = verb; i-- > low && l->w->parsed;) {
    if (hs_branch_up(l->w, i) != verb || !hs_branch_is(l->w, i, "nsubj")) continue;
    hs_range range = hs_branch_around(l->w, i);
    return (hs_range){range.first, range.end < verb ? range.end : i + 1};
  }
  hs_verb_group group;
  if (!hs_verb_group_read(&group, l->w, low, verb)) return (hs_range){0, 0};
  return hs_phrase_before(l->w, low, group.range.first);
}

/* "was", "is reported", "have been quoted": is the verb a passive? */
static bool is_passive(const linker *l, uint32_t verb, uint32_t low) {
  for (uint32_t i = verb; i > low; i--) {
    if (is(l, i - 1, HS_BE)) return true;
    if (!is(l, i - 1, HS_AUXILIARY | HS_MODAL | HS_ADVERB | HS_NEGATION) && !hs_words_has(l->w, i - 1, HS_SHAPE_LY))
      break;
  }
  return false;
}

/* "quoted" of "Tass quoted her as saying", in the cue or before "as saying"; the sentence's end if there is none. */
static uint32_t find_quoting(const linker *l) {
  const hs_sentence *sentence = &l->w->sentences[l->w->sentence_of[l->a->verb]];
  for (uint32_t i = l->a->cue.first; i < l->a->cue.end; i++) {
    if (entry(l, i)->complements & HS_COMPLEMENT_PERSON_AS) return i;
    bool saying = entry(l, i)->cue_forms == HS_CUE_GERUND && i > sentence->first && is(l, i - 1, HS_COMPARISON);
    for (uint32_t k = i; saying && k-- > sentence->first && i - k < QUOTING_REACH;)
      if (entry(l, k)->complements & HS_COMPLEMENT_PERSON_AS) return k;
  }
  return sentence->end;
}

/* The "as" of "as saying" behind token I, or END. */
static uint32_t find_as(const linker *l, uint32_t i, uint32_t end) {
  if (i + QUOTING_REACH < end) end = i + QUOTING_REACH;
  for (; i + 1 < end; i++)
    if (is(l, i, HS_COMPARISON) && entry(l, i + 1)->cue_forms == HS_CUE_GERUND) return i;
  return end;
}

static bool names_somebody(const linker *l, hs_range range) {
  return !hs_range_empty(range) && !hs_mention_read(l->w, range).unknown;
}

/* "Tass quoted Orlo as saying", with either of them as the source. */
static void read_quoting(const linker *l) {
  const hs_sentence *sentence = &l->w->sentences[l->w->sentence_of[l->a->verb]];
  uint32_t verb = find_quoting(l);
  if (verb == sentence->end || is_passive(l, verb, sentence->first)) return;
  uint32_t as = find_as(l, verb, sentence->end);
  if (as + 1 >= sentence->end || !is(l, as, HS_COMPARISON)) return;
  hs_range quoted = {verb + 1, as}, quoting = subject_of(l, verb, sentence->first);
  if (hs_range_empty(quoted)) return;
  if (!hs_range_empty(l->a->source) && l->a->source.first > verb) { /* the source is whom it quotes */
    if (names_somebody(l, quoting)) add_relay(l->c, quoting, HS_RELAY_MEANT);
  } else if (names_somebody(l, quoted)) {
    l->c->speaker = quoted;
    add_relay(l->c, hs_range_empty(l->a->source) ? quoting : l->a->source, HS_RELAY_MEANT);
  }
}

/* "is reported by the BBC to have said", "was quoted as saying by Interfax". */
static void read_agent(const linker *l) {
  bool passive = false;
  for (uint32_t i = l->frame.first; i + 1 < l->frame.end; i++) {
    if (hs_range_holds(l->a->cue, i) && entry(l, i)->complements & HS_COMPLEMENT_PERSON_AS)
      passive = passive || is_passive(l, i, l->frame.first);
    if (!passive || !is(l, i, HS_AGENT) || !holds(l, i) || hs_range_holds(l->a->source, i + 1)) continue;
    uint32_t end = l->frame.end;
    for (uint32_t k = i + 1; k < end; k++)
      if (is(l, k, HS_INFINITIVE | HS_COMPARISON)) end = k;
    hs_range agent = hs_frame_phrase(l->w, i + 1, end, false);
    if (names_somebody(l, agent)) add_relay(l->c, agent, HS_RELAY_MEANT);
  }
}

/* Whom the verb of citing at CITING cites. */
static hs_range cited_by(const linker *l, uint32_t citing, uint32_t end) {
  int other = l->w->parsed ? HS_NONE : l->f->cue[citing];
  if (other != HS_NONE && l->s->found.items[other].contents.count) {
    hs_range content = l->s->found.items[other].contents.items[0];
    if (content.first >= citing && content.first < citing + 3) return content;
  }
  return hs_frame_phrase(l->w, citing + 1, end, true);
}

/* Does the verb of citing at CITING belong to this attribution? */
static bool cites_for(const linker *l, uint32_t citing) {
  int other = l->f->cue[citing];
  if (other == (int)l->index) return false;
  if (hs_range_holds(l->a->source, citing)) return true;
  if (other == HS_NONE) return holds(l, citing) || l->f->owner[citing] == (int)l->index;
  hs_range source = l->s->found.items[other].source;
  bool same = source.first == l->a->source.first && source.end == l->a->source.end;
  if (same) return true;
  bool behind = citing > l->a->source.end ? citing - l->a->source.end <= 1 : citing == l->a->source.end;
  if (hs_range_empty(source) && behind) return true; /* "according to the Teal Times, citing officials" */
  uint32_t head = hs_branch_up(l->w, citing);
  return head != HS_NO_TOKEN && l->f->owner[head] == (int)l->index;
}

/* "CNN reported, citing officials": an outlet that cites somebody passes on. */
static void read_citing(const linker *l) {
  hs_range source = l->a->source;
  bool thing = !hs_range_empty(source) && entry(l, source.first)->gender == HS_GENDER_THING;
  hs_relay_kind medium = carrier_at(l, source.first, source.end).kind; /* "state television" */
  hs_mention m = medium ? hs_mention_read(l->w, source) : (hs_mention){.unknown = true};
  if (!m.unknown && m.type == HS_ACTOR_PERSON) medium = HS_RELAY_MEANT; /* "Post reporter Orlo" */
  bool reports = thing || medium || is_press(l, source);
  for (uint32_t i = l->frame.first; reports && i + 1 < l->frame.end; i++) {
    const hs_entry *e = entry(l, i);
    bool gerund = e->cue_forms & HS_CUE_GERUND || (i > 0 && is(l, i - 1, HS_RELATIVE | HS_CONJUNCTION));
    if (!(e->complements & HS_COMPLEMENT_SOURCE) || !gerund || !cites_for(l, i)) continue;
    hs_range cited = cited_by(l, i, l->w->sentences[l->w->sentence_of[i]].end);
    if (hs_range_empty(cited)) continue;
    carrier paper = carrier_at(l, cited.first, cited.end);
    l->c->citing = l->f->cue[i];
    if (paper.kind) read_document(l, cited, &paper);
    else if (names_somebody(l, cited)) l->c->speaker = cited;
    else l->c->citing = HS_NONE;
    if (!paper.kind && l->c->speaker.first != cited.first) continue;
    if (!paper.kind) scan_behind(l, cited, cited.first + 1, false);
    while (source.end > source.first + 1 && hs_range_holds(source, i)) source.end--;
    while (source.end > source.first + 1 && l->w->items[source.end - 1].mark) source.end--;
    add_relay(l->c, source, is_press(l, source) ? HS_RELAY_MEANT : medium);
    return;
  }
}

/* Does the word at token I belong to the saying itself, not to another deed: "when asked to comment on the reports"?
 * What was posted, seen or told in speaking and writing does. */
static bool is_of_saying(const linker *l, uint32_t i) {
  for (int k = 0; k < SAYING_CLIMB && i != HS_NO_TOKEN && !hs_range_holds(l->a->cue, i); k++) {
    const hs_entry *e = entry(l, i);
    bool telling = hs_words_has(l->w, i, HS_SHAPE_ING) && e->force;
    if (is_predicate(l, i) && l->w->parsed && !telling && !links(l, i, HS_LINK_PASSING) && !said(l, i)) return false;
    i = hs_branch_up(l->w, i);
  }
  return true;
}

/* "a statement by Orlo, in which he said": whose words the thing before "which" holds, in which the source speaks. */
static void read_which(const linker *l) {
  uint32_t first = hs_range_empty(l->a->source) ? l->a->cue.first : l->a->source.first;
  uint32_t low = l->w->sentences[l->w->sentence_of[l->a->verb]].first;
  if (first < low + 3 || entry(l, first - 1)->pronoun != HS_CASE_RELATIVE || !links(l, first - 2, HS_LINK_CARRYING))
    return;
  uint32_t end = first - 2, at = end > low + WHICH_REACH ? end - WHICH_REACH : low;
  carrier thing = {.kind = HS_RELAY_MEANT};
  for (; at < end && !thing.kind; at++)
    if (hs_phrase_begins(l->w, at) && !hs_words_has(l->w, at, HS_TOKEN_CLITIC)) thing = carrier_at(l, at, end);
  if (!thing.kind) return;
  hs_range speaker = l->c->speaker, author = author_of(l, (hs_range){thing.range.first, end}, &thing);
  bool pronoun = !hs_range_empty(speaker) && entry(l, speaker.first)->pronoun && speaker.end == speaker.first + 1;
  if (pronoun && !hs_range_empty(author)) l->c->speaker = author;
  scan_behind(l, (hs_range){thing.range.first, end}, thing.range.end, true);
  add_relay(l->c, thing.range, thing.kind);
}

/* Does the cue tell of speaking, so that it has somebody who is told: no "supported", no "likened"? */
static bool is_spoken(const linker *l) {
  for (uint32_t i = l->a->cue.first; i < l->a->cue.end; i++)
    if (entry(l, i)->complements & (HS_COMPLEMENT_SPEECH | HS_COMPLEMENT_HEARER_SPEECH | HS_COMPLEMENT_HEARER_THAT))
      return true;
  return false;
}

/* "told the BBC", "in an interview with the BBC", "in a statement", "through a spokesman", "on Telegram". */
static void read_frame(const linker *l) {
  bool spoken = is_spoken(l);
  for (uint32_t i = l->frame.first; i + 1 < l->frame.end; i++) {
    if (!holds(l, i) || hs_range_holds(l->a->source, i)) continue;
    if (hs_range_holds(l->a->cue, i) && said(l, i + 1) && is(l, i, HS_PREPOSITION)) continue; /* "reported on a memo" */
    if (i > 0 && is(l, i - 1, HS_PREPOSITION) && is(l, i, HS_PREPOSITION)) continue; /* "better than in other polls" */
    bool told = entry(l, i)->complements & HS_COMPLEMENT_HEARER_THAT && hs_range_holds(l->a->cue, i);
    if (!told && (!links(l, i, HS_LINK_CARRYING | HS_LINK_TELLING) || !is_of_saying(l, i))) continue;
    uint32_t next = i + 1, end = next;
    while (end < l->frame.end && holds(l, end) && !hs_range_holds(l->a->source, end)) end++;
    if (next == end) continue;
    bool carries = !told && links(l, i, HS_LINK_CARRYING);
    carrier thing = carries ? carrier_at(l, next, l->frame.end) : (carrier){.kind = HS_RELAY_MEANT};
    bool name = thing.kind && hs_words_has(l->w, thing.noun, HS_TOKEN_CAPITAL) && thing.noun > next;
    hs_range press = {next, next};
    if (spoken) press = thing.kind && !name ? press_before(l, next, thing.noun) : press_at(l, next, end);
    add_relay(l->c, press, HS_RELAY_MEANT);
    if (thing.kind && (!name || hs_range_empty(press)))
      add_relay(l->c, hs_range_empty(press) ? thing.range : (hs_range){thing.noun, thing.range.end}, thing.kind);
    if (thing.kind || !hs_range_empty(press) || !carries) continue;
    hs_range who = links(l, i, HS_LINK_CONDUIT) ? hs_frame_phrase(l->w, next, end, false) : (hs_range){0, 0};
    if (!hs_range_empty(who) && hs_mention_read(l->w, who).role) add_relay(l->c, who, HS_RELAY_SPOKESPERSON);
  }
}

/* ---- statements inside statements */

/* Do source, cue and what is said of INNER all stand in what OUTER says? */
static bool contains(const hs_attribution *outer, const hs_attribution *inner) {
  hs_range content = inner->contents.items[0];
  for (size_t k = 0; k < outer->contents.count; k++) {
    hs_range range = outer->contents.items[k];
    bool source = hs_range_empty(inner->source) || hs_range_within(range, inner->source);
    if (source && hs_range_within(range, inner->cue) && hs_range_within(range, content)) return true;
  }
  return false;
}

/* The attributions come in the order of contents: those whose contents are not yet left stay open. */
static void find_outer(const hs_search *s, hs_chain *chains, hs_arena *arena) {
  size_t *open = hs_arena_alloc(arena, (s->found.count + 1) * sizeof *open), depth = 0;
  for (size_t i = 0; i < s->found.count; i++) {
    const hs_attribution *a = &s->found.items[i];
    chains[i].outer = HS_NONE;
    while (depth) {
      const hs_attribution *last = &s->found.items[open[depth - 1]];
      if (last->contents.items[last->contents.count - 1].end > a->contents.items[0].first) break;
      depth--;
    }
    for (size_t k = depth; k > 0 && k + OPEN_REACH > depth && chains[i].outer == HS_NONE; k--)
      if (contains(&s->found.items[open[k - 1]], a)) chains[i].outer = (int)open[k - 1];
    open[depth++] = i;
  }
}

/* "she said in a statement, adding that": what one cue tells holds for the next one of the same source. */
static void share_relays(const hs_frames *f, hs_chain *chains) {
  const hs_search *s = f->search;
  for (size_t i = 0; i < s->found.count; i++) {
    const hs_attribution *a = &s->found.items[i];
    if (chains[i].count || hs_range_empty(a->source) || hs_range_empty(a->cue)) continue;
    uint32_t head = hs_branch_up(s->words, a->verb);
    int other = head == HS_NO_TOKEN ? HS_NONE : f->owner[head];
    if (other == HS_NONE || other == (int)i) continue;
    hs_range source = s->found.items[other].source;
    bool same = source.first == a->source.first && source.end == a->source.end;
    if (!same || chains[i].outer != chains[other].outer || !hs_range_meets(chains[other].speaker, source)) continue;
    memcpy(chains[i].relays, chains[other].relays, sizeof chains[i].relays);
    chains[i].count = chains[other].count;
  }
}

hs_chain *hs_chains_find(const hs_frames *f, hs_arena *arena) {
  const hs_search *s = f->search;
  hs_chain *chains = hs_arena_alloc(arena, (s->found.count + 1) * sizeof *chains);
  for (size_t i = 0; i < s->found.count; i++) {
    const hs_attribution *a = &s->found.items[i];
    chains[i].speaker = a->source;
    chains[i].citing = HS_NONE;
    linker l = {.f = f, .w = s->words, .s = s, .index = i, .a = a, .c = &chains[i], .frame = hs_frame_range(f, i)};
    read_quoting(&l);
    read_agent(&l);
    read_citing(&l);
    if (chains[i].count == 0 || hs_range_meets(chains[i].speaker, a->source)) read_source(&l);
    read_signature(&l);
    read_frame(&l);
    read_which(&l);
  }
  find_outer(s, chains, arena);
  share_relays(f, chains);
  return chains;
}
