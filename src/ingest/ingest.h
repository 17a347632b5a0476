/* Files, folders, archives and streams → pages. */
#ifndef HS_INGEST_INGEST_H
#define HS_INGEST_INGEST_H

#include "base/arena.h"
#include "hearsay.h"

#include <time.h>

/* What a server called the state of a page or feed that it sent; to be told when it is asked again. NULL: nothing. */
typedef struct hs_validators {
  const char *etag, *last_modified;
} hs_validators;

/* That an address was asked for. */
typedef struct hs_visit {
  const char *url, *etag, *last_modified;
  const char *at; /* ISO 8601 */
} hs_visit;

/* What is known of earlier visits. */
typedef struct hs_recalled {
  hs_validators have;
  time_t first, last; /* 0: none */
} hs_recalled;
typedef struct hs_memory {
  void (*recall)(void *arg, const char *url, hs_arena *arena, hs_recalled *out); /* strings in ARENA */
  void *arg;
} hs_memory;

/* A page that owns its bytes and strings, or a visit that brought none. */
typedef struct hs_capture {
  hs_page page;         /* data NULL: none */
  hs_visit *visit;      /* NULL for what is not of the web */
  bool unchanged;       /* the page is as it was at the last visit */
  const char *day;      /* of its publication, as a feed tells; NULL if none does */
  const char *name;     /* where it came from, for messages: "news/a.html", "dump.jsonl:12" */
  const char *language; /* what the server called the page's language; NULL if it did not */
  hs_arena *arena;      /* holds all that page and name point at */
} hs_capture;
void hs_capture_free(hs_capture *capture);

typedef struct hs_input hs_input;

/* What hs_input_next gives where everything was read for now and the next call waits. */
enum { HS_INPUT_PAUSE = 2 };

/* READING and MEMORY, which may be NULL, are borrowed until hs_input_free. A path that cannot be read is told by
 * hs_input_next, not here. */
hs_input *hs_input_open(const hs_reading *reading, const hs_memory *memory);
/*
 * The next page that READING may want, in the order of its paths, folders sorted by byte value. Gives 1 and *OUT, or 0
 * at the end, or HS_ERROR_INPUT for one input that cannot be read: its name is in ERROR, and the next call goes on
 * behind it. A page without an id of its own gets the file's name without folder and endings, in JSON Lines with its
 * line, "news:7", in archives the last part of its address. A page over HS_LIMIT_PAGE_BYTES is read one byte further,
 * which shows that there was more. Addresses of the web come behind all files; for them it may give HS_INPUT_PAUSE or
 * HS_ERROR_STOPPED too (web.h).
 */
int hs_input_next(hs_input *input, hs_capture **out, hs_error *error);
/* Adds to PASSED and LEFT_OUT of TALLY what was met so far. */
void hs_input_tally(const hs_input *input, hs_tally *tally);
/* Fills bytes and bytes_total; what is packed counts as packed. */
void hs_input_progress(const hs_input *input, hs_progress *progress);
void hs_input_free(hs_input *input);

#endif
