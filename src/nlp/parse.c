#include "nlp/parse.h"

#include "base/error.h"
#include "nlp/network.h"

#include <stdlib.h>

struct hs_parser {
  hs_weights *weights;
  hs_network *network;
};

int hs_parser_open(hs_parser **out, const char *path, hs_error *error) {
  *out = NULL;
  hs_parser *parser = hs_calloc(1, sizeof *parser);
  int code = hs_weights_open(&parser->weights, path, error);
  if (!code) code = hs_network_new(&parser->network, parser->weights, error);
  if (code) {
    hs_parser_free(parser);
    return code;
  }
  *out = parser;
  return HS_OK;
}

void hs_parser_free(hs_parser *parser) {
  if (!parser) return;
  hs_network_free(parser->network);
  hs_weights_free(parser->weights);
  free(parser);
}

const hs_weights *hs_parser_weights(const hs_parser *parser) { return parser->weights; }

void hs_parse(const hs_parser *parser, const hs_str *forms, hs_token *tokens, const hs_sentence *sentences,
              size_t sentence_count, hs_name_list *names, hs_arena *arena) {
  (void)parser, (void)forms, (void)tokens, (void)sentences, (void)sentence_count, (void)names, (void)arena;
}
