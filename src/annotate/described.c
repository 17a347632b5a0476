#include "annotate/described.h"

#include "annotate/branch.h"
#include "annotate/namekey.h"
#include "base/table.h"

enum {
  EPITHET_REACH = 3, /* sentences */
  OWNER_REACH = 8,   /* words of a description before its head, or of what a name is called before it */
  STEM = 6           /* letters by which "Democratic" and "Democrat" are one */
};

static const hs_cast_member *member_of(const hs_recall *r, int member) { return &r->cast->members.items[member]; }

bool hs_described_next(const hs_recall *r, const hs_trace *t, uint32_t at) {
  return r->cast->words->sentence_of[t->token] + 1 >= r->cast->words->sentence_of[at];
}

bool hs_described_lately(const hs_recall *r, const hs_trace *t, uint32_t at) {
  return r->cast->words->sentence_of[t->token] + EPITHET_REACH > r->cast->words->sentence_of[at];
}

/* ---- does it go with somebody? */

/* Do the words of the description M say nothing against its meaning C? */
static bool agrees(const hs_mention *m, const hs_cast_member *c) {
  if (m->country && c->country && strcmp(m->country, c->country) != 0) return false;
  return !m->gender || !c->gender || m->gender == c->gender;
}

/* What the text says of somebody against what a description says. */
typedef enum comparison { TOLD_OTHERWISE, TOLD_NOTHING, TOLD_ALL } comparison;

static bool is_told(const hs_cast_member *c, hs_str word) {
  char stem[STEM + 1] = {0};
  memcpy(stem, word.data, word.size < STEM ? word.size : STEM);
  for (size_t k = 0; k < c->roles.count; k++)
    if (hs_str_holds_alike(hs_str_of(c->roles.items[k]), stem)) return true;
  for (size_t k = 0; k < c->names.count; k++)
    if (hs_str_holds_alike(hs_str_of(c->names.items[k]), stem)) return true;
  return false;
}

/* "the minister of health", "the health minister": does the noun at I say of what the office is, and nothing of that is
 * told of C? */
static bool is_other_office(const hs_words *w, hs_range phrase, uint32_t i, const hs_cast_member *c) {
  const hs_entry *e = hs_words_entry(w, i);
  bool any = hs_words_is(w, i, HS_COLLECTIVE) || e->institution != HS_INSTITUTION_SUFFIX; /* "the company chairman" */
  if (e->role || e->honorific || e->land || (e->institution && any)) return false;
  bool noun = hs_words_class(w, i, "NOUN"), name = hs_words_class(w, i, "PROPN");
  bool behind =
      (noun || name) && i > phrase.first + 1 && hs_words_is(w, i - 1, HS_BINDING) && hs_words_entry(w, i - 2)->role;
  bool before = noun && i + 1 < phrase.end && hs_words_entry(w, i + 1)->role && hs_branch_is(w, i, "compound");
  return (behind || before) && !is_told(c, hs_words_str(w, i));
}

/* What the name or nationality at I, if it is one, says of C. */
static comparison compare_name(const hs_words *w, hs_range phrase, uint32_t i, const hs_cast_member *c) {
  const hs_entry *e = hs_words_entry(w, i);
  bool name = hs_words_has(w, i, HS_TOKEN_CAPITAL) && !hs_words_has(w, i, HS_TOKEN_CLITIC | HS_SHAPE_FIRST);
  const char *country = e->land ? e->country : e->institution ? e->institution_country : NULL;
  bool party = e->role && i + 1 < phrase.end && strcmp(e->role_sector, "PTY") == 0; /* "the Republican nominee" */
  if (!name || (e->role && !party) || (country && c->country && strcmp(country, c->country) == 0)) return TOLD_ALL;
  if (!w->parsed && !e->land && !hs_words_name(w, i)) return TOLD_ALL;
  if (is_told(c, hs_words_str(w, i))) return TOLD_ALL;
  return !country || c->country ? TOLD_OTHERWISE : TOLD_NOTHING;
}

/* "the Indiana governor", "the Democratic nominee": is each name in the description PHRASE also in what the text says
 * that C is, or a country that goes with C's? Of a country nothing may be told. */
static comparison compare(const hs_words *w, hs_range phrase, const hs_cast_member *c) {
  comparison found = TOLD_ALL;
  for (uint32_t i = phrase.first; i < phrase.end; i++) {
    if (is_other_office(w, phrase, i, c)) return TOLD_OTHERWISE;
    comparison one = compare_name(w, phrase, i, c);
    if (one < found) found = one;
    if (!found) return found;
  }
  return found;
}

