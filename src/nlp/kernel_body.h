/* The body of a kernel. Each kernel_*.c includes it once, compiled for its instruction set, with KERNEL, KERNEL_NAME
 * and RUNS_HERE defined, and MULTIPLY where it has a product of bytes of its own. */
#include "nlp/kernel.h"

#include <math.h>
#include <string.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

/* LANES numbers fit a register. DOT_BYTES: there is an instruction that adds up four products of bytes a lane. The
 * blocks of a product are as large as the registers hold. */
#if defined(__AVX512VNNI__)
#define LANES 16
enum { DOT_BYTES = 1, BLOCK_ROWS = 6, BLOCK_TILES = 4, PRODUCT_ROWS = 8 };
#elif defined(__AVXVNNI__)
#define LANES 8
enum { DOT_BYTES = 1, BLOCK_ROWS = 6, BLOCK_TILES = 1, PRODUCT_ROWS = 4 };
#elif defined(__AVX2__)
#define LANES 8
enum { DOT_BYTES = 0, BLOCK_ROWS = 4, BLOCK_TILES = 1, PRODUCT_ROWS = 4 };
#else
#define LANES 4
enum { DOT_BYTES = 0, BLOCK_ROWS = 2, BLOCK_TILES = 1, PRODUCT_ROWS = 2 };
#endif
enum { PARTS = HS_TILE / LANES }; /* registers that hold the 16 lanes of a row's sum */

#define VECTOR(type) __attribute__((vector_size(LANES * sizeof(type))))
#define ANYWHERE(type) __attribute__((vector_size(LANES * sizeof(type)), aligned(sizeof(type)), may_alias))
#define ALWAYS static inline __attribute__((always_inline))

typedef float floats VECTOR(float);
typedef int32_t ints VECTOR(int32_t);
typedef uint32_t bits VECTOR(uint32_t);
typedef int16_t shorts __attribute__((vector_size(LANES * sizeof(int32_t))));
typedef float floats_at ANYWHERE(float);
typedef int32_t ints_at ANYWHERE(int32_t);

ALWAYS floats load(const float *p) { return *(const floats_at *)p; }
ALWAYS void store(float *p, floats v) { *(floats_at *)p = v; }
ALWAYS floats all(float x) { return x - (floats){0}; }

/* Added and taken off again, it rounds to a whole number, half to even; the sum's low bits are that number. */
static const float ROUNDER = 12582912.0f;
enum { ROUNDER_BITS = 0x4B400000 };

/* ---- what compilers make no good code of by themselves
 *
 * larger, smaller: a > b ? a : b and a < b ? a : b. widen: LANES bytes as numbers. write_bytes: whole
 * numbers with ROUNDER added, 0 to 255, as the factors of dot: with DOT_BYTES bytes, else 16-bit numbers, of each
 * four in the order 0 2 1 3. */
#if LANES == 16
ALWAYS floats larger(floats a, floats b) { return (floats)_mm512_max_ps((__m512)a, (__m512)b); }
ALWAYS floats smaller(floats a, floats b) { return (floats)_mm512_min_ps((__m512)a, (__m512)b); }
ALWAYS ints widen(const int8_t *p) { return (ints)_mm512_cvtepi8_epi32(_mm_loadu_si128((const void *)p)); }
ALWAYS void write_bytes(uint8_t *out, floats v) { _mm_storeu_si128((void *)out, _mm512_cvtepi32_epi8((__m512i)v)); }
#elif LANES == 8
ALWAYS floats larger(floats a, floats b) { return (floats)_mm256_max_ps((__m256)a, (__m256)b); }
ALWAYS floats smaller(floats a, floats b) { return (floats)_mm256_min_ps((__m256)a, (__m256)b); }
ALWAYS ints widen(const int8_t *p) { return (ints)_mm256_cvtepi8_epi32(_mm_loadl_epi64((const void *)p)); }
ALWAYS void write_bytes(uint8_t *out, floats x) {
  ints q = (ints)x - ROUNDER_BITS;
  if (DOT_BYTES) {
    __m256i v = (__m256i)q, eight = _mm256_packus_epi16(_mm256_packs_epi32(v, v), v);
    v = _mm256_permutevar8x32_epi32(eight, _mm256_setr_epi32(0, 4, 0, 0, 0, 0, 0, 0));
    _mm_storel_epi64((void *)out, _mm256_castsi256_si128(v));
  } else {
    __m256i v = _mm256_shuffle_epi32((__m256i)q, 0xD8);
    v = _mm256_permute4x64_epi64(_mm256_packs_epi32(v, v), 0x08);
    _mm_storeu_si128((void *)out, _mm256_castsi256_si128(v));
  }
}
#elif defined(__SSE2__)
ALWAYS floats larger(floats a, floats b) { return (floats)_mm_max_ps((__m128)a, (__m128)b); }
ALWAYS floats smaller(floats a, floats b) { return (floats)_mm_min_ps((__m128)a, (__m128)b); }
ALWAYS ints widen(const int8_t *p) {
  __m128i v = _mm_cvtsi32_si128(*(const int *)(const void *)p);
  v = _mm_unpacklo_epi8(v, v);
  return (ints)_mm_srai_epi32(_mm_unpacklo_epi16(v, v), 24);
}
ALWAYS void write_bytes(uint8_t *out, floats x) {
  __m128i v = _mm_shuffle_epi32((__m128i)((ints)x - ROUNDER_BITS), 0xD8);
  _mm_storel_epi64((void *)out, _mm_packs_epi32(v, v));
}
#else
ALWAYS floats pick(ints mask, floats yes, floats no) { return (floats)(((ints)yes & mask) | ((ints)no & ~mask)); }
ALWAYS floats larger(floats a, floats b) { return pick(a > b, a, b); }
ALWAYS floats smaller(floats a, floats b) { return pick(a < b, a, b); }
ALWAYS ints widen(const int8_t *p) { return (ints){p[0], p[1], p[2], p[3]}; }
ALWAYS void write_bytes(uint8_t *out, floats x) {
  ints q = (ints)x - ROUNDER_BITS;
  int16_t four[] = {(int16_t)q[0], (int16_t)q[2], (int16_t)q[1], (int16_t)q[3]};
  memcpy(out, four, sizeof four);
}
#endif

