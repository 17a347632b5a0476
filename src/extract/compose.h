/* The text of an HTML page's article: its kept blocks, a blank line between. */
#ifndef HS_EXTRACT_COMPOSE_H
#define HS_EXTRACT_COMPOSE_H

#include "base/arena.h"
#include "base/str.h"

/* Puts the text of BLOCKS together out of WORDS, into ARENA, and sets where in it each block stands. */
hs_str hs_compose(hs_block *blocks, size_t count, const char *words, hs_arena *arena);

#endif
