/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item.h"
#include "backoffice/goods/item_values.h"
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

static void test_what_is_another_items_is_taken(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Item) milk = milk_new();
		g_autoptr(Item) other = item_new(1);

		set_text(&milk->article, "M1");
		milk->has_plu = true;
		milk->plu = 7;
		must_write(&office, milk);
		set_text(&other->name, "Other");
		item_add_barcode(other, "0" BOX, -1); /* the same in another form */
		must_fail(&office, other, 0, GOODS_ERROR, GOODS_ERROR_TAKEN, "“Milk”");
		g_array_set_size(other->barcodes, 0);
		set_text(&other->article, "M1");
		must_fail(&office, other, 0, GOODS_ERROR, GOODS_ERROR_TAKEN, "M1");
		set_text(&other->article, "");
		other->has_plu = true;
		other->plu = 7;
		must_fail(&office, other, 0, GOODS_ERROR, GOODS_ERROR_TAKEN, "PLU 7");
		other->plu = 8;
		must_write(&office, other);
		g_assert_true(item_delete(office.store, milk->id, milk->revision, 0, NULL));
		other->plu = 7;
		set_text(&other->article, "M1");
		item_add_barcode(other, BOX, -1);
		must_write(&office, other); /* all of it is free again */
	}
}

/* --- what an item may be ------------------------------------------------------------------- */

static void break_name(Item *item)
{
	set_text(&item->name, "  ");
}

static void break_price(Item *item)
{
	item->price = 0;
}

static void break_cost(Item *item)
{
	item->has_cost = true;
	item->cost = -1;
}

static void break_plu(Item *item)
{
	item->has_plu = true;
	item->plu = 1000000;
}

static void break_barcode(Item *item)
{
	item_add_barcode(item, "4600000000023", -1);
}

static void break_barcode_twice(Item *item)
{
	item_add_barcode(item, "0" MILK, 0);
}

static void break_pack_of_halves(Item *item)
{
	item_add_pack(item, "half", QUANTITY_ONE / 2, NULL);
}

static void break_pack_of_nothing(Item *item)
{
	item_add_pack(item, "air", 0, NULL);
}

static void break_pack_name(Item *item)
{
	item_add_pack(item, " box ", 6 * QUANTITY_ONE, NULL);
}

static void break_service(Item *item)
{
	item->kind = ITEM_SERVICE;
	item->expires = true;
}

static void test_what_cannot_be_is_refused(void)
{
	static const struct {
		void (*break_it)(Item *item);
		const char *says;
	} cases[] = {
		{ break_name, "need a name" },	   { break_price, "zero" },
		{ break_cost, "negative" },	   { break_plu, "999999" },
		{ break_barcode, "check digit" },  { break_barcode_twice, "twice" },
		{ break_pack_of_halves, "whole" }, { break_pack_of_nothing, "nothing" },
		{ break_pack_name, "two packs" },  { break_service, "service" },
	};
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(Item) item = milk_new();

		cases[i].break_it(item);
		must_fail(&office, item, 0, GOODS_ERROR, GOODS_ERROR_INVALID, cases[i].says);
		g_assert_cmpint(count_goods(&office), ==, 0);
	}
}

/* --- packs --------------------------------------------------------------------------------- */

static void test_packs_come_and_go(void)
{
	g_auto(FakeOffice) office = { 0 };
	ItemScan found;

	fake_office_init(&office);
	{
		g_autoptr(Item) item = milk_new();
		g_autoptr(Item) again = NULL;
		int64_t twelve;

		must_write(&office, item);
		twelve = g_array_index(item->packs, ItemPack, 0).id;
		/* Another name keeps it, another factor makes another pack of it. */
		set_text(&g_array_index(item->packs, ItemPack, 0).name, "crate");
		must_write(&office, item);
		g_assert_cmpint(g_array_index(item->packs, ItemPack, 0).id, ==, twelve);
		g_array_index(item->packs, ItemPack, 0).factor = 10 * QUANTITY_ONE;
		must_write(&office, item);
		g_assert_cmpint(g_array_index(item->packs, ItemPack, 0).id, !=, twelve);
		g_assert_true(scan(&office, BOX, &found));
		g_assert_cmpint(found.quantity, ==, 10 * QUANTITY_ONE);
		/* A kilogram in three: exact to the millionth. */
		again = must_read(&office, item->id);
		g_array_set_size(again->packs, 0);
		g_array_set_size(again->barcodes, 0);
		again->unit = UNIT_KILOGRAM;
		item_add_pack(again, "third", 333333, NULL);
		item_add_barcode(again, BOX, 0);
		must_write(&office, again);
		g_assert_true(scan(&office, BOX, &found));
		g_assert_cmpint(found.quantity, ==, 333333);
	}
}

