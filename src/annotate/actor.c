#include "annotate/actor.h"

#include "annotate/branch.h"
#include "annotate/namekey.h"
#include "annotate/names.h"
#include "annotate/phrase.h"

enum { LONGEST_NAME = 120, NAMESAKES = 32, NAME_FORMS = 16, PREDICATE = 10 };

static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }

static hs_str name_text(const hs_cast *cast, hs_range range) { return hs_name_text(cast->words, range, cast->arena); }

static hs_str key_of(const hs_cast *cast, hs_range range) { return hs_name_key(cast->words, range, cast->arena); }

/* "Ana Orlo's wife": what stands before the words of M's name, as a key if KEYED. */
static hs_str with_owner(const hs_cast *cast, const hs_mention *m, hs_str words, bool keyed) {
  if (!m->owner.size) return words;
  hs_str between = hs_str_of(keyed ? " s " : "'s ");
  size_t size = m->owner.size + between.size + words.size;
  char *out = hs_arena_alloc(cast->arena, size + 1);
  memcpy(out, m->owner.data, m->owner.size);
  memcpy(out + m->owner.size, between.data, between.size);
  memcpy(out + m->owner.size + between.size, words.data, words.size);
  return (hs_str){out, size};
}

/* The key of M, which is no person with a name. */
static hs_str other_key(const hs_cast *cast, const hs_mention *m) {
  return with_owner(cast, m, key_of(cast, m->name), true);
}

static int lookup(const hs_map *map, hs_str key) {
  const uint32_t *at = hs_map_get(map, key);
  return at && *at && *at != HS_CAST_MANY ? (int)*at - 1 : HS_NONE;
}

static void remember(hs_cast *cast, hs_map *map, hs_str key, int member) {
  if (key.size) *hs_map_put(map, cast->arena, key) = (uint32_t)member + 1;
}

bool hs_cast_is_person(const hs_cast_member *m) {
  return m->type == HS_ACTOR_PERSON || (m->type == HS_ACTOR_ANONYMOUS && m->role && !m->plural && m->number <= 1);
}

/* "Jr." or the like at the end of NAME, NULL if nothing of that sort is there. */
static const hs_entry *generation_of(const hs_words *w, hs_range name) {
  bool told = name.end - name.first > 1 && hs_words_is(w, name.end - 1, HS_GENERATION);
  return told ? hs_words_entry(w, name.end - 1) : NULL;
}

/* A person's family name: the last word, or words joined by hyphens; "Jr." and the like are no name. */
static hs_range last_name(const hs_words *w, hs_range name) {
  uint32_t first = name.end - 1;
  bool none = has(w, first, HS_TOKEN_ABBREVIATION) || hs_words_is(w, first, HS_GENERATION);
  if (none && first > name.first) name.end = first--;
  while (first > name.first + 1 && w->items[first].mark) first--;
  while (first >= name.first + 2 && has(w, first, HS_SHAPE_GLUED) && w->items[first - 1].mark == '-') first -= 2;
  return (hs_range){first, name.end};
}

static void add_string(hs_cast *cast, const char ***items, size_t *count, size_t *capacity, size_t most, hs_str s) {
  hs_array(const char *) list = {*items, *count, *capacity};
  bool known = s.size == 0 || s.size > LONGEST_NAME || list.count >= most;
  for (size_t k = 0; k < list.count && !known; k++) known = hs_str_is(s, list.items[k]);
  if (known) return;
  hs_push(cast->arena, list, hs_arena_copy(cast->arena, s.data, s.size));
  *items = list.items, *count = list.count, *capacity = list.capacity;
}

/* The member with INDEX bears ROLE, and so what the role's last word says alone. */
static void bear(hs_cast *cast, int index, const hs_entry *role) {
  uint16_t ends[] = {role->role_number, cast->words->rules->entries[role->role_head].role_number};
  for (int k = 0; k < 2; k++) {
    uint16_t at = ends[k];
    if (cast->bearer[at] == index + 1) continue;
    cast->bearer[at] = index + 1;
    if (cast->bearers[at] < HS_CAST_BEARERS) cast->bearers[at]++;
  }
}

