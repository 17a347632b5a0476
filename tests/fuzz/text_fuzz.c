/* Whatever the bytes, read as plain text, and as a page of unknown kind: the article holds, and twice it is the same.
 */
#include "article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  check_page(data, size, HS_MEDIA_TEXT);
  check_page(data, size, HS_MEDIA_UNKNOWN);
  return 0;
}
