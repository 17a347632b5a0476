/*
 * The tokens of a document as CoNLL-U (universaldependencies.org/format.html). Of a page MISC tells SpaceAfter=No and
 * the token's place in the text, start_char and end_char, in Unicode characters, and a contraction is a multiword
 * token; of CoNLL-U all but the words' own columns is written as it came.
 */
#include "annotate/document.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "nlp/token.h"
#include "report/send.h"

typedef struct writer {
  const hs_doc *doc;
  hs_offsets offsets;
  size_t name; /* of the names, the first one that is not written to its end */
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

static void add_number(hs_buffer *out, uint32_t number) {
  char digits[10];
  size_t at = sizeof digits;
  do digits[--at] = (char)('0' + number % 10);
  while (number /= 10);
  hs_buffer_add(out, digits + at, sizeof digits - at);
}

static void add_form(writer *w, hs_span span) {
  hs_buffer_char(&w->out, '\t');
  hs_buffer_add(&w->out, w->doc->article.text + span.start, span.end - span.start);
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

/* "NER=B-PER" of the words of names; w->name is the name at or behind TOKEN. */
static void write_name(writer *w, uint32_t token, bool more) {
  const hs_analysis *found = &w->doc->analysis;
  while (w->name < found->name_count && found->names[w->name].end <= token) w->name++;
  if (w->name == found->name_count || found->names[w->name].first > token) return;
  const hs_name *name = &found->names[w->name];
  if (more) hs_buffer_char(&w->out, '|');
  hs_buffer_text(&w->out, token == name->first ? "NER=B-" : "NER=I-");
  hs_buffer_text(&w->out, name->type);
}

static void add_column(hs_buffer *out, const char *value) {
  hs_buffer_char(out, '\t');
  hs_buffer_text(out, value ? value : "_");
}

/* The columns from LEMMA to DEPS, with the tabs around them. */
static void write_analysis(writer *w, const hs_sentence *sentence, uint32_t token) {
  const hs_token *t = &w->doc->analysis.tokens[token];
  add_column(&w->out, t->lemma);
  add_column(&w->out, t->upos);
  add_column(&w->out, t->xpos);
  add_column(&w->out, t->feats);
  hs_buffer_char(&w->out, '\t');
  if (!t->relation) hs_buffer_char(&w->out, '_');
  else add_number(&w->out, t->head == HS_NONE ? 0 : (uint32_t)t->head - sentence->first + 1);
  add_column(&w->out, t->relation);
  hs_buffer_text(&w->out, "\t_\t");
}

static void write_places(writer *w, hs_span span) {
  hs_buffer_text(&w->out, "start_char=");
  add_number(&w->out, hs_offsets_chars(&w->offsets, span.start));
  hs_buffer_text(&w->out, "|end_char=");
  add_number(&w->out, hs_offsets_chars(&w->offsets, span.end));
}

/* The columns from the form on, of the token that the words [first, end) make up. */
static void write_range(writer *w, const hs_sentence *sentence, uint32_t first, uint32_t end) {
  hs_span span = {token_span(w, first).start, token_span(w, end - 1).end};
  add_form(w, span);
  hs_buffer_text(&w->out, "\t_\t_\t_\t_\t_\t_\t_\t");
  if (is_glued(w, sentence, end)) hs_buffer_text(&w->out, "SpaceAfter=No|");
  write_places(w, span);
  hs_buffer_char(&w->out, '\n');
}

/* A word; PART: of a token of several. */
static void write_word(writer *w, const hs_sentence *sentence, uint32_t token, bool part) {
  add_number(&w->out, token - sentence->first + 1);
  add_form(w, token_span(w, token));
  write_analysis(w, sentence, token);
  if (!part && is_glued(w, sentence, token + 1)) hs_buffer_text(&w->out, "SpaceAfter=No|");
  write_places(w, token_span(w, token));
  write_name(w, token, true);
  hs_buffer_char(&w->out, '\n');
}

static void write_sentence(writer *w, const hs_sentence *sentence) {
  write_text(w, sentence);
  for (uint32_t i = sentence->first; i < sentence->end;) {
    uint32_t end = word_end(w, sentence, i);
    bool part = end > i + 1;
    if (part) {
      hs_buffer_printf(&w->out, "%u-%u", i - sentence->first + 1, end - sentence->first);
      write_range(w, sentence, i, end);
    }
    for (; i < end; i++) write_word(w, sentence, i, part);
  }
  hs_buffer_char(&w->out, '\n');
}

static void write_page(writer *w) {
  const hs_article *article = &w->doc->article;
  size_t block = 0, begun = SIZE_MAX;
  for (size_t i = 0; i < w->doc->analysis.sentence_count; i++) {
    const hs_sentence *sentence = &w->doc->analysis.sentences[i];
    if (i == 0) {
      hs_buffer_text(&w->out, "# newdoc id = ");
      add_line_text(&w->out, hs_str_of(article->id));
      hs_buffer_char(&w->out, '\n');
    }
    while (!article->blocks[block].kept || article->blocks[block].text.end <= sentence->span.start) block++;
    if (block != begun) hs_buffer_text(&w->out, "# newpar\n");
    begun = block;
    hs_buffer_text(&w->out, "# sent_id = ");
    add_line_text(&w->out, hs_str_of(article->id));
    hs_buffer_printf(&w->out, "-%zu\n", i + 1);
    write_sentence(w, sentence);
  }
}

/* What MISC says but for names; false if that is nothing. */
static bool write_misc(hs_buffer *out, hs_str misc) {
  size_t before = out->size;
  if (hs_str_is(misc, "_")) return false;
  for (hs_str item; hs_conllu_misc_next(&misc, &item);) {
    if (item.size == 0 || hs_str_starts(item, "NER=")) continue;
    if (out->size > before) hs_buffer_char(out, '|');
    hs_buffer_add(out, item.data, item.size);
  }
  return out->size > before;
}

static void write_given_word(writer *w, const hs_conllu_row *row, const hs_sentence *sentence, uint32_t token) {
  add_number(&w->out, token - sentence->first + 1);
  hs_buffer_char(&w->out, '\t');
  hs_buffer_add(&w->out, row->form.data, row->form.size);
  write_analysis(w, sentence, token);
  size_t before = w->out.size;
  write_name(w, token, write_misc(&w->out, row->misc));
  if (w->out.size == before) hs_buffer_char(&w->out, '_');
}

/* The rows that the words came in, the words with their new columns. */
static void write_given(writer *w) {
  const hs_sentence *sentence = w->doc->analysis.sentences;
  uint32_t token = 0;
  for (size_t i = 0; i < w->doc->given->row_count; i++) {
    const hs_conllu_row *row = &w->doc->given->rows[i];
    if (row->kind != HS_CONLLU_WORD) {
      hs_buffer_add(&w->out, row->line.data, row->line.size);
    } else {
      if (token == sentence->end) sentence++;
      write_given_word(w, row, sentence, token++);
    }
    hs_buffer_char(&w->out, '\n');
  }
}

int hs_report_conllu(const hs_doc *doc, hs_write *write, void *arg, hs_error *error) {
  writer w = {.doc = doc};
  hs_arena *arena = hs_arena_new();
  w.offsets = hs_offsets_of(arena, (hs_str){doc->article.text, doc->article.text_size});
  if (doc->given) write_given(&w);
  else write_page(&w);
  hs_arena_free(arena);
  return hs_send(&w.out, write, arg, error);
}
