/*
 * What hearsay takes from outside at most, in one table; tests/unit/limits_test.c reaches each. A page over a limit is
 * read as far as the limit goes and says so (hs_article.status); an input over one is refused by name.
 */
#ifndef HS_BASE_LIMITS_H
#define HS_BASE_LIMITS_H

enum {
  HS_LIMIT_PAGE_BYTES = 16 << 20,    /* of a page; the rest is left out */
  HS_LIMIT_MHTML_BYTES = 64 << 20,   /* of a page with its images, saved as MHTML; the rest is left out */
  HS_LIMIT_LINE_BYTES = 64 << 20,    /* of a line of JSON Lines; a longer one is refused, the next ones are read */
  HS_LIMIT_CONLLU_BYTES = 16 << 20,  /* of a sentence of CoNLL-U; a longer one is refused, the next ones are read */
  HS_LIMIT_RECORD_BYTES = 17 << 20,  /* of a record of an archive; the rest is left out */
  HS_LIMIT_ROBOTS_BYTES = 500 << 10, /* of a robots.txt; the rest is not heard */
  HS_LIMIT_ENTRIES = 50000,          /* of a feed or sitemap; the rest is left out */
  HS_LIMIT_INFLATION = 200,          /* bytes out for one byte in, of a compressed file past its first 16 MiB */
  HS_LIMIT_TREE_DEPTH = 512,         /* of elements in a page; deeper ones are read as if they stood at that depth */
  HS_LIMIT_TAGS = 250000,            /* of a page; the rest is left out */
  HS_LIMIT_BLOCKS = 100000,          /* of a page; the rest is left out */
  HS_LIMIT_SENTENCE_TOKENS = 1000,   /* a longer sentence is cut */
  HS_LIMIT_QUOTATIONS = 20000,       /* of a page; the rest is left out */
  HS_LIMIT_FOLDER_DEPTH = 64         /* of folders in folders; deeper ones are refused by name */
};

#endif
