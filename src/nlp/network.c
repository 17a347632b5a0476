/* From the lines of a model file to operations whose tensors are there and fit. What runs them is in run.c. */
#include "nlp/network.h"

#include "base/error.h"
#include "nlp/operation.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { LINE_WORDS = 3, MARGIN = 2 };

/* The line that is being built. */
typedef struct building {
  hs_network *network;
  const hs_network *beside;     /* or NULL */
  uint32_t needs;               /* bits of tasks */
  hs_str words[LINE_WORDS + 1]; /* the operation's name, then what it is said with */
  size_t count;
  uint32_t width, kept;            /* of a row now, as last kept */
  bool has[HS_TASK_COUNT], pooled; /* of relations: the tree */
  const char *lacking;             /* what went wrong */
  char name[64];                   /* of the tensor that LACKING speaks of */
} building;

static const char *const task_names[] = {
#define X(name, word) word,
    HS_TASKS(X)
#undef X
};

static const struct {
  const char *name;
  bool hashed;
} features[] = {
#define X(name, word, is_hash) {word, is_hash},
    HS_FEATURES(X)
#undef X
};

/* ---- tensors */

static bool fails(building *b, const char *why, const char *name) {
  if (b->lacking) return false;
  b->lacking = why;
  snprintf(b->name, sizeof b->name, "%s", name);
  return false;
}

static const float *floats_of(building *b, const char *name, uint64_t rows, uint64_t columns) {
  const hs_section *entry = hs_weights_find(b->network->weights, name, HS_SECTION_FLOATS);
  if (!entry) fails(b, "there is no such tensor of floats", name);
  else if (entry->rows == rows && entry->columns == columns) return entry->floats;
  else fails(b, "its shape is not the operation's", name);
  return NULL;
}

static int32_t *sums_of(const hs_section *entry, hs_arena *arena, size_t padded) {
  int32_t *sums = hs_arena_alloc(arena, padded * sizeof *sums);
  const int8_t *at = entry->bytes;
  for (size_t tile = 0; tile < padded; tile += HS_TILE)
    for (size_t group = 0; group < entry->columns / 4; group++, at += 4 * HS_TILE)
      for (size_t i = 0; i < HS_TILE; i++) sums[tile + i] += at[4 * i] + at[4 * i + 1] + at[4 * i + 2] + at[4 * i + 3];
  return sums;
}

/* The matrix NAME, its bias NAME.bias, for INPUTS floats; OUTPUTS 0: any number. */
static bool matrix_of(building *b, hs_matrix *out, const char *name, uint64_t inputs, uint64_t outputs) {
  const hs_section *entry = hs_weights_find(b->network->weights, name, HS_SECTION_TILES);
  if (!entry) return fails(b, "there is no such matrix", name);
  if (entry->columns != inputs || (outputs && entry->rows != outputs) || entry->rows > HS_WIDTH_MOST)
    return fails(b, "its shape is not the operation's", name);
  char bias_name[64];
  snprintf(bias_name, sizeof bias_name, "%s.bias", name);
  const float *bias = floats_of(b, bias_name, 1, entry->rows);
  if (!bias) return false;
  size_t padded = (entry->rows + HS_TILE - 1) / HS_TILE * HS_TILE;
  float *both = hs_arena_alloc(b->network->arena, 2 * padded * sizeof *both);
  memcpy(both, entry->scales, entry->rows * sizeof *both);
  memcpy(both + padded, bias, entry->rows * sizeof *both);
  *out = (hs_matrix){entry->bytes,     both,       both + padded, sums_of(entry, b->network->arena, padded),
                     (uint32_t)inputs, entry->rows};
  if (out->inputs > b->network->inputs) b->network->inputs = out->inputs;
  return true;
}

/* PREFIX and the name that word AT of the line says, into OUT. */
static const char *said(const building *b, size_t at, char out[64], const char *prefix) {
  snprintf(out, 64, "%s%.*s", prefix, (int)(b->words[at].size < 40 ? b->words[at].size : 40), b->words[at].data);
  return out;
}

/* The number that word AT of the line says, 1 to 9999; 0 if it is none. */
static uint32_t number_at(const building *b, size_t at) {
  hs_str s = at < b->count ? b->words[at] : (hs_str){0};
  uint32_t n = 0;
  for (size_t i = 0; i < s.size; i++) {
    if (!hs_is_digit(s.data[i]) || n > 999) return 0;
    n = n * 10 + (uint32_t)(s.data[i] - '0');
  }
  return n;
}

