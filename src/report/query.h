/* Questions to the record, for reports. */
#ifndef HS_REPORT_QUERY_H
#define HS_REPORT_QUERY_H

#include "base/buffer.h"

#include <sqlite3.h>
#include <stdint.h>

/* Prepares SQL, its first parameter bound to TEXT (NULL: nothing is bound; borrowed until the statement is finalised).
 * Gives SQLite's code; *OUT is to be finalised, NULL on failure. */
int hs_query(sqlite3_stmt **out, sqlite3 *db, const char *sql, const char *text);

/* The same with the number KEY for its first parameter. */
int hs_query_key(sqlite3_stmt **out, sqlite3 *db, const char *sql, int64_t key);
/* Is there another row? Not if *CODE, SQLite's so far, is a failure; it becomes one if the row cannot be had. */
bool hs_query_next(sqlite3_stmt *rows, int *code);

/* WORDS as an FTS5 query: whatever holds all of them, in any order. Nothing in WORDS is read as syntax. */
void hs_query_match(hs_buffer *out, const char *words);

#endif
