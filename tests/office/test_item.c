/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item.h"
#include "backoffice/people/rights.h"
#include "core/barcode.h"
#include "tests/office/shop_floor.h"

#include <string.h>

#define MILK "4600000000015"
#define BOX "4600000000022"
#define SALT "4600000000039"

static Item *milk_new(void)
{
	Item *item = item_new(1);
	int64_t price = 110000;

	g_free(item->name);
	item->name = g_strdup("Milk");
	item->has_price = true;
	item->price = 10000;
	item_add_pack(item, "box", 12 * QUANTITY_ONE, &price);
	item_add_barcode(item, MILK, -1);
	item_add_barcode(item, BOX, 0);
	return item;
}

static void set_text(char **text, const char *value)
{
	g_free(*text);
	*text = g_strdup(value);
}

/* Writes it, which has to go well. */
static void must_write(FakeOffice *office, Item *item)
{
	g_autoptr(GError) error = NULL;

	item_write(office->store, item, 0, &error);
	g_assert_no_error(error);
}

/* Writing it has to fail in this way, and leaves it as it was. */
static void must_fail(FakeOffice *office, Item *item, int64_t person_id, GQuark domain, int code,
		      const char *says)
{
	g_autoptr(GError) error = NULL;
	int64_t id = item->id, revision = item->revision;

	g_assert_false(item_write(office->store, item, person_id, &error));
	g_assert_error(error, domain, code);
	if (strstr(error->message, says) == NULL)
		g_error("“%s” is not in “%s”", says, error->message);
	g_assert_cmpint(item->id, ==, id);
	g_assert_cmpint(item->revision, ==, revision);
}

static Item *must_read(FakeOffice *office, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Item *item = item_read(office->store, id, &error);

	g_assert_no_error(error);
	g_assert_nonnull(item);
	return item;
}

static bool scan(FakeOffice *office, const char *code, ItemScan *ret)
{
	g_autoptr(GError) error = NULL;
	bool found = item_find_scan(office->store, code, ret, &error);

	g_assert_no_error(error);
	return found;
}

static void test_is_read_as_written(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Item) item = milk_new();
		g_autoptr(Item) back = NULL;

		must_write(&office, item);
		back = must_read(&office, item->id);
		g_assert_cmpint(back->revision, ==, item->revision);
		g_assert_cmpstr(back->name, ==, "Milk");
		g_assert_cmpuint(back->packs->len, ==, 1);
		g_assert_cmpint(g_array_index(back->packs, ItemPack, 0).factor, ==,
				12 * QUANTITY_ONE);
		g_assert_cmpint(g_array_index(back->packs, ItemPack, 0).price, ==, 110000);
		g_assert_cmpuint(back->barcodes->len, ==, 2);
		g_assert_cmpint(g_array_index(back->barcodes, ItemBarcode, 0).pack, ==, -1);
		g_assert_cmpint(g_array_index(back->barcodes, ItemBarcode, 1).pack, ==, 0);
	}
}

static void test_a_scan_means_one_or_a_pack(void)
{
	g_auto(FakeOffice) office = { 0 };
	ItemScan found;

	fake_office_init(&office);
	{
		g_autoptr(Item) item = milk_new();

		set_text(&item->article, "M1");
		item->has_plu = true;
		item->plu = 77;
		must_write(&office, item);
		g_assert_true(scan(&office, MILK, &found));
		g_assert_cmpint(found.item_id, ==, item->id);
		g_assert_cmpint(found.quantity, ==, QUANTITY_ONE);
		g_assert_cmpint(found.pack_id, ==, 0);
		g_assert_true(scan(&office, "0" BOX, &found)); /* as a GTIN-14 */
		g_assert_cmpint(found.quantity, ==, 12 * QUANTITY_ONE);
		g_assert_cmpint(found.pack_id, ==, g_array_index(item->packs, ItemPack, 0).id);
		g_assert_true(scan(&office, " M1 ", &found));
		g_assert_true(scan(&office, "77", &found));
		g_assert_cmpint(found.quantity, ==, QUANTITY_ONE);
		/* The DataMatrix of marked goods. */
		g_assert_true(scan(&office, "010460000000001521abcDEF1234567", &found));
		g_assert_cmpint(found.item_id, ==, item->id);
		g_assert_false(scan(&office, SALT, &found));
		g_assert_false(scan(&office, "", &found));
		g_assert_false(scan(&office, "78", &found));
	}
}

static void test_two_people_change_one_item(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Item) first = milk_new();
		g_autoptr(Item) second = NULL;
		g_autoptr(Item) now = NULL;

		must_write(&office, first);
		second = must_read(&office, first->id);
		set_text(&first->name, "Milk, 1 l");
		must_write(&office, first);
		set_text(&second->brand, "Ours");
		must_fail(&office, second, 0, GOODS_ERROR, GOODS_ERROR_CHANGED, "meanwhile");
		now = must_read(&office, first->id);
		g_assert_cmpstr(now->name, ==, "Milk, 1 l");
		g_assert_cmpstr(now->brand, ==, "");
		must_write(&office, first); /* whoever wrote last goes on without reading */
	}
}

static void test_link_a_code_on_the_spot(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	ItemScan found;

	fake_office_init(&office);
	{
		g_autoptr(Item) item = milk_new();
		g_autoptr(Item) other = item_new(1);
		int64_t pack;

		must_write(&office, item);
		set_text(&other->name, "Salt");
		must_write(&office, other);
		pack = g_array_index(item->packs, ItemPack, 0).id;
		item_link_barcode(office.store, item->id, pack, SALT, 0, &error);
		g_assert_no_error(error);
		g_assert_true(scan(&office, SALT, &found));
		g_assert_cmpint(found.quantity, ==, 12 * QUANTITY_ONE);
		item_link_barcode(office.store, item->id, 0, SALT, 0, &error); /* no, single */
		g_assert_no_error(error);
		g_assert_true(scan(&office, SALT, &found));
		g_assert_cmpint(found.quantity, ==, QUANTITY_ONE);
		g_assert_false(item_link_barcode(office.store, other->id, 0, SALT, 0, &error));
		g_assert_error(error, GOODS_ERROR, GOODS_ERROR_TAKEN);
	}
}

static void test_numbers_given_out(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	{
		g_auto(ListFate) fate = import_text(
			&office,
			"barcode,name\n2000000000015,A\n2000000000022,B\n2000000000046,C\n", -1,
			NULL);
		g_autofree char *first = NULL, *second = NULL;

		g_assert_cmpstr(fate.refusals->str, ==, "");
		store_begin(office.store, NULL);
		first = item_next_barcode(office.store, &error);
		g_assert_no_error(error);
		second = item_next_barcode(office.store, &error);
		g_assert_no_error(error);
		store_commit(office.store, NULL);
		g_assert_cmpstr(first, ==, "2000000000039");
		g_assert_cmpstr(second, ==, "2000000000053");
		g_assert_cmpint(barcode_kind(first), ==, BARCODE_EAN13);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/item/read", test_is_read_as_written);
	g_test_add_func("/item/scan", test_a_scan_means_one_or_a_pack);
	g_test_add_func("/item/two-people", test_two_people_change_one_item);
	g_test_add_func("/item/link", test_link_a_code_on_the_spot);
	g_test_add_func("/item/numbers", test_numbers_given_out);
	return g_test_run();
}
