/*
 * Who the names, pronouns and descriptions of a text mean, read once from its beginning to its end. Looks back over a
 * limited number of members, so that time grows as the text does.
 */
#ifndef HS_ANNOTATE_DISCOURSE_H
#define HS_ANNOTATE_DISCOURSE_H

#include "annotate/antecedent.h"
#include "annotate/attribution.h"

/* Whom the words at a token mean. */
typedef struct hs_meaning {
  int member; /* HS_NONE: the text does not tell */
  float sure;
} hs_meaning;

typedef struct hs_discourse {
  hs_cast *cast;
  const hs_search *search;
  const hs_meaning *at; /* [words] at the first token of a name and at the head of a pronoun or description; elsewhere
                           and where nobody is meant HS_NONE */
} hs_discourse;

/* Reads the text of CAST, to which it adds those who are described and not named. */
void hs_discourse_read(hs_discourse *out, hs_cast *cast, const hs_search *search);

/* Whom the noun phrase RANGE means, be it a name, a pronoun or a description. */
hs_meaning hs_discourse_meaning(const hs_discourse *discourse, hs_range range);

#endif
