/* A hash map from strings to small numbers, seeded, open addressing; lives in an arena. Keys are borrowed. */
#ifndef HS_BASE_MAP_H
#define HS_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

typedef struct hs_map_entry {
  const char *key;
  uint32_t size, value; /* size: of the key */
} hs_map_entry;

/* A word that is not there, as most are, is told by its slot alone: eight bytes, so that the slots of a large table
 * stay in a near cache. */
typedef struct hs_map {
  uint64_t *slots;        /* the upper half of the key's hash, and the number of its entry; 0: empty */
  hs_map_entry *entries;  /* in the order in which they came, numbered from 1 */
  size_t count, capacity; /* of entries; there are twice as many slots, a power of two */
  uint64_t seed;
} hs_map;

/* The value of KEY, to read or change; NULL if it is not there. Valid until the next hs_map_put. */
uint32_t *hs_map_get(const hs_map *map, hs_str key);
/* The value of KEY, made with the value 0 if it is not there. */
uint32_t *hs_map_put(hs_map *map, hs_arena *arena, hs_str key);
/* Makes room for COUNT keys in all, so that putting them in moves none. */
void hs_map_reserve(hs_map *map, hs_arena *arena, size_t count);

#endif
