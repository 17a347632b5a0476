/* UTF-8: repair, and offsets in bytes and in characters (Unicode code points). */
#ifndef HS_BASE_UTF8_H
#define HS_BASE_UTF8_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

/* The length of the longest beginning of S that is valid UTF-8 (RFC 3629) without NUL. */
size_t hs_utf8_valid(hs_str s);

/* As hs_utf8_at, for a character beyond ASCII. */
int32_t hs_utf8_beyond_ascii(hs_str s, size_t at, size_t *size);
/*
 * The code point at S[AT] and in *SIZE its bytes (at least 1). S must be valid there; AT < S.size.
 */
static inline int32_t hs_utf8_at(hs_str s, size_t at, size_t *size) {
  unsigned char c = (unsigned char)s.data[at];
  if (c >= 0x80) return hs_utf8_beyond_ascii(s, at, size);
  *size = 1;
  return c;
}
/* Where the character before AT begins. AT > 0. */
size_t hs_utf8_before(hs_str s, size_t at);

/* One step of a map between two texts: byte FROM of one is byte TO of the other. */
typedef struct hs_step {
  uint32_t from, to;
} hs_step;

/*
 * A copy of S in which each maximal broken part and each NUL is U+FFFD, as the Unicode standard's chapter 3.9
 * recommends. *STEPS (may be NULL) gets *STEP_COUNT places, in order, from which on both texts run alike: {0, 0} first.
 */
hs_str hs_utf8_repair(hs_arena *arena, hs_str s, hs_step **steps, size_t *step_count);

/* Bytes to characters and back for one text, built in one pass, one lookup and at most 16 bytes a question. */
typedef struct hs_offsets {
  hs_str text;
  uint32_t *chars; /* [text.size / 16 + 1] characters before byte 16 * i; NULL if all is ASCII */
  uint32_t count;  /* characters in all */
} hs_offsets;

hs_offsets hs_offsets_of(hs_arena *arena, hs_str text);
/* Characters before byte AT, AT <= text.size, on a character's boundary. */
uint32_t hs_offsets_chars(const hs_offsets *offsets, uint32_t at);
/* The byte where character AT begins; text.size for any AT past the end. */
uint32_t hs_offsets_bytes(const hs_offsets *offsets, uint32_t at);

#endif
