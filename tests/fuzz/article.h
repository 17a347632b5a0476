/* What holds for an article, whatever page it was extracted from. Shared by the fuzz targets of extraction. */
#ifndef ARTICLE_H
#define ARTICLE_H

#include "base/calendar.h"
#include "base/utf8.h"
#include "extract/extract.h"
#include "fuzz.h"

static void require_string(const char *s) {
  if (!s) return;
  hs_str text = hs_str_of(s);
  require(text.size > 0, "a string that is known is not empty");
  require(hs_utf8_valid(text) == text.size, "a string is valid UTF-8");
}

/* A day of the calendar, alone or with a time of the clock. */
static void require_time(const char *iso) {
  hs_date day;
  int hour = 0, minute = 0, second = 0;
  if (!iso) return;
  require(hs_date_read(&day, iso), "a day is one of the calendar");
  bool timed = !iso[10] || (iso[10] == 'T' && sscanf(iso + 11, "%2d:%2d:%2d", &hour, &minute, &second) >= 2);
  require(timed && hour < 24 && minute < 60 && second <= 60, "a time is one of the clock");
}

static bool on_boundary(const char *text, uint32_t size, uint32_t at) {
  return at == size || (text[at] & 0xC0) != 0x80;
}

static void check_blocks(const hs_article *a, size_t page_size) {
  uint32_t text_at = 0, page_at = 0;
  for (size_t i = 0; i < a->block_count; i++) {
    const hs_block *b = &a->blocks[i];
    require(b->page.start <= b->page.end && b->page.end <= page_size, "a block stands inside the page");
    require(b->text.start <= b->text.end && b->text.end <= a->text_size, "a block's text stands inside the text");
    require(b->text.start >= text_at, "texts are in order");
    require(b->page.start >= page_at, "blocks are in page order");
    require(on_boundary(a->text, a->text_size, b->text.start), "a text starts with a character");
    require(on_boundary(a->text, a->text_size, b->text.end), "a text ends with a character");
    require(b->kept == (b->reason == NULL), "what is dropped has a reason");
    require(!b->kept || b->text.start < b->text.end, "what is kept has a text");
    require_time(b->time);
    text_at = b->text.end;
    page_at = b->page.start;
  }
}

/* Each character came from somewhere in the page. */
static void check_origins(const hs_article *a, size_t page_size) {
  for (size_t i = 0; i < a->origin_count; i++) {
    const hs_origin *o = &a->origins[i];
    require(o->in && o->out && (size_t)o->page + o->in <= page_size, "an origin stands inside the page");
    require(o->words <= a->words_size, "an origin is that of a word");
    require(!i || o->words > o[-1].words, "origins are in order");
  }
  for (uint32_t at = 0; at < a->text_size; at++) {
    hs_span page = hs_article_origin(a, (hs_span){at, at + 1});
    require(page.start <= page.end && page.end <= page_size, "a byte came from inside the page");
  }
  for (size_t i = 0; i < a->block_count; i++) {
    const hs_block *b = &a->blocks[i];
    require(b->words.end <= a->words_size, "a block's words stand inside the words");
    require(!a->element_count || b->element < a->element_count, "a block has an element");
    hs_span page = hs_article_origin(a, b->text);
    bool inside = page.start >= b->page.start && page.end <= b->page.end;
    require(!b->kept || inside, "a kept block came from its own bytes");
  }
}

static void check_article(const hs_article *a, size_t page_size) {
  require(a->id && a->text, "an article has an id and a text");
  require(hs_utf8_valid((hs_str){a->text, a->text_size}) == a->text_size, "the text is valid UTF-8");
  require(a->text[a->text_size] == '\0', "the text ends in NUL");
  require((a->published == NULL) == (a->published_from == NULL), "a day has a source");
  const char *strings[] = {a->id, a->url, a->outlet, a->title, a->published, a->modified, a->language, a->status};
  for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) require_string(strings[i]);
  require_time(a->published);
  require_time(a->modified);
  for (size_t i = 0; i < a->byline_count; i++) require_string(a->byline[i]);
  check_blocks(a, page_size);
  check_origins(a, page_size);
}

static bool same_string(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

/* Extracts DATA twice: both articles hold and are one and the same. */
static void check_page(const uint8_t *data, size_t size, hs_media media) {
  static hs_extractor *extractor; /* made once: it is read-only */
  if (!extractor) extractor = hs_extractor_new();
  hs_arena *arenas[2] = {hs_arena_new(), hs_arena_new()};
  hs_page page = {.data = (const char *)data, .size = size, .media = media};
  hs_article a, b;
  hs_error error;
  int first = hs_extract(&a, extractor, &page, arenas[0], &error);
  int second = hs_extract(&b, extractor, &page, arenas[1], NULL);
  require(first == second, "same page, same result");
  if (first) {
    require(first == HS_ERROR_INPUT && error.message[0], "a page that gives no article has a message");
  } else {
    check_article(&a, size);
    require(a.text_size == b.text_size && memcmp(a.text, b.text, a.text_size) == 0, "same page, same text");
    require(a.block_count == b.block_count, "same page, same blocks");
    require(same_string(a.title, b.title) && same_string(a.published, b.published), "same page, same facts");
  }
  hs_arena_free(arenas[0]);
  hs_arena_free(arenas[1]);
}

#endif
