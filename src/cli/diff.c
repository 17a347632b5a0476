#include "cli/diff.h"

#include <stdlib.h>
#include <string.h>

/* Texts of more lines times lines than this are shown one after the other. */
enum { MOST_CELLS = 4 << 20 };

typedef struct text_line {
  const char *text;
  size_t size;
} text_line;

static size_t without_feed(const char *text, size_t size) {
  return size > 0 && text[size - 1] == '\n' ? size - 1 : size;
}

bool cli_diff_same(const char *expected, size_t expected_size, const char *found, size_t found_size) {
  size_t size = without_feed(expected, expected_size);
  return size == without_feed(found, found_size) && memcmp(expected, found, size) == 0;
}

/* Cuts TEXT into lines; the array is the caller's. */
static text_line *cut(const char *text, size_t size, size_t *count) {
  size_t most = 1;
  for (size_t i = 0; i < size; i++) most += text[i] == '\n';
  text_line *lines = calloc(most, sizeof *lines);
  if (!lines) abort();
  for (*count = 0; size > 0; ++*count) {
    const char *end = memchr(text, '\n', size);
    size_t length = end ? (size_t)(end - text) : size;
    lines[*count] = (text_line){text, length};
    size -= length + (end != NULL);
    text += length + (end != NULL);
  }
  return lines;
}

static bool same(text_line a, text_line b) { return a.size == b.size && memcmp(a.text, b.text, a.size) == 0; }

/* For each pair of places, how many lines the rests behind them have in common: longest common subsequence. NULL if
 * that is too much to count. */
static uint32_t *common_lines(const text_line *a, size_t rows, const text_line *b, size_t columns) {
  if ((rows + 1) * (columns + 1) > MOST_CELLS) return NULL;
  size_t width = columns + 1;
  uint32_t *common = calloc((rows + 1) * width, sizeof *common);
  if (!common) abort();
  for (size_t i = rows; i-- > 0;)
    for (size_t j = columns; j-- > 0;) {
      uint32_t down = common[(i + 1) * width + j], right = common[i * width + j + 1];
      common[i * width + j] = same(a[i], b[j]) ? common[(i + 1) * width + j + 1] + 1 : down > right ? down : right;
    }
  return common;
}

static void write_line(cli_output *out, char mark, text_line line) {
  const char *colour = !out->style.colour || mark == ' ' ? "" : mark == '-' ? "\033[31m" : "\033[32m";
  cli_output_print(out, "%s  %c ", colour, mark);
  cli_output_write(out, line.text, line.size);
  cli_output_print(out, "%s\n", *colour ? "\033[0m" : "");
}

void cli_diff_write(cli_output *out, const char *expected, size_t expected_size, const char *found, size_t found_size) {
  size_t rows, columns, i = 0, j = 0;
  text_line *a = cut(expected, expected_size, &rows), *b = cut(found, found_size, &columns);
  uint32_t *common = common_lines(a, rows, b, columns);
  while (i < rows || j < columns) {
    bool both = i < rows && j < columns;
    if (both && same(a[i], b[j])) {
      write_line(out, ' ', a[i++]);
      j++;
    } else if (j >= columns ||
               (both && (!common || common[(i + 1) * (columns + 1) + j] >= common[i * (columns + 1) + j + 1]))) {
      write_line(out, '-', a[i++]);
    } else {
      write_line(out, '+', b[j++]);
    }
  }
  free(common);
  free(a);
  free(b);
}
