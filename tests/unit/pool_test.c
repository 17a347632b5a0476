#include "base/pool.h"

#include <sched.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct number {
  unsigned in, out;
} number;

enum { JOBS = 500 };

/* Some jobs take longer than others, so that they end out of order. */
static void square(void *job, void *arg) {
  number *n = job;
  for (unsigned i = 0; i < n->in % 7; i++) sched_yield();
  n->out = n->in * n->in + *(const unsigned *)arg;
}

static void assert_next(hs_pool *pool, unsigned *taken) {
  const number *n = hs_pool_take(pool);
  assert_non_null(n);
  assert_int_equal(n->in, *taken);
  assert_int_equal(n->out, *taken * *taken + 5);
  ++*taken;
}

static void run_with(int threads) {
  static number numbers[JOBS];
  unsigned five = 5, taken = 0;
  hs_pool *pool = hs_pool_new(threads, square, &five);
  assert_null(hs_pool_take(pool));
  for (unsigned i = 0; i < JOBS; i++) {
    if (!hs_pool_has_room(pool)) assert_next(pool, &taken);
    assert_true(hs_pool_has_room(pool));
    numbers[i] = (number){.in = i};
    hs_pool_put(pool, &numbers[i]);
  }
  assert_true(taken > 0);
  while (taken < JOBS) assert_next(pool, &taken);
  assert_null(hs_pool_take(pool));
  hs_pool_free(pool);
}

static void jobs_come_back_in_order(void **state) {
  (void)state;
  run_with(1);
  run_with(4);
  run_with(0);
}

static void a_pool_without_jobs_ends(void **state) {
  (void)state;
  hs_pool_free(hs_pool_new(3, square, NULL));
  hs_pool_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(jobs_come_back_in_order),
      cmocka_unit_test(a_pool_without_jobs_ends),
  };
  return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
