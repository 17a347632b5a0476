#include "nlp/address.h"

#include "nlp/character.h"

#include <ctype.h>
#include <strings.h>

enum { LONGEST_LOCAL = 64, LONGEST_DOMAIN = 255 };

static bool begins(hs_str text, size_t start, size_t until, const char *with) {
  size_t size = strlen(with);
  return until - start > size && strncasecmp(text.data + start, with, size) == 0;
}

static bool is_url(hs_str text, size_t start, size_t until) {
  return begins(text, start, until, "http://") || begins(text, start, until, "https://") ||
         begins(text, start, until, "www.") || begins(text, start, until, "ftp://");
}

static bool in_name(char c) { return isalnum((unsigned char)c) || c == '_' || (c & 0x80); }

/* A URL goes on to the next blank, quotation mark or angle bracket; closing punctuation is left behind. */
static size_t url_end(hs_str text, size_t start, size_t until) {
  size_t end = start, open = 0, last = start;
  for (hs_character ch; end < until; end += ch.size) {
    char c = text.data[end];
    ch = hs_character_at(text, end);
    if (ch.kind == HS_CHARACTER_QUOTE || ch.kind == HS_CHARACTER_APOSTROPHE || c == '<' || c == '>') break;
    if (c == '(' || c == '[') open++;
    if ((c == ')' || c == ']') && open-- == 0) break;
    if (ch.kind != HS_CHARACTER_STOP && ch.kind != HS_CHARACTER_ELLIPSIS && !strchr(",;:", c)) last = end + ch.size;
  }
  return last;
}

static size_t mail_end(hs_str text, size_t start, size_t until) {
  size_t i = start, stop = 0;
  while (i < until && i - start <= LONGEST_LOCAL &&
         (isalnum((unsigned char)text.data[i]) || strchr("._%+-", text.data[i])))
    i++;
  if (i == start || i >= until || text.data[i] != '@') return 0;
  size_t domain = ++i, end = i;
  for (; i < until && i - domain <= LONGEST_DOMAIN &&
         (isalnum((unsigned char)text.data[i]) || strchr(".-", text.data[i]));
       i++) {
    if (isalnum((unsigned char)text.data[i])) end = i + 1;
    else if (text.data[i] == '.' && i > domain && isalnum((unsigned char)text.data[i - 1])) stop = i;
  }
  return stop && stop < end ? end : 0;
}

/* A #tag holds a letter, an @name begins with a letter or digit. Neither begins inside a word. */
static size_t name_end(hs_str text, size_t start, size_t until) {
  bool letters = text.data[start] == '@';
  size_t i = start + 1;
  for (hs_character ch; i < until; i += ch.size) {
    ch = hs_character_at(text, i);
    if (ch.kind == HS_CHARACTER_LETTER) letters = true;
    else if (ch.kind != HS_CHARACTER_DIGIT && ch.kind != HS_CHARACTER_EXTEND) break;
  }
  if (start > 0 && in_name(text.data[start - 1])) return 0;
  return letters && i > start + 1 && in_name(text.data[start + 1]) ? i : 0;
}

size_t hs_address_end(hs_str text, size_t start, size_t until) {
  char c = text.data[start];
  if (c == '#' || c == '@') return name_end(text, start, until);
  if (!isalnum((unsigned char)c)) return 0;
  if (is_url(text, start, until)) return url_end(text, start, until);
  return mail_end(text, start, until);
}

/* Groups of digits joined by hyphens that are one thing, by their lengths. */
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
    while (i < text.size && isdigit((unsigned char)text.data[i]) && i - group <= 5) i++;
    if (i == group || i - group > 5) return 0;
    lengths[count++] = (char)('0' + (i - group));
    if (i + 1 >= text.size || text.data[i] != '-' || !isdigit((unsigned char)text.data[i + 1])) break;
    i++;
  }
  return is_pattern(lengths) ? i : 0;
}
