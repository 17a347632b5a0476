/*
 * Any bytes are a model file or are refused with a message that names it; with magic, version, size and checksum put
 * right, too. What is taken for a network runs, and finds the same twice.
 */
#include "base/hash.h"
#include "nlp/network.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHECKSUM_AT = 8, COVERED_FROM = 16, SIZE_AT = 24, HEADER = 32 };

static void require(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

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

static void open_bytes(const void *data, size_t size) {
  hs_weights *weights;
  hs_network *network;
  hs_error error = {0};
  if (hs_weights_of(&weights, data, size, "that.model", &error)) {
    require(strncmp(error.message, "that.model", 8) == 0, "a refusal names the file");
    return;
  }
  if (hs_network_new(&network, weights, "network", HS_TASKS_OF_PARSE, &error) == 0)
    run(network), hs_network_free(network);
  else require(strncmp(error.message, "that.model", 8) == 0, "a refusal names the file");
  hs_weights_free(weights);
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
