#include "annotate/head.h"

#include "annotate/branch.h"

enum { TITLES = 12 };

static const hs_entry *entry(const hs_words *w, uint32_t i) { return w->items[i].entry; }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }
static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }
static char mark(const hs_words *w, uint32_t i) { return w->items[i].mark; }
static bool is_type(const hs_name *name, const char *type) { return name && strcmp(name->type, type) == 0; }

bool hs_head_owns(const hs_words *w, uint32_t i) {
  const hs_name *name = hs_words_name(w, i);
  if (name && name->first < i && i + 1 < name->end) return false; /* "the Teachers' Union" */
  return has(w, i, HS_TOKEN_CLITIC) || (mark(w, i) && has(w, i, HS_TOKEN_QUOTE) && !has(w, i, HS_SHAPE_DOUBLE));
}

/* The end of the phrase's head without a tree: before the first comma, bracket, preposition or relative pronoun. */
static uint32_t head_end(const hs_words *w, hs_range range) {
  for (uint32_t i = range.first; i < range.end;) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, range.end, &size);
    if (size == 1 && i > range.first) {
      char m = mark(w, i);
      if (m == ',' || m == '(' || m == ')' || (m == '-' && !has(w, i, HS_SHAPE_GLUED))) return i;
      bool grammar = e->grammar & (HS_PREPOSITION | HS_RELATIVE | HS_SUBORDINATOR) && !has(w, i, HS_TOKEN_CAPITAL);
      if (grammar && !e->institution && !e->press) return i;
    }
    i += size;
  }
  return range.end;
}

/* "spokesman Dmitry Orlo", "Secretary of State Ana Orlo": the name in RANGE that goes with the title TOP, NULL if none
 * does. */
static const hs_name *titled(const hs_words *w, hs_range range, uint32_t top) {
  for (uint32_t i = top + 1; i < range.end && i < top + TITLES; i++) {
    if (mark(w, i) || is(w, i, HS_RELATIVE | HS_CONJUNCTION)) return NULL;
    const hs_name *name = hs_words_name(w, i);
    if (!name) continue;
    bool hangs = hs_branch_up(w, i) == top && (hs_branch_is(w, i, "flat") || hs_branch_is(w, i, "appos"));
    bool office =
        i == top + 3 && is(w, top + 1, HS_BINDING) && has(w, top + 2, HS_TOKEN_CAPITAL); /* "Minister of Water" */
    bool right = is_type(name, "PER") && (hangs || office || i == top + 1) && !hs_branch_is(w, i, "nmod");
    if (right && !is(w, i - 1, HS_PREPOSITION)) return name;
    i = name->end - 1;
  }
  return NULL;
}

/* The person's name with which the phrase ends, or what stands before its first comma, NULL if it does not. */
static const hs_name *last_person(const hs_words *w, hs_range range) {
  uint32_t end = range.first;
  while (end < range.end && mark(w, end) != ',' && !is(w, end, HS_RELATIVE)) end++;
  const hs_name *name = end > range.first ? hs_words_name(w, end - 1) : NULL;
  return is_type(name, "PER") && name->end == end && name->first > range.first ? name : NULL;
}

/* "pipelines executive Bo Reyn", whatever the tree makes of it: the person's name right behind a noun that ends the
 * phrase or what stands before its first comma; NULL if there is none. */
static const hs_name *behind_noun(const hs_words *w, hs_range range) {
  const hs_name *name = last_person(w, range);
  if (!name) return NULL;
  uint32_t noun = name->first - 1;
  bool titled = hs_words_class(w, noun, "NOUN") || (entry(w, noun)->role && !hs_words_name(w, noun));
  titled = titled || (noun > range.first && mark(w, noun - 1) == '-'); /* "Editor-in-Chief Ana Orlo" */
  bool hangs = hs_branch_is(w, name->first, "appos") || hs_branch_is(w, name->first, "flat") ||
               hs_branch_is(w, name->first, "nsubj");
  return titled && hangs && !is(w, noun, HS_PREPOSITION | HS_CONJUNCTION) ? name : NULL;
}

/* Does the word at I make what stands before it belong to a sentence of its own, or to other words than a name behind?
 */
bool hs_head_binds_elsewhere(const hs_words *w, uint32_t i) {
  if (hs_words_name(w, i) || hs_head_owns(w, i)) return false;
  if (mark(w, i)) return mark(w, i) != '-' || !has(w, i, HS_SHAPE_GLUED);
  return is(w, i, HS_PREPOSITION | HS_CONJUNCTION) || hs_branch_is(w, i, "case") || entry(w, i)->closeness ||
         (hs_words_class(w, i, "VERB") && !hs_branch_is(w, i, "amod"));
}

