/* Whatever the bytes, read as a feed: each entry has a whole address of the web, each day is one, the same each time.
 */
#include "ingest/feed.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "ingest/address.h"
#include "ingest/when.h"

static void check_entry(const hs_entry *e, hs_arena *arena) {
  require(e->url && hs_address_is_web(hs_str_of(e->url)) && !strchr(e->url, '#'), "an entry has an address of the web");
  require(hs_utf8_valid(hs_str_of(e->url)) == strlen(e->url), "an address is UTF-8");
  const char *again = hs_address_resolve(arena, NULL, hs_str_of(e->url));
  require(again && strcmp(again, e->url) == 0, "a whole address stays as it is");
  require(!e->published || hs_when_seconds(e->published) >= 0, "a day is one");
  require(!e->updated || hs_when_seconds(e->updated) >= 0, "a day is one");
  require(!e->language || (*e->language && hs_utf8_valid(hs_str_of(e->language)) == strlen(e->language)),
          "a language is UTF-8 and not empty");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char url[] = "https://post.example/news/feed.xml?x=1";
  hs_str body = {(const char *)data, size};
  hs_arena *arena = hs_arena_new();
  hs_feed feeds[2];
  hs_feed_begins(body);
  bool known = hs_feed_read(&feeds[0], arena, body, url, hs_str_of("utf-8"));
  require(known == hs_feed_read(&feeds[1], arena, body, url, hs_str_of("utf-8")), "the same bytes, the same answer");
  require(feeds[0].entries.count == feeds[1].entries.count, "the same entries");
  require(feeds[0].entries.count <= size && feeds[0].entries.count <= HS_LIMIT_ENTRIES, "no more than there can be");
  for (size_t i = 0; i < feeds[0].entries.count; i++) check_entry(&feeds[0].entries.items[i], arena);
  hs_arena_free(arena);
  return 0;
}
