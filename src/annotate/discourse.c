#include "annotate/discourse.h"

#include "annotate/branch.h"
#include "annotate/described.h"
#include "annotate/namekey.h"
#include "annotate/phrase.h"
#include "annotate/spoken.h"

enum {
  OLDEST = 130,
  LATELY = 24,          /* members that the reading has in mind */
  DESCRIBED_REACH = 12, /* words of a description before its head */
  ROLE_REACH = 3,       /* words from a possessive to the role that it tells of */
  SOURCE_WORDS = 64,
  SAID_PARTS = 3, /* of what a pronoun says, so many parts of so many words are looked at */
  SAID_WORDS = 80,
  CLAUSE_CLIMB = 8,
  SURE_GENDER = 80 /* hundredths: so sure a pronoun tells its bearer's gender */
};

/* So sure it is whom a pronoun means if others are called by his name: "Ana Orlo's lawyer". */
static const float OWNER_SURE = 0.75f;

typedef struct reader {
  hs_discourse *out;
  hs_cast *cast;
  const hs_words *w;
  const hs_search *s;
  hs_meaning *at;
  hs_trace lately[LATELY]; /* each member once, the latest first */
  unsigned count;
  uint32_t *source_of; /* [words] 1 + the attribution whose source holds the token */
  bool *speaks;        /* [words] it is part of the name, pronoun or description that a source is about */
  uint32_t *quoter_of; /* [stretches] 1 + the attribution whose content begins in it */
  int spoke;           /* who spoke last, HS_NONE if nobody knows who that is */
  uint32_t met;        /* 1 + the attribution whose source was understood last */
  uint32_t sentence_begun;
  bool aged[OLDEST]; /* the text has told of one who has that age: "a 14-year-old boy" */
  uint32_t section;  /* the first token behind the last heading */
} reader;

/* ---- where things stand */

/* Does the noun at I stand where the one that it hangs on does: "her sister, Ana Orlo", "one of the mayors"? */
static bool is_beside(const hs_words *w, uint32_t i) {
  if (hs_branch_is(w, i, "conj") || hs_branch_is(w, i, "appos")) return true;
  uint32_t up = hs_branch_up(w, i);
  return up != HS_NO_TOKEN && hs_branch_is(w, i, "nmod") && hs_words_is(w, up, HS_QUANTITY);
}

static hs_place place_of(const hs_words *w, hs_range range, uint32_t head) {
  if (w->parsed) {
    for (int step = 0; step < 3 && is_beside(w, head); step++) head = hs_branch_up(w, head);
    if (hs_branch_is(w, head, "nsubj")) return HS_PLACE_SUBJECT;
    if (hs_branch_is(w, head, "obj") || hs_branch_is(w, head, "iobj")) return HS_PLACE_OBJECT;
    bool possessor = w->tokens[head].relation && strcmp(w->tokens[head].relation, "nmod:poss") == 0;
    return possessor ? HS_PLACE_POSSESSOR : HS_PLACE_OTHER;
  }
  const hs_entry *e = hs_words_entry(w, head);
  bool clitic = range.end < w->count && hs_words_has(w, range.end, HS_TOKEN_CLITIC);
  if (e->pronoun == HS_CASE_POSSESSIVE || clitic) return HS_PLACE_POSSESSOR;
  if (e->pronoun == HS_CASE_SUBJECT || (range.end < w->count && hs_phrase_is_verb(w, range.end)))
    return HS_PLACE_SUBJECT;
  return range.first > 0 && hs_phrase_is_verb(w, range.first - 1) ? HS_PLACE_OBJECT : HS_PLACE_OTHER;
}

/* The verb of the clause that holds token I. */
static uint32_t clause_of(const hs_words *w, uint32_t i) {
  if (!w->parsed) return w->sentences[w->sentence_of[i]].first;
  for (int step = 0; step < CLAUSE_CLIMB; step++) {
    uint32_t up = hs_branch_up(w, i);
    if (up == HS_NO_TOKEN) return i;
    i = up;
    if (hs_words_class(w, i, "VERB")) return i;
  }
  return i;
}

