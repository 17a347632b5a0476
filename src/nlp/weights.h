/* A model file, memory-mapped: named texts and tensors of a trained model. docs/models.md has the layout. */
#ifndef HS_NLP_WEIGHTS_H
#define HS_NLP_WEIGHTS_H

#include "base/str.h"
#include "hearsay.h"

/* Read-only once open, shared by threads. */
typedef struct hs_weights hs_weights;

/* Maps the file at PATH and checks all of it: magic, version, sizes, checksum. Errors: HS_ERROR_MODEL, naming PATH. */
int hs_weights_open(hs_weights **out, const char *path, hs_error *error);
void hs_weights_free(hs_weights *weights);

/* The text NAME ("about", "network", "lemmas", "labels.upos" …), borrowed; data NULL if there is none. */
hs_str hs_weights_text(const hs_weights *weights, const char *name);
/* Checksum of the file: two models are the same if these are. */
uint64_t hs_weights_checksum(const hs_weights *weights);

#endif
