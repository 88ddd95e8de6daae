/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <string.h>

#define DB " --db sqlite:office.db "
#define CAKE                                                                                       \
	"{\"item\":\"T1\",\"yield\":\"10\",\"components\":["                                       \
	"{\"article\":\"M1\",\"quantity\":\"2\",\"loss\":\"20\"},"                                 \
	"{\"barcode\":\"4600000000022\",\"quantity\":\"5\"}]}"

/* Ten of milk, twelve of flour. */
static void open_office(Desk *desk)
{
	g_autofree char *init = NULL, *goods = NULL, *delivery = NULL;

	desk_init(desk);
	init = desk_do(desk, "init" DB "--country ru --shop Лавка");
	desk_write(desk, "goods.csv",
		   "barcode,article,name,price,cost\n4600000000015,M1,Молоко,100,50\n"
		   "4600000000022,F1,Мука,30,10\n4600000000039,T1,Торт,500,\n"
		   "4600000000046,B1,Подарок,600,\n");
	goods = desk_do(desk, "import goods goods.csv" DB);
	desk_write(desk, "delivery.json",
		   "{\"kind\":\"delivery\",\"date\":\"2026-11-20\",\"lines\":["
		   "{\"article\":\"M1\",\"quantity\":\"10\",\"cost\":\"500.00\"},"
		   "{\"article\":\"F1\",\"quantity\":\"12\",\"cost\":\"120.00\"}]}");
	delivery = desk_do(desk, "post delivery.json" DB);
}

static void put(const Desk *desk, const char *json)
{
	g_autofree char *said = NULL;

	desk_write(desk, "recipe.json", json);
	said = desk_do(desk, "recipe put recipe.json" DB);
	g_assert_true(g_str_has_prefix(said, "recipe of "));
}

static void refuses(const Desk *desk, const char *json, const char *says)
{
	desk_write(desk, "recipe.json", json);
	desk_refuses(desk, "recipe put recipe.json" DB, 1, says);
}

static json_t *read_list(const Desk *desk)
{
	g_autofree char *out = desk_do(desk, "recipe list --format json" DB);
	json_t *json = json_loads(out, 0, NULL);

	g_assert_nonnull(json);
	return json;
}

static const char *text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static int n_recipes(const Desk *desk)
{
	json_t *list = read_list(desk);
	int n = (int)json_array_size(list);

	json_decref(list);
	return n;
}

/* 2 of milk for ten, a fifth is lost: 2.5 are taken, ten last for 40. Flour: 5 for ten, 24. */
static void test_put_and_list(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *table = NULL;
	json_t *list, *cake, *recipe, *milk, *flour;

	open_office(&desk);
	put(&desk, CAKE);
	list = read_list(&desk);
	g_assert_cmpint((int)json_array_size(list), ==, 1);
	cake = json_array_get(list, 0);
	g_assert_cmpstr(text_of(cake, "name"), ==, "Торт");
	g_assert_cmpstr(text_of(cake, "available"), ==, "24");
	recipe = json_object_get(cake, "recipe");
	g_assert_cmpstr(text_of(recipe, "item"), ==, "4600000000039");
	g_assert_cmpstr(text_of(recipe, "yield"), ==, "10");
	g_assert_true(json_is_false(json_object_get(recipe, "kit")));
	g_assert_null(json_object_get(recipe, "first_day"));
	milk = json_array_get(json_object_get(recipe, "components"), 0);
	flour = json_array_get(json_object_get(recipe, "components"), 1);
	g_assert_cmpstr(text_of(milk, "barcode"), ==, "4600000000015");
	g_assert_cmpstr(text_of(milk, "quantity"), ==, "2");
	g_assert_cmpstr(text_of(milk, "loss"), ==, "20");
	g_assert_cmpstr(text_of(flour, "barcode"), ==, "4600000000022");
	g_assert_null(json_object_get(flour, "loss"));
	json_decref(list);
	table = desk_do(&desk, "recipe list" DB);
	g_assert_cmpstr(table, ==, "T1  Торт  —  10 pcs  2  24\n");
}