static hs_trace trace_of(const reader *r, hs_range range, uint32_t head) {
  uint32_t stretch = r->s->marks->at[head];
  return (hs_trace){.member = HS_NONE,
                    .token = head,
                    .verb = hs_branch_up(r->w, head),
                    .clause = clause_of(r->w, head),
                    .place = place_of(r->w, range, head),
                    .quoted = stretch,
                    .source = r->speaks[head]};
}

/* MEMBER is the one whom T means: it comes first now. */
static void call(reader *r, hs_trace t, int member) {
  uint32_t sentence = r->w->sentence_of[t.token] + 1;
  t.member = member;
  t.opens = r->sentence_begun != sentence;
  r->sentence_begun = sentence;
  unsigned i = 0;
  while (i < r->count && r->lately[i].member != member) i++;
  if (i == r->count && r->count < LATELY) r->count++;
  if (i == LATELY) i--;
  memmove(r->lately + 1, r->lately, i * sizeof *r->lately);
  r->lately[0] = t;
  if (t.source) {
    r->spoke = member;
    r->met = r->source_of[t.token];
  }
}

/* ---- names */

static hs_recall recall(const reader *r) {
  return (hs_recall){.cast = r->cast, .lately = r->lately, .count = r->count, .at = r->at, .spoke = r->spoke};
}

/* "His wife, | Ana Orlo": whose MEMBER, whose name begins at I, is by what he is called before it, and what he is to
 * that one. */
static void note_owner(reader *r, uint32_t i, int member) {
  uint32_t first = i, at;
  while (first > 0 && r->cast->in[first - 1] == (uint32_t)member + 1) first--;
  if (first > 0 && hs_words_has(r->w, first, HS_TOKEN_CLITIC)) first--;
  if (first > 0 && hs_words_entry(r->w, first - 1)->pronoun == HS_CASE_POSSESSIVE) first--;
  hs_recall before = recall(r);
  hs_meaning owner = first < i ? hs_described_owner(&before, (hs_range){first, i}, &at) : (hs_meaning){HS_NONE, 0};
  if (owner.member == HS_NONE || owner.member == member) return;
  for (uint32_t k = at + 1; k < i && !r->w->items[k].mark; k++)
    if (hs_words_entry(r->w, k)->role) {
      r->cast->members.items[member].owner = owner.member + 1;
      r->cast->members.items[member].relation = k;
    }
}

static uint32_t read_name(reader *r, uint32_t i) {
  hs_range run = {i, r->cast->end[i]};
  int member = (int)r->cast->of[i] - 1;
  uint32_t head = hs_branch_head(r->w, run);
  if (head >= run.end) head = run.end - 1;
  r->at[i] = (hs_meaning){member, r->cast->sure[i]};
  r->at[head] = r->at[i];
  hs_cast_refer(r->cast, member, run);
  note_owner(r, i, member);
  call(r, trace_of(r, run, head), member);
  return run.end;
}

/* ---- pronouns */

/* Who says what stands in the marks around token I, as far as it is known before the text has been read to its end. */
static int quoter_at(const reader *r, uint32_t i) {
  uint32_t stretch = r->s->marks->at[i], a = stretch ? r->quoter_of[stretch - 1] : 0;
  if (!a) return HS_NONE;
  hs_range source = r->s->found.items[a - 1].source;
  for (uint32_t k = source.first; k < source.end && k < source.first + SOURCE_WORDS; k++) {
    if (r->cast->of[k]) return (int)r->cast->of[k] - 1;
    if (r->at[k].member != HS_NONE) return r->at[k].member;
  }
  return HS_NONE;
}

/* Does it mean anybody at all: no "it" of the weather, no "its" of a thing that the tree calls an expletive? */
static bool is_referring(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_entry(w, i);
  if (!e->pronoun || e->pronoun == HS_CASE_RELATIVE) return false;
  if (e->number == HS_NUMBER_FIRST || e->number == HS_NUMBER_SECOND) return false;
  return !hs_branch_is(w, i, "expl") && !(hs_words_has(w, i, HS_TOKEN_UPPER) && !hs_words_has(w, i, HS_SHAPE_FIRST));
}

