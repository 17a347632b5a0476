#include "store/inside.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "store/said_filter.h"
#include "store/schema.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_FOR_WRITER_S = 10, ASK_EVERY_MS = 1 };

const char *hs_sqlite_version(void) { return sqlite3_libversion(); }

sqlite3 *hs_record_database(const hs_record *record) { return record->db; }

/* ---- what went wrong, and what to do */

static bool could_not_write(sqlite3 *db) {
  int code = sqlite3_extended_errcode(db);
  if ((code & 0xFF) == SQLITE_FULL) return true;
  return (code & 0xFF) == SQLITE_IOERR && code != SQLITE_IOERR_READ && code != SQLITE_IOERR_SHORT_READ;
}

int hs_record_fail(const hs_record *record, hs_error *error) {
  const char *path = record->path, *says = sqlite3_errmsg(record->db);
  if (could_not_write(record->db))
    return hs_fail(error, HS_ERROR_RECORD, 0,
                   "%s: nothing more can be written (%s). What was committed is kept; make room on the disk, then read "
                   "the same pages again",
                   path, says);
  switch (sqlite3_errcode(record->db) & 0xFF) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return hs_fail(
        error, HS_ERROR_RECORD, 0,
        "%s: another program is writing to this record, also after %d s. Wait until it has ended, then try again", path,
        WAIT_FOR_WRITER_S);
  case SQLITE_NOTADB:
    return hs_fail(error, HS_ERROR_RECORD, 0, "%s: this is no SQLite file, so no record. Name another file", path);
  case SQLITE_CORRUPT:
    return hs_fail(
        error, HS_ERROR_RECORD, 0,
        "%s: the record is broken (%s). Keep it aside and go back to a copy, or read the pages into a new one", path,
        says);
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_CANTOPEN:
  case SQLITE_AUTH:
    return hs_fail(error, HS_ERROR_RECORD, 0, "%s: %s. See whether you may read and write the file and its folder",
                   path, says);
  default: return hs_fail(error, HS_ERROR_RECORD, 0, "%s: %s. See whether the disk is sound", path, says);
  }
}

int hs_record_prepare(const hs_record *record, sqlite3_stmt **out, const char *sql, hs_error *error) {
  if (sqlite3_prepare_v2(record->db, sql, -1, out, NULL) == SQLITE_OK) return HS_OK;
  return hs_record_fail(record, error);
}

/* ---- opening */

/* Asks often: writers that take turns leave the record alone for a moment only (src/store/writer.c), which SQLite's own
 * way of waiting, up to 100 ms at a time, would miss. */
static int ask_again(void *unused, int times) {
  (void)unused;
  nanosleep(&(struct timespec){.tv_nsec = ASK_EVERY_MS * 1000000L}, NULL);
  return times < WAIT_FOR_WRITER_S * 1000 / ASK_EVERY_MS;
}

/* Says why the file at PATH cannot be opened, as far as the file system knows, or gives 0. */
static int check_file(const char *path, hs_access access, hs_error *error) {
  struct stat file;
  if (!path || !*path) return hs_fail(error, HS_ERROR_RECORD, 0, "no record was named");
  if (stat(path, &file) != 0) {
    if (errno != ENOENT) return hs_fail(error, HS_ERROR_RECORD, 0, "%s: %s", path, strerror(errno));
    if (access == HS_RECORD_WRITE) return HS_OK;
    return hs_fail(error, HS_ERROR_RECORD, 0, "%s: there is no such record. Make it with 'hearsay read -d %s PATH'",
                   path, path);
  }
  if (!S_ISREG(file.st_mode)) return hs_fail(error, HS_ERROR_RECORD, 0, "%s: this is no file, so no record", path);
  if (file.st_size == 0 && access == HS_RECORD_READ)
    return hs_fail(error, HS_ERROR_RECORD, 0, "%s: this file is empty. Fill it with 'hearsay read -d %s PATH'", path,
                   path);
  return HS_OK;
}

/* Says why what SQLite finds is no record for this program, or gives 0. An empty database will do for writing. */
static int check_version(const hs_record *record, hs_access access, hs_error *error) {
  int application = 0, version = 0, tables = 0;
  /* One transaction: another writer may be making the record between two questions. */
  if (sqlite3_exec(record->db, "BEGIN", NULL, NULL, NULL) ||
      hs_schema_number(record->db, "PRAGMA application_id", &application) ||
      hs_schema_number(record->db, "PRAGMA user_version", &version) ||
      hs_schema_number(record->db, "SELECT count(*) FROM sqlite_schema", &tables) ||
      sqlite3_exec(record->db, "COMMIT", NULL, NULL, NULL))
    return hs_record_fail(record, error);
  bool empty = application == 0 && version == 0 && tables == 0;
  if (empty && access == HS_RECORD_WRITE) return HS_OK;
  if (application != HS_APPLICATION_ID)
    return hs_fail(error, HS_ERROR_RECORD, 0, "%s: this is an SQLite file, but no record of hearsay. Name another file",
                   record->path);
  if (version > hs_schema_version)
    return hs_fail(error, HS_ERROR_RECORD, 0,
                   "%s: a newer hearsay made this record (version %d; this one knows %d). Use that one, or read the "
                   "pages into a new record",
                   record->path, version, hs_schema_version);
  if (version < hs_schema_version && access == HS_RECORD_READ)
    return hs_fail(error, HS_ERROR_RECORD, 0,
                   "%s: an older hearsay made this record (version %d; this one knows %d). Bring it up to date with "
                   "'hearsay read --again -d %s'",
                   record->path, version, hs_schema_version, record->path);
  return HS_OK;
}

