/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item.h"
#include "backoffice/people/rights.h"
#include "backoffice/prices/prices.h"
#include "backoffice/stock/ledger.h"
#include "backoffice/stock/recipe.h"
#include "tests/office/shop_floor.h"

#include <string.h>

#define N 60

static Item *must_read(FakeOffice *office, int64_t id)
{
	g_autoptr(GError) error = NULL;
	Item *item = item_read(office->store, id, &error);

	g_assert_no_error(error);
	return item;
}

static void must_write(FakeOffice *office, Item *item)
{
	g_autoptr(GError) error = NULL;

	item_write(office->store, item, 0, &error);
	g_assert_no_error(error);
}

static void set_text(char **text, const char *value)
{
	g_free(*text);
	*text = g_strdup(value);
}

/* The set, and how many of @n goods it changed. */
static int64_t must_edit(FakeOffice *office, const int64_t *ids, int n, BulkField field,
			 const char *text, int64_t step, int64_t *ret_n)
{
	BulkChange change = { .field = field, .text = text, .step = step };
	g_autoptr(GError) error = NULL;
	int64_t set = -1;

	goods_bulk_edit(office->store, ids, n, &change, 0, &set, ret_n, &error);
	g_assert_no_error(error);
	return set;
}

static void must_undo(FakeOffice *office, int64_t set, int64_t undone, int64_t kept)
{
	g_autoptr(GError) error = NULL;
	int64_t n_undone = -1, n_kept = -1;

	change_set_undo(office->store, set, 0, &n_undone, &n_kept, &error);
	g_assert_no_error(error);
	g_assert_cmpint(n_undone, ==, undone);
	g_assert_cmpint(n_kept, ==, kept);
}

static int64_t price_of(FakeOffice *office, int64_t id)
{
	g_autoptr(Item) item = must_read(office, id);

	return item->has_price ? item->price : -1;
}

/* --- prices -------------------------------------------------------------------------------- */

static const struct {
	int64_t price;
	const char *percent;
	int64_t step, after;
} percents[] = {
	{ 10000, "+10", 0, 11000 },  { 10000, "10 %", 0, 11000 },
	{ 10000, "-5", 0, 9500 },    { 333, "10", 0, 366 }, /* 366.3 */
	{ 335, "10", 0, 369 }, /* 368.5, half up */
	{ 10049, "0", 100, 10000 },  { 10050, "0", 100, 10100 },
	{ 9091, "10", 100, 10000 }, /* 10000.1 */
	{ 9137, "10", 100, 10100 }, /* 10050.7: one rounding; by way of 10051 it is the same */
	{ 904, "10.5", 1000, 1000 }, /* 998.92 */
	{ 100, "-99.99", 0, -1 }, /* nothing would be left: refused */
};

static void test_prices_by_percent(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(percents); i++) {
		g_auto(FakeOffice) office = { 0 };
		g_autoptr(GError) error = NULL;
		BulkChange change = { .field = BULK_PRICE_PERCENT,
				      .text = percents[i].percent,
				      .step = percents[i].step };
		int64_t set, n;

		fake_office_init(&office);
		fake_office_add_goods(&office, 1);
		{
			g_autoptr(Item) item = must_read(&office, 1);

			item->price = percents[i].price;
			must_write(&office, item);
		}
		goods_bulk_edit(office.store, (int64_t[]){ 1, 1 }, 2, &change, 0, &set, &n, &error);
		g_test_message("%" G_GINT64_FORMAT " %s", percents[i].price, percents[i].percent);
		if (percents[i].after < 0) {
			g_assert_error(error, GOODS_ERROR, GOODS_ERROR_INVALID);
			g_assert_cmpint(price_of(&office, 1), ==, percents[i].price);
		} else {
			g_assert_no_error(error);
			g_assert_cmpint(price_of(&office, 1), ==, percents[i].after);
		}
	}
}

static void test_price_on_cost(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t n;

	fake_office_init(&office);
	fake_office_add_goods(&office, 2);
	{
		g_autoptr(Item) item = must_read(&office, 1);

		item->has_cost = true;
		item->cost = 7777;
		must_write(&office, item);
	}
	must_edit(&office, (int64_t[]){ 1, 2 }, 2, BULK_PRICE_ON_COST, "30", 50, &n);
	g_assert_cmpint(n, ==, 1); /* the other's cost is not known */
	g_assert_cmpint(price_of(&office, 1), ==, 10100); /* 10110.1 */
	g_assert_cmpint(price_of(&office, 2), ==, 1002);
}