/* Of those without a name the one whom a description at T means. */
static int described_at(const reader *r, uint32_t t) {
  int member = hs_words_entry(r->w, t)->pronoun ? HS_NONE : r->at[t].member;
  return member != HS_NONE && r->cast->members.items[member].named ? HS_NONE : member;
}

/* Who is named or described in what the pronoun at I says, if it says anything: seldom the pronoun's own bearer. */
static void note_words(const reader *r, uint32_t i, hs_scene *scene) {
  if (!r->source_of[i]) return;
  const hs_attribution *a = &r->s->found.items[r->source_of[i] - 1];
  for (size_t k = 0; k < a->contents.count && k < SAID_PARTS; k++) {
    hs_range content = a->contents.items[k];
    for (uint32_t t = content.first; t < content.end && t < content.first + SAID_WORDS; t++) {
      int member = r->cast->of[t] ? (int)r->cast->of[t] - 1 : described_at(r, t);
      if (member != HS_NONE && scene->named_count < HS_SCENE_NAMES) scene->named[scene->named_count++] = member;
    }
  }
}

/* "Its spokesman", "her chief spokeswoman": somebody has whoever speaks for them. */
static bool has_spokesman(const hs_words *w, uint32_t i) {
  uint32_t end = w->sentences[w->sentence_of[i]].end, size;
  if (hs_words_entry(w, i)->pronoun != HS_CASE_POSSESSIVE) return false;
  for (uint32_t k = i + 1; k < end && k <= i + ROLE_REACH && !w->items[k].mark; k++)
    if (hs_spoken_role(w, k, &size)) return true;
  return false;
}

static void read_pronoun(reader *r, uint32_t i) {
  const hs_entry *e = hs_words_entry(r->w, i);
  hs_trace t = trace_of(r, (hs_range){i, i + 1}, i);
  t.pronoun = true;
  t.possesses = has_spokesman(r->w, i);
  hs_scene scene = {.spoke = r->spoke, .quoter = quoter_at(r, i)};
  note_words(r, i, &scene);
  hs_choice choice = hs_antecedent_choose(r->cast, &t, r->lately, r->count, &scene);
  if (choice.trace == HS_NONE || choice.sure < 0.5f) return;
  int member = r->lately[choice.trace].member;
  hs_cast_member *m = &r->cast->members.items[member];
  bool sexed = e->gender == HS_GENDER_MALE || e->gender == HS_GENDER_FEMALE;
  if (sexed && !m->gender && choice.sure * 100 >= SURE_GENDER) m->gender = (hs_gender)e->gender;
  r->at[i] = (hs_meaning){member, choice.sure};
  hs_cast_refer(r->cast, member, (hs_range){i, i + 1});
  call(r, t, member);
}

/* ---- descriptions */

/* Behind a source of whom nothing is known nobody spoke last. */
static void leave_source(reader *r, uint32_t i) {
  uint32_t a = r->source_of[i];
  if (a && a != r->met && r->source_of[i + 1] != a && r->s->found.items[a - 1].source.end == i + 1) r->spoke = HS_NONE;
}

/* The words RANGE with HEAD, a description, mean whom MEANING says. */
static void describe(reader *r, hs_range range, uint32_t head, hs_meaning meaning) {
  r->at[head] = meaning;
  hs_cast_refer(r->cast, meaning.member, range);
  hs_trace t = trace_of(r, range, head);
  t.described = true;
  call(r, t, meaning.member);
}

/* Is the word at I one person's nationality: "the Swede", "the American"? */
static bool is_national(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_entry(w, i);
  bool one = e->land == HS_LAND_PERSON || (e->land == HS_LAND_ADJECTIVE && e->has_people);
  return one && hs_words_has(w, i, HS_TOKEN_CAPITAL);
}

