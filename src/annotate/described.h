/* Whom descriptions mean: "the mayor", "the 72-year-old engineer", "her husband", "the American". */
#ifndef HS_ANNOTATE_DESCRIBED_H
#define HS_ANNOTATE_DESCRIBED_H

#include "annotate/discourse.h"

/* What a reader has in mind where the description stands. */
typedef struct hs_recall {
  const hs_cast *cast;
  const hs_trace *lately; /* each member once, the latest first */
  unsigned count;
  const hs_meaning *at; /* [words] as hs_discourse */
  int spoke;            /* who spoke last, HS_NONE if nobody knows who that is */
} hs_recall;

/* Whom the description PHRASE means, which reads as M and whose head is AT; SPEAKS if something is said by it. */
hs_meaning hs_described(const hs_recall *recall, const hs_mention *m, hs_range phrase, uint32_t at, bool speaks);

/* Whom "the 72-year-old" or "the American" at token AT means, who has AGE (0: not told) and is of COUNTRY (NULL). */
hs_meaning hs_described_told(const hs_recall *recall, uint32_t age, const char *country, uint32_t at, bool speaks);

/* Whose the one is that the words of PHRASE tell of, "her" or "Orlo's" wife: *AT the token that says so. HS_NONE if
 * nobody's or if it is not known whose. */
hs_meaning hs_described_owner(const hs_recall *recall, hs_range phrase, uint32_t *at);

/* Did the one described lately by trace T stand no more than one sentence before token AT; no more than a few? */
bool hs_described_next(const hs_recall *recall, const hs_trace *t, uint32_t at);
bool hs_described_lately(const hs_recall *recall, const hs_trace *t, uint32_t at);

#endif
