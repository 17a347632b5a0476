#include "annotate/phrase.h"

enum { APPOSITION_REACH = 40, ADJECTIVE_REACH = 3, RELATIVE_REACH = 12, MARKED_WORDS = 5 };

static const hs_entry *entry(const hs_words *w, uint32_t i) { return w->items[i].entry; }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }
static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }
static char mark(const hs_words *w, uint32_t i) { return w->items[i].mark; }

/* A capital that is not only the sentence's. */
static bool is_name(const hs_words *w, uint32_t i) { return has(w, i, HS_TOKEN_CAPITAL) && !has(w, i, HS_SHAPE_FIRST); }

static bool is_possessive_clitic(const hs_words *w, uint32_t i) {
  hs_str s = hs_words_str(w, i);
  return (has(w, i, HS_TOKEN_CLITIC) && hs_str_ends(s, "s")) ||
         (mark(w, i) && has(w, i, HS_TOKEN_QUOTE) && !has(w, i, HS_SHAPE_DOUBLE) && has(w, i, HS_SHAPE_GLUED));
}

static bool is_time(const hs_words *w, uint32_t i) {
  const hs_entry *e = entry(w, i);
  return e->weekday || (e->month && has(w, i, HS_TOKEN_CAPITAL)) || e->timeword == HS_TIMEWORD_DAY ||
         (e->timeword == HS_TIMEWORD_PART && !has(w, i, HS_TOKEN_CAPITAL));
}

/* "the alleged plan", "a widely reported deal": a participle behind a determiner is an adjective. */
static bool is_adjective(const hs_words *w, uint32_t i) {
  for (uint32_t n = 1; n <= ADJECTIVE_REACH && n <= i; n++) {
    if (is(w, i - n, HS_DETERMINER | HS_POSSESSIVE) || is_possessive_clitic(w, i - n)) return true;
    if (!has(w, i - n, HS_SHAPE_LY) && !is(w, i - n, HS_ADVERB) && mark(w, i - n) != '-') return false;
  }
  return false;
}

bool hs_phrase_is_verb(const hs_words *w, uint32_t i) {
  const hs_entry *e = entry(w, i);
  if (e->grammar & HS_MODAL) return !has(w, i, HS_TOKEN_CAPITAL) || has(w, i, HS_SHAPE_FIRST);
  if (e->grammar & HS_AUXILIARY) return !(is_possessive_clitic(w, i) && has(w, i, HS_SHAPE_GLUED));
  if (!(e->grammar & HS_VERB) && !e->complements) return false;
  if (is_name(w, i) || (e->cue_forms == HS_CUE_GERUND)) return false;
  if (i == 0 || has(w, i, HS_SHAPE_FIRST)) return true;
  if (is_adjective(w, i)) return false;
  if (is(w, i - 1, HS_PREPOSITION) && !is(w, i - 1, HS_INFINITIVE)) return false;
  /* "announced plans", "Ukrainian attempts": a noun that is spelt like a verb. */
  const hs_entry *before = entry(w, i - 1);
  bool object = before->complements || before->grammar & HS_VERB;
  bool finite = !(before->grammar & (HS_CHAIN | HS_AUXILIARY | HS_MODAL)) && before->cue_forms != HS_CUE_GERUND;
  if (object && finite && !has(w, i, HS_SHAPE_ED) && !has(w, i - 1, HS_TOKEN_CAPITAL)) return false;
  return !(before->land == HS_LAND_ADJECTIVE && has(w, i - 1, HS_TOKEN_CAPITAL) && !has(w, i, HS_SHAPE_ED));
}

uint32_t hs_phrase_verb(const hs_words *w, uint32_t first, uint32_t end) {
  for (uint32_t i = first; i < end; i++)
    if (hs_phrase_is_verb(w, i)) return i;
  return end;
}

