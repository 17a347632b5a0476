#include "annotate/names.h"

#include "annotate/branch.h"

enum { LONGEST_RUN = 12 };

static bool is_person(const hs_name *name) { return strcmp(name->type, "PER") == 0; }

/* "Foreign Minister" of "Foreign Minister Ana Orlo", "the Minister" of Health: is NAME, a person to the parser, before
 * NEXT, which may be NULL, nothing but a title? One word of that sort may be a family name: "King said". */
static bool is_title(const hs_words *w, const hs_name *name, const hs_name *next) {
  uint32_t size;
  if (!is_person(name)) return false;
  const hs_entry *e = hs_words_phrase(w, name->first, name->end, &size);
  if (!e->role || size != name->end - name->first) return false;
  bool before = next && next->first == name->end && is_person(next);
  bool bound = name->end < w->count && hs_words_is(w, name->end, HS_BINDING);
  return size > 1 || before || bound || (name->first > 0 && hs_words_is(w, name->first - 1, HS_DEFINITE));
}

/* "The Republican said": does NAME tell of one person what party he is of? */
static bool is_member(const hs_words *w, const hs_name *name) {
  const hs_entry *e = hs_words_entry(w, name->first);
  bool one = strcmp(name->type, "NORP") == 0 && name->end == name->first + 1 && e->role == HS_ROLE_PERSON;
  bool last =
      name->end >= w->count || !(hs_words_class(w, name->end, "NOUN") || hs_words_class(w, name->end, "PROPN") ||
                                 hs_words_class(w, name->end, "ADJ") || w->items[name->end].mark == '-');
  return one && last && name->first > 0 && hs_words_is(w, name->first - 1, HS_DEFINITE);
}

/* Does the word at I, by KIND, make an outlet of the name beside it: "Radio | Orla", "Orla | TV"? */
static bool makes_outlet(const hs_words *w, uint32_t i, hs_press kind) {
  hs_press press = (hs_press)hs_words_entry(w, i)->press;
  return hs_words_has(w, i, HS_TOKEN_CAPITAL) && (press == kind || press == HS_PRESS_STATION_WORD);
}

/* "KVST | -TV": is the word at I bound by a hyphen to the one that ends before it? */
static bool is_hyphened(const hs_words *w, uint32_t i) {
  return w->items[i].mark == '-' && hs_words_has(w, i, HS_SHAPE_GLUED) && i + 1 < w->count &&
         hs_words_has(w, i + 1, HS_SHAPE_GLUED);
}

/* An outlet whose name the parser took for the place or the letters in it; it stays between LOW and HIGH. */
static void join_outlet(const hs_words *w, hs_name *name, uint32_t low, uint32_t high) {
  bool opens = name->first > low && makes_outlet(w, name->first - 1, HS_PRESS_STATION_WORD);
  bool ends = name->end < high && !is_person(name) && makes_outlet(w, name->end, HS_PRESS_OUTLET_WORD);
  ends = ends || (name->end < high && strcmp(name->type, "ORG") == 0 && makes_outlet(w, name->end, HS_PRESS_NAME_WORD));
  bool station = name->end > name->first + 1 && makes_outlet(w, name->first, HS_PRESS_STATION_WORD); /* "Radio Orla" */
  bool letters = name->end + 1 < high && hs_words_has(w, name->end - 1, HS_TOKEN_UPPER) && is_hyphened(w, name->end) &&
                 makes_outlet(w, name->end + 1, HS_PRESS_STATION_WORD);
  bool told = !opens && hs_words_body_before(w, name->first);
  if (!opens && !ends && !letters && !told && !station) return;
  name->first -= opens;
  name->end += letters ? 2 : ends;
  name->type = "ORG";
}

/* "Tarn Water | Board": the word that makes a body of what stands before it. */
static void join_body(const hs_words *w, hs_name *name, uint32_t high) {
  while (strcmp(name->type, "ORG") == 0 && name->end < high && hs_words_has(w, name->end, HS_TOKEN_CAPITAL) &&
         hs_words_entry(w, name->end)->institution == HS_INSTITUTION_SUFFIX && hs_words_class(w, name->end, "PROPN"))
    name->end++;
}

