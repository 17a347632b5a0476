#include "nlp/lexicon.h"

#include "base/map.h"
#include "base/table.h"

#include <stdlib.h>

enum { LONGEST_FORM = 24 };

struct hs_language {
  hs_arena *arena;
  hs_map forms;
  uint32_t contracts[256]; /* by a first byte of data/contractions.tsv the second ones, a bit each */
};

static uint32_t kind_named(hs_str word) {
#define X(name, text)                                                                                                  \
  if (hs_str_is(word, text)) return HS_ABBREVIATION_##name;
  HS_ABBREVIATIONS(X)
#undef X
  return HS_ABBREVIATION_NONE;
}

/* Gives every form of the table NAME the bits FLAG. */
static void read_words(hs_language *language, const char *name, uint32_t flag) {
  hs_str table = hs_table_named(name);
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(table, &at, &row);)
    *hs_map_put(&language->forms, language->arena, row.column[0]) |= flag;
}

static void read_abbreviations(hs_language *language) {
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(hs_table_named("abbreviations"), &at, &row);)
    *hs_map_put(&language->forms, language->arena, row.column[0]) |= kind_named(row.column[1]);
}

/* The same one for a letter, small or not, and for apostrophes of either shape. */
static uint32_t bit_of(char c) { return 1u << ((c < 0 ? '\'' : c) & 31); }

static void read_contractions(hs_language *language) {
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(hs_table_named("contractions"), &at, &row);) {
    uint32_t cut = (uint32_t)(row.column[1].size ? row.column[1].data[0] - '0' : 0);
    *hs_map_put(&language->forms, language->arena, row.column[0]) |=
        HS_LEXICON_CONTRACTED | cut << HS_LEXICON_CUT_SHIFT;
    language->contracts[(unsigned char)row.column[0].data[0]] |= bit_of(row.column[0].data[1]);
  }
}

hs_language *hs_language_new(void) {
  hs_language *language = hs_calloc(1, sizeof *language);
  language->arena = hs_arena_new();
  read_abbreviations(language);
  read_contractions(language);
  read_words(language, "cues", HS_LEXICON_CUE);
  read_words(language, "weekdays", HS_LEXICON_CALENDAR);
  read_words(language, "months", HS_LEXICON_CALENDAR);
  read_words(language, "credits", HS_LEXICON_CREDIT);
  read_words(language, "emoticons", HS_LEXICON_EMOTICON);
  read_words(language, "openers", HS_LEXICON_OPENER);
  read_words(language, "prefixes", HS_LEXICON_PREFIX);
  read_words(language, "units", HS_LEXICON_UNIT);
  return language;
}

void hs_language_free(hs_language *language) {
  if (!language) return;
  hs_arena_free(language->arena);
  free(language);
}

uint32_t hs_lexicon_find(const hs_language *language, hs_str form) {
  if (form.size > LONGEST_FORM) return 0;
  const uint32_t *bits = hs_map_get(&language->forms, form);
  return bits ? *bits : 0;
}

uint32_t hs_lexicon_find_small(const hs_language *language, hs_str form) {
  char small[LONGEST_FORM];
  size_t size = 0;
  if (form.size > LONGEST_FORM) return 0;
  for (size_t i = 0; i < form.size; i++) {
    if (form.size - i >= 3 && memcmp(form.data + i, "\u2019", 3) == 0) {
      small[size++] = '\'';
      i += 2;
    } else {
      small[size++] = hs_small(form.data[i]);
    }
  }
  return hs_lexicon_find(language, (hs_str){small, size});
}

hs_abbreviation hs_lexicon_abbreviation(const hs_language *language, hs_str form) {
  if (!form.size || form.size > LONGEST_FORM) return HS_ABBREVIATION_NONE;
  uint32_t kind = hs_lexicon_find(language, form) & HS_LEXICON_KIND;
  if (kind || form.size == 1 || !hs_is_capital(form.data[0])) return (hs_abbreviation)kind;
  char other[LONGEST_FORM];
  bool capitals = true;
  for (size_t i = 0; i < form.size; i++) {
    if (hs_is_small(form.data[i])) capitals = false;
    other[i] = i ? hs_small(form.data[i]) : form.data[i];
  }
  if (capitals) kind = hs_lexicon_find(language, (hs_str){other, form.size}) & HS_LEXICON_KIND;
  other[0] = hs_small(other[0]);
  if (!kind) kind = hs_lexicon_find(language, (hs_str){other, form.size}) & HS_LEXICON_KIND;
  return (hs_abbreviation)kind;
}

bool hs_lexicon_may_contract(const hs_language *language, hs_str form) {
  return form.size > 1 && language->contracts[(unsigned char)hs_small(form.data[0])] & bit_of(form.data[1]);
}
