/*
 * The tables of data/, compiled into the library. A table is lines of tab-separated columns; lines that are empty or
 * begin with '#' say what it is. Column numbers begin with 0.
 */
#ifndef HS_BASE_TABLE_H
#define HS_BASE_TABLE_H

#include "base/str.h"

typedef struct hs_table {
  const char *name; /* "cues" for data/cues.tsv */
  hs_str text;
} hs_table;

/* All tables by name, the last one's name NULL. Made by the build from data/. */
extern const hs_table hs_tables[];
/* Eight digits of the SHA-256 of all of them. */
extern const char hs_tables_version[];
/* The table NAME. Asking for one that is not there is a programming error. */
hs_str hs_table_named(const char *name);

enum { HS_TABLE_COLUMNS = 8 };

typedef struct hs_row {
  hs_str column[HS_TABLE_COLUMNS]; /* missing ones are empty */
  unsigned line;                   /* from 1 */
} hs_row;

/*
 * Reads the next row of TABLE from byte *AT on, false at its end:
 *
 *   hs_row row = {0};
 *   for (size_t at = 0; hs_table_next(table, &at, &row);) use(row.column[0]);
 */
bool hs_table_next(hs_str table, size_t *at, hs_row *row);

#endif
