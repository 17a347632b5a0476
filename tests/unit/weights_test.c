/* Model files that are whole are opened, all others refused by name. */
#include "nlp/network.h"
#include "nlp/weights.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define MODEL "tests/models/tiny-small.model"

typedef struct file {
  char *data; /* aligned to 64 */
  size_t size;
} file;

static file read_model(void) {
  FILE *in = fopen(MODEL, "rb");
  assert_non_null(in);
  fseek(in, 0, SEEK_END);
  file f = {.size = (size_t)ftell(in)};
  f.data = aligned_alloc(64, f.size + 64);
  rewind(in);
  assert_int_equal(fread(f.data, 1, f.size, in), f.size);
  fclose(in);
  return f;
}

static void assert_refused(const void *data, size_t size, const char *why) {
  hs_weights *weights;
  hs_error error = {0};
  assert_int_equal(hs_weights_of(&weights, data, size, "that.model", &error), HS_ERROR_MODEL);
  assert_null(weights);
  assert_ptr_equal(strstr(error.message, "that.model "), error.message);
  if (!strstr(error.message, why)) fail_msg("\"%s\" does not hold \"%s\"", error.message, why);
}

static void a_whole_file_is_opened(void **state) {
  (void)state;
  hs_weights *weights;
  assert_int_equal(hs_weights_open(&weights, MODEL, NULL), 0);
  assert_true(hs_weights_checksum(weights) != 0);
  assert_string_equal(hs_weights_path(weights), MODEL);
  hs_str labels = hs_weights_text(weights, "labels.xpos");
  assert_true(hs_str_is(labels, "NN\nVBD\nDT\n"));
  assert_null(hs_weights_text(weights, "lemmas").data);
  assert_null(hs_weights_text(weights, "embed.word").data);
  const hs_section *table = hs_weights_find(weights, "embed.word", HS_SECTION_TABLE);
  assert_int_equal(table->rows, 12);
  assert_int_equal(table->columns, 16);
  assert_string_equal(hs_section_kind_name(table->kind), "i8 rows");
  size_t count, texts = 0;
  const hs_section *sections = hs_weights_sections(weights, &count);
  for (size_t i = 0; i < count; i++) {
    texts += sections[i].kind == HS_SECTION_TEXT;
    assert_ptr_equal(hs_weights_find(weights, sections[i].name, sections[i].kind), &sections[i]);
  }
  assert_int_equal(texts, 8);
  hs_weights_free(weights);
}

static void what_is_no_file_is_refused(void **state) {
  (void)state;
  const char *paths[] = {"/nowhere/that.model", "tests", "/dev/null"};
  for (size_t i = 0; i < 3; i++) {
    hs_weights *weights;
    hs_error error = {0};
    assert_int_equal(hs_weights_open(&weights, paths[i], &error), HS_ERROR_MODEL);
    assert_non_null(strstr(error.message, paths[i]));
  }
}

static void foreign_and_other_versions_are_told_apart(void **state) {
  (void)state;
  file f = read_model();
  assert_refused("", 0, "no model of hearsay");
  assert_refused("SQLite format 3", 16, "no model of hearsay");
  f.data[16] = 2;
  assert_refused(f.data, f.size, "another version");
  free(f.data);
}

static void a_cut_file_is_refused_wherever_it_is_cut(void **state) {
  (void)state;
  file f = read_model();
  for (size_t size = 8; size < f.size; size++) assert_refused(f.data, size, "cut short");
  assert_refused(f.data, f.size + 64, "damaged");
  free(f.data);
}

static void a_changed_byte_is_seen_wherever_it_is(void **state) {
  (void)state;
  file f = read_model();
  for (size_t i = 0; i < f.size; i++) {
    f.data[i] ^= (char)(1 << i % 8);
    assert_refused(f.data, f.size, "");
    f.data[i] ^= (char)(1 << i % 8);
  }
  free(f.data);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_whole_file_is_opened),
      cmocka_unit_test(what_is_no_file_is_refused),
      cmocka_unit_test(foreign_and_other_versions_are_told_apart),
      cmocka_unit_test(a_cut_file_is_refused_wherever_it_is_cut),
      cmocka_unit_test(a_changed_byte_is_seen_wherever_it_is),
  };
  return cmocka_run_group_tests_name("weights", tests, NULL, NULL);
}