static const struct {
	BulkField field;
	const char *text;
} bad_texts[] = {
	{ BULK_PRICE, "" },
	{ BULK_PRICE, "0" },
	{ BULK_PRICE, "cheap" },
	{ BULK_PRICE, "-1" },
	{ BULK_PRICE_PERCENT, "" },
	{ BULK_PRICE_PERCENT, "ten" },
	{ BULK_PRICE_PERCENT, "1.005" },
	{ BULK_PRICE_PERCENT, "-100" },
	{ BULK_TAX, "77" },
	{ BULK_TAX, "" },
	{ BULK_UNIT, "hogshead" },
	{ BULK_UNIT, "" },
	{ BULK_EXPIRES, "maybe" },
	{ BULK_MARKED, "" },
	{ BULK_MINIMUM, "-1" },
	{ BULK_MINIMUM, "0.0000001" },
};

static void test_text_that_means_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	for (size_t i = 0; i < G_N_ELEMENTS(bad_texts); i++) {
		BulkChange change = { .field = bad_texts[i].field, .text = bad_texts[i].text };
		g_autoptr(GError) error = NULL;
		g_autoptr(GPtrArray) sets = NULL;
		int64_t set, n;

		g_test_message("“%s”", change.text);
		g_assert_false(goods_bulk_edit(office.store, (int64_t[]){ 1 }, 1, &change, 0, &set,
					       &n, &error));
		g_assert_error(error, GOODS_ERROR, GOODS_ERROR_INVALID);
		sets = change_set_list(office.store, 10, NULL);
		g_assert_cmpuint(sets->len, ==, 0);
	}
}

/* --- rights -------------------------------------------------------------------------------- */

static void test_rights(void)
{
	static const struct {
		Role role;
		BulkField field;
		const char *text;
		bool may;
	} cases[] = {
		{ ROLE_CASHIER, BULK_BRAND, "X", false },
		{ ROLE_STOCK, BULK_BRAND, "X", true },
		{ ROLE_STOCK, BULK_PRICE, "5", false },
		{ ROLE_STOCK, BULK_DELETE, "", true },
		{ ROLE_MANAGER, BULK_PRICE, "5", true },
		{ ROLE_MANAGER, BULK_PRICE_ON_COST, "5", true },
	};
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		BulkChange change = { .field = cases[i].field, .text = cases[i].text };
		g_autofree char *pin = g_strdup_printf("77%04zu", i);
		g_autofree char *name = g_strdup_printf("Person %zu", i);
		g_autoptr(GError) error = NULL;
		int64_t person, set, n, undone, kept;

		people_add(office.store, name, cases[i].role, pin, &person, &error);
		g_assert_no_error(error);
		goods_bulk_edit(office.store, (int64_t[]){ 1 }, 1, &change, person, &set, &n,
				&error);
		if (!cases[i].may) {
			g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
			continue;
		}
		g_assert_no_error(error);
		if (n > 0)
			g_assert_true(
				change_set_undo(office.store, set, person, &undone, &kept, NULL));
	}
}

/* --- undo ---------------------------------------------------------------------------------- */

static void test_undo_keeps_what_somebody_changed_since(void)
{
	int64_t ids[5] = { 1, 2, 3, 4, 5 };
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t n, set, undone, kept;

	fake_office_init(&office);
	fake_office_add_goods(&office, 5);
	set = must_edit(&office, ids, 5, BULK_PRICE, "77", 0, &n);
	g_assert_cmpint(n, ==, 5);
	{
		g_autoptr(Item) item = must_read(&office, 3);

		set_text(&item->brand, "Since");
		must_write(&office, item);
	}
	must_undo(&office, set, 4, 1);
	for (int i = 0; i < 5; i++)
		g_assert_cmpint(price_of(&office, ids[i]), ==, i == 2 ? 7700 : 1000 + ids[i]);
	g_assert_false(change_set_undo(office.store, set, 0, &undone, &kept, &error));
	g_assert_error(error, GOODS_ERROR, GOODS_ERROR_CHANGED);
	g_clear_error(&error);
	g_assert_false(change_set_undo(office.store, 99, 0, &undone, &kept, &error));
	g_assert_error(error, GOODS_ERROR, GOODS_ERROR_GONE);
}

