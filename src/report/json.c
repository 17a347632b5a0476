/* A document as one JSON object on one line: docs/json.md tells every field. */
#include "report/json.h"
#include "annotate/document.h"
#include "report/send.h"

#include <stdio.h>

typedef hs_doc_writer writer;

hs_doc_writer hs_doc_writer_of(const hs_doc *doc, hs_arena *arena) {
  hs_str text = {doc->article.text, doc->article.text_size};
  return (hs_doc_writer){.doc = doc, .offsets = hs_offsets_of(arena, text)};
}

void hs_doc_write_field(writer *w, const char *key, const char *value) {
  hs_json_key(&w->json, key);
  hs_json_string(&w->json, value);
}

/* "a3" for the fourth of its kind: names that hold within the object, counted in text order. */
static void id_field(writer *w, const char *key, char letter, int index) {
  char id[16];
  snprintf(id, sizeof id, "%c%d", letter, index + 1);
  hs_json_key(&w->json, key);
  hs_json_string(&w->json, index == HS_NONE ? NULL : id);
}

static void strings_field(writer *w, const char *key, const char *const *items, size_t count) {
  hs_json_key(&w->json, key);
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < count; i++) hs_json_string(&w->json, items[i]);
  hs_json_close(&w->json, ']');
}

static void place_fields(writer *w, hs_span span) {
  hs_json_key(&w->json, "start");
  hs_json_int(&w->json, hs_offsets_chars(&w->offsets, span.start));
  hs_json_key(&w->json, "end");
  hs_json_int(&w->json, hs_offsets_chars(&w->offsets, span.end));
}

static void span_fields(writer *w, hs_span span) {
  place_fields(w, span);
  hs_json_key(&w->json, "text");
  hs_json_str(&w->json, hs_str_at(w->doc->article.text, span));
}

static void span_value(writer *w, hs_span span) {
  hs_json_open(&w->json, '{');
  span_fields(w, span);
  hs_json_close(&w->json, '}');
}

void hs_doc_write_spans(writer *w, const char *key, const hs_span *spans, size_t count) {
  hs_json_key(&w->json, key);
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < count; i++) span_value(w, spans[i]);
  hs_json_close(&w->json, ']');
}

static const char *actor_name(const writer *w, int actor) {
  return actor == HS_NONE ? NULL : w->doc->actors[actor].name;
}

static void speaker_field(writer *w, const hs_quotation *quotation) {
  hs_json_key(&w->json, "speaker");
  if (quotation->speaker == HS_NONE) {
    hs_json_string(&w->json, NULL);
    return;
  }
  hs_json_open(&w->json, '{');
  id_field(w, "actor", 'a', quotation->speaker);
  hs_doc_write_field(w, "name", actor_name(w, quotation->speaker));
  hs_json_key(&w->json, "confidence");
  hs_json_share(&w->json, (double)quotation->speaker_confidence);
  hs_json_close(&w->json, '}');
}

static void speaks_for_field(writer *w, const hs_quotation *quotation) {
  hs_json_key(&w->json, "speaks_for");
  if (quotation->speaks_for == HS_NONE) {
    hs_json_string(&w->json, NULL);
    return;
  }
  hs_json_open(&w->json, '{');
  id_field(w, "actor", 'a', quotation->speaks_for);
  hs_doc_write_field(w, "name", actor_name(w, quotation->speaks_for));
  hs_json_close(&w->json, '}');
}

static void via_field(writer *w, const hs_quotation *quotation) {
  hs_json_key(&w->json, "via");
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < quotation->via_count; i++) {
    const hs_via *via = &quotation->via[i];
    hs_json_open(&w->json, '{');
    id_field(w, "actor", 'a', via->actor);
    hs_doc_write_field(w, "name", actor_name(w, via->actor));
    hs_doc_write_field(w, "kind", via->kind);
    span_fields(w, via->span);
    hs_json_close(&w->json, '}');
  }
  hs_json_close(&w->json, ']');
}

static void said_field(writer *w, const hs_when *said) {
  hs_json_key(&w->json, "said");
  if (!said->value && !said->begin) {
    hs_json_string(&w->json, NULL);
    return;
  }
  hs_json_open(&w->json, '{');
  hs_doc_write_field(w, "value", said->value);
  hs_doc_write_field(w, "begin", said->begin);
  hs_doc_write_field(w, "end", said->until);
  hs_json_close(&w->json, '}');
}

