/* Plain text → blocks. A paragraph is a line, or, where lines are wrapped at a width, the lines up to a blank one. */
#include "extract/work.h"

#include "base/limits.h"

enum { WRAP_WIDTH = 100, WRAP_LINES = 3, HEADING_BYTES = 100 };

typedef struct line {
  hs_span span;   /* without blanks at its ends */
  uint32_t width; /* characters */
  uint32_t first; /* characters of its first word */
  bool after_gap; /* a blank line stands before it */
} line;

typedef hs_array(line) lines;

static bool blank_at(hs_str text, size_t at, size_t *size) {
  int32_t c = hs_utf8_at(text, at, size);
  return c <= ' ' || c == 0xA0 || c == 0xFEFF || (c >= 0x2000 && c <= 0x200B) || c == 0x3000 || c == 0x2028 ||
         c == 0x2029 || c == 0x85;
}

static hs_span trimmed(hs_str text, size_t start, size_t end) {
  size_t n;
  hs_str part = {text.data, end};
  while (start < end && blank_at(part, start, &n)) start += n;
  while (start < end) {
    size_t before = hs_utf8_before(part, end);
    if (!blank_at(part, before, &n)) break;
    end = before;
  }
  return (hs_span){(uint32_t)start, (uint32_t)end};
}

static line line_of(hs_str text, hs_span span, bool after_gap) {
  line l = {.span = span, .after_gap = after_gap};
  bool first = true;
  for (uint32_t i = span.start; i < span.end; i++) {
    if ((text.data[i] & 0xC0) == 0x80) continue;
    if (text.data[i] == ' ') first = false;
    l.width++;
    l.first += first;
  }
  return l;
}

/* Lines end at \n, \r\n, \r or \f. */
static lines lines_of(hs_work *w) {
  lines all = {0};
  bool gap = true;
  for (size_t at = 0; at < w->text.size;) {
    size_t end = at;
    while (end < w->text.size && !strchr("\n\r\f", w->text.data[end])) end++;
    hs_span span = trimmed(w->text, at, end);
    if (span.start < span.end) hs_push(w->arena, all, line_of(w->text, span, gap));
    gap = span.start == span.end;
    at = end + (end + 1 < w->text.size && memcmp(w->text.data + end, "\r\n", 2) == 0 ? 2 : 1);
  }
  return all;
}

/* Would the first word of NEXT have found room in L, if lines are WIDTH wide? */
static bool is_full(const line *l, const line *next, uint32_t width) { return l->width + 1 + next->first > width; }

/* The width at which the page's lines are wrapped, 0 if they are not. */
static uint32_t wrap_width(const lines *all) {
  uint32_t width = 0;
  size_t followed = 0, full = 0;
  for (size_t i = 0; i < all->count; i++)
    if (all->items[i].width > width) width = all->items[i].width;
  if (width > WRAP_WIDTH) return 0;
  for (size_t i = 0; i + 1 < all->count; i++) {
    if (all->items[i + 1].after_gap) continue;
    followed++;
    full += is_full(&all->items[i], &all->items[i + 1], width);
  }
  return followed >= WRAP_LINES && full * 10 >= followed * 8 ? width : 0;
}

/* The kind that a mark at the start of a line tells, and in *SIZE the bytes of the mark with its blanks. */
static hs_block_kind marked_kind(hs_str s, size_t *size) {
  static const struct {
    const char *mark;
    hs_block_kind kind;
  } marks[] = {{"- ", HS_BLOCK_ITEM}, {"* ", HS_BLOCK_ITEM}, {"\xE2\x80\xA2", HS_BLOCK_ITEM}, {"> ", HS_BLOCK_QUOTE}};
  size_t hashes = 0;
  *size = 0;
  while (hashes < s.size && s.data[hashes] == '#') hashes++;
  if (hashes >= 1 && hashes <= 6 && hashes + 1 < s.size && s.data[hashes] == ' ') {
    *size = hashes;
    return HS_BLOCK_HEADING;
  }
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (!hs_str_starts(s, marks[i].mark)) continue;
    *size = strlen(marks[i].mark);
    return marks[i].kind;
  }
  return HS_BLOCK_PARAGRAPH;
}

static void add_block(hs_work *w, hs_span span) {
  size_t mark;
  hs_block_kind kind = marked_kind(hs_str_at(w->text.data, span), &mark);
  if (mark) span = trimmed(w->text, span.start + mark, span.end);
  if (span.start == span.end) return;
  hs_span page = {hs_charset_origin(&w->source, span.start), hs_charset_origin(&w->source, span.end)};
  hs_push(w->arena, w->blocks, ((hs_block){.kind = kind, .kept = true, .page = page, .text = span}));
}

void hs_text_split(hs_work *w) {
  lines all = lines_of(w);
  uint32_t width = wrap_width(&all);
  for (size_t i = 0; i < all.count && w->blocks.count < HS_LIMIT_BLOCKS; i++) {
    hs_span span = all.items[i].span;
    while (width && i + 1 < all.count && !all.items[i + 1].after_gap &&
           is_full(&all.items[i], &all.items[i + 1], width))
      span.end = all.items[++i].span.end;
    add_block(w, span);
  }
}

void hs_text_head(hs_work *w) { (void)w; }
