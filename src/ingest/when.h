/* Times as the protocols of the net write them: RFC 822 and its followers, ISO 8601. */
#ifndef HS_INGEST_WHEN_H
#define HS_INGEST_WHEN_H

#include "base/arena.h"
#include "base/str.h"

#include <time.h>

/* S as ISO 8601, in ARENA: "Wed, 12 Mar 2031 08:00:00 GMT" is "2031-03-12T08:00:00Z"; what is ISO 8601 already stays as
 * it is. NULL for anything else, and for what is no ISO 8601 where there is no libcurl to read it. */
const char *hs_when_read(hs_arena *arena, hs_str s);
/* "2031-03-12T08:00:00Z", in ARENA. */
const char *hs_when_write(hs_arena *arena, time_t when);
/* The second that ISO, as above, means; a day its first one. -1 for anything else. */
time_t hs_when_seconds(const char *iso);

#endif
