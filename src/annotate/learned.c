/* Attributions as the learned finder sees them. */
#include "annotate/attribution.h"
#include "annotate/document.h"
#include "nlp/finder.h"

/* The word of the cue that the others hang from. */
static uint32_t verb_of(const hs_words *w, const hs_finding *found) {
  for (uint32_t i = found->first; i < found->end; i++) {
    int head = w->tokens[i].head;
    if (head < (int)found->first || head >= (int)found->end) return i;
  }
  return found->first;
}

/* RANGE with the marks of a stretch whose words are all of it. */
static hs_range with_marks(const hs_search *s, hs_range range) {
  const hs_words *w = s->words;
  if (range.first > 0 && hs_words_has(w, range.first - 1, HS_TOKEN_OPENS) && s->marks->at[range.first - 1]) {
    const hs_quoted *q = &s->marks->items[s->marks->at[range.first - 1] - 1];
    if (q->range.first + 1 == range.first && range.end >= q->range.first) range.first--;
  }
  if (range.end < w->count && hs_words_has(w, range.end, HS_TOKEN_CLOSES) && s->marks->at[range.end]) {
    const hs_quoted *q = &s->marks->items[s->marks->at[range.end] - 1];
    if (q->range.end == range.end + 1 && range.first <= q->range.first + 1) range.end++;
  }
  return range;
}

void hs_search_learned(hs_search *s, const hs_doc *doc, const hs_finder *finder) {
  hs_finding_list found = {0};
  hs_find(finder, &doc->analysis, 0, (uint32_t)doc->analysis.token_count, doc->article.text, &found, s->arena);
  for (size_t k = 0; k < found.count; k++) {
    const hs_finding *f = &found.items[k];
    hs_attribution a = {.cue = {f->first, f->end}, .verb = verb_of(s->words, f)};
    for (size_t i = 0; i < f->part_count; i++) {
      hs_range range = {f->parts[i].first, f->parts[i].end};
      if (f->parts[i].role == HS_PART_CONTENT) hs_push(s->arena, a.contents, with_marks(s, range));
      else if (range.end - range.first > a.source.end - a.source.first) a.source = range;
    }
    a.confidence = f->cue_chance * (a.contents.count ? f->content_chance : 1);
    hs_search_keep(s, &a);
  }
}
