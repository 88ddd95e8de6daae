/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <glib/gstdio.h>
#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#define DB " --db sqlite:office.db "

static void open_office(Desk *desk)
{
	g_autofree char *out = NULL;

	desk_init(desk);
	out = desk_do(desk, "init" DB "--country ru --shop 'Лавка № 1'");
}

/* --- the first day ------------------------------------------------------------------------- */

static void test_init_prints_the_pin_once(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *out = NULL;
	json_t *json;
	const char *pin;

	desk_init(&desk);
	out = desk_do(&desk, "init" DB "--country mn --shop Дэлгүүр --format json");
	json = json_loads(out, 0, NULL);
	pin = json_string_value(json_object_get(json, "pin"));
	g_assert_cmpint((int)strspn(pin, "0123456789"), ==, 6);
	json_decref(json);
	desk_refuses(&desk, "init" DB "--country mn --shop Другой", 1, "already the office of");
}

static void test_init_knows_each_country(void)
{
	static const char *const codes[] = { "ru", "mn", "kz", "us", "bg" };
	g_auto(Desk) desk = { 0 };

	desk_init(&desk);
	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++) {
		g_autofree char *line = g_strdup_printf(
			"init --db sqlite:%s.db --country %s --shop Corner", codes[i], codes[i]);
		g_autofree char *out = desk_do(&desk, line);

		g_assert_nonnull(strstr(out, "Corner"));
	}
}

static void test_init_asks_for_what_it_needs(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *db = NULL;

	desk_init(&desk);
	desk_refuses(&desk, "init" DB "--country ru", 2, "--shop");
	desk_refuses(&desk, "init --country ru --shop A", 2, "--db");
	desk_refuses(&desk, "init" DB "--shop A", 2, "ru, mn");
	desk_refuses(&desk, "init" DB "--shop A --country xx", 2, "ru, mn");
	desk_refuses(&desk, "init --db office.db --shop A --country ru", 1, "sqlite:PATH");
	desk_refuses(&desk, "init --db sqlite:no/such/folder.db --shop A --country ru", 1, "");
	db = desk_dup_path(&desk, "office.db");
	g_assert_false(g_file_test(db, G_FILE_TEST_EXISTS));
}

static void test_wrong_words(void)
{
	g_auto(Desk) desk = { 0 };

	desk_init(&desk);
	desk_refuses(&desk, "", 2, "--help");
	desk_refuses(&desk, "sell", 2, "“sell”");
	desk_refuses(&desk, "person", 2, "“person”");
	desk_refuses(&desk, "init extra", 2, "“extra”");
	desk_refuses(&desk, "init --nonsense", 2, "--nonsense");
	desk_refuses(&desk, "report sales --from 2026-01-01 --to 2026-01-01", 2, "--db");
	desk_refuses(&desk, "stock" DB, 1, "no database");
}

static void test_every_command_has_help(void)
{
	static const char *const commands[] = { "init",		"migrate",    "import goods",
						"export goods", "person add", "till add",
						"report",	"stock",      "journal",
						"verify",	"post",	      "documents",
						"document",	"sim" };
	g_auto(Desk) desk = { 0 };
	g_autofree char *all = NULL;

	desk_init(&desk);
	all = desk_do(&desk, "--help");
	for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
		g_autofree char *line = g_strconcat(commands[i], " --help", NULL);
		g_autofree char *out = desk_do(&desk, line);

		g_assert_nonnull(strstr(all, commands[i]));
		g_assert_nonnull(strstr(out, commands[i]));
	}
}

static void test_a_file_that_is_no_database(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *text = g_strnfill(20000, 'x');

	desk_init(&desk);
	desk_write(&desk, "office.db", text);
	desk_refuses(&desk, "stock" DB, 1, "not a database");
	desk_refuses(&desk, "migrate" DB, 1, "not a database");
	desk_refuses(&desk, "verify office.db", 1, "not a database");
	desk_refuses(&desk, "init" DB "--country ru --shop A", 1, "not a database");
}

/* --- people, tills ------------------------------------------------------------------------- */