/* Adds what MENTION tells of MEMBER. */
static void learn(hs_cast *cast, int index, const hs_mention *m) {
  hs_cast_member *member = &cast->members.items[index];
  bool person = m->type == HS_ACTOR_PERSON;
  hs_gender given = person ? (hs_gender)hs_words_entry(cast->words, m->name.first)->first_name : HS_GENDER_ANY;
  bool by_role = m->role && m->role->role_gender == m->gender; /* "spokesman Hope Reyn" */
  if (!member->gender) member->gender = given && (by_role || !m->gender) ? given : m->gender;
  if (!member->country) member->country = m->country;
  if (!member->sector) member->sector = m->sector;
  if (!member->press) member->press = m->press;
  if (member->institution.first >= member->institution.end) member->institution = m->institution;
  bool alone = m->type == HS_ACTOR_ANONYMOUS && !m->definite && !m->plural && m->role;
  if (m->role && (m->type == HS_ACTOR_PERSON || alone)) {
    member->role = m->role;
    bear(cast, index, m->role);
  }
  for (unsigned r = 0; r < m->role_count; r++)
    for (uint32_t i = m->roles[r].first; i < m->roles[r].end; i++)
      if (hs_words_entry(cast->words, i)->rank == HS_RANK_PAST) member->past = true;
  for (unsigned r = 0; r < m->role_count; r++)
    add_string(cast, &member->roles.items, &member->roles.count, &member->roles.capacity, HS_MENTION_ROLES,
               name_text(cast, m->roles[r]));
}

static int add_member(hs_cast *cast, const hs_mention *m) {
  hs_push(cast->arena, cast->members,
          (hs_cast_member){.type = m->type,
                           .name = with_owner(cast, m, name_text(cast, m->name), false),
                           .key = other_key(cast, m),
                           .plural = m->plural,
                           .place = m->place,
                           .namesake = HS_NONE});
  return (int)cast->members.count - 1;
}

/* ---- persons */

/* What stands before the family name, which is FAMILY bytes long, in the key of a whole name. */
static hs_str given_of(hs_str key, size_t family) {
  return (hs_str){key.data, key.size > family + 1 ? key.size - family - 1 : 0};
}

static size_t family_size(hs_str key) {
  size_t size = 0;
  while (size < key.size && key.data[key.size - 1 - size] != ' ') size++;
  return size;
}

/* A person's name as it is compared. */
typedef struct spelt {
  hs_str whole, given, sound; /* sound of the family name */
  const hs_entry *generation; /* "Jr." or the like at its end, or NULL */
} spelt;

/* "Ferreira da Silva" of "Ana Ferreira da Silva": does the key WHOLE end with the words PART? */
static bool ends_with_words(hs_str whole, hs_str part) {
  size_t rest = whole.size - part.size;
  return part.size && whole.size > part.size + 1 && whole.data[rest - 1] == ' ' &&
         memcmp(whole.data + rest, part.data, part.size) == 0;
}

/* May the bearer of the name S and of GENDER be MEMBER? Whoever is given a whole name without "Jr." is not the one with
 * it. */
static bool is_same(const hs_cast *cast, const hs_cast_member *m, const spelt *s, hs_gender gender) {
  if (gender && m->gender && gender != m->gender) return false;
  hs_str given = given_of(m->key, family_size(m->key));
  if (s->given.size && given.size && s->generation != m->generation) return false;
  if (s->given.size && given.size && (ends_with_words(m->key, s->whole) || ends_with_words(s->whole, m->key)))
    return true;
  return hs_given_names_agree(cast->words->rules, s->given, given);
}

/* Is A more likely meant by the short name S than B? */
static bool is_likelier(const spelt *s, const hs_cast_member *a, const hs_cast_member *b) {
  if (a->generation != b->generation) return a->generation == s->generation;
  return a->fully != b->fully ? a->fully > b->fully : a->named > b->named;
}

/* Of those who bear the family name of S the one that its given name and GENDER fit, the one named most; *RIVALS counts
 * the others. */
