/* From scores of BIO tags to names: the best sequence of tags, and one type for what is named alike in a document. */
#ifndef HS_NLP_NAMES_H
#define HS_NLP_NAMES_H

#include "base/arena.h"
#include "base/str.h"
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
/* What a document's names say of their types. */
typedef struct hs_name_votes {
  float of[HS_NAME_TAGS]; /* by the B- tag: over the name's words, the mean of the better of its two tags' scores */
} hs_name_votes;
/* The votes of a name of WORDS words whose SCORES [words][tags] are given. */
hs_name_votes hs_name_vote(const hs_name_tags *tags, const float *scores, size_t words);
/* Gives all of the COUNT NAMES that are written alike, but for case, the type that has most of their votes together:
 * one sense per discourse (Gale, Church and Yarowsky 1992). FORMS are those of the document's tokens. */
void hs_names_agree(const hs_name_tags *tags, hs_name *names, const hs_name_votes *votes, size_t count,
                    const hs_str *forms);

/* Does TAG go on with the name before it? */
static inline bool hs_name_tag_continues(const hs_name_tags *tags, uint8_t tag) { return tags->begin[tag] != tag; }

#endif
