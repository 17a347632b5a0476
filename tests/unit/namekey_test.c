/* Names in the form in which they are compared. */
#include "annotate/namekey.h"

#include "annotate/annotate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka wants the three above first */
#include <cmocka.h>

static bool sounds_like(const char *a, const char *b) {
  hs_rules *rules = hs_rules_new();
  hs_arena *arena = hs_arena_new();
  bool alike = hs_str_equal(hs_name_sound(rules, hs_str_of(a), arena), hs_name_sound(rules, hs_str_of(b), arena));
  hs_arena_free(arena);
  hs_rules_free(rules);
  return alike;
}

static bool agree(const char *a, const char *b) {
  hs_rules *rules = hs_rules_new();
  bool yes = hs_given_names_agree(rules, hs_str_of(a), hs_str_of(b));
  assert_int_equal(yes, hs_given_names_agree(rules, hs_str_of(b), hs_str_of(a)));
  hs_rules_free(rules);
  return yes;
}

static void transliterations_sound_alike(void **unused) {
  (void)unused;
  assert_true(sounds_like("zolensky", "zolenskyy"));
  assert_true(sounds_like("zolensky", "zolenskiy"));
  assert_true(sounds_like("zolensky", "zolenskii"));
  assert_true(sounds_like("makharov", "maharoff"));
  assert_true(sounds_like("taras zolensky", "taras zolenskyj"));
  assert_false(sounds_like("zolensky", "zolenskaya"));
  assert_false(sounds_like("marl", "marsh"));
}

static void short_words_are_left_as_they_are(void **unused) {
  (void)unused;
  assert_false(sounds_like("lee", "li"));
  assert_true(sounds_like("", ""));
}

static void a_long_name_is_cut_and_not_overrun(void **unused) {
  (void)unused;
  char long_name[200];
  memset(long_name, 'q', sizeof long_name);
  hs_rules *rules = hs_rules_new();
  hs_arena *arena = hs_arena_new();
  for (size_t size = 100; size <= sizeof long_name; size++)
    assert_int_equal(hs_name_sound(rules, (hs_str){long_name, size}, arena).size, size < 120 ? size : 120);
  hs_arena_free(arena);
  hs_rules_free(rules);
}

static void given_names_agree_by_initial_beginning_and_short_form(void **unused) {
  (void)unused;
  assert_true(agree("ana", "ana"));
  assert_true(agree("a", "ana"));
  assert_true(agree("ana b", "ana"));
  assert_true(agree("tim", "timothy"));
  assert_true(agree("bob", "robert"));
  assert_true(agree("bob", "rob"));
  assert_true(agree("", "ana"));
  assert_false(agree("ana", "ben"));
  assert_false(agree("al", "alan")); /* too short to tell */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(transliterations_sound_alike),
      cmocka_unit_test(short_words_are_left_as_they_are),
      cmocka_unit_test(a_long_name_is_cut_and_not_overrun),
      cmocka_unit_test(given_names_agree_by_initial_beginning_and_short_form),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