/* What the list gives is what can be put: nothing is another afterwards. */
static void test_there_and_back(void)
{
	g_auto(Desk) desk = { 0 };
	json_t *list, *again;
	char *text;

	open_office(&desk);
	put(&desk, "{\"item\":\"T1\",\"first_day\":\"2026-11-01\",\"yield\":\"1.5\",\"kit\":true,"
		   "\"components\":[{\"article\":\"M1\",\"quantity\":\"0.333333\","
		   "\"loss\":\"12.25\"}]}");
	list = read_list(&desk);
	text = json_dumps(json_object_get(json_array_get(list, 0), "recipe"), 0);
	put(&desk, text);
	again = read_list(&desk);
	g_assert_true(json_equal(list, again));
	g_assert_cmpstr(text_of(json_object_get(json_array_get(list, 0), "recipe"), "first_day"),
			==, "2026-11-01");
	free(text);
	json_decref(again);
	json_decref(list);
}

/* A kit has no stock of its own: its sale takes the components. */
static void test_kit(void)
{
	g_auto(Desk) desk = { 0 };
	json_t *list, *gift;

	open_office(&desk);
	put(&desk, "{\"item\":\"B1\",\"kit\":true,\"components\":["
		   "{\"article\":\"M1\",\"quantity\":\"3\"}]}");
	list = read_list(&desk);
	gift = json_array_get(list, 0);
	g_assert_true(json_is_true(json_object_get(json_object_get(gift, "recipe"), "kit")));
	g_assert_cmpstr(text_of(gift, "available"), ==, "3");
	json_decref(list);
	desk_write(&desk, "gift.json",
		   "{\"kind\":\"delivery\",\"lines\":["
		   "{\"article\":\"B1\",\"quantity\":\"1\",\"cost\":\"1.00\"}]}");
	desk_refuses(&desk, "post gift.json" DB, 1, "Подарок");
	/* Without "kit" it stays one; milk has moved and cannot become one. */
	put(&desk, "{\"item\":\"B1\",\"components\":[{\"article\":\"M1\",\"quantity\":\"2\"}]}");
	list = read_list(&desk);
	gift = json_array_get(list, 0);
	g_assert_true(json_is_true(json_object_get(json_object_get(gift, "recipe"), "kit")));
	g_assert_cmpstr(text_of(gift, "available"), ==, "5");
	json_decref(list);
	refuses(&desk,
		"{\"item\":\"M1\",\"kit\":true,\"components\":["
		"{\"article\":\"F1\",\"quantity\":\"1\"}]}",
		"Молоко");
	g_assert_cmpint(n_recipes(&desk), ==, 1);
}

/* Milk of gifts of cake of milk. */
static void test_circle(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	put(&desk, CAKE);
	put(&desk, "{\"item\":\"B1\",\"components\":[{\"article\":\"T1\",\"quantity\":\"1\"}]}");
	refuses(&desk, "{\"item\":\"M1\",\"components\":[{\"article\":\"B1\",\"quantity\":\"1\"}]}",
		"Молоко → Подарок → Торт → Молоко");
	g_assert_cmpint(n_recipes(&desk), ==, 2);
}

/* Those before the one that is refused are written, and told. */
static void test_several(void)
{
	g_auto(Desk) desk = { 0 };
	g_auto(Said) said = { 0 };

	open_office(&desk);
	desk_write(&desk, "recipe.json",
		   "[" CAKE ",{\"item\":\"B1\",\"kit\":true,\"components\":["
		   "{\"article\":\"B1\",\"quantity\":\"1\"}]}]");
	said = desk_run(&desk, "recipe put recipe.json" DB);
	g_assert_cmpint(said.status, ==, 1);
	g_assert_cmpstr(said.out, ==, "recipe of T1, 2 components\n");
	g_assert_nonnull(strstr(said.err, "Recipe 2 of 2"));
	g_assert_nonnull(strstr(said.err, "Подарок → Подарок"));
	g_assert_cmpint(n_recipes(&desk), ==, 1);
}

