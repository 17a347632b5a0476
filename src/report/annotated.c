/* An article with its quotations marked, and who said each: in a terminal. */
#include "report/annotated.h"

#include "annotate/document.h"
#include "report/article.h"
#include "report/marks.h"
#include "report/quote.h"
#include "report/send.h"

enum {
  MARGIN_FROM = 104, /* columns; in fewer, notes stand below their paragraph */
  MARGIN_LEAST = 28,
  MARGIN_MOST = 40,
  TEXT_MOST = 88, /* a longer line is hard to read */
  GAP = 3
};

typedef struct writer {
  const hs_doc *doc;
  const hs_style *style;
  int text, margin; /* columns; margin 0: there is none */
  hs_buffer out, line, lines;
  size_t next; /* quotation to tell of */
} writer;

static void set_columns(writer *w) {
  w->text = hs_style_width(w->style);
  if (w->text < MARGIN_FROM) return;
  int third = w->text / 3, room = w->text - GAP;
  w->margin = third < MARGIN_LEAST ? MARGIN_LEAST : third > MARGIN_MOST ? MARGIN_MOST : third;
  w->text = room - w->margin > TEXT_MOST ? TEXT_MOST : room - w->margin;
}

/* Lays the line into lines at the end of OUT. */
static void lay_line(writer *w, hs_buffer *out, int width, int first, int rest) {
  hs_layout layout = {width, first, rest, w->style->colour};
  hs_text_wrap(out, &w->line, &layout);
  hs_buffer_clear(&w->line);
}

/* "1: Ana Orlo (person), sure (0.90) · direct · via Agency North (agency) · said 2031-03-03" */
static void add_note(writer *w, size_t index) {
  const hs_quotation *quotation = &w->doc->quotations[index];
  hs_buffer_printf(&w->line, "%c%zu: %c", HS_MARK_FAINT, index + 1, HS_MARK_PLAIN);
  if (quotation->speaker == HS_NONE) hs_buffer_text(&w->line, "speaker ");
  hs_quote_speaker(&w->line, w->doc, quotation, HS_FORM_PLAIN);
  hs_buffer_printf(&w->line, ", %c", HS_MARK_FAINT);
  hs_text_sure(&w->line, (double)hs_quotation_sure(quotation));
  hs_buffer_text(&w->line, " · ");
  hs_quote_facts(&w->line, w->doc, quotation, HS_FORM_PLAIN);
}

/* The quotations from the next one on whose first content stands before END. */
static size_t count_notes(const writer *w, uint32_t end) {
  size_t at = w->next;
  while (at < w->doc->quotation_count && w->doc->quotations[at].contents[0].start < end) at++;
  return at - w->next;
}

static void write_notes_below(writer *w, size_t count) {
  for (; count > 0; count--) {
    add_note(w, w->next++);
    lay_line(w, &w->out, w->text, 4, 7);
  }
}

/* Takes the first line off LINES; false if there is none. */
static bool take_line(hs_str *line, hs_str *lines) {
  const char *end = lines->size ? memchr(lines->data, '\n', lines->size) : NULL;
  if (!end) return false;
  *line = (hs_str){lines->data, (size_t)(end - lines->data)};
  *lines = (hs_str){end + 1, lines->size - line->size - 1};
  return true;
}

/* Writes LINE without its anchors, and gives their number. */
static size_t write_without_anchors(hs_buffer *out, hs_str line) {
  size_t anchors = 0;
  for (size_t i = 0; i < line.size; i++) {
    if (line.data[i] == HS_ANCHOR) anchors++;
    else hs_buffer_char(out, line.data[i]);
  }
  return anchors;
}

/* The columns of a line that stands at the end of OUT from byte FROM on; colours take none. */
static int columns_from(const hs_buffer *out, size_t from) {
  int columns = 0;
  for (size_t at = from; at < out->size;) {
    size_t end = at;
    while (end < out->size && out->data[end] != '\x1b') end++;
    columns += hs_text_width((hs_str){out->data + at, end - at});
    for (at = end; at < out->size && out->data[at] != 'm';) at++;
    at++;
  }
  return columns;
}

/* Writes the lines of a block with COUNT notes beside them, each beginning where its quotation does, or behind the note
 * before it. */
static void write_notes_beside(writer *w, hs_str lines, size_t count) {
  hs_buffer note = {0};
  hs_str line, note_line, note_lines = {0};
  size_t begun = 0, told = 0;
  for (bool more = true; (more = take_line(&line, &lines)) || note_lines.size > 0 || told < count;) {
    size_t start = w->out.size;
    begun = more ? begun + write_without_anchors(&w->out, line) : count;
    if (note_lines.size == 0 && told < count && told < begun) {
      hs_buffer_clear(&note);
      add_note(w, w->next++);
      lay_line(w, &note, w->margin, 0, 3);
      note_lines = (hs_str){note.data, note.size};
      told++;
    }
    if (take_line(&note_line, &note_lines)) {
      hs_buffer_printf(&w->out, "%*s", w->text + GAP - columns_from(&w->out, start), "");
      hs_buffer_add(&w->out, note_line.data, note_line.size);
    }
    hs_buffer_char(&w->out, '\n');
  }
  hs_buffer_free(&note);
}

static void write_block(writer *w, const hs_block *block, hs_marking *marking) {
  const char *opening = hs_block_opening(block->kind, HS_FORM_PLAIN);
  if (w->out.size > 0) hs_buffer_char(&w->out, '\n');
  hs_buffer_text(&w->line, opening);
  hs_marks_write(&w->line, marking, w->doc->article.text, block->text);
  hs_buffer_text(&w->line, hs_block_closing(block->kind, HS_FORM_PLAIN));
  hs_buffer_clear(&w->lines);
  lay_line(w, &w->lines, w->text, 0, (int)strlen(opening));
  size_t notes = count_notes(w, block->text.end);
  if (w->margin) {
    write_notes_beside(w, (hs_str){w->lines.data, w->lines.size}, notes);
  } else {
    hs_buffer_add(&w->out, w->lines.data, w->lines.size);
    write_notes_below(w, notes);
  }
}

static void write_text(hs_buffer *out, const hs_doc *doc, const hs_style *style) {
  hs_arena *arena = hs_arena_new();
  writer w = {.doc = doc, .style = style};
  hs_marked pieces = hs_marked_of(doc, arena);
  set_columns(&w);
  hs_marking marking = {.pieces = &pieces,
                        .marker = style->colour ? &hs_marker_colour : &hs_marker_brackets,
                        .arg = w.margin ? &w.margin : NULL};
  hs_article_head(&w.out, &doc->article, style, !hs_article_has_title(&doc->article));
  for (size_t i = 0; i < doc->article.block_count; i++) {
    const hs_block *block = &doc->article.blocks[i];
    if (block->kept && block->text.end > block->text.start) write_block(&w, block, &marking);
  }
  write_notes_below(&w, count_notes(&w, UINT32_MAX));
  if (doc->quotation_count > 0) {
    hs_buffer_char(&w.out, '\n');
    hs_marks_legend(&w.line, style->colour);
    lay_line(&w, &w.out, w.text, 0, 0);
  }
  hs_buffer_free(&w.line);
  hs_buffer_free(&w.lines);
  hs_arena_free(arena);
  *out = w.out;
}

int hs_report_marks(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error) {
  hs_buffer out = {0};
  if (style->format == HS_HTML) hs_annotated_html(&out, doc);
  else write_text(&out, doc, style);
  return hs_send(&out, write, arg, error);
}
