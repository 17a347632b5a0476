#include "base/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void rows_are_read_with_their_lines(void **state) {
  (void)state;
  hs_str table = hs_str_of("# what it is\n\nsaid\tverb \t 0.9\r\n# more\nadds\n\t\tlast");
  hs_row row = {0};
  size_t at = 0;
  assert_true(hs_table_next(table, &at, &row));
  assert_true(hs_str_is(row.column[0], "said"));
  assert_true(hs_str_is(row.column[1], "verb"));
  assert_true(hs_str_is(row.column[2], "0.9"));
  assert_int_equal(row.column[3].size, 0);
  assert_int_equal(row.line, 3);
  assert_true(hs_table_next(table, &at, &row));
  assert_true(hs_str_is(row.column[0], "adds"));
  assert_int_equal(row.column[1].size, 0);
  assert_int_equal(row.line, 5);
  assert_true(hs_table_next(table, &at, &row));
  assert_int_equal(row.column[0].size, 0);
  assert_true(hs_str_is(row.column[2], "last"));
  assert_false(hs_table_next(table, &at, &row));
  assert_false(hs_table_next(table, &at, &row));
}

static void columns_past_the_last_are_left_out(void **state) {
  (void)state;
  hs_str table = hs_str_of("0\t1\t2\t3\t4\t5\t6\t7\t8\t9\nnext\n");
  hs_row row = {0};
  size_t at = 0;
  assert_true(hs_table_next(table, &at, &row));
  assert_true(hs_str_is(row.column[HS_TABLE_COLUMNS - 1], "7"));
  assert_true(hs_table_next(table, &at, &row));
  assert_true(hs_str_is(row.column[0], "next"));
}

/* Each table of data/ opens with what it is, ends its last line, and every row has as many columns as the first. */
static void the_tables_of_data_are_sound(void **state) {
  (void)state;
  assert_non_null(hs_tables[0].name);
  for (const hs_table *t = hs_tables; t->name; t++) {
    assert_true(t->text.size > 0 && t->text.data[0] == '#');
    assert_int_equal(t->text.data[t->text.size - 1], '\n');
    assert_true(hs_str_equal(hs_table_named(t->name), t->text));
    hs_row row = {0};
    for (size_t at = 0; hs_table_next(t->text, &at, &row);)
      if (!row.column[0].size) fail_msg("data/%s.tsv:%u: the first column is empty", t->name, row.line);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_read_with_their_lines),
      cmocka_unit_test(columns_past_the_last_are_left_out),
      cmocka_unit_test(the_tables_of_data_are_sound),
  };
  return cmocka_run_group_tests_name("table", tests, NULL, NULL);
}
