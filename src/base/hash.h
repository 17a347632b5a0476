/* Hashes, the same on every machine: a quick one, seeded, and one for content that others may have made to collide. */
#ifndef HS_BASE_HASH_H
#define HS_BASE_HASH_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

/* XXH3 of the bytes. */
uint64_t hs_hash(hs_str s, uint64_t seed);
/* Differs from process to process, so that hostile input cannot choose keys that collide. */
uint64_t hs_hash_seed(void);

/*
 * The id of some content: the first 63 bits of the SHA-256 of its parts, each preceded by its length as eight
 * little-endian bytes. Never 0. A part that is not known has data NULL, which differs from an empty one.
 */
int64_t hs_content_id(const hs_str *parts, size_t count);
/* The id as it is shown: 16 hexadecimal digits and a NUL into OUT. */
void hs_id_write(char out[17], int64_t id);
/* The ids that begin with the digits of TEXT, from *FROM to *TO; false if it is no beginning of an id: 4 to 16
 * hexadecimal digits, the first of them 0 to 7. */
bool hs_id_range(int64_t *from, int64_t *to, const char *text);

#endif
