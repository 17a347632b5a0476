#include "base/buffer.h"

#include <jansson.h>
#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void a_buffer_grows_and_forgets(void **state) {
  (void)state;
  hs_buffer b = {0};
  for (int i = 0; i < 1000; i++) hs_buffer_text(&b, "four");
  hs_buffer_char(&b, '!');
  assert_int_equal(b.size, 4001);
  assert_string_equal(b.data + 3997, "our!");
  hs_buffer_clear(&b);
  assert_string_equal(b.data, "");
  hs_buffer_printf(&b, "%0*d", 5000, 7);
  assert_int_equal(b.size, 5000);
  assert_string_equal(b.data + 4998, "07");
  hs_buffer_free(&b);
  assert_null(b.data);
  hs_buffer_clear(&b);
  hs_buffer_add(&b, NULL, 0);
  assert_string_equal(b.data, "");
  hs_buffer_free(&b);
}

static void commas_come_by_themselves(void **state) {
  (void)state;
  hs_buffer b = {0};
  hs_json_open(&b, '{');
  hs_json_key(&b, "id");
  hs_json_string(&b, "a[{:");
  hs_json_key(&b, "none");
  hs_json_string(&b, NULL);
  hs_json_key(&b, "spans");
  hs_json_open(&b, '[');
  hs_json_open(&b, '{');
  hs_json_close(&b, '}');
  hs_json_open(&b, '{');
  hs_json_close(&b, '}');
  hs_json_int(&b, INT64_MIN);
  hs_json_close(&b, ']');
  hs_json_key(&b, "empty");
  hs_json_str(&b, (hs_str){"", 0});
  hs_json_close(&b, '}');
  hs_buffer_char(&b, '\n');
  hs_json_open(&b, '{');
  hs_json_close(&b, '}');
  assert_string_equal(b.data,
                      "{\"id\":\"a[{:\",\"none\":null,\"spans\":[{},{},-9223372036854775808],\"empty\":\"\"}\n{}");
  hs_buffer_free(&b);
}

/* jansson reads back every character that we write. */
static void strings_survive_another_reader(void **state) {
  (void)state;
  char text[127 + 10];
  for (int i = 0; i < 127; i++) text[i] = (char)(i + 1);
  strcpy(text + 127, "\xC2\x80“😀");
  hs_buffer b = {0};
  hs_json_open(&b, '[');
  hs_json_string(&b, text);
  hs_json_close(&b, ']');
  for (size_t i = 0; i < b.size; i++) assert_true((unsigned char)b.data[i] >= ' ');
  json_t *read = json_loadb(b.data, b.size, 0, NULL);
  assert_non_null(read);
  assert_string_equal(json_string_value(json_array_get(read, 0)), text);
  json_decref(read);
  hs_buffer_free(&b);
}

static void control_characters_have_their_short_forms(void **state) {
  (void)state;
  hs_buffer b = {0};
  hs_json_string(&b, "\b\f\n\r\t\v\x01\x1f\"\\/\x7f");
  assert_string_equal(b.data, "\"\\b\\f\\n\\r\\t\\u000b\\u0001\\u001f\\\"\\\\/\x7f\"");
  hs_buffer_free(&b);
}

static void shares_have_two_digits(void **state) {
  (void)state;
  hs_buffer b = {0};
  hs_json_open(&b, '[');
  for (int i = 0; i <= 4; i++) hs_json_share(&b, (const double[]){0, 0.005, 0.85, 0.999, 1}[i]);
  hs_json_close(&b, ']');
  assert_string_equal(b.data, "[0.00,0.01,0.85,1.00,1.00]");
  hs_buffer_free(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_buffer_grows_and_forgets),     cmocka_unit_test(commas_come_by_themselves),
      cmocka_unit_test(strings_survive_another_reader), cmocka_unit_test(control_characters_have_their_short_forms),
      cmocka_unit_test(shares_have_two_digits),
  };
  return cmocka_run_group_tests_name("buffer", tests, NULL, NULL);
}
