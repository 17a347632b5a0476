#include "base/map.h"

#include "base/hash.h"

#include <assert.h>

enum { LEAST = 16 };
static const uint64_t UPPER = 0xFFFFFFFF00000000u; /* half of a slot: what it keeps of the hash */

/* Where the search for a key begins whose hash has this upper half: it is kept, so that growing needs no key. */
static size_t home(const hs_map *map, uint64_t upper) { return (size_t)(upper >> 32) & (2 * map->capacity - 1); }

/* The slot of KEY, or the empty one where it belongs. */
static uint64_t *find(const hs_map *map, hs_str key, uint64_t hash) {
  size_t mask = 2 * map->capacity - 1;
  for (size_t i = home(map, hash);; i = (i + 1) & mask) {
    uint64_t slot = map->slots[i];
    if (!slot) return &map->slots[i];
    if ((slot & UPPER) != (hash & UPPER)) continue;
    const hs_map_entry *entry = &map->entries[(uint32_t)slot];
    if (hs_str_equal((hs_str){entry->key, entry->size}, key)) return &map->slots[i];
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
  map->entries = hs_arena_grow(arena, old.entries, old.capacity ? (old.capacity + 1) * sizeof *map->entries : 0,
                               (capacity + 1) * sizeof *map->entries);
  for (size_t from = 0; from < 2 * old.capacity; from++) {
    if (!old.slots[from]) continue;
    size_t to = home(map, old.slots[from]);
    while (map->slots[to]) to = (to + 1) & (2 * capacity - 1);
    map->slots[to] = old.slots[from];
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
    assert(key.size <= UINT32_MAX);
    map->entries[++map->count] = (hs_map_entry){.key = key.data ? key.data : "", .size = (uint32_t)key.size};
    *slot = (hash & UPPER) | map->count;
  }
  return &map->entries[(uint32_t)*slot].value;
}
