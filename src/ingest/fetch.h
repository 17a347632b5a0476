/* One request over HTTP at a time, with limits on size and time, to addresses of the outside alone. */
#ifndef HS_INGEST_FETCH_H
#define HS_INGEST_FETCH_H

#include "base/arena.h"
#include "base/buffer.h"
#include "ingest/ingest.h"

/* What hearsay calls itself to servers, in robots.txt too. */
extern const char hs_fetch_agent[];

typedef struct hs_fetch hs_fetch;

/* Of READING, which is borrowed, allow_local, timeout and progress count. Errors: HS_ERROR_INPUT without libcurl. */
int hs_fetch_new(hs_fetch **out, const hs_reading *reading, hs_error *error);
void hs_fetch_free(hs_fetch *fetch);

/* Borrowed until the next request. */
typedef struct hs_answer {
  int status;           /* of HTTP */
  hs_str header;        /* its fields, each with its line's end */
  hs_str body;          /* unpacked; at most one byte past the limit of a page */
  const char *missing;  /* what of the body was not had; NULL: nothing */
  const char *redirect; /* the address that it points on to; NULL: none */
} hs_answer;

/*
 * Asks for URL; HAVE (may be NULL) says what was had of it before. Gives 0, HS_ERROR_INPUT, or HS_ERROR_STOPPED if
 * progress said so. An answer that breaks off, takes too long or is too large is one as far as it came.
 */
int hs_fetch_get(hs_fetch *fetch, hs_answer *out, const char *url, const hs_validators *have, hs_error *error);
/* Waits for SECONDS, or until progress says to stop: HS_ERROR_STOPPED. */
int hs_fetch_wait(const hs_fetch *fetch, double seconds, hs_error *error);
/* Seconds of a clock that only goes on. */
double hs_fetch_clock(void);

#endif