/* "of Tarn Ana Orlo", behind a role: does nothing but the name of a body or place stand between "of" at I and NAME? */
static bool is_office_of(const hs_words *w, uint32_t i, const hs_name *name) {
  bool between = is(w, i, HS_BINDING) && !is(w, i, HS_LOCATIVE) && i + 1 < name->first;
  for (uint32_t k = i + 1; k < name->first && between; k++)
    between = has(w, k, HS_TOKEN_CAPITAL) && !entry(w, k)->role && !entry(w, k)->honorific;
  return between;
}

/* "Tarn Bank assistant chief economist Bo Reyn", "Vestan Secretary of State Ana Orlo", "the Mayor of Tarn Ana Orlo":
 * the person's name that ends the phrase right behind a title, with nothing before by which it would hang on other
 * words; NULL if there is none. */
static const hs_name *behind_title(const hs_words *w, hs_range range) {
  const hs_name *name = last_person(w, range);
  for (uint32_t i = range.first, size; name && i < name->first && !hs_head_binds_elsewhere(w, i); i += size) {
    const hs_entry *e = hs_words_phrase(w, i, name->first, &size);
    bool noun = (hs_words_class(w, i, "NOUN") || hs_words_class(w, i, "PROPN")) && !has(w, i, HS_TOKEN_CAPITAL);
    if ((e->role || e->honorific || noun) && i + size == name->first) return name;
    if (e->role && is_office_of(w, i + size, name)) return name;
    if (e->closeness) return NULL;
  }
  return NULL;
}

/* "the activist group Tarn Eye": the body's name that stands right behind the word for such bodies at TOP. */
static const hs_name *behind_body(const hs_words *w, hs_range range, uint32_t top) {
  bool body = entry(w, top)->institution == HS_INSTITUTION_SUFFIX && !has(w, top, HS_TOKEN_CAPITAL);
  const hs_name *name = body && top + 1 < range.end ? hs_words_name(w, top + 1) : NULL;
  return is_type(name, "ORG") && name->first == top + 1 ? name : NULL;
}

/* "Vestan army" of "Vestan army spokesman": does the word at I go right before the noun at END, and tell of it? */
static bool tells_noun(const hs_words *w, uint32_t i, uint32_t end) {
  bool tells = hs_branch_is(w, i, "compound") || hs_branch_is(w, i, "amod");
  return tells && hs_branch_up(w, i) == end && end < w->count && hs_words_class(w, end, "NOUN");
}

/* "Bo | Orlo": is the word at I, by the tree, one name with those from TOP on right before it? The tree may hang both
 * on the verb. */
static bool goes_with(const hs_words *w, uint32_t top, uint32_t i) {
  uint32_t up = hs_branch_up(w, i);
  if (hs_branch_is(w, i, "flat")) return up >= top && up < i;
  bool twins = hs_words_class(w, top, "PROPN") && hs_words_class(w, i, "PROPN") && has(w, i, HS_TOKEN_CAPITAL);
  return twins && i == top + 1 && up == hs_branch_up(w, top) && hs_branch_is(w, i, "nsubj") &&
         hs_branch_is(w, top, "nsubj");
}

hs_range hs_head_find(const hs_words *w, hs_range range, const hs_name **name) {
  *name = NULL;
  uint32_t top = hs_branch_head(w, range);
  if (top == range.end) return (hs_range){range.first, head_end(w, range)};
  if (tells_noun(w, top, range.end) && tells_noun(w, range.end - 1, range.end)) top = range.end - 1;
  *name = hs_words_name(w, top);
  const hs_name *person = behind_title(w, range);
  if (person) *name = person;
  if (*name && (*name)->end + 1 < range.end && hs_head_owns(w, (*name)->end)) {
    const hs_name *owned = hs_words_name(w, (*name)->end + 1);
    uint32_t end = head_end(w, (hs_range){(*name)->end + 1, range.end});
    bool director = entry(w, end - 1)->role != HS_ROLE_NONE; /* "Tarn Bank's director", not its report */
    if (is_type(owned, "PER")) *name = owned;                /* "Vesta's Ana Orlo" */
    else if (director) *name = NULL;
    if (!*name) return (hs_range){range.first, end};
  }
  if (!*name && entry(w, top)->role) *name = titled(w, range, top);
  if (!*name) *name = behind_body(w, range, top);
  if (!*name) *name = behind_noun(w, range);
  if (!*name) {
    uint32_t end = top + 1; /* "Bo | Orlo", a name that the parser overlooked */
    while (end < range.end && goes_with(w, top, end)) end++;
    return (hs_range){range.first, end};
  }
  return (hs_range){range.first, (*name)->end < range.end ? (*name)->end : range.end};
}

hs_name hs_head_without_title(const hs_words *w, uint32_t first, const hs_name *name) {
  hs_name bare = *name;
  if (!is_type(name, "PER")) return bare;
  for (uint32_t i = first, size; i + 2 < name->end; i += size) {
    const hs_entry *e = hs_words_phrase(w, i, name->end, &size);
    bool title = e->role && !e->first_name && i <= bare.first && i + size > bare.first;
    if (title && i + size + 2 <= name->end) bare.first = i + size;
  }
  return bare;
}
