/* Names from scores of tags, against all sequences of tags. */
#include "nlp/names.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
/* cmocka wants the three above first */
#include <cmocka.h>

static const char *const labels[] = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC"};
enum { TAGS = 5, MOST = 5 };

static hs_name_tags read_labels(void) {
  hs_name_tags tags;
  assert_int_equal(hs_name_tags_read(&tags, labels, TAGS, NULL), HS_OK);
  return tags;
}

static bool is_well_formed(const uint8_t *tags, size_t words) {
  for (size_t i = 0; i < words; i++) {
    uint8_t before = i ? tags[i - 1] : 0;
    if (tags[i] == 2 && before != 1 && before != 2) return false;
    if (tags[i] == 4 && before != 3 && before != 4) return false;
  }
  return true;
}

static double sum_of(const float *scores, size_t words, const uint8_t *tags) {
  double sum = 0;
  for (size_t i = 0; i < words; i++) sum += (double)scores[i * TAGS + tags[i]];
  return sum;
}

static double best_sum(const float *scores, size_t words) {
  uint8_t tags[MOST] = {0};
  double best = -INFINITY;
  for (;;) {
    if (is_well_formed(tags, words) && sum_of(scores, words, tags) > best) best = sum_of(scores, words, tags);
    size_t i = 0;
    while (i < words && tags[i] == TAGS - 1) tags[i++] = 0;
    if (i == words) return best;
    tags[i]++;
  }
}

static void no_sequence_is_better(void **unused) {
  (void)unused;
  hs_name_tags tags = read_labels();
  uint32_t state = 7;
  for (size_t words = 1; words <= MOST; words++)
    for (int round = 0; round < 30; round++) {
      float scores[MOST * TAGS];
      uint8_t best[MOST];
      for (size_t i = 0; i < words * TAGS; i++) {
        state = state * 1664525u + 1013904223u;
        scores[i] = (float)(state >> 28) - 8;
      }
      hs_name_tags_best(&tags, scores, words, best);
      assert_true(is_well_formed(best, words));
      assert_true(fabs(sum_of(scores, words, best) - best_sum(scores, words)) < 1e-4);
    }
}

static void an_inside_needs_its_own_begin(void **unused) {
  (void)unused;
  hs_name_tags tags = read_labels();
  static const float scores[] = {0, 2, 0, 1.5F, 0, /* */ 0, 0, 0, 0, 3};
  uint8_t best[2];
  hs_name_tags_best(&tags, scores, 2, best);
  assert_int_equal(best[0], 3);
  assert_int_equal(best[1], 4);
  assert_string_equal(tags.type[best[1]], "LOC");
  assert_true(hs_name_tag_continues(&tags, 4));
  assert_false(hs_name_tag_continues(&tags, 3));
  assert_null(tags.type[0]);
}

static void a_long_sentence(void **unused) {
  (void)unused;
  hs_name_tags tags = read_labels();
  static float scores[HS_NAME_WORDS * TAGS];
  uint8_t best[HS_NAME_WORDS];
  for (size_t i = 0; i < HS_NAME_WORDS; i++) scores[i * TAGS + 2] = 1e30F; /* inside everywhere */
  hs_name_tags_best(&tags, scores, HS_NAME_WORDS, best);
  assert_int_equal(best[0], 1);
  for (size_t i = 1; i < HS_NAME_WORDS; i++) assert_int_equal(best[i], 2);
}

static void what_is_named_alike_is_of_one_type(void **unused) {
  (void)unused;
  hs_name_tags tags = read_labels();
  const hs_str forms[] = {hs_str_of("Orlo"), hs_str_of("ORLO"), hs_str_of("Orlo"), hs_str_of("Vale"),
                          hs_str_of("Vale")};
  /* Two names of one word, one of two, and "Vale" once more. */
  static const float scores[][TAGS] = {
      {0, 5, 0, 1, 0}, {0, 1, 0, 2, 0}, {0, 0, 0, 4, 0}, {0, 0, 0, 0, 3}, {0, 1, 0, 2, 0}};
  hs_name names[] = {{.first = 0, .end = 1, .type = "PER"},
                     {.first = 1, .end = 2, .type = "LOC"},
                     {.first = 2, .end = 4, .type = "LOC"},
                     {.first = 4, .end = 5, .type = "LOC"}};
  hs_name_votes votes[4];
  for (size_t i = 0; i < 4; i++) votes[i] = hs_name_vote(&tags, scores[names[i].first], names[i].end - names[i].first);
  assert_true(fabsf(votes[2].of[3] - 3.5F) < 1e-6F);
  hs_names_agree(&tags, names, votes, 4, forms);
  assert_string_equal(names[0].type, "PER");
  assert_string_equal(names[1].type, "PER");
  assert_string_equal(names[2].type, "LOC");
  assert_string_equal(names[3].type, "LOC");
}

static void check_refused(const char *const *wrong, size_t count) {
  hs_name_tags tags;
  hs_error error;
  assert_int_equal(hs_name_tags_read(&tags, wrong, count, &error), HS_ERROR_MODEL);
}

static void labels_that_are_none(void **unused) {
  (void)unused;
  static const char *const alone[] = {"O", "I-PER"}, *const odd[] = {"O", "B"}, *const other[] = {"PER"};
  check_refused(alone, 2);
  check_refused(odd, 2);
  check_refused(other, 1);
  check_refused(labels, HS_NAME_TAGS + 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_sequence_is_better), cmocka_unit_test(an_inside_needs_its_own_begin),
      cmocka_unit_test(a_long_sentence),       cmocka_unit_test(what_is_named_alike_is_of_one_type),
      cmocka_unit_test(labels_that_are_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
