/* The whole record in another form, one article or quotation at a time: docs/export.md. */
#include "base/error.h"
#include "base/hash.h"
#include "report/json.h"
#include "report/judged.h"
#include "report/query.h"
#include "report/send.h"
#include "store/record.h"

typedef int write_article(const hs_record *record, int64_t key, hs_write *write, void *arg, hs_error *error);

/* Hands each article whose key SQL gives to ARTICLE. */
static int export_articles(const hs_record *record, const char *sql, write_article *article, hs_write *write, void *arg,
                           hs_error *error) {
  sqlite3_stmt *keys;
  int step = hs_query(&keys, hs_record_database(record), sql, NULL), code = HS_OK;
  while (!step && !code && (step = sqlite3_step(keys)) == SQLITE_ROW) {
    code = article(record, sqlite3_column_int64(keys, 0), write, arg, error);
    step = SQLITE_OK;
  }
  if (!code && step != SQLITE_DONE) code = hs_record_fail(record, error);
  sqlite3_finalize(keys);
  return code;
}

typedef int write_document(const hs_doc *doc, hs_write *write, void *arg, hs_error *error);

static int write_as(write_document *document, const hs_record *record, int64_t key, hs_write *write, void *arg,
                    hs_error *error) {
  hs_doc *doc;
  int code = hs_record_document(&doc, record, key, error);
  if (!code) code = document(doc, write, arg, error);
  hs_doc_free(doc);
  return code;
}

static int write_jsonl(const hs_record *record, int64_t key, hs_write *write, void *arg, hs_error *error) {
  return write_as(hs_doc_json, record, key, write, arg, error);
}

static int write_citron(const hs_record *record, int64_t key, hs_write *write, void *arg, hs_error *error) {
  return write_as(hs_doc_citron, record, key, write, arg, error);
}

/* A spreadsheet takes a cell that begins so for a formula to run: an apostrophe before it makes it text. */
static void add_cell(hs_buffer *out, hs_str cell) {
  bool formula = cell.size > 0 && strchr("=+-@\t\r", cell.data[0]);
  bool quoted = false;
  for (size_t i = 0; i < cell.size && !quoted; i++) quoted = strchr(",\"\r\n", cell.data[i]) != NULL;
  if (quoted) hs_buffer_char(out, '"');
  if (formula) hs_buffer_char(out, '\'');
  for (size_t i = 0; i < cell.size; i++) {
    if (cell.data[i] == '"') hs_buffer_char(out, '"');
    hs_buffer_char(out, cell.data[i]);
  }
  if (quoted) hs_buffer_char(out, '"');
}

/* The first two columns are ids. */
static void add_line(hs_buffer *out, sqlite3_stmt *row) {
  for (int i = 0; i < sqlite3_column_count(row); i++) {
    if (i > 0) hs_buffer_char(out, ',');
    char id[17];
    if (i < 2) hs_id_write(id, sqlite3_column_int64(row, i));
    add_cell(out, i < 2 ? hs_str_of(id) : hs_str_of((const char *)sqlite3_column_text(row, i)));
  }
  hs_buffer_text(out, "\r\n");
}

static void add_names(hs_buffer *out, sqlite3_stmt *row) {
  for (int i = 0; i < sqlite3_column_count(row); i++)
    hs_buffer_printf(out, "%s%s", i > 0 ? "," : "", sqlite3_column_name(row, i));
  hs_buffer_text(out, "\r\n");
}

static int export_csv(const hs_record *record, hs_write *write, void *arg, hs_error *error) {
  static const char sql[] =
      "SELECT q.id AS id, a.id AS article, a.name AS article_name, a.outlet AS outlet, a.title AS title,"
      " a.url AS url, a.published AS published, q.type AS type, q.force AS force, q.polarity AS polarity,"
      " s.name AS speaker, s.type AS speaker_type,"
      " (SELECT group_concat(value, '; ') FROM json_each(s.roles)) AS roles,"
      " (SELECT name FROM actor WHERE key = q.speaks_for) AS speaks_for,"
      " (SELECT group_concat(name, ' > ') FROM (SELECT v.name AS name FROM via AS v"
      "   WHERE v.article = q.article AND v.quotation = q.key ORDER BY v.place)) AS via,"
      " q.cue AS cue, q.source AS source, q.content AS content, q.said AS said,"
      " printf('%.2f', q.confidence) AS confidence,"
      " iif(s.key IS NULL, NULL, printf('%.2f', q.speaker_confidence)) AS speaker_confidence,"
      " q.start AS start, q.end AS end,"
      " (SELECT group_concat(iif(field = 'quotation', verdict, field || ': ' || coalesce(value, 'none')), '; ')"
      "   FROM (SELECT field, verdict, value, max(key) FROM correction"
      "   WHERE article = q.article AND quotation = q.id GROUP BY field)) AS judged"
      " FROM page AS p CROSS JOIN article AS a ON a.key = p.key CROSS JOIN quotation AS q ON q.article = a.key"
      " LEFT JOIN actor AS s ON s.key = q.speaker ORDER BY p.id, q.key";
  sqlite3_stmt *row;
  hs_buffer line = {0};
  int step = hs_query(&row, hs_record_database(record), sql, NULL), code = HS_OK;
  if (!step) add_names(&line, row);
  while (!step && !code && (step = sqlite3_step(row)) == SQLITE_ROW) {
    add_line(&line, row);
    code = hs_send(&line, write, arg, error);
    step = SQLITE_OK;
  }
  if (!code && step != SQLITE_DONE) code = hs_record_fail(record, error);
  if (!code) code = hs_send(&line, write, arg, error); /* a record without a quotation has its head alone */
  hs_buffer_free(&line);
  sqlite3_finalize(row);
  return code;
}

int hs_report_export(const hs_record *record, const char *format, hs_write *write, void *arg, hs_error *error) {
  static const char all[] = "SELECT key FROM page JOIN article USING (key) ORDER BY page.id",
                    judged[] =
                        "SELECT DISTINCT article FROM correction JOIN page ON page.key = article ORDER BY page.id";
  static const struct {
    const char *format, *sql;
    write_article *write;
  } forms[] = {{"jsonl", all, write_jsonl},
               {"citron", all, write_citron},
               {"corrections", judged, hs_judged_corrections},
               {"gold", judged, hs_judged_gold}};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
    if (strcmp(format, forms[i].format) == 0)
      return export_articles(record, forms[i].sql, forms[i].write, write, arg, error);
  if (strcmp(format, "csv") == 0) return export_csv(record, write, arg, error);
  return hs_fail(error, HS_ERROR_USAGE, 0, "cannot export to \"%.40s\": take jsonl, csv, citron, corrections or gold",
                 format);
}
