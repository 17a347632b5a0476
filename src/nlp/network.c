#include "nlp/network.h"

#include "base/error.h"

int hs_network_new(hs_network **out, const hs_weights *weights, hs_error *error) {
  (void)weights;
  *out = NULL;
  return hs_fail(error, HS_ERROR_MODEL, 0, "this version runs no network");
}
void hs_network_free(hs_network *network) { (void)network; }
