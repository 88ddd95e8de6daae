/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/session/shop.h"

#include "core/country.h"
#include "pos/till/till_db.h"
#include "store/goods_file.h"

#include <sodium.h>
#include <string.h>

#include <glib/gstdio.h>
static const struct {
	GoodsItem item;
	const char *barcodes[3];
} goods[] = {
	{ { .id = 1, .name = "Bread", .unit = UNIT_PIECE, .has_price = true, .price = 2500 },
	  { "4600000000015" } },
	{ { .id = 2, .name = "Milk 1 l", .unit = UNIT_PIECE, .has_price = true, .price = 8990 },
	  { "4600000000022", "96385074" } },
	{ { .id = 3,
	    .article = "10",
	    .name = "Apples",
	    .unit = UNIT_KILOGRAM,
	    .weighed = true,
	    .has_price = true,
	    .price = 12050 },
	  { NULL } },
	{ { .id = 4, .name = "Box without a price", .unit = UNIT_PIECE }, { "4600000000046" } },
	{ { .id = 5, .name = "Odd code", .unit = UNIT_PIECE, .has_price = true, .price = 100 },
	  { "4600000000059" } },
	{ { .id = 6,
	    .name = "Gold",
	    .unit = UNIT_PIECE,
	    .has_price = true,
	    .price = INT64_C(900000000000) },
	  { "4600000000060" } },
	{ { .id = 7, .name = "Short code", .unit = UNIT_PIECE, .has_price = true, .price = 700 },
	  { "042100005264" } },
	{ { .id = 8,
	    .name = "Cheese",
	    .unit = UNIT_KILOGRAM,
	    .weighed = true,
	    .has_price = true,
	    .price = 50000 },
	  { "4600000000077" } },
};

static const struct {
	int64_t id;
	const char *name, *role, *pin;
} people[] = {
	{ 1, "Mary", "cashier", "1111" },
	{ 2, "Ann", "senior", "2222" },
	{ 3, "Oliver", "manager", "3333" },
	{ 4, "Pete", "stock", "4444" },
};

static bool put_taxes(Store *store, const Country *country, int32_t *ret_default, GError **error)
{
	for (int i = 0; i < country->n_tax_groups; i++) {
		const struct CountryTaxGroup *group = &country->tax_groups[i];

		if (g_str_equal(group->code, country->default_tax))
			*ret_default = i + 1;
		if (!goods_file_put_tax_group(store, i + 1, group->code, group->rates,
					      group->n_rates, error))
			return false;
	}
	return true;
}

static bool put_goods(Store *store, int32_t tax, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(goods); i++) {
		GoodsItem item = goods[i].item;

		item.tax_group = tax;
		item.barcodes = goods[i].barcodes;
		if (!goods_file_put_item(store, &item, error))
			return false;
	}
	return true;
}

static bool put_people(Store *store, GError **error)
{
	for (size_t i = 0; i < G_N_ELEMENTS(people); i++) {
		char hash[crypto_pwhash_STRBYTES];
		GoodsPerson person = { .id = people[i].id,
				       .name = people[i].name,
				       .role = people[i].role,
				       .pin_hash = hash };

		if (crypto_pwhash_str(hash, people[i].pin, strlen(people[i].pin), 1,
				      8 * 1024 * 1024) != 0 ||
		    !goods_file_put_person(store, &person, error))
			return false;
	}
	return true;
}

static bool make_goods(const char *directory, const Country *country, GError **error)
{
	g_autofree char *dsn = g_strdup_printf("sqlite:%s/goods.db", directory);
	g_autoptr(Store) store = store_open(dsn, STORE_CREATE, error);
	GoodsShop shop = { .shop_id = 1,
			   .name = "Corner",
			   .country = country->code,
			   .currency = country->currency,
			   .timezone = country->timezone };
	int32_t tax = 1;

	return store != NULL && store_migrate(store, "goods", error) && store_begin(store, error) &&
	       put_taxes(store, country, &tax, error) && put_goods(store, tax, error) &&
	       put_people(store, error) && goods_file_put_shop(store, &shop, error) &&
	       goods_file_set_revision(store, 1, error) && store_commit(store, error);
}

void shop_make_goods(const char *directory, const char *country)
{
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(sodium_init(), >=, 0);
	make_goods(directory, country_by_code(country), &error);
	g_assert_no_error(error);
}

char *shop_new(const char *country, const char *hub)
{
	char *directory = g_dir_make_tmp("baraa-session-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(directory, "till.db", NULL);
	g_autoptr(TillDb) db = NULL;
	g_autoptr(GError) error = NULL;

	shop_make_goods(directory, country);
	db = till_db_open(path, &error);
	g_assert_no_error(error);
	till_db_put_settings(db,
			     (const char *const[]){ TILL_SETTING_ID, "1", TILL_SETTING_NAME,
						    "Till 1", TILL_SETTING_TOKEN, "secret",
						    TILL_SETTING_HUB, hub != NULL ? hub : "",
						    NULL },
			     &error);
	g_assert_no_error(error);
	return directory;
}

void shop_configure(const char *directory, const char *text)
{
	g_autofree char *path = g_build_filename(directory, "till.conf", NULL);

	g_assert_true(g_file_set_contents(path, text, -1, NULL));
}

void shop_remove(char *directory)
{
	g_autoptr(GDir) files = g_dir_open(directory, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(files)) != NULL) {
		g_autofree char *path = g_build_filename(directory, name, NULL);

		g_assert_cmpint(g_unlink(path), ==, 0);
	}
	g_assert_cmpint(g_rmdir(directory), ==, 0);
	g_free(directory);
}
