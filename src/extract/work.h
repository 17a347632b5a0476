/* What the parts of extraction share while one page is worked on. */
#ifndef HS_EXTRACT_WORK_H
#define HS_EXTRACT_WORK_H

#include "base/array.h"
#include "base/str.h"
#include "base/utf8.h"
#include "extract/extract.h"

/* A page as UTF-8. */
typedef struct hs_decoded {
  hs_str text;
  hs_step *steps; /* from its bytes in the page to those in text */
  size_t step_count;
} hs_decoded;

typedef struct hs_work {
  const hs_extractor *extractor;
  const hs_page *page;
  hs_arena *arena;
  hs_decoded source;
  hs_str text; /* what the text spans of blocks point into */
  hs_array(hs_block) blocks;
  hs_article *out;
} hs_work;

/* The byte of the page that became byte AT of the decoded text. */
uint32_t hs_work_origin(const hs_work *work, uint32_t at);

/* Splits plain text into blocks: paragraphs, headings, items, quotes. */
void hs_text_split(hs_work *work);

#endif
