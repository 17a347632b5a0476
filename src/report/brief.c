/* The brief of a record: what was chosen is fetched, one question a statement, and written. */
#include "report/brief_count.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "report/query.h"
#include "report/send.h"
#include "store/record.h"

#include <stdlib.h>

static hs_statement read_statement(sqlite3_stmt *row, hs_arena *arena, const hs_day_count *counted, size_t place) {
  char id[17];
  hs_candidate chosen = counted->best[place];
  hs_statement s = {.confidence = chosen.confidence};
  hs_id_write(id, sqlite3_column_int64(row, 0));
  s.id = hs_arena_string(arena, id);
  hs_id_write(id, sqlite3_column_int64(row, 1));
  s.article = hs_arena_string(arena, id);
  const char **const columns[] = {&s.article_name, &s.title,        &s.outlet, &s.url,       &s.type,
                                  &s.speaker,      &s.speaker_type, &s.role,   &s.via,       &s.source,
                                  &s.cue,          &s.content,      &s.said,   &s.first_day, &s.last_day};
  enum { COLUMNS = sizeof columns / sizeof *columns };
  for (int i = 0; i < COLUMNS; i++) *columns[i] = hs_arena_string(arena, (const char *)sqlite3_column_text(row, i + 2));
  s.start = (uint32_t)sqlite3_column_int64(row, COLUMNS + 2);
  s.end = (uint32_t)sqlite3_column_int64(row, COLUMNS + 3);
  s.behind_cue = sqlite3_column_int(row, COLUMNS + 4);
  return s;
}

static int statement_order(const void *left, const void *right) {
  const hs_statement *a = left, *b = right;
  int order = strcmp(a->article_name, b->article_name);
  if (!order) order = strcmp(a->article, b->article);
  if (!order) order = (a->start > b->start) - (a->start < b->start);
  return order ? order : strcmp(a->id, b->id);
}

/* Fetches the most surest LIMIT statements of COUNTED; ROW asks for one by its key. */
static int tell_day(hs_brief *brief, sqlite3_stmt *row, const hs_day_count *counted, size_t limit) {
  hs_brief_day day = {.day = counted->day, .count = counted->count};
  int code = SQLITE_OK;
  for (size_t i = 0; !code && i < counted->best_count && i < limit; i++) {
    sqlite3_bind_int64(row, 1, counted->best[i].key);
    code = sqlite3_step(row);
    if (code == SQLITE_ROW) hs_push(brief->arena, day.statements, read_statement(row, brief->arena, counted, i));
    code = sqlite3_reset(row);
  }
  if (day.statements.count)
    qsort(day.statements.items, day.statements.count, sizeof *day.statements.items, statement_order);
  hs_push(brief->arena, brief->days, day);
  return code;
}

/* Of FIELD what a person says in COLUMN of correction, if the last word on it is that FOUND is wrong. */
#define LAST(field, column)                                                                                            \
  "(SELECT " column " FROM correction WHERE article = q.article AND quotation = q.id AND field = '" field              \
  "' ORDER BY key DESC LIMIT 1)"
#define JUDGED(field, column, found) " iif(" LAST(field, "verdict") " IS 'wrong', " LAST(field, column) ", " found "),"

/* clang-format off */
static const char STATEMENT[] =
    "SELECT q.id, a.id, a.name, a.title, a.outlet, a.url,"
    JUDGED("type", "value", "q.type")
    JUDGED("speaker", "value", "s.name")
    JUDGED("speaker", "NULL", "s.type")
    JUDGED("speaker", "NULL", "json_extract(s.roles, '$[0]')")
    JUDGED("via", "value",
           "(SELECT group_concat(name, ' > ') FROM (SELECT coalesce(v.name, '') AS name FROM via AS v"
           " WHERE v.article = q.article AND v.quotation = q.key ORDER BY v.place))")
    JUDGED("source", "value", "q.source")
    JUDGED("cue", "value", "q.cue")
    JUDGED("content", "value", "q.content")
    " iif(q.said_begin IS NULL, NULL, q.said), q.first_day, q.last_day, q.start, q.end,"
    " json_extract(q.spans, '$.cue[0][0]') < q.start"
    " FROM quotation AS q JOIN article AS a ON a.key = q.article LEFT JOIN actor AS s ON s.key = q.speaker"
    " WHERE q.key = ?1";
/* clang-format on */

static int tell_days(hs_brief *brief, sqlite3 *db, const hs_day_counts *days) {
  size_t skipped = days->dated.count > HS_BRIEF_DAYS ? days->dated.count - HS_BRIEF_DAYS : 0;
  size_t told = days->dated.count - skipped + (days->undated.count > 0);
  sqlite3_stmt *row;
  int code = hs_query(&row, db, STATEMENT, NULL);
  brief->quotations_before = brief->quotations - days->undated.count;
  for (size_t i = skipped; !code && i < days->dated.count; i++) {
    code = tell_day(brief, row, &days->dated.items[i], HS_BRIEF_STATEMENTS / told);
    brief->quotations_before -= days->dated.items[i].count;
  }
  if (!code && days->undated.count > 0) code = tell_day(brief, row, &days->undated, HS_BRIEF_STATEMENTS / told);
  sqlite3_finalize(row);
  return code;
}

static int gather(hs_brief *brief, sqlite3 *db, const char *match) {
  hs_day_counts days = {0};
  int code = hs_brief_count(&days, brief, db, match);
  return code ? code : tell_days(brief, db, &days);
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
  hs_str words = hs_utf8_repair(arena, hs_str_trim(hs_str_of(story)), NULL, NULL);
  hs_brief brief = {.arena = arena, .story = words.size ? words.data : NULL};
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