/* May a noun phrase go on to the left over the preposition I? Not where the sentence or a time begins there. */
static bool binds_left(const hs_words *w, uint32_t low, uint32_t i) {
  if (i == low) return false;
  const hs_entry *before = entry(w, i - 1);
  if (mark(w, i - 1) ||
      (before->grammar & (HS_ADVERB | HS_CONJUNCTION | HS_SUBORDINATOR | HS_PREPOSITION | HS_RELATIVE)))
    return false;
  if (before->pronoun && before->pronoun != HS_CASE_OBJECT && !(before->grammar & HS_QUANTITY)) return false;
  return !is_time(w, i - 1) && !hs_phrase_is_verb(w, i - 1) && !has(w, i - 1, HS_SHAPE_ING);
}

/* Does the word I end what may stand in a noun phrase, read from right to left? */
static bool breaks(const hs_words *w, uint32_t i, uint32_t last) {
  const hs_entry *e = entry(w, i);
  char m = mark(w, i);
  if (i < last && mark(w, i + 1) == '-' && has(w, i + 1, HS_SHAPE_GLUED) && !m) return false; /* "long-range" */
  if (m)
    return !(m == '-' && has(w, i, HS_SHAPE_GLUED)) && m != '&' && !is_possessive_clitic(w, i) && m != '.' && m != '/';
  if (has(w, i, HS_TOKEN_CLITIC) && is_possessive_clitic(w, i)) return false;
  if (e->grammar & (HS_SUBORDINATOR | HS_CONJUNCTION) && !is_name(w, i)) return true;
  if (e->pronoun && e->pronoun != HS_CASE_POSSESSIVE && i != last) return true;
  if (e->grammar & (HS_ADVERB | HS_NEGATION | HS_MODAL) && !(e->grammar & HS_DETERMINER) && !is_name(w, i)) return true;
  if (has(w, i, HS_SHAPE_LY) && !has(w, i, HS_TOKEN_CAPITAL) && i != last && !is_adjective(w, i)) return true;
  bool named = entry(w, i)->weekday && i > 0 && is(w, i - 1, HS_DETERMINER | HS_POSSESSIVE); /* "a Monday paper" */
  if (i != last && is_time(w, i) && !named && !(i + 1 <= last && is_possessive_clitic(w, i + 1))) return true;
  return hs_phrase_is_verb(w, i);
}

/* The first token of the plain noun phrase whose last one is LAST; LAST + 1 if LAST cannot end one. */
static uint32_t plain_start(const hs_words *w, uint32_t low, uint32_t last) {
  uint32_t i = last + 1;
  while (i > low) {
    uint32_t t = i - 1;
    if (mark(w, t) == ')' && t > low) {
      uint32_t open = t;
      while (open > low && mark(w, open) != '(') open--;
      if (mark(w, open) != '(') break;
      i = open;
      continue;
    }
    if (is(w, t, HS_PREPOSITION) && !is_name(w, t)) {
      bool when = is(w, t, HS_SUBORDINATOR) && t > low &&
                  entry(w, t - 1)->timeword == HS_TIMEWORD_UNIT; /* "a day after Orlo said" */
      if (t == last || when || !binds_left(w, low, t)) break;
    } else if (breaks(w, t, last)) {
      break;
    } else if (is(w, t, HS_DETERMINER | HS_POSSESSIVE) && t != last && !has(w, t, HS_TOKEN_CLITIC)) {
      i = t;
      bool more =
          t > low && (is(w, t - 1, HS_DETERMINER) || (is(w, t - 1, HS_PREPOSITION) && binds_left(w, low, t - 1)));
      if (!more) break;
      continue;
    }
    i = t;
  }
  return i;
}

/* Of "Ana Orlo and Bo Reyn", read up to "and": does a list end there, or another clause? */
static uint32_t list_start(const hs_words *w, uint32_t low, uint32_t start) {
  if (start < low + 2 || !is(w, start - 1, HS_JOINING)) return start;
  uint32_t last = start - 2;
  if (mark(w, last) == ',' && last > low) last--;
  uint32_t first = plain_start(w, low, last);
  if (first > last) return start;
  bool begins = first == low || mark(w, first - 1) || is(w, first - 1, HS_SUBORDINATOR | HS_CONJUNCTION);
  return begins ? first : start;
}

/* "Dorrin's foreign minister": do capital words and a possessive begin at I? */
static bool begins_possessive(const hs_words *w, uint32_t i, uint32_t end) {
  while (i < end && !has(w, i, HS_TOKEN_CLITIC) && (has(w, i, HS_TOKEN_CAPITAL) || is(w, i, HS_BINDING | HS_DEFINITE)))
    i++;
  return i < end && is_possessive_clitic(w, i);
}

