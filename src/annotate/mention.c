#include "annotate/mention.h"

#include "annotate/phrase.h"

static const hs_entry *entry(const hs_words *w, uint32_t i) { return w->items[i].entry; }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }
static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }
static char mark(const hs_words *w, uint32_t i) { return w->items[i].mark; }

static bool is_possessive(const hs_words *w, uint32_t i) {
  return has(w, i, HS_TOKEN_CLITIC) || (mark(w, i) && has(w, i, HS_TOKEN_QUOTE) && !has(w, i, HS_SHAPE_DOUBLE));
}

/* A capital word that may stand in a name: no role, honorific or nationality, no word of grammar at its start. */
static bool is_name_word(const hs_words *w, uint32_t i) {
  return has(w, i, HS_TOKEN_CAPITAL) && !has(w, i, HS_TOKEN_CLITIC);
}

/* What the words before the name, or an apposition, tell of its bearer. */
static void note(hs_mention *m, const hs_entry *e) {
  if (e->role) {
    m->role = e;
    m->sector = e->role_sector;
  }
  if (e->honorific) {
    if (e->honorific > 1) m->gender = (hs_gender)(e->honorific - 1);
  }
  if (e->land && e->land != HS_LAND_CAPITAL && e->country) m->country = e->country;
  if (e->institution == HS_INSTITUTION_METONYM && e->institution_country && !m->country)
    m->country = e->institution_country;
}

static void add_role(const hs_words *w, hs_mention *m, hs_range range) {
  while (range.first < range.end &&
         (is(w, range.first, HS_DETERMINER | HS_POSSESSIVE) || is_possessive(w, range.first)))
    range.first++;
  while (range.end > range.first && (mark(w, range.end - 1) == ',' || is(w, range.end - 1, HS_CONJUNCTION)))
    range.end--;
  if (range.first < range.end && m->role_count < HS_MENTION_ROLES) m->roles[m->role_count++] = range;
}

/* The end of the phrase's head: before the first comma, bracket, preposition or relative pronoun. */
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

static void note_countries(const hs_words *w, hs_mention *m, hs_range range) {
  for (uint32_t i = range.first; i < range.end && !m->country;) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, range.end, &size);
    bool land = e->land && has(w, i, HS_TOKEN_CAPITAL);
    if (land || e->institution == HS_INSTITUTION_METONYM) m->country = land ? e->country : e->institution_country;
    i += size;
  }
}

/* Reads the head: what stands before the name, and the name: the capital words behind the last role or small word. */
static void read_head(const hs_words *w, hs_mention *m, hs_range head) {
  uint32_t first = head.first, name = head.first;
  while (name + 1 < head.end && is(w, name, HS_DETERMINER | HS_POSSESSIVE)) name++;
  for (uint32_t i = head.first; i < head.end; i++)
    if (is_possessive(w, i) && i + 1 < head.end) first = name = i + 1;
  for (uint32_t i = first; i < head.end;) {
    uint32_t size;
    const hs_entry *e = hs_words_phrase(w, i, head.end, &size);
    bool last = i + size >= head.end;
    bool particle = is(w, i, HS_PARTICLE) && i > name && has(w, i - 1, HS_TOKEN_CAPITAL);
    particle = particle || (is(w, i, HS_PARTICLE) && i > name && is(w, i - 1, HS_PARTICLE));
    bool small = !is_name_word(w, i) && !mark(w, i) && !particle;
    bool title =
        (e->role || e->honorific || (e->land && e->land != HS_LAND_NAME && e->land != HS_LAND_CAPITAL)) && !e->press;
    if (title && !(last && i > name && !e->role)) {
      note(m, e);
      name = i + size;
    } else if (small) {
      name = i + size;
    }
    i += size;
  }
  while (name < head.end && mark(w, name)) name++;
  m->name = (hs_range){name, head.end};
  if (!m->role) return;
  add_role(w, m, (hs_range){first, name});
  note_countries(w, m, (hs_range){first, name});
}

