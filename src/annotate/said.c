#include "annotate/said.h"

#include "annotate/branch.h"
#include "annotate/chain.h"

enum { CARRIER_REACH = 12, BACK_REACH = 4 };

/* Does TIME tell a point in time past: no length, no repetition, no "now", nor one of which all is open? */
static bool is_point(const hs_time *time) {
  bool point = hs_str_is(hs_str_of(time->type), "DATE") || hs_str_is(hs_str_of(time->type), "TIME");
  hs_str value = hs_str_of(time->when.value);
  bool past = !hs_str_starts(value, "P") || hs_str_starts(value, "PAST");
  return point && past && !hs_str_starts(value, "FUTURE") && strspn(value.data, "XW-") < value.size;
}

/* The first time of DOC that begins at byte START or later. */
static size_t first_time(const hs_doc *doc, uint32_t start) {
  size_t low = 0, high = doc->time_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (doc->times[middle].span.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* The token of RANGE that begins at byte START. */
static uint32_t token_at(const hs_words *w, hs_range range, uint32_t start) {
  uint32_t low = range.first, high = range.end;
  while (low + 1 < high) {
    uint32_t middle = low + (high - low) / 2;
    if (w->tokens[middle].span.start <= start) low = middle;
    else high = middle;
  }
  return low;
}

static uint32_t distance(hs_range cue, uint32_t token) {
  return token < cue.first ? cue.first - token : token >= cue.end ? token - cue.end + 1 : 0;
}

/* "a statement made by Orlo in September, in which he said": does TOKEN tell something of what carries the words? */
static bool goes_with_carrier(const hs_frames *f, const hs_chain *chain, uint32_t token) {
  const hs_words *w = f->words;
  for (unsigned k = 0; k < chain->count && w->parsed; k++) {
    hs_range thing = chain->relays[k].range;
    bool behind = !chain->relays[k].somebody && token >= thing.end && token < thing.end + CARRIER_REACH;
    if (behind && hs_branch_holds(w, hs_branch_head(w, thing), token)) return true;
  }
  return false;
}

/* "announced new money on Monday, including some for boats": does TOKEN stand in what is announced, a thing and no
 * clause, and hang on the cue all the same? */
static bool hangs_on_cue(const hs_frames *f, const hs_attribution *a, uint32_t token) {
  const hs_words *w = f->words;
  hs_range said = a->contents.items[0];
  uint32_t up = hs_branch_up(w, token), head = hs_branch_head(w, said);
  bool thing = head < said.end && hs_branch_is(w, head, "obj") && hs_range_holds(said, token);
  return thing && up != HS_NO_TOKEN && hs_range_holds(a->cue, up) && !f->search->marks->at[token];
}

/* Does TOKEN tell when attribution INDEX was made, not something of its source, of what is said or of another deed? */
static bool tells_when(const hs_doc *doc, const hs_frames *f, size_t index, uint32_t token) {
  const hs_attribution *a = &f->search->found.items[index];
  if (hs_range_holds(a->source, token) || hs_words_name(f->words, token)) return false; /* "on Vesta Today" */
  if (token > 0 && hs_words_is(f->words, token - 1, HS_CIRCUMSTANCE)) return false;     /* "before Thursday" */
  if (hangs_on_cue(f, a, token)) return true;
  for (size_t k = 0; k < a->contents.count; k++)
    if (hs_range_holds(a->contents.items[k], token)) return false;
  if (goes_with_carrier(f, &doc->chains[index], token)) return true;
  return hs_frame_holds(f, index, token) && !hs_frame_hangs_elsewhere(f, index, token);
}

hs_when hs_said_when(const hs_doc *doc, const hs_frames *f, size_t index) {
  const hs_words *w = f->words;
  const hs_attribution *a = &f->search->found.items[index];
  hs_range range = hs_frame_range(f, index);
  hs_span bytes = hs_words_span(w, range);
  const hs_time *best = NULL;
  uint32_t nearest = UINT32_MAX;
  for (size_t k = first_time(doc, bytes.start); k < doc->time_count && doc->times[k].span.start < bytes.end; k++) {
    uint32_t token = token_at(w, range, doc->times[k].span.start);
    if (!is_point(&doc->times[k]) || distance(a->cue, token) >= nearest || !tells_when(doc, f, index, token)) continue;
    best = &doc->times[k];
    nearest = distance(a->cue, token);
  }
  return best ? best->when : (hs_when){0};
}

/* "she said at the time": do the words right behind the cue of attribution INDEX, or its source, lead back to what was
 * told before? */
static bool leads_back(const hs_frames *f, size_t index) {
  const hs_words *w = f->words;
  const hs_attribution *a = &f->search->found.items[index];
  hs_range range = hs_frame_range(f, index);
  for (uint32_t i = a->cue.end; !hs_range_empty(a->cue) && i < range.end; i++) {
    uint32_t size;
    bool back = hs_words_phrase(w, i, range.end, &size)->links & HS_LINK_THEN && hs_frame_holds(f, index, i);
    bool ends = back && (i + size >= w->count || w->items[i + size].mark);
    if (ends || (back && hs_words_is(w, i + size, HS_COMPLEMENTIZER))) return true; /* no "then said" */
  }
  return false;
}

void hs_said_then(hs_doc *doc) {
  for (size_t i = 1; i < doc->quotation_count; i++) {
    hs_quotation *q = &doc->quotations[i];
    if (q->said.value || q->speaker == HS_NONE || !leads_back(doc->frames, i)) continue;
    for (size_t k = i; k > 0 && k + BACK_REACH > i && !q->said.value; k--)
      if (doc->quotations[k - 1].speaker == q->speaker) q->said = doc->quotations[k - 1].said;
  }
}
