#include "annotate/mention.h"

#include "annotate/branch.h"
#include "annotate/head.h"
#include "annotate/several.h"

enum { APPOSED = 30, OWNER_WORDS = 4 };

static const hs_entry *entry(const hs_words *w, uint32_t i) { return w->items[i].entry; }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }
static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }
static char mark(const hs_words *w, uint32_t i) { return w->items[i].mark; }

static bool is_name_word(const hs_words *w, uint32_t i) {
  return has(w, i, HS_TOKEN_CAPITAL) && !has(w, i, HS_TOKEN_CLITIC);
}

static bool is_type(const hs_name *name, const char *type) { return name && strcmp(name->type, type) == 0; }

/* What the words before the name, or an apposition, tell of its bearer. */
static void note(hs_mention *m, const hs_entry *e) {
  if (e->role) {
    m->role = e;
    m->sector = e->role_sector;
    if (e->role_gender) m->gender = (hs_gender)e->role_gender;
  }
  if (e->honorific > 1) m->gender = (hs_gender)(e->honorific - 1);
  if (e->land && e->land != HS_LAND_CAPITAL && e->country) m->country = e->country;
  if (e->institution == HS_INSTITUTION_METONYM && e->institution_country && !m->country)
    m->country = e->institution_country;
}

/* "Dr.", "Sir", "Lady": says of its bearer nothing that he is. */
static bool is_respect(const hs_entry *e) { return e->honorific && (!e->role || e->role == HS_ROLE_ANYONE); }

/* The words RANGE, of which determiners, marks and titles of respect are no part, are a role. */
static void add_role_of(const hs_words *w, hs_mention *m, hs_range range) {
  while (range.first < range.end &&
         (is(w, range.first, HS_DETERMINER | HS_POSSESSIVE | HS_PREPOSITION) || hs_head_owns(w, range.first) ||
          mark(w, range.first) || is_respect(entry(w, range.first))))
    range.first++;
  while (range.end > range.first &&
         (mark(w, range.end - 1) == ',' || is(w, range.end - 1, HS_CONJUNCTION) || is_respect(entry(w, range.end - 1))))
    range.end--;
  uint32_t behind = range.first;
  hs_words_age(w, range.first, &behind); /* "the 38-year-old engineer" is an engineer */
  if (behind == range.first && range.first < range.end && is(w, range.first, HS_AGED)) behind++;
  range.first = behind;
  if (range.first < range.end && m->role_count < HS_MENTION_ROLES) m->roles[m->role_count++] = range;
}

static void add_role(const hs_words *w, hs_mention *m, hs_range range) {
  for (uint32_t i = range.first; i < range.end && m->role_count < HS_MENTION_ROLES; i++)
    if (mark(w, i) == ',') { /* "spokesman, Major" */
      add_role_of(w, m, (hs_range){range.first, i});
      range.first = i + 1;
    }
  add_role_of(w, m, range);
}

static void note_countries(const hs_words *w, hs_mention *m, hs_range range) {
  for (uint32_t i = range.first; i < range.end && !m->country;) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, range.end, &size);
    bool land = e->land && has(w, i, HS_TOKEN_CAPITAL);
    if (land || e->institution == HS_INSTITUTION_METONYM) m->country = land ? e->country : e->institution_country;
    i += size;
  }
}

/* Where a noun phrase that ends in LAST begins, not before LOW: behind a determiner, preposition or possessive. */
static uint32_t words_before(const hs_words *w, uint32_t low, uint32_t last) {
  uint32_t first = last;
  while (
      first > low && !mark(w, first - 1) && !hs_head_owns(w, first - 1) && !entry(w, first - 1)->rank &&
      !is(w, first - 1, HS_DETERMINER | HS_PREPOSITION | HS_POSSESSIVE | HS_RELATIVE | HS_CONJUNCTION | HS_AUXILIARY))
    first--;
  return first;
}

