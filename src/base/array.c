#include "base/array.h"

#include <string.h>

void *hs_array_grow(hs_arena *arena, const void *items, size_t count, size_t *capacity, size_t size) {
  *capacity = *capacity ? *capacity * 2 : 8;
  void *room = hs_arena_alloc(arena, *capacity * size);
  if (count) memcpy(room, items, count * size);
  return room;
}
