/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "store/store.h"

/* Who a till is. Codes and tokens are kept as hashes and looked up by them: what a stranger could
 * learn from the time that takes is about a hash, which opens nothing. */
typedef struct {
	int64_t id;
	int64_t next; /* journal number wanted next */
	int64_t shop_id;
	uint16_t currency;
	char *name, *shop_name, *country, *timezone; /* owned */
} HubTill;

void hub_till_clear(HubTill *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(HubTill, hub_till_clear)

/* False without an error where nobody has that token. */
bool access_find(Store *store, const char *token, HubTill *ret, GError **error);
/* Uses the code up. False without an error where it opens nothing. Own *ret_token. */
bool access_enrol(Store *store, const char *code, HubTill *ret, char **ret_token, GError **error);
/* Notes that the till spoke to us. */
bool access_see(Store *store, int64_t till_id, GError **error);
