/* Feeds and sitemaps → the addresses of pages: RSS 0.9 to 2.0, Atom, JSON Feed, sitemaps with and without news. */
#ifndef HS_INGEST_FEED_H
#define HS_INGEST_FEED_H

#include "base/array.h"
#include "base/str.h"

/* Unknown strings are NULL. */
typedef struct hs_entry {
  const char *url;                 /* whole; never NULL */
  const char *published, *updated; /* ISO 8601 */
  const char *language;            /* BCP 47 */
  bool sitemap;                    /* names another sitemap, not a page */
} hs_entry;

typedef struct hs_feed {
  hs_array(hs_entry) entries; /* at most HS_LIMIT_ENTRIES; without those that have no address of the web */
  const char *broken;         /* why it could not be read to its end; NULL: it was */
} hs_feed;

/* Does BODY look like a feed or sitemap, whatever its server calls it? */
bool hs_feed_begins(hs_str body);
/*
 * Reads BODY, found at URL, which relative addresses are counted from, in CHARSET as its server says (may be empty).
 * False if it is no feed. All in OUT lives in ARENA. No entity is expanded and nothing else is opened.
 */
bool hs_feed_read(hs_feed *out, hs_arena *arena, hs_str body, const char *url, hs_str charset);

#endif
