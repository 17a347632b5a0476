#include "base/error.h"
#define NONE return hs_fail(error, HS_ERROR_RECORD, 0, "not there")
int hs_report_brief(const hs_record *r, const char *st, const hs_style *s, hs_write *w, void *a, hs_error *error) { (void)r;(void)st;(void)s;(void)w;(void)a; NONE; }
int hs_report_row(const hs_record *r, const char *i, const hs_style *s, hs_write *w, void *a, hs_error *error) { (void)r;(void)i;(void)s;(void)w;(void)a; NONE; }
int hs_report_export(const hs_record *r, const char *f, hs_write *w, void *a, hs_error *error) { (void)r;(void)f;(void)w;(void)a; NONE; }