/* "the water ministry" of "a spokesman for the water ministry", "Kremlin" of "a Kremlin official". */
static void note_institution(const hs_words *w, hs_mention *m, hs_range range) {
  for (uint32_t i = range.first; i < range.end && m->institution.first >= m->institution.end;) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, range.end, &size);
    const hs_name *name = hs_words_name(w, i);
    bool capital = has(w, i, HS_TOKEN_CAPITAL), longer = e->institution && name && i + size > name->end;
    bool settled = i > 1 && is(w, i - 1, HS_BINDING) && entry(w, i - 2)->settlement; /* "the village of Vesta" */
    if (is_type(name, "ORG") && name->first == i && name->end <= range.end && !longer) {
      if (settled) return;
      m->institution = (hs_range){i, name->end};
    } else if (capital && (e->institution == HS_INSTITUTION_METONYM || e->press == HS_PRESS_AGENCY ||
                           e->press == HS_PRESS_OUTLET)) {
      m->institution = (hs_range){i, i + size};
    } else if (e->institution == HS_INSTITUTION_SUFFIX && !(i + size < range.end && name && name->end > i + size)) {
      m->institution = (hs_range){words_before(w, range.first, i), i + size};
    }
    i += size;
  }
  if (m->institution.first >= m->institution.end || !m->role) return;
  const char *sector = entry(w, m->institution.end - 1)->institution_sector;
  if (sector && strcmp(m->role->role_sector, "GOV") == 0 && strcmp(sector, "GOV") != 0)
    m->sector = sector; /* "union president" */
}

/* "South Korea's president": the country whose name ends before the "'s" at token I, NULL if none does. */
static const char *country_of_owner(const hs_words *w, uint32_t i) {
  uint32_t low = w->sentences[w->sentence_of[i]].first;
  for (uint32_t size = 1, found; size <= OWNER_WORDS && low + size <= i; size++) {
    const hs_entry *e = hs_words_phrase(w, i - size, i, &found);
    bool before = i > low + size && hs_words_name(w, i - size) && /* "North Vesta's" is not Vesta's */
                  hs_words_name(w, i - size) == hs_words_name(w, i - size - 1);
    if (found == size && e->land == HS_LAND_NAME && has(w, i - size, HS_TOKEN_CAPITAL) && !before) return e->country;
  }
  return NULL;
}

/* "Dutch": a word before a name that is no part of it. */
static bool tells_nation(const hs_entry *e) { return e->land == HS_LAND_ADJECTIVE || e->land == HS_LAND_PEOPLE; }

/* Reads the head: what stands before the name, and the name: NAME, or the capital words behind the last role or small
 * word. */
static void read_head(const hs_words *w, hs_mention *m, hs_range head, const hs_name *known) {
  uint32_t first = head.first, name = head.first, end = known ? known->first : head.end;
  const char *owner = NULL;
  while (name + 1 < head.end && is(w, name, HS_DETERMINER | HS_POSSESSIVE)) name++;
  for (uint32_t i = head.first; i < end; i++)
    if (hs_head_owns(w, i) && i + 1 < head.end) first = name = i + 1, owner = country_of_owner(w, i);
  for (uint32_t i = first; i < end;) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, end, &size);
    bool last = i + size >= head.end;
    bool particle = is(w, i, HS_PARTICLE) && i > name && (has(w, i - 1, HS_TOKEN_CAPITAL) || is(w, i - 1, HS_PARTICLE));
    bool small = !is_name_word(w, i) && !mark(w, i) && !particle;
    bool title = (e->role || e->honorific || tells_nation(e)) && !e->press;
    if (title && !(last && i > name && !e->role)) {
      note(m, e);
      name = i + size;
    } else if (small) {
      name = i + size;
    }
    i += size;
  }
  if (known) name = known->first;
  while (name < head.end && mark(w, name)) name++;
  uint32_t last = head.end;
  while (last > name + 1 && mark(w, last - 1)) last--; /* "Orlo -" */
  m->name = (hs_range){name, last};
  if (!m->role) return;
  add_role(w, m, (hs_range){first, name});
  note_countries(w, m, (hs_range){first, name});
  if (!m->country) m->country = owner;
  note_institution(w, m, (hs_range){first, name});
}

