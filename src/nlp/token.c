#include "nlp/token.h"

#include "base/array.h"
#include "nlp/address.h"
#include "nlp/character.h"
#include "nlp/lexicon.h"

typedef struct cutter {
  const hs_language *language;
  hs_arena *arena;
  hs_token_list *list;
  hs_str text; /* ends where the block ends */
  size_t start;
  size_t at_sign; /* the next @ from here on; the block's end if there is none */
} cutter;

/* A word while it is read. */
typedef struct word {
  size_t start, end;
  size_t part;       /* where the part behind the last hyphen begins */
  size_t stop;       /* the last stop inside, 0 if there is none */
  size_t apostrophe; /* the last one inside, 0 if there is none */
  size_t letters, capitals, digits;
  bool capital, small; /* its first letter is one */
} word;

static hs_character at(const cutter *c, size_t i) {
  return i < c->text.size ? hs_character_at(c->text, i) : (hs_character){.kind = HS_CHARACTER_BLANK, .size = 1};
}

static hs_character before(const cutter *c, size_t i) {
  return i > c->start ? hs_character_at(c->text, hs_utf8_before(c->text, i)) : (hs_character){.size = 1};
}

static hs_str slice(const cutter *c, size_t start, size_t end) { return (hs_str){c->text.data + start, end - start}; }

static void put(cutter *c, size_t start, size_t end, uint32_t class) {
  hs_token_list *l = c->list;
  if (l->count == l->capacity) {
    size_t capacity = l->capacity;
    l->classes = hs_array_grow(c->arena, l->classes, &capacity, sizeof *l->classes);
    l->tokens = hs_array_grow(c->arena, l->tokens, &l->capacity, sizeof *l->tokens);
  }
  l->classes[l->count] = class;
  l->tokens[l->count++] = (hs_token){.span = {(uint32_t)start, (uint32_t)end}, .head = HS_NONE};
}

static void note(word *w, hs_character ch) {
  w->digits += ch.kind == HS_CHARACTER_DIGIT;
  if (ch.kind != HS_CHARACTER_LETTER) return;
  if (!w->letters) w->capital = ch.upper, w->small = ch.lower;
  w->letters++;
  w->capitals += ch.upper;
}

/* The flags that the characters of a word tell. */
static uint32_t class_of(const cutter *c, const word *w) {
  uint32_t class = w->capital ? HS_TOKEN_CAPITAL : w->small ? HS_TOKEN_SMALL : 0;
  if (w->letters > 1 && w->capitals == w->letters) class |= HS_TOKEN_UPPER;
  if (at(c, w->start).kind == HS_CHARACTER_DIGIT) return class | HS_TOKEN_NUMBER;
  return class | (w->letters ? HS_TOKEN_WORD : HS_TOKEN_PUNCTUATION);
}

/* Adds a part of a word, with CLASS and the flags of its characters. */
static void put_part(cutter *c, size_t start, size_t end, uint32_t class) {
  if (start == end) return;
  word w = {.start = start};
  for (size_t i = start; i < end;) {
    hs_character ch = hs_character_at(c->text, i);
    note(&w, ch);
    i += ch.size;
  }
  put(c, start, end, class_of(c, &w) | class);
}

/* ---------------------------------------------------------------- How far a word goes */

static bool is_alphanumeric(hs_character ch) { return ch.kind == HS_CHARACTER_LETTER || ch.kind == HS_CHARACTER_DIGIT; }

/* Is the stop at I, between two letters, one inside a word (U.S, example.com) rather than the end of a sentence with
 * no blank behind it ("He left.She stayed")? */
static bool stop_joins(const cutter *c, const word *w, size_t i, hs_character previous, hs_character next) {
  if (!next.upper) return true;
  bool alone = at(c, i + 1 + next.size).kind != HS_CHARACTER_LETTER;
  size_t length = i - (w->stop ? w->stop + 1 : w->part);
  return alone && (previous.upper || length <= 3);
}

