/* A model file, memory-mapped: named texts and tensors of a trained model. docs/models.md has the layout. */
#ifndef HS_NLP_WEIGHTS_H
#define HS_NLP_WEIGHTS_H

#include "base/str.h"
#include "hearsay.h"

/* X(C name, number in the file, name) */
#define HS_SECTION_KINDS(X)                                                                                            \
  X(TEXT, 1, "text")                                                                                                   \
  X(FLOATS, 2, "f32")                                                                                                  \
  X(TABLE, 3, "i8 rows")                                                                                               \
  X(TILES, 4, "i8 tiles")

typedef enum hs_section_kind {
#define X(name, number, word) HS_SECTION_##name = number,
  HS_SECTION_KINDS(X)
#undef X
} hs_section_kind;

/* A text or tensor of the file: what the file's table says of it, checked, and where it is. All borrowed. */
typedef struct hs_section {
  char name[32]; /* ends in NUL, not empty, no two alike */
  hs_section_kind kind;
  uint32_t rows, columns; /* of a text both 0 */
  size_t size;            /* bytes in the file */
  union {
    const char *text;    /* UTF-8, no NUL within or behind */
    const float *floats; /* [rows][columns] */
    const int8_t *bytes; /* of a table [rows][columns], of tiles [rows / 16, up][columns / 4][16][4], columns % 4 = 0 */
  };
  const float *scales; /* [rows] of tables and tiles: a value is its byte times its row's scale */
} hs_section;

/* Read-only once open, shared by threads. */
typedef struct hs_weights hs_weights;

/* Maps the file at PATH and checks all of it: magic, version, sizes, checksum. Errors: HS_ERROR_MODEL, naming PATH. */
int hs_weights_open(hs_weights **out, const char *path, hs_error *error);
/* The same of SIZE bytes at DATA, aligned to 64 and borrowed; errors name PATH. */
int hs_weights_of(hs_weights **out, const void *data, size_t size, const char *path, hs_error *error);
void hs_weights_free(hs_weights *weights);

/* All entries, in the file's order. */
const hs_section *hs_weights_sections(const hs_weights *weights, size_t *count);
/* The entry NAME of KIND; NULL if there is none, or one of another kind. */
const hs_section *hs_weights_find(const hs_weights *weights, const char *name, hs_section_kind kind);
/* The text NAME ("about", "network", "lemmas", "labels.upos" …), borrowed; data NULL if there is none. */
hs_str hs_weights_text(const hs_weights *weights, const char *name);
/* Checksum of the file: two models are the same if these are. */
uint64_t hs_weights_checksum(const hs_weights *weights);
/* "text", "f32", "i8 rows" or "i8 tiles". */
const char *hs_section_kind_name(hs_section_kind kind);
/* The name of the file, as it was opened. */
const char *hs_weights_path(const hs_weights *weights);

#endif
