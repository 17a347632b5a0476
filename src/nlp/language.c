#include "nlp/language.h"

#include "nlp/sentence.h"
#include "nlp/token.h"

#include <stdlib.h>

static void read_words(const hs_parser *parser, hs_token_list *tokens, const hs_sentence_list *sentences,
                       const char *text, hs_name_list *names, hs_arena *arena) {
  hs_str *forms = hs_alloc(tokens->count * sizeof *forms);
  for (size_t i = 0; i < tokens->count; i++) forms[i] = hs_str_at(text, tokens->tokens[i].span);
  hs_parse(parser, forms, tokens->tokens, sentences->items, sentences->count, names, arena);
  free(forms);
}

void hs_analyse(hs_analysis *out, const hs_language *language, const hs_parser *parser, const hs_article *article,
                hs_arena *arena) {
  hs_token_list tokens = {0};
  hs_sentence_list sentences = {0};
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    if (!block->kept) continue;
    size_t first = tokens.count;
    hs_tokens_cut(&tokens, language, article->text, block->text, arena);
    hs_sentences_cut(&sentences, language, article->text, &tokens, first, tokens.count, arena);
  }
  hs_name_list names = {0};
  if (parser) read_words(parser, &tokens, &sentences, article->text, &names, arena);
  *out = (hs_analysis){.tokens = tokens.tokens,
                       .classes = tokens.classes,
                       .token_count = tokens.count,
                       .sentences = sentences.items,
                       .sentence_count = sentences.count,
                       .names = names.items,
                       .name_count = names.count};
}
