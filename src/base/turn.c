#include "base/turn.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdlib.h>

struct hs_turn {
  pthread_mutex_t lock;
  pthread_cond_t passed;
  uint64_t now;
};

hs_turn *hs_turn_new(void) {
  hs_turn *turn = hs_calloc(1, sizeof *turn);
  pthread_mutex_init(&turn->lock, NULL);
  pthread_cond_init(&turn->passed, NULL);
  return turn;
}

void hs_turn_free(hs_turn *turn) {
  if (!turn) return;
  pthread_mutex_destroy(&turn->lock);
  pthread_cond_destroy(&turn->passed);
  free(turn);
}

static void wait_locked(hs_turn *turn, uint64_t number) {
  while (turn->now < number) pthread_cond_wait(&turn->passed, &turn->lock);
}

void hs_turn_wait(hs_turn *turn, uint64_t number) {
  pthread_mutex_lock(&turn->lock);
  wait_locked(turn, number);
  pthread_mutex_unlock(&turn->lock);
}

void hs_turn_pass(hs_turn *turn, uint64_t number) {
  pthread_mutex_lock(&turn->lock);
  wait_locked(turn, number);
  turn->now++;
  pthread_cond_broadcast(&turn->passed);
  pthread_mutex_unlock(&turn->lock);
}
