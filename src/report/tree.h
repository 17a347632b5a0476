/* Sentences drawn as trees in a terminal. */
#ifndef HS_REPORT_TREE_H
#define HS_REPORT_TREE_H

#include "base/buffer.h"

/*
 * Draws sentence INDEX of DOC: its text, then one word a line in their order, each at the depth of its place in the
 * tree, rails from each head to its dependents, with the word class, the relation and the type of a name behind it.
 * A word whose own rail would cross others hangs from the nearest word above its head that needs no crossing, and its
 * relation tells the head by name.
 */
void hs_tree_draw(hs_buffer *out, const hs_doc *doc, size_t index, const hs_style *style);

#endif
