/*
 * Most often the best head of each word makes a tree. Where it does not, a cycle is contracted to one node, as Chu, Liu
 * and Edmonds do, in the order that Tarjan found: along one path of best heads, each contraction costing a row and a
 * column a member, so that all of them together cost the square of the words.
 */
#include "nlp/tree.h"

#include "base/arena.h"

#include <float.h>
#include <stdbool.h>
#include <stdlib.h>

/* The arc between two nodes: the best one of those between their words. */
typedef struct arc {
  double score;
  uint16_t word, head; /* nodes of the graph as it was given: 0 is the root */
} arc;

enum { NOWHERE = UINT16_MAX, SLOTS = HS_TREE_WORDS + 1 };

/* Nodes 0 to words are those given, higher ones cycles that were contracted. A cycle takes the slot of its member with
 * the lowest one. */
typedef struct graph {
  size_t size;                /* slots: words + 1 */
  arc *arcs;                  /* [slot][slot]: of the first one, from the second one */
  uint16_t node[SLOTS];       /* [slot] the node that stands there; NOWHERE: contracted into another slot */
  uint8_t state[SLOTS];       /* [slot] */
  arc chosen[2 * SLOTS];      /* [node] the arc that enters it */
  uint16_t parent[2 * SLOTS]; /* [node] the cycle that it is a member of, or NOWHERE */
  size_t nodes;
  uint16_t path[SLOTS]; /* slots, each one's best head behind it */
  size_t path_size;
} graph;

enum { STATE_NEW, STATE_ON_PATH, STATE_MEMBER, STATE_DONE };

static bool is_tree(const uint32_t *heads, size_t words) {
  uint8_t seen[SLOTS];
  size_t roots = 0;
  for (size_t i = 0; i <= words; i++) seen[i] = i == 0 ? STATE_DONE : STATE_NEW;
  for (size_t i = 1; i <= words; i++) {
    roots += heads[i - 1] == 0;
    size_t at = i;
    for (; seen[at] == STATE_NEW; at = heads[at - 1]) seen[at] = STATE_ON_PATH;
    if (seen[at] == STATE_ON_PATH) return false;
    for (at = i; seen[at] == STATE_ON_PATH; at = heads[at - 1]) seen[at] = STATE_DONE;
  }
  return roots == 1;
}

static void choose_greedily(const float *arcs, size_t words, uint32_t *heads) {
  for (size_t i = 0; i < words; i++) {
    const float *row = arcs + i * (words + 1);
    size_t best = 0;
    for (size_t h = 1; h <= words; h++)
      if (h != i + 1 && row[h] > row[best]) best = h;
    heads[i] = (uint32_t)best;
  }
}

static double bounded(float score) { return score > FLT_MAX ? FLT_MAX : score < -FLT_MAX ? -FLT_MAX : score; }

/* What an arc from the root is worth less than its score: so much that a tree with one is better than any with two. */
static double root_penalty(const float *arcs, size_t words) {
  double least = DBL_MAX, most = -DBL_MAX;
  for (size_t i = 0; i < words; i++)
    for (size_t h = 0; h <= words; h++) {
      double score = bounded(arcs[i * (words + 1) + h]);
      if (h == i + 1) continue;
      if (score < least) least = score;
      if (score > most) most = score;
    }
  return 2 * (most - least) * (double)words + 1;
}

static void fill_arcs(graph *g, const float *scores) {
  double penalty = root_penalty(scores, g->size - 1);
  for (size_t i = 1; i < g->size; i++)
    for (size_t h = 0; h < g->size; h++) {
      double score = bounded(scores[(i - 1) * g->size + h]) - (h == 0 ? penalty : 0);
      g->arcs[i * g->size + h] = (arc){score, (uint16_t)i, (uint16_t)h};
    }
}

/* The slot that the best arc into SLOT comes from. */
static size_t best_head(const graph *g, size_t slot) {
  const arc *row = g->arcs + slot * g->size;
  size_t best = NOWHERE;
  for (size_t h = 0; h < g->size; h++)
    if (h != slot && g->node[h] != NOWHERE && (best == NOWHERE || row[h].score > row[best].score)) best = h;
  return best;
}

