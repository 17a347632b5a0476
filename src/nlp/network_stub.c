/* Stands in until the network runs: no parser can be opened, so none of these is reached. */
#include "nlp/network.h"

#include <stdlib.h>

#define WEAK __attribute__((weak))

WEAK const char *const *hs_network_labels(const hs_network *network, hs_task task, size_t *count) {
  (void)network, (void)task;
  *count = 0;
  return NULL;
}
WEAK hs_room *hs_room_new(const hs_network *network) {
  (void)network;
  return NULL;
}
WEAK void hs_room_free(hs_room *room) { (void)room; }
WEAK void hs_network_run(const hs_network *network, hs_room *room, const hs_str *words, const uint32_t *ends,
                         size_t sentences) {
  (void)network, (void)room, (void)words, (void)ends, (void)sentences;
}
WEAK hs_scores hs_room_scores(const hs_room *room, size_t sentence) {
  (void)room, (void)sentence;
  return (hs_scores){0};
}
WEAK void hs_network_relate(const hs_network *network, hs_room *room, size_t sentence, const uint32_t *heads,
                            uint8_t *relations) {
  (void)network, (void)room, (void)sentence, (void)heads, (void)relations;
}
