#include "annotate/rules.h"

#include "annotate/annotate.h"
#include "base/array.h"
#include "base/table.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

typedef struct names {
  const char *const *words;
  unsigned count;
} names;

#define NAMES(list)                                                                                                    \
  (names) { list, sizeof(list) / sizeof *(list) }

static const char *const grammar_words[] = {
#define X(name, word) word,
    HS_GRAMMAR(X)
#undef X
};
static const char *const link_words[] = {
#define X(name, word) word,
    HS_LINKS(X)
#undef X
};
static const char *const complement_words[] = {
#define X(name, word) word,
    HS_COMPLEMENTS(X)
#undef X
};
static const char *const cue_form_words[] = {
#define X(name, word) word,
    HS_CUE_FORMS(X)
#undef X
};
static const char *const forces[] = {
#define X(name, word) word,
    HS_FORCES(X)
#undef X
};
static const char *const polarities[] = {
#define X(name, word) word,
    HS_POLARITIES(X)
#undef X
};
/* Each in the order of its enum in rules.h. */
static const char *const genders[] = {"any", "male", "female", "thing"};
static const char *const cases[] = {"", "subject", "object", "possessive", "reflexive", "relative"};
static const char *const numbers[] = {"any", "singular", "plural", "first", "second"};
static const char *const roles[] = {"", "person", "people", "spokesperson", "spokespeople", "epithet", "anyone"};
static const char *const institutions[] = {"", "metonym", "suffix", "document", "post", "broadcast", "occasion"};
static const char *const lands[] = {"", "name", "adjective", "people", "capital", "person"};
static const char *const presses[] = {"",         "agency", "outlet", "agency word", "outlet word", "station word",
                                      "name word"};
static const char *const timewords[] = {"",       "day",   "part",   "which", "unit",  "weekend", "season",
                                        "number", "shift", "future", "set",   "every", "ref"};

/* The place of WORD in NAMES. A word that is not there is an error of the table. */
static unsigned place(names list, hs_str word) {
  for (unsigned i = 0; i < list.count; i++)
    if (hs_str_is(word, list.words[i])) return i;
  assert(false && "a table of data/ holds a word that its first lines do not name");
  return 0;
}

/* The bits of the words of LIST in TEXT, parted by blanks. */
static uint32_t bits(names list, hs_str text) {
  uint32_t set = 0;
  for (size_t start = 0, i = 0; i <= text.size; i++) {
    if (i < text.size && text.data[i] != ' ') continue;
    if (i > start) set |= 1u << place(list, (hs_str){text.data + start, i - start});
    start = i + 1;
  }
  return set;
}

typedef struct builder {
  hs_rules *rules;
  hs_array(hs_entry) entries;
} builder;

static const char *copy(builder *b, hs_str s) { return s.size ? hs_arena_copy(b->rules->arena, s.data, s.size) : NULL; }

/* FORM stands in a table, which outlives the rules. */
static hs_entry *entry_of(builder *b, hs_str form) {
  uint32_t *at = hs_map_put(&b->rules->index, b->rules->arena, form);
  if (*at == 0) { /* that of nothing: a new one */
    *at = (uint32_t)b->entries.count;
    hs_push(b->rules->arena, b->entries, (hs_entry){0});
  }
  return &b->entries.items[*at];
}

/* The entry of the row's form; a form of several words is also told to the words that it begins with. */
static hs_entry *row_entry(builder *b, const hs_row *row) {
  hs_str form = row->column[0];
  for (hs_str begin = {form.data, 1}; begin.size < form.size; begin.size++)
    if (form.data[begin.size] == ' ' || form.data[begin.size] == '-') entry_of(b, begin)->begins = true;
  hs_entry *entry = entry_of(b, form);
  entry->whole = true;
  return entry;
}

static int small_number(hs_str s) {
  int value = 0;
  for (size_t i = s.size && s.data[0] == '-'; i < s.size; i++) value = value * 10 + (s.data[i] - '0');
  return s.size && s.data[0] == '-' ? -value : value;
}

static void add_word(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->grammar |= bits(NAMES(grammar_words), row->column[1]);
}

static void add_link(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->links |= (uint16_t)bits(NAMES(link_words), row->column[1]);
}

static void add_verb(builder *b, hs_entry *e, const hs_row *row) {
  (void)b, (void)row;
  e->grammar |= HS_VERB;
}

