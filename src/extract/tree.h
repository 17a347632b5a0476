/* HTML → the tree that the standard makes of it, with the bytes of the page behind each text. */
#ifndef HS_EXTRACT_TREE_H
#define HS_EXTRACT_TREE_H

#include "base/array.h"
#include "base/str.h"

#include <myhtml/myhtml.h>
#include <myhtml/tree.h>

/* What a tag does; one that does nothing of it is inline. */
enum {
  HS_TAG_ENDS_BLOCK = 1, /* no block of text goes across its start or end */
  HS_TAG_SILENT = 2,     /* what stands in it is no text of the page */
  HS_TAG_RAW = 4,        /* what stands in it is no tag, so that it cannot nest */
  HS_TAG_WIDE = 8        /* it may hold the whole article */
};

/* Does TAG do one of WHAT? */
bool hs_tag_does(myhtml_tag_id_t tag, unsigned what);

typedef struct hs_tree {
  hs_arena *arena;
  hs_str html;              /* what was parsed: the page, but for the names of tags that the standard does not know */
  hs_array(hs_span) places; /* of text in it, in order */
  myhtml_tree_t *tree;
  bool deep;          /* elements stood too deep: they are left out, what is in them is not */
  bool too_many_tags; /* the rest of the page is left out */
  bool noscript;      /* what comes stands in <noscript> */
  bool unread;        /* what the element holds that was opened last is not looked at */
  size_t hidden;      /* bytes of the token at hand that the parser is not shown */
} hs_tree;

/*
 * Parses HTML, which is UTF-8, into TREE; gives its document. Of scripts that are no JSON-LD, of style sheets and the
 * like, and of comments, the tree has no text; of what stands in <noscript> it has nothing; of elements it has no
 * attributes but those that extraction asks for.
 */
myhtml_tree_node_t *hs_tree_parse(hs_tree *tree, hs_arena *arena, hs_str html);
/* Frees what the parser holds: all nodes and their strings. */
void hs_tree_free(hs_tree *tree);
/* The value of the attribute KEY of a tag: borrowed from the tree; no data if it has none. */
hs_str hs_tree_attribute(const myhtml_token_node_t *tag, const char *key);

#endif