/* ---- operations: each fills in what it runs with and sets the row's new width; false if that cannot be */

static bool build_embed(building *b, hs_operation *o) {
  char name[64];
  size_t feature = 0;
  while (feature < HS_FEATURE_COUNT && !hs_str_is(b->words[1], features[feature].name)) feature++;
  if (feature == HS_FEATURE_COUNT) return fails(b, "there is no such feature", said(b, 1, name, ""));
  const hs_network *network = b->network;
  const hs_section *table = hs_weights_find(network->weights, said(b, 1, name, "embed."), HS_SECTION_TABLE);
  if (!table) return fails(b, "there is no such table", name);
  if (o->table_count == HS_FEATURE_COUNT) return fails(b, "there are too many tables", name);
  uint64_t least = feature == HS_FEATURE_WORD ? network->word_rows : 2;
  if (feature == HS_FEATURE_PIECE) least = network->piece_rows;
  if (feature == HS_FEATURE_POSITION) least = network->reads_pieces ? HS_NETWORK_WORDS + MARGIN : HS_NETWORK_WORDS;
  if (table->rows < least) return fails(b, "it has not enough rows", name);
  if (table->columns % HS_TILE || table->columns > HS_WIDTH_MOST || (b->width && table->columns != b->width))
    return fails(b, "its shape is not the operation's", name);
  o->tables[o->table_count++] = (hs_embedding){(hs_feature)feature, table};
  o->width = b->width = table->columns;
  return true;
}

static bool build_relu(building *b, hs_operation *o) {
  (void)b, (void)o;
  return true;
}

static bool build_gelu(building *b, hs_operation *o) {
  (void)b, (void)o;
  return true;
}

static bool build_norm(building *b, hs_operation *o) {
  char gain[64], bias[64];
  hs_str epsilon = b->words[2];
  if (!hs_str_starts(epsilon, "1e-") || epsilon.size > 5) return fails(b, "EPSILON is to be 1e-N", "");
  b->words[2] = (hs_str){epsilon.data + 3, epsilon.size - 3};
  double power = 1;
  for (uint32_t n = number_at(b, 2); n; n--) power *= 10;
  o->epsilon = (float)(1 / power);
  o->gain = floats_of(b, said(b, 1, gain, ""), 1, b->width);
  snprintf(bias, sizeof bias, "%.50s.bias", gain);
  o->bias = floats_of(b, bias, 1, b->width);
  return o->gain && o->bias;
}

static bool build_keep(building *b, hs_operation *o) {
  (void)o;
  b->kept = b->width;
  return true;
}

static bool build_add(building *b, hs_operation *o) {
  (void)o;
  return b->kept == b->width || fails(b, "what was kept is of another width", "");
}

static bool build_linear(building *b, hs_operation *o) {
  char name[64];
  if (!matrix_of(b, &o->matrix, said(b, 1, name, ""), b->width, 0)) return false;
  b->width = o->matrix.outputs;
  return b->width % HS_TILE == 0 || fails(b, "rows are to be multiples of 16", name);
}

static bool build_convolve(building *b, hs_operation *o) {
  char name[64];
  o->number = number_at(b, 2);
  if (!o->number || o->number >= HS_NETWORK_WORDS) return fails(b, "DISTANCE is to be 1 to 255", "");
  if (!matrix_of(b, &o->matrix, said(b, 1, name, ""), 3 * (uint64_t)b->width, 0)) return false;
  b->width = o->matrix.outputs;
  return b->width % HS_TILE == 0 || fails(b, "rows are to be multiples of 16", name);
}

static bool build_attend(building *b, hs_operation *o) {
  char name[64];
  o->number = number_at(b, 1);
  if (!o->number || b->width % (3 * o->number * HS_TILE)) return fails(b, "rows do not fall to HEADS", "");
  b->width /= 3;
  if (b->count < 3) return true;
  if (b->network->reads_pieces && !b->pooled) return fails(b, "distances are of words", "");
  const float *bias = floats_of(b, said(b, 2, name, ""), o->number, HS_DISTANCES);
  if (!bias) return false;
  size_t count = o->number * (size_t)HS_DISTANCES;
  float *copy = hs_arena_alloc(b->network->arena, (count + HS_TILE) * sizeof *copy); /* is read in whole tiles */
  o->bias = memcpy(copy, bias, count * sizeof *copy);
  return true;
}

