#include "base/arena.h"
#include "base/array.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void pieces_are_zeroed_aligned_and_apart(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  unsigned char *pieces[300];
  for (size_t i = 0; i < 300; i++) {
    pieces[i] = hs_arena_alloc(arena, i * 7);
    assert_int_equal((uintptr_t)pieces[i] % 16, 0);
    for (size_t k = 0; k < i * 7; k++) assert_int_equal(pieces[i][k], 0);
    memset(pieces[i], (int)(i % 255 + 1), i * 7);
  }
  for (size_t i = 0; i < 300; i++)
    for (size_t k = 0; k < i * 7; k++) assert_int_equal(pieces[i][k], i % 255 + 1);
  hs_arena_free(arena);
}

static void a_large_piece_leaves_the_small_ones_their_block(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  hs_arena_alloc(arena, 10);
  char *large = hs_arena_alloc(arena, 8 << 20);
  large[(8 << 20) - 1] = 'x';
  size_t size = hs_arena_size(arena);
  assert_true(size >= 8 << 20);
  hs_arena_alloc(arena, 10);
  assert_int_equal(hs_arena_size(arena), size);
  hs_arena_free(arena);
}

static void copies_end_in_nul(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  char bytes[] = {'a', '\0', 'b'};
  char *copy = hs_arena_copy(arena, bytes, 3);
  assert_memory_equal(copy, "a\0b", 4);
  assert_string_equal(hs_arena_copy(arena, NULL, 0), "");
  assert_string_equal(hs_arena_string(arena, "Orlo"), "Orlo");
  assert_null(hs_arena_string(arena, NULL));
  assert_string_equal(hs_arena_printf(arena, "%s %d", "day", 7), "day 7");
  hs_arena_free(arena);
  hs_arena_free(NULL);
}

static void arrays_keep_their_items_as_they_grow(void **state) {
  (void)state;
  hs_arena *arena = hs_arena_new();
  hs_array(uint32_t) numbers = {0};
  for (uint32_t i = 0; i < 10000; i++) hs_push(arena, numbers, i * 3);
  assert_int_equal(numbers.count, 10000);
  assert_true(numbers.capacity >= numbers.count);
  for (uint32_t i = 0; i < 10000; i++) assert_int_equal(numbers.items[i], i * 3);
  hs_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
      cmocka_unit_test(a_large_piece_leaves_the_small_ones_their_block),
      cmocka_unit_test(copies_end_in_nul),
      cmocka_unit_test(arrays_keep_their_items_as_they_grow),
  };
  return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
