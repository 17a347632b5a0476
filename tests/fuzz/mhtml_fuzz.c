/* Whatever the message: a page is found in it or not, the same each time, no larger than the message. */
#include "ingest/mhtml.h"

#include "base/utf8.h"
#include "fuzz.h"

static void require_string(const char *s) {
  if (s) require(*s && hs_utf8_valid(hs_str_of(s)) == strlen(s), "a string that is known is UTF-8 and not empty");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  hs_str message = {(const char *)data, size};
  hs_page pages[2] = {{0}};
  hs_arena *arena = hs_arena_new();
  hs_mhtml_begins(message);
  bool found = hs_mhtml_read(&pages[0], arena, message);
  require(found == hs_mhtml_read(&pages[1], arena, message), "the same message, the same answer");
  if (found) {
    require(pages[0].data && pages[0].size <= size, "a page is no larger than its message");
    require(pages[0].size == pages[1].size && !memcmp(pages[0].data, pages[1].data, pages[0].size), "the same page");
    require(pages[0].media != HS_MEDIA_UNKNOWN, "a page is HTML or text");
  }
  require_string(pages[0].url);
  require_string(pages[0].charset);
  require_string(pages[0].captured);
  hs_arena_free(arena);
  return 0;
}
