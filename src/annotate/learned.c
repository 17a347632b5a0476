/* Attributions as the learned finder sees them. */
#include "annotate/attribution.h"
#include "annotate/document.h"
#include "base/limits.h"
#include "nlp/finder.h"

enum { DEEPEST = 2, LEAST_INNER = 5 };

/* A statement inside another is kept from here on: the finder has seen none marked. */
static const float SURE_INSIDE = 0.6f;

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

/* The contents of an attribution whose words may hold statements of their own. */
typedef struct inner {
  hs_range range;
  int depth; /* of statements that it stands in */
} inner;

typedef struct learned {
  hs_search *s;
  const hs_doc *doc;
  const hs_finder *finder;
  hs_array(inner) inner;
} learned;

/* Content that the finder saw only the beginning of, since it looks HS_FINDER_REACH words far: the marks tell its end.
 */
static hs_range whole_stretch(const hs_search *s, const hs_finding *f, hs_range range) {
  uint32_t at = s->marks->at[range.end - 1];
  if (at && range.end >= f->end + HS_FINDER_REACH && range.end < s->marks->items[at - 1].range.end)
    range.end = s->marks->items[at - 1].range.end;
  return range;
}

/* Does a word of RANGE look like one that reports, so that it may hold a statement? */
static bool may_report(const hs_words *w, hs_range range) {
  bool found = false;
  for (uint32_t i = range.first; i < range.end && !found; i++)
    found = w->items[i].entry->complements || hs_words_is(w, i, HS_ACCORDING);
  return found && range.end - range.first >= LEAST_INNER;
}

/* Adds RANGE to the contents of A, as wide as its marks say where that is not its cue's; what reaches into the content
 * before it is one with it. */
static void add_content(const hs_search *s, const hs_finding *f, hs_attribution *a, hs_range range) {
  hs_range wide = whole_stretch(s, f, with_marks(s, range));
  if (wide.first < f->end && wide.end > f->first) wide = range;
  hs_range *last = a->contents.count ? &a->contents.items[a->contents.count - 1] : NULL;
  if (!last || wide.first >= last->end) hs_push(s->arena, a->contents, wide);
  else if (wide.end > last->end) last->end = wide.end;
}

static void add(learned *l, const hs_finding *f, int depth) {
  hs_search *s = l->s;
  hs_attribution a = {.cue = {f->first, f->end},
                      .verb = verb_of(s->words, f),
                      .confidence = f->chance,
                      .cue_sure = f->cue_chance,
                      .source_sure = f->source_chance,
                      .content_sure = f->content_chance};
  for (size_t i = 0; i < f->part_count; i++) {
    hs_range range = {f->parts[i].first, f->parts[i].end};
    if (f->parts[i].role == HS_PART_CONTENT) {
      add_content(s, f, &a, range);
      if (depth < DEEPEST && may_report(s->words, range)) hs_push(s->arena, l->inner, ((inner){range, depth + 1}));
    } else if (range.end - range.first > a.source.end - a.source.first) {
      a.source = range;
    }
  }
  hs_search_keep(s, &a);
}

/* The finder marks one layer, as the corpus does that it learned from; what is said inside a content it finds by
 * reading that content as if it stood alone. */
void hs_search_learned(hs_search *s, const hs_doc *doc, const hs_finder *finder) {
  learned l = {.s = s, .doc = doc, .finder = finder};
  hs_push(s->arena, l.inner, ((inner){{0, (uint32_t)doc->analysis.token_count}, 0}));
  for (size_t k = 0; k < l.inner.count && s->found.count <= HS_LIMIT_QUOTATIONS; k++) {
    inner in = l.inner.items[k];
    hs_finding_list found = {0};
    hs_find(finder, &doc->analysis, in.range.first, in.range.end, doc->article.text, &found, s->arena);
    for (size_t i = 0; i < found.count; i++)
      if (in.depth == 0 || found.items[i].cue_chance >= SURE_INSIDE) add(&l, &found.items[i], in.depth);
  }
}
