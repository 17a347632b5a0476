/* What surrounds articles on pages, as data/furniture.tsv tells it. */
#ifndef HS_EXTRACT_FURNITURE_H
#define HS_EXTRACT_FURNITURE_H

#include "extract/phrases.h"

/* What a phrase does to the block in which it stands; in the order of the effects in hs_furniture_new. */
typedef enum hs_drops {
  HS_DROPS_BLOCK,   /* drops it */
  HS_DROPS_SECTION, /* drops it and the short blocks behind it */
  HS_DROPS_PLEA,    /* drops it and what follows as long as it speaks to the reader */
  HS_DROPS_CAPTION, /* tells that it is the caption of a picture */
  HS_DROPS_BYLINE,  /* names the author */
  HS_DROPS_KEEP     /* the article itself */
} hs_drops;

struct hs_work;

/* Reads data/furniture.tsv into ARENA. */
const hs_phrases *hs_furniture_new(hs_arena *arena);
/* The first phrase for class and id words that stands in VALUE, "articleBody__share"; NULL if there is none. */
const hs_phrase *hs_furniture_class(const hs_phrases *furniture, hs_str value);
/* Does S, or its beginning, speak to the reader of the page, outside quotation marks? */
bool hs_furniture_speaks_to_reader(const hs_phrases *furniture, hs_str s);
/* Drops the kept blocks of WORK that are furniture by their words. */
void hs_furniture_drop(struct hs_work *work);
/* Drops the kept blocks that stand in the page before. */
void hs_furniture_drop_repeats(struct hs_work *work);

#endif
