#include "annotate/frame.h"

#include "annotate/branch.h"
#include "annotate/phrase.h"

enum { FRAME_REACH = 40, PHRASE_CLIMB = 12, LEAD_REACH = 12 };

static int *find_cues(const hs_search *s, hs_arena *arena) {
  int *cue = hs_arena_alloc(arena, (s->words->count + 1) * sizeof *cue);
  for (uint32_t i = 0; i < s->words->count; i++) cue[i] = HS_NONE;
  for (size_t k = 0; k < s->found.count; k++)
    for (uint32_t i = s->found.items[k].cue.first; i < s->found.items[k].cue.end; i++) cue[i] = (int)k;
  return cue;
}

enum { UNKNOWN = -2 };

/* The first cue on the way from token I up its tree; tokens on the way learn it, too. */
static void climb(const hs_words *w, int *owner, uint32_t i) {
  uint32_t top = i;
  while (owner[top] == UNKNOWN && w->tokens[top].head != HS_NONE) top = (uint32_t)w->tokens[top].head;
  int found = owner[top] == UNKNOWN ? HS_NONE : owner[top];
  for (uint32_t at = i; owner[at] == UNKNOWN; at = (uint32_t)w->tokens[at].head) {
    owner[at] = found;
    if (w->tokens[at].head == HS_NONE) break;
  }
}

/* Tokens of SENTENCE that belong to no cue yet belong to the nearest one. */
static void give_nearest(const hs_sentence *sentence, const int *cue, int *owner) {
  uint32_t last = 0;
  int left = HS_NONE;
  for (uint32_t i = sentence->first; i < sentence->end; i++) {
    if (cue[i] != HS_NONE) last = i, left = cue[i];
    if (owner[i] != HS_NONE || left == HS_NONE) continue;
    uint32_t next = i;
    while (next < sentence->end && next - i < i - last && next - i < FRAME_REACH && cue[next] == HS_NONE) next++;
    bool nearer = next < sentence->end && next - i < i - last && cue[next] != HS_NONE;
    owner[i] = nearer ? cue[next] : left;
  }
  int right = HS_NONE;
  for (uint32_t i = sentence->end; i-- > sentence->first;) {
    if (cue[i] != HS_NONE) right = cue[i];
    if (owner[i] == HS_NONE) owner[i] = right;
  }
}

static int *find_owners(const hs_words *w, const int *cue, hs_arena *arena) {
  int *owner = hs_arena_alloc(arena, (w->count + 1) * sizeof *owner);
  for (uint32_t i = 0; i < w->count; i++) owner[i] = cue[i] != HS_NONE ? cue[i] : w->parsed ? UNKNOWN : HS_NONE;
  for (uint32_t i = 0; i < w->count && w->parsed; i++)
    if (owner[i] == UNKNOWN) climb(w, owner, i);
  return owner;
}

hs_frames hs_frames_of(const hs_search *s, hs_arena *arena) {
  hs_frames frames = {.search = s, .words = s->words};
  frames.cue = find_cues(s, arena);
  frames.owner = find_owners(s->words, frames.cue, arena);
  int *near = hs_arena_alloc(arena, (s->words->count + 1) * sizeof *near);
  memcpy(near, frames.owner, s->words->count * sizeof *near);
  for (uint32_t i = 0; i < s->words->sentence_count; i++) give_nearest(&s->words->sentences[i], frames.cue, near);
  frames.near = near;
  return frames;
}

/* The token that stands for the cue's place; a cue may be empty. */
static uint32_t place_of(const hs_attribution *a) { return a->cue.first < a->cue.end ? a->cue.first : a->verb; }

hs_range hs_frame_range(const hs_frames *f, size_t index) {
  const hs_attribution *a = &f->search->found.items[index];
  const hs_sentence *sentence = &f->words->sentences[f->words->sentence_of[place_of(a)]];
  uint32_t first = place_of(a), end = a->cue.end > first ? a->cue.end : first + 1;
  bool beside = !hs_range_empty(a->source) && a->source.first >= sentence->first && a->source.end <= sentence->end;
  if (beside && a->source.first < first) first = a->source.first;
  if (beside && a->source.end > end) end = a->source.end;
  uint32_t low = hs_words_opening(f->words, f->words->sentence_of[place_of(a)]);
  if (low > first) low = sentence->first;
  first = first > low + FRAME_REACH ? first - FRAME_REACH : low;
  end = end + FRAME_REACH < sentence->end ? end + FRAME_REACH : sentence->end;
  return (hs_range){first, end};
}

/* "said in a statement that it was over": where a content that begins with what belongs to the cue begins with "that".
 */
static uint32_t said_from(const hs_words *w, const hs_attribution *a, hs_range content) {
  if (content.first != a->cue.end || hs_words_is(w, content.first, HS_COMPLEMENTIZER)) return content.first;
  for (uint32_t i = content.first; i < content.end && i < content.first + LEAD_REACH; i++) {
    if (hs_words_is(w, i, HS_COMPLEMENTIZER)) return i;
    bool lead = hs_words_is(w, i, HS_PREPOSITION | HS_DETERMINER | HS_POSSESSIVE) || !hs_phrase_is_verb(w, i);
    if (!lead || w->items[i].mark) break;
  }
  return content.first;
}

