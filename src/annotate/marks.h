/*
 * Quotation marks: which stretches of the text stand in them. A quotation that goes on over paragraphs opens each with
 * a mark and closes once; a mark that is never closed is closed where its paragraph ends. Marks inside marks belong to
 * what is quoted.
 */
#ifndef HS_ANNOTATE_MARKS_H
#define HS_ANNOTATE_MARKS_H

#include "annotate/words.h"

typedef struct hs_quoted {
  hs_range range; /* tokens, the marks included */
  uint32_t paragraph;
  bool closed;   /* ends in a mark of its own */
  bool goes_on;  /* the next stretch continues it in the next paragraph */
  bool fragment; /* a few words without a stop: a scare quote, a title, a nickname, a part of a sentence */
  bool name;     /* a title or nickname: `the film "Long Road"`, `John "Jack" Smith` */
} hs_quoted;

typedef struct hs_marks {
  hs_quoted *items;
  size_t count, capacity;
  uint32_t *at; /* [words] 1 + the index of the stretch that the token stands in, 0 outside */
} hs_marks;

/* The stretches in quotation marks, in text order, none within another. */
void hs_marks_find(hs_marks *out, const hs_words *words, hs_arena *arena);

#endif