/* Does the hyphen at I not cut, as the part before it is no word of its own (non-profit, e-mail)? */
static bool hyphen_joins(const cutter *c, const word *w, size_t i) {
  return !w->digits && (hs_lexicon_find_small(c->language, slice(c, w->part, i)) & HS_LEXICON_PREFIX);
}

/* Does the mark CH at I go on with the word W, as UAX #29 has it for marks between two letters or two digits? */
static bool mark_joins(const cutter *c, word *w, size_t i, hs_character ch, hs_character previous) {
  hs_character next = at(c, i + ch.size);
  if (!is_alphanumeric(next) || !is_alphanumeric(previous)) return false;
  bool letters = previous.kind == HS_CHARACTER_LETTER && next.kind == HS_CHARACTER_LETTER;
  bool digits = previous.kind == HS_CHARACTER_DIGIT && next.kind == HS_CHARACTER_DIGIT;
  if (ch.kind == HS_CHARACTER_APOSTROPHE) {
    if (next.kind == HS_CHARACTER_LETTER) w->apostrophe = i;
    return next.kind == HS_CHARACTER_LETTER;
  }
  if (ch.kind == HS_CHARACTER_HYPHEN) {
    if (!hyphen_joins(c, w, i)) return false;
    w->part = i + ch.size;
    return true;
  }
  switch (c->text.data[i]) {
  case '.':
    if (digits || (letters && stop_joins(c, w, i, previous, next))) return w->stop = i, true;
    return false;
  case ',':
  case ':': return digits;
  case '/': return digits && !w->letters;
  case '_': return true;
  case '&': return letters && previous.upper && next.upper;
  default: return false;
  }
}

static void read_word(const cutter *c, word *w) {
  hs_character previous = {0};
  size_t i = w->start;
  while (i < c->text.size) {
    hs_character ch = hs_character_at(c->text, i);
    if (is_alphanumeric(ch)) {
      note(w, ch);
      previous = ch;
    } else if (ch.kind != HS_CHARACTER_EXTEND && !mark_joins(c, w, i, ch, previous)) {
      break;
    }
    i += ch.size;
  }
  w->end = i;
}

/* ---------------------------------------------------------------- What a word is cut into */

/* Is there, behind the stop and blanks at I, a number? */
static bool number_follows(const cutter *c, size_t i) {
  while (i < c->text.size && (c->text.data[i] == ' ' || c->text.data[i] == '\n')) i++;
  hs_character ch = at(c, i);
  if (i + 2 < c->text.size && memcmp(c->text.data + i, "\u00A0", 2) == 0) ch = at(c, i + 2);
  return ch.kind == HS_CHARACTER_DIGIT;
}

/* Is what was cut last a mark behind which a state's name is short (Dallas, Tex.; R-Calif.), or an initial (W. Va.)? */
static bool state_stands(const cutter *c) {
  if (!c->list->count) return false;
  hs_span last = c->list->tokens[c->list->count - 1].span;
  if (last.start < c->start) return false;
  bool initial = last.end - last.start == 2 && c->text.data[last.end - 1] == '.';
  return initial || memchr(",-([", c->text.data[last.start], 4);
}

static bool month_follows(const cutter *c, size_t i) {
  while (i < c->text.size && c->text.data[i] == ' ') i++;
  size_t start = i;
  while (i < c->text.size && hs_is_letter(c->text.data[i])) i++;
  return hs_lexicon_abbreviation(c->language, slice(c, start, i)) == HS_ABBREVIATION_MONTH;
}

/* Only single letters with stops between: U.S, a.m, J. */
static bool is_initials(const cutter *c, const word *w) {
  for (size_t i = w->part; i < w->end;) {
    hs_character ch = at(c, i);
    if (ch.kind != HS_CHARACTER_LETTER) return false;
    if (w->end == w->part + ch.size) return ch.upper;
    i += ch.size;
    if (i < w->end && c->text.data[i++] != '.') return false;
  }
  return true;
}

