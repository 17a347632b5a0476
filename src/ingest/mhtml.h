/* Pages that a browser saved as MHTML (RFC 2557): a message of MIME whose first part of HTML is the page. */
#ifndef HS_INGEST_MHTML_H
#define HS_INGEST_MHTML_H

#include "base/arena.h"
#include "base/str.h"

/* Does S begin as such a message does? */
bool hs_mhtml_begins(hs_str s);
/*
 * Finds the page in MESSAGE: fills data, size, media, charset, url and captured of PAGE, copied into ARENA. False if
 * there is no part of HTML or text in it.
 */
bool hs_mhtml_read(hs_page *page, hs_arena *arena, hs_str message);

#endif
