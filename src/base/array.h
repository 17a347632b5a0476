/*
 * Growable arrays in an arena:
 *
 *   hs_array(hs_span) spans = {0};
 *   hs_push(arena, spans, ((hs_span){3, 7}));
 *   for (size_t i = 0; i < spans.count; i++) use(spans.items[i]);
 */
#ifndef HS_BASE_ARRAY_H
#define HS_BASE_ARRAY_H

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

#define hs_array(type)                                                                                                 \
  struct {                                                                                                             \
    type *items;                                                                                                       \
    size_t count, capacity;                                                                                            \
  }

#define hs_push(arena, array, ...)                                                                                     \
  ((array).count == (array).capacity ? (void)((array).items = hs_array_grow(arena, (void *)(uintptr_t)(array).items,   \
                                                                            &(array).capacity, sizeof *(array).items)) \
                                     : (void)0,                                                                        \
   (array).items[(array).count++] = (__VA_ARGS__))

/* Makes room for twice as many items of SIZE bytes, which may move them. The old room stays the arena's. */
void *hs_array_grow(hs_arena *arena, void *items, size_t *capacity, size_t size);

#endif
