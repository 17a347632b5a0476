/* Which pages are wanted, told by what is known of a page before it is read and, once more, by what it says itself. */
#ifndef HS_INGEST_FILTER_H
#define HS_INGEST_FILTER_H

#include "base/str.h"
#include "ingest/ingest.h"

/* What is known of a page. Unknown strings are NULL. */
typedef struct hs_facts {
  const char *day; /* ISO 8601, of its publication or capture */
  const char *url, *outlet;
  const char *language; /* BCP 47 */
} hs_facts;

/* May a page of which FACTS are known be wanted by READING? What is not known speaks against no page. */
bool hs_filter_takes(const hs_reading *reading, const hs_facts *facts);
/* The same before extraction. */
bool hs_filter_takes_page(const hs_reading *reading, const hs_capture *capture);
/* The same after it: CAPTURE gave ARTICLE. */
bool hs_filter_takes_article(const hs_reading *reading, const hs_capture *capture, const hs_article *article);
/* The same for an archive, by its file's NAME: one that tells a time, "CC-NEWS-20310312080000-00001.warc.gz", holds
 * what was captured from then on, for two days at most. */
bool hs_filter_takes_archive(const hs_reading *reading, const char *name);

#endif
