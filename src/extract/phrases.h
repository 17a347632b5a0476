/* Tables of phrases, and texts folded so that they can be compared with them. */
#ifndef HS_EXTRACT_PHRASES_H
#define HS_EXTRACT_PHRASES_H

#include "base/arena.h"
#include "base/str.h"

enum { HS_FOLDED_BYTES = 400 };

/* A text as phrases are compared: lower case, one blank between words, plain quotation marks and dashes. */
typedef struct hs_folded {
  char data[HS_FOLDED_BYTES + 8];
  size_t size;
  bool whole; /* not cut */
} hs_folded;

void hs_fold(hs_folded *out, hs_str s);
/* Class and id words: "articleBody__share-tools" is "article body share tools". */
void hs_fold_class(hs_folded *out, hs_str s);
static inline hs_str hs_folded_str(const hs_folded *f) { return (hs_str){f->data, f->size}; }

/* A row of a table: phrase, kind, effect, note. */
typedef struct hs_phrase {
  hs_str text;            /* borrowed from the table */
  unsigned kind;          /* 1 << place of its kind in the list of kinds */
  int effect;             /* place of its effect in the list of effects, or its number; -1 if neither */
  const char *note;       /* its fourth column */
  struct hs_phrase *next; /* the next one with the same first word */
} hs_phrase;

typedef struct hs_phrases hs_phrases;

/* Reads data/NAME.tsv into ARENA. KINDS and EFFECTS are lists of words that end in NULL. */
const hs_phrases *hs_phrases_new(hs_arena *arena, const char *name, const char *const *kinds,
                                 const char *const *effects);
/* The longest phrase of one of KINDS that stands, as whole words, at byte AT of the folded S; NULL if none does. */
const hs_phrase *hs_phrases_at(const hs_phrases *phrases, hs_str s, size_t at, unsigned kinds);
/* The start of the next word behind byte AT of the folded S; s.size if there is none. */
size_t hs_phrases_next(hs_str s, size_t at);
/* The folded S without the marks around it: "» share:" is "share". */
hs_str hs_phrases_bare(hs_str s);

#endif
