/*
 * Memory. A document's memory is one arena: allocated piece by piece, given back at once. What is not a document's uses
 * hs_alloc. Neither gives NULL: out of memory ends the process (include/hearsay.h says why that is safe).
 */
#ifndef HS_BASE_ARENA_H
#define HS_BASE_ARENA_H

#include <stddef.h>

typedef struct hs_arena hs_arena;

hs_arena *hs_arena_new(void);
/* SIZE bytes, zeroed, aligned to 16, valid until the arena is freed. */
void *hs_arena_alloc(hs_arena *arena, size_t size);
/* Room for SIZE bytes that begins as OLD does, which has room for OLD_SIZE, fewer, and came out of ARENA (or is NULL,
 * of 0); zeroed behind that. In OLD's place where nothing stands behind it yet, else OLD stays as it is. */
void *hs_arena_grow(hs_arena *arena, void *old, size_t old_size, size_t size);
/* A copy of SIZE bytes with a NUL behind them. */
char *hs_arena_copy(hs_arena *arena, const char *data, size_t size);
/* A copy of STRING, or NULL for NULL. */
char *hs_arena_string(hs_arena *arena, const char *string);
char *hs_arena_printf(hs_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The bytes that the arena holds from the system. */
size_t hs_arena_size(const hs_arena *arena);
void hs_arena_free(hs_arena *arena);

/* malloc, calloc and realloc that do not fail; to be freed with free(). */
void *hs_alloc(size_t size);
void *hs_calloc(size_t count, size_t size);
void *hs_realloc(void *old, size_t size);

#endif
