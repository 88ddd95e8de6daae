/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <string.h>

#define DB " --db sqlite:office.db "
#define DAY " --from 2026-11-23 "

/* `baraa report day` and `baraa printer`, as a shell calls them. */

static void open_office(Desk *desk)
{
	g_autofree char *init = NULL, *till = NULL;

	desk_init(desk);
	init = desk_do(desk, "init" DB "--country ru --shop Лавка");
	till = desk_do(desk, "till add" DB "--shop Лавка --name 'Касса 1'");
}

static json_t *ask(const Desk *desk, const char *line)
{
	g_autofree char *out = desk_do(desk, line);
	json_t *json = json_loads(out, 0, NULL);

	g_assert_nonnull(json);
	return json;
}

static void test_every_form_of_an_empty_day(void)
{
	static const char *const forms[] = { "table", "csv", "paper", "json" };
	g_auto(Desk) desk;

	open_office(&desk);
	for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
		g_autofree char *line =
			g_strdup_printf("report day" DB DAY "--format %s", forms[i]);
		g_autofree char *out = desk_do(&desk, line);

		if (strcmp(forms[i], "csv") == 0)
			g_assert_true(g_str_has_prefix(out, "day,day,receipts"));
		else
			g_assert_nonnull(strstr(out, "Nothing was sold on this day"));
	}
	for (int i = 0; i < 2; i++) {
		const char *form = i == 0 ? "pdf" : "xlsx";
		g_autofree char *line = g_strdup_printf(
			"report day" DB DAY "--format %s --output day.%s", form, form);
		g_autofree char *said = desk_do(&desk, line);
		g_autofree char *name = g_strdup_printf("day.%s", form);
		g_autofree char *path = desk_dup_path(&desk, name);

		g_assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
	}
}

static void test_wrong_orders_are_refused(void)
{
	g_auto(Desk) desk;

	open_office(&desk);
	desk_refuses(&desk, "report day" DB, 2, "Which day?");
	desk_refuses(&desk, "report day" DB "--from yesterday", 2, "yesterday");
	desk_refuses(&desk, "report day" DB DAY "--to 2026-11-24", 2, "one day");
	desk_refuses(&desk, "report day" DB DAY "--format pdf", 2, "--output");
	desk_refuses(&desk, "report day" DB DAY "--shift 3", 2, "--till");
	desk_refuses(&desk, "report day" DB "--till 'Касса 1' --shift 3", 1, "no shift 3");
	desk_refuses(&desk, "report day" DB "--till Склад --shift 3", 1, "Склад");
	desk_refuses(&desk, "report day" DB DAY "--print", 1, "No printer is set");
	desk_refuses(&desk, "report day" DB "--printed-id 5", 1, "There is no paper 5");
	desk_refuses(&desk, "printer set" DB "a4", 2, "FORM DEVICE");
	desk_refuses(&desk, "printer set" DB "a4 OFFICE", 1, "cups:QUEUE");
	desk_refuses(&desk, "printer set" DB "a3 cups:X", 2, "a3");
}

static void test_printers_are_set_and_listed(void)
{
	g_auto(Desk) desk;
	g_autofree char *a4 = NULL, *paper = NULL, *gone = NULL, *audit = NULL;
	json_t *list;

	open_office(&desk);
	a4 = desk_do(&desk, "printer set" DB "a4 cups:OFFICE --at-close day --cost");
	paper = desk_do(&desk, "printer set" DB "paper escpos@tcp:127.0.0.1:1 columns=42");
	list = ask(&desk, "printer list" DB "--format json");
	g_assert_cmpuint(json_array_size(list), ==, 2);
	g_assert_cmpstr(json_string_value(json_object_get(json_array_get(list, 0), "at_close")), ==,
			"day");
	g_assert_cmpstr(json_string_value(json_object_get(json_array_get(list, 1), "options")), ==,
			"columns=42");
	json_decref(list);
	gone = desk_do(&desk, "printer remove" DB "a4");
	list = ask(&desk, "printer list" DB "--format json");
	g_assert_cmpuint(json_array_size(list), ==, 1);
	json_decref(list);
	audit = desk_do(&desk, "audit" DB);
	g_assert_nonnull(strstr(audit, "report-printer"));
}

/* It says why, waits, and is forgotten when somebody says so. */
static void test_jobs_wait_and_are_dropped(void)
{
	g_auto(Desk) desk;
	g_autofree char *set = NULL, *dropped = NULL;
	g_auto(Said) said = { 0 };
	const json_t *job;
	json_t *list;

	open_office(&desk);
	set = desk_do(&desk, "printer set" DB "paper escpos@tcp:127.0.0.1:1");
	said = desk_run(&desk, "report day" DB DAY "--print");
	g_assert_cmpint(said.status, ==, 1);
	g_assert_nonnull(strstr(said.err, "does not answer"));
	list = ask(&desk, "printer jobs" DB "--format json");
	g_assert_cmpuint(json_array_size(list), ==, 1);
	job = json_array_get(list, 0);
	g_assert_cmpstr(json_string_value(json_object_get(job, "state")), ==, "failed");
	g_assert_cmpint(json_integer_value(json_object_get(job, "tries")), ==, 1);
	g_assert_false(json_boolean_value(json_object_get(job, "doubt")));
	json_decref(list);
	dropped = desk_do(&desk, "printer jobs" DB "--drop 1");
	g_assert_cmpstr(dropped, ==, "");
	said_clear(&said);
	said = desk_run(&desk, "report day" DB DAY "--print");
	g_assert_nonnull(strstr(said.out, "not printed: 1"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/day-cli/forms", test_every_form_of_an_empty_day);
	g_test_add_func("/day-cli/refused", test_wrong_orders_are_refused);
	g_test_add_func("/day-cli/printers", test_printers_are_set_and_listed);
	g_test_add_func("/day-cli/jobs", test_jobs_wait_and_are_dropped);
	return g_test_run();
}
