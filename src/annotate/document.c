#include "annotate/document.h"

#include "annotate/annotate.h"
#include "annotate/said.h"
#include "base/error.h"

#include <stdlib.h>

hs_doc *hs_doc_new(void) {
  hs_doc *doc = hs_calloc(1, sizeof *doc);
  doc->arena = hs_arena_new();
  return doc;
}

void hs_doc_free(hs_doc *doc) {
  if (!doc) return;
  hs_arena_free(doc->arena);
  free(doc);
}

/* The annotators read English. What is in another language is kept and can be searched, and says so; where nobody
 * knows, it is taken for English. */
static bool reads_language(hs_doc *doc) {
  hs_article *a = &doc->article;
  size_t n = a->language ? strcspn(a->language, "-_") : 0;
  if (!n || hs_str_alike((hs_str){a->language, n}, "en")) return true;
  a->status = hs_arena_printf(doc->arena, "%s%sin a language that is not annotated (%s): no quotations were looked for",
                              a->status ? a->status : "", a->status ? "; " : "", a->language);
  return false;
}

static int read_page(hs_doc *doc, const hs_model *model, const hs_page *page, hs_between *between, void *arg,
                     hs_depth depth, hs_error *error) {
  int code = hs_extract(&doc->article, model->extractor, page, doc->arena, error);
  if (code || (between && !between(doc, arg))) return code;
  if (depth >= HS_PARSE) hs_analyse(&doc->analysis, model->language, model->parser, &doc->article, doc->arena);
  if (depth >= HS_ANNOTATE && reads_language(doc)) {
    hs_annotate_times(doc, model->rules);
    hs_annotate_quotations(doc, model->rules, model->finder);
    hs_annotate_speakers(doc, model->rules);
    hs_said_then(doc);
  }
  return HS_OK;
}

static int read_given(hs_doc *doc, const hs_model *model, const hs_page *page, hs_depth depth, hs_error *error) {
  if (depth != HS_PARSE)
    return hs_fail(error, HS_ERROR_INPUT, 0, "CoNLL-U, which is words and no page: `hearsay parse` reads it");
  doc->given = hs_arena_alloc(doc->arena, sizeof *doc->given);
  return hs_given_read(doc->given, &doc->article, &doc->analysis, model->parser, page, doc->arena, error);
}

int hs_doc_read_named(hs_doc **out, const hs_model *model, const hs_page *page, const char *name, hs_between *between,
                      void *arg, hs_depth depth, bool textless, hs_error *error) {
  *out = NULL;
  hs_error why;
  if (depth > model->depth)
    return hs_fail(error, HS_ERROR_USAGE, 0, "%s: the model was not opened for what is asked of it", name);
  hs_doc *doc = hs_doc_new();
  doc->model = hs_arena_string(doc->arena, depth == HS_EXTRACT ? "none" : model->version);
  int code = page->media == HS_MEDIA_CONLLU ? read_given(doc, model, page, depth, &why)
                                            : read_page(doc, model, page, between, arg, depth, &why);
  if (code && textless && doc->article.block_count) {
    doc->article.status = hs_arena_string(doc->arena, why.message);
    code = HS_OK;
  }
  if (code) {
    hs_doc_free(doc);
    return hs_fail(error, code, why.position, "%s: %s", name, why.message);
  }
  *out = doc;
  return HS_OK;
}

int hs_doc_read(hs_doc **out, const hs_model *model, const hs_page *page, hs_depth depth, hs_error *error) {
  return hs_doc_read_named(out, model, page, page->id ? page->id : "page", NULL, NULL, depth, false, error);
}

const hs_article *hs_doc_article(const hs_doc *doc) { return &doc->article; }

const hs_token *hs_doc_tokens(const hs_doc *doc, size_t *count) {
  *count = doc->analysis.token_count;
  return doc->analysis.tokens;
}

const hs_sentence *hs_doc_sentences(const hs_doc *doc, size_t *count) {
  *count = doc->analysis.sentence_count;
  return doc->analysis.sentences;
}

const hs_name *hs_doc_names(const hs_doc *doc, size_t *count) {
  *count = doc->analysis.name_count;
  return doc->analysis.names;
}

const hs_actor *hs_doc_actors(const hs_doc *doc, size_t *count) {
  *count = doc->actor_count;
  return doc->actors;
}

const hs_quotation *hs_doc_quotations(const hs_doc *doc, size_t *count) {
  *count = doc->quotation_count;
  return doc->quotations;
}

const hs_time *hs_doc_times(const hs_doc *doc, size_t *count) {
  *count = doc->time_count;
  return doc->times;
}

const hs_event *hs_doc_events(const hs_doc *doc, size_t *count) {
  *count = doc->event_count;
  return doc->events;
}

/* The word of a KIND by its list. */
#define WORD(name, word) word,
#define NAME_FUNCTION(type, list)                                                                                      \
  const char *type##_name(type kind) {                                                                                 \
    static const char *const names[] = {list(WORD)};                                                                   \
    return names[kind];                                                                                                \
  }

NAME_FUNCTION(hs_block_kind, HS_BLOCK_KINDS)
NAME_FUNCTION(hs_page_kind, HS_PAGE_KINDS)
NAME_FUNCTION(hs_actor_type, HS_ACTOR_TYPES)
NAME_FUNCTION(hs_force, HS_FORCES)
NAME_FUNCTION(hs_polarity, HS_POLARITIES)
NAME_FUNCTION(hs_quotation_type, HS_QUOTATION_TYPES)
