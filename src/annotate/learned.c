/* Attributions as the learned finder sees them. */
#include "annotate/attribution.h"
#include "annotate/branch.h"
#include "annotate/document.h"
#include "annotate/edges.h"
#include "annotate/frame.h"
#include "base/limits.h"
#include "nlp/finder.h"

#include <string.h>

enum { DEEPEST = 2, LEAST_INNER = 5, LEAST_CONTENT = 2 };

/* The word of the cue that the others hang from. */
static uint32_t verb_of(const hs_words *w, const hs_finding *found) {
  for (uint32_t i = found->first; i < found->end; i++) {
    int head = w->tokens[i].head;
    if (head < (int)found->first || head >= (int)found->end) return i;
  }
  return found->first;
}

/* The contents of an attribution whose words may hold statements of their own. */
typedef struct inner {
  hs_range range;
  int depth; /* of statements that it stands in */
} inner;

typedef struct learned {
  hs_search *s;
  size_t relayed; /* the first of what was found before, by the rules of relays */
  hs_array(inner) inner;
} learned;

/* Does a word of RANGE look like one that reports, so that it may hold a statement? */
static bool may_report(const hs_words *w, hs_range range) {
  bool found = false;
  for (uint32_t i = range.first; i < range.end && !found; i++)
    found = w->items[i].entry->complements || hs_words_is(w, i, HS_ACCORDING);
  return found && range.end - range.first >= LEAST_INNER;
}

/* Is F a misreading of R, which the rules of relays found in the same sentence? It may hold R whole, as what somebody
 * said. */
static bool misreads(const hs_finding *f, const hs_attribution *r) {
  if (hs_range_meets(r->cue, (hs_range){f->first, f->end})) return true;
  for (size_t k = 0; k < f->part_count; k++) {
    hs_range part = {f->parts[k].first, f->parts[k].end};
    bool whole = part.first <= r->source.first && part.end >= r->cue.end;
    bool touches = hs_range_meets(r->cue, part) || hs_range_meets(r->contents.items[0], part);
    if (touches && !whole) return true;
  }
  return false;
}

static bool is_relayed(const learned *l, const hs_finding *f) {
  const hs_sentence *sentence = &l->s->words->sentences[l->s->words->sentence_of[f->first]];
  size_t low = 0, high = l->relayed;
  while (low < high) { /* the first one in the sentence */
    size_t middle = low + (high - low) / 2;
    if (l->s->found.items[middle].verb < sentence->first) low = middle + 1;
    else high = middle;
  }
  for (; low < l->relayed && l->s->found.items[low].verb < sentence->end; low++)
    if (misreads(f, &l->s->found.items[low])) return true;
  return false;
}

/* Adds RANGE to the contents of A, mended at its edges where that does not reach the cue; what reaches into the content
 * before it is one with it. */
static void add_content(const hs_search *s, hs_attribution *a, hs_range range) {
  hs_range wide = hs_edges_content(s, a->cue, range);
  if (hs_range_meets(wide, a->cue)) wide = range;
  hs_range *last = a->contents.count ? &a->contents.items[a->contents.count - 1] : NULL;
  if (wide.first >= wide.end) return;
  if (!last || wide.first >= last->end) hs_push(s->arena, a->contents, wide);
  else if (wide.end > last->end) last->end = wide.end;
}

static hs_attribution attribution_of(const learned *l, const hs_finding *f) {
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
      add_content(s, &a, range);
    } else if (range.end - range.first > a.source.end - a.source.first) {
      a.source = hs_edges_source(s, a.cue, range);
    }
  }
  return a;
}

static bool is_sure(const hs_words *w, const hs_finding *f) {
  bool known = false;
  for (uint32_t i = f->first; i < f->end; i++)
    known = known || w->items[i].entry->complements || hs_words_is(w, i, HS_ACCORDING);
  bool acts = f->end == f->first + 1 && w->tokens[f->first].upos && strcmp(w->tokens[f->first].upos, "VERB") == 0;
  return f->chance >= w->rules->thresholds[known  ? HS_LEAST_FINDING
                                           : acts ? HS_LEAST_UNKNOWN_VERB
                                                  : HS_LEAST_UNKNOWN_CUE];
}

/* Is F, found inside a content, a statement of its own? */
static bool stands_alone(const hs_search *s, const hs_finding *f) {
  bool source = false, content = false;
  for (size_t k = 0; k < f->part_count; k++) {
    source = source || f->parts[k].role == HS_PART_SOURCE;
    content = content || f->parts[k].end - f->parts[k].first >= LEAST_CONTENT;
  }
  return source && content && f->cue_chance >= s->words->rules->thresholds[HS_LEAST_INSIDE] && !s->cue_at[f->first];
}

/* Is B, behind A, a statement in what A says, with a subject of its own there and yet a source from elsewhere: "the
 * agency said the mayor had promised"? */
static bool borrows(const hs_words *w, const hs_attribution *a, const hs_attribution *b) {
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range said = a->contents.items[k];
    if (!hs_range_within(said, b->cue) || hs_range_meets(said, b->source)) continue;
    for (uint32_t i = said.first; i < b->cue.first; i++)
      if (hs_branch_up(w, i) == b->verb && hs_branch_is(w, i, "nsubj")) return !hs_range_empty(b->source);
  }
  return false;
}

/* Keeps what was found in the words of IN, and notes which contents to read next. */
static void keep(learned *l, const hs_finding_list *found, const inner *in) {
  hs_search *s = l->s;
  hs_attribution *all = hs_arena_alloc(s->arena, (found->count + 1) * sizeof *all);
  size_t count = 0;
  for (size_t i = 0; i < found->count; i++) {
    const hs_finding *f = &found->items[i];
    if (!is_sure(s->words, f) || (in->depth > 0 && !stands_alone(s, f))) continue;
    if (!is_relayed(l, f)) all[count++] = attribution_of(l, f);
  }
  for (size_t i = 0; i < count; i++) {
    hs_attribution *a = &all[i];
    if (i + 1 < count && borrows(s->words, a, &all[i + 1])) /* that content is read by itself */
      memmove(&all[i + 1], &all[i + 2], (--count - i - 1) * sizeof *all);
    if (i + 1 < count) hs_edges_coordinate(s, a, &all[i + 1]);
    hs_edges_join_paragraphs(s, a);
    for (size_t k = 0; k < a->contents.count && in->depth < DEEPEST; k++)
      if (may_report(s->words, a->contents.items[k]))
        hs_push(s->arena, l->inner, ((inner){a->contents.items[k], in->depth + 1}));
    hs_search_keep(s, a);
  }
}

/* The finder marks one layer, as the corpus does that it learned from; what is said inside a content it finds by
 * reading that content as if it stood alone. */
void hs_search_learned(hs_search *s, const hs_doc *doc, const hs_finder *finder) {
  learned l = {.s = s, .relayed = s->found.count};
  hs_push(s->arena, l.inner, ((inner){{0, (uint32_t)doc->analysis.token_count}, 0}));
  for (size_t k = 0; k < l.inner.count && s->found.count <= HS_LIMIT_QUOTATIONS; k++) {
    inner in = l.inner.items[k];
    if (in.depth && hs_words_is(s->words, in.range.first, HS_COMPLEMENTIZER)) in.range.first++;
    hs_finding_list found = {0};
    hs_find(finder, &doc->analysis, in.range.first, in.range.end, doc->article.text, &found, s->arena);
    keep(&l, &found, &in);
    for (size_t i = l.relayed; in.depth == 0 && i < s->found.count; i++) hs_search_continue(s, &s->found.items[i]);
  }
}
