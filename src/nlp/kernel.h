/*
 * The arithmetic of the networks, compiled once for each instruction set from kernel_body.h. Every kernel gives the
 * same result to the last bit: whole numbers are exact, floats are added and multiplied in an order that is fixed (sums
 * of a row in 16 lanes, products from the first factor to the last), nothing is fused, and no function of the C library
 * but the square root, which IEEE 754 defines, is called.
 */
#ifndef HS_NLP_KERNEL_H
#define HS_NLP_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HS_MET = 4 };                               /* rows that meet adds */
enum { HS_BYTES_ROWS = 32, HS_BYTES_BEHIND = 64 }; /* what a product may read beyond its rows, see there */
enum { HS_TILE = 16 }; /* rows of floats are multiples of it, as are the rows of a matrix, padded */

/* The matrix of a linear layer, outputs × inputs, in bytes, with what is behind it. */
typedef struct hs_matrix {
  const int8_t *tiles; /* as in hs_section: [outputs / 16][inputs / 4][16][4] */
  const float *scales; /* [outputs, padded] of tiles */
  const float *bias;   /* [outputs, padded] */
  const int32_t *sums; /* [outputs, padded] of the bytes of each row */
  uint32_t inputs, outputs;
} hs_matrix;

/* Rows of floats as bytes, 0 to 255, as the kernel wants them: at most 2 * inputs bytes a row. A value is its byte less
 * the row's zero, times the row's scale. */
typedef struct hs_bytes {
  uint8_t *data;
  float *scales;
  int32_t *zeros;
  size_t stride; /* bytes a row */
} hs_bytes;

/* The least and the largest of some floats and 0. */
typedef struct hs_range {
  float low, high;
} hs_range;

typedef struct hs_kernel {
  const char *name;
  bool (*runs_here)(void);
  /* X[width] = the sum of COUNT rows, each times its scale, in this order. */
  void (*embed)(float *x, const int8_t *const *rows, const float *scales, size_t count, size_t width);
  hs_range (*range)(const float *x, size_t count);
  /* Row AT of OUT from PART_COUNT parts of WIDTH floats, one behind the other; NULL for zeros. RANGE: theirs. */
  void (*quantise)(hs_bytes *out, size_t at, const float *const *parts, size_t part_count, size_t width,
                   hs_range range);
  /* OUT[r * stride] [outputs] = M × row r of IN + bias. What stands in IN behind the rows up to a multiple of
   * HS_BYTES_ROWS, and HS_BYTES_BEHIND more bytes, may be read and counts for nothing. */
  void (*multiply)(float *out, size_t stride, const hs_matrix *m, const hs_bytes *in, size_t rows);
  /* OUT [rows][columns] = A [rows][inner] × B [inner][columns]; COLUMNS a multiple of HS_TILE. */
  void (*product)(float *out, size_t out_stride, const float *a, size_t a_stride, const float *b, size_t b_stride,
                  size_t rows, size_t inner, size_t columns);
  /* ROW[count] + BIAS[count] (may be NULL) to shares of 1; zeros behind it up to a multiple of HS_TILE, up to where
   * both can be read. */
  void (*softmax)(float *row, const float *bias, size_t count);
  /* Each row to mean 0 and variance 1, times GAIN, plus BIAS. */
  void (*norm)(float *x, const float *gain, const float *bias, float epsilon, size_t rows, size_t width);
  /* X[count], COUNT a multiple of HS_TILE; as of those that follow. */
  void (*add)(float *x, const float *y, size_t count);
  /* OUT = what is above 0 of A + B * C and of all that is ADDED to it, in this order. */
  void (*meet)(float *out, const float *a, const float *b, const float *c, const float *const added[HS_MET],
               size_t count);
  void (*relu)(float *x, float slope, size_t count); /* negative ones times SLOPE, which is below 1 */
  void (*gelu)(float *x, size_t count);
} hs_kernel;

/* All that were compiled, NULL behind the last, the quickest first; the last one runs everywhere. */
extern const hs_kernel *const hs_kernels[];
/* The quickest one that this machine runs. */
const hs_kernel *hs_kernel_best(void);

#endif
