/*
 * Threads that work on jobs and give them back in the order in which they came.
 *
 * One thread, the caller's, puts jobs in and takes them out; only so many are inside at any moment (hs_pool_has_room),
 * so that memory stays flat however fast the caller reads.
 */
#ifndef HS_BASE_POOL_H
#define HS_BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>

typedef struct hs_pool hs_pool;

/* THREADS 0: one a core. WORK is called on the pool's threads, with each job and ARG. */
hs_pool *hs_pool_new(int threads, void (*work)(void *job, void *arg), void *arg);
/* May another job be put in? */
bool hs_pool_has_room(const hs_pool *pool);
/* Puts a job in. Only while there is room. */
void hs_pool_put(hs_pool *pool, void *job);
/* Waits for the oldest job inside and takes it out; NULL if there is none. */
void *hs_pool_take(hs_pool *pool);
/* Ends the threads. Every job must have been taken out before. NULL is harmless. */
void hs_pool_free(hs_pool *pool);

#endif
