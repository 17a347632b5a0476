/* The record as its own files see it. */
#ifndef HS_STORE_INSIDE_H
#define HS_STORE_INSIDE_H

#include "store/record.h"
#include "store/rows.h"

/*
 * A batch is what one transaction writes. More documents make it faster, until the index of words is flushed less often
 * than it grows; more bytes would only cost memory.
 */
enum { HS_BATCH_DOCUMENTS = 512, HS_BATCH_BYTES = 32 << 20 };

struct hs_record {
  sqlite3 *db;
  char *path;
  /* For writing only: */
  sqlite3_stmt *insert[HS_ROW_KIND_COUNT], *find_page;
  hs_rows *batch[HS_BATCH_DOCUMENTS];
  size_t batch_count, batch_bytes;
};

/* What a batch did, told after its commit. All may be NULL or 0. */
typedef struct hs_outcome {
  hs_tally *tally;
  void (*failed)(void *arg, const hs_error *error); /* for a document that the record refuses */
  void *arg;
  bool again; /* the rows take the place of those that the record has of the same page */
} hs_outcome;

/* Prepares SQL. Gives 0 or HS_ERROR_RECORD. */
int hs_record_prepare(const hs_record *record, sqlite3_stmt **out, const char *sql, hs_error *error);

/* Prepares what the writer needs. Gives 0 or HS_ERROR_RECORD. */
int hs_writer_open(hs_record *record, hs_error *error);
/* Drops what was not committed. */
void hs_writer_close(hs_record *record);
/* Is the page ID in the record or in the batch that waits? Gives 1, 0, or HS_ERROR_RECORD. */
int hs_writer_knows(const hs_record *record, int64_t id, hs_error *error);
/* Takes ROWS over; writes the batch when it is full. */
int hs_writer_put(hs_record *record, hs_rows *rows, const hs_outcome *outcome, hs_error *error);
/* Writes the batch in one transaction: wholly, but for documents that the record refuses, or not at all. */
int hs_writer_flush(hs_record *record, const hs_outcome *outcome, hs_error *error);

/* Takes the articles of the batch out of the record, but not their pages. Inside a transaction. Gives SQLite's code. */
int hs_again_delete(const hs_record *record);

#endif
