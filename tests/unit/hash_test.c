#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Ids stand in records on disk: these were counted with Python's hashlib and must never change. */
static void content_ids_are_the_ones_of_sha_256(void **state) {
  (void)state;
  const hs_str two[] = {hs_str_of("quotation"), hs_str_of("We will not leave")};
  const hs_str empty = {"", 0}, unknown = {0};
  char thousand[1000];
  memset(thousand, 'a', sizeof thousand);
  const hs_str long_one = {thousand, sizeof thousand};
  assert_int_equal(hs_content_id(two, 2), 0x46671dc63fc3c9b6);
  assert_int_equal(hs_content_id(NULL, 0), 0x71d862214c7e0e0a);
  assert_int_equal(hs_content_id(&empty, 1), 0x57aab87ad0c085bd);
  assert_int_equal(hs_content_id(&unknown, 1), 0x0951d7222b30e72e);
  assert_int_equal(hs_content_id(&long_one, 1), 0x429dba55fe6c9971);
}

static void content_ids_tell_parts_apart(void **state) {
  (void)state;
  const hs_str one[] = {hs_str_of("ab"), hs_str_of("c")}, other[] = {hs_str_of("a"), hs_str_of("bc")};
  assert_true(hs_content_id(one, 2) != hs_content_id(other, 2));
}

static void ids_show_as_sixteen_digits(void **state) {
  (void)state;
  char out[17];
  hs_id_write(out, 0x0951d7222b30e72e);
  assert_string_equal(out, "0951d7222b30e72e");
  hs_id_write(out, INT64_MAX);
  assert_string_equal(out, "7fffffffffffffff");
}

static void table_hashes_hear_the_seed(void **state) {
  (void)state;
  hs_str s = hs_str_of("Orlo");
  assert_true(hs_hash(s, 1) == hs_hash(s, 1));
  assert_true(hs_hash(s, 1) != hs_hash(s, 2));
  assert_true(hs_hash((hs_str){0}, 1) == hs_hash(hs_str_of(""), 1));
  assert_true(hs_hash_seed() == hs_hash_seed());
  assert_int_equal(hs_hash(hs_str_of(""), 0), 0x2d06800538d394c2); /* ids in records are made with it */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(content_ids_are_the_ones_of_sha_256),
      cmocka_unit_test(content_ids_tell_parts_apart),
      cmocka_unit_test(ids_show_as_sixteen_digits),
      cmocka_unit_test(table_hashes_hear_the_seed),
  };
  return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
