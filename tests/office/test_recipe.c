/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/recipe.h"
#include "backoffice/stock/shop_day.h"
#include "core/money.h"
#include "tests/office/stock_room.h"

#define DAY 20261123

typedef struct {
	int64_t item, quantity;
	int32_t loss;
} Part;

static Recipe *make_recipe(int64_t item, int64_t yield, const Part *parts, int n)
{
	Recipe *recipe = recipe_new(item, yield);

	for (int i = 0; i < n; i++) {
		RecipeLine line = { parts[i].item, parts[i].quantity, parts[i].loss };

		g_array_append_val(recipe->lines, line);
	}
	return recipe;
}

static void put(FakeOffice *office, int64_t item, int64_t yield, const Part *parts, int n)
{
	g_autoptr(Recipe) recipe = make_recipe(item, yield, parts, n);
	g_autoptr(GError) error = NULL;

	recipe_write(office->store, recipe, 0, &error);
	g_assert_no_error(error);
	g_assert_cmpint(recipe->id, >, 0);
}

static void refuse(FakeOffice *office, int64_t item, const Part *parts, int n, int code,
		   const char *words)
{
	g_autoptr(Recipe) recipe = make_recipe(item, ONE, parts, n);
	g_autoptr(GError) error = NULL;

	g_assert_false(recipe_write(office->store, recipe, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, code);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, words));
	g_assert_cmpint(recipe->id, ==, 0);
}

/* Items 1 … @n; kits are those of @kits. */
static void set_up(FakeOffice *office, int n, const char *kits)
{
	fake_office_init(office);
	fake_office_add_goods(office, n);
	room_sql(office, "UPDATE item SET unit = 'pcs', weighed = 0");
	room_sql(office, "UPDATE item SET kind = 'kit' WHERE id IN (%s)", kits);
}

static void check_needs(FakeOffice *office, int64_t item, int64_t quantity, const Part *parts,
			guint n)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) needs = recipe_explode(office->store, item, quantity, DAY, &error);

	g_assert_no_error(error);
	g_assert_cmpint(needs->len, ==, n);
	for (guint i = 0; i < n; i++) {
		const RecipeLine *need = &g_array_index(needs, RecipeLine, i);

		g_assert_cmpint(need->item_id, ==, parts[i].item);
		g_assert_cmpint(need->quantity, ==, parts[i].quantity);
	}
}

static void test_cake(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 9, "1, 2");
	/* Twelve buns of 2 kg flour and 0.3 kg of a cream, of which a tenth is lost. */
	put(&office, 1, 12 * ONE, (Part[]){ { 3, 2 * ONE, 0 }, { 2, 300000, 1000 } }, 2);
	/* A kilogram of cream: 0.6 of cream cheese, 0.4 of sugar; and sugar goes into buns too. */
	put(&office, 2, ONE, (Part[]){ { 4, 600000, 0 }, { 5, 400000, 0 } }, 2);
	/* 300 g / 0.9 is 333.333 g: 200 g and 133.333 g; per bun a twelfth. */
	check_needs(&office, 1, 12 * ONE,
		    (Part[]){ { 3, 2 * ONE, 0 }, { 4, 200000, 0 }, { 5, 133333, 0 } }, 3);
	check_needs(&office, 1, ONE, (Part[]){ { 3, 166667, 0 }, { 4, 16667, 0 }, { 5, 11111, 0 } },
		    3);
	check_needs(&office, 1, -12 * ONE,
		    (Part[]){ { 3, -2 * ONE, 0 }, { 4, -200000, 0 }, { 5, -133333, 0 } }, 3);
	check_needs(&office, 3, ONE, NULL, 0);
}

/* Goods that a production makes are taken from stock; asked for themselves, they are made. */
static void test_goods_with_a_recipe(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 5, "1");
	put(&office, 1, ONE, (Part[]){ { 2, 2 * ONE, 0 } }, 1);
	put(&office, 2, ONE, (Part[]){ { 3, 5 * ONE, 0 } }, 1);
	check_needs(&office, 1, ONE, (Part[]){ { 2, 2 * ONE, 0 } }, 1);
	check_needs(&office, 2, ONE, (Part[]){ { 3, 5 * ONE, 0 } }, 1);
}

