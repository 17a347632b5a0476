/*
 * The actors of one article. A person's last name means the bearer of the fullest name in the article; an institution
 * is known by its name without article; an anonymous source by its description.
 */
#ifndef HS_ANNOTATE_ACTOR_H
#define HS_ANNOTATE_ACTOR_H

#include "annotate/mention.h"
#include "base/array.h"

typedef struct hs_cast_member {
  hs_actor_type type;
  hs_str name;
  hs_gender gender;
  const hs_entry *role;
  const char *country, *sector;
  hs_press press;
  bool shown; /* an actor of the document: speaks, passes on, has a role, or is known to the tables */
  int index;  /* among the document's actors, once they are written */
  hs_array(hs_span) mentions;
  hs_array(const char *) roles;
} hs_cast_member;

typedef struct hs_cast {
  const hs_words *words;
  hs_arena *arena;
  hs_array(hs_cast_member) members;
  hs_map names; /* folded name, or a person's last name → member */
  hs_map lands; /* folded name of what the text tells to be a place → 1, or 2 if it has a government */
  uint32_t *of; /* [words] 1 + the member that the name which begins at the token means, 0 for none */
  int *bearer;  /* [entries of the rules] 1 + the person who bore this role last */
} hs_cast;

/* Reads the whole text for names: fills CAST. */
void hs_cast_gather(hs_cast *cast, const hs_words *words, hs_arena *arena);

/* The member that MENTION means, made if it is new; HS_NONE if it means nobody. */
int hs_cast_member_of(hs_cast *cast, const hs_mention *mention);

/* The person, or the institution, named last before token AT; HS_NONE if there is none since token SINCE. */
int hs_cast_named_before(const hs_cast *cast, uint32_t since, uint32_t at, bool person);

/* Writes the members that are shown into DOC. */
void hs_cast_write(hs_cast *cast, hs_doc *doc);

#endif
