/*
 * What was found and is no statement of anybody, or not of the one to whom it was given: left out or mended, once all
 * attributions stand. In this order: none.c says what is no statement, trim.c takes from each one what is not
 * said, grow.c adds what is, doubt.c mends those that stand beside each other.
 */
#ifndef HS_ANNOTATE_DOUBT_H
#define HS_ANNOTATE_DOUBT_H

#include "annotate/attribution.h"

/* Mends what SEARCH found, and leaves out what is none. */
void hs_search_doubt(hs_search *search);
/* Of what SEARCH found, in the order of contents: "added that nobody had come, but said that" are two statements of one
 * source, side by side. */
void hs_search_share(hs_search *search);

/* Is A no statement at all, or nobody's? */
bool hs_doubt_is_none(const hs_search *search, const hs_attribution *a);
/* "in a rare statement", "at a rally in Teal": the noun of what carries or holds the words of A, if token I begins it
 * and it hangs on the cue, or on what is said without being known there; HS_NO_TOKEN if not. */
uint32_t hs_doubt_carrier(const hs_words *words, const hs_attribution *a, uint32_t i);

/* "said | on condition of anonymity | that": the words behind the verb of A, and before what is said, that tell why the
 * source has no name; empty if there are none. */
hs_range hs_doubt_unnamed(const hs_words *words, const hs_attribution *a);
/* Mends A by its own words and tree: who says it, which parts are said, where they end. */
void hs_doubt_trim(const hs_search *search, hs_attribution *a);
/* Adds to what A says the words that belong to it by the tree and that no cue claims. */
void hs_doubt_grow(const hs_search *search, hs_attribution *a);

#endif
