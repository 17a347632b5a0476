/* Archives of captured pages, WARC files → pages: the answers of servers that are HTML or plain text. */
#ifndef HS_INGEST_WARC_H
#define HS_INGEST_WARC_H

#include "ingest/ingest.h"
#include "ingest/records.h"

typedef struct hs_warc {
  hs_records records;
  const hs_reading *reading; /* which pages are wanted; NULL: all */
  const char *archive;       /* what the record calls it; NULL: its file's name */
  hs_buffer body;            /* of the page at hand, unpacked */
  uint64_t passed;           /* records that hold no page: requests, images, answers other than 200 */
  uint64_t left_out;         /* pages that are not wanted */
} hs_warc;

/*
 * The next page, its id made from the last part of its address. Gives 1 and *OUT, 0 at the end, HS_ERROR_INPUT for one
 * record that is broken, naming its place; the next call goes on behind it. The page of a "response" is the body of a
 * 200, of a "resource" or "conversion" with an address of the web the content itself.
 */
int hs_warc_next(hs_warc *warc, hs_capture **out, hs_error *error);
/* Frees what WARC holds, not the stream. */
void hs_warc_free(hs_warc *warc);

#endif
