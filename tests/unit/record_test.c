/* The record: what goes in comes out, the same again changes nothing, and every question finds its rows. */
#include "annotate/document.h"
#include "base/buffer.h"
#include "store/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char TEXT[] = "“Nous irons à Zürich,” said Mayor Ána Orlo, the Ostal agency reported.";

/* The span of PART in TEXT. */
static hs_span at(const char *part) {
  const char *p = strstr(TEXT, part);
  assert_non_null(p);
  return (hs_span){(uint32_t)(p - TEXT), (uint32_t)(p - TEXT + (ptrdiff_t)strlen(part))};
}

static void *put(hs_doc *doc, const void *data, size_t size) {
  return memcpy(hs_arena_alloc(doc->arena, size), data, size);
}

/* One quotation, relayed by an agency that is no actor. */
static hs_doc *make_doc(const char *published, const char *said) {
  hs_doc *doc = hs_doc_new();
  doc->model = "rules-test";
  doc->article = (hs_article){.id = "a", .title = "On Zürich", .published = published, .text = TEXT};
  doc->article.text_size = sizeof TEXT - 1;
  hs_block block = {.kind = HS_BLOCK_PARAGRAPH, .kept = true, .page = {0, 5}, .text = {0, sizeof TEXT - 1}};
  doc->article.blocks = put(doc, &block, sizeof block), doc->article.block_count = 1;
  hs_span mentions[] = {at("Mayor Ána Orlo"), at("Orlo")};
  const char *roles[] = {"Mayor"}, *names[] = {"Ána Orlo", "Mayor Ána Orlo", "Orlo"};
  hs_actor actor = {.name = "Ána Orlo",
                    .names = put(doc, names, sizeof names),
                    .name_count = 3,
                    .roles = put(doc, roles, sizeof roles),
                    .role_count = 1,
                    .mentions = put(doc, mentions, sizeof mentions),
                    .mention_count = 2};
  doc->actors = put(doc, &actor, sizeof actor), doc->actor_count = 1;
  hs_span source = at("Mayor Ána Orlo"), content = at("“Nous irons à Zürich,”");
  hs_via via = {at("Ostal agency"), HS_NONE, "agency"};
  hs_quotation q = {.cue = at("said"),
                    .sources = put(doc, &source, sizeof source),
                    .source_count = 1,
                    .contents = put(doc, &content, sizeof content),
                    .content_count = 1,
                    .speaker_confidence = 0.5F,
                    .speaks_for = HS_NONE,
                    .force = HS_FORCE_DENIAL,
                    .polarity = HS_POLARITY_OPEN,
                    .inside = HS_NONE,
                    .via = put(doc, &via, sizeof via),
                    .via_count = 1,
                    .confidence = 0.25F};
  if (said) q.said = (hs_when){said, said, NULL};
  doc->quotations = put(doc, &q, sizeof q), doc->quotation_count = 1;
  hs_time time = {at("said"), "DATE", {"2031-03-03", "2031-03-03", "2031-03-04"}, "2031-03-04"};
  doc->times = put(doc, &time, sizeof time), doc->time_count = 1;
  return doc;
}

static void add(hs_record *record, const char *url, const char *published, const char *said, bool expected) {
  hs_page page = {.data = TEXT, .size = sizeof TEXT - 1, .id = "a", .url = url, .media = HS_MEDIA_TEXT};
  hs_doc *doc = make_doc(published, said);
  doc->article.url = url;
  hs_error error = {0};
  bool added;
  assert_int_equal(hs_record_add(record, &page, doc, &added, &error), HS_OK);
  assert_int_equal(added, expected);
  hs_doc_free(doc);
}

typedef struct fixture {
  char folder[64], path[80];
  hs_record *record;
} fixture;

static hs_record *open_record(const fixture *f, hs_access access) {
  hs_record *record;
  hs_error error = {0};
  if (hs_record_open(&record, f->path, access, &error)) fail_msg("%s", error.message);
  return record;
}

static int set_up(void **state) {
  fixture *f = hs_calloc(1, sizeof *f);
  strcpy(f->folder, "/tmp/hearsay-record-XXXXXX");
  assert_non_null(mkdtemp(f->folder));
  snprintf(f->path, sizeof f->path, "%s/k.db", f->folder);
  f->record = open_record(f, HS_RECORD_WRITE);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  hs_record_free(f->record);
  char command[100];
  snprintf(command, sizeof command, "rm -r %s", f->folder);
  int code = system(command);
  free(f);
  return code;
}