static int bearer_of(const hs_cast *cast, const spelt *s, hs_gender gender, unsigned *rivals) {
  int best = HS_NONE;
  unsigned seen = 0;
  *rivals = 0;
  for (int i = lookup(&cast->families, s->sound); i != HS_NONE && seen < NAMESAKES; seen++) {
    const hs_cast_member *m = &cast->members.items[i];
    if (is_same(cast, m, s, gender)) {
      *rivals += best != HS_NONE;
      const hs_cast_member *known = &cast->members.items[best == HS_NONE ? i : best];
      bool level = !is_likelier(s, known, m);
      if (best == HS_NONE || is_likelier(s, m, known) || (level && i < best)) best = i;
    }
    i = m->namesake;
  }
  return best;
}

static void note_family(hs_cast *cast, int index, hs_str sound) {
  int first = lookup(&cast->families, sound);
  if (first == index) return;
  if (first == HS_NONE) {
    remember(cast, &cast->families, sound, index);
    return;
  }
  hs_cast_member *head = &cast->members.items[first];
  cast->members.items[index].namesake = head->namesake;
  head->namesake = index;
}

static void note_given(hs_cast *cast, int index, hs_str given) {
  if (given.size < 2) return;
  uint32_t *at = hs_map_put(&cast->givens, cast->arena, given);
  if (*at != (uint32_t)index + 1) *at = *at ? HS_CAST_MANY : (uint32_t)index + 1;
}

static bool is_headline(const hs_words *w, hs_range range) {
  hs_block_kind kind = hs_words_paragraph(w, range.first)->kind;
  return kind == HS_BLOCK_TITLE || kind == HS_BLOCK_HEADING;
}

static spelt spell(const hs_cast *cast, hs_range name) {
  const hs_entry *generation = generation_of(cast->words, name);
  hs_range bare = {name.first, name.end - (generation != NULL)};
  hs_str family = key_of(cast, last_name(cast->words, name));
  hs_str given = given_of(bare.end - bare.first > 1 ? key_of(cast, bare) : family, family.size);
  hs_str whole = name.end - name.first > 1 ? key_of(cast, name) : family;
  return (spelt){whole, given, hs_name_sound(cast->words->rules, family, cast->arena), generation};
}

/* The person that the name of M, which is spelt S, means, HS_NONE if nobody is known by it. */
static int person_spelt(const hs_cast *cast, const hs_mention *m, const spelt *s, unsigned *rivals) {
  *rivals = 0;
  if (m->name.end - m->name.first > 2 && is_headline(cast->words, m->name)) { /* "Ana Orlo Warns River Towns" */
    int known = lookup(&cast->names, key_of(cast, (hs_range){m->name.first, m->name.first + 2}));
    if (known != HS_NONE && cast->members.items[known].type == HS_ACTOR_PERSON) return known;
  }
  int index = s->given.size || !m->gender ? lookup(&cast->names, s->whole) : HS_NONE;
  if (index != HS_NONE && s->given.size) return index;
  int bearer = bearer_of(cast, s, m->gender, rivals);
  if (bearer != HS_NONE) return bearer;
  if (index == HS_NONE && !s->given.size) index = lookup(&cast->givens, s->whole);
  bool person = index != HS_NONE && hs_cast_is_person(&cast->members.items[index]);
  return person && !(m->gender && cast->members.items[index].gender && m->gender != cast->members.items[index].gender)
             ? index
             : HS_NONE;
}

static int known_person(const hs_cast *cast, const hs_mention *m, unsigned *rivals) {
  spelt s = spell(cast, m->name);
  return person_spelt(cast, m, &s, rivals);
}

static int person_of(hs_cast *cast, const hs_mention *m, unsigned *rivals) {
  spelt s = spell(cast, m->name);
  int index = person_spelt(cast, m, &s, rivals);
  bool added = index == HS_NONE;
  if (added) index = add_member(cast, m);
  hs_cast_member *member = &cast->members.items[index];
  if (s.generation) member->generation = s.generation;
  if (s.whole.size > member->key.size && member->type == HS_ACTOR_PERSON && !is_headline(cast->words, m->name)) {
    member->name = name_text(cast, m->name);
    member->key = s.whole;
  }
  remember(cast, &cast->names, s.whole, index);
  if (added) note_family(cast, index, s.sound);
  note_given(cast, index, hs_name_first_word(s.given));
  return index;
}

