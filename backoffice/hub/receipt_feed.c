/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/hub/receipt_feed.h"

/* Members of the entry that a till is told. */
static const char *const members[] = { "number", "at", "receipt", "fiscal" };

static json_t *load(const char *body)
{
	return body != NULL ? json_loads(body, 0, NULL) : NULL;
}

/* In the order of office/receipt/find. */
static json_t *row_to_json(StoreStatement *row)
{
	json_auto_t *entry = load(store_get_text(row, 1));
	json_auto_t *late = load(store_get_text(row, 2));
	json_t *json = json_pack("{s:I}", "till", (json_int_t)store_get_int(row, 0));
	json_t *proof = json_object_get(late, "fiscal");

	for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
		json_t *value = json_object_get(entry, members[i]);

		json_object_set(json, members[i], value != NULL ? value : json_null());
	}
	if (proof != NULL)
		json_object_set(json, "fiscal", proof);
	return json;
}

static StoreStatement *bind(Store *store, const char *name, int64_t shop_id, const char *number)
{
	StoreStatement *row = store_statement(store, name);

	store_bind_int(row, 1, shop_id);
	store_bind_text(row, 2, number);
	return row;
}

static bool add_returns(Store *store, int64_t shop_id, const char *number, json_t *receipt,
			GError **error)
{
	StoreStatement *row = bind(store, "office/receipt/returns", shop_id, number);
	json_t *returns = json_array();
	StoreStep step;

	json_object_set_new(receipt, "returns", returns);
	while ((step = store_step(row, error)) == STORE_ROW)
		json_array_append_new(returns, row_to_json(row));
	return step == STORE_DONE;
}

static bool find(Store *store, int64_t shop_id, const char *number, json_t **ret, GError **error)
{
	StoreStatement *row = bind(store, "office/receipt/find", shop_id, number);
	StoreStep step = store_step(row, error);

	if (step != STORE_ROW)
		return step == STORE_DONE;
	*ret = row_to_json(row);
	store_reset(row);
	if (add_returns(store, shop_id, number, *ret, error))
		return true;
	json_decref(*ret);
	*ret = NULL;
	return false;
}

bool receipt_feed_find(Store *store, int64_t shop_id, const char *number, json_t **ret,
		       GError **error)
{
	bool ok;

	*ret = NULL;
	if (!store_begin_read(store, error))
		return false;
	ok = find(store, shop_id, number, ret, error);
	store_rollback(store);
	return ok;
}
