/*
 * What the ranges of a learned attribution are mended with: the finder learned its edges from a corpus where quotation
 * marks stand now within and now without, and sees some words around a cue at a time.
 */
#ifndef HS_ANNOTATE_EDGES_H
#define HS_ANNOTATE_EDGES_H

#include "annotate/attribution.h"

/* RANGE, a content of CUE, with the quotation marks that belong to it and to the end of what they hold, without a
 * dateline at its start, in one paragraph, to the end of the phrase that it ends in; empty if nothing is left. */
hs_range hs_edges_content(const hs_search *search, hs_range cue, hs_range range);
/* RANGE, a source of CUE, without the beginning of a clause whose rest is missing, with all that the marks hold that it
 * ends in and to the end of its phrase. */
hs_range hs_edges_source(const hs_search *search, hs_range cue, hs_range range);
/* The cue of A without the day, the occasion, and what leads to them: "said" of "said on Monday", "said during his
 * daily briefing", "said at" the time. */
hs_range hs_edges_cue(const hs_words *words, const hs_attribution *a);
/* A quotation that stands in marks over several paragraphs becomes content of A as a whole, though only parts of it
 * are; but for paragraphs that are claimed already. */
void hs_edges_join_paragraphs(hs_search *search, hs_attribution *a);
/* "said the dam was safe and insisted that nobody would move": what A says ends before the cue of NEXT, the attribution
 * found behind it, if both have one source. */
void hs_edges_coordinate(const hs_search *search, hs_attribution *a, const hs_attribution *next);

#endif
