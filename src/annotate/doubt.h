/*
 * What was found and is no statement of anybody, or not of the one to whom it was given: left out or mended, once all
 * attributions stand.
 */
#ifndef HS_ANNOTATE_DOUBT_H
#define HS_ANNOTATE_DOUBT_H

#include "annotate/attribution.h"

/* Mends what SEARCH found, and leaves out what is none. */
void hs_search_doubt(hs_search *search);
/* Of what SEARCH found, in the order of contents: "added that nobody had come, but said that" are two statements of one
 * source, side by side. */
void hs_search_share(hs_search *search);

#endif
