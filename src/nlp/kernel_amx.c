#if (defined(__AMX_INT8__) || defined(__AMXINT8__)) && defined(__linux__) /* the build compiles it so on x86-64 */
#define KERNEL hs_kernel_amx
#define KERNEL_NAME "amx"
#define RUNS_HERE                                                                                                      \
  (__builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") && \
   __builtin_cpu_supports("avx512dq") && may_use_tiles())
#define MULTIPLY multiply_tiles
#include "nlp/kernel.h"

#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Linux saves a thread's tiles only for processes that ask for it. */
static bool may_use_tiles(void) {
  enum { TILES_OF_BYTES = 3 << 24, ASK = 0x1023, TILE_DATA = 18 };
  unsigned a, b, c, d;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & TILES_OF_BYTES) == TILES_OF_BYTES &&
         syscall(SYS_arch_prctl, ASK, TILE_DATA) == 0;
}

static void multiply_tiles(float *out, size_t stride, const hs_matrix *m, const hs_bytes *in, size_t rows);
#include "nlp/kernel_body.h"

/* A tile holds 16 rows of 64 bytes: of the bytes of 16 rows, of 64 inputs of 16 outputs, or of 16 by 16 sums. Four of
 * sums are made at a time: of SIDE rows and SIDE outputs. */
enum { SIDE = HS_BYTES_ROWS, TILE_ROWS = SIDE / 2, TILE_BYTES = HS_BYTES_BEHIND, TILE_SIZE = TILE_ROWS * TILE_BYTES };

static const struct {
  uint8_t palette, start, none[14];
  uint16_t bytes[16];
  uint8_t rows[16];
} tiles_of_bytes = {.palette = 1, .bytes = {64, 64, 64, 64, 64, 64, 64, 64}, .rows = {16, 16, 16, 16, 16, 16, 16, 16}};

/* The weights of the tiles of a matrix that are at work, and their last inputs by themselves, zeros up to a tile: these
 * make nothing of whatever stands behind a row. */
typedef struct panel {
  const int8_t *tile[2];
  int8_t last[2][TILE_SIZE];
} panel;

static void fill_panel(panel *p, const hs_matrix *m, size_t tile, size_t tiles) {
  size_t size = (size_t)m->inputs * HS_TILE, left = size % TILE_SIZE;
  for (size_t i = 0; i < 2; i++) {
    p->tile[i] = m->tiles + (tile + (tile + i < tiles ? i : 0)) * size;
    if (left) memcpy(p->last[i], p->tile[i] + size - left, left);
  }
}

ALWAYS void add_products(const uint8_t *rows, size_t stride, const int8_t *first, const int8_t *second) {
  _tile_loadd(4, rows, stride);
  _tile_loadd(6, first, TILE_BYTES);
  _tile_dpbusd(0, 4, 6);
  _tile_loadd(7, second, TILE_BYTES);
  _tile_dpbusd(1, 4, 7);
  _tile_loadd(5, rows + TILE_ROWS * stride, stride);
  _tile_dpbusd(2, 5, 6);
  _tile_dpbusd(3, 5, 7);
}

static void add_up(int32_t sums[SIDE][SIDE], const panel *p, const uint8_t *rows, size_t stride, size_t inputs) {
  size_t i = 0, bytes = SIDE * sizeof(int32_t);
  _tile_zero(0);
  _tile_zero(1);
  _tile_zero(2);
  _tile_zero(3);
  for (; i + TILE_BYTES <= inputs; i += TILE_BYTES)
    add_products(rows + i, stride, p->tile[0] + i * HS_TILE, p->tile[1] + i * HS_TILE);
  if (i < inputs) add_products(rows + i, stride, p->last[0], p->last[1]);
  _tile_stored(0, sums[0], bytes);
  _tile_stored(1, sums[0] + TILE_ROWS, bytes);
  _tile_stored(2, sums[TILE_ROWS], bytes);
  _tile_stored(3, sums[TILE_ROWS] + TILE_ROWS, bytes);
}

static void multiply_tiles(float *out, size_t stride, const hs_matrix *m, const hs_bytes *in, size_t rows) {
  if (rows < TILE_ROWS) {
    multiply(out, stride, m, in, rows);
    return;
  }
  size_t tiles = (m->outputs + HS_TILE - 1) / HS_TILE;
  int32_t sums[SIDE][SIDE];
  panel p = {.last = {{0}}};
  _tile_loadconfig(&tiles_of_bytes);
  for (size_t tile = 0; tile < tiles; tile += 2) {
    fill_panel(&p, m, tile, tiles);
    for (size_t first = 0; first < rows; first += SIDE) {
      add_up(sums, &p, in->data + first * in->stride, in->stride, m->inputs);
      for (size_t r = 0; r < SIDE && first + r < rows; r++)
        for (size_t c = 0, column = tile * HS_TILE; c < SIDE && column < m->outputs; c += LANES, column += LANES) {
          ints zero = *(const ints_at *)(m->sums + column) * -in->zeros[first + r];
          write_outputs(out + (first + r) * stride, m, in, first + r, column, *(const ints_at *)(sums[r] + c) + zero);
        }
    }
  }
  _tile_release();
}
#endif