/* The kind of the abbreviation W whose stop follows it; NONE if that stop is none of its own. */
static hs_abbreviation abbreviation_of(const cutter *c, const word *w) {
  hs_abbreviation kind = hs_lexicon_abbreviation(c->language, slice(c, w->part, w->end));
  size_t behind = w->end + 1;
  bool known = kind != HS_ABBREVIATION_NONE;
  if (kind == HS_ABBREVIATION_NUMBER) known = number_follows(c, behind);
  if (kind == HS_ABBREVIATION_STATE) known = state_stands(c);
  if (kind == HS_ABBREVIATION_DAY)
    known = at(c, behind).kind == HS_CHARACTER_PUNCTUATION || number_follows(c, behind) || month_follows(c, behind);
  if (known) return kind;
  return is_initials(c, w) ? HS_ABBREVIATION_INITIALS : HS_ABBREVIATION_NONE;
}

/* Takes W's own stop into it, and gives the flags that say so; 0 if there is none. */
static uint32_t take_stop(const cutter *c, word *w) {
  if (!w->letters || w->end >= c->text.size || c->text.data[w->end] != '.' ||
      at(c, w->end + 1).kind == HS_CHARACTER_STOP)
    return 0;
  hs_abbreviation kind = abbreviation_of(c, w);
  if (kind == HS_ABBREVIATION_NONE) return 0;
  w->end++;
  return HS_TOKEN_ABBREVIATION | (uint32_t)kind << HS_TOKEN_KIND_SHIFT;
}

/* The bytes of the clitic that begins at I, up to END: 's 'll 're 've 'd 'm; 0 if none does. */
static size_t clitic_at(const cutter *c, size_t i, size_t end) {
  hs_character mark = at(c, i);
  if (mark.kind != HS_CHARACTER_APOSTROPHE) return 0;
  const char *s = c->text.data + i + mark.size;
  size_t size = end - i - mark.size;
  char first = size > 0 ? hs_small(s[0]) : 0, second = size > 1 ? hs_small(s[1]) : 0;
  if (size == 1 && (first == 's' || first == 'd' || first == 'm')) return mark.size + 1;
  if (size == 2 && ((first == 'l' && second == 'l') || ((first == 'r' || first == 'v') && second == 'e')))
    return mark.size + 2;
  return 0;
}

/* Where the word [start, end) with its last apostrophe at MARK is to be cut: before 's, n't and the like; 0: nowhere.
 */
static size_t clitic_start(const cutter *c, size_t start, size_t mark, size_t end) {
  hs_character previous = before(c, mark);
  bool letters = previous.kind == HS_CHARACTER_LETTER || at(c, start).kind == HS_CHARACTER_LETTER; /* not the 80's */
  if (clitic_at(c, mark, end)) return letters ? mark : 0;
  size_t t = mark + at(c, mark).size;
  bool negation = end - t == 1 && hs_small(c->text.data[t]) == 't' && hs_small(c->text.data[mark - 1]) == 'n';
  return negation && mark - 1 > start ? mark - 1 : 0;
}

/* Cuts W at its apostrophes, "couldn't've" twice; the rest is left in W. Gives where each part but the first begins. */
static size_t cut_clitics(const cutter *c, word *w, size_t cuts[3]) {
  size_t count = 0, end = w->end;
  while (count < 3 && w->apostrophe > w->start) {
    size_t cut = clitic_start(c, w->start, w->apostrophe, end);
    if (!cut) break;
    cuts[count++] = end = cut;
    size_t i = cut;
    do i = hs_utf8_before(c->text, i);
    while (i > w->start && at(c, i).kind != HS_CHARACTER_APOSTROPHE);
    w->apostrophe = i;
  }
  return count;
}

static void put_parts(cutter *c, word *w) {
  if (!w->apostrophe) {
    put(c, w->start, w->end, class_of(c, w));
    return;
  }
  size_t cuts[3], end = w->end;
  size_t count = cut_clitics(c, w, cuts);
  put_part(c, w->start, count ? cuts[count - 1] : end, 0);
  for (size_t i = count; i-- > 0;) put_part(c, cuts[i], i ? cuts[i - 1] : end, HS_TOKEN_CLITIC);
}

