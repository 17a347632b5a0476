/* Page → article: charset, tree, main text, metadata, date of publication. */
#ifndef HS_EXTRACT_EXTRACT_H
#define HS_EXTRACT_EXTRACT_H

#include "base/arena.h"
#include "hearsay.h"

/* What the tables of data/ tell extraction, read once. Read-only from then on. */
typedef struct hs_extractor hs_extractor;
hs_extractor *hs_extractor_new(void);
void hs_extractor_free(hs_extractor *extractor);

/* Fills *OUT from PAGE; all that it points at is copied into ARENA. A pure function of its arguments. ERROR says what
 * is wrong with the page; the caller knows what to call it. */
int hs_extract(hs_article *out, const hs_extractor *extractor, const hs_page *page, hs_arena *arena, hs_error *error);
/* Does the same, and gives the features (features.h) of every block of an HTML page, NULL for plain text: what the
 * weights of data/blocks.tsv are learned from. */
int hs_extract_seen(hs_article *out, const float **features, const hs_extractor *extractor, const hs_page *page,
                    hs_arena *arena, hs_error *error);

#endif
