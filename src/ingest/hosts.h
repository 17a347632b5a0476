/* The hosts that are asked: how long each is left in peace, and what its robots.txt wants. */
#ifndef HS_INGEST_HOSTS_H
#define HS_INGEST_HOSTS_H

#include "ingest/fetch.h"

typedef struct hs_hosts hs_hosts;

/* Both are borrowed until hs_hosts_free; of READING the delay counts. */
hs_hosts *hs_hosts_new(const hs_reading *reading, hs_fetch *fetch);
/* The number of the host of URL, a whole address. */
uint32_t hs_hosts_find(hs_hosts *hosts, const char *url);
/* Seconds until HOST may be asked again; at most 0: now. */
double hs_hosts_rest(const hs_hosts *hosts, uint32_t host);
/*
 * To be called before URL is asked for: fetches the host's robots.txt if need be. Gives 0, HS_ERROR_STOPPED, or
 * HS_ERROR_INPUT if URL must not be asked for, because robots.txt does not allow it or the host cannot be reached, in
 * this round at all. With WAIT, waits until HOST may be asked again.
 */
int hs_hosts_enter(hs_hosts *hosts, uint32_t host, const char *url, bool wait, hs_error *error);
/* To be called behind: ANSWER is NULL if there was none. */
void hs_hosts_leave(hs_hosts *hosts, uint32_t host, const hs_answer *answer);
/* A new round: hosts that could not be reached may be tried again, robots.txt is fetched anew after a day. */
void hs_hosts_forget(hs_hosts *hosts);
void hs_hosts_free(hs_hosts *hosts);

#endif