/* Sums of the products of four bytes a lane, of a row from write_bytes and of LANES rows of a matrix. */
#if defined(__AVX512VNNI__) || defined(__AVXVNNI__)
typedef ints weights;
ALWAYS weights prepare(ints w) { return w; }
ALWAYS ints dot(ints sum, const uint8_t *row, size_t group, weights w) {
  int32_t four;
  memcpy(&four, row + group * 4, sizeof four);
#if LANES == 16
  return (ints)_mm512_dpbusd_epi32((__m512i)sum, _mm512_set1_epi32(four), (__m512i)w);
#else
  return (ints)_mm256_dpbusd_avx_epi32((__m256i)sum, _mm256_set1_epi32(four), (__m256i)w);
#endif
}
#else
typedef struct weights {
  shorts even, odd;
} weights;
ALWAYS weights prepare(ints w) { return (weights){((shorts)w << 8) >> 8, (shorts)w >> 8}; }

/* Of each lane, the sum of its two products. */
ALWAYS ints pairs(shorts a, shorts b) {
#if LANES == 8
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

/* V with lane i + BY at i. */
#if LANES == 16
#define TURNED(v, by)                                                                                                  \
  __builtin_shufflevector(v, v, (0 + by) % 16, (1 + by) % 16, (2 + by) % 16, (3 + by) % 16, (4 + by) % 16,             \
                          (5 + by) % 16, (6 + by) % 16, (7 + by) % 16, (8 + by) % 16, (9 + by) % 16, (10 + by) % 16,   \
                          (11 + by) % 16, (12 + by) % 16, (13 + by) % 16, (14 + by) % 16, (15 + by) % 16)
#elif LANES == 8
#define TURNED(v, by)                                                                                                  \
  __builtin_shufflevector(v, v, (0 + by) % 8, (1 + by) % 8, (2 + by) % 8, (3 + by) % 8, (4 + by) % 8, (5 + by) % 8,    \
                          (6 + by) % 8, (7 + by) % 8)
#else
#define TURNED(v, by) __builtin_shufflevector(v, v, (0 + by) % 4, (1 + by) % 4, (2 + by) % 4, (3 + by) % 4)
#endif

/* The sum of 16 lanes as a tree: i with i + 8, then with i + 4, i + 2, i + 1. */
ALWAYS float sum_of_lanes(const floats v[PARTS]) {
#if LANES == 16
  floats t = v[0] + TURNED(v[0], 8);
  t += TURNED(t, 4);
#elif LANES == 8
  floats t = v[0] + v[1];
  t += TURNED(t, 4);
#else
  floats t = (v[0] + v[2]) + (v[1] + v[3]);
#endif
  t += TURNED(t, 2);
  return t[0] + t[1];
}

ALWAYS float largest_of_lanes(floats v) {
#if LANES == 16
  v = larger(v, TURNED(v, 8));
#endif
#if LANES >= 8
  v = larger(v, TURNED(v, 4));
#endif
  v = larger(v, TURNED(v, 2));
  v = larger(v, TURNED(v, 1));
  return v[0];
}

/* ---- rows of floats */

static void embed(float *x, const int8_t *const *rows, const float *scales, size_t count, size_t width) {
  for (size_t i = 0; i < width; i += LANES) {
    floats sum = {0};
    for (size_t k = 0; k < count; k++) sum += __builtin_convertvector(widen(rows[k] + i), floats) * scales[k];
    store(x + i, sum);
  }
}

static void add(float *x, const float *y, size_t count) {
  for (size_t i = 0; i < count; i += LANES) store(x + i, load(x + i) + load(y + i));
}

static void meet(float *out, const float *a, const float *b, const float *c, const float *const added[HS_MET],
                 size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    floats v = load(a + i) + load(b + i) * load(c + i);
    for (int k = 0; k < HS_MET; k++) v += load(added[k] + i);
    store(out + i, larger(v, all(0.0f)));
  }
}

