/* Turns that threads take one after the other, by number from 0 on, whichever of them comes first. */
#ifndef HS_BASE_TURN_H
#define HS_BASE_TURN_H

#include <stdint.h>

typedef struct hs_turn hs_turn;

hs_turn *hs_turn_new(void);
/* NULL is harmless. Nobody may wait. */
void hs_turn_free(hs_turn *turn);

/* Waits until all turns before NUMBER were passed on. */
void hs_turn_wait(hs_turn *turn, uint64_t number);
/* Waits as hs_turn_wait, and passes the turn on to the next number. Each number must be passed on once. */
void hs_turn_pass(hs_turn *turn, uint64_t number);

#endif
