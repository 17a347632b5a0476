#include "nlp/language.h"

#include "nlp/sentence.h"
#include "nlp/token.h"

#include <stdlib.h>

void hs_analyse_words(hs_analysis *analysis, const hs_parser *parser, const char *text, hs_arena *arena) {
  hs_name_list names = {0};
  hs_str *forms = hs_alloc(analysis->token_count * sizeof *forms);
  for (size_t i = 0; i < analysis->token_count; i++) forms[i] = hs_str_at(text, analysis->tokens[i].span);
  hs_parse(parser, forms, analysis->tokens, analysis->sentences, analysis->sentence_count, &names, arena);
  free(forms);
  analysis->names = names.items;
  analysis->name_count = names.count;
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
  *out = (hs_analysis){.tokens = tokens.tokens,
                       .classes = tokens.classes,
                       .token_count = tokens.count,
                       .sentences = sentences.items,
                       .sentence_count = sentences.count};
  if (parser) hs_analyse_words(out, parser, article->text, arena);
}