static void test_strict(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	refuses(&desk, "[]7", "not JSON");
	refuses(&desk, "[7]", "JSON object");
	refuses(&desk, "{\"item\":\"T1\",\"name\":\"x\"}", "“name”");
	refuses(&desk, "{\"components\":[{\"article\":\"M1\",\"quantity\":\"1\"}]}", "“item”");
	refuses(&desk, "{\"item\":\"T1\"}", "“components”");
	refuses(&desk, "{\"item\":\"T1\",\"components\":[]}", "“components”");
	refuses(&desk, "{\"item\":\"X\",\"components\":[]}", "article X");
	refuses(&desk, "{\"item\":\"T1\",\"components\":[{\"quantity\":\"1\"}]}", "Line 1");
	refuses(&desk, "{\"item\":\"T1\",\"components\":[{\"article\":\"M1\"}]}", "“quantity”");
	refuses(&desk, "{\"item\":\"T1\",\"components\":[{\"article\":\"M1\",\"quantity\":\"0\"}]}",
		"above zero");
	refuses(&desk,
		"{\"item\":\"T1\",\"components\":[{\"article\":\"M1\",\"quantity\":\"-1\"}]}",
		"below zero");
	refuses(&desk, "{\"item\":\"T1\",\"components\":[{\"article\":\"M1\",\"quantity\":1.5}]}",
		"decimal digits");
	refuses(&desk,
		"{\"item\":\"T1\",\"components\":[{\"article\":\"M1\",\"quantity\":\"1\","
		"\"loss\":\"100\"}]}",
		"below 100");
	refuses(&desk,
		"{\"item\":\"T1\",\"components\":[{\"article\":\"M1\",\"quantity\":\"1\","
		"\"loss\":\"1.234\"}]}",
		"two digits");
	refuses(&desk,
		"{\"item\":\"T1\",\"yield\":\"0\",\"components\":["
		"{\"article\":\"M1\",\"quantity\":\"1\"}]}",
		"above zero");
	refuses(&desk,
		"{\"item\":\"T1\",\"first_day\":\"2026-02-30\",\"components\":["
		"{\"article\":\"M1\",\"quantity\":\"1\"}]}",
		"2026-02-30");
	refuses(&desk,
		"{\"item\":\"T1\",\"kit\":1,\"components\":["
		"{\"article\":\"M1\",\"quantity\":\"1\"}]}",
		"“kit”");
	g_assert_cmpint(n_recipes(&desk), ==, 0);
	desk_refuses(&desk, "recipe put missing.json" DB, 1, "missing.json");
	desk_refuses(&desk, "recipe put" DB, 2, "FILE.json");
	desk_refuses(&desk, "recipe list --format csv" DB, 2, "csv");
}

static void test_remove(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *gone = NULL, *last = NULL;

	open_office(&desk);
	put(&desk, CAKE);
	put(&desk, "{\"item\":\"T1\",\"first_day\":\"2999-12-01\",\"components\":["
		   "{\"article\":\"M1\",\"quantity\":\"1\"}]}");
	g_assert_cmpint(n_recipes(&desk), ==, 2);
	desk_refuses(&desk, "recipe remove T1" DB, 1, "--first-day");
	desk_refuses(&desk, "recipe remove T1 --first-day 2999-12-02" DB, 1, "that day");
	desk_refuses(&desk, "recipe remove T1 --first-day 2999-02-30" DB, 2, "2999-02-30");
	desk_refuses(&desk, "recipe remove X" DB, 1, "“X”");
	desk_refuses(&desk, "recipe remove T1 --person Никто --first-day 0" DB, 1, "Никто");
	gone = desk_do(&desk, "recipe remove T1 --first-day 2999-12-01" DB);
	g_assert_cmpint(n_recipes(&desk), ==, 1);
	last = desk_do(&desk, "recipe remove 4600000000039" DB);
	g_assert_cmpint(n_recipes(&desk), ==, 0);
	desk_refuses(&desk, "recipe remove T1" DB, 1, "no recipe");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/recipe_cli/put_and_list", test_put_and_list);
	g_test_add_func("/recipe_cli/there_and_back", test_there_and_back);
	g_test_add_func("/recipe_cli/kit", test_kit);
	g_test_add_func("/recipe_cli/circle", test_circle);
	g_test_add_func("/recipe_cli/several", test_several);
	g_test_add_func("/recipe_cli/strict", test_strict);
	g_test_add_func("/recipe_cli/remove", test_remove);
	return g_test_run();
}