/* How sure each of its groups of spans is. */
static void certainty_field(writer *w, const hs_quotation *quotation) {
  hs_json_key(&w->json, "certainty");
  hs_json_open(&w->json, '{');
  hs_json_key(&w->json, "cue");
  hs_json_share(&w->json, (double)quotation->cue_confidence);
  hs_json_key(&w->json, "sources");
  hs_json_share(&w->json, (double)quotation->source_confidence);
  hs_json_key(&w->json, "contents");
  hs_json_share(&w->json, (double)quotation->content_confidence);
  hs_json_close(&w->json, '}');
}

void hs_doc_write_quote(writer *w, int index) {
  const hs_quotation *quotation = &w->doc->quotations[index];
  hs_json_open(&w->json, '{');
  id_field(w, "id", 'q', index);
  hs_doc_write_field(w, "type", hs_quotation_type_name(quotation->type));
  hs_json_key(&w->json, "cue");
  if (quotation->cue.end > quotation->cue.start) span_value(w, quotation->cue);
  else hs_json_string(&w->json, NULL);
  hs_doc_write_spans(w, "sources", quotation->sources, quotation->source_count);
  hs_doc_write_spans(w, "contents", quotation->contents, quotation->content_count);
  speaker_field(w, quotation);
  speaks_for_field(w, quotation);
  via_field(w, quotation);
  hs_doc_write_field(w, "force", hs_force_name(quotation->force));
  hs_doc_write_field(w, "polarity", hs_polarity_name(quotation->polarity));
  id_field(w, "inside", 'q', quotation->inside);
  said_field(w, &quotation->said);
  hs_json_key(&w->json, "confidence");
  hs_json_share(&w->json, (double)quotation->confidence);
  certainty_field(w, quotation);
  hs_json_close(&w->json, '}');
}

void hs_doc_write_actor(writer *w, int index) {
  const hs_actor *actor = &w->doc->actors[index];
  hs_json_open(&w->json, '{');
  id_field(w, "id", 'a', index);
  hs_doc_write_field(w, "name", actor->name);
  strings_field(w, "names", actor->names, actor->name_count);
  hs_doc_write_field(w, "type", hs_actor_type_name(actor->type));
  strings_field(w, "roles", actor->roles, actor->role_count);
  hs_doc_write_field(w, "institution", actor->institution);
  hs_doc_write_field(w, "country", actor->country);
  hs_doc_write_field(w, "sector", actor->sector);
  hs_json_key(&w->json, "number");
  if (actor->number) hs_json_int(&w->json, actor->number);
  else hs_json_string(&w->json, NULL);
  hs_doc_write_field(w, "closeness", actor->closeness);
  hs_doc_write_field(w, "anonymity", actor->anonymity);
  hs_doc_write_spans(w, "mentions", actor->mentions, actor->mention_count);
  hs_json_close(&w->json, '}');
}

static void time_value(writer *w, int index) {
  const hs_time *time = &w->doc->times[index];
  hs_json_open(&w->json, '{');
  id_field(w, "id", 't', index);
  span_fields(w, time->span);
  hs_doc_write_field(w, "type", time->type);
  hs_doc_write_field(w, "value", time->when.value);
  hs_doc_write_field(w, "begin", time->when.begin);
  hs_doc_write_field(w, "until", time->when.until);
  hs_doc_write_field(w, "anchor", time->anchor);
  hs_json_close(&w->json, '}');
}

void hs_doc_write_block_fields(writer *w, int index) {
  const hs_block *block = &w->doc->article.blocks[index];
  hs_doc_write_field(w, "kind", hs_block_kind_name(block->kind));
  hs_json_key(&w->json, "kept");
  hs_json_bool(&w->json, block->kept);
  hs_doc_write_field(w, "reason", block->reason);
  hs_json_key(&w->json, "page");
  hs_json_open(&w->json, '{');
  hs_json_key(&w->json, "start");
  hs_json_int(&w->json, block->page.start);
  hs_json_key(&w->json, "end");
  hs_json_int(&w->json, block->page.end);
  hs_json_close(&w->json, '}');
  place_fields(w, block->text);
  hs_doc_write_field(w, "time", block->time);
}

static void block_value(writer *w, int index) {
  hs_json_open(&w->json, '{');
  hs_doc_write_block_fields(w, index);
  hs_json_close(&w->json, '}');
}

static void list_field(writer *w, const char *key, size_t count, void (*value)(writer *, int)) {
  hs_json_key(&w->json, key);
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < count; i++) value(w, (int)i);
  hs_json_close(&w->json, ']');
}

