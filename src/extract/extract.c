#include "extract/extract.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/limits.h"
#include "extract/work.h"

#include <stdlib.h>

struct hs_extractor {
  int unused;
};

hs_extractor *hs_extractor_new(void) { return hs_calloc(1, sizeof(hs_extractor)); }

void hs_extractor_free(hs_extractor *extractor) { free(extractor); }

uint32_t hs_work_origin(const hs_work *w, uint32_t at) {
  size_t low = 0, high = w->source.step_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (w->source.steps[middle].to <= at) low = middle;
    else high = middle;
  }
  return w->source.steps[low].from + (at - w->source.steps[low].to);
}

static const char *content_id(hs_arena *arena, const hs_page *page) {
  hs_str parts[] = {hs_str_of(page->url), {page->data ? page->data : "", page->size}};
  char id[17];
  hs_id_write(id, hs_content_id(parts, 2));
  return hs_arena_string(arena, id);
}

int hs_extract(hs_article *out, const hs_extractor *x, const hs_page *page, hs_arena *arena, hs_error *error) {
  hs_work w = {.extractor = x, .page = page, .arena = arena, .out = out};
  *out = (hs_article){.id = page->id ? hs_arena_string(arena, page->id) : content_id(arena, page),
                      .url = hs_arena_string(arena, page->url),
                      .title = hs_arena_string(arena, page->title),
                      .outlet = hs_arena_string(arena, page->outlet),
                      .published = hs_arena_string(arena, page->published),
                      .published_from = page->published ? "given" : NULL,
                      .language = hs_arena_string(arena, page->language)};
  hs_str bytes = {page->data, page->size > HS_LIMIT_PAGE_BYTES ? HS_LIMIT_PAGE_BYTES : page->size};
  w.source.text = hs_utf8_repair(arena, bytes, &w.source.steps, &w.source.step_count);
  w.text = w.source.text;
  hs_text_split(&w);
  if (!w.blocks.count)
    return hs_fail(error, HS_ERROR_INPUT, 0, "%s: no text in this page", page->id ? page->id : "page");
  out->text = w.text.data;
  out->text_size = (uint32_t)w.text.size;
  out->blocks = w.blocks.items;
  out->block_count = w.blocks.count;
  return HS_OK;
}
