/* The document and the model from the inside: what the stages hand on. */
#ifndef HS_ANNOTATE_DOCUMENT_H
#define HS_ANNOTATE_DOCUMENT_H

#include "base/arena.h"
#include "base/str.h"
#include "base/turn.h"
#include "extract/extract.h"
#include "hearsay.h"
#include "ingest/ingest.h"
#include "nlp/finder.h"
#include "nlp/given.h"
#include "nlp/language.h"

/* What the tables of data/ tell the annotators; defined in annotate/rules.h. */
typedef struct hs_rules hs_rules;
/* The tokens as the rules see them; defined in annotate/words.h. */
typedef struct hs_words hs_words;
/* The attributions that became the quotations, one each, in their order; defined in annotate/attribution.h. */
typedef struct hs_search hs_search;
/* The words that belong to each of their cues; defined in annotate/frame.h. */
typedef struct hs_frames hs_frames;
/* Through whom each of them came; defined in annotate/chain.h. */
typedef struct hs_chain hs_chain;

struct hs_model {
  hs_depth depth; /* what only goes further is NULL */
  hs_extractor *extractor;
  hs_language *language;
  hs_parser *parser; /* NULL: rules alone */
  hs_finder *finder; /* the same; NULL also for a parser without one */
  hs_rules *rules;
  char version[64];
};

/* All that a document points at lives in its arena. */
struct hs_doc {
  hs_arena *arena;
  const char *model; /* the version of the model that annotated it, "none" if it was only extracted */
  hs_article article;
  hs_analysis analysis;    /* with tags, tree and names if the model has a parser */
  hs_given *given;         /* the CoNLL-U that it was read from; NULL for a page */
  const hs_words *words;   /* NULL until an annotator asks */
  const hs_search *search; /* NULL before hs_annotate_quotations */
  const hs_frames *frames; /* the same */
  const hs_chain *chains;  /* the same; one for each quotation */
  hs_quotation *quotations;
  size_t quotation_count;
  hs_actor *actors;
  size_t actor_count;
  hs_time *times;
  size_t time_count;
  hs_event *events;
  size_t event_count;
};

/* How sure it is who said what: as sure as the quotation, or less if its speaker is. */
static inline float hs_quotation_sure(const hs_quotation *quotation) {
  bool doubted = quotation->speaker != HS_NONE && quotation->speaker_confidence < quotation->confidence;
  return doubted ? quotation->speaker_confidence : quotation->confidence;
}

/* An empty document, to be filled. */
hs_doc *hs_doc_new(void);
/* Called when the article of DOC is known and nothing else. May drop blocks of it; says whether to go on. */
typedef bool hs_between(hs_doc *doc, void *arg);
/* hs_doc_read with errors that name the page NAME, and BETWEEN (may be NULL) between extraction and analysis. If it is
 * TEXTLESS, as in hs_reading, a page without article text gives a document of blocks alone. */
int hs_doc_read_named(hs_doc **out, const hs_model *model, const hs_page *page, const char *name, hs_between *between,
                      void *arg, hs_depth depth, bool textless, hs_error *error);

/* What hs_pages_run hands on for each input, in input order. */
typedef struct hs_page_job {
  hs_capture *capture; /* NULL if the input could not be read at all */
  hs_doc *doc;         /* NULL if ERROR says why */
  hs_error error;
  bool left_out;   /* the article says that it is not wanted: nobody sees it */
  uint64_t number; /* in input order, from 0 */
  int64_t id;      /* LEARN keeps the id of the page here for PREPARE, */
  bool known;      /* and that the page is in the record already */
  void *extra;     /* what PREPARE made */
} hs_page_job;

typedef struct hs_page_run {
  const hs_model *model;
  const hs_reading *reading;
  /* On the pool's threads, between extraction and analysis: may drop blocks of DOC's article, says whether it is to be
   * analysed at all. What the pages share is to be used behind hs_turn_wait(TURN, JOB->number) only, and so in input
   * order. NULL: the reading's own habits are dropped. */
  bool (*learn)(hs_page_job *job, hs_doc *doc, hs_turn *turn, void *arg);
  /* On the pool's threads; may be NULL. JOB has no document for a visit that brought no page. */
  void *(*prepare)(const hs_page_job *job, void *arg);
  int (*each)(void *arg, hs_page_job *job); /* on the caller's thread; frees job->extra; gives 0 to go on */
  int (*pause)(void *arg);                  /* all was handed on, and nothing comes for some time; may be NULL */
  const hs_memory *memory;                  /* of earlier visits; may be NULL */
  void (*discard)(void *extra);             /* frees what PREPARE made and nobody will see; NULL with prepare */
  void *arg;
  hs_tally *tally; /* its passed and left_out count on; may be NULL */
} hs_page_run;

/* The work behind hs_pages_read: reads, annotates on any number of threads, and hands on in input order. */
int hs_pages_run(const hs_page_run *run, hs_error *error);

#endif
