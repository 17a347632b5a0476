/* Each limit of base/limits.h is reached here, and told; that of a sentence in language_test.c. */
#include "base/limits.h"

#include "base/buffer.h"
#include "extract/extract.h"
#include "ingest/ingest.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

typedef struct extraction {
  hs_extractor *extractor;
  hs_arena *arena;
  hs_article article;
  hs_error error;
  int code;
} extraction;

static extraction extract(const hs_buffer *page, hs_media media) {
  extraction e = {.extractor = hs_extractor_new(), .arena = hs_arena_new()};
  hs_page p = {.data = page->data, .size = page->size, .media = media, .id = "it"};
  e.code = hs_extract(&e.article, e.extractor, &p, e.arena, &e.error);
  return e;
}

static void done(extraction *e) {
  hs_arena_free(e->arena);
  hs_extractor_free(e->extractor);
}

static void check_status(hs_buffer *page, hs_media media, const char *words) {
  extraction e = extract(page, media);
  assert_int_equal(e.code, HS_OK);
  assert_non_null(e.article.status);
  assert_non_null(strstr(e.article.status, words));
  done(&e);
  hs_buffer_free(page);
}

static void repeat(hs_buffer *b, const char *s, size_t count) {
  for (size_t i = 0; i < count; i++) hs_buffer_text(b, s);
}

static void page_bytes(void **state) {
  (void)state;
  hs_buffer page = {0};
  repeat(&page, "Nobody read this page to its end.\n", HS_LIMIT_PAGE_BYTES / 34 + 2);
  assert_true(page.size > HS_LIMIT_PAGE_BYTES);
  extraction e = extract(&page, HS_MEDIA_TEXT);
  assert_int_equal(e.code, HS_OK);
  assert_int_equal(e.article.text_size, HS_LIMIT_PAGE_BYTES);
  assert_non_null(strstr(e.article.status, "16 MiB"));
  done(&e);
  hs_buffer_free(&page);
}

static void tree_depth(void **state) {
  (void)state;
  hs_buffer page = {0};
  repeat(&page, "<div>", HS_LIMIT_TREE_DEPTH + 10);
  hs_buffer_text(&page, "<p>The council of Veldt voted on Monday to close the old harbour bridge.</p>");
  check_status(&page, HS_MEDIA_HTML, "512 deep");
}

static void tags(void **state) {
  (void)state;
  hs_buffer page = {0};
  hs_buffer_text(&page, "<p>The council of Veldt voted on Monday to close the old harbour bridge.</p>");
  repeat(&page, "<i></i>", HS_LIMIT_TAGS);
  check_status(&page, HS_MEDIA_HTML, "250000 tags");
}

static void blocks(void **state) {
  (void)state;
  hs_buffer page = {0};
  for (int i = 0; i < HS_LIMIT_BLOCKS + 5; i++) hs_buffer_printf(&page, "Line %d of many.\n", i);
  check_status(&page, HS_MEDIA_TEXT, "100000 blocks");
}

static void quotations(void **state) {
  (void)state;
  hs_buffer text = {0};
  for (int i = 0; i <= HS_LIMIT_QUOTATIONS; i++)
    hs_buffer_printf(&text, "“Day %d,” said Ana Orlo.%s", i, i % 20 ? " " : "\n\n");
  hs_page page = {.data = text.data, .size = text.size, .media = HS_MEDIA_TEXT};
  hs_model *model;
  hs_doc *doc;
  size_t count;
  assert_int_equal(hs_model_open(&model, "rules", NULL), HS_OK);
  assert_int_equal(hs_doc_read(&doc, model, &page, HS_ANNOTATE, NULL), HS_OK);
  hs_doc_quotations(doc, &count);
  assert_int_equal(count, HS_LIMIT_QUOTATIONS);
  assert_non_null(hs_doc_article(doc)->status);
  assert_non_null(strstr(hs_doc_article(doc)->status, "20000 quotations"));
  hs_doc_free(doc);
  hs_model_free(model);
  hs_buffer_free(&text);
}

/* A folder of its own, removed by the caller with rm. */
static char *folder(void) {
  static char path[] = "/tmp/hearsay-limits-XXXXXX";
  strcpy(path + strlen(path) - 6, "XXXXXX");
  assert_non_null(mkdtemp(path));
  return path;
}

static void remove_tree(const char *path) {
  hs_buffer command = {0};
  hs_buffer_printf(&command, "rm -rf '%s'", path);
  assert_int_equal(system(command.data), 0);
  hs_buffer_free(&command);
}

/* Reads PATH; gives how many pages there were, and in *LAST the last error. */
static size_t read_all(const char *path, hs_error *last, size_t *errors) {
  const char *paths[] = {path};
  hs_input *input = hs_input_open(&(hs_reading){.paths = paths, .path_count = 1}, NULL);
  hs_capture *capture;
  size_t pages = 0;
  int code;
  *errors = 0;
  while ((code = hs_input_next(input, &capture, last))) {
    if (code == 1) pages++, hs_capture_free(capture);
    else ++*errors;
  }
  hs_input_free(input);
  return pages;
}