/* Is the word at I the last of what describes: no noun behind it? */
static bool ends_description(const hs_words *w, uint32_t i) {
  uint32_t next = i + 1;
  if (next >= w->count || w->items[next].mark) return next >= w->count || w->items[next].mark != '-';
  return !hs_words_class(w, next, "NOUN") && !hs_words_class(w, next, "PROPN") && !hs_words_class(w, next, "ADJ");
}

/* "the 72-year-old", "the American", "the 24-year-old Swede", at I behind "the": its end; I if nothing of that sort is
 * there. */
static uint32_t read_told(reader *r, uint32_t i) {
  const hs_words *w = r->w;
  uint32_t end = i, age = hs_words_age(w, i, &end);
  if (i == 0 || !hs_words_is(w, i - 1, HS_DEFINITE)) {
    if (age && age < OLDEST) r->aged[age] = true;
    return i;
  }
  const char *country = end < w->count && is_national(w, end) ? hs_words_entry(w, end)->country : NULL;
  end += country != NULL;
  if (end == i || !(ends_description(w, end - 1) || hs_phrase_is_verb(w, end))) return i;
  hs_recall before = recall(r);
  bool speaks = r->speaks[i] || r->speaks[end - 1];
  hs_meaning found = hs_described_told(&before, age, country, i, speaks);
  if (found.member == HS_NONE) return end;
  hs_cast_member *m = &r->cast->members.items[found.member];
  if (age && age < OLDEST && r->aged[age] && m->age != age) return end; /* somebody without a name has it */
  if (country && !m->country) m->country = country;
  if (age && !m->age) m->age = age;
  for (uint32_t k = i; k < end; k++) r->at[k] = found;
  describe(r, (hs_range){i - 1, end}, speaks && !r->speaks[i] ? end - 1 : i, found);
  return end;
}

/* May the noun at I be the head of a description: not a title before a name, nor what somebody is said to be? */
static bool heads_description(const reader *r, uint32_t i) {
  const hs_words *w = r->w;
  const hs_entry *e = hs_words_noun(w, i);
  if ((!e->role && e->institution != HS_INSTITUTION_SUFFIX) || r->cast->in[i] || hs_words_name(w, i)) return false;
  if (!w->parsed) return !(i + 1 < w->count && (r->cast->of[i + 1] || hs_words_entry(w, i + 1)->role));
  bool proper = e->role || !hs_words_has(w, i, HS_TOKEN_CAPITAL); /* "the Minister of Health", "the Vestan ministry" */
  bool noun = hs_words_class(w, i, "NOUN") || (proper && hs_words_class(w, i, "PROPN"));
  if (!noun || hs_branch_is(w, i, "compound") || hs_branch_is(w, i, "appos") || hs_branch_is(w, i, "flat") ||
      hs_branch_is(w, i, "vocative") || (w->tokens[i].relation && strcmp(w->tokens[i].relation, "nmod:desc") == 0))
    return false;
  uint32_t low = w->sentences[w->sentence_of[i]].first;
  for (uint32_t k = i; k > low && k + 6 > i; k--)
    if (hs_branch_is(w, k - 1, "cop") && hs_branch_up(w, k - 1) == i) return false;
  if (!hs_branch_is(w, i, "conj")) return true;
  uint32_t up = hs_branch_up(w, i); /* "the former mayor and senator" is one */
  bool one = w->tokens[i].xpos && strcmp(w->tokens[i].xpos, "NN") == 0 && up < i && hs_words_entry(w, up)->role;
  for (uint32_t k = up + 1; k < i && one; k++)
    one = !hs_words_is(w, k, HS_DETERMINER | HS_POSSESSIVE) && !w->items[k].mark;
  return !one;
}

/* May a description go on behind its head with the word I? */
static bool goes_on(const hs_words *w, uint32_t i) {
  uint32_t size;
  if (hs_words_has(w, i, HS_TOKEN_CLITIC)) return true; /* "the teachers' union" */
  if (w->items[i].mark) return w->items[i].mark == '-' && hs_words_has(w, i, HS_SHAPE_GLUED);
  bool telling = hs_words_phrase(w, i, w->count, &size)->closeness;
  return telling || !(hs_words_is(w, i, HS_RELATIVE) || hs_words_class(w, i, "VERB"));
}

