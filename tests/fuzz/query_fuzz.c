/* Whatever stands in the options of `said`, the record answers or says that it makes no sense: never an error of SQL,
 * and the same to the same question. A line of input is a field of hs_said_filter. Input that begins with a brace is a
 * correction, which the record takes or refuses, and answers as before. */
#include "base/arena.h"
#include "base/hash.h"
#include "fuzz.h"
#include "hearsay.h"

#define CHECK(condition) ((condition) ? (void)0 : (fprintf(stderr, "%s does not hold\n", #condition), abort()))

static void add(hs_record *record, const hs_model *model, const char *id, const char *text) {
  hs_page page = {.data = text, .size = strlen(text), .id = id, .media = HS_MEDIA_TEXT, .published = "2031-03-04"};
  hs_doc *doc;
  CHECK(hs_doc_read(&doc, model, &page, HS_ANNOTATE, NULL) == HS_OK);
  CHECK(hs_record_add(record, &page, doc, NULL, NULL) == HS_OK);
  hs_doc_free(doc);
}

/* A small record that no other process sees. */
static hs_record *make_record(void) {
  char path[] = "/tmp/hearsay-query-XXXXXX";
  int file = mkstemp(path);
  CHECK(file >= 0);
  close(file);
  hs_model *model;
  hs_record *record;
  CHECK(hs_model_open(&model, NULL, NULL) == HS_OK);
  CHECK(hs_record_open(&record, path, HS_RECORD_WRITE, NULL) == HS_OK);
  add(record, model, "a", "“We will not leave the dam,” said Mayor Ana Orlo on Monday, the Ostal agency reported.");
  add(record, model, "b", "Béla Tarn said that “nothing” was decided.\n\nAccording to officials, the dam is safe.");
  CHECK(hs_record_commit(record, NULL) == HS_OK);
  hs_model_free(model);
  char command[64];
  for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++) {
    snprintf(command, sizeof command, "%s%s", path, *end);
    unlink(command);
  }
  return record;
}

typedef struct answer {
  size_t rows;
  uint64_t hash;
} answer;

static int look(void *answer_, const hs_said *said) {
  answer *a = answer_;
  CHECK(said->id && said->article && said->type && said->content && said->spans);
  CHECK(said->start_chars < said->end_chars);
  a->rows++;
  a->hash = hs_hash(hs_str_of(said->id), a->hash);
  return 0;
}

/* The next line of the input as a string of the caller's, NULL for an empty one. */
static char *next_line(const uint8_t **data, size_t *size) {
  const uint8_t *end = *size ? memchr(*data, '\n', *size) : NULL;
  size_t length = end ? (size_t)(end - *data) : *size;
  char *line = hs_calloc(1, length + 1);
  if (length) memcpy(line, *data, length);
  *data += length + (end != NULL), *size -= length + (end != NULL);
  if (length) return line;
  free(line);
  return NULL;
}

static int count(void *sum, const hs_said_count *count_) {
  CHECK(count_->quotations >= count_->articles && count_->articles > 0);
  *(uint64_t *)sum += count_->quotations;
  return 0;
}

static void correct(hs_record *record, const uint8_t *data, size_t size) {
  hs_error error = {0};
  int code = hs_record_correct_json(record, (const char *)data, size, "fuzz", NULL, &error);
  CHECK(code == HS_OK || code == HS_ERROR_USAGE || code == HS_ERROR_INPUT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  enum { LINES = 12 };
  static hs_record *record;
  if (!record) record = make_record();
  if (size && *data == '{') {
    correct(record, data, size);
    size = 0;
  }
  char *lines[LINES];
  for (int i = 0; i < LINES; i++) lines[i] = next_line(&data, &size);
  hs_said_filter filter = {.by = lines[0],
                           .via = lines[1],
                           .about = lines[2],
                           .since = lines[3],
                           .until = lines[4],
                           .type = lines[5],
                           .article = lines[6],
                           .spoken_for = lines[8],
                           .outlet = lines[9],
                           .force = lines[10],
                           .speaker = lines[11]};
  filter.limit = lines[7] ? strtoul(lines[7], NULL, 10) : 0;
  answer once = {0}, twice = {0};
  hs_error error = {0};
  int code = hs_record_said(record, &filter, look, &once, &error);
  if (code != HS_OK && code != HS_ERROR_USAGE) fprintf(stderr, "%s\n", error.message);
  CHECK(code == HS_OK || code == HS_ERROR_USAGE);
  CHECK(hs_record_said(record, &filter, look, &twice, &error) == code);
  CHECK(once.rows == twice.rows && once.hash == twice.hash);
  CHECK(!filter.limit || once.rows <= filter.limit);
  uint64_t all = 0;
  size_t limit = filter.limit;
  filter.limit = 0;
  CHECK(hs_record_count(record, &filter, "outlet", count, &all, &error) == code);
  CHECK(limit ? all >= once.rows : all == once.rows);
  for (int i = 0; i < LINES; i++) free(lines[i]);
  return 0;
}
