#include "ingest/records.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "ingest/http.h"

enum {
  STEP_BYTES = 256 * 1024,
  HEADER_BYTES = 64 * 1024,
  MARK_BYTES = 24, /* enough to tell that a record begins */
  TAIL_BYTES = 8   /* line ends behind a record that are looked at */
};

static const char mark[] = "WARC/";
static const size_t mark_size = sizeof mark - 1;

static size_t limit(const hs_records *r) { return r->has_edge ? r->edge : r->text.size; }
/* What of the record at hand was read, up to the edge. */
static hs_str ahead(const hs_records *r) {
  return r->text.data ? (hs_str){r->text.data + r->at, limit(r) - r->at} : (hs_str){"", 0};
}

static void make_room(hs_records *r, size_t size) {
  if (r->at > r->text.size / 2) {
    r->text.size -= r->at;
    memmove(r->text.data, r->text.data + r->at, r->text.size);
    r->edge -= r->edge < r->at ? r->edge : r->at;
    r->at = 0;
  }
  if (r->text.capacity - r->text.size >= size) return;
  r->text.capacity = (r->text.size + size) * 2;
  r->text.data = hs_realloc(r->text.data, r->text.capacity);
}

/* Reads at most SIZE bytes, of one member. Gives whether there were any; *BEGINS: another member than before. */
static bool read_some(hs_records *r, size_t size, bool *begins) {
  make_room(r, size);
  ssize_t got = hs_stream_read(r->stream, r->text.data + r->text.size, size, &r->broken);
  if (got == 0) r->ended = true;
  if (got < 0) r->severed = true;
  if (got <= 0) return false;
  *begins = !r->started || hs_stream_member(r->stream) != r->member;
  r->started = true;
  r->member = hs_stream_member(r->stream);
  r->text.size += (size_t)got;
  return true;
}

/* Reads on. False where the record at hand ends: where the file does or breaks off, or at a member that opens with a
 * record, whatever the length that the record at hand tells. */
static bool more(hs_records *r) {
  if (r->ended || r->severed || r->has_edge) return false;
  if (r->at > r->text.size / 2) make_room(r, 0); /* what follows counts from here on */
  size_t old = r->text.size, begun = 0, step = r->step ? r->step : STEP_BYTES;
  bool begins, any = false;
  do {
    size_t before = r->text.size;
    if (!read_some(r, step, &begins)) break;
    if (begins) any = true, begun = before;
  } while (any && r->text.size - begun < mark_size && r->text.size - old < STEP_BYTES);
  if (any) r->edge = begun;
  r->has_edge = any && hs_str_starts((hs_str){r->text.data + begun, r->text.size - begun}, mark);
  return limit(r) > old;
}

static bool need(hs_records *r, size_t size) {
  while (ahead(r).size < size && more(r)) {
  }
  return ahead(r).size >= size;
}

/* Does S open with "WARC/1.0", a line's end and a field's name? */
static bool begins_record(hs_str s) {
  if (!hs_str_starts(s, mark)) return false;
  size_t i = mark_size;
  while (i < s.size && i < 12 && (hs_is_digit(s.data[i]) || s.data[i] == '.')) i++;
  if (i < s.size && s.data[i] == '\r') i++;
  hs_str rest = {s.data + i, s.size - i};
  if (!hs_str_starts(rest, "\n")) return false;
  rest = (hs_str){rest.data + 1, rest.size - 1};
  return hs_str_starts_alike(rest, "WARC-") || hs_str_starts_alike(rest, "Content-");
}

/* Goes to the next record that begins before the edge, or to the edge. */
static void find(hs_records *r) {
  for (;;) {
    hs_str s = ahead(r);
    const char *found = s.size ? memmem(s.data, s.size, mark, mark_size) : NULL;
    if (found) {
      r->at += (size_t)(found - s.data);
      need(r, MARK_BYTES);
      r->lost = !begins_record(ahead(r));
      if (!r->lost) return;
      r->at++;
      continue;
    }
    if (s.size >= mark_size) r->at = limit(r) - (mark_size - 1);
    if (more(r)) continue;
    r->at = limit(r);
    return;
  }
}

static void skip_line_ends(hs_records *r) {
  do
    while (r->at < limit(r) && (r->text.data[r->at] == '\r' || r->text.data[r->at] == '\n')) r->at++;
  while (r->at == limit(r) && more(r));
}

/* Takes the stream up again at the next member that opens with a record. All that text holds is used. */
static bool resume(hs_records *r) {
  bool begins;
  while (hs_stream_resume(r->stream)) {
    r->text.size = r->at = 0;
    r->ended = r->severed = false;
    while (r->text.size < mark_size && read_some(r, MARK_BYTES, &begins)) {
    }
    r->broken.code = HS_OK;
    if (!hs_str_starts((hs_str){r->text.data, r->text.size}, mark)) continue;
    r->has_edge = true;
    r->edge = 0;
    return true;
  }
  r->text.size = r->at = 0;
  r->severed = false;
  r->ended = true;
  return false;
}

static uint64_t place(const hs_records *r) {
  return hs_stream_packed(r->stream) ? r->home : hs_stream_place(r->stream) - (r->text.size - r->at);
}

/* Tells that something at OFFSET is passed over: WHY or, if the stream broke off, what it said. */
static int tell(hs_records *r, uint64_t offset, const char *why, hs_error *error) {
  const char *name = hs_stream_name(r->stream);
  size_t n = strlen(name), size = strlen(why);
  if (r->broken.code) {
    why = r->broken.message;
    if (strncmp(why, name, n) == 0 && why[n] == ':') why += n + 2;
    size = strcspn(why, ":"); /* what to do with a whole file is behind it */
  }
  r->broken.code = HS_OK;
  return hs_fail(error, HS_ERROR_INPUT, (size_t)offset, "%s: at byte %llu: %.*s: passed over", name,
                 (unsigned long long)offset, (int)size, why);
}

