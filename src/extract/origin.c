#include "extract/origin.h"

#include <myhtml/charef.h>
#include <stdio.h>
#include <utf8proc.h>

enum { REFERENCE_BYTES = 40, PLACES_AHEAD = 1024, FITTING_BYTES = 16 };

/* ---- origins */

void hs_origins_add(hs_origins *origins, hs_arena *arena, uint32_t words, uint32_t out, uint32_t from, uint32_t in) {
  const hs_origin *last = origins->count ? &origins->items[origins->count - 1] : NULL;
  bool alike = in == 1 && out == 1;
  if (alike && last && last->in == 1 && last->out == 1 && from - last->page == words - last->words) return;
  hs_push(arena, *origins, ((hs_origin){words, from, in, out}));
}

/* N bytes of WORDS are bytes of the decoded page from FROM on, byte for byte. */
static void add_alike(hs_origins *made, hs_arena *arena, const hs_decoded *source, uint32_t words, uint32_t from,
                      uint32_t n) {
  for (size_t s = hs_charset_stretch(source, from); n; s++) {
    const hs_stretch *c = &source->stretches[s];
    uint32_t end = s + 1 < source->stretch_count ? source->stretches[s + 1].text : UINT32_MAX;
    uint32_t here = end - from < n ? end - from : n;
    if (!here) continue;
    hs_push(arena, *made, ((hs_origin){words, c->page + (from - c->text) / c->out * c->in, c->in, c->out}));
    words += here, from += here, n -= here;
  }
}

hs_origins hs_origins_in_page(const hs_origins *origins, hs_arena *arena, const hs_decoded *source, uint32_t size) {
  hs_origins made = {0};
  for (size_t i = 0; i < origins->count; i++) {
    const hs_origin *o = &origins->items[i];
    uint32_t words = (i + 1 < origins->count ? o[1].words : size) - o->words;
    uint32_t left = (uint32_t)source->text.size - o->page; /* the newline behind the last block is not in the page */
    if (o->in == 1 && o->out == 1) {
      add_alike(&made, arena, source, o->words, o->page, words < left ? words : left);
      continue;
    }
    uint32_t in = o->in < left ? o->in : left;
    uint32_t from = hs_charset_origin(source, o->page), to = hs_charset_end(source, o->page + in);
    hs_push(arena, made, ((hs_origin){o->words, from, to - from, o->out}));
  }
  return made;
}

hs_origins hs_origins_of_text(hs_arena *arena, const hs_decoded *source) {
  hs_origins made = {0};
  add_alike(&made, arena, source, 0, 0, (uint32_t)source->text.size);
  return made;
}

/* The unit of the words that holds byte AT, as bytes of the page. */
static hs_span unit_at(const hs_article *a, uint32_t at) {
  size_t low = 0, high = a->origin_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (a->origins[middle].words <= at) low = middle;
    else high = middle;
  }
  const hs_origin *o = &a->origins[low];
  uint32_t from = o->page + (at - o->words) / o->out * o->in;
  return (hs_span){from, from + o->in};
}

hs_span hs_origin_of_words(const hs_article *a, hs_span words) {
  if (words.start >= words.end || words.end > a->words_size || !a->origin_count) return (hs_span){0};
  hs_span first = unit_at(a, words.start), last = unit_at(a, words.end - 1);
  return (hs_span){first.start, last.end > first.start ? last.end : first.end};
}

/* The block in whose text byte AT stands: the last one that begins there or before, dropped ones of HTML aside. */
static const hs_block *block_at(const hs_article *a, uint32_t at) {
  size_t low = 0, high = a->block_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (a->blocks[middle].text.start <= at) low = middle;
    else high = middle;
  }
  while (low && a->blocks[low].text.start == a->blocks[low].text.end) low--;
  return a->block_count ? &a->blocks[low] : NULL;
}