/* ---- others */

/* A name of which nothing is told but what the article tells wherever it stands: a state, if it has a government; a
 * place, a body or a person. That outvotes what the parser takes it for. */
static hs_mention judge_name(const hs_cast *cast, hs_mention m) {
  bool typed = cast->words->parsed && !m.weak, person = m.type == HS_ACTOR_PERSON;
  bool single = m.name.end - m.name.first == 1;
  bool body = m.type == HS_ACTOR_ORGANISATION && !m.place && single && typed && !m.press && !m.sector && !m.definite;
  bool open =
      m.place || body || (person && !m.role && !m.gender && !hs_words_entry(cast->words, m.name.first)->first_name);
  if (!open || (typed && !single && !m.place && !person)) return m;
  hs_str name = key_of(cast, m.name);
  unsigned rivals;
  if (person && known_person(cast, &m, &rivals) != HS_NONE) return m;
  int known = typed ? HS_NONE : lookup(&cast->names, name);
  hs_nature nature = hs_nature_of(&cast->natures, name, !typed ? 0 : person ? 1 : -1);
  if (typed && person && !single && nature != HS_NATURE_BODY) return m;
  if (known != HS_NONE) m.type = cast->members.items[known].type;
  else if (nature == HS_NATURE_PERSON && single) m.type = HS_ACTOR_PERSON;
  else if (nature == HS_NATURE_STATE && !body) m.type = HS_ACTOR_COUNTRY;
  else if (nature > HS_NATURE_PERSON) m.type = HS_ACTOR_ORGANISATION;
  if (known == HS_NONE && m.type != HS_ACTOR_PERSON && nature >= HS_NATURE_PLACE) m.place = true;
  if (m.type == HS_ACTOR_PERSON) m.place = false;
  return m;
}

static hs_range last_word(hs_range range) { return (hs_range){range.end - 1, range.end}; }

/* "the trial court" is no "Supreme Court": has the member with INDEX every word of the description NAME in its names?
 */
static bool is_called(const hs_cast *cast, int index, hs_range name) {
  const hs_cast_member *m = &cast->members.items[index];
  for (uint32_t i = name.first; i + 1 < name.end; i++) {
    hs_str word = hs_words_str(cast->words, i);
    const char *text = hs_arena_copy(cast->arena, word.data, word.size);
    bool told = hs_str_holds_alike(m->name, text);
    for (size_t k = 0; k < m->names.count && !told; k++) told = hs_str_holds_alike(hs_str_of(m->names.items[k]), text);
    if (!told) return false;
  }
  return true;
}

/* The entry of the word behind FIRST in the name of the member with INDEX, "Dockers" of "Tarn Dockers"; NULL if the
 * name does not go on so. */
static const hs_entry *goes_on(const hs_cast *cast, int index, hs_str first) {
  hs_str key = cast->members.items[index].key;
  if (key.size <= first.size + 1 || key.data[first.size] != ' ' || memcmp(key.data, first.data, first.size) != 0)
    return NULL;
  hs_str rest = {key.data + first.size + 1, key.size - first.size - 1};
  return hs_rules_entry(cast->words->rules, hs_name_first_word(rest));
}

/* Is NAME, as M reads it, more than a short form of the body with INDEX, whose name begins with it? The place is not
 * "Tarn Dockers", a university's is; the person is not "Orlo Train", a company's short name is taken for one. */
static bool is_apart(const hs_cast *cast, int index, const hs_mention *m, hs_str name) {
  const hs_entry *next = goes_on(cast, index, name);
  if (!next || cast->members.items[index].type != HS_ACTOR_ORGANISATION) return false;
  bool school = next->institution_sector && strcmp(next->institution_sector, "EDU") == 0;
  return m->place ? !school : m->type == HS_ACTOR_PERSON && !m->weak && !next->institution;
}

