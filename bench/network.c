/*
 * bench_network MODEL WORDS [scores] [KERNEL]: runs a model's network over the sentences of WORDS, a word a line and an
 * empty line behind each sentence, again and again for some seconds, and prints words a second and the share of each
 * operation. With "scores" it runs them once and writes what it found to standard output, for train/check.py: of each
 * sentence the scores of all tags and of the arcs, as floats, and where the words have heads (behind a tab) the
 * relations, a byte each.
 */
#include "base/array.h"
#include "nlp/operation.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SECONDS = 3, BATCH = HS_NETWORK_BATCH_WORDS };

typedef struct text {
  hs_arena *arena;
  hs_array(hs_str) words;
  hs_array(uint32_t) heads;
  hs_array(size_t) ends;
} text;

static double seconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); /* of work: whatever else the machine does */
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void end_sentence(text *t) {
  size_t start = t->ends.count ? t->ends.items[t->ends.count - 1] : 0;
  if (t->words.count > start) hs_push(t->arena, t->ends, t->words.count);
}

static int read_words(text *t, const char *path) {
  FILE *in = fopen(path, "rb");
  if (!in) return fprintf(stderr, "%s cannot be opened\n", path), 1;
  char *line = NULL;
  size_t capacity = 0;
  for (ssize_t size; (size = getline(&line, &capacity, in)) > 0;) {
    line[size - 1] = '\0';
    char *tab = strchr(line, '\t');
    size_t bytes = tab ? (size_t)(tab - line) : (size_t)size - 1;
    size_t start = t->ends.count ? t->ends.items[t->ends.count - 1] : 0;
    if (bytes == 0 || t->words.count - start == HS_NETWORK_WORDS) end_sentence(t);
    if (bytes == 0) continue;
    hs_push(t->arena, t->words, ((hs_str){hs_arena_copy(t->arena, line, bytes), bytes}));
    hs_push(t->arena, t->heads, tab ? (uint32_t)strtoul(tab + 1, NULL, 10) : 0);
  }
  end_sentence(t);
  free(line);
  return fclose(in);
}

static void write_scores(const hs_network *network, hs_room *room, const text *t, size_t sentence, size_t start) {
  hs_scores scores = hs_room_scores(room, sentence);
  uint8_t relations[HS_NETWORK_WORDS];
  for (int task = 0; task < HS_TASK_RELATIONS; task++)
    fwrite(scores.tags[task], sizeof(float), scores.words * network->label_count[task], stdout);
  fwrite(scores.arcs, sizeof(float), scores.words * (scores.words + 1), stdout);
  hs_network_relate(network, room, sentence, t->heads.items + start, relations);
  fwrite(relations, 1, scores.words, stdout);
}

/* Runs all sentences, as many as fit into a batch at a time. */
static void run_all(const hs_network *network, hs_room *room, const text *t, bool write) {
  for (size_t s = 0, start = 0; s < t->ends.count; start = t->ends.items[s - 1]) {
    uint32_t ends[BATCH];
    size_t first = s, count = 0;
    for (; s < t->ends.count && t->ends.items[s] - start <= BATCH; s++)
      ends[count++] = (uint32_t)(t->ends.items[s] - start);
    hs_network_run(network, room, t->words.items + start, NULL, ends, count);
    for (size_t i = 0; write && i < count; i++)
      write_scores(network, room, t, i, first + i ? t->ends.items[first + i - 1] : 0);
  }
}

static void measure(const hs_network *network, hs_room *room, const text *t) {
  uint64_t *ticks = calloc(network->operation_count + 1, sizeof *ticks), sum = 0;
  run_all(network, room, t, false);
  double start = seconds(), spent = 0;
  size_t runs = 0;
  for (; spent < SECONDS; spent = seconds() - start, runs++) run_all(network, room, t, false);
  printf("%s: %.0f words a second of work\n", network->kernel->name, (double)(runs * t->words.count) / spent);
  room->ticks = ticks;
  run_all(network, room, t, false);
  room->ticks = NULL;
  for (size_t i = 0; i <= network->operation_count; i++) sum += ticks[i];
  for (size_t i = 0; i <= network->operation_count; i++) {
    hs_str line = i < network->operation_count ? network->operations[i].line : hs_str_of("read");
    printf("%5.1f %%  %6.0f ns a word  %.*s\n", 100.0 * (double)ticks[i] / (double)sum,
           (double)ticks[i] / (double)t->words.count, (int)line.size, line.data);
  }
  free(ticks);
}

int main(int argc, char **argv) {
  text t = {.arena = hs_arena_new()};
  hs_weights *weights = NULL;
  hs_network *network = NULL;
  hs_error error;
  if (argc < 3) return fprintf(stderr, "usage: bench_network MODEL WORDS [scores] [KERNEL]\n"), 2;
  double start = seconds();
  if (hs_weights_open(&weights, argv[1], &error) ||
      hs_network_new(&network, weights, "network", HS_TASKS_OF_PARSE, NULL, &error))
    return fprintf(stderr, "%s\n", error.message), 1;
  double opened = seconds() - start;
  if (read_words(&t, argv[2])) return 1;
  for (size_t i = 0; argc > 3 && hs_kernels[i]; i++)
    if (strcmp(hs_kernels[i]->name, argv[argc - 1]) == 0 && hs_kernels[i]->runs_here())
      hs_network_use(network, hs_kernels[i]);
  hs_room *room = hs_room_take(network);
  if (argc > 3 && strcmp(argv[3], "scores") == 0) run_all(network, room, &t, true);
  else printf("opened in %.1f ms\n", 1000 * opened), measure(network, room, &t);
  hs_room_put_back(room);
  hs_network_free(network);
  hs_weights_free(weights);
  hs_arena_free(t.arena);
  return 0;
}
