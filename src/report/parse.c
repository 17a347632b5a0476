/* The sentences of a document one by one: drawn for a person, or as JSON Lines, which docs/json.md explains. */
#include "annotate/document.h"
#include "report/json.h"
#include "report/send.h"
#include "report/tree.h"

typedef hs_doc_writer writer;

/* Of a page, places are counted from the start of its text; CoNLL-U has none, and each sentence is a text of its own.
 */
static void place_fields(writer *w, const hs_sentence *sentence, hs_span span) {
  uint32_t base = w->doc->given ? hs_offsets_chars(&w->offsets, sentence->span.start) : 0;
  hs_json_key(&w->json, "start");
  hs_json_int(&w->json, hs_offsets_chars(&w->offsets, span.start) - base);
  hs_json_key(&w->json, "end");
  hs_json_int(&w->json, hs_offsets_chars(&w->offsets, span.end) - base);
}

static void text_field(writer *w, const char *key, hs_span span) {
  hs_json_key(&w->json, key);
  hs_json_str(&w->json, hs_str_at(w->doc->article.text, span));
}

static void word_value(writer *w, const hs_sentence *sentence, uint32_t token) {
  const hs_token *t = &w->doc->analysis.tokens[token];
  hs_json_open(&w->json, '{');
  text_field(w, "form", t->span);
  place_fields(w, sentence, t->span);
  hs_doc_write_field(w, "upos", t->upos);
  hs_doc_write_field(w, "xpos", t->xpos);
  hs_doc_write_field(w, "feats", t->feats && strcmp(t->feats, "_") != 0 ? t->feats : NULL);
  hs_doc_write_field(w, "lemma", t->lemma);
  hs_json_key(&w->json, "head");
  if (t->head == HS_NONE) hs_json_string(&w->json, NULL);
  else hs_json_int(&w->json, t->head - (int)sentence->first);
  hs_doc_write_field(w, "relation", t->relation);
  hs_json_close(&w->json, '}');
}

static void name_value(writer *w, const hs_sentence *sentence, const hs_name *name) {
  hs_json_open(&w->json, '{');
  hs_doc_write_field(w, "type", name->type);
  hs_json_key(&w->json, "first");
  hs_json_int(&w->json, name->first - sentence->first);
  hs_json_key(&w->json, "last");
  hs_json_int(&w->json, name->end - 1 - sentence->first);
  place_fields(w, sentence, name->span);
  text_field(w, "text", name->span);
  hs_json_close(&w->json, '}');
}

/* One sentence; *NAME is the first of its names, and then of the next one's. */
static void sentence_value(writer *w, const hs_sentence *sentence, const char *id, size_t *name) {
  const hs_analysis *found = &w->doc->analysis;
  hs_json_open(&w->json, '{');
  hs_doc_write_field(w, "id", id);
  hs_doc_write_field(w, "document", w->doc->article.id);
  place_fields(w, sentence, sentence->span);
  text_field(w, "text", sentence->span);
  hs_json_key(&w->json, "words");
  hs_json_open(&w->json, '[');
  for (uint32_t i = sentence->first; i < sentence->end; i++) word_value(w, sentence, i);
  hs_json_close(&w->json, ']');
  hs_json_key(&w->json, "names");
  hs_json_open(&w->json, '[');
  for (; *name < found->name_count && found->names[*name].first < sentence->end; ++*name)
    name_value(w, sentence, &found->names[*name]);
  hs_json_close(&w->json, ']');
  hs_json_close(&w->json, '}');
  hs_buffer_char(&w->json, '\n');
}

/* The id of the sentence whose rows begin at *ROW, which moves on behind it; NULL if they tell none. */
static const char *given_id(const hs_given *given, size_t *row, hs_arena *arena) {
  static const char key[] = "# sent_id = ";
  const char *id = NULL;
  for (bool words = false; *row < given->row_count; ++*row) {
    const hs_conllu_row *r = &given->rows[*row];
    words |= r->kind == HS_CONLLU_WORD;
    if (r->kind == HS_CONLLU_BLANK && words) break;
    if (r->kind == HS_CONLLU_BLANK) id = NULL;
    if (r->kind == HS_CONLLU_COMMENT && hs_str_starts(r->line, key))
      id = hs_arena_copy(arena, r->line.data + strlen(key), r->line.size - strlen(key));
  }
  ++*row;
  return id;
}

static void write_json(hs_buffer *out, const hs_doc *doc) {
  hs_arena *arena = hs_arena_new();
  writer w = hs_doc_writer_of(doc, arena);
  size_t name = 0, row = 0;
  for (size_t i = 0; i < doc->analysis.sentence_count; i++) {
    const char *id =
        doc->given ? given_id(doc->given, &row, arena) : hs_arena_printf(arena, "%s-%zu", doc->article.id, i + 1);
    sentence_value(&w, &doc->analysis.sentences[i], id, &name);
  }
  hs_arena_free(arena);
  *out = w.json;
}

int hs_report_parse(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error) {
  hs_buffer out = {0};
  if (style->format == HS_JSON) write_json(&out, doc);
  else
    for (size_t i = 0; i < doc->analysis.sentence_count; i++) {
      hs_tree_draw(&out, doc, i, style);
      hs_buffer_char(&out, '\n');
    }
  return hs_send(&out, write, arg, error);
}
