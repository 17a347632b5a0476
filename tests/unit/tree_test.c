/* Trees from scores of arcs, against all the trees that there are. */
#include "nlp/tree.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
/* cmocka wants the three above first */
#include <cmocka.h>

enum { MOST = HS_TREE_WORDS };

static bool is_tree(const uint32_t *heads, size_t words) {
  size_t roots = 0;
  for (size_t i = 0; i < words; i++) {
    if (heads[i] > words) return false;
    roots += heads[i] == 0;
    size_t at = i + 1, steps = 0;
    for (; at && steps <= words; steps++) at = heads[at - 1];
    if (at) return false;
  }
  return roots == 1;
}

static double sum_of(const float *arcs, size_t words, const uint32_t *heads) {
  double sum = 0;
  for (size_t i = 0; i < words; i++) sum += (double)arcs[i * (words + 1) + heads[i]];
  return sum;
}

/* The sum of the best tree, of all trees. */
static double best_sum(const float *arcs, size_t words) {
  uint32_t heads[6] = {0};
  double best = -INFINITY;
  for (;;) {
    if (is_tree(heads, words) && sum_of(arcs, words, heads) > best) best = sum_of(arcs, words, heads);
    size_t i = 0;
    while (i < words && heads[i] == words) heads[i++] = 0;
    if (i == words) return best;
    heads[i]++;
  }
}

static uint32_t state = 12345;

static float next_random(void) {
  state = state * 1664525u + 1013904223u;
  return (float)(state >> 8) / (float)(1 << 24);
}

/* Scores in LEVELS steps, so that few levels make many ties. */
static void fill(float *arcs, size_t words, float levels) {
  for (size_t i = 0; i < words * (words + 1); i++) arcs[i] = floorf(next_random() * levels) / levels * 20 - 10;
  for (size_t i = 0; i < words; i++) arcs[i * (words + 1) + i + 1] = -1e4F;
}

static void no_tree_is_better(void **unused) {
  (void)unused;
  static const float levels[] = {1, 2, 3, 10, 1e6F};
  for (size_t words = 1; words <= 6; words++)
    for (int round = 0; round < (words < 6 ? 200 : 20); round++) {
      float arcs[6 * 7];
      uint32_t heads[6];
      fill(arcs, words, levels[round % 5]);
      if (round % 3 == 0) /* the root is everybody's darling */
        for (size_t i = 0; i < words; i++) arcs[i * (words + 1)] += 15;
      hs_tree(arcs, words, heads);
      assert_true(is_tree(heads, words));
      assert_true(fabs(sum_of(arcs, words, heads) - best_sum(arcs, words)) < 1e-3);
    }
}

static void check_tree(const float *arcs, size_t words) {
  uint32_t heads[MOST], again[MOST];
  hs_tree(arcs, words, heads);
  assert_true(is_tree(heads, words));
  hs_tree(arcs, words, again);
  assert_memory_equal(heads, again, words * sizeof *heads);
}

static void any_scores_give_a_tree(void **unused) {
  (void)unused;
  static float arcs[MOST * (MOST + 1)];
  static const size_t sizes[] = {1, 2, 3, 7, 50, MOST};
  for (int k = 0; k < 6; k++) {
    size_t words = sizes[k];
    fill(arcs, words, 3), check_tree(arcs, words);
    fill(arcs, words, 1), check_tree(arcs, words);
    fill(arcs, words, 1e6F), check_tree(arcs, words);
    for (size_t i = 0; i < words * (words + 1); i++) arcs[i] = i % 3 ? INFINITY : -INFINITY;
    check_tree(arcs, words);
    for (size_t i = 0; i < words * (words + 1); i++) arcs[i] = (next_random() - 0.5F) * 3e38F;
    check_tree(arcs, words);
    /* a ladder of pairs that point at each other, and of pairs of pairs: cycles in cycles */
    for (size_t i = 0; i < words; i++)
      for (size_t h = 0; h <= words; h++) {
        size_t apart = h ? (i ^ (h - 1)) : words;
        arcs[i * (words + 1) + h] = -log2f((float)apart + 1);
      }
    check_tree(arcs, words);
  }
}

static void the_greedy_choice_stays_where_it_is_a_tree(void **unused) {
  (void)unused;
  static const float arcs[] = {0, -1e4F, 5, 1, /* */ 9, 0, -1e4F, 2, /* */ 1, 3, 3, -1e4F};
  uint32_t heads[3];
  hs_tree(arcs, 3, heads);
  assert_int_equal(heads[0], 2);
  assert_int_equal(heads[1], 0);
  assert_int_equal(heads[2], 1); /* of two that are alike the first */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(no_tree_is_better),
      cmocka_unit_test(any_scores_give_a_tree),
      cmocka_unit_test(the_greedy_choice_stays_where_it_is_a_tree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
