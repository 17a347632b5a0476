#include "cli/nearest.h"

#include <string.h>

enum { LONGEST = 32 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* How many letters to insert, delete, change, or swap with their neighbour, to make B of A: edit distance. */
static size_t distance(const char *a, const char *b) {
  size_t rows = strlen(a), columns = strlen(b);
  size_t d[LONGEST + 1][LONGEST + 1];
  if (rows > LONGEST || columns > LONGEST) return rows + columns;
  for (size_t i = 0; i <= rows; i++) d[i][0] = i;
  for (size_t j = 0; j <= columns; j++) d[0][j] = j;
  for (size_t i = 1; i <= rows; i++)
    for (size_t j = 1; j <= columns; j++) {
      d[i][j] = least(d[i - 1][j - 1] + (a[i - 1] != b[j - 1]), least(d[i - 1][j], d[i][j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[rows][columns];
}

const char *cli_nearest(const char *word, const char *const *names, size_t count) {
  const char *nearest = NULL;
  size_t best = strlen(word) > 4 ? 3 : 2; /* one slip in a short word, two in a longer one */
  for (size_t i = 0; i < count; i++) {
    size_t apart = distance(word, names[i]);
    if (apart < best) {
      best = apart;
      nearest = names[i];
    }
  }
  return nearest;
}
