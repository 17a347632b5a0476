/* robots.txt (RFC 9309): what a host wants to be left alone with. */
#ifndef HS_INGEST_ROBOTS_H
#define HS_INGEST_ROBOTS_H

#include "base/array.h"
#include "base/str.h"

typedef struct hs_robots_rule {
  hs_str path; /* "*" stands for anything, "$" at its end for the end of the path */
  bool allow;
} hs_robots_rule;

typedef struct hs_robots {
  hs_array(hs_robots_rule) rules;
  int delay; /* seconds between two requests, as the file asks; 0: it does not */
} hs_robots;

/* Reads TEXT, at most HS_LIMIT_ROBOTS_BYTES of it, for the crawler AGENT; copied into ARENA. */
void hs_robots_read(hs_robots *out, hs_arena *arena, hs_str text, const char *agent);
/* May PATH, with its query, be asked for? The longest rule that fits decides, one that allows before one that does not.
 * Takes time that grows as PATH times the length of the rules. */
bool hs_robots_allow(const hs_robots *robots, hs_str path);

#endif
