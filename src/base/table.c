#include "base/table.h"

#include <assert.h>

hs_str hs_table_named(const char *name) {
  for (const hs_table *t = hs_tables; t->name; t++)
    if (strcmp(t->name, name) == 0) return t->text;
  assert(false && "no table of this name in data/");
  return (hs_str){"", 0};
}

static void split(hs_str line, hs_row *row) {
  for (int c = 0; c < HS_TABLE_COLUMNS; c++) {
    const char *tab = line.size ? memchr(line.data, '\t', line.size) : NULL;
    size_t size = tab ? (size_t)(tab - line.data) : line.size;
    row->column[c] = hs_str_trim((hs_str){line.data, size});
    if (tab) size++;
    line = (hs_str){line.data + size, line.size - size};
    if (line.size) continue;
    while (++c < HS_TABLE_COLUMNS) row->column[c] = line;
  }
}

bool hs_table_next(hs_str table, size_t *at, hs_row *row) {
  while (*at < table.size) {
    const char *start = table.data + *at;
    const char *newline = memchr(start, '\n', table.size - *at);
    size_t size = newline ? (size_t)(newline - start) : table.size - *at;
    *at += size + (newline != NULL);
    row->line++;
    hs_str line = {start, size};
    if (line.size == 0 || line.data[0] == '#') continue;
    split(line, row);
    return true;
  }
  return false;
}
