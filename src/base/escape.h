/* Strings of JSON as they stand in a text, for readers that must know where. */
#ifndef HS_BASE_ESCAPE_H
#define HS_BASE_ESCAPE_H

#include "base/str.h"

#include <stdint.h>

/* Where the string ends that begins at byte AT of S, behind its quotation mark: its other one; S.size if nowhere. */
size_t hs_escape_end(hs_str s, size_t at);
/* The character that an escape means whose letter, behind the backslash, stands at byte *AT of S, which is set behind
 * it; -1 if there is none such. No escape is shorter than what it means, as UTF-8. */
int32_t hs_escape_read(hs_str s, size_t *at);

#endif
