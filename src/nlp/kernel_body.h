/* The body of a kernel. Each kernel_*.c includes it once, compiled for its instruction set, with KERNEL, KERNEL_NAME
 * and RUNS_HERE defined. */
#include "nlp/kernel.h"

#include <math.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/* LANES numbers fit a register. DOT_BYTES: there is an instruction that adds up four products of bytes a lane. The
 * blocks of a product are as large as the registers hold. */
#if defined(__AVX512VNNI__)
enum { LANES = 16, DOT_BYTES = 1, BLOCK_ROWS = 6, BLOCK_TILES = 4, PRODUCT_ROWS = 8 };
#elif defined(__AVXVNNI__)
enum { LANES = 8, DOT_BYTES = 1, BLOCK_ROWS = 6, BLOCK_TILES = 1, PRODUCT_ROWS = 4 };
#elif defined(__AVX2__)
enum { LANES = 8, DOT_BYTES = 0, BLOCK_ROWS = 4, BLOCK_TILES = 1, PRODUCT_ROWS = 4 };
#else
enum { LANES = 4, DOT_BYTES = 0, BLOCK_ROWS = 2, BLOCK_TILES = 1, PRODUCT_ROWS = 2 };
#endif
enum { PARTS = HS_TILE / LANES }; /* registers that hold the 16 lanes of a row's sum */

#define VECTOR(type) __attribute__((vector_size(LANES * sizeof(type))))
#define ANYWHERE(type) __attribute__((vector_size(LANES * sizeof(type)), aligned(sizeof(type)), may_alias))
#define ALWAYS static inline __attribute__((always_inline))

typedef float floats VECTOR(float);
typedef int32_t ints VECTOR(int32_t);
typedef uint32_t bits VECTOR(uint32_t);
typedef float floats_at ANYWHERE(float);
typedef int32_t ints_at ANYWHERE(int32_t);
typedef int8_t bytes_at ANYWHERE(int8_t);

ALWAYS floats load(const float *p) { return *(const floats_at *)p; }
ALWAYS void store(float *p, floats v) { *(floats_at *)p = v; }
ALWAYS floats all(float x) { return x - (floats){0}; }
ALWAYS floats pick(ints mask, floats yes, floats no) { return (floats)(((ints)yes & mask) | ((ints)no & ~mask)); }
ALWAYS floats larger(floats a, floats b) { return pick(a > b, a, b); }
ALWAYS floats smaller(floats a, floats b) { return pick(a < b, a, b); }

/* Added and taken off again, it rounds to a whole number, half to even; the sum's low bits are that number. */
static const float ROUNDER = 12582912.0f;

/* The sum of 16 lanes as a tree: i with i + 8, then with i + 4, i + 2, i + 1. */
ALWAYS float sum_of_lanes(const floats v[PARTS]) {
  float t[HS_TILE];
  for (int i = 0; i < PARTS; i++) store(t + i * LANES, v[i]);
  for (int half = HS_TILE / 2; half; half /= 2)
    for (int i = 0; i < half; i++) t[i] += t[i + half];
  return t[0];
}

ALWAYS float largest_of_lanes(floats v) {
  float most = v[0];
  for (int i = 1; i < LANES; i++) most = v[i] > most ? v[i] : most;
  return most;
}

static void embed(float *x, const int8_t *row, float scale, size_t width) {
  for (size_t i = 0; i < width; i += LANES) {
    floats v = __builtin_convertvector(*(const bytes_at *)(row + i), floats);
    store(x + i, load(x + i) + v * scale);
  }
}

static void add(float *x, const float *y, size_t count) {
  for (size_t i = 0; i < count; i += LANES) store(x + i, load(x + i) + load(y + i));
}

static void relu(float *x, float slope, size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    floats v = load(x + i);
    store(x + i, pick(v > 0, v, v * slope));
  }
}

/* Half of erf(x / √2) over x is a polynomial of x² up to 5.2, where it is 0.5 / x to seven digits: fitted by least
 * squares in Chebyshev's nodes; x's share is then good to 2e-6. */
