/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/access.h"

#include "backoffice/people/shop.h"

#include <sodium.h>

#define TOKEN_BYTES 32

void hub_till_clear(HubTill *self)
{
	g_clear_pointer(&self->name, g_free);
	g_clear_pointer(&self->shop_name, g_free);
	g_clear_pointer(&self->country, g_free);
	g_clear_pointer(&self->timezone, g_free);
}

static void read_till(StoreStatement *row, HubTill *ret)
{
	*ret = (HubTill){
		.id = store_get_int(row, 0),
		.name = g_strdup(store_get_text(row, 1)),
		.next = store_get_int(row, 2),
		.shop_id = store_get_int(row, 3),
		.shop_name = g_strdup(store_get_text(row, 4)),
		.country = g_strdup(store_get_text(row, 5)),
		.currency = (uint16_t)store_get_int(row, 6),
		.timezone = g_strdup(store_get_text(row, 7)),
	};
}

static bool find(Store *store, const char *statement, const char *secret, HubTill *ret,
		 GError **error)
{
	StoreStatement *read = store_statement(store, statement);
	g_autofree char *hash = till_dup_secret_hash(secret);
	bool found;

	store_bind_text(read, 1, hash);
	found = store_step(read, error) == STORE_ROW;
	if (found)
		read_till(read, ret);
	store_reset(read);
	return found;
}

bool access_find(Store *store, const char *token, HubTill *ret, GError **error)
{
	return find(store, "office/sync/till_by_token", token, ret, error);
}

static char *dup_new_token(void)
{
	uint8_t bytes[TOKEN_BYTES];
	char *hex = g_malloc(2 * TOKEN_BYTES + 1);

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(hex, 2 * TOKEN_BYTES + 1, bytes, sizeof bytes);
	return hex;
}

static bool write_token(Store *store, const char *code, const char *token, GError **error)
{
	StoreStatement *enrol = store_statement(store, "office/sync/enrol");
	g_autofree char *code_hash = till_dup_secret_hash(code);
	g_autofree char *token_hash = till_dup_secret_hash(token);

	store_bind_text(enrol, 1, code_hash);
	store_bind_text(enrol, 2, token_hash);
	store_bind_int(enrol, 3, g_get_real_time());
	return store_run(enrol, error);
}

bool access_enrol(Store *store, const char *code, HubTill *ret, char **ret_token, GError **error)
{
	g_autofree char *token = dup_new_token();
	g_auto(HubTill) till = { 0 };

	if (!store_begin(store, error))
		return false;
	if (!find(store, "office/sync/till_by_code", code, &till, error) ||
	    !write_token(store, code, token, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret = till;
	till = (HubTill){ 0 };
	*ret_token = g_steal_pointer(&token);
	return true;
}

bool access_see(Store *store, int64_t till_id, GError **error)
{
	StoreStatement *see = store_statement(store, "office/sync/see");

	store_bind_int(see, 1, till_id);
	store_bind_int(see, 2, g_get_real_time());
	return store_run(see, error);
}