/* --- rights -------------------------------------------------------------------------------- */

static int64_t add_person(FakeOffice *office, Role role)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	people_add(office->store, role_code(role), role, role == ROLE_STOCK ? "4444" : "5555", &id,
		   &error);
	g_assert_no_error(error);
	return id;
}

static void test_prices_need_their_own_right(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_autoptr(Item) item = milk_new();
		int64_t stock = add_person(&office, ROLE_STOCK);
		int64_t cashier = add_person(&office, ROLE_CASHIER);
		g_autoptr(GError) error = NULL;
		g_autoptr(Item) plain = item_new(1);

		must_fail(&office, item, stock, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT, "");
		must_write(&office, item);
		set_text(&item->name, "Milk, 1 l");
		must_fail(&office, item, cashier, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT, "");
		g_assert_true(item_write(office.store, item, stock, &error));
		item->price++;
		must_fail(&office, item, stock, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT, "");
		item->price--;
		g_array_index(item->packs, ItemPack, 0).price++;
		must_fail(&office, item, stock, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT, "");
		set_text(&plain->name, "New on the shelf");
		g_assert_true(item_write(office.store, plain, stock, &error));
	}
}

/* --- all that goods can be, out and in again ----------------------------------------------- */

#define N_RANDOM 120

static char *random_text(const char *prefix, int i)
{
	static const char *const ends[] = { "", " «Ө Ү ё»", ", 1 l", " \"Ours\"", "; x", "/y" };

	return g_strdup_printf("%s %d%s", prefix, i,
			       ends[g_test_rand_int_range(0, G_N_ELEMENTS(ends))]);
}

static void maybe(bool *has, int64_t *value, int32_t most)
{
	*has = g_test_rand_bit();
	*value = *has ? g_test_rand_int_range(1, most) : 0;
}

static void add_random_code(Item *item, int i, int which, int pack)
{
	g_autofree char *digits = g_strdup_printf("46%08d%02d", i, which);
	g_autofree char *code = g_strdup_printf("%s%d", digits, barcode_check_digit(digits, 12));

	item_add_barcode(item, code, pack);
}

static void add_random_packs(Item *item, int i)
{
	int n = g_test_rand_int_range(0, 4);

	for (int pack = 0; pack < n; pack++) {
		g_autofree char *name = g_strdup_printf("box %d", pack);
		int64_t price = g_test_rand_int_range(1, 1000000);
		int64_t factor = g_test_rand_int_range(1, 100) * QUANTITY_ONE;

		if (item->unit == UNIT_KILOGRAM)
			factor += g_test_rand_int_range(0, 1000000);
		item_add_pack(item, name, factor, g_test_rand_bit() ? &price : NULL);
		if (g_test_rand_bit())
			add_random_code(item, i, 10 + pack, pack);
	}
}

static Item *random_item(int i, const int64_t *families)
{
	Item *item = item_new(1 + g_test_rand_int_range(0, 3));

	item->kind = g_test_rand_int_range(0, ITEM_N_KINDS);
	item->unit = g_test_rand_bit() ? UNIT_KILOGRAM : UNIT_PIECE;
	item->weighed = item->unit == UNIT_KILOGRAM && g_test_rand_bit();
	item->marked = g_test_rand_bit();
	item->expires = item->kind != ITEM_SERVICE && g_test_rand_bit();
	item->serials = item->kind != ITEM_SERVICE && !item->weighed && g_test_rand_bit();
	maybe(&item->has_price, &item->price, 10000000);
	maybe(&item->has_cost, &item->cost, 10000000);
	maybe(&item->has_plu, &item->plu, 2);
	item->plu = item->has_plu ? i + 1 : 0;
	maybe(&item->has_shelf_life, &item->shelf_life, 1000);
	maybe(&item->has_tare, &item->tare, 1000000);
	maybe(&item->has_minimum, &item->minimum, 100000000);
	g_free(item->name);
	item->name = random_text("Товар", i);
	g_free(item->article);
	item->article = random_text("A", i); /* every pack can be named by it */
	g_free(item->note);
	item->note = random_text("Note", i);
	g_free(item->category);
	item->category = random_text("Food", i % 5);
	g_free(item->classification);
	item->classification = random_text("0401", i % 7);
	item->family_id = families[g_test_rand_int_range(0, 3)];
	if (item->family_id != 0) {
		set_text(&item->variant_first, "M");
		set_text(&item->variant_second, i % 2 == 0 ? "red" : "");
	}
	add_random_packs(item, i);
	if (g_test_rand_bit())
		add_random_code(item, i, 0, -1);
	return item;
}

