/* Which quotations somebody asks for, as a condition in SQL: what the list of them and their counts share. */
#ifndef HS_STORE_SAID_FILTER_H
#define HS_STORE_SAID_FILTER_H

#include "base/buffer.h"
#include "store/days.h"
#include "store/inside.h"

typedef struct hs_said_condition {
  const hs_said_filter *filter;
  hs_buffer where; /* " AND …" for each thing asked, on columns of the table quotation */
  hs_buffer match; /* for :match; size 0: no words are asked for */
  hs_day since, until;
  int64_t article;
  bool versions;  /* there are older versions of pages, which do not count */
  bool corrected; /* people corrected quotations: what they say is asked, where they say it */
  bool whole;     /* nothing else is left out, and nothing corrected */
} hs_said_condition;

/* Fills CONDITION, to be freed in any case; FILTER is borrowed. Gives 0, HS_ERROR_USAGE for a filter that makes no
 * sense, or HS_ERROR_RECORD. */
int hs_said_condition_of(hs_said_condition *condition, const hs_record *record, const hs_said_filter *filter,
                         hs_error *error);
void hs_said_condition_free(hs_said_condition *condition);
/* Gives STATEMENT, in whose SQL the condition stands, its values; CONDITION must outlive it. */
void hs_said_condition_bind(sqlite3_stmt *statement, const hs_said_condition *condition);

/* Gives a connection the function holds(text, words): does TEXT hold WORDS, whole and in a row, without regard to case
 * and accents? Gives SQLite's code. */
int hs_said_register(sqlite3 *db);

#endif
