#include "annotate/aside.h"

#include "annotate/branch.h"
#include "annotate/frame.h"

enum { LONGEST_ASIDE = 24, LONGEST_NOUN = 4 };

/* Reads the words of ASIDE as "something the town has denied". */
static bool read_denial(const hs_search *s, hs_range aside, hs_attribution *a) {
  const hs_words *w = s->words;
  uint32_t verb = aside.first, subject = aside.first;
  while (verb < aside.end &&
         !(hs_words_entry(w, verb)->force == HS_FORCE_DENIAL + 1 && hs_words_class(w, verb, "VERB")))
    verb++;
  while (subject < verb && !(hs_branch_up(w, subject) == verb && hs_branch_is(w, subject, "nsubj"))) subject++;
  hs_verb_group group;
  if (verb == aside.end || subject == verb || !hs_verb_group_read(&group, w, aside.first, verb)) return false;
  a->source = hs_branch_around(w, subject);
  bool before = a->source.first > aside.first && a->source.first <= aside.first + LONGEST_NOUN;
  if (!before || a->source.end > group.range.first || group.passive || !group.finite) return false;
  a->cue = group.range;
  a->verb = verb;
  hs_range said = {aside.first, a->source.first};
  if (said.end > said.first + 1 && hs_words_is(w, said.end - 1, HS_RELATIVE)) said.end--;
  hs_push(s->arena, a->contents, said);
  return true;
}

/* "Palace Condemns Council Vote: ‘A Farce’": what stands in marks behind a headline's colon is a statement of its own
 * by the same source. */
static void split_headline(hs_search *s, size_t index) {
  const hs_words *w = s->words;
  hs_attribution *a = &s->found.items[index], rest = *a;
  hs_range *last = &a->contents.items[a->contents.count - 1];
  hs_block_kind kind = hs_words_paragraph(w, last->first)->kind;
  uint32_t at = s->marks->at[last->end - 1], colon = at ? s->marks->items[at - 1].range.first - 1 : 0;
  bool title = kind == HS_BLOCK_TITLE || kind == HS_BLOCK_HEADING;
  if (!title || !at || colon <= last->first || w->items[colon].mark != ':' || a->cue.end > last->first) return;
  rest.cue = (hs_range){colon, colon + 1};
  rest.verb = colon;
  memset(&rest.contents, 0, sizeof rest.contents);
  hs_push(s->arena, rest.contents, ((hs_range){colon + 1, last->end}));
  last->end = colon;
  hs_search_keep(s, &rest);
}

void hs_search_asides(hs_search *s) {
  const hs_words *w = s->words;
  size_t count = s->found.count;
  for (size_t i = 0; i < count && w->parsed; i++) {
    split_headline(s, i);
    hs_range said = s->found.items[i].contents.items[s->found.items[i].contents.count - 1];
    uint32_t low = said.end > said.first + LONGEST_ASIDE ? said.end - LONGEST_ASIDE : said.first + 1, dash = said.end;
    while (dash > low && w->items[dash - 1].mark != '-') dash--;
    hs_attribution a = {.confidence = HS_SURE_OF_MISSED};
    bool plain = dash > low && !s->marks->at[dash - 1] && !hs_words_has(w, dash - 1, HS_SHAPE_GLUED);
    if (!plain || !read_denial(s, (hs_range){dash, said.end}, &a)) continue;
    s->found.items[i].contents.items[s->found.items[i].contents.count - 1].end = dash - 1;
    if (!s->cue_at[a.verb]) hs_search_keep(s, &a);
  }
}
