#include "ingest/ingest.h"
#include "base/error.h"
#include <stdlib.h>
struct hs_input { int x; };
void hs_capture_free(hs_capture *c) { if (c) { hs_arena_free(c->arena); free(c);} }
hs_input *hs_input_open(const char *const *paths, size_t count) { (void)paths; (void)count; return hs_calloc(1, sizeof(hs_input)); }
int hs_input_next(hs_input *input, hs_capture **out, hs_error *error) { (void)input; (void)error; *out = NULL; return 0; }
void hs_input_progress(const hs_input *input, hs_progress *progress) { (void)input; (void)progress; }
void hs_input_free(hs_input *input) { free(input); }
