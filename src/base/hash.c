#include "base/hash.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/auxv.h>

#define XXH_INLINE_ALL
#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

/* The kernel gives each process 16 random bytes; reading them needs no state of our own. */
uint64_t hs_hash_seed(void) {
  uint64_t seed = 0;
  const void *random = (const void *)getauxval(AT_RANDOM);
  if (random) memcpy(&seed, random, sizeof seed);
  return seed;
}

uint64_t hs_hash(hs_str s, uint64_t seed) { return XXH3_64bits_withSeed(s.data, s.size, seed); }

static void add_length(struct sha256_ctx *sha, uint64_t size) {
  uint8_t bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(size >> (8 * i));
  sha256_update(sha, sizeof bytes, bytes);
}

int64_t hs_content_id(const hs_str *parts, size_t count) {
  struct sha256_ctx sha;
  sha256_init(&sha);
  for (size_t i = 0; i < count; i++) {
    add_length(&sha, parts[i].data ? parts[i].size : UINT64_MAX);
    if (parts[i].data) sha256_update(&sha, parts[i].size, (const uint8_t *)parts[i].data);
  }
  uint8_t digest[SHA256_DIGEST_SIZE];
  sha256_digest(&sha, sizeof digest, digest);
  uint64_t id = 0;
  for (int i = 0; i < 8; i++) id = id << 8 | digest[i];
  id >>= 1;
  return id ? (int64_t)id : 1;
}

void hs_id_write(char out[17], int64_t id) { snprintf(out, 17, "%016llx", (unsigned long long)id); }

bool hs_id_range(int64_t *from, int64_t *to, const char *text) {
  enum { ID_DIGITS = 16, FEWEST_DIGITS = 4 };
  size_t digits = strlen(text);
  if (digits < FEWEST_DIGITS || digits > ID_DIGITS || strspn(text, "0123456789abcdefABCDEF") != digits) return false;
  uint64_t low = strtoull(text, NULL, 16), high = low;
  for (size_t i = digits; i < ID_DIGITS; i++) low <<= 4, high = high << 4 | 15;
  if (low > INT64_MAX) return false;
  *from = (int64_t)low;
  *to = high > INT64_MAX ? INT64_MAX : (int64_t)high;
  return true;
}
