/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/prices/prices.h"
#include "tests/hub/fake_office.h"

#include <string.h>

#define MINUTE (60 * G_USEC_PER_SEC)
#define SHOP 1

/* --- derivation ---------------------------------------------------------------------------- */

static const struct {
	int32_t percent;
	int64_t step, less, from;
	bool fits;
	int64_t price;
} derivations[] = {
	{ 0, 1, 0, 12345, true, 12345 },
	{ 3000, 1, 0, 1000, true, 1300 }, /* cost and 30 % */
	{ -1000, 1, 0, 1000, true, 900 },
	{ -1000, 1, 0, 1005, true, 905 }, /* 904.5 */
	{ -1000, 1, 0, 1004, true, 904 }, /* 903.6 */
	{ 1234, 1, 0, 10000, true, 11234 },
	{ 0, 100, 0, 149, true, 100 },
	{ 0, 100, 0, 150, true, 200 }, /* half up */
	{ 2500, 100, 1, 1590, true, 1999 }, /* 1987.5 → 2000 → 1999 */
	{ 2500, 1000, 10, 159000, true, 198990 }, /* 198 750 → 199 000 */
	{ 3333, 5, 0, 299, true, 400 }, /* 398.6567 */
	{ 500, 10, 0, 142, true, 150 }, /* 149.1 */
	{ 1, 100, 0, 4999, true, 5000 }, /* 4999.4999: one rounding; of a rounded 4999 the same */
	{ 100, 100, 0, 49, false, 0 }, /* 49.49 → 0, not 50 → 100; and nothing is no price */
	{ -10000, 1, 0, 1000, true, 0 }, /* for nothing, and meant so */
	{ 5000, 1, 0, 0, true, 0 },
	{ 0, 100, 1, 0, false, 0 }, /* below zero */
	{ 0, 100, 1, 40, false, 0 },
	{ 0, 100, 99, 60, true, 1 },
	{ 10000, 1, 0, G_MAXINT64 / 2, true, G_MAXINT64 - 1 },
	{ 10000, 1, 0, G_MAXINT64, false, 0 },
	{ 0, 1, 0, -1, false, 0 },
};

static void test_derivation(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(derivations); i++) {
		PriceKind kind = { .basis = PRICE_ON_COST,
				   .percent = derivations[i].percent,
				   .step = derivations[i].step,
				   .less = derivations[i].less };
		int64_t price = 0;

		g_test_message("case %zu", i);
		g_assert_true(price_derive(&kind, derivations[i].from, &price) ==
			      derivations[i].fits);
		g_assert_cmpint(price, ==, derivations[i].price);
	}
}

/* --- a shop -------------------------------------------------------------------------------- */

static int64_t add_kind(FakeOffice *office, const char *name, PriceBasis basis, int64_t of,
			int32_t percent, int64_t step, int64_t less)
{
	char *copy = g_strdup(name);
	PriceKind kind = { .name = copy,
			   .basis = basis,
			   .of_kind = of,
			   .percent = percent,
			   .step = step,
			   .less = less };
	g_autoptr(GError) error = NULL;

	price_kind_write(office->store, &kind, 0, &error);
	g_assert_no_error(error);
	g_free(copy);
	return kind.id;
}

/* −1: no price. */
static int64_t price_of(FakeOffice *office, int64_t item, int64_t kind, int64_t shop, int64_t at)
{
	g_autoptr(GError) error = NULL;
	int64_t amount = 0;
	bool has = false;

	price_at(office->store, item, kind, shop, at, &has, &amount, &error);
	g_assert_no_error(error);
	return has ? amount : -1;
}

/* @amount −1: none. */
static void set(FakeOffice *office, int64_t item, int64_t kind, int64_t shop, int64_t first_at,
		int64_t amount)
{
	PriceSet one = { item, kind, shop, first_at, amount >= 0, amount };
	g_autoptr(GError) error = NULL;

	prices_set(office->store, &one, 1, 0, "hand", &error);
	g_assert_no_error(error);
}

static int64_t come_due(FakeOffice *office, int64_t now)
{
	g_autoptr(GError) error = NULL;
	int64_t n = -1;

	prices_come_due(office->store, now, &n, &error);
	g_assert_no_error(error);
	return n;
}

/* The revision of an item. */
static int64_t revision_of(FakeOffice *office, int64_t item)
{
	int64_t revision = 0;

	g_assert_true(fake_office_ask(office, "office/price/revision", &item, 1, &revision, 1));
	return revision;
}

static void test_a_price_to_come_switches_at_its_microsecond(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t at = g_get_real_time() + 10 * MINUTE, before, wholesale;

	fake_office_init(&office);
	fake_office_add_goods(&office, 3);
	wholesale = add_kind(&office, "wholesale", PRICE_OF_KIND, PRICE_RETAIL, -1000, 1, 0);
	before = revision_of(&office, 2);
	set(&office, 2, PRICE_RETAIL, 0, at, 5000);
	g_assert_cmpint(revision_of(&office, 2), >, before);
	g_assert_cmpint(price_of(&office, 2, PRICE_RETAIL, SHOP, at - 1), ==, 1002);
	g_assert_cmpint(price_of(&office, 2, PRICE_RETAIL, SHOP, at), ==, 5000);
	g_assert_cmpint(price_of(&office, 2, wholesale, SHOP, at - 1), ==, 902);
	g_assert_cmpint(price_of(&office, 2, wholesale, SHOP, at), ==, 4500);
	g_assert_cmpint(come_due(&office, at - 1), ==, 0);
	before = revision_of(&office, 2);
	g_assert_cmpint(come_due(&office, at), ==, 1);
	g_assert_cmpint(revision_of(&office, 2), >, before);
	g_assert_cmpint(come_due(&office, at), ==, 0);
	g_assert_cmpint(price_of(&office, 2, PRICE_RETAIL, SHOP, at), ==, 5000);
	g_assert_cmpint(price_of(&office, 3, PRICE_RETAIL, SHOP, at), ==, 1003);
}

static void test_a_shop_goes_before_all_shops(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t now = g_get_real_time() + MINUTE, later = now + MINUTE;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	set(&office, 1, PRICE_RETAIL, SHOP, 0, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, now), ==, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, 2, now), ==, 1001);
	set(&office, 1, PRICE_RETAIL, 0, 0, 800);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, now), ==, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, 2, now), ==, 800);
	set(&office, 1, PRICE_RETAIL, SHOP, later, -1);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, later - 1), ==, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, later), ==, 800);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/prices/derivation", test_derivation);
	g_test_add_func("/prices/to-come", test_a_price_to_come_switches_at_its_microsecond);
	g_test_add_func("/prices/shop", test_a_shop_goes_before_all_shops);
	return g_test_run();
}
