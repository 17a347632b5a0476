#include "base/array.h"

void *hs_array_grow(hs_arena *arena, void *items, size_t *capacity, size_t size) {
  size_t had = *capacity;
  *capacity = had ? had * 2 : 8;
  return hs_arena_grow(arena, items, had * size, *capacity * size);
}
