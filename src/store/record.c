#include "store/record.h"
#include "base/error.h"
#define NONE return hs_fail(error, HS_ERROR_RECORD, 0, "not there")
const char *hs_sqlite_version(void) { return sqlite3_libversion(); }
int hs_record_open(hs_record **out, const char *path, hs_access access, hs_error *error) { (void)out; (void)path; (void)access; NONE; }
void hs_record_free(hs_record *record) { (void)record; }
int hs_record_add(hs_record *r, const hs_page *p, const hs_doc *d, bool *a, hs_error *error) { (void)r;(void)p;(void)d;(void)a; NONE; }
int hs_record_commit(hs_record *r, hs_error *error) { (void)r; NONE; }
int hs_record_read(hs_record *r, const hs_model *m, const hs_reading *g, void (*f)(void *, const hs_error *), void *a, hs_tally *t, hs_error *error) { (void)r;(void)m;(void)g;(void)f;(void)a;(void)t; NONE; }
int hs_record_again(hs_record *r, const hs_model *m, const hs_reading *g, hs_tally *t, hs_error *error) { (void)r;(void)m;(void)g;(void)t; NONE; }
int hs_record_said(const hs_record *r, const hs_said_filter *f, int (*row)(void *, const hs_said *), void *a, hs_error *error) { (void)r;(void)f;(void)row;(void)a; NONE; }
sqlite3 *hs_record_database(const hs_record *r) { (void)r; return NULL; }
int hs_record_document(hs_doc **o, const hs_record *r, int64_t i, hs_error *error) { (void)o;(void)r;(void)i; NONE; }
int hs_record_fail(const hs_record *r, hs_error *error) { (void)r; NONE; }