static void add_cue(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  if (!e->force) {
    e->force = (uint8_t)(place(NAMES(forces), row->column[2]) + 1);
    e->polarity = (uint8_t)place(NAMES(polarities), row->column[5]);
    e->negated = (uint8_t)place(NAMES(polarities), row->column[6]);
  }
  if (!row->column[4].size) return; /* the rules go by no such cue */
  e->cue_forms |= (uint8_t)bits(NAMES(cue_form_words), row->column[3]);
  e->complements |= bits(NAMES(complement_words), row->column[4]);
}

static void add_pronoun(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  if (e->pronoun == HS_CASE_SUBJECT) return; /* "it", "you", "her": the first line of a form counts */
  e->pronoun = (uint8_t)place(NAMES(cases), row->column[1]);
  e->number = (uint8_t)place(NAMES(numbers), row->column[2]);
  e->gender = (uint8_t)place(NAMES(genders), row->column[3]);
}

static void add_month(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->month = (uint8_t)small_number(row->column[1]);
}

static void add_weekday(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->weekday = (uint8_t)small_number(row->column[1]);
}

static void add_time(builder *b, hs_entry *e, const hs_row *row) {
  e->timeword = (uint8_t)place(NAMES(timewords), row->column[1]);
  e->time_value = copy(b, row->column[2]);
  hs_str value = row->column[2];
  if (value.size && (value.data[0] == '-' || (value.data[0] >= '0' && value.data[0] <= '9')))
    e->time_number = small_number(value);
}

static void add_honorific(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->honorific = (uint8_t)(place(NAMES(genders), row->column[1]) + 1);
}

static void add_first_name(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->first_name = (uint8_t)place(NAMES(genders), row->column[1]);
}

static void add_nickname(builder *b, hs_entry *e, const hs_row *row) { e->given = copy(b, row->column[1]); }

static void add_telling(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  if (hs_str_is(row->column[1], "closeness")) e->closeness = true;
  else e->anonymity = true;
}

static void add_settlement(builder *b, hs_entry *e, const hs_row *row) {
  (void)b, (void)row;
  e->settlement = true;
}

static void add_rank(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->rank = hs_str_is(row->column[1], "past") ? HS_RANK_PAST : HS_RANK_PLAIN;
}

/* "minister" of "water minister", "secretary" of "secretary of state". */
static hs_str head_of_role(hs_str form) {
  for (size_t i = 0; i + 4 < form.size; i++)
    if (memcmp(form.data + i, " of ", 4) == 0) form.size = i;
  for (size_t i = form.size; i > 0; i--)
    if (form.data[i - 1] == ' ') return (hs_str){form.data + i, form.size - i};
  return form;
}

static void number_role(builder *b, hs_entry *e) {
  if (!e->role_number) e->role_number = ++b->rules->role_count;
}

static void add_role(builder *b, hs_entry *e, const hs_row *row) {
  size_t self = (size_t)(e - b->entries.items);
  hs_str full = row->column[4].size ? row->column[4] : row->column[0]; /* "governor" of "gov" */
  size_t whole = (size_t)(entry_of(b, full) - b->entries.items);
  size_t head = (size_t)(entry_of(b, head_of_role(full)) - b->entries.items);
  e = &b->entries.items[self];
  number_role(b, &b->entries.items[whole]);
  number_role(b, &b->entries.items[head]);
  e->role_number = b->entries.items[whole].role_number;
  e->role_head = (uint32_t)head;
  e->role = (uint8_t)place(NAMES(roles), row->column[1]);
  e->role_sector = copy(b, row->column[2]);
  if (row->column[3].size) e->role_gender = (uint8_t)place(NAMES(genders), row->column[3]);
}

static void add_institution(builder *b, hs_entry *e, const hs_row *row) {
  e->institution = (uint8_t)place(NAMES(institutions), row->column[1]);
  e->institution_country = copy(b, row->column[2]);
  e->institution_sector = copy(b, row->column[3]);
}

static void add_country(builder *b, hs_entry *e, const hs_row *row) {
  hs_str form = row->column[0];
  e->land = (uint8_t)place(NAMES(lands), row->column[1]);
  e->country = copy(b, row->column[2]);
  if (e->land != HS_LAND_PEOPLE || !hs_str_ends(form, "s")) return;
  form.size--;
  entry_of(b, form)->has_people = true; /* "american" of "americans" */
}

