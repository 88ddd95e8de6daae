/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <string.h>

/* People, hours, plans and pay from the command line; the reports of them. */

#define DB " --db sqlite:office.db "

static void does(Desk *desk, const char *line)
{
	g_free(desk_do(desk, line));
}

static json_t *json_of(Desk *desk, const char *line)
{
	g_autofree char *out = desk_do(desk, line);
	json_t *json = json_loads(out, 0, NULL);

	g_assert_nonnull(json);
	return json;
}

static const char *text_of(const json_t *json, const char *name)
{
	return json_string_value(json_object_get(json, name));
}

static void open_shop(Desk *desk)
{
	desk_init(desk);
	does(desk, "init" DB "--country ru --shop Corner");
	does(desk, "person add" DB "--name Bold --role cashier --pin 4711");
	does(desk, "person add" DB "--name Sara --role manager --pin 4712");
}

static void test_rights(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *list = NULL, *cashiers = NULL;
	json_auto_t *rights = NULL;
	g_auto(GStrv) lines = NULL;

	open_shop(&desk);
	list = desk_do(&desk, "right list" DB);
	lines = g_strsplit(g_strchomp(list), "\n", -1);
	g_assert_cmpuint(g_strv_length(lines), >, 25); /* and the head */
	does(&desk, "right set" DB "--role cashier --right till-price");
	desk_refuses(&desk, "right set" DB "--role admin --right till-price --refuse", 1,
		     "keeps every right");
	desk_refuses(&desk, "right set" DB "--role cashier --right price", 2, "Which right?");
	rights = json_of(&desk, "right list --format json" DB);
	cashiers = json_dumps(json_object_get(rights, "cashier"), JSON_COMPACT);
	g_assert_nonnull(strstr(cashiers, "\"till-price\""));
	g_assert_null(strstr(cashiers, "\"till-no-sale\""));
}

static void test_people(void)
{
	g_auto(Desk) desk = { 0 };
	json_auto_t *people = NULL, *all = NULL;

	open_shop(&desk);
	does(&desk, "shop add" DB "--name Second");
	does(&desk, "person set" DB "--person Bold --card B-77 --home Second --shop Corner "
		    "--shop Second --phone 99 --hired 2026-11-03");
	desk_refuses(&desk, "person set" DB "--person Sara --card B-77", 1,
		     "Somebody already has this badge");
	desk_refuses(&desk, "person set" DB "--person Sara --hired 2026-13-01", 2, "2026-13-01");
	people = json_of(&desk, "person list --format json" DB);
	g_assert_cmpuint(json_array_size(people), ==, 3);
	g_assert_cmpstr(text_of(json_array_get(people, 1), "name"), ==, "Bold");
	g_assert_cmpstr(text_of(json_array_get(people, 1), "shop"), ==, "Second");
	g_assert_true(json_is_true(json_object_get(json_array_get(people, 1), "card")));
	does(&desk, "person leave" DB "--person Bold --day 2026-11-20");
	desk_refuses(&desk, "person leave" DB "--person Bold", 1, "Nobody here is called");
	desk_refuses(&desk, "person leave" DB "--person Administrator", 1, "last administrator");
	all = json_of(&desk, "person list --all --format json" DB);
	g_assert_cmpint(json_integer_value(json_object_get(json_array_get(all, 2), "left")), ==,
			20261120);
	desk_refuses(&desk, "shop set" DB "--card-pin maybe", 2, "--card-pin");
	does(&desk, "shop set" DB "--shop Second --card-pin yes");
}

