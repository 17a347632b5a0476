/* Files, folders, archives and streams → pages. */
#ifndef HS_INGEST_INGEST_H
#define HS_INGEST_INGEST_H

#include "base/arena.h"
#include "hearsay.h"

/* A page that owns its bytes and strings. */
typedef struct hs_capture {
  hs_page page;
  const char *name;     /* where it came from, for messages: "news/a.html", "dump.jsonl:12" */
  const char *language; /* what the server called the page's language; NULL if it did not */
  hs_arena *arena;      /* holds all that page and name point at */
} hs_capture;
void hs_capture_free(hs_capture *capture);

typedef struct hs_input hs_input;

/* READING is borrowed until hs_input_free. A path that cannot be read is told by hs_input_next, not here. */
hs_input *hs_input_open(const hs_reading *reading);
/*
 * The next page that READING may want, in the order of its paths, folders sorted by byte value. Gives 1 and *OUT, or 0
 * at the end, or HS_ERROR_INPUT for one input that cannot be read: its name is in ERROR, and the next call goes on
 * behind it. A page without an id of its own gets the file's name without folder and endings, in JSON Lines with its
 * line, "news:7", in archives the last part of its address. A page over HS_LIMIT_PAGE_BYTES is read one byte further,
 * which shows that there was more.
 */
int hs_input_next(hs_input *input, hs_capture **out, hs_error *error);
/* Adds to PASSED and LEFT_OUT of TALLY what was met so far. */
void hs_input_tally(const hs_input *input, hs_tally *tally);
/* Fills bytes and bytes_total; what is packed counts as packed. */
void hs_input_progress(const hs_input *input, hs_progress *progress);
void hs_input_free(hs_input *input);

#endif