static void read_apposition(const hs_words *w, hs_mention *m, hs_range rest) {
  while (rest.first < rest.end && mark(w, rest.first)) rest.first++;
  uint32_t end = rest.first, role_end = rest.first;
  for (; end < rest.end && mark(w, end) != ',' && !is(w, end, HS_RELATIVE) && mark(w, end) != '('; end++) {
    const hs_entry *e = entry(w, end);
    if (e->role && !m->role) m->role = e, m->sector = e->role_sector;
    if (e->role) role_end = end + 1;
    if (e->land && e->country && !m->country) m->country = e->country;
  }
  if (role_end > rest.first) add_role(w, m, (hs_range){rest.first, end});
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
    bool suffix = last && (e->institution == HS_INSTITUTION_SUFFIX || e->press);
    if ((whole || suffix) && !press) best = e;
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

static hs_range without_article(const hs_words *w, hs_range range) {
  if (range.end - range.first > 1 && is(w, range.first, HS_DETERMINER) && !is(w, range.first, HS_QUANTITY))
    range.first++;
  return range;
}

/* A phrase without a name: an institution, a description. */
static void read_nameless(const hs_words *w, hs_mention *m, hs_range range, hs_range head) {
  const hs_entry *last = entry(w, head.end - 1);
  hs_range known = without_article(w, head);
  const hs_entry *institution = institution_of(w, head, &known);
  bool possessive = is(w, head.first, HS_POSSESSIVE);
  if (m->role || is(w, head.first, HS_QUANTITY)) {
    bool some = m->role && (m->role->role == HS_ROLE_PEOPLE || m->role->role == HS_ROLE_SPOKESPEOPLE);
    m->definite = m->role && !some && (possessive || is(w, head.first, HS_DEFINITE));
    m->type = HS_ACTOR_ANONYMOUS;
    uint32_t end = head.end;
    while (end < range.end && mark(w, end) != ',' && mark(w, end) != '(' && !is(w, end, HS_RELATIVE)) end++;
    m->name = without_article(w, (hs_range){head.first, end});
  } else if (institution && institution->institution != HS_INSTITUTION_DOCUMENT) {
    set_institution(m, institution);
    m->name = known;
    m->definite = true;
  } else if (last->land == HS_LAND_PEOPLE || last->land == HS_LAND_ADJECTIVE) {
    m->type = HS_ACTOR_GROUP;
    m->name = without_article(w, head);
    m->country = last->country;
  } else {
    m->unknown = true;
    m->name = head;
  }
  note_countries(w, m, range);
}

static void read_named(const hs_words *w, hs_mention *m, hs_range head) {
  hs_range name = m->name;
  uint32_t size;
  const hs_entry *e = hs_words_phrase(w, name.first, name.end, &size);
  hs_range known = name;
  const hs_entry *institution = institution_of(w, name, &known);
  bool whole = size == name.end - name.first;
  if (institution && !(m->role && !whole)) {
    set_institution(m, institution);
    m->name = institution->institution == HS_INSTITUTION_SUFFIX ? without_article(w, head) : known;
  } else if (whole && e->land == HS_LAND_NAME) {
    m->type = HS_ACTOR_COUNTRY;
    m->country = e->country;
    m->sector = NULL;
  } else if (whole && e->land == HS_LAND_CAPITAL) {
    m->type = HS_ACTOR_ORGANISATION;
    m->country = e->country;
    m->sector = "GOV";
  } else if (!m->role && is(w, head.first, HS_DETERMINER)) {
    bool plural = hs_str_ends(hs_words_str(w, name.end - 1), "s") && !is(w, head.first, HS_QUANTITY);
    m->type = plural ? HS_ACTOR_GROUP : HS_ACTOR_ORGANISATION; /* "the Greens", "the Journal" */
  } else {
    m->type = HS_ACTOR_PERSON;
  }
}

/* "the party chairman, Bo Reyn": the name stands in the apposition. True if one does. */
static bool read_name_behind(const hs_words *w, hs_mention *m, hs_range range, hs_range head) {
  uint32_t first = head.end, size;
  while (first < range.end && mark(w, first) != ',') first++;
  bool title = false; /* says as much before the name as a role before the comma */
  first++;
  for (; first < range.end && hs_words_phrase(w, first, range.end, &size)->role; first += size) title = true;
  uint32_t end = first;
  while (end < range.end && (has(w, end, HS_TOKEN_CAPITAL) || (mark(w, end) == '-' && has(w, end, HS_SHAPE_GLUED))))
    end++;
  bool name = (m->role || title) && end >= first + 2 && (end == range.end || mark(w, end) == ',');
  if (!name) return false;
  m->type = HS_ACTOR_PERSON;
  m->definite = m->unknown = false;
  m->name = (hs_range){first, end};
  return true;
}

/* "Ana Orlo and Bo Reyn": two names, of which neither is the speaker alone. */
static bool joins_names(const hs_words *w, hs_range range) {
  for (uint32_t i = range.first + 1; i + 1 < range.end; i++) {
    if (mark(w, i) == ',' || is(w, i, HS_RELATIVE | HS_PREPOSITION)) return false;
    if (is(w, i, HS_JOINING)) return is_name_word(w, i - 1) && is_name_word(w, i + 1) && !entry(w, i - 1)->land;
  }
  return false;
}

hs_mention hs_mention_read(const hs_words *w, hs_range range) {
  hs_mention m = {.type = HS_ACTOR_PERSON};
  if (range.end - range.first > 1 && entry(w, range.end - 1)->pronoun == HS_CASE_REFLEXIVE) range.end--;
  const hs_entry *first = entry(w, range.first);
  if (range.end - range.first == 1 && first->pronoun && first->pronoun != HS_CASE_POSSESSIVE) {
    m.pronoun = true;
    m.name = range;
    return m;
  }
  if (joins_names(w, range)) {
    m.type = HS_ACTOR_GROUP;
    m.name = range;
    return m;
  }
  hs_range head = {range.first, head_end(w, range)};
  if (head.end == head.first) head.end = range.end;
  hs_range known = head;
  const hs_entry *whole = institution_of(w, head, &known);
  read_head(w, &m, head);
  if (m.name.first >= m.name.end && whole && !m.role) read_nameless(w, &m, range, head);
  else if (m.name.first < m.name.end) read_named(w, &m, head);
  else read_nameless(w, &m, range, head);
  if (head.end >= range.end || ((m.unknown || m.type == HS_ACTOR_ANONYMOUS) && read_name_behind(w, &m, range, head)))
    return m;
  if (mark(w, head.end) == ',' && !m.unknown && m.type != HS_ACTOR_ANONYMOUS)
    read_apposition(w, &m, (hs_range){head.end + 1, range.end});
  return m;
}

const char *hs_mention_kind(const hs_mention *m) {
  if (m->press == HS_PRESS_AGENCY || m->press == HS_PRESS_AGENCY_WORD) return "agency";
  if (m->press) return "outlet";
  bool spokesperson = m->role && (m->role->role == HS_ROLE_SPOKESPERSON || m->role->role == HS_ROLE_SPOKESPEOPLE);
  return m->type == HS_ACTOR_ANONYMOUS && !spokesperson ? "anonymous" : "spokesperson";
}