static int64_t count_found(FakeOffice *office, const char *text)
{
	g_autoptr(GoodsList) list = goods_list_new(office->store);
	int64_t n = -1;

	goods_list_set_search(list, text);
	g_assert_true(goods_list_count(list, &n, NULL));
	return n;
}

static void test_deleted_goods_come_back_with_what_is_still_free(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t n, set, price = 5000;

	fake_office_init(&office);
	{
		g_autoptr(Item) item = item_new(1);
		g_autoptr(Item) other = item_new(1);
		g_autoptr(Item) back = NULL;

		set_text(&item->name, "Кумыс");
		set_text(&item->article, "K1");
		item_add_pack(item, "box", 6 * QUANTITY_ONE, &price);
		item_add_barcode(item, "4600000000015", -1);
		item_add_barcode(item, "4600000000022", 0);
		item_add_barcode(item, "4600000000039", 0);
		must_write(&office, item);
		set = must_edit(&office, &item->id, 1, BULK_DELETE, "", 0, &n);
		g_assert_cmpint(n, ==, 1);
		g_assert_null(must_read(&office, item->id));
		g_assert_cmpint(count_found(&office, "кумыс"), ==, 0);
		g_assert_cmpint(count_goods(&office), ==, 0);

		set_text(&other->name, "Other");
		set_text(&other->article, "K1");
		item_add_barcode(other, "4600000000022", -1); /* given again */
		must_write(&office, other);
		must_undo(&office, set, 1, 0);
		g_assert_cmpint(count_found(&office, "кумыс"), ==, 1);
		back = must_read(&office, item->id);
		g_assert_cmpstr(back->article, ==, "");
		g_assert_cmpuint(back->packs->len, ==, 1);
		g_assert_cmpint(g_array_index(back->packs, ItemPack, 0).id, ==,
				g_array_index(item->packs, ItemPack, 0).id);
		g_assert_cmpuint(back->barcodes->len, ==, 2);
		g_assert_cmpstr(g_array_index(back->barcodes, ItemBarcode, 1).code, ==,
				"4600000000039");
		g_assert_cmpint(g_array_index(back->barcodes, ItemBarcode, 1).pack, ==, 0);
	}
}

/* --- goods that have moved ----------------------------------------------------------------- */

static void sell(FakeOffice *office, int64_t item_id)
{
	LedgerMove move = { .item_id = item_id,
			    .at = g_get_real_time(),
			    .day = 20261123,
			    .kind = "sale",
			    .till_id = 1,
			    .seq = 1,
			    .line = 1,
			    .quantity = -QUANTITY_ONE,
			    .how = LEDGER_AT_AVERAGE };
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	g_assert_true(store_begin(office->store, NULL));
	ledger = ledger_new(office->store, 1, &error);
	g_assert_no_error(error);
	g_assert_true(ledger_post(ledger, &move, &error));
	g_assert_true(ledger_finish(ledger, &error));
	g_assert_true(store_commit(office->store, NULL));
}

static void test_goods_sold_since_an_import_stay(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	{
		g_auto(ListFate) fate =
			import_text(&office, "article,name\nA,Sold\nB,Never sold\n", -1, NULL);
		g_autoptr(Item) sold = NULL;

		sell(&office, 1);
		must_undo(&office, fate.counts.set, 1, 1);
		sold = must_read(&office, 1);
		g_assert_cmpstr(sold->name, ==, "Sold");
		g_assert_null(must_read(&office, 2));
	}
}

