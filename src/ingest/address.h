/* Addresses of the web (RFC 3986). */
#ifndef HS_INGEST_ADDRESS_H
#define HS_INGEST_ADDRESS_H

#include "base/arena.h"
#include "base/str.h"

/* Does S begin with http:// or https://? */
bool hs_address_is_web(hs_str s);
/* TEXT, which may be relative to BASE (NULL: it may not), as a whole address of http or https without fragment, in
 * ARENA. NULL for what is none, for one with a user's name or password, for one over 4 KiB or in no UTF-8, and without
 * libcurl. */
const char *hs_address_resolve(hs_arena *arena, const char *base, hs_str text);
/* Scheme, host and port of a whole address: "https://post.example". */
hs_str hs_address_origin(const char *address);
/* The host alone. */
hs_str hs_address_host(const char *address);
/* ADDRESS without scheme, query and fragment. */
hs_str hs_address_bare(hs_str address);
/* What a page at ADDRESS is called: the last part of it that is not empty, without an ending of pages, so that the same
 * page has the same name wherever it is kept. UTF-8 in ARENA; NULL if there is none. */
const char *hs_address_name(hs_arena *arena, hs_str address);

#endif