void hs_doc_write_article(writer *w) {
  const hs_article *article = &w->doc->article;
  hs_doc_write_field(w, "id", article->id);
  hs_doc_write_field(w, "kind", hs_page_kind_name(article->kind));
  hs_json_key(&w->json, "kind_confidence");
  hs_json_share(&w->json, (double)article->kind_confidence);
  hs_doc_write_field(w, "url", article->url);
  hs_doc_write_field(w, "outlet", article->outlet);
  hs_doc_write_field(w, "title", article->title);
  strings_field(w, "byline", article->byline, article->byline_count);
  hs_doc_write_field(w, "published", article->published);
  hs_doc_write_field(w, "published_from", article->published_from);
  hs_doc_write_field(w, "modified", article->modified);
  hs_doc_write_field(w, "language", article->language);
  hs_doc_write_field(w, "language_from", article->language_from);
  hs_json_key(&w->json, "language_confidence");
  hs_json_share(&w->json, (double)article->language_confidence);
  hs_json_key(&w->json, "text");
  hs_json_str(&w->json, (hs_str){article->text, article->text_size});
}

int hs_doc_json(const hs_doc *doc, hs_write *write, void *arg, hs_error *error) {
  hs_arena *arena = hs_arena_new();
  writer w = hs_doc_writer_of(doc, arena);
  hs_json_open(&w.json, '{');
  hs_doc_write_article(&w);
  list_field(&w, "quotes", doc->quotation_count, hs_doc_write_quote);
  list_field(&w, "actors", doc->actor_count, hs_doc_write_actor);
  list_field(&w, "times", doc->time_count, time_value);
  strings_field(&w, "events", NULL, 0); /* no rule codes events yet */
  list_field(&w, "blocks", doc->article.block_count, block_value);
  if (doc->article.status) hs_doc_write_field(&w, "status", doc->article.status);
  hs_json_close(&w.json, '}');
  hs_buffer_char(&w.json, '\n');
  hs_arena_free(arena);
  return hs_send(&w.json, write, arg, error);
}

/* Where the name of the quotation's speaker stands, if its source only refers to it. */
static void citron_coreferences(writer *w, const hs_quotation *quotation) {
  const hs_actor *actor = quotation->speaker == HS_NONE ? NULL : &w->doc->actors[quotation->speaker];
  const hs_span *named = NULL;
  for (size_t i = 0; actor && !named && i < actor->mention_count; i++)
    if (hs_str_is(hs_str_at(w->doc->article.text, actor->mentions[i]), actor->name)) named = &actor->mentions[i];
  for (size_t i = 0; named && i < quotation->source_count; i++)
    if (named->start < quotation->sources[i].end && quotation->sources[i].start < named->end) named = NULL;
  hs_doc_write_spans(w, "coreferences", named, quotation->source_count && named ? 1 : 0);
}

static void citron_quote(writer *w, int index) {
  const hs_quotation *quotation = &w->doc->quotations[index];
  hs_json_open(&w->json, '{');
  id_field(w, "id", 'q', index);
  hs_json_key(&w->json, "cue");
  span_value(w, quotation->cue);
  hs_doc_write_spans(w, "sources", quotation->sources, quotation->source_count);
  hs_doc_write_spans(w, "contents", quotation->contents, quotation->content_count);
  citron_coreferences(w, quotation);
  hs_json_key(&w->json, "confidence");
  hs_json_share(&w->json, (double)quotation->confidence);
  hs_json_close(&w->json, '}');
}

/* Citron's tools stumble over a quotation without a cue, so there is none. */
static void citron_quotes(writer *w) {
  hs_json_key(&w->json, "quotes");
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < w->doc->quotation_count; i++)
    if (w->doc->quotations[i].cue.end > w->doc->quotations[i].cue.start) citron_quote(w, (int)i);
  hs_json_close(&w->json, ']');
}

int hs_doc_citron(const hs_doc *doc, hs_write *write, void *arg, hs_error *error) {
  hs_arena *arena = hs_arena_new();
  writer w = hs_doc_writer_of(doc, arena);
  hs_json_open(&w.json, '{');
  hs_doc_write_field(&w, "id", doc->article.id);
  hs_json_key(&w.json, "text");
  hs_json_str(&w.json, (hs_str){doc->article.text, doc->article.text_size});
  citron_quotes(&w);
  hs_json_close(&w.json, '}');
  hs_buffer_char(&w.json, '\n');
  hs_arena_free(arena);
  return hs_send(&w.json, write, arg, error);
}
