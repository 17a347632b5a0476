/* Who said what: the question that the record is for. */
#include "store/inside.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "store/days.h"

#include <jansson.h>
#include <stdlib.h>

enum {
  LONGEST_WORDS = 1000, /* bytes that a name or words to look for may have */
  MANY = 5000           /* hits of a search; from there on it is quicker to walk the days than to look each one up */
};

/* ---- the filter as a query */

/* Adds "COLUMN : (words)" to the full-text query: as one phrase, or every word anywhere. Quoted, so that no word is
 * taken for an operator. */
static void add_words(hs_buffer *match, const char *column, hs_str words, bool phrase) {
  if (match->size) hs_buffer_text(match, " AND ");
  hs_buffer_printf(match, "%s : (\"", column);
  for (size_t i = 0; i < words.size; i++) {
    char c = words.data[i];
    if (c == '"') hs_buffer_text(match, "\"\"");
    else if (c == ' ' && !phrase) hs_buffer_text(match, "\" \"");
    else hs_buffer_char(match, c);
  }
  hs_buffer_text(match, "\")");
}

static int add_filter_words(hs_buffer *match, const char *column, const char *words, bool phrase, hs_error *error) {
  if (!words) return HS_OK;
  if (strlen(words) > LONGEST_WORDS)
    return hs_fail(error, HS_ERROR_USAGE, 0, "\"%.40s…\" is too long to look for: %d bytes at most", words,
                   LONGEST_WORDS);
  hs_arena *arena = hs_arena_new();
  add_words(match, column, hs_utf8_repair(arena, hs_str_of(words), NULL, NULL), phrase);
  hs_arena_free(arena);
  return HS_OK;
}

typedef struct query {
  hs_buffer sql, match;
  hs_day since, until, rest;
  int64_t article;
} query;

static int check_day(const char *iso, hs_day *first, hs_day *last, hs_error *error) {
  if (!iso || hs_days_of(iso, first, last)) return HS_OK;
  return hs_fail(error, HS_ERROR_USAGE, 0, "\"%s\" is no date: write it as 2031-03-04, 2031-03 or 2031", iso);
}

static int check_type(const char *type, hs_error *error) {
  if (!type) return HS_OK;
#define X(name, word)                                                                                                  \
  if (strcmp(type, word) == 0) return HS_OK;
  HS_QUOTATION_TYPES(X)
#undef X
  return hs_fail(error, HS_ERROR_USAGE, 0, "\"%s\" is no type of quotation: direct, indirect or mixed", type);
}

static int check_article(const char *article, int64_t *id, hs_error *error) {
  if (!article) return HS_OK;
  if (strlen(article) == 16 && strspn(article, "0123456789abcdefABCDEF") == 16) {
    *id = (int64_t)strtoull(article, NULL, 16);
    return HS_OK;
  }
  return hs_fail(error, HS_ERROR_USAGE, 0, "\"%s\" is no article's id: that is 16 hexadecimal digits", article);
}

/*
 * The inner query finds and sorts keys only, so that a limit spares the rest the reading of rows. It asks an index
 * alone and takes articles in the order of the digits with which their quotations' ids begin, which is the order of
 * their own.
 */
static const char SELECT[] =
    "SELECT q.id, a.id, q.type, s.name, s.type, q.speaker_confidence, q.confidence, q.source, q.cue, q.content,"
    "  (SELECT group_concat(name, ' > ') FROM (SELECT name FROM via WHERE via.article = q.article"
    "    AND via.quotation = q.key ORDER BY place)),"
    "  q.said, q.said_begin, q.said_until, a.name, a.title, a.outlet, a.url, a.published, q.start, q.end, q.spans"
    " FROM (SELECT key FROM quotation WHERE true";
static const char ORDER[] = " ORDER BY first_day NULLS LAST, id >> 44, place, id LIMIT :limit) AS found"
                            " CROSS JOIN quotation AS q ON q.key = found.key"
                            " CROSS JOIN article AS a ON a.key = q.article LEFT JOIN actor AS s ON s.key = q.speaker"
                            " ORDER BY q.first_day NULLS LAST, a.id, q.place";

/* Does the search find many quotations? Asks no more than it has to. Gives 0 or HS_ERROR_RECORD. */
static int count_hits(bool *many, const hs_record *record, const char *match, hs_error *error) {
  static const char sql[] = "SELECT count(*) FROM"
                            " (SELECT 1 FROM quotation_search WHERE quotation_search MATCH ?1 LIMIT ?2)";
  sqlite3_stmt *count;
  int code = hs_record_prepare(record, &count, sql, error);
  if (code) return code;
  sqlite3_bind_text(count, 1, match, -1, SQLITE_STATIC);
  sqlite3_bind_int(count, 2, MANY);
  *many = sqlite3_step(count) == SQLITE_ROW && sqlite3_column_int(count, 0) == MANY;
  return sqlite3_finalize(count) ? hs_record_fail(record, error) : HS_OK;
}

