/*
 * Whatever the text and wherever the marks of its quotations stand: brackets pair, no control character is written, the
 * same lines come out with colour as without, and a line is no wider than asked unless it is one word.
 *
 * The input: pairs of bytes until a zero, each pair the start and length of a piece, and then the text.
 */
#include "annotate/document.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "report/marks.h"

enum { WIDTH = 30 };

/* The next start of a character in TEXT, at AT or behind it. */
static uint32_t boundary(hs_str text, size_t at) {
  if (at >= text.size) return (uint32_t)text.size;
  while (at < text.size && ((unsigned char)text.data[at] & 0xC0) == 0x80) at++;
  return (uint32_t)at;
}

static hs_marked pieces_of(hs_arena *arena, hs_str text, hs_str marks) {
  hs_marked pieces = {0};
  for (size_t i = 0; i + 1 < marks.size; i += 2) {
    size_t start = (unsigned char)marks.data[i] % 64, length = (unsigned char)marks.data[i + 1] % 64;
    hs_span span = {boundary(text, start), boundary(text, start + length)};
    hs_mark mark = (hs_mark)(HS_MARK_SOURCE + (unsigned char)marks.data[i + 1] / 64);
    if (span.end > span.start)
      hs_push(arena, pieces, ((hs_piece){span, mark, (uint32_t)i / 2 + 1, false, mark == HS_MARK_CONTENT}));
  }
  hs_marked_sort(&pieces);
  return pieces;
}

/* The text in two parts, as two blocks would be. */
static hs_buffer mark(const hs_marked *pieces, hs_str text, bool colour) {
  hs_marking marking = {.pieces = pieces, .marker = colour ? &hs_marker_colour : &hs_marker_brackets};
  hs_buffer prose = {0};
  uint32_t middle = boundary(text, text.size / 2);
  hs_marks_write(&prose, &marking, text.data, (hs_span){0, middle});
  hs_marks_write(&prose, &marking, text.data, (hs_span){middle, (uint32_t)text.size});
  return prose;
}

static void check_brackets(hs_str prose, hs_str text) {
  size_t open = 0, close = 0, own = 0;
  for (size_t i = 0; i < prose.size; i++) open += prose.data[i] == '[', close += prose.data[i] == ']';
  for (size_t i = 0; i < text.size; i++) own += text.data[i] == '[', own -= text.data[i] == ']';
  require(open - close == own, "each bracket that is opened is closed");
}

static void check_lines(hs_str lines, int width) {
  require(lines.size > 0 && lines.data[lines.size - 1] == '\n', "lines end");
  for (size_t at = 0; at < lines.size;) {
    size_t end = (size_t)((const char *)memchr(lines.data + at, '\n', lines.size - at) - lines.data);
    hs_str line = {lines.data + at, end - at};
    for (size_t i = 0; i < line.size; i++) require((unsigned char)line.data[i] >= ' ', "no control character");
    bool one_word = !memchr(line.data, ' ', line.size);
    require(one_word || hs_text_width(line) <= width || memchr(line.data, '[', line.size) ||
                memmem(line.data, line.size, "·", 2),
            "a line is no wider than asked");
    at = end + 1;
  }
}

static hs_buffer wrap(const hs_buffer *prose, bool colour) {
  hs_layout layout = {.width = WIDTH, .colour = colour};
  hs_buffer lines = {0};
  hs_text_wrap(&lines, prose, &layout);
  return lines;
}

static void check_forms(hs_str text) {
  for (hs_form form = HS_FORM_PLAIN; form <= HS_FORM_HTML; form++) {
    hs_buffer out = {0};
    hs_text_add(&out, text, form);
    for (size_t i = 0; i < out.size; i++) require((unsigned char)out.data[i] >= ' ', "no control character");
    require(hs_utf8_valid((hs_str){out.data, out.size}) == out.size, "what is written is UTF-8");
    if (form == HS_FORM_HTML && out.size) require(!strpbrk(out.data, "<>\""), "no mark-up");
    hs_buffer_free(&out);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
  size_t head = zero ? (size_t)(zero - data) : 0, skip = zero ? head + 1 : 0;
  hs_arena *arena = hs_arena_new();
  hs_str text = hs_utf8_repair(arena, (hs_str){(const char *)data + skip, size - skip}, NULL, NULL);
  hs_marked pieces = pieces_of(arena, text, (hs_str){(const char *)data, head});
  hs_buffer plain = mark(&pieces, text, false), coloured = mark(&pieces, text, true);
  check_brackets((hs_str){plain.data, plain.size}, text);
  hs_buffer lines = wrap(&plain, false), unmarked = wrap(&coloured, false), colours = wrap(&coloured, true);
  check_lines((hs_str){lines.data, lines.size}, WIDTH);
  check_lines((hs_str){unmarked.data, unmarked.size}, WIDTH);
  require(colours.size >= unmarked.size, "colour adds to the lines");
  check_forms(text);
  hs_buffer *const all[] = {&plain, &coloured, &lines, &unmarked, &colours};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) hs_buffer_free(all[i]);
  hs_arena_free(arena);
  return 0;
}