static void relu(float *x, float slope, size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    floats v = load(x + i);
    store(x + i, larger(v, v * slope));
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

/* V with what stands at COUNT and behind set to what no share is left of. */
ALWAYS floats cut_behind(floats v, size_t count) {
  static const int32_t numbers[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  ints behind = *(const ints_at *)numbers >= (int32_t)count;
  return (floats)(((ints)v & ~behind) | ((ints)all(-1e30f) & behind));
}

static void softmax(float *row, const float *bias, size_t count) {
  size_t padded = (count + HS_TILE - 1) / HS_TILE * HS_TILE;
  floats most = all(-1e30f), sums[PARTS] = {{0}};
  for (size_t i = 0; i < padded; i += LANES) {
    floats v = bias ? load(row + i) + load(bias + i) : load(row + i);
    if (i + LANES > count) v = cut_behind(v, i < count ? count - i : 0);
    store(row + i, v);
    most = larger(v, most);
  }
  float top = largest_of_lanes(most);
  for (size_t i = 0; i < padded; i += HS_TILE)
#pragma GCC unroll 4
    for (size_t k = 0; k < PARTS; k++) {
      floats e = exponential(load(row + i + k * LANES) - top);
      store(row + i + k * LANES, e);
      sums[k] += e;
    }
  float share = 1.0f / sum_of_lanes(sums);
  for (size_t i = 0; i < padded; i += LANES) store(row + i, load(row + i) * share);
}

/* Some rows side by side: what one waits for, the next one can use. */
enum { NORM_ROWS = 4 };

ALWAYS void norm_rows(float *x, const float *gain, const float *bias, float epsilon, size_t rows, size_t width) {
  floats sums[NORM_ROWS][PARTS] = {{{0}}}, squares[NORM_ROWS][PARTS] = {{{0}}};
  float mean[NORM_ROWS], share[NORM_ROWS];
  for (size_t i = 0; i < width; i += HS_TILE) {
#pragma GCC unroll 4
    for (size_t r = 0; r < rows; r++)
      for (size_t k = 0; k < PARTS; k++) sums[r][k] += load(x + r * width + i + k * LANES);
  }
#pragma GCC unroll 4
  for (size_t r = 0; r < rows; r++) mean[r] = sum_of_lanes(sums[r]) / (float)width;
  for (size_t i = 0; i < width; i += HS_TILE) {
#pragma GCC unroll 4
    for (size_t r = 0; r < rows; r++)
      for (size_t k = 0; k < PARTS; k++) {
        floats d = load(x + r * width + i + k * LANES) - mean[r];
        squares[r][k] += d * d;
      }
  }
#pragma GCC unroll 4
  for (size_t r = 0; r < rows; r++) share[r] = 1.0f / sqrtf(sum_of_lanes(squares[r]) / (float)width + epsilon);
  for (size_t i = 0; i < width; i += LANES) {
#pragma GCC unroll 4
    for (size_t r = 0; r < rows; r++) {
      float *at = x + r * width + i;
      store(at, (load(at) - mean[r]) * share[r] * load(gain + i) + load(bias + i));
    }
  }
}

static void norm(float *x, const float *gain, const float *bias, float epsilon, size_t rows, size_t width) {
  size_t r = 0;
  for (; r + NORM_ROWS <= rows; r += NORM_ROWS) norm_rows(x + r * width, gain, bias, epsilon, NORM_ROWS, width);
  for (; r < rows; r++) norm_rows(x + r * width, gain, bias, epsilon, 1, width);
}

/* ---- products of bytes */

static hs_range range(const float *x, size_t count) {
  floats low = {0}, high = {0};
  for (size_t i = 0; i < count; i += LANES) {
    low = smaller(load(x + i), low);
    high = larger(load(x + i), high);
  }
  return (hs_range){-largest_of_lanes(-low), largest_of_lanes(high)};
}

/* The span of a row falls to 254 steps: with both ends rounded there are 255 at most. */
static void quantise(hs_bytes *out, size_t at, const float *const *parts, size_t part_count, size_t width,
                     hs_range range) {
  float span = range.high - range.low, inverse = span > 1e-30f ? 254.0f / span : 0.0f;
  float zero = ROUNDER - range.low * inverse;
  uint8_t *row = out->data + at * out->stride;
  for (size_t part = 0; part < part_count; part++)
    for (size_t i = 0; i < width; i += LANES) {
      write_bytes(row, parts[part] ? load(parts[part] + i) * inverse + zero : all(zero));
      row += DOT_BYTES ? LANES : 2 * LANES;
    }
  int32_t zero_bits;
  memcpy(&zero_bits, &zero, sizeof zero_bits);
  out->zeros[at] = (int32_t)((uint32_t)zero_bits - ROUNDER_BITS) & UINT8_MAX;
  out->scales[at] = span > 1e-30f ? span / 254.0f : 0.0f;
}

/* Writes COUNT of the lanes of V. */
ALWAYS void store_some(float *p, floats v, size_t count) {
  if (count >= LANES) store(p, v);
  else memcpy(p, &v, count * sizeof(float));
}

/* The outputs of row AT from COLUMN on, from their SUMS. */
ALWAYS void write_outputs(float *out, const hs_matrix *m, const hs_bytes *in, size_t at, size_t column, ints sums) {
  floats scale = load(m->scales + column) * in->scales[at];
  floats v = __builtin_convertvector(sums, floats) * scale + load(m->bias + column);
  store_some(out + column, v, m->outputs - column);
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
    for (size_t c = 0; c < columns; c++)
      sums[r][c] = *(const ints_at *)(m->sums + tile * HS_TILE + c * LANES) * -in->zeros[at];
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
      write_outputs(out + at * stride, m, in, at, column, sums[r][c]);
    }
  }
}

