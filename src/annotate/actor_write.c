/* The members of a cast as the actors of a document. */
#include "annotate/actor.h"
#include "annotate/namekey.h"

#include <stdlib.h>

static int by_place(const void *a_, const void *b_) {
  const hs_span *a = a_, *b = b_;
  if (a->start != b->start) return (a->start > b->start) - (a->start < b->start);
  return (a->end < b->end) - (a->end > b->end);
}

/* In text order, the longest of those that begin together. */
static void order_mentions(hs_cast_member *m) {
  if (m->mentions.count) qsort(m->mentions.items, m->mentions.count, sizeof *m->mentions.items, by_place);
  size_t kept = 0;
  for (size_t i = 0; i < m->mentions.count; i++)
    if (!kept || m->mentions.items[i].start >= m->mentions.items[kept - 1].end)
      m->mentions.items[kept++] = m->mentions.items[i];
  m->mentions.count = kept;
}

static const char *text_of(const hs_cast *cast, hs_range range) {
  if (range.first >= range.end) return NULL;
  hs_str s = hs_name_text(cast->words, range, cast->arena);
  return hs_arena_copy(cast->arena, s.data, s.size);
}

static hs_actor actor_of(hs_cast *cast, hs_cast_member *m) {
  order_mentions(m);
  const char *name = hs_arena_copy(cast->arena, m->name.data, m->name.size);
  hs_array(const char *) names = {0};
  hs_push(cast->arena, names, name);
  for (size_t i = 0; i < m->names.count; i++)
    if (strcmp(m->names.items[i], name) != 0) hs_push(cast->arena, names, m->names.items[i]);
  return (hs_actor){.type = m->type,
                    .name = name,
                    .names = names.items,
                    .name_count = names.count,
                    .roles = m->roles.items,
                    .role_count = m->roles.count,
                    .institution = text_of(cast, m->institution),
                    .country = m->country,
                    .sector = m->sector,
                    .number = m->number,
                    .closeness = text_of(cast, m->closeness),
                    .anonymity = text_of(cast, m->anonymity),
                    .mentions = m->mentions.items,
                    .mention_count = m->mentions.count};
}

void hs_cast_write(hs_cast *cast, hs_doc *doc) {
  hs_array(hs_actor) actors = {0};
  for (size_t i = 0; i < cast->members.count; i++) {
    hs_cast_member *m = &cast->members.items[i];
    if (!m->shown) continue;
    m->index = (int)actors.count;
    hs_push(cast->arena, actors, actor_of(cast, m));
  }
  doc->actors = actors.items;
  doc->actor_count = actors.count;
}
