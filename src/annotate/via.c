#include "annotate/via.h"

#include "annotate/attribution.h"
#include "annotate/phrase.h"

enum { LONGEST_CHAIN = 6, DOCUMENT_REACH = 12 };

typedef struct chain {
  hs_via links[LONGEST_CHAIN];
  size_t count;
} chain;

/* An attribution that is still open while those within its content are looked at. */
typedef struct open_one {
  uint32_t end;
  size_t index;
} open_one;

static void add_link(chain *c, const hs_words *w, hs_range range, int actor, const char *kind) {
  if (c->count == LONGEST_CHAIN || range.first >= range.end) return;
  c->links[c->count++] = (hs_via){.span = hs_words_span(w, range), .actor = actor, .kind = kind};
}

static const char *member_kind(const hs_cast_member *m) {
  hs_mention like = {.type = m->type, .press = m->press, .role = m->role};
  return hs_mention_kind(&like);
}

/* A link for the noun phrase RANGE. With PRESS_ONLY it counts only if it is an agency or outlet. */
static void add_phrase(chain *c, hs_cast *cast, hs_range range, bool press_only) {
  if (range.first >= range.end) return;
  hs_mention m = hs_mention_read(cast->words, range);
  if (press_only && !m.press) return;
  int member = hs_cast_member_of(cast, &m);
  if (member == HS_NONE) return;
  cast->members.items[member].shown = true;
  add_link(c, cast->words, range, member, hs_mention_kind(&m));
}

/* "in a statement", "on its Telegram channel": behind the cue, or between source and cue. */
static hs_range find_document(const hs_words *w, const hs_marks *marks, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i + 1 < end; i++) {
    if (marks->at[i] || (i > first && hs_phrase_is_verb(w, i))) break;
    if (!hs_words_is(w, i, HS_PREPOSITION)) continue;
    uint32_t limit = i + 6 < end ? i + 6 : end;
    for (uint32_t k = i + 1; k < limit && !w->items[k].mark; k++) {
      uint32_t size;
      const hs_entry *e = hs_words_phrase(w, k, end, &size);
      if (hs_words_is(w, k, HS_PREPOSITION)) break;
      if (e->institution == HS_INSTITUTION_DOCUMENT) {
        uint32_t last = k + size;
        while (last < end && hs_words_phrase(w, last, end, &size)->institution == HS_INSTITUTION_DOCUMENT) last += size;
        return (hs_range){i + 1, last};
      }
    }
  }
  return (hs_range){0, 0};
}

static void add_document(chain *c, const hs_search *s, const hs_attribution *a) {
  const hs_words *w = s->words;
  uint32_t high = hs_sentence_high(w, w->sentence_of[a->verb]);
  uint32_t first = a->source.first > a->verb ? a->source.end : a->cue.end;
  uint32_t end = first + DOCUMENT_REACH < high ? first + DOCUMENT_REACH : high;
  for (size_t k = 0; k < a->contents.count; k++)
    if (a->contents.items[k].first >= first && a->contents.items[k].first < end) end = a->contents.items[k].first;
  hs_range range = find_document(w, s->marks, first, end);
  if (range.first >= range.end && a->source.end < a->cue.first)
    range = find_document(w, s->marks, a->source.end, a->cue.first);
  add_link(c, w, range, HS_NONE, "document");
}

static bool holds(const hs_attribution *outer, const hs_attribution *inner) {
  for (size_t k = 0; k < outer->contents.count; k++) {
    hs_range range = outer->contents.items[k];
    hs_range content = inner->contents.items[0];
    bool source = inner->source.first >= inner->source.end ||
                  (range.first <= inner->source.first && inner->source.end <= range.end);
    if (source && range.first <= inner->cue.first && inner->cue.end <= range.end && range.first <= content.first &&
        content.end <= range.end)
      return true;
  }
  return false;
}

/* "Reuters reported, citing an official": the attribution that cites stands right behind and has the same source. */
static const hs_attribution *citing(const hs_search *s, size_t index) {
  const hs_attribution *a = &s->found.items[index];
  (void)a;
  return NULL;
}

void hs_vias_find(hs_doc *doc, hs_cast *cast, int *speaker) {
  const hs_search *s = doc->search;
  size_t count = s->found.count;
  size_t *open = hs_arena_alloc(doc->arena, (count + 1) * sizeof *open), depth = 0;
  for (size_t i = 0; i < count; i++) {
    const hs_attribution *a = &s->found.items[i];
    (void)citing;
    chain c = {0};
    (void)open;
    (void)depth;
    (void)speaker;
    add_phrase(&c, cast, a->agent, false);
    add_phrase(&c, cast, a->hearer, true);
    add_document(&c, s, a);
    hs_quotation *q = &doc->quotations[i];
    q->via_count = c.count;
    if (!c.count) continue;
    hs_via *links = hs_arena_alloc(doc->arena, c.count * sizeof *links);
    memcpy(links, c.links, c.count * sizeof *links);
    q->via = links;
  }
  (void)holds;
  (void)member_kind;
}

void hs_vias_number(hs_quotation *quotation, const hs_cast *cast) {
  hs_via *links = (hs_via *)quotation->via;
  for (size_t k = 0; k < quotation->via_count; k++)
    if (links[k].actor != HS_NONE) links[k].actor = cast->members.items[links[k].actor].index;
}