/* "a letter to Orlo, Prime Minister Bo Reyn wrote": does RANGE begin with a title and another person's name? */
static bool names_other(const hs_words *w, hs_range range) {
  bool title = false;
  for (uint32_t i = range.first, size; i < range.end && has(w, i, HS_TOKEN_CAPITAL); i += size) {
    const hs_name *name = hs_words_name(w, i);
    if (title && is_type(name, "PER") && name->first == i) return true;
    title = hs_words_phrase(w, i, range.end, &size)->role != HS_ROLE_NONE;
  }
  return false;
}

static void read_apposition(const hs_words *w, hs_mention *m, hs_range rest) {
  if (names_other(w, rest)) return;
  while (rest.first < rest.end && mark(w, rest.first)) rest.first++;
  if (rest.first < rest.end && has(w, rest.first, HS_TOKEN_NUMBER)) { /* "Orlo, 72, the mayor" */
    rest.first++;
    while (rest.first < rest.end && mark(w, rest.first)) rest.first++;
  }
  uint32_t end = rest.first, role_end = rest.first;
  while (end < rest.end && mark(w, end) != ',' && !is(w, end, HS_RELATIVE) && mark(w, end) != '(') {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, end, rest.end, &size);
    if (e->role && !m->role) m->role = e, m->sector = e->role_sector;
    if (e->role && e->role_gender && !m->gender) m->gender = (hs_gender)e->role_gender;
    if (e->role) role_end = end + size;
    if (e->land && e->country && !m->country) m->country = e->country;
    end += size;
  }
  if (role_end == rest.first) return;
  add_role(w, m, (hs_range){rest.first, end});
  note_countries(w, m, (hs_range){rest.first, end});
  note_institution(w, m, (hs_range){rest.first, end});
}

/* Does the word at I make what ends in it an outlet or agency? */
static bool makes_press(const hs_words *w, uint32_t i, const hs_entry *e) {
  return e->press && (e->press != HS_PRESS_NAME_WORD || has(w, i, HS_TOKEN_CAPITAL));
}

/* The entry of the name or last word in RANGE that makes it an institution, NULL if none; where a name does ("Tass" of
 * "the Tass news agency"), *NAME gets its place, else stays as it is. */
static const hs_entry *institution_of(const hs_words *w, hs_range range, hs_range *name) {
  const hs_entry *best = NULL;
  bool press = false;
  for (uint32_t i = range.first; i < range.end;) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, range.end, &size);
    bool last = i + size == range.end;
    bool named = e->institution == HS_INSTITUTION_METONYM || e->press == HS_PRESS_AGENCY || e->press == HS_PRESS_OUTLET;
    bool whole = named && has(w, i, HS_TOKEN_CAPITAL) && (last || (i == range.first && size > 1) || e->press);
    bool suffix = last && (e->institution == HS_INSTITUTION_SUFFIX || makes_press(w, i, e));
    bool opens = e->press == HS_PRESS_STATION_WORD && !last && has(w, i, HS_TOKEN_CAPITAL) &&
                 has(w, i + 1, HS_TOKEN_CAPITAL) && (i == range.first || is(w, i - 1, HS_DETERMINER));
    if ((whole || suffix || opens) && !press) best = e;
    if (whole && (e->press == HS_PRESS_AGENCY || e->press == HS_PRESS_OUTLET)) {
      press = true;
      *name = (hs_range){i, i + size};
    }
    i += size;
  }
  return best;
}

static void set_institution(hs_mention *m, const hs_entry *e) {
  m->type = HS_ACTOR_ORGANISATION;
  m->press = (hs_press)e->press;
  if (e->institution_sector) m->sector = e->institution_sector;
  else if (e->press) m->sector = "MED";
  if (e->institution_country) m->country = e->institution_country;
}

/* RANGE without a determiner before it and a possessive behind it. */
static hs_range without_article(const hs_words *w, hs_range range) {
  uint32_t size;
  if (hs_words_phrase(w, range.first, range.end, &size)->institution && size > 1) return range; /* "No 10" */
  while (range.end - range.first > 1 && has(w, range.end - 1, HS_TOKEN_CLITIC)) range.end--;
  if (range.end - range.first > 1 && is(w, range.first, HS_DETERMINER) && !is(w, range.first, HS_QUANTITY))
    range.first++;
  return range;
}

