/* What a cue makes of the content, and where the one who says it stands to that. */
#ifndef HS_ANNOTATE_STANCE_H
#define HS_ANNOTATE_STANCE_H

#include "annotate/attribution.h"

typedef struct hs_stance {
  hs_force force;
  hs_polarity polarity;
} hs_stance;

/* Reads the stance of A from its cue, what negates the cue ("did not say", "refused to confirm", "no official said"),
 * and the table of cues. A cue that no table knows states and affirms. */
hs_stance hs_stance_read(const hs_words *words, const hs_attribution *a);

#endif