static void test_goods_with_stock_are_not_deleted(void)
{
	BulkChange change = { .field = BULK_DELETE, .text = "" };
	BulkChange unit = { .field = BULK_UNIT, .text = "kg" };
	g_auto(FakeOffice) office = { 0 };
	int64_t set, n;

	fake_office_init(&office);
	fake_office_add_goods(&office, 3);
	sell(&office, 2);
	{
		g_autoptr(GError) error = NULL, refused = NULL, single = NULL;
		g_autoptr(Item) item = must_read(&office, 2);

		g_assert_false(goods_bulk_edit(office.store, (int64_t[]){ 3, 2, 1 }, 3, &change, 0,
					       &set, &n, &error));
		g_assert_error(error, GOODS_ERROR, GOODS_ERROR_USED);
		g_assert_cmpint(count_goods(&office), ==, 3);
		g_assert_false(goods_bulk_edit(office.store, (int64_t[]){ 1, 2 }, 2, &unit, 0, &set,
					       &n, &refused));
		g_assert_error(refused, GOODS_ERROR, GOODS_ERROR_USED);
		g_assert_false(item_delete(office.store, 2, item->revision, 0, &single));
		g_assert_error(single, GOODS_ERROR, GOODS_ERROR_USED);
	}
}

static void test_what_goes_into_a_recipe_is_not_deleted(void)
{
	g_auto(FakeOffice) office = { 0 };

	fake_office_init(&office);
	fake_office_add_goods(&office, 2);
	{
		g_autoptr(GError) error = NULL, refused = NULL;
		g_autoptr(Recipe) recipe = recipe_new(1, QUANTITY_ONE);
		g_autoptr(Item) flour = must_read(&office, 2);
		RecipeLine line = { .item_id = 2, .quantity = QUANTITY_ONE };

		g_array_append_val(recipe->lines, line);
		recipe_write(office.store, recipe, 0, &error);
		g_assert_no_error(error);
		g_assert_false(item_delete(office.store, 2, flour->revision, 0, &refused));
		g_assert_error(refused, GOODS_ERROR, GOODS_ERROR_USED);
		g_assert_true(recipe_delete(office.store, recipe->id, 0, &error));
		g_assert_true(item_delete(office.store, 2, flour->revision, 0, &error));
		g_assert_no_error(error);
	}
}

/* --- the history of prices ----------------------------------------------------------------- */

static void check_history(FakeOffice *office, const char *expected)
{
	g_autoptr(GPtrArray) history = price_history(office->store, 1, 100, NULL);
	g_autoptr(GString) text = g_string_new(NULL);

	for (guint i = history->len; i-- > 0;) {
		const PriceChange *change = history->pdata[i];

		g_string_append_printf(text, "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
				       change->how, change->has_before ? change->before : -1,
				       change->has_after ? change->after : -1);
	}
	g_assert_cmpstr(text->str, ==, expected);
}

static void test_every_way_of_changing_a_price_is_in_its_history(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t n, set;

	fake_office_init(&office);
	{
		g_autoptr(Item) item = item_new(1);

		set_text(&item->name, "Milk");
		set_text(&item->article, "M");
		must_write(&office, item);
		item->has_price = true;
		item->price = 100;
		must_write(&office, item);
		set_text(&item->brand, "Ours");
		must_write(&office, item);
	}
	set = must_edit(&office, (int64_t[]){ 1 }, 1, BULK_PRICE, "2", 0, &n);
	must_undo(&office, set, 1, 0);
	{
		g_auto(ListFate) fate = import_text(&office, "article,price\nM,3\n", -1, NULL);
		g_auto(ListFate) same = import_text(&office, "article,price\nM,3\n", -1, NULL);

		must_undo(&office, fate.counts.set, 1, 0);
		g_assert_cmpint(same.counts.set, ==, 0);
	}
	check_history(&office, "hand -1 100\nedit 100 200\nundo 200 100\nimport 100 300\n"
			       "undo 300 100\n");
}

/* --- against a plain oracle ---------------------------------------------------------------- */

typedef struct {
	int64_t price;
	int clock; /* when it was last changed */
	char category[32];
	bool expires;
} Plain;

typedef struct {
	int64_t set; /* 0: it changed nothing */
	int clock;
	bool undone, touched[N];
	Plain before[N];
} PlainSet;

typedef struct {
	FakeOffice office;
	Plain now[N]; /* of the item i + 1 */
	PlainSet sets[80];
	int n_sets, clock;
} Oracle;

static void plain_check(Oracle *self)
{
	for (int i = 0; i < N; i++) {
		g_autoptr(Item) item = must_read(&self->office, i + 1);

		g_assert_cmpint(item->price, ==, self->now[i].price);
		g_assert_cmpstr(item->category, ==, self->now[i].category);
		g_assert_cmpint(item->expires, ==, self->now[i].expires);
	}
}

