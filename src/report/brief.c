/* What the brief tells, gathered from the record in one pass over an index and one question a statement told. */
#include "report/brief.h"

#include "base/error.h"
#include "base/hash.h"
#include "report/query.h"
#include "report/send.h"
#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>

/* One of the statements of a day that may be told. */
typedef struct candidate {
  int64_t id;
  double confidence;
} candidate;

typedef struct day_count {
  const char *day;
  uint64_t count;
  candidate best[HS_BRIEF_DAY]; /* the surest first */
  size_t best_count;
} day_count;

/* Days in order; those of a story are all there, those of the whole record only as far as they are told. */
typedef struct day_counts {
  hs_array(day_count) dated;
  day_count undated;
} day_counts;

/* The record, and the articles that count. */
typedef struct question {
  sqlite3 *db;
  const char *match; /* an FTS5 query; NULL: all articles */
  /* Conditions on the article's id, to follow WHERE: "true" for all. Where most articles count, a plus sign keeps
   * SQLite from looking for each of them, since reading an index from end to end is faster then. */
  char of_article[128], of_quotation[128];
} question;

static int count_one(uint64_t *out, const question *q, const char *sql) {
  sqlite3_stmt *row;
  int code = hs_query(&row, q->db, sql, strstr(sql, "?1") ? q->match : NULL);
  if (!code && (code = sqlite3_step(row)) == SQLITE_ROW) {
    *out = (uint64_t)sqlite3_column_int64(row, 0);
    code = SQLITE_OK;
  }
  sqlite3_finalize(row);
  return code;
}

/* Counts the articles and says how the other questions name them. */
static int count_articles(question *q, hs_brief *brief) {
#define STORY "(SELECT rowid FROM article_search WHERE article_search MATCH ?1)"
  enum { FEW = 16 }; /* one of so many articles at most */
  uint64_t all = 0;
  int code = count_one(&all, q, "SELECT count(*) FROM article");
  brief->articles = all;
  snprintf(q->of_article, sizeof q->of_article, "true");
  snprintf(q->of_quotation, sizeof q->of_quotation, "true");
  if (code || !q->match) return code;
  code = count_one(&brief->articles, q, "SELECT count(*) FROM article_search WHERE article_search MATCH ?1");
  const char *plus = brief->articles > all / FEW ? "+" : "";
  snprintf(q->of_article, sizeof q->of_article, "%sid IN " STORY, plus);
  snprintf(q->of_quotation, sizeof q->of_quotation, "%sarticle IN " STORY, plus);
  return code;
}

static int count_others(const question *q, hs_brief *brief) {
  char sql[512];
  snprintf(sql, sizeof sql, "SELECT count(DISTINCT outlet) FROM article WHERE %s", q->of_article);
  int code = count_one(&brief->outlets, q, sql);
  snprintf(sql, sizeof sql, "SELECT count(*) FROM (SELECT DISTINCT name FROM actor WHERE quotations > 0 AND %s)",
           q->of_quotation);
  return code ? code : count_one(&brief->speakers, q, sql);
}

static void keep_best(day_count *day, sqlite3_stmt *row, int column) {
  if (day->best_count == HS_BRIEF_DAY) return;
  candidate found = {sqlite3_column_int64(row, column), sqlite3_column_double(row, column + 1)};
  day->best[day->best_count++] = found;
}

