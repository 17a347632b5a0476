#include "base/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct mathematics {
  double (*floor)(double);
  double (*ceil)(double);
} mathematics;

static const char *const math[] = {"libthereisnone.so.1", "libm.so.6", NULL};

static void the_first_that_is_installed_is_loaded(void **state) {
  (void)state;
  mathematics m = {0};
  assert_null(hs_library_load(&m, (const char *const[]){"floor", "ceil"}, 2, math));
  assert_true(m.floor(2.5) == 2 && m.ceil(2.5) == 3);
}

static void what_is_missing_is_named(void **state) {
  (void)state;
  mathematics m;
  assert_string_equal(hs_library_load(&m, (const char *const[]){"floor", "no_such_function"}, 2, math),
                      "no_such_function");
  static const char *const none[] = {"libthereisnone.so.1", "libthereisnone.so.2", NULL};
  assert_string_equal(hs_library_load(&m, (const char *const[]){"floor", "ceil"}, 2, none), "libthereisnone.so.1");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_first_that_is_installed_is_loaded),
                                     cmocka_unit_test(what_is_missing_is_named)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
