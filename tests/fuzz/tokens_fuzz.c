/*
 * Whatever the text: each character that is seen stands in exactly one token, tokens stand on character boundaries, in
 * order and inside one kept block, sentences partition them, and the same text gives the same tokens.
 */
#include "base/array.h"
#include "base/limits.h"
#include "fuzz.h"
#include "nlp/character.h"
#include "nlp/language.h"
#include "nlp/token.h"

/* Blocks as extraction makes them: kept and dropped ones, cut at blank lines. */
static hs_article article_of(hs_arena *arena, hs_str text) {
  hs_array(hs_block) blocks = {0};
  for (size_t i = 0; i < text.size;) {
    const char *line = memmem(text.data + i, text.size - i, "\n\n", 2);
    size_t end = line ? (size_t)(line - text.data) : text.size;
    bool kept = text.data[i] != '|';
    hs_push(arena, blocks, ((hs_block){.kept = kept, .text = {(uint32_t)i, (uint32_t)end}}));
    i = end + 2;
  }
  return (hs_article){
      .text = text.data, .text_size = (uint32_t)text.size, .blocks = blocks.items, .block_count = blocks.count};
}

/* Gives the first token behind BLOCK. */
static size_t check_block(const hs_analysis *found, hs_str text, hs_span block, size_t token) {
  for (size_t i = block.start; i < block.end;) {
    hs_character ch = hs_character_at(text, i);
    hs_span span = token < found->token_count ? found->tokens[token].span : (hs_span){UINT32_MAX, UINT32_MAX};
    require(span.start >= i, "a token begins at a character that no token before holds");
    if (ch.kind == HS_CHARACTER_BLANK) {
      require(span.start != i, "no token begins with a blank");
      i += ch.size;
      continue;
    }
    require(span.start == i && span.end > i && span.end <= block.end, "what is seen is in a token inside the block");
    while (i < span.end) {
      ch = hs_character_at(text, i);
      require(ch.kind != HS_CHARACTER_BLANK, "no token holds a blank");
      i += ch.size;
    }
    require(i == span.end, "a token ends on a character's boundary");
    require(found->classes[token] != 0, "a token has a class");
    token++;
  }
  return token;
}

static void check_sentences(const hs_analysis *found) {
  uint32_t token = 0;
  for (size_t i = 0; i < found->sentence_count; i++) {
    const hs_sentence *sentence = &found->sentences[i];
    require(sentence->first == token && sentence->end > token, "a sentence begins where the one before ended");
    require(sentence->end - token <= HS_LIMIT_SENTENCE_TOKENS, "no sentence is over the limit");
    require(sentence->span.start == found->tokens[token].span.start, "a sentence begins with its first token");
    token = sentence->end;
    require(sentence->span.end == found->tokens[token - 1].span.end, "a sentence ends with its last token");
  }
  require(token == found->token_count, "every token is in a sentence");
}

static void check_blocks(const hs_analysis *found, const hs_article *article) {
  size_t token = 0, sentence = 0;
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    if (!block->kept) continue;
    token = check_block(found, (hs_str){article->text, article->text_size}, block->text, token);
    while (sentence < found->sentence_count && found->sentences[sentence].end <= token) sentence++;
    require(sentence == found->sentence_count || found->sentences[sentence].first == token,
            "no sentence crosses a block");
  }
  require(token == found->token_count, "tokens are of kept blocks");
}

static bool same(const hs_analysis *a, const hs_analysis *b) {
  return a->token_count == b->token_count && a->sentence_count == b->sentence_count &&
         (!a->token_count || (memcmp(a->tokens, b->tokens, a->token_count * sizeof *a->tokens) == 0 &&
                              memcmp(a->classes, b->classes, a->token_count * sizeof *a->classes) == 0 &&
                              memcmp(a->sentences, b->sentences, a->sentence_count * sizeof *a->sentences) == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static hs_language *language;
  if (!language) language = hs_language_new();
  hs_arena *arena = hs_arena_new();
  hs_str text = hs_utf8_repair(arena, (hs_str){(const char *)data, size}, NULL, NULL);
  hs_article article = article_of(arena, text);
  hs_analysis found, again;
  hs_analyse(&found, language, NULL, &article, arena);
  check_blocks(&found, &article);
  check_sentences(&found);
  hs_analyse(&again, language, NULL, &article, arena);
  require(same(&found, &again), "the same text gives the same");
  hs_arena_free(arena);
  return 0;
}