/* The description whose head is I, from its determiner on. */
static hs_range description_at(const reader *r, uint32_t i) {
  const hs_words *w = r->w;
  hs_range range = {i, i + 1};
  uint32_t low = w->sentences[w->sentence_of[i]].first;
  while (range.first > low && range.first + DESCRIBED_REACH > i &&
         (!w->items[range.first - 1].mark || hs_words_has(w, range.first - 1, HS_SHAPE_GLUED))) {
    uint32_t before = range.first - 1;
    if (w->parsed ? !hs_branch_holds(w, i, before) : hs_phrase_is_verb(w, before)) break;
    bool joins = hs_words_is(w, before, HS_CONJUNCTION) && hs_branch_up(w, before) < i; /* "Vestan and Teal councils" */
    if (hs_words_is(w, before, HS_PREPOSITION | HS_CONJUNCTION) && !joins) break;
    range.first = before;
    uint32_t size; /* "No 10" is a house */
    bool known = hs_words_phrase(w, before, i, &size)->institution && size > 1;
    if (hs_words_is(w, before, HS_DETERMINER | HS_POSSESSIVE) && !known) break;
  }
  uint32_t end = w->parsed ? hs_branch_around(w, i).end : range.end;
  uint32_t source = r->source_of[i] ? r->s->found.items[r->source_of[i] - 1].source.end : 0;
  if (source > end) end = source;
  while (range.end < end && range.end < i + DESCRIBED_REACH && goes_on(w, range.end)) range.end++;
  return range;
}

/* May an outlet be called what the entry NOUN says: no radio "the paper", no newspaper "the broadcaster"? */
static bool is_called(const hs_cast_member *outlet, const hs_entry *noun) {
  if (!outlet->press || !noun->institution_sector || strcmp(noun->institution_sector, "MED") != 0) return false;
  bool prints = outlet->press == HS_PRESS_OUTLET_WORD || outlet->press == HS_PRESS_NAME_WORD;
  bool other = noun->press == HS_PRESS_STATION_WORD ? prints : outlet->press == HS_PRESS_STATION_WORD;
  return !other && outlet->press != HS_PRESS_AGENCY && outlet->press != HS_PRESS_AGENCY_WORD;
}

/* A body that "the bureau" may mean. */
typedef struct body_choice {
  hs_meaning meaning;
  bool doubtful; /* the article has told of another place since, which has its own government */
} body_choice;

/* "Police in Vesta" behind "the government of Teal": was the latest PLACE told of, if any, told of since T, and is it
 * another one than that whose body T means? */
static bool is_elsewhere(const reader *r, const hs_trace *place, const hs_trace *t) {
  if (!place) return false;
  const hs_cast_member *other = &r->cast->members.items[place->member], *m = &r->cast->members.items[t->member];
  if (m->name.size && hs_is_small(m->name.data[0])) return false; /* "his own government" */
  const uint32_t *owner = hs_map_get(&r->cast->names, hs_name_first_word(m->key));
  if (owner && r->cast->members.items[*owner - 1].type == HS_ACTOR_PERSON) return false; /* "the Orlo administration" */
  bool same = other->country && m->country && strcmp(other->country, m->country) == 0;
  return !same && !hs_str_holds_alike(m->name, hs_arena_copy(r->cast->arena, other->name.data, other->name.size));
}

/* Does the body of T, told of last among SEVERAL that are called so, stand too far from token I to be meant by "the
 * government", with PLACE or a heading between? */
static bool is_too_far(const reader *r, const hs_trace *place, const hs_trace *t, uint32_t i, bool several) {
  hs_recall mind = recall(r);
  bool across = t->token < r->section, elsewhere = is_elsewhere(r, place, t);
  if (hs_described_next(&mind, t, i) && !across) return false;
  return several ? across || elsewhere : elsewhere && hs_described_next(&mind, place, i);
}