static void plain_edit(Plain *plain, BulkField field, const char *text, int64_t step)
{
	if (field == BULK_CATEGORY) {
		g_strlcpy(plain->category, text, sizeof plain->category);
	} else if (field == BULK_EXPIRES) {
		plain->expires = *text == '1';
	} else {
		int64_t times = plain->price * (100 + atoi(text)); /* hundredths */
		int64_t down = times / (100 * step) * step;

		plain->price = 2 * (times - down * 100) >= 100 * step ? down + step : down;
	}
}

static bool plain_same(const Plain *a, const Plain *b)
{
	return a->price == b->price && strcmp(a->category, b->category) == 0 &&
	       a->expires == b->expires;
}

static void random_undo(Oracle *self)
{
	PlainSet *set = &self->sets[g_test_rand_int_range(0, self->n_sets)];
	int64_t undone = 0, kept = 0;

	if (set->undone || set->set == 0)
		return;
	for (int i = 0; i < N; i++) {
		if (set->touched[i] && self->now[i].clock > set->clock) {
			kept++;
		} else if (set->touched[i]) {
			undone++;
			self->now[i] = set->before[i];
			self->now[i].clock = self->clock;
		}
	}
	set->undone = true;
	must_undo(&self->office, set->set, undone, kept);
}

static void random_edit(Oracle *self)
{
	static const BulkField fields[] = { BULK_CATEGORY, BULK_EXPIRES, BULK_PRICE_PERCENT };
	BulkField field = fields[g_test_rand_int_range(0, G_N_ELEMENTS(fields))];
	PlainSet *set = &self->sets[self->n_sets++];
	int64_t ids[N], step = g_test_rand_int_range(1, 30), n = 0, expected = 0;
	int n_ids = g_test_rand_int_range(1, N);
	bool named[N] = { false };
	char text[8];

	g_snprintf(text, sizeof text, "%d",
		   field == BULK_EXPIRES ? g_test_rand_int_range(0, 2)
					 : g_test_rand_int_range(-10, 20));
	set->clock = self->clock;
	memcpy(set->before, self->now, sizeof self->now);
	for (int i = 0; i < n_ids; i++) {
		ids[i] = g_test_rand_int_range(1, N + 1);
		named[ids[i] - 1] = true;
	}
	for (int i = 0; i < N; i++) {
		if (named[i])
			plain_edit(&self->now[i], field, text, step);
		set->touched[i] = !plain_same(&self->now[i], &set->before[i]);
		if (set->touched[i])
			self->now[i].clock = self->clock;
		expected += set->touched[i];
	}
	set->set = must_edit(&self->office, ids, n_ids, field, text, step, &n);
	g_assert_cmpint(n, ==, expected);
}

static void test_random_edits_and_undos(void)
{
	g_autofree Oracle *self = g_new0(Oracle, 1);

	fake_office_init(&self->office);
	fake_office_add_goods(&self->office, N);
	for (int i = 0; i < N; i++)
		self->now[i] = (Plain){ .price = 1001 + i, .category = "Еда/Разное" };
	for (self->clock = 1; self->clock <= 80; self->clock++) {
		if (self->n_sets > 0 && g_test_rand_int_range(0, 3) == 0)
			random_undo(self);
		else
			random_edit(self);
		plain_check(self);
	}
	fake_office_clear(&self->office);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/bulk/percent", test_prices_by_percent);
	g_test_add_func("/bulk/on-cost", test_price_on_cost);
	g_test_add_func("/bulk/bad-text", test_text_that_means_nothing);
	g_test_add_func("/bulk/rights", test_rights);
	g_test_add_func("/bulk/undo", test_undo_keeps_what_somebody_changed_since);
	g_test_add_func("/bulk/deleted", test_deleted_goods_come_back_with_what_is_still_free);
	g_test_add_func("/bulk/sold", test_goods_sold_since_an_import_stay);
	g_test_add_func("/bulk/stock", test_goods_with_stock_are_not_deleted);
	g_test_add_func("/bulk/recipe", test_what_goes_into_a_recipe_is_not_deleted);
	g_test_add_func("/bulk/history", test_every_way_of_changing_a_price_is_in_its_history);
	g_test_add_func("/bulk/random", test_random_edits_and_undos);
	return g_test_run();
}
