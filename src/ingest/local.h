/* Which addresses of the net are of this machine, of its neighbours or of nobody. */
#ifndef HS_INGEST_LOCAL_H
#define HS_INGEST_LOCAL_H

#include <stdbool.h>
#include <sys/socket.h>

/*
 * Is ADDRESS one that a page from the outside has no business with (data/networks.tsv)? An address of IPv6 that stands
 * for one of IPv4 is as that one is; what is neither IPv4 nor IPv6 counts as such.
 */
bool hs_local_address(const struct sockaddr *address);

#endif