static bool build_pool(building *b, hs_operation *o) {
  (void)o;
  if (!b->network->reads_pieces || b->pooled) return fails(b, "rows are words already", "");
  b->pooled = true;
  b->kept = 0;
  return true;
}

static bool build_tags(building *b, hs_operation *o) {
  char name[64];
  size_t task = 0;
  while (task < HS_TASK_RELATIONS && !hs_str_is(b->words[1], task_names[task])) task++;
  if (task == HS_TASK_RELATIONS || b->has[task]) return fails(b, "no such task, or twice", said(b, 1, name, ""));
  if (b->network->reads_pieces && !b->pooled) return fails(b, "tags are of words", "");
  if (!b->network->label_count[task]) return fails(b, "it has no labels", task_names[task]);
  b->has[task] = o->off = true;
  o->task = (hs_task)task;
  return matrix_of(b, &o->matrix, said(b, 1, name, "tags."), b->width, b->network->label_count[task]);
}

static bool build_give(building *b, hs_operation *o) {
  char name[64];
  if (b->network->gives) return fails(b, "rows are given once", "");
  if (b->network->reads_pieces && !b->pooled) return fails(b, "what is given is of words", "");
  o->off = true;
  if (!matrix_of(b, &o->matrix, said(b, 1, name, ""), b->width, 0)) return false;
  b->network->gives = o->matrix.outputs;
  return true;
}

static bool build_tree(building *b, hs_operation *o) {
  hs_tree_parts *tree = &b->network->tree;
  tree->arc = number_at(b, 1), tree->label = number_at(b, 2);
  uint64_t arc = tree->arc, label = tree->label;
  if (!arc || !label || arc % HS_TILE || label % HS_TILE) return fails(b, "ARC and LABEL are multiples of 16", "");
  if (b->has[HS_TASK_RELATIONS] || (b->network->reads_pieces && !b->pooled))
    return fails(b, "a tree is of words, and there is one", "");
  if (!tree->root_label--) return fails(b, "it is no label of relations", "root");
  b->has[HS_TASK_RELATIONS] = o->off = true;
  if (2 * (arc + label) > b->network->widest) b->network->widest = (uint32_t)(2 * (arc + label));
  tree->product = floats_of(b, "tree.product", arc + 1, arc);
  tree->root = floats_of(b, "tree.root", 1, arc + label);
  tree->distance = floats_of(b, "tree.distance", 1, HS_DISTANCES);
  return tree->product && tree->root && tree->distance &&
         matrix_of(b, &o->matrix, "tree.split", b->width, 2 * (arc + label)) &&
         matrix_of(b, &tree->relations, "tree.rels", 3 * label, b->network->label_count[HS_TASK_RELATIONS]);
}

static const struct {
  const char *name;
  size_t least, most; /* words behind the name */
  bool by_row;
  bool (*build)(building *b, hs_operation *o);
  void (*run)(const hs_operation *o, hs_room *room);
} operations[] = {
    {"embed", 1, 1, true, build_embed, hs_run_embed},     {"relu", 0, 0, true, build_relu, hs_run_relu},
    {"gelu", 0, 0, true, build_gelu, hs_run_gelu},        {"norm", 2, 2, true, build_norm, hs_run_norm},
    {"keep", 0, 0, true, build_keep, hs_run_keep},        {"add", 0, 0, true, build_add, hs_run_add},
    {"linear", 1, 1, false, build_linear, hs_run_linear}, {"convolve", 2, 2, false, build_convolve, hs_run_convolve},
    {"attend", 1, 2, false, build_attend, hs_run_attend}, {"pool", 0, 0, false, build_pool, hs_run_pool},
    {"tags", 1, 1, false, build_tags, hs_run_tags},       {"give", 1, 1, false, build_give, hs_run_give},
    {"tree", 2, 2, false, build_tree, hs_run_tree},
};

/* ---- the file's texts */

