/* Where the text of blocks came from: the bytes of the page behind each character. */
#ifndef HS_EXTRACT_ORIGIN_H
#define HS_EXTRACT_ORIGIN_H

#include "base/array.h"
#include "extract/charset.h"

typedef hs_array(hs_origin) hs_origins;

/* Notes that bytes [WORDS, WORDS + OUT) came from IN bytes of the decoded page at FROM. In the order of WORDS. */
void hs_origins_add(hs_origins *origins, hs_arena *arena, uint32_t words, uint32_t out, uint32_t from, uint32_t in);
/* Origins in the page as captured, given those in the page as SOURCE decoded it, for SIZE bytes of words. */
hs_origins hs_origins_in_page(const hs_origins *origins, hs_arena *arena, const hs_decoded *source, uint32_t size);
/* Origins of a plain page, whose words are its whole decoded text. */
hs_origins hs_origins_of_text(hs_arena *arena, const hs_decoded *source);

/* hs_article_origin of bytes of ARTICLE's words. */
hs_span hs_origin_of_words(const hs_article *article, hs_span words);

/*
 * The text of a node beside the HTML that it was made of. The parser joins what it moves together out of several
 * places, decodes character references, and leaves out carriage returns and the first newline of <pre>.
 */
typedef struct hs_beside {
  hs_str html;               /* the page as it was parsed */
  hs_str text;               /* of the node */
  bool literal;              /* there are no character references in it */
  const hs_span *next, *end; /* places of text that come behind the one at hand in the page */
  hs_span left;              /* of the place at hand */
  bool lost;                 /* the text stands nowhere near */
} hs_beside;

/* Sets BESIDE, whose first four fields are given, to where its text begins: at byte FROM, if a place begins there, or
 * else at one of the next ones, since the parser does not tell where text stands that it joined. PLACES are all places
 * of text of the page, up to BESIDE->end. */
void hs_beside_start(hs_beside *beside, const hs_span *places, uint32_t from);
/* What byte AT of the text was made of: *IN bytes of the HTML at *FROM. Gives how many bytes of the text came of them.
 * To be called for each of them in order. */
uint32_t hs_beside_next(hs_beside *beside, size_t at, uint32_t *from, uint32_t *in);
/* How many bytes of the text from AT on, which hs_beside_next would give one by one, stand as they are in the HTML at
 * *FROM: visible characters and single spaces between them. 0 where it takes a closer look. To be called instead. */
size_t hs_beside_run(hs_beside *beside, size_t at, uint32_t *from);

#endif
