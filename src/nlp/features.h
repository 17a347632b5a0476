/* What the network is told of a word: numbers of its spelling, which choose rows of the network's tables. */
#ifndef HS_NLP_FEATURES_H
#define HS_NLP_FEATURES_H

#include "base/map.h"

/* X(C name, name in the model file, is the number a hash, to be reduced to the table's rows?) */
#define HS_FEATURES(X)                                                                                                 \
  X(WORD, "word", 0)       /* row of the word in small letters, digits as 0; row 0 for words not in the table */       \
  X(SUFFIX2, "suffix2", 1) /* its last two characters */                                                               \
  X(SUFFIX3, "suffix3", 1)                                                                                             \
  X(SUFFIX4, "suffix4", 1)                                                                                             \
  X(PREFIX4, "prefix4", 1)                                                                                             \
  X(SHAPE, "shape", 1)   /* which characters are capitals, digits, letters; is it the sentence's first word? */        \
  X(LENGTH, "length", 0) /* in characters */                                                                           \
  X(PIECE, "piece", 0)   /* row of the word piece */                                                                   \
  X(POSITION, "position", 0)                                                                                           \
  X(XPOS, "xpos", 0) /* what hs_told says */                                                                           \
  X(RELATION, "relation", 0)                                                                                           \
  X(NAME, "name", 0)                                                                                                   \
  X(GAP, "gap", 0)                                                                                                     \
  X(MARKS, "marks", 0)

typedef enum hs_feature {
#define X(name, word, hashed) HS_FEATURE_##name,
  HS_FEATURES(X)
#undef X
      HS_FEATURE_COUNT
} hs_feature;

/* Of one word or word piece; a hash of 0 is "none", which has row 0. */
typedef struct hs_features {
  uint32_t of[HS_FEATURE_COUNT];
} hs_features;

enum {
  HS_WORD_LOOKED_AT = 100, /* characters of a word that are looked at: the rest tells nothing and costs nothing */
  HS_WORD_PIECES = 6       /* pieces of a word at most; the rest is left out */
};

/* All but the pieces' features and what is told, of a word that is not empty. WORDS: row of each known word; may be
 * empty. */
hs_features hs_features_of(hs_str word, bool first, const hs_map *words);

/* MiniLM's word pieces: in small letters without marks, "##" before a piece that continues a word. */
typedef struct hs_pieces {
  hs_map rows;
  uint32_t unknown, open, close; /* [UNK], [CLS], [SEP] */
  size_t longest;                /* piece, bytes */
} hs_pieces;

/* The pieces of WORD into OUT: 1 to HS_WORD_PIECES. */
size_t hs_pieces_of(uint32_t out[HS_WORD_PIECES], hs_str word, const hs_pieces *pieces);

#endif