static int count(hs_record *record, const char *sql) {
  sqlite3_stmt *s;
  assert_int_equal(sqlite3_prepare_v2(hs_record_database(record), sql, -1, &s, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(s), SQLITE_ROW);
  int n = sqlite3_column_int(s, 0);
  sqlite3_finalize(s);
  return n;
}

typedef struct found {
  int count;
  char first[400], days[200], article[17];
} found;

static int collect(void *found_, const hs_said *said) {
  found *f = found_;
  if (f->count++ == 0)
    snprintf(f->first, sizeof f->first, "%s|%s|%s|%s|%s|%s|%s", said->speaker, said->source, said->cue, said->content,
             said->via, said->url, said->spans);
  strcpy(f->article, said->article);
  strcat(f->days, said->said ? said->said : said->published ? said->published : "?");
  strcat(f->days, " ");
  return 0;
}

static found ask(const hs_record *record, hs_said_filter filter) {
  found f = {0};
  hs_error error = {0};
  if (hs_record_said(record, &filter, collect, &f, &error)) fail_msg("%s", error.message);
  return f;
}

static void a_row_comes_back_as_it_went_in(void **state) {
  fixture *f = *state;
  add(f->record, "http://a", "2031-03-04", NULL, true);
  hs_record_commit(f->record, NULL);
  found got = ask(f->record, (hs_said_filter){0});
  assert_int_equal(got.count, 1);
  assert_string_equal(
      got.first, "Ána Orlo|Mayor Ána Orlo|said|“Nous irons à Zürich,”|Ostal agency|http://a|{\"contents\":[{"
                 "\"start\":0,\"end\":22}],\"cue\":{\"start\":23,\"end\":27},\"sources\":[{\"start\":28,\"end\":42}]}");
  assert_int_equal(count(f->record, "SELECT substr(text, start + 1, end - start) = 'Ostal agency' FROM via, article"),
                   1);
}

static void the_same_page_changes_nothing(void **state) {
  fixture *f = *state;
  add(f->record, "http://a", "2031-03-04", NULL, true);
  add(f->record, "http://a", "2031-03-04", NULL, false); /* it waits in the batch */
  hs_record_commit(f->record, NULL);
  add(f->record, "http://a", "2031-03-04", NULL, false); /* it is in the record */
  add(f->record, "http://b", "2031-03-04", NULL, true);  /* only the address differs */
  add(f->record, NULL, "2031-03-04", NULL, true);
  hs_record_commit(f->record, NULL);
  assert_int_equal(count(f->record, "SELECT count(*) FROM article"), 3);
  assert_int_equal(count(f->record, "SELECT count(*) FROM quotation"), 3);
}

static void words_are_found_without_case_and_accents(void **state) {
  fixture *f = *state;
  add(f->record, NULL, NULL, NULL, true);
  hs_record_commit(f->record, NULL);
  static const struct {
    hs_said_filter filter;
    int count;
  } questions[] = {
      {{.by = "ORLO"}, 1},
      {{.by = "ana orlo"}, 1},
      {{.by = "mayor ana"}, 1},
      {{.by = "orl"}, 0},
      {{.by = "orlo ana"}, 0},
      {{.by = "orlo mayor"}, 0}, /* across two names */
      {{.by = "A\xCC\x81na"}, 1},
      {{.by = "\" OR \""}, 0},
      {{.by = ""}, 0},
      {{.by = "!"}, 0},
      {{.via = "ostal"}, 1},
      {{.via = "Ostal Agency"}, 1},
      {{.via = "Orlo"}, 0},
      {{.about = "zurich"}, 1},
      {{.about = "zurich irons"}, 1},
      {{.about = "irons OR"}, 0},
      {{.about = "zur*"}, 0},
      {{.about = "zurich said"}, 0},
      {{.about = "Zürich,”"}, 1},
      {{.about = "NOT nous"}, 0},
      {{.about = "content : nous"}, 0},
      {{.about = "\xFF"}, 0},
      {{.type = "direct"}, 1},
      {{.type = "mixed"}, 0},
      {{.by = "orlo", .via = "ostal", .about = "nous"}, 1},
      {{.since = "2031"}, 0},
  };
  for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
    if (ask(f->record, questions[i].filter).count != questions[i].count) fail_msg("question %zu", i);
}

static void days_narrow_and_order(void **state) {
  fixture *f = *state;
  add(f->record, "http://1", "2031-03-04T23:00:00Z", NULL, true);
  add(f->record, "http://2", "2031-03-04", "2031-03-02", true);
  add(f->record, "http://3", NULL, NULL, true);
  add(f->record, "http://4", "2031-03", NULL, true);
  hs_record_commit(f->record, NULL);
  assert_string_equal(ask(f->record, (hs_said_filter){0}).days, "2031-03 2031-03-02 2031-03-04T23:00:00Z ? ");
  assert_string_equal(ask(f->record, (hs_said_filter){.limit = 2}).days, "2031-03 2031-03-02 ");
  assert_string_equal(ask(f->record, (hs_said_filter){.since = "2031-03-04"}).days, "2031-03 2031-03-04T23:00:00Z ");
  assert_string_equal(ask(f->record, (hs_said_filter){.until = "2031-03-02"}).days, "2031-03 2031-03-02 ");
  assert_string_equal(ask(f->record, (hs_said_filter){.since = "2031-03-03", .until = "2031-03-03"}).days, "2031-03 ");
  assert_int_equal(ask(f->record, (hs_said_filter){.since = "2031-04"}).count, 0);
  assert_int_equal(ask(f->record, (hs_said_filter){.until = "2031"}).count, 3);
}

static void a_question_that_makes_no_sense_is_said_so(void **state) {
  fixture *f = *state;
  static const hs_said_filter bad[] = {
      {.since = "yesterday"}, {.until = "2031-02-30"}, {.type = "oral"}, {.article = "12"}};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    hs_error error = {0};
    found got = {0};
    assert_int_equal(hs_record_said(f->record, &bad[i], collect, &got, &error), HS_ERROR_USAGE);
    assert_true(error.message[0] == '"');
  }
}

