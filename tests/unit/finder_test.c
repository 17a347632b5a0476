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
  if (hs_finder_open(&finder, path, NULL, &error)) fail_msg("%s", error.message);
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

/* ---- a part, more of it, threads */

/* The tokens [first, end) of A as if there were no others, TIMES times one behind the other. */
static article repeated(const article *a, uint32_t first, uint32_t end, size_t times) {
  article out = {.arena = hs_arena_new()};
  for (uint32_t k = 0; k < times; k++) {
    uint32_t base = (uint32_t)out.tokens.count, text = (uint32_t)out.text.size,
             from = a->tokens.items[first].span.start;
    hs_buffer_add(&out.text, a->text.data + from, a->tokens.items[end - 1].span.end - from);
    hs_buffer_text(&out.text, "\n");
    for (uint32_t i = first; i < end; i++) {
      hs_token token = a->tokens.items[i];
      token.span = (hs_span){token.span.start - from + text, token.span.end - from + text};
      bool inside = token.head >= (int)first && token.head < (int)end;
      token.head = inside ? token.head - (int)first + (int)base : HS_NONE;
      hs_push(out.arena, out.tokens, token);
    }
    for (size_t s = 0; s < a->sentences.count; s++) {
      hs_sentence sentence = a->sentences.items[s];
      if (sentence.end <= first || sentence.first >= end) continue;
      sentence.first = base + (sentence.first > first ? sentence.first - first : 0);
      sentence.end = base + (sentence.end < end ? sentence.end : end) - first;
      hs_push(out.arena, out.sentences, sentence);
    }
    for (size_t n = 0; n < a->names.count; n++) {
      hs_name name = a->names.items[n];
      if (name.end <= first || name.first >= end) continue;
      assert_true(name.first >= first); /* a part that begins inside a name is another thing */
      name.first += base - first, name.end = (name.end < end ? name.end : end) + base - first;
      hs_push(out.arena, out.names, name);
    }
  }
  return out;
}

static void assert_same(hs_finding_list a, hs_finding_list b, uint32_t by) {
  assert_int_equal(a.count, b.count);
  for (size_t i = 0; i < a.count; i++) {
    hs_finding x = a.items[i], y = b.items[i];
    assert_true(x.first == y.first + by && x.end == y.end + by && x.part_count == y.part_count);
    assert_memory_equal(&x.cue_chance, &y.cue_chance, 4 * sizeof(float));
    for (size_t p = 0; p < x.part_count; p++) {
      assert_true(x.parts[p].role == y.parts[p].role);
      assert_true(x.parts[p].first == y.parts[p].first + by && x.parts[p].end == y.parts[p].end + by);
    }
  }
}

static void a_part_is_read_as_if_it_stood_alone(void **state) {
  (void)state;
  static const uint32_t parts[][2] = {{0, 1},     {0, 300},   {2, 727},   {100, 400},
                                      {130, 131}, {150, 290}, {600, 727}, {50, 50}};
  size_t all = 0;
  for (size_t k = 0; k < KINDS; k++) {
    article a = read_article(kinds[k]);
    hs_finder *finder = open_finder(kinds[k]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
      hs_finding_list part = find(finder, &a, parts[i][0], parts[i][1]);
      if (parts[i][0] == parts[i][1]) {
        assert_int_equal(part.count, 0);
        continue;
      }
      article alone = repeated(&a, parts[i][0], parts[i][1], 1);
      assert_same(part, find(finder, &alone, 0, (uint32_t)alone.tokens.count), parts[i][0]);
      all += part.count;
      free_article(&alone);
    }
    hs_finder_free(finder);
    free_article(&a);
  }
  assert_true(all > 200);
}

/* Words that the networks run over, of TIMES times the text; as one sentence or in many. */
static size_t words_run(const hs_finder *finder, const article *a, size_t times, bool one_sentence) {
  article more = repeated(a, 0, (uint32_t)a->tokens.count, times);
  if (one_sentence) more.sentences.count = 1, more.sentences.items[0].end = (uint32_t)more.tokens.count;
  encoded = paired = 0;
  hs_finding_list found = find(finder, &more, 0, (uint32_t)more.tokens.count);
  assert_true(found.count >= times * 20);
  assert_true(encoded < 3 * more.tokens.count && paired <= found.count * (2 * HS_FINDER_REACH + 32));
  free_article(&more);
  return encoded + paired;
}

