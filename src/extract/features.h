/* What is known of each block of an HTML page when it is decided whether it is a part of the article, as numbers. */
#ifndef HS_EXTRACT_FEATURES_H
#define HS_EXTRACT_FEATURES_H

#include "extract/work.h"

/* X(name). Of the block itself, of the elements around it, of the blocks before and behind it, of the page. */
#define HS_BLOCK_FEATURES(X)                                                                                           \
  X(chars)                                                                                                             \
  X(linked)                                                                                                            \
  X(words)                                                                                                             \
  X(word_length)                                                                                                       \
  X(digits)                                                                                                            \
  X(capitals)                                                                                                          \
  X(commas)                                                                                                            \
  X(stops)                                                                                                             \
  X(quotes)                                                                                                            \
  X(signs)                                                                                                             \
  X(ends_sentence)                                                                                                     \
  X(ends_colon)                                                                                                        \
  X(begins_small)                                                                                                      \
  X(reader)                                                                                                            \
  X(kind)                                                                                                              \
  X(level)                                                                                                             \
  X(kept)                                                                                                              \
  X(why)                                                                                                               \
  X(in_reason)                                                                                                         \
  X(in_article)                                                                                                        \
  X(depth)                                                                                                             \
  X(beside_count)                                                                                                      \
  X(beside_chars)                                                                                                      \
  X(beside_kept)                                                                                                       \
  X(beside_linked)                                                                                                     \
  X(around_chars)                                                                                                      \
  X(around_kept)                                                                                                       \
  X(around_linked)                                                                                                     \
  X(around_share)                                                                                                      \
  X(farther_chars)                                                                                                     \
  X(farther_kept)                                                                                                      \
  X(farther_share)                                                                                                     \
  X(before_chars)                                                                                                      \
  X(before_linked)                                                                                                     \
  X(before_kept)                                                                                                       \
  X(before2_chars)                                                                                                     \
  X(before2_kept)                                                                                                      \
  X(behind_chars)                                                                                                      \
  X(behind_linked)                                                                                                     \
  X(behind_kept)                                                                                                       \
  X(behind2_chars)                                                                                                     \
  X(behind2_kept)                                                                                                      \
  X(place)                                                                                                             \
  X(from_first)                                                                                                        \
  X(to_last)                                                                                                           \
  X(good_before)                                                                                                       \
  X(good_behind)                                                                                                       \
  X(chars_behind)                                                                                                      \
  X(heading_links)                                                                                                     \
  X(path_good)                                                                                                         \
  X(path_count)                                                                                                        \
  X(said)                                                                                                              \
  X(page_chars)                                                                                                        \
  X(page_kept)                                                                                                         \
  X(page_blocks)

enum {
#define X(name) HS_BLOCK_FEATURE_##name,
  HS_BLOCK_FEATURES(X)
#undef X
      HS_BLOCK_FEATURE_COUNT
};

/* The features of every block, HS_BLOCK_FEATURE_COUNT of them each, in WORK's arena. The blocks have been kept or
 * dropped by the rules. */
float *hs_features_read(const hs_work *work);
/* The name of a feature, "chars"; its number, -1 if there is none of that name. */
const char *hs_feature_name(int feature);
int hs_feature_named(hs_str name);

#endif