/* Do words in marks end before token I? */
static bool quotes_end(const hs_words *w, uint32_t i) {
  return i > 0 && has(w, i - 1, HS_SHAPE_DOUBLE) && has(w, i - 1, HS_TOKEN_CLOSES);
}

/* Where the apposition that ends at the comma CLOSE begins: the comma before it, or 0. */
static uint32_t apposition_start(const hs_words *w, uint32_t low, uint32_t close) {
  uint32_t reach = close > low + APPOSITION_REACH ? close - APPOSITION_REACH : low;
  for (uint32_t i = close; i-- > reach + 1;) {
    if (has(w, i, HS_SHAPE_DOUBLE)) {
      uint32_t open = i;
      while (open > reach + 1 && open + MARKED_WORDS > i && !has(w, --open, HS_SHAPE_DOUBLE)) continue;
      if (!has(w, i, HS_TOKEN_CLOSES) || !has(w, open, HS_TOKEN_OPENS)) return 0;
      i = open;
      continue;
    }
    if (mark(w, i) != ',') continue;
    uint32_t next = i + 1;
    bool participle = has(w, next, HS_SHAPE_ING);
    bool starts = is(w, next, HS_DETERMINER | HS_RELATIVE | HS_POSSESSIVE) || entry(w, next)->role ||
                  has(w, next, HS_TOKEN_NUMBER) || !has(w, next, HS_TOKEN_CAPITAL) || begins_possessive(w, next, close);
    bool name = has(w, i - 1, HS_TOKEN_CAPITAL | HS_TOKEN_NUMBER) || entry(w, i - 1)->role ||
                entry(w, i - 1)->institution || entry(w, i - 1)->press || mark(w, i - 1) == ')' ||
                entry(w, i - 1)->pronoun == HS_CASE_OBJECT;
    if (name && (participle || (entry(w, i - 1)->role && has(w, next, HS_TOKEN_CAPITAL)))) return i;
    uint32_t first = plain_start(w, low, i - 1);
    bool opens = first == low || (first < i && quotes_end(w, first)); /* "A friend, Ana Orlo, said" */
    bool called = opens && is(w, first, HS_DETERMINER | HS_POSSESSIVE) && has(w, next, HS_TOKEN_CAPITAL) &&
                  next + 1 < close && has(w, close - 1, HS_TOKEN_CAPITAL);
    if (called) return i;
    bool aside = is(w, next, HS_PREPOSITION) && name && first == low;
    if (aside) return i;
    bool age = has(w, i - 1, HS_TOKEN_NUMBER) && i > reach + 2 && mark(w, i - 2) == ','; /* "Orlo, 35, the ..." */
    if (age) return i - 2;
    if (starts && !is(w, next, HS_CONJUNCTION | HS_SUBORDINATOR | HS_PREPOSITION) && (name || is(w, next, HS_RELATIVE)))
      return i;
    if (is(w, next, HS_RELATIVE)) return i;
  }
  return 0;
}

/* "Three officials who spoke on condition of anonymity said": where the noun phrase before the relative pronoun begins
 * whose clause ends at FIRST; FIRST if there is none. A verb of saying there would take what follows for itself. */
static uint32_t relative_start(const hs_words *w, uint32_t low, uint32_t first, uint32_t at) {
  uint32_t reach = first > low + RELATIVE_REACH ? first - RELATIVE_REACH : low, verbs = 0;
  for (uint32_t i = first; i-- > reach + 1;) {
    if (mark(w, i)) return first;
    if (!is(w, i, HS_RELATIVE) || entry(w, i)->pronoun != HS_CASE_RELATIVE || is(w, i, HS_COMPLEMENTIZER)) {
      if (is(w, i, HS_SUBORDINATOR | HS_CONJUNCTION) && !is(w, i, HS_PREPOSITION)) return first;
      if (hs_phrase_is_verb(w, i) && !is(w, i, HS_AUXILIARY | HS_MODAL)) {
        bool speaks = (entry(w, i)->complements & HS_COMPLEMENT_THAT) != 0;
        if (speaks && i + 1 == first) return first;
        verbs++;
      }
      continue;
    }
    bool clause = verbs <= 1 && i + 1 < first && hs_phrase_verb(w, i + 1, first) <= i + 2 && i + 2 < at;
    uint32_t start = clause ? plain_start(w, low, i - 1) : i;
    return start < i ? start : first;
  }
  return first;
}