static void gelu(float *x, size_t count) {
  static const float factors[] = {0.0008164586f, -0.0024631636f, 0.0029513545f, -0.0035985925f, 0.0074768467f,
                                  -0.01302739f,  0.018416122f,   -0.024619982f, 0.031903066f,   -0.039937608f,
                                  0.050030343f,  -0.06774354f,   0.13594992f};
  enum { COUNT = sizeof factors / sizeof *factors };
  for (size_t i = 0; i < count; i += LANES) {
    floats v = load(x + i), z = larger(smaller(v, all(5.2f)), all(-5.2f));
    floats u = z * z * 0.0739645f - 1.0f, p = all(factors[0]);
#pragma GCC unroll 16
    for (int k = 1; k < COUNT; k++) p = p * u + factors[k];
    floats share = larger(smaller(z * p + 0.5f, all(1.0f)), all(0.0f));
    store(x + i, v * share);
  }
}

/* e to the power of X, which is not above 0; 0 below -87. */
ALWAYS floats exponential(floats x) {
  floats low = larger(x, all(-87.0f)), n = low * 1.44269504f + ROUNDER;
  bits power = (bits)n << 23;
  n -= ROUNDER;
  floats r = low - n * 0.693359375f + n * 2.12194440e-4f; /* the logarithm of 2 in two parts */
  floats p = r * 0.0013829421f + 0.008374771f;
  p = p * r + 0.04166836f;
  p = p * r + 0.16666421f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  return (floats)((ints)((bits)p + power) & (x > -87.0f));
}

static void softmax(float *row, const float *bias, size_t count) {
  size_t padded = (count + HS_TILE - 1) / HS_TILE * HS_TILE;
  if (bias)
    for (size_t i = 0; i < count; i++) row[i] += bias[i];
  for (size_t i = count; i < padded; i++) row[i] = -1e30f;
  floats most = load(row), sums[PARTS] = {{0}};
  for (size_t i = LANES; i < padded; i += LANES) most = larger(load(row + i), most);
  float top = largest_of_lanes(most);
  for (size_t i = 0; i < padded; i += HS_TILE)
    for (size_t k = 0; k < PARTS; k++) {
      floats e = exponential(load(row + i + k * LANES) - top);
      store(row + i + k * LANES, e);
      sums[k] += e;
    }
  float share = 1.0f / sum_of_lanes(sums);
  for (size_t i = 0; i < padded; i += LANES) store(row + i, load(row + i) * share);
}

static void norm_row(float *x, const float *gain, const float *bias, float epsilon, size_t width) {
  floats sums[PARTS] = {{0}}, squares[PARTS] = {{0}};
  for (size_t i = 0; i < width; i += HS_TILE)
    for (size_t k = 0; k < PARTS; k++) sums[k] += load(x + i + k * LANES);
  float mean = sum_of_lanes(sums) / (float)width;
  for (size_t i = 0; i < width; i += HS_TILE)
    for (size_t k = 0; k < PARTS; k++) {
      floats d = load(x + i + k * LANES) - mean;
      squares[k] += d * d;
    }
  float share = 1.0f / sqrtf(sum_of_lanes(squares) / (float)width + epsilon);
  for (size_t i = 0; i < width; i += LANES)
    store(x + i, (load(x + i) - mean) * share * load(gain + i) + load(bias + i));
}

static void norm(float *x, const float *gain, const float *bias, float epsilon, size_t rows, size_t width) {
  for (size_t r = 0; r < rows; r++) norm_row(x + r * width, gain, bias, epsilon, width);
}

/* ---- products of bytes */

/* Four bytes of a row of activations, against LANES rows of weights. With DOT_BYTES the activations stand as bytes with
 * 128 added, else as 16-bit numbers in the order 0 2 1 3, against the even and the odd bytes of the weights. */
static void write_bytes(uint8_t *out, ints q) {
  if (DOT_BYTES) {
    *(bytes_at *)(void *)out = __builtin_convertvector(q + 128, bytes_at);
    return;
  }
  int16_t *pairs = (int16_t *)(void *)out;
  for (int i = 0; i < LANES; i += 4) {
    pairs[i] = (int16_t)q[i], pairs[i + 1] = (int16_t)q[i + 2];
    pairs[i + 2] = (int16_t)q[i + 1], pairs[i + 3] = (int16_t)q[i + 3];
  }
}