/* Where byte AT of the text came from; between two blocks of HTML, where the one before it ends. */
static hs_span origin_at(const hs_article *a, uint32_t at) {
  if (a->origin_count && a->words == a->text) return unit_at(a, at);
  const hs_block *b = block_at(a, at);
  if (!b) return (hs_span){0};
  if (!a->origin_count || at < b->text.start) return b->page;
  if (at >= b->text.end) return (hs_span){b->page.end, b->page.end};
  return unit_at(a, b->words.start + (at - b->text.start));
}

hs_span hs_article_origin(const hs_article *a, hs_span text) {
  if (text.start >= text.end || text.end > a->text_size) return (hs_span){0};
  hs_span first = origin_at(a, text.start), last = origin_at(a, text.end - 1);
  return (hs_span){first.start, last.end > first.start ? last.end : first.end};
}

/* ---- a node's text and its HTML, side by side */

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Does PLACE begin as the text goes on from byte AT, as far as that can be told without looking closely? */
static bool fits(const hs_beside *b, hs_span place, size_t at) {
  hs_str raw = hs_str_at(b->html.data, place);
  size_t skip = 0;
  while (!is_blank(b->text.data[at]) && skip < raw.size && is_blank(raw.data[skip])) skip++;
  for (size_t i = 0; i < FITTING_BYTES && skip + i < raw.size && at + i < b->text.size; i++) {
    char c = raw.data[skip + i];
    if (c == '&' || c == '\r') return true;
    if (c != b->text.data[at + i]) return false;
  }
  return skip < raw.size;
}

void hs_beside_start(hs_beside *b, const hs_span *places, uint32_t from) {
  size_t low = 0, high = (size_t)(b->end - places);
  while (low < high) { /* the first place that begins behind FROM */
    size_t middle = (low + high) / 2;
    if (places[middle].start <= from) low = middle + 1;
    else high = middle;
  }
  bool known = b->text.size && low && places[low - 1].start == from && fits(b, places[low - 1], 0);
  b->left = known ? places[low - 1] : (hs_span){0};
  if (known) b->next = places + low;
}

/* Is TEXT begun by what a named reference of SIZE bytes at NAME means? Gives the bytes of that. */
static uint32_t named(const char *name, size_t size, hs_str text) {
  size_t offset = 0, unused, n = 0;
  const charef_entry_t *entry = myhtml_charef_find(name, &offset, size, &unused);
  if (!entry || offset != size || !entry->codepoints_len || entry->codepoints_len > 2) return 0;
  utf8proc_uint8_t utf8[8];
  for (size_t i = 0; i < entry->codepoints_len; i++)
    n += (size_t)utf8proc_encode_char((utf8proc_int32_t)entry->codepoints[i], utf8 + n);
  return n <= text.size && memcmp(text.data, utf8, n) == 0 ? (uint32_t)n : 0;
}