static void test_people(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *out = NULL;

	open_office(&desk);
	out = desk_do(&desk, "person add" DB "--name Болормаа --role cashier --pin 1111");
	g_assert_nonnull(strstr(out, "Болормаа"));
	desk_refuses(&desk, "person add" DB "--name Болормаа --role cashier --pin 2222", 1,
		     "Болормаа");
	desk_refuses(&desk, "person add" DB "--name Оля --role cashier --pin 1111", 1, "this PIN");
	desk_refuses(&desk, "person add" DB "--name Оля --role cashier --pin 11", 1, "4 to 12");
	desk_refuses(&desk, "person add" DB "--name Оля --role boss --pin 3333", 2,
		     "cashier, senior");
	desk_refuses(&desk, "person add" DB "--name Оля --role cashier", 2, "--pin");
}

static bool is_code(const char *code)
{
	return strlen(code) == 10 && code[4] == '-' && code[9] == '\n';
}

static void test_tills(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *out = NULL, *other = NULL;

	open_office(&desk);
	out = desk_do(&desk, "till add" DB "--shop 'Лавка № 1' --name 'Till 1'");
	other = desk_do(&desk, "till add" DB "--name 'Till 2'");
	g_assert_true(is_code(out));
	g_assert_true(is_code(other));
	g_assert_cmpstr(out, !=, other);
	desk_refuses(&desk, "till add" DB "--name 'Till 1'", 1, "Till 1");
	desk_refuses(&desk, "till add" DB "--shop Другая --name T", 1, "Лавка № 1");
	desk_refuses(&desk, "till add" DB, 2, "--name");
}

/* --- goods --------------------------------------------------------------------------------- */

static const char *last_line(const char *out)
{
	g_autofree char *bare = g_strchomp(g_strdup(out));
	const char *end = strrchr(bare, '\n');

	return out + (end != NULL ? end + 1 - bare : 0);
}

static void test_goods(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *first = NULL, *again = NULL, *back = NULL, *refused = NULL, *path = NULL,
			*exported = NULL, *listed = NULL, *undone = NULL;

	open_office(&desk);
	desk_write(&desk, "goods.tsv",
		   "barcode\tname\n4600000000015\tМолоко\n4600000000023\tХлеб\n"
		   "4600000000039\tСоль\n");
	first = desk_do(&desk, "import goods goods.tsv" DB "--price 100 --refused refused.csv");
	g_assert_cmpstr(last_line(first), ==, "imported 2, updated 0, refused 1\n");
	path = desk_dup_path(&desk, "refused.csv");
	g_assert_true(g_file_get_contents(path, &refused, NULL, NULL));
	g_assert_true(g_str_has_prefix(refused, "3,\"the barcode 4600000000023 has a wrong check"));
	g_assert_true(g_str_has_suffix(refused, "\"4600000000023\",\"Хлеб\"\n"));
	again = desk_do(&desk, "import goods goods.tsv" DB);
	g_assert_cmpstr(last_line(again), ==, "imported 0, updated 0, refused 1\n");
	exported = desk_do(&desk, "export goods" DB "--output out.csv");
	back = desk_do(&desk, "import goods out.csv" DB);
	g_assert_cmpstr(last_line(back), ==, "imported 0, updated 0, refused 0\n");
	listed = desk_do(&desk, "import --list" DB);
	g_assert_nonnull(strstr(listed, "goods.tsv"));
	undone = desk_do(&desk, "import" DB "--undo");
	g_assert_cmpstr(last_line(undone), ==, "undone 2, kept 0\n");
	desk_refuses(&desk, "import --undo 1" DB, 1, "undone already");
	desk_refuses(&desk, "import --undo" DB, 2, "no import");
}

