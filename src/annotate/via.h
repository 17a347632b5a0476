/* The chain that relayed a quotation, as links to actors; and whom its speaker speaks for. */
#ifndef HS_ANNOTATE_VIA_H
#define HS_ANNOTATE_VIA_H

#include "annotate/actor.h"
#include "annotate/chain.h"

/* Who the phrases of a chain mean: members of the cast, or HS_NONE. */
typedef struct hs_told {
  int speaker, relays[HS_CHAIN_RELAYS];
  int speaks_for;
} hs_told;

/*
 * Fills via, inside and speaks_for of each quotation of DOC from CHAINS and TOLD, one for each quotation. The actors
 * are members of CAST until hs_vias_number; those that pass on are shown.
 */
void hs_vias_find(hs_doc *doc, hs_cast *cast, const hs_chain *chains, const hs_told *told);

/* Turns the members in QUOTATION's chain into the document's actors. Call once hs_cast_write is done. */
void hs_vias_number(hs_quotation *quotation, const hs_cast *cast);

#endif
