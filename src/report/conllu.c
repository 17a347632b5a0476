/*
 * The tokens of a document as CoNLL-U (universaldependencies.org/format.html): forms, and in MISC SpaceAfter=No and the
 * token's place in the text, start_char and end_char, in Unicode characters. A contraction is a multiword token.
 */
#include "annotate/document.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "nlp/token.h"
#include "report/send.h"

typedef struct writer {
  const hs_doc *doc;
  hs_offsets offsets;
  hs_buffer out;
} writer;

static hs_span token_span(const writer *w, uint32_t token) { return w->doc->analysis.tokens[token].span; }

/* Is token NEXT written to the one before it, in the same sentence? */
static bool is_glued(const writer *w, const hs_sentence *sentence, uint32_t next) {
  return next < sentence->end && token_span(w, next).start == token_span(w, next - 1).end;
}

/* The token behind the last part of the word that begins with FIRST: FIRST + 1 unless it is a contraction. */
static uint32_t word_end(const writer *w, const hs_sentence *sentence, uint32_t first) {
  uint32_t end = first + 1;
  while (is_glued(w, sentence, end) && (w->doc->analysis.classes[end] & HS_TOKEN_CLITIC)) end++;
  return end;
}

/* A comment's value has to stay on its line. */
static void add_line_text(hs_buffer *out, hs_str text) {
  for (size_t i = 0; i < text.size; i++) hs_buffer_char(out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
}

static void write_text(writer *w, const hs_sentence *sentence) {
  hs_buffer_text(&w->out, "# text = ");
  for (uint32_t i = sentence->first; i < sentence->end; i++) {
    if (i > sentence->first && !is_glued(w, sentence, i)) hs_buffer_char(&w->out, ' ');
    hs_str form = hs_str_at(w->doc->article.text, token_span(w, i));
    hs_buffer_add(&w->out, form.data, form.size);
  }
  hs_buffer_char(&w->out, '\n');
}

/* The columns from the form on, of the tokens [first, end). */
static void write_columns(writer *w, const hs_sentence *sentence, uint32_t first, uint32_t end, bool part) {
  hs_span span = {token_span(w, first).start, token_span(w, end - 1).end};
  hs_str form = hs_str_at(w->doc->article.text, span);
  hs_buffer_char(&w->out, '\t');
  hs_buffer_add(&w->out, form.data, form.size);
  hs_buffer_text(&w->out, "\t_\t_\t_\t_\t_\t_\t_\t");
  if (!part && is_glued(w, sentence, end)) hs_buffer_text(&w->out, "SpaceAfter=No|");
  hs_buffer_printf(&w->out, "start_char=%u|end_char=%u\n", hs_offsets_chars(&w->offsets, span.start),
                   hs_offsets_chars(&w->offsets, span.end));
}

static void write_sentence(writer *w, const hs_sentence *sentence) {
  write_text(w, sentence);
  for (uint32_t i = sentence->first; i < sentence->end;) {
    uint32_t end = word_end(w, sentence, i), number = i - sentence->first + 1;
    if (end > i + 1) {
      hs_buffer_printf(&w->out, "%u-%u", number, end - sentence->first);
      write_columns(w, sentence, i, end, false);
    }
    for (bool part = end > i + 1; i < end; i++) {
      hs_buffer_printf(&w->out, "%u", i - sentence->first + 1);
      write_columns(w, sentence, i, i + 1, part);
    }
  }
  hs_buffer_char(&w->out, '\n');
}

int hs_report_conllu(const hs_doc *doc, hs_write *write, void *arg, hs_error *error) {
  const hs_article *article = &doc->article;
  writer w = {.doc = doc};
  hs_arena *arena = hs_arena_new();
  w.offsets = hs_offsets_of(arena, (hs_str){article->text, article->text_size});
  size_t block = 0, begun = SIZE_MAX;
  for (size_t i = 0; i < doc->analysis.sentence_count; i++) {
    const hs_sentence *sentence = &doc->analysis.sentences[i];
    if (i == 0) {
      hs_buffer_text(&w.out, "# newdoc id = ");
      add_line_text(&w.out, hs_str_of(article->id));
      hs_buffer_char(&w.out, '\n');
    }
    while (!article->blocks[block].kept || article->blocks[block].text.end <= sentence->span.start) block++;
    if (block != begun) hs_buffer_text(&w.out, "# newpar\n");
    begun = block;
    hs_buffer_text(&w.out, "# sent_id = ");
    add_line_text(&w.out, hs_str_of(article->id));
    hs_buffer_printf(&w.out, "-%zu\n", i + 1);
    write_sentence(&w, sentence);
  }
  hs_arena_free(arena);
  return hs_send(&w.out, write, arg, error);
}
