/*
 * What the tables of data/ tell the annotators, compiled once: one entry a form, found by one look-up a token. Tables
 * may speak of the same form ("may" is a month and a modal): its entry holds all they say.
 */
#ifndef HS_ANNOTATE_RULES_H
#define HS_ANNOTATE_RULES_H

#include "annotate/document.h"
#include "base/map.h"

/* X(C name, words in antecedents.tsv): what speaks for the one whom a pronoun may mean. */
#define HS_SIGNS(X)                                                                                                    \
  X(SAME_SENTENCE, "same sentence")                                                                                    \
  X(SAME_CLAUSE, "same clause")                                                                                        \
  X(SENTENCE_1, "one sentence back")                                                                                   \
  X(SENTENCE_2, "two sentences back")                                                                                  \
  X(SENTENCE_3, "three to five sentences back")                                                                        \
  X(FAR, "farther back")                                                                                               \
  X(SAME_PARAGRAPH, "same paragraph")                                                                                  \
  X(LATEST, "latest")                                                                                                  \
  X(LED_IN, "subject of the clause that leads in its own")                                                             \
  X(LATEST_OF_WHICH, "latest and it is behind which")                                                                  \
  X(WAS_SUBJECT, "was subject")                                                                                        \
  X(WAS_OBJECT, "was object")                                                                                          \
  X(WAS_POSSESSOR, "was possessor")                                                                                    \
  X(WAS_OTHER, "was something else")                                                                                   \
  X(SAME_PLACE, "same place")                                                                                          \
  X(OPENED, "opened its sentence")                                                                                     \
  X(WAS_PRONOUN, "was a pronoun")                                                                                      \
  X(WAS_DESCRIBED, "was described")                                                                                    \
  X(WAS_VOICE, "was told of by its channel")                                                                           \
  X(WAS_SOURCE, "was a source")                                                                                        \
  X(NAMED_0, "never named")                                                                                            \
  X(NAMED_1, "named once")                                                                                             \
  X(NAMED_2, "named twice or thrice")                                                                                  \
  X(NAMED_4, "named oftener")                                                                                          \
  X(GENDER_KNOWN, "gender known")                                                                                      \
  X(SPOKE_LAST, "spoke last")                                                                                          \
  X(SPOKE_LAST_OF_SOURCE, "spoke last and it is a source")                                                             \
  X(QUOTES_IT, "quotes it")                                                                                            \
  X(NAMED_IN_WORDS, "named in what it says")                                                                           \
  X(SAME_MARKS, "same quotation marks")                                                                                \
  X(WAS_IN_MARKS, "was in other quotation marks")                                                                      \
  X(NOBODY, "nobody")                                                                                                  \
  X(NOBODY_SAYS, "nobody and it is a source")                                                                          \
  X(NOBODY_QUOTED, "nobody and it is quoted")

/* X(C name, words in thresholds.tsv) */
#define HS_THRESHOLDS(X)                                                                                               \
  X(FINDING, "finding")                                                                                                \
  X(UNKNOWN_CUE, "unknown cue")                                                                                        \
  X(UNKNOWN_VERB, "unknown verb")                                                                                      \
  X(INSIDE, "inside")                                                                                                  \
  X(OF_THING, "of a thing")                                                                                            \
  X(CAPTION, "caption")                                                                                                \
  X(MISSED, "missed")

/* X(C name, words in certainty.tsv): what tells whom a source means, and the source itself. */
#define HS_WAYS(X)                                                                                                     \
  X(NAME, "name")                                                                                                      \
  X(SHORT_NAME, "short name")                                                                                          \
  X(BODY, "body")                                                                                                      \
  X(DESCRIPTION, "description")                                                                                        \
  X(UNNAMED, "unnamed")                                                                                                \
  X(HE, "he")                                                                                                          \
  X(THEY, "they")                                                                                                      \
  X(IT, "it")                                                                                                          \
  X(QUOTED, "I")                                                                                                       \
  X(SOURCE, "source")                                                                                                  \
  X(RULED_SOURCE, "source by rule")

