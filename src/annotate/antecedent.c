#include "annotate/antecedent.h"

#include "annotate/branch.h"

#include <math.h>

/* No pronoun is surer than that: what counts in an article may not be what the table weighs. */
static const float MOST_SURE = 0.97f;

typedef struct score {
  const int16_t *weights; /* of this kind of pronoun */
  int sum;
} score;

static void add(score *s, unsigned f) { s->sum += s->weights[f]; }

/* he and she, they, it: each has weights of its own. */
static unsigned kind_of(const hs_entry *pronoun) {
  if (pronoun->gender == HS_GENDER_THING) return 2;
  return pronoun->number == HS_NUMBER_PLURAL ? 1 : 0;
}

/* Does P say something, itself or by its spokesman? */
static bool speaks(const hs_trace *p) { return p->source || p->possesses; }

/* Can the pronoun P mean C by number and gender? "It" that says something is no place that has not spoken yet. */
static bool fits(const hs_cast *cast, const hs_trace *p, const hs_trace *c) {
  const hs_entry *pronoun = hs_words_entry(cast->words, p->token);
  const hs_cast_member *m = &cast->members.items[c->member];
  if (pronoun->gender == HS_GENDER_THING && m->place && speaks(p) && !c->source) return false;
  if (pronoun->gender == HS_GENDER_THING) return m->type == HS_ACTOR_ORGANISATION || m->type == HS_ACTOR_COUNTRY;
  if (pronoun->number == HS_NUMBER_PLURAL) return !hs_cast_is_person(m) && m->type != HS_ACTOR_COUNTRY && !m->place;
  if (!hs_cast_is_person(m)) return false;
  return !m->gender || !pronoun->gender || m->gender == pronoun->gender;
}

/* "Orlo blamed him": a pronoun that is no reflexive means nobody else of its own clause. */
static bool is_bound(const hs_cast *cast, const hs_trace *p, const hs_trace *c) {
  const hs_entry *e = hs_words_entry(cast->words, p->token);
  bool possessive = p->place == HS_PLACE_POSSESSOR;
  return !possessive && e->pronoun != HS_CASE_REFLEXIVE && p->verb != HS_NO_TOKEN && p->verb == c->verb &&
         c->place != HS_PLACE_POSSESSOR;
}

static void add_distance(score *s, const hs_cast *cast, const hs_trace *p, const hs_trace *c) {
  const hs_words *w = cast->words;
  uint32_t sentences = w->sentence_of[p->token] - w->sentence_of[c->token];
  static const unsigned near[] = {HS_SIGN_SAME_SENTENCE, HS_SIGN_SENTENCE_1, HS_SIGN_SENTENCE_2};
  if (sentences < 3) add(s, near[sentences]);
  else add(s, sentences < 6 ? HS_SIGN_SENTENCE_3 : HS_SIGN_FAR);
  if (hs_words_paragraph(w, p->token) == hs_words_paragraph(w, c->token)) add(s, HS_SIGN_SAME_PARAGRAPH);
  if (p->clause == c->clause) add(s, HS_SIGN_SAME_CLAUSE);
}

static void add_place(score *s, const hs_trace *p, const hs_trace *c) {
  static const unsigned places[] = {HS_SIGN_WAS_OTHER, HS_SIGN_WAS_SUBJECT, HS_SIGN_WAS_OBJECT, HS_SIGN_WAS_POSSESSOR};
  add(s, places[c->place]);
  if (p->place == c->place) add(s, HS_SIGN_SAME_PLACE);
  if (c->opens) add(s, HS_SIGN_OPENED);
  if (c->pronoun) add(s, HS_SIGN_WAS_PRONOUN);
  if (c->described) add(s, HS_SIGN_WAS_DESCRIBED);
  if (c->voice) add(s, HS_SIGN_WAS_VOICE);
  if (c->source) add(s, HS_SIGN_WAS_SOURCE);
}

static void add_member(score *s, const hs_cast *cast, const hs_trace *p, const hs_cast_member *m) {
  const hs_entry *e = hs_words_entry(cast->words, p->token);
  static const unsigned named[] = {HS_SIGN_NAMED_0, HS_SIGN_NAMED_1, HS_SIGN_NAMED_2, HS_SIGN_NAMED_2, HS_SIGN_NAMED_4};
  add(s, named[m->named < 4 ? m->named : 4]);
  if (m->gender && m->gender == e->gender) add(s, HS_SIGN_GENDER_KNOWN);
}

