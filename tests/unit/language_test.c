/* Tokens and sentences from the inside: classes, places, limits, and time that grows as the text does. */
#include "base/array.h"
#include "base/limits.h"
#include "base/str.h"
#include "nlp/language.h"
#include "nlp/lexicon.h"
#include "nlp/token.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

typedef struct fixture {
  hs_language *language;
  hs_arena *arena;
  const char *text;
  hs_analysis found;
} fixture;

static int set_up(void **state) {
  fixture *f = hs_calloc(1, sizeof *f);
  f->language = hs_language_new();
  f->arena = hs_arena_new();
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hs_arena_free(f->arena);
  hs_language_free(f->language);
  free(f);
  return 0;
}

/* Analyses TEXT as one block. */
static void analyse(fixture *f, const char *text, size_t size) {
  hs_block block = {.kept = true, .text = {0, (uint32_t)size}};
  hs_article article = {.text = text, .text_size = (uint32_t)size, .blocks = &block, .block_count = 1};
  f->text = text;
  hs_analyse(&f->found, f->language, NULL, &article, f->arena);
}

/* The class of the token FORM, the first of that form in TEXT; 0 if there is none. */
static uint32_t class_in(fixture *f, const char *text, const char *form) {
  analyse(f, text, strlen(text));
  for (size_t i = 0; i < f->found.token_count; i++)
    if (hs_str_is(hs_str_at(text, f->found.tokens[i].span), form)) return f->found.classes[i];
  return 0;
}

static void test_classes_of_words(void **state) {
  fixture *f = *state;
  const char *text = "The UN's Élan 漢 Orlo can't meet 40 at x@orlo.example, Gen. J. Smith";
  assert_int_equal(class_in(f, text, "The"), HS_TOKEN_WORD | HS_TOKEN_CAPITAL);
  assert_int_equal(class_in(f, text, "UN"), HS_TOKEN_WORD | HS_TOKEN_CAPITAL | HS_TOKEN_UPPER);
  assert_int_equal(class_in(f, text, "'s"), HS_TOKEN_WORD | HS_TOKEN_SMALL | HS_TOKEN_CLITIC);
  assert_int_equal(class_in(f, text, "Élan"), HS_TOKEN_WORD | HS_TOKEN_CAPITAL);
  assert_int_equal(class_in(f, text, "漢"), HS_TOKEN_WORD);
  assert_int_equal(class_in(f, text, "ca"), HS_TOKEN_WORD | HS_TOKEN_SMALL);
  assert_int_equal(class_in(f, text, "n't"), HS_TOKEN_WORD | HS_TOKEN_SMALL | HS_TOKEN_CLITIC);
  assert_int_equal(class_in(f, text, "40"), HS_TOKEN_NUMBER);
  assert_int_equal(class_in(f, text, "x@orlo.example"), HS_TOKEN_WORD | HS_TOKEN_ADDRESS);
  assert_int_equal(class_in(f, text, "Gen."), HS_TOKEN_WORD | HS_TOKEN_CAPITAL | HS_TOKEN_ABBREVIATION |
                                                  (HS_ABBREVIATION_TITLE << HS_TOKEN_KIND_SHIFT));
  assert_int_equal(class_in(f, text, "J."), HS_TOKEN_WORD | HS_TOKEN_CAPITAL | HS_TOKEN_ABBREVIATION |
                                                (HS_ABBREVIATION_INITIALS << HS_TOKEN_KIND_SHIFT));
}

static void test_classes_of_marks(void **state) {
  fixture *f = *state;
  uint32_t quote = HS_TOKEN_PUNCTUATION | HS_TOKEN_QUOTE;
  assert_int_equal(class_in(f, "He said “no” twice", "“"), quote | HS_TOKEN_OPENS);
  assert_int_equal(class_in(f, "He said “no” twice", "”"), quote | HS_TOKEN_CLOSES);
  assert_int_equal(class_in(f, "He said \"no", "\""), quote | HS_TOKEN_OPENS);
  assert_int_equal(class_in(f, "no\" he said", "\""), quote | HS_TOKEN_CLOSES);
  assert_int_equal(class_in(f, "no \" he", "\""), quote | HS_TOKEN_OPENS | HS_TOKEN_CLOSES);
  assert_int_equal(class_in(f, "er sagte „ja“ und", "„"), quote | HS_TOKEN_OPENS);
  assert_int_equal(class_in(f, "er sagte „ja“ und", "“"), quote | HS_TOKEN_CLOSES);
  assert_int_equal(class_in(f, "er sagte »ja« und", "»"), quote | HS_TOKEN_OPENS);
  assert_int_equal(class_in(f, "er sagte »ja« und", "«"), quote | HS_TOKEN_CLOSES);
  assert_int_equal(class_in(f, "the states’ pay", "’"), quote | HS_TOKEN_CLOSES);
  assert_int_equal(class_in(f, "``no'' he said", "``"), quote | HS_TOKEN_OPENS);
  assert_int_equal(class_in(f, "``no'' he said", "''"), quote | HS_TOKEN_CLOSES);
  assert_int_equal(class_in(f, "so (he", "("), HS_TOKEN_PUNCTUATION | HS_TOKEN_BRACKET | HS_TOKEN_OPENS);
  assert_int_equal(class_in(f, "so -- he", "--"), HS_TOKEN_PUNCTUATION | HS_TOKEN_DASH);
  assert_int_equal(class_in(f, "So?! He", "?!"), HS_TOKEN_PUNCTUATION | HS_TOKEN_STOP);
  assert_int_equal(class_in(f, "So... He", "..."), HS_TOKEN_PUNCTUATION | HS_TOKEN_STOP | HS_TOKEN_ELLIPSIS);
  assert_int_equal(class_in(f, "So … he", "…"), HS_TOKEN_PUNCTUATION | HS_TOKEN_STOP | HS_TOKEN_ELLIPSIS);
  assert_int_equal(class_in(f, "$4", "$"), HS_TOKEN_SYMBOL);
}

