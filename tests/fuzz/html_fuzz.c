/* Whatever the bytes, read as HTML: the article holds, and twice it is the same. */
#include "article.h"

/* libmodest joins two texts by memcpy where they overlap by a byte that was read before it is written over: copied from
 * the front, as C libraries do, no letter is lost. It is for the library to mend. */
const char *__asan_default_suppressions(void);
const char *__asan_default_suppressions(void) { return "interceptor_via_fun:mycore_string_append\n"; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check_page(data, size, HS_MEDIA_HTML);
  return 0;
}
