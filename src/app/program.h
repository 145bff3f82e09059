#ifndef BP_APP_PROGRAM_H
#define BP_APP_PROGRAM_H

#include <jansson.h>

/* SHA-256 over the sources that the program was built from: two builds of one version can be told apart. */
extern const char bp_source_sum[];

/* The "program" of a manifest: name, version, sum of the sources, versions of the libraries in use. */
json_t *bp_program_to_json (void);

#endif