static int known_other(const hs_cast *cast, const hs_mention *m) {
  hs_str key = other_key(cast, m);
  if (m->apart) return lookup(&cast->apart, key);
  int index = lookup(&cast->names, key);
  if (m->owner.size) return index;
  if (index != HS_NONE && m->place && is_apart(cast, index, m, key_of(cast, m->name))) return HS_NONE;
  bool bare = m->type == HS_ACTOR_ORGANISATION && m->definite && !has(cast->words, m->name.first, HS_TOKEN_CAPITAL);
  if (index != HS_NONE || !bare) return index;
  index = lookup(&cast->names, key_of(cast, last_word(m->name)));
  return index != HS_NONE && is_called(cast, index, m->name) ? index : HS_NONE;
}

/* "government" of "government of Vesta". */
static hs_range without_owner(const hs_words *w, hs_range name) {
  if (has(w, name.first, HS_TOKEN_CAPITAL)) return name;
  for (uint32_t i = name.first + 1; i + 1 < name.end; i++)
    if (hs_words_is(w, i, HS_BINDING)) return (hs_range){name.first, i};
  return name;
}

/* The other ways to call an organisation: its last word, its first one, its initials. */
static void remember_short(hs_cast *cast, const hs_mention *m, int index) {
  hs_range noun = without_owner(cast->words, m->name);
  if (noun.end < m->name.end) {
    remember(cast, &cast->names, key_of(cast, last_word(noun)), index);
    return;
  }
  uint32_t size = m->name.end - m->name.first;
  if (size < 2) return;
  bool joined = has(cast->words, m->name.end - 1, HS_SHAPE_GLUED);              /* "Vesta-Tarn" is not "Tarn" */
  bool press = m->press || hs_words_entry(cast->words, m->name.end - 1)->press; /* "the Post" is no "Trading Post" */
  if (!press && !joined) remember(cast, &cast->names, key_of(cast, last_word(m->name)), index);
  hs_str initials = hs_name_initials(cast->words, m->name, cast->arena);
  hs_str first = key_of(cast, (hs_range){m->name.first, m->name.first + 1});
  if (initials.size > 1 && lookup(&cast->names, initials) == HS_NONE) remember(cast, &cast->names, initials, index);
  bool named = has(cast->words, m->name.first, HS_TOKEN_CAPITAL) && first.size > 3 && !joined;
  if (named && hs_words_entry(cast->words, m->name.first) == cast->words->rules->entries &&
      lookup(&cast->names, first) == HS_NONE)
    remember(cast, &cast->names, first, index);
}

static int other_of(hs_cast *cast, const hs_mention *m) {
  int index = known_other(cast, m);
  if (index != HS_NONE) return index;
  index = add_member(cast, m);
  remember(cast, m->apart ? &cast->apart : &cast->names, other_key(cast, m), index);
  if (m->type == HS_ACTOR_ORGANISATION && !m->apart) remember_short(cast, m, index);
  return index;
}

static bool means_nobody(const hs_mention *m) { return m->unknown || m->pronoun || m->name.first >= m->name.end; }

int hs_cast_known(const hs_cast *cast, const hs_mention *mention) {
  if (means_nobody(mention)) return HS_NONE;
  hs_mention m = judge_name(cast, *mention);
  unsigned rivals;
  return m.type == HS_ACTOR_PERSON ? known_person(cast, &m, &rivals) : known_other(cast, &m);
}

/* As hs_cast_member_of; *RIVALS counts others whom the name may mean. */
static int member_of(hs_cast *cast, const hs_mention *mention, unsigned *rivals) {
  *rivals = 0;
  if (means_nobody(mention)) return HS_NONE;
  hs_mention m = judge_name(cast, *mention);
  int index = HS_NONE;
  if (m.type == HS_ACTOR_PERSON) index = person_of(cast, &m, rivals);
  else if (m.type == HS_ACTOR_ANONYMOUS && m.definite && m.role) index = cast->bearer[m.role->role_number] - 1;
  if (index < 0) index = other_of(cast, &m);
  learn(cast, index, &m);
  return index;
}