static void quantise(hs_bytes *out, size_t at, const float *const *parts, size_t part_count, size_t width) {
  floats most = {0};
  for (size_t part = 0; part < part_count; part++)
    for (size_t i = 0; parts[part] && i < width; i += LANES) {
      floats v = load(parts[part] + i);
      most = larger(larger(v, -v), most);
    }
  float top = largest_of_lanes(most);
  float inverse = top > 1e-30f ? 127.0f / top : 0.0f;
  uint8_t *row = out->data + at * out->stride;
  for (size_t part = 0; part < part_count; part++)
    for (size_t i = 0; i < width; i += LANES) {
      floats v = parts[part] ? load(parts[part] + i) * inverse : all(0.0f);
      write_bytes(row, (ints)(v + ROUNDER) - 0x4B400000);
      row += DOT_BYTES ? LANES : 2 * LANES;
    }
  out->scales[at] = top > 1e-30f ? top / 127.0f : 0.0f;
}

#if defined(__AVX512VNNI__) || defined(__AVXVNNI__)
typedef ints weights;
ALWAYS weights prepare(ints w) { return w; }
ALWAYS ints dot(ints sum, const uint8_t *row, size_t group, weights w) {
  int32_t four;
  memcpy(&four, row + group * 4, sizeof four);
#if defined(__AVX512VNNI__)
  return (ints)_mm512_dpbusd_epi32((__m512i)sum, _mm512_set1_epi32(four), (__m512i)w);
#else
  return (ints)_mm256_dpbusd_avx_epi32((__m256i)sum, _mm256_set1_epi32(four), (__m256i)w);
#endif
}
#else
typedef int16_t shorts __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef struct weights {
  shorts even, odd;
} weights;
ALWAYS weights prepare(ints w) { return (weights){((shorts)w << 8) >> 8, (shorts)w >> 8}; }

/* Of each lane, the sum of its two products. */
ALWAYS ints pairs(shorts a, shorts b) {
#if defined(__AVX2__)
  return (ints)_mm256_madd_epi16((__m256i)a, (__m256i)b);
#elif defined(__SSE2__)
  return (ints)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
  return (((ints)a << 16) >> 16) * (((ints)b << 16) >> 16) + ((ints)a >> 16) * ((ints)b >> 16);
#endif
}

ALWAYS ints dot(ints sum, const uint8_t *row, size_t group, weights w) {
  int32_t two[2];
  memcpy(two, row + group * 8, sizeof two);
  return sum + pairs((shorts)((ints){0} + two[0]), w.even) + pairs((shorts)((ints){0} + two[1]), w.odd);
}
#endif

ALWAYS ints first_sum(const int32_t *start) {
  ints sum = {0};
  if (DOT_BYTES) sum = *(const ints_at *)start;
  return sum;
}

/* Writes COUNT of the lanes of V. */
ALWAYS void store_some(float *p, floats v, size_t count) {
  if (count >= LANES) store(p, v);
  else memcpy(p, &v, count * sizeof(float));
}

/* The outputs of TILES tiles, from TILE on, for rows [first, first + BLOCK_ROWS), of which those from ROWS on are
 * the last one again. */
