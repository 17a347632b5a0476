#include "annotate/nature.h"

#include "annotate/branch.h"
#include "annotate/namekey.h"

enum { HINT = 1, SIGN, PROOF }; /* what speaks for something has so many votes */
enum { CLAUSE = 30, BESIDE = 4, MOST_VOTES = 1000 };

static bool has(const hs_words *w, uint32_t i, uint32_t shape) { return hs_words_has(w, i, shape); }
static bool is(const hs_words *w, uint32_t i, uint32_t grammar) { return hs_words_is(w, i, grammar); }
static const hs_entry *entry(const hs_words *w, uint32_t i) {
  return i < w->count ? w->items[i].entry : w->rules->entries;
}
static char mark(const hs_words *w, uint32_t i) { return i < w->count ? w->items[i].mark : 0; }

/* Is it an office or house of those who govern? */
static bool is_governed(const hs_entry *e) {
  bool institution = e->institution == HS_INSTITUTION_SUFFIX && e->institution_sector;
  return (institution && hs_str_is(hs_str_of(e->institution_sector), "GOV")) ||
         (e->role && e->role != HS_ROLE_SPOKESPERSON && e->role_sector && hs_str_is(hs_str_of(e->role_sector), "GOV"));
}

static bool governs(const hs_words *w, uint32_t first) {
  for (uint32_t i = first, size; i < w->count && i < first + 3 && !w->items[i].mark; i += size)
    if (is_governed(hs_words_phrase(w, i, w->count, &size))) return true;
  return false;
}

/* The pronoun that is the subject of what the verb at I tells, "it" of "said it would"; what nothing says otherwise. */
static const hs_entry *subject_told(const hs_words *w, uint32_t i) {
  const hs_entry *next = entry(w, i + 1);
  bool subject = w->items[i].entry->complements && next->gender && next->pronoun == HS_CASE_SUBJECT;
  return subject ? next : w->rules->entries;
}

/* "Vesta said it would", "Vesta accused Teal, and said it would": the gender of the pronoun right behind a verb of the
 * name that ends before token I. */
static hs_gender told_gender(const hs_words *w, uint32_t i) {
  uint32_t verb = HS_NO_TOKEN, end = w->sentences[w->sentence_of[i - 1]].end;
  for (uint32_t k = i; k < end && k < i + 3 && !w->items[k].mark && verb == HS_NO_TOKEN; k++) {
    if (subject_told(w, k)->gender) return (hs_gender)subject_told(w, k)->gender;
    if (hs_words_class(w, k, "VERB")) verb = k;
  }
  for (uint32_t k = i; verb != HS_NO_TOKEN && k < end && k < i + CLAUSE; k++)
    if (hs_branch_up(w, k) == verb && hs_branch_is(w, k, "conj") && subject_told(w, k)->gender)
      return (hs_gender)subject_told(w, k)->gender;
  return HS_GENDER_ANY;
}

/* "Vesta closed its ports": is what the verb behind the name that ends before token I is done to "its"? */
static bool owns_it(const hs_words *w, uint32_t name, uint32_t i) {
  uint32_t verb = hs_branch_up(w, name), end = w->sentences[w->sentence_of[i - 1]].end;
  if (verb == HS_NO_TOKEN || verb < i || verb > i + 2 || !hs_branch_is(w, name, "nsubj")) return false;
  uint32_t own = verb + 1;
  const hs_entry *e = entry(w, own);
  if (own >= end || e->pronoun != HS_CASE_POSSESSIVE || e->gender != HS_GENDER_THING) return false;
  uint32_t noun = hs_branch_up(w, own);
  return noun != HS_NO_TOKEN && hs_branch_up(w, noun) == verb && hs_branch_is(w, noun, "obj");
}

/* ", the capital", ", a fishing town": is what stands behind the comma at I a word for a place? */
static bool is_settlement_behind(const hs_words *w, uint32_t i) {
  if (mark(w, i) != ',' || i + 1 >= w->count || !is(w, i + 1, HS_DETERMINER)) return false;
  for (uint32_t k = i + 2; k < w->count && k < i + 2 + BESIDE && !w->items[k].mark; k++) {
    if (is(w, k, HS_PREPOSITION | HS_RELATIVE)) return false;
    if (w->items[k].entry->settlement && !entry(w, k + 1)->role) return true;
  }
  return false;
}

/* ", 72,", ", the mayor", ", who": what only people are told of behind the comma at I. */
static unsigned person_behind(const hs_words *w, uint32_t i) {
  if (mark(w, i) != ',' || i + 1 >= w->count) return 0;
  hs_str s = hs_words_str(w, i + 1);
  if (has(w, i + 1, HS_TOKEN_NUMBER)) return s.size == 2 && mark(w, i + 2) == ',' ? PROOF : 0;
  const hs_entry *next = entry(w, i + 1);
  if (next->pronoun == HS_CASE_RELATIVE && next->gender != HS_GENDER_THING && !is(w, i + 1, HS_COMPLEMENTIZER))
    return SIGN;
  for (uint32_t k = i + 1, size; k < w->count && k < i + 2 + BESIDE && !w->items[k].mark; k += size) {
    if (is(w, k, HS_PREPOSITION | HS_RELATIVE) || has(w, k, HS_TOKEN_CLITIC)) return 0;
    if (hs_words_phrase(w, k, w->count, &size)->role) return is(w, i + 1, HS_DETERMINER) ? SIGN : 0;
  }
  return 0;
}