static bool is_hex(char c) { return hs_is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f'); }

/* The bytes of the character reference at RAW that made the beginning of TEXT; of that in *OUT. 0 if there is none. */
static uint32_t reference(hs_str raw, hs_str text, uint32_t *out) {
  size_t n = 1, most = raw.size < REFERENCE_BYTES ? raw.size : REFERENCE_BYTES;
  if (n < most && raw.data[n] == '#') {
    bool hex = ++n < most && (raw.data[n] | 32) == 'x';
    size_t digits = n += hex;
    while (n < raw.size && (hex ? is_hex(raw.data[n]) : hs_is_digit(raw.data[n]))) n++;
    if (n == digits) return 0;
    size_t size;
    hs_utf8_at(text, 0, &size);
    *out = (uint32_t)size;
    return (uint32_t)(n + (n < raw.size && raw.data[n] == ';'));
  }
  while (n < most && (hs_is_letter(raw.data[n]) || hs_is_digit(raw.data[n]))) n++;
  if (n < most && raw.data[n] == ';') n++;
  for (; n > 2; n--)
    if ((*out = named(raw.data + 1, n - 1, text))) return (uint32_t)n;
  return 0;
}

/* Steps over what left nothing in the text; gives whether what stands there now made byte AT. */
static bool find(hs_beside *b, size_t at, uint32_t *out, uint32_t *in) {
  char c = b->text.data[at];
  for (; b->left.start < b->left.end; b->left.start++) {
    hs_str raw = hs_str_at(b->html.data, b->left);
    *in = *out = 1;
    if (raw.data[0] == '&' && !b->literal) {
      uint32_t taken = reference(raw, (hs_str){b->text.data + at, b->text.size - at}, out);
      if (taken) return *in = taken, true;
      *out = 1;
    }
    if (raw.data[0] == c) return true;
    if (raw.data[0] == '\r' && c == '\n') return *in = raw.size > 1 && raw.data[1] == '\n' ? 2 : 1, true;
    if (!is_blank(raw.data[0])) return false;
  }
  return false;
}

/*
 * Where the text from byte AT on stands next: at the next place if that begins with the same, or, for what is visible,
 * at one of those behind it, since the parser moves things. Gives whether there is such a place, which B then is at.
 */
static bool hop(hs_beside *b, size_t at) {
  bool blank = is_blank(b->text.data[at]);
  for (int i = 0; b->next < b->end && i < (blank ? 1 : PLACES_AHEAD); i++) {
    if (!fits(b, b->next[i], at)) {
      if (b->next + i + 1 == b->end) break;
      continue;
    }
    b->left = b->next[i];
    b->next += i + 1;
    return true;
  }
  return false;
}

uint32_t hs_beside_next(hs_beside *b, size_t at, uint32_t *from, uint32_t *in) {
  uint32_t out;
  if (!b->lost && (find(b, at, &out, in) || (hop(b, at) && find(b, at, &out, in)))) {
    *from = b->left.start;
    b->left.start += *in;
    return out;
  }
  b->lost = b->lost || !is_blank(b->text.data[at]);
  *from = b->left.start ? b->left.start - 1 : 0; /* put down to where the text before it ends */
  *in = 1;
  return 1;
}

/* Neither white space, nor the first byte of such, nor that of a reference. */
static bool is_plain(char c) { return (unsigned char)c > ' ' && c != '&' && c != '\xC2'; }

size_t hs_beside_run(hs_beside *b, size_t at, uint32_t *from) {
  const char *text = b->text.data + at, *raw = b->html.data + b->left.start;
  size_t left = b->left.end - b->left.start, most = b->text.size - at < left ? b->text.size - at : left, n = 0;
  if (b->lost) return 0;
  while (n < most && raw[n] == text[n] && (is_plain(text[n]) || (n && text[n] == ' ' && text[n - 1] != ' '))) n++;
  if (n && text[n - 1] == ' ') n--;
  *from = b->left.start;
  b->left.start += (uint32_t)n;
  return n;
}

/* ---- paths */

size_t hs_block_path(const hs_article *a, const hs_block *block, char *out, size_t size) {
  hs_array(uint32_t) line = {0};
  hs_arena *arena = hs_arena_new();
  size_t written = 0;
  for (uint32_t e = block->element; a->element_count; e = a->elements[e].parent) {
    hs_push(arena, line, e);
    if (a->elements[e].parent == e) break;
  }
  if (size) out[0] = '\0';
  for (size_t i = line.count > 1 ? line.count - 1 : line.count; i-- > 0;) { /* "html" goes without saying */
    const hs_element *e = &a->elements[line.items[i]];
    const char *before = written ? " > " : "";
    size_t left = written < size ? size - written : 0;
    char *at = left ? out + written : NULL;
    bool alone = e->parent == 0; /* <html> holds one <head> and one <body> */
    int n = alone ? snprintf(at, left, "%s%s", before, e->name)
                  : snprintf(at, left, "%s%s:nth-child(%u)", before, e->name, e->child);
    written += (size_t)n;
  }
  hs_arena_free(arena);
  return written;
}
