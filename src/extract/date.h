/* Days and times as pages write them → ISO 8601. Nothing is guessed: what is not plain gives NULL. */
#ifndef HS_EXTRACT_DATE_H
#define HS_EXTRACT_DATE_H

#include "extract/phrases.h"

/* The words of data/pagehead.tsv, by kind. */
enum {
  HS_HEAD_MONTH = 1,
  HS_HEAD_WEEKDAY = 2,
  HS_HEAD_OF = 4,
  HS_HEAD_PUBLISHED = 8,
  HS_HEAD_UPDATED = 16,
  HS_HEAD_BY = 32,
  HS_HEAD_AND = 64,
  HS_HEAD_ROLE = 128
};
const hs_phrases *hs_head_new(hs_arena *arena);

/* A machine's date or time, "2031-03-04T10:00:00.000+0000", "20310304", "Tue, 04 Mar 2031 10:00:00 GMT", as ISO 8601,
 * as precise as it is; NULL if it is none. */
const char *hs_date_machine(hs_arena *arena, const hs_phrases *head, hs_str s);
/* The day in an address, "/2031/03/04/" or "2031-03-04"; NULL if there is none. */
const char *hs_date_url(hs_arena *arena, hs_str url);

/* A day that stands in a line a person reads, "March 4, 2031", "4. März 2031", "04.03.2031". */
typedef struct hs_date_found {
  const char *day;  /* "2031-03-04" */
  bool updated;     /* a word before it says that it is the day of a change */
  bool labelled;    /* a word before it says what it is */
  size_t from, end; /* bytes of the folded line, with weekday and labels */
} hs_date_found;
/* The first full date in the folded LINE from byte *AT on; false if there is none, or if its parts can be read in two
 * ways. *AT is set behind it. */
bool hs_date_line(hs_date_found *out, hs_arena *arena, const hs_phrases *head, hs_str line, size_t *at);

#endif