/* X(C name, word in the column "classes" of words.tsv) */
#define HS_GRAMMAR(X)                                                                                                  \
  X(DETERMINER, "determiner")                                                                                          \
  X(POSSESSIVE, "possessive")                                                                                          \
  X(PREPOSITION, "preposition")                                                                                        \
  X(CONJUNCTION, "conjunction")                                                                                        \
  X(SUBORDINATOR, "subordinator")                                                                                      \
  X(AUXILIARY, "auxiliary")                                                                                            \
  X(MODAL, "modal")                                                                                                    \
  X(NEGATION, "negation")                                                                                              \
  X(ADVERB, "adverb")                                                                                                  \
  X(RELATIVE, "relative")                                                                                              \
  X(QUESTION, "question")                                                                                              \
  X(QUANTITY, "quantity")                                                                                              \
  X(PARTICLE, "particle")                                                                                              \
  X(DEFINITE, "definite")                                                                                              \
  X(BE, "be")                                                                                                          \
  X(INFINITIVE, "infinitive")                                                                                          \
  X(BINDING, "binding")                                                                                                \
  X(JOINING, "joining")                                                                                                \
  X(COMPLEMENTIZER, "complementizer")                                                                                  \
  X(AGENT, "agent")                                                                                                    \
  X(ACCORDING, "according")                                                                                            \
  X(COMPARISON, "comparison")                                                                                          \
  X(CHAIN, "chain")                                                                                                    \
  X(BODILY, "bodily")                                                                                                  \
  X(LOCATIVE, "locative")                                                                                              \
  X(EXISTENTIAL, "existential")                                                                                        \
  X(CIRCUMSTANCE, "circumstance")                                                                                      \
  X(COLLECTIVE, "collective")                                                                                          \
  X(AGED, "aged")                                                                                                      \
  X(GENERATION, "generation")

/* X(C name, word in links.tsv) */
#define HS_LINKS(X)                                                                                                    \
  X(CONNECTIVE, "connective")                                                                                          \
  X(MANNER, "manner")                                                                                                  \
  X(NOBODY, "nobody")                                                                                                  \
  X(REFUSAL, "refusal")                                                                                                \
  X(LIMITING, "limiting")                                                                                              \
  X(CARRYING, "carrying")                                                                                              \
  X(TELLING, "telling")                                                                                                \
  X(CONDUIT, "conduit")                                                                                                \
  X(BEHALF, "behalf")                                                                                                  \
  X(SIGHT, "sight")                                                                                                    \
  X(PASSING, "passing")                                                                                                \
  X(GLOSS, "gloss")                                                                                                    \
  X(THEN, "then")

/* X(C name, word in cues.tsv): what must stand with a verb to make it a cue. */
#define HS_COMPLEMENTS(X)                                                                                              \
  X(SPEECH, "speech")                                                                                                  \
  X(THAT, "that")                                                                                                      \
  X(WH, "wh")                                                                                                          \
  X(NOUN, "noun")                                                                                                      \
  X(INF, "inf")                                                                                                        \
  X(ING, "ing")                                                                                                        \
  X(OF, "of")                                                                                                          \
  X(FOR, "for")                                                                                                        \
  X(ON, "on")                                                                                                          \
  X(ABOUT, "about")                                                                                                    \
  X(AGAINST, "against")                                                                                                \
  X(AT, "at")                                                                                                          \
  X(IN, "in")                                                                                                          \
  X(TO, "to")                                                                                                          \
  X(WITH, "with")                                                                                                      \
  X(OUT, "out")                                                                                                        \
  X(PERSON_AS, "person-as")                                                                                            \
  X(SOURCE, "source")                                                                                                  \
  X(HEARER_THAT, "hearer-that")                                                                                        \
  X(HEARER_WH, "hearer-wh")                                                                                            \
  X(HEARER_INF, "hearer-inf")                                                                                          \
  X(HEARER_SPEECH, "hearer-speech")                                                                                    \
  X(HEARER_OF, "hearer-of")                                                                                            \
  X(HEARER_ABOUT, "hearer-about")                                                                                      \
  X(HEARER_FOR, "hearer-for")                                                                                          \
  X(HEARER_ON, "hearer-on")                                                                                            \
  X(THAT_WORD, "that-word")                                                                                            \
  X(ABSTRACT, "abstract")

