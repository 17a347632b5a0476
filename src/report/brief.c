/* What the brief tells, gathered from the record in one pass over an index and one question a statement told. */
#include "report/brief.h"

#include "base/error.h"
#include "base/hash.h"
#include "report/query.h"
#include "report/send.h"
#include "store/record.h"

#include <stdlib.h>

/* A quotation while it is decided which ones are told. */
typedef struct candidate {
  int64_t id;
  double confidence;
} candidate;

typedef struct day_count {
  const char *day;
  uint64_t count;
  candidate best[HS_BRIEF_DAY]; /* the surest first; of equals the first in the record's order */
  size_t best_count;
} day_count;

typedef hs_array(day_count) day_counts;

static void keep_best(day_count *day, candidate new) {
  size_t at = day->best_count;
  while (at > 0 && day->best[at - 1].confidence < new.confidence) at--;
  if (at == HS_BRIEF_DAY) return;
  if (day->best_count < HS_BRIEF_DAY) day->best_count++;
  memmove(&day->best[at + 1], &day->best[at], (day->best_count - at - 1) * sizeof new);
  day->best[at] = new;
}

static bool same_day(const char *a, const char *b) { return a == b || (a && b && strcmp(a, b) == 0); }

#define STORY_ARTICLES "(SELECT rowid FROM article_search WHERE article_search MATCH ?1)"
/* A quotation is as sure as the weaker of its two parts: that it is one, and whose it is. */
#define SURE "min(confidence, iif(speaker IS NULL, confidence, speaker_confidence))"

/* The days in order, those not known first, as the index has them. */
static int count_days(day_counts *days, hs_brief *brief, sqlite3 *db, const char *match) {
  static const char all[] = "SELECT first_day, id, " SURE " FROM quotation ORDER BY first_day, article, place";
  static const char some[] = "SELECT first_day, id, " SURE " FROM quotation WHERE article IN " STORY_ARTICLES
                             " ORDER BY first_day, article, place";
  sqlite3_stmt *rows;
  int code = hs_query(&rows, db, match ? some : all, match);
  while (!code && (code = sqlite3_step(rows)) == SQLITE_ROW) {
    const char *day = (const char *)sqlite3_column_text(rows, 0);
    if (days->count == 0 || !same_day(days->items[days->count - 1].day, day))
      hs_push(brief->arena, *days, ((day_count){.day = hs_arena_string(brief->arena, day)}));
    day_count *last = &days->items[days->count - 1];
    last->count++;
    brief->quotations++;
    keep_best(last, (candidate){sqlite3_column_int64(rows, 1), sqlite3_column_double(rows, 2)});
    code = SQLITE_OK;
  }
  sqlite3_finalize(rows);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int count_one(uint64_t *out, sqlite3 *db, const char *sql, const char *match) {
  sqlite3_stmt *row;
  int code = hs_query(&row, db, sql, match);
  if (!code && (code = sqlite3_step(row)) == SQLITE_ROW) {
    *out = (uint64_t)sqlite3_column_int64(row, 0);
    code = SQLITE_OK;
  }
  sqlite3_finalize(row);
  return code;
}

static int count_all(hs_brief *brief, sqlite3 *db, const char *match) {
#define OF_STORY(column) " AND " column " IN " STORY_ARTICLES
  static const char *const questions[][2] = {
      {"SELECT count(*) FROM article", "SELECT count(*) FROM article WHERE true" OF_STORY("id")},
      {"SELECT count(DISTINCT outlet) FROM article",
       "SELECT count(DISTINCT outlet) FROM article WHERE true" OF_STORY("id")},
      {"SELECT count(DISTINCT name) FROM actor WHERE EXISTS (SELECT 1 FROM quotation WHERE speaker = actor.id)",
       "SELECT count(DISTINCT name) FROM actor WHERE EXISTS (SELECT 1 FROM quotation WHERE speaker = "
       "actor.id)" OF_STORY("article")},
  };
  uint64_t *const answers[] = {&brief->articles, &brief->outlets, &brief->speakers};
  int code = SQLITE_OK;
  for (size_t i = 0; !code && i < 3; i++) code = count_one(answers[i], db, questions[i][match != NULL], match);
  return code;
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
  size_t undated = days->count > 0 && !days->items[0].day, dated = days->count - undated;
  size_t skipped = dated > HS_BRIEF_DAYS ? dated - HS_BRIEF_DAYS : 0;
  size_t limit = HS_BRIEF_STATEMENTS / (dated - skipped + undated + !days->count);
  sqlite3_stmt *row;
  int code = hs_query(&row, db, sql, NULL);
  for (size_t i = undated; i < undated + skipped; i++) brief->quotations_before += days->items[i].count;
  brief->days_before = skipped;
  for (size_t i = undated + skipped; !code && i < days->count; i++) code = tell_day(brief, row, &days->items[i], limit);
  if (!code && undated) code = tell_day(brief, row, &days->items[0], limit);
  sqlite3_finalize(row);
  if (dated) brief->since = days->items[undated].day, brief->until = days->items[days->count - 1].day;
  return code;
}

static int gather(hs_brief *brief, sqlite3 *db, const char *match) {
  day_counts days = {0};
  int code = count_all(brief, db, match);
  if (!code) code = count_days(&days, brief, db, match);
  if (!code) code = tell_days(brief, db, &days);
  return code;
}

int hs_report_brief(const hs_record *record, const char *story, const hs_style *style, hs_write *write, void *arg,
                    hs_error *error) {
  hs_arena *arena = hs_arena_new();
  hs_brief brief = {.arena = arena, .story = hs_str_trim(hs_str_of(story)).size ? story : NULL};
  hs_buffer match = {0}, out = {0};
  if (brief.story) hs_query_match(&match, brief.story);
  int code = gather(&brief, hs_record_database(record), match.data) ? hs_record_fail(record, error) : HS_OK;
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
