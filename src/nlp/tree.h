/* From scores of arcs to the best tree with one root. */
#ifndef HS_NLP_TREE_H
#define HS_NLP_TREE_H

#include <stddef.h>
#include <stdint.h>

enum { HS_TREE_WORDS = 256 };

/*
 * The heads of WORDS words, 1 or more, into HEADS: column 0 of ARCS is the root, column h the word h - 1. ARCS is
 * [words][words + 1] scores without NaN; a word is never its own head, whatever its score. The result is a tree in
 * which one word alone hangs from the root, and no such tree has a higher sum of scores. Time grows with the square of
 * WORDS, which are HS_TREE_WORDS at most.
 */
void hs_tree(const float *arcs, size_t words, uint32_t *heads);

#endif
