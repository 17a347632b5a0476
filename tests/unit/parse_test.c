/* From scores to tokens and names: the network and its file are stood in for, each word's scores are told by its form.
 */
#include "nlp/parse.h"

#include "nlp/network.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka wants the three above first */
#include <cmocka.h>

static const char *const upos[] = {"NOUN", "PROPN"}, *const xpos[] = {"NN", "NNP"},
                         *const feats[] = {"_", "Number=Plur"};
static const char *const names[] = {"O", "B-PER", "I-PER"}, *const relations[] = {"root", "dep", "left"};

struct hs_weights {
  int unused;
};
int hs_weights_open(hs_weights **out, const char *path, hs_error *error) {
  (void)path, (void)error;
  *out = calloc(1, sizeof **out);
  return HS_OK;
}
void hs_weights_free(hs_weights *weights) { free(weights); }
hs_str hs_weights_text(const hs_weights *weights, const char *name) {
  (void)weights;
  return strcmp(name, "lemmas") == 0 ? hs_str_of("NN\ts\t1\t\tlower\nNNP\t\t0\t\tkeep\n") : (hs_str){0};
}
uint64_t hs_weights_checksum(const hs_weights *weights) {
  (void)weights;
  return 0;
}

struct hs_network {
  int unused;
};
int hs_network_new(hs_network **out, const hs_weights *weights, const char *name, uint32_t needs,
                   const hs_network *beside, hs_error *error) {
  (void)weights, (void)name, (void)needs, (void)beside, (void)error;
  *out = calloc(1, sizeof **out);
  return HS_OK;
}
void hs_network_free(hs_network *network) { free(network); }
const char *const *hs_network_labels(const hs_network *network, hs_task task, size_t *count) {
  (void)network;
  static const char *const *const all[HS_TASK_COUNT] = {upos, xpos, feats, names, [HS_TASK_RELATIONS] = relations};
  static const size_t counts[HS_TASK_COUNT] = {2, 2, 2, 3, [HS_TASK_RELATIONS] = 3};
  *count = counts[task];
  return all[task];
}

/* A room knows the batch; the scores of one sentence at a time are made when they are asked for. */
struct hs_room {
  const hs_str *words;
  uint32_t ends[HS_NETWORK_BATCH_WORDS];
  size_t sentences;
  float tags[HS_TASK_RELATIONS][HS_NETWORK_WORDS * 3], arcs[HS_NETWORK_WORDS * (HS_NETWORK_WORDS + 1)];
};
hs_room *hs_room_take(const hs_network *network) {
  (void)network;
  return calloc(1, sizeof(hs_room));
}
void hs_room_put_back(hs_room *room) { free(room); }
static size_t batches;
void hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const hs_told *told,
                    const uint32_t *ends, size_t sentences) {
  (void)network, (void)told;
  assert_true(sentences > 0 && ends[sentences - 1] <= HS_NETWORK_BATCH_WORDS);
  room->words = words;
  room->sentences = sentences;
  memcpy(room->ends, ends, sentences * sizeof *ends);
  batches++;
}

/* A capital makes a proper noun and the beginning of a name, a name goes on with "&"; each word hangs from the one
 * before it. */
hs_scores hs_room_scores(const hs_room *room_, size_t sentence) {
  hs_room *room = (hs_room *)room_;
  assert_true(sentence < room->sentences);
  size_t first = sentence ? room->ends[sentence - 1] : 0, words = room->ends[sentence] - first;
  assert_true(words > 0 && words <= HS_NETWORK_WORDS);
  memset(room->tags, 0, sizeof room->tags);
  memset(room->arcs, 0, sizeof room->arcs);
  for (size_t i = 0; i < words; i++) {
    hs_str form = room->words[first + i];
    bool capital = hs_is_capital(form.data[0]);
    room->tags[HS_TASK_UPOS][2 * i + capital] = room->tags[HS_TASK_XPOS][2 * i + capital] = 1;
    room->tags[HS_TASK_FEATS][2 * i + hs_str_ends(form, "s")] = 1;
    room->tags[HS_TASK_NAMES][3 * i + (size_t)(capital ? 1 : form.data[0] == '&' ? 2 : 0)] = 1;
    room->arcs[i * (words + 1) + i] = 1;
  }
  hs_scores scores = {.words = words, .arcs = room->arcs};
  for (int t = 0; t < HS_TASK_RELATIONS; t++) scores.tags[t] = room->tags[t];
  return scores;
}
void hs_network_relate(const hs_network *network, hs_room *room, size_t sentence, const uint32_t *heads,
                       uint8_t *relations_of) {
  (void)network;
  size_t first = sentence ? room->ends[sentence - 1] : 0;
  for (size_t i = 0; i < room->ends[sentence] - first; i++) relations_of[i] = heads[i] ? heads[i] <= i ? 2 : 1 : 0;
}

enum { MOST = 1000000 };
static hs_token tokens[MOST];
static hs_name_list found;

