#include "base/pool.h"

#include "base/arena.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOBS_A_THREAD = 8, MOST_THREADS = 256 };

typedef struct slot {
  void *job;
  bool done;
} slot;

/* The slots are a ring. Jobs taken ≤ started ≤ put, each counting from the pool's beginning. */
struct hs_pool {
  void (*work)(void *job, void *arg);
  void *arg;
  pthread_mutex_t lock;
  pthread_cond_t put_or_end, finished;
  slot *slots;
  size_t slot_count, taken, started, put;
  bool end;
  int thread_count;
  pthread_t threads[];
};

static void *run(void *argument) {
  hs_pool *pool = argument;
  pthread_mutex_lock(&pool->lock);
  for (;;) {
    while (pool->started == pool->put && !pool->end) pthread_cond_wait(&pool->put_or_end, &pool->lock);
    if (pool->started == pool->put) break;
    slot *mine = &pool->slots[pool->started++ % pool->slot_count];
    pthread_mutex_unlock(&pool->lock);
    pool->work(mine->job, pool->arg);
    pthread_mutex_lock(&pool->lock);
    mine->done = true;
    pthread_cond_signal(&pool->finished);
  }
  pthread_mutex_unlock(&pool->lock);
  return NULL;
}

static int core_count(void) {
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n < 1 ? 1 : (int)n;
}

hs_pool *hs_pool_new(int threads, void (*work)(void *, void *), void *arg) {
  if (threads < 1) threads = core_count();
  if (threads > MOST_THREADS) threads = MOST_THREADS;
  hs_pool *pool = hs_calloc(1, sizeof *pool + (size_t)threads * sizeof(pthread_t));
  pool->work = work;
  pool->arg = arg;
  pool->slot_count = (size_t)threads * JOBS_A_THREAD;
  pool->slots = hs_calloc(pool->slot_count, sizeof(slot));
  pthread_mutex_init(&pool->lock, NULL);
  pthread_cond_init(&pool->put_or_end, NULL);
  pthread_cond_init(&pool->finished, NULL);
  while (pool->thread_count < threads && pthread_create(&pool->threads[pool->thread_count], NULL, run, pool) == 0)
    pool->thread_count++;
  return pool;
}

bool hs_pool_has_room(const hs_pool *pool) { return pool->put - pool->taken < pool->slot_count; }

void hs_pool_put(hs_pool *pool, void *job) {
  if (pool->thread_count == 0) pool->work(job, pool->arg); /* no thread could be made: do it here */
  pthread_mutex_lock(&pool->lock);
  pool->slots[pool->put++ % pool->slot_count] = (slot){job, pool->thread_count == 0};
  pthread_cond_signal(&pool->put_or_end);
  pthread_mutex_unlock(&pool->lock);
}

void *hs_pool_take(hs_pool *pool) {
  if (pool->taken == pool->put) return NULL;
  pthread_mutex_lock(&pool->lock);
  slot *oldest = &pool->slots[pool->taken++ % pool->slot_count];
  while (!oldest->done) pthread_cond_wait(&pool->finished, &pool->lock);
  pthread_mutex_unlock(&pool->lock);
  return oldest->job;
}

void hs_pool_free(hs_pool *pool) {
  if (!pool) return;
  pthread_mutex_lock(&pool->lock);
  pool->end = true;
  pthread_cond_broadcast(&pool->put_or_end);
  pthread_mutex_unlock(&pool->lock);
  for (int i = 0; i < pool->thread_count; i++) pthread_join(pool->threads[i], NULL);
  pthread_mutex_destroy(&pool->lock);
  pthread_cond_destroy(&pool->put_or_end);
  pthread_cond_destroy(&pool->finished);
  free(pool->slots);
  free(pool);
}
