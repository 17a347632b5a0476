/* The way from one version of the record to the next, with steps made up for it. */
#include "store/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static int number(sqlite3 *db, const char *sql) {
  int n = -1;
  assert_int_equal(hs_schema_number(db, sql, &n), SQLITE_OK);
  return n;
}

static sqlite3 *new_database(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  return db;
}

static const char *const STEPS[] = {
    "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)",
    "ALTER TABLE a ADD y INTEGER; UPDATE a SET y = x + 1",
    "CREATE TABLE b (z INTEGER); INSERT INTO b SELECT y + 1 FROM a",
};

static void steps_run_from_whatever_version_there_is(void **state) {
  (void)state;
  for (int from = 0; from <= 3; from++) {
    sqlite3 *db = new_database();
    assert_int_equal(hs_schema_migrate(db, STEPS, from), SQLITE_OK);
    assert_int_equal(number(db, "PRAGMA user_version"), from);
    assert_int_equal(hs_schema_migrate(db, STEPS, 3), SQLITE_OK);
    assert_int_equal(number(db, "PRAGMA user_version"), 3);
    assert_int_equal(number(db, "SELECT x * 100 + y * 10 + z FROM a, b"), 123);
    assert_int_equal(hs_schema_migrate(db, STEPS, 3), SQLITE_OK);
    assert_int_equal(number(db, "SELECT count(*) FROM a, b"), 1);
    sqlite3_close(db);
  }
}

static void a_step_that_fails_leaves_the_version_before_it_whole(void **state) {
  (void)state;
  const char *const steps[] = {STEPS[0], "UPDATE a SET x = 7; CREATE TABLE c (x); INSERT INTO nowhere VALUES (1)",
                               STEPS[2]};
  sqlite3 *db = new_database();
  assert_int_not_equal(hs_schema_migrate(db, steps, 3), SQLITE_OK);
  assert_int_equal(number(db, "PRAGMA user_version"), 1);
  assert_int_equal(number(db, "SELECT x FROM a"), 1);
  assert_int_equal(number(db, "SELECT count(*) FROM sqlite_schema"), 1);
  assert_true(sqlite3_get_autocommit(db));
  assert_int_equal(hs_schema_migrate(db, STEPS, 3), SQLITE_OK);
  sqlite3_close(db);
}

static void the_real_steps_mark_the_file(void **state) {
  (void)state;
  sqlite3 *db = new_database();
  assert_int_equal(hs_schema_migrate(db, hs_schema_steps, hs_schema_version), SQLITE_OK);
  assert_int_equal(number(db, "PRAGMA user_version"), hs_schema_version);
  assert_int_equal(number(db, "PRAGMA application_id"), HS_APPLICATION_ID);
  assert_int_equal(number(db, "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                              " AND NOT strict AND name NOT LIKE 'sqlite_%'"),
                   0);
  sqlite3_close(db);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(steps_run_from_whatever_version_there_is),
      cmocka_unit_test(a_step_that_fails_leaves_the_version_before_it_whole),
      cmocka_unit_test(the_real_steps_mark_the_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