/* The next line of TEXT from *AT on, without its end; false behind the last. */
static bool next_line(hs_str text, size_t *at, hs_str *line) {
  if (*at >= text.size) return false;
  const char *from = text.data + *at, *end = memchr(from, '\n', text.size - *at);
  *line = (hs_str){from, end ? (size_t)(end - from) : text.size - *at};
  *at += line->size + 1;
  return true;
}

static size_t count_lines(hs_str text) {
  size_t lines = 1;
  for (size_t i = 0; i < text.size; i++) lines += text.data[i] == '\n';
  return lines;
}

/* Puts the lines of TEXT into MAP, numbered from FIRST on; gives the number behind the last, and in *LONGEST its bytes.
 */
static uint32_t number_lines(hs_map *map, hs_arena *arena, hs_str text, uint32_t first, size_t *longest) {
  hs_str line;
  hs_map_reserve(map, arena, count_lines(text));
  for (size_t at = 0; next_line(text, &at, &line); first++) {
    *hs_map_put(map, arena, line) = first;
    if (line.size > *longest) *longest = line.size;
  }
  return first;
}

static bool read_pieces(building *b) {
  hs_network *network = b->network;
  hs_pieces *pieces = &network->pieces;
  hs_str text = hs_weights_text(network->weights, "pieces");
  network->piece_rows = number_lines(&pieces->rows, network->arena, text, 0, &pieces->longest);
  const struct {
    const char *name;
    uint32_t *row;
  } needed[] = {{"[UNK]", &pieces->unknown}, {"[CLS]", &pieces->open}, {"[SEP]", &pieces->close}};
  for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
    const uint32_t *row = hs_map_get(&pieces->rows, hs_str_of(needed[i].name));
    if (!row) return fails(b, "it is not among the pieces", needed[i].name);
    *needed[i].row = *row;
  }
  return true;
}

static bool read_labels(building *b, hs_task task) {
  hs_network *network = b->network;
  char name[64];
  snprintf(name, sizeof name, "labels.%s", task_names[task]);
  hs_str text = hs_weights_text(network->weights, name), line;
  size_t count = 0, i = 0;
  for (size_t at = 0; next_line(text, &at, &line);) count++;
  if (count > UINT8_MAX) return fails(b, "there are to be 1 to 255 labels", name);
  const char **labels = hs_arena_alloc(network->arena, count * sizeof *labels);
  for (size_t at = 0; next_line(text, &at, &line); i++) {
    labels[i] = hs_arena_copy(network->arena, line.data, line.size);
    if (task == HS_TASK_RELATIONS && hs_str_is(line, "root")) network->tree.root_label = (uint32_t)i + 1;
  }
  network->labels[task] = labels;
  network->label_count[task] = count;
  return true;
}

static void read_words(building *b) {
  hs_network *network = b->network;
  const hs_network *beside = b->beside && !b->beside->takes ? b->beside : NULL;
  hs_str words = hs_weights_text(network->weights, "words");
  if (beside && hs_str_equal(words, hs_weights_text(beside->weights, "words"))) {
    network->words = beside->words;
    network->word_rows = beside->word_rows;
  } else {
    network->word_rows = number_lines(&network->words, network->arena, words, 1, &(size_t){0});
  }
}

static bool read_texts(building *b) {
  hs_network *network = b->network;
  for (int task = 0; task < HS_TASK_COUNT; task++)
    if (!read_labels(b, (hs_task)task)) return false;
  if (network->takes) return true; /* rows that are words no longer */
  read_words(b);
  return !network->reads_pieces || read_pieces(b);
}

/* ---- lines */

static void split_line(building *b, hs_str line) {
  b->count = 0;
  memset(b->words, 0, sizeof b->words);
  for (size_t i = 0; i < line.size && b->count <= LINE_WORDS;) {
    size_t start = i;
    while (i < line.size && line.data[i] != ' ') i++;
    if (i > start) b->words[b->count++] = (hs_str){line.data + start, i - start};
    else i++;
  }
}

