/* The networks: what torch finds, the same to the last bit in any company and on any instruction set, whatever words.
 */
#include "base/buffer.h"
#include "base/hash.h"
#include "nlp/operation.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static const char *const models[] = {"tests/models/tiny-small", "tests/models/tiny-large"};
enum { MODELS = 2, SENTENCES = 9, WORDS = 40, MOST = 4096 };

typedef struct opened {
  hs_weights *weights;
  hs_network *network;
  hs_room *room;
} opened;

static opened open_model(const char *name) {
  opened o;
  char path[64];
  snprintf(path, sizeof path, "%s.model", name);
  assert_int_equal(hs_weights_open(&o.weights, path, NULL), 0);
  assert_int_equal(hs_network_new(&o.network, o.weights, "network", HS_TASKS_OF_PARSE, NULL, NULL), 0);
  o.room = hs_room_take(o.network);
  return o;
}

static void close_model(opened o) {
  hs_room_put_back(o.room);
  hs_network_free(o.network);
  hs_weights_free(o.weights);
}

static size_t split(hs_str *words, char *line) {
  size_t n = 0;
  for (char *word = strtok(line, " \n"); word; word = strtok(NULL, " \n")) words[n++] = hs_str_of(word);
  return n;
}

/* Compares a word's scores with the COUNT floats that LINE goes on with; moves LINE behind them. */
static void assert_near(const float *scores, size_t count, char **line) {
  for (size_t i = 0; i < count; i++) {
    float expected = strtof(*line, line);
    if (fabsf(scores[i] - expected) > 0.15f) fail_msg("%f is not near %f", (double)scores[i], (double)expected);
  }
}

/* Scores over the file of what torch found; bytes for floats cost some precision. */
static void scores_are_those_of_torch(void **state) {
  (void)state;
  for (size_t m = 0; m < MODELS; m++) {
    opened o = open_model(models[m]);
    char path[64], sentence[1000], line[2000];
    snprintf(path, sizeof path, "%s.expected", models[m]);
    FILE *in = fopen(path, "r");
    size_t wrong = 0, all = 0;
    while (fgets(sentence, sizeof sentence, in)) {
      hs_str words[WORDS];
      uint32_t n = (uint32_t)split(words, sentence), heads[WORDS], relations[WORDS];
      hs_network_run(o.network, o.room, words, NULL, &n, 1);
      hs_scores scores = hs_room_scores(o.room, 0);
      assert_int_equal(scores.words, n);
      for (uint32_t w = 0; w < n; w++) {
        assert_non_null(fgets(line, sizeof line, in));
        char *at = line;
        for (int task = 0; task < HS_TASK_RELATIONS; task++) {
          size_t labels;
          hs_network_labels(o.network, (hs_task)task, &labels);
          assert_near(scores.tags[task] + w * labels, labels, &at);
        }
        assert_near(scores.arcs + w * (n + 1), n + 1, &at);
        heads[w] = (uint32_t)strtoul(at, &at, 10), relations[w] = (uint32_t)strtoul(at, &at, 10);
      }
      uint8_t found[WORDS];
      hs_network_relate(o.network, o.room, 0, heads, found);
      for (uint32_t w = 0; w < n; w++) wrong += found[w] != relations[w], all++;
    }
    fclose(in);
    assert_true(all > 20 && wrong * 10 <= all);
    close_model(o);
  }
}

/* ---- the same in any company */

static const char *const texts[SENTENCES] = {"The mayor spoke .",
                                             "Ana Orlo left Orburg on 4 May , 2031 , she said .",
                                             "WHY",
                                             "Élan in Malmö costs $ 3.50 — “ no more ” !",
                                             "no",
                                             "漢字 and かな , or 한국어 ; then İstanbul ǅ ſ ﬁ Ⅷ ª",
                                             "a b c d e f g h i j k l m n o p q r s t u v w x y z 0 1 2 3 4 5 6 7 8 9",
                                             "the the the the the the the the the the the the the the the the the",
                                             "He said : 'it was not he who said it was she who did , ' they said ."};

typedef struct text {
  char copies[SENTENCES][200];
  hs_str words[SENTENCES][WORDS];
  uint32_t counts[SENTENCES];
} text;

static void make_text(text *t) {
  for (size_t s = 0; s < SENTENCES; s++) {
    snprintf(t->copies[s], sizeof t->copies[s], "%s", texts[s]);
    t->counts[s] = (uint32_t)split(t->words[s], t->copies[s]);
  }
}