/* "The bank" is not what is told of as "the bank's board": is the NOUN in the name of M only whose M is? */
static bool is_owner_in(const reader *r, const hs_cast_member *m, hs_str noun) {
  static const char *const marks[] = {"'s", "\xE2\x80\x99s"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    char *owner = hs_arena_alloc(r->cast->arena, noun.size + sizeof "\xE2\x80\x99s");
    memcpy(owner, noun.data, noun.size);
    strcpy(owner + noun.size, marks[i]);
    if (hs_str_holds_alike(m->name, owner)) return true;
  }
  return false;
}

static bool is_body(const hs_cast_member *m) { return m->type == HS_ACTOR_ORGANISATION && !m->place; }

static bool is_place(const hs_cast_member *m) { return m->type == HS_ACTOR_COUNTRY || m->place; }

/* "the company", "the bureau" with nothing else: the body whose name holds the word, else the latest of that sort; "the
 * paper" is the outlet named last. */
static body_choice latest_body(const reader *r, hs_range range, uint32_t i) {
  const hs_entry *e = hs_words_entry(r->w, i);
  hs_recall mind = recall(r);
  const char *sector = e->institution_sector;
  hs_str word = hs_words_str(r->w, i);
  const char *noun = hs_arena_copy(r->cast->arena, word.data, word.size);
  bool bare = range.end == i + 1 && range.first + 1 == i && hs_words_is(r->w, range.first, HS_DEFINITE);
  bool governs = sector && strcmp(sector, "GOV") == 0;
  hs_meaning latest = {HS_NONE, 0};
  const hs_trace *called = NULL, *place = NULL; /* the latest that is called so; the latest place before it */
  unsigned so_called = 0;
  for (unsigned k = 0; k < r->count && bare; k++) {
    const hs_trace *t = &r->lately[k];
    const hs_cast_member *m = &r->cast->members.items[t->member];
    if (!called && !place && is_place(m)) place = t;
    if (!is_body(m)) continue;
    if (hs_str_holds_alike(m->name, noun) && !is_owner_in(r, m, word)) {
      so_called++;
      if (!called) called = t;
    }
    bool near = latest.member == HS_NONE && hs_described_lately(&mind, t, i) && m->named;
    bool sort = !m->sector || (sector && strcmp(m->sector, sector) == 0);
    if (near && is_called(m, e)) latest = (hs_meaning){t->member, 0.85f};
    else if (near && !m->press && sort && hs_words_is(r->w, i, HS_COLLECTIVE)) latest = (hs_meaning){t->member, 0.7f};
  }
  if (!called) return (body_choice){latest, false};
  if (governs && is_too_far(r, place, called, i, so_called > 1)) return (body_choice){{HS_NONE, 0}, true};
  return (body_choice){{called->member, 0.85f}, false};
}

/* Of two ministries "the ministry" is the one named last; only where none is so called it may be one of that sort. */
static body_choice body_called(const reader *r, const hs_mention *m, hs_range range, uint32_t i) {
  body_choice latest = latest_body(r, range, i);
  hs_meaning known = {hs_cast_known(r->cast, m), 0.85f};
  if (latest.doubtful || known.member == HS_NONE || latest.meaning.sure >= known.sure) return latest;
  return (body_choice){known, false};
}

static bool counts_two(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_entry(w, i);
  return e->timeword == HS_TIMEWORD_NUMBER && e->time_number == 2;
}

/* "The senators said", behind "Orlo and Reyn said": the several with names who spoke right before, where the phrase
 * RANGE with the head I, which speaks, tells nothing else of whom it means. */
static hs_meaning named_together(const reader *r, hs_range range, uint32_t i) {
  const hs_meaning nobody = {HS_NONE, 0};
  bool bare = range.end == i + 1 && (range.first + 1 == i || (range.first + 2 == i && counts_two(r->w, i - 1)));
  if (!bare || !hs_words_is(r->w, range.first, HS_DEFINITE) || !r->speaks[i] || r->spoke == HS_NONE) return nobody;
  const hs_cast_member *m = &r->cast->members.items[r->spoke];
  if (m->type != HS_ACTOR_GROUP || m->country || !hs_str_holds_alike(m->name, " and ")) return nobody;
  for (unsigned k = 0; k < r->count; k++) {
    hs_recall mind = recall(r);
    if (r->lately[k].member == r->spoke && hs_described_next(&mind, &r->lately[k], i))
      return (hs_meaning){r->spoke, 0.75f};
  }
  return nobody;
}

