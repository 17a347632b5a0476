#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { NARROWEST = 40, USUAL = 80, WIDEST = 1000 };

int cli_terminal_width(int descriptor) {
  const char *columns = getenv("COLUMNS");
  struct winsize size;
  long width = columns ? strtol(columns, NULL, 10) : 0;
  if (width <= 0 && ioctl(descriptor, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  if (width <= 0) width = USUAL;
  return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : (int)width;
}

bool cli_terminal_ansi(int descriptor) {
  const char *kind = getenv("TERM");
  return isatty(descriptor) && kind && *kind && strcmp(kind, "dumb") != 0;
}

bool cli_terminal_colour(int descriptor) {
  const char *no = getenv("NO_COLOR");
  return cli_terminal_ansi(descriptor) && !(no && *no);
}

int cli_terminal_columns(const char *text, size_t size) {
  int columns = 0;
  mbstate_t state = {0};
  for (size_t at = 0; at < size;) {
    if (text[at] >= ' ' && text[at] <= '~') { /* most are */
      columns++, at++;
      continue;
    }
    wchar_t character;
    size_t length = mbrtowc(&character, text + at, size - at, &state);
    bool sound = length > 0 && length <= size - at;
    int width = sound ? wcwidth(character) : 1;
    if (width > 0) columns += width;
    if (!sound) state = (mbstate_t){0};
    at += sound ? length : 1;
  }
  return columns;
}

size_t cli_terminal_blank(const char *text) {
  const unsigned char *c = (const unsigned char *)text;
  if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] <= 0x9F) return 2; /* C1 */
  if (c[0] == 0xD8 && c[1] == 0x9C) return 2;                 /* U+061C */
  if (c[0] == 0xE2 && c[1] == 0x80 && (c[2] == 0x8E || c[2] == 0x8F || (c[2] >= 0xAA && c[2] <= 0xAE))) return 3;
  if (c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9) return 3; /* U+2066 to U+2069 */
  return (c[0] && c[0] <= ' ') || c[0] == 0x7F;
}