static bool is_named_in(const hs_scene *scene, int member) {
  bool named = false;
  for (unsigned i = 0; i < scene->named_count; i++) named = named || scene->named[i] == member;
  return named;
}

/* "After Orlo lost the vote, he": is C the subject of a clause before that of P, which is its subject? Of "when Orlo
 * asked about it, he" the one who answers is another. */
static bool leads_in(const hs_cast *cast, const hs_trace *p, const hs_trace *c) {
  const hs_words *w = cast->words;
  bool subjects = p->place == HS_PLACE_SUBJECT && c->place == HS_PLACE_SUBJECT && c->token < p->token;
  if (!subjects || p->verb == HS_NO_TOKEN || c->verb == HS_NO_TOKEN || c->verb > p->token) return false;
  bool asks = hs_words_entry(w, c->verb)->force == HS_FORCE_QUESTION + 1;
  return !asks && hs_branch_is(w, c->verb, "advcl") && hs_branch_up(w, c->verb) == p->verb;
}

static int score_of(const hs_cast *cast, const hs_trace *p, const hs_trace *c, unsigned rank, const hs_scene *scene) {
  const hs_entry *e = hs_words_entry(cast->words, p->token);
  score s = {cast->words->rules->antecedents[kind_of(e)], 0};
  add_distance(&s, cast, p, c);
  add_place(&s, p, c);
  add_member(&s, cast, p, &cast->members.items[c->member]);
  if (rank == 0) add(&s, HS_SIGN_LATEST);
  if (leads_in(cast, p, c)) add(&s, HS_SIGN_LED_IN);
  if (rank == 0 && p->token > 0 && hs_words_is(cast->words, p->token - 1, HS_RELATIVE))
    add(&s, HS_SIGN_LATEST_OF_WHICH);
  if (c->member == scene->spoke) add(&s, speaks(p) ? HS_SIGN_SPOKE_LAST_OF_SOURCE : HS_SIGN_SPOKE_LAST);
  if (c->member == scene->quoter) add(&s, HS_SIGN_QUOTES_IT);
  if (is_named_in(scene, c->member)) add(&s, HS_SIGN_NAMED_IN_WORDS);
  if (p->quoted && c->quoted == p->quoted) add(&s, HS_SIGN_SAME_MARKS);
  else if (c->quoted) add(&s, HS_SIGN_WAS_IN_MARKS);
  return s.sum;
}

/* As hs_antecedent_choose, of those who are SEVERAL if that is set. */
static hs_choice choose(const hs_cast *cast, const hs_trace *p, const hs_trace *candidates, unsigned count,
                        const hs_scene *scene, bool several) {
  const hs_entry *e = hs_words_entry(cast->words, p->token);
  score nobody = {cast->words->rules->antecedents[kind_of(e)], 0};
  add(&nobody, HS_SIGN_NOBODY);
  if (p->source) add(&nobody, HS_SIGN_NOBODY_SAYS);
  if (p->quoted) add(&nobody, HS_SIGN_NOBODY_QUOTED);
  hs_choice best = {HS_NONE, 0};
  double most = 0, total = p->possesses ? 0 : exp(nobody.sum / 100.0);
  unsigned rank = 0;
  for (unsigned i = 0; i < count && rank < HS_ANTECEDENTS; i++) {
    const hs_trace *c = &candidates[i];
    if (!fits(cast, p, c) || is_bound(cast, p, c)) continue;
    if (several && !cast->members.items[c->member].plural) continue;
    if (e->number == HS_NUMBER_PLURAL && !c->quoted && is_named_in(scene, c->member))
      continue; /* "they say" of others */
    double weight = exp(score_of(cast, p, c, rank, scene) / 100.0);
    rank++;
    total += weight;
    if (weight <= most) continue;
    most = weight;
    best.trace = (int)i;
  }
  if (best.trace != HS_NONE) best.sure = MOST_SURE * (float)(most / total);
  return best;
}

hs_choice hs_antecedent_choose(const hs_cast *cast, const hs_trace *p, const hs_trace *candidates, unsigned count,
                               const hs_scene *scene) {
  bool plural = hs_words_entry(cast->words, p->token)->number == HS_NUMBER_PLURAL;
  hs_choice choice = {HS_NONE, 0};
  if (plural) choice = choose(cast, p, candidates, count, scene, true); /* a body is "they" where nobody else is */
  return choice.sure >= 0.5f ? choice : choose(cast, p, candidates, count, scene, false);
}
