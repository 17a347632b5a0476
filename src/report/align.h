/* What two sequences have in common: lines of a text, sentences of an article, words of a sentence. */
#ifndef HS_REPORT_ALIGN_H
#define HS_REPORT_ALIGN_H

#include "base/arena.h"

#include <stdint.h>

enum { HS_UNPAIRED = -1 };

/*
 * For each item of A the place in B of the equal item that it is paired with, or HS_UNPAIRED; pairs do not cross. As
 * many as can be, unless both are so long that only equal items near each other's order are looked for. In ARENA.
 */
int32_t *hs_align(hs_arena *arena, const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count);

#endif
