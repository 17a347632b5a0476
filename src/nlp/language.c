#include "nlp/language.h"

#include "nlp/sentence.h"
#include "nlp/token.h"

void hs_analyse(hs_analysis *out, const hs_language *language, const hs_article *article, hs_arena *arena) {
  hs_token_list tokens = {0};
  hs_sentence_list sentences = {0};
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    if (!block->kept) continue;
    size_t first = tokens.count;
    hs_tokens_cut(&tokens, language, article->text, block->text, arena);
    hs_sentences_cut(&sentences, language, article->text, &tokens, first, tokens.count, arena);
  }
  *out = (hs_analysis){tokens.tokens, tokens.classes, tokens.count, sentences.items, sentences.count};
}