static void add_press(builder *b, hs_entry *e, const hs_row *row) {
  (void)b;
  e->press = (uint8_t)place(NAMES(presses), row->column[1]);
}

typedef void add_row(builder *b, hs_entry *e, const hs_row *row);

static void add_table(builder *b, const char *name, add_row *add) {
  hs_str table = hs_table_named(name);
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(table, &at, &row);) add(b, row_entry(b, &row), &row);
}

static void read_spellings(hs_rules *rules) {
  static const char *const places[] = {"start", "end", "any"};
  hs_array(hs_spelling) spellings = {0};
  hs_str table = hs_table_named("transliterations");
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(table, &at, &row);)
    hs_push(rules->arena, spellings,
            ((hs_spelling){row.column[0], row.column[2], (hs_spelling_place)place(NAMES(places), row.column[1]),
                           hs_letters(row.column[0]), hs_letters(row.column[2])}));
  rules->spellings = spellings.items;
  rules->spelling_count = spellings.count;
}

static void read_antecedents(hs_rules *rules) {
  static const char *const features[] = {
#define X(name, words) words,
      HS_SIGNS(X)
#undef X
  };
  hs_str table = hs_table_named("antecedents");
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(table, &at, &row);) {
    unsigned feature = place(NAMES(features), row.column[0]);
    for (unsigned k = 0; k < 3; k++) rules->antecedents[k][feature] = (int16_t)small_number(row.column[k + 1]);
  }
}

static void read_thresholds(hs_rules *rules) {
  static const char *const thresholds[] = {
#define X(name, words) words,
      HS_THRESHOLDS(X)
#undef X
  };
  hs_str table = hs_table_named("thresholds");
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(table, &at, &row);)
    rules->thresholds[place(NAMES(thresholds), row.column[0])] = (float)small_number(row.column[1]) / 100;
}

static void read_certainties(hs_rules *rules) {
  static const char *const ways[] = {
#define X(name, words) words,
      HS_WAYS(X)
#undef X
  };
  hs_str table = hs_table_named("certainty");
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(table, &at, &row);)
    rules->certainties[place(NAMES(ways), row.column[0])] =
        (hs_certainty){(float)small_number(row.column[1]) / 100, (float)small_number(row.column[2]) / 100};
}

float hs_rules_certainty(const hs_rules *rules, hs_way way, float sure) {
  const hs_certainty *c = &rules->certainties[way];
  float p = sure < 0.005f ? 0.005f : sure > 0.995f ? 0.995f : sure;
  return 1 / (1 + expf(-(c->slope * logf(p / (1 - p)) + c->offset)));
}

hs_rules *hs_rules_new(void) {
  hs_rules *rules = hs_calloc(1, sizeof *rules);
  rules->arena = hs_arena_new();
  builder b = {.rules = rules};
  hs_push(rules->arena, b.entries, (hs_entry){0}); /* entry 0 says nothing */
  add_table(&b, "words", add_word);
  add_table(&b, "links", add_link);
  add_table(&b, "verbs", add_verb);
  add_table(&b, "cues", add_cue);
  add_table(&b, "pronouns", add_pronoun);
  add_table(&b, "months", add_month);
  add_table(&b, "weekdays", add_weekday);
  add_table(&b, "times", add_time);
  add_table(&b, "honorifics", add_honorific);
  add_table(&b, "firstnames", add_first_name);
  add_table(&b, "roles", add_role);
  add_table(&b, "institutions", add_institution);
  add_table(&b, "countries", add_country);
  add_table(&b, "agencies", add_press);
  add_table(&b, "nicknames", add_nickname);
  add_table(&b, "tellings", add_telling);
  add_table(&b, "settlements", add_settlement);
  add_table(&b, "ranks", add_rank);
  rules->entries = b.entries.items;
  rules->entry_count = b.entries.count;
  rules->role_count++;
  read_spellings(rules);
  read_antecedents(rules);
  read_thresholds(rules);
  read_certainties(rules);
  return rules;
}

void hs_rules_free(hs_rules *rules) {
  if (!rules) return;
  hs_arena_free(rules->arena);
  free(rules);
}

const hs_entry *hs_rules_entry(const hs_rules *rules, hs_str form) {
  const uint32_t *at = hs_map_get(&rules->index, form);
  return &rules->entries[at ? *at : 0];
}
