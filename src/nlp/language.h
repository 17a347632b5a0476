/* Text → sentences and tokens (UAX #29 with rules for news); docs/annotation.md says what a token and a sentence is. */
#ifndef HS_NLP_LANGUAGE_H
#define HS_NLP_LANGUAGE_H

#include "base/arena.h"
#include "hearsay.h"
#include "nlp/parse.h"

/* What the tables of data/ tell about words, read once. Read-only from then on. */
typedef struct hs_language hs_language;
hs_language *hs_language_new(void);
void hs_language_free(hs_language *language);

typedef struct hs_analysis {
  hs_token *tokens;
  uint32_t *classes; /* [token_count] HS_TOKEN_ flags of nlp/token.h */
  size_t token_count;
  hs_sentence *sentences; /* none crosses a block; each token is in exactly one */
  size_t sentence_count;
  hs_name *names; /* in text order, none in another; from a parser */
  size_t name_count;
} hs_analysis;

/* Analyses the kept blocks of ARTICLE, in text order: sentences and tokens, and with PARSER, which may be NULL, all
 * else. Linear in the length of the text. */
void hs_analyse(hs_analysis *out, const hs_language *language, const hs_parser *parser, const hs_article *article,
                hs_arena *arena);

/* Fills what a parser knows of the tokens of ANALYSIS, whose forms are their spans of TEXT, and finds their names. */
void hs_analyse_words(hs_analysis *analysis, const hs_parser *parser, const char *text, hs_arena *arena);

#endif
