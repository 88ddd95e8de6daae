/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <string.h>

#define DB " --db sqlite:office.db "

static void open_office(Desk *desk)
{
	g_autofree char *init = NULL, *goods = NULL, *delivery = NULL;

	desk_init(desk);
	init = desk_do(desk, "init" DB "--country ru --shop Лавка");
	desk_write(desk, "goods.csv",
		   "barcode,article,name,price,cost\n4600000000015,M1,Молоко,100,50\n"
		   "4600000000022,H1,Хлеб,30,10\n4600000000039,S1,Соль,20,5\n");
	goods = desk_do(desk, "import goods goods.csv" DB);
	desk_write(desk, "delivery.json",
		   "{\"kind\":\"delivery\",\"date\":\"2026-11-20\",\"lines\":["
		   "{\"article\":\"M1\",\"quantity\":\"10\",\"cost\":\"500.00\"},"
		   "{\"article\":\"H1\",\"quantity\":\"4\",\"cost\":\"40.00\"}]}");
	delivery = desk_do(desk, "post delivery.json" DB);
}

static json_t *read_json(const Desk *desk, const char *line)
{
	g_autofree char *out = desk_do(desk, line);
	json_t *json = json_loads(out, 0, NULL);

	g_assert_nonnull(json);
	return json;
}

static const char *text_of(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}

static void test_what_was_found(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *posted = NULL, *table = NULL;
	json_t *counts, *count, *items, *milk;
	g_autofree char *line = NULL;

	open_office(&desk);
	desk_write(&desk, "count.json",
		   "{\"kind\":\"count\",\"lines\":[{\"article\":\"M1\",\"quantity\":\"8\"},"
		   "{\"article\":\"H1\",\"quantity\":\"4\"}]}");
	posted = desk_do(&desk, "post count.json" DB);
	counts = read_json(&desk, "documents --kind count --format json" DB);
	line = g_strdup_printf("count %s --differences --format json" DB,
			       text_of(json_array_get(counts, 0), "number"));
	count = read_json(&desk, line);
	items = json_object_get(count, "items");
	g_assert_cmpint((int)json_array_size(items), ==, 1);
	milk = json_array_get(items, 0);
	g_assert_cmpstr(text_of(milk, "name"), ==, "Молоко");
	g_assert_cmpstr(text_of(milk, "counted"), ==, "8");
	g_assert_cmpstr(text_of(milk, "expected"), ==, "10");
	g_assert_cmpstr(text_of(milk, "difference"), ==, "-2");
	g_assert_cmpstr(text_of(milk, "value"), ==, "-100.00");
	g_assert_true(json_is_true(json_object_get(milk, "found")));
	json_decref(count);
	g_free(line);
	line = g_strdup_printf("count %s" DB, text_of(json_array_get(counts, 0), "number"));
	table = desk_do(&desk, line);
	g_assert_nonnull(strstr(table, "Молоко"));
	g_assert_nonnull(strstr(table, "Хлеб"));
	json_decref(counts);
}

/* Ten should be there; what is found stands as a draft that somebody looks at first. */
static void test_draft(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *posted = NULL, *line = NULL;
	json_t *counts, *zone, *again;

	open_office(&desk);
	desk_write(&desk, "count.json",
		   "{\"kind\":\"count\",\"lines\":[{\"article\":\"M1\",\"quantity\":\"8\"},"
		   "{\"article\":\"H1\",\"quantity\":\"4\"}]}");
	posted = desk_do(&desk, "post count.json --draft" DB);
	counts = read_json(&desk, "count --list --format json" DB);
	g_assert_cmpint((int)json_array_size(counts), ==, 1);
	zone = json_array_get(json_object_get(json_array_get(counts, 0), "progress"), 0);
	g_assert_cmpint((int)json_integer_value(json_object_get(zone, "items")), ==, 2);
	line = g_strdup_printf("count %s --recount --format json" DB,
			       text_of(json_array_get(counts, 0), "number"));
	again = read_json(&desk, line);
	g_assert_cmpint((int)json_array_size(json_object_get(again, "items")), ==, 1);
	g_assert_cmpstr(text_of(json_array_get(json_object_get(again, "items"), 0), "name"), ==,
			"Молоко");
	json_decref(again);
	json_decref(counts);
}

static void test_nothing_is_being_counted(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *list = NULL;
	json_t *counts;

	open_office(&desk);
	list = desk_do(&desk, "count --list" DB);
	g_assert_cmpstr(list, ==, "");
	counts = read_json(&desk, "count --list --format json" DB);
	g_assert_cmpint((int)json_array_size(counts), ==, 0);
	json_decref(counts);
	desk_refuses(&desk, "count --list --shop Другая" DB, 1, "Другая");
}

