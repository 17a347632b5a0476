/* Reports: text made harmless, lines, the article, JSON. */
#include "annotate/document.h"
#include "report/marks.h"
#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka wants the three above first */
#include <cmocka.h>

static int collect(void *arg, const char *data, size_t size) {
  hs_buffer_add(arg, data, size);
  return 0;
}

static int refuse(void *arg, const char *data, size_t size) {
  (void)arg, (void)data, (void)size;
  return 1;
}

static void check_text(const char *given, hs_form form, const char *wanted) {
  hs_buffer out = {0};
  hs_text_string(&out, given, form);
  assert_string_equal(out.data ? out.data : "", wanted);
  hs_buffer_free(&out);
}

static void text_is_made_harmless(void **state) {
  (void)state;
  check_text("  a\t\n b\xE2\x80\xA8"
             "c ",
             HS_FORM_PLAIN, "a b c ");
  check_text("\x1b[31mred\x7f", HS_FORM_PLAIN, "\xEF\xBF\xBD[31mred\xEF\xBF\xBD");
  check_text("\xC2\x9B"
             "31m\x01",
             HS_FORM_PLAIN,
             "\xEF\xBF\xBD"
             "31m\xEF\xBF\xBD");
  check_text("a\xE2\x80\xAE"
             "b\xE2\x81\xA6",
             HS_FORM_PLAIN, "ab");
  check_text("<b>&\"", HS_FORM_HTML, "&lt;b&gt;&amp;&quot;");
  check_text("1. *x* [y](z) 2. a_b", HS_FORM_MARKDOWN, "1\\. \\*x\\* \\[y\\](z) 2. a\\_b");
  check_text("- # no-list", HS_FORM_MARKDOWN, "\\- # no-list");
}

static void check_cut(const char *given, size_t chars, const char *wanted) {
  hs_buffer out = {0};
  hs_text_cut(&out, hs_str_of(given), chars, HS_FORM_PLAIN);
  assert_string_equal(out.data, wanted);
  hs_buffer_free(&out);
}

static void long_text_is_cut_at_a_word(void **state) {
  (void)state;
  check_cut("We will not leave", 17, "We will not leave");
  check_cut("We will not leave", 13, "We will not …");
  check_cut("Übernachtungsmöglichkeit", 5, "Übern …");
}

static void check_wrap(const hs_buffer *prose, hs_layout layout, const char *wanted) {
  hs_buffer out = {0};
  hs_text_wrap(&out, prose, &layout);
  assert_string_equal(out.data, wanted);
  hs_buffer_free(&out);
}

static void lines_keep_to_their_width(void **state) {
  (void)state;
  hs_buffer prose = {0};
  hs_text_string(&prose, "one two three four", HS_FORM_PLAIN);
  check_wrap(&prose, (hs_layout){.width = 9}, "one two\nthree\nfour\n");
  check_wrap(&prose, (hs_layout){.width = 9, .first = 1, .rest = 3}, " one two\n   three\n   four\n");
  check_wrap(&prose, (hs_layout){.width = 0, .first = 2}, "  one two three four\n");
  hs_buffer_clear(&prose);
  hs_text_string(&prose, "漢字漢字 ab", HS_FORM_PLAIN);
  check_wrap(&prose, (hs_layout){.width = 5}, "漢字\n漢字\nab\n");
  hs_buffer_clear(&prose);
  hs_text_string(&prose, "a ", HS_FORM_PLAIN);
  hs_buffer_char(&prose, HS_MARK_STRONG);
  hs_text_string(&prose, "bc de", HS_FORM_PLAIN);
  check_wrap(&prose, (hs_layout){.width = 4, .colour = true}, "a \x1b[0;1mbc\x1b[0m\n\x1b[0;1mde\x1b[0m\n");
  check_wrap(&prose, (hs_layout){.width = 4}, "a bc\nde\n");
  hs_buffer_free(&prose);
}

/* “Go,” said Ana Orlo. — with hostile title and a dropped block. */
static hs_doc *sample(void) {
  static const char text[] = "“Go,” said Ana Orlo.\n\nShare this";
  static const char *const byline[] = {"Ivo Rask", "Mia Holm"};
  static const char *const roles[] = {"mayor"};
  static const hs_block blocks[] = {
      {.kind = HS_BLOCK_PARAGRAPH, .kept = true, .page = {0, 24}, .text = {0, 24}},
      {.kind = HS_BLOCK_PARAGRAPH, .reason = "share bar", .page = {26, 36}, .text = {26, 36}},
  };
  static const hs_span source = {15, 23}, content = {0, 9};
  static hs_quotation quotation = {
      .cue = {10, 14}, .sources = &source, .source_count = 1, .contents = &content, .content_count = 1};
  static const char *const name = "Ana Orlo";
  static hs_actor actor = {.name = "Ana Orlo",
                           .names = &name,
                           .name_count = 1,
                           .roles = roles,
                           .role_count = 1,
                           .mentions = &source,
                           .mention_count = 1};
  hs_doc *doc = hs_doc_new();
  quotation.speaker_confidence = 0.9F, quotation.confidence = 0.75F;
  quotation.cue_confidence = 0.9F, quotation.source_confidence = 0.8F, quotation.content_confidence = 0.7F;
  quotation.speaks_for = quotation.inside = HS_NONE;
  doc->article = (hs_article){.id = "p",
                              .title = "A \x1b[2J \"title\"",
                              .byline = byline,
                              .byline_count = 2,
                              .published = "2031-03-04",
                              .published_from = "given",
                              .text = text,
                              .text_size = sizeof text - 1,
                              .blocks = blocks,
                              .block_count = 2};
  doc->quotations = &quotation, doc->quotation_count = 1;
  doc->actors = &actor, doc->actor_count = 1;
  return doc;
}