static void multiply(float *out, size_t stride, const hs_matrix *m, const hs_bytes *in, size_t rows) {
  size_t tiles = (m->outputs + HS_TILE - 1) / HS_TILE, tile = 0;
  for (; tile + BLOCK_TILES <= tiles; tile += BLOCK_TILES)
    for (size_t r = 0; r < rows; r += BLOCK_ROWS) multiply_block(out, stride, m, in, r, rows, tile, BLOCK_TILES);
  const size_t left = BLOCK_TILES > 1 ? tiles - tile : 0;
  for (size_t r = 0; left && r < rows; r += BLOCK_ROWS)
    if (left == 1) multiply_block(out, stride, m, in, r, rows, tile, 1);
    else if (left == 2) multiply_block(out, stride, m, in, r, rows, tile, 2);
    else multiply_block(out, stride, m, in, r, rows, tile, 3);
}

/* ---- products of floats */

/* Rows [first, first + PRODUCT_ROWS), of which those from ROWS on are the last one again. */
ALWAYS void product_block(float *out, size_t out_stride, const float *a, size_t a_stride, const float *b,
                          size_t b_stride, size_t first, size_t rows, size_t inner) {
  floats sums[PRODUCT_ROWS][PARTS] = {{{0}}};
  const float *row[PRODUCT_ROWS];
#pragma GCC unroll 8
  for (size_t r = 0; r < PRODUCT_ROWS; r++) row[r] = a + (first + r < rows ? first + r : rows - 1) * a_stride;
  for (size_t k = 0; k < inner; k++) {
#pragma GCC unroll 8
    for (size_t c = 0; c < PARTS; c++) {
      floats v = load(b + k * b_stride + c * LANES);
#pragma GCC unroll 8
      for (size_t r = 0; r < PRODUCT_ROWS; r++) sums[r][c] += v * row[r][k];
    }
  }
#pragma GCC unroll 8
  for (size_t r = 0; r < PRODUCT_ROWS; r++)
#pragma GCC unroll 8
    for (size_t c = 0; c < PARTS; c++)
      if (first + r < rows) store(out + (first + r) * out_stride + c * LANES, sums[r][c]);
}

static void product(float *out, size_t out_stride, const float *a, size_t a_stride, const float *b, size_t b_stride,
                    size_t rows, size_t inner, size_t columns) {
  for (size_t c = 0; c < columns; c += HS_TILE)
    for (size_t r = 0; r < rows; r += PRODUCT_ROWS)
      product_block(out + c, out_stride, a, a_stride, b + c, b_stride, r, rows, inner);
}

static bool runs_here(void) { return RUNS_HERE; }

#if !defined(MULTIPLY)
#define MULTIPLY multiply
#endif

extern const hs_kernel KERNEL;
const hs_kernel KERNEL = {.name = KERNEL_NAME,
                          .runs_here = runs_here,
                          .embed = embed,
                          .range = range,
                          .quantise = quantise,
                          .multiply = MULTIPLY,
                          .product = product,
                          .softmax = softmax,
                          .norm = norm,
                          .add = add,
                          .meet = meet,
                          .relu = relu,
                          .gelu = gelu};
