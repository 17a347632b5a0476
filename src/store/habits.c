/* What the record learns of outlets' habits. */
#include "extract/habits.h"

#include "store/inside.h"

int hs_record_habits(hs_habits **out, const hs_record *record, hs_error *error) {
  static const char sql[] = "SELECT passage.outlet, passage.hash FROM passage JOIN passage AS pages"
                            " ON pages.outlet = passage.outlet AND pages.hash = 0"
                            " WHERE passage.hash <> 0 AND passage.count >= 3 AND passage.count * 5 >= pages.count";
  sqlite3_stmt *s;
  *out = NULL;
  int code = hs_record_prepare(record, &s, sql, error);
  if (code) return code;
  hs_habits *habits = hs_habits_new();
  while (sqlite3_step(s) == SQLITE_ROW)
    hs_habits_add(habits, (const char *)sqlite3_column_text(s, 0), sqlite3_column_int64(s, 1));
  hs_habits_sort(habits);
  if (sqlite3_finalize(s)) {
    hs_habits_free(habits);
    return hs_record_fail(record, error);
  }
  *out = habits;
  return HS_OK;
}

/* Most passages never come back: without this they would be most of the record. */
int hs_habits_forget(const hs_record *record, hs_error *error) {
  static const char sql[] = "DELETE FROM passage WHERE hash <> 0 AND count < 3"
                            " AND page < (SELECT max(key) FROM page) - 20000";
  return sqlite3_exec(record->db, sql, NULL, NULL, NULL) ? hs_record_fail(record, error) : HS_OK;
}
