#include "base/map.h"

#include "base/hash.h"

enum { LEAST = 16 };
static const uint64_t UPPER = 0xFFFFFFFF00000000u; /* half of a slot: what it keeps of the hash */

/* The slot of KEY, or the empty one where it belongs. */
static uint64_t *find(const hs_map *map, hs_str key, uint64_t hash) {
  size_t mask = 2 * map->capacity - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    uint64_t slot = map->slots[i];
    if (!slot) return &map->slots[i];
    if ((slot & UPPER) == (hash & UPPER) && hs_str_equal(map->entries[(uint32_t)slot].key, key)) return &map->slots[i];
  }
}

uint32_t *hs_map_get(const hs_map *map, hs_str key) {
  if (!map->count) return NULL;
  uint64_t slot = *find(map, key, hs_hash(key, map->seed));
  return slot ? &map->entries[(uint32_t)slot].value : NULL;
}

static void grow(hs_map *map, hs_arena *arena, size_t capacity) {
  hs_map old = *map;
  if (!old.capacity) map->seed = hs_hash_seed();
  map->capacity = capacity;
  map->slots = hs_arena_alloc(arena, 2 * capacity * sizeof *map->slots);
  map->entries = hs_arena_alloc(arena, (capacity + 1) * sizeof *map->entries);
  for (size_t i = 1; i <= old.count; i++) {
    uint64_t hash = hs_hash(old.entries[i].key, map->seed);
    map->entries[i] = old.entries[i];
    *find(map, old.entries[i].key, hash) = (hash & UPPER) | i;
  }
}

void hs_map_reserve(hs_map *map, hs_arena *arena, size_t count) {
  size_t capacity = LEAST;
  while (capacity < count) capacity *= 2;
  if (capacity > map->capacity) grow(map, arena, capacity);
}

uint32_t *hs_map_put(hs_map *map, hs_arena *arena, hs_str key) {
  if (map->count == map->capacity) grow(map, arena, map->capacity ? map->capacity * 2 : LEAST);
  uint64_t hash = hs_hash(key, map->seed), *slot = find(map, key, hash);
  if (!*slot) {
    map->entries[++map->count].key = (hs_str){key.data ? key.data : "", key.size};
    *slot = (hash & UPPER) | map->count;
  }
  return &map->entries[(uint32_t)*slot].value;
}
