/* The page's bytes → UTF-8: by byte order mark, by what the bytes themselves are, by what the page says, by guess. */
#include "extract/charset.h"

#include "base/buffer.h"

#include <errno.h>
#include <iconv.h>
#include <myencoding/encoding.h>
#include <stdio.h>
#include <uchardet/uchardet.h>
#include <utf8proc.h>

enum { META_BYTES = 4096, SNIFF_BYTES = 64 * 1024, LONGEST_CHARACTER = 8 };

static const char replacement[] = "\xEF\xBF\xBD";

/* What is being made: text grows, and a stretch begins wherever characters take another number of bytes. */
typedef struct decoding {
  hs_arena *arena;
  hs_str in;
  char *out;
  size_t at, size, capacity; /* of in; of out */
  hs_array(hs_stretch) stretches;
} decoding;

/* Room for SIZE more bytes in the arena. */
static void make_room(decoding *d, size_t size) {
  if (d->capacity - d->size > size) return;
  d->capacity = (d->size + size) * 2 + d->in.size;
  char *more = hs_arena_alloc(d->arena, d->capacity + 1);
  if (d->size) memcpy(more, d->out, d->size);
  d->out = more;
}

/* COUNT characters of IN bytes each in the page became characters of OUT bytes each, which are DATA. */
static void put(decoding *d, size_t count, size_t in, const char *data, size_t out) {
  hs_stretch *last = d->stretches.count ? &d->stretches.items[d->stretches.count - 1] : NULL;
  if (!last || last->in != in || last->out != out)
    hs_push(d->arena, d->stretches, ((hs_stretch){(uint32_t)d->at, (uint32_t)d->size, (uint16_t)in, (uint16_t)out}));
  make_room(d, count * out);
  memcpy(d->out + d->size, data, count * out);
  d->at += count * in;
  d->size += count * out;
}

static hs_decoded finish(decoding *d) {
  if (!d->stretches.count) put(d, 0, 1, "", 1);
  make_room(d, 0);
  d->out[d->size] = '\0';
  return (hs_decoded){{d->out, d->size}, d->stretches.items, d->stretches.count};
}

static decoding start(hs_arena *arena, hs_str in, size_t skip) {
  return (decoding){.arena = arena, .in = in, .at = skip};
}

static unsigned unit(const decoding *d, size_t at, bool big) {
  unsigned a = (unsigned char)d->in.data[at], b = (unsigned char)d->in.data[at + 1];
  return big ? a << 8 | b : b << 8 | a;
}

/* Half of a pair that stands alone, and half a unit at the end, become U+FFFD. */
static hs_decoded from_utf16(hs_arena *arena, hs_str in, size_t skip, bool big) {
  decoding d = start(arena, in, skip);
  while (d.in.size - d.at >= 2) {
    int32_t c = (int32_t)unit(&d, d.at, big);
    size_t taken = 2;
    if (c >= 0xD800 && c < 0xE000) {
      unsigned low = d.in.size - d.at >= 4 ? unit(&d, d.at + 2, big) : 0;
      bool pair = c < 0xDC00 && low >= 0xDC00 && low < 0xE000;
      c = pair ? 0x10000 + ((c - 0xD800) << 10) + (int32_t)(low - 0xDC00) : 0xFFFD;
      if (pair) taken = 4;
    }
    utf8proc_uint8_t utf8[4];
    put(&d, 1, taken, (char *)utf8, (size_t)utf8proc_encode_char(c ? c : 0xFFFD, utf8));
  }
  if (d.at < d.in.size) put(&d, 1, d.in.size - d.at, replacement, 3);
  return finish(&d);
}

/* One character that is not ASCII: iconv is given more and more bytes until it makes something of them. */
static void take_character(decoding *d, iconv_t converter) {
  char made[LONGEST_CHARACTER * 4];
  size_t left = d->in.size - d->at;
  for (size_t n = 1; n <= left && n <= LONGEST_CHARACTER; n++) {
    char *in = (char *)d->in.data + d->at, *out = made;
    size_t in_left = n, out_left = sizeof made;
    iconv(converter, NULL, NULL, NULL, NULL);
    if (iconv(converter, &in, &in_left, &out, &out_left) == (size_t)-1) {
      if (errno == EINVAL) continue;
      break;
    }
    iconv(converter, NULL, NULL, &out, &out_left);
    hs_str text = {made, (size_t)(out - made)};
    if (!text.size) continue;
    if (hs_utf8_valid(text) != text.size) break;
    put(d, 1, n, made, text.size);
    return;
  }
  put(d, 1, 1, replacement, 3);
}

