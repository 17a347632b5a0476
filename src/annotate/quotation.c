/* Quotations: sentence by sentence the attributions of its cues, then as hs_quotation in the document. */
#include "annotate/annotate.h"
#include "annotate/aside.h"
#include "annotate/attribution.h"
#include "annotate/chain.h"
#include "annotate/doubt.h"
#include "annotate/mention.h"
#include "annotate/noun.h"
#include "annotate/passive.h"
#include "annotate/said.h"
#include "annotate/stance.h"
#include "base/limits.h"

#include <stdlib.h>

bool hs_search_keep(hs_search *s, hs_attribution *a) {
  if (s->found.count > HS_LIMIT_QUOTATIONS || a->contents.count == 0) return false;
  if (a->cue_sure <= 0) a->cue_sure = a->source_sure = a->content_sure = a->confidence;
  hs_push(s->arena, s->found, *a);
  for (size_t k = 0; k < a->contents.count; k++) {
    uint32_t at = s->marks->at[a->contents.items[k].first];
    bool within = at && a->cue.first < a->cue.end && s->marks->at[a->cue.first] == at; /* “I have called him” */
    if (at && !within) s->claimed[at - 1] = true;
  }
  for (uint32_t i = a->cue.first; i < a->cue.end; i++) s->cue_at[i] = (uint32_t)s->found.count;
  return true;
}

static int by_start(const void *a_, const void *b_) {
  const hs_range *a = a_, *b = b_;
  return (a->first > b->first) - (a->first < b->first);
}

static bool is_inside(const hs_marks *marks, hs_range range) {
  uint32_t at = marks->at[range.first];
  return at && marks->items[at - 1].range.end >= range.end;
}

/* Does a quotation mark open at token I: one of the other kind, within a stretch in marks? */
static bool opens_mark(const hs_words *w, uint32_t i) {
  return hs_words_has(w, i, HS_TOKEN_QUOTE) && hs_words_has(w, i, HS_TOKEN_OPENS);
}

static bool is_marked(const hs_words *w, hs_range range) {
  return opens_mark(w, range.first) && hs_words_has(w, range.end - 1, HS_TOKEN_QUOTE);
}

/* "Orlo: The dam is safe.": is the cue the colon behind what opens a paragraph? */
static bool is_label(const hs_words *w, const hs_attribution *a) {
  uint32_t first = hs_words_paragraph(w, a->cue.first)->range.first;
  return a->cue.end == a->cue.first + 1 && w->items[a->cue.first].mark == ':' &&
         a->source.first == first + hs_words_has(w, first, HS_TOKEN_QUOTE);
}

/* Do the words of A at token I stand in a block of their own: a quotation, or what "Orlo wrote:" leads in? */
static bool is_block(const hs_words *w, const hs_attribution *a, uint32_t i) {
  const hs_paragraph *paragraph = hs_words_paragraph(w, i);
  if (i == 0 || i != paragraph->range.first || hs_range_empty(a->cue)) return false;
  bool apart = a->cue.first < paragraph->range.first || w->items[a->cue.first].mark == '-';
  return apart && (paragraph->kind == HS_BLOCK_QUOTE || w->items[i - 1].mark == ':');
}

/* Marks count that open in what is said: those in which the whole statement stands are another's. */
static hs_quotation_type type_of(const hs_search *s, const hs_attribution *a) {
  uint32_t around = a->cue.first < a->cue.end ? s->marks->at[a->cue.first] : 0;
  bool marks = false, plain = false;
  if (s->transcript && is_label(s->words, a)) return HS_QUOTATION_DIRECT;
  for (size_t k = 0; k < a->contents.count; k++) {
    hs_range range = a->contents.items[k];
    bool inside = around && s->marks->at[range.first] == around;
    if (is_block(s->words, a, range.first)) {
      marks = true;
      continue;
    }
    if (inside) plain = plain || !is_marked(s->words, range);
    else if (!is_inside(s->marks, range)) plain = true;
    for (uint32_t i = range.first; i < range.end && !marks; i++)
      marks = s->marks->at[i] != (inside ? around : 0) || (inside && opens_mark(s->words, i));
  }
  return !marks ? HS_QUOTATION_INDIRECT : plain ? HS_QUOTATION_MIXED : HS_QUOTATION_DIRECT;
}

static hs_quotation make(const hs_doc *doc, const hs_frames *frames, size_t index) {
  const hs_search *s = frames->search;
  const hs_attribution *a = &s->found.items[index];
  const hs_words *w = s->words;
  hs_arena *arena = doc->arena;
  hs_span *contents = hs_arena_alloc(arena, a->contents.count * sizeof *contents);
  for (size_t k = 0; k < a->contents.count; k++) contents[k] = hs_words_span(w, a->contents.items[k]);
  hs_stance stance = hs_stance_read(w, a);
  hs_quotation q = {.type = type_of(s, a),
                    .cue = hs_words_span(w, a->cue),
                    .contents = contents,
                    .content_count = a->contents.count,
                    .speaker = HS_NONE,
                    .speaks_for = HS_NONE,
                    .force = stance.force,
                    .polarity = stance.polarity,
                    .inside = HS_NONE,
                    .said = hs_said_when(doc, frames, index),
                    .confidence = a->confidence,
                    .cue_confidence = a->cue_sure,
                    .source_confidence = a->source_sure,
                    .content_confidence = a->content_sure};
  if (a->source.first < a->source.end) {
    hs_span *source = hs_arena_alloc(arena, sizeof *source);
    *source = hs_words_span(w, a->source);
    q.sources = source;
    q.source_count = 1;
  }
  return q;
}

