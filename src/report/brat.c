#include "report/brat.h"

#include "annotate/document.h"
#include "base/utf8.h"
#include "report/article.h"
#include "report/marks.h"
#include "report/quote.h"

void hs_brat_configuration(hs_buffer *out) {
  hs_buffer_text(out, "[entities]\nSource\nCue\nContent\nChain\n\n"
                      "[relations]\nSource Arg1:Content, Arg2:Source\nCue Arg1:Content, Arg2:Cue\n"
                      "Chain Arg1:Content, Arg2:Chain\nInside Arg1:Content, Arg2:Content\n\n"
                      "[events]\n\n"
                      "[attributes]\n");
#define X(name, word) "|" word
  hs_buffer_printf(out, "Type Arg:Content, Value:%s\nForce Arg:Content, Value:%s\nPolarity Arg:Content, Value:%s\n",
                   &(HS_QUOTATION_TYPES(X))[1], &(HS_FORCES(X))[1], &(HS_POLARITIES(X))[1]);
#undef X
}

typedef struct writer {
  hs_buffer *out;
  const hs_doc *doc;
  hs_offsets offsets;
  int entities, relations, attributes, notes;
  int *contents; /* the entity of each quotation's content */
} writer;

/* The end of the line that begins at FROM, at most END: no stretch of brat's runs over a line's end. */
static uint32_t line_end(const char *text, uint32_t from, uint32_t end) {
  while (from < end && !strchr("\n\r", text[from])) from++;
  return from;
}

/* Adds "10 20;24 30" for the lines of SPANS and their words to WORDS; false if there are none. */
static bool write_stretches(writer *w, hs_buffer *words, const hs_span *spans, size_t count) {
  const char *text = w->doc->article.text;
  bool begun = false;
  for (size_t i = 0; i < count; i++)
    for (uint32_t at = spans[i].start, end; at < spans[i].end; at = end + 1) {
      end = line_end(text, at, spans[i].end);
      if (end == at) continue;
      hs_buffer_printf(w->out, "%s%u %u", begun ? ";" : "", hs_offsets_chars(&w->offsets, at),
                       hs_offsets_chars(&w->offsets, end));
      if (begun) hs_buffer_char(words, ' ');
      hs_buffer_add(words, text + at, end - at);
      begun = true;
    }
  return begun;
}

/* Gives the entity's number; 0 if there was nothing to write. */
static int write_entity(writer *w, const char *type, const hs_span *spans, size_t count) {
  hs_buffer words = {0};
  size_t before = w->out->size;
  hs_buffer_printf(w->out, "T%d\t%s ", w->entities + 1, type);
  bool written = write_stretches(w, &words, spans, count);
  if (written) {
    hs_buffer_char(w->out, '\t');
    for (size_t i = 0; i < words.size; i++) hs_buffer_char(w->out, words.data[i] == '\t' ? ' ' : words.data[i]);
    hs_buffer_char(w->out, '\n');
  } else {
    w->out->size = before;
  }
  hs_buffer_free(&words);
  return written ? ++w->entities : 0;
}

static void write_relation(writer *w, const char *type, int content, int other) {
  if (content && other) hs_buffer_printf(w->out, "R%d\t%s Arg1:T%d Arg2:T%d\n", ++w->relations, type, content, other);
}

static void write_attribute(writer *w, const char *type, int content, const char *value) {
  hs_buffer_printf(w->out, "A%d\t%s T%d %s\n", ++w->attributes, type, content, value);
}

/* "Ana Orlo (person), sure (0.90) · direct · via Agency North (agency) · said 2031-03-03" */
static void write_note(writer *w, int content, const hs_quotation *q) {
  hs_buffer_printf(w->out, "#%d\tAnnotatorNotes T%d\t", ++w->notes, content);
  hs_quote_speaker(w->out, w->doc, q, HS_FORM_PLAIN);
  hs_buffer_text(w->out, ", ");
  hs_text_sure(w->out, (double)hs_quotation_sure(q));
  hs_buffer_text(w->out, " · ");
  hs_quote_facts(w->out, w->doc, q, HS_FORM_PLAIN);
  hs_buffer_char(w->out, '\n');
}

static void write_quotation(writer *w, size_t index) {
  const hs_quotation *q = &w->doc->quotations[index];
  int content = w->contents[index] = write_entity(w, "Content", q->contents, q->content_count);
  if (!content) return;
  for (size_t i = 0; i < q->source_count; i++)
    write_relation(w, "Source", content, write_entity(w, "Source", &q->sources[i], 1));
  write_relation(w, "Cue", content, write_entity(w, "Cue", &q->cue, 1));
  for (size_t i = 0; i < q->via_count; i++)
    write_relation(w, "Chain", content, write_entity(w, "Chain", &q->via[i].span, 1));
  if (q->inside != HS_NONE && (size_t)q->inside < index) write_relation(w, "Inside", content, w->contents[q->inside]);
  write_attribute(w, "Type", content, hs_quotation_type_name(q->type));
  write_attribute(w, "Force", content, hs_force_name(q->force));
  write_attribute(w, "Polarity", content, hs_polarity_name(q->polarity));
  write_note(w, content, q);
}

void hs_doc_brat(hs_buffer *out, const hs_doc *doc) {
  hs_arena *arena = hs_arena_new();
  writer w = {.out = out, .doc = doc};
  w.offsets = hs_offsets_of(arena, (hs_str){doc->article.text, doc->article.text_size});
  w.contents = hs_arena_alloc(arena, (doc->quotation_count + 1) * sizeof *w.contents);
  for (size_t i = 0; i < doc->quotation_count; i++) write_quotation(&w, i);
  hs_arena_free(arena);
}
