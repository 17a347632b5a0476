/* Stretches of a text with the marks of quotations in them: source, cue and content. */
#ifndef HS_REPORT_MARKS_H
#define HS_REPORT_MARKS_H

#include "base/array.h"
#include "base/buffer.h"
#include "report/text.h"

/* One marked stretch. */
typedef struct hs_piece {
  hs_span span;
  hs_mark mark;    /* HS_MARK_SOURCE, HS_MARK_CUE or HS_MARK_CONTENT */
  uint32_t number; /* the quotation's, from 1; 0: none, the piece stands in bare brackets */
  bool last;       /* the last of its quotation's contents, behind which the number stands in colour */
} hs_piece;

typedef hs_array(hs_piece) hs_pieces;

/* Adds the pieces of QUOTATION, which gets NUMBER. */
void hs_pieces_add(hs_pieces *pieces, hs_arena *arena, const hs_quotation *quotation, uint32_t number);
/* Puts PIECES into the order in which hs_marks_write wants them. */
void hs_pieces_sort(hs_pieces *pieces);

enum { HS_MARKS_DEPTH = 8 }; /* pieces within pieces; what is nested deeper goes unmarked */

/* Where a walk through the text stands: stretches are written in text order. Zero before the first. */
typedef struct hs_marking {
  const hs_pieces *pieces;
  size_t next;
  const hs_piece *open[HS_MARKS_DEPTH]; /* outermost first */
  size_t depth;
} hs_marking;

/*
 * Adds the bytes PART of TEXT to PROSE: with COLOUR in marks, else each piece as "[Q1 …]". What is open at the end of
 * PART is closed there and opened again in the next one. Pieces that cross are closed and opened again where they do,
 * so that brackets always pair.
 */
void hs_marks_write(hs_buffer *prose, hs_marking *marking, const char *text, hs_span part, bool colour);
/* What the marks mean, in a line of prose. */
void hs_marks_legend(hs_buffer *prose, bool colour);

#endif
