/* SPDX-License-Identifier: GPL-3.0-or-later */
/* usage: count FOLDER ITEMS: a stock count of so many goods in two zones, each moved twenty times,
 * ten of them since it was counted. Prints milliseconds: of one scan, of the review, of the list to
 * be counted once more, of the progress, of posting. */
#include "backoffice/stock/count.h"
#include "backoffice/people/shop.h"
#include "core/quantity.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

/* 2026-11-23 06:00 UTC */
#define MORNING INT64_C(1795413600000000)
#define SALES 10 /* before the count, and as many after */

static void must(bool ok, const GError *error)
{
	if (!ok)
		g_error("%s", error->message);
}

static double since(int64_t start)
{
	return (double)(g_get_monotonic_time() - start) / 1000.0;
}

static void add_goods(const char *path, int n)
{
	sqlite3 *db = NULL;
	g_autofree char *sql = g_strdup_printf(
		"WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < %d) "
		"INSERT INTO item (id, name, folded, category, tax_group, revision) "
		"SELECT id, 'Goods ' || id, 'goods ' || id || char(10), 'All', 1, -id FROM n; "
		"INSERT INTO zone (shop_id, id, name, sells) VALUES (1, 1, 'Hall', 1), (1, 2, "
		"'Store', 0)",
		n);

	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		g_error("%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void move(Ledger *ledger, int item, int64_t at, int64_t quantity)
{
	const LedgerMove move = { .item_id = item,
				  .at = at + item,
				  .day = 20261123,
				  .kind = quantity > 0 ? "delivery" : "sale",
				  .till_id = quantity > 0 ? 0 : 1,
				  .seq = at,
				  .line = 1,
				  .quantity = quantity,
				  .how = quantity > 0 ? LEDGER_VALUED : LEDGER_AT_AVERAGE,
				  .value = quantity > 0 ? quantity / 1000 : 0 };
	g_autoptr(GError) error = NULL;

	must(ledger_post(ledger, &move, &error), error);
}

static void move_all(Store *store, int items, int64_t at, int turns, int64_t quantity)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	must(store_begin(store, &error), error);
	ledger = ledger_new(store, 1, &error);
	must(ledger != NULL, error);
	for (int turn = 0; turn < turns; turn++)
		for (int item = 1; item <= items; item++)
			move(ledger, item, at + turn * G_USEC_PER_SEC, quantity);
	must(ledger_finish(ledger, &error), error);
	must(store_commit(store, &error), error);
}

static double count_all(Store *store, int64_t count, int items, int zone, int64_t at)
{
	g_autoptr(GError) error = NULL;
	int64_t start = g_get_monotonic_time();

	for (int item = 1; item <= items; item++) {
		const CountEntry entry = { .zone_id = zone,
					   .item_id = item,
					   .pass = 1,
					   .quantity = 45 * QUANTITY_ONE - item % 7 % 2,
					   .at = at + item };

		must(count_set(store, count, &entry, &error), error);
	}
	return since(start) / items;
}

static int64_t begin(Store *store)
{
	g_autoptr(Document) document = document_new(DOCUMENT_COUNT, 1);
	g_autoptr(GError) error = NULL;

	must(document_create(store, document, 0, &error), error);
	return document->id;
}

static void measure(Store *store, int64_t count)
{
	g_autoptr(GPtrArray) all = NULL, again = NULL, zones = NULL;
	g_autoptr(GError) error = NULL;
	int64_t start = g_get_monotonic_time();

	all = count_review(store, count, &error);
	must(all != NULL, error);
	printf("review %.1f\n", since(start));
	start = g_get_monotonic_time();
	again = count_to_recount(store, count, &error);
	must(again != NULL, error);
	printf("recount %.1f\n", since(start));
	start = g_get_monotonic_time();
	zones = count_progress(store, count, &error);
	must(zones != NULL, error);
	printf("progress %.1f\n", since(start));
	start = g_get_monotonic_time();
	must(document_post(store, count, 0, &error), error);
	printf("post %.1f\n", since(start));
}

int main(int argc, char **argv)
{
	int items = argc == 3 ? atoi(argv[2]) : 0;
	g_autofree char *path = argc == 3 ? g_build_filename(argv[1], "count.db", NULL) : NULL;
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_autofree char *pin = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = NULL;
	int64_t count;

	if (items < 1) {
		fputs("usage: count FOLDER ITEMS\n", stderr);
		return 2;
	}
	store = store_open(dsn, STORE_CREATE, &error);
	must(store != NULL, error);
	must(store_migrate(store, "office", &error), error);
	must(shop_init(store, "ru", "Bench", &pin, &error), error);
	add_goods(path, items);
	move_all(store, items, MORNING, 1, 100 * QUANTITY_ONE);
	move_all(store, items, MORNING + 60 * G_USEC_PER_SEC, SALES, -QUANTITY_ONE);
	count = begin(store);
	count_all(store, count, items, 2, MORNING + INT64_C(1800) * G_USEC_PER_SEC);
	printf("scan %.3f\n",
	       count_all(store, count, items, 1, MORNING + INT64_C(3600) * G_USEC_PER_SEC));
	move_all(store, items, MORNING + INT64_C(7200) * G_USEC_PER_SEC, SALES, -QUANTITY_ONE);
	measure(store, count);
	return 0;
}