/* The end before AT of what the verb's subject may end in: behind a parenthetical adverb (", however,"). */
static uint32_t skip_parenthetical(const hs_words *w, uint32_t low, uint32_t at) {
  if (at < low + 3 || mark(w, at - 1) != ',') return at;
  for (uint32_t i = at - 1; i-- > low && i + 4 > at - 1;) {
    if (mark(w, i) == ',') return i + 1 < at - 1 ? i : at;
    if (!is(w, i, HS_ADVERB | HS_PREPOSITION) && !has(w, i, HS_SHAPE_LY) && !is_time(w, i)) return at;
  }
  return at;
}

/* "The ministry on Monday", "Orlo last week": the time between subject and verb is left out. */
static uint32_t skip_time_before(const hs_words *w, uint32_t low, uint32_t at) {
  if (at <= low + 1) return at;
  uint32_t last = at - 1;
  if (has(w, last, HS_SHAPE_LY) && !has(w, last, HS_TOKEN_CAPITAL) && last > low) return last; /* "Orlo quickly took" */
  bool unit = entry(w, last)->timeword == HS_TIMEWORD_UNIT && entry(w, last - 1)->timeword == HS_TIMEWORD_WHICH;
  if (unit) last--;
  else if (!is_time(w, last)) return at;
  if (last > low + 1 && is(w, last - 1, HS_PREPOSITION)) last--;
  return last > low ? last : at;
}

hs_range hs_phrase_before(const hs_words *w, uint32_t low, uint32_t at) {
  at = skip_time_before(w, low, skip_parenthetical(w, low, at));
  if (at <= low) return (hs_range){at, at};
  uint32_t last = at - 1;
  if (mark(w, last) == ',') {
    uint32_t comma = apposition_start(w, low, last);
    if (!comma || comma <= low) return (hs_range){at, at};
    uint32_t first = plain_start(w, low, comma - 1);
    if (first >= comma) return (hs_range){at, at};
    bool aside = is(w, comma + 1, HS_PREPOSITION) || entry(w, comma + 1)->cue_forms == HS_CUE_GERUND;
    return (hs_range){first, aside ? comma : last};
  }
  if (mark(w, last) && mark(w, last) != ')' && !is_possessive_clitic(w, last)) return (hs_range){at, at};
  const hs_entry *e = entry(w, last);
  if (e->pronoun == HS_CASE_REFLEXIVE && last > low && !mark(w, last - 1)) {
    uint32_t start = plain_start(w, low, last - 1);
    if (start < last) return (hs_range){start, at};
  }
  if (e->pronoun && e->pronoun != HS_CASE_POSSESSIVE) return (hs_range){last, at};
  if (is(w, last, HS_DETERMINER | HS_POSSESSIVE) && !(e->grammar & HS_QUANTITY)) return (hs_range){at, at};
  uint32_t first = plain_start(w, low, last);
  if (first > last) return (hs_range){at, at};
  first = relative_start(w, low, list_start(w, low, first), at);
  if (first == last && has(w, last, HS_TOKEN_CLITIC)) return (hs_range){at, at};
  return (hs_range){first, at};
}

bool hs_phrase_begins(const hs_words *w, uint32_t i) {
  if (mark(w, i) == '$') return true;
  if (mark(w, i) || has(w, i, HS_TOKEN_CLITIC)) return false;
  const hs_entry *e = entry(w, i);
  if (is_name(w, i) && (!is_time(w, i) || (i + 1 < w->count && is_possessive_clitic(w, i + 1)))) return true;
  if (e->grammar & (HS_DETERMINER | HS_POSSESSIVE | HS_QUANTITY)) return true;
  if (e->pronoun) return e->pronoun != HS_CASE_RELATIVE;
  if (e->grammar & (HS_PREPOSITION | HS_CONJUNCTION | HS_SUBORDINATOR | HS_ADVERB | HS_NEGATION)) return false;
  if (is_time(w, i) || has(w, i, HS_SHAPE_LY)) return false;
  return !hs_phrase_is_verb(w, i);
}

