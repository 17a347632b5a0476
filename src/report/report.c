#include "base/error.h"
int hs_report_row(const hs_record *r, const char *i, const hs_style *s, hs_write *w, void *a, hs_error *error) { (void)r;(void)i;(void)s;(void)w;(void)a; return hs_fail(error, HS_ERROR_RECORD, 0, "not there"); }