int hs_cast_member_of(hs_cast *cast, const hs_mention *mention) {
  unsigned rivals;
  return member_of(cast, mention, &rivals);
}

void hs_cast_refer(hs_cast *cast, int member, hs_range range) {
  hs_push(cast->arena, cast->members.items[member].mentions, hs_words_span(cast->words, range));
}

/* ---- reading the text for names ---- */

static bool is_small_word(const hs_words *w, uint32_t i) {
  return hs_words_is(w, i, ~(uint32_t)(HS_VERB | HS_COLLECTIVE | HS_AGED)) || w->items[i].entry->pronoun ||
         w->items[i].entry->weekday || (w->items[i].entry->complements && has(w, i, HS_SHAPE_FIRST));
}

/* A name as the text gives it, to be given its member. */
typedef struct found {
  hs_mention mention;
  hs_range run, phrase;
} found;

/* Reads the run of capitals as a name. False if it is none, as far as can be told without knowing the others. */
static bool read_run(const hs_cast *cast, hs_range run, found *f) {
  const hs_words *w = cast->words;
  while (run.first < run.end && is_small_word(w, run.first)) run.first++;
  if (run.first < run.end && has(w, run.first, HS_SHAPE_FIRST) && has(w, run.first, HS_SHAPE_ING)) run.first++;
  if (run.first >= run.end) return false;
  bool adjective = run.end == run.first + 1 && has(w, run.first, HS_SHAPE_FIRST) && hs_words_class(w, run.first, "ADJ");
  if (adjective && hs_branch_is(w, run.first, "amod")) return false; /* "Independent observers" */
  hs_range phrase = run;
  while (phrase.first > 0 && !has(w, phrase.first, HS_SHAPE_FIRST) && w->items[phrase.first - 1].entry->role)
    phrase.first--;
  hs_mention m = hs_mention_read(w, phrase);
  *f = (found){m, run, phrase};
  if (m.unknown || m.pronoun || m.type == HS_ACTOR_ANONYMOUS || m.type == HS_ACTOR_GROUP || m.name.first < run.first)
    return false;
  bool plain = m.type == HS_ACTOR_PERSON && !m.role && m.gender == HS_GENDER_ANY;
  if (m.type == HS_ACTOR_PERSON && m.name.end - m.name.first == 1 && !plain && has(w, m.name.first, HS_TOKEN_UPPER))
    return false;
  if (!plain || w->items[m.name.first].entry->first_name || m.name.end - m.name.first == 1) return true;
  bool article = phrase.first > 0 && hs_words_is(w, phrase.first - 1, HS_DEFINITE); /* "the Lowland Lantern" */
  return !article && !m.weak && hs_nature_of(&cast->natures, key_of(cast, m.name), 0) <= HS_NATURE_PERSON;
}

/* A name of one word that tells no more than itself: whom it means is known once all full names are. */
static bool is_bare(const hs_words *w, const found *f) {
  const hs_mention *m = &f->mention;
  if (m->name.end - m->name.first > 1) return false;
  if (m->type == HS_ACTOR_PERSON) return true;
  return m->type == HS_ACTOR_ORGANISATION && !m->press && !hs_words_entry(w, m->name.first)->institution &&
         !hs_words_entry(w, m->name.first)->land;
}

/* "Ana Orlo is the mayor of Vesta": what the sentence says of the subject that ends before END. */
static void read_predicate(hs_cast *cast, const found *f, int index) {
  const hs_words *w = cast->words;
  uint32_t top = hs_branch_head(w, f->mention.name);
  if (top >= f->mention.name.end || !hs_branch_is(w, top, "nsubj")) return;
  uint32_t noun = hs_branch_up(w, top);
  if (noun == HS_NO_TOKEN || noun < f->run.end || noun > f->run.end + PREDICATE || !hs_words_class(w, noun, "NOUN"))
    return;
  bool is = false;
  for (uint32_t i = f->run.end; i < noun; i++) {
    if (hs_words_is(w, i, HS_NEGATION)) return;
    if (hs_branch_is(w, i, "cop") && hs_branch_up(w, i) == noun) is = true;
  }
  if (!is) return;
  hs_range range = hs_branch_around(w, noun);
  while (range.first < noun && (range.first <= f->run.end || !hs_words_is(w, range.first - 1, HS_BE))) range.first++;
  hs_mention m = hs_mention_read(w, range);
  if (m.type == HS_ACTOR_ANONYMOUS && m.role && !m.plural) bear(cast, index, m.role);
}