/* Words such as "cannot" that only a table tells to cut. */
static bool put_contraction(cutter *c, const word *w) {
  hs_str form = slice(c, w->start, w->end);
  if (!hs_lexicon_may_contract(c->language, form)) return false;
  uint32_t bits = hs_lexicon_find_small(c->language, form);
  if (!(bits & HS_LEXICON_CONTRACTED)) return false;
  size_t cut = w->start;
  for (uint32_t left = bits >> HS_LEXICON_CUT_SHIFT; left && cut < w->end; left--) cut += at(c, cut).size;
  put_part(c, w->start, cut > w->start ? cut : w->end, 0);
  if (cut > w->start && cut < w->end) put_part(c, cut, w->end, HS_TOKEN_CLITIC);
  return true;
}

/* Where the unit begins in a word such as "5pm"; its end if there is none. */
static size_t unit_start(const cutter *c, const word *w) {
  size_t i = w->end;
  if (!hs_is_digit(c->text.data[w->start])) return i;
  while (i > w->start && hs_is_letter(c->text.data[i - 1])) i--;
  bool after_digit = i > w->start && hs_is_digit(c->text.data[i - 1]);
  bool unit =
      after_digit && w->end - i == w->letters && (hs_lexicon_find(c->language, slice(c, i, w->end)) & HS_LEXICON_UNIT);
  return unit ? i : w->end;
}

/* A dollar that belongs to the letters before it: US$, HK$. */
static void take_currency(const cutter *c, word *w) {
  size_t dollar = w->end;
  if (w->letters > 3 || w->capitals != w->letters || w->digits || dollar + 1 >= c->text.size) return;
  if (c->text.data[dollar] == '$' && hs_is_digit(c->text.data[dollar + 1])) w->end++;
}

static size_t cut_word(cutter *c, size_t start) {
  word w = {.start = start, .part = start};
  read_word(c, &w);
  size_t address = w.stop ? hs_address_path_end(c->text, start, w.stop, w.end) : 0;
  if (address) {
    put(c, start, address, HS_TOKEN_WORD | HS_TOKEN_ADDRESS);
    return address;
  }
  if (w.letters) take_currency(c, &w);
  uint32_t stop = take_stop(c, &w);
  if (stop) {
    put(c, w.start, w.end, class_of(c, &w) | stop);
    return w.end;
  }
  size_t unit = w.digits && w.letters ? unit_start(c, &w) : w.end;
  if (unit < w.end) {
    put_part(c, w.start, unit, 0);
    put_part(c, unit, w.end, 0);
  } else if (!put_contraction(c, &w)) {
    put_parts(c, &w);
  }
  return w.end;
}

/* ---------------------------------------------------------------- What is no word */

/* The blanks around a mark tell whether it opens or closes; where they do not, its shape does. */
static uint32_t side(const cutter *c, size_t start, size_t end, hs_character ch) {
  hs_character left = before(c, start), right = at(c, end);
  bool open_left = start == c->start || left.kind == HS_CHARACTER_BLANK || left.kind == HS_CHARACTER_OPEN ||
                   left.kind == HS_CHARACTER_DASH || left.kind == HS_CHARACTER_HYPHEN || left.opens;
  bool open_right = right.kind == HS_CHARACTER_BLANK || (!is_alphanumeric(right) && !right.opens);
  if (ch.opens || ch.closes) {
    bool reversed = open_left != open_right && open_left != ch.opens;
    return (ch.opens != reversed ? HS_TOKEN_OPENS : 0) | (ch.closes != reversed ? HS_TOKEN_CLOSES : 0);
  }
  if (open_left == open_right) return HS_TOKEN_OPENS | HS_TOKEN_CLOSES;
  return open_left ? HS_TOKEN_OPENS : HS_TOKEN_CLOSES;
}

