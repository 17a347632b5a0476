/* How much each block reads like a part of an article; what that decides. */
#include "extract/features.h"

#include "base/map.h"
#include "base/table.h"

#include <assert.h>
#include <math.h>

enum { FULL_CHARS = 300, LABEL_CHARS = 40, UNLISTED = 20 };

/* Where a tree goes on: ahead by STEP nodes, or, where that is 0, it ends with WEIGHT. */
typedef struct branch {
  uint32_t step;
  float weight;
} branch;

typedef struct node {
  float limit;
  uint16_t feature;
  bool root;
  branch branches[2]; /* where the feature is at most LIMIT, and otherwise */
} node;

/* A reason for which the rules drop blocks. */
typedef struct why {
  hs_str reason; /* borrowed from the table */
  int number;
  bool open;   /* the trees may keep the block all the same */
  bool quoted; /* it is kept where it stands in the article */
} why;

/* X(C name, what data/scores.tsv calls it) */
#define NUMBERS(X)                                                                                                     \
  X(KEEP, "keep")                                                                                                      \
  X(TEXT, "text")                                                                                                      \
  X(TEXT_LENGTH, "text length")                                                                                        \
  X(TEXT_SENTENCE, "text sentence")                                                                                    \
  X(TEXT_LABEL, "text label")                                                                                          \
  X(TEXT_PARAGRAPH, "text paragraph")

#define X(name, word) name,
enum { NUMBERS(X) NUMBER_COUNT };
#undef X

struct hs_scorer {
  float numbers[NUMBER_COUNT];
  hs_array(node) nodes;
  hs_array(why) whys;
};

/* "-0.125": digits with or without a sign and a point. */
static float number_of(hs_str s) {
  double number = 0, unit = 1;
  bool point = false;
  for (size_t i = 0; i < s.size; i++) {
    point = point || s.data[i] == '.';
    if (!hs_is_digit(s.data[i])) continue;
    number = number * 10 + (s.data[i] - '0');
    unit *= point ? 10 : 1;
  }
  return (float)(number / (hs_str_starts(s, "-") ? -unit : unit));
}

static branch branch_of(hs_str s) {
  bool step = hs_str_starts(s, "+");
  return (branch){step ? (uint32_t)number_of(s) : 0, step ? 0 : number_of(s)};
}

static void read_numbers(float numbers[NUMBER_COUNT]) {
#define X(name, word) word,
  static const char *const words[] = {NUMBERS(X)};
#undef X
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(hs_table_named("scores"), &at, &row);)
    for (int i = 0; i < NUMBER_COUNT; i++)
      if (hs_str_is(row.column[0], words[i])) numbers[i] = number_of(row.column[1]);
}

hs_scorer *hs_scorer_new(hs_arena *arena) {
  hs_scorer *scorer = hs_arena_alloc(arena, sizeof *scorer);
  *scorer = (hs_scorer){0};
  read_numbers(scorer->numbers);
  hs_str trees = hs_table_named("blocks");
  hs_row row = {0};
  for (size_t at = 0; hs_table_next(trees, &at, &row);) {
    int feature = hs_feature_named(row.column[1]);
    assert(feature >= 0 && "the trees go by the features of features.h");
    hs_push(arena, scorer->nodes,
            ((node){number_of(row.column[2]),
                    (uint16_t)feature,
                    hs_str_is(row.column[0], "tree"),
                    {branch_of(row.column[3]), branch_of(row.column[4])}}));
  }
  row = (hs_row){0};
  for (size_t at = 0; hs_table_next(hs_table_named("reasons"), &at, &row);)
    hs_push(arena, scorer->whys,
            ((why){row.column[0], (int)number_of(row.column[1]), hs_str_is(row.column[2], "open"),
                   hs_str_is(row.column[2], "quoted")}));
  return scorer;
}

static const why *why_of(const hs_scorer *scorer, const char *reason) {
  hs_str s = hs_str_of(reason);
  for (size_t i = 0; reason && i < scorer->whys.count; i++)
    if (hs_str_equal(scorer->whys.items[i].reason, s)) return &scorer->whys.items[i];
  return NULL;
}

int hs_scorer_why(const hs_scorer *scorer, const char *reason) {
  const why *known = why_of(scorer, reason);
  return known ? known->number : reason ? UNLISTED : 0;
}

/* Adds to the score of each of COUNT blocks the weight at which the tree with the root ROOT ends. */
static void add_tree(const node *root, const float *features, size_t count, float *scores) {
  for (size_t i = 0; i < count; i++, features += HS_BLOCK_FEATURE_COUNT) {
    const node *n = root;
    for (;;) {
      const branch *b = &n->branches[!(features[n->feature] <= n->limit)];
      if (!b->step) {
        scores[i] += b->weight;
        break;
      }
      n += b->step;
    }
  }
}