/* Passes over the record at hand, at OFFSET, but looks for others from its byte FROM on. */
static int pass_over(hs_records *r, uint64_t offset, size_t from, const char *why, hs_error *error) {
  r->at += from;
  r->lost = true;
  return tell(r, offset, why, error);
}

/* The size of the header with its first line and the empty one behind it; 0 if it does not end. */
static size_t header_size(hs_records *r) {
  size_t seen = 0;
  do {
    hs_str s = ahead(r);
    for (; seen < s.size && seen < HEADER_BYTES; seen++) {
      if (s.data[seen] != '\n') continue;
      size_t next = seen + 1;
      if (next < s.size && s.data[next] == '\r') next++;
      if (next >= s.size) break;
      if (s.data[next] == '\n') return next + 1;
    }
  } while (seen < HEADER_BYTES && more(r));
  return 0;
}

/* False for what is no number or more than any file can hold. */
static bool read_length(hs_str s, uint64_t *length) {
  *length = 0;
  if (!s.size || s.size > 18) return false;
  for (size_t i = 0; i < s.size; i++) {
    if (!hs_is_digit(s.data[i])) return false;
    *length = *length * 10 + (uint64_t)(s.data[i] - '0');
  }
  return true;
}

/* Drops SIZE bytes that stand FROM bytes behind at. False if the record ends before. */
static bool skip(hs_records *r, size_t from, uint64_t size) {
  while (size) {
    size_t have = ahead(r).size - from;
    if (!have && !more(r)) return false;
    size_t drop = have < size ? have : (size_t)size;
    char *to = r->text.data + r->at + from;
    memmove(to, to + drop, r->text.size - r->at - from - drop);
    r->text.size -= drop;
    if (r->edge >= r->at + from + drop) r->edge -= drop;
    size -= drop;
  }
  return true;
}

/* Is what stands behind the SIZE bytes of the record at hand the end of a record? */
static bool ends_well(hs_records *r, size_t size) {
  size_t ends = 0;
  while (ends < TAIL_BYTES && need(r, size + ends + 1) && strchr("\r\n", ahead(r).data[size + ends])) {
    if (!ahead(r).data[size + ends]) break;
    ends++;
  }
  if (!need(r, size + ends + 1)) return !r->broken.code || hs_stream_member(r->stream) != r->member;
  hs_str tail = {ahead(r).data + size, ends};
  if (hs_str_starts(tail, "\r\n\r\n") || hs_str_starts(tail, "\n\n")) return true;
  need(r, size + ends + mark_size);
  hs_str s = ahead(r);
  return hs_str_starts((hs_str){s.data + size + ends, s.size - size - ends}, mark);
}

/* A record whose length cannot be true: what stands in it may be other records. */
static int wrong_length(hs_records *r, uint64_t offset, size_t head, bool skipped, const char *why, hs_error *error) {
  if (skipped && !r->severed && hs_stream_seek(r->stream, offset + head)) {
    r->text.size = r->at = 0;
    r->has_edge = r->ended = false;
    r->edge = head = 0;
  }
  return pass_over(r, offset, head, why, error);
}

static int read_record(hs_records *r, hs_record_found *out, hs_error *error) {
  uint64_t offset = place(r), left, length;
  if (!need(r, mark_size) || !hs_str_starts(ahead(r), mark))
    return pass_over(r, offset, 0, "no record begins here", error);
  size_t head = header_size(r);
  if (!head) return pass_over(r, offset, 1, "a record's header that does not end within 64 KiB", error);
  if (!read_length(hs_http_field((hs_str){ahead(r).data, head}, "Content-Length"), &length))
    return pass_over(r, offset, head, "a record without a length that can be", error);
  if (hs_stream_left(r->stream, &left) && length > left + (r->text.size - r->at - head))
    return pass_over(r, offset, head, "a record that is longer than what is left of the file", error);
  size_t kept = length < HS_LIMIT_RECORD_BYTES ? (size_t)length : HS_LIMIT_RECORD_BYTES;
  bool skipped = kept < length;
  if (!need(r, head + kept) || !skip(r, head + kept, length - kept))
    return wrong_length(r, offset, head, skipped, "a record that ends before its length", error);
  if (!ends_well(r, head + kept))
    return wrong_length(r, offset, head, skipped, "a record that does not end where its length says", error);
  hs_str all = ahead(r);
  *out = (hs_record_found){offset, {all.data, head}, {all.data + head, kept}, length};
  r->used = head + kept;
  return 1;
}

int hs_records_next(hs_records *r, hs_record_found *out, hs_error *error) {
  r->at += r->used;
  r->used = 0;
  for (;;) {
    if (r->lost) find(r);
    skip_line_ends(r);
    if (r->has_edge && r->at == r->edge) r->has_edge = r->lost = false;
    if (r->at >= r->edge) r->home = r->member;
    if (r->at < r->text.size) {
      if (!r->lost) return read_record(r, out, error);
      continue;
    }
    if (r->lost) r->broken.code = HS_OK; /* told when the record that it broke was passed over */
    if (r->broken.code) return tell(r, hs_stream_packed(r->stream) ? hs_stream_member(r->stream) : place(r), "", error);
    if (!r->severed || !resume(r)) return 0;
  }
}

bool hs_records_begin(hs_records *r) {
  need(r, mark_size);
  if (r->has_edge) return r->edge == 0;
  return hs_str_starts(ahead(r), mark);
}

void hs_records_free(hs_records *r) {
  hs_buffer_free(&r->text);
  *r = (hs_records){0};
}