static int by_content(const void *a_, const void *b_) {
  const hs_attribution *a = a_, *b = b_;
  hs_range x = a->contents.items[0], y = b->contents.items[0];
  int order = by_start(&x, &y);
  if (!order) order = (x.end < y.end) - (x.end > y.end); /* what holds another comes first */
  return order ? order : by_start(&a->cue, &b->cue);
}

static uint32_t distance(const hs_attribution *a) {
  hs_range content = a->contents.items[0];
  return a->verb < content.first ? content.first - a->verb : a->verb > content.end ? a->verb - content.end : 0;
}

/* "an official, speaking anonymously, described": do A and B say the same words of the same source? */
static bool is_twin(const hs_attribution *a, const hs_attribution *b) {
  bool same = a->contents.count == b->contents.count && !hs_range_empty(a->source) &&
              a->source.first == b->source.first && a->source.end == b->source.end;
  for (size_t k = 0; same && k < a->contents.count; k++)
    same = a->contents.items[k].first == b->contents.items[k].first &&
           a->contents.items[k].end == b->contents.items[k].end;
  return same;
}

/* Sentences in marks have one speaker: of two attributions of the same ones, side by side in FOUND, the nearer cue's
 * stays.
 */
static void drop_doubles(hs_search *s) {
  size_t kept = 0;
  for (size_t i = 0; i < s->found.count; i++) {
    hs_attribution *a = &s->found.items[i], *last = kept ? &s->found.items[kept - 1] : NULL;
    hs_range x = a->contents.items[0], y = last ? last->contents.items[0] : (hs_range){0, 0};
    bool same = x.first == y.first && x.end == y.end && is_inside(s->marks, x) &&
                !s->marks->items[s->marks->at[x.first] - 1].fragment;
    if (last && is_twin(a, last)) {
      if (a->confidence > last->confidence) *last = *a;
    } else if (!same) s->found.items[kept++] = *a;
    else if (distance(a) < distance(last)) *last = *a;
  }
  s->found.count = kept;
}

/* Leaves out the last one, which is over the limit, and says so. */
static void cut(hs_doc *doc, hs_search *s) {
  const char *before = doc->article.status;
  s->found.count = HS_LIMIT_QUOTATIONS;
  doc->article.status = hs_arena_printf(doc->arena, "%s%spage over %d quotations: the rest was left out",
                                        before ? before : "", before ? "; " : "", HS_LIMIT_QUOTATIONS);
}

/* "the reports emerged on Sunday, citing officials": is it a word of citing and somebody, who are no statement? */
static bool cites_somebody(const hs_search *s, const hs_attribution *a) {
  const hs_words *w = s->words;
  if (hs_range_empty(a->cue) || a->contents.count > 1) return false;
  const hs_entry *e = hs_words_entry(w, a->verb);
  if (!(e->complements & HS_COMPLEMENT_SOURCE) || !(e->cue_forms & HS_CUE_GERUND)) return false;
  hs_mention m = hs_mention_read(w, a->contents.items[0]);
  return !m.unknown && !m.weak && !m.pronoun && !s->marks->at[a->contents.items[0].first];
}

/* What a word of citing finds, as in "Reuters reported, citing officials", is told by the chain of the other, or is
 * none: leaves it out. True if there was any. */
static bool drop_citing(hs_search *s, const hs_chain *chains, hs_arena *arena) {
  bool *cited = hs_arena_alloc(arena, s->found.count + 1);
  for (size_t i = 0; i < s->found.count; i++) {
    if (chains[i].citing != HS_NONE) cited[chains[i].citing] = true;
    cited[i] = cited[i] || cites_somebody(s, &s->found.items[i]);
  }
  size_t kept = 0, count = s->found.count;
  for (size_t i = 0; i < count; i++)
    if (!cited[i]) s->found.items[kept++] = s->found.items[i];
  s->found.count = kept;
  return kept < count;
}

/* "reported, citing officials, that": of several contents what a word of citing begins is none. */
static void drop_citing_parts(hs_search *s, hs_attribution *a) {
  size_t kept = 0;
  for (size_t k = 0; k < a->contents.count; k++) {
    const hs_entry *e = hs_words_entry(s->words, a->contents.items[k].first);
    bool citing = e->complements & HS_COMPLEMENT_SOURCE && e->cue_forms & HS_CUE_GERUND;
    if (!citing || (k + 1 == a->contents.count && !kept)) a->contents.items[kept++] = a->contents.items[k];
  }
  a->contents.count = kept;
}

