/* Words that CoNLL-U gives, in place of those that are cut from a text. */
#ifndef HS_NLP_GIVEN_H
#define HS_NLP_GIVEN_H

#include "ingest/conllu.h"
#include "nlp/language.h"

/* What stood around the words, to be written again. Of an arena. */
typedef struct hs_given {
  hs_conllu_row *rows; /* in their order; each word among them is the next token */
  size_t row_count;
} hs_given;

/*
 * Reads PAGE, which is CoNLL-U, and analyses its words with PARSER, which may be NULL. The article's text is the words,
 * blanks between them unless SpaceAfter=No or the form of their range tells otherwise, a newline behind each sentence;
 * a sentence without words is none. Errors: HS_ERROR_INPUT for the first broken line, its number as position, and for a
 * page over HS_LIMIT_LINE_BYTES.
 */
int hs_given_read(hs_given *out, hs_article *article, hs_analysis *analysis, const hs_parser *parser,
                  const hs_page *page, hs_arena *arena, hs_error *error);
#endif
