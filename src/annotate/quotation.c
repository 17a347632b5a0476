#include "annotate/annotate.h"
#include <stdlib.h>
struct hs_rules {
  int x;
};
hs_rules *hs_rules_new(void) { return hs_calloc(1, sizeof(hs_rules)); }
void hs_rules_free(hs_rules *r) { free(r); }
void hs_annotate_times(hs_doc *doc, const hs_rules *rules) {
  (void)doc;
  (void)rules;
}
void hs_annotate_quotations(hs_doc *doc, const hs_rules *rules) {
  (void)doc;
  (void)rules;
}
void hs_annotate_speakers(hs_doc *doc, const hs_rules *rules) {
  (void)doc;
  (void)rules;
}