static void test_part_of_several_kits(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 6, "1, 2, 3, 4");
	put(&office, 4, 3 * ONE, (Part[]){ { 5, ONE, 0 } }, 1);
	put(&office, 3, ONE, (Part[]){ { 4, ONE, 0 }, { 5, ONE, 0 } }, 2);
	put(&office, 2, ONE, (Part[]){ { 4, ONE, 0 }, { 3, ONE, 0 } }, 2);
	put(&office, 1, ONE, (Part[]){ { 4, ONE, 0 }, { 2, ONE, 0 }, { 3, ONE, 0 } }, 3);
	/* Four of item 4 in all, one for itself, one in 2, two in 3: added up before a third is
	 * taken. */
	check_needs(&office, 1, ONE, (Part[]){ { 5, 2 * ONE + 1333333, 0 } }, 1);
}

static void test_circles_are_named(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 5, "1, 2, 3");
	room_sql(&office, "UPDATE item SET name = 'Торт' WHERE id = 1");
	room_sql(&office, "UPDATE item SET name = 'Крем' WHERE id = 2");
	room_sql(&office, "UPDATE item SET name = 'Сироп' WHERE id = 3");
	refuse(&office, 1, (Part[]){ { 1, ONE, 0 } }, 1, DOCUMENT_ERROR_CIRCLE, "Торт → Торт");
	put(&office, 1, ONE, (Part[]){ { 2, ONE, 0 }, { 4, ONE, 0 } }, 2);
	put(&office, 2, ONE, (Part[]){ { 5, ONE, 0 }, { 3, ONE, 0 } }, 2);
	refuse(&office, 3, (Part[]){ { 4, ONE, 0 }, { 1, ONE, 0 } }, 2, DOCUMENT_ERROR_CIRCLE,
	       "Сироп → Торт → Крем → Сироп");
	check_needs(&office, 1, ONE, (Part[]){ { 3, ONE, 0 }, { 4, ONE, 0 }, { 5, ONE, 0 } }, 3);
}

/* What is one way round until July and the other way from then on is no circle; taking July's away
 * would make it one. */
static void test_circle_in_time(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Recipe) other = NULL;
	g_autoptr(GError) error = NULL;

	set_up(&office, 5, "1, 2");
	put(&office, 1, ONE, (Part[]){ { 2, ONE, 0 } }, 1);
	other = make_recipe(1, ONE, (Part[]){ { 3, ONE, 0 } }, 1);
	other->first_day = 20260701;
	recipe_write(office.store, other, 0, &error);
	g_assert_no_error(error);
	{
		g_autoptr(Recipe) back = make_recipe(2, ONE, (Part[]){ { 1, ONE, 0 } }, 1);

		back->first_day = 20260701;
		recipe_write(office.store, back, 0, &error);
		g_assert_no_error(error);
	}
	check_needs(&office, 2, ONE, (Part[]){ { 3, ONE, 0 } }, 1);
	g_assert_false(recipe_delete(office.store, other->id, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_CIRCLE);
	check_needs(&office, 2, ONE, (Part[]){ { 3, ONE, 0 } }, 1);
}