ALWAYS void multiply_block(float *out, size_t stride, const hs_matrix *m, const hs_bytes *in, size_t first, size_t rows,
                           size_t tile, size_t tiles) {
  enum { MOST = BLOCK_TILES * PARTS };
  size_t groups = m->inputs / 4, tile_bytes = groups * HS_TILE * 4;
  const uint8_t *row[BLOCK_ROWS];
  ints sums[BLOCK_ROWS][MOST];
  const size_t columns = tiles * PARTS;
#pragma GCC unroll 8
  for (size_t r = 0; r < BLOCK_ROWS; r++) {
    size_t at = first + r < rows ? first + r : rows - 1;
    row[r] = in->data + at * in->stride;
#pragma GCC unroll 8
    for (size_t c = 0; c < columns; c++) sums[r][c] = first_sum(m->start + tile * HS_TILE + c * LANES);
  }
  const int8_t *from = m->tiles + tile * tile_bytes;
  for (size_t g = 0; g < groups; g++) {
    weights w[MOST];
#pragma GCC unroll 8
    for (size_t c = 0; c < columns; c++)
      w[c] = prepare(*(const ints_at *)(const void *)(from + (c / PARTS) * tile_bytes + g * HS_TILE * 4 +
                                                      (c % PARTS) * LANES * 4));
#pragma GCC unroll 8
    for (size_t r = 0; r < BLOCK_ROWS; r++)
#pragma GCC unroll 8
      for (size_t c = 0; c < columns; c++) sums[r][c] = dot(sums[r][c], row[r], g, w[c]);
  }
#pragma GCC unroll 8
  for (size_t r = 0; r < BLOCK_ROWS; r++) {
    size_t at = first + r < rows ? first + r : rows - 1;
#pragma GCC unroll 8
    for (size_t c = 0; c < columns; c++) {
      size_t column = tile * HS_TILE + c * LANES;
      if (column >= m->outputs) break;
      floats scale = load(m->scales + column) * in->scales[at];
      floats v = __builtin_convertvector(sums[r][c], floats) * scale + load(m->bias + column);
      store_some(out + at * stride + column, v, m->outputs - column);
    }
  }
}

static void multiply(float *out, size_t stride, const hs_matrix *m, const hs_bytes *in, size_t rows) {
  size_t tiles = (m->outputs + HS_TILE - 1) / HS_TILE, tile = 0;
  for (; tile + BLOCK_TILES <= tiles; tile += BLOCK_TILES)
    for (size_t r = 0; r < rows; r += BLOCK_ROWS) multiply_block(out, stride, m, in, r, rows, tile, BLOCK_TILES);
  for (; tile < tiles; tile++)
    for (size_t r = 0; r < rows; r += BLOCK_ROWS) multiply_block(out, stride, m, in, r, rows, tile, 1);
}

/* ---- products of floats */

ALWAYS void product_block(float *out, size_t out_stride, const float *a, size_t a_stride, const float *b,
                          size_t b_stride, size_t inner, size_t rows) {
  floats sums[PRODUCT_ROWS][PARTS] = {{{0}}};
  for (size_t k = 0; k < inner; k++) {
#pragma GCC unroll 8
    for (size_t c = 0; c < PARTS; c++) {
      floats v = load(b + k * b_stride + c * LANES);
#pragma GCC unroll 8
      for (size_t r = 0; r < rows; r++) sums[r][c] += v * a[r * a_stride + k];
    }
  }
#pragma GCC unroll 8
  for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 8
    for (size_t c = 0; c < PARTS; c++) store(out + r * out_stride + c * LANES, sums[r][c]);
}

static void product(float *out, size_t out_stride, const float *a, size_t a_stride, const float *b, size_t b_stride,
                    size_t rows, size_t inner, size_t columns) {
  for (size_t c = 0; c < columns; c += HS_TILE) {
    size_t r = 0;
    for (; r + PRODUCT_ROWS <= rows; r += PRODUCT_ROWS)
      product_block(out + r * out_stride + c, out_stride, a + r * a_stride, a_stride, b + c, b_stride, inner,
                    PRODUCT_ROWS);
    for (; r < rows; r++)
      product_block(out + r * out_stride + c, out_stride, a + r * a_stride, a_stride, b + c, b_stride, inner, 1);
  }
}

static bool runs_here(void) { return RUNS_HERE; }

extern const hs_kernel KERNEL;
const hs_kernel KERNEL = {.name = KERNEL_NAME,
                          .runs_here = runs_here,
                          .embed = embed,
                          .quantise = quantise,
                          .multiply = multiply,
                          .product = product,
                          .softmax = softmax,
                          .norm = norm,
                          .add = add,
                          .relu = relu,
                          .gelu = gelu};
