#include "extract/work.h"
void hs_metadata_read(hs_work *w) { (void)w; }