/* A file that nobody can write needs no lock, and gets none: its folder may not take the file that holds locks. */
static char *immutable_name(const char *path) {
  hs_buffer name = {0};
  hs_buffer_text(&name, "file:");
  for (const char *c = path; *c; c++) {
    if (strchr("%?#", *c)) hs_buffer_printf(&name, "%%%02X", (unsigned)*c);
    else hs_buffer_char(&name, *c);
  }
  hs_buffer_text(&name, "?immutable=1");
  return name.data;
}

static int open_immutable(hs_record *record) {
  char *name = immutable_name(record->path);
  sqlite3_close(record->db);
  int code = sqlite3_open_v2(name, &record->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
  free(name);
  return code;
}

static bool has_log(const char *path) {
  hs_buffer name = {0};
  hs_buffer_printf(&name, "%s-wal", path);
  bool there = access(name.data, F_OK) == 0;
  hs_buffer_free(&name);
  return there;
}

/* A connection that may not write at all could not put away the two files beside the record that hold the latest pages
 * and the locks; so this one may, but no statement can change anything. */
static int open_for_reading(hs_record *record, hs_error *error) {
  int number, code = sqlite3_open_v2(record->path, &record->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  if (!code) code = sqlite3_busy_handler(record->db, ask_again, NULL);
  if (!code) code = hs_schema_number(record->db, "SELECT count(*) FROM sqlite_schema", &number);
  bool no_room_for_locks = (code & 0xFF) == SQLITE_CANTOPEN || (code & 0xFF) == SQLITE_READONLY;
  if (no_room_for_locks && !has_log(record->path)) code = open_immutable(record);
  if (!code) code = sqlite3_exec(record->db, "PRAGMA query_only = ON; PRAGMA cell_size_check = ON", NULL, NULL, NULL);
  return code ? hs_record_fail(record, error) : check_version(record, HS_RECORD_READ, error);
}

/*
 * Where two make the same record at once, SQLite lets neither wait for the other, so we do. The size of pages holds for
 * a new record.
 */
static int set_log(sqlite3 *db) {
  int code, times = 0;
  sqlite3_busy_handler(db, NULL, NULL);
  do code = sqlite3_exec(db, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL", NULL, NULL, NULL);
  while (code == SQLITE_BUSY && ask_again(NULL, times++));
  sqlite3_busy_handler(db, ask_again, NULL);
  return code;
}

static int open_for_writing(hs_record *record, hs_error *error) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  int code = sqlite3_open_v2(record->path, &record->db, flags, NULL);
  if (!code) code = sqlite3_busy_handler(record->db, ask_again, NULL);
  if (code) return hs_record_fail(record, error);
  code = check_version(record, HS_RECORD_WRITE, error);
  if (code) return code;
  static const char settings[] =
      "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;"
      "PRAGMA journal_size_limit = 67108864; PRAGMA cell_size_check = ON;"
      /* The writer gives keys and deletes in order (again.c), and what it deletes is no secret. */
      "PRAGMA foreign_keys = OFF; PRAGMA secure_delete = OFF;"
      "BEGIN IMMEDIATE; ROLLBACK"; /* finds out at once whether another one writes */
  if (set_log(record->db) || sqlite3_exec(record->db, settings, NULL, NULL, NULL) ||
      hs_schema_migrate(record->db, hs_schema_steps, hs_schema_version))
    return hs_record_fail(record, error);
  return hs_writer_open(record, error);
}

int hs_record_open(hs_record **out, const char *path, hs_access access, hs_error *error) {
  *out = NULL;
  int code = check_file(path, access, error);
  if (code) return code;
  hs_record *record = hs_calloc(1, sizeof *record);
  record->path = hs_alloc(strlen(path) + 1);
  strcpy(record->path, path);
  code = access == HS_RECORD_WRITE ? open_for_writing(record, error) : open_for_reading(record, error);
  if (!code && hs_said_register(record->db)) code = hs_record_fail(record, error);
  if (code) hs_record_free(record);
  else *out = record;
  return code;
}

void hs_record_free(hs_record *record) {
  if (!record) return;
  hs_record_commit(record, NULL);
  hs_writer_close(record);
  sqlite3_close(record->db);
  free(record->path);
  free(record);
}