static void json_has_every_field_in_order(void **state) {
  (void)state;
  static const char wanted[] =
      "{\"id\":\"p\",\"kind\":\"article\",\"kind_confidence\":0.00,\"url\":null,\"outlet\":null,\"title\":\"A "
      "\\u001b[2J \\\"title\\\"\","
      "\"byline\":[\"Ivo Rask\",\"Mia Holm\"],\"published\":\"2031-03-04\",\"published_from\":\"given\","
      "\"modified\":null,\"language\":null,\"language_from\":null,\"language_confidence\":0.00,\"text\":\"“Go,” said "
      "Ana Orlo.\\n\\nShare this\","
      "\"quotes\":[{\"id\":\"q1\",\"type\":\"direct\",\"cue\":{\"start\":6,\"end\":10,\"text\":\"said\"},"
      "\"sources\":[{\"start\":11,\"end\":19,\"text\":\"Ana Orlo\"}],"
      "\"contents\":[{\"start\":0,\"end\":5,\"text\":\"“Go,”\"}],"
      "\"speaker\":{\"actor\":\"a1\",\"name\":\"Ana Orlo\",\"confidence\":0.90},\"speaks_for\":null,\"via\":[],"
      "\"force\":\"statement\",\"polarity\":\"affirmed\",\"inside\":null,\"said\":null,"
      "\"confidence\":0.75,\"certainty\":{\"cue\":0.90,\"sources\":0.80,\"contents\":0.70}}],\"actors\":[{\"id\":"
      "\"a1\",\"name\":\"Ana "
      "Orlo\",\"names\":[\"Ana Orlo\"],\"type\":\"person\",\"roles\":[\"mayor\"],\"institution\":null,"
      "\"country\":null,\"sector\":null,\"number\":null,\"closeness\":null,\"anonymity\":null,\"mentions\":[{\"start\":"
      "11,\"end\":19,\"text\":\"Ana Orlo\"}]}],"
      "\"times\":[],\"events\":[],\"blocks\":[{\"kind\":\"paragraph\",\"kept\":true,\"reason\":null,"
      "\"page\":{\"start\":0,\"end\":24},\"start\":0,\"end\":20,\"time\":null},{\"kind\":\"paragraph\",\"kept\":false,"
      "\"reason\":\"share bar\",\"page\":{\"start\":26,\"end\":36},\"start\":22,\"end\":32,\"time\":null}]}\n";
  hs_doc *doc = sample();
  hs_buffer out = {0};
  hs_error error;
  assert_int_equal(hs_doc_json(doc, collect, &out, &error), HS_OK);
  assert_string_equal(out.data, wanted);
  assert_int_equal(hs_doc_json(doc, refuse, NULL, &error), HS_ERROR_STOPPED);
  hs_buffer_free(&out);
  hs_doc_free(doc);
}

static void article_is_readable(void **state) {
  (void)state;
  hs_doc *doc = sample();
  hs_buffer out = {0};
  hs_style style = {.width = 40};
  assert_int_equal(hs_report_article(doc, &style, collect, &out, NULL), HS_OK);
  assert_string_equal(out.data, "A �[2J \"title\"\nby Ivo Rask and Mia Holm · published\n2031-03-04 (given)\n\n"
                                "“Go,” said Ana Orlo.\n");
  hs_buffer_clear(&out);
  style.format = HS_MARKDOWN;
  assert_int_equal(hs_report_article(doc, &style, collect, &out, NULL), HS_OK);
  assert_string_equal(out.data, "# A �\\[2J \"title\"\n\nby Ivo Rask and Mia Holm · published 2031-03-04 (given)\n\n"
                                "“Go,” said Ana Orlo.\n");
  hs_buffer_free(&out);
  hs_doc_free(doc);
}