static int make_query(query *q, const hs_record *record, const hs_said_filter *f, hs_error *error) {
  bool many = false;
  int code = add_filter_words(&q->match, "speaker", f->by, true, error);
  if (!code) code = add_filter_words(&q->match, "via", f->via, true, error);
  if (!code) code = add_filter_words(&q->match, "content", f->about, false, error);
  if (!code) code = check_day(f->since, &q->since, &q->rest, error);
  if (!code) code = check_day(f->until, &q->rest, &q->until, error);
  if (!code) code = check_type(f->type, error);
  if (!code) code = check_article(f->article, &q->article, error);
  if (!code && q->match.size) code = count_hits(&many, record, q->match.data, error);
  if (code) return code;
  hs_buffer_text(&q->sql, SELECT);
  if (f->since) hs_buffer_text(&q->sql, " AND last_day >= :since");
  if (f->until) hs_buffer_text(&q->sql, " AND first_day <= :until");
  if (f->type) hs_buffer_text(&q->sql, " AND type = :type");
  if (f->article) hs_buffer_text(&q->sql, " AND article = (SELECT key FROM page WHERE id = :article)");
  else hs_buffer_text(&q->sql, " AND article NOT IN (SELECT key FROM page WHERE newer IS NOT NULL)");
  if (q->match.size) /* the plus keeps SQLite from looking up each key */
    hs_buffer_printf(&q->sql, " AND %s IN (SELECT rowid FROM quotation_search WHERE quotation_search MATCH :match)",
                     many ? "+key" : "key");
  hs_buffer_text(&q->sql, ORDER);
  return HS_OK;
}

static void bind_text(sqlite3_stmt *statement, const char *name, const char *text) {
  int at = sqlite3_bind_parameter_index(statement, name);
  if (at) sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

static void bind_number(sqlite3_stmt *statement, const char *name, int64_t number) {
  int at = sqlite3_bind_parameter_index(statement, name);
  if (at) sqlite3_bind_int64(statement, at, number);
}

static void bind_query(sqlite3_stmt *statement, const query *q, const hs_said_filter *f) {
  bind_text(statement, ":match", q->match.data);
  bind_text(statement, ":since", q->since.text);
  bind_text(statement, ":until", q->until.text);
  bind_text(statement, ":type", f->type);
  bind_number(statement, ":article", q->article);
  bind_number(statement, ":limit", f->limit && f->limit < INT64_MAX ? (int64_t)f->limit : -1);
}

/* ---- its rows */

/* [[start, end], …] as objects; all of them as an array, or a lone one. */
static void write_spans(hs_buffer *out, const json_t *spans, bool lone) {
  if (!lone) hs_json_open(out, '[');
  for (size_t i = 0; i < json_array_size(spans) && (i == 0 || !lone); i++) {
    const json_t *span = json_array_get(spans, i);
    hs_json_open(out, '{');
    hs_json_key(out, "start");
    hs_json_int(out, json_integer_value(json_array_get(span, 0)));
    hs_json_key(out, "end");
    hs_json_int(out, json_integer_value(json_array_get(span, 1)));
    hs_json_close(out, '}');
  }
  if (!lone) hs_json_close(out, ']');
  else if (json_array_size(spans) == 0) hs_json_string(out, NULL);
}

/* The column quotation.spans as hs_said.spans. */
static void spans_json(hs_buffer *out, const char *column) {
  json_t *roles = json_loads(column, 0, NULL);
  hs_buffer_clear(out);
  hs_json_open(out, '{');
  hs_json_key(out, "contents");
  write_spans(out, json_object_get(roles, "content"), false);
  hs_json_key(out, "cue");
  write_spans(out, json_object_get(roles, "cue"), true);
  hs_json_key(out, "sources");
  write_spans(out, json_object_get(roles, "source"), false);
  hs_json_close(out, '}');
  json_decref(roles);
}

static const char *column(sqlite3_stmt *s, int i) { return (const char *)sqlite3_column_text(s, i); }

typedef struct rows {
  sqlite3_stmt *said;
  hs_buffer json;
  int (*row)(void *arg, const hs_said *said);
  void *arg;
} rows;

/* Hands on the row that SAID stands at. */
static int hand_on(rows *r, hs_error *error) {
  sqlite3_stmt *s = r->said;
  char id[17], article[17];
  hs_id_write(id, sqlite3_column_int64(s, 0));
  hs_id_write(article, sqlite3_column_int64(s, 1));
  spans_json(&r->json, column(s, 21));
  hs_said said = {.id = id, .article = article, .type = column(s, 2), .speaker = column(s, 3)};
  said.speaker_type = column(s, 4);
  said.speaker_confidence = (float)sqlite3_column_double(s, 5);
  said.confidence = (float)sqlite3_column_double(s, 6);
  said.source = column(s, 7), said.cue = column(s, 8), said.content = column(s, 9), said.via = column(s, 10);
  said.said = column(s, 11), said.said_begin = column(s, 12), said.said_until = column(s, 13);
  said.article_name = column(s, 14), said.title = column(s, 15), said.outlet = column(s, 16);
  said.url = column(s, 17), said.published = column(s, 18);
  said.spans = r->json.data;
  said.start_chars = (uint32_t)sqlite3_column_int64(s, 19), said.end_chars = (uint32_t)sqlite3_column_int64(s, 20);
  return r->row(r->arg, &said) ? hs_fail(error, HS_ERROR_STOPPED, 0, "stopped") : HS_OK;
}

int hs_record_said(const hs_record *record, const hs_said_filter *filter, int (*row)(void *, const hs_said *),
                   void *arg, hs_error *error) {
  query q = {0};
  rows r = {.row = row, .arg = arg};
  int code = make_query(&q, record, filter, error);
  if (!code) code = hs_record_prepare(record, &r.said, q.sql.data, error);
  if (!code) bind_query(r.said, &q, filter);
  while (!code && sqlite3_step(r.said) == SQLITE_ROW) code = hand_on(&r, error);
  if (!code && sqlite3_reset(r.said)) code = hs_record_fail(record, error);
  sqlite3_finalize(r.said);
  hs_buffer_free(&r.json);
  hs_buffer_free(&q.sql);
  hs_buffer_free(&q.match);
  return code;
}
