/* A record as files of one article each, for tools that read folders: docs/export.md. */
#include "annotate/document.h"
#include "base/error.h"
#include "base/hash.h"
#include "report/brat.h"
#include "report/json.h"
#include "report/query.h"
#include "store/record.h"

typedef int take_file(void *arg, const char *name, const char *data, size_t size);

typedef struct exporting {
  take_file *file;
  void *arg;
  hs_error *error;
} exporting;

/* A name for the files of an article: what is harmless of its own, and of its id enough to be the only one. */
static void write_name(char out[64], const char *name, int64_t id) {
  enum { LONGEST = 40, DIGITS = 12 };
  char digits[17];
  size_t n = 0;
  hs_id_write(digits, id);
  for (const char *c = name; *c && n < LONGEST; c++)
    if (hs_is_letter(*c) || hs_is_digit(*c) || (strchr("._-", *c) && n > 0)) out[n++] = *c;
  if (n) out[n++] = '-';
  memcpy(out + n, digits, DIGITS);
  out[n + DIGITS] = '\0';
}

static int hand_on(const exporting *e, const char *name, const char *ending, hs_str content) {
  char file[80];
  strcat(strcpy(file, name), ending);
  return e->file(e->arg, file, content.data, content.size) ? hs_fail(e->error, HS_ERROR_STOPPED, 0, "stopped") : HS_OK;
}

static int keep(void *buffer, const char *data, size_t size) {
  hs_buffer_add(buffer, data, size);
  return 0;
}

static int export_citron(const exporting *e, const char *name, const hs_doc *doc) {
  hs_buffer json = {0};
  int code = hs_doc_citron(doc, keep, &json, e->error);
  if (!code) code = hand_on(e, name, ".json", (hs_str){json.data, json.size});
  hs_buffer_free(&json);
  return code;
}

static int export_brat(const exporting *e, const char *name, const hs_doc *doc) {
  hs_buffer lines = {0};
  hs_doc_brat(&lines, doc);
  int code = hand_on(e, name, ".txt", (hs_str){doc->article.text, doc->article.text_size});
  if (!code) code = hand_on(e, name, ".ann", (hs_str){lines.data ? lines.data : "", lines.size});
  hs_buffer_free(&lines);
  return code;
}

static int export_all(const exporting *e, const hs_record *record,
                      int (*document)(const exporting *e, const char *name, const hs_doc *doc)) {
  sqlite3_stmt *s;
  int step = hs_query(&s, hs_record_database(record),
                      "SELECT key, page.id FROM page JOIN article USING (key) ORDER BY page.id", NULL),
      code = HS_OK;
  while (!step && !code && (step = sqlite3_step(s)) == SQLITE_ROW) {
    hs_doc *doc;
    char name[64];
    code = hs_record_document(&doc, record, sqlite3_column_int64(s, 0), e->error);
    if (!code) write_name(name, doc->article.id, sqlite3_column_int64(s, 1));
    if (!code) code = document(e, name, doc);
    hs_doc_free(doc);
    step = SQLITE_OK;
  }
  if (!code && step != SQLITE_DONE) code = hs_record_fail(record, e->error);
  sqlite3_finalize(s);
  return code;
}

int hs_report_export_files(const hs_record *record, const char *format, take_file *file, void *arg, hs_error *error) {
  exporting e = {file, arg, error};
  if (strcmp(format, "citron") == 0) return export_all(&e, record, export_citron);
  if (strcmp(format, "brat") != 0)
    return hs_fail(error, HS_ERROR_USAGE, 0, "\"%.40s\" is no form of several files: take citron or brat", format);
  hs_buffer configuration = {0};
  hs_brat_configuration(&configuration);
  int code = hand_on(&e, "annotation", ".conf", (hs_str){configuration.data, configuration.size});
  hs_buffer_free(&configuration);
  return code ? code : export_all(&e, record, export_brat);
}
