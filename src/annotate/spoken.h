/* Whom spokespeople speak for: "the ministry's spokesman", "a spokeswoman for Ana Orlo", "on behalf of the families".
 */
#ifndef HS_ANNOTATE_SPOKEN_H
#define HS_ANNOTATE_SPOKEN_H

#include "annotate/words.h"

/* The phrase that says for whom the one speaks whose role, of one or more words, begins at token ROLE; empty if the
 * text does not tell there. */
hs_range hs_spoken_for(const hs_words *words, uint32_t role);

/* Does the role of a spokesperson begin at token I? Its words in *SIZE. */
bool hs_spoken_role(const hs_words *words, uint32_t i, uint32_t *size);

#endif
