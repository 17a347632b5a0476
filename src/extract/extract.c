#include "extract/extract.h"
#include "base/error.h"
#include <stdlib.h>
struct hs_extractor { int x; };
hs_extractor *hs_extractor_new(void) { return hs_calloc(1, sizeof(hs_extractor)); }
void hs_extractor_free(hs_extractor *e) { free(e); }
int hs_extract(hs_article *out, const hs_extractor *x, const hs_page *page, hs_arena *arena, hs_error *error) {
  (void)x; (void)error;
  *out = (hs_article){.id = page->id, .text = hs_arena_copy(arena, page->data, page->size), .text_size = (uint32_t)page->size};
  return 0;
}