static void note_age(const hs_words *w, hs_cast_member *member, uint32_t end) {
  bool aged = end + 1 < w->count && w->items[end].mark == ',' && has(w, end + 1, HS_TOKEN_NUMBER);
  hs_str s = aged ? hs_words_str(w, end + 1) : (hs_str){0};
  if (s.size != 2 && s.size != 3) return;
  uint32_t age = 0;
  for (size_t i = 0; i < s.size && hs_is_digit(s.data[i]); i++) age = age * 10 + (uint32_t)(s.data[i] - '0');
  if (age > 9 && age < 120) member->age = age;
}

/* "the 58-year-old driver, Ana Orlo", "Ana Orlo, a 58-year-old driver": the age told where the words begin that say
 * what F is; not that of somebody's child. */
static void note_told_age(const hs_words *w, hs_cast_member *member, const found *f) {
  uint32_t behind = f->run.end, end;
  uint32_t starts[] = {f->phrase.first, f->phrase.first + 1, behind + 2};
  bool apposed = behind + 2 < w->count && w->items[behind].mark == ',' && hs_words_is(w, behind + 1, HS_DETERMINER);
  for (int k = 0; k < 2 + apposed; k++) {
    if (k < 2 && starts[k] >= f->run.first) continue;
    uint32_t age = hs_words_age(w, starts[k], &end);
    if (age > 9) member->age = age;
  }
}

static void place_name(hs_cast *cast, const found *f, int index, float sure) {
  hs_cast_member *member = &cast->members.items[index];
  const hs_words *w = cast->words;
  hs_range name = f->mention.name.first >= f->run.first ? f->mention.name : f->run;
  cast->of[f->run.first] = (uint32_t)index + 1;
  cast->end[f->run.first] = f->run.end;
  cast->sure[f->run.first] = sure;
  for (uint32_t i = f->phrase.first; i < f->phrase.end; i++) cast->in[i] = (uint32_t)index + 1;
  member->named++;
  member->fully += f->mention.name.end - f->mention.name.first > 1;
  add_string(cast, &member->names.items, &member->names.count, &member->names.capacity, NAME_FORMS,
             name_text(cast, name));
  if (member->type == HS_ACTOR_PERSON) {
    note_age(w, member, f->run.end);
    note_told_age(w, member, f);
    read_predicate(cast, f, index);
  }
  bool plain = member->type == HS_ACTOR_PERSON && !member->role && !member->gender;
  if (plain && w->parsed) /* one bare word, once, may be anything */
    plain = !member->fully && member->named == 1 && hs_nature_of(&cast->natures, member->key, 0) != HS_NATURE_PERSON;
  if (!plain && member->type != HS_ACTOR_COUNTRY && !f->mention.place) member->shown = true;
}

