/* The tokens of a document as the rules see them: one look-up a token, shared by all annotators. */
#ifndef HS_ANNOTATE_WORDS_H
#define HS_ANNOTATE_WORDS_H

#include "annotate/rules.h"
#include "nlp/token.h"

/* What a token looks like: the HS_TOKEN_ flags of nlp/token.h, and these. */
enum {
  HS_SHAPE_LY = 1 << 16,
  HS_SHAPE_ING = 1 << 17,
  HS_SHAPE_ED = 1 << 18,
  HS_SHAPE_GLUED = 1 << 19,  /* no blank before it */
  HS_SHAPE_DOUBLE = 1 << 20, /* a double quotation mark */
  HS_SHAPE_FIRST = 1 << 21   /* the first token of its sentence */
};

typedef struct hs_word {
  const hs_entry *entry;  /* never NULL */
  const hs_entry *phrase; /* of the longest form that begins here: of PHRASE_SIZE tokens, wherever sentences end */
  uint32_t shape;
  uint8_t phrase_size;
  char mark; /* of a token that is punctuation: its first byte if that is ASCII, '-' for any dash, else '?'; else 0 */
} hs_word;

/* A stretch of tokens [first, end). */
typedef struct hs_range {
  uint32_t first, end;
} hs_range;

/* A block of the article that holds tokens. */
typedef struct hs_paragraph {
  hs_range range;
  hs_block_kind kind;
} hs_paragraph;

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
  const hs_paragraph *paragraphs;
  uint32_t paragraph_count;
  bool parsed; /* the tokens have tags and heads, and there are names */
  const hs_name *names;
  const uint32_t *name_at; /* [count] 1 + the index of the name that the token is part of, 0 for none */
} hs_words;

/* The words of DOC, made at the first call and kept in the document. */
const hs_words *hs_words_of(hs_doc *doc, const hs_rules *rules);

/* The bytes of RANGE; an empty range gives an empty span. */
hs_span hs_words_span(const hs_words *words, hs_range range);
hs_str hs_words_str(const hs_words *words, uint32_t token);

/* The first token of SENTENCE behind the dateline, if it has one: "LOW FERRY, March 11 (ONA) - Two gates ...". */
uint32_t hs_words_opening(const hs_words *words, uint32_t sentence);

/* The paragraph that holds TOKEN. */
const hs_paragraph *hs_words_paragraph(const hs_words *words, uint32_t token);

/*
 * The entry of the longest form of several words that begins at FIRST and stays before END, in *SIZE its tokens; the
 * entry of the one token if there is none.
 */
const hs_entry *hs_words_phrase(const hs_words *words, uint32_t first, uint32_t end, uint32_t *size);

/* "72-year-old" at token I: the years, and *END behind it; 0 if there is nothing of that sort. */
uint32_t hs_words_age(const hs_words *words, uint32_t i, uint32_t *end);

/* What the tables say of the noun at I, with the word before it if they know both: "Telegram channel", else alone. */
const hs_entry *hs_words_noun(const hs_words *words, uint32_t i);

static inline const hs_entry *hs_words_entry(const hs_words *words, uint32_t i) { return words->items[i].entry; }
/* The name that token I is part of, NULL for none. */
/* The word for an outlet, agency or other body, in small letters, that ends right before token I and makes the name
 * there one: "the daily | Kurenta", "aid group | Green Vesta", but not "the paper | Orlo founded". NULL if there is
 * none. */
const hs_entry *hs_words_body_before(const hs_words *words, uint32_t i);

static inline const hs_name *hs_words_name(const hs_words *words, uint32_t i) {
  return words->name_at[i] ? &words->names[words->name_at[i] - 1] : NULL;
}
/* Is the class of token I that of Universal Dependencies called UPOS? Never without a parser. */
static inline bool hs_words_class(const hs_words *words, uint32_t i, const char *upos) {
  return words->parsed && words->tokens[i].upos && strcmp(words->tokens[i].upos, upos) == 0;
}
static inline bool hs_words_is(const hs_words *words, uint32_t i, uint32_t grammar) {
  return (words->items[i].entry->grammar & grammar) != 0;
}
static inline bool hs_words_links(const hs_words *words, uint32_t i, uint32_t links) {
  return (words->items[i].entry->links & links) != 0;
}
static inline bool hs_words_has(const hs_words *words, uint32_t i, uint32_t shape) {
  return (words->items[i].shape & shape) != 0;
}

#endif
