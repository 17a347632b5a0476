/* Running a network's operations over the sentences of a batch, as many at a time as the room holds. */
#include "nlp/operation.h"

#include <stdlib.h>
#include <time.h>

/* More rows at a time than this would not read the matrices any cheaper, and leave the cache. */
enum { ROWS_AT_A_TIME = 256, ROWS_TOGETHER = 8, NEAR_BYTES = 64 /* that come into the cache together */ };

static size_t padded(size_t n) { return (n + HS_TILE - 1) / HS_TILE * HS_TILE; }

static size_t sentence_count(const hs_room *room) { return room->end_sentence - room->first_sentence; }

static void swap(hs_room *room) {
  float *x = room->x;
  room->x = room->spare, room->spare = x;
}

/* ---- operations */

static uint32_t row_of(const hs_embedding *table, const hs_features *features) {
  uint32_t value = features->of[table->feature], rows = table->table->rows;
  switch (table->feature) {
#define X(name, word, hashed)                                                                                          \
  case HS_FEATURE_##name:                                                                                              \
    if (hashed) return value ? 1 + value % (rows - 1) : 0;                                                             \
    break;
    HS_FEATURES(X)
#undef X
  case HS_FEATURE_COUNT: break;
  }
  return value < rows ? value : rows - 1;
}

/* The tables are far larger than a near cache: all that the rows need is asked for before it is summed. */
void hs_run_embed(const hs_operation *o, hs_room *room) {
  const int8_t *rows[ROWS_TOGETHER][HS_FEATURE_COUNT];
  float scales[ROWS_TOGETHER][HS_FEATURE_COUNT];
  size_t low = room->low_row, count = room->high_row - low;
  for (size_t r = 0; r < count; r++)
    for (size_t i = 0; i < o->table_count; i++) {
      size_t row = row_of(&o->tables[i], &room->features[low + r]);
      rows[r][i] = o->tables[i].table->bytes + row * o->width;
      scales[r][i] = o->tables[i].table->scales[row];
      for (size_t at = 0; at < o->width; at += NEAR_BYTES) __builtin_prefetch(rows[r][i] + at);
    }
  for (size_t r = 0; r < count; r++)
    room->network->kernel->embed(room->x + (low + r) * o->width, rows[r], scales[r], o->table_count, o->width);
}

/* The floats of the rows that are worked on by themselves, and where they begin. */
static size_t low_float(const hs_operation *o, const hs_room *room) { return room->low_row * o->width; }
static size_t float_count(const hs_operation *o, const hs_room *room) {
  return (room->high_row - room->low_row) * o->width;
}

void hs_run_relu(const hs_operation *o, hs_room *room) {
  room->network->kernel->relu(room->x + low_float(o, room), 0, float_count(o, room));
}

void hs_run_gelu(const hs_operation *o, hs_room *room) {
  room->network->kernel->gelu(room->x + low_float(o, room), float_count(o, room));
}

void hs_run_norm(const hs_operation *o, hs_room *room) {
  room->network->kernel->norm(room->x + low_float(o, room), o->gain, o->bias, o->epsilon,
                              room->high_row - room->low_row, o->width);
}

void hs_run_keep(const hs_operation *o, hs_room *room) {
  size_t low = low_float(o, room);
  memcpy(room->kept + low, room->x + low, float_count(o, room) * sizeof *room->x);
}

void hs_run_add(const hs_operation *o, hs_room *room) {
  size_t low = low_float(o, room);
  room->network->kernel->add(room->x + low, room->kept + low, float_count(o, room));
}

/* OUT, of rows of STRIDE floats, from the rows of x. */
static void multiply(const hs_operation *o, hs_room *room, float *out, size_t stride) {
  const hs_kernel *kernel = room->network->kernel;
  room->bytes.stride = 2 * (size_t)o->matrix.inputs;
  for (size_t r = 0; !room->has_bytes && r < room->rows; r++) {
    const float *x = room->x + r * o->width;
    kernel->quantise(&room->bytes, r, &x, 1, o->width, kernel->range(x, o->width));
  }
  room->has_bytes = true;
  kernel->multiply(out, stride, &o->matrix, &room->bytes, room->rows);
}

void hs_run_linear(const hs_operation *o, hs_room *room) {
  multiply(o, room, room->spare, o->out);
  swap(room);
}