/* Charsets whose ASCII bytes are ASCII, which is all but UTF-16 and the 7-bit ones that shift. */
static hs_decoded from_charset(hs_arena *arena, hs_str in, iconv_t converter) {
  decoding d = start(arena, in, 0);
  while (d.at < in.size) {
    size_t ascii = d.at;
    while (ascii < in.size && (signed char)in.data[ascii] > 0) ascii++;
    if (ascii > d.at) put(&d, ascii - d.at, 1, in.data + d.at, 1);
    if (d.at < in.size) take_character(&d, converter);
  }
  return finish(&d);
}

/* Charsets that shift by escapes are taken whole; what stands where in them is known at the ends only. */
static hs_decoded from_shifting(hs_arena *arena, hs_str in, iconv_t converter) {
  decoding d = start(arena, in, 0);
  char made[1024], *from = (char *)in.data;
  size_t left = in.size;
  while (left) {
    char *out = made;
    size_t room = sizeof made, before = left;
    bool stuck = iconv(converter, &from, &left, &out, &room) == (size_t)-1 && errno != E2BIG;
    hs_str text = hs_utf8_repair(arena, (hs_str){made, (size_t)(out - made)}, NULL, NULL);
    size_t taken = before - left, in_one = taken < UINT16_MAX ? taken : UINT16_MAX;
    if (taken && text.size) put(&d, 1, in_one, text.data, text.size);
    else in_one = 0;
    d.at += taken - in_one;
    if (!stuck) continue;
    put(&d, 1, 1, replacement, 3);
    from++, left--;
  }
  return finish(&d);
}