static bool is_plural(const hs_words *w, const hs_mention *m, uint32_t last) {
  if (m->role && (m->role->role == HS_ROLE_PEOPLE || m->role->role == HS_ROLE_SPOKESPEOPLE)) return true;
  const char *tag = w->tokens[last].xpos;
  bool one = m->role && m->role->role == HS_ROLE_PERSON && has(w, last, HS_TOKEN_CAPITAL); /* "The Republican" */
  return tag && !one && (strcmp(tag, "NNS") == 0 || strcmp(tag, "NNPS") == 0);
}

/* "A Reuters poll", "the police report": with a tree the role is that of the head alone. */
static void keep_head_role(const hs_words *w, hs_mention *m, hs_range head) {
  if (!w->parsed || !m->role) return;
  for (uint32_t i = head.end > head.first + 3 ? head.end - 3 : head.first; i < head.end; i++) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, head.end, &size);
    if (i + size != head.end) continue;
    if (!e->role && i + 1 < head.end) continue;
    m->role = e->role ? e : NULL;
    m->sector = e->role ? e->role_sector : NULL;
    return;
  }
}

/* "the office of President Ana Orlo", "the government of Vesta": NAME, which is no more than the word for a body, with
 * whose it is. */
static hs_range with_owner(const hs_words *w, hs_range name, hs_range range) {
  uint32_t of = name.end, end = of;
  if (name.end - name.first > 1 || of + 1 >= range.end || !hs_str_is(hs_words_str(w, of), "of") || !w->parsed)
    return name;
  for (uint32_t i = of + 1; i < range.end && end == of; i++) {
    if (mark(w, i) || is(w, i, HS_PREPOSITION | HS_RELATIVE | HS_CONJUNCTION)) return name;
    if (hs_words_name(w, i)) end = hs_words_name(w, i)->end;
  }
  bool whole = end > of && end <= range.end;
  if (whole && end < range.end && !mark(w, end)) /* "an army of Teal Times readers" */
    whole = !hs_words_class(w, end, "NOUN") && !hs_words_class(w, end, "ADJ") && !is(w, end, HS_JOINING);
  return whole ? (hs_range){name.first, end} : name;
}

/* A phrase without a name: an institution, a description. */
static void read_nameless(const hs_words *w, hs_mention *m, hs_range range, hs_range head) {
  const hs_entry *last = entry(w, head.end - 1);
  hs_range known = without_article(w, head);
  keep_head_role(w, m, head);
  const hs_entry *institution = institution_of(w, head, &known);
  bool body = last->institution == HS_INSTITUTION_SUFFIX || makes_press(w, head.end - 1, last);
  if (w->parsed && known.end < head.end && !body) institution = NULL; /* "a Tass poll" */
  bool possessive = is(w, head.first, HS_POSSESSIVE);
  for (uint32_t i = head.first; i < head.end && !possessive; i++) possessive = hs_head_owns(w, i);
  bool some = is(w, head.first, HS_QUANTITY) && !last->institution && last->pronoun != HS_CASE_RELATIVE;
  if (m->role || some) {
    m->plural = is_plural(w, m, head.end - 1);
    m->definite = m->role && !m->plural && (possessive || is(w, head.first, HS_DEFINITE));
    m->type = HS_ACTOR_ANONYMOUS;
    uint32_t end = head.end;
    while (end < range.end && mark(w, end) != ',' && mark(w, end) != '(' && !is(w, end, HS_RELATIVE)) end++;
    m->name = without_article(w, (hs_range){head.first, end});
    note_institution(w, m, range);
  } else if (institution && institution->institution != HS_INSTITUTION_DOCUMENT) {
    set_institution(m, institution);
    m->name = body ? with_owner(w, known, range) : known;
    m->definite = true;
  } else if (tells_nation(last) || last->land == HS_LAND_PERSON) {
    m->type = HS_ACTOR_GROUP;
    m->plural = true;
    m->name = without_article(w, head);
    m->country = last->country;
  } else {
    m->unknown = true;
    m->name = head;
  }
  note_countries(w, m, range);
}

/* "one of her aides, Virginia Orlo": does a NAME that may be a place's stand for somebody whom the words before tell?
 */
