/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/expiry.h"

#include "backoffice/people/counter.h"

/* The one number of a row of (shop, item); 0 where there is no row, or NULL. */
static bool read_day(Store *store, const char *statement, int64_t shop_id, int64_t item_id,
		     int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, statement);
	StoreStep step;

	store_bind_int(row, 1, shop_id);
	store_bind_int(row, 2, item_id);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool tell(Store *store, int64_t shop_id, int64_t item_id, int64_t day, GError **error)
{
	StoreStatement *put;
	int64_t revision;

	if (!counter_take(store, "revision", &revision, error))
		return false;
	put = store_statement(store, "office/batch/tell_last_day");
	store_bind_int(put, 1, shop_id);
	store_bind_int(put, 2, item_id);
	if (day != 0)
		store_bind_int(put, 3, day);
	store_bind_int(put, 4, revision);
	return store_run(put, error);
}

bool expiry_changed(Store *store, int64_t shop_id, int64_t item_id, GError **error)
{
	int64_t now, told;

	return read_day(store, "office/batch/last_day", shop_id, item_id, &now, error) &&
	       read_day(store, "office/batch/told_last_day", shop_id, item_id, &told, error) &&
	       (now == told || tell(store, shop_id, item_id, now, error));
}
