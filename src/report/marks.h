/* Stretches of a text with the marks of quotations in them: source, cue, content and chain. */
#ifndef HS_REPORT_MARKS_H
#define HS_REPORT_MARKS_H

#include "base/array.h"
#include "base/buffer.h"
#include "report/text.h"

/* One marked stretch. */
typedef struct hs_piece {
  hs_span span;
  hs_mark mark;     /* HS_MARK_SOURCE, HS_MARK_CUE, HS_MARK_VIA or HS_MARK_CONTENT */
  uint32_t number;  /* the quotation's, from 1; 0: none, the piece stands in bare brackets */
  bool first, last; /* the first, the last of its quotation's contents */
} hs_piece;

typedef hs_array(hs_piece) hs_marked;

/* Adds the pieces of QUOTATION, which gets NUMBER. */
void hs_marked_add(hs_marked *pieces, hs_arena *arena, const hs_quotation *quotation, uint32_t number);
/* Puts PIECES into the order in which hs_marks_write wants them. */
void hs_marked_sort(hs_marked *pieces);
/* The pieces of all quotations of DOC, numbered from 1, in that order. */
hs_marked hs_marked_of(const hs_doc *doc, hs_arena *arena);

/* How pieces look. A piece that is interrupted, by the end of a block or by one that crosses it, is closed and opened
 * again. */
typedef struct hs_marker {
  hs_form form; /* of the text between */
  /* BEGINS, ENDS: here the piece itself does; OUTER: the one around it, NULL if there is none. */
  void (*open)(hs_buffer *out, const hs_piece *piece, bool begins, void *arg);
  void (*close)(hs_buffer *out, const hs_piece *piece, bool ends, const hs_piece *outer, void *arg);
} hs_marker;

/* "[Q1 …]" */
extern const hs_marker hs_marker_brackets;
/* In colour, the quotation's number behind the last of its contents. */
extern const hs_marker hs_marker_colour;

enum { HS_MARKS_DEPTH = 8 }; /* pieces within pieces; what is nested deeper goes unmarked */

/* Where a walk through the text stands: stretches are written in text order. */
typedef struct hs_marking {
  const hs_marked *pieces;
  const hs_marker *marker;
  void *arg; /* for the marker */
  /* Zero before the first stretch: */
  size_t next;
  const hs_piece *open[HS_MARKS_DEPTH]; /* outermost first */
  size_t depth;
} hs_marking;

/*
 * Adds the bytes PART of TEXT with its marks. What is open at the end of PART is closed there and opened again in the
 * next one. Pieces that cross are closed and opened again where they do, so that marks always pair.
 */
void hs_marks_write(hs_buffer *out, hs_marking *marking, const char *text, hs_span part);

/* "source", "cue", "chain" or "content". */
const char *hs_mark_word(hs_mark mark);
/* What the marks mean, in a line of prose. */
void hs_marks_legend(hs_buffer *prose, bool colour);

#endif
