/* Lemmas by rules of suffixes. */
#include "nlp/lemma.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants the three above first */
#include <cmocka.h>

static const char rules[] = "VBD\t\t0\t\tlower\n"
                            "VBD\ted\t2\t\tlower\n"
                            "VBD\tied\t3\ty\tlower\n"
                            "VBD\t^was\t3\tbe\tlower\n"
                            "VBD\twas\t3\twrong\tlower\n"
                            "NNP\t\t0\t\tkeep\n"
                            "NNPS\ts\t1\t\tkeep\n"
                            "NN\tß\t1\tss\tlower\n"
                            "NN\tabcdefgh\t8\tA\tlower\n"
                            "NN\tä\t99\tB\tlower\n"
                            "NN\tö\t99\t\tlower\n"
                            "JJR\t^ⱥⱥⱥ\t2\té\tlower";

static void check(const char *form, const char *xpos, const char *wanted) {
  hs_lemmas *lemmas;
  hs_arena *arena = hs_arena_new();
  assert_int_equal(hs_lemmas_new(&lemmas, hs_str_of(rules), NULL), HS_OK);
  assert_string_equal(hs_lemma(lemmas, hs_str_of(form), xpos, arena), wanted);
  hs_lemmas_free(lemmas);
  hs_arena_free(arena);
}

static void the_longest_suffix_decides(void **unused) {
  (void)unused;
  check("Walked", "VBD", "walk");
  check("carried", "VBD", "carry");
  check("IED", "VBD", "y");
  check("was", "VBD", "be");
  check("WAS", "VBD", "be");
  check("Xwas", "VBD", "xwrong");
  check("sang", "VBD", "sang");
  check("McOrlo", "NNP", "McOrlo");
  check("Orlos", "NNPS", "Orlo");
  check("s", "NNPS", "s"); /* never nothing */
  check("xxabcdefgh", "NN", "xxA");
}

static void a_class_without_rules_gives_small_letters(void **unused) {
  (void)unused;
  check("Nice", "JJ", "nice");
  check("Dams", "NNPS", "Dam");
  check("DAMX", "NNPS", "damx");
  check("ÉTÉ", "averyverylongclass", "été");
  check("İ", "JJ", "İ");
}

static void characters_not_bytes(void **unused) {
  (void)unused;
  check("Spaß", "NN", "spass");
  check("Straẞ", "NN", "strass");
  check("xyÄ", "NN", "xyä"); /* too short for the rule */
  check("xyÖ", "NN", "xyö");
  check("ȺȺȺ", "JJR", "ⱥé"); /* small letters that take more bytes */
}

static void a_word_of_a_megabyte(void **unused) {
  (void)unused;
  enum { SIZE = 1 << 20 };
  char *form = malloc(SIZE + 1);
  assert_non_null(form);
  memset(form, 'A', SIZE);
  memcpy(form + SIZE - 2, "ED", 3);
  hs_lemmas *lemmas;
  hs_arena *arena = hs_arena_new();
  assert_int_equal(hs_lemmas_new(&lemmas, hs_str_of(rules), NULL), HS_OK);
  const char *lemma = hs_lemma(lemmas, (hs_str){form, SIZE}, "VBD", arena);
  assert_int_equal(strlen(lemma), SIZE - 2);
  assert_int_equal(strspn(lemma, "a"), SIZE - 2);
  for (int i = 0; i < SIZE / 2; i++) memcpy(form + 2 * i, "Ⱥ", 2);
  lemma = hs_lemma(lemmas, (hs_str){form, SIZE}, "VBD", arena);
  assert_int_equal(strlen(lemma), SIZE / 2 * 3);
  hs_lemmas_free(lemmas);
  hs_arena_free(arena);
  free(form);
}

static void check_refused(const char *text, unsigned line) {
  hs_lemmas *lemmas;
  hs_error error;
  assert_int_equal(hs_lemmas_new(&lemmas, hs_str_of(text), &error), HS_ERROR_MODEL);
  assert_null(lemmas);
  assert_int_equal(error.position, line);
}

static void rules_that_are_none(void **unused) {
  (void)unused;
  check_refused("NN\t\t0\t\tkeep\nNN\t\tx\t\tkeep", 2);
  check_refused("NN\t\t\t\tkeep", 1);
  check_refused("NN\t\t1000\t\tkeep", 1);
  check_refused("NN\t\t1\t\tupper", 1);
  check_refused("\t\t1\t\tkeep", 1);
  check_refused("words", 1);
  hs_lemmas *none;
  assert_int_equal(hs_lemmas_new(&none, (hs_str){0}, NULL), HS_OK);
  hs_lemmas_free(none);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_longest_suffix_decides), cmocka_unit_test(a_class_without_rules_gives_small_letters),
      cmocka_unit_test(characters_not_bytes),       cmocka_unit_test(a_word_of_a_megabyte),
      cmocka_unit_test(rules_that_are_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
