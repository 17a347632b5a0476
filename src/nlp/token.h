/* Cutting a block into tokens, and what can be told of a token while it is cut. */
#ifndef HS_NLP_TOKEN_H
#define HS_NLP_TOKEN_H

#include "nlp/language.h"

/* Flags of a token. A contraction's parts, do|n't, are words, the later ones with HS_TOKEN_CLITIC. */
enum {
  HS_TOKEN_WORD = 1 << 0,         /* holds a letter */
  HS_TOKEN_NUMBER = 1 << 1,       /* begins with a digit */
  HS_TOKEN_PUNCTUATION = 1 << 2,  /* all that is neither word, number nor symbol */
  HS_TOKEN_SYMBOL = 1 << 3,       /* currency, percent, mathematics, pictures */
  HS_TOKEN_CAPITAL = 1 << 4,      /* its first letter is a capital */
  HS_TOKEN_UPPER = 1 << 5,        /* two letters or more, all of them capitals */
  HS_TOKEN_CLITIC = 1 << 6,       /* a contraction's later part: 's, n't, 'll */
  HS_TOKEN_ABBREVIATION = 1 << 7, /* ends in its own stop: Gen., U.S., J. */
  HS_TOKEN_ADDRESS = 1 << 8,      /* URL, e-mail address, #tag, @name */
  HS_TOKEN_QUOTE = 1 << 9,        /* a quotation mark, any kind, the apostrophe that stands alone included */
  HS_TOKEN_BRACKET = 1 << 10,
  HS_TOKEN_OPENS = 1 << 11,    /* of quotation marks and brackets: may open here, by its shape and the blanks around */
  HS_TOKEN_CLOSES = 1 << 12,   /* may close here; a straight mark between two blanks may do both */
  HS_TOKEN_DASH = 1 << 13,     /* -, –, —, -- */
  HS_TOKEN_STOP = 1 << 14,     /* . ! ? and their like in other scripts, runs of them */
  HS_TOKEN_ELLIPSIS = 1 << 15, /* … and ...; a stop too */
  HS_TOKEN_SMALL = 1 << 20,    /* its first letter is a small one; neither this nor a capital in scripts without them */
  HS_TOKEN_KIND_SHIFT = 16     /* of an abbreviation: four bits, its hs_abbreviation (nlp/lexicon.h) */
};

typedef struct hs_token_list {
  hs_token *tokens;
  uint32_t *classes;
  size_t count, capacity;
} hs_token_list;

/* Adds the tokens of TEXT[block] to LIST, whose memory is of ARENA. TEXT is valid UTF-8. */
void hs_tokens_cut(hs_token_list *list, const hs_language *language, const char *text, hs_span block, hs_arena *arena);

#endif