static bool is_somebody(const hs_words *w, const hs_name *name) {
  uint32_t noun = hs_branch_up(w, name->first), up = noun == HS_NO_TOKEN ? noun : hs_branch_up(w, noun);
  bool apposed = noun != HS_NO_TOKEN && hs_branch_is(w, name->first, "appos") && hs_words_class(w, noun, "NOUN");
  if (!apposed || name->end - name->first < 2 || !entry(w, name->first)->first_name) return false;
  return entry(w, noun)->role || (up != HS_NO_TOKEN && is(w, up, HS_QUANTITY) && hs_branch_is(w, noun, "nmod"));
}

/* What the parser says of the name, where no table knows better. */
static void read_typed(const hs_words *w, hs_mention *m, const hs_name *name) {
  hs_range range = {name->first, m->name.end};
  if (is_type(name, "PER") || is_somebody(w, name)) {
    m->type = HS_ACTOR_PERSON;
    m->name = range;
    while (m->name.first + 1 < m->name.end && entry(w, m->name.first)->honorific) note(m, entry(w, m->name.first++));
  } else if (is_type(name, "ORG")) {
    m->type = HS_ACTOR_ORGANISATION;
    m->name = without_article(w, range);
  } else if (is_type(name, "LOC")) {
    m->type = HS_ACTOR_ORGANISATION;
    m->place = true;
    m->name = without_article(w, range);
  } else if (is_type(name, "NORP")) {
    m->type = HS_ACTOR_GROUP;
    m->plural = true;
    m->country = entry(w, m->name.end - 1)->country;
  } else { /* a product or an event that speaks is somebody's voice */
    m->type = HS_ACTOR_ORGANISATION;
    m->name = without_article(w, range);
    m->weak = true;
  }
}

/* NAME in HEAD with the capital words right before it, which belong to it. */
static hs_range named_part(const hs_words *w, hs_range head, const hs_name *name) {
  hs_range range = {name->first, head.end};
  while (range.first > head.first && is_name_word(w, range.first - 1) && !has(w, range.first - 1, HS_SHAPE_FIRST))
    range.first--;
  return without_article(w, range);
}

static void read_named(const hs_words *w, hs_mention *m, hs_range head, const hs_name *typed) {
  hs_range name = m->name;
  uint32_t size;
  const hs_entry *e = hs_words_phrase(w, name.first, name.end, &size);
  hs_range known = name;
  const hs_entry *institution = institution_of(w, name, &known);
  bool whole = size == name.end - name.first;
  bool person = is_type(typed, "PER") && !(whole && institution);
  if (!institution && !person && hs_words_body_before(w, name.first)) {
    set_institution(m, hs_words_body_before(w, name.first));
    return;
  }
  if (institution && !person && !(m->role && !whole)) {
    set_institution(m, institution);
    bool suffix = institution->institution == HS_INSTITUTION_SUFFIX ||
                  makes_press(w, head.end - 1, entry(w, head.end - 1)); /* "the Sunday Mirror" */
    bool longer = !suffix && typed && typed->first == known.first && typed->end > known.end &&
                  !entry(w, typed->end - 1)->press; /* "Teal Times Energy Desk" */
    m->name = longer    ? (hs_range){typed->first, typed->end}
              : !suffix ? known
              : typed   ? named_part(w, head, typed)
                        : without_article(w, head);
  } else if (whole && e->land == HS_LAND_NAME && !person) {
    m->type = HS_ACTOR_COUNTRY;
    m->country = e->country;
    m->sector = NULL;
  } else if (whole && (e->land == HS_LAND_PEOPLE || e->land == HS_LAND_ADJECTIVE) && is(w, head.first, HS_DEFINITE)) {
    m->type = HS_ACTOR_GROUP; /* "the Dutch" */
    m->plural = true;
    m->country = e->country;
  } else if (whole && e->land == HS_LAND_CAPITAL && !person) {
    m->type = HS_ACTOR_ORGANISATION;
    m->country = e->country;
    m->sector = "GOV";
  } else if (typed) {
    read_typed(w, m, typed);
  } else if (!m->role && is(w, head.first, HS_DETERMINER)) {
    m->plural = hs_str_ends(hs_words_str(w, name.end - 1), "s") && !is(w, head.first, HS_QUANTITY);
    m->type = m->plural ? HS_ACTOR_GROUP : HS_ACTOR_ORGANISATION; /* "the Greens", "the Journal" */
  } else {
    m->type = HS_ACTOR_PERSON;
    m->weak = w->parsed;
  }
}

