/* What surrounds articles on pages, as data/furniture.tsv tells it. */
#ifndef HS_EXTRACT_FURNITURE_H
#define HS_EXTRACT_FURNITURE_H

#include "base/arena.h"
#include "base/str.h"

/* What a phrase does to the block in which it stands. */
typedef enum hs_drops {
  HS_DROPS_BLOCK,   /* drops it */
  HS_DROPS_SECTION, /* drops it and the short blocks behind it */
  HS_DROPS_PLEA,    /* drops it and what follows as long as it speaks to the reader */
  HS_DROPS_CAPTION, /* tells that it is the caption of a picture */
  HS_DROPS_BYLINE,  /* names the author */
  HS_DROPS_KEEP,    /* the article itself */
  HS_DROPS_NOTHING
} hs_drops;

typedef struct hs_phrase {
  hs_str text; /* folded; borrowed from the table or its arena */
  hs_drops drops;
  const char *reason;
  uint8_t where;
  struct hs_phrase *next; /* the next one with the same first word */
} hs_phrase;

typedef struct hs_furniture hs_furniture;
struct hs_work;

/* Reads data/furniture.tsv into ARENA. */
const hs_furniture *hs_furniture_new(hs_arena *arena);
/* The first phrase for class and id words that stands in VALUE, "articleBody__share"; NULL if there is none. */
const hs_phrase *hs_furniture_class(const hs_furniture *furniture, hs_str value);
/* Drops the kept blocks of WORK that are furniture by their words. */
void hs_furniture_drop(struct hs_work *work);
/* Drops the kept blocks that stand in the page before. */
void hs_furniture_drop_repeats(struct hs_work *work);

#endif
