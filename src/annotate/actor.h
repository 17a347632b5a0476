/*
 * The actors of one article: who its names mean. A person is known by full name, family name, given name and initials
 * in any transliteration; an institution by its name, its last word or its initials; an anonymous source by its
 * description. Who pronouns and descriptions mean is told by discourse.h.
 */
#ifndef HS_ANNOTATE_ACTOR_H
#define HS_ANNOTATE_ACTOR_H

#include "annotate/mention.h"
#include "annotate/nature.h"
#include "base/array.h"

typedef struct hs_cast_member {
  hs_actor_type type;
  hs_str name, key; /* the fullest form, and as namekey.h compares it */
  hs_gender gender;
  const hs_entry *role;       /* the one told last */
  const hs_entry *generation; /* "Jr." or the like behind the name, or NULL */
  const char *country, *sector;
  hs_range institution; /* empty if none is told */
  hs_press press;
  bool plural;       /* several without being an institution */
  bool place;        /* a place that no table knows */
  bool shown;        /* an actor of the document: speaks, passes on, or is named */
  uint32_t named;    /* how often by a name */
  uint32_t fully;    /* how often by a name of several words */
  uint32_t age;      /* 0: not told */
  int namesake;      /* another person with the same family name, HS_NONE */
  int owner;         /* 1 + the member whose wife, lawyer or deputy it was named as; 0: none */
  uint32_t relation; /* the token that says so: "wife" */
  bool past;         /* it was what it was: "former mayor" */
  int speaks_for;    /* 1 + the member whose spokesperson it is; 0: none */
  int index;         /* among the document's actors, once they are written */
  int number;        /* of those without a name how many; 0: not told */
  hs_range closeness, anonymity;
  hs_array(hs_span) mentions;
  hs_array(const char *) names;
  hs_array(const char *) roles;
} hs_cast_member;

typedef struct hs_cast {
  const hs_words *words;
  hs_arena *arena;
  hs_array(hs_cast_member) members;
  hs_map names;    /* key of a name → 1 + member */
  hs_map families; /* sound of a family name → 1 + the first person who bears it */
  hs_map givens;   /* given name → 1 + the person who bears it alone; HS_CAST_MANY if there are more */
  hs_map apart;    /* key of what bodies are called, "government" → 1 + the one that is none of those known */
  hs_natures natures;
  uint32_t *of;     /* [words] 1 + the member that the name which begins at the token means, 0 for none */
  uint32_t *end;    /* [words] of such a name its end */
  uint32_t *in;     /* [words] 1 + the member whose name, titles or apposition hold the token */
  float *sure;      /* [words] how sure it is that the name which begins at the token means that member */
  int *bearer;      /* [role_count of the rules] 1 + the person who bore this role last */
  uint8_t *bearers; /* [the same] how many bore it, up to HS_CAST_BEARERS */
} hs_cast;

enum { HS_CAST_MANY = UINT32_MAX, HS_CAST_BEARERS = 200 };

/* Reads the whole text for names: fills CAST. */
void hs_cast_gather(hs_cast *cast, const hs_words *words, hs_arena *arena);

/* The member that MENTION means, made if it is new; HS_NONE if it means nobody. */
int hs_cast_member_of(hs_cast *cast, const hs_mention *mention);

/* The member that is known by MENTION's name, HS_NONE if there is none. Makes nobody. */
int hs_cast_known(const hs_cast *cast, const hs_mention *mention);

/* Notes that RANGE means MEMBER. */
void hs_cast_refer(hs_cast *cast, int member, hs_range range);

/* Is it one person? */
bool hs_cast_is_person(const hs_cast_member *member);

/* Writes the members that are shown into DOC. */
void hs_cast_write(hs_cast *cast, hs_doc *doc);

#endif
