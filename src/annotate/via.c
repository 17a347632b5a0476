#include "annotate/via.h"

#include "annotate/attribution.h"
#include "annotate/phrase.h"

enum { LONGEST_CHAIN = 6, DOCUMENT_REACH = 14, DOCUMENT_WORDS = 7, OPEN_REACH = 8 };

/* The links of one quotation, the outermost first: those it has from the one that holds it, then its own. */
typedef struct chain {
  hs_via links[LONGEST_CHAIN];
  unsigned count, inherited;
} chain;

typedef struct linker {
  hs_doc *doc;
  const hs_search *s;
  const hs_words *w;
  hs_cast *cast;
  int *speaker;
  size_t *open; /* attributions whose contents are not yet left, the innermost last */
  size_t depth;
} linker;

static void add_link(chain *c, hs_via link) {
  if (c->count < LONGEST_CHAIN) c->links[c->count++] = link;
}

/* A link for the noun phrase RANGE. With PRESS_ONLY it counts only if it is an agency or outlet. */
static void add_phrase(const linker *l, chain *c, hs_range range, bool press_only) {
  if (range.first >= range.end) return;
  hs_mention m = hs_mention_read(l->w, range);
  if (press_only && !m.press) return;
  int member = hs_cast_member_of(l->cast, &m);
  if (member == HS_NONE) return;
  l->cast->members.items[member].shown = true;
  add_link(c, (hs_via){hs_words_span(l->w, range), member, hs_mention_kind(&m)});
}

/* The document behind the preposition at I: "in a statement", "on its Telegram channel"; empty if there is none. */
static hs_range document_at(const hs_words *w, uint32_t i, uint32_t end) {
  uint32_t limit = i + DOCUMENT_WORDS < end ? i + DOCUMENT_WORDS : end, size;
  for (uint32_t k = i + 1; k < limit && !w->items[k].mark; k += size) {
    const hs_entry *e = hs_words_phrase(w, k, end, &size);
    if (e->institution == HS_INSTITUTION_DOCUMENT) {
      uint32_t last = k + size;
      while (last < end && hs_words_phrase(w, last, end, &size)->institution == HS_INSTITUTION_DOCUMENT) last += size;
      return (hs_range){i + 1, last};
    }
    if (size == 1 && hs_words_is(w, k, HS_PREPOSITION)) break;
  }
  return (hs_range){0, 0};
}

static hs_range find_document(const linker *l, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i + 1 < end; i++) {
    if (l->s->marks->at[i] || (i > first && hs_phrase_is_verb(l->w, i))) break;
    if (!hs_words_is(l->w, i, HS_PREPOSITION) || hs_words_is(l->w, i, HS_AGENT | HS_COMPARISON)) continue;
    hs_range range = document_at(l->w, i, end);
    if (range.first < range.end) return range;
  }
  return (hs_range){0, 0};
}

/* Behind the cue, or between source and cue, outside of what is said. */
static void add_document(const linker *l, chain *c, const hs_attribution *a) {
  uint32_t high = hs_sentence_high(l->w, l->w->sentence_of[a->verb]);
  uint32_t first = a->source.first > a->verb ? a->source.end : a->cue.end;
  uint32_t end = first + DOCUMENT_REACH < high ? first + DOCUMENT_REACH : high;
  for (size_t k = 0; k < a->contents.count; k++)
    if (a->contents.items[k].first >= first && a->contents.items[k].first < end) end = a->contents.items[k].first;
  hs_range range = find_document(l, first, end);
  if (range.first >= range.end && a->source.end < a->cue.first) range = find_document(l, a->source.end, a->cue.first);
  uint32_t low = l->w->sentences[l->w->sentence_of[a->verb]].first;
  bool opens = range.first >= range.end && a->source.first > low && hs_words_is(l->w, low, HS_PREPOSITION);
  if (opens && a->contents.items[0].first > low) range = find_document(l, low, a->source.first);
  if (range.first < range.end) add_link(c, (hs_via){hs_words_span(l->w, range), HS_NONE, "document"});
}

/* Do source, cue and what is said of INNER all stand in what OUTER says? */
static bool holds(const hs_attribution *outer, const hs_attribution *inner) {
  hs_range content = inner->contents.items[0];
  for (size_t k = 0; k < outer->contents.count; k++) {
    hs_range range = outer->contents.items[k];
    bool source = inner->source.first >= inner->source.end ||
                  (range.first <= inner->source.first && inner->source.end <= range.end);
    if (source && range.first <= inner->cue.first && inner->cue.end <= range.end && range.first <= content.first &&
        content.end <= range.end)
      return true;
  }
  return false;
}

