#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void values_stay_with_their_keys(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  hs_map map = {0};
  for (uint32_t i = 0; i < 20000; i++) {
    uint32_t *value = hs_map_put(&map, arena, hs_str_of(hs_arena_printf(arena, "name %u", i)));
    assert_int_equal(*value, 0);
    *value = i + 1;
  }
  assert_int_equal(map.count, 20000);
  assert_true(map.count <= map.capacity);
  for (uint32_t i = 0; i < 20000; i++) {
    hs_str key = hs_str_of(hs_arena_printf(arena, "name %u", i));
    assert_int_equal(*hs_map_get(&map, key), i + 1);
    assert_int_equal(*hs_map_put(&map, arena, key), i + 1);
  }
  assert_int_equal(map.count, 20000);
  assert_null(hs_map_get(&map, hs_str_of("name 20000")));
  hs_arena_free(arena);
}

static void what_was_reserved_is_room_enough(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  for (size_t count = 0; count < 200; count++) {
    hs_map map = {0};
    *hs_map_put(&map, arena, hs_str_of("here already")) = 7;
    hs_map_reserve(&map, arena, count + 1);
    const hs_map_entry *entries = map.entries;
    for (size_t i = 0; i < count; i++) hs_map_put(&map, arena, hs_str_of(hs_arena_printf(arena, "name %zu", i)));
    assert_ptr_equal(map.entries, entries);
    assert_int_equal(*hs_map_get(&map, hs_str_of("here already")), 7);
  }
  hs_arena_free(arena);
}

static void an_empty_map_has_nothing(void **state) {
  (void)state;
  hs_map map = {0};
  assert_null(hs_map_get(&map, hs_str_of("")));
}

static void the_empty_key_is_a_key(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  hs_map map = {0};
  *hs_map_put(&map, arena, (hs_str){0}) = 7;
  assert_int_equal(*hs_map_get(&map, hs_str_of("")), 7);
  assert_int_equal(map.count, 1);
  hs_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(values_stay_with_their_keys),
      cmocka_unit_test(what_was_reserved_is_room_enough),
      cmocka_unit_test(an_empty_map_has_nothing),
      cmocka_unit_test(the_empty_key_is_a_key),
  };
  return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
