#include "report/marks.h"

#include "annotate/document.h"

#include <stdlib.h>

static void add_piece(hs_marked *pieces, hs_arena *arena, hs_piece piece) {
  if (piece.span.end > piece.span.start) hs_push(arena, *pieces, piece);
}

void hs_marked_add(hs_marked *pieces, hs_arena *arena, const hs_quotation *quotation, uint32_t number) {
  for (size_t i = 0; i < quotation->source_count; i++)
    add_piece(pieces, arena, (hs_piece){.span = quotation->sources[i], .mark = HS_MARK_SOURCE, .number = number});
  add_piece(pieces, arena, (hs_piece){.span = quotation->cue, .mark = HS_MARK_CUE, .number = number});
  for (size_t i = 0; i < quotation->via_count; i++)
    add_piece(pieces, arena, (hs_piece){.span = quotation->via[i].span, .mark = HS_MARK_VIA, .number = number});
  for (size_t i = 0; i < quotation->content_count; i++)
    add_piece(pieces, arena,
              (hs_piece){.span = quotation->contents[i],
                         .mark = HS_MARK_CONTENT,
                         .number = number,
                         .first = i == 0,
                         .last = i + 1 == quotation->content_count});
}

static int compare(uint32_t a, uint32_t b) { return (a > b) - (a < b); }

/* By start; the longer first, so that what is inside opens later; then contents before chain, cues and sources. */
static int piece_order(const void *left, const void *right) {
  const hs_piece *a = left, *b = right;
  int order = compare(a->span.start, b->span.start);
  if (!order) order = compare(b->span.end, a->span.end);
  if (!order) order = (int)b->mark - (int)a->mark;
  return order ? order : compare(a->number, b->number);
}

void hs_marked_sort(hs_marked *pieces) {
  if (pieces->count) qsort(pieces->items, pieces->count, sizeof *pieces->items, piece_order);
}

hs_marked hs_marked_of(const hs_doc *doc, hs_arena *arena) {
  hs_marked pieces = {0};
  for (size_t i = 0; i < doc->quotation_count; i++) hs_marked_add(&pieces, arena, &doc->quotations[i], (uint32_t)i + 1);
  hs_marked_sort(&pieces);
  return pieces;
}

/* ---- the walk */

static void close_piece(hs_buffer *out, const hs_marking *m, size_t depth, bool ends) {
  m->marker->close(out, m->open[depth], ends, depth ? m->open[depth - 1] : NULL, m->arg);
}

/* Closes what ends at AT or before, with all that stands inside it, and opens again what goes on behind AT. */
static void close_until(hs_buffer *out, hs_marking *m, uint32_t at) {
  size_t lowest = 0, depth = m->depth;
  while (lowest < depth && m->open[lowest]->span.end > at) lowest++;
  for (size_t i = depth; i > lowest; i--) close_piece(out, m, i - 1, m->open[i - 1]->span.end <= at);
  m->depth = lowest;
  for (size_t i = lowest; i < depth; i++) {
    const hs_piece *piece = m->open[i];
    if (piece->span.end <= at) continue;
    m->open[m->depth++] = piece;
    m->marker->open(out, piece, false, m->arg);
  }
}

static void open_from(hs_buffer *out, hs_marking *m, uint32_t at) {
  for (; m->next < m->pieces->count && m->pieces->items[m->next].span.start <= at; m->next++) {
    const hs_piece *piece = &m->pieces->items[m->next];
    if (piece->span.end <= at || m->depth == HS_MARKS_DEPTH) continue;
    m->open[m->depth++] = piece;
    m->marker->open(out, piece, piece->span.start == at, m->arg);
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

void hs_marks_write(hs_buffer *out, hs_marking *m, const char *text, hs_span part) {
  size_t going_on = 0; /* the others ended between this part and the one before */
  for (size_t i = 0; i < m->depth; i++)
    if (m->open[i]->span.end > part.start) m->open[going_on++] = m->open[i];
  m->depth = going_on;
  for (size_t i = 0; i < m->depth; i++) m->marker->open(out, m->open[i], false, m->arg);
  for (uint32_t at = part.start; at < part.end;) {
    open_from(out, m, at);
    uint32_t next = next_place(m, at, part.end);
    hs_text_add(out, (hs_str){text + at, next - at}, m->marker->form);
    at = next;
    close_until(out, m, at);
  }
  for (size_t i = m->depth; i > 0; i--) close_piece(out, m, i - 1, false);
}

/* ---- how marks look in a terminal */

/* 'S', 'C', 'V' or 'Q'. */
static char letter_of(hs_mark mark) {
  return mark == HS_MARK_SOURCE ? 'S' : mark == HS_MARK_CUE ? 'C' : mark == HS_MARK_VIA ? 'V' : 'Q';
}

const char *hs_mark_word(hs_mark mark) {
  return mark == HS_MARK_SOURCE ? "source" : mark == HS_MARK_CUE ? "cue" : mark == HS_MARK_VIA ? "chain" : "content";
}

/* Where the quotation begins is where a note in the margin would stand. */
static void write_anchor(hs_buffer *out, const hs_piece *piece, bool begins, void *anchors) {
  if (anchors && begins && piece->first) hs_buffer_char(out, HS_ANCHOR);
}

static void open_bracket(hs_buffer *out, const hs_piece *piece, bool begins, void *anchors) {
  if (piece->number == 0) hs_buffer_char(out, '[');
  else hs_buffer_printf(out, "[%c%u%c", letter_of(piece->mark), piece->number, HS_GLUE);
  write_anchor(out, piece, begins, anchors);
}

static void close_bracket(hs_buffer *out, const hs_piece *piece, bool ends, const hs_piece *outer, void *arg) {
  (void)piece, (void)ends, (void)outer, (void)arg;
  hs_buffer_char(out, ']');
}

static void open_colour(hs_buffer *out, const hs_piece *piece, bool begins, void *anchors) {
  hs_buffer_char(out, (char)piece->mark);
  write_anchor(out, piece, begins, anchors);
}

/* The number stands where the content ends, not where a paragraph's end only interrupts it. */
static void close_colour(hs_buffer *out, const hs_piece *piece, bool ends, const hs_piece *outer, void *arg) {
  (void)arg;
  if (piece->last && ends) hs_buffer_printf(out, "%c[%u]", HS_MARK_FAINT, piece->number);
  hs_buffer_char(out, (char)(outer ? outer->mark : HS_MARK_PLAIN));
}

const hs_marker hs_marker_brackets = {HS_FORM_PLAIN, open_bracket, close_bracket};
const hs_marker hs_marker_colour = {HS_FORM_PLAIN, open_colour, close_colour};

void hs_marks_legend(hs_buffer *prose, bool colour) {
  for (hs_mark mark = HS_MARK_SOURCE; mark <= HS_MARK_CONTENT; mark++) {
    if (mark > HS_MARK_SOURCE) hs_buffer_text(prose, ", ");
    if (colour) hs_buffer_printf(prose, "%c%s%c", mark, hs_mark_word(mark), HS_MARK_PLAIN);
    else hs_buffer_printf(prose, "%c%c%s", letter_of(mark), HS_GLUE, hs_mark_word(mark));
  }
  hs_buffer_text(prose,
                 colour ? "; the number names the quotation" : "; the number behind the letter names the quotation");
}
