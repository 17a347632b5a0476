/* Whatever the text: every span that annotation finds lies in the text, on characters' boundaries and in kept blocks;
 * every quotation has content, its cue does not stand in it; indices lead somewhere; the same text gives the same. */
#include "base/hash.h"
#include "base/utf8.h"
#include "hearsay.h"

#include <stdio.h>
#include <stdlib.h>

static void require(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

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
  require(q->speaks_for == HS_NONE || q->speaks_for != q->speaker, "nobody speaks for himself");
  require(q->confidence >= 0 && q->confidence <= 1 && q->speaker_confidence >= 0 && q->speaker_confidence <= 1,
          "confidence is a share");
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

static uint64_t annotate(const hs_model *model, const uint8_t *data, size_t size) {
  hs_page page = {.data = (const char *)data, .size = size, .media = HS_MEDIA_TEXT, .published = "2031-03-06"};
  hs_doc *doc;
  uint64_t hash = 0;
  if (hs_doc_read(&doc, model, &page, HS_ANNOTATE, NULL) != HS_OK) return 0;
  check(doc);
  hs_doc_json(doc, add_to_hash, &hash, NULL);
  hs_doc_free(doc);
  return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static hs_model *model;
  if (!model && hs_model_open(&model, NULL, NULL) != HS_OK) abort();
  require(annotate(model, data, size) == annotate(model, data, size), "the same text gives the same");
  return 0;
}
