/*
 * Text for a person: what came from a page made harmless for where it goes, in lines of a given width, with or without
 * colour.
 */
#ifndef HS_REPORT_TEXT_H
#define HS_REPORT_TEXT_H

#include "base/buffer.h"

/* Where text goes, and so what must be escaped in it. */
typedef enum hs_form { HS_FORM_PLAIN, HS_FORM_MARKDOWN, HS_FORM_HTML } hs_form;

/*
 * Adds S (valid UTF-8) to OUT as FORM. White space becomes single blanks, none at the start of a line; a control
 * character becomes U+FFFD, so that no escape sequence reaches a terminal; what turns the direction of writing is left
 * out. S.data NULL adds nothing.
 */
void hs_text_add(hs_buffer *out, hs_str s, hs_form form);
void hs_text_string(hs_buffer *out, const char *string, hs_form form);
/* Adds S as plain text, cut at a word's end to at most CHARS characters and "…" if it is longer. */
void hs_text_cut(hs_buffer *out, hs_str s, size_t chars, hs_form form);

/* How a stretch of prose looks from a mark on. A mark is one byte that text made harmless cannot hold. */
typedef enum hs_mark {
  HS_MARK_PLAIN = 1,
  HS_MARK_STRONG,
  HS_MARK_FAINT,
  HS_MARK_SOURCE,
  HS_MARK_CUE,
  HS_MARK_VIA,
  HS_MARK_CONTENT
} hs_mark;

/* Bytes that text made harmless cannot hold either: a blank at which no line is broken, and a place that takes no room,
 * for whoever lays a note beside the line that it is on. */
enum { HS_GLUE = 8, HS_ANCHOR = 14 };
/* Makes the blanks from byte FROM of PROSE on into glue, unless that is too much to hold together. */
void hs_text_glue(hs_buffer *prose, size_t from);

typedef struct hs_layout {
  int width;   /* columns; below 1: lines are not broken */
  int first;   /* blanks before the first line, */
  int rest;    /* and before each further one */
  bool colour; /* marks become ANSI sequences, else nothing */
} hs_layout;

/*
 * Writes PROSE (plain text of hs_text_add, with marks) to OUT in lines, each ended by "\n". A word that is longer than
 * a line, such as an address, stays whole.
 */
void hs_text_wrap(hs_buffer *out, const hs_buffer *prose, const hs_layout *layout);

/* Writes LINE to OUT so, as wide and as coloured as STYLE says, and empties it. */
void hs_text_end_line(hs_buffer *out, hs_buffer *line, const hs_style *style, int first, int rest);

/* The columns of STYLE: 80 if it names none, 0 (lines are not broken) if it is negative. */
int hs_style_width(const hs_style *style);

/* The columns that S takes in a terminal; marks take none. */
int hs_text_width(hs_str s);

#endif
