/* The chain that relayed a quotation: agencies, outlets, spokespeople, documents, anonymous sources. */
#ifndef HS_ANNOTATE_VIA_H
#define HS_ANNOTATE_VIA_H

#include "annotate/actor.h"

/*
 * Fills the via of each quotation of DOC, the outermost link first; hs_via.actor is a member of CAST until
 * hs_vias_number. SPEAKER holds each quotation's speaker as a member of CAST, and is changed where the one who is named
 * as source only passes on the words of another ("Reuters reported, citing an official").
 */
void hs_vias_find(hs_doc *doc, hs_cast *cast, int *speaker);

/* Turns the members in QUOTATION's chain into the document's actors. Call once hs_cast_write is done. */
void hs_vias_number(hs_quotation *quotation, const hs_cast *cast);

#endif