/* The innermost attribution still open that holds attribution I; the attributions come in the order of contents. */
static const hs_attribution *holder_of(linker *l, size_t i) {
  const hs_attribution *all = l->s->found.items, *a = &all[i];
  while (l->depth) {
    const hs_attribution *last = &all[l->open[l->depth - 1]];
    if (last->contents.items[last->contents.count - 1].end > a->contents.items[0].first) break;
    l->depth--;
  }
  for (size_t k = l->depth; k > 0 && k + OPEN_REACH > l->depth; k--)
    if (holds(&all[l->open[k - 1]], a)) return &all[l->open[k - 1]];
  return NULL;
}

static hs_via link_of(const linker *l, const hs_attribution *a, int member) {
  const hs_cast_member *m = &l->cast->members.items[member];
  hs_mention like = {.type = m->type, .press = m->press, .role = m->role};
  return (hs_via){hs_words_span(l->w, a->source), member, hs_mention_kind(&like)};
}

/* Who says OUTER passes on what INNER's speaker says. */
static void inherit(const linker *l, chain *c, const chain *outer, size_t outer_index, size_t inner_index) {
  int member = l->speaker[outer_index];
  if (member == HS_NONE || member == l->speaker[inner_index]) return;
  for (unsigned k = 0; k < outer->inherited; k++) add_link(c, outer->links[k]);
  add_link(c, link_of(l, &l->s->found.items[outer_index], member));
  for (unsigned k = outer->inherited; k < outer->count; k++) add_link(c, outer->links[k]);
}

/* "Reuters reported, citing an official": what Reuters reported is the official's word. */
static void take_citing(const linker *l, chain *chains) {
  const hs_attribution *all = l->s->found.items;
  for (size_t i = 0; i < l->s->found.count; i++) {
    const hs_attribution *a = &all[i];
    if (!(l->w->items[a->verb].entry->complements & HS_COMPLEMENT_SOURCE) || l->speaker[i] == HS_NONE) continue;
    if (!l->cast->members.items[l->speaker[i]].press) continue;
    for (size_t k = i < 3 ? 0 : i - 3; k < l->s->found.count && k < i + 4; k++) {
      bool same = k != i && all[k].source.first == a->source.first && all[k].source.end == a->source.end &&
                  l->w->sentence_of[all[k].verb] == l->w->sentence_of[a->verb];
      if (!same || chains[k].count == LONGEST_CHAIN) continue;
      hs_mention m = hs_mention_read(l->w, a->contents.items[0]);
      int cited = hs_cast_member_of(l->cast, &m);
      if (cited == HS_NONE) continue;
      l->cast->members.items[cited].shown = true;
      add_link(&chains[k], link_of(l, a, l->speaker[i]));
      l->speaker[k] = cited;
    }
  }
}

void hs_vias_find(hs_doc *doc, hs_cast *cast, int *speaker) {
  const hs_search *s = doc->search;
  size_t count = s->found.count;
  linker l = {.doc = doc, .s = s, .w = s->words, .cast = cast, .speaker = speaker};
  l.open = hs_arena_alloc(doc->arena, count * sizeof *l.open);
  chain *chains = hs_arena_alloc(doc->arena, count * sizeof *chains);
  take_citing(&l, chains);
  for (size_t i = 0; i < count; i++) {
    const hs_attribution *a = &s->found.items[i], *outer = holder_of(&l, i);
    chain *c = &chains[i], cited = *c;
    *c = (chain){0};
    if (outer) inherit(&l, c, &chains[outer - s->found.items], (size_t)(outer - s->found.items), i);
    for (unsigned k = 0; k < cited.count; k++) add_link(c, cited.links[k]);
    c->inherited = c->count;
    add_phrase(&l, c, a->agent, false);
    add_phrase(&l, c, a->hearer, true);
    add_document(&l, c, a);
    l.open[l.depth++] = i;
    if (!c->count) continue;
    hs_via *links = hs_arena_alloc(doc->arena, c->count * sizeof *links);
    memcpy(links, c->links, c->count * sizeof *links);
    doc->quotations[i].via = links;
    doc->quotations[i].via_count = c->count;
  }
}

void hs_vias_number(hs_quotation *quotation, const hs_cast *cast) {
  hs_via *links = (hs_via *)quotation->via;
  for (size_t k = 0; k < quotation->via_count; k++)
    if (links[k].actor != HS_NONE) links[k].actor = cast->members.items[links[k].actor].index;
}
