/* The tokens of a document as the rules see them: one look-up a token, shared by all annotators. */
#ifndef HS_ANNOTATE_WORDS_H
#define HS_ANNOTATE_WORDS_H

#include "annotate/rules.h"

/* What a token looks like; bits. */
enum {
  HS_SHAPE_WORD = 1 << 0,    /* begins with a letter or digit */
  HS_SHAPE_CAPITAL = 1 << 1, /* begins with a capital */
  HS_SHAPE_UPPER = 1 << 2,   /* all capitals, two at least */
  HS_SHAPE_NUMBER = 1 << 3,  /* begins with a digit */
  HS_SHAPE_LY = 1 << 4,
  HS_SHAPE_ING = 1 << 5,
  HS_SHAPE_ED = 1 << 6,
  HS_SHAPE_GLUED = 1 << 7,   /* no blank before it */
  HS_SHAPE_DOUBLE = 1 << 8,  /* a double quotation mark */
  HS_SHAPE_SINGLE = 1 << 9,  /* a single quotation mark or apostrophe */
  HS_SHAPE_FIRST = 1 << 10   /* the first token of its sentence */
};

typedef struct hs_word {
  const hs_entry *entry; /* never NULL */
  uint16_t shape;
  char mark; /* the punctuation mark that the token is, in ASCII (a dash of any kind is '-'), or 0 */
} hs_word;

/* A stretch of tokens [first, end). */
typedef struct hs_range {
  uint32_t first, end;
} hs_range;

/* A document's tokens with what the rules say of them. */
typedef struct hs_words {
  const hs_rules *rules;
  const char *text;
  const hs_token *tokens;
  const hs_word *items;
  uint32_t count;
  const hs_sentence *sentences;
  uint32_t sentence_count;
  const uint32_t *sentence_of; /* [count] */
} hs_words;

/* The words of DOC, made at the first call and kept in the document. */
const hs_words *hs_words_of(hs_doc *doc, const hs_rules *rules);

/* The bytes of RANGE; an empty range gives an empty span. */
hs_span hs_words_span(const hs_words *words, hs_range range);
hs_str hs_words_str(const hs_words *words, uint32_t token);
/* The first token that does not end before byte AT; words->count if there is none. */
uint32_t hs_words_at(const hs_words *words, uint32_t at);

/*
 * The entry of the longest form of several words that begins at FIRST and stays before END, in *SIZE its tokens; the
 * entry of the one token if there is none.
 */
const hs_entry *hs_words_phrase(const hs_words *words, uint32_t first, uint32_t end, uint32_t *size);

static inline const hs_entry *hs_words_entry(const hs_words *words, uint32_t i) { return words->items[i].entry; }
static inline bool hs_words_is(const hs_words *words, uint32_t i, uint32_t grammar) {
  return (words->items[i].entry->grammar & grammar) != 0;
}
static inline bool hs_words_has(const hs_words *words, uint32_t i, unsigned shape) {
  return (words->items[i].shape & shape) != 0;
}

#endif