static hs_range both(hs_range a, hs_range b) {
  return (hs_range){a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
}

void hs_run_convolve(const hs_operation *o, hs_room *room) {
  const hs_kernel *kernel = room->network->kernel;
  size_t width = o->width, by = o->number;
  room->bytes.stride = 2 * (size_t)o->matrix.inputs;
  for (size_t r = 0; r < room->rows; r++) room->ranges[r] = kernel->range(room->x + r * width, width);
  for (size_t s = 0; s < sentence_count(room); s++)
    for (size_t start = room->starts[s], end = room->starts[s + 1], r = start; r < end; r++) {
      const float *parts[3] = {NULL, room->x + r * width, NULL};
      hs_range range = room->ranges[r];
      if (r - start >= by) parts[0] = parts[1] - by * width, range = both(range, room->ranges[r - by]);
      if (end - r > by) parts[2] = parts[1] + by * width, range = both(range, room->ranges[r + by]);
      kernel->quantise(&room->bytes, r, parts, 3, width, range);
    }
  kernel->multiply(room->spare, o->out, &o->matrix, &room->bytes, room->rows);
  swap(room);
}

/* OUT[i][r] = X[r * stride + i] for ROWS rows and SIZE columns; zeros up to a whole tile. */
static void turn(float *out, const float *x, size_t stride, size_t rows, size_t size) {
  size_t across = padded(rows);
  for (size_t i = 0; i < size; i++) {
    for (size_t r = 0; r < rows; r++) out[i * across + r] = x[r * stride + i];
    for (size_t r = rows; r < across; r++) out[i * across + r] = 0;
  }
}

/* One head over the N rows from X on: queries, keys and values stand ALL floats apart. */
static void attend(const hs_operation *o, hs_room *room, float *out, const float *x, size_t n, size_t head) {
  const hs_kernel *kernel = room->network->kernel;
  size_t all = o->out, size = all / o->number, across = padded(n);
  const float *query = x + head * size;
  turn(room->columns, query + all, o->width, n, size);
  kernel->product(room->square, across, query, o->width, room->columns, across, n, size, across);
  const float *bias = o->bias ? o->bias + head * HS_DISTANCES + HS_NETWORK_WORDS - 1 : NULL;
  for (size_t i = 0; i < n; i++) kernel->softmax(room->square + i * across, bias ? bias - i : NULL, n);
  kernel->product(out + head * size, all, room->square, across, query + 2 * all, o->width, n, n, size);
}

void hs_run_attend(const hs_operation *o, hs_room *room) {
  for (size_t s = 0; s < sentence_count(room); s++)
    for (size_t head = 0, start = room->starts[s]; head < o->number; head++)
      attend(o, room, room->spare + start * o->out, room->x + start * o->width, room->starts[s + 1] - start, head);
  swap(room);
}

void hs_run_pool(const hs_operation *o, hs_room *room) {
  for (size_t w = 0; w < room->words; w++) {
    const float *first = room->x + room->first_piece[w] * o->width, *last = room->x + room->last_piece[w] * o->width;
    for (size_t i = 0; i < o->width; i++) room->spare[w * o->width + i] = (first[i] + last[i]) * 0.5f;
  }
  swap(room);
  for (size_t s = 0; s < sentence_count(room); s++)
    room->starts[s + 1] = (uint32_t)(room->ends[room->first_sentence + s] - room->first_word);
  room->rows = room->words;
}

void hs_run_tags(const hs_operation *o, hs_room *room) {
  size_t labels = o->matrix.outputs;
  multiply(o, room, room->tags[o->task] + room->first_word * labels, labels);
}

void hs_run_give(const hs_operation *o, hs_room *room) {
  size_t width = o->matrix.outputs;
  multiply(o, room, room->given + room->first_word * width, width);
}

/* The arcs of the N words whose parts stand in Z, rows of DEPENDENT, HEAD, LOW, HIGH. */
static void score_arcs(const hs_network *network, hs_room *room, float *arcs, const float *z, size_t n) {
  const hs_tree_parts *tree = &network->tree;
  size_t arc = tree->arc, width = 2 * (arc + tree->label), across = padded(n + 1);
  network->kernel->product(room->projected, arc, z, width, tree->product, arc, n, arc, arc);
  for (size_t i = 0; i < n; i++) network->kernel->add(room->projected + i * arc, tree->product + arc * arc, arc);
  for (size_t k = 0; k < arc; k++) {
    float *column = room->columns + k * across;
    column[0] = tree->root[k];
    for (size_t i = 0; i < n; i++) column[i + 1] = z[i * width + arc + k];
    for (size_t i = n + 1; i < across; i++) column[i] = 0;
  }
  network->kernel->product(room->square, across, room->projected, arc, room->columns, across, n, arc, across);
  for (size_t i = 0; i < n; i++, arcs += n + 1) {
    const float *scores = room->square + i * across, *distance = tree->distance + HS_NETWORK_WORDS - 1 - i;
    arcs[0] = scores[0];
    for (size_t h = 0; h < n; h++) arcs[h + 1] = scores[h + 1] + distance[h];
    arcs[i + 1] = -1e4f;
  }
}

void hs_run_tree(const hs_operation *o, hs_room *room) {
  const hs_network *network = room->network;
  size_t arc = network->tree.arc, label = network->tree.label, width = o->matrix.outputs;
  multiply(o, room, room->spare, width);
  network->kernel->relu(room->spare, 0.1f, room->rows * width);
  for (size_t r = 0; r < room->rows; r++) {
    const float *z = room->spare + r * width + 2 * arc;
    memcpy(room->low + (room->first_word + r) * label, z, label * sizeof *z);
    memcpy(room->high + (room->first_word + r) * label, z + label, label * sizeof *z);
  }
  for (size_t s = 0; s < sentence_count(room); s++) {
    size_t start = room->starts[s], n = room->starts[s + 1] - start, at = room->first_sentence + s;
    room->arc_starts[at + 1] = room->arc_starts[at] + n * (n + 1);
    score_arcs(network, room, room->arcs + room->arc_starts[at], room->spare + start * width, n);
  }
}

/* ---- reading */

/* Cuts the N words of a sentence into pieces and gives the rows that it takes. Where they are more than the room's, no
 * word has as many as it would: the least number fewer, the same for all. */
static size_t cut_pieces(hs_room *room, const hs_str *words, size_t n) {
  size_t of_count[HS_WORD_PIECES + 1] = {0};
  for (size_t w = 0; w < n; w++) {
    room->cut_count[w] = (uint8_t)hs_pieces_of(room->cut[w], words[w], &room->network->pieces);
    of_count[room->cut_count[w]]++;
  }
  size_t rows = 2, most = 0, longer = n;
  for (; longer && rows + longer <= HS_ROOM_ROWS; longer -= of_count[most]) rows += longer, most++;
  for (size_t w = 0; w < n; w++)
    if (room->cut_count[w] > most) room->cut_count[w] = (uint8_t)most;
  return rows;
}

static void add_piece(hs_room *room, hs_features features, uint32_t piece, uint32_t position) {
  features.of[HS_FEATURE_PIECE] = piece;
  features.of[HS_FEATURE_POSITION] = position;
  room->features[room->rows++] = features;
}

/* Row 0 is for pieces that are of no word. */
static void tell(hs_features *features, const hs_told *told) {
  features->of[HS_FEATURE_XPOS] = told->xpos + 1u;
  features->of[HS_FEATURE_RELATION] = told->relation + 1u;
  features->of[HS_FEATURE_NAME] = told->name + 1u;
  features->of[HS_FEATURE_GAP] = told->gap + 1u;
  features->of[HS_FEATURE_MARKS] = told->marks + 1u;
}

static void end_sentence(hs_room *room, size_t words) {
  room->words += words;
  room->starts[++room->end_sentence - room->first_sentence] = (uint32_t)room->rows;
}

/* Adds the rows of a sentence of N words. */
static void add_sentence(hs_room *room, const hs_str *words, const hs_told *told, size_t n) {
  const hs_network *network = room->network;
  size_t start = room->rows;
  if (network->reads_pieces) add_piece(room, (hs_features){{0}}, network->pieces.open, 0);
  for (size_t w = 0; w < n; w++) {
    hs_features features = hs_features_of(words[w], told ? told[w].first : w == 0, &network->words);
    if (told) tell(&features, &told[w]);
    room->first_piece[room->words + w] = (uint32_t)room->rows;
    size_t pieces = network->reads_pieces ? room->cut_count[w] : 1;
    for (size_t i = 0; i < pieces; i++)
      add_piece(room, features, network->reads_pieces ? room->cut[w][i] : 0, (uint32_t)(room->rows - start));
    room->last_piece[room->words + w] = (uint32_t)room->rows - 1;
  }
  if (network->reads_pieces) add_piece(room, (hs_features){{0}}, network->pieces.close, (uint32_t)(room->rows - start));
  end_sentence(room, n);
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void run_operation(const hs_operation *o, hs_room *room) {
  size_t i = (size_t)(o - room->network->operations);
  uint64_t before = room->ticks ? now() : 0;
  o->run(o, room);
  room->has_bytes &= o->off;
  if (room->ticks) room->ticks[i] += now() - before;
}

/* Runs all operations over the sentences that were added, and makes room for the next ones. */
static void run_operations(hs_room *room) {
  const hs_operation *o = room->network->operations, *end = o + room->network->operation_count;
  room->has_bytes = false;
  while (o < end) {
    const hs_operation *first = o++;
    while (first->by_row && o < end && o->by_row) o++;
    for (size_t row = 0; row < room->rows; row = room->high_row) {
      bool some = first->by_row && room->rows - row > ROWS_TOGETHER;
      room->low_row = row;
      room->high_row = some ? row + ROWS_TOGETHER : room->rows;
      for (const hs_operation *each = first; each < o; each++) run_operation(each, room);
    }
  }
  room->first_sentence = room->end_sentence;
  room->first_word += room->words;
  room->words = room->rows = 0;
}

static void begin_batch(hs_room *room, const uint32_t *ends, size_t sentences) {
  memcpy(room->ends, ends, sentences * sizeof *ends);
  room->first_sentence = room->end_sentence = room->first_word = room->words = room->rows = 0;
}

void hs_network_run_rows(const hs_network *network, hs_room *room, const float *rows, const uint32_t *ends,
                         size_t sentences) {
  begin_batch(room, ends, sentences);
  for (size_t s = 0, start = 0; s < sentences; start = ends[s++]) {
    size_t n = ends[s] - start, width = network->takes;
    if (room->rows && room->rows + n > ROWS_AT_A_TIME) run_operations(room);
    memcpy(room->x + room->rows * width, rows + start * width, n * width * sizeof *rows);
    room->rows += n;
    end_sentence(room, n);
  }
  run_operations(room);
}

void hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const hs_told *told,
                    const uint32_t *ends, size_t sentences) {
  begin_batch(room, ends, sentences);
  uint64_t before = room->ticks ? now() : 0, running = 0;
  for (size_t s = 0, start = 0; s < sentences; start = ends[s++]) {
    size_t n = ends[s] - start, rows = network->reads_pieces ? cut_pieces(room, words + start, n) : n;
    if (room->rows && room->rows + rows > ROWS_AT_A_TIME) {
      uint64_t then = room->ticks ? now() : 0;
      run_operations(room);
      if (room->ticks) running += now() - then;
    }
    add_sentence(room, words + start, told ? told + start : NULL, n);
  }
  if (room->ticks) room->ticks[network->operation_count] += now() - before - running;
  run_operations(room);
}

/* ---- the room */

static float *floats(size_t count) { return hs_calloc(count, sizeof(float)); }

static hs_room *new_room(const hs_network *network) {
  hs_room *room = hs_calloc(1, sizeof *room);
  const hs_tree_parts *tree = &network->tree;
  size_t widest = network->widest;
  room->network = network;
  room->x = floats(HS_ROOM_ROWS * widest);
  room->spare = floats(HS_ROOM_ROWS * widest);
  room->kept = floats(HS_ROOM_ROWS * widest);
  room->bytes = (hs_bytes){hs_calloc(HS_ROOM_ROWS * 2 * (size_t)network->inputs + HS_BYTES_BEHIND, 1),
                           floats(HS_ROOM_ROWS), hs_calloc(HS_ROOM_ROWS, sizeof(int32_t)), 0};
  room->columns = floats(widest * HS_ROOM_PADDED);
  room->square = floats((size_t)HS_ROOM_ROWS * HS_ROOM_PADDED);
  room->projected = floats((size_t)HS_NETWORK_WORDS * tree->arc);
  for (int t = 0; t < HS_TASK_RELATIONS; t++) room->tags[t] = floats(HS_NETWORK_BATCH_WORDS * network->label_count[t]);
  room->given = floats((size_t)HS_NETWORK_BATCH_WORDS * network->gives);
  if (tree->arc) room->arcs = floats((size_t)HS_NETWORK_BATCH_WORDS * (HS_NETWORK_WORDS + 1));
  room->low = floats((size_t)HS_NETWORK_BATCH_WORDS * tree->label);
  room->high = floats((size_t)HS_NETWORK_BATCH_WORDS * tree->label);
  room->relations = floats(HS_NETWORK_WORDS * network->label_count[HS_TASK_RELATIONS] + tree->label);
  return room;
}

void hs_room_free(hs_room *room) {
  if (!room) return;
  for (int t = 0; t < HS_TASK_RELATIONS; t++) free(room->tags[t]);
  float *all[] = {room->x,         room->spare, room->kept, room->bytes.scales, room->columns, room->square,
                  room->projected, room->given, room->arcs, room->low,          room->high,    room->relations};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) free(all[i]);
  free(room->bytes.data);
  free(room->bytes.zeros);
  free(room);
}

