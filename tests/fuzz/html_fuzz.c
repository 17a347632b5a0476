/* Whatever the bytes, read as HTML: the article holds, and twice it is the same. */
#include "article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check_page(data, size, HS_MEDIA_HTML);
  return 0;
}