/* All that is found of SENTENCE, as bytes, appended to OUT. */
static void append_found(hs_buffer *out, const opened *o, size_t sentence) {
  hs_scores scores = hs_room_scores(o->room, sentence);
  for (int task = 0; task < HS_TASK_RELATIONS; task++) {
    size_t labels;
    hs_network_labels(o->network, (hs_task)task, &labels);
    hs_buffer_add(out, (const char *)scores.tags[task], scores.words * labels * sizeof(float));
  }
  hs_buffer_add(out, (const char *)scores.arcs, scores.words * (scores.words + 1) * sizeof(float));
  uint32_t heads[HS_NETWORK_WORDS];
  uint8_t relations[HS_NETWORK_WORDS];
  for (uint32_t w = 0; w < scores.words; w++) heads[w] = w / 2;
  hs_network_relate(o->network, o->room, sentence, heads, relations);
  hs_buffer_add(out, (const char *)relations, scores.words);
}

/* What is found of each sentence of ORDER, in texts' order, run as one batch. */
static void run_batch(hs_buffer out[SENTENCES], const opened *o, const text *t, const size_t *order, size_t count) {
  hs_str words[SENTENCES * WORDS];
  uint32_t ends[SENTENCES], n = 0;
  for (size_t i = 0; i < count; i++) {
    for (uint32_t w = 0; w < t->counts[order[i]]; w++) words[n++] = t->words[order[i]][w];
    ends[i] = n;
  }
  hs_network_run(o->network, o->room, words, NULL, ends, count);
  for (size_t i = 0; i < count; i++) {
    hs_buffer_clear(&out[order[i]]);
    append_found(&out[order[i]], o, i);
  }
}

static void assert_same(hs_buffer a[SENTENCES], hs_buffer b[SENTENCES]) {
  for (size_t s = 0; s < SENTENCES; s++) {
    assert_int_equal(a[s].size, b[s].size);
    assert_memory_equal(a[s].data, b[s].data, a[s].size);
  }
}

static void results_hear_no_company_and_no_instruction_set(void **state) {
  (void)state;
  static text t;
  make_text(&t);
  const size_t forward[SENTENCES] = {0, 1, 2, 3, 4, 5, 6, 7, 8}, other[SENTENCES] = {6, 0, 8, 2, 4, 1, 3, 7, 5};
  for (size_t m = 0; m < MODELS; m++) {
    opened o = open_model(models[m]);
    hs_buffer first[SENTENCES] = {0}, again[SENTENCES] = {0};
    for (size_t s = 0; s < SENTENCES; s++) run_batch(first, &o, &t, &forward[s], 1);
    for (size_t k = 0; hs_kernels[k]; k++) {
      if (!hs_kernels[k]->runs_here()) continue;
      hs_network_use(o.network, hs_kernels[k]);
      for (size_t s = SENTENCES; s-- > 0;) run_batch(again, &o, &t, &forward[s], 1);
      assert_same(first, again);
      run_batch(again, &o, &t, forward, SENTENCES);
      assert_same(first, again);
      run_batch(again, &o, &t, other, SENTENCES);
      assert_same(first, again);
    }
    for (size_t s = 0; s < SENTENCES; s++) hs_buffer_free(&first[s]), hs_buffer_free(&again[s]);
    close_model(o);
  }
}

/* ---- hostile words */

static void assert_finite(const opened *o, size_t sentences) {
  for (size_t s = 0; s < sentences; s++) {
    hs_scores scores = hs_room_scores(o->room, s);
    for (size_t i = 0; i < scores.words * (scores.words + 1); i++) assert_true(isfinite(scores.arcs[i]));
  }
}

static void the_longest_batches_run(void **state) {
  (void)state;
  static hs_str words[HS_NETWORK_BATCH_WORDS];
  for (size_t m = 0; m < MODELS; m++) {
    opened o = open_model(models[m]);
    for (size_t i = 0; i < HS_NETWORK_BATCH_WORDS; i++) words[i] = hs_str_of(i % 3 ? "abcdefghijk" : "x");
    uint32_t two[] = {HS_NETWORK_WORDS, 2 * HS_NETWORK_WORDS}, ones[HS_NETWORK_BATCH_WORDS];
    hs_network_run(o.network, o.room, words, NULL, two, 2);
    assert_finite(&o, 2);
    for (uint32_t i = 0; i < HS_NETWORK_BATCH_WORDS; i++) ones[i] = i + 1;
    hs_network_run(o.network, o.room, words, NULL, ones, HS_NETWORK_BATCH_WORDS);
    assert_finite(&o, HS_NETWORK_BATCH_WORDS);
    close_model(o);
  }
}

