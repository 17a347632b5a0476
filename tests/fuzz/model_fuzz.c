/*
 * Any bytes are a model file or are refused with a message that names it; with magic, version, size and checksum put
 * right, too. What is taken for a network runs, and finds the same twice; so does what is taken for a finder of
 * attributions, and its cues, sources and contents are words that it was given, apart from one another.
 */
#include "base/buffer.h"
#include "base/hash.h"
#include "fuzz.h"
#include "nlp/finder.h"
#include "nlp/network.h"

enum { CHECKSUM_AT = 8, COVERED_FROM = 16, SIZE_AT = 24, HEADER = 32 };

static void run(const hs_network *network) {
  static const char *const forms[] = {"The", "mayor", ",", "Ána", "said", "x1", "漢字", "."};
  hs_str words[8];
  for (size_t i = 0; i < 8; i++) words[i] = hs_str_of(forms[i]);
  const uint32_t ends[] = {5, 6, 8}, heads[] = {0, 1, 1, 5, 1};
  uint8_t relations[2][5];
  hs_room *room = hs_room_take(network);
  for (int i = 0; i < 2; i++) {
    hs_network_run(network, room, words, NULL, ends, 3);
    hs_network_relate(network, room, 0, heads, relations[i]);
  }
  require(memcmp(relations[0], relations[1], sizeof relations[0]) == 0, "the same is found twice");
  size_t labels;
  hs_network_labels(network, HS_TASK_RELATIONS, &labels);
  for (int i = 0; i < 5; i++) require(relations[0][i] < labels, "a relation is a label");
  hs_room_put_back(room);
}

/* An article of 240 words, in sentences of 60; each word hangs from the one before it. */
static hs_analysis article_of(hs_arena *arena, hs_buffer *text) {
  static const char *const forms[] = {"The", "mayor", ",", "Ána", "said", "“", "漢字", "”", "."};
  enum { WORDS = 240, SENTENCES = 4, NAMES = 2 };
  hs_analysis a = {.token_count = WORDS, .sentence_count = SENTENCES, .name_count = NAMES};
  a.tokens = hs_arena_alloc(arena, WORDS * sizeof *a.tokens);
  a.sentences = hs_arena_alloc(arena, SENTENCES * sizeof *a.sentences);
  a.names = hs_arena_alloc(arena, NAMES * sizeof *a.names);
  for (uint32_t i = 0; i < WORDS; i++) {
    hs_buffer_text(text, i % 120 ? " " : "\n");
    uint32_t start = (uint32_t)text->size;
    hs_buffer_text(text, forms[i % 9]);
    a.tokens[i] = (hs_token){{start, (uint32_t)text->size}, i % 60 ? (int)i - 1 : HS_NONE, "X", "NN", "_", "obj", "x"};
  }
  for (uint32_t s = 0; s < SENTENCES; s++) a.sentences[s] = (hs_sentence){.first = 60 * s, .end = 60 * s + 60};
  for (uint32_t n = 0; n < NAMES; n++) a.names[n] = (hs_name){.first = 100 * n, .end = 100 * n + 2, .type = "PER"};
  return a;
}

static void check_finding(const hs_finding *f, uint32_t low, uint32_t high) {
  require(low <= f->first && f->first < f->end && f->end <= high, "a cue is of words that were given");
  for (size_t p = 0; p < f->part_count; p++) {
    const hs_part *part = &f->parts[p];
    require(part->first < part->end && part->end <= high, "a part is of words that were given");
    require(part->first >= (p ? part[-1].end : low), "parts are in order and apart");
    require(part->end <= f->first || part->first >= f->end, "no part holds its cue");
  }
}

static bool same(const hs_finding_list *a, const hs_finding_list *b) {
  bool all = a->count == b->count;
  for (size_t i = 0; all && i < a->count; i++) {
    const hs_finding *x = &a->items[i], *y = &b->items[i];
    all = x->first == y->first && x->end == y->end && x->part_count == y->part_count &&
          memcmp(x->parts, y->parts, x->part_count * sizeof *x->parts) == 0 &&
          memcmp(&x->cue_chance, &y->cue_chance, 4 * sizeof(float)) == 0;
  }
  return all;
}

/* Opens the bytes as the file of a finder, which has a name; once to find all, once to find a part first. */
static void open_finder(const void *data, size_t size) {
  enum { LOW = 30, HIGH = 70 };
  int fd = file_of(data, size);
  hs_arena *arena = hs_arena_new();
  hs_buffer text = {0};
  hs_analysis analysis = article_of(arena, &text);
  uint32_t words = (uint32_t)analysis.token_count;
  hs_finding_list all[2] = {0}, part = {0};
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  for (int i = 0; i < 2; i++) {
    hs_finder *finder;
    hs_error error = {0};
    if (hs_finder_open(&finder, path, NULL, &error)) {
      require(strncmp(error.message, path, strlen(path)) == 0, "a refusal names the file");
      continue;
    }
    if (i == 1) hs_find(finder, &analysis, LOW, HIGH, text.data, &part, arena);
    hs_find(finder, &analysis, 0, words, text.data, &all[i], arena);
    hs_finder_free(finder);
  }
  for (size_t i = 0; i < all[0].count; i++) check_finding(&all[0].items[i], 0, words);
  for (size_t i = 0; i < part.count; i++) check_finding(&part.items[i], LOW, HIGH);
  require(same(&all[0], &all[1]), "the same is found twice");
  hs_buffer_free(&text);
  hs_arena_free(arena);
  close(fd);
}

static void open_bytes(const void *data, size_t size) {
  hs_weights *weights;
  hs_network *network;
  hs_error error = {0};
  if (hs_weights_of(&weights, data, size, "that.model", &error)) {
    require(strncmp(error.message, "that.model", 8) == 0, "a refusal names the file");
    return;
  }
  if (hs_network_new(&network, weights, "network", HS_TASKS_OF_PARSE, NULL, &error) == 0)
    run(network), hs_network_free(network);
  else require(strncmp(error.message, "that.model", 8) == 0, "a refusal names the file");
  hs_weights_free(weights);
  open_finder(data, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t *copy = aligned_alloc(64, (size + 64) / 64 * 64);
  if (size) memcpy(copy, data, size);
  open_bytes(copy, size);
  if (size > HEADER) {
    uint32_t version = 1;
    uint64_t bytes = size;
    memcpy(copy, "\x89hsm\r\n\x1a\n", CHECKSUM_AT);
    memcpy(copy + COVERED_FROM, &version, sizeof version);
    memcpy(copy + SIZE_AT, &bytes, sizeof bytes);
    uint64_t checksum = hs_hash((hs_str){(char *)copy + COVERED_FROM, size - COVERED_FROM}, 0);
    memcpy(copy + CHECKSUM_AT, &checksum, sizeof checksum);
    open_bytes(copy, size);
  }
  free(copy);
  return 0;
}
