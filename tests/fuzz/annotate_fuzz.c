/* Whatever the text: every span that annotation finds lies in the text, on characters' boundaries and in kept blocks;
 * every quotation has content, its cue does not stand in it; indices lead somewhere; the same text gives the same, on
 * another thread at the same time, too. By rules alone and with both finders of random weights. */
#include "base/hash.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "hearsay.h"

#include <pthread.h>

static bool is_kept(const hs_article *a, hs_span span) {
  for (size_t b = 0; b < a->block_count; b++)
    if (a->blocks[b].kept && a->blocks[b].text.start <= span.start && span.start < a->blocks[b].text.end) return true;
  return false;
}

static void check_span(const hs_article *a, hs_span span) {
  require(span.start < span.end && span.end <= a->text_size, "a span holds text");
  require((a->text[span.start] & 0xC0) != 0x80 && (a->text[span.end] & 0xC0) != 0x80, "a span cuts no character");
  require(is_kept(a, span), "a span begins in a kept block");
}

static void check_actor(const hs_doc *doc, int actor) {
  size_t count;
  hs_doc_actors(doc, &count);
  require(actor == HS_NONE || (actor >= 0 && (size_t)actor < count), "an actor's index leads to an actor");
}

static void require_share(float share) { require(share >= 0 && share <= 1, "what is sure is a share"); }

/* The quotation in whose content Q stands, if it says so. */
static void check_outer(const hs_doc *doc, const hs_quotation *q) {
  if (q->inside == HS_NONE) return;
  size_t count;
  const hs_quotation *all = hs_doc_quotations(doc, &count);
  require(q->inside >= 0 && (size_t)q->inside < count && &all[q->inside] != q, "a quotation is inside another one");
  const hs_quotation *outer = &all[q->inside];
  bool inside = false;
  for (size_t i = 0; i < outer->content_count; i++)
    inside =
        inside || (outer->contents[i].start <= q->contents[0].start && q->contents[0].end <= outer->contents[i].end);
  require(inside, "what it is inside of holds its content");
}

static void check_quotation(const hs_doc *doc, const hs_quotation *q) {
  const hs_article *a = hs_doc_article(doc);
  require(q->content_count > 0, "a quotation has content");
  if (q->cue.end) check_span(a, q->cue);
  for (size_t i = 0; i < q->source_count; i++) check_span(a, q->sources[i]);
  for (size_t i = 0; i < q->content_count; i++) {
    hs_span content = q->contents[i];
    check_span(a, content);
    require(!q->cue.end || q->cue.end <= content.start || q->cue.start >= content.end,
            "a cue is not in its own content");
    require(i == 0 || q->contents[i - 1].end <= content.start, "contents are in order and apart");
  }
  for (size_t i = 0; i < q->via_count; i++) {
    check_span(a, q->via[i].span);
    check_actor(doc, q->via[i].actor);
    require(q->via[i].kind != NULL, "a link has a kind");
    for (size_t k = 0; k < i; k++)
      require(q->via[i].actor == HS_NONE || q->via[k].actor != q->via[i].actor, "nobody stands in a chain twice");
  }
  check_actor(doc, q->speaker);
  check_actor(doc, q->speaks_for);
  require(q->speaks_for == HS_NONE || q->speaks_for != q->speaker, "nobody speaks for themselves");
  check_outer(doc, q);
  const float sure[] = {q->confidence, q->speaker_confidence, q->cue_confidence, q->source_confidence,
                        q->content_confidence};
  for (size_t i = 0; i < sizeof sure / sizeof *sure; i++) require_share(sure[i]);
}

static void check(const hs_doc *doc) {
  const hs_article *a = hs_doc_article(doc);
  size_t count;
  const hs_quotation *quotations = hs_doc_quotations(doc, &count);
  for (size_t i = 0; i < count; i++) {
    check_quotation(doc, &quotations[i]);
    require(quotations[i].inside < (int)i, "what holds a quotation comes before it");
    require(i == 0 || quotations[i - 1].contents[0].start <= quotations[i].contents[0].start,
            "quotations are in order");
  }
  const hs_actor *actors = hs_doc_actors(doc, &count);
  for (size_t i = 0; i < count; i++) {
    require(actors[i].name && actors[i].name[0], "an actor has a name");
    for (size_t k = 0; k < actors[i].mention_count; k++) check_span(a, actors[i].mentions[k]);
  }
  const hs_time *times = hs_doc_times(doc, &count);
  for (size_t i = 0; i < count; i++) {
    check_span(a, times[i].span);
    require(times[i].type && times[i].when.value, "a time has type and value");
    require(i == 0 || times[i - 1].span.end <= times[i].span.start, "times are in order and apart");
  }
}

static int add_to_hash(void *hash, const char *data, size_t size) {
  *(uint64_t *)hash = hs_hash((hs_str){data, size}, *(uint64_t *)hash);
  return 0;
}

/* Input and outcome of one annotation. */
typedef struct reading {
  const hs_model *model;
  const uint8_t *data;
  size_t size;
  hs_doc *doc; /* NULL if it could not be read */
  uint64_t hash;
} reading;

static void *annotate(void *arg) {
  reading *r = arg;
  hs_page page = {.data = (const char *)r->data, .size = r->size, .media = HS_MEDIA_TEXT, .published = "2031-03-06"};
  if (hs_doc_read(&r->doc, r->model, &page, HS_ANNOTATE, NULL) == HS_OK)
    hs_doc_json(r->doc, add_to_hash, &r->hash, NULL);
  return NULL;
}

/* Checks on the fuzzer's own thread alone: where two abort at once, the input is not kept. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const names[] = {"rules", "tests/models/tiny-small.model", "tests/models/tiny-large.model"};
  static hs_model *models[3];
  for (size_t m = 0; m < 3; m++) {
    if (!models[m]) require(hs_model_open(&models[m], names[m], NULL) == HS_OK, "the model can be opened");
    reading here = {models[m], data, size, NULL, 0}, there = here;
    pthread_t thread;
    require(pthread_create(&thread, NULL, annotate, &there) == 0, "there are threads");
    annotate(&here);
    pthread_join(thread, NULL);
    require(!here.doc == !there.doc && here.hash == there.hash, "the same text gives the same");
    if (here.doc) check(here.doc);
    hs_doc_free(here.doc);
    hs_doc_free(there.doc);
  }
  return 0;
}