static void test_below_zero(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *nothing = NULL, *gone = NULL, *table = NULL;
	json_t *problems;

	open_office(&desk);
	nothing = desk_do(&desk, "stock --problems" DB);
	g_assert_nonnull(strstr(nothing, "No goods are below zero"));
	desk_write(&desk, "gone.json",
		   "{\"kind\":\"write-off\",\"reason\":\"damaged\",\"lines\":["
		   "{\"article\":\"S1\",\"quantity\":\"3\"}]}");
	gone = desk_do(&desk, "post gone.json" DB);
	problems = read_json(&desk, "stock --problems --format json" DB);
	g_assert_cmpint((int)json_array_size(problems), ==, 1);
	g_assert_cmpstr(text_of(json_array_get(problems, 0), "name"), ==, "Соль");
	g_assert_cmpstr(text_of(json_array_get(problems, 0), "balance"), ==, "-3");
	g_assert_cmpstr(text_of(json_array_get(problems, 0), "cause"), ==, "never-received");
	json_decref(problems);
	table = desk_do(&desk, "stock --problems" DB);
	g_assert_nonnull(strstr(table, "Соль"));
	desk_refuses(&desk, "stock --problems --format csv" DB, 2, "csv");
}

static void test_what_expires(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *table = NULL;

	open_office(&desk);
	table = desk_do(&desk, "report expiring --from 2026-01-01 --to 2026-12-31" DB);
	g_assert_nonnull(strstr(table, "What expires"));
}

static void test_zones(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *hall = NULL, *back = NULL, *table = NULL, *other = NULL, *gone = NULL,
			*left = NULL;
	json_t *zones;

	open_office(&desk);
	hall = desk_do(&desk, "zone add" DB "--name ' Зал ' --sells");
	back = desk_do(&desk, "zone add" DB "--name Склад");
	g_assert_cmpstr(hall, ==, "zone 1\n");
	g_assert_cmpstr(back, ==, "zone 2\n");
	zones = read_json(&desk, "zone list --format json" DB);
	g_assert_cmpint((int)json_array_size(zones), ==, 2);
	g_assert_cmpstr(text_of(json_array_get(zones, 0), "name"), ==, "Зал");
	g_assert_true(json_is_true(json_object_get(json_array_get(zones, 0), "sells")));
	g_assert_cmpstr(text_of(json_array_get(zones, 1), "name"), ==, "Склад");
	g_assert_true(json_is_false(json_object_get(json_array_get(zones, 1), "sells")));
	json_decref(zones);
	table = desk_do(&desk, "zone list" DB);
	g_assert_nonnull(strstr(table, "tills sell out of it\nСклад\n"));
	gone = desk_do(&desk, "zone remove" DB "--name Зал");
	left = desk_do(&desk, "zone list" DB);
	g_assert_cmpstr(left, ==, "Склад\n");
	other = desk_do(&desk, "audit" DB);
	g_assert_nonnull(strstr(other, "zone-delete"));
}

/* Zones of one shop are nothing to another. */
static void test_zones_of_two_shops(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *shop = NULL, *here = NULL, *there = NULL, *list = NULL;

	open_office(&desk);
	shop = desk_do(&desk, "shop add" DB "--name Ларёк");
	here = desk_do(&desk, "zone add" DB "--name Зал");
	desk_refuses(&desk, "zone remove --shop Ларёк --name Зал" DB, 1, "Зал");
	there = desk_do(&desk, "zone add --shop Ларёк --name Витрина" DB);
	list = desk_do(&desk, "zone list --shop Ларёк" DB);
	g_assert_cmpstr(list, ==, "Витрина\n");
	desk_refuses(&desk, "zone add" DB "--name Зал", 1, "already a zone “Зал”");
	desk_refuses(&desk, "zone add" DB "--name ''", 1, "characters");
	desk_refuses(&desk, "zone add" DB, 2, "--name");
	desk_refuses(&desk, "zone remove" DB, 2, "--name");
	desk_refuses(&desk, "zone list --format csv" DB, 2, "csv");
	desk_refuses(&desk, "zone list --shop Другая" DB, 1, "Другая");
}

static void test_no_such_count(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	desk_refuses(&desk, "count X-1" DB, 1, "X-1");
	desk_refuses(&desk, "count D-000001" DB, 1, "no stock count");
	desk_refuses(&desk, "count" DB, 2, "");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cli_count/what_was_found", test_what_was_found);
	g_test_add_func("/cli_count/draft", test_draft);
	g_test_add_func("/cli_count/nothing_is_being_counted", test_nothing_is_being_counted);
	g_test_add_func("/cli_count/below_zero", test_below_zero);
	g_test_add_func("/cli_count/what_expires", test_what_expires);
	g_test_add_func("/cli_count/zones", test_zones);
	g_test_add_func("/cli_count/zones_of_two_shops", test_zones_of_two_shops);
	g_test_add_func("/cli_count/no_such_count", test_no_such_count);
	return g_test_run();
}
