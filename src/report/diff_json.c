/* What changed between two versions as one JSON object: docs/json.md tells every field. */
#include "report/diff.h"
#include "report/json.h"

static void write_version(hs_buffer *out, const char *key, const hs_edition *v) {
  hs_json_key(out, key);
  hs_json_open(out, '{');
  hs_json_key(out, "id");
  hs_json_string(out, v->id);
  hs_json_key(out, "captured");
  hs_json_string(out, v->captured);
  hs_json_key(out, "title");
  hs_json_string(out, v->doc->article.title);
  hs_json_key(out, "published");
  hs_json_string(out, v->doc->article.published);
  hs_json_key(out, "modified");
  hs_json_string(out, v->doc->article.modified);
  hs_json_close(out, '}');
}

typedef struct writers {
  hs_doc_writer before, after;
} writers;

static void write_quote(hs_buffer *out, const char *key, hs_doc_writer *w, int index) {
  hs_json_key(out, key);
  if (index == HS_NONE) {
    hs_json_string(out, NULL);
    return;
  }
  hs_buffer own = w->json; /* the document's writer writes into our object */
  w->json = *out;
  hs_doc_write_quote(w, index);
  *out = w->json;
  w->json = own;
}

static void write_sentence(hs_buffer *out, const char *key, hs_doc_writer *w, int index) {
  hs_json_key(out, key);
  if (index == HS_NONE) {
    hs_json_string(out, NULL);
    return;
  }
  hs_span span = w->doc->analysis.sentences[index].span;
  hs_json_open(out, '{');
  hs_json_key(out, "start");
  hs_json_int(out, hs_offsets_chars(&w->offsets, span.start));
  hs_json_key(out, "end");
  hs_json_int(out, hs_offsets_chars(&w->offsets, span.end));
  hs_json_key(out, "text");
  hs_json_str(out, hs_str_at(w->doc->article.text, span));
  hs_json_close(out, '}');
}

static void write_changes(hs_buffer *out, const char *key, const hs_changes *changes, writers *w,
                          void (*one)(hs_buffer *, const char *, hs_doc_writer *, int)) {
  hs_json_key(out, key);
  hs_json_open(out, '[');
  for (size_t i = 0; i < changes->count; i++) {
    const hs_change *change = &changes->items[i];
    hs_json_open(out, '{');
    hs_json_key(out, "change");
    hs_json_string(out, hs_change_word(change->kind));
    one(out, "before", &w->before, change->before);
    one(out, "after", &w->after, change->after);
    hs_json_close(out, '}');
  }
  hs_json_close(out, ']');
}

void hs_diff_json(hs_buffer *out, const hs_diff *d) {
  writers w = {hs_doc_writer_of(d->before.doc, d->arena), hs_doc_writer_of(d->after.doc, d->arena)};
  hs_json_open(out, '{');
  hs_json_key(out, "url");
  hs_json_string(out, d->url);
  write_version(out, "before", &d->before);
  write_version(out, "after", &d->after);
  write_changes(out, "quotes", &d->quotations, &w, write_quote);
  hs_json_key(out, "same_quotes");
  hs_json_int(out, (int64_t)d->same_quotations);
  write_changes(out, "sentences", &d->sentences, &w, write_sentence);
  hs_json_key(out, "same_sentences");
  hs_json_int(out, (int64_t)d->same_sentences);
  hs_json_close(out, '}');
  hs_buffer_char(out, '\n');
}