static void test_hours_and_pay(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *entries = NULL;
	json_auto_t *hours = NULL, *pay = NULL, *worked = NULL, *report = NULL, *plan = NULL;
	const json_t *line;

	open_shop(&desk);
	does(&desk,
	     "hours add" DB "--person Bold --at '2026-11-03 09:00' --until '2026-11-03 17:30'");
	does(&desk, "hours add" DB "--person Bold --day 2026-11-03 --minutes -30 --note lunch");
	desk_refuses(&desk, "hours add" DB "--person Bold --at 2026-11-03 --until 2026-11-04", 2,
		     "--at and --until");
	desk_refuses(&desk, "hours add" DB "--person Nobody --day 2026-11-03 --minutes 5", 1,
		     "Nobody here is called");
	entries = desk_do(&desk, "hours entries" DB "--from 2026-11-01 --to 2026-11-30");
	g_assert_nonnull(strstr(entries, "lunch"));
	hours = json_of(&desk, "hours --from 2026-11-01 --to 2026-11-30 --format json" DB);
	g_assert_cmpint(json_integer_value(json_object_get(json_array_get(hours, 0), "minutes")),
			==, 480);
	does(&desk, "pay rule add" DB "--role cashier --kind hour --amount 250 --from 2026-11-01");
	desk_refuses(&desk,
		     "pay rule add" DB "--role cashier --kind hour --percent 2 --from 2026-11-01",
		     2, "--amount or --percent");
	pay = json_of(&desk, "pay --person Bold --month 2026-11 --format json" DB);
	g_assert_cmpstr(text_of(pay, "total"), ==, "2000.00");
	line = json_array_get(json_object_get(pay, "lines"), 0);
	g_assert_nonnull(strstr(text_of(line, "text"), "8:00"));
	desk_refuses(&desk, "pay --person Bold --month 11" DB, 2, "2026-11");
	worked = json_of(&desk, "report worked --from 2026-11-01 --to 2026-11-30 --format json" DB);
	g_assert_cmpuint(json_array_size(json_object_get(worked, "rows")), ==, 1);
	report = json_of(&desk, "report pay --to 2026-11-30 --format json" DB);
	g_assert_cmpstr(text_of(json_object_get(report, "totals"), "earned"), ==, "2000.00");
	does(&desk, "plan set" DB "--month 2026-11 --net 1000");
	does(&desk, "plan set" DB "--person Bold --month 2026-11 --net 600");
	plan = json_of(&desk, "report plan --to 2026-11-30 --format json" DB);
	g_assert_cmpuint(json_array_size(json_object_get(plan, "rows")), ==, 2);
	g_assert_cmpstr(text_of(json_object_get(plan, "totals"), "plan"), ==, "1000.00");
	does(&desk, "pay rule remove" DB "--id 1");
	desk_refuses(&desk, "pay rule remove" DB "--id 1", 1, "no such rule");
}

static void test_setting_of_hours(void)
{
	g_auto(Desk) desk = { 0 };
	json_auto_t *hours = NULL;

	open_shop(&desk);
	does(&desk, "hours set" DB "--gap 0 --day-begin 5");
	does(&desk,
	     "hours add" DB "--person Bold --at '2026-11-04 02:00' --until '2026-11-04 04:00'");
	hours = json_of(&desk, "hours --from 2026-11-01 --to 2026-11-30 --format json" DB);
	g_assert_cmpint(json_integer_value(json_object_get(json_array_get(hours, 0), "day")), ==,
			20261103);
	desk_refuses(&desk, "hours set" DB "--gap 1000", 1, "0 to 240 minutes");
}

static void test_audit(void)
{
	g_auto(Desk) desk = { 0 };
	json_auto_t *found = NULL, *report = NULL, *none = NULL, *one = NULL, *bolds = NULL;

	open_shop(&desk);
	does(&desk, "person set" DB "--person Bold --pin 5813 --card B-77");
	found = json_of(&desk, "audit --search Bold --format json" DB);
	g_assert_cmpuint(json_array_size(found), ==, 2);
	desk_refuses(&desk, "audit --from yesterday" DB, 1, "yesterday");
	none = json_of(&desk, "audit --to 2020-01-01 --format json" DB);
	g_assert_cmpuint(json_array_size(none), ==, 0);
	one = json_of(&desk, "audit --action person-change --from 2020-01-01 --format json" DB);
	g_assert_cmpuint(json_array_size(one), ==, 1);
	bolds = json_of(&desk, "audit --person Bold --format json" DB);
	g_assert_cmpuint(json_array_size(bolds), ==, 0);
	report = json_of(&desk, "report audit --from 2020-01-01 --to 2099-12-31 --format json" DB);
	g_assert_cmpuint(json_array_size(json_object_get(report, "rows")), >=, 5);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/people_cli/rights", test_rights);
	g_test_add_func("/people_cli/people", test_people);
	g_test_add_func("/people_cli/hours_and_pay", test_hours_and_pay);
	g_test_add_func("/people_cli/setting_of_hours", test_setting_of_hours);
	g_test_add_func("/people_cli/audit", test_audit);
	return g_test_run();
}