/* Is "the former mayor" told of one who is known as the mayor and not as a former one? */
static bool is_in_office(const hs_words *w, hs_range phrase, const hs_cast_member *c) {
  for (uint32_t i = phrase.first; i < phrase.end; i++)
    if (hs_words_entry(w, i)->rank == HS_RANK_PAST) return c->role && !c->past;
  return false;
}

/* Is what A says of somebody what B says, if less closely: "water minister", "minister"? */
static bool is_same_role(const hs_rules *rules, const hs_entry *a, const hs_entry *b) {
  if (!a || a == b) return a == b;
  const hs_entry *head = &rules->entries[a->role_head];
  return head == &rules->entries[b->role_head] &&
         (a->role_number == head->role_number || b->role_number == head->role_number);
}

/* A role that one bears for all: somebody's lawyer, doctor or friend is not the one of whom the text told as such. */
static bool is_office(const hs_entry *role) {
  hs_row row = {0};
  for (size_t at = 0; role->role_sector && hs_table_next(hs_table_named("sectors"), &at, &row);)
    if (hs_str_is(row.column[0], role->role_sector)) return row.column[3].size > 0;
  return false;
}

/* ---- somebody's */

hs_meaning hs_described_owner(const hs_recall *r, hs_range phrase, uint32_t *at) {
  const hs_words *w = r->cast->words;
  for (uint32_t i = phrase.end; i-- > phrase.first && i + OWNER_REACH > phrase.end;) {
    *at = i;
    if (hs_words_entry(w, i)->pronoun == HS_CASE_POSSESSIVE) return r->at[i];
    if (hs_words_has(w, i, HS_TOKEN_CLITIC) && i > 0) return r->at[i - 1];
  }
  return (hs_meaning){HS_NONE, 0};
}

static bool is_alike(const hs_words *w, uint32_t a, uint32_t b) {
  return hs_words_entry(w, a)->role_number && hs_words_entry(w, a)->role_number == hs_words_entry(w, b)->role_number;
}

/* Is whoever is called the word at B to somebody what this one is not to him: "husband" for the "wife" at A? */
static bool is_converse(const hs_words *w, uint32_t a, uint32_t b) {
  const hs_rules *rules = w->rules;
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(hs_table_named("kin"), &at, &row);) {
    if (hs_rules_entry(rules, row.column[0]) != hs_words_entry(w, a)) continue;
    for (hs_str rest = row.column[1]; rest.size;) {
      size_t size = 0;
      while (size < rest.size && rest.data[size] != ' ') size++;
      if (hs_rules_entry(rules, (hs_str){rest.data, size}) == hs_words_entry(w, b)) return true;
      size += size < rest.size;
      rest = (hs_str){rest.data + size, rest.size - size};
    }
  }
  return false;
}

/* "Her husband": whoever was named as hers, or she as his wife. */
static hs_meaning owned(const hs_recall *r, int owner, uint32_t at) {
  const hs_words *w = r->cast->words;
  for (unsigned i = 0; i < r->count; i++) {
    const hs_cast_member *c = member_of(r, r->lately[i].member);
    if (c->owner == owner + 1 && is_alike(w, c->relation, at)) return (hs_meaning){r->lately[i].member, 0.9f};
  }
  const hs_cast_member *self = member_of(r, owner);
  bool other = self->owner && is_converse(w, self->relation, at);
  return other ? (hs_meaning){self->owner - 1, 0.88f} : (hs_meaning){HS_NONE, 0};
}

/* "Its president": may C hold the office that belongs to the body or person OWNER? */
static bool may_be_owned(const hs_recall *r, const hs_cast_member *c, const hs_cast_member *owner) {
  if (c == owner) return false;
  if (hs_cast_is_person(owner)) return !c->owner || member_of(r, c->owner - 1) == owner;
  if (c->owner) return member_of(r, c->owner - 1) == owner;
  bool country = c->country && owner->country && strcmp(c->country, owner->country) == 0;
  return country || is_told(c, hs_name_first_word(owner->name));
}

/* ---- those told of lately */

static bool speaks_for(const hs_entry *role) {
  return role && (role->role == HS_ROLE_SPOKESPERSON || role->role == HS_ROLE_SPOKESPEOPLE);
}

static bool is_sector(const hs_entry *role, const char *sector) {
  return role->role_sector && strcmp(role->role_sector, sector) == 0;
}