static void twice_the_text_is_twice_the_work(void **state) {
  (void)state;
  for (size_t k = 0; k < KINDS; k++) {
    article a = read_article(kinds[k]);
    hs_finder *finder = open_finder(kinds[k]);
    for (int one = 0; one < 2; one++) {
      size_t once = words_run(finder, &a, 4, one), twice = words_run(finder, &a, 8, one);
      if (twice * 10 < once * 19 || twice * 10 > once * 21) fail_msg("%zu, then %zu", once, twice);
    }
    hs_finder_free(finder);
    free_article(&a);
  }
}

typedef struct reading {
  const hs_finder *finder;
  article *article;
  hs_arena *arena;
  hs_finding_list found;
} reading;

static void *read_all(void *arg) {
  reading *r = arg;
  hs_analysis analysis = analysis_of(r->article);
  hs_find(r->finder, &analysis, 0, (uint32_t)analysis.token_count, r->article->text.data, &r->found, r->arena);
  return NULL;
}

static void threads_find_the_same(void **state) {
  (void)state;
  for (size_t k = 0; k < KINDS; k++) {
    article a = read_article(kinds[k]);
    hs_finder *finder = open_finder(kinds[k]);
    hs_finding_list found = find(finder, &a, 0, (uint32_t)a.tokens.count);
    pthread_t threads[THREADS];
    reading readings[THREADS];
    for (size_t t = 0; t < THREADS; t++) {
      readings[t] = (reading){.finder = finder, .article = &a, .arena = hs_arena_new()};
      assert_int_equal(pthread_create(&threads[t], NULL, read_all, &readings[t]), 0);
    }
    for (size_t t = 0; t < THREADS; t++) {
      pthread_join(threads[t], NULL);
      assert_same(found, readings[t].found, 0);
      hs_arena_free(readings[t].arena);
    }
    hs_finder_free(finder);
    free_article(&a);
  }
}

/* ---- files of another shape */

/* The finder of the tiny file in which each FROM is TO, of the same length; the message is in ERROR if it is refused.
 */
static int open_changed(hs_finder **finder, const char *from, const char *to, hs_error *error) {
  static char data[100000];
  FILE *file = fopen(kinds[0], "rb");
  size_t size = fread(data, 1, sizeof data, file), length = strlen(from);
  fclose(file);
  assert_int_equal(strlen(to), length);
  char *at = memmem(data, size, from, length);
  assert_non_null(at);
  for (; at; at = memmem(at, size - (size_t)(at - data), from, length)) memcpy(at, to, length);
  uint64_t checksum = hs_hash((hs_str){data + 16, size - 16}, 0);
  memcpy(data + 8, &checksum, sizeof checksum);
  char path[] = "/tmp/finder-XXXXXX";
  int fd = mkstemp(path);
  assert_int_equal(write(fd, data, size), size);
  close(fd);
  int code = hs_finder_open(finder, path, NULL, error);
  if (code && !strstr(error->message, path)) fail_msg("\"%s\" does not name %s", error->message, path);
  unlink(path);
  return code;
}

static void files_of_another_shape_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *from, *to, *why;
  } cases[] = {{"inputs.xpos", "inputs.xqos", "inputs.xpos"},
               {"inputs.rels", "inputs.real", "inputs.rels"},
               {"inputs.names", "inputs.named", "inputs.names"},
               {"nsubj\nobj\n", "nsubj_obj\n", "pairs.path"},
               {"take 16", "take 32", "pairs.norm: its shape"},
               {"give pairs.words", "#ive pairs.words", "do not fit"},
               {"pairs.apart", "pairs.apert", "pairs.apart"},
               {"-SOURCE", "-SPEECH", "SOURCE and CONTENT"},
               {"O\nB-CUE", "X\nB-CUE", "\"X\""},
               {"O\nB-SOURCE", "X\nB-SOURCE", "\"X\""},
               {"tags cues", "tags kues", "kues: no such task"},
               {"tags roles", "#ags roles", "roles: no line gives it"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    hs_finder *finder;
    hs_error error = {0};
    if (!open_changed(&finder, cases[i].from, cases[i].to, &error)) fail_msg("%s is taken", cases[i].to);
    assert_int_equal(error.code, HS_ERROR_MODEL);
    if (!strstr(error.message, cases[i].why)) fail_msg("%s: \"%s\"", cases[i].to, error.message);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(attributions_are_those_of_torch),    cmocka_unit_test(a_part_is_read_as_if_it_stood_alone),
      cmocka_unit_test(twice_the_text_is_twice_the_work),   cmocka_unit_test(threads_find_the_same),
      cmocka_unit_test(files_of_another_shape_are_refused),
  };
  return cmocka_run_group_tests_name("finder", tests, NULL, NULL);
}
