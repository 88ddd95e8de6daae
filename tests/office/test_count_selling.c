/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting while the shop sells comes to the same as counting a shop that is closed. */
#include "backoffice/stock/count.h"
#include "core/quantity.h"
#include "tests/office/selling_shop.h"

/* Days; BARAA_SEEDS says otherwise. */
#define SEEDS 10
#define FOR_EVER INT64_MAX

/* --- the day ------------------------------------------------------------------------------- */

static void sell_a_while(SellingShop *shop, int steps)
{
	for (int i = 0; i < steps; i++)
		selling_shop_step(shop, false);
}

/* Two people count, and in between the shop goes on. */
static void count_all(SellingShop *shop)
{
	do {
		sell_a_while(shop, g_rand_int_range(shop->rand, 0, 3));
	} while (selling_shop_count_step(shop));
}

static void count_and_recount(SellingShop *shop)
{
	int rounds = 0;

	selling_shop_begin_count(shop);
	count_all(shop);
	for (bool first = true; selling_shop_recount(shop, !first); first = false) {
		count_all(shop);
		g_assert_cmpint(++rounds, <, 20);
	}
}

static void post_count(SellingShop *shop)
{
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < SHOP_TILLS; i++)
		shop->events.late += (int)(shop->tills[i].entries->len - shop->sent[i]);
	document_post(shop->office.store, shop->count, 0, &error);
	g_assert_no_error(error);
	fake_office_verify(&shop->office);
}

static void go_on(SellingShop *shop)
{
	for (int i = 0; i < 80; i++)
		selling_shop_step(shop, true);
	selling_shop_send_all(shop);
	fake_office_verify(&shop->office);
}

/* --- the closed shop ------------------------------------------------------------------------ */

/* The same facts, and all of the item counted in one moment in which nothing moves. */
static OracleSums count_closed(const ShopItem *item, int64_t item_id, int64_t at, int64_t there)
{
	const OracleFact count = {
		.move = { .item_id = item_id, .at = at, .quantity = there, .how = LEDGER_COUNTED },
		.place = INT64_MAX,
	};
	g_autoptr(GArray) facts = g_array_new(false, false, sizeof(OracleFact));

	g_array_append_vals(facts, item->facts->data, item->facts->len);
	g_array_append_val(facts, count);
	return oracle_sums(facts, item_id, 0, FOR_EVER);
}

/* Once everything is heard of, nothing that was posted is in doubt. */
static void check_nothing_shaken(SellingShop *shop)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = count_to_recount(shop->office.store, shop->count, &error);

	g_assert_no_error(error);
	g_assert_cmpint(list->len, ==, 0);
}

static void check_item(SellingShop *shop, int64_t id)
{
	const ShopItem *item = &shop->items[id];
	/* All of the shop at once, in the morning before the counting began. */
	OracleSums all_at_once = count_closed(item, id, shop->opened, item->at_opening);
	/* The shop stands still when this item is looked at. */
	OracleSums still = count_closed(item, id, item->at, item->there);
	int64_t balance[2];

	g_assert_true(fake_office_ask(&shop->office, "office/ledger/balance", (int64_t[]){ 1, id },
				      2, balance, 2));
	g_assert_cmpint(balance[0], ==, item->hall + item->store);
	g_assert_cmpint(balance[0], ==, all_at_once.quantity);
	g_assert_cmpint(balance[0], ==, still.quantity);
	g_assert_cmpint(balance[1], ==, still.value);
	/* What was missing is worth what it cost then: where a delivery in between made it dearer,
	 * that depends on when the shop was closed. */
	if (item->steady)
		g_assert_cmpint(balance[1], ==, all_at_once.value);
}

static void add_events(ShopEvents *sum, const ShopEvents *more)
{
	sum->sales += more->sales;
	sum->kits += more->kits;
	sum->returns += more->returns;
	sum->deliveries += more->deliveries;
	sum->carried += more->carried;
	sum->scans += more->scans;
	sum->skipped += more->skipped;
	sum->recounted += more->recounted;
	sum->disputed += more->disputed;
	sum->late += more->late;
}

static void test_same_as_a_closed_shop(void)
{
	ShopEvents sum = { 0 };
	const char *given = g_getenv("BARAA_SEEDS");
	const int seeds = given != NULL ? (int)g_ascii_strtoll(given, NULL, 10) : SEEDS;

	g_assert_cmpint(seeds, >, 0);
	for (guint32 seed = 1; seed <= (guint32)seeds; seed++) {
		g_auto(SellingShop) shop;

		g_test_message("seed %u", seed);
		selling_shop_init(&shop, seed);
		sell_a_while(&shop, 60);
		count_and_recount(&shop);
		post_count(&shop);
		go_on(&shop);
		check_nothing_shaken(&shop);
		for (int64_t id = 1; id <= SHOP_ITEMS; id++)
			check_item(&shop, id);
		add_events(&sum, &shop.events);
	}
	g_test_message("%d sales, %d kits, %d returns, %d deliveries, %d carried, %d scans, %d "
		       "empty places, "
		       "%d counted once more, %d disputed, %d receipts heard of after the posting",
		       sum.sales, sum.kits, sum.returns, sum.deliveries, sum.carried, sum.scans,
		       sum.skipped, sum.recounted, sum.disputed, sum.late);
	g_assert_cmpint(sum.sales, >, 100 * seeds);
	g_assert_cmpint(sum.kits, >, 5 * seeds);
	g_assert_cmpint(sum.returns, >, 10 * seeds);
	g_assert_cmpint(sum.deliveries, >, seeds);
	g_assert_cmpint(sum.skipped, >, seeds);
	g_assert_cmpint(sum.disputed, >, seeds);
	g_assert_cmpint(sum.late, >, 10 * seeds);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/count_selling/same_as_a_closed_shop", test_same_as_a_closed_shop);
	return g_test_run();
}
