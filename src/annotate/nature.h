/*
 * What an article tells a name to be, over all the places where the name stands bare: a person, a body, a place or a
 * state. What stands around it votes: "in Vesta", "the port of Vesta", "Vesta's parliament", "Vesta said it would",
 * "Orlo, 72,", "Orlo said he would".
 */
#ifndef HS_ANNOTATE_NATURE_H
#define HS_ANNOTATE_NATURE_H

#include "annotate/words.h"
#include "base/array.h"

typedef enum hs_nature {
  HS_NATURE_OPEN, /* the article does not tell */
  HS_NATURE_PERSON,
  HS_NATURE_BODY,
  HS_NATURE_PLACE,
  HS_NATURE_STATE /* a place with a government */
} hs_nature;

/* What speaks for each, in votes. */
typedef struct hs_votes {
  uint16_t person, body, place, state;
} hs_votes;

typedef struct hs_natures {
  hs_arena *arena;
  hs_map index; /* key of a name as namekey.h makes it → 1 + index into votes */
  hs_array(hs_votes) votes;
} hs_natures;

/* Counts what stands around the name RUN, which begins at a capital. NATURES is zero at first, but for its arena. */
void hs_natures_note(hs_natures *natures, const hs_words *words, hs_range run);

/* What the name KEY is, if so many votes as PERSON speak for a person before the article is asked; against one if it is
 * below zero. */
hs_nature hs_nature_of(const hs_natures *natures, hs_str key, int person);

#endif
