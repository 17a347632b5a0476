/* Errors: filled into the caller's hs_error, never kept in a global. */
#ifndef HS_BASE_ERROR_H
#define HS_BASE_ERROR_H

#include "hearsay.h"

/* Fills ERROR (may be NULL) and gives CODE, so that a function can `return hs_fail(...)`. A message that is too long is
 * cut at a character's boundary; control characters in it become spaces, so that it stays one line. */
int hs_fail(hs_error *error, hs_code code, size_t position, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
