/* The records of a WARC file (ISO 28500, versions 1.0 and 1.1), one by one, whatever stands between them. */
#ifndef HS_INGEST_RECORDS_H
#define HS_INGEST_RECORDS_H

#include "base/buffer.h"
#include "ingest/stream.h"

/* A record; what it points at is borrowed until the next one is asked for. */
typedef struct hs_record_found {
  uint64_t offset; /* in the file: where it begins or, if it is packed, the last gzip member or zstd frame before it
                      that opens with a record */
  hs_str header;   /* its fields */
  hs_str block;    /* its content, at most HS_LIMIT_RECORD_BYTES of it */
  uint64_t length; /* of the content */
} hs_record_found;

/* A file that is being read: {.stream = stream} at its start. */
typedef struct hs_records {
  hs_stream *stream; /* borrowed */
  size_t step;       /* how much is read at once; 0: as much as serves best */
  hs_buffer text;    /* what was read; what is not used yet begins at byte at */
  size_t at, used;   /* used: bytes from at on that the last record took */
  size_t edge;       /* the byte of text at which the last member began that was read */
  bool has_edge;     /* that member opens with a record, and at has not come to it */
  bool started, ended;
  bool lost;             /* the next record is to be looked for */
  bool severed;          /* the stream broke off, and is to be taken up again behind what text holds */
  uint64_t member, home; /* the member that was read last; the one that at is told to be in */
  hs_error broken;       /* why the stream broke off, as long as nobody was told; code 0: told, or it did not */
} hs_records;

/*
 * The next record. Gives 1, 0 at the end, or HS_ERROR_INPUT for one that is broken, or for bytes that are none, naming
 * file and place; the next call goes on with the next record that can be found.
 */
int hs_records_next(hs_records *records, hs_record_found *out, hs_error *error);
/* Does what comes next begin a record? To be asked before the first one is read. */
bool hs_records_begin(hs_records *records);
/* Frees what RECORDS holds, not the stream. */
void hs_records_free(hs_records *records);

#endif