/* A word of a megabyte is read no further than a word of a hundred characters. */
static void long_words_are_cut(void **state) {
  (void)state;
  enum { SIZE = 1 << 20 };
  static const char *const units[] = {"a", "A1", ".", "e\u0301", "\u0301", "\u200d", "漢", "\U0001F600", "가"};
  char *word = malloc(SIZE);
  for (size_t m = 0; m < MODELS; m++) {
    opened o = open_model(models[m]);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
      size_t unit = strlen(units[u]), size = 0;
      for (; size + unit <= SIZE; size += unit) memcpy(word + size, units[u], unit);
      size_t seen = 0;
      for (size_t n = 0; n < HS_WORD_LOOKED_AT; n++)
        while (++seen < size && ((unsigned char)word[seen] & 0xC0) == 0x80) continue;
      const hs_str words[] = {{word, size}, {word, seen}};
      hs_buffer found[2] = {0};
      for (size_t i = 0; i < 2; i++) {
        hs_network_run(o.network, o.room, &words[i], NULL, &(uint32_t){1}, 1);
        append_found(&found[i], &o, 0);
      }
      assert_memory_equal(found[0].data, found[1].data, found[0].size);
      hs_buffer_free(&found[0]), hs_buffer_free(&found[1]);
    }
    close_model(o);
  }
  free(word);
}

static size_t encode(char *out, uint32_t c) {
  if (c < 0x80) return out[0] = (char)c, 1;
  size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = size; i-- > 1; c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
  out[0] = (char)((0xF00 >> size & 0xFF) | c);
  return size;
}

static void every_character_is_a_word(void **state) {
  (void)state;
  static char bytes[HS_NETWORK_WORDS][4];
  static hs_str words[HS_NETWORK_WORDS];
  for (size_t m = 0; m < MODELS; m++) {
    opened o = open_model(models[m]);
    for (uint32_t c = 1; c < 0x110000; c += c < 0x3000 ? 1 : 37) {
      uint32_t n = 0;
      for (; n < 64 && c < 0x110000; c += c < 0x3000 ? 1 : 37)
        if (c < 0xD800 || c > 0xDFFF) words[n] = (hs_str){bytes[n], encode(bytes[n], c)}, n++;
      if (n) hs_network_run(o.network, o.room, words, NULL, &n, 1), assert_finite(&o, 1);
    }
    close_model(o);
  }
}

/* ---- files whose network cannot be run */

/* Each line of the tiny network changed so that it asks for what is not there, and what the message says then. */
static void networks_that_cannot_be_run_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *line, *other, *why;
  } cases[] = {{"read words", "read pages", "reads nothing"},
               {"embed word\n", "embed wurd\n", "wurd: there is no such feature"},
               {"norm embed.norm", "norm embed.nurm", "embed.nurm: "},
               {"1e-5", "1e+5", "EPSILON"},
               {"relu\n", "rely\n", "no such operation"},
               {"convolve layers.0.convolve 1", "convolve layers.0.convolve 0", "DISTANCE"},
               {"attend 4", "attend 5", "HEADS"},
               {"layers.1.out\n", "layers.1.qkv\n", "layers.1.qkv: its shape"},
               {"tags upos", "tags xpos", "xpos: no such task"},
               {"tree 16 16", "tree 16 32", "its shape"},
               {"root\n", "toor\n", "root: "},
               {"tree 16 16\n", "pool\n#6 16\n", "words already"}};
  static char data[40000] __attribute__((aligned(64)));
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    FILE *in = fopen("tests/models/tiny-small.model", "rb");
    size_t size = fread(data, 1, sizeof data, in);
    fclose(in);
    char *at = memmem(data, size, cases[i].line, strlen(cases[i].line));
    assert_non_null(at);
    memcpy(at, cases[i].other, strlen(cases[i].other));
    uint64_t checksum = hs_hash((hs_str){data + 16, size - 16}, 0);
    memcpy(data + 8, &checksum, sizeof checksum);
    hs_weights *weights;
    hs_network *network;
    hs_error error = {0};
    assert_int_equal(hs_weights_of(&weights, data, size, "that.model", &error), 0);
    assert_int_equal(hs_network_new(&network, weights, "network", HS_TASKS_OF_PARSE, NULL, &error), HS_ERROR_MODEL);
    if (!strstr(error.message, cases[i].why)) fail_msg("%s: \"%s\"", cases[i].other, error.message);
    hs_weights_free(weights);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(scores_are_those_of_torch), cmocka_unit_test(results_hear_no_company_and_no_instruction_set),
      cmocka_unit_test(the_longest_batches_run),   cmocka_unit_test(long_words_are_cut),
      cmocka_unit_test(every_character_is_a_word), cmocka_unit_test(networks_that_cannot_be_run_are_refused),
  };
  return cmocka_run_group_tests_name("network", tests, NULL, NULL);
}
