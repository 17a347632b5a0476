#include "nlp/weights.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VERSION = 1, ALIGNMENT = 64, TILE_ROWS = 16, TILE_COLUMNS = 4 };

static const char magic[8] = {'\x89', 'h', 's', 'm', '\r', '\n', '\x1a', '\n'};

/* The file begins with one of these, the table of COUNT rows behind it. */
typedef struct header {
  char magic[8];
  uint64_t checksum; /* XXH3 of all that follows, seed 0 */
  uint32_t version, count;
  uint64_t size; /* of the file */
} header;

typedef struct row {
  char name[32];
  uint32_t kind, rows, columns, zero;
  uint64_t offset, size;
} row;

struct hs_weights {
  const void *data;
  size_t size;
  bool mapped;
  char *path;
  hs_arena *arena;
  hs_section *sections;
  size_t count;
  hs_map names; /* name → index of its entry */
};

static uint64_t rounded(uint64_t n, uint64_t to) { return (n + to - 1) / to * to; }

/* How many bytes the tensor of R must have; neither factor is over 32 bits, so no product overflows. */
static uint64_t bytes_of(const row *r) {
  uint64_t rows = r->rows, scales = rows * sizeof(float);
  if (r->kind == HS_SECTION_FLOATS) return rows * r->columns * sizeof(float);
  if (r->kind == HS_SECTION_TILES) rows = rounded(rows, TILE_ROWS);
  return rounded(rows * r->columns, ALIGNMENT) + scales;
}

static const char *fault_of_row(const row *r, uint64_t file_size) {
  if (!r->name[0] || !memchr(r->name, '\0', sizeof r->name)) return "an entry has no name";
  if (r->offset % ALIGNMENT || r->offset > file_size || r->size > file_size - r->offset)
    return "an entry lies outside the file";
  if (r->kind < HS_SECTION_TEXT || r->kind > HS_SECTION_TILES || r->zero) return "an entry is of an unknown kind";
  if (r->kind == HS_SECTION_TEXT) return r->rows || r->columns ? "a text has rows" : NULL;
  if (!r->rows || !r->columns || r->rows > INT32_MAX || r->columns > INT32_MAX / 4) return "a tensor has no shape";
  if (r->kind == HS_SECTION_TILES && r->columns % TILE_COLUMNS) return "a tensor's tiles are cut";
  return bytes_of(r) == r->size ? NULL : "a tensor's size is not that of its shape";
}

static const char *add_row(hs_weights *weights, const row *r) {
  const char *fault = fault_of_row(r, weights->size);
  if (fault) return fault;
  hs_section *entry = &weights->sections[weights->count];
  const char *data = (const char *)weights->data + r->offset;
  *entry = (hs_section){.kind = r->kind, .rows = r->rows, .columns = r->columns, .size = r->size, .text = data};
  memcpy(entry->name, r->name, sizeof entry->name);
  hs_str text = {data, r->size};
  if (r->kind == HS_SECTION_TEXT && hs_utf8_valid(text) < r->size) return "a text is no UTF-8";
  if (r->kind >= HS_SECTION_TABLE) entry->scales = (const void *)(data + r->size - r->rows * sizeof(float));
  hs_str name = hs_str_of(entry->name);
  if (hs_map_get(&weights->names, name)) return "two entries have one name";
  *hs_map_put(&weights->names, weights->arena, name) = (uint32_t)weights->count++;
  return NULL;
}

/* What is wrong with the file; NULL if nothing is. */
static const char *read_all(hs_weights *weights) {
  const header *h = weights->data;
  if (weights->size < sizeof magic || memcmp(weights->data, magic, sizeof magic) != 0) return "is no model of hearsay";
  if (weights->size < sizeof *h) return "is cut short";
  if (h->version != VERSION) return "is of another version of the format";
  if (h->size > weights->size) return "is cut short";
  const char *covered = (const char *)&h->version;
  size_t before = offsetof(header, version);
  if (h->size < weights->size || h->checksum != hs_hash((hs_str){covered, weights->size - before}, 0))
    return "is damaged: its checksum is another one";
  if (h->count > (weights->size - sizeof *h) / sizeof(row)) return "is damaged: its table ends outside the file";
  weights->sections = hs_arena_alloc(weights->arena, (h->count + 1) * sizeof *weights->sections);
  const row *rows = (const row *)(h + 1);
  for (uint32_t i = 0; i < h->count; i++) {
    const char *fault = add_row(weights, &rows[i]);
    if (fault) return fault;
  }
  return NULL;
}

int hs_weights_of(hs_weights **out, const void *data, size_t size, const char *path, hs_error *error) {
  *out = NULL;
  hs_arena *arena = hs_arena_new();
  hs_weights *weights = hs_arena_alloc(arena, sizeof *weights);
  *weights = (hs_weights){.data = data, .size = size, .path = hs_arena_string(arena, path), .arena = arena};
  bool little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
  const char *fault = little ? read_all(weights) : "cannot be read on a machine that is big-endian";
  if (fault) {
    hs_weights_free(weights);
    return hs_fail(error, HS_ERROR_MODEL, 0, "%s %s: a model file of this version is needed", path, fault);
  }
  *out = weights;
  return HS_OK;
}

int hs_weights_open(hs_weights **out, const char *path, hs_error *error) {
  *out = NULL;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe of this name is refused, not waited for */
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0) {
    int code = hs_fail(error, HS_ERROR_MODEL, 0, "%s: %s: a model file is needed", path, strerror(errno));
    if (file >= 0) close(file);
    return code;
  }
  size_t size = S_ISREG(about.st_mode) && about.st_size > 0 ? (size_t)about.st_size : 0;
  void *data = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0) : MAP_FAILED;
  close(file);
  if (data == MAP_FAILED)
    return hs_fail(error, HS_ERROR_MODEL, 0, "%s is no file with anything in it: a model file is needed", path);
  int code = hs_weights_of(out, data, size, path, error);
  if (code) munmap(data, size);
  else (*out)->mapped = true;
  return code;
}

void hs_weights_free(hs_weights *weights) {
  if (!weights) return;
  if (weights->mapped) munmap((void *)(uintptr_t)weights->data, weights->size);
  hs_arena_free(weights->arena);
}

const hs_section *hs_weights_sections(const hs_weights *weights, size_t *count) {
  *count = weights->count;
  return weights->sections;
}

const hs_section *hs_weights_find(const hs_weights *weights, const char *name, hs_section_kind kind) {
  const uint32_t *at = hs_map_get(&weights->names, hs_str_of(name));
  return at && weights->sections[*at].kind == kind ? &weights->sections[*at] : NULL;
}

hs_str hs_weights_text(const hs_weights *weights, const char *name) {
  const hs_section *entry = hs_weights_find(weights, name, HS_SECTION_TEXT);
  return entry ? (hs_str){entry->text, entry->size} : (hs_str){0};
}

uint64_t hs_weights_checksum(const hs_weights *weights) { return ((const header *)weights->data)->checksum; }

const char *hs_weights_path(const hs_weights *weights) { return weights->path; }

const char *hs_section_kind_name(hs_section_kind kind) {
  switch (kind) {
#define X(name, number, word)                                                                                          \
  case HS_SECTION_##name: return word;
    HS_SECTION_KINDS(X)
#undef X
  }
  return "";
}