static uint32_t mark_class(const cutter *c, size_t start, size_t end, hs_character ch) {
  switch ((hs_character_kind)ch.kind) {
  case HS_CHARACTER_APOSTROPHE:
  case HS_CHARACTER_QUOTE: return HS_TOKEN_PUNCTUATION | HS_TOKEN_QUOTE | side(c, start, end, ch);
  case HS_CHARACTER_OPEN: return HS_TOKEN_PUNCTUATION | HS_TOKEN_BRACKET | HS_TOKEN_OPENS;
  case HS_CHARACTER_CLOSE: return HS_TOKEN_PUNCTUATION | HS_TOKEN_BRACKET | HS_TOKEN_CLOSES;
  case HS_CHARACTER_HYPHEN:
  case HS_CHARACTER_DASH: return HS_TOKEN_PUNCTUATION | HS_TOKEN_DASH;
  case HS_CHARACTER_STOP: return HS_TOKEN_PUNCTUATION | HS_TOKEN_STOP;
  case HS_CHARACTER_ELLIPSIS: return HS_TOKEN_PUNCTUATION | HS_TOKEN_STOP | HS_TOKEN_ELLIPSIS;
  case HS_CHARACTER_SYMBOL: return HS_TOKEN_SYMBOL;
  default: return HS_TOKEN_PUNCTUATION | (ch.opens ? HS_TOKEN_OPENS : 0);
  }
}

/* A run of stops is one token: "...", "?!", "!!". Two stops or more, and no other, are an ellipsis. */
static size_t cut_stops(cutter *c, size_t start) {
  size_t i = start;
  bool points = true, ellipsis = false;
  for (hs_character ch; i < c->text.size; i += ch.size) {
    ch = hs_character_at(c->text, i);
    if (ch.kind != HS_CHARACTER_STOP && ch.kind != HS_CHARACTER_ELLIPSIS) break;
    if (ch.kind == HS_CHARACTER_ELLIPSIS) ellipsis = true;
    if (c->text.data[i] != '.') points = false;
  }
  bool run = ellipsis || (points && i > start + 1);
  put(c, start, i, HS_TOKEN_PUNCTUATION | HS_TOKEN_STOP | (run ? HS_TOKEN_ELLIPSIS : 0));
  return i;
}

/* Marks of which a run of the same is one token: "--", "***", "===", "''", "``". */
static bool runs(hs_character ch, char c) {
  return ch.kind == HS_CHARACTER_HYPHEN || ch.kind == HS_CHARACTER_DASH || (c && strchr("*=+_~<>|#$`'", c));
}

static size_t run_end(const cutter *c, size_t start, hs_character ch) {
  size_t end = start + ch.size, most = ch.kind == HS_CHARACTER_APOSTROPHE ? end + ch.size : c->text.size;
  if (!runs(ch, c->text.data[start])) return end;
  while (end + ch.size <= most && end + ch.size <= c->text.size &&
         memcmp(c->text.data + end, c->text.data + start, ch.size) == 0)
    end += ch.size;
  return end;
}

/* An apostrophe that begins a word ('em, ’s behind a quotation mark) and the word with it; 0 if it is a mark. */
static size_t cut_apostrophe_word(cutter *c, size_t start) {
  size_t end = start + at(c, start).size;
  while (end < c->text.size && hs_is_letter(c->text.data[end]) && end - start < 10) end++;
  if (is_alphanumeric(at(c, end))) return 0;
  bool glued = start > c->start && before(c, start).kind != HS_CHARACTER_BLANK;
  if (glued && !before(c, start).opens && clitic_at(c, start, end)) {
    put_part(c, start, end, HS_TOKEN_CLITIC);
    return end;
  }
  word w = {.start = start, .end = end};
  return !glued && end > start + at(c, start).size + 1 && put_contraction(c, &w) ? end : 0;
}

static size_t cut_mark(cutter *c, size_t start, hs_character ch) {
  if (ch.kind == HS_CHARACTER_STOP || ch.kind == HS_CHARACTER_ELLIPSIS) return cut_stops(c, start);
  size_t end = ch.kind == HS_CHARACTER_APOSTROPHE ? cut_apostrophe_word(c, start) : 0;
  if (end) return end;
  end = run_end(c, start, ch);
  while (end < c->text.size && at(c, end).kind == HS_CHARACTER_EXTEND) end += at(c, end).size;
  put(c, start, end, mark_class(c, start, end, ch));
  return end;
}