/* "Ubekian Foreign Minister | Ana Orlo": leaves out of a person's name the title in it and what stands before that. */
static void leave_title(const hs_words *w, hs_name *name) {
  if (hs_words_entry(w, name->first)->first_name) return; /* "Martin King Orlo" */
  for (uint32_t i = name->first + 1, size; i + 2 < name->end; i += size) {
    const hs_entry *e = hs_words_phrase(w, i, name->end, &size);
    bool title = e->role && !e->first_name && hs_branch_is(w, i + size - 1, "nmod");
    if (title && i + size + 2 <= name->end) name->first = i + size;
  }
}

/* Is the word at I by class, capital and tables nothing but a name? */
static bool is_plain(const hs_words *w, uint32_t i) {
  const hs_entry *e = hs_words_entry(w, i);
  return hs_words_class(w, i, "PROPN") && hs_words_has(w, i, HS_TOKEN_CAPITAL) && !w->items[i].mark && !e->role &&
         !e->honorific && !e->institution && (!e->land || e->land == HS_LAND_PERSON) && !e->press && !e->grammar;
}

/* Does the tree hang the words A and B together as parts of one name? */
static bool is_flat(const hs_words *w, uint32_t a, uint32_t b) {
  return (hs_branch_up(w, a) == b && hs_branch_is(w, a, "flat")) ||
         (hs_branch_up(w, b) == a && hs_branch_is(w, b, "flat"));
}

/* "Ana | Orlo-Reyn", "Bo | T. Marl": does the given name at I, right before NAME, belong to it? */
static bool is_given(const hs_words *w, const hs_name *name, uint32_t i) {
  if (!is_plain(w, i) || hs_words_entry(w, i)->weekday || hs_words_entry(w, i)->month) return false;
  bool given = hs_words_entry(w, i)->first_name, compound = hs_branch_is(w, i, "compound");
  bool told = given || (compound && !hs_words_has(w, i, HS_SHAPE_FIRST));
  bool bound = hs_branch_up(w, i) == name->first && (compound || hs_branch_is(w, i, "nmod"));
  bool one = name->end == name->first + 1 || is_hyphened(w, name->first + 1);
  return is_flat(w, i, name->first) || (bound && one && told);
}

/* "Ana | Orlo": does the word at I, right behind NAME, belong to it? */
static bool is_more(const hs_words *w, const hs_name *name, uint32_t i) {
  uint32_t up = hs_branch_up(w, i);
  hs_block_kind kind = hs_words_paragraph(w, i)->kind; /* all words of a headline may be capital */
  bool headline = kind == HS_BLOCK_TITLE || kind == HS_BLOCK_HEADING;
  if (headline && i + 1 < w->count && !w->items[i + 1].mark) return false;
  return is_plain(w, i) && hs_branch_is(w, i, "flat") && up >= name->first && up < name->end;
}

/* A person's whole name: with its given name, which the parser may have taken for none or for another (*BEFORE, or
 * NULL), with what a hyphen binds to it, and with "Jr."; it stays between LOW and HIGH. */
static void join_person(const hs_words *w, hs_name *name, const hs_name *before, uint32_t low, uint32_t high) {
  if (before && before->end == name->first && is_person(before) && before->end == before->first + 1) low--;
  if (name->first > low && is_given(w, name, name->first - 1)) name->first--;
  while (name->end < high && is_more(w, name, name->end)) name->end++;
  bool several = name->end - name->first > 1 && !w->items[name->end - 2].mark;
  if (several && name->end + 1 < high && is_hyphened(w, name->end)) { /* "Park Ho | -jin", no "Ana Orlo-led" */
    uint32_t last = name->end + 1;
    bool noun = hs_words_class(w, last, "PROPN") || hs_words_class(w, last, "NOUN");
    bool tells = last + 1 < high && (hs_words_class(w, last + 1, "NOUN") || hs_words_class(w, last + 1, "ADJ"));
    if (noun && !tells) name->end = last + 1;
  }
  if (name->end < high && hs_words_is(w, name->end, HS_GENERATION)) name->end++;
}

/* "the Vesta Journalists' | Union", "the People's | Party": where the name begins that the word for a body at token I
 * ends with the people before it whose it is; I if it is none of theirs. */