static void test_versions(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Recipe) later = make_recipe(1, ONE, (Part[]){ { 3, 3 * ONE, 0 } }, 1);
	g_autoptr(Recipe) first = NULL, same = NULL;
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GError) error = NULL;

	set_up(&office, 5, "1");
	put(&office, 1, ONE, (Part[]){ { 2, 2 * ONE, 0 } }, 1);
	later->first_day = 20261124;
	recipe_write(office.store, later, 0, &error);
	g_assert_no_error(error);
	check_needs(&office, 1, ONE, (Part[]){ { 2, 2 * ONE, 0 } }, 1);
	first = recipe_read(office.store, 1, 20261124, &error);
	g_assert_no_error(error);
	g_assert_cmpint(first->id, ==, later->id);

	same = make_recipe(1, ONE, (Part[]){ { 4, ONE, 0 } }, 1);
	same->first_day = 20261124;
	g_assert_false(recipe_write(office.store, same, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	g_clear_error(&error);

	recipe_delete(office.store, later->id, 0, &error);
	g_assert_no_error(error);
	g_assert_cmpint(
		room_ask(&office, "SELECT count(*) FROM audit WHERE action LIKE 'recipe-%%'"), ==,
		3);
	list = recipe_list(office.store, &error);
	g_assert_no_error(error);
	g_assert_cmpint(list->len, ==, 1);
	g_assert_false(recipe_delete(office.store, later->id, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE);
}

static void test_refusals(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 5, "1");
	room_sql(&office, "UPDATE item SET kind = 'service' WHERE id = 5");
	refuse(&office, 1, NULL, 0, DOCUMENT_ERROR_INVALID, "");
	refuse(&office, 1, (Part[]){ { 2, 0, 0 } }, 1, DOCUMENT_ERROR_INVALID, "");
	refuse(&office, 1, (Part[]){ { 2, ONE, 10000 } }, 1, DOCUMENT_ERROR_INVALID, "");
	refuse(&office, 1, (Part[]){ { 2, RECIPE_QUANTITY_MAX + 1, 0 } }, 1, DOCUMENT_ERROR_INVALID,
	       "");
	refuse(&office, 1, (Part[]){ { 99, ONE, 0 } }, 1, DOCUMENT_ERROR_GONE, "");
	refuse(&office, 1, (Part[]){ { 5, ONE, 0 } }, 1, DOCUMENT_ERROR_INVALID, "Товар 5");
	refuse(&office, 5, (Part[]){ { 2, ONE, 0 } }, 1, DOCUMENT_ERROR_INVALID, "Товар 5");
}

static void test_too_deep(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 40, "1");
	room_sql(&office, "UPDATE item SET kind = 'kit'");
	for (int i = 1; i <= RECIPE_DEPTH_MAX; i++)
		put(&office, i, ONE, (Part[]){ { i + 1, ONE, 0 } }, 1);
	check_needs(&office, 1, ONE, (Part[]){ { RECIPE_DEPTH_MAX + 1, ONE, 0 } }, 1);
	refuse(&office, RECIPE_DEPTH_MAX + 1, (Part[]){ { RECIPE_DEPTH_MAX + 2, ONE, 0 } }, 1,
	       DOCUMENT_ERROR_INVALID, "");
	/* What can be written can be taken apart. */
	check_needs(&office, 1, ONE, (Part[]){ { RECIPE_DEPTH_MAX + 1, ONE, 0 } }, 1);
}

/* A lattice: each of a level goes into each of the next, so ways are many and needs large. */
static void test_lattice(void)
{
	g_auto(FakeOffice) office;
	int64_t ways = 1;

	set_up(&office, 40, "1");
	room_sql(&office, "UPDATE item SET kind = 'kit' WHERE id <= 20");
	for (int level = 9; level >= 0; level--)
		for (int i = 1; i <= 2; i++)
			put(&office, level * 2 + i, ONE,
			    (Part[]){ { level * 2 + 3, ONE, 0 }, { level * 2 + 4, ONE, 0 } }, 2);
	for (int level = 0; level < 9; level++)
		ways *= 2;
	check_needs(&office, 1, ONE, (Part[]){ { 21, ways * ONE, 0 }, { 22, ways * ONE, 0 } }, 2);
}

