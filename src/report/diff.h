/* Two versions of an article beside each other: what diff.c finds and diff_text.c and diff_json.c put into words. */
#ifndef HS_REPORT_DIFF_H
#define HS_REPORT_DIFF_H

#include "annotate/document.h"
#include "base/array.h"
#include "report/text.h"

typedef enum hs_change_kind { HS_CHANGE_NONE, HS_CHANGE_REMOVED, HS_CHANGE_ADDED, HS_CHANGE_REWORDED } hs_change_kind;

/* A sentence or quotation that changed: its index before and after, HS_NONE where it is not. */
typedef struct hs_change {
  hs_change_kind kind;
  int before, after;
} hs_change;

typedef hs_array(hs_change) hs_changes;

/* One of the two versions. */
typedef struct hs_edition {
  char id[17];
  const char *captured; /* ISO 8601; NULL if nobody told */
  hs_doc *doc;
  uint64_t *words;     /* [token_count] a number for each form; 0 for what is no word */
  uint64_t *sentences; /* [sentence_count] a number for each wording */
} hs_edition;

typedef struct hs_diff {
  hs_arena *arena;
  const char *url; /* NULL if it is not one and the same */
  hs_edition before, after;
  hs_changes quotations; /* those that changed: in the order of the version after, removed ones before them */
  hs_changes sentences;  /* those that changed, in order */
  size_t same_quotations, same_sentences;
} hs_diff;

/* Fills DIFF, whose versions have their documents. */
void hs_diff_find(hs_diff *diff);
/* The tokens of SPAN, [first, end). */
void hs_diff_tokens(const hs_edition *version, hs_span span, size_t *first, size_t *end);

/* "removed", "added", "reworded" */
const char *hs_change_word(hs_change_kind kind);
void hs_diff_text(hs_buffer *out, const hs_diff *diff, const hs_style *style);
void hs_diff_json(hs_buffer *out, const hs_diff *diff);

#endif
