/* Threads that come in any order take their turns by number. */
#include "base/turn.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

enum { THREADS = 8, ROUNDS = 200 };

typedef struct line {
  hs_turn *turn;
  uint64_t seen[THREADS * ROUNDS];
  size_t count; /* touched in one's turn only */
} line;

typedef struct stander {
  line *line;
  uint64_t first;
} stander;

static void *stand(void *stander_) {
  stander *s = stander_;
  for (uint64_t i = s->first; i < THREADS * ROUNDS; i += THREADS) {
    if (i % 3) { /* the others only pass it on */
      hs_turn_wait(s->line->turn, i);
      s->line->seen[s->line->count++] = i;
    }
    hs_turn_pass(s->line->turn, i);
  }
  return NULL;
}

static void turns_come_in_order(void **state) {
  (void)state;
  line *all = calloc(1, sizeof *all);
  all->turn = hs_turn_new();
  pthread_t threads[THREADS];
  stander standers[THREADS];
  for (uint64_t i = THREADS; i-- > 0;) { /* the last one comes first */
    standers[i] = (stander){all, i};
    assert_int_equal(pthread_create(&threads[i], NULL, stand, &standers[i]), 0);
  }
  for (size_t i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
  assert_int_equal(all->count, THREADS * ROUNDS * 2 / 3);
  for (size_t i = 0; i < all->count; i++) assert_int_equal(all->seen[i], i / 2 * 3 + i % 2 + 1);
  hs_turn_free(all->turn);
  free(all);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(turns_come_in_order)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