static void test_goods_that_cannot_be_read(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	desk_write(&desk, "list.csv", "barcode,name\n4600000000015,\"Milk\n");
	desk_refuses(&desk, "import goods list.csv" DB "--person Nobody", 1, "Nobody");
	desk_refuses(&desk, "import" DB, 2, "--undo");
	desk_refuses(&desk, "import --undo x" DB, 2, "“x”");
	desk_refuses(&desk, "import --undo 99" DB, 1, "99");
	desk_refuses(&desk, "import goods list.csv" DB, 1, "line 2");
	desk_refuses(&desk, "import goods none.csv" DB, 1, "none.csv");
	desk_refuses(&desk, "import goods list.csv" DB "--price -1", 2, "--price");
	desk_refuses(&desk, "import goods list.csv" DB "--columns barcode,shade", 2, "shade");
	desk_refuses(&desk, "import goods list.csv" DB "--encoding klingon", 2, "klingon");
	desk_refuses(&desk, "import goods" DB, 2, "FILE");
	desk_refuses(&desk, "export goods" DB, 2, "--output");
	desk_refuses(&desk, "export goods" DB "--output no/such/folder.csv", 1,
		     "cannot be written");
}

/* --- reports ------------------------------------------------------------------------------- */

static void test_reports_of_an_empty_day(void)
{
	static const char *const names[] = { "sales",	 "items", "hours", "cashiers",
					     "payments", "taxes", "cash",  "cases" };
	g_auto(Desk) desk = { 0 };
	g_autofree char *list = NULL;

	open_office(&desk);
	list = desk_do(&desk, "report --list");
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *line = g_strdup_printf(
			"report %s" DB "--from 2026-11-23 --to 2026-11-23 --format json", names[i]);
		g_autofree char *out = desk_do(&desk, line);
		json_t *json = json_loads(out, 0, NULL);

		g_assert_nonnull(strstr(list, names[i]));
		g_assert_cmpstr(json_string_value(json_object_get(json, "report")), ==, names[i]);
		g_assert_cmpstr(json_string_value(json_object_get(json, "from")), ==, "2026-11-23");
		g_assert_cmpint((int)json_array_size(json_object_get(json, "rows")), ==, 0);
		json_decref(json);
	}
}

#define DAY "--from 2026-11-23 --to 2026-11-23 "

static void test_reports_narrowed(void)
{
	static const char *const options[] = {
		"--by day",
		"--by hour",
		"--by weekday",
		"--by month",
		"--by shop",
		"--by till",
		"--by cashier",
		"--by group",
		"--by item",
		"--by supplier",
		"--by payment",
		"--by tax",
		"--shop all",
		"--cashier Анна",
		"--cashier '#77'",
		"--till 'Касса 1'",
		"--hours 17-20",
		"--weekdays mon,fri",
		"--weekdays 1,5 --by day",
		"--payment cash",
		"--group Еда",
		"--item 4600000000015",
		"--item А-1",
		"--by hour --group Еда --cashier Анна --hours 0-24 --shop all",
	};
	g_auto(Desk) desk = { 0 };
	g_autofree char *person = NULL, *till = NULL, *goods = NULL;

	open_office(&desk);
	person = desk_do(&desk, "person add" DB "--name Анна --role cashier --pin 4711");
	till = desk_do(&desk, "till add" DB "--shop 'Лавка № 1' --name 'Касса 1'");
	desk_write(
		&desk, "goods.csv",
		"barcode,name,price,category,article\n4600000000015,Молоко,100,Еда/Молоко,А-1\n");
	goods = desk_do(&desk, "import goods goods.csv" DB);
	for (size_t i = 0; i < G_N_ELEMENTS(options); i++) {
		g_autofree char *line =
			g_strdup_printf("report sales" DB DAY "--format json %s", options[i]);
		g_autofree char *out = desk_do(&desk, line);
		json_t *json = json_loads(out, 0, NULL);

		g_assert_cmpint((int)json_array_size(json_object_get(json, "rows")), ==, 0);
		g_assert_cmpint((int)json_array_size(json_object_get(json, "notes")), >=, 1);
		json_decref(json);
	}
}

