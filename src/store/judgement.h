/*
 * What people judged of quotations: corrections that stand beside the machine's rows. They name quotations by ids made
 * from content, and keep the places that the machine had found, so that annotating again loses none.
 */
#ifndef HS_STORE_JUDGEMENT_H
#define HS_STORE_JUDGEMENT_H

#include "base/array.h"
#include "base/utf8.h"
#include "store/record.h"

/* X(C name, word in tables and JSON): what of a quotation can be judged, it as a whole first */
#define HS_JUDGED_FIELDS(X)                                                                                            \
  X(QUOTATION, "quotation")                                                                                            \
  X(SOURCE, "source")                                                                                                  \
  X(CUE, "cue")                                                                                                        \
  X(CONTENT, "content")                                                                                                \
  X(SPEAKER, "speaker")                                                                                                \
  X(SPEAKS_FOR, "speaks_for")                                                                                          \
  X(VIA, "via")                                                                                                        \
  X(SAID, "said")                                                                                                      \
  X(TYPE, "type")                                                                                                      \
  X(FORCE, "force")

typedef enum hs_judged_field {
#define X(name, word) HS_JUDGED_##name,
  HS_JUDGED_FIELDS(X)
#undef X
      HS_JUDGED_FIELD_COUNT
} hs_judged_field;
const char *hs_judged_field_name(hs_judged_field field);

typedef enum hs_judged_role { HS_ROLE_SOURCE, HS_ROLE_CUE, HS_ROLE_CONTENT, HS_ROLE_COUNT } hs_judged_role;
/* The name of the field whose places are those of ROLE. */
const char *hs_judged_role_name(int role);

/* Places in a text, in bytes. */
typedef hs_array(hs_span) hs_places;

/* One row of the table `correction`. Strings that are not known are NULL. */
typedef struct hs_judgement {
  int64_t quotation; /* its id */
  int field;         /* an hs_judged_field, or HS_JUDGED_FIELD_COUNT for one that this version does not know */
  const char *verdict, *value, *who, *at, *note;
  hs_places places;                /* of a source, cue or content that was wrong: the right ones */
  hs_places before[HS_ROLE_COUNT]; /* what the machine had found, or for a missing quotation what it should have */
} hs_judgement;

typedef hs_array(hs_judgement) hs_judgements;

/* What people judged of the quotations of ARTICLE (a key), in the order in which they did. OUT lives in ARENA; the
 * places are those of TEXT. Gives 0 or HS_ERROR_RECORD. */
int hs_judgements_read(hs_judgements *out, const hs_record *record, int64_t article, const hs_offsets *text,
                       hs_arena *arena, hs_error *error);
/* Is VERDICT "wrong", and not NULL? */
bool hs_judged_wrong(const hs_judgement *judgement);

/* Fills OUT with the places of QUOTATION, in ARENA. */
void hs_places_of_quotation(hs_places out[HS_ROLE_COUNT], hs_arena *arena, const hs_quotation *quotation);
/* Where WORDS stand in TEXT, white space apart: the parts between " … ", each nearest to the byte NEAR or behind the
 * part before it. False if they do not. */
bool hs_places_of_words(hs_places *out, hs_arena *arena, hs_str text, const char *words, uint32_t near);
/* "118-140,150-160" in characters of TEXT. False if it is not of that form, or no place of the text. */
bool hs_places_of_numbers(hs_places *out, hs_arena *arena, const hs_offsets *text, const char *numbers);

#endif
