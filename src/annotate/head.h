/* Where in a noun phrase the name stands that it means: by the tree, and by the titles before a name, which the tree
 * often hangs on something else. */
#ifndef HS_ANNOTATE_HEAD_H
#define HS_ANNOTATE_HEAD_H

#include "annotate/words.h"

/* The words of RANGE up to the end of its head; in *NAME the name that the head is, NULL if it is none or there is no
 * parser. */
hs_range hs_head_find(const hs_words *words, hs_range range, const hs_name **name);

/* A person's NAME, read from token FIRST on, without the title in capitals that the parser takes for its first words:
 * "Chief Justice Ana Orlo". Any other name as it is. */
hs_name hs_head_without_title(const hs_words *words, uint32_t first, const hs_name *name);

/* Does the word at I bind what follows to something else than a name behind it: a preposition, a verb, a comma? */
bool hs_head_binds_elsewhere(const hs_words *words, uint32_t i);

/* Is token I the "'s" of an owner? */
bool hs_head_owns(const hs_words *words, uint32_t i);

#endif