/* X(C name, word in cues.tsv): grammatical forms of a cue. */
#define HS_CUE_FORMS(X)                                                                                                \
  X(BASE, "base")                                                                                                      \
  X(PRESENT, "present")                                                                                                \
  X(PAST, "past")                                                                                                      \
  X(PARTICIPLE, "participle")                                                                                          \
  X(GERUND, "ing")

enum {
#define X(name, word) HS_GRAMMAR_INDEX_##name,
  HS_GRAMMAR(X)
#undef X
      HS_GRAMMAR_VERB_INDEX
};
enum {
#define X(name, word) HS_##name = 1 << HS_GRAMMAR_INDEX_##name,
  HS_GRAMMAR(X)
#undef X
      HS_VERB = 1 << HS_GRAMMAR_VERB_INDEX /* of verbs.tsv */
};
enum {
#define X(name, word) HS_COMPLEMENT_INDEX_##name,
  HS_COMPLEMENTS(X)
#undef X
};
enum {
#define X(name, word) HS_COMPLEMENT_##name = 1 << HS_COMPLEMENT_INDEX_##name,
  HS_COMPLEMENTS(X)
#undef X
};
enum {
#define X(name, word) HS_LINK_INDEX_##name,
  HS_LINKS(X)
#undef X
};
enum {
#define X(name, word) HS_LINK_##name = 1 << HS_LINK_INDEX_##name,
  HS_LINKS(X)
#undef X
};
enum {
#define X(name, word) HS_CUE_INDEX_##name,
  HS_CUE_FORMS(X)
#undef X
};
enum {
#define X(name, word) HS_CUE_##name = 1 << HS_CUE_INDEX_##name,
  HS_CUE_FORMS(X)
#undef X
};

enum {
#define X(name, words) HS_SIGN_##name,
  HS_SIGNS(X)
#undef X
      HS_SIGN_COUNT
};
enum {
#define X(name, words) HS_LEAST_##name,
  HS_THRESHOLDS(X)
#undef X
      HS_THRESHOLD_COUNT
};

typedef enum hs_gender { HS_GENDER_ANY, HS_GENDER_MALE, HS_GENDER_FEMALE, HS_GENDER_THING } hs_gender;
typedef enum hs_case {
  HS_CASE_NONE,
  HS_CASE_SUBJECT,
  HS_CASE_OBJECT,
  HS_CASE_POSSESSIVE,
  HS_CASE_REFLEXIVE,
  HS_CASE_RELATIVE
} hs_case;
typedef enum hs_number {
  HS_NUMBER_ANY,
  HS_NUMBER_SINGULAR,
  HS_NUMBER_PLURAL,
  HS_NUMBER_FIRST,
  HS_NUMBER_SECOND
} hs_number;
typedef enum hs_role {
  HS_ROLE_NONE,
  HS_ROLE_PERSON,
  HS_ROLE_PEOPLE,
  HS_ROLE_SPOKESPERSON,
  HS_ROLE_SPOKESPEOPLE,
  HS_ROLE_EPITHET,
  HS_ROLE_ANYONE
} hs_role;
typedef enum hs_institution {
  HS_INSTITUTION_NONE,
  HS_INSTITUTION_METONYM,
  HS_INSTITUTION_SUFFIX,
  HS_INSTITUTION_DOCUMENT,
  HS_INSTITUTION_POST,
  HS_INSTITUTION_BROADCAST,
  HS_INSTITUTION_OCCASION
} hs_institution;
typedef enum hs_land {
  HS_LAND_NONE,
  HS_LAND_NAME,
  HS_LAND_ADJECTIVE,
  HS_LAND_PEOPLE,
  HS_LAND_CAPITAL,
  HS_LAND_PERSON
} hs_land;
typedef enum hs_rank { HS_RANK_NONE, HS_RANK_PLAIN, HS_RANK_PAST } hs_rank;
typedef enum hs_press {
  HS_PRESS_NONE,
  HS_PRESS_AGENCY,
  HS_PRESS_OUTLET,
  HS_PRESS_AGENCY_WORD,
  HS_PRESS_OUTLET_WORD,
  HS_PRESS_STATION_WORD,
  HS_PRESS_NAME_WORD
} hs_press;
/* What times.tsv says of a word. */
typedef enum hs_timeword {
  HS_TIMEWORD_NONE,
  HS_TIMEWORD_DAY,
  HS_TIMEWORD_PART,
  HS_TIMEWORD_WHICH,
  HS_TIMEWORD_UNIT,
  HS_TIMEWORD_WEEKEND,
  HS_TIMEWORD_SEASON,
  HS_TIMEWORD_NUMBER,
  HS_TIMEWORD_SHIFT,
  HS_TIMEWORD_FUTURE,
  HS_TIMEWORD_SET,
  HS_TIMEWORD_EVERY,
  HS_TIMEWORD_REF
} hs_timeword;

