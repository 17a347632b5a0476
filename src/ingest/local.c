#include "ingest/local.h"

#include "base/table.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>

enum { IPV4_BYTES = 4, IPV6_BYTES = 16, TEXT_BYTES = 64 };

/* The first BITS bits of A and B are the same? */
static bool same_bits(const uint8_t *a, const uint8_t *b, unsigned bits) {
  if (memcmp(a, b, bits / 8) != 0) return false;
  unsigned rest = bits % 8;
  return !rest || (a[bits / 8] ^ b[bits / 8]) >> (8 - rest) == 0;
}

/* Reads "10.0.0.0/8". False if it is no network of FAMILY. */
static bool read_network(hs_str s, int family, uint8_t out[IPV6_BYTES], unsigned *bits) {
  char text[TEXT_BYTES];
  const char *slash = s.size < sizeof text ? memchr(s.data, '/', s.size) : NULL;
  if (!slash) return false;
  snprintf(text, sizeof text, "%.*s", (int)(slash - s.data), s.data);
  *bits = 0;
  for (const char *c = slash + 1; c < s.data + s.size && hs_is_digit(*c); c++)
    *bits = *bits * 10 + (unsigned)(*c - '0');
  return inet_pton(family, text, out) == 1 && *bits <= (family == AF_INET ? 32 : 128);
}

static bool is_listed(const uint8_t *address, int family, const char *what) {
  hs_row row = {0};
  uint8_t network[IPV6_BYTES];
  unsigned bits;
  hs_str table = hs_table_named("networks");
  for (size_t at = 0; hs_table_next(table, &at, &row);)
    if (hs_str_is(row.column[1], what) && read_network(row.column[0], family, network, &bits) &&
        same_bits(address, network, bits))
      return true;
  return false;
}

bool hs_local_address(const struct sockaddr *address) {
  if (address->sa_family == AF_INET)
    return is_listed((const uint8_t *)&((const struct sockaddr_in *)address)->sin_addr, AF_INET, "local");
  if (address->sa_family != AF_INET6) return true;
  const uint8_t *a = ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr;
  if (is_listed(a, AF_INET6, "ipv4-last")) return is_listed(a + IPV6_BYTES - IPV4_BYTES, AF_INET, "local");
  if (is_listed(a, AF_INET6, "ipv4-third")) return is_listed(a + 2, AF_INET, "local");
  return is_listed(a, AF_INET6, "local") || !is_listed(a, AF_INET6, "global");
}
