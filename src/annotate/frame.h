/*
 * The frame of an attribution: the words of its sentence that belong to its cue and are neither what is said nor
 * another cue's. There the text tells when it was said and through whom it came. Goes by the tree where there is one,
 * else by what stands nearest.
 */
#ifndef HS_ANNOTATE_FRAME_H
#define HS_ANNOTATE_FRAME_H

#include "annotate/attribution.h"

struct hs_frames {
  const hs_search *search;
  const hs_words *words;
  const int *cue;   /* [words] the attribution whose cue holds the token, else HS_NONE */
  const int *owner; /* [words] the attribution on whose cue the token hangs, else HS_NONE */
  const int *near;  /* [words] of tokens that hang on no cue the attribution with the nearest one, else HS_NONE */
};

/* The frames of all that SEARCH found, which must not change any more. */
hs_frames hs_frames_of(const hs_search *search, hs_arena *arena);

/* Where to look for the frame of attribution INDEX: its sentence, as far as it may reach. */
hs_range hs_frame_range(const hs_frames *frames, size_t index);

/* Is TOKEN, of that range, part of the frame of attribution INDEX? Its source and its cue are. */
bool hs_frame_holds(const hs_frames *frames, size_t index, uint32_t token);

/* "On Monday, rain flooded the dam, and Orlo said": does TOKEN hang on a verb that is no part of attribution INDEX? */
bool hs_frame_hangs_elsewhere(const hs_frames *frames, size_t index, uint32_t token);

/* The noun phrase that begins at AT, up to HIGH at most: WHOLE with all that hangs on it behind, else up to its head
 * and what "of" ties to it. Empty if none begins there. */
hs_range hs_frame_phrase(const hs_words *words, uint32_t at, uint32_t high, bool whole);

/* The verb of saying that the noun at NOUN frames, "told" of "told investors on a call that": HS_NO_TOKEN if it frames
 * none. */
uint32_t hs_frame_verb(const hs_words *words, uint32_t noun);

static inline bool hs_range_empty(hs_range range) { return range.first >= range.end; }
static inline bool hs_range_holds(hs_range range, uint32_t token) { return range.first <= token && token < range.end; }
static inline bool hs_range_within(hs_range outer, hs_range inner) {
  return outer.first <= inner.first && inner.end <= outer.end;
}
static inline bool hs_range_meets(hs_range a, hs_range b) { return a.first < b.end && b.first < a.end; }

#endif