static void quotations_are_marked(void **state) {
  (void)state;
  hs_doc *doc = sample();
  hs_buffer out = {0};
  hs_style style = {.width = 60};
  assert_int_equal(hs_report_marks(doc, &style, collect, &out, NULL), HS_OK);
  assert_string_equal(out.data,
                      "A �[2J \"title\"\nby Ivo Rask and Mia Holm · published 2031-03-04 (given)\n\n"
                      "[Q1 “Go,”] [C1 said] [S1 Ana Orlo].\n"
                      "    1: Ana Orlo (person), likely (0.75) · direct\n\n"
                      "S source, C cue, V chain, Q content; the number behind the\nletter names the quotation\n");
  hs_buffer_clear(&out);
  style.colour = true;
  assert_int_equal(hs_report_marks(doc, &style, collect, &out, NULL), HS_OK);
  assert_non_null(strstr(out.data, "\x1b[0;32m“Go,”\x1b[0;2m[1]\x1b[0m \x1b[0;4;33msaid\x1b[0m \x1b[0;1;36mAna"));
  hs_buffer_free(&out);
  hs_doc_free(doc);
}

/* Does TEXT have the line LEFT, which takes COLUMNS, with RIGHT from column 70 on, and then BELOW alone there? */
static void check_margin(const char *text, const char *left, int columns, const char *right, const char *below) {
  hs_buffer lines = {0};
  hs_buffer_printf(&lines, "\n%s%*s%s\n%70s%s\n", left, 70 - columns, "", right, "", below);
  assert_non_null(strstr(text, lines.data));
  assert_null(strchr(text, HS_ANCHOR));
  hs_buffer_free(&lines);
}

static void notes_stand_in_the_margin_of_wide_lines(void **state) {
  (void)state;
  hs_doc *doc = sample();
  hs_buffer out = {0};
  hs_style style = {.width = 104};
  assert_int_equal(hs_report_marks(doc, &style, collect, &out, NULL), HS_OK);
  check_margin(out.data, "[Q1 “Go,”] [C1 said] [S1 Ana Orlo].", 35, "1: Ana Orlo (person), likely",
               "   (0.75) · direct");
  hs_buffer_clear(&out);
  style.colour = true;
  assert_int_equal(hs_report_marks(doc, &style, collect, &out, NULL), HS_OK);
  check_margin(out.data, "\x1b[0;32m“Go,”\x1b[0;2m[1]\x1b[0m \x1b[0;4;33msaid\x1b[0m \x1b[0;1;36mAna Orlo\x1b[0m.", 23,
               "\x1b[0;2m1: \x1b[0mAna Orlo (person), \x1b[0;2mlikely\x1b[0m", "   \x1b[0;2m(0.75) · direct\x1b[0m");
  hs_buffer_free(&out);
  hs_doc_free(doc);
}

static void check_marks(const hs_marked *pieces, const char *first, const char *second) {
  static const char text[] = "abcdefghij";
  hs_marking marking = {.pieces = pieces, .marker = &hs_marker_brackets};
  hs_buffer out = {0};
  hs_marks_write(&out, &marking, text, (hs_span){0, 5});
  assert_string_equal(out.data, first);
  hs_buffer_clear(&out);
  hs_marks_write(&out, &marking, text, (hs_span){5, 10});
  assert_string_equal(out.data, second);
  hs_buffer_free(&out);
}

static void marks_nest_and_cross(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  hs_span outer = {1, 9}, source = {2, 3}, inner = {6, 9}, crossing = {4, 7};
  hs_quotation quotations[] = {
      {.contents = &outer, .content_count = 1},
      {.sources = &source, .source_count = 1, .cue = {3, 4}, .contents = &inner, .content_count = 1},
      {.contents = &crossing, .content_count = 1},
  };
  hs_marked pieces = {0};
  for (uint32_t i = 0; i < 2; i++) hs_marked_add(&pieces, arena, &quotations[i], i + 1);
  hs_marked_sort(&pieces);
  check_marks(&pieces,
              "a[Q1\b"
              "b[S2\b"
              "c][C2\b"
              "d]e]",
              "[Q1\b"
              "f[Q2\b"
              "ghi]]j");
  hs_marked_add(&pieces, arena, &quotations[2], 3);
  hs_marked_sort(&pieces);
  check_marks(&pieces,
              "a[Q1\b"
              "b[S2\b"
              "c][C2\b"
              "d][Q3\b"
              "e]]",
              "[Q1\b"
              "[Q3\b"
              "f[Q2\b"
              "g]][Q2\b"
              "hi]]j");
  hs_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text_is_made_harmless),     cmocka_unit_test(long_text_is_cut_at_a_word),
      cmocka_unit_test(lines_keep_to_their_width), cmocka_unit_test(json_has_every_field_in_order),
      cmocka_unit_test(article_is_readable),       cmocka_unit_test(quotations_are_marked),
      cmocka_unit_test(marks_nest_and_cross),      cmocka_unit_test(notes_stand_in_the_margin_of_wide_lines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
