/* The record as its own files see it. */
#ifndef HS_STORE_INSIDE_H
#define HS_STORE_INSIDE_H

#include "annotate/document.h"
#include "store/log.h"
#include "store/record.h"
#include "store/rows.h"

#include <pthread.h>

/* What one transaction writes. More documents make it faster, since each list of the index of words is then written
 * once for many; they also cost memory, twice: one batch is written while the next one fills. */
enum { HS_BATCH_DOCUMENTS = 512, HS_BATCH_BYTES = 32 << 20 };

typedef struct hs_batch {
  hs_rows *items[HS_BATCH_DOCUMENTS];
  size_t count, bytes;
  hs_error failure; /* why none of it was written; code 0 if it was */
} hs_batch;

struct hs_record {
  sqlite3 *db;
  char *path;
  /* For writing only: */
  sqlite3_stmt *insert[HS_ROW_KIND_COUNT], *find_page, *last_keys, *set_counted, *forget;
  sqlite3_stmt *version_before, *version_after, *set_newer;
  hs_batch batches[2], *filling;
  hs_batch *writing; /* by THREAD, to which the connection belongs as long; NULL if there is none */
  pthread_t thread;
  hs_log log;
};

/* Who wants to know what became of the documents. All may be NULL or 0. */
typedef struct hs_outcome {
  hs_tally *tally;
  void (*failed)(void *arg, const hs_error *error); /* for a document that the record refuses */
  void *arg;
  bool background; /* a thread may write full batches; hs_writer_flush before the record is used for anything else */
} hs_outcome;

/* Prepares SQL. Gives 0 or HS_ERROR_RECORD. */
int hs_record_prepare(const hs_record *record, sqlite3_stmt **out, const char *sql, hs_error *error);

/* Prepares what the writer needs. Gives 0 or HS_ERROR_RECORD. */
int hs_writer_open(hs_record *record, hs_error *error);
/* Drops what was not committed. */
void hs_writer_close(hs_record *record);
/* Takes ROWS over; writes the batch when it is full. */
int hs_writer_put(hs_record *record, hs_rows *rows, const hs_outcome *outcome, hs_error *error);
/* Writes what waits: each batch wholly, but for documents that the record refuses, or not at all. */
int hs_writer_flush(hs_record *record, const hs_outcome *outcome, hs_error *error);

/* The versions of a page around one that is about to be written; keys, 0 for none. */
typedef struct hs_neighbours {
  int64_t before, after;
  bool same; /* the one before it has the same article in it */
} hs_neighbours;

/* Prepares what hs_versions_find and hs_versions_link need. Gives 0 or HS_ERROR_RECORD. */
int hs_versions_open(hs_record *record, hs_error *error);
void hs_versions_close(hs_record *record);
/* Finds the versions around ROWS, whose page was captured at an address; else none. Gives SQLite's code. */
int hs_versions_find(const hs_record *record, const hs_rows *rows, hs_neighbours *out);
/* Sets the page KEY, which is written, between its neighbours. Gives SQLite's code. */
int hs_versions_link(const hs_record *record, int64_t key, const hs_neighbours *neighbours);

/* Takes the articles that those of BATCH with a key replace out of the record, but not their pages. Inside a
 * transaction. Gives SQLite's code. */
int hs_again_delete(const hs_record *record, const hs_batch *batch);

/*
 * What a reading learns of outlets' habits, page by page in input order: each page is read with what the pages before
 * it taught, and teaches the pages behind it. The writer counts the same pages in the same order, in the transaction in
 * which they come in, so that a reading that begins where another one ended knows what that one knew.
 */
typedef struct hs_learner hs_learner;
/* Reads by a connection of its own. Errors: HS_ERROR_RECORD. */
int hs_learner_open(hs_learner **out, const hs_record *record, hs_error *error);
void hs_learner_free(hs_learner *learner);
/* Drops from DOC's article what is a habit, counts its passages, and sets what is known of JOB's page; in its turn.
 * Says whether the page is a new one. */
bool hs_learner_learn(hs_learner *learner, hs_page_job *job, hs_doc *doc, hs_turn *turn);

#endif