/* The days of a story, from one pass over its quotations. */
static int count_story_days(day_counts *days, const question *q, hs_brief *brief) {
  char sql[512];
  snprintf(sql, sizeof sql, "SELECT first_day, id, sure FROM quotation WHERE %s ORDER BY first_day, sure DESC",
           q->of_quotation);
  sqlite3_stmt *rows;
  int code = hs_query(&rows, q->db, sql, q->match);
  for (; !code && (code = sqlite3_step(rows)) == SQLITE_ROW; code = SQLITE_OK) {
    const char *name = (const char *)sqlite3_column_text(rows, 0);
    day_count *day = name ? NULL : &days->undated;
    if (name && days->dated.count > 0) day = &days->dated.items[days->dated.count - 1];
    if (!day || (name && strcmp(day->day, name) != 0)) {
      hs_push(brief->arena, days->dated, ((day_count){.day = hs_arena_string(brief->arena, name)}));
      day = &days->dated.items[days->dated.count - 1];
    }
    day->count++;
    brief->quotations++;
    keep_best(day, rows, 1);
  }
  sqlite3_finalize(rows);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* Each day's surest statements; ROWS asks for those of one day. */
static int find_best(day_count *day, sqlite3_stmt *rows) {
  int code = sqlite3_bind_text(rows, 1, day->day, -1, SQLITE_STATIC);
  for (; !code && (code = sqlite3_step(rows)) == SQLITE_ROW; code = SQLITE_OK) keep_best(day, rows, 0);
  sqlite3_reset(rows);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

/* The latest days of the whole record: an index leads from day to day, so that no other quotation is looked at. */
static int count_latest_days(day_counts *days, const question *q, hs_brief *brief) {
  static const char count[] =
      "WITH RECURSIVE latest (day, place) AS (SELECT max(first_day), 1 FROM quotation UNION ALL"
      " SELECT (SELECT max(first_day) FROM quotation WHERE first_day < day), place + 1 FROM latest"
      " WHERE day IS NOT NULL AND place < ?2)"
      " SELECT day, (SELECT count(*) FROM quotation WHERE first_day = day) FROM latest WHERE day IS NOT NULL"
      " UNION ALL SELECT NULL, count(*) FROM quotation WHERE first_day IS NULL ORDER BY 1";
  static const char best[] = "SELECT id, sure FROM quotation WHERE first_day IS ?1 ORDER BY sure DESC LIMIT ?2";
  sqlite3_stmt *rows, *surest = NULL;
  int code = hs_query(&rows, q->db, count, NULL);
  if (!code) code = hs_query(&surest, q->db, best, NULL);
  if (!code) code = sqlite3_bind_int(rows, 2, HS_BRIEF_DAYS);
  if (!code) code = sqlite3_bind_int(surest, 2, HS_BRIEF_DAY);
  for (; !code && (code = sqlite3_step(rows)) == SQLITE_ROW;) {
    day_count day = {.day = hs_arena_string(brief->arena, (const char *)sqlite3_column_text(rows, 0)),
                     .count = (uint64_t)sqlite3_column_int64(rows, 1)};
    code = find_best(&day, surest);
    if (day.day) hs_push(brief->arena, days->dated, day);
    else days->undated = day;
  }
  sqlite3_finalize(surest);
  sqlite3_finalize(rows);
  return code == SQLITE_DONE ? count_one(&brief->quotations, q, "SELECT count(*) FROM quotation") : code;
}

static hs_statement read_statement(sqlite3_stmt *row, hs_arena *arena, const day_count *counted, size_t place) {
  char id[17];
  candidate chosen = counted->best[place];
  hs_statement s = {.day = counted->day, .confidence = chosen.confidence};
  hs_id_write(id, chosen.id);
  s.id = hs_arena_string(arena, id);
  hs_id_write(id, sqlite3_column_int64(row, 0));
  s.article = hs_arena_string(arena, id);
  const char **const columns[] = {&s.article_name, &s.title, &s.outlet, &s.url,    &s.type,    &s.speaker,
                                  &s.speaker_type, &s.role,  &s.via,    &s.source, &s.content, &s.said};
  enum { COLUMNS = sizeof columns / sizeof *columns };
  for (int i = 0; i < COLUMNS; i++) *columns[i] = hs_arena_string(arena, (const char *)sqlite3_column_text(row, i + 1));
  s.start = (uint32_t)sqlite3_column_int64(row, COLUMNS + 1);
  s.end = (uint32_t)sqlite3_column_int64(row, COLUMNS + 2);
  return s;
}

static int statement_order(const void *left, const void *right) {
  const hs_statement *a = left, *b = right;
  int order = strcmp(a->article_name, b->article_name);
  if (!order) order = strcmp(a->article, b->article);
  if (!order) order = (a->start > b->start) - (a->start < b->start);
  return order ? order : strcmp(a->id, b->id);
}

/* Fetches the most surest LIMIT statements of COUNTED; ROW asks for one by its id. */
static int tell_day(hs_brief *brief, sqlite3_stmt *row, const day_count *counted, size_t limit) {
  hs_brief_day day = {.day = counted->day, .count = counted->count};
  int code = SQLITE_OK;
  for (size_t i = 0; !code && i < counted->best_count && i < limit; i++) {
    sqlite3_bind_int64(row, 1, counted->best[i].id);
    code = sqlite3_step(row);
    if (code == SQLITE_ROW) hs_push(brief->arena, day.statements, read_statement(row, brief->arena, counted, i));
    code = sqlite3_reset(row);
  }
  if (day.statements.count)
    qsort(day.statements.items, day.statements.count, sizeof *day.statements.items, statement_order);
  hs_push(brief->arena, brief->days, day);
  return code;
}

static int tell_days(hs_brief *brief, sqlite3 *db, const day_counts *days) {
  static const char sql[] =
      "SELECT q.article, a.name, a.title, a.outlet, a.url, q.type, s.name, s.type, json_extract(s.roles, '$[0]'),"
      " (SELECT group_concat(name, ' > ') FROM (SELECT coalesce(v.name, '') AS name FROM via AS v"
      "   WHERE v.article = q.article AND v.quotation = q.id ORDER BY v.place)),"
      " q.source, q.content, iif(q.said_begin IS NULL, NULL, q.said), q.start, q.end"
      " FROM quotation AS q JOIN article AS a ON a.id = q.article LEFT JOIN actor AS s ON s.id = q.speaker"
      " WHERE q.id = ?1";
  size_t skipped = days->dated.count > HS_BRIEF_DAYS ? days->dated.count - HS_BRIEF_DAYS : 0;
  size_t told = days->dated.count - skipped + (days->undated.count > 0);
  sqlite3_stmt *row;
  int code = hs_query(&row, db, sql, NULL);
  brief->quotations_before = brief->quotations - days->undated.count;
  for (size_t i = skipped; !code && i < days->dated.count; i++) {
    code = tell_day(brief, row, &days->dated.items[i], HS_BRIEF_STATEMENTS / told);
    brief->quotations_before -= days->dated.items[i].count;
  }
  if (!code && days->undated.count > 0) code = tell_day(brief, row, &days->undated, HS_BRIEF_STATEMENTS / told);
  sqlite3_finalize(row);
  return code;
}

static const char *first_day(hs_brief *brief, const question *q, const day_counts *days) {
  if (days->dated.count == 0) return NULL;
  if (q->match) return days->dated.items[0].day;
  sqlite3_stmt *row;
  const char *day = NULL;
  if (!hs_query(&row, q->db, "SELECT min(first_day) FROM quotation", NULL) && sqlite3_step(row) == SQLITE_ROW)
    day = hs_arena_string(brief->arena, (const char *)sqlite3_column_text(row, 0));
  sqlite3_finalize(row);
  return day;
}

static int gather(hs_brief *brief, sqlite3 *db, const char *match) {
  day_counts days = {0};
  question q = {.db = db, .match = match};
  int code = count_articles(&q, brief);
  if (!code) code = count_others(&q, brief);
  if (!code) code = (match ? count_story_days : count_latest_days)(&days, &q, brief);
  if (!code) code = tell_days(brief, db, &days);
  brief->since = first_day(brief, &q, &days);
  if (days.dated.count > 0) brief->until = days.dated.items[days.dated.count - 1].day;
  return code;
}

/* In one transaction, so that what a writer adds in the meantime is seen by all questions or by none. */
static int gather_at_once(hs_brief *brief, const hs_record *record, const char *match, hs_error *error) {
  sqlite3 *db = hs_record_database(record);
  bool begun = sqlite3_get_autocommit(db) && sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK;
  int code = gather(brief, db, match) ? hs_record_fail(record, error) : HS_OK;
  if (begun) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  return code;
}

int hs_report_brief(const hs_record *record, const char *story, const hs_style *style, hs_write *write, void *arg,
                    hs_error *error) {
  hs_arena *arena = hs_arena_new();
  hs_brief brief = {.arena = arena, .story = hs_str_trim(hs_str_of(story)).size ? story : NULL};
  hs_buffer match = {0}, out = {0};
  if (brief.story) hs_query_match(&match, brief.story);
  int code = gather_at_once(&brief, record, match.data, error);
  if (!code) {
    if (style->format == HS_JSON) hs_brief_json(&out, &brief);
    else if (style->format == HS_HTML) hs_brief_html(&out, &brief);
    else if (style->format == HS_MARKDOWN) hs_brief_markdown(&out, &brief);
    else hs_brief_text(&out, &brief, style);
    code = hs_send(&out, write, arg, error);
  }
  hs_buffer_free(&match);
  hs_arena_free(arena);
  return code;
}
