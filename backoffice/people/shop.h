/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/people.h"

/* The shop itself and its tills. */

typedef struct {
	int64_t id;
	char *name, *country, *timezone; /* owned */
	uint16_t currency;
} Shop;

void shop_free(Shop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Shop, shop_free)

/* Fills a freshly migrated database: a shop, the taxes of its country, an administrator whose PIN
 * is handed out once. Refuses a database that has a shop. Own *ret_pin. */
bool shop_init(Store *store, const char *country, const char *name, char **ret_pin, GError **error);
/* Another shop of the same business, in the country and with the taxes of the first. */
bool shop_add(Store *store, const char *name, int64_t person_id, GError **error);
/* NULL name: the first shop. PEOPLE_ERROR_SHOP where there is none of that name. */
Shop *shop_find(Store *store, const char *name, GError **error);
GPtrArray *shop_list(Store *store, GError **error);

/* A new till and the code that enrols it once, "ABCD-EFGH"; own it. */
bool till_add(Store *store, const char *shop, const char *name, int64_t *ret_id, char **ret_code,
	      GError **error);
/* What stands in till.code_hash and till.token_hash: SHA-256 in hex of the text in upper case
 * without blanks and hyphens, as people type codes. Own it. */
char *till_dup_secret_hash(const char *secret);
