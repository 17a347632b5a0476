#include "store/log.h"

#include <stddef.h>

/* Pages of 8 KiB. While the writer goes on, the log does not begin anew, so that it grows; at MOST pages the writer
 * waits. */
enum { WORTH_IT = 8192, MOST = 4 * WORTH_IT };

static int note(void *log_, sqlite3 *db, const char *name, int pages) {
  (void)db, (void)name;
  hs_log *log = log_;
  if (pages < log->pages) log->moved = 0; /* it began anew */
  log->pages = pages;
  return SQLITE_OK;
}

void hs_log_watch(hs_log *log, sqlite3 *writer) { sqlite3_wal_hook(writer, note, log); }

/* Not worth an error: what could not be moved now is moved later. */
static void move(sqlite3 *db) { sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL); }

static void *move_in_background(void *log_) {
  hs_log *log = log_;
  move(log->db);
  log->done = true;
  return NULL;
}

static void join(hs_log *log) {
  if (log->started) pthread_join(log->thread, NULL);
  log->started = false;
}

/* SQLite moves nothing by a connection that has not read from the record yet. */
static bool can_start(hs_log *log, const char *path) {
  if (log->db) return true;
  int code = sqlite3_open_v2(path, &log->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (!code) code = sqlite3_exec(log->db, "PRAGMA synchronous = NORMAL; PRAGMA schema_version", NULL, NULL, NULL);
  if (!code) return true;
  sqlite3_close(log->db);
  log->db = NULL;
  return false;
}

void hs_log_move(hs_log *log, sqlite3 *writer, const char *path) {
  if (log->pages - log->moved < WORTH_IT) return;
  if (log->started && !log->done && log->pages < MOST) return;
  join(log);
  log->done = false;
  log->started =
      log->pages < MOST && can_start(log, path) && pthread_create(&log->thread, NULL, move_in_background, log) == 0;
  if (log->started) log->moved = log->pages;
  else move(writer);
}

void hs_log_close(hs_log *log) {
  join(log);
  sqlite3_close(log->db);
  log->db = NULL;
}
