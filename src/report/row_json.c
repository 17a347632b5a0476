/* A row of the record with its evidence as one JSON object: docs/json.md tells every field. */
#include "annotate/document.h"
#include "base/hash.h"
#include "report/json.h"
#include "report/row.h"

static void article_field(hs_doc_writer *w, const hs_shown *shown) {
  const hs_article *article = &shown->doc->article;
  hs_json_key(&w->json, "article");
  hs_json_open(&w->json, '{');
  hs_doc_write_field(w, "id", shown->article);
  hs_doc_write_field(w, "name", article->id);
  hs_doc_write_field(w, "title", article->title);
  hs_doc_write_field(w, "outlet", article->outlet);
  hs_doc_write_field(w, "url", article->url);
  hs_doc_write_field(w, "published", article->published);
  hs_doc_write_field(w, "published_from", article->published_from);
  hs_doc_write_field(w, "captured", shown->from.captured);
  hs_doc_write_field(w, "archive", shown->from.archive);
  hs_doc_write_field(w, "record", shown->from.record);
  hs_json_key(&w->json, "offset");
  if (shown->from.archive) hs_json_int(&w->json, shown->from.offset);
  else hs_json_string(&w->json, NULL);
  hs_json_close(&w->json, '}');
}

/* Where in the page the evidence stands, and how. */
static void bytes_field(hs_doc_writer *w, const hs_evidence *evidence) {
  hs_json_key(&w->json, "source");
  hs_json_open(&w->json, '{');
  hs_json_key(&w->json, "start");
  hs_json_int(&w->json, evidence->page.start);
  hs_json_key(&w->json, "end");
  hs_json_int(&w->json, evidence->page.end);
  hs_json_key(&w->json, "bytes");
  hs_json_str(&w->json, evidence->bytes);
  hs_json_close(&w->json, '}');
}

/* A block that bears the row out, with its text. */
static void evidence_field(hs_doc_writer *w, const hs_shown *shown) {
  hs_json_key(&w->json, "evidence");
  hs_json_open(&w->json, '[');
  const hs_block *before = NULL;
  for (size_t i = 0; i < shown->evidence.count; i++) {
    const hs_evidence *evidence = &shown->evidence.items[i];
    const hs_block *block = evidence->block;
    if (block == before) continue;
    hs_json_open(&w->json, '{');
    hs_doc_write_block_fields(w, (int)(block - shown->doc->article.blocks));
    hs_json_key(&w->json, "text");
    hs_json_str(&w->json, hs_str_at(shown->doc->article.text, block->text));
    bytes_field(w, evidence);
    hs_json_close(&w->json, '}');
    before = block;
  }
  hs_json_close(&w->json, ']');
}

static void corrections_field(hs_doc_writer *w, const hs_shown *shown) {
  hs_json_key(&w->json, "corrections");
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < shown->judgements.count; i++) {
    const hs_judgement *j = &shown->judgements.items[i];
    hs_json_open(&w->json, '{');
    hs_doc_write_field(w, "field", hs_judged_field_name((hs_judged_field)j->field));
    hs_doc_write_field(w, "verdict", j->verdict);
    hs_doc_write_field(w, "value", j->value);
    hs_doc_write_field(w, "who", j->who);
    hs_doc_write_field(w, "at", j->at);
    hs_doc_write_field(w, "note", j->note);
    hs_json_close(&w->json, '}');
  }
  hs_json_close(&w->json, ']');
}

static void quotations_field(hs_doc_writer *w, const hs_shown *shown) {
  hs_json_key(&w->json, "quotations");
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < shown->spoken.count; i++) {
    char id[17];
    hs_id_write(id, shown->quotations[shown->spoken.items[i]]);
    hs_json_string(&w->json, id);
  }
  hs_json_close(&w->json, ']');
}

static void blocks_field(hs_doc_writer *w, const hs_shown *shown) {
  hs_json_key(&w->json, "blocks");
  hs_json_open(&w->json, '[');
  for (size_t i = 0; i < shown->doc->article.block_count; i++) {
    hs_json_open(&w->json, '{');
    hs_doc_write_block_fields(w, (int)i);
    hs_json_close(&w->json, '}');
  }
  hs_json_close(&w->json, ']');
}

void hs_shown_json(hs_buffer *out, const hs_shown *shown) {
  hs_doc_writer w = hs_doc_writer_of(shown->doc, shown->arena);
  hs_json_open(&w.json, '{');
  hs_doc_write_field(&w, "kind", hs_shown_word(shown->kind));
  hs_doc_write_field(&w, "id", shown->id);
  article_field(&w, shown);
  if (shown->kind == HS_SHOWN_QUOTATION) {
    hs_json_key(&w.json, "quote");
    hs_doc_write_quote(&w, shown->index);
    corrections_field(&w, shown);
  }
  if (shown->kind == HS_SHOWN_ACTOR) {
    hs_json_key(&w.json, "actor");
    hs_doc_write_actor(&w, shown->index);
  }
  if (shown->kind != HS_SHOWN_QUOTATION) quotations_field(&w, shown);
  if (shown->kind == HS_SHOWN_ARTICLE) blocks_field(&w, shown);
  else evidence_field(&w, shown);
  hs_json_close(&w.json, '}');
  hs_buffer_char(&w.json, '\n');
  hs_buffer_free(out);
  *out = w.json;
}
