/* Words in marks that go on behind what somebody says: in the same paragraph and over the next ones. */
#include "annotate/attribution.h"
#include "annotate/branch.h"
#include "annotate/frame.h"

bool hs_search_has_words_behind(const hs_search *s, const hs_quoted *q) {
  uint32_t next = q->range.end;
  return q->closed && next < s->words->paragraphs[q->paragraph].range.end &&
         !hs_words_has(s->words, next, HS_SHAPE_FIRST);
}

/* The stretch number AT becomes content of A, unless it is somebody's already. */
static void claim(hs_search *s, hs_attribution *a, uint32_t at) {
  if (!s->claimed[at]) hs_push(s->arena, a->contents, s->marks->items[at].range);
  s->claimed[at] = true;
}

/* “That is its weakness,” she said at last, “and its strength”: the words in marks behind the cue in the sentence of A,
 * which only says words in marks before it; no other cue stands between. */
static void claim_rest(hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  hs_range said = a->contents.items[0];
  uint32_t end = w->sentences[w->sentence_of[a->verb]].end, i = a->cue.end;
  bool before = a->contents.count == 1 && said.end <= a->cue.first && s->marks->at[said.end - 1] &&
                w->sentence_of[said.end - 1] == w->sentence_of[a->verb];
  while (before && i < end && !s->marks->at[i] && !s->cue_at[i] && !hs_branch_is(w, i, "obj") &&
         !(hs_words_entry(w, i)->complements & HS_COMPLEMENT_SPEECH))
    i++;
  if (!before || i >= end || !s->marks->at[i] || w->items[i - 1].mark != ',') return;
  if (s->marks->items[s->marks->at[i] - 1].range.first == i) claim(s, a, s->marks->at[i] - 1);
}

/* The quotation behind "she said." in the same paragraph, and those that go on over the next paragraphs. */
void hs_search_continue(hs_search *s, hs_attribution *a) {
  const hs_words *w = s->words;
  claim_rest(s, a);
  hs_range last = a->contents.items[a->contents.count - 1];
  if (!s->marks->at[last.first] && !s->marks->at[last.end - 1]) return;
  uint32_t sentence = w->sentence_of[a->verb], end = w->sentences[sentence].end;
  if (last.end > end) end = last.end;
  const hs_paragraph *paragraph = hs_words_paragraph(w, a->verb);
  while (end < paragraph->range.end && w->items[end].mark && !s->marks->at[end]) end++;
  if (last.end < end && end < paragraph->range.end && s->marks->at[end]) {
    const hs_quoted *q = &s->marks->items[s->marks->at[end] - 1];
    uint32_t next = q->range.end;
    bool closed_off =
        next >= paragraph->range.end || hs_words_has(w, next, HS_SHAPE_FIRST) || w->items[next].mark == ')';
    if (q->range.first == end && closed_off && !q->fragment) claim(s, a, s->marks->at[end] - 1);
  }
  uint32_t at = s->marks->at[a->contents.items[a->contents.count - 1].end - 1];
  for (; at && s->marks->items[at - 1].goes_on && !hs_search_has_words_behind(s, &s->marks->items[at]); at++)
    claim(s, a, at);
}

/* Is RANGE written as headlines are, with hardly a word in small letters? */
static bool is_title(const hs_words *w, hs_range range) {
  uint32_t capital = 0, small = 0;
  for (uint32_t i = range.first; i < range.end; i++) {
    bool word = hs_words_has(w, i, HS_TOKEN_WORD) && !hs_words_has(w, i, HS_TOKEN_CLITIC);
    capital += word && hs_words_has(w, i, HS_TOKEN_CAPITAL);
    small += word && !hs_words_has(w, i, HS_TOKEN_CAPITAL);
  }
  return small <= capital;
}

/* The stretch in marks that is all that PARAGRAPH holds, NULL if it holds more or is no speech. */
static const hs_quoted *whole_paragraph(const hs_search *s, const hs_paragraph *paragraph) {
  hs_range range = paragraph->range;
  uint32_t at = range.first < range.end ? s->marks->at[range.first] : 0;
  const hs_quoted *q = at ? &s->marks->items[at - 1] : NULL;
  bool whole = q && q->closed && q->range.first == range.first && q->range.end == range.end && !q->fragment;
  return whole && paragraph->kind == HS_BLOCK_PARAGRAPH && !is_title(s->words, range) ? q : NULL;
}

/* Does PARAGRAPH end with direct speech of A: “…,” Orlo said? */
static bool ends_with_speech(const hs_search *s, const hs_attribution *a, const hs_paragraph *paragraph) {
  const hs_words *w = s->words;
  uint32_t sentence = w->sentence_of[paragraph->range.end - 1];
  bool spoken = false;
  for (size_t k = 0; k < a->contents.count; k++) {
    uint32_t last = a->contents.items[k].end - 1, at = s->marks->at[last];
    bool here = w->sentence_of[last] == sentence || w->sentence_of[a->verb] == sentence;
    spoken = spoken || (here && at && !s->marks->items[at - 1].fragment);
  }
  return spoken && !hs_range_empty(a->cue) && !s->marks->at[a->cue.first];
}

void hs_search_adopt(hs_search *s) {
  const hs_words *w = s->words;
  size_t *last = hs_arena_alloc(s->arena, (w->paragraph_count + 1) * sizeof *last); /* 1 + who speaks last in each */
  bool *said = hs_arena_alloc(s->arena, w->count + 1);
  for (size_t i = 0; i < s->found.count; i++) {
    const hs_attribution *a = &s->found.items[i];
    for (size_t k = 0; k < a->contents.count; k++) said[a->contents.items[k].first] = true;
    for (size_t k = 0; k <= a->contents.count; k++) { /* where its words stand, and its verb */
      uint32_t at = k < a->contents.count ? a->contents.items[k].first : a->verb;
      size_t *best = &last[hs_words_paragraph(w, at) - w->paragraphs];
      if (!*best || s->found.items[*best - 1].verb < a->verb) *best = i + 1;
    }
  }
  for (uint32_t p = 1; p < w->paragraph_count; p++) {
    const hs_quoted *q = last[p] ? NULL : whole_paragraph(s, &w->paragraphs[p]);
    if (!q || !last[p - 1] || said[q->range.first]) continue;
    hs_attribution *a = &s->found.items[last[p - 1] - 1];
    if (!ends_with_speech(s, a, &w->paragraphs[p - 1])) continue;
    hs_push(s->arena, a->contents, q->range);
    last[p] = last[p - 1];
  }
}
