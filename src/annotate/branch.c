#include "annotate/branch.h"

enum { CLIMB = 24, REACH = 40 };

bool hs_branch_is(const hs_words *w, uint32_t i, const char *name) {
  const char *relation = w->tokens[i].relation;
  if (!relation) return false;
  size_t size = strlen(name);
  return strncmp(relation, name, size) == 0 && (relation[size] == '\0' || relation[size] == ':');
}

uint32_t hs_branch_up(const hs_words *w, uint32_t i) {
  return w->parsed && w->tokens[i].head != HS_NONE ? (uint32_t)w->tokens[i].head : HS_NO_TOKEN;
}

bool hs_branch_holds(const hs_words *w, uint32_t top, uint32_t i) {
  for (int step = 0; step < CLIMB && i != HS_NO_TOKEN; step++) {
    if (i == top) return true;
    i = hs_branch_up(w, i);
  }
  return false;
}

static bool is_function_word(const hs_words *w, uint32_t i) {
  return hs_branch_is(w, i, "case") || hs_branch_is(w, i, "cc") ||
         (hs_branch_is(w, i, "det") && !w->items[i].entry->pronoun);
}

uint32_t hs_branch_head(const hs_words *w, hs_range range) {
  if (!w->parsed) return range.end;
  for (uint32_t i = range.first; i < range.end; i++) {
    uint32_t up = hs_branch_up(w, i);
    bool outside = up == HS_NO_TOKEN || up < range.first || up >= range.end;
    if (outside && !w->items[i].mark && !is_function_word(w, i)) return i;
  }
  return range.end;
}

hs_range hs_branch_around(const hs_words *w, uint32_t top) {
  const hs_sentence *s = &w->sentences[w->sentence_of[top]];
  hs_range range = {top, top + 1};
  while (range.first > s->first && range.first + REACH > top && hs_branch_holds(w, top, range.first - 1)) range.first--;
  while (range.end < s->end && range.end < top + REACH && hs_branch_holds(w, top, range.end)) range.end++;
  return range;
}