/* "the Lantern said": has the name an article of its own, and no noun behind it that has it? */
static bool is_called_the(const hs_words *w, hs_range run) {
  if (run.end - run.first > 1 || !is(w, run.first - 1, HS_DEFINITE) || run.end >= w->count) return false;
  if (!w->parsed) return w->items[run.end].mark && !has(w, run.end, HS_TOKEN_CLITIC);
  return hs_words_str(w, run.first - 1).size == 3 && hs_branch_up(w, run.first - 1) == run.first;
}

/* "the King of Vesta, Orlo": does an office stand before the comma at I? */
static bool is_office_before(const hs_words *w, uint32_t i) {
  if (w->items[i].mark != ',') return false;
  for (uint32_t k = i; k > 0 && k + BESIDE > i; k--) {
    if (entry(w, k - 1)->role) return true;
    if (!has(w, k - 1, HS_TOKEN_CAPITAL) && !is(w, k - 1, HS_BINDING)) return false;
  }
  return false;
}

/* ", which": is what stands before the comma at I no person? */
static bool is_thing_behind(const hs_words *w, uint32_t i) {
  if (mark(w, i) != ',') return false;
  const hs_entry *next = entry(w, i + 1);
  return next->pronoun == HS_CASE_RELATIVE && next->gender == HS_GENDER_THING;
}

static void vote_before(hs_votes *v, const hs_words *w, hs_range run) {
  if (run.first == 0 || has(w, run.first, HS_SHAPE_FIRST)) return;
  uint32_t i = run.first - 1;
  bool possessive = run.end < w->count && has(w, run.end, HS_TOKEN_CLITIC);
  const hs_entry *before = entry(w, i);
  bool titled = before->honorific || before->role;
  if ((titled && !is(w, i, HS_DETERMINER)) || is_office_before(w, i)) v->person += SIGN;
  bool inverted = before->complements & HS_COMPLEMENT_SPEECH && before->cue_forms & (HS_CUE_PAST | HS_CUE_PRESENT);
  if (inverted && mark(w, run.end) && mark(w, run.end) != '-') v->person += HINT;
  if (is_called_the(w, run)) v->body += PROOF;
  if (possessive || i == 0) return;
  if (is(w, i, HS_LOCATIVE) && is(w, i, HS_BINDING)) v->body += SIGN; /* "at Tarn Mills" */
  else if (is(w, i, HS_LOCATIVE)) v->place += SIGN;
  if (!is(w, i, HS_BINDING) || is(w, i, HS_LOCATIVE)) return;
  if (entry(w, i - 1)->settlement) v->place += PROOF;
  else if (is_governed(entry(w, i - 1))) v->state += SIGN;
  else if (has(w, i - 1, HS_TOKEN_CAPITAL)) v->body += SIGN; /* "Mayor Ana Orlo of Vesta" */
}

static void vote_behind(hs_votes *v, const hs_words *w, hs_range run) {
  uint32_t i = run.end;
  if (i >= w->count) return;
  if (has(w, i, HS_TOKEN_CLITIC)) {
    if (governs(w, i + 1)) v->state += SIGN;
    return;
  }
  if (has(w, run.first, HS_SHAPE_FIRST) && i < hs_words_opening(w, w->sentence_of[run.first])) v->place += PROOF;
  const hs_entry *next = entry(w, i);
  if (next->role || next->press) v->body += HINT;
  if (next->settlement || is_settlement_behind(w, i)) v->place += PROOF;
  v->person += (uint16_t)person_behind(w, i);
  if (is_thing_behind(w, i)) v->body += PROOF;
  hs_gender told = told_gender(w, i); /* whoever tells of "him" or "her" may tell of anybody */
  if (told == HS_GENDER_THING || owns_it(w, run.end - 1, i)) v->body += SIGN;
  else if (told) v->person += HINT;
}

/* "Vesta agreed. Its foreign minister": what the sentence behind one that begins with the name tells of it. */
static void vote_next(hs_votes *v, const hs_words *w, hs_range run) {
  if (!has(w, run.first, HS_SHAPE_FIRST)) return;
  uint32_t next = w->sentences[w->sentence_of[run.first]].end;
  if (next >= w->count || has(w, run.end, HS_TOKEN_CLITIC)) return;
  const hs_entry *e = entry(w, next);
  bool its = e->pronoun == HS_CASE_POSSESSIVE && e->gender == HS_GENDER_THING;
  if (!its || hs_words_paragraph(w, next) != hs_words_paragraph(w, run.first)) return;
  if (governs(w, next + 1)) v->state += SIGN;
  else v->body += HINT;
}

void hs_natures_note(hs_natures *n, const hs_words *w, hs_range run) {
  hs_votes v = {0};
  vote_before(&v, w, run);
  vote_behind(&v, w, run);
  vote_next(&v, w, run);
  if (!(v.person | v.body | v.place | v.state)) return;
  uint32_t *at = hs_map_put(&n->index, n->arena, hs_name_key(w, run, n->arena));
  if (!*at) {
    hs_push(n->arena, n->votes, (hs_votes){0});
    *at = (uint32_t)n->votes.count;
  }
  hs_votes *all = &n->votes.items[*at - 1];
  if (all->person + all->body + all->place + all->state > MOST_VOTES) return;
  all->person += v.person, all->body += v.body, all->place += v.place, all->state += v.state;
}

hs_nature hs_nature_of(const hs_natures *n, hs_str key, int person) {
  const uint32_t *at = hs_map_get(&n->index, key);
  if (!at) return HS_NATURE_OPEN;
  const hs_votes *v = &n->votes.items[*at - 1];
  int other = v->body + v->place + v->state;
  person += v->person;
  if (person >= other) return person > other && v->person ? HS_NATURE_PERSON : HS_NATURE_OPEN;
  if (v->state) return HS_NATURE_STATE;
  return v->place ? HS_NATURE_PLACE : HS_NATURE_BODY;
}
