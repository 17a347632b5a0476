/* Who said what: the question that the record is for. */
#include "store/said_scan.h"

#include "base/error.h"
#include "base/hash.h"

#include <assert.h>
#include <jansson.h>

/*
 * The inner query finds and sorts keys only, so that a limit spares the rest the reading of rows. By day it asks an
 * index alone and takes articles in the order of the digits with which their quotations' ids begin, which is the order
 * of their own.
 */
static const char SELECT[] =
    "SELECT q.id, a.id, q.type, s.name, s.type, q.speaker_confidence, q.confidence, q.source, q.cue, q.content,"
    "  (SELECT group_concat(name, ' > ') FROM (SELECT name FROM via WHERE via.article = q.article"
    "    AND via.quotation = q.key ORDER BY place)),"
    "  q.said, q.said_begin, q.said_until, a.name, a.title, a.outlet, a.url, a.published, q.start, q.end, q.spans,"
    "  (SELECT name FROM actor WHERE key = q.speaks_for), q.force, q.polarity,"
    "  (SELECT json_group_array(json_object('field', field, 'verdict', verdict, 'value', value, 'who', who, 'at', at,"
    "    'note', note)) FROM (SELECT * FROM correction AS c WHERE c.article = q.article AND c.quotation = q.id"
    "    ORDER BY c.key))"
    " FROM ";
static const char JOIN[] = ") AS found CROSS JOIN quotation AS q ON q.key = found.key"
                           " CROSS JOIN article AS a ON a.key = q.article LEFT JOIN actor AS s ON s.key = q.speaker";

static_assert(HS_OWN_BITS == 44, "the orders below count on it");

/* The order of the keys, and the same of their rows. */
static const struct order {
  const char *keys, *rows;
} ORDERS[] = {
    [HS_SAID_BY_DAY] = {"first_day NULLS LAST, id >> 44, place, id", "q.first_day NULLS LAST, a.id, q.place"},
    [HS_SAID_LATEST] = {"first_day DESC NULLS LAST, id >> 44, place, id", "q.first_day DESC NULLS LAST, a.id, q.place"},
    [HS_SAID_SUREST] = {"sure DESC, first_day NULLS LAST, id >> 44, place, id",
                        "q.sure DESC, q.first_day NULLS LAST, a.id, q.place"},
};

static int prepare_all(sqlite3_stmt **out, const hs_record *record, const hs_said_condition *c, hs_error *error) {
  const struct order *order = &ORDERS[c->filter->order];
  hs_buffer sql = {0};
  hs_buffer_printf(&sql, "%s(SELECT key FROM quotation WHERE true%s ORDER BY %s LIMIT :limit%s ORDER BY %s", SELECT,
                   c->where.size ? c->where.data : "", order->keys, JOIN, order->rows);
  int code = hs_record_prepare(record, out, sql.data, error);
  hs_buffer_free(&sql);
  if (!code) hs_said_condition_bind(*out, c);
  return code;
}

static int prepare_one(sqlite3_stmt **out, const hs_record *record, hs_error *error) {
  hs_buffer sql = {0};
  hs_buffer_printf(&sql, "%s(SELECT ?1 AS key%s", SELECT, JOIN);
  int code = hs_record_prepare(record, out, sql.data, error);
  hs_buffer_free(&sql);
  return code;
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

/* Puts what people say in the place of what the machine found; the last one counts. */
static void apply(hs_said *said, const json_t *corrections) {
  const struct {
    const char *field, **value;
  } fields[] = {{"source", &said->source},         {"cue", &said->cue},   {"content", &said->content},
                {"speaker", &said->speaker},       {"via", &said->via},   {"said", &said->said},
                {"speaks_for", &said->speaks_for}, {"type", &said->type}, {"force", &said->force}};
  for (size_t i = 0; i < json_array_size(corrections); i++) {
    const json_t *one = json_array_get(corrections, i);
    const char *field = json_string_value(json_object_get(one, "field"));
    const char *verdict = json_string_value(json_object_get(one, "verdict"));
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
      if (field && verdict && strcmp(field, fields[k].field) == 0 && strcmp(verdict, "wrong") == 0)
        *fields[k].value = json_string_value(json_object_get(one, "value"));
    if (field && strcmp(field, "speaker") == 0) said->speaker_type = NULL;
    if (field && strcmp(field, "said") == 0) said->said_begin = said->said, said->said_until = NULL;
  }
  if (!said->content) said->content = "";
}

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
  said.speaks_for = column(s, 22), said.force = column(s, 23), said.polarity = column(s, 24);
  said.spans = r->json.data;
  said.start_chars = (uint32_t)sqlite3_column_int64(s, 19), said.end_chars = (uint32_t)sqlite3_column_int64(s, 20);
  said.corrections = column(s, 25);
  json_t *corrections = said.corrections && said.corrections[1] != ']' ? json_loads(said.corrections, 0, NULL) : NULL;
  if (corrections) apply(&said, corrections);
  int stop = r->row(r->arg, &said);
  json_decref(corrections);
  return stop ? hs_fail(error, HS_ERROR_STOPPED, 0, "stopped") : HS_OK;
}

