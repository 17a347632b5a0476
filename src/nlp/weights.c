#include "nlp/weights.h"

#include "base/error.h"

int hs_weights_open(hs_weights **out, const char *path, hs_error *error) {
  *out = NULL;
  return hs_fail(error, HS_ERROR_MODEL, 0, "%s: this version reads no model file", path);
}
void hs_weights_free(hs_weights *weights) { (void)weights; }
hs_str hs_weights_text(const hs_weights *weights, const char *name) {
  (void)weights, (void)name;
  return (hs_str){0};
}
uint64_t hs_weights_checksum(const hs_weights *weights) {
  (void)weights;
  return 0;
}
