/* Words → tags, lemmas, tree and names: the decisions over a network's scores. */
#ifndef HS_NLP_PARSE_H
#define HS_NLP_PARSE_H

#include "base/arena.h"
#include "nlp/weights.h"

/* The network and what decides over it, lemmas included. Read-only, shared by threads. */
typedef struct hs_parser hs_parser;
/* The parser of the model file at PATH. Errors: HS_ERROR_MODEL. */
int hs_parser_open(hs_parser **out, const char *path, hs_error *error);
void hs_parser_free(hs_parser *parser);
const hs_weights *hs_parser_weights(const hs_parser *parser);
const struct hs_network *hs_parser_network(const hs_parser *parser);

/* Names found: growable, of the arena. */
typedef struct hs_name_list {
  hs_name *items;
  size_t count, capacity;
} hs_name_list;

/*
 * Fills all but the span of TOKENS, whose forms are FORMS, and adds their names to NAMES (spans from the tokens').
 * Sentence s is the tokens [sentences[s].first, sentences[s].end), and the next one begins where it ends. Linear in the
 * number of tokens: of a sentence over HS_NETWORK_WORDS each stretch is read on its own and hung from the first one's
 * root. Lemmas and NAMES live in ARENA; all other strings are the parser's.
 */
void hs_parse(const hs_parser *parser, const hs_str *forms, hs_token *tokens, const hs_sentence *sentences,
              size_t sentence_count, hs_name_list *names, hs_arena *arena);

#endif
