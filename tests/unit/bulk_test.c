/* The longest string of an object, taken out: the object and the string are what jansson makes of the whole. */
#include "ingest/bulk.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static hs_arena *arena;

static void same_as_jansson(const char *object, const char *key, const char *rest) {
  hs_bulk bulk = hs_bulk_take(arena, hs_str_of(object));
  json_t *whole = json_loads(object, JSON_ALLOW_NUL, NULL);
  const json_t *value = json_object_get(whole, key);
  assert_true(hs_str_is(bulk.key, key));
  assert_true(hs_str_is(bulk.rest, rest));
  assert_true(hs_str_equal(bulk.value, (hs_str){json_string_value(value), json_string_length(value)}));
  json_decref(whole);
}

static void the_longest_member_is_taken(void **state) {
  (void)state;
  same_as_jansson("{\"id\": 7, \"text\": \"Ana.\", \"url\": \"x\"}", "text",
                  "{\"id\": 7, \"text\": \"\", \"url\": \"x\"}");
  same_as_jansson(" {\"a\":{\"text\":\"no member of its own\"},\"b\":[\"nor this one: \\\"\",\"{\"],\"html\":\"<p>\"}",
                  "html",
                  " {\"a\":{\"text\":\"no member of its own\"},\"b\":[\"nor this one: \\\"\",\"{\"],\"html\":\"\"}");
}

static void escapes_mean_what_they_mean(void **state) {
  (void)state;
  same_as_jansson("{\"t\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t, \\u0041\\u00e9\\u20AC\\uD83D\\uDE00, \\u0000 and \\\\\"}", "t",
                  "{\"t\":\"\"}");
}

static void what_cannot_be_read_stays(void **state) {
  (void)state;
  static const char *const objects[] = {"",
                                        "{",
                                        "{\"t\":\"\"}",
                                        "{\"t\":\"\\x\"}",
                                        "{\"t\":\"\\u12\"}",
                                        "{\"t\":\"\\ud83d\"}",
                                        "{\"t\":\"\\ud83d\\u0041\"}",
                                        "{\"t\":\"\\ude00\"}",
                                        "[\"Ana.\"]",
                                        "{\"only a key\"}"};
  for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
    hs_bulk bulk = hs_bulk_take(arena, hs_str_of(objects[i]));
    assert_null(bulk.key.data);
    assert_true(hs_str_is(bulk.rest, objects[i]));
  }
}

static int set_up(void **state) {
  (void)state;
  return (arena = hs_arena_new()) == NULL;
}

static int tear_down(void **state) {
  (void)state;
  hs_arena_free(arena);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_longest_member_is_taken),
                                     cmocka_unit_test(escapes_mean_what_they_mean),
                                     cmocka_unit_test(what_cannot_be_read_stays)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
