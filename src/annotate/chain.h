/*
 * Through whom the words came, as the words and the tree around a cue tell it, whoever found the attribution: who
 * passes on ("Tass quoted her as saying"), who was told ("told the BBC"), in what it stands ("in a statement"). Before
 * speakers are known: via.c makes links of it once they are. docs/attribution.md holds the rules.
 */
#ifndef HS_ANNOTATE_CHAIN_H
#define HS_ANNOTATE_CHAIN_H

#include "annotate/frame.h"

enum { HS_CHAIN_RELAYS = 4 };

/* What a relay is, as far as the words around it tell. */
typedef enum hs_relay_kind {
  HS_RELAY_MEANT, /* what the one that it means is */
  HS_RELAY_OUTLET,
  HS_RELAY_POST,
  HS_RELAY_BROADCAST,
  HS_RELAY_DOCUMENT,
  HS_RELAY_SPOKESPERSON
} hs_relay_kind;

typedef struct hs_relay {
  hs_range range;
  hs_relay_kind kind;
  bool somebody; /* RANGE means an actor, not a thing */
} hs_relay;

struct hs_chain {
  hs_range speaker; /* whose words they are: the source, or whom it quotes; empty if the text does not tell */
  hs_relay relays[HS_CHAIN_RELAYS]; /* the outermost first */
  unsigned count;
  int citing; /* the attribution of "citing", where that word tells whom an outlet cites, else HS_NONE */
  int outer;  /* the attribution in whose content this one stands, or HS_NONE */
};

/* The chain of each attribution that FRAMES knows, in their order. */
hs_chain *hs_chains_find(const hs_frames *frames, hs_arena *arena);

#endif
