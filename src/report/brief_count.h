/* What the brief tells is chosen here: the articles that count, the days, and each day's surest quotations. */
#ifndef HS_REPORT_BRIEF_COUNT_H
#define HS_REPORT_BRIEF_COUNT_H

#include "report/brief.h"

#include <sqlite3.h>

/* A quotation that may be told. */
typedef struct hs_candidate {
  int64_t key;
  double confidence;
} hs_candidate;

typedef struct hs_day_count {
  const char *day; /* NULL: not known */
  uint64_t count;
  hs_candidate best[HS_BRIEF_DAY]; /* the surest first */
  size_t best_count;
} hs_day_count;

/* Days in order; those of a story are all there, those of the whole record only as far as they are told. */
typedef struct hs_day_counts {
  hs_array(hs_day_count) dated;
  hs_day_count undated;
} hs_day_counts;

/*
 * Fills the counts and the span of days of BRIEF, and *DAYS, from the articles that the FTS5 query MATCH finds, or all
 * if it is NULL. Gives SQLite's code.
 */
int hs_brief_count(hs_day_counts *days, hs_brief *brief, sqlite3 *db, const char *match);

#endif