/* "Her lawyer", "its foreign ministry": with the name of the one whose he or it is, if that is known, M is told of by
 * it and not by the pronoun. */
static void name_owner(const reader *r, hs_range range, hs_mention *m) {
  hs_meaning owner = r->at[range.first];
  if (hs_words_entry(r->w, range.first)->pronoun != HS_CASE_POSSESSIVE || owner.member == HS_NONE) return;
  const hs_cast_member *whose = &r->cast->members.items[owner.member];
  if (owner.sure < OWNER_SURE || whose->type == HS_ACTOR_ANONYMOUS || whose->type == HS_ACTOR_GROUP) return;
  if (m->name.first == range.first && m->name.end > m->name.first + 1) m->name.first++;
  m->owner = whose->name;
}

static void read_description(reader *r, uint32_t i) {
  hs_range range = description_at(r, i);
  hs_mention m = hs_mention_read(r->w, range);
  if (m.unknown || m.pronoun || m.name.first >= m.name.end) return;
  uint32_t size;
  const hs_entry *whole = hs_words_phrase(r->w, i, r->w->sentences[r->w->sentence_of[i]].end, &size);
  if (m.role && size > 1 && whole->role) m.role = whole; /* "the secretary of state" is no press secretary */
  hs_meaning meaning = {HS_NONE, 0};
  if (m.type == HS_ACTOR_ANONYMOUS && m.role) {
    hs_recall before = recall(r);
    meaning = m.plural ? named_together(r, range, i) : hs_described(&before, &m, range, i, r->speaks[i]);
  } else if (m.type == HS_ACTOR_ORGANISATION) {
    body_choice choice = body_called(r, &m, range, i);
    meaning = choice.meaning, m.apart = choice.doubtful;
  } else return;
  if (meaning.member == HS_NONE) {
    bool definite = m.definite, possessed = definite && !hs_words_is(r->w, range.first, HS_DEFINITE);
    m.definite = m.type == HS_ACTOR_ORGANISATION && m.definite;
    name_owner(r, range, &m);
    meaning = (hs_meaning){hs_cast_member_of(r->cast, &m), possessed ? 0.8f : definite ? 0.7f : 0.93f};
  }
  if (meaning.member != HS_NONE) describe(r, range, i, meaning);
}

/* Is the noun at I, with the word before it, what is posted or sent on: "Telegram channel", "website"? */
static bool is_voice(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_noun(w, i);
  return (e->institution == HS_INSTITUTION_POST || e->institution == HS_INSTITUTION_BROADCAST) &&
         hs_words_class(w, i, "NOUN");
}

/* "The Palace's own channel": what somebody posts or sends on speaks as that one, told of at the noun I. */
static void read_voice(reader *r, uint32_t i) {
  const hs_words *w = r->w;
  uint32_t low = w->sentences[w->sentence_of[i]].first;
  for (uint32_t k = i; k-- > low && k + DESCRIBED_REACH > i;) {
    if (hs_branch_up(w, k) != i || !w->tokens[k].relation || strcmp(w->tokens[k].relation, "nmod:poss") != 0) continue;
    if (r->at[k].member == HS_NONE) return;
    hs_trace t = trace_of(r, (hs_range){k, i + 1}, i);
    t.voice = true;
    call(r, t, r->at[k].member);
    return;
  }
}

/* Several who are no description, "Ana Orlo and Bo Reyn", are known together behind the source, which ends before token
 * I, in which they speak. */