/* A number with a mark of its own before it: .265, +1, '60s, ’72. 0 if there is none at START. */
static size_t cut_marked_number(cutter *c, size_t start, hs_character ch) {
  bool year = ch.kind == HS_CHARACTER_APOSTROPHE;
  size_t digits = start + ch.size;
  if (!year && !strchr(".+", c->text.data[start])) return 0;
  if (at(c, digits).kind != HS_CHARACTER_DIGIT || is_alphanumeric(before(c, start))) return 0;
  word w = {.start = digits, .part = digits};
  read_word(c, &w);
  bool decade = w.letters == 1 && c->text.data[w.end - 1] == 's';
  if (year ? w.digits != 2 || w.end - digits > 3 || (w.letters && !decade) : w.letters > 0) return 0;
  put(c, start, w.end, HS_TOKEN_NUMBER);
  return w.end;
}

/* ---------------------------------------------------------------- The block */

/* Where the URL, e-mail address, #tag or @name that begins at I ends; 0 if none does. */
static size_t address_end(cutter *c, size_t i) {
  if (i > c->at_sign || c->at_sign == c->start) {
    const char *sign = memchr(c->text.data + i, '@', c->text.size - i);
    c->at_sign = sign ? (size_t)(sign - c->text.data) : c->text.size;
  }
  return hs_address_end(c->text, i, c->at_sign);
}

/* Where the face that begins at the mark I ends, which has to be set apart: "See you :-)"; 0 if none does. */
static size_t emoticon_end(const cutter *c, size_t i) {
  enum { LEAST = 2, MOST = 4 };
  size_t size = 0;
  while (i + size < c->text.size && size <= MOST && (unsigned char)c->text.data[i + size] > ' ') size++;
  bool apart = i == c->start || (unsigned char)c->text.data[i - 1] <= ' ';
  if (!apart || size < LEAST || size > MOST) return 0;
  return hs_lexicon_find(c->language, slice(c, i, i + size)) & HS_LEXICON_EMOTICON ? i + size : 0;
}

static size_t cut_token(cutter *c, size_t i, hs_character ch) {
  size_t end = address_end(c, i);
  if (end) {
    put(c, i, end, HS_TOKEN_WORD | HS_TOKEN_ADDRESS);
    return end;
  }
  switch ((hs_character_kind)ch.kind) {
  case HS_CHARACTER_EXTEND:
  case HS_CHARACTER_LETTER: return cut_word(c, i);
  case HS_CHARACTER_DIGIT:
    end = hs_digits_end(c->text, i);
    if (!end) return cut_word(c, i);
    put(c, i, end, HS_TOKEN_NUMBER);
    return end;
  case HS_CHARACTER_IDEOGRAPH:
    end = i + ch.size;
    while (end < c->text.size && at(c, end).kind == HS_CHARACTER_EXTEND) end += at(c, end).size;
    put(c, i, end, HS_TOKEN_WORD);
    return end;
  default: break;
  }
  end = emoticon_end(c, i);
  if (end) {
    put(c, i, end, HS_TOKEN_SYMBOL);
    return end;
  }
  end = cut_marked_number(c, i, ch);
  return end ? end : cut_mark(c, i, ch);
}

void hs_tokens_cut(hs_token_list *list, const hs_language *language, const char *text, hs_span block, hs_arena *arena) {
  cutter c = {.language = language,
              .arena = arena,
              .list = list,
              .text = {text, block.end},
              .start = block.start,
              .at_sign = block.start};
  for (size_t i = block.start; i < block.end;) {
    hs_character ch = hs_character_at(c.text, i);
    i = ch.kind == HS_CHARACTER_BLANK ? i + ch.size : cut_token(&c, i, ch);
  }
}
