/*
 * SQLite's log (the file "-wal" beside the record) into the record: beside the writer, which would otherwise wait for
 * the disk, and with it all that read and annotate.
 */
#ifndef HS_STORE_LOG_H
#define HS_STORE_LOG_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>

typedef struct hs_log {
  int pages, moved; /* that the log holds; that it held when THREAD was started last */
  sqlite3 *db;      /* a connection for THREAD; NULL before the first time */
  pthread_t thread;
  bool started; /* and not joined */
  atomic_bool done;
} hs_log;

/* Has LOG told, from now on, how much WRITER writes. */
void hs_log_watch(hs_log *log, sqlite3 *writer);
/* Behind a transaction of WRITER, whose file is PATH: moves what is in the log into the record if that is worth it. */
void hs_log_move(hs_log *log, sqlite3 *writer, const char *path);
/* Waits for the thread. What the log still holds is moved when the writer's connection is closed. */
void hs_log_close(hs_log *log);

#endif
