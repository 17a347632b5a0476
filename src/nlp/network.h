/* Learned networks: words in, scores of tags, heads and relations out. Runs what a model file describes. */
#ifndef HS_NLP_NETWORK_H
#define HS_NLP_NETWORK_H

#include "nlp/weights.h"

/* X(C name, name in the model file) */
#define HS_TASKS(X)                                                                                                    \
  X(UPOS, "upos")                                                                                                      \
  X(XPOS, "xpos")                                                                                                      \
  X(FEATS, "feats")                                                                                                    \
  X(NAMES, "names")                                                                                                    \
  X(CUES, "cues")                                                                                                      \
  X(ROLES, "roles")                                                                                                    \
  X(RELATIONS, "rels")

typedef enum hs_task {
#define X(name, word) HS_TASK_##name,
  HS_TASKS(X)
#undef X
      HS_TASK_COUNT
} hs_task;

enum {
  HS_TASKS_OF_PARSE = 1 << HS_TASK_UPOS | 1 << HS_TASK_XPOS | 1 << HS_TASK_FEATS | 1 << HS_TASK_NAMES |
                      1 << HS_TASK_RELATIONS, /* bits: what reads a sentence gives these */
  HS_NETWORK_WORDS = 256,                     /* words of a sentence at most */
  HS_NETWORK_BATCH_WORDS = 512                /* words of a batch at most */
};

/* Read-only, shared by threads; borrows the weights. */
typedef struct hs_network hs_network;
/*
 * The network whose lines are the text NAME of WEIGHTS. NEEDS: bits 1 << task of what it must give; that of relations
 * stands for a tree. Errors: HS_ERROR_MODEL for weights that lack a tensor, or hold one of another shape than the lines
 * say, and for a network that does not give what it must. Where the words that BESIDE (may be NULL) reads are the same,
 * they are taken from it, which must then outlive this one.
 */
int hs_network_new(hs_network **out, const hs_weights *weights, const char *name, uint32_t needs,
                   const hs_network *beside, hs_error *error);
void hs_network_free(hs_network *network);

/* The labels of TASK, as the model file lists them: COUNT strings, borrowed; none of a task that it does not give. */
const char *const *hs_network_labels(const hs_network *network, hs_task task, size_t *count);

/* Of a network that is given rows, the floats of a row; of any other 0. */
uint32_t hs_network_takes(const hs_network *network);
/* Floats of a row that a line `give` makes; 0 without one. */
uint32_t hs_network_gives(const hs_network *network);
/* Does a word's row depend on all words of its sentence? Else on those near it, by its convolutions. */
bool hs_network_attends(const hs_network *network);

/* Room to run batches in, for one thread at a time; the network keeps what was put back for the next one to take. */
typedef struct hs_room hs_room;
hs_room *hs_room_take(const hs_network *network);
void hs_room_put_back(hs_room *room);

/* What a network may be told of a word beside its form: rows of the tables of its features, less one: their first row
 * is for what is no word. */
typedef struct hs_told {
  bool first; /* in its sentence */
  uint8_t xpos, relation, name, gap, marks;
} hs_told;

/* What a run found out of one sentence. */
typedef struct hs_scores {
  size_t words;
  const float *tags[HS_TASK_RELATIONS]; /* of each task [words][labels] */
  const float *arcs;  /* [words][words + 1] scores of each word's heads: 0 the root, h the word h - 1; a word is not its
                         own head: -1e4 */
  const float *given; /* [words][hs_network_gives] */
} hs_scores;

/*
 * Runs SENTENCES sentences, 1 or more, as one batch: WORDS are the forms of all (UTF-8, none empty), sentence s ends
 * before word ENDS[s]. No sentence is empty or over HS_NETWORK_WORDS, the batch not over HS_NETWORK_BATCH_WORDS. TOLD
 * [words] may be NULL: then the first word of a sentence is first, and all rows are 0. What is found of a sentence is
 * the same to the last bit whatever else is in the batch, and on every instruction set.
 */
void hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const hs_told *told,
                    const uint32_t *ends, size_t sentences);
/* The same for a network that is given ROWS [words][hs_network_takes]. */
void hs_network_run_rows(const hs_network *network, hs_room *room, const float *rows, const uint32_t *ends,
                         size_t sentences);
/* The scores of SENTENCE of the batch last run in ROOM; they stand until the next one. */
hs_scores hs_room_scores(const hs_room *room, size_t sentence);
/* The best relation of each word of SENTENCE to its head: HEADS [words] as columns of arcs, RELATIONS [words] gets
 * labels. Root alone is "root", and the root is nothing else. */
void hs_network_relate(const hs_network *network, hs_room *room, size_t sentence, const uint32_t *heads,
                       uint8_t *relations);

#endif
