#include "report/marks.h"

#include "annotate/document.h"
#include "report/article.h"
#include "report/send.h"

#include <stdlib.h>

static void add_piece(hs_pieces *pieces, hs_arena *arena, hs_piece piece) {
  if (piece.span.end > piece.span.start) hs_push(arena, *pieces, piece);
}

void hs_pieces_add(hs_pieces *pieces, hs_arena *arena, const hs_quotation *quotation, uint32_t number) {
  for (size_t i = 0; i < quotation->source_count; i++)
    add_piece(pieces, arena, (hs_piece){quotation->sources[i], HS_MARK_SOURCE, number, false});
  add_piece(pieces, arena, (hs_piece){quotation->cue, HS_MARK_CUE, number, false});
  for (size_t i = 0; i < quotation->content_count; i++)
    add_piece(pieces, arena,
              (hs_piece){quotation->contents[i], HS_MARK_CONTENT, number, i + 1 == quotation->content_count});
}

static int compare(uint32_t a, uint32_t b) { return (a > b) - (a < b); }

/* By start; the longer first, so that what is inside opens later; then contents before cues before sources. */
static int piece_order(const void *left, const void *right) {
  const hs_piece *a = left, *b = right;
  int order = compare(a->span.start, b->span.start);
  if (!order) order = compare(b->span.end, a->span.end);
  if (!order) order = (int)b->mark - (int)a->mark;
  return order ? order : compare(a->number, b->number);
}

void hs_pieces_sort(hs_pieces *pieces) {
  if (pieces->count) qsort(pieces->items, pieces->count, sizeof *pieces->items, piece_order);
}

static char letter(hs_mark mark) { return mark == HS_MARK_SOURCE ? 'S' : mark == HS_MARK_CUE ? 'C' : 'Q'; }

static void write_opening(hs_buffer *prose, const hs_piece *piece, bool colour) {
  if (colour) hs_buffer_char(prose, (char)piece->mark);
  else if (piece->number == 0) hs_buffer_char(prose, '[');
  else hs_buffer_printf(prose, "[%c%u%c", letter(piece->mark), piece->number, HS_GLUE);
}

/* In colour the quotation's number stands behind its content, but not where a paragraph's end only interrupts it. */
static void write_closing(hs_buffer *prose, const hs_marking *m, const hs_piece *piece, bool ends, bool colour) {
  if (!colour) {
    hs_buffer_char(prose, ']');
    return;
  }
  if (piece->last && ends) hs_buffer_printf(prose, "%c[%u]", HS_MARK_FAINT, piece->number);
  hs_buffer_char(prose, (char)(m->depth ? m->open[m->depth - 1]->mark : HS_MARK_PLAIN));
}

/* Closes what ends at AT or before, with all that stands inside it, and opens again what goes on behind AT. */
static void close_until(hs_buffer *prose, hs_marking *m, uint32_t at, bool colour) {
  size_t lowest = 0, depth = m->depth;
  while (lowest < depth && m->open[lowest]->span.end > at) lowest++;
  const hs_piece *go_on[HS_MARKS_DEPTH];
  size_t count = 0;
  while (m->depth > lowest) {
    const hs_piece *piece = m->open[--m->depth];
    bool ends = piece->span.end <= at;
    if (!ends) go_on[count++] = piece;
    write_closing(prose, m, piece, ends, colour);
  }
  while (count > 0) {
    m->open[m->depth++] = go_on[--count];
    write_opening(prose, m->open[m->depth - 1], colour);
  }
}

static void open_from(hs_buffer *prose, hs_marking *m, uint32_t at, bool colour) {
  for (; m->next < m->pieces->count && m->pieces->items[m->next].span.start <= at; m->next++) {
    const hs_piece *piece = &m->pieces->items[m->next];
    if (piece->span.end <= at || m->depth == HS_MARKS_DEPTH) continue;
    m->open[m->depth++] = piece;
    write_opening(prose, piece, colour);
  }
}

/* The next place behind AT where a piece begins or ends, at most END. */
static uint32_t next_place(const hs_marking *m, uint32_t at, uint32_t end) {
  for (size_t i = 0; i < m->depth; i++)
    if (m->open[i]->span.end > at && m->open[i]->span.end < end) end = m->open[i]->span.end;
  if (m->next < m->pieces->count && m->pieces->items[m->next].span.start < end)
    end = m->pieces->items[m->next].span.start;
  return end;
}

void hs_marks_write(hs_buffer *prose, hs_marking *m, const char *text, hs_span part, bool colour) {
  size_t ended = 0; /* what ended between this part and the one before */
  for (size_t i = 0; i < m->depth; i++)
    if (m->open[i]->span.end > part.start) m->open[ended++] = m->open[i];
  m->depth = ended;
  for (size_t i = 0; i < m->depth; i++) write_opening(prose, m->open[i], colour);
  for (uint32_t at = part.start; at < part.end;) {
    open_from(prose, m, at, colour);
    uint32_t next = next_place(m, at, part.end);
    hs_text_add(prose, (hs_str){text + at, next - at}, HS_FORM_PLAIN);
    at = next;
    close_until(prose, m, at, colour);
  }
  for (size_t i = m->depth; i > 0; i--) hs_buffer_char(prose, colour ? HS_MARK_PLAIN : ']');
}