static void test_only_who_may(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Recipe) recipe = make_recipe(1, ONE, (Part[]){ { 2, ONE, 0 } }, 1);
	g_autoptr(GError) error = NULL;
	int64_t cashier;

	set_up(&office, 3, "1");
	people_add(office.store, "Кассир", ROLE_CASHIER, "4711", &cashier, &error);
	g_assert_no_error(error);
	g_assert_false(recipe_write(office.store, recipe, cashier, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	check_needs(&office, 1, ONE, NULL, 0);
}

static void check_available(FakeOffice *office, int64_t item, int64_t expected)
{
	g_autoptr(GError) error = NULL;
	int64_t n = -1;

	recipe_available(office->store, 1, item, &n, &error);
	g_assert_no_error(error);
	g_assert_cmpint(n, ==, expected);
}

static void test_kits_that_can_be_sold(void)
{
	g_auto(FakeOffice) office;

	set_up(&office, 6, "1, 2");
	put(&office, 1, ONE, (Part[]){ { 3, 2 * ONE, 0 }, { 2, ONE, 0 } }, 2);
	put(&office, 2, 3 * ONE, (Part[]){ { 4, ONE, 0 } }, 1);
	check_available(&office, 1, 0);
	room_receive(&office, 3, MINUTE, 7 * ONE, 700);
	check_available(&office, 1, 0);
	room_receive(&office, 4, MINUTE, ONE, 100);
	check_available(&office, 1, 3 * ONE); /* a third of 4 each: 3 × 0.333333 are there */
	room_receive(&office, 4, MINUTE, ONE, 100);
	check_available(&office, 1, 3 * ONE); /* 3 has 7: three pairs */
	room_sell(&office, 3, 2 * MINUTE, 9 * ONE);
	check_available(&office, 1, 0); /* below zero */
	check_available(&office, 3, -2 * ONE);
}

static void stands(FakeOffice *office, int64_t item, int64_t quantity, int64_t value)
{
	int64_t balance[2] = { 0 };

	fake_office_ask(office, "office/ledger/balance", (int64_t[]){ 1, item }, 2, balance, 2);
	g_assert_cmpint(balance[0], ==, quantity);
	g_assert_cmpint(balance[1], ==, value);
}

/* Twelve buns: what went in is what they are worth. */
static void test_production(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) production = NULL;
	g_autoptr(GError) error = NULL;

	set_up(&office, 5, "5");
	put(&office, 1, 12 * ONE, (Part[]){ { 2, 2 * ONE, 0 }, { 3, 300000, 1000 } }, 2);
	room_receive(&office, 2, MINUTE, 10 * ONE, 5000);
	room_receive(&office, 3, MINUTE, ONE, 9000);
	production = recipe_make_production(office.store, 1, 1, 24 * ONE, 0, &error);
	g_assert_no_error(error);
	g_assert_cmpint(production->kind, ==, DOCUMENT_PRODUCTION);
	g_assert_cmpint(production->id, ==, 0);
	document_create(office.store, production, 0, &error);
	g_assert_no_error(error);
	document_post(office.store, production->id, 0, &error);
	g_assert_no_error(error);
	stands(&office, 2, 6 * ONE, 3000);
	stands(&office, 3, 333333, 3000);
	stands(&office, 1, 24 * ONE, 8000);
	fake_office_verify(&office);

	g_assert_null(recipe_make_production(office.store, 1, 4, ONE, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE);
	g_clear_error(&error);
	g_assert_null(recipe_make_production(office.store, 1, 1, 0, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
}

/* What was made yesterday was made by yesterday's recipe, whenever it is entered. */
static void test_production_of_an_earlier_day(void)
{
	const int64_t now = g_get_real_time(), day = INT64_C(86400) * G_USEC_PER_SEC;
	g_auto(FakeOffice) office;
	g_auto(ShopDays) days = { 0 };
	g_autoptr(Recipe) changed = make_recipe(1, ONE, (Part[]){ { 3, 5 * ONE, 0 } }, 1);
	g_autoptr(Document) then = NULL, today = NULL;
	g_autoptr(GError) error = NULL;
	const DocumentLine *part;

	set_up(&office, 3, "1");
	put(&office, 1, ONE, (Part[]){ { 2, 2 * ONE, 0 } }, 1);
	shop_days_init(&days, office.store, 1, &error);
	g_assert_no_error(error);
	changed->first_day = shop_days_of(&days, now - day);
	recipe_write(office.store, changed, 0, &error);
	g_assert_no_error(error);

	then = recipe_make_production(office.store, 1, 1, ONE, now - 3 * day, &error);
	g_assert_no_error(error);
	g_assert_cmpint(then->at, ==, now - 3 * day);
	g_assert_cmpint(then->lines->len, ==, 2);
	part = then->lines->pdata[1];
	g_assert_cmpint(part->item_id, ==, 2);
	g_assert_cmpint(part->quantity, ==, -2 * ONE);

	today = recipe_make_production(office.store, 1, 1, ONE, 0, &error);
	g_assert_no_error(error);
	g_assert_cmpint(today->at, ==, 0);
	part = today->lines->pdata[1];
	g_assert_cmpint(part->item_id, ==, 3);
	g_assert_cmpint(part->quantity, ==, -5 * ONE);
}

/* Against a slow one: every way down by itself, in 128 bits, rounded at the same places. */
static int64_t slow_need(FakeOffice *office, int64_t whole, int64_t part, int64_t quantity)
{
	g_autoptr(Recipe) recipe = recipe_read(office->store, whole, DAY, NULL);
	int64_t sum = 0;

	if (whole == part)
		return quantity;
	if (recipe == NULL)
		return 0;
	for (guint i = 0; i < recipe->lines->len; i++) {
		const RecipeLine *line = &g_array_index(recipe->lines, RecipeLine, i);
		__int128 num = (__int128)quantity * line->quantity * 10000;
		__int128 den = (__int128)recipe->yield * (10000 - line->loss);

		sum += slow_need(office, line->item_id, part, (int64_t)((num + den / 2) / den));
	}
	return sum;
}

/* A tree, so that every thing is in one thing only and is rounded as often as there. */
static void test_against_a_slow_one(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(20261128);

	for (int round = 0; round < 20; round++) {
		g_auto(FakeOffice) office;
		g_autoptr(GArray) needs = NULL;
		int64_t quantity = g_rand_int_range(rand, 1, 20) * ONE / 3;
		guint n = 0;

		set_up(&office, 31, "1");
		room_sql(&office, "UPDATE item SET kind = 'kit' WHERE id < 16");
		for (int i = 15; i >= 1; i--) {
			Part parts[2];

			for (int k = 0; k < 2; k++)
				parts[k] = (Part){ 2 * i + k, g_rand_int_range(rand, 1, 5000000),
						   g_rand_int_range(rand, 0, 5000) };
			put(&office, i, g_rand_int_range(rand, 500000, 7000000), parts, 2);
		}
		needs = recipe_explode(office.store, 1, quantity, DAY, NULL);
		for (int64_t leaf = 16; leaf <= 31; leaf++) {
			const RecipeLine *need = &g_array_index(needs, RecipeLine, n++);

			g_assert_cmpint(need->item_id, ==, leaf);
			g_assert_cmpint(need->quantity, ==, slow_need(&office, 1, leaf, quantity));
		}
		g_assert_cmpint(needs->len, ==, n);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/recipe/cake", test_cake);
	g_test_add_func("/recipe/goods_with_a_recipe", test_goods_with_a_recipe);
	g_test_add_func("/recipe/part_of_several_kits", test_part_of_several_kits);
	g_test_add_func("/recipe/circles_are_named", test_circles_are_named);
	g_test_add_func("/recipe/circle_in_time", test_circle_in_time);
	g_test_add_func("/recipe/versions", test_versions);
	g_test_add_func("/recipe/refusals", test_refusals);
	g_test_add_func("/recipe/too_deep", test_too_deep);
	g_test_add_func("/recipe/lattice", test_lattice);
	g_test_add_func("/recipe/only_who_may", test_only_who_may);
	g_test_add_func("/recipe/kits_that_can_be_sold", test_kits_that_can_be_sold);
	g_test_add_func("/recipe/production", test_production);
	g_test_add_func("/recipe/production_earlier", test_production_of_an_earlier_day);
	g_test_add_func("/recipe/against_a_slow_one", test_against_a_slow_one);
	return g_test_run();
}