static void write_file(const char *path, const hs_buffer *content) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(content->data, 1, content->size, file), content->size);
  fclose(file);
}

/* The file NAME of CONTENT, which is freed, holds one page, and on LINE what is refused with WORDS. */
static void check_refused(const char *name, hs_buffer *content, size_t line, const char *words) {
  char *at = folder(), path[64];
  snprintf(path, sizeof path, "%s/%s", at, name);
  write_file(path, content);
  hs_buffer_free(content);
  hs_error error;
  size_t errors;
  assert_int_equal(read_all(path, &error, &errors), 1);
  assert_int_equal(errors, 1);
  assert_int_equal(error.position, line);
  assert_non_null(strstr(error.message, words));
  remove_tree(at);
}

static void line_bytes(void **state) {
  (void)state;
  hs_buffer lines = {0};
  hs_buffer_text(&lines, "{\"text\": \"");
  repeat(&lines, "A long line without end. ", HS_LIMIT_LINE_BYTES / 25 + 100);
  hs_buffer_text(&lines, "\"}\n{\"text\": \"The next one.\"}\n");
  check_refused("wide.jsonl", &lines, 1, "wide.jsonl:1: the line is over 64 MiB");
}

static void conllu_bytes(void **state) {
  (void)state;
  static const char rest[] = "\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
  hs_buffer lines = {0};
  hs_buffer_text(&lines, "# text = \n1\t");
  repeat(&lines, "along", HS_LIMIT_CONLLU_BYTES / 5);
  hs_buffer_printf(&lines, "%s1\tnext%s", rest, rest);
  check_refused("wide.conllu", &lines, 2, "wide.conllu:2: over 16 MiB: its sentence is passed over");
}

static void mhtml_bytes(void **state) {
  (void)state;
  char *at = folder(), path[64];
  snprintf(path, sizeof path, "%s/wide.mhtml", at);
  hs_buffer message = {0};
  hs_buffer_text(&message,
                 "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n"
                 "<p>The page.\n--b\nContent-Type: image/png\n\n");
  repeat(&message, "A picture of many points.\n", HS_LIMIT_MHTML_BYTES / 25);
  write_file(path, &message);
  hs_buffer_free(&message);
  const char *paths[] = {path};
  hs_input *input = hs_input_open(&(hs_reading){.paths = paths, .path_count = 1}, NULL);
  hs_capture *capture;
  assert_int_equal(hs_input_next(input, &capture, NULL), 1);
  assert_non_null(strstr(capture->page.missing, "64 MiB"));
  assert_memory_equal(capture->page.data, "<p>The page.\n", capture->page.size);
  hs_capture_free(capture);
  hs_input_free(input);
  remove_tree(at);
}

static void inflation(void **state) {
  (void)state;
  char *at = folder(), path[64];
  snprintf(path, sizeof path, "%s/bomb.jsonl.gz", at);
  gzFile file = gzopen(path, "wb");
  static char blank[1 << 16];
  memset(blank, '\n', sizeof blank);
  assert_true(gzputs(file, "{\"text\": \"One page.\"}\n") > 0);
  for (int i = 0; i < 1024; i++) assert_true(gzwrite(file, blank, sizeof blank) > 0);
  gzclose(file);
  hs_error error;
  size_t errors;
  assert_int_equal(read_all(path, &error, &errors), 1);
  assert_int_equal(errors, 1);
  assert_non_null(strstr(error.message, "200 times"));
  remove_tree(at);
}

static void folder_depth(void **state) {
  (void)state;
  char *at = folder();
  hs_buffer path = {0}, page = {0};
  hs_buffer_text(&path, at);
  hs_buffer_text(&page, "A page.");
  for (int i = 0; i < HS_LIMIT_FOLDER_DEPTH; i++) {
    hs_buffer_text(&path, "/d");
    assert_int_equal(mkdir(path.data, 0700), 0);
  }
  hs_buffer_text(&path, "/page.txt");
  write_file(path.data, &page);
  hs_error error;
  size_t errors;
  assert_int_equal(read_all(at, &error, &errors), 0);
  assert_int_equal(errors, 1);
  assert_non_null(strstr(error.message, "too deep"));
  hs_buffer_free(&path);
  hs_buffer_free(&page);
  remove_tree(at);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(page_bytes),  cmocka_unit_test(tree_depth),   cmocka_unit_test(tags),
      cmocka_unit_test(blocks),      cmocka_unit_test(line_bytes),   cmocka_unit_test(conllu_bytes),
      cmocka_unit_test(inflation),   cmocka_unit_test(folder_depth), cmocka_unit_test(quotations),
      cmocka_unit_test(mhtml_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
