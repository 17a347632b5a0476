/* How much each block reads like a part of an article, as a number for a person who wants to know why. */
#include "extract/work.h"

#include <math.h>

enum { FULL_CHARS = 300, LABEL_CHARS = 40 };

/* Weights of what speaks for and against a block; the sum becomes a share by the logistic function. */
static const float BASE = -1.2F, LENGTH = 3.2F, LINKS = -4, SENTENCE = 1.3F, LABEL = -1, PARAGRAPH = 0.6F,
                   MARKED = -2.5F, OUTSIDE = -1.5F;

static float score_of(const hs_work *w, size_t i) {
  const hs_block *b = &w->blocks.items[i];
  hs_str s = hs_str_at(w->out->words, b->words);
  bool html = w->pieces.count > 0;
  uint32_t chars = html ? w->pieces.items[i].chars : (uint32_t)s.size;
  float z = BASE + LENGTH * (chars < FULL_CHARS ? (float)chars / FULL_CHARS : 1);
  if (html) z += LINKS * (float)w->pieces.items[i].linked / (float)(chars ? chars : 1);
  z += hs_body_ends_sentence(s) ? SENTENCE : chars < LABEL_CHARS ? LABEL : 0;
  z += b->kind == HS_BLOCK_PARAGRAPH || b->kind == HS_BLOCK_QUOTE ? PARAGRAPH : 0;
  if (html && w->boxes.items[w->pieces.items[i].box].reason) z += MARKED;
  if (b->reason && strcmp(b->reason, hs_body_outside) == 0) z += OUTSIDE;
  return 1 / (1 + expf(-z));
}

void hs_score_blocks(hs_work *w) {
  for (size_t i = 0; i < w->blocks.count; i++) w->blocks.items[i].score = score_of(w, i);
}
