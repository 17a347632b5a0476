/* A hash map from strings to small numbers, seeded, open addressing; lives in an arena. Keys are borrowed. */
#ifndef HS_BASE_MAP_H
#define HS_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

typedef struct hs_map_entry {
  hs_str key; /* data NULL: empty */
  uint32_t hash;
  uint32_t value;
} hs_map_entry;

typedef struct hs_map {
  hs_map_entry *entries;
  size_t count, capacity; /* capacity is 0 or a power of two */
  uint64_t seed;
} hs_map;

/* The value of KEY, to read or change; NULL if it is not there. Valid until the next hs_map_put. */
uint32_t *hs_map_get(const hs_map *map, hs_str key);
/* The value of KEY, made with the value 0 if it is not there. */
uint32_t *hs_map_put(hs_map *map, hs_arena *arena, hs_str key);

/* Makes room for COUNT keys in all, so that putting them in moves none. */
void hs_map_reserve(hs_map *map, hs_arena *arena, size_t count);

#endif
