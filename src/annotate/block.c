/* Words in a block of their own, whose speaker stands before or behind it. */
#include "annotate/attribution.h"
#include "annotate/branch.h"
#include "annotate/frame.h"
#include "annotate/phrase.h"

enum { NAME_WORDS = 6, LEAD_WORDS = 16, BLOCK_PARAGRAPHS = 64 };

static const float SURE = 0.8f;

/* The words of BLOCK as contents of A, paragraph by paragraph. */
static void take_block(const hs_search *s, hs_attribution *a, hs_range block) {
  while (block.first < block.end) {
    uint32_t end = hs_words_paragraph(s->words, block.first)->range.end;
    hs_range part = {block.first, end < block.end ? end : block.end};
    hs_push(s->arena, a->contents, part);
    block.first = part.end;
  }
}

/* ---- signed: “It is safe.” — Ana Orlo, the mayor */

/* Who signs with the words behind a dash at AT, up to END: "Ana Orlo, the mayor", without a handle, a date or what she
 * did meanwhile. Empty if it is no name. */
static hs_range signer(const hs_words *w, uint32_t at, uint32_t end) {
  hs_range name = {at, at};
  while (name.end < end && !w->items[name.end].mark && !hs_words_has(w, name.end, HS_TOKEN_NUMBER)) name.end++;
  bool named = name.end > at && name.end - at <= NAME_WORDS && hs_words_has(w, at, HS_TOKEN_CAPITAL);
  if (!named || !hs_search_is_label(w, name) || hs_words_entry(w, name.end - 1)->month) return (hs_range){at, at};
  bool apposition = name.end + 1 < end && w->items[name.end].mark == ',' && hs_phrase_begins(w, name.end + 1) &&
                    hs_phrase_verb(w, name.end + 1, end) == end;
  for (uint32_t i = name.end + 1; apposition && i < end; i++)
    apposition = !w->items[i].mark && !hs_words_has(w, i, HS_SHAPE_ING);
  return apposition ? (hs_range){at, end} : name;
}

/* Does a sentence that a dash opens, as a signature does, end with token I? */
static bool is_signature(const hs_words *w, uint32_t i) {
  return w->items[w->sentences[w->sentence_of[i]].first].mark == '-';
}

/* The words before token I that are all in marks, or in blocks of quotation, as contents of A. */
static void take_signed(hs_search *s, hs_attribution *a, uint32_t i) {
  const hs_words *w = s->words;
  uint32_t at = s->marks->at[i - 1];
  if (at) {
    for (; at > 1 && s->marks->items[at - 2].goes_on; at--) {
    }
    for (; at <= s->marks->count && s->marks->items[at - 1].range.end <= i; at++)
      hs_push(s->arena, a->contents, s->marks->items[at - 1].range);
  } else if (hs_words_paragraph(w, i - 1)->kind == HS_BLOCK_QUOTE) {
    uint32_t first = i;
    for (unsigned n = 0; n < BLOCK_PARAGRAPHS && first > 0 && !is_signature(w, first - 1); n++) {
      if (hs_words_paragraph(w, first - 1)->kind != HS_BLOCK_QUOTE) break;
      first = hs_words_paragraph(w, first - 1)->range.first;
    }
    take_block(s, a, (hs_range){first, i});
  }
}

/* A dash and a name behind the words end PARAGRAPH, or are one. */
static void find_signature(hs_search *s, const hs_paragraph *paragraph) {
  const hs_words *w = s->words;
  uint32_t sentence = w->sentence_of[paragraph->range.end - 1], i = w->sentences[sentence].first;
  if (i == 0 || w->items[i].mark != '-') return;
  hs_attribution a = {.cue = {i, i + 1}, .verb = i, .confidence = SURE};
  a.source = signer(w, i + 1, hs_sentence_high(w, sentence));
  if (hs_range_empty(a.source)) return;
  take_signed(s, &a, i);
  if (a.contents.count) hs_search_keep(s, &a);
}

/* ---- led in: "Orlo wrote:" */

/* What the colon at the end of paragraph number P leads to: blocks of quotation or, of one that holds little else, the
 * next paragraph. Empty if it stands in marks. */
static hs_range block_behind(const hs_search *s, uint32_t p) {
  const hs_words *w = s->words;
  const hs_paragraph *lead = &w->paragraphs[p];
  hs_range block = {lead->range.end, lead->range.end};
  if (p + 1 == w->paragraph_count || s->marks->at[block.first]) return block;
  uint32_t most = p + BLOCK_PARAGRAPHS < w->paragraph_count ? p + BLOCK_PARAGRAPHS : w->paragraph_count;
  for (p++; p < most && w->paragraphs[p].kind == HS_BLOCK_QUOTE; p++) {
    if (w->items[w->paragraphs[p].range.first].mark == '-') break; /* who signs */
    block.end = w->paragraphs[p].range.end;
  }
  bool small = lead->range.end - lead->range.first <= LEAD_WORDS;
  if (hs_range_empty(block) && small && w->paragraphs[p].kind == HS_BLOCK_PARAGRAPH)
    block.end = w->paragraphs[p].range.end;
  return block;
}

/* The verb of saying to which the colon at token COLON belongs; HS_NO_TOKEN if there is none. */
static uint32_t leading_verb(const hs_words *w, uint32_t colon, hs_verb_group *group) {
  uint32_t low = w->sentences[w->sentence_of[colon]].first;
  for (uint32_t i = colon; i-- > low;) {
    if (!hs_phrase_is_verb(w, i)) continue;
    bool says = hs_words_entry(w, i)->complements & HS_COMPLEMENT_SPEECH && hs_verb_group_read(group, w, low, i);
    return says && group->finite && !group->passive ? i : HS_NO_TOKEN;
  }
  return HS_NO_TOKEN;
}

static void find_led(hs_search *s, uint32_t p) {
  const hs_words *w = s->words;
  uint32_t colon = w->paragraphs[p].range.end - 1;
  hs_range block = w->items[colon].mark == ':' ? block_behind(s, p) : (hs_range){0, 0};
  if (hs_range_empty(block) || s->marks->at[colon]) return;
  hs_verb_group group;
  uint32_t verb = leading_verb(w, colon, &group);
  if (verb == HS_NO_TOKEN) return;
  if (s->cue_at[verb]) {
    hs_attribution *a = &s->found.items[s->cue_at[verb] - 1];
    size_t kept = 0;
    for (size_t k = 0; k < a->contents.count; k++)
      if (s->marks->at[a->contents.items[k].first]) a->contents.items[kept++] = a->contents.items[k];
    a->contents.count = kept;
    if (!kept && a->confidence < SURE) a->confidence = a->cue_sure = a->source_sure = a->content_sure = SURE;
    take_block(s, a, block);
    return;
  }
  hs_attribution a = {.cue = group.range, .verb = verb, .confidence = SURE};
  a.source = hs_phrase_before(w, w->sentences[w->sentence_of[verb]].first, group.range.first);
  take_block(s, &a, block);
  if (!hs_range_empty(a.source)) hs_search_keep(s, &a);
}

void hs_search_blocks(hs_search *s) {
  for (uint32_t p = 0; p < s->words->paragraph_count; p++) {
    if (hs_range_empty(s->words->paragraphs[p].range)) continue;
    find_signature(s, &s->words->paragraphs[p]);
    find_led(s, p);
  }
}
