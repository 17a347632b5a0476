/* Tokens → sentences. */
#ifndef HS_NLP_SENTENCE_H
#define HS_NLP_SENTENCE_H

#include "nlp/token.h"

typedef struct hs_sentence_list {
  hs_sentence *items;
  size_t count, capacity;
} hs_sentence_list;

/* Adds to LIST, whose memory is of ARENA, the sentences of the tokens [first, end) of TOKENS, those of one block. */
void hs_sentences_cut(hs_sentence_list *list, const hs_language *language, const char *text,
                      const hs_token_list *tokens, size_t first, size_t end, hs_arena *arena);

#endif
