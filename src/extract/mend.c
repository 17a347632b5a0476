/* UTF-8 that somebody read as windows-1252 and wrote as UTF-8 again, "â€œMayorâ€\x9D" and "cafÃ©", read as it was
 * meant. */
#include "extract/charset.h"

enum { FEWEST = 3 };

/* The byte of windows-1252 that stands for C, -1 if none does. Bytes that it leaves open stand for themselves. */
static int byte_of(int32_t c) {
  static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  if (c >= 0x80 && c < 0x100) return c;
  for (int i = 0; i < 32 && c >= 0x100; i++)
    if (high[i] == c) return 0x80 + i;
  return -1;
}

/* Is C one of the characters with which such text betrays itself, "Ã", "Â", "â"? */
static bool betrays(int32_t c) { return c == 0xC3 || c == 0xC2 || c == 0xE2; }

/* The character that was meant by the ones at AT, in OUT as UTF-8, and their bytes; 0 if they say what they mean. */
static size_t meant_at(hs_str s, size_t at, char out[4], size_t *size) {
  size_t n;
  int32_t c = hs_utf8_at(s, at, &n);
  if (!betrays(c)) return 0;
  size_t want = c == 0xE2 ? 3 : 2, taken = n;
  out[0] = (char)c;
  for (*size = 1; *size < want; ++*size) {
    if (at + taken >= s.size) return 0;
    int byte = byte_of(hs_utf8_at(s, at + taken, &n));
    if (byte < 0x80 || byte > 0xBF) return 0;
    out[*size] = (char)byte;
    taken += n;
  }
  return hs_utf8_valid((hs_str){out, want}) == want ? taken : 0;
}

/* How many characters were meant otherwise; 0 unless all that betray themselves do, so that nothing is in doubt. */
static size_t count(hs_str s) {
  size_t found = 0, n, size;
  char out[4];
  for (const char *p = s.data; (p = memchr(p, 0xC3, (size_t)(s.data + s.size - p)));) {
    size_t at = (size_t)(p - s.data), taken = 0;
    if (betrays(hs_utf8_at(s, at, &n))) {
      taken = meant_at(s, at, out, &size);
      if (!taken) return 0;
      found++;
    }
    p += taken ? taken : n;
  }
  return found >= FEWEST ? found : 0;
}

size_t hs_charset_mend(hs_arena *arena, hs_decoded *d) {
  size_t mended = count(d->text), at = 0, made = 0, size;
  if (!mended) return 0;
  char *text = hs_arena_alloc(arena, d->text.size + 1), out[4];
  hs_array(hs_stretch) stretches = {0};
  for (size_t s = 0; at < d->text.size;) {
    size_t taken = meant_at(d->text, at, out, &size);
    uint32_t page = hs_charset_origin(d, (uint32_t)at);
    if (taken) {
      uint32_t end = hs_charset_origin(d, (uint32_t)(at + taken));
      hs_push(arena, stretches, ((hs_stretch){page, (uint32_t)made, (uint16_t)(end - page), (uint16_t)size}));
      memcpy(text + made, out, size);
      made += size, at += taken;
      s = SIZE_MAX;
      continue;
    }
    size_t here = hs_charset_stretch(d, (uint32_t)at), n;
    if (here != s || !stretches.count) {
      const hs_stretch *old = &d->stretches[here];
      hs_push(arena, stretches, ((hs_stretch){page, (uint32_t)made, old->in, old->out}));
      s = here;
    }
    hs_utf8_at(d->text, at, &n);
    memcpy(text + made, d->text.data + at, n);
    made += n, at += n;
  }
  *d = (hs_decoded){{text, made}, stretches.items, stretches.count};
  return mended;
}
