/* The learned finder: what torch finds, the same of a part as of that part alone and on any thread, in linear time, and
 * no file of another shape. */
#include "base/array.h"
#include "base/buffer.h"
#include "base/hash.h"
#include "nlp/finder.h"
#include "nlp/network.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const kinds[] = {"tests/models/tiny-small.quotations", "tests/models/tiny-large.quotations"};
enum { KINDS = 2, THREADS = 4 };

/* ---- how many words the networks run over; the linker calls these in place of hs_network_run and its like */

void __real_hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const hs_told *told,
                           const uint32_t *ends, size_t sentences);
void __real_hs_network_run_rows(const hs_network *network, hs_room *room, const float *rows, const uint32_t *ends,
                                size_t sentences);
void __wrap_hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const hs_told *told,
                           const uint32_t *ends, size_t sentences);
void __wrap_hs_network_run_rows(const hs_network *network, hs_room *room, const float *rows, const uint32_t *ends,
                                size_t sentences);

static _Thread_local size_t encoded, paired;

void __wrap_hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const hs_told *told,
                           const uint32_t *ends, size_t sentences) {
  encoded += ends[sentences - 1];
  __real_hs_network_run(network, room, words, told, ends, sentences);
}

void __wrap_hs_network_run_rows(const hs_network *network, hs_room *room, const float *rows, const uint32_t *ends,
                                size_t sentences) {
  paired += ends[sentences - 1];
  __real_hs_network_run_rows(network, room, rows, ends, sentences);
}

/* ---- the article of the .expected file */

typedef struct article {
  hs_arena *arena;
  hs_buffer text;
  hs_array(hs_token) tokens;
  hs_array(hs_sentence) sentences;
  hs_array(hs_name) names;
  hs_array(hs_finding) expected;
} article;

static const char *word_of(article *a, char **line) {
  const char *word = strtok_r(*line, " \n", line);
  return word ? hs_arena_copy(a->arena, word, strlen(word)) : NULL;
}

/* A line of a word: form, gap, XPOS, relation, head and name. */
static void add_word(article *a, const char *form, char *rest) {
  static const char *const between[] = {" ", "", " ", "\n\n"};
  uint32_t at = (uint32_t)a->tokens.count;
  int gap = atoi(word_of(a, &rest));
  if (at) hs_buffer_text(&a->text, between[gap]);
  uint32_t start = (uint32_t)a->text.size;
  hs_buffer_text(&a->text, form);
  hs_token token = {.span = {start, (uint32_t)a->text.size}, .xpos = word_of(a, &rest), .relation = word_of(a, &rest)};
  token.head = atoi(word_of(a, &rest));
  hs_push(a->arena, a->tokens, token);
  if (gap >= 2) hs_push(a->arena, a->sentences, ((hs_sentence){.first = at}));
  a->sentences.items[a->sentences.count - 1].end = at + 1;
  const char *name = word_of(a, &rest);
  if (name[0] == 'B') hs_push(a->arena, a->names, ((hs_name){.first = at, .type = name + 2}));
  if (name[0] != 'O') a->names.items[a->names.count - 1].end = at + 1;
}

/* A line of an attribution: "cue FIRST END source FIRST END … content FIRST END …". */
static void add_expected(article *a, char *rest) {
  hs_finding f = {.first = (uint32_t)strtoul(rest, &rest, 10), .end = (uint32_t)strtoul(rest, &rest, 10)};
  hs_array(hs_part) parts = {0};
  for (const char *role; (role = word_of(a, &rest));) {
    hs_part part = {.role = role[0] == 's' ? HS_PART_SOURCE : HS_PART_CONTENT};
    part.first = (uint32_t)strtoul(rest, &rest, 10), part.end = (uint32_t)strtoul(rest, &rest, 10);
    hs_push(a->arena, parts, part);
  }
  f.parts = parts.items, f.part_count = parts.count;
  hs_push(a->arena, a->expected, f);
}

static article read_article(const char *kind) {
  article a = {.arena = hs_arena_new()};
  char *path = hs_arena_printf(a.arena, "%s.expected", kind), *line = NULL;
  size_t room = 0;
  FILE *in = fopen(path, "r");
  assert_non_null(in);
  while (getline(&line, &room, in) > 0) {
    char *rest = line;
    const char *first = word_of(&a, &rest);
    if (strcmp(first, "cue") == 0) add_expected(&a, rest);
    else add_word(&a, first, rest);
  }
  free(line);
  fclose(in);
  assert_true(a.tokens.count > 3 * 192 && a.expected.count > 20);
  return a;
}

static void free_article(article *a) {
  hs_buffer_free(&a->text);
  hs_arena_free(a->arena);
}

static hs_analysis analysis_of(const article *a) {
  return (hs_analysis){.tokens = a->tokens.items,
                       .token_count = a->tokens.count,
                       .sentences = a->sentences.items,
                       .sentence_count = a->sentences.count,
                       .names = a->names.items,
                       .name_count = a->names.count};
}

static hs_finding_list find(const hs_finder *finder, article *a, uint32_t first, uint32_t end) {
  hs_finding_list found = {0};
  hs_analysis analysis = analysis_of(a);
  hs_find(finder, &analysis, first, end, a->text.data, &found, a->arena);
  return found;
}

static hs_finder *open_finder(const char *path) {
  hs_finder *finder;
  hs_error error = {0};
  if (hs_finder_open(&finder, path, &error)) fail_msg("%s", error.message);
  return finder;
}

/* ---- what torch finds */

/* Counts into ROLES the words that either finding gives a role, and into WRONG those that only one does, or that begin
 * a part in only one. */
static void compare_roles(const hs_finding *a, const hs_finding *b, size_t words, size_t *roles, size_t *wrong) {
  char *of = calloc(words, 2);
  for (int k = 0; k < 2; k++)
    for (size_t p = 0; p < (k ? b : a)->part_count; p++) {
      const hs_part *part = &(k ? b : a)->parts[p];
      for (uint32_t i = part->first; i < part->end; i++)
        of[2 * i + (uint32_t)k] = (char)(1 + 2 * (int)part->role + (i == part->first));
    }
  for (size_t i = 0; i < words; i++) *roles += of[2 * i] || of[2 * i + 1], *wrong += of[2 * i] != of[2 * i + 1];
  free(of);
}

/* Bytes for floats decide some near-ties otherwise. */
static void attributions_are_those_of_torch(void **state) {
  (void)state;
  for (size_t k = 0; k < KINDS; k++) {
    article a = read_article(kinds[k]);
    hs_finder *finder = open_finder(kinds[k]);
    hs_finding_list found = find(finder, &a, 0, (uint32_t)a.tokens.count);
    size_t same = 0, roles = 0, wrong = 0;
    for (size_t e = 0, f = 0; e < a.expected.count && f < found.count;) {
      const hs_finding *x = &a.expected.items[e], *y = &found.items[f];
      bool both = x->first == y->first && x->end == y->end;
      if (both) same++, compare_roles(x, y, a.tokens.count, &roles, &wrong);
      e += both || x->first <= y->first;
      f += both || y->first < x->first;
    }
    assert_true(same * 20 >= 19 * a.expected.count && same * 20 >= 19 * found.count);
    assert_true(roles > 200 && wrong * 30 <= roles);
    hs_finder_free(finder);
    free_article(&a);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(attributions_are_those_of_torch),
  };
  return cmocka_run_group_tests_name("finder", tests, NULL, NULL);
}