static void a_bad_document_does_not_spoil_its_batch(void **state) {
  fixture *f = *state;
  sqlite3 *db = hs_record_database(f->record);
  assert_int_equal(sqlite3_exec(db,
                                "CREATE TEMP TRIGGER t BEFORE INSERT ON main.article WHEN new.url = 'http://bad'"
                                " BEGIN SELECT raise(ABORT, 'no'); END",
                                NULL, NULL, NULL),
                   SQLITE_OK);
  static const char *const urls[] = {"http://1", "http://2", "http://bad", "http://3"};
  for (int i = 0; i < 4; i++) {
    hs_page page = {.data = "x", .size = 1, .url = urls[i]};
    hs_doc *doc = make_doc(NULL, NULL);
    doc->article.url = urls[i];
    assert_int_equal(hs_record_add(f->record, &page, doc, NULL, NULL), HS_OK);
    hs_doc_free(doc);
  }
  hs_error error = {0};
  assert_int_equal(hs_record_commit(f->record, &error), HS_ERROR_INPUT);
  assert_int_equal(count(f->record, "SELECT count(*) FROM page"), 3);
  assert_int_equal(count(f->record, "SELECT count(*) FROM quotation_search"), 3);
}

static void search_says_what_the_tables_say(void **state) {
  fixture *f = *state;
  add(f->record, "http://1", NULL, NULL, count(f->record, "SELECT count(*) FROM page") == 0);
  hs_record_commit(f->record, NULL);
  static const char check[] = "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1);"
                              "INSERT INTO quotation_search (quotation_search, rank) VALUES ('integrity-check', 1)";
  assert_int_equal(sqlite3_exec(hs_record_database(f->record), check, NULL, NULL, NULL), SQLITE_OK);
}

static void readers_see_what_is_committed(void **state) {
  fixture *f = *state;
  hs_record *reader = open_record(f, HS_RECORD_READ);
  add(f->record, "http://1", NULL, NULL, true);
  assert_int_equal(ask(reader, (hs_said_filter){0}).count, 0);
  hs_record_commit(f->record, NULL);
  assert_int_equal(ask(reader, (hs_said_filter){0}).count, 1);
  hs_error error = {0};
  hs_page page = {.data = "x", .size = 1};
  hs_doc *doc = make_doc(NULL, NULL);
  assert_int_equal(hs_record_add(reader, &page, doc, NULL, &error), HS_ERROR_USAGE);
  hs_doc_free(doc);
  hs_record_free(reader);
}

static int keep(void *buffer, const char *data, size_t size) {
  hs_buffer_add(buffer, data, size);
  return 0;
}