static const hs_frames *find_chains(hs_doc *doc, hs_search *s) {
  hs_frames *frames = hs_arena_alloc(doc->arena, sizeof *frames);
  *frames = hs_frames_of(s, doc->arena);
  doc->chains = hs_chains_find(frames, doc->arena);
  if (drop_citing(s, doc->chains, doc->arena)) {
    *frames = hs_frames_of(s, doc->arena);
    doc->chains = hs_chains_find(frames, doc->arena);
  }
  return doc->frames = frames;
}

static bool is_free(const bool *taken, hs_range range) {
  for (uint32_t i = range.first; i < range.end; i++)
    if (taken[i]) return false;
  return true;
}

/* Is A, found by the rules, a finite verb of saying of which the finder found no word? Behind what is said, it may hold
 * whatever others say in it: "Officials have said that it leaks, a diplomat told the Courier". */
static bool is_missed(const hs_search *s, const bool *taken, const hs_attribution *a) {
  const hs_words *w = s->words;
  bool verb = hs_words_class(w, a->verb, "VERB") && !hs_words_has(w, a->verb, HS_SHAPE_ING);
  if (!verb || hs_range_empty(a->source) || a->confidence < w->rules->thresholds[HS_LEAST_MISSED]) return false;
  bool behind = a->contents.count == 1 && a->contents.items[0].end <= a->cue.first;
  for (size_t k = 0; k < a->contents.count; k++)
    if (!behind && !is_free(taken, a->contents.items[k])) return false;
  return is_free(taken, a->cue) && is_free(taken, a->source);
}

/* What the rules are sure of, and the finder missed. */
static void add_missed(hs_search *s) {
  const hs_words *w = s->words;
  hs_search ruled = *s;
  bool *taken = hs_arena_alloc(s->arena, w->count + 1);
  memset(&ruled.found, 0, sizeof ruled.found);
  ruled.cue_at = hs_arena_alloc(s->arena, (w->count + 1) * sizeof *ruled.cue_at);
  ruled.claimed = hs_arena_alloc(s->arena, s->marks->count + 1);
  for (size_t i = 0; i < s->found.count; i++) {
    const hs_attribution *a = &s->found.items[i];
    for (uint32_t t = a->cue.first; t < a->cue.end; t++) taken[t] = true;
    for (size_t k = 0; k < a->contents.count; k++)
      for (uint32_t t = a->contents.items[k].first; t < a->contents.items[k].end; t++) taken[t] = true;
  }
  for (uint32_t i = 0; i < w->sentence_count; i++) hs_search_cues(&ruled, i, false);
  for (size_t i = 0; i < ruled.found.count; i++) {
    hs_attribution a = ruled.found.items[i];
    if (!is_missed(s, taken, &a)) continue;
    a.confidence = a.cue_sure = a.source_sure = a.content_sure = HS_SURE_OF_MISSED;
    hs_search_keep(s, &a);
  }
}

void hs_annotate_quotations(hs_doc *doc, const hs_rules *rules, const hs_finder *finder) {
  const hs_words *words = hs_words_of(doc, rules);
  hs_marks *marks = hs_arena_alloc(doc->arena, sizeof *marks);
  hs_marks_find(marks, words, doc->arena);
  hs_search *s = hs_arena_alloc(doc->arena, sizeof *s);
  *s = (hs_search){.words = words, .marks = marks, .arena = doc->arena};
  s->claimed = hs_arena_alloc(doc->arena, marks->count + 1);
  s->cue_at = hs_arena_alloc(doc->arena, (words->count + 1) * sizeof *s->cue_at);
  s->transcript = hs_search_is_transcript(s);
  for (uint32_t i = 0; i < words->sentence_count; i++) hs_search_cues(s, i, finder != NULL);
  if (finder) {
    hs_search_learned(s, doc, finder);
    add_missed(s);
    hs_search_adopt(s);
    hs_search_passives(s);
    hs_search_nouns(s);
    hs_search_asides(s);
  }
  for (uint32_t i = 0; i < words->sentence_count; i++) hs_search_verbless(s, i);
  hs_search_blocks(s);
  for (size_t i = 0; i < s->found.count; i++)
    qsort(s->found.items[i].contents.items, s->found.items[i].contents.count, sizeof(hs_range), by_start);
  for (size_t i = 0; i < s->found.count; i++) drop_citing_parts(s, &s->found.items[i]);
  hs_search_doubt(s);
  if (s->found.count) qsort(s->found.items, s->found.count, sizeof *s->found.items, by_content);
  if (s->found.count > HS_LIMIT_QUOTATIONS) cut(doc, s);
  drop_doubles(s);
  hs_search_share(s);
  const hs_frames *frames = find_chains(doc, s);
  doc->quotations = hs_arena_alloc(doc->arena, s->found.count * sizeof *doc->quotations);
  for (size_t i = 0; i < s->found.count; i++) doc->quotations[i] = make(doc, frames, i);
  doc->quotation_count = s->found.count;
  doc->search = s;
}
