#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BROKEN "\xEF\xBF\xBD"

static hs_arena *arena;

static int set_up(void **state) {
  (void)state;
  arena = hs_arena_new();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  hs_arena_free(arena);
  return 0;
}

#define bytes(literal) ((hs_str){literal, sizeof(literal) - 1})

static void assert_repaired(hs_str broken, const char *expected) {
  hs_str repaired = hs_utf8_repair(arena, broken, NULL, NULL);
  assert_string_equal(repaired.data, expected);
  assert_int_equal(repaired.size, strlen(expected));
}

/* The sequences of the tables in chapter 3.9 of the Unicode standard, with the number of U+FFFD it recommends. */
static void repair_replaces_as_the_standard_recommends(void **state) {
  (void)state;
  assert_repaired(bytes("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
                  BROKEN BROKEN BROKEN BROKEN BROKEN BROKEN BROKEN BROKEN "A");
  assert_repaired(bytes("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"),
                  BROKEN BROKEN BROKEN BROKEN BROKEN BROKEN BROKEN BROKEN "A");
  assert_repaired(bytes("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
                  BROKEN BROKEN BROKEN BROKEN BROKEN "A" BROKEN BROKEN "B");
  assert_repaired(bytes("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), BROKEN BROKEN BROKEN BROKEN "A");
}

static void repair_of_ends_nuls_and_nothing(void **state) {
  (void)state;
  assert_repaired(bytes("a\xE2\x80"), "a" BROKEN);
  assert_repaired(bytes("a\0b\0"), "a" BROKEN "b" BROKEN);
  assert_repaired(bytes("ends \xF0"), "ends " BROKEN);
  assert_repaired(bytes(""), "");
  assert_repaired((hs_str){0}, "");
}

static void repair_keeps_what_is_valid(void **state) {
  (void)state;
  const char *text = "“Ĳssel” – Ж – 日本 – \U0001F5DE – \uFFFF – \U0010FFFF – \x7F\xC2\x80";
  assert_repaired(hs_str_of(text), text);
  assert_int_equal(hs_utf8_valid(hs_str_of(text)), strlen(text));
}

static void steps_tell_where_each_byte_came_from(void **state) {
  (void)state;
  hs_step *steps;
  size_t count;
  hs_utf8_repair(arena,
                 bytes("ab\xFF"
                       "cd\xE2\x80!"),
                 &steps, &count);
  const hs_step expected[] = {{0, 0}, {3, 5}, {7, 10}};
  assert_int_equal(count, 3);
  assert_memory_equal(steps, expected, sizeof expected);
}

static void valid_beginnings_are_measured(void **state) {
  (void)state;
  assert_int_equal(hs_utf8_valid(bytes("no\0pe")), 2);
  assert_int_equal(hs_utf8_valid(bytes("\xC3\xA9\xC3")), 2);
  assert_int_equal(hs_utf8_valid((hs_str){0}), 0);
}

static void walking_forth_and_back(void **state) {
  (void)state;
  hs_str s = hs_str_of("aé€😀z");
  const int32_t points[] = {'a', 0xE9, 0x20AC, 0x1F600, 'z'};
  const size_t sizes[] = {1, 2, 3, 4, 1};
  size_t at = 0;
  for (int i = 0; i < 5; i++) {
    size_t size;
    assert_int_equal(hs_utf8_at(s, at, &size), points[i]);
    assert_int_equal(size, sizes[i]);
    assert_int_equal(hs_utf8_before(s, at + size), at);
    at += size;
  }
  assert_int_equal(at, s.size);
}

/* Asks both ways at each character of S, by counting along. */
static void assert_offsets(hs_str s) {
  hs_offsets offsets = hs_offsets_of(arena, s);
  uint32_t chars = 0;
  for (size_t at = 0, size; at < s.size; at += size, chars++) {
    hs_utf8_at(s, at, &size);
    assert_int_equal(hs_offsets_chars(&offsets, (uint32_t)at), chars);
    assert_int_equal(hs_offsets_bytes(&offsets, chars), at);
  }
  assert_int_equal(offsets.count, chars);
  assert_int_equal(hs_offsets_chars(&offsets, (uint32_t)s.size), chars);
  assert_int_equal(hs_offsets_bytes(&offsets, chars), s.size);
  assert_int_equal(hs_offsets_bytes(&offsets, chars + 100), s.size);
}

static void offsets_both_ways(void **state) {
  (void)state;
  assert_offsets(hs_str_of(""));
  assert_offsets(hs_str_of("plain letters, more than sixty-four of them, so that there is a second stride to count"));
  assert_offsets(hs_str_of("é"));
  const char *unit[] = {"“", "a", "Ж", "😀", "日"};
  char text[4 * 200 + 1];
  for (size_t length = 1; length < 200; length++) { /* characters lie across the strides' ends in every way */
    text[0] = '\0';
    for (size_t i = 0; i < length; i++) strcat(text, unit[(i * i + length) % 5]);
    assert_offsets(hs_str_of(text));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(repair_replaces_as_the_standard_recommends),
      cmocka_unit_test(repair_of_ends_nuls_and_nothing),
      cmocka_unit_test(repair_keeps_what_is_valid),
      cmocka_unit_test(steps_tell_where_each_byte_came_from),
      cmocka_unit_test(valid_beginnings_are_measured),
      cmocka_unit_test(walking_forth_and_back),
      cmocka_unit_test(offsets_both_ways),
  };
  return cmocka_run_group_tests_name("utf8", tests, set_up, tear_down);
}
