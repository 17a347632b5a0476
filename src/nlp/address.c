#include "nlp/address.h"

#include "nlp/character.h"

enum { LONGEST_LOCAL = 64, LONGEST_DOMAIN = 255 };

static bool is_alphanumeric(char c) { return hs_is_letter(c) || hs_is_digit(c); }

/* May the character CH, its first byte C, stand in the name of an account or tag? */
static bool in_name(hs_character ch, char c) {
  return ch.kind == HS_CHARACTER_LETTER || ch.kind == HS_CHARACTER_DIGIT || ch.kind == HS_CHARACTER_EXTEND || c == '_';
}

static bool begins(hs_str text, size_t start, const char *with) {
  return text.size - start > strlen(with) && hs_str_starts_alike((hs_str){text.data + start, text.size - start}, with);
}

static bool is_url(hs_str text, size_t start) {
  switch (text.data[start]) {
  case 'h':
  case 'H': return begins(text, start, "http://") || begins(text, start, "https://");
  case 'w':
  case 'W': return begins(text, start, "www.");
  case 'f': return begins(text, start, "ftp://");
  case 'm': return begins(text, start, "mailto:");
  default: return false;
  }
}

/* A URL goes on to the next blank, quotation mark or angle bracket; closing punctuation is left behind. */
static size_t url_end(hs_str text, size_t start) {
  size_t end = start, open = 0, last = start;
  for (hs_character ch; end < text.size; end += ch.size) {
    char c = text.data[end];
    ch = hs_character_at(text, end);
    if (ch.kind == HS_CHARACTER_BLANK || ch.kind == HS_CHARACTER_QUOTE || ch.kind == HS_CHARACTER_APOSTROPHE) break;
    if (c == '<' || c == '>') break;
    if (c == '(' || c == '[') open++;
    if ((c == ')' || c == ']') && open-- == 0) break;
    if (ch.kind != HS_CHARACTER_STOP && ch.kind != HS_CHARACTER_ELLIPSIS && !strchr(",;:", c)) last = end + ch.size;
  }
  return last;
}

size_t hs_address_path_end(hs_str text, size_t start, size_t stop, size_t word_end) {
  if (word_end + 1 >= text.size || text.data[word_end] != '/' || !is_alphanumeric(text.data[word_end + 1])) return 0;
  if (word_end - stop < 3) return 0;
  for (size_t i = stop + 1; i < word_end; i++)
    if (!hs_is_small(text.data[i])) return 0;
  return url_end(text, start);
}

/* Letters, digits and marks before the @ at SIGN; behind it labels with a stop between. */
static size_t mail_end(hs_str text, size_t start, size_t sign) {
  if (sign >= text.size || sign <= start || sign - start > LONGEST_LOCAL) return 0;
  for (size_t i = start; i < sign; i++)
    if (!is_alphanumeric(text.data[i]) && !memchr("._%+-", text.data[i], 5)) return 0;
  size_t end = sign, stop = 0;
  for (size_t i = sign + 1; i < text.size && i - sign <= LONGEST_DOMAIN; i++) {
    bool label = is_alphanumeric(text.data[i]);
    if (!label && text.data[i] != '.' && text.data[i] != '-') break;
    if (label) end = i + 1;
    if (text.data[i] == '.' && end == i && i > sign + 1 && i + 1 < text.size && is_alphanumeric(text.data[i + 1]))
      stop = i;
    if (!label && end != i) break;
  }
  return stop && stop < end ? end : 0;
}

/* A #tag holds a letter, an @name any letter or digit. Neither begins inside a word. */
static size_t name_end(hs_str text, size_t start) {
  size_t i = start + 1, last = start > 0 ? hs_utf8_before(text, start) : 0;
  bool letters = text.data[start] == '@';
  if (start > 0 && in_name(hs_character_at(text, last), text.data[last])) return 0;
  for (hs_character ch; i < text.size; i += ch.size) {
    ch = hs_character_at(text, i);
    if (!in_name(ch, text.data[i])) break;
    if (ch.kind == HS_CHARACTER_LETTER) letters = true;
  }
  return letters && i > start + 1 ? i : 0;
}

size_t hs_address_end(hs_str text, size_t start, size_t sign) {
  char c = text.data[start];
  if (c == '#' || c == '@') return name_end(text, start);
  if (!is_alphanumeric(c)) return 0;
  return is_url(text, start) ? url_end(text, start) : mail_end(text, start, sign);
}

/* Groups of digits joined by hyphens that are one thing (dates, telephone numbers), by their lengths. */
static bool is_pattern(const char *lengths) {
  static const char *const patterns[] = {"422", "224", "222", "334", "34", "1334", "54", "3333"};
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
    if (strcmp(lengths, patterns[i]) == 0) return true;
  return false;
}

size_t hs_digits_end(hs_str text, size_t start) {
  char lengths[6] = {0};
  size_t i = start, count = 0;
  while (count < 5) {
    size_t group = i;
    while (i < text.size && hs_is_digit(text.data[i]) && i - group <= 5) i++;
    if (i == group || i - group > 5) return 0;
    lengths[count++] = (char)('0' + (i - group));
    if (i + 1 >= text.size || text.data[i] != '-' || !hs_is_digit(text.data[i + 1])) break;
    i++;
  }
  return is_pattern(lengths) ? i : 0;
}
