/* Sentences and tokens → quotations, speakers, times. Each fills its part of DOC from the parts before it. */
#ifndef HS_ANNOTATE_ANNOTATE_H
#define HS_ANNOTATE_ANNOTATE_H

#include "annotate/document.h"

hs_rules *hs_rules_new(void);
void hs_rules_free(hs_rules *rules);

void hs_annotate_times(hs_doc *doc, const hs_rules *rules);
void hs_annotate_quotations(hs_doc *doc, const hs_rules *rules, const hs_finder *finder); /* NULL: rules alone */
void hs_annotate_speakers(hs_doc *doc, const hs_rules *rules);

#endif
