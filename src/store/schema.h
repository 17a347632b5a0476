/* The shape of the record and how an older one is brought up to date. docs/record.md explains each column. */
#ifndef HS_STORE_SCHEMA_H
#define HS_STORE_SCHEMA_H

#include <sqlite3.h>

enum { HS_APPLICATION_ID = 0x68656172 /* "hear" */ };

/* Step N of hs_schema_steps brings a record of version N to version N + 1; an empty file is version 0. */
extern const char *const hs_schema_steps[];
/* The version that this program writes: the number of steps. */
extern const int hs_schema_version;

/*
 * Runs the steps that DB lacks, of COUNT, each in a transaction of its own: one that fails leaves the version before it
 * whole. Gives SQLite's code. DB must be no newer than COUNT.
 */
int hs_schema_migrate(sqlite3 *db, const char *const *steps, int count);
/* The first column of the first row that SQL gives, as *NUMBER. Gives SQLite's code. */
int hs_schema_number(sqlite3 *db, const char *sql, int *number);

#endif