/* "the party chairman, Bo Reyn": the name stands in the apposition. True if one does. */
static bool read_name_behind(const hs_words *w, hs_mention *m, hs_range range, hs_range head) {
  uint32_t first = head.end, size;
  while (first < range.end && mark(w, first) != ',') first++;
  bool title = false; /* says as much before the name as a role before the comma */
  first++;
  for (; first < range.end && hs_words_phrase(w, first, range.end, &size)->role; first += size) title = true;
  if (first < range.end && m->role && is(w, first, HS_DEFINITE)) first++; /* "her partner, the Greens" */
  if (first >= range.end) return false;
  const hs_name *known = hs_words_name(w, first);
  uint32_t end = known ? known->end : first;
  bool article = is(w, first - 1, HS_DEFINITE),
       body = is_type(known, "ORG") && m->role && (article || end == range.end);
  while (!known && end < range.end &&
         (has(w, end, HS_TOKEN_CAPITAL) || (mark(w, end) == '-' && has(w, end, HS_SHAPE_GLUED))))
    end++;
  bool closed = end <= range.end && (end == range.end || mark(w, end) == ',');
  bool first_name = entry(w, first)->first_name && end >= first + 2; /* "one of her aides, Virginia Orlo" */
  bool named = known ? is_type(known, "PER") || first_name || body : !article && (m->role || title) && end >= first + 2;
  if (!named || !closed) return false;
  if (m->role && !m->role_count) add_role(w, m, head);
  m->type = body ? HS_ACTOR_ORGANISATION : HS_ACTOR_PERSON;
  m->definite = m->unknown = m->plural = false;
  m->name = (hs_range){first, end};
  return true;
}

/* "her wife, longtime Tarn aide Ana Orlo", "one advocate, Bo Reyn of Reyn and Tarn": as above, where more is told of
 * the name behind the comma. */
static bool read_titled_behind(const hs_words *w, hs_mention *m, hs_range range, hs_range head) {
  uint32_t first = head.end;
  while (first < range.end && mark(w, first) != ',') first++;
  if (!w->parsed || m->plural || first + 2 >= range.end) return false;
  hs_range behind = {first + 1, range.end};
  const hs_name *name;
  hs_head_find(w, behind, &name);
  bool whole = is_type(name, "PER") && name->first >= behind.first && name->end >= name->first + 2;
  if (!whole || hs_head_binds_elsewhere(w, behind.first)) return false;
  hs_mention told = {.type = HS_ACTOR_PERSON};
  hs_name bare = hs_head_without_title(w, behind.first, name);
  read_head(w, &told, (hs_range){behind.first, name->end}, &bare);
  read_named(w, &told, (hs_range){behind.first, name->end}, &bare);
  told.role_count = 0;
  add_role(w, &told, head);
  add_role(w, &told, (hs_range){behind.first, told.name.first});
  if (!told.role) told.role = m->role, told.sector = m->sector;
  *m = told;
  return true;
}

/* "A third, an engineer at the dam": what one is whom a number alone tells of. */
static bool read_described_behind(const hs_words *w, hs_mention *m, hs_range range, hs_range head) {
  hs_range behind = {head.end + 1, range.end};
  bool number = head.end - head.first == 2 && is(w, head.first, HS_DETERMINER) && is(w, behind.first, HS_DETERMINER);
  uint32_t top = number && w->parsed ? hs_branch_head(w, behind) : behind.end;
  if (top >= behind.end || !entry(w, top)->role || !hs_branch_is(w, top, "appos")) return false;
  hs_mention described = {.type = HS_ACTOR_PERSON};
  read_head(w, &described, (hs_range){behind.first, top + 1}, NULL);
  read_nameless(w, &described, behind, (hs_range){behind.first, top + 1});
  if (described.type != HS_ACTOR_ANONYMOUS) return false;
  *m = described;
  return true;
}

