/* A noun phrase that means somebody: its name, its roles, what it says of country and sector. */
#ifndef HS_ANNOTATE_MENTION_H
#define HS_ANNOTATE_MENTION_H

#include "annotate/words.h"

enum { HS_MENTION_ROLES = 3 };

typedef struct hs_mention {
  hs_actor_type type;
  bool pronoun;  /* nothing but one: the entry of the first token says which */
  bool unknown;  /* nobody that the words tell of: "the report", "it" */
  bool weak;     /* a name by its capitals alone, which the parser does not take for one */
  bool plural;   /* several */
  bool place;    /* a place that no table knows, which stands for those who govern it */
  hs_range name; /* "Ana Orlo", "the Kremlin" without its article; of an anonymous source the description */
  hs_str
      owner; /* of what is somebody's, as "her wife", that one's name if it is known, without its pronoun; else empty */
  const hs_entry *role;             /* the role named last before the name, NULL if none */
  hs_range roles[HS_MENTION_ROLES]; /* "Kremlin spokesman", "mayor of Vesta" */
  unsigned role_count;
  hs_range institution; /* "water ministry" of "a spokesman for the water ministry"; empty if there is none */
  hs_gender gender;
  bool apart;    /* none of those who are known by the name */
  bool definite; /* a role alone with "the" or a possessive: "the president" */
  const char *country, *sector;
  hs_press press; /* of an agency or outlet */
} hs_mention;

/* Reads the noun phrase RANGE, which is not empty. */
hs_mention hs_mention_read(const hs_words *words, hs_range range);

/* What the NAME of the parser means, read with the titles before it and the apposition behind it; *PHRASE gets all of
 * these words. */
hs_mention hs_mention_of_name(const hs_words *words, const hs_name *name, hs_range *phrase);

#endif