/* All that the tables say of one form. Zero says nothing. Strings live as long as the rules. */
typedef struct hs_entry {
  uint32_t grammar;     /* bits of HS_GRAMMAR */
  uint32_t complements; /* of a cue; 0 for other words */
  uint8_t cue_forms;    /* bits of HS_CUE_FORMS */
  bool whole, begins;   /* it is a line of a table; lines of several words begin with it */
  uint8_t month, weekday;
  uint8_t pronoun, number, gender; /* hs_case, hs_number, hs_gender */
  uint8_t honorific;               /* hs_gender + 1 */
  uint16_t links;                  /* bits of HS_LINKS */
  uint8_t force;                   /* hs_force + 1; 0 for words that no cue goes by */
  uint8_t polarity, negated;       /* hs_polarity of it, and of it under negation */
  uint8_t first_name;              /* hs_gender of who bears it; 0 for other words */
  uint8_t role, role_gender, institution, land, press, timeword;
  bool closeness, anonymity; /* the words tell how near a source is, or why it has no name */
  uint8_t rank;              /* hs_rank */
  bool has_people;           /* of an adjective: more than one are called otherwise, "Americans" */
  bool settlement;           /* a word for what a place is: "port" */
  int time_number;

  const char *role_sector, *institution_country, *institution_sector, *country, *time_value;
  uint32_t role_head;   /* of a role the index of the entry of its last word: "minister" of "water minister" */
  uint16_t role_number; /* of a role, or the head of one: from 1, below role_count */
  const char *given;    /* of a short form of a given name the name in full, as a key of namekey.h */
} hs_entry;

/* A bit for each letter in S: what others need and S has not, S does not hold. */
static inline uint32_t hs_letters(hs_str s) {
  uint32_t letters = 0;
  for (size_t i = 0; i < s.size; i++) letters |= 1u << (s.data[i] & 31);
  return letters;
}

typedef enum hs_spelling_place { HS_SPELLING_START, HS_SPELLING_END, HS_SPELLING_ANY } hs_spelling_place;
/* A line of transliterations.tsv. */
typedef struct hs_spelling {
  hs_str from, to;
  hs_spelling_place place;
  uint32_t needs, gives; /* hs_letters of both */
} hs_spelling;

typedef enum hs_way {
#define X(name, words) HS_WAY_##name,
  HS_WAYS(X)
#undef X
      HS_WAY_COUNT
} hs_way;
/* A line of certainty.tsv: of the logarithm of odds. */
typedef struct hs_certainty {
  float slope, offset;
} hs_certainty;

struct hs_rules {
  hs_arena *arena;
  hs_map index; /* form → index into entries */
  hs_entry *entries;
  size_t entry_count;
  uint16_t role_count; /* one more than there are */
  hs_spelling *spellings;
  size_t spelling_count;
  int16_t antecedents[3][HS_SIGN_COUNT]; /* for he and she, they, it: of antecedents.tsv */
  float thresholds[HS_THRESHOLD_COUNT];  /* chances, 0 to 1, of thresholds.tsv */
  hs_certainty certainties[HS_WAY_COUNT];
};

/* How often what seems as SURE as that, told in this WAY, is right: 0 to 1. */
float hs_rules_certainty(const hs_rules *rules, hs_way way, float sure);

/* Is it a thing that carries words: a statement, a post, a broadcast? */
static inline bool hs_entry_carries(const hs_entry *entry) {
  return entry->institution == HS_INSTITUTION_DOCUMENT || entry->institution == HS_INSTITUTION_POST ||
         entry->institution == HS_INSTITUTION_BROADCAST;
}

/* What the tables say of FORM, in small letters, the apostrophe straight, words parted by one blank. Never NULL. */
const hs_entry *hs_rules_entry(const hs_rules *rules, hs_str form);

#endif
