/* Plain text → blocks. A paragraph is a line, or, where lines are wrapped at a width, the lines up to a blank one. */
#include "extract/origin.h"
#include "extract/work.h"

#include "base/limits.h"

enum { NARROWEST = 40, WIDEST = 100, WRAP_LINES = 3, HEADING_BYTES = 100, TITLE_BYTES = 250, HEAD_BLOCKS = 8 };

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
  if (span.end - span.start > 4 * WIDEST) { /* too long to be wrapped, however many bytes a character has */
    l.width = span.end - span.start;
    return l;
  }
  for (uint32_t i = span.start; i < span.end; i++) {
    if ((text.data[i] & 0xC0) == 0x80) continue;
    if (text.data[i] == ' ') first = false;
    l.width++;
    l.first += first;
  }
  return l;
}

static bool ends_line(char c) { return c == '\n' || c == '\r' || c == '\f'; }

/* Where the line that begins at AT ends. PLAIN: nothing but \n ends lines in this text. */
static size_t end_of_line(hs_str text, size_t at, bool plain) {
  if (plain) {
    const char *newline = memchr(text.data + at, '\n', text.size - at);
    return newline ? (size_t)(newline - text.data) : text.size;
  }
  while (at < text.size && !ends_line(text.data[at])) at++;
  return at;
}

/* Lines end at \n, \r\n, \r or \f. */
static lines lines_of(hs_work *w) {
  lines all = {0};
  bool gap = true, plain = !memchr(w->text.data, '\r', w->text.size) && !memchr(w->text.data, '\f', w->text.size);
  for (size_t at = 0; at < w->text.size;) {
    size_t end = end_of_line(w->text, at, plain);
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
  if (width < NARROWEST || width > WIDEST) return 0;
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
  hs_span page = {hs_charset_origin(&w->source, span.start), hs_charset_end(&w->source, span.end)};
  hs_push(w->arena, w->blocks, ((hs_block){.kind = kind, .kept = true, .page = page, .text = span, .words = span}));
}

void hs_text_split(hs_work *w) {
  hs_origins origins = hs_origins_of_text(w->arena, &w->source);
  w->out->words = w->text.data, w->out->words_size = (uint32_t)w->text.size;
  w->out->origins = origins.items, w->out->origin_count = origins.count;
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

static bool ends_sentence(hs_str s) {
  while (s.size && strchr("\"')]", s.data[s.size - 1])) s.size--;
  if (hs_str_ends(s, "\xE2\x80\x9D") || hs_str_ends(s, "\xE2\x80\x99")) s.size -= 3;
  return s.size &&
         (strchr(".!?;:", s.data[s.size - 1]) || hs_str_ends(s, "\xE3\x80\x82") || hs_str_ends(s, "\xE2\x80\xA6"));
}

/* The next kept block from I on; the number of blocks if there is none. */
static size_t kept_from(const hs_work *w, size_t i) {
  while (i < w->blocks.count && !w->blocks.items[i].kept) i++;
  return i;
}

/* The first block is the title if it is a short line without the end of a sentence and something stands behind it. */
static void take_title(hs_work *w, size_t i) {
  hs_block *b = &w->blocks.items[i];
  hs_str s = hs_work_block(w, i);
  bool given = w->out->title && hs_metadata_same(s, hs_str_of(w->out->title));
  bool plain = !w->out->title && b->kind != HS_BLOCK_CAPTION && b->kind != HS_BLOCK_ITEM && s.size <= TITLE_BYTES &&
               !(ends_sentence(s) && s.data[s.size - 1] != '?') && kept_from(w, i + 1) < w->blocks.count;
  if (!given && !plain) return;
  b->kind = HS_BLOCK_TITLE;
  if (!w->out->title) w->out->title = hs_arena_copy(w->arena, s.data, s.size);
}

/* A line of the head that is byline, what the author is, or date. */
static const char *reason_of_head_line(hs_work *w, size_t i, const char *before) {
  hs_str s = hs_work_block(w, i);
  if (hs_byline_line(w, s)) return "byline";
  if (before && strcmp(before, "byline") == 0 && hs_byline_role(w, s)) return "byline";
  if (hs_metadata_date_line(w, s)) return "date line";
  return NULL;
}

/* Short lines between paragraphs, without the end of a sentence. */
static void mark_headings(hs_work *w, size_t first) {
  for (size_t i = kept_from(w, first), next; i < w->blocks.count; i = next) {
    next = kept_from(w, i + 1);
    hs_str s = hs_work_block(w, i);
    bool plain = w->blocks.items[i].kind == HS_BLOCK_PARAGRAPH && next < w->blocks.count;
    if (plain && s.size <= HEADING_BYTES && !ends_sentence(s) && hs_work_block(w, next).size > HEADING_BYTES)
      w->blocks.items[i].kind = HS_BLOCK_HEADING;
  }
}

void hs_text_head(hs_work *w) {
  size_t i = kept_from(w, 0), seen = 0;
  const char *before = NULL;
  bool titled = false;
  if (kept_from(w, i + 1) >= w->blocks.count) return; /* a line alone is the whole text, whatever it looks like */
  for (; i < w->blocks.count && seen < HEAD_BLOCKS; i = kept_from(w, i + 1), seen++) {
    const char *reason = reason_of_head_line(w, i, before);
    if (reason) hs_work_drop(w, i, reason);
    else if (!titled) take_title(w, i), titled = true;
    before = reason;
  }
  mark_headings(w, kept_from(w, kept_from(w, 0) + 1));
}
