/* Noun phrases by the parser's tree. Without a parser there is no tree: no word has a head, and all is its own branch.
 */
#ifndef HS_ANNOTATE_BRANCH_H
#define HS_ANNOTATE_BRANCH_H

#include "annotate/words.h"

/* Is the relation of token I the relation NAME of Universal Dependencies, or a subtype of it? */
bool hs_branch_is(const hs_words *words, uint32_t i, const char *name);

/* The head of token I, or HS_NO_TOKEN for a root or without a tree. */
enum { HS_NO_TOKEN = UINT32_MAX };
uint32_t hs_branch_up(const hs_words *words, uint32_t i);

/* Does token I hang from TOP, or is it TOP? Looks a limited number of steps up. */
bool hs_branch_holds(const hs_words *words, uint32_t top, uint32_t i);

/* The word of RANGE from which the others hang: the first, marks left out, whose own head stands outside; RANGE.end
 * without a tree. */
uint32_t hs_branch_head(const hs_words *words, hs_range range);

/* The words in a row around TOP that hang from it, at most as many on each side as a phrase has. */
hs_range hs_branch_around(const hs_words *words, uint32_t top);

#endif
