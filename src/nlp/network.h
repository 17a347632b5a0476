/* The learned reader of sentences: words in, scores of tags, heads and relations out. Runs what a model file describes.
 */
#ifndef HS_NLP_NETWORK_H
#define HS_NLP_NETWORK_H

#include "nlp/weights.h"

/* X(C name, name in the model file) */
#define HS_TASKS(X)                                                                                                    \
  X(UPOS, "upos")                                                                                                      \
  X(XPOS, "xpos")                                                                                                      \
  X(FEATS, "feats")                                                                                                    \
  X(NAMES, "names")                                                                                                    \
  X(RELATIONS, "rels")

typedef enum hs_task {
#define X(name, word) HS_TASK_##name,
  HS_TASKS(X)
#undef X
      HS_TASK_COUNT
} hs_task;

enum {
  HS_NETWORK_WORDS = 256,      /* words of a sentence at most */
  HS_NETWORK_BATCH_WORDS = 512 /* words of a batch at most */
};

/* Read-only, shared by threads; borrows the weights. */
typedef struct hs_network hs_network;
/* Errors: HS_ERROR_MODEL for weights that lack a tensor, or hold one of another shape than the network's lines say. */
int hs_network_new(hs_network **out, const hs_weights *weights, hs_error *error);
void hs_network_free(hs_network *network);

/* The labels of TASK, as the model file lists them: COUNT strings, borrowed. */
const char *const *hs_network_labels(const hs_network *network, hs_task task, size_t *count);

/* Room to run a batch in, kept for the next one: one a thread. */
typedef struct hs_room hs_room;
hs_room *hs_room_new(const hs_network *network);
void hs_room_free(hs_room *room);

/* What a run found out of one sentence. */
typedef struct hs_scores {
  size_t words;
  const float *tags[HS_TASK_RELATIONS]; /* of each task [words][labels] */
  const float *arcs; /* [words][words + 1] scores of each word's heads: 0 the root, h the word h - 1; a word is not its
                        own head: -1e4 */
} hs_scores;

/*
 * Runs SENTENCES sentences, 1 or more, as one batch: WORDS are the forms of all (UTF-8, none empty), sentence s ends
 * before word ENDS[s]. No sentence is empty or over HS_NETWORK_WORDS, the batch not over HS_NETWORK_BATCH_WORDS. What
 * is found of a sentence is the same to the last bit whatever else is in the batch, and on every instruction set.
 */
void hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const uint32_t *ends,
                    size_t sentences);
/* The scores of SENTENCE of the batch last run in ROOM; they stand until the next one. */
hs_scores hs_room_scores(const hs_room *room, size_t sentence);
/* The best relation of each word of SENTENCE to its head: HEADS [words] as columns of arcs, RELATIONS [words] gets
 * labels. Root alone is "root", and the root is nothing else. */
void hs_network_relate(const hs_network *network, hs_room *room, size_t sentence, const uint32_t *heads,
                       uint8_t *relations);

#endif
