/*
 * The web: addresses → pages, feeds → the pages that they name, once or again and again.
 *
 * One request at a time; a host is left in peace for some seconds behind each, and its robots.txt is heard.
 */
#ifndef HS_INGEST_WEB_H
#define HS_INGEST_WEB_H

#include "ingest/fetch.h"
#include "ingest/ingest.h"

typedef struct hs_web hs_web;

/* READING and MEMORY (may be NULL) are borrowed until hs_web_free. Errors: HS_ERROR_INPUT without libcurl. */
int hs_web_new(hs_web **out, const hs_reading *reading, const hs_memory *memory, hs_error *error);
/* Adds an address that the user gave: of a page, a feed or a sitemap. Gives 0, or HS_ERROR_INPUT for one that cannot be
 * asked for. */
int hs_web_add(hs_web *web, const char *address, hs_error *error);
/*
 * The next page or visit. Gives 1 and *OUT, HS_ERROR_INPUT for an address that gave no page, HS_ERROR_STOPPED where
 * progress said so, and, when all was asked for, 0 or, if READING says follow, HS_INPUT_PAUSE: the next call waits
 * until it is time, and begins anew.
 */
int hs_web_next(hs_web *web, hs_capture **out, hs_error *error);
/* Adds to KNOWN and LEFT_OUT of TALLY the pages that were not asked for: too soon after the last time, not wanted. */
void hs_web_tally(const hs_web *web, hs_tally *tally);
void hs_web_free(hs_web *web);

#endif