/* Parses COUNT words in sentences that end at ENDS; gives the arena. */
static hs_arena *parse(const char *const *words, size_t count, const uint32_t *ends, size_t sentence_count) {
  static hs_str forms[MOST];
  static hs_sentence sentences[MOST];
  hs_parser *parser;
  hs_arena *arena = hs_arena_new();
  for (uint32_t i = 0; i < count; i++) {
    forms[i] = hs_str_of(words[i]);
    tokens[i] = (hs_token){.span = {i * 10, i * 10 + (uint32_t)forms[i].size}};
  }
  for (size_t i = 0; i < sentence_count; i++)
    sentences[i] = (hs_sentence){.first = i ? ends[i - 1] : 0, .end = ends[i]};
  found = (hs_name_list){0};
  assert_int_equal(hs_parser_open(&parser, "some.model", NULL), HS_OK);
  hs_parse(parser, forms, tokens, sentences, sentence_count, &found, arena);
  hs_parse(parser, forms, tokens, sentences, 0, &found, arena);
  hs_parser_free(parser);
  return arena;
}

static void words_get_all_that_is_known(void **unused) {
  (void)unused;
  static const char *const words[] = {"Ana", "&", "dams", "Bo", "boats"};
  static const uint32_t ends[] = {3, 5};
  hs_arena *arena = parse(words, 5, ends, 2);
  assert_string_equal(tokens[0].upos, "PROPN");
  assert_string_equal(tokens[0].lemma, "Ana");
  assert_string_equal(tokens[2].xpos, "NN");
  assert_string_equal(tokens[2].feats, "Number=Plur");
  assert_string_equal(tokens[2].lemma, "dam");
  assert_int_equal(tokens[0].head, HS_NONE);
  assert_string_equal(tokens[0].relation, "root");
  assert_int_equal(tokens[2].head, 1);
  assert_string_equal(tokens[2].relation, "left");
  assert_int_equal(tokens[3].head, HS_NONE);
  assert_int_equal(tokens[4].head, 3);
  assert_int_equal(found.count, 2);
  assert_int_equal(found.items[0].first, 0);
  assert_int_equal(found.items[0].end, 2);
  assert_int_equal(found.items[0].span.start, 0);
  assert_int_equal(found.items[0].span.end, 11);
  assert_string_equal(found.items[0].type, "PER");
  assert_int_equal(found.items[1].first, 3);
  hs_arena_free(arena);
}

static void a_long_sentence_is_read_in_stretches(void **unused) {
  (void)unused;
  static const char *words[1001];
  for (size_t i = 0; i < 1001; i++) words[i] = "word";
  words[250] = ","; /* near the limit: the first stretch ends behind it */
  words[300] = ","; /* not near the second one's */
  static const uint32_t ends[] = {1000, 1001};
  hs_arena *arena = parse(words, 1001, ends, 2);
  static const int roots[] = {251, 507, 763};
  assert_int_equal(tokens[0].head, HS_NONE);
  for (int i = 0; i < 3; i++) {
    assert_int_equal(tokens[roots[i]].head, 0);
    assert_string_equal(tokens[roots[i]].relation, "parataxis");
    assert_int_equal(tokens[roots[i] + 1].head, roots[i]);
  }
  for (int i = 1; i < 1000; i++) assert_true(tokens[i].head == i - 1 || tokens[i].head == 0);
  assert_int_equal(tokens[1000].head, HS_NONE);
  hs_arena_free(arena);
}

/* A million words cost a million words' batches: each holds two stretches, and a stretch is no shorter than it must. */
static void a_sentence_of_a_million_words_costs_so_much(void **unused) {
  (void)unused;
  static const char *words[MOST];
  static const uint32_t end = MOST;
  for (size_t i = 0; i < MOST; i++) words[i] = i % 100 ? "word" : ";";
  batches = 0;
  hs_arena *arena = parse(words, MOST, &end, 1);
  assert_true(batches <= MOST / (2 * HS_NETWORK_WORDS * 3 / 4) + 1);
  int roots = 0;
  for (int i = 0; i < MOST; i++) {
    roots += tokens[i].head == HS_NONE;
    assert_true(tokens[i].head < i); /* in this network each word hangs from the one before it, or from the first */
  }
  assert_int_equal(roots, 1);
  hs_arena_free(arena);
}

static void short_sentences_share_a_batch(void **unused) {
  (void)unused;
  enum { COUNT = 3000 };
  static const char *words[COUNT];
  static uint32_t ends[COUNT];
  for (uint32_t i = 0; i < COUNT; i++) words[i] = "Word", ends[i] = i + 1;
  batches = 0;
  hs_arena *arena = parse(words, COUNT, ends, COUNT);
  assert_int_equal(batches, (COUNT + HS_NETWORK_BATCH_WORDS - 1) / HS_NETWORK_BATCH_WORDS);
  assert_int_equal(found.count, COUNT);
  for (int i = 0; i < COUNT; i++) assert_int_equal(tokens[i].head, HS_NONE);
  hs_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_get_all_that_is_known),
      cmocka_unit_test(a_long_sentence_is_read_in_stretches),
      cmocka_unit_test(a_sentence_of_a_million_words_costs_so_much),
      cmocka_unit_test(short_sentences_share_a_batch),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
