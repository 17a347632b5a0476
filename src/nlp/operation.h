/* The inside of a network: its operations, as the lines of the model file say them, and the room they work in. */
#ifndef HS_NLP_OPERATION_H
#define HS_NLP_OPERATION_H

#include "base/arena.h"
#include "nlp/features.h"
#include "nlp/kernel.h"
#include "nlp/network.h"

#include <pthread.h>

/*
 * X(name of the line and of its functions). Each works on rows of floats, one a word or word piece:
 *   embed FEATURE            adds a row of the table embed.FEATURE to each row; comes before all others
 *   relu, gelu
 *   norm NAME EPSILON        layer normalisation
 *   keep, add                keeps the rows; adds those last kept
 *   linear NAME
 *   convolve NAME DISTANCE   linear, of a row and the two that stand DISTANCE before and behind it in its sentence
 *   attend HEADS [NAME]      rows of queries, keys and values to attention's; with a bias NAME of the words' distance
 *   pool                     from word pieces to words: the mean of the first and the last one
 *   tags TASK                scores of the task's labels, off the row
 *   give NAME                the rows of linear NAME, off the row
 *   tree ARC LABEL           scores of the arcs, off the row, and what relations are told from
 */
#define HS_OPERATIONS(X)                                                                                               \
  X(embed) X(relu) X(gelu) X(norm) X(keep) X(add) X(linear) X(convolve) X(attend) X(pool) X(tags) X(give) X(tree)

enum {
  HS_ROOM_ROWS = 512, /* rows that a room holds: words or word pieces of a few sentences, of one at least */
  HS_ROOM_PADDED = HS_ROOM_ROWS + HS_TILE, /* one more, for the root, and up to whole tiles */
  HS_DISTANCES = 2 * HS_NETWORK_WORDS - 1, /* a bias of distance has a value for each of -255 to 255 */
  HS_WIDTH_MOST = 1 << 14                  /* floats of a row */
};

/* The rows of a table, one of which a feature chooses. */
typedef struct hs_embedding {
  hs_feature feature;
  const hs_section *table;
} hs_embedding;

typedef struct hs_operation hs_operation;
struct hs_operation {
  void (*run)(const hs_operation *operation, hs_room *room);
  hs_str line;
  uint32_t width, out; /* floats of a row, before and after */
  bool off;            /* what it finds goes off the rows, which stay as they are */
  bool by_row;         /* works on the room's rows [low_row, high_row), each by itself */
  uint32_t number;     /* DISTANCE, HEADS or ARC */
  hs_task task;
  float epsilon;
  hs_matrix matrix;
  hs_embedding tables[HS_FEATURE_COUNT]; /* of embed, which is all such lines that follow one another */
  size_t table_count;
  const float *gain, *bias; /* of norm; of attend the bias of distance [heads][HS_DISTANCES], may be NULL */
};

/* What the tree is made with. LOW and HIGH are what a relation is told from, of the word and of its head. */
typedef struct hs_tree_parts {
  uint32_t arc, label, root_label;
  const float *product;  /* [arc + 1][arc] */
  const float *root;     /* [arc + label]: the root's as a head, and its HIGH */
  const float *distance; /* [HS_DISTANCES] */
  hs_matrix relations;   /* of LOW * HIGH, LOW, HIGH */
} hs_tree_parts;

/* Rooms that no thread works in at the moment. */
typedef struct hs_rooms {
  pthread_mutex_t lock;
  hs_room **items;
  size_t count, capacity;
} hs_rooms;

struct hs_network {
  hs_arena *arena;
  const hs_weights *weights;
  const hs_kernel *kernel;
  hs_operation *operations;
  size_t operation_count;
  bool reads_pieces;
  uint32_t takes, gives; /* floats of a row that it is given, and that it gives off; 0 for none */
  hs_map words;
  hs_pieces pieces;
  uint32_t word_rows, piece_rows; /* that their tables have at least */
  const char *const *labels[HS_TASK_COUNT];
  size_t label_count[HS_TASK_COUNT];
  hs_tree_parts tree;
  uint32_t widest; /* of all operations' rows */
  uint32_t inputs; /* of a matrix at most */
  hs_rooms *rooms;
};

struct hs_room {
  const hs_network *network;
  /* The sentences [first_sentence, end_sentence) of the batch are worked on; of sentence s the rows begin at
   * starts[s - first_sentence], and end where the next one's begin. */
  size_t first_sentence, end_sentence, first_word, words, rows;
  size_t low_row, high_row; /* of those that work on each row by itself: what they hand on is still in the cache */
  uint32_t starts[HS_ROOM_ROWS + 1];
  hs_features features[HS_ROOM_ROWS];
  uint32_t first_piece[HS_NETWORK_BATCH_WORDS], last_piece[HS_NETWORK_BATCH_WORDS]; /* rows, by word from first_word */
  uint32_t cut[HS_NETWORK_WORDS][HS_WORD_PIECES]; /* pieces of the sentence that is read */
  uint8_t cut_count[HS_NETWORK_WORDS];
  float *x, *spare, *kept;       /* [HS_ROOM_ROWS][widest] */
  hs_range ranges[HS_ROOM_ROWS]; /* of each row's floats */
  hs_bytes bytes;
  bool has_bytes;                      /* of x, as it is */
  float *columns, *square, *projected; /* of one sentence: [widest][PADDED], [HS_ROOM_ROWS][PADDED], [words][arc] */
  /* Of the batch. */
  uint32_t ends[HS_NETWORK_BATCH_WORDS]; /* of its sentences, in words */
  float *tags[HS_TASK_RELATIONS];
  float *given;
  float *arcs;
  size_t arc_starts[HS_NETWORK_BATCH_WORDS + 1];
  float *low, *high; /* [words][label] */
  float *relations;  /* of one sentence: scores [words][labels], then of one word LOW times HIGH */
  uint64_t *ticks;   /* [operation_count + 1] nanoseconds of each operation, the last of reading; NULL: not measured */
};

/* Uses KERNEL from now on, which must run here; before any room is made. */
void hs_network_use(hs_network *network, const hs_kernel *kernel);

void hs_room_free(hs_room *room);

#define X(name) void hs_run_##name(const hs_operation *operation, hs_room *room);
HS_OPERATIONS(X)
#undef X

#endif