static void test_reports_narrowed_by_what_is_not_there(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	desk_refuses(&desk, "report margin" DB DAY "--by tax", 2, "day, hour");
	desk_refuses(&desk, "report cash" DB DAY "--by day", 2, "“cash”");
	desk_refuses(&desk, "report sales" DB DAY "--group Нет", 2, "“Нет”");
	desk_refuses(&desk, "report sales" DB DAY "--cashier Никто", 2, "“Никто”");
	desk_refuses(&desk, "report sales" DB DAY "--till 9", 2, "“9”");
	desk_refuses(&desk, "report sales" DB DAY "--item 9", 2, "“9”");
	desk_refuses(&desk, "report sales" DB DAY "--supplier Юг", 2, "“Юг”");
	desk_refuses(&desk, "report sales" DB DAY "--payment gold", 2, "cash, card");
	desk_refuses(&desk, "report sales" DB DAY "--hours 20-17", 2, "17-20");
	desk_refuses(&desk, "report sales" DB DAY "--hours 5", 2, "“5”");
	desk_refuses(&desk, "report sales" DB DAY "--hours 20-25", 2, "20-25");
	desk_refuses(&desk, "report sales" DB DAY "--weekdays mon,pay", 2, "“mon,pay”");
	desk_refuses(&desk, "report sales" DB DAY "--weekdays 8", 2, "“8”");
	desk_refuses(&desk, "report stock" DB "--till 9", 2, "“9”");
	desk_refuses(&desk, "report cash" DB DAY "--hours 1-2", 2, "Cash in drawers");
	desk_refuses(&desk, "report cash" DB DAY "--shop all", 2, "all shops");
}

static void test_reports_asked_wrongly(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	desk_refuses(&desk, "report", 2, "NAME");
	desk_refuses(&desk, "report nonsense" DB, 2, "sales, items");
	desk_refuses(&desk, "report sales" DB "--from 2026-11-23", 2, "--to");
	desk_refuses(&desk, "report sales" DB "--from 2026-11-31 --to 2026-11-23", 2, "2026-11-31");
	desk_refuses(&desk, "report sales" DB "--from 23.11.2026 --to 2026-11-23", 2, "23.11.2026");
	desk_refuses(&desk, "report sales" DB "--from 2026-11-24 --to 2026-11-23", 2, "after");
	desk_refuses(&desk, "report sales" DB "--by moon --from 2026-11-23 --to 2026-11-23", 2,
		     "hour, weekday");
	desk_refuses(&desk, "report sales" DB "--from 2026-11-23 --to 2026-11-23 --format doc", 2,
		     "table, json");
	desk_refuses(&desk, "report sales" DB "--from 2026-11-23 --to 2026-11-23 --format pdf", 2,
		     "--output");
	desk_refuses(&desk, "report sales" DB "--from 2026-11-23 --to 2026-11-23 --shop Нет", 1,
		     "Лавка № 1");
	desk_refuses(&desk, "stock" DB "--barcode 123", 1, "123");
}

static void test_an_office_is_whole(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *by_path = NULL, *by_dsn = NULL;

	open_office(&desk);
	by_path = desk_do(&desk, "verify office.db");
	by_dsn = desk_do(&desk, "verify sqlite:office.db");
	g_assert_cmpstr(by_path, ==, "OK 0 entries\n");
	g_assert_cmpstr(by_dsn, ==, "OK 0 entries\n");
	desk_refuses(&desk, "verify none.db", 1, "none.db");
	desk_refuses(&desk, "journal office.db", 1, "office.db");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cli/init", test_init_prints_the_pin_once);
	g_test_add_func("/cli/init-countries", test_init_knows_each_country);
	g_test_add_func("/cli/init-needs", test_init_asks_for_what_it_needs);
	g_test_add_func("/cli/wrong-words", test_wrong_words);
	g_test_add_func("/cli/help", test_every_command_has_help);
	g_test_add_func("/cli/no-database", test_a_file_that_is_no_database);
	g_test_add_func("/cli/people", test_people);
	g_test_add_func("/cli/tills", test_tills);
	g_test_add_func("/cli/goods", test_goods);
	g_test_add_func("/cli/bad-goods", test_goods_that_cannot_be_read);
	g_test_add_func("/cli/empty-day", test_reports_of_an_empty_day);
	g_test_add_func("/cli/narrowed", test_reports_narrowed);
	g_test_add_func("/cli/not-there", test_reports_narrowed_by_what_is_not_there);
	g_test_add_func("/cli/wrong-reports", test_reports_asked_wrongly);
	g_test_add_func("/cli/verify", test_an_office_is_whole);
	return g_test_run();
}
