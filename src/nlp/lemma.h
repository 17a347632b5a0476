/* Lemmas by learned rules of suffixes. */
#ifndef HS_NLP_LEMMA_H
#define HS_NLP_LEMMA_H

#include "base/arena.h"
#include "base/str.h"

/* Read-only once made, shared by threads. */
typedef struct hs_lemmas hs_lemmas;

/*
 * The rules of TEXT, a model's "lemmas", which is borrowed: lines
 *
 *   XPOS <tab> SUFFIX <tab> STRIP <tab> APPEND <tab> CASE
 *
 * SUFFIX ends the word in small letters, or is all of it with ^ before it; it may be empty. STRIP is how many
 * characters go off the word's end, APPEND what comes in their place. CASE is "lower" if the word is put into small
 * letters first, or "keep". Errors: HS_ERROR_MODEL, naming the line.
 */
int hs_lemmas_new(hs_lemmas **out, hs_str text, hs_error *error);
void hs_lemmas_free(hs_lemmas *lemmas);

/* The lemma of FORM (valid UTF-8, not empty) as the word class XPOS by the rule of the longest suffix, in ARENA; in
 * small letters if no rule fits. Linear in FORM. */
const char *hs_lemma(const hs_lemmas *lemmas, hs_str form, const char *xpos, hs_arena *arena);

#endif
