#include "annotate/several.h"

#include "annotate/branch.h"

static const hs_entry *entry(const hs_words *w, uint32_t i) { return w->items[i].entry; }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }
static char mark(const hs_words *w, uint32_t i) { return w->items[i].mark; }

static bool is_name_word(const hs_words *w, uint32_t i) {
  return hs_words_has(w, i, HS_TOKEN_CAPITAL) && !hs_words_has(w, i, HS_TOKEN_CLITIC);
}

/* "Orlo, a senator and former commander": does the noun at K go on with what the name at TOP is called? */
static bool goes_on(const hs_words *w, uint32_t top, uint32_t k) {
  bool called = false, new = hs_words_name(w, k) != NULL;
  for (uint32_t i = top + 1; i < k; i++) {
    if (hs_branch_up(w, i) == top && hs_branch_is(w, i, "appos")) called = true;
    if (hs_branch_up(w, i) == k && (is(w, i, HS_DETERMINER | HS_POSSESSIVE) || hs_branch_is(w, i, "nmod"))) new = true;
  }
  return called && !new;
}

/* Does the noun at K stand beside the name at TOP in a list? */
static bool joins(const hs_words *w, uint32_t top, uint32_t k) {
  const hs_name *name = hs_words_name(w, k);
  bool noun = name ? name != hs_words_name(w, top) : hs_words_class(w, k, "NOUN") || is(w, k, HS_QUANTITY);
  uint32_t up = hs_branch_up(w, k);
  const char *tag = w->tokens[k].xpos;
  bool listed = hs_branch_is(w, k, "appos") || hs_branch_is(w, k, "nsubj");
  bool several = tag && strcmp(tag, "NNS") == 0 && listed; /* "Orlo, her aides and the council" */
  bool beside = up == top || (up != HS_NO_TOKEN && up == hs_branch_up(w, top));
  return noun && beside && (several || (hs_branch_is(w, k, "conj") && !goes_on(w, top, k)));
}

/* "Ana Orlo and Bo Reyn": two names, of which neither is the speaker alone. */
bool hs_several(const hs_words *w, hs_range range) {
  uint32_t top = hs_branch_head(w, range), comma = 0;
  for (uint32_t i = range.first + 1; i + 1 < range.end; i++) {
    if (!comma && mark(w, i) == ',') comma = i;
    if (is(w, i, HS_RELATIVE) || (is(w, i, HS_PREPOSITION) && !hs_words_name(w, i))) return false;
    if (mark(w, i) == ',' && hs_words_has(w, i + 1, HS_SHAPE_ING))
      return false; /* "Orlo, opening the museum of art and science," */
    if (mark(w, i) == ',' && !w->parsed) return false;
    if (!is(w, i, HS_JOINING) || hs_words_name(w, i)) continue;
    if (comma && is(w, comma + 1, HS_DETERMINER) && !is(w, comma + 1, HS_DEFINITE | HS_QUANTITY) &&
        mark(w, i - 1) != ',')
      return false;                               /* "Orlo, a lobbyist and a Vestan senator" */
    if (top > i && top < range.end) return false; /* "the North and South Coalition" */
    if (top < range.end && (hs_words_name(w, top) || entry(w, top)->pronoun))
      for (uint32_t k = top + 1; k < range.end; k++)
        if (joins(w, top, k)) return true;
    return is_name_word(w, i - 1) && is_name_word(w, i + 1) && !entry(w, i - 1)->land;
  }
  return false;
}

hs_range hs_several_names(const hs_words *w, hs_range range) {
  uint32_t last = range.end;
  while (last > range.first && !is(w, last - 1, HS_JOINING)) last--;
  for (uint32_t i = last; i < range.end; i++) {
    const hs_name *name = mark(w, i) == ',' && i + 1 < range.end ? hs_words_name(w, i + 1) : NULL;
    bool called = name && hs_branch_is(w, i + 1, "appos") && !hs_words_name(w, i - 1); /* "his colleague, Ana Orlo" */
    if (called) i = name->end - 1;
    else if (mark(w, i) == ',' || is(w, i, HS_RELATIVE)) return (hs_range){range.first, i};
  }
  return range;
}
