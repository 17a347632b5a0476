/*
 * Who a pronoun means: of those named or described lately the one for whom most speaks. What speaks for an antecedent
 * has a weight in data/antecedents.tsv, fitted so that the share of certainty that comes out is the share of right
 * answers.
 */
#ifndef HS_ANNOTATE_ANTECEDENT_H
#define HS_ANNOTATE_ANTECEDENT_H

#include "annotate/actor.h"
#include "annotate/rules.h"

enum { HS_ANTECEDENTS = 16 }; /* candidates that are looked at, the latest first */

typedef enum hs_place { HS_PLACE_OTHER, HS_PLACE_SUBJECT, HS_PLACE_OBJECT, HS_PLACE_POSSESSOR } hs_place;

/* Where somebody, or a pronoun, stands. */
typedef struct hs_trace {
  int member;      /* of a pronoun HS_NONE */
  uint32_t token;  /* the head of the name, description or pronoun */
  uint32_t verb;   /* the word that it depends on, HS_NO_TOKEN if there is none */
  uint32_t clause; /* the verb of the clause, as far as the tree tells; else the sentence's first token */
  hs_place place;
  bool pronoun, described; /* else named */
  bool possesses;          /* "its spokesman": it means somebody, who speaks by him */
  bool voice;              /* named as whose channel or site the token is */
  bool opens;              /* first of its sentence */
  uint32_t quoted;         /* 1 + the stretch in quotation marks that holds it, 0 outside */
  bool source;             /* says, by one of the attributions that were found */
} hs_trace;

typedef struct hs_choice {
  int trace;  /* index into the candidates, HS_NONE if nobody */
  float sure; /* that it is right */
} hs_choice;

enum { HS_SCENE_NAMES = 8 };

/* Who else is in what is said around a pronoun; HS_NONE for none. */
typedef struct hs_scene {
  int spoke;                 /* who spoke last before it */
  int quoter;                /* in whose quotation it stands */
  int named[HS_SCENE_NAMES]; /* who is named in what the pronoun says */
  unsigned named_count;
} hs_scene;

/* Of the COUNT candidates, the latest first, the one that PRONOUN means in SCENE. */
hs_choice hs_antecedent_choose(const hs_cast *cast, const hs_trace *pronoun, const hs_trace *candidates, unsigned count,
                               const hs_scene *scene);

#endif