/* In plain text: long paragraphs, and those that end a sentence. */
static float score_of_text(const hs_work *w, size_t i) {
  const float *numbers = w->scorer->numbers;
  const hs_block *b = &w->blocks.items[i];
  hs_str s = hs_str_at(w->out->words, b->words);
  float z = numbers[TEXT] + numbers[TEXT_LENGTH] * (s.size < FULL_CHARS ? (float)s.size / FULL_CHARS : 1);
  z += hs_body_ends_sentence(s) ? numbers[TEXT_SENTENCE] : s.size < LABEL_CHARS ? numbers[TEXT_LABEL] : 0;
  z += b->kind == HS_BLOCK_PARAGRAPH || b->kind == HS_BLOCK_QUOTE ? numbers[TEXT_PARAGRAPH] : 0;
  return z;
}

static void score_html(hs_work *w, float *scores) {
  const hs_scorer *scorer = w->scorer;
  w->features = hs_features_read(w);
  for (size_t i = 0; i < scorer->nodes.count; i++)
    if (scorer->nodes.items[i].root) add_tree(&scorer->nodes.items[i], w->features, w->blocks.count, scores);
}

void hs_score_blocks(hs_work *w) {
  float *scores = hs_arena_alloc(w->arena, (w->blocks.count + 1) * sizeof *scores);
  memset(scores, 0, w->blocks.count * sizeof *scores);
  if (w->pieces.count) score_html(w, scores);
  for (size_t i = 0; i < w->blocks.count; i++) {
    float z = w->pieces.count ? scores[i] : score_of_text(w, i);
    w->blocks.items[i].score = 1 / (1 + expf(-z));
  }
}

/* May a block come back that the rules dropped? Headings do not, nor what is as short as a label and stands elsewhere.
 */
static bool may_return(const hs_work *w, size_t i) {
  const hs_block *b = &w->blocks.items[i];
  const why *known = why_of(w->scorer, b->reason);
  if (!known || !known->open || b->kind == HS_BLOCK_CAPTION || b->kind == HS_BLOCK_HEADING) return false;
  bool is_short = b->kind == HS_BLOCK_PARAGRAPH && w->pieces.items[i].chars < LABEL_CHARS;
  return !is_short || strcmp(b->reason, hs_body_outside) != 0 || hs_body_ends_sentence(hs_work_block(w, i));
}

/* Is there a kept block that scores well? A page without one is like no page that the trees know. */
static bool has_good(const hs_work *w) {
  for (size_t i = 0; i < w->blocks.count; i++)
    if (w->blocks.items[i].kept && w->blocks.items[i].score >= w->scorer->numbers[KEEP]) return true;
  return false;
}

static bool is_quoted(const hs_work *w, const char *reason) {
  const why *known = why_of(w->scorer, reason);
  return known && known->quoted;
}

/* Posts from elsewhere are kept as quotations, where an element that holds blocks of the article holds them too. */
static void keep_quoted(hs_work *w) {
  bool *holds = hs_arena_alloc(w->arena, w->boxes.count);
  const hs_box *boxes = w->boxes.items;
  for (size_t i = 0; i < w->blocks.count; i++)
    for (uint32_t b = w->pieces.items[i].box; w->blocks.items[i].kept && !holds[b]; b = boxes[b].parent)
      holds[b] = true;
  for (size_t i = 0; i < w->blocks.count; i++) {
    hs_block *block = &w->blocks.items[i];
    uint32_t b = w->pieces.items[i].box;
    if (block->kept || !is_quoted(w, block->reason)) continue;
    while (b && is_quoted(w, boxes[b].reason)) b = boxes[b].parent;
    if (boxes[b].reason || !holds[b]) continue;
    block->kind = HS_BLOCK_QUOTE;
    block->kept = true;
    block->reason = NULL;
  }
}

static void decide(hs_work *w) {
  float least = w->scorer->numbers[KEEP];
  for (size_t i = 0; i < w->blocks.count; i++) {
    hs_block *b = &w->blocks.items[i];
    if (b->kept && b->score < least) hs_work_drop(w, i, "reads like no article");
    else if (!b->kept && b->score >= least && may_return(w, i)) b->kept = true, b->spared = b->reason, b->reason = NULL;
  }
}

void hs_score_decide(hs_work *w) {
  if (has_good(w)) decide(w);
  keep_quoted(w);
}
