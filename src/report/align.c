#include "report/align.h"

#include "base/map.h"

enum { MOST_CELLS = 4 << 20 };

/* Longest common subsequence of what stands between equal ends. */
static void align_all(hs_arena *arena, int32_t *pairs, const uint64_t *a, size_t rows, const uint64_t *b,
                      size_t columns, size_t shift) {
  size_t width = columns + 1;
  uint32_t *common = hs_arena_alloc(arena, (rows + 1) * width * sizeof *common);
  for (size_t i = rows; i-- > 0;)
    for (size_t j = columns; j-- > 0;) {
      uint32_t down = common[(i + 1) * width + j], right = common[i * width + j + 1];
      common[i * width + j] = a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1 : down > right ? down : right;
    }
  for (size_t i = 0, j = 0; i < rows && j < columns;) {
    if (a[i] == b[j]) pairs[i++] = (int32_t)(shift + j++);
    else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) i++;
    else j++;
  }
}

/* Each item with the next equal one behind the last pair. */
static void align_near(hs_arena *arena, int32_t *pairs, const uint64_t *a, size_t rows, const uint64_t *b,
                       size_t columns, size_t shift) {
  hs_map places = {0}; /* of the first equal item that was not passed, from 1 */
  uint32_t *next = hs_arena_alloc(arena, (columns + 1) * sizeof *next);
  for (size_t j = columns; j-- > 0;) {
    uint32_t *first = hs_map_put(&places, arena, (hs_str){(const char *)&b[j], sizeof b[j]});
    next[j] = *first;
    *first = (uint32_t)j + 1;
  }
  size_t from = 0;
  for (size_t i = 0; i < rows; i++) {
    uint32_t *first = hs_map_get(&places, (hs_str){(const char *)&a[i], sizeof a[i]});
    if (!first) continue;
    while (*first && *first - 1 < from) *first = next[*first - 1];
    if (!*first) continue;
    pairs[i] = (int32_t)(shift + *first - 1);
    from = *first;
  }
}

int32_t *hs_align(hs_arena *arena, const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count) {
  int32_t *pairs = hs_arena_alloc(arena, (a_count + 1) * sizeof *pairs);
  size_t start = 0;
  for (size_t i = 0; i < a_count; i++) pairs[i] = HS_UNPAIRED;
  for (; start < a_count && start < b_count && a[start] == b[start]; start++) pairs[start] = (int32_t)start;
  while (a_count > start && b_count > start && a[a_count - 1] == b[b_count - 1])
    a_count--, b_count--, pairs[a_count] = (int32_t)b_count;
  size_t rows = a_count - start, columns = b_count - start;
  if (!rows || !columns) return pairs;
  bool few = rows + 1 <= MOST_CELLS / (columns + 1);
  (few ? align_all : align_near)(arena, pairs + start, a + start, rows, b + start, columns, start);
  return pairs;
}
