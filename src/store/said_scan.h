/*
 * All the quotations that somebody asks for, as numbers: what orders by name and counts are made from. The names come
 * out of indexes that have them in order, each once, rather than out of a row for each quotation.
 */
#ifndef HS_STORE_SAID_SCAN_H
#define HS_STORE_SAID_SCAN_H

#include "base/array.h"
#include "store/said_filter.h"

/* "2031-03-04" as 20310304; 0 for anything else, NULL too. */
uint32_t hs_day_number_of(const char *day);

/* Keys of rows; days as the number 20310304, 0: not known. */
typedef struct hs_scanned {
  int64_t key, id, article, speaker; /* speaker 0: unresolved */
  uint32_t place, first_day, last_day;
} hs_scanned;

/* A name and its kind, as rows of a table have them. */
typedef struct hs_label {
  const char *name, *kind; /* in the arena; kind may be NULL */
} hs_label;

/* Which label each row of a table has, by its key. */
typedef struct hs_labels {
  hs_array(hs_label) names;
  uint32_t *of;   /* [last_key + 1]: the place among the names + 1; 0: no name */
  uint32_t *rank; /* [last_key + 1]: of the row in the order of names, from 1; 0: not there */
  int64_t last_key;
} hs_labels;

typedef struct hs_scan {
  hs_arena *arena; /* holds all of it */
  const hs_record *record;
  hs_array(hs_scanned) rows; /* in no order */
} hs_scan;

/* Fills SCAN, whose arena and record are set. Gives 0 or HS_ERROR_RECORD. */
int hs_scan_rows(hs_scan *scan, const hs_said_condition *condition, hs_error *error);
/* As many rows as the first LIMIT of all quotations that have a speaker, or some more, with nothing but older versions
 * of pages left out: in the order of speakers, then as hs_scan_sort_name has them. Fewer where there are no more. */
int hs_scan_first_speakers(hs_scan *scan, bool versions, size_t limit, hs_error *error);
/* The names of all actors who speak, with their types, and of all articles' outlets. Give 0 or HS_ERROR_RECORD. */
int hs_scan_speakers(hs_labels *out, const hs_scan *scan, hs_error *error);
int hs_scan_outlets(hs_labels *out, const hs_scan *scan, hs_error *error);
/* The place of KEY in LABELS->of and LABELS->rank; 0, where nothing stands, for a key that is none. */
size_t hs_label_at(const hs_labels *labels, int64_t key);

/* By which order of names rows are sorted; those without a name come last. */
typedef enum hs_scan_order { HS_SCAN_SPEAKERS, HS_SCAN_OUTLETS, HS_SCAN_ARTICLES /* of each outlet */ } hs_scan_order;
void hs_scan_sort(hs_scan *scan, const hs_labels *labels, hs_scan_order order);
/* Sorts those rows from FROM on that have one name, in a scan sorted so, by day, article and place. Gives their end. */
size_t hs_scan_sort_name(hs_scan *scan, const hs_labels *labels, hs_scan_order order, size_t from);

#endif