hs_room *hs_room_take(const hs_network *network) {
  hs_rooms *r = network->rooms;
  pthread_mutex_lock(&r->lock);
  hs_room *room = r->count ? r->items[--r->count] : NULL;
  pthread_mutex_unlock(&r->lock);
  return room ? room : new_room(network);
}

void hs_room_put_back(hs_room *room) {
  hs_rooms *r = room->network->rooms;
  pthread_mutex_lock(&r->lock);
  if (r->count == r->capacity) {
    r->capacity = r->capacity ? r->capacity * 2 : 4;
    r->items = hs_realloc(r->items, r->capacity * sizeof(hs_room *));
  }
  r->items[r->count++] = room;
  pthread_mutex_unlock(&r->lock);
}

hs_scores hs_room_scores(const hs_room *room, size_t sentence) {
  size_t start = sentence ? room->ends[sentence - 1] : 0;
  hs_scores scores = {.words = room->ends[sentence] - start, .given = room->given + start * room->network->gives};
  if (room->arcs) scores.arcs = room->arcs + room->arc_starts[sentence];
  for (int t = 0; t < HS_TASK_RELATIONS; t++) scores.tags[t] = room->tags[t] + start * room->network->label_count[t];
  return scores;
}

/* The best label but the root's. */
static uint8_t best_relation(const hs_network *network, const float *scores) {
  size_t best = SIZE_MAX;
  for (size_t i = 0; i < network->label_count[HS_TASK_RELATIONS]; i++)
    if (i != network->tree.root_label && (best == SIZE_MAX || scores[i] > scores[best])) best = i;
  return (uint8_t)(best == SIZE_MAX ? network->tree.root_label : best);
}