/* The one named or described lately who may be called what M says; whose he must be is OWNER's if that is not NULL. */
static hs_meaning lately_called(const hs_recall *r, const hs_mention *m, hs_range phrase, uint32_t at,
                                const hs_cast_member *owner) {
  const hs_words *w = r->cast->words;
  bool anyone = m->role->role == HS_ROLE_ANYONE, epithet = m->role->role == HS_ROLE_EPITHET;
  bool party = hs_words_has(w, at, HS_TOKEN_CAPITAL) && is_sector(m->role, "PTY"); /* "the Republican" */
  bool latest = true; /* nobody else was named or described since */
  hs_meaning fallback = {HS_NONE, 0};
  for (unsigned i = 0; i < r->count; i++) {
    const hs_trace *t = &r->lately[i];
    const hs_cast_member *c = member_of(r, t->member);
    if (!hs_cast_is_person(c) || !agrees(m, c) || (owner && !may_be_owned(r, c, owner))) continue;
    comparison how = is_in_office(w, phrase, c) ? TOLD_OTHERWISE : compare(w, phrase, c);
    bool told = how == TOLD_ALL, recent = hs_described_lately(r, t, at) && c->type == HS_ACTOR_PERSON;
    bool office = c->role && !speaks_for(c->role);
    if (told && is_same_role(w->rules, c->role, m->role))
      return (hs_meaning){t->member, c->type == HS_ACTOR_PERSON ? 0.9f : 0.88f};
    if (party && recent && is_told(c, hs_words_str(w, at))) return (hs_meaning){t->member, 0.85f};
    if (told && recent && epithet && office) return (hs_meaning){t->member, 0.8f};
    if (latest && recent && epithet && office && how != TOLD_OTHERWISE) fallback = (hs_meaning){t->member, 0.65f};
    if (latest && recent && anyone && hs_described_next(r, t, at)) fallback = (hs_meaning){t->member, 0.6f};
    latest = false;
  }
  return fallback;
}

/* The person who spoke last, right before token AT, where something is said again; HS_NONE if nobody did. */
static int spoke_before(const hs_recall *r, uint32_t at, bool speaks) {
  for (unsigned i = 0; i < r->count && speaks && r->spoke != HS_NONE; i++)
    if (r->lately[i].member == r->spoke)
      return hs_described_next(r, &r->lately[i], at) && member_of(r, r->spoke)->type == HS_ACTOR_PERSON ? r->spoke
                                                                                                        : HS_NONE;
  return HS_NONE;
}

/* Does the description PHRASE tell so much of somebody that he must have been told of before: an age, a nationality,
 * that he was what he was, a science? */
static bool is_variation(const hs_words *w, hs_range phrase, const hs_mention *m) {
  bool told = is_sector(m->role, "EDU");
  uint32_t end;
  for (uint32_t i = phrase.first; i < phrase.end && !told; i++) {
    const hs_entry *e = hs_words_entry(w, i);
    told = e->land == HS_LAND_ADJECTIVE || e->rank == HS_RANK_PAST || hs_words_age(w, i, &end);
  }
  return told;
}

/* "The Swedish campaigner said": a writer calls the one who spoke last otherwise, where nobody bears the role. */
static hs_meaning called_otherwise(const hs_recall *r, const hs_mention *m, hs_range phrase, uint32_t at, bool speaks) {
  const hs_words *w = r->cast->words;
  int last = spoke_before(r, at, speaks);
  if (last == HS_NONE || r->cast->bearers[m->role->role_number] || !is_variation(w, phrase, m))
    return (hs_meaning){HS_NONE, 0};
  const hs_cast_member *c = member_of(r, last);
  bool fits = agrees(m, c) && !is_in_office(w, phrase, c) && !speaks_for(c->role) && !speaks_for(m->role);
  for (uint32_t i = phrase.first; i < phrase.end && fits; i++) fits = compare_name(w, phrase, i, c) != TOLD_OTHERWISE;
  return fits ? (hs_meaning){last, 0.75f} : (hs_meaning){HS_NONE, 0};
}

/* "the 72-year-old engineer": whoever has the age that PHRASE tells; HS_NONE if it tells none or nobody has it. */
static int aged_so(const hs_recall *r, hs_range phrase) {
  uint32_t age = 0, end;
  for (uint32_t i = phrase.first; i < phrase.end && !age; i++) age = hs_words_age(r->cast->words, i, &end);
  for (unsigned k = 0; k < r->count && age; k++)
    if (member_of(r, r->lately[k].member)->age == age) return r->lately[k].member;
  return HS_NONE;
}