static void a_document_comes_back_as_it_went_in(void **state) {
  fixture *f = *state;
  hs_page page = {.data = TEXT, .size = sizeof TEXT - 1, .id = "a"};
  hs_doc *in = make_doc("2031-03-04", "2031-03-02"), *out = NULL;
  assert_int_equal(hs_record_add(f->record, &page, in, NULL, NULL), HS_OK);
  assert_int_equal(hs_record_commit(f->record, NULL), HS_OK);
  int64_t key = count(f->record, "SELECT key FROM article");
  hs_error error = {0};
  if (hs_record_document(&out, f->record, key, &error)) fail_msg("%s", error.message);
  hs_buffer a = {0}, b = {0};
  assert_int_equal(hs_doc_json(in, keep, &a, NULL), HS_OK);
  assert_int_equal(hs_doc_json(out, keep, &b, NULL), HS_OK);
  assert_string_equal(a.data, b.data);
  assert_string_equal(out->model, "rules-test");
  assert_int_equal(out->article.block_count, 1);
  assert_memory_equal(&out->article.blocks[0].text, &in->article.blocks[0].text, sizeof(hs_span));
  assert_memory_equal(&out->article.blocks[0].page, &in->article.blocks[0].page, sizeof(hs_span));
  hs_doc_free(out);
  assert_int_equal(hs_record_document(&out, f->record, key + 1, &error), HS_ERROR_USAGE);
  assert_null(out);
  hs_buffer_free(&a);
  hs_buffer_free(&b);
  hs_doc_free(in);
}

static void what_another_model_made_is_made_again(void **state) {
  fixture *f = *state;
  hs_model *model;
  assert_int_equal(hs_model_open(&model, NULL, NULL), HS_OK);
  for (int i = 0; i < 3; i++) add(f->record, (const char *[]){"http://1", "http://2", NULL}[i], NULL, NULL, true);
  hs_tally tally;
  hs_reading reading = {.threads = 2};
  hs_error error = {0};
  if (hs_record_again(f->record, model, &reading, &tally, &error)) fail_msg("%s", error.message);
  assert_int_equal(tally.added, 3);
  assert_int_equal(tally.failed, 0);
  assert_int_equal(count(f->record, "SELECT count(*) FROM article WHERE model = 'rules-test'"), 0);
  assert_int_equal(count(f->record, "SELECT count(*) FROM article"), 3);
  assert_int_equal(count(f->record, "SELECT count(*) FROM article_search WHERE article_search MATCH 'irons'"), 3);
  assert_int_equal(count(f->record, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
  search_says_what_the_tables_say(state);
  add(f->record, "http://1", NULL, NULL, false);
  if (hs_record_again(f->record, model, &reading, &tally, &error)) fail_msg("%s", error.message);
  assert_int_equal(tally.added, 0);
  hs_model_free(model);
}

static void a_reading_counts_only_its_own_pages(void **state) {
  fixture *f = *state;
  hs_model *model;
  assert_int_equal(hs_model_open(&model, NULL, NULL), HS_OK);
  char path[100];
  snprintf(path, sizeof path, "%s/page.txt", f->folder);
  FILE *page = fopen(path, "w");
  assert_non_null(page);
  fputs("The dam is old.\n", page);
  fclose(page);
  add(f->record, "https://a.example/", "2031-03-04", NULL, true);
  const char *const paths[] = {path};
  hs_reading reading = {.paths = paths, .path_count = 1, .depth = HS_ANNOTATE, .threads = 1};
  hs_tally tally;
  assert_int_equal(hs_record_read(f->record, model, &reading, NULL, NULL, &tally, NULL), HS_OK);
  assert_int_equal(tally.added, 1);
  assert_int_equal(tally.quotations, 0);
  assert_int_equal(count(f->record, "SELECT count(*) FROM page"), 2);
  hs_model_free(model);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(a_row_comes_back_as_it_went_in),
      TEST(the_same_page_changes_nothing),
      TEST(words_are_found_without_case_and_accents),
      TEST(days_narrow_and_order),
      TEST(a_question_that_makes_no_sense_is_said_so),
      TEST(a_bad_document_does_not_spoil_its_batch),
      TEST(search_says_what_the_tables_say),
      TEST(readers_see_what_is_committed),
      TEST(a_document_comes_back_as_it_went_in),
      TEST(what_another_model_made_is_made_again),
      TEST(a_reading_counts_only_its_own_pages),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
