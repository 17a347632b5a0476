/* The bytes of a file, unpacked as they come: plain, gzip or zstd, told by the first bytes and not by the name. */
#ifndef HS_INGEST_STREAM_H
#define HS_INGEST_STREAM_H

#include "hearsay.h"

#include <sys/types.h>

typedef struct hs_stream hs_stream;

/* Opens PATH ("-": standard input) for reading. NAME is what its errors call it; copied. */
int hs_stream_open(hs_stream **out, const char *path, const char *name, hs_error *error);
/* Reads FD, which becomes the stream's to close (standard input stays open). */
hs_stream *hs_stream_new(int fd, const char *name);
/* Where the bytes of a file come from if not from a file of its own. */
typedef struct hs_source {
  /* As read(); where it gives a negative number, *WHY, which lives as long as ARG, tells why. */
  ssize_t (*read)(void *arg, char *data, size_t size, const char **why);
  void (*close)(void *arg);
  void *arg;
} hs_source;
/* Reads SOURCE, which becomes the stream's to close. */
hs_stream *hs_stream_of(hs_source source, const char *name);
/*
 * At most SIZE bytes into DATA; gives how many, 0 at the end. HS_ERROR_INPUT once, where the file cannot be read on, is
 * broken or unpacks past HS_LIMIT_INFLATION; from then on it is at its end.
 */
ssize_t hs_stream_read(hs_stream *stream, char *data, size_t size, hs_error *error);
/* Are OUT bytes out of IN packed ones more than a file that means well unpacks to, and what is then said of it? */
bool hs_stream_is_bomb(uint64_t out, uint64_t in);
extern const char hs_stream_bomb[];
/* The bytes that have been taken from the file, packed as they are there. */
uint64_t hs_stream_taken(const hs_stream *stream);
/* The place in the file of the next byte to be unpacked. */
uint64_t hs_stream_place(const hs_stream *stream);
bool hs_stream_packed(const hs_stream *stream);
/* The place in the file of the gzip member or zstd frame that the last bytes came from; 0 for what is not packed. The
 * bytes of one read are of one member. */
uint64_t hs_stream_member(const hs_stream *stream);
/*
 * Gives up the member being read, be it broken or not, and goes to where the next one may begin, from which the next
 * read goes on. False if there is none or if nothing is packed. What looks like a beginning need not be one.
 */
bool hs_stream_resume(hs_stream *stream);
/* Goes back to PLACE, to read from there again. False if the file is packed or no file, or if too much was read again
 * already. */
bool hs_stream_seek(hs_stream *stream, uint64_t place);
/* How many bytes are still to come; false if that cannot be known. */
bool hs_stream_left(const hs_stream *stream, uint64_t *left);
const char *hs_stream_name(const hs_stream *stream);
void hs_stream_free(hs_stream *stream);

#endif
