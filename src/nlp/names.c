#include "nlp/names.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/map.h"

#include <string.h>

static int wrong(hs_error *error, const char *label) {
  return hs_fail(error, HS_ERROR_MODEL, 0, "the model's label of names \"%.40s\" is none of O, B-TYPE, I-TYPE", label);
}

/* The tag that is labelled B-TYPE, or COUNT. */
static size_t find_begin(const char *const *labels, size_t count, const char *type) {
  size_t i = 0;
  while (i < count && (labels[i][0] != 'B' || strcmp(labels[i] + 2, type) != 0)) i++;
  return i;
}

int hs_name_tags_read(hs_name_tags *out, const char *const *labels, size_t count, hs_error *error) {
  *out = (hs_name_tags){.count = count};
  if (count > HS_NAME_TAGS)
    return hs_fail(error, HS_ERROR_MODEL, 0, "the model has %zu labels of names, more than %d", count, HS_NAME_TAGS);
  for (size_t i = 0; i < count; i++) {
    const char *label = labels[i];
    out->begin[i] = (uint8_t)i;
    if (strcmp(label, "O") == 0) continue;
    if (!label[0] || !strchr("BI", label[0]) || label[1] != '-' || !label[2]) return wrong(error, label);
    out->type[i] = label + 2;
  }
  for (size_t i = 0; i < count; i++) {
    if (labels[i][0] != 'I') continue;
    size_t begin = find_begin(labels, count, labels[i] + 2);
    if (begin == count) return wrong(error, labels[i]);
    out->begin[i] = (uint8_t)begin;
  }
  return HS_OK;
}

static uint8_t highest(const float *values, size_t count) {
  size_t best = 0;
  for (size_t i = 1; i < count; i++)
    if (values[i] > values[best]) best = i;
  return (uint8_t)best;
}

/* Viterbi's way, but for what BIO makes simple: a tag follows the best of all, or, inside a name, one of two. */
void hs_name_tags_best(const hs_name_tags *tags, const float *scores, size_t words, uint8_t *best) {
  uint8_t before[HS_NAME_WORDS][HS_NAME_TAGS]; /* the tag that each one follows */
  float value[HS_NAME_TAGS], next[HS_NAME_TAGS];
  for (size_t t = 0; t < tags->count; t++) value[t] = hs_name_tag_continues(tags, (uint8_t)t) ? -1e30F : scores[t];
  for (size_t w = 1; w < words; w++) {
    const float *score = scores + w * tags->count;
    uint8_t any = highest(value, tags->count);
    for (size_t t = 0; t < tags->count; t++) {
      uint8_t begin = tags->begin[t], from = begin == t ? any : value[begin] >= value[t] ? begin : (uint8_t)t;
      next[t] = value[from] + score[t];
      before[w][t] = from;
    }
    memcpy(value, next, sizeof value);
  }
  best[words - 1] = highest(value, tags->count);
  for (size_t w = words - 1; w > 0; w--) best[w - 1] = before[w][best[w]];
}

hs_name_votes hs_name_vote(const hs_name_tags *tags, const float *scores, size_t words) {
  hs_name_votes votes = {0};
  for (size_t w = 0; w < words; w++) {
    const float *score = scores + w * tags->count;
    for (uint8_t t = 0; t < tags->count; t++) {
      uint8_t begin = tags->begin[t];
      if (begin != t) votes.of[begin] += (score[t] > score[begin] ? score[t] : score[begin]) / (float)words;
    }
  }
  return votes;
}

/* NAME's words in small letters, a blank between them. */
static hs_str folded(hs_buffer *buffer, const hs_name *name, const hs_str *forms) {
  buffer->size = 0;
  for (uint32_t i = name->first; i < name->end; i++) {
    for (size_t k = 0; k < forms[i].size; k++) hs_buffer_char(buffer, hs_small(forms[i].data[k]));
    hs_buffer_char(buffer, ' ');
  }
  return (hs_str){buffer->data, buffer->size};
}

void hs_names_agree(const hs_name_tags *tags, hs_name *names, const hs_name_votes *votes, size_t count,
                    const hs_str *forms) {
  hs_arena *arena = hs_arena_new();
  hs_buffer key = {0};
  hs_map seen = {0};
  hs_name_votes *sums = hs_arena_alloc(arena, (count + 1) * sizeof *sums);
  uint32_t *which = hs_arena_alloc(arena, (count + 1) * sizeof *which), kinds = 0;
  for (size_t i = 0; i < count; i++) {
    hs_str name = folded(&key, &names[i], forms);
    const uint32_t *known = hs_map_get(&seen, name);
    if (known) {
      which[i] = *known;
    } else {
      name.data = hs_arena_copy(arena, name.data, name.size);
      which[i] = *hs_map_put(&seen, arena, name) = kinds++;
    }
    for (size_t t = 0; t < tags->count; t++) sums[which[i]].of[t] += votes[i].of[t];
  }
  for (size_t i = 0; i < count; i++) {
    float most = -1e30F;
    for (size_t t = 0; t < tags->count; t++) {
      bool inside = hs_name_tag_continues(tags, (uint8_t)t);
      if (!inside || sums[which[i]].of[tags->begin[t]] <= most) continue;
      most = sums[which[i]].of[tags->begin[t]];
      names[i].type = tags->type[t];
    }
  }
  hs_buffer_free(&key);
  hs_arena_free(arena);
}