static int hand_on_all(rows *r, const hs_record *record, const hs_said_condition *condition, hs_error *error) {
  int code = prepare_all(&r->said, record, condition, error);
  while (!code && sqlite3_step(r->said) == SQLITE_ROW) code = hand_on(r, error);
  if (!code && sqlite3_reset(r->said)) code = hs_record_fail(record, error);
  return code;
}

static int hand_on_key(rows *r, const hs_record *record, int64_t key, hs_error *error) {
  int code = HS_OK;
  sqlite3_bind_int64(r->said, 1, key);
  if (sqlite3_step(r->said) == SQLITE_ROW) code = hand_on(r, error);
  return sqlite3_reset(r->said) && !code ? hs_record_fail(record, error) : code;
}

/* In the order of names, which SQLite would look up one by one. */
static int hand_on_names(rows *r, hs_scan *scan, const hs_said_condition *condition, hs_error *error) {
  hs_labels labels;
  bool speakers = condition->filter->order == HS_SAID_BY_SPEAKER;
  hs_scan_order order = speakers ? HS_SCAN_SPEAKERS : HS_SCAN_OUTLETS;
  size_t limit = condition->filter->limit ? condition->filter->limit : SIZE_MAX;
  int code = hs_scan_rows(scan, condition, error);
  if (!code) code = speakers ? hs_scan_speakers(&labels, scan, error) : hs_scan_outlets(&labels, scan, error);
  if (!code) hs_scan_sort(scan, &labels, order);
  for (size_t i = 0, end = 0; !code && i < scan->rows.count && i < limit; i++) {
    if (i == end) end = hs_scan_sort_name(scan, &labels, order, i);
    code = hand_on_key(r, scan->record, scan->rows.items[i].key, error);
  }
  return code;
}

static int hand_on_by_name(rows *r, const hs_record *record, const hs_said_condition *condition, hs_error *error) {
  enum { FEW = 1000 };
  hs_scan scan = {.arena = hs_arena_new(), .record = record}, first = {.arena = scan.arena, .record = record};
  size_t limit = condition->filter->limit;
  bool few = condition->whole && condition->filter->order == HS_SAID_BY_SPEAKER && limit && limit <= FEW;
  int code = prepare_one(&r->said, record, error);
  if (!code && few) code = hs_scan_first_speakers(&first, condition->versions, limit, error);
  if (few && first.rows.count < limit) few = false; /* those without a speaker follow */
  for (size_t i = 0; !code && few && i < limit; i++) code = hand_on_key(r, record, first.rows.items[i].key, error);
  if (!code && !few) code = hand_on_names(r, &scan, condition, error);
  hs_arena_free(scan.arena);
  return code;
}

int hs_record_said(const hs_record *record, const hs_said_filter *filter, int (*row)(void *, const hs_said *),
                   void *arg, hs_error *error) {
  if ((unsigned)filter->order > HS_SAID_BY_OUTLET)
    return hs_fail(error, HS_ERROR_USAGE, 0, "%d is no order of quotations", (int)filter->order);
  hs_said_condition condition;
  rows r = {.row = row, .arg = arg};
  int code = hs_said_condition_of(&condition, record, filter, error);
  bool by_name = filter->order == HS_SAID_BY_SPEAKER || filter->order == HS_SAID_BY_OUTLET;
  if (!code) code = (by_name ? hand_on_by_name : hand_on_all)(&r, record, &condition, error);
  sqlite3_finalize(r.said);
  hs_buffer_free(&r.json);
  hs_said_condition_free(&condition);
  return code;
}
