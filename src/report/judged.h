/* The quotations of an article as people have them who corrected it, for exports. */
#ifndef HS_REPORT_JUDGED_H
#define HS_REPORT_JUDGED_H

#include "report/json.h"
#include "store/judgement.h"

/* The record's articles that people judged, as `make train` reads them, and what they judged, as `correct` reads it:
 * one line an article, one line a judgement. For the article with the key ARTICLE. Errors: HS_ERROR_RECORD,
 * HS_ERROR_STOPPED.
 */
int hs_judged_gold(const hs_record *record, int64_t article, hs_write *write, void *arg, hs_error *error);
int hs_judged_corrections(const hs_record *record, int64_t article, hs_write *write, void *arg, hs_error *error);

#endif