static void test_only_kept_blocks(void **state) {
  fixture *f = *state;
  const char *text = "One.\n\nShare this. \n\nTwo";
  hs_block blocks[] = {
      {.kept = true, .text = {0, 4}}, {.kept = false, .text = {6, 17}}, {.kept = true, .text = {20, 23}}};
  hs_article article = {.text = text, .text_size = 23, .blocks = blocks, .block_count = 3};
  hs_analyse(&f->found, f->language, NULL, &article, f->arena);
  assert_int_equal(f->found.token_count, 3);
  assert_int_equal(f->found.sentence_count, 2);
  assert_int_equal(f->found.tokens[2].span.start, 20);
  assert_int_equal(f->found.sentences[1].first, 2);
  assert_int_equal(f->found.sentences[1].span.end, 23);
}

static void test_no_text(void **state) {
  fixture *f = *state;
  hs_article article = {.text = ""};
  hs_analyse(&f->found, f->language, NULL, &article, f->arena);
  assert_int_equal(f->found.token_count, 0);
  assert_int_equal(f->found.sentence_count, 0);
  analyse(f, " \t\n\u200B", 6);
  assert_int_equal(f->found.token_count, 0);
}

static char *repeated(hs_arena *arena, const char *part, size_t size) {
  char *text = hs_arena_alloc(arena, size + 1);
  size_t length = strlen(part);
  for (size_t i = 0; i + length <= size; i += length) memcpy(text + i, part, length);
  return text;
}

static void test_long_sentences_are_cut(void **state) {
  fixture *f = *state;
  char *text = repeated(f->arena, "so ", 3 * (2 * HS_LIMIT_SENTENCE_TOKENS + 1));
  analyse(f, text, strlen(text));
  assert_int_equal(f->found.sentence_count, 3);
  assert_int_equal(f->found.sentences[0].end, HS_LIMIT_SENTENCE_TOKENS);
  assert_int_equal(f->found.sentences[2].first, 2 * HS_LIMIT_SENTENCE_TOKENS);
}

/* A quarter of a megabyte of what makes a careless reader look at all the rest again and again takes minutes there, and
 * here a moment: a second of processor time leaves room for the slowest machine and sanitizer. */
static void test_linear_time(void **state) {
  fixture *f = *state;
  static const char *const parts[] = {
      "a-",    "non-",    "1-",  "a.", "a.A",  "1.",    "a'",   "n't'",   "'s",     "’s’",  ".)",
      ".\"",   ". \"",    "?” ", "(",  ")",    ". (",   "www.", "@",      "a@",     "a@b",  "@a.b ",
      "#1",    "http://", "://", "a/", "No. ", "No.  ", "U.S.", "J. ",    "Sun. ",  "Mar",  "[1]",
      ".[1]",  "..",      "…",   "--", "``",   "'",     "_",    "\u0301", "\u200D", "漢",   "”",
      "? ”A ", ",",       "&",   "A&", "+1",   ".5",    "'60",  "1:",     "non-a'", "Aa. ", "? A said "};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    hs_arena *arena = hs_arena_new();
    char *text = repeated(arena, parts[i], 1 << 18);
    clock_t start = clock();
    hs_block block = {.kept = true, .text = {0, (uint32_t)strlen(text)}};
    hs_article article = {.text = text, .text_size = block.text.end, .blocks = &block, .block_count = 1};
    hs_analyse(&f->found, f->language, NULL, &article, arena);
    assert_true(f->found.token_count > 0);
    hs_arena_free(arena);
    if (clock() - start > CLOCKS_PER_SEC) fail_msg("\"%s\" again and again", parts[i]);
  }
}

static void test_cases_of_abbreviations(void **state) {
  fixture *f = *state;
  assert_int_equal(hs_lexicon_abbreviation(f->language, hs_str_of("Gen")), HS_ABBREVIATION_TITLE);
  assert_int_equal(hs_lexicon_abbreviation(f->language, hs_str_of("GEN")), HS_ABBREVIATION_TITLE);
  assert_int_equal(hs_lexicon_abbreviation(f->language, hs_str_of("gen")), HS_ABBREVIATION_NONE);
  assert_int_equal(hs_lexicon_abbreviation(f->language, hs_str_of("e.g")), HS_ABBREVIATION_INNER);
  assert_int_equal(hs_lexicon_abbreviation(f->language, hs_str_of("E.g")), HS_ABBREVIATION_INNER);
  assert_int_equal(hs_lexicon_abbreviation(f->language, hs_str_of("P.M")), HS_ABBREVIATION_TIME);
  assert_int_equal(hs_lexicon_abbreviation(f->language, hs_str_of("")), HS_ABBREVIATION_NONE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_classes_of_words),       cmocka_unit_test(test_classes_of_marks),
      cmocka_unit_test(test_only_kept_blocks),       cmocka_unit_test(test_no_text),
      cmocka_unit_test(test_long_sentences_are_cut), cmocka_unit_test(test_linear_time),
      cmocka_unit_test(test_cases_of_abbreviations)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
