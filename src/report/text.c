#include "report/text.h"

#include "base/utf8.h"

#include <utf8proc.h>

static bool is_blank(int32_t c) {
  if (c == 0xA0 || c == 0x202F) return false; /* these two hold words together */
  if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85) return true;
  if (c < 0x1680) return false;
  utf8proc_category_t category = utf8proc_category(c);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

/* Marks, embeddings, overrides and isolates of direction could make a line read as what it does not say. */
static bool turns_direction(int32_t c) {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static bool is_control(int32_t c) { return c < ' ' || (c >= 0x7F && c < 0xA0); }

static bool at_line_start(const hs_buffer *out) { return out->size == 0 || out->data[out->size - 1] == '\n'; }

/* Does OUT end in the very beginning of a line of Markdown, where "1." would open a list? The program's own "- " or
 * "> " may stand before it. */
static bool opens_line(const hs_buffer *out) {
  size_t at = out->size, most = 24;
  while (at > 0 && out->data[at - 1] != '\n' && most > 0) {
    if (!strchr("0123456789#> -*", out->data[at - 1])) return false;
    at--, most--;
  }
  return most > 0;
}

static bool needs_backslash(const hs_buffer *out, char c) {
  if (strchr("\\`*_[]<>&~|", c)) return true;
  return strchr("#+-=.)", c) && opens_line(out);
}

static void add_ascii(hs_buffer *out, char c, hs_form form) {
  const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '"' ? "&quot;" : NULL;
  if (form == HS_FORM_HTML && entity) {
    hs_buffer_text(out, entity);
    return;
  }
  if (form == HS_FORM_MARKDOWN && needs_backslash(out, c)) hs_buffer_char(out, '\\');
  hs_buffer_char(out, c);
}

static void add_blank(hs_buffer *out) {
  if (!at_line_start(out) && out->data[out->size - 1] != ' ') hs_buffer_char(out, ' ');
}

/* Adds the character at S[AT] and gives its bytes. */
static size_t add_character(hs_buffer *out, hs_str s, size_t at, hs_form form) {
  size_t size;
  int32_t c = hs_utf8_at(s, at, &size);
  if (is_blank(c)) add_blank(out);
  else if (is_control(c)) hs_buffer_text(out, "\xEF\xBF\xBD");
  else if (c < 0x80) add_ascii(out, (char)c, form);
  else if (!turns_direction(c)) hs_buffer_add(out, s.data + at, size);
  return size;
}

void hs_text_add(hs_buffer *out, hs_str s, hs_form form) {
  for (size_t at = 0; at < s.size;) at += add_character(out, s, at, form);
}

void hs_text_string(hs_buffer *out, const char *string, hs_form form) { hs_text_add(out, hs_str_of(string), form); }

void hs_text_cut(hs_buffer *out, hs_str s, size_t chars, hs_form form) {
  size_t at = 0, word_end = 0, size;
  for (size_t count = 0; at < s.size && count < chars; at += size, count++)
    if (is_blank(hs_utf8_at(s, at, &size))) word_end = at;
  if (at == s.size) {
    hs_text_add(out, s, form);
    return;
  }
  if (word_end < at / 2) word_end = at; /* no blank for long: cut within the word */
  hs_text_add(out, (hs_str){s.data, word_end}, form);
  hs_buffer_text(out, " …");
}

static bool is_mark(char c) { return c >= HS_MARK_PLAIN && c <= HS_MARK_CONTENT; }

static int char_width(int32_t c) {
  if (c < ' ') return c == HS_GLUE;
  return utf8proc_charwidth(c);
}

void hs_text_glue(hs_buffer *prose, size_t from) {
  enum { MOST = 40 };
  if (hs_text_width((hs_str){prose->data + from, prose->size - from}) > MOST) return;
  for (size_t i = from; i < prose->size; i++)
    if (prose->data[i] == ' ') prose->data[i] = HS_GLUE;
}

int hs_style_width(const hs_style *style) { return style->width == 0 ? 80 : style->width < 0 ? 0 : style->width; }

int hs_text_width(hs_str s) {
  int width = 0;
  for (size_t at = 0, size; at < s.size; at += size) width += char_width(hs_utf8_at(s, at, &size));
  return width;
}

typedef struct wrapper {
  hs_buffer *out;
  const hs_layout *layout;
  int column;
  char mark;
  bool begun; /* a word stands on this line */
} wrapper;

static void write_mark(wrapper *w, char mark) {
  static const char *const codes[] = {
      [HS_MARK_STRONG] = "1", [HS_MARK_FAINT] = "2", [HS_MARK_SOURCE] = "1;36",
      [HS_MARK_CUE] = "4;33", [HS_MARK_VIA] = "35",  [HS_MARK_CONTENT] = "32",
  };
  if (!w->layout->colour) return;
  if (mark == HS_MARK_PLAIN) hs_buffer_text(w->out, "\x1b[0m");
  else hs_buffer_printf(w->out, "\x1b[0;%sm", codes[(int)mark]);
}

static void set_mark(wrapper *w, char mark) {
  if (mark != w->mark) write_mark(w, mark);
  w->mark = mark;
}

static void begin_line(wrapper *w, int indent) {
  hs_buffer_printf(w->out, "%*s", indent, "");
  w->column = indent;
  w->begun = false;
}

/* A line ends without a colour, and the next takes it up, so that a pager may show any line alone. */
static void break_line(wrapper *w) {
  if (w->mark != HS_MARK_PLAIN) write_mark(w, HS_MARK_PLAIN);
  hs_buffer_char(w->out, '\n');
  begin_line(w, w->layout->rest);
  if (w->mark != HS_MARK_PLAIN) write_mark(w, w->mark);
}

/* A blank ends a word, unless it stands before the dot between two facts: no line begins with that. */
static bool ends_word(hs_str s, size_t at) {
  return s.data[at] == ' ' && !hs_str_starts((hs_str){s.data + at, s.size - at}, " · ");
}

/* The bytes from AT on that stay on one line: a word, or one wide character of a script without blanks. */
static size_t piece_at(hs_str s, size_t at, int *width) {
  size_t start = at;
  *width = 0;
  for (size_t size; at < s.size && !ends_word(s, at); at += size) {
    int columns = char_width(hs_utf8_at(s, at, &size));
    if (columns > 1 && *width > 0) break;
    *width += columns;
    if (columns > 1) {
      at += size;
      while (at < s.size && !ends_word(s, at) && char_width(hs_utf8_at(s, at, &size)) == 0) at += size;
      break;
    }
  }
  return at - start;
}

static void write_piece(wrapper *w, hs_str piece, int width, bool blank) {
  bool fits = w->layout->width < 1 || w->column + (blank && w->begun) + width <= w->layout->width;
  if (!fits && w->begun) break_line(w);
  if (blank && w->begun) {
    hs_buffer_char(w->out, ' ');
    w->column++;
  }
  for (size_t i = 0; i < piece.size; i++) {
    if (is_mark(piece.data[i])) set_mark(w, piece.data[i]);
    else hs_buffer_char(w->out, piece.data[i] == HS_GLUE ? ' ' : piece.data[i]);
  }
  w->column += width;
  if (width > 0) w->begun = true;
}

void hs_text_wrap(hs_buffer *out, const hs_buffer *prose, const hs_layout *layout) {
  hs_str s = {prose->data, prose->size};
  wrapper w = {.out = out, .layout = layout, .mark = HS_MARK_PLAIN};
  begin_line(&w, layout->first);
  for (size_t at = 0; at < s.size;) {
    bool blank = ends_word(s, at);
    while (at < s.size && ends_word(s, at)) at++;
    int width;
    size_t size = piece_at(s, at, &width);
    if (size) write_piece(&w, (hs_str){s.data + at, size}, width, blank);
    at += size;
  }
  set_mark(&w, HS_MARK_PLAIN);
  hs_buffer_char(out, '\n');
}

void hs_text_end_line(hs_buffer *out, hs_buffer *line, const hs_style *style, int first, int rest) {
  hs_text_wrap(out, line, &(hs_layout){hs_style_width(style), first, rest, style->colour});
  hs_buffer_clear(line);
}