/* Names by which iconv knows what the web calls otherwise. */
static const char *iconv_name(const char *name) {
  static const char *const pairs[][2] = {{"SHIFT_JIS", "CP932"},
                                         {"EUC-KR", "CP949"},
                                         {"ISO-8859-8-I", "ISO-8859-8"},
                                         {"WINDOWS-874", "CP874"},
                                         {"X-MAC-CYRILLIC", "MAC-CYRILLIC"},
                                         {"BIG5", "BIG5-HKSCS"}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (hs_str_alike(hs_str_of(name), pairs[i][0])) return pairs[i][1];
  return name;
}

static bool is_shifting(const char *name) {
  return hs_str_starts_alike(hs_str_of(name), "ISO-2022") || hs_str_alike(hs_str_of(name), "HZ-GB-2312");
}

/* False if iconv does not know NAME, or if it is no charset that a page can be in. */
static bool decode_as(hs_decoded *out, hs_arena *arena, hs_str in, const char *name) {
  if (hs_str_starts_alike(hs_str_of(name), "UTF")) return false;
  name = iconv_name(name);
  iconv_t converter = iconv_open("UTF-8", name);
  if (converter == (iconv_t)-1) return false;
  *out = is_shifting(name) ? from_shifting(arena, in, converter) : from_charset(arena, in, converter);
  iconv_close(converter);
  return true;
}

/* Is NAME that of a charset that says more than the bytes themselves do? */
static bool knows(const char *name) {
  if (hs_str_starts_alike(hs_str_of(name), "UTF") || strlen(name) > 40) return false;
  iconv_t converter = iconv_open("UTF-8", iconv_name(name));
  if (converter == (iconv_t)-1) return false;
  iconv_close(converter);
  return true;
}

/* What the page's own <meta charset> says; NULL if nothing. */
static const char *said_by_page(hs_str in) {
  myencoding_t id =
      myencoding_prescan_stream_to_determine_encoding(in.data, in.size < META_BYTES ? in.size : META_BYTES);
  size_t length;
  return id == MyENCODING_DEFAULT || id == MyENCODING_NOT_DETERMINED ? NULL : myencoding_name_by_id(id, &length);
}

/* UTF-16 without a mark: every second byte of plain text is NUL nearly always. */
static bool looks_utf16(hs_str in, bool *big) {
  size_t n = (in.size < SNIFF_BYTES ? in.size : SNIFF_BYTES) & ~(size_t)1, zeros[2] = {0};
  if (n < 4 || !memchr(in.data, 0, n)) return false;
  for (size_t i = 0; i < n; i++) zeros[i & 1] += in.data[i] == 0;
  *big = zeros[0] > zeros[1];
  size_t many = *big ? zeros[0] : zeros[1], few = *big ? zeros[1] : zeros[0];
  return many * 2 >= n / 2 && few * 20 <= many;
}

/* Is IN UTF-8 but for a few broken places? */
static bool mostly_utf8(hs_str in) {
  size_t broken = 0, characters = 0;
  for (size_t i = 0; i < in.size;) {
    size_t valid = hs_utf8_valid((hs_str){in.data + i, in.size - i});
    for (size_t k = i; k < i + valid; k++) characters += (unsigned char)in.data[k] >= 0xC0;
    i += valid;
    if (i < in.size) broken++, i++;
    while (i < in.size && (in.data[i] & 0xC0) == 0x80) i++;
  }
  return characters >= 4 * broken;
}

/* The charset that uchardet hears in the bytes that are not plain ASCII. */
static bool decode_guessed(hs_decoded *out, hs_arena *arena, hs_str in) {
  uchardet_t detector = uchardet_new();
  size_t first = 0;
  while (first < in.size && (signed char)in.data[first] > 0) first++;
  size_t from = first > 256 ? first - 256 : 0, size = in.size - from < SNIFF_BYTES ? in.size - from : SNIFF_BYTES;
  uchardet_handle_data(detector, in.data + from, size);
  uchardet_data_end(detector);
  const char *name = uchardet_get_charset(detector);
  bool done = name && *name && decode_as(out, arena, in, name);
  uchardet_delete(detector);
  return done;
}

static hs_decoded as_it_is(hs_arena *arena, hs_str in) {
  hs_stretch *all = hs_arena_alloc(arena, sizeof *all);
  *all = (hs_stretch){0, 0, 1, 1};
  return (hs_decoded){in, all, 1};
}

/* Before each step but the first stands what became U+FFFD. */
static hs_decoded repaired(hs_arena *arena, hs_str in) {
  hs_decoded out = {0};
  hs_step *steps;
  size_t count;
  out.text = hs_utf8_repair(arena, in, &steps, &count);
  out.stretches = hs_arena_alloc(arena, count * 2 * sizeof *out.stretches);
  for (size_t i = 0; i < count; i++) {
    if (i) {
      uint32_t text = steps[i].to - 3, page = steps[i - 1].from + (text - steps[i - 1].to);
      out.stretches[out.stretch_count++] = (hs_stretch){page, text, (uint16_t)(steps[i].from - page), 3};
    }
    out.stretches[out.stretch_count++] = (hs_stretch){steps[i].from, steps[i].to, 1, 1};
  }
  return out;
}

static bool has_utf16_mark(hs_str in) { return hs_str_starts(in, "\xFE\xFF") || hs_str_starts(in, "\xFF\xFE"); }

bool hs_charset_is_binary(hs_str in) {
  bool big;
  size_t nuls = 0, size = in.size < SNIFF_BYTES ? in.size : SNIFF_BYTES;
  if (!memchr(in.data, 0, size)) return false;
  for (size_t i = 0; i < size; i++) nuls += in.data[i] == 0;
  return nuls * 10 > size && !has_utf16_mark(in) && !looks_utf16(in, &big);
}

hs_decoded hs_charset_decode(hs_arena *arena, hs_str in, bool html, const char *told) {
  hs_decoded out = {0};
  bool big = false;
  if (hs_str_starts(in, "\xFE\xFF")) return from_utf16(arena, in, 2, true);
  if (hs_str_starts(in, "\xFF\xFE")) return from_utf16(arena, in, 2, false);
  if (looks_utf16(in, &big)) return from_utf16(arena, in, 0, big);
  const char *said = html ? said_by_page(in) : NULL;
  if (told && knows(told)) said = told;
  bool shifts = said && is_shifting(said) && memchr(in.data, 0x1B, in.size);
  if (!shifts && hs_utf8_valid(in) == in.size) return as_it_is(arena, in);
  bool utf8 = hs_str_starts(in, "\xEF\xBB\xBF") || (!shifts && mostly_utf8(in));
  if (!utf8 && said && decode_as(&out, arena, in, said)) return out;
  if (!utf8 && decode_guessed(&out, arena, in)) return out;
  return repaired(arena, in);
}

size_t hs_charset_stretch(const hs_decoded *d, uint32_t at) {
  size_t low = 0, high = d->stretch_count;
  while (high - low > 1) {
    size_t middle = (low + high) / 2;
    if (d->stretches[middle].text <= at) low = middle;
    else high = middle;
  }
  return low;
}

uint32_t hs_charset_origin(const hs_decoded *d, uint32_t at) {
  const hs_stretch *s = &d->stretches[hs_charset_stretch(d, at)];
  return s->page + (at - s->text) / s->out * s->in;
}

uint32_t hs_charset_end(const hs_decoded *d, uint32_t at) {
  const hs_stretch *s = &d->stretches[hs_charset_stretch(d, at - 1)];
  return s->page + ((at - 1 - s->text) / s->out + 1) * s->in;
}
