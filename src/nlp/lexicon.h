/* What the tables of data/ tell of a word's form, in one map. */
#ifndef HS_NLP_LEXICON_H
#define HS_NLP_LEXICON_H

#include "base/str.h"
#include "nlp/language.h"

/* X(C name, word in data/abbreviations.tsv, which explains them) */
#define HS_ABBREVIATIONS(X)                                                                                            \
  X(NONE, "")                                                                                                          \
  X(INITIALS, "initials")                                                                                              \
  X(TITLE, "title")                                                                                                    \
  X(INNER, "inner")                                                                                                    \
  X(NUMBER, "number")                                                                                                  \
  X(MONTH, "month")                                                                                                    \
  X(DAY, "day")                                                                                                        \
  X(STATE, "state")                                                                                                    \
  X(TIME, "time")                                                                                                      \
  X(NAME, "name")                                                                                                      \
  X(CLOSE, "close")

typedef enum hs_abbreviation {
#define X(name, word) HS_ABBREVIATION_##name,
  HS_ABBREVIATIONS(X)
#undef X
} hs_abbreviation;

enum {
  HS_LEXICON_KIND = 15,           /* mask of an hs_abbreviation */
  HS_LEXICON_OPENER = 1 << 4,     /* of data/openers.tsv */
  HS_LEXICON_PREFIX = 1 << 5,     /* of data/prefixes.tsv */
  HS_LEXICON_UNIT = 1 << 6,       /* of data/units.tsv */
  HS_LEXICON_CUE = 1 << 7,        /* of data/cues.tsv, one word */
  HS_LEXICON_CONTRACTED = 1 << 8, /* of data/contractions.tsv; the characters of the first part are in the bits above */
  HS_LEXICON_CALENDAR = 1 << 9,   /* of data/weekdays.tsv or data/months.tsv, in small letters */
  HS_LEXICON_CREDIT = 1 << 10,    /* of data/credits.tsv */
  HS_LEXICON_EMOTICON = 1 << 11,  /* of data/emoticons.tsv */
  HS_LEXICON_CUT_SHIFT = 12
};

/* What is known of FORM as it stands: HS_LEXICON_ bits, 0 for nothing. */
uint32_t hs_lexicon_find(const hs_language *language, hs_str form);
/* The same of FORM in small letters, its apostrophes straight. */
uint32_t hs_lexicon_find_small(const hs_language *language, hs_str form);
/* The kind of the abbreviation FORM, without its stop, in any of the cases that data/abbreviations.tsv allows. */
hs_abbreviation hs_lexicon_abbreviation(const hs_language *language, hs_str form);
/* May FORM, by its first two letters, be in data/contractions.tsv? A quick answer before hs_lexicon_find_small. */
bool hs_lexicon_may_contract(const hs_language *language, hs_str form);

#endif
