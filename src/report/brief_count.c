#include "report/brief_count.h"

#include "base/map.h"
#include "report/query.h"

#include <stdio.h>

/* The articles that count. */
typedef struct story {
  const char *match;
  hs_map members;    /* keys, eight bytes each */
  const char *where; /* for SQL: a condition, where few articles count; else reading an index to its end is faster. Of
                        the whole record: what leaves older versions out, if there are any */
} story;

/* Of a page that was captured in several versions the latest one counts. */
#define OLDER "(SELECT key FROM page WHERE newer IS NOT NULL)"
#define MATCHING "SELECT rowid FROM article_search WHERE article_search MATCH ?1 AND rowid NOT IN " OLDER
#define FOUND "(" MATCHING ")"
/* What a person judged to be no quotation is none. */
#define NONE "(SELECT quotation FROM judgement WHERE field = 'quotation' AND verdict = 'wrong')"

static int count_one(uint64_t *out, sqlite3 *db, const char *sql) {
  sqlite3_stmt *row;
  int code = hs_query(&row, db, sql, NULL);
  if (hs_query_next(row, &code)) *out = (uint64_t)sqlite3_column_int64(row, 0);
  sqlite3_finalize(row);
  return code;
}

static int find_members(story *s, hs_brief *brief, sqlite3 *db) {
  enum { FEW = 16 }; /* one of so many articles at most */
  uint64_t all = 0, older = 0;
  int code = count_one(&older, db, "SELECT count(*) FROM " OLDER);
  if (!code) code = count_one(&all, db, "SELECT count(*) FROM article");
  brief->articles = all -= older;
  s->where = older && !s->match ? "AND article NOT IN " OLDER : "";
  if (code || !s->match) return code;
  sqlite3_stmt *rows;
  code = hs_query(&rows, db, MATCHING, s->match);
  while (hs_query_next(rows, &code)) {
    int64_t key = sqlite3_column_int64(rows, 0);
    hs_map_put(&s->members, brief->arena,
               (hs_str){hs_arena_copy(brief->arena, (const char *)&key, sizeof key), sizeof key});
  }
  sqlite3_finalize(rows);
  brief->articles = s->members.count;
  if (s->members.count <= all / FEW) s->where = "AND article IN " FOUND;
  return code;
}

static bool is_member(const story *s, sqlite3_stmt *row, int column) {
  if (!s->match) return true;
  int64_t key = sqlite3_column_int64(row, column);
  return hs_map_get(&s->members, (hs_str){(const char *)&key, sizeof key}) != NULL;
}

/* Prepares SQL with the story's condition in the place of its %s. */
static int ask(sqlite3_stmt **out, const story *s, sqlite3 *db, const char *sql) {
  char whole[512];
  snprintf(whole, sizeof whole, sql, s->where);
  return hs_query(out, db, whole, *s->where ? s->match : NULL);
}

/* How many different values the rows of SQL have that belong to the story: a value and, if a story is asked for, an
 * article each, in order. */
static int count_values(uint64_t *out, const story *s, hs_brief *brief, sqlite3 *db, const char *sql) {
  sqlite3_stmt *rows;
  const char *last = NULL;
  int code = ask(&rows, s, db, sql);
  while (hs_query_next(rows, &code)) {
    const char *value = (const char *)sqlite3_column_text(rows, 0);
    if (!value || (last && strcmp(last, value) == 0) || !is_member(s, rows, 1)) continue;
    last = hs_arena_string(brief->arena, value);
    ++*out;
  }
  sqlite3_finalize(rows);
  return code;
}

static void keep_best(hs_day_count *day, sqlite3_stmt *row, int column) {
  if (day->best_count == HS_BRIEF_DAY) return;
  hs_candidate found = {sqlite3_column_int64(row, column), sqlite3_column_double(row, column + 1)};
  day->best[day->best_count++] = found;
}

/* The last day of DAYS if it is called NAME, else a new one. */
static hs_day_count *day_named(hs_day_counts *days, hs_arena *arena, const char *name) {
  if (!name) return &days->undated;
  size_t count = days->dated.count;
  if (count == 0 || strcmp(days->dated.items[count - 1].day, name) != 0)
    hs_push(arena, days->dated, ((hs_day_count){.day = hs_arena_string(arena, name)}));
  return &days->dated.items[days->dated.count - 1];
}

