#include "annotate/actor.h"

#include "annotate/phrase.h"

#include <utf8proc.h>

enum { PLACE = 1, GOVERNED };
enum { LONGEST_NAME = 120, LONGEST_RUN = 12, NAMED_REACH = 300, NAME_FORMS = 16 };

static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }

/* The words of RANGE in small letters without stops, for comparing names. */
static hs_str fold(const hs_cast *cast, hs_range range) {
  char *out = hs_arena_alloc(cast->arena, LONGEST_NAME + 1);
  size_t size = 0;
  for (uint32_t i = range.first; i < range.end; i++) {
    hs_str s = hs_words_str(cast->words, i);
    if (i > range.first && !has(cast->words, i, HS_SHAPE_GLUED) && size < LONGEST_NAME) out[size++] = ' ';
    for (size_t k = 0; k < s.size && size < LONGEST_NAME; k++) {
      char c = s.data[k];
      if (c != '.') out[size++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
  }
  return (hs_str){out, size};
}

static hs_str name_text(const hs_cast *cast, hs_range range) {
  hs_span span = hs_words_span(cast->words, range);
  char *out = hs_arena_alloc(cast->arena, span.end - span.start + 1);
  size_t size = 0;
  for (uint32_t i = span.start; i < span.end; i++) {
    char c = cast->words->text[i];
    bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out[size++] = c;
    else if (size && out[size - 1] != ' ') out[size++] = ' ';
  }
  return (hs_str){out, size};
}

static int lookup(const hs_cast *cast, hs_str folded) {
  const uint32_t *at = hs_map_get(&cast->names, folded);
  return at && *at ? (int)*at - 1 : HS_NONE;
}

static void remember(hs_cast *cast, hs_str folded, int member) {
  if (folded.size) *hs_map_put(&cast->names, cast->arena, folded) = (uint32_t)member + 1;
}

/* A person's family name: the last word, or words joined by hyphens; "Jr." and the like are no name. */
static hs_range last_name(const hs_words *w, hs_range name) {
  uint32_t first = name.end - 1;
  if (has(w, first, HS_TOKEN_ABBREVIATION) && first > name.first) name.end = first--;
  while (first >= name.first + 2 && has(w, first, HS_SHAPE_GLUED) && w->items[first - 1].mark == '-') first -= 2;
  return (hs_range){first, name.end};
}

/* Adds what MENTION tells of MEMBER. */
static void learn(hs_cast *cast, int index, const hs_mention *m) {
  hs_cast_member *member = &cast->members.items[index];
  if (!member->gender) member->gender = m->gender;
  if (!member->gender && m->type == HS_ACTOR_PERSON)
    member->gender = (hs_gender)hs_words_entry(cast->words, m->name.first)->first_name;
  if (!member->country) member->country = m->country;
  if (!member->sector) member->sector = m->sector;
  if (!member->press) member->press = m->press;
  bool alone = m->type == HS_ACTOR_ANONYMOUS && !m->definite && m->role && m->role->role == HS_ROLE_PERSON;
  if (m->role && (m->type == HS_ACTOR_PERSON || alone)) {
    member->role = m->role;
    cast->bearer[m->role - cast->words->rules->entries] = index + 1;
  }
  for (unsigned r = 0; r < m->role_count; r++) {
    hs_str role = name_text(cast, m->roles[r]);
    bool known = role.size > LONGEST_NAME;
    for (size_t k = 0; k < member->roles.count && !known; k++) known = hs_str_is(role, member->roles.items[k]);
    if (!known && member->roles.count < HS_MENTION_ROLES)
      hs_push(cast->arena, member->roles, hs_arena_copy(cast->arena, role.data, role.size));
  }
}

static int add_member(hs_cast *cast, const hs_mention *m) {
  hs_push(cast->arena, cast->members, (hs_cast_member){.type = m->type, .name = name_text(cast, m->name)});
  return (int)cast->members.count - 1;
}

static int person_of(hs_cast *cast, const hs_mention *m) {
  hs_str whole = fold(cast, m->name);
  hs_range last = last_name(cast->words, m->name);
  hs_str family = fold(cast, last);
  bool full = m->name.end - m->name.first > last.end - last.first;
  int index = lookup(cast, whole);
  if (index == HS_NONE && full) {
    index = lookup(cast, family); /* "Orlo" before "Ana Orlo", "Ana B. Orlo" behind "Ana Orlo" */
    if (index != HS_NONE && cast->members.items[index].type == HS_ACTOR_PERSON) {
      hs_cast_member *member = &cast->members.items[index];
      hs_str first = hs_words_str(cast->words, m->name.first);
      bool same = member->name.size >= first.size && memcmp(member->name.data, first.data, first.size) == 0;
      bool bare = !memchr(member->name.data, ' ', member->name.size);
      if (!same && !bare) index = HS_NONE;
      else if (bare) member->name = name_text(cast, m->name);
    } else {
      index = HS_NONE;
    }
  }
  if (index == HS_NONE) index = add_member(cast, m);
  remember(cast, whole, index);
  remember(cast, family, index);
  return index;
}

/* Capitals of which nothing says that they are a person, but the text that they are a place or a thing: a state, if it
 * has a government; else a body. */
static hs_mention judge_name(const hs_cast *cast, hs_mention m) {
  if (m.type != HS_ACTOR_PERSON || m.role || m.gender || hs_words_entry(cast->words, m.name.first)->first_name)
    return m;
  hs_str name = fold(cast, m.name);
  int known = lookup(cast, name);
  const uint32_t *land = hs_map_get(&cast->lands, name);
  if (known != HS_NONE) m.type = cast->members.items[known].type;
  else if (land && *land == GOVERNED) m.type = HS_ACTOR_COUNTRY;
  else if (land) m.type = HS_ACTOR_ORGANISATION;
  return m;
}

int hs_cast_member_of(hs_cast *cast, const hs_mention *mention) {
  if (mention->unknown || mention->pronoun || mention->name.first >= mention->name.end) return HS_NONE;
  hs_mention judged = judge_name(cast, *mention), *m = &judged;
  int index = HS_NONE;
  if (m->type == HS_ACTOR_PERSON) {
    index = person_of(cast, m);
  } else if (m->type == HS_ACTOR_ANONYMOUS && m->definite) {
    int bearer = cast->bearer[m->role - cast->words->rules->entries];
    if (bearer) return bearer - 1;
  }
  if (index == HS_NONE) {
    hs_str name = fold(cast, m->name);
    index = lookup(cast, name);
    bool bare = m->type == HS_ACTOR_ORGANISATION && m->definite && !has(cast->words, m->name.first, HS_TOKEN_CAPITAL);
    if (index == HS_NONE && bare) index = lookup(cast, fold(cast, (hs_range){m->name.end - 1, m->name.end}));
    if (index == HS_NONE) {
      index = add_member(cast, m);
      remember(cast, name, index);
      if (m->type == HS_ACTOR_ORGANISATION && !m->press)
        remember(cast, fold(cast, (hs_range){m->name.end - 1, m->name.end}), index);
    }
  }
  learn(cast, index, m);
  return index;
}

/* ---- reading the text for names ---- */

/* Capital words in a row, with hyphens, "'s" between them ending the run. */
static hs_range run_at(const hs_words *w, uint32_t first) {
  uint32_t end = first + 1;
  while (end < w->count && end < first + LONGEST_RUN && !has(w, end, HS_SHAPE_FIRST)) {
    bool glue = w->items[end].mark == '-' && has(w, end, HS_SHAPE_GLUED) && end + 1 < w->count &&
                has(w, end + 1, HS_SHAPE_GLUED) && has(w, end + 1, HS_TOKEN_CAPITAL);
    if (glue) end += 2;
    else if (hs_words_is(w, end, HS_PARTICLE) && end + 1 < w->count &&
             (has(w, end + 1, HS_TOKEN_CAPITAL) ||
              (hs_words_is(w, end + 1, HS_PARTICLE) && end + 2 < w->count && has(w, end + 2, HS_TOKEN_CAPITAL))))
      end++;
    else if (has(w, end, HS_TOKEN_CAPITAL) && !has(w, end, HS_TOKEN_CLITIC)) end++;
    else break;
  }
  return (hs_range){first, end};
}

static bool is_small_word(const hs_words *w, uint32_t i) {
  return hs_words_is(w, i, ~0u & ~(uint32_t)HS_VERB) || w->items[i].entry->pronoun || w->items[i].entry->weekday ||
         (w->items[i].entry->complements && has(w, i, HS_SHAPE_FIRST));
}

/* What the run of capitals means: a name known to the tables, a person of two words or more, or a last name that the
 * article has spelt out before. */
static int read_run(hs_cast *cast, hs_range run) {
  const hs_words *w = cast->words;
  while (run.first < run.end && is_small_word(w, run.first)) run.first++;
  if (run.first < run.end && has(w, run.first, HS_SHAPE_FIRST) && has(w, run.first, HS_SHAPE_ING)) run.first++;
  if (run.first >= run.end) return HS_NONE;
  hs_range phrase = run;
  while (phrase.first > 0 && !has(w, phrase.first, HS_SHAPE_FIRST) && w->items[phrase.first - 1].entry->role)
    phrase.first--;
  hs_mention m = hs_mention_read(w, phrase);
  if (m.unknown || m.pronoun || m.type == HS_ACTOR_ANONYMOUS || m.type == HS_ACTOR_GROUP || m.name.first < run.first)
    return HS_NONE;
  bool plain = m.type == HS_ACTOR_PERSON && !m.role && m.gender == HS_GENDER_ANY;
  bool one = m.name.end - m.name.first == 1;
  if (m.type == HS_ACTOR_PERSON && one && plain) return lookup(cast, fold(cast, m.name));
  if (m.type == HS_ACTOR_PERSON && one && has(w, m.name.first, HS_TOKEN_UPPER)) return HS_NONE;
  if (plain && !w->items[m.name.first].entry->first_name) {
    bool article = phrase.first > 0 && hs_words_is(w, phrase.first - 1, HS_DEFINITE); /* "the Lowland Lantern" */
    if (article || hs_map_get(&cast->lands, fold(cast, m.name))) return HS_NONE;
  }
  int index = hs_cast_member_of(cast, &m);
  if (index != HS_NONE && !plain && m.type != HS_ACTOR_COUNTRY) cast->members.items[index].shown = true;
  return index;
}

/* "Vesta said it would": "it" right behind the verb of the name that ends before token I. */
static bool is_it(const hs_words *w, uint32_t i) {
  for (uint32_t k = i; k + 1 < w->count && k < i + 3 && !w->items[k].mark; k++)
    if (w->items[k].entry->complements)
      return w->items[k + 1].entry->gender == HS_GENDER_THING && w->items[k + 1].entry->pronoun == HS_CASE_SUBJECT;
  return false;
}

static bool is_governed(const hs_entry *e) {
  bool institution = e->institution == HS_INSTITUTION_SUFFIX && e->institution_sector;
  return (institution && hs_str_is(hs_str_of(e->institution_sector), "GOV")) ||
         (e->role && e->role != HS_ROLE_SPOKESPERSON && e->role_sector && hs_str_is(hs_str_of(e->role_sector), "GOV"));
}

/* What stands around the RUN of capitals tells of it: "in Vesta", "Vesta's foreign minister", "the government of
 * Vesta". */
static uint32_t land_at(const hs_words *w, hs_range run) {
  if (run.end + 1 < w->count && has(w, run.end, HS_TOKEN_CLITIC))
    for (uint32_t i = run.end + 1, size; i < w->count && i < run.end + 4 && !w->items[i].mark; i += size)
      if (is_governed(hs_words_phrase(w, i, w->count, &size))) return GOVERNED;
  bool possessive = run.end < w->count && has(w, run.end, HS_TOKEN_CLITIC), first = has(w, run.first, HS_SHAPE_FIRST);
  const hs_entry *next = run.end < w->count ? w->items[run.end].entry : w->rules->entries;
  if (is_it(w, run.end) || next->role || next->press) return PLACE;
  if (run.first < 2 || first || possessive) return 0;
  if (hs_words_is(w, run.first - 1, HS_LOCATIVE)) return PLACE;
  if (!hs_words_is(w, run.first - 1, HS_BINDING)) return 0;
  if (is_governed(w->items[run.first - 2].entry)) return GOVERNED;
  return has(w, run.first - 2, HS_TOKEN_CAPITAL) ? PLACE : 0;
}

static void note_land(hs_cast *cast, hs_range run) {
  uint32_t land = land_at(cast->words, run);
  if (!land) return;
  uint32_t *known = hs_map_put(&cast->lands, cast->arena, fold(cast, run));
  if (*known < land) *known = land;
}

void hs_cast_gather(hs_cast *cast, const hs_words *w, hs_arena *arena) {
  *cast = (hs_cast){.words = w, .arena = arena};
  cast->of = hs_arena_alloc(arena, (w->count + 1) * sizeof *cast->of);
  cast->bearer = hs_arena_alloc(arena, w->rules->entry_count * sizeof *cast->bearer);
  for (uint32_t i = 0; i < w->count; i++) {
    if (!has(w, i, HS_TOKEN_CAPITAL) || has(w, i, HS_TOKEN_CLITIC)) continue;
    hs_range run = run_at(w, i);
    note_land(cast, run);
    i = run.end - 1;
  }
  for (uint32_t i = 0; i < w->count;) {
    if (!has(w, i, HS_TOKEN_CAPITAL) || has(w, i, HS_TOKEN_CLITIC)) {
      i++;
      continue;
    }
    hs_range run = run_at(w, i);
    int index = read_run(cast, run);
    if (index != HS_NONE) {
      hs_push(arena, cast->members.items[index].mentions, hs_words_span(w, run));
      cast->of[run.first] = (uint32_t)index + 1;
    }
    i = run.end;
  }
}

int hs_cast_named_before(const hs_cast *cast, uint32_t since, uint32_t at, bool person) {
  if (since + NAMED_REACH < at) since = at - NAMED_REACH;
  for (uint32_t i = at; i-- > since;) {
    if (!cast->of[i]) continue;
    int index = (int)cast->of[i] - 1;
    hs_actor_type type = cast->members.items[index].type;
    if (person == (type == HS_ACTOR_PERSON)) return index;
  }
  return HS_NONE;
}

/* The forms of the name of M, the fullest first, each once. */
static void add_names(const hs_cast *cast, const hs_cast_member *m, hs_actor *actor) {
  hs_array(const char *) names = {0};
  hs_push(cast->arena, names, actor->name);
  for (size_t i = 0; i < m->mentions.count && names.count < NAME_FORMS; i++) {
    hs_str form = hs_str_at(cast->words->text, m->mentions.items[i]);
    bool known = form.size > LONGEST_NAME;
    for (size_t k = 0; k < names.count && !known; k++) known = hs_str_is(form, names.items[k]);
    if (!known) hs_push(cast->arena, names, hs_arena_copy(cast->arena, form.data, form.size));
  }
  actor->names = names.items;
  actor->name_count = names.count;
}

void hs_cast_write(hs_cast *cast, hs_doc *doc) {
  hs_array(hs_actor) actors = {0};
  for (size_t i = 0; i < cast->members.count; i++) {
    hs_cast_member *m = &cast->members.items[i];
    if (!m->shown) continue;
    m->index = (int)actors.count;
    hs_push(cast->arena, actors,
            ((hs_actor){.type = m->type,
                        .name = hs_arena_copy(cast->arena, m->name.data, m->name.size),
                        .roles = m->roles.items,
                        .role_count = m->roles.count,
                        .country = m->country,
                        .sector = m->sector,
                        .mentions = m->mentions.items,
                        .mention_count = m->mentions.count}));
    add_names(cast, m, &actors.items[actors.count - 1]);
  }
  doc->actors = actors.items;
  doc->actor_count = actors.count;
}