/* The best arcs into and out of the members of a cycle, into the row and column of INTO. What enters the cycle does so
 * in place of a member's chosen arc. */
static void merge_arcs(graph *g, size_t into, const uint16_t *members, size_t count) {
  for (size_t slot = 0; slot < g->size; slot++) {
    if (g->node[slot] == NOWHERE || g->state[slot] == STATE_MEMBER) continue;
    arc in = {.score = -DBL_MAX}, out = {.score = -DBL_MAX};
    for (size_t i = 0; i < count; i++) {
      arc entering = g->arcs[members[i] * g->size + slot], leaving = g->arcs[slot * g->size + members[i]];
      entering.score -= g->chosen[g->node[members[i]]].score;
      if (i == 0 || entering.score > in.score) in = entering;
      if (i == 0 || leaving.score > out.score) out = leaving;
    }
    g->arcs[into * g->size + slot] = in;
    if (slot) g->arcs[slot * g->size + into] = out;
  }
}

/* Contracts the end of the path from SLOT on, a cycle, which then ends the path as one node. */
static void contract(graph *g, size_t slot) {
  size_t start = g->path_size - 1;
  while (g->path[start] != slot) start--;
  const uint16_t *members = g->path + start;
  size_t count = g->path_size - start, into = slot;
  for (size_t i = 0; i < count; i++) {
    g->state[members[i]] = STATE_MEMBER;
    if (members[i] < into) into = members[i];
  }
  merge_arcs(g, into, members, count);
  uint16_t cycle = (uint16_t)g->nodes++;
  for (size_t i = 0; i < count; i++) {
    g->parent[g->node[members[i]]] = cycle;
    g->node[members[i]] = NOWHERE;
  }
  g->node[into] = cycle;
  g->parent[cycle] = NOWHERE;
  g->state[into] = STATE_ON_PATH;
  g->path[start] = (uint16_t)into;
  g->path_size = start + 1;
}

/* Follows best heads from SLOT on to a node that leads to the root. */
static void grow_path(graph *g, size_t slot) {
  g->path[0] = (uint16_t)slot;
  g->path_size = 1;
  g->state[slot] = STATE_ON_PATH;
  for (;;) {
    size_t at = g->path[g->path_size - 1], head = best_head(g, at);
    g->chosen[g->node[at]] = g->arcs[at * g->size + head];
    if (g->state[head] == STATE_DONE) break;
    if (g->state[head] == STATE_ON_PATH) {
      contract(g, head);
      continue;
    }
    g->state[head] = STATE_ON_PATH;
    g->path[g->path_size++] = (uint16_t)head;
  }
  for (size_t i = 0; i < g->path_size; i++) g->state[g->path[i]] = STATE_DONE;
}

/* The arc that enters a cycle enters one of its members, whose own arc it replaces: outer cycles before inner ones. */
static void expand(graph *g, uint32_t *heads) {
  for (size_t cycle = g->nodes; cycle-- > g->size;) {
    size_t member = g->chosen[cycle].word;
    while (g->parent[member] != cycle) member = g->parent[member];
    g->chosen[member] = g->chosen[cycle];
  }
  for (size_t i = 1; i < g->size; i++) heads[i - 1] = g->chosen[i].head;
}

static void choose_best(const float *arcs, size_t words, uint32_t *heads) {
  graph g = {.size = words + 1, .nodes = words + 1};
  g.arcs = hs_calloc(g.size * g.size, sizeof *g.arcs);
  fill_arcs(&g, arcs);
  for (size_t i = 0; i < g.size; i++) {
    g.node[i] = (uint16_t)i;
    g.parent[i] = NOWHERE;
  }
  g.state[0] = STATE_DONE;
  for (size_t i = 1; i < g.size; i++)
    if (g.state[i] == STATE_NEW) grow_path(&g, i);
  expand(&g, heads);
  free(g.arcs);
}

void hs_tree(const float *arcs, size_t words, uint32_t *heads) {
  choose_greedily(arcs, words, heads);
  if (!is_tree(heads, words)) choose_best(arcs, words, heads);
}