static hs_mention read(const hs_words *w, hs_range range, hs_range head, const hs_name *name) {
  hs_mention m = {.type = HS_ACTOR_PERSON};
  hs_name bare;
  if (name) bare = hs_head_without_title(w, head.first, name), name = &bare;
  if (head.end == head.first) head.end = range.end;
  hs_range known = head;
  const hs_entry *whole = institution_of(w, head, &known);
  bool headed = range.end < w->count && mark(w, range.end) == ':'; /* "Orlo: we stay" */
  bool common = w->parsed && !name && !headed && !hs_words_class(w, head.end - 1, "PROPN") &&
                !hs_words_class(w, head.end - 1, "ADV"); /* "McNally" */
  read_head(w, &m, head, name);
  if (m.name.first >= m.name.end && whole && !m.role) read_nameless(w, &m, range, head);
  else if (m.name.first < m.name.end && !(common && !whole)) read_named(w, &m, head, name);
  else read_nameless(w, &m, range, head);
  if (head.end >= range.end) return m;
  bool nameless = m.unknown || m.type == HS_ACTOR_ANONYMOUS;
  if (nameless && (read_name_behind(w, &m, range, head) || read_titled_behind(w, &m, range, head))) return m;
  if (mark(w, head.end) == ',' && m.unknown && read_described_behind(w, &m, range, head)) return m;
  if (mark(w, head.end) == ',' && !m.unknown && m.type != HS_ACTOR_ANONYMOUS)
    read_apposition(w, &m, (hs_range){head.end + 1, range.end});
  return m;
}

/* "the daily Kurenta", "state news agency VNA": the name behind a word for an outlet or agency. */
static void read_outlet(const hs_words *w, hs_mention *m, hs_range range) {
  for (uint32_t i = range.first + 1; i < range.end && !is(w, i, HS_PREPOSITION) && !mark(w, i); i++) {
    const hs_entry *e = hs_words_body_before(w, i);
    if (!e) continue;
    const hs_name *known = hs_words_name(w, i);
    hs_range name = {i, known && known->end <= range.end ? known->end : i + 1};
    while (!known && name.end < range.end && has(w, name.end, HS_TOKEN_CAPITAL)) name.end++;
    *m = (hs_mention){.name = name};
    set_institution(m, e);
    return;
  }
}

hs_mention hs_mention_read(const hs_words *w, hs_range range) {
  if (range.end - range.first > 1 && entry(w, range.end - 1)->pronoun == HS_CASE_REFLEXIVE) range.end--;
  if (range.end - range.first > 1 && entry(w, range.end - 1)->pronoun == HS_CASE_RELATIVE) /* "many of whom" */
    return (hs_mention){.unknown = true, .name = range};
  const hs_entry *first = entry(w, range.first);
  if (range.end - range.first == 1 && first->pronoun && first->pronoun != HS_CASE_POSSESSIVE)
    return (hs_mention){.pronoun = true, .name = range};
  if (hs_several(w, range))
    return (hs_mention){.type = HS_ACTOR_GROUP, .plural = true, .name = hs_several_names(w, range)};
  const hs_name *name;
  hs_range head = hs_head_find(w, range, &name);
  hs_mention m = read(w, range, head, name);
  read_outlet(w, &m, range);
  return m;
}

/* The word of NAME from which its others hang. */
static uint32_t top_of(const hs_words *w, const hs_name *name) {
  uint32_t top = hs_branch_head(w, (hs_range){name->first, name->end});
  return top < name->end ? top : name->first;
}

/* Behind NAME: the apposition that the tree hangs on it. */
static uint32_t apposition_end(const hs_words *w, const hs_name *name) {
  uint32_t end = name->end, high = w->sentences[w->sentence_of[name->first]].end;
  if (end >= high || mark(w, end) != ',') return end;
  for (uint32_t i = end + 1; i < high && i < end + APPOSED; i++) {
    uint32_t up = hs_branch_up(w, i);
    bool mine = up != HS_NO_TOKEN && up >= name->first && up < name->end;
    if (mine && hs_branch_is(w, i, "appos")) return hs_branch_around(w, i).end;
  }
  return end;
}

