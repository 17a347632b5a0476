#include "annotate/via.h"

#include "base/table.h"

enum { LONGEST_CHAIN = 8 };

/* The links of one quotation, the outermost first. */
typedef struct links {
  hs_via items[LONGEST_CHAIN];
  unsigned count;
} links;

typedef struct linker {
  const hs_search *s;
  hs_cast *cast;
  const hs_chain *chains;
  const hs_told *told;
} linker;

/* The kind of a link that the words around it tell; NULL if they tell none. */
static const char *told_kind(hs_relay_kind kind) {
  static const char *const names[] = {[HS_RELAY_MEANT] = NULL,          [HS_RELAY_OUTLET] = "outlet",
                                      [HS_RELAY_POST] = "post",         [HS_RELAY_BROADCAST] = "broadcast",
                                      [HS_RELAY_DOCUMENT] = "document", [HS_RELAY_SPOKESPERSON] = "spokesperson"};
  return names[kind];
}

/* What sectors.tsv says in COLUMN of the sector of MEMBER, else NULL. */
static const char *sector_kind(const hs_cast *cast, const hs_cast_member *member, int column) {
  hs_row row = {0};
  for (size_t at = 0; member->sector && hs_table_next(hs_table_named("sectors"), &at, &row);)
    if (hs_str_is(row.column[0], member->sector))
      return hs_arena_copy(cast->arena, row.column[column].data, row.column[column].size);
  return NULL;
}

static bool is_spokesperson(const hs_cast_member *m) {
  return m->role && (m->role->role == HS_ROLE_SPOKESPERSON || m->role->role == HS_ROLE_SPOKESPEOPLE);
}

static const char *kind_of(const hs_cast *cast, const hs_cast_member *m) {
  const char *kind = NULL;
  if (m->press == HS_PRESS_AGENCY || m->press == HS_PRESS_AGENCY_WORD) return "agency";
  if (m->press) return "outlet";
  if (is_spokesperson(m)) return "spokesperson";
  if (m->type == HS_ACTOR_ANONYMOUS) return "anonymous";
  if (m->type == HS_ACTOR_PERSON && m->role) kind = sector_kind(cast, m, 1);
  if (m->type == HS_ACTOR_PERSON || m->type == HS_ACTOR_GROUP) return kind ? kind : "person";
  kind = sector_kind(cast, m, 2);
  return kind ? kind : "body";
}

/* Adds the link unless the same actor or words are in the chain already. */
static void add(links *c, hs_via link) {
  for (unsigned k = 0; k < c->count; k++) {
    bool same = link.actor == HS_NONE ? c->items[k].span.start == link.span.start : c->items[k].actor == link.actor;
    if (same) return;
  }
  if (c->count < LONGEST_CHAIN) c->items[c->count++] = link;
}

/* "the Teal Times and Tarn Press": is one of several an agency or outlet? */
static bool holds_press(const hs_words *w, hs_range range) {
  for (uint32_t i = range.first, size; i < range.end; i += size)
    if (hs_words_phrase(w, i, range.end, &size)->press && hs_words_has(w, i, HS_TOKEN_CAPITAL)) return true;
  return false;
}

/* Somebody who passes on what another says. */
static void add_member(linker *l, links *c, hs_range range, int member, const char *kind) {
  hs_cast_member *m = &l->cast->members.items[member];
  m->shown = true;
  if (!kind && m->type == HS_ACTOR_GROUP && holds_press(l->s->words, range)) kind = "outlet";
  add(c, (hs_via){hs_words_span(l->s->words, range), member, kind ? kind : kind_of(l->cast, m)});
}

/* What attribution I adds to the chain of whoever it quotes. */
static void add_relays(linker *l, links *c, size_t i) {
  for (unsigned k = 0; k < l->chains[i].count; k++) {
    const hs_relay *relay = &l->chains[i].relays[k];
    int member = l->told[i].relays[k];
    if (member != HS_NONE && member == l->told[i].speaker) continue;
    if (member != HS_NONE) add_member(l, c, relay->range, member, told_kind(relay->kind));
    else if (relay->kind) add(c, (hs_via){hs_words_span(l->s->words, relay->range), HS_NONE, told_kind(relay->kind)});
  }
}

/* A chain is that of the attribution around it, whoever speaks there, and its own relays. */
static void find(linker *l, links *all, size_t i) {
  links *c = &all[i];
  int outer = l->chains[i].outer, member = outer == HS_NONE ? HS_NONE : l->told[outer].speaker;
  if (outer != HS_NONE) *c = all[outer];
  if (member != HS_NONE && member != l->told[i].speaker) add_member(l, c, l->chains[outer].speaker, member, NULL);
  add_relays(l, c, i);
}

void hs_vias_find(hs_doc *doc, hs_cast *cast, const hs_chain *chains, const hs_told *told) {
  size_t count = doc->quotation_count;
  linker l = {.s = doc->search, .cast = cast, .chains = chains, .told = told};
  links *all = hs_arena_alloc(doc->arena, (count + 1) * sizeof *all);
  for (size_t i = 0; i < count; i++) {
    hs_quotation *q = &doc->quotations[i];
    find(&l, all, i);
    q->inside = chains[i].outer;
    q->speaks_for = told[i].speaks_for;
    if (q->speaks_for != HS_NONE) cast->members.items[q->speaks_for].shown = true;
    if (!all[i].count) continue;
    hs_via *via = hs_arena_alloc(doc->arena, all[i].count * sizeof *via);
    memcpy(via, all[i].items, all[i].count * sizeof *via);
    q->via = via;
    q->via_count = all[i].count;
  }
}

void hs_vias_number(hs_quotation *q, const hs_cast *cast) {
  hs_via *via = (hs_via *)q->via;
  for (size_t k = 0; k < q->via_count; k++)
    if (via[k].actor != HS_NONE) via[k].actor = cast->members.items[via[k].actor].index;
  if (q->speaks_for != HS_NONE) q->speaks_for = cast->members.items[q->speaks_for].index;
}
