#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define HS_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HS_POISON 1
#endif
#endif
#ifdef HS_POISON
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(data, size) ((void)(data), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(data, size) ((void)(data), (void)(size))
#endif

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024, ALIGNMENT = 16 };

typedef struct block {
  struct block *next;
  size_t size, used; /* of data */
  _Alignas(ALIGNMENT) unsigned char data[];
} block;

struct hs_arena {
  block *first; /* the one that is being filled */
  size_t size;
};

static void *or_die(void *p, size_t size) {
  if (p || size == 0) return p;
  fprintf(stderr, "hearsay: out of memory (%zu bytes wanted)\n", size);
  abort();
}

void *hs_alloc(size_t size) { return or_die(malloc(size), size); }
void *hs_calloc(size_t count, size_t size) {
  return or_die(calloc(count, size), count > SIZE_MAX / (size | 1) ? SIZE_MAX : count * size);
}
void *hs_realloc(void *old, size_t size) { return or_die(realloc(old, size), size); }

hs_arena *hs_arena_new(void) { return hs_calloc(1, sizeof(hs_arena)); }

/* Blocks double in size, so that a document of any length needs few; a larger piece gets a block of its own. */
static block *block_new(hs_arena *arena, size_t need) {
  size_t size = arena->first ? arena->first->size * 2 : FIRST_BLOCK;
  if (size > LARGEST_BLOCK) size = LARGEST_BLOCK;
  if (size < need) size = need;
  block *b = hs_alloc(sizeof *b + size);
  b->size = size, b->used = 0;
  arena->size += sizeof *b + size;
  ASAN_POISON_MEMORY_REGION(b->data, b->size);
  return b;
}

/* At least one byte of gap: overruns are seen. */
static size_t padded(size_t size) { return (size + ALIGNMENT) & ~(size_t)(ALIGNMENT - 1); }

static void *take(hs_arena *arena, size_t size) {
  if (size > SIZE_MAX / 2) or_die(NULL, size);
  size_t need = padded(size);
  block *b = arena->first;
  if (!b || b->size - b->used < need) {
    b = block_new(arena, need);
    if (arena->first && need > LARGEST_BLOCK / 2) { /* keep filling the old block */
      b->next = arena->first->next;
      arena->first->next = b;
    } else {
      b->next = arena->first;
      arena->first = b;
    }
  }
  void *p = b->data + b->used;
  b->used += need;
  ASAN_UNPOISON_MEMORY_REGION(p, size);
  return p;
}

/* Whole blocks are not zeroed: much of a document's last block is never used, nor then held in memory. */
void *hs_arena_alloc(hs_arena *arena, size_t size) { return memset(take(arena, size), 0, size); }

/* Takes the bytes behind OLD, if it is the last piece of a block that has room. */
static bool extend(const hs_arena *arena, const void *old, size_t old_size, size_t size) {
  block *b = arena->first;
  size_t had = padded(old_size);
  if (!b || b->used < had || b->data + b->used - had != old || padded(size) - had > b->size - b->used) return false;
  b->used += padded(size) - had;
  ASAN_UNPOISON_MEMORY_REGION(old, size);
  return true;
}

void *hs_arena_grow(hs_arena *arena, void *old, size_t old_size, size_t size) {
  bool stays = old && size <= SIZE_MAX / 2 && extend(arena, old, old_size, size);
  char *room = stays ? old : take(arena, size);
  if (!stays && old_size) memcpy(room, old, old_size);
  memset(room + old_size, 0, size - old_size);
  return room;
}

char *hs_arena_copy(hs_arena *arena, const char *data, size_t size) {
  char *copy = take(arena, size + 1);
  if (size) memcpy(copy, data, size);
  copy[size] = '\0';
  return copy;
}

char *hs_arena_string(hs_arena *arena, const char *string) {
  return string ? hs_arena_copy(arena, string, strlen(string)) : NULL;
}

char *hs_arena_printf(hs_arena *arena, const char *format, ...) {
  char few[128];
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int written = vsnprintf(few, sizeof few, format, args);
  va_end(args);
  size_t size = written < 0 ? 0 : (size_t)written;
  char *text = size < sizeof few ? hs_arena_copy(arena, few, size) : hs_arena_alloc(arena, size + 1);
  if (size >= sizeof few) vsnprintf(text, size + 1, format, again);
  va_end(again);
  return text;
}

size_t hs_arena_size(const hs_arena *arena) { return arena->size; }

void hs_arena_free(hs_arena *arena) {
  if (!arena) return;
  for (block *b = arena->first, *next; b; b = next) {
    next = b->next;
    ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
    free(b);
  }
  free(arena);
}
