/* The first line is a path, the rest a robots.txt: a question is answered, the same way each time. */
#include "fuzz.h"
#include "ingest/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const char *text = (const char *)data, *end = size ? memchr(text, '\n', size) : NULL;
  hs_str path = {text, end ? (size_t)(end - text) : size};
  hs_str file = end ? (hs_str){end + 1, size - path.size - 1} : (hs_str){"", 0};
  hs_arena *arena = hs_arena_new();
  hs_robots robots;
  hs_robots_read(&robots, arena, file, "hearsay");
  require(robots.delay >= 0 && robots.delay <= 60, "a delay that can be waited for");
  bool allowed = hs_robots_allow(&robots, path);
  require(allowed == hs_robots_allow(&robots, path), "the same answer");
  require(robots.rules.count || allowed, "what no rule speaks of is allowed");
  require(hs_robots_allow(&robots, hs_str_of("/robots.txt")), "robots.txt itself may be read");
  hs_arena_free(arena);
  return 0;
}