/* The days of a story, from one pass over quotations. */
static int count_story_days(hs_day_counts *days, const story *s, hs_brief *brief, sqlite3 *db) {
  sqlite3_stmt *rows;
  int code = ask(&rows, s, db,
                 "SELECT first_day, key, sure, article FROM quotation WHERE key NOT IN " NONE
                 " %s ORDER BY first_day, sure DESC, id");
  while (hs_query_next(rows, &code)) {
    if (!is_member(s, rows, 3)) continue;
    hs_day_count *day = day_named(days, brief->arena, (const char *)sqlite3_column_text(rows, 0));
    day->count++;
    brief->quotations++;
    keep_best(day, rows, 1);
  }
  sqlite3_finalize(rows);
  return code;
}

/* Each day's surest statements; ROWS asks for those of one day. */
static int find_best(hs_day_count *day, sqlite3_stmt *rows) {
  int code = sqlite3_bind_text(rows, 1, day->day, -1, SQLITE_STATIC);
  while (hs_query_next(rows, &code)) keep_best(day, rows, 0);
  sqlite3_reset(rows);
  return code;
}

/* The latest days of the whole record: an index leads from day to day, so that no other quotation is looked at. */
static int count_latest_days(hs_day_counts *days, hs_brief *brief, sqlite3 *db) {
  static const char count[] =
      "WITH RECURSIVE latest (day, place) AS (SELECT max(first_day), 1 FROM quotation UNION ALL"
      " SELECT (SELECT max(first_day) FROM quotation WHERE first_day < day), place + 1 FROM latest"
      " WHERE day IS NOT NULL AND place < ?2)"
      " SELECT day, (SELECT count(*) FROM quotation WHERE first_day = day AND article NOT IN " OLDER
      " AND key NOT IN " NONE ") FROM latest WHERE day IS NOT NULL"
      " UNION ALL SELECT NULL, count(*) FROM quotation WHERE first_day IS NULL AND article NOT IN " OLDER
      " AND key NOT IN " NONE " ORDER BY 1";
  static const char best[] = "SELECT key, sure FROM quotation WHERE first_day IS ?1 AND article NOT IN " OLDER
                             " AND key NOT IN " NONE " ORDER BY sure DESC, id LIMIT ?2";
  sqlite3_stmt *rows, *surest = NULL;
  int code = hs_query(&rows, db, count, NULL);
  if (!code) code = hs_query(&surest, db, best, NULL);
  if (!code) code = sqlite3_bind_int(rows, 2, HS_BRIEF_DAYS);
  if (!code) code = sqlite3_bind_int(surest, 2, HS_BRIEF_DAY);
  while (hs_query_next(rows, &code)) {
    hs_day_count day = {.day = hs_arena_string(brief->arena, (const char *)sqlite3_column_text(rows, 0)),
                        .count = (uint64_t)sqlite3_column_int64(rows, 1)};
    code = day.count ? find_best(&day, surest) : SQLITE_OK;
    if (day.day && day.count) hs_push(brief->arena, days->dated, day);
    else if (!day.day) days->undated = day;
  }
  sqlite3_finalize(surest);
  sqlite3_finalize(rows);
  static const char all[] =
      "SELECT count(*) - (SELECT count(*) FROM quotation WHERE article IN " OLDER " OR key IN " NONE ") FROM quotation";
  return code ? code : count_one(&brief->quotations, db, all);
}

static int find_first_day(hs_brief *brief, sqlite3 *db) {
  sqlite3_stmt *row;
  int code = hs_query(&row, db, "SELECT min(first_day) FROM quotation", NULL);
  if (hs_query_next(row, &code))
    brief->since = hs_arena_string(brief->arena, (const char *)sqlite3_column_text(row, 0));
  sqlite3_finalize(row);
  return code;
}

int hs_brief_count(hs_day_counts *days, hs_brief *brief, sqlite3 *db, const char *match) {
  story s = {.match = match};
  int code = find_members(&s, brief, db);
  if (!code)
    code =
        count_values(&brief->outlets, &s, brief, db,
                     "SELECT outlet, article FROM (SELECT outlet, key AS article FROM article) WHERE outlet IS NOT NULL"
                     " %s ORDER BY outlet");
  if (!code)
    code = count_values(&brief->speakers, &s, brief, db,
                        match ? "SELECT name, article FROM actor WHERE quotations > 0 %s ORDER BY name"
                              : "SELECT DISTINCT name FROM actor WHERE quotations > 0 %s ORDER BY name");
  if (!code) code = match ? count_story_days(days, &s, brief, db) : count_latest_days(days, brief, db);
  if (code || days->dated.count == 0) return code;
  brief->since = days->dated.items[0].day;
  brief->until = days->dated.items[days->dated.count - 1].day;
  return match ? SQLITE_OK : find_first_day(brief, db);
}
