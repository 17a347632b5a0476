#include "base/map.h"

#include "base/hash.h"

enum { LEAST = 16 };

/* The entry of KEY, or the empty one where it belongs. */
static hs_map_entry *find(const hs_map *map, hs_str key, uint32_t hash) {
  size_t mask = map->capacity - 1, i = hash & mask;
  for (;; i = (i + 1) & mask) {
    hs_map_entry *e = &map->entries[i];
    if (!e->key.data || (e->hash == hash && hs_str_equal(e->key, key))) return e;
  }
}

uint32_t *hs_map_get(const hs_map *map, hs_str key) {
  if (!map->count) return NULL;
  hs_map_entry *e = find(map, key, (uint32_t)hs_hash(key, map->seed));
  return e->key.data ? &e->value : NULL;
}

static void grow(hs_map *map, hs_arena *arena, size_t capacity) {
  hs_map old = *map;
  if (!old.capacity) map->seed = hs_hash_seed();
  map->capacity = capacity;
  map->entries = hs_arena_alloc(arena, map->capacity * sizeof *map->entries);
  for (size_t i = 0; i < old.capacity; i++)
    if (old.entries[i].key.data) *find(map, old.entries[i].key, old.entries[i].hash) = old.entries[i];
}

void hs_map_reserve(hs_map *map, hs_arena *arena, size_t count) {
  size_t capacity = LEAST;
  while (count * 4 >= capacity * 3) capacity *= 2;
  if (capacity > map->capacity) grow(map, arena, capacity);
}

uint32_t *hs_map_put(hs_map *map, hs_arena *arena, hs_str key) {
  if (map->count * 4 >= map->capacity * 3) grow(map, arena, map->capacity ? map->capacity * 2 : LEAST);
  uint32_t hash = (uint32_t)hs_hash(key, map->seed);
  hs_map_entry *e = find(map, key, hash);
  if (!e->key.data) {
    *e = (hs_map_entry){.key = {key.data ? key.data : "", key.size}, .hash = hash};
    map->count++;
  }
  return &e->value;
}
