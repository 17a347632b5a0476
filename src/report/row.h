/* A row of the record, for `show`: what row.c gathers and row_text.c puts into words. */
#ifndef HS_REPORT_ROW_H
#define HS_REPORT_ROW_H

#include "base/array.h"
#include "report/text.h"
#include "store/judgement.h"

typedef enum hs_row_kind_shown { HS_SHOWN_ARTICLE, HS_SHOWN_QUOTATION, HS_SHOWN_ACTOR } hs_row_kind_shown;
/* "article", "quotation", "actor" */
const char *hs_shown_word(hs_row_kind_shown kind);

/* A stretch of a block that bears the row out. */
typedef struct hs_evidence {
  const hs_block *block;
  hs_span span; /* of the text, inside the block */
  hs_span page; /* the bytes of the page that it came from; those of the block where they are not known */
  hs_str bytes; /* these bytes themselves, where they are UTF-8; data NULL where they are not, or not known */
} hs_evidence;

/* Where the page came from; NULL for what nobody told. */
typedef struct hs_provenance {
  const char *captured, *archive, *record;
  int64_t offset;        /* in the archive */
  int version, versions; /* its place among those captured at its address, from 1, and how many these are */
} hs_provenance;

typedef struct hs_shown {
  hs_arena *arena; /* holds all of it but the document */
  hs_row_kind_shown kind;
  char id[17], article[17];
  hs_doc *doc;
  hs_provenance from;
  int index;                /* of the quotation or actor in the document */
  int64_t *quotations;      /* ids of the document's, in its order */
  hs_judgements judgements; /* of the quotation, in their order */
  hs_array(int) spoken;     /* quotations of the actor, or all of the article */
  hs_array(hs_evidence) evidence;
} hs_shown;

enum {
  HS_SHOWN_AROUND = 320,   /* bytes of a block that are shown before and behind what is marked */
  HS_SHOWN_EVIDENCE = 20,  /* places of an actor */
  HS_SHOWN_QUOTATIONS = 40 /* of an actor or article */
};

/* The key of the article that ID, the beginning of an id, belongs to. As hs_report_row. */
int hs_row_article(int64_t *key, const hs_record *record, const char *id, hs_error *error);
void hs_shown_text(hs_buffer *out, const hs_shown *shown, const hs_style *style);
void hs_shown_json(hs_buffer *out, const hs_shown *shown);

#endif