void hs_network_relate(const hs_network *network, hs_room *room, size_t sentence, const uint32_t *heads,
                       uint8_t *relations) {
  const hs_tree_parts *tree = &network->tree;
  size_t start = sentence ? room->ends[sentence - 1] : 0, label = tree->label;
  size_t labels = network->label_count[HS_TASK_RELATIONS], n = room->ends[sentence] - start;
  float *product = room->relations + HS_NETWORK_WORDS * labels;
  room->bytes.stride = 2 * (size_t)tree->relations.inputs;
  for (size_t w = 0; w < n; w++) {
    size_t head = start + (heads[w] ? heads[w] - 1 : w); /* the root's relation needs no scores */
    const float *low = room->low + (start + w) * label, *high = room->high + head * label;
    for (size_t i = 0; i < label; i++) product[i] = low[i] * high[i];
    hs_range range = both(network->kernel->range(low, label), network->kernel->range(high, label));
    range = both(range, network->kernel->range(product, label));
    network->kernel->quantise(&room->bytes, w, (const float *[]){product, low, high}, 3, label, range);
  }
  network->kernel->multiply(room->relations, labels, &tree->relations, &room->bytes, n);
  for (size_t w = 0; w < n; w++)
    relations[w] = heads[w] ? best_relation(network, room->relations + w * labels) : (uint8_t)tree->root_label;
}