static uint32_t union_start(const hs_words *w, uint32_t i) {
  uint32_t low = w->sentences[w->sentence_of[i]].first;
  if (i < low + 2 || !hs_words_has(w, i, HS_TOKEN_CAPITAL) || !hs_words_has(w, i - 1, HS_TOKEN_CLITIC)) return i;
  const char *tag = w->tokens[i - 2].xpos;
  bool people =
      hs_words_entry(w, i - 2)->role == HS_ROLE_PEOPLE || (tag && strncmp(tag, "NN", 2) == 0 && strchr(tag, 'S'));
  if (hs_words_entry(w, i)->institution != HS_INSTITUTION_SUFFIX || !people) return i;
  uint32_t first = i - 1;
  while (first > low && hs_words_has(w, first - 1, HS_TOKEN_CAPITAL) && !hs_words_is(w, first - 1, HS_DETERMINER))
    first--;
  return first < i - 1 ? first : i;
}

/* Makes one name of each such body: the parser ends it at the possessive, or has none. */
static void join_unions(const hs_words *w, hs_name *names, uint32_t *name_at, uint32_t count) {
  for (uint32_t i = 2; i < w->count; i++) {
    uint32_t first = union_start(w, i);
    if (first == i) continue;
    names[count++] = (hs_name){hs_words_span(w, (hs_range){first, i + 1}), first, i + 1, "ORG"};
    for (uint32_t k = first; k <= i; k++) name_at[k] = count;
  }
}

void hs_names_take(hs_words *w, const hs_analysis *analysis, hs_arena *arena) {
  uint32_t *name_at = hs_arena_alloc(arena, (w->count + 1) * sizeof *name_at);
  size_t possessives = 0;
  for (uint32_t i = 0; i < w->count; i++) possessives += hs_words_has(w, i, HS_TOKEN_CLITIC);
  hs_name *names = hs_arena_alloc(arena, (analysis->name_count + possessives + 1) * sizeof *names);
  w->names = names;
  w->name_at = name_at;
  for (size_t n = 0; n < analysis->name_count; n++) {
    const hs_name *next = n + 1 < analysis->name_count ? &analysis->names[n + 1] : NULL;
    const hs_name *before = n ? &names[n - 1] : NULL;
    const hs_sentence *sentence = &w->sentences[w->sentence_of[analysis->names[n].first]];
    uint32_t low = before && before->end > sentence->first ? before->end : sentence->first;
    uint32_t high = next && next->first < sentence->end ? next->first : sentence->end;
    names[n] = analysis->names[n];
    if (is_title(w, &names[n], next) || is_member(w, &names[n])) continue;
    join_outlet(w, &names[n], low, high);
    join_body(w, &names[n], high);
    if (is_person(&names[n])) {
      leave_title(w, &names[n]);
      join_person(w, &names[n], before, low, high);
    }
    for (uint32_t i = names[n].first; i < names[n].end; i++) name_at[i] = (uint32_t)n + 1;
  }
  join_unions(w, names, name_at, (uint32_t)analysis->name_count);
}

hs_range hs_names_run(const hs_words *w, uint32_t first) {
  uint32_t end = first + 1;
  while (end < w->count && end < first + LONGEST_RUN && !hs_words_has(w, end, HS_SHAPE_FIRST) && !w->name_at[end]) {
    bool glue = w->items[end].mark == '-' && hs_words_has(w, end, HS_SHAPE_GLUED) && end + 1 < w->count &&
                hs_words_has(w, end + 1, HS_SHAPE_GLUED) && hs_words_has(w, end + 1, HS_TOKEN_CAPITAL);
    if (glue) end += 2;
    else if (hs_words_is(w, end, HS_PARTICLE) && end + 1 < w->count &&
             (hs_words_has(w, end + 1, HS_TOKEN_CAPITAL) ||
              (hs_words_is(w, end + 1, HS_PARTICLE) && end + 2 < w->count &&
               hs_words_has(w, end + 2, HS_TOKEN_CAPITAL))))
      end++;
    else if (hs_words_has(w, end, HS_TOKEN_CAPITAL) && !hs_words_has(w, end, HS_TOKEN_CLITIC)) end++;
    else break;
  }
  return (hs_range){first, end};
}
