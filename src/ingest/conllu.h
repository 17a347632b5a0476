/* CoNLL-U (universaldependencies.org/format.html): its rows, and streams of it cut into pages of whole sentences. */
#ifndef HS_INGEST_CONLLU_H
#define HS_INGEST_CONLLU_H

#include "base/str.h"
#include "ingest/lines.h"

typedef enum hs_conllu_kind {
  HS_CONLLU_BLANK,   /* ends a sentence */
  HS_CONLLU_COMMENT, /* # … */
  HS_CONLLU_WORD,    /* 3 */
  HS_CONLLU_RANGE,   /* 3-4: a token of several words, which follow */
  HS_CONLLU_EMPTY    /* 3.1: a word that is not there */
} hs_conllu_kind;

typedef struct hs_conllu_row {
  hs_conllu_kind kind;
  hs_str line;           /* without its end */
  hs_str id, form, misc; /* of words, ranges and empty words; form is not empty */
  uint32_t words;        /* of the sentence, up to and with this row; of a range up to its last one */
} hs_conllu_row;

/* Where in a sentence the next row stands; {0} at its start. */
typedef struct hs_conllu_place {
  uint32_t words, range_end, empties; /* empties since the last word */
} hs_conllu_place;

/* Reads LINE, which has no newline, as the row at PLACE, which moves on. Gives NULL, or what is wrong, and PLACE is of
 * no more use then. */
const char *hs_conllu_row_read(hs_conllu_row *out, hs_str line, hs_conllu_place *place);

/* Takes the next item, which may be empty, off MISC, whose items are parted by |; false if there is none. */
bool hs_conllu_misc_next(hs_str *misc, hs_str *item);

/* A stream that is being cut. */
typedef struct hs_conllu {
  hs_lines lines;
  hs_buffer sentences; /* sound and whole, to be handed out */
  hs_error broken;     /* to be told behind them; code 0: nothing */
} hs_conllu;

/* Is what begins LINES CoNLL-U? Reads up to its first row that is no comment, but no more than 64 KiB. */
bool hs_conllu_begins(hs_lines *lines);
/*
 * The next sentences, as a page of HS_MEDIA_CONLLU with the id STEM. Gives 1 and *OUT, 0 at the end, HS_ERROR_INPUT for
 * one sentence that is broken or over HS_LIMIT_CONLLU_BYTES, naming its line; the next call goes on behind it.
 */
int hs_conllu_next(hs_conllu *conllu, const char *stem, hs_capture **out, hs_error *error);
/* Frees what CONLLU holds, not the stream. */
void hs_conllu_free(hs_conllu *conllu);

#endif
