/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: bulk DSN: makes 10 000 goods dearer at once and takes it back; prints the seconds of both,
 * a line each. */
#include "backoffice/goods/item.h"

#include <stdio.h>

#define N 10000

static double seconds_since(int64_t start)
{
	return (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC;
}

static bool measure(Store *store, GError **error)
{
	BulkChange change = { .field = BULK_PRICE_PERCENT, .text = "+10", .step = 10 };
	g_autoptr(GoodsList) list = goods_list_new(store);
	g_autoptr(GArray) ids = goods_list_dup_ids(list, error);
	int64_t start = g_get_monotonic_time(), set, n, undone, kept;

	if (ids == NULL || !goods_bulk_edit(store, (const int64_t *)(void *)ids->data,
					    (int)MIN(ids->len, N), &change, 0, &set, &n, error))
		return false;
	if (n == 0) {
		g_set_error_literal(error, GOODS_ERROR, GOODS_ERROR_INVALID,
				    "no goods have a price");
		return false;
	}
	printf("%.3f\n", seconds_since(start));
	start = g_get_monotonic_time();
	if (!change_set_undo(store, set, 0, &undone, &kept, error))
		return false;
	printf("%.3f\n", seconds_since(start));
	return undone == n && kept == 0;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = argc == 2 ? store_open(argv[1], 0, &error) : NULL;

	if (store != NULL && measure(store, &error))
		return 0;
	fprintf(stderr, "bulk: %s\n", error != NULL ? error->message : "name a database of goods");
	return 1;
}
