#include "extract/extract.h"

#include "base/str.h"
#include "extract/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* The first kept block of a page in some charset stands in the page's own bytes exactly where BYTES stands. */
static void check_range(const char *data, size_t size, hs_media media, const char *bytes, size_t count,
                        const char *text) {
  hs_extractor *extractor = hs_extractor_new();
  hs_arena *arena = hs_arena_new();
  hs_page page = {.data = data, .size = size, .media = media};
  hs_article a;
  assert_int_equal(hs_extract(&a, extractor, &page, arena, NULL), HS_OK);
  size_t i = 0;
  while (!a.blocks[i].kept) i++;
  hs_span at = a.blocks[i].page;
  assert_true(hs_str_equal(hs_str_at(a.text, a.blocks[i].text), hs_str_of(text)));
  assert_int_equal(at.end - at.start, count);
  assert_memory_equal(data + at.start, bytes, count);
  hs_arena_free(arena);
  hs_extractor_free(extractor);
}

#define CHECK_RANGE(before, bytes, after, media, text)                                                                 \
  check_range(before bytes after, sizeof(before bytes after) - 1, media, bytes, sizeof(bytes) - 1, text)

static void ranges_are_those_of_the_page(void **state) {
  (void)state;
  CHECK_RANGE("\n\n", "Caf\xC3\xA9 Veldt is shut, they said.", "\r\n", HS_MEDIA_TEXT, "Café Veldt is shut, they said.");
  CHECK_RANGE("\xEF\xBB\xBF", "Veldt is shut, they said.", "\n", HS_MEDIA_TEXT, "Veldt is shut, they said.");
  CHECK_RANGE("<meta charset=latin1><title>\xE9\xE8</title><p>\n", "Caf\xE9 is shut, they said.", " </p>",
              HS_MEDIA_HTML, "Café is shut, they said.");
  CHECK_RANGE("<title>\xFF</title><p>", "Caf\xC3\xA9 Velt\xC3\xA9 &amp; <b>Sol\xC3\xA9</b>, \xC3\xA9t\xC3\xA9", "</p>",
              HS_MEDIA_HTML, "Café Velté & Solé, été");
}

static void ranges_in_json(void **state) {
  (void)state;
  CHECK_RANGE("<script type=application/ld+json>{\"@type\":\"Article\",\"articleBody\":\"\\n\\n<p>",
              "\\u201cCaf\\u00e9 Veldt\\ud83d\\ude00 is shut,\\u201d they said on Monday, &quot;at last&quot;, and "
              "went<b> h\xC3\xB4me<\\/b> after eleven",
              "<\\/p>\"}</script>", HS_MEDIA_HTML,
              "“Café Veldt😀 is shut,” they said on Monday, \"at last\", and went hôme after eleven");
}

static void ranges_in_utf16(void **state) {
  (void)state;
  CHECK_RANGE("\xFF\xFE\n\0", "V\0e\0l\0d\0t\0 \0\x3D\xD8\x00\xDE \0i\0s\0 \0s\0h\0u\0t\0.\0", "\n\0", HS_MEDIA_TEXT,
              "Veldt 😀 is shut.");
  CHECK_RANGE("\xFE\xFF\0\n", "\0V\0e\0l\0d\0t\0 \0i\0s\0 \0s\0h\0u\0t\0.", "", HS_MEDIA_TEXT, "Veldt is shut.");
}

static void pages_that_are_none(void **state) {
  (void)state;
  static const struct {
    const char *data;
    size_t size;
    const char *words;
  } pages[] = {{"", 0, "empty"},
               {" \n\t ", 4, "no article text"},
               {"\x89PNG\r\n\x1a\n", 8, "PNG"},
               {"%PDF-1.4", 8, "PDF"},
               {"\1\2\3\4\5\6\7\1\2\3", 10, "binary"},
               {"<script>var text = 1;</script>", 30, "no article text"}};
  hs_extractor *extractor = hs_extractor_new();
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
    hs_arena *arena = hs_arena_new();
    hs_page page = {.data = pages[i].data, .size = pages[i].size, .media = HS_MEDIA_HTML, .id = "the-page"};
    hs_article a;
    hs_error error;
    assert_int_equal(hs_extract(&a, extractor, &page, arena, &error), HS_ERROR_INPUT);
    assert_non_null(strstr(error.message, pages[i].words));
    hs_arena_free(arena);
  }
  hs_extractor_free(extractor);
}

static void an_id_comes_from_the_content(void **state) {
  (void)state;
  hs_extractor *extractor = hs_extractor_new();
  hs_arena *arena = hs_arena_new();
  hs_page page = {.data = "One page.", .size = 9};
  hs_article a, b, c;
  assert_int_equal(hs_extract(&a, extractor, &page, arena, NULL), HS_OK);
  assert_int_equal(hs_extract(&b, extractor, &page, arena, NULL), HS_OK);
  page.url = "https://courier.example/";
  assert_int_equal(hs_extract(&c, extractor, &page, arena, NULL), HS_OK);
  assert_int_equal(strlen(a.id), 16);
  assert_string_equal(a.id, b.id);
  assert_string_not_equal(a.id, c.id);
  hs_arena_free(arena);
  hs_extractor_free(extractor);
}

static void machines_dates(void **state) {
  (void)state;
  static const char *const dates[][2] = {{"2031-03-04", "2031-03-04"},
                                         {"20310304", "2031-03-04"},
                                         {"2031-03-04T10:00:00Z", "2031-03-04T10:00:00Z"},
                                         {"2031-03-04T10:00:00.123+0100", "2031-03-04T10:00:00+01:00"},
                                         {"2031-03-04 10:00", "2031-03-04T10:00:00"},
                                         {"2031/03/04 10:00:00 +01:00", "2031-03-04T10:00:00+01:00"},
                                         {"Tue, 04 Mar 2031 10:00:00 GMT", "2031-03-04T10:00:00Z"},
                                         {"March 4, 2031", "2031-03-04"},
                                         {"2031-02-29", NULL},
                                         {"2032-02-29", "2032-02-29"},
                                         {"2031-13-01", NULL},
                                         {"1931231231234", NULL},
                                         {"soon", NULL},
                                         {"", NULL}};
  hs_arena *arena = hs_arena_new();
  const hs_phrases *head = hs_head_new(arena);
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
    const char *found = hs_date_machine(arena, head, hs_str_of(dates[i][0]));
    if (dates[i][1]) assert_string_equal(found, dates[i][1]);
    else assert_null(found);
  }
  hs_arena_free(arena);
}

static void dates_in_addresses(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  assert_string_equal(hs_date_url(arena, hs_str_of("https://a.example/2031/03/04/bridge")), "2031-03-04");
  assert_string_equal(hs_date_url(arena, hs_str_of("https://a.example/bridge-2031-03-04.html")), "2031-03-04");
  assert_string_equal(hs_date_url(arena, hs_str_of("https://a.example/news_20310304")), "2031-03-04");
  assert_null(hs_date_url(arena, hs_str_of("https://a.example/article-2031030456")));
  assert_null(hs_date_url(arena, hs_str_of("https://a.example/2031/13/04/bridge")));
  assert_null(hs_date_url(arena, hs_str_of("https://a.example/2031/03/bridge")));
  hs_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ranges_are_those_of_the_page),
      cmocka_unit_test(ranges_in_json),
      cmocka_unit_test(ranges_in_utf16),
      cmocka_unit_test(pages_that_are_none),
      cmocka_unit_test(an_id_comes_from_the_content),
      cmocka_unit_test(machines_dates),
      cmocka_unit_test(dates_in_addresses),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
