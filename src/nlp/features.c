#include "nlp/features.h"

#include "base/utf8.h"

#include <utf8proc.h>

/* The word in small letters, digits as 0; OFFSETS[i] is where its character i begins, [COUNT] its end. */
typedef struct normal_form {
  char text[4 * HS_WORD_LOOKED_AT];
  size_t offsets[HS_WORD_LOOKED_AT + 1];
  size_t count;
} normal_form;

enum { SHAPE_SIZE = 8 };

/* "Xxxd": capitals as X, other letters as x, digits as d, all else as it is; runs of more than two cut to two. */
typedef struct shape_form {
  int32_t kinds[SHAPE_SIZE];
  size_t count;
} shape_form;

static bool is_letter(utf8proc_category_t category) {
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

static void add_shape(shape_form *shape, int32_t kind) {
  size_t n = shape->count;
  if (n == SHAPE_SIZE || (n > 1 && shape->kinds[n - 1] == kind && shape->kinds[n - 2] == kind)) return;
  shape->kinds[shape->count++] = kind;
}

static void add_character(normal_form *normal, shape_form *shape, int32_t c) {
  char *end = normal->text + normal->offsets[normal->count];
  size_t size = 1;
  if (c < 0x80) {
    char a = (char)c;
    *end = hs_is_digit(a) ? '0' : hs_small(a);
    add_shape(shape, hs_is_capital(a) ? 'X' : hs_is_small(a) ? 'x' : hs_is_digit(a) ? 'd' : c);
  } else {
    utf8proc_category_t category = utf8proc_category(c);
    bool digit = category == UTF8PROC_CATEGORY_ND;
    size = (size_t)utf8proc_encode_char(digit ? '0' : utf8proc_tolower(c), (utf8proc_uint8_t *)end);
    add_shape(shape, category == UTF8PROC_CATEGORY_LU ? 'X' : is_letter(category) ? 'x' : digit ? 'd' : c);
  }
  normal->offsets[++normal->count] = (size_t)(end - normal->text) + size;
}

/* FNV-1a, begun with BASIS or with an earlier hash. */
static uint32_t fnv(uint32_t hash, const char *data, size_t size) {
  for (size_t i = 0; i < size; i++) hash = (hash ^ (uint8_t)data[i]) * 16777619u;
  return hash;
}

enum { BASIS = 2166136261u };

static uint32_t shape_hash(const shape_form *shape, bool first) {
  uint32_t hash = BASIS;
  for (size_t i = 0; i < shape->count; i++) {
    utf8proc_uint8_t bytes[4];
    hash = fnv(hash, (char *)bytes, (size_t)utf8proc_encode_char(shape->kinds[i], bytes));
  }
  return first ? fnv(hash, "^", 1) : hash;
}

/* The hash of the last COUNT characters, begun with HASH. */
static uint32_t suffix_hash(const normal_form *normal, size_t count, uint32_t hash) {
  size_t from = normal->offsets[normal->count > count ? normal->count - count : 0];
  return fnv(hash, normal->text + from, normal->offsets[normal->count] - from);
}

hs_features hs_features_of(hs_str word, bool first, const hs_map *words) {
  normal_form normal;
  normal.offsets[0] = normal.count = 0;
  shape_form shape = {.count = 0};
  for (size_t i = 0, size; i < word.size && normal.count < HS_WORD_LOOKED_AT; i += size)
    add_character(&normal, &shape, hs_utf8_at(word, i, &size));
  const uint32_t *row = hs_map_get(words, (hs_str){normal.text, normal.offsets[normal.count]});
  hs_features out = {0};
  out.of[HS_FEATURE_WORD] = row ? *row : 0;
  out.of[HS_FEATURE_SUFFIX2] = fnv(suffix_hash(&normal, 2, BASIS), "$", 1);
  out.of[HS_FEATURE_SUFFIX3] = fnv(suffix_hash(&normal, 3, BASIS), "$", 1);
  out.of[HS_FEATURE_SUFFIX4] = suffix_hash(&normal, 4, fnv(BASIS, "^", 1));
  out.of[HS_FEATURE_PREFIX4] = fnv(BASIS, normal.text, normal.offsets[normal.count < 4 ? normal.count : 4]);
  out.of[HS_FEATURE_SHAPE] = shape_hash(&shape, first);
  out.of[HS_FEATURE_LENGTH] = (uint32_t)normal.count;
  return out;
}
