#include "cli/text.h"

#include "cli/terminal.h"

#include <string.h>

static const char *skip_blanks(const char *at) {
  while (cli_terminal_blank(at) > 0) at += cli_terminal_blank(at);
  return at;
}

static const char *skip_word(const char *at) {
  while (*at && cli_terminal_blank(at) == 0) at++;
  return at;
}

void cli_text_wrap(cli_output *out, const char *text, int indent, int started) {
  int column = started;
  if (!started) {
    cli_output_print(out, "%*s", indent, "");
    column = indent;
  }
  bool first = true;
  for (const char *word = skip_blanks(text), *end; *word; word = skip_blanks(end)) {
    end = skip_word(word);
    int columns = cli_terminal_columns(word, (size_t)(end - word));
    if (!first && column + 1 + columns > out->style.width) {
      cli_output_print(out, "\n%*s", indent, "");
      column = indent;
    } else if (!first) {
      cli_output_write(out, " ", 1);
      column++;
    }
    cli_output_write(out, word, (size_t)(end - word));
    column += columns;
    first = false;
  }
  cli_output_write(out, "\n", 1);
}

const char *cli_text_count(uint64_t count, char out[32]) {
  char *at = out + 31;
  *at = '\0';
  for (int i = 0; i == 0 || count; i++, count /= 10) {
    if (i > 0 && i % 3 == 0) *--at = ',';
    *--at = (char)('0' + count % 10);
  }
  return at;
}

void cli_text_json(cli_output *out, const char *text) {
  if (!text) {
    cli_output_print(out, "null");
    return;
  }
  cli_output_write(out, "\"", 1);
  for (const char *at = text; *at;) {
    size_t plain = 0;
    while ((unsigned char)at[plain] >= ' ' && at[plain] != '"' && at[plain] != '\\') plain++;
    cli_output_write(out, at, plain);
    at += plain;
    if (!*at) break;
    if (*at == '"' || *at == '\\') cli_output_print(out, "\\%c", *at);
    else cli_output_print(out, "\\u%04x", (unsigned)*at);
    at++;
  }
  cli_output_write(out, "\"", 1);
}
