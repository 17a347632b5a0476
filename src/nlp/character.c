#include "nlp/character.h"

#include <utf8proc.h>

#define OF(kind_)                                                                                                      \
  { .kind = HS_CHARACTER_##kind_, .size = 1 }

/* clang-format off */
const hs_character hs_characters_ascii[128] = {
    [0 ... 32] = OF(BLANK), [127] = OF(BLANK),
    ['A' ... 'Z'] = {.kind = HS_CHARACTER_LETTER, .size = 1, .upper = true},
    ['a' ... 'z'] = {.kind = HS_CHARACTER_LETTER, .size = 1, .lower = true},
    ['0' ... '9'] = OF(DIGIT),
    ['!'] = OF(STOP), ['.'] = OF(STOP), ['?'] = OF(STOP),
    ['"'] = OF(QUOTE), ['\''] = OF(APOSTROPHE), ['`'] = OF(APOSTROPHE),
    ['-'] = OF(HYPHEN), ['_'] = OF(PUNCTUATION),
    ['('] = {.kind = HS_CHARACTER_OPEN, .size = 1, .opens = true},
    ['['] = {.kind = HS_CHARACTER_OPEN, .size = 1, .opens = true},
    ['{'] = {.kind = HS_CHARACTER_OPEN, .size = 1, .opens = true},
    [')'] = {.kind = HS_CHARACTER_CLOSE, .size = 1, .closes = true},
    [']'] = {.kind = HS_CHARACTER_CLOSE, .size = 1, .closes = true},
    ['}'] = {.kind = HS_CHARACTER_CLOSE, .size = 1, .closes = true},
    ['#'] = OF(SYMBOL), ['$'] = OF(SYMBOL), ['%'] = OF(SYMBOL), ['&'] = OF(SYMBOL), ['*'] = OF(PUNCTUATION),
    ['+'] = OF(SYMBOL), [','] = OF(PUNCTUATION), ['/'] = OF(PUNCTUATION), [':'] = OF(PUNCTUATION),
    [';'] = OF(PUNCTUATION), ['<'] = OF(SYMBOL), ['='] = OF(SYMBOL), ['>'] = OF(SYMBOL), ['@'] = OF(SYMBOL),
    ['\\'] = OF(PUNCTUATION), ['^'] = OF(SYMBOL), ['|'] = OF(SYMBOL), ['~'] = OF(SYMBOL),
};
/* clang-format on */

/* What no one sees: white space, and marks of width, direction and order. */
static bool is_blank(int32_t c, utf8proc_category_t category) {
  if (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
      category == UTF8PROC_CATEGORY_CC)
    return true;
  return c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF;
}

/* Scripts written without blanks whose characters are words of their own (UAX #29 cuts around each). */
static bool is_ideograph(int32_t c) {
  return (c >= 0x3040 && c <= 0x309F) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}

static hs_character_kind kind_of_category(utf8proc_category_t category) {
  switch (category) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_NL: return HS_CHARACTER_LETTER;
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_NO: return HS_CHARACTER_DIGIT;
  case UTF8PROC_CATEGORY_MN:
  case UTF8PROC_CATEGORY_MC:
  case UTF8PROC_CATEGORY_ME:
  case UTF8PROC_CATEGORY_CF:
  case UTF8PROC_CATEGORY_PC: return HS_CHARACTER_EXTEND;
  case UTF8PROC_CATEGORY_PD: return HS_CHARACTER_DASH;
  case UTF8PROC_CATEGORY_PS: return HS_CHARACTER_OPEN;
  case UTF8PROC_CATEGORY_PE: return HS_CHARACTER_CLOSE;
  case UTF8PROC_CATEGORY_PI:
  case UTF8PROC_CATEGORY_PF: return HS_CHARACTER_QUOTE;
  case UTF8PROC_CATEGORY_PO: return HS_CHARACTER_PUNCTUATION;
  default: return HS_CHARACTER_SYMBOL;
  }
}

/* Marks whose category does not tell what the rules ask, or not all of it; BLANK for any other. */
/* clang-format off */
static hs_character mark(int32_t c) {
  switch (c) {
  case 0x2019: return (hs_character){.kind = HS_CHARACTER_APOSTROPHE, .closes = true};
  case 0x2018: case 0x201B: return (hs_character){.kind = HS_CHARACTER_APOSTROPHE, .opens = true};
  case 0xB4: case 0x2032: return (hs_character){.kind = HS_CHARACTER_APOSTROPHE};
  case 0x2033: case 0xFF02: return (hs_character){.kind = HS_CHARACTER_QUOTE};
  case 0xAB: case 0x201A: case 0x201C: case 0x201E: case 0x201F: case 0x2039: case 0x275D:
  case 0x300A: case 0x300C: case 0x300E: case 0x301D:
    return (hs_character){.kind = HS_CHARACTER_QUOTE, .opens = true};
  case 0xBB: case 0x201D: case 0x203A: case 0x275E:
  case 0x300B: case 0x300D: case 0x300F: case 0x301E: case 0x301F:
    return (hs_character){.kind = HS_CHARACTER_QUOTE, .closes = true};
  case 0xA1: case 0xBF: return (hs_character){.kind = HS_CHARACTER_PUNCTUATION, .opens = true};
  case 0x2010: case 0x2011: return (hs_character){.kind = HS_CHARACTER_HYPHEN};
  case 0x2026: case 0x22EF: return (hs_character){.kind = HS_CHARACTER_ELLIPSIS};
  case 0x203C: case 0x203D: case 0x2047: case 0x2048: case 0x2049: case 0x0589: case 0x061F: case 0x06D4:
  case 0x0964: case 0x0965: case 0x1362: case 0x3002: case 0xFF01: case 0xFF0E: case 0xFF1F: case 0xFF61:
    return (hs_character){.kind = HS_CHARACTER_STOP};
  default: return (hs_character){.kind = HS_CHARACTER_BLANK};
  }
}
/* clang-format on */

hs_character hs_character_beyond_ascii(hs_str text, size_t at) {
  size_t size;
  int32_t c = hs_utf8_at(text, at, &size);
  hs_character out = mark(c);
  if (out.kind == HS_CHARACTER_BLANK) {
    utf8proc_category_t category = utf8proc_category(c);
    out.kind = is_blank(c, category) ? HS_CHARACTER_BLANK
               : is_ideograph(c)     ? HS_CHARACTER_IDEOGRAPH
                                     : (uint8_t)kind_of_category(category);
    out.upper = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
    out.lower = category == UTF8PROC_CATEGORY_LL;
    out.opens = category == UTF8PROC_CATEGORY_PS || category == UTF8PROC_CATEGORY_PI;
    out.closes = category == UTF8PROC_CATEGORY_PE || category == UTF8PROC_CATEGORY_PF;
  }
  out.size = (uint8_t)size;
  return out;
}
