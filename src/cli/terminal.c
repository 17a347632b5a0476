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
