#include "base/error.h"
#include "store/inside.h"
int hs_record_document(hs_doc **o, const hs_record *r, int64_t i, hs_error *error) {
  (void)o;
  (void)r;
  (void)i;
  return hs_fail(error, HS_ERROR_RECORD, 0, "not there");
}