void hs_marks_legend(hs_buffer *prose, bool colour) {
  static const struct {
    hs_mark mark;
    const char *word;
  } marks[] = {{HS_MARK_SOURCE, "source"}, {HS_MARK_CUE, "cue"}, {HS_MARK_CONTENT, "content"}};
  for (size_t i = 0; i < 3; i++) {
    if (i > 0) hs_buffer_text(prose, ", ");
    if (colour) hs_buffer_printf(prose, "%c%s%c", marks[i].mark, marks[i].word, HS_MARK_PLAIN);
    else hs_buffer_printf(prose, "%c %s", letter(marks[i].mark), marks[i].word);
  }
  hs_buffer_text(prose,
                 colour ? "; the number names the quotation" : "; the number behind the letter names the quotation");
}

typedef struct writer {
  const hs_doc *doc;
  const hs_style *style;
  hs_buffer out, line;
  size_t next; /* quotation to tell of */
} writer;

static void end_line(writer *w, int first, int rest) {
  hs_layout layout = {hs_style_width(w->style), first, rest, w->style->colour};
  hs_text_wrap(&w->out, &w->line, &layout);
  hs_buffer_clear(&w->line);
}

static void add_via(writer *w, const hs_quotation *quotation) {
  for (size_t i = 0; i < quotation->via_count; i++) {
    const hs_via *via = &quotation->via[i];
    hs_buffer_text(&w->line, i ? " > " : " · via ");
    if (via->actor != HS_NONE) hs_text_string(&w->line, w->doc->actors[via->actor].name, HS_FORM_PLAIN);
    else hs_text_add(&w->line, hs_str_at(w->doc->article.text, via->span), HS_FORM_PLAIN);
    if (via->kind) hs_buffer_printf(&w->line, " (%s)", via->kind);
  }
}

/* "1: Ana Orlo (person), sure (0.90) · direct · said 2031-03-03" */
static void write_speaker(writer *w, size_t index) {
  const hs_quotation *quotation = &w->doc->quotations[index];
  hs_buffer_printf(&w->line, "%c%zu: ", HS_MARK_FAINT, index + 1);
  if (quotation->speaker == HS_NONE) hs_buffer_text(&w->line, "speaker unresolved");
  else {
    const hs_actor *actor = &w->doc->actors[quotation->speaker];
    hs_text_string(&w->line, actor->name, HS_FORM_PLAIN);
    hs_buffer_printf(&w->line, " (%s), ", hs_actor_type_name(actor->type));
    hs_text_sure(&w->line, (double)quotation->speaker_confidence);
  }
  hs_buffer_printf(&w->line, " · %s", hs_quotation_type_name(quotation->type));
  add_via(w, quotation);
  if (quotation->said.value) {
    hs_buffer_text(&w->line, " · said ");
    hs_text_string(&w->line, quotation->said.value, HS_FORM_PLAIN);
  }
  end_line(w, 4, 7);
}

/* The quotations whose first content stands before END and was not told of yet. */
static void write_speakers(writer *w, uint32_t end) {
  for (; w->next < w->doc->quotation_count; w->next++) {
    const hs_quotation *quotation = &w->doc->quotations[w->next];
    if (quotation->content_count && quotation->contents[0].start >= end) break;
    write_speaker(w, w->next);
  }
}

static hs_pieces pieces_of(const hs_doc *doc, hs_arena *arena) {
  hs_pieces pieces = {0};
  for (size_t i = 0; i < doc->quotation_count; i++) hs_pieces_add(&pieces, arena, &doc->quotations[i], (uint32_t)i + 1);
  hs_pieces_sort(&pieces);
  return pieces;
}

static void write_blocks(writer *w, const hs_pieces *pieces) {
  const hs_article *article = &w->doc->article;
  hs_marking marking = {.pieces = pieces};
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    if (!block->kept || block->text.start == block->text.end) continue;
    const char *opening = hs_block_opening(block->kind, HS_FORM_PLAIN);
    if (w->out.size > 0) hs_buffer_char(&w->out, '\n');
    hs_buffer_text(&w->line, opening);
    hs_marks_write(&w->line, &marking, article->text, block->text, w->style->colour);
    hs_buffer_text(&w->line, hs_block_closing(block->kind, HS_FORM_PLAIN));
    end_line(w, 0, (int)strlen(opening));
    write_speakers(w, block->text.end);
  }
  write_speakers(w, UINT32_MAX);
}

static bool title_in_text(const hs_article *article) {
  for (size_t i = 0; i < article->block_count; i++) {
    const hs_block *block = &article->blocks[i];
    if (block->kind == HS_BLOCK_TITLE && block->kept && block->text.end > block->text.start) return true;
  }
  return false;
}

int hs_report_marks(const hs_doc *doc, const hs_style *style, hs_write *write, void *arg, hs_error *error) {
  hs_arena *arena = hs_arena_new();
  writer w = {.doc = doc, .style = style};
  hs_pieces pieces = pieces_of(doc, arena);
  hs_article_head(&w.out, &doc->article, style, !title_in_text(&doc->article));
  write_blocks(&w, &pieces);
  if (doc->quotation_count > 0) {
    hs_buffer_char(&w.out, '\n');
    hs_marks_legend(&w.line, style->colour);
    end_line(&w, 0, 0);
  }
  hs_buffer_free(&w.line);
  hs_arena_free(arena);
  return hs_send(&w.out, write, arg, error);
}
