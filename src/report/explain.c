/* Why each block of a page stayed or went, for a person and as JSON. */
#include "annotate/document.h"
#include "report/article.h"
#include "report/json.h"
#include "report/send.h"

#include <stdlib.h>

enum { TEXT_CHARS = 240, REST_BLANKS = 2 };

static hs_str words_of(const hs_article *article, const hs_block *block) {
  return article->words ? hs_str_at(article->words, block->words) : hs_str_at(article->text, block->text);
}

/* To be freed. */
static char *path_of(const hs_article *article, const hs_block *block) {
  size_t size = hs_block_path(article, block, NULL, 0) + 1;
  char *path = hs_alloc(size);
  hs_block_path(article, block, path, size);
  return path;
}

/* "dropped paragraph · link density · 0.12 · bytes 1200–1288 · body > p:nth-child(2)" */
static void add_decision(hs_buffer *line, const hs_article *article, const hs_block *block) {
  char *path = path_of(article, block);
  int hundredths = (int)(block->score * 100 + 0.5F);
  hs_buffer_printf(line, "%c%s %s%c", block->kept ? HS_MARK_CONTENT : HS_MARK_CUE, block->kept ? "kept" : "dropped",
                   hs_block_kind_name(block->kind), block->kept ? HS_MARK_PLAIN : HS_MARK_FAINT);
  const char *reason = block->reason ? block->reason : block->spared;
  if (reason) {
    hs_buffer_text(line, block->spared ? " · in spite of " : " · ");
    hs_text_string(line, reason, HS_FORM_PLAIN);
  }
  hs_buffer_printf(line, " · %d.%02d · bytes %u–%u%c", hundredths / 100, hundredths % 100, block->page.start,
                   block->page.end, HS_MARK_FAINT);
  if (*path) {
    hs_buffer_text(line, " · ");
    hs_text_string(line, path, HS_FORM_PLAIN);
  }
  free(path);
}

static void explain_text(hs_buffer *out, const hs_article *article, const hs_style *style) {
  hs_buffer line = {0};
  size_t kept = 0;
  hs_article_head(out, article, style, true);
  for (size_t i = 0; i < article->block_count; i++) kept += article->blocks[i].kept;
  hs_buffer_printf(&line, "%s, ", hs_page_kind_name(article->kind));
  hs_text_sure(&line, (double)article->kind_confidence);
  if (article->language) {
    hs_buffer_text(&line, " · language ");
    hs_text_string(&line, article->language, HS_FORM_PLAIN);
    hs_buffer_printf(&line, " (%s), ", article->language_from);
    hs_text_sure(&line, (double)article->language_confidence);
  }
  hs_buffer_printf(&line, " · %zu of %zu blocks kept", kept, article->block_count);
  hs_text_end_line(out, &line, style, 0, 0);
  if (article->status) {
    hs_buffer_text(&line, "Note: ");
    hs_text_string(&line, article->status, HS_FORM_PLAIN);
    hs_text_end_line(out, &line, style, 0, 0);
  }
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    hs_buffer_char(out, '\n');
    add_decision(&line, article, block);
    hs_text_end_line(out, &line, style, 0, REST_BLANKS);
    if (!block->kept) hs_buffer_char(&line, HS_MARK_FAINT);
    hs_text_cut(&line, hs_str_trim(words_of(article, block)), TEXT_CHARS, HS_FORM_PLAIN);
    hs_text_end_line(out, &line, style, REST_BLANKS, REST_BLANKS);
  }
  hs_buffer_char(out, '\n');
  hs_buffer_printf(&line, "%cThe number tells how much a block reads like a part of an article, from 0 to 1.",
                   HS_MARK_FAINT);
  hs_text_end_line(out, &line, style, 0, 0);
  hs_buffer_free(&line);
}

/* [byte of the block's text, byte of the page, bytes of the page, bytes of the text that they made], … */
static void origins_field(hs_buffer *json, const hs_article *article, const hs_block *block) {
  size_t low = 0, high = article->origin_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (article->origins[middle].words <= block->words.start) low = middle;
    else high = middle;
  }
  hs_json_key(json, "origins");
  hs_json_open(json, '[');
  for (; low < article->origin_count && article->origins[low].words < block->words.end; low++) {
    const hs_origin *o = &article->origins[low];
    uint32_t skip = block->words.start > o->words ? block->words.start - o->words : 0;
    hs_json_open(json, '[');
    hs_json_int(json, o->words + skip - block->words.start);
    hs_json_int(json, o->page + skip / o->out * o->in);
    hs_json_int(json, o->in);
    hs_json_int(json, o->out);
    hs_json_close(json, ']');
  }
  hs_json_close(json, ']');
}

static void block_value(hs_doc_writer *w, int index) {
  const hs_article *article = &w->doc->article;
  const hs_block *block = &article->blocks[index];
  char *path = path_of(article, block);
  hs_json_open(&w->json, '{');
  hs_doc_write_block_fields(w, index);
  hs_json_key(&w->json, "score");
  hs_json_share(&w->json, (double)block->score);
  hs_doc_write_field(w, "spared", block->spared);
  hs_doc_write_field(w, "path", *path ? path : NULL);
  hs_json_key(&w->json, "words");
  hs_json_str(&w->json, words_of(article, block));
  origins_field(&w->json, article, block);
  hs_json_close(&w->json, '}');
  free(path);
}

static void explain_json(hs_buffer *out, const hs_doc *doc) {
  hs_arena *arena = hs_arena_new();
  hs_doc_writer w = hs_doc_writer_of(doc, arena);
  hs_json_open(&w.json, '{');
  hs_doc_write_article(&w);
  hs_json_key(&w.json, "blocks");
  hs_json_open(&w.json, '[');
  for (size_t i = 0; i < doc->article.block_count; i++) block_value(&w, (int)i);
  hs_json_close(&w.json, ']');
  if (doc->article.status) hs_doc_write_field(&w, "status", doc->article.status);
  hs_json_close(&w.json, '}');
  hs_buffer_char(&w.json, '\n');
  hs_arena_free(arena);
  *out = w.json;
}

int hs_report_explain(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error) {
  hs_buffer out = {0};
  if (style->format == HS_JSON) explain_json(&out, doc);
  else explain_text(&out, &doc->article, style);
  return hs_send(&out, write, arg, error);
}