/* The names of the text: those of the parser, and between them runs of capitals. */
static found *find_names(const hs_cast *cast, size_t *count) {
  const hs_words *w = cast->words;
  hs_array(found) names = {0};
  for (uint32_t i = 0; i < w->count;) {
    uint32_t opening = has(w, i, HS_SHAPE_FIRST) ? hs_words_opening(w, w->sentence_of[i]) : i;
    if (opening > i) i = opening; /* nobody acts in a dateline */
    const hs_name *name = hs_words_name(w, i);
    found f;
    bool nation = name && hs_words_entry(w, i)->land == HS_LAND_PERSON && name->end == i + 1 && i > 0 &&
                  hs_words_is(w, i - 1, HS_DEFINITE | HS_AGED); /* "the Swede" */
    if (nation) {
      i++;
      continue;
    }
    if (name) {
      f.mention = hs_mention_of_name(w, name, &f.phrase);
      f.run = (hs_range){name->first, f.mention.name.end > name->end ? f.mention.name.end : name->end};
      if (!means_nobody(&f.mention) && f.mention.type != HS_ACTOR_GROUP) hs_push(cast->arena, names, f);
      i = f.run.end;
      continue;
    }
    if (!has(w, i, HS_TOKEN_CAPITAL) || has(w, i, HS_TOKEN_CLITIC)) {
      i++;
      continue;
    }
    hs_range run = hs_names_run(w, i);
    if (read_run(cast, run, &f)) hs_push(cast->arena, names, f);
    i = run.end;
  }
  *count = names.count;
  return names.items;
}

/* Whom a name of one word means, now that all others are known. */
static void place_bare(hs_cast *cast, const found *f) {
  const hs_words *w = cast->words;
  hs_mention m = judge_name(cast, f->mention);
  bool typed = w->name_at[f->run.first] != 0;
  unsigned rivals = 0;
  int known = lookup(&cast->names, key_of(cast, m.name)), index = HS_NONE;
  bool body = known != HS_NONE && cast->members.items[known].type == HS_ACTOR_ORGANISATION && !m.role && !m.gender;
  body = body && !m.place && !is_apart(cast, known, &m, key_of(cast, m.name));
  if (body && known_person(cast, &m, &rivals) == HS_NONE) { /* "Tealmark" of Tealmark Energy */
    place_name(cast, f, known, 0.9f);
    return;
  }
  if (m.type != HS_ACTOR_PERSON && known == HS_NONE) { /* a family name that was taken for a place */
    hs_mention person = m;
    person.type = HS_ACTOR_PERSON;
    index = known_person(cast, &person, &rivals);
    if (index != HS_NONE && rivals == 0) m = person;
  }
  bool told = m.role || m.gender || typed;
  if (!told && known == HS_NONE && known_person(cast, &m, &rivals) == HS_NONE) return;
  index = member_of(cast, &m, &rivals);
  if (index == HS_NONE) return;
  place_name(cast, f, index, rivals ? 0.7f : 0.95f);
}

void hs_cast_gather(hs_cast *cast, const hs_words *w, hs_arena *arena) {
  *cast = (hs_cast){.words = w, .arena = arena, .natures = {.arena = arena}};
  size_t room = w->count + 1, roles = w->rules->role_count;
  cast->of = hs_arena_alloc(arena, room * sizeof *cast->of);
  cast->end = hs_arena_alloc(arena, room * sizeof *cast->end);
  cast->in = hs_arena_alloc(arena, room * sizeof *cast->in);
  cast->sure = hs_arena_alloc(arena, room * sizeof *cast->sure);
  cast->bearer = hs_arena_alloc(arena, roles * sizeof *cast->bearer);
  cast->bearers = hs_arena_alloc(arena, roles * sizeof *cast->bearers);
  for (uint32_t i = 0; i < w->count; i++) {
    if (!has(w, i, HS_TOKEN_CAPITAL) || has(w, i, HS_TOKEN_CLITIC)) continue;
    const hs_name *name = hs_words_name(w, i);
    hs_range run = name ? (hs_range){name->first, name->end} : hs_names_run(w, i);
    hs_natures_note(&cast->natures, w, run);
    i = run.end - 1;
  }
  size_t count;
  found *names = find_names(cast, &count);
  for (size_t i = 0; i < count; i++) {
    if (is_bare(w, &names[i])) continue;
    int index = hs_cast_member_of(cast, &names[i].mention);
    if (index != HS_NONE) place_name(cast, &names[i], index, 0.97f);
  }
  for (int titled = 1; titled >= 0; titled--) /* "Mr. Orlo" tells more than "Orlo" */
    for (size_t i = 0; i < count; i++)
      if (is_bare(w, &names[i]) && (names[i].mention.gender != HS_GENDER_ANY) == titled) place_bare(cast, &names[i]);
}
