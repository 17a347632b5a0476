/* From scores of BIO tags to the best sequence of them that marks names without a gap. */
#ifndef HS_NLP_NAMES_H
#define HS_NLP_NAMES_H

#include "hearsay.h"

enum { HS_NAME_TAGS = 32, HS_NAME_WORDS = 256 };

/* The tags of a model: "O", "B-PER", "I-PER", … */
typedef struct hs_name_tags {
  size_t count;                   /* 0: the model knows no names */
  const char *type[HS_NAME_TAGS]; /* "PER" of B-PER and I-PER, borrowed from the label; NULL of O */
  uint8_t begin[HS_NAME_TAGS];    /* of I-PER the tag B-PER, of any other tag itself */
} hs_name_tags;

/* Reads the COUNT LABELS of a model. Errors: HS_ERROR_MODEL if they are too many or no BIO tags. */
int hs_name_tags_read(hs_name_tags *out, const char *const *labels, size_t count, hs_error *error);

/* The tags of WORDS words, 1 to HS_NAME_WORDS, with the highest sum of SCORES [words][tags] among the sequences in
 * which an inside tag follows one of its own type. Linear in WORDS. */
void hs_name_tags_best(const hs_name_tags *tags, const float *scores, size_t words, uint8_t *best);
/* Does TAG go on with the name before it? */
static inline bool hs_name_tag_continues(const hs_name_tags *tags, uint8_t tag) { return tags->begin[tag] != tag; }

#endif
