#ifndef BENCH_CONTENT_H
#define BENCH_CONTENT_H

#include "pack/pack.h"

/* What a pack says in its sections, without looks, a line for each part: what other typesetters are given to set. Fields are parted by
 * tabs, lines of one cell by "␤". Caller frees. page landscape | h1 words | p words | li words | table 3 | th a b c | tr a b c | tg words
 * of a group row */
char *bench_content_dup (const BpPack *pack);

#endif
