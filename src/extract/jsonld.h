/* What a page says of its article in JSON-LD (schema.org), in all the shapes that pages use. */
#ifndef HS_EXTRACT_JSONLD_H
#define HS_EXTRACT_JSONLD_H

#include "base/array.h"
#include "base/str.h"

/* An entry of a live blog. */
typedef struct hs_update {
  hs_str headline, body, published;
} hs_update;

/* Strings in the arena; data NULL where nothing is said. */
typedef struct hs_jsonld {
  hs_str headline, published, modified, outlet, url, language, body;
  hs_array(hs_str) authors;
  hs_array(hs_str) types;      /* "@type" of every object, without what stands before a slash; at most 64 */
  hs_array(hs_update) updates; /* "liveBlogUpdate"; at most 1000, each with a day */
  bool closed;                 /* "isAccessibleForFree": false */
} hs_jsonld;

/* Reads SCRIPTS, the texts of the page's JSON-LD elements. Broken ones are left out. */
hs_jsonld hs_jsonld_read(hs_arena *arena, const hs_str *scripts, size_t count);
/* The character that the HTML reference "&NAME;" means, which pages write into JSON too; 0 if none. */
int32_t hs_jsonld_character(hs_str name);

#endif