/* Bruno "Brick" Castell: where the name ends that goes on behind a nickname. */
static uint32_t name_end(const hs_words *w, const hs_name *name) {
  uint32_t end = name->end;
  if (end + 3 >= w->count || !has(w, end, HS_TOKEN_CAPITAL) || hs_words_has(w, end, HS_TOKEN_WORD)) return end;
  for (uint32_t i = end + 2; i < end + 5 && i + 1 < w->count; i++)
    if (has(w, i, HS_TOKEN_CAPITAL) && !has(w, i, HS_TOKEN_WORD)) return i + 2;
  return end;
}

/* "the party chairman, Ana Orlo": the words of the office on which the tree hangs the name as apposition; else empty.
 */
static hs_range office_before(const hs_words *w, uint32_t low, uint32_t top, uint32_t first) {
  uint32_t noun = hs_branch_up(w, top);
  bool apposed = noun != HS_NO_TOKEN && noun >= low && noun < first && hs_branch_is(w, top, "appos");
  if (!apposed || !entry(w, noun)->role || !hs_words_class(w, noun, "NOUN")) return (hs_range){0, 0};
  hs_range range = hs_branch_around(w, noun);
  for (uint32_t i = noun; i < first; i++)
    if (mark(w, i) == ',') return (hs_range){range.first, i};
  return (hs_range){0, 0};
}

static bool binds_title(const hs_words *w, uint32_t top, uint32_t i) {
  if (is(w, i, HS_CONJUNCTION) || hs_branch_is(w, i, "case") || hs_branch_is(w, i, "fixed"))
    return hs_words_has(w, i, HS_TOKEN_CLITIC);
  uint32_t size;
  const hs_entry *e = entry(w, i), *next = hs_words_phrase(w, i + 1, w->count, &size);
  bool modifier = hs_words_class(w, i, "NOUN") || hs_words_class(w, i, "ADJ") || hs_words_class(w, i, "PROPN") ||
                  e->institution || e->land;
  uint32_t up = hs_branch_up(w, i); /* "Flood" of "Flood Defences Minister Ana Orlo" */
  bool told =
      up != HS_NO_TOKEN && up > i && up < i + 4 && (hs_branch_is(w, i, "compound") || hs_branch_is(w, i, "amod"));
  bool beside = (next->role || next->institution || told) && modifier && !e->weekday && !e->timeword && !mark(w, i);
  return hs_branch_holds(w, top, i) || e->role || e->honorific || beside;
}

/* "Ana Orlo | of the Tarn Institute": the body to which one belongs whose name ends before token I; else empty. */
static hs_range house_behind(const hs_words *w, uint32_t i) {
  uint32_t first = i + 1;
  if (i + 1 >= w->count || !is(w, i, HS_BINDING)) return (hs_range){0, 0};
  if (is(w, first, HS_DEFINITE)) first++;
  const hs_name *name = first < w->count ? hs_words_name(w, first) : NULL;
  return is_type(name, "ORG") && name->first == first ? (hs_range){first, name->end} : (hs_range){0, 0};
}

hs_mention hs_mention_of_name(const hs_words *w, const hs_name *name, hs_range *phrase) {
  uint32_t low = hs_words_opening(w, w->sentence_of[name->first]), top = top_of(w, name), end = name_end(w, name);
  if (low > name->first) low = w->sentences[w->sentence_of[name->first]].first;
  hs_range range = {name->first, end > name->end ? end : apposition_end(w, name)};
  while (range.first > low && range.first + APPOSED > name->first && binds_title(w, top, range.first - 1))
    range.first--;
  while (range.first < name->first && (mark(w, range.first) || is(w, range.first, HS_PREPOSITION))) range.first++;
  hs_mention m = read(w, range, (hs_range){range.first, end}, name);
  hs_range office = office_before(w, low, top, range.first);
  if (office.first < office.end) {
    for (uint32_t i = office.first, size; i < office.end; i += size) note(&m, hs_words_phrase(w, i, office.end, &size));
    add_role(w, &m, office);
    note_institution(w, &m, office);
    range.first = office.first;
  }
  if (m.type == HS_ACTOR_PERSON && m.institution.first >= m.institution.end) m.institution = house_behind(w, name->end);
  *phrase = range;
  return m;
}
