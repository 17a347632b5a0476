/* The longest string of a JSON object, read by itself: a page is one string, of which jansson weighs every byte. */
#ifndef HS_INGEST_BULK_H
#define HS_INGEST_BULK_H

#include "base/arena.h"
#include "base/str.h"

typedef struct hs_bulk {
  hs_str key;   /* as it stands in the object, borrowed; no data if no string was taken out */
  hs_str value; /* without escapes, in the arena */
  hs_str rest;  /* the object with an empty string in its place, in the arena; else the object itself */
} hs_bulk;

/* Takes the longest string out of those that are values of OBJECT's own members. OBJECT is JSON or not, in UTF-8;
 * nothing is taken out of what cannot be read so far as that takes. */
hs_bulk hs_bulk_take(hs_arena *arena, hs_str object);

#endif