hs_meaning hs_described(const hs_recall *r, const hs_mention *m, hs_range phrase, uint32_t at, bool speaks) {
  const hs_words *w = r->cast->words;
  const hs_meaning nobody = {HS_NONE, 0};
  bool possessed = !hs_words_is(w, phrase.first, HS_DEFINITE);
  if (!m->definite || !m->role) return nobody;
  uint32_t token = 0;
  hs_meaning owner = possessed ? hs_described_owner(r, (hs_range){phrase.first, at}, &token) : nobody;
  hs_meaning his = owner.member != HS_NONE ? owned(r, owner.member, at) : nobody;
  if (his.member != HS_NONE) return his;
  if (possessed && !is_office(m->role)) return nobody;
  bool by_pronoun = possessed && hs_words_entry(w, token)->pronoun == HS_CASE_POSSESSIVE;
  if (by_pronoun && owner.member == HS_NONE) return nobody;
  int aged = possessed ? HS_NONE : aged_so(r, phrase);
  if (aged != HS_NONE && agrees(m, member_of(r, aged))) return (hs_meaning){aged, 0.9f};
  const hs_cast_member *whose = by_pronoun ? member_of(r, owner.member) : NULL;
  hs_meaning lately = lately_called(r, m, phrase, at, whose);
  if (lately.member != HS_NONE) return lately;
  uint32_t role = m->role->role_number;
  int bearer = r->cast->bearer[role] - 1;
  const hs_cast_member *c = bearer >= 0 ? member_of(r, bearer) : NULL;
  bool only = c && r->cast->bearers[role] == 1 && agrees(m, c) && !is_in_office(w, phrase, c) &&
              (!whose || may_be_owned(r, c, whose)) && compare(w, phrase, c) == TOLD_ALL;
  if (only) return (hs_meaning){bearer, 0.8f};
  return possessed ? nobody : called_otherwise(r, m, phrase, at, speaks);
}

/* Of the persons told of in the sentence of TRACE, the latest, its subject; TRACE if none is. */
static const hs_trace *subject_beside(const hs_recall *r, const hs_trace *trace) {
  const uint32_t *sentence = r->cast->words->sentence_of;
  for (unsigned k = 0; k < r->count; k++) {
    const hs_trace *t = &r->lately[k];
    bool person = member_of(r, t->member)->type == HS_ACTOR_PERSON;
    if (person && t->place == HS_PLACE_SUBJECT && sentence[t->token] == sentence[trace->token]) return t;
  }
  return trace;
}

/* May M, a person, be one of AGE and COUNTRY, of which 0 and NULL tell nothing? */
static bool may_be(const hs_cast_member *m, uint32_t age, const char *country) {
  if (m->type != HS_ACTOR_PERSON || (age && m->age && m->age != age)) return false;
  return !country || !m->country || strcmp(m->country, country) == 0;
}

/* The one person told of lately who is known to be of AGE, or of COUNTRY if that is not NULL; the one who spoke LAST
 * before another. */
static hs_meaning known_so(const hs_recall *r, uint32_t age, const char *country, int last) {
  hs_meaning found = {HS_NONE, 0};
  unsigned seen = 0;
  for (unsigned k = 0; k < r->count; k++) {
    const hs_cast_member *m = member_of(r, r->lately[k].member);
    if (!may_be(m, age, country)) continue;
    if (age && m->age) return (hs_meaning){r->lately[k].member, 0.9f};
    if (!country || !m->country) continue;
    if (r->lately[k].member == last) return (hs_meaning){last, 0.9f};
    found = (hs_meaning){r->lately[k].member, 0.8f};
    seen++;
  }
  return seen == 1 ? found : (hs_meaning){HS_NONE, 0};
}

hs_meaning hs_described_told(const hs_recall *r, uint32_t age, const char *country, uint32_t at, bool speaks) {
  int last = spoke_before(r, at, speaks);
  hs_meaning known = known_so(r, age, country, last);
  if (known.member != HS_NONE) return known;
  if (last != HS_NONE && may_be(member_of(r, last), age, country)) return (hs_meaning){last, age ? 0.85f : 0.75f};
  for (unsigned k = 0; k < r->count && age; k++) {
    const hs_trace *t = &r->lately[k];
    if (!may_be(member_of(r, t->member), age, country) || !hs_described_lately(r, t, at)) continue;
    if (t->place == HS_PLACE_OTHER) t = subject_beside(r, t);
    bool fits = may_be(member_of(r, t->member), age, country);
    return (hs_meaning){fits ? t->member : HS_NONE, 0.75f};
  }
  return (hs_meaning){HS_NONE, 0};
}