static bool is_said(const hs_words *w, const hs_attribution *a, uint32_t token) {
  for (size_t k = 0; k < a->contents.count; k++)
    if (hs_range_holds(a->contents.items[k], token)) return token >= said_from(w, a, a->contents.items[k]);
  return false;
}

/* "Orlo went further, saying": is VERB what somebody does by saying it? */
static bool is_done_by(const hs_words *w, const hs_attribution *a, uint32_t verb) {
  return hs_words_has(w, a->verb, HS_SHAPE_ING) && hs_branch_up(w, a->verb) == verb &&
         hs_branch_is(w, a->verb, "advcl");
}

/* "Speaking on Monday, Orlo said", "Orlo said, when she left on Monday": is VERB that of a clause beside A's cue, or of
 * speaking beside its source? */
static bool is_beside(const hs_words *w, const hs_attribution *a, uint32_t verb) {
  uint32_t up = hs_branch_up(w, verb);
  if (up == HS_NO_TOKEN) return false;
  bool speaking = hs_words_has(w, verb, HS_SHAPE_ING) && hs_words_entry(w, verb)->force;
  if (hs_branch_is(w, verb, "acl")) return speaking && hs_range_holds(a->source, up);
  return hs_branch_is(w, verb, "advcl") && hs_range_holds(a->cue, up);
}

bool hs_frame_hangs_elsewhere(const hs_frames *f, size_t index, uint32_t token) {
  const hs_words *w = f->words;
  const hs_attribution *a = &f->search->found.items[index];
  uint32_t up = hs_branch_up(w, token);
  for (int k = 0; k < PHRASE_CLIMB && up != HS_NO_TOKEN; k++, up = hs_branch_up(w, up)) {
    if (hs_range_holds(a->cue, up)) return false;
    if (hs_words_class(w, up, "VERB"))
      return !is_said(w, a, up) && !hs_range_holds(a->source, up) && !is_done_by(w, a, up) && !is_beside(w, a, up);
  }
  return false;
}

bool hs_frame_holds(const hs_frames *f, size_t index, uint32_t token) {
  const hs_attribution *a = &f->search->found.items[index];
  if (f->cue[token] != HS_NONE && f->cue[token] != (int)index) return false;
  uint32_t marks = f->search->marks->at[token];
  if (marks && marks != f->search->marks->at[place_of(a)]) return false;
  if (is_said(f->words, a, token)) return false;
  if (f->owner[token] == (int)index || hs_range_holds(a->source, token)) return true;
  return f->near[token] == (int)index && !hs_frame_hangs_elsewhere(f, index, token);
}

/* The head of the noun phrase that begins at AT: up from token to token as long as the head stands on the right and is
 * no verb. */
static uint32_t head_of(const hs_words *w, uint32_t at, uint32_t high) {
  uint32_t head = at;
  for (int k = 0; k < PHRASE_CLIMB; k++) {
    uint32_t above = hs_branch_up(w, head);
    if (above == HS_NO_TOKEN || above <= head || above >= high) break;
    if (hs_words_class(w, above, "VERB") || hs_words_class(w, above, "AUX")) break;
    head = above;
  }
  return head;
}

/* Does a short phrase end before token I? */
static bool cuts(const hs_words *w, uint32_t i) {
  if (w->items[i].mark) return w->items[i].mark != '-' && !hs_words_has(w, i, HS_TOKEN_CLITIC);
  if (hs_words_has(w, i, HS_TOKEN_CAPITAL)) return false;
  return hs_words_is(w, i, HS_PREPOSITION | HS_RELATIVE | HS_SUBORDINATOR | HS_INFINITIVE) &&
         !hs_words_is(w, i, HS_BINDING);
}

hs_range hs_frame_phrase(const hs_words *w, uint32_t at, uint32_t high, bool whole) {
  if (at >= high || !hs_phrase_begins(w, at)) return (hs_range){at, at};
  if (!w->parsed) return hs_phrase_behind(w, at, high);
  uint32_t head = head_of(w, at, high), end = hs_branch_around(w, head).end;
  if (end > high) end = high;
  for (uint32_t i = head + 1; i < end; i++) {
    bool stops = whole ? w->items[i].mark == ',' || w->items[i].mark == ';' || w->items[i].mark == ':' : cuts(w, i);
    if (stops) end = i;
  }
  while (end > at + 1 && w->items[end - 1].mark) end--;
  return (hs_range){at, end};
}

uint32_t hs_frame_verb(const hs_words *w, uint32_t noun) {
  uint32_t verb = hs_branch_up(w, noun);
  bool framed = verb != HS_NO_TOKEN && verb < noun && hs_words_class(w, noun, "NOUN") && hs_branch_is(w, noun, "obl");
  unsigned tells = HS_COMPLEMENT_THAT | HS_COMPLEMENT_HEARER_THAT;
  return framed && hs_words_entry(w, verb)->complements & tells ? verb : HS_NO_TOKEN;
}
