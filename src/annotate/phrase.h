/* Noun phrases and clauses by rule, without a tree: where the subject of a verb begins, where a clause ends. */
#ifndef HS_ANNOTATE_PHRASE_H
#define HS_ANNOTATE_PHRASE_H

#include "annotate/words.h"

/*
 * The noun phrase that ends right before token AT, apposition and relative clause between commas included ("Ana Orlo,
 * the mayor of Vesta,"), not reaching below LOW. Empty if none ends there.
 */
hs_range hs_phrase_before(const hs_words *words, uint32_t low, uint32_t at);

/*
 * The noun phrase that begins at AT and ends before HIGH, with all that describes it behind it ("Ana Orlo, mayor of
 * Vesta since 2029, on Monday" gives the words before "on"). Empty if none begins there.
 */
hs_range hs_phrase_behind(const hs_words *words, uint32_t at, uint32_t high);

/* May token I be the first of a noun phrase? */
bool hs_phrase_begins(const hs_words *words, uint32_t i);

/* The first finite verb in [first, end), or END. Verbs inside quotation marks count. */
uint32_t hs_phrase_verb(const hs_words *words, uint32_t first, uint32_t end);

/* Is token I a verb here, as far as the words before it tell? */
bool hs_phrase_is_verb(const hs_words *words, uint32_t i);

/* The token behind a time expression or adverb that begins at I ("on Monday", "last week", "recently"), else I. */
uint32_t hs_phrase_skip_time(const hs_words *words, uint32_t i, uint32_t end);

#endif