/* Two of one name: an item stays in its own. */
static void make_families(FakeOffice *office, int64_t families[static 3])
{
	for (int i = 1; i < 3; i++) {
		g_autoptr(Item) pattern = item_new(1);
		g_autoptr(GError) error = NULL;
		int made;

		set_text(&pattern->name, "Shirt");
		families[i] = 0;
		family_make_variants(office->store, &families[i], "Size", "Colour", pattern,
				     (const char *const[]){ NULL }, NULL, 0, &made, &error);
		g_assert_no_error(error);
		g_assert_cmpint(made, ==, 0);
	}
	families[0] = 0;
}

static void check_nothing_changes(FakeOffice *office, const char *path)
{
	g_auto(ListFate) back = import_file(office, path, NULL);

	g_assert_no_error(back.error);
	g_assert_cmpstr(back.refusals->str, ==, "");
	g_assert_cmpint(back.counts.imported, ==, 0);
	g_assert_cmpint(back.counts.updated, ==, 0);
	g_assert_cmpint(back.counts.same, ==, N_RANDOM);
	g_assert_cmpint(back.counts.set, ==, 0);
}

/* By what people see: numbers of items, packs, families are another database's. */
static void check_same_elsewhere(FakeOffice *here, const char *path)
{
	g_auto(FakeOffice) there = { 0 };

	fake_office_init(&there);
	{
		g_auto(ListFate) fate = import_file(&there, path, NULL);

		g_assert_no_error(fate.error);
		g_assert_cmpstr(fate.refusals->str, ==, "");
		g_assert_cmpint(fate.counts.imported, ==, N_RANDOM);
	}
	for (int i = 1; i <= N_RANDOM; i++) {
		g_autoptr(Item) a = must_read(here, i), b = must_read(&there, i);
		json_t *differs;

		b->family_id = a->family_id != 0 && b->family_id != 0 ? a->family_id : b->family_id;
		g_assert_cmpuint(a->packs->len, ==, b->packs->len);
		for (guint pack = 0; pack < a->packs->len; pack++) {
			ItemPack *other = &g_array_index(b->packs, ItemPack, pack);

			/* Packs come in the order of their barcodes. */
			for (guint j = 0; j < a->packs->len; j++)
				if (strcmp(g_array_index(a->packs, ItemPack, j).name,
					   other->name) == 0)
					other->id = g_array_index(a->packs, ItemPack, j).id;
			g_assert_cmpint(other->id, !=, 0);
		}
		item_diff(a, b, NULL, &differs);
		json_object_del(differs, a->packs->len > 1 ? "packs" : "");
		if (json_object_size(differs) > 0)
			g_error("item %d: %s", i, json_dumps(differs, 0));
		json_decref(differs);
	}
}

static void test_export_and_import_of_everything(void)
{
	static const char *const names[] = { "all.csv", "all.xlsx" };
	g_auto(FakeOffice) office = { 0 };
	int64_t families[3];

	fake_office_init(&office);
	make_families(&office, families);
	for (int i = 0; i < N_RANDOM; i++) {
		g_autoptr(Item) item = random_item(i, families);

		must_write(&office, item);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(office.folder, names[i], NULL);
		g_autoptr(GError) error = NULL;
		int64_t n = 0;

		goods_export(office.store, path, &n, &error);
		g_assert_no_error(error);
		g_assert_cmpint(n, ==, N_RANDOM);
		check_nothing_changes(&office, path);
		check_same_elsewhere(&office, path);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/item/read", test_is_read_as_written);
	g_test_add_func("/item/scan", test_a_scan_means_one_or_a_pack);
	g_test_add_func("/item/two-people", test_two_people_change_one_item);
	g_test_add_func("/item/link", test_link_a_code_on_the_spot);
	g_test_add_func("/item/taken", test_what_is_another_items_is_taken);
	g_test_add_func("/item/refused", test_what_cannot_be_is_refused);
	g_test_add_func("/item/packs", test_packs_come_and_go);
	g_test_add_func("/item/rights", test_prices_need_their_own_right);
	g_test_add_func("/item/round-trip", test_export_and_import_of_everything);
	return g_test_run();
}