uint32_t hs_phrase_skip_time(const hs_words *w, uint32_t i, uint32_t end) {
  uint32_t start = i;
  while (i < end) {
    uint32_t next = i + is(w, i, HS_PREPOSITION);
    if (next < end && entry(w, next)->timeword == HS_TIMEWORD_WHICH) next++;
    bool time = next < end && (is_time(w, next) || (next > i && entry(w, next)->timeword == HS_TIMEWORD_UNIT) ||
                               entry(w, next)->timeword == HS_TIMEWORD_PART);
    if (time && next + 1 < end && is_possessive_clitic(w, next + 1)) return i; /* "Monday's decision" */
    if (time) i = next + 1;
    else if (i > start && has(w, i, HS_TOKEN_NUMBER)) i++;
    else if (is(w, i, HS_ADVERB) && !(entry(w, i)->grammar & (HS_DETERMINER | HS_SUBORDINATOR | HS_PREPOSITION))) i++;
    else if (has(w, i, HS_SHAPE_LY) && !has(w, i, HS_TOKEN_CAPITAL)) i++;
    else return i;
  }
  return i;
}

/* "in a statement", "on its website": behind the speaker, not part of what describes him. */
static bool leads_to_document(const hs_words *w, uint32_t i, uint32_t high) {
  uint32_t size;
  for (uint32_t k = i + 1; k < high && k < i + 4 && !mark(w, k); k++)
    if (hs_words_phrase(w, k, high, &size)->institution == HS_INSTITUTION_DOCUMENT) return true;
  return false;
}

/* Where what describes the name at the right ends: at a verb of the main clause, a time, a new clause. */
static bool ends_description(const hs_words *w, uint32_t i, uint32_t high, bool apposition) {
  const hs_entry *e = entry(w, i);
  char m = mark(w, i);
  if (m == ';' || m == ':' || has(w, i, HS_SHAPE_DOUBLE) || (m == '-' && !has(w, i, HS_SHAPE_GLUED))) return true;
  if (is_time(w, i)) return true;
  if (e->grammar & HS_PREPOSITION && i + 1 < high && is_time(w, i + 1)) return true;
  if (m == ',' && i + 1 < high) {
    const hs_entry *next = entry(w, i + 1);
    if (next->cue_forms & HS_CUE_GERUND || has(w, i + 1, HS_SHAPE_ING)) return true;
    if (next->grammar & (HS_CONJUNCTION | HS_SUBORDINATOR | HS_PREPOSITION | HS_AUXILIARY)) return true;
    return is_time(w, i + 1);
  }
  if (apposition) return e->grammar & HS_SUBORDINATOR && !(e->grammar & (HS_RELATIVE | HS_QUESTION | HS_PREPOSITION));
  if (e->grammar & HS_PREPOSITION && !(e->grammar & HS_BINDING))
    return leads_to_document(w, i, high) || has(w, i - 1, HS_TOKEN_CAPITAL);
  return e->grammar & (HS_SUBORDINATOR | HS_ADVERB) && !(e->grammar & (HS_RELATIVE | HS_DETERMINER)) && !is_name(w, i);
}

hs_range hs_phrase_behind(const hs_words *w, uint32_t at, uint32_t high) {
  if (at >= high || !hs_phrase_begins(w, at)) return (hs_range){at, at};
  const hs_entry *e = entry(w, at);
  if (e->pronoun && e->pronoun != HS_CASE_POSSESSIVE) return (hs_range){at, at + 1};
  bool apposition = false;
  uint32_t i = at + 1;
  for (; i < high; i++) {
    if (ends_description(w, i, high, apposition)) break;
    if (mark(w, i) == ',' || is(w, i, HS_RELATIVE)) apposition = true;
    else if (!apposition && hs_phrase_is_verb(w, i)) break;
  }
  while (i > at + 1 && mark(w, i - 1) == ',') i--;
  return (hs_range){at, i};
}
