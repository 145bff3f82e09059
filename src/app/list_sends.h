#ifndef BP_APP_LIST_SENDS_H
#define BP_APP_LIST_SENDS_H

#include "app/options.h"
#include "store/sends.h"

#include <jansson.h>

/* `list sends`: who was sent what (run: of that run; NULL: of all; --file: that file), and what came of it. */
bool bp_list_sends (const BpOptions *options, const char *run, GError **error);
json_t *bp_send_to_json (const BpSend *send);

#endif