/* Builds the operation of LINE, behind those that are there; of embeddings all are one. */
static bool build_line(building *b, hs_str line) {
  hs_network *network = b->network;
  split_line(b, line);
  size_t k = 0, count = sizeof operations / sizeof *operations;
  while (k < count && !hs_str_is(b->words[0], operations[k].name)) k++;
  if (k == count || b->count - 1 < operations[k].least || b->count - 1 > operations[k].most)
    return fails(b, "there is no such operation", "");
  bool embeds = operations[k].run == hs_run_embed;
  if (embeds ? network->takes || network->operation_count > 1 : !b->width) return fails(b, "embeddings come first", "");
  hs_operation *o = &network->operations[network->operation_count];
  if (embeds && network->operation_count) o--;
  else *o = (hs_operation){.line = line, .run = operations[k].run, .by_row = operations[k].by_row, .width = b->width};
  if (!operations[k].build(b, o)) return false;
  o->out = b->width;
  if (b->width > network->widest) network->widest = b->width;
  network->operation_count = (size_t)(o - network->operations) + 1;
  return true;
}

static bool build_lines(building *b, hs_str text, size_t *at, hs_str *line) {
  hs_network *network = b->network;
  network->operations = hs_arena_alloc(network->arena, count_lines(text) * sizeof *network->operations);
  while (next_line(text, at, line)) {
    if (line->size == 0 || line->data[0] == '#') continue;
    if (!build_line(b, *line)) return false;
  }
  for (int task = 0; task < HS_TASK_COUNT; task++)
    if (b->needs >> task & 1 && !b->has[task]) return fails(b, "no line gives it", task_names[task]);
  return !network->reads_pieces || b->pooled || fails(b, "word pieces are never pooled", "");
}

/* The line of what the rows are: "read words", "read pieces", or "take WIDTH". */
static bool build_rows(building *b, hs_str line) {
  split_line(b, line);
  if (b->count == 2 && hs_str_is(b->words[0], "take")) {
    b->network->widest = b->network->takes = b->width = number_at(b, 1);
    return (b->width && b->width % HS_TILE == 0) || fails(b, "rows are to be multiples of 16", "");
  }
  b->network->reads_pieces = hs_str_is(line, "read pieces");
  return b->network->reads_pieces || hs_str_is(line, "read words") || fails(b, "it reads nothing", "");
}

static bool build_network(building *b, const char *name, hs_str *line) {
  hs_str text = hs_weights_text(b->network->weights, name);
  size_t at = 0;
  while (next_line(text, &at, line) && (line->size == 0 || line->data[0] == '#')) continue;
  return build_rows(b, *line) && read_texts(b) && build_lines(b, text, &at, line);
}

int hs_network_new(hs_network **out, const hs_weights *weights, const char *name, uint32_t needs,
                   const hs_network *beside, hs_error *error) {
  hs_arena *arena = hs_arena_new();
  hs_network *network = hs_arena_alloc(arena, sizeof *network);
  *network = (hs_network){.arena = arena, .weights = weights, .kernel = hs_kernel_best()};
  network->rooms = hs_arena_alloc(arena, sizeof *network->rooms);
  pthread_mutex_init(&network->rooms->lock, NULL);
  building b = {.network = network, .beside = beside, .needs = needs};
  hs_str line = {0};
  *out = network;
  if (build_network(&b, name, &line)) return HS_OK;
  *out = NULL;
  int code = hs_fail(error, HS_ERROR_MODEL, 0, "%s: its network cannot be run, at \"%.*s\": %s%s%s",
                     hs_weights_path(weights), (int)(line.size < 60 ? line.size : 60), line.data ? line.data : "",
                     b.name, b.name[0] ? ": " : "", b.lacking);
  hs_network_free(network);
  return code;
}

void hs_network_free(hs_network *network) {
  if (!network) return;
  for (size_t i = 0; i < network->rooms->count; i++) hs_room_free(network->rooms->items[i]);
  free(network->rooms->items);
  pthread_mutex_destroy(&network->rooms->lock);
  hs_arena_free(network->arena);
}

void hs_network_use(hs_network *network, const hs_kernel *kernel) { network->kernel = kernel; }

uint32_t hs_network_takes(const hs_network *network) { return network->takes; }
uint32_t hs_network_gives(const hs_network *network) { return network->gives; }

bool hs_network_attends(const hs_network *network) {
  for (size_t i = 0; i < network->operation_count; i++)
    if (network->operations[i].run == hs_run_attend) return true;
  return false;
}

const char *const *hs_network_labels(const hs_network *network, hs_task task, size_t *count) {
  *count = network->label_count[task];
  return network->labels[task];
}
