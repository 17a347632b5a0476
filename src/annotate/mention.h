/* A noun phrase that means somebody: its name, its roles, what it says of country and sector. */
#ifndef HS_ANNOTATE_MENTION_H
#define HS_ANNOTATE_MENTION_H

#include "annotate/words.h"

enum { HS_MENTION_ROLES = 3 };

typedef struct hs_mention {
  hs_actor_type type;
  bool pronoun;         /* nothing but one: the entry of the first token says which */
  bool unknown;         /* nobody that the words tell of: "the report", "it" */
  hs_range name;        /* "Ana Orlo", "the Kremlin" without its article; of an anonymous source the description */
  const hs_entry *role; /* the role named last before the name, NULL if none */
  hs_range roles[HS_MENTION_ROLES]; /* "Kremlin spokesman", "mayor of Vesta" */
  unsigned role_count;
  hs_gender gender;
  bool definite; /* a role alone with "the" or a possessive: "the president" */
  const char *country, *sector;
  hs_press press; /* of an agency or outlet */
} hs_mention;

/* Reads the noun phrase RANGE, which is not empty. */
hs_mention hs_mention_read(const hs_words *words, hs_range range);

/* "outlet", "agency", "spokesperson", "anonymous": how MENTION passes words on. */
const char *hs_mention_kind(const hs_mention *mention);

#endif