static void read_several(reader *r, uint32_t i) {
  uint32_t a = i > 0 ? r->source_of[i - 1] : 0;
  hs_range source = a ? r->s->found.items[a - 1].source : (hs_range){0, 0};
  if (!a || source.end != i || i - source.first > SOURCE_WORDS) return;
  hs_mention m = hs_mention_read(r->w, source);
  uint32_t head = hs_branch_head(r->w, source);
  if (head == source.end) head = source.first;
  bool several = m.type == HS_ACTOR_GROUP || (m.type == HS_ACTOR_ANONYMOUS && r->at[head].member == HS_NONE);
  if (!several || !m.plural || m.unknown || m.pronoun) return;
  int member = hs_cast_member_of(r->cast, &m);
  if (member != HS_NONE) call(r, trace_of(r, source, head), member);
}

/* ---- the whole text */

static void note_sources(reader *r) {
  for (size_t a = 0; a < r->s->found.count; a++) {
    const hs_attribution *found = &r->s->found.items[a];
    uint32_t end =
        found->source.end < found->source.first + SOURCE_WORDS ? found->source.end : found->source.first + SOURCE_WORDS;
    if (found->source.first < end) {
      hs_range name = hs_mention_read(r->w, (hs_range){found->source.first, end}).name;
      for (uint32_t i = name.first; i < name.end; i++) r->speaks[i] = true;
    }
    for (uint32_t i = found->source.first; i < end; i++) r->source_of[i] = (uint32_t)a + 1;
    for (size_t k = 0; k < found->contents.count; k++) {
      uint32_t stretch = r->s->marks->at[found->contents.items[k].first];
      if (stretch && !r->quoter_of[stretch - 1]) r->quoter_of[stretch - 1] = (uint32_t)a + 1;
    }
  }
}

/* A heading at token I begins a section: in a running report others are told of in the next. */
static void note_section(reader *r, uint32_t i) {
  if (!hs_words_has(r->w, i, HS_SHAPE_FIRST)) return;
  const hs_paragraph *paragraph = hs_words_paragraph(r->w, i);
  if (paragraph->kind == HS_BLOCK_HEADING) r->section = paragraph->range.end;
}

void hs_discourse_read(hs_discourse *out, hs_cast *cast, const hs_search *search) {
  const hs_words *w = cast->words;
  hs_arena *arena = cast->arena;
  hs_meaning *at = hs_arena_alloc(arena, (w->count + 1) * sizeof *at);
  for (uint32_t i = 0; i <= w->count; i++) at[i].member = HS_NONE;
  *out = (hs_discourse){cast, search, at};
  reader r = {.out = out, .cast = cast, .w = w, .s = search, .at = at, .spoke = HS_NONE};
  r.source_of = hs_arena_alloc(arena, (w->count + 1) * sizeof *r.source_of);
  r.speaks = hs_arena_alloc(arena, w->count + 1);
  r.quoter_of = hs_arena_alloc(arena, (search->marks->count + 1) * sizeof *r.quoter_of);
  note_sources(&r);
  for (uint32_t i = 0; i < w->count;) {
    read_several(&r, i);
    note_section(&r, i);
    if (cast->of[i]) {
      i = read_name(&r, i);
      continue;
    }
    uint32_t told = read_told(&r, i);
    if (told > i) {
      i = told;
      leave_source(&r, i - 1);
      continue;
    }
    if (is_referring(w, i)) read_pronoun(&r, i);
    else if (is_voice(w, i)) read_voice(&r, i);
    else if (heads_description(&r, i)) read_description(&r, i);
    leave_source(&r, i);
    i++;
  }
}

hs_meaning hs_discourse_meaning(const hs_discourse *d, hs_range range) {
  const hs_words *w = d->cast->words;
  uint32_t head = hs_branch_head(w, range);
  if (head < range.end && d->at[head].member != HS_NONE) return d->at[head];
  const hs_name *name = hs_words_name(w, head < range.end ? head : range.first);
  uint32_t first = name ? name->first : range.first;
  const hs_name *before = hs_words_name(w, first);
  uint32_t top = before ? hs_branch_head(w, (hs_range){before->first, before->end}) : first;
  bool other = head < range.end && head > top && /* "Vesta's mayor", "Vesta police" are not Vesta */
               (hs_branch_is(w, top, "nmod:poss") || hs_branch_is(w, top, "compound"));
  return other ? (hs_meaning){HS_NONE, 0} : d->at[first];
}
