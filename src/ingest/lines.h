/* Lines of a stream, and JSON Lines → pages: one object a line with the fields id, text or html, url, title, published,
 * outlet, language. */
#ifndef HS_INGEST_LINES_H
#define HS_INGEST_LINES_H

#include "base/buffer.h"
#include "ingest/ingest.h"
#include "ingest/stream.h"

typedef struct hs_lines {
  hs_stream *stream; /* borrowed */
  hs_buffer text;    /* what was read and not handed out yet begins at byte at */
  size_t at;
  unsigned line; /* number of the last line handed out, from 1 */
  bool ended;
  hs_error broken; /* how the stream ended, to be told when its last line is out; code 0: well */
} hs_lines;

/* Reads more behind what text holds, before any line is taken out: to look at it. Gives false at the stream's end. */
bool hs_lines_more(hs_lines *lines);
/*
 * The next line without its newline, borrowed until the next call; of the first one without the mark of UTF-8. Gives 1,
 * or 0 at the end, or HS_ERROR_INPUT: once for each line over HS_LIMIT_LINE_BYTES and once for a stream that cannot be
 * read to its end.
 */
int hs_lines_line(hs_lines *lines, hs_str *line, hs_error *error);
/*
 * The next page. Gives 1 and *OUT, 0 at the end, HS_ERROR_INPUT for one line that is no page; the next call goes on
 * behind it. STEM names pages without an id: "STEM:7".
 */
int hs_lines_next(hs_lines *lines, const char *stem, hs_capture **out, hs_error *error);
/* Frees what LINES holds, not the stream. */
void hs_lines_free(hs_lines *lines);

#endif
