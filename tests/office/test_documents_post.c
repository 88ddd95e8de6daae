/* SPDX-License-Identifier: GPL-3.0-or-later */
/* baraa post, baraa documents, baraa document, as scripts and people call them. */
#include "tests/office/command_line.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

#define DB " --db sqlite:office.db "

static void open_office(Desk *desk)
{
	g_autofree char *init = NULL, *shop = NULL, *goods = NULL, *person = NULL;

	desk_init(desk);
	init = desk_do(desk, "init" DB "--country mn --shop 'Shop 1'");
	shop = desk_do(desk, "shop add" DB "--name 'Shop 2'");
	/* What the examples name; the program's own demo shop has them too. */
	desk_write(desk, "goods.csv",
		   "article,barcode,name,unit,weighed,price\n"
		   "B001,2000000000015,White bread,pcs,0,2500\n"
		   "B002,2000000000022,Rye bread,pcs,0,2900\n"
		   "B006,2000000000060,Sugar bun,pcs,0,1400\n"
		   "B011,2000000000114,Milk,pcs,0,3200\n"
		   "B016,2000000000169,Butter,pcs,0,9800\n"
		   "00001,00001,Hard cheese,kg,1,42000\n");
	goods = desk_do(desk, "import goods goods.csv" DB);
	person = desk_do(desk, "person add" DB "--name Bat --role stock --pin 5566");
}

static json_t *parse(const char *text)
{
	json_error_t wrong;
	json_t *json = json_loads(text, 0, &wrong);

	if (json == NULL)
		g_error("%s: %s", wrong.text, text);
	return json;
}

static void text_is(const json_t *object, const char *name, const char *text)
{
	g_assert_cmpstr(json_string_value(json_object_get(object, name)), ==, text);
}

/* --- examples ------------------------------------------------------------------------------ */

static const struct {
	const char *kind, *told;
} examples[] = {
	{ "opening", "posted D-000001, 2 lines, 2370.00\n" },
	{ "order", "posted D-000002, 2 lines, 3240.00\n" },
	{ "delivery", "posted D-000003, 3 lines, 7282.50\n" },
	{ "supplier-return", "posted D-000004, 1 lines, 120.00\n" },
	{ "transfer", "posted D-000005, 2 lines, 740.00\n" }, /* 6 × 60 + 10 × 38 */
	{ "arrival", "posted D-000006, 2 lines, 702.00\n" }, /* 6 × 60 + 9 × 38 */
	{ "write-off", "posted D-000007, 2 lines, 174.00\n" }, /* 60 + 3 × 38 */
	{ "count", "posted D-000008, 3 lines, -2215.00\n" },
	{ "revaluation", "posted D-000009, 1 lines, -22.50\n" },
	{ "production", "posted D-000010, 3 lines, 570.00\n" }, /* 4.5 × 60 + 2 × 150 */
};

/* As somebody does who tries it out: prints the example into a file and posts that. */
static void write_example(Desk *desk, const char *kind)
{
	g_autofree char *line = g_strdup_printf("post --example %s", kind);
	g_autofree char *text = desk_do(desk, line);
	g_autoptr(GString) own = g_string_new(text);

	/* The one that has to be changed: which transfer arrives. */
	g_string_replace(own, "\"from\": \"D-000001\"", "\"from\": \"D-000005\"", 0);
	desk_write(desk, "paper.json", own->str);
}

static void test_every_example_posts(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *verified = NULL;

	open_office(&desk);
	for (size_t i = 0; i < G_N_ELEMENTS(examples); i++) {
		g_autofree char *told = NULL;

		write_example(&desk, examples[i].kind);
		told = desk_do(&desk, "post paper.json" DB);
		g_assert_cmpstr(told, ==, examples[i].told);
	}
	verified = desk_do(&desk, "verify office.db");
	desk_refuses(&desk, "post --example gift", 2, "write-off");
}

/* --- once ---------------------------------------------------------------------------------- */

static char *stock_of_milk(const Desk *desk)
{
	g_autofree char *out = desk_do(desk, "stock" DB "--barcode 2000000000114 --format json");
	json_t *json = parse(out);
	const json_t *row = json_array_get(json_object_get(json, "rows"), 0);
	char *balance = g_strdup_printf("%s %s", json_string_value(json_object_get(row, "balance")),
					json_string_value(json_object_get(row, "value")));

	json_decref(json);
	return balance;
}

static void milk_is(const Desk *desk, const char *balance)
{
	g_autofree char *is = stock_of_milk(desk);

	g_assert_cmpstr(is, ==, balance);
}

static void test_a_file_posts_once(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *told = NULL, *reversed = NULL, *again = NULL;

	open_office(&desk);
	write_example(&desk, "delivery");
	told = desk_do(&desk, "post paper.json" DB);
	milk_is(&desk, "24 1440.00");
	desk_refuses(&desk, "post paper.json" DB, 1, "D-000001");
	milk_is(&desk, "24 1440.00");
	/* Without the key the supplier's paper still is the same. */
	desk_write(&desk, "paper.json",
		   "{\"kind\": \"delivery\", \"supplier\": \"Dairy 1\", \"reference\": \"4711\", "
		   "\"lines\": "
		   "[{\"barcode\": \"2000000000114\", \"quantity\": \"1\"}]}");
	desk_refuses(&desk, "post paper.json" DB, 1, "“4711”");
	reversed = desk_do(&desk, "post --reverse D-000001 --reason typed" DB);
	g_assert_cmpstr(reversed, ==, "reversed D-000001, 3 lines, 7282.50\n");
	milk_is(&desk, "0 0.00");
	desk_refuses(&desk, "post --reverse D-000001" DB, 1, "reversed already");
	desk_refuses(&desk, "post --reverse D-000001 --shop 'Shop 2'" DB, 1, "another shop");
	desk_refuses(&desk, "post --reverse D-000009" DB, 1, "D-000009");
	again = desk_do(&desk, "post paper.json" DB);
	milk_is(&desk, "1 0.00"); /* nobody knows what it costs any more */
}

static void test_several_in_one_file(void)
{
	g_auto(Desk) desk = { 0 };
	g_auto(Said) said = { 0 };
	g_autofree char *list = NULL;
	json_t *json;

	open_office(&desk);
	desk_write(&desk, "papers.json",
		   "[{\"kind\": \"delivery\", \"lines\": [{\"barcode\": \"2000000000114\", "
		   "\"quantity\": 2, "
		   "\"cost\": 100}]},"
		   "{\"kind\": \"delivery\", \"lines\": [{\"barcode\": \"nothing\", \"quantity\": "
		   "1}]},"
		   "{\"kind\": \"delivery\", \"lines\": [{\"barcode\": \"2000000000114\", "
		   "\"quantity\": 4}]}]");
	said = desk_run(&desk, "post papers.json" DB);
	g_assert_cmpint(said.status, ==, 1);
	g_assert_cmpstr(said.out, ==, "posted D-000001, 1 lines, 100.00\n");
	g_assert_nonnull(strstr(said.err, "Document 2 of 3"));
	g_assert_nonnull(strstr(said.err, "Line 1"));
	milk_is(&desk, "2 100.00");
	list = desk_do(&desk, "documents" DB "--format json");
	json = parse(list);
	g_assert_cmpuint(json_array_size(json), ==, 1);
	json_decref(json);
}

/* --- drafts, people, formats --------------------------------------------------------------- */

static void test_drafts_and_formats(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *told = NULL, *list = NULL, *shown = NULL, *table = NULL;
	json_t *json;

	open_office(&desk);
	write_example(&desk, "delivery");
	told = desk_do(&desk, "post paper.json --draft --person Bat --format json" DB);
	json = parse(told);
	text_is(json, "number", "D-000001");
	text_is(json, "state", "draft");
	text_is(json, "value", "7282.50");
	text_is(json, "person", "Bat");
	g_assert_cmpint(json_integer_value(json_object_get(json, "lines")), ==, 3);
	json_decref(json);
	milk_is(&desk, "0 0.00");
	list = desk_do(&desk,
		       "documents --kind delivery --state draft --search dairy --format json" DB);
	json = parse(list);
	g_assert_cmpuint(json_array_size(json), ==, 1);
	text_is(json_array_get(json, 0), "supplier", "Dairy 1");
	json_decref(json);
	table = desk_do(&desk, "documents" DB);
	g_assert_nonnull(strstr(table, "Delivery"));
	shown = desk_do(&desk, "document D-000001 --format json" DB);
	json = parse(shown);
	text_is(json_object_get(json, "document"), "reference", "4711");
	json_decref(json);
	desk_refuses(&desk, "documents --kind gift" DB, 2, "write-off");
	desk_refuses(&desk, "documents --state lost" DB, 2, "“lost”");
	desk_refuses(&desk, "document D-000009" DB, 1, "D-000009");
}

static void test_documents_of_the_other_shop(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *told = NULL, *all = NULL, *first = NULL, *second = NULL;

	open_office(&desk);
	write_example(&desk, "opening");
	told = desk_do(&desk, "post paper.json --shop 'Shop 2'" DB);
	all = desk_do(&desk, "documents" DB);
	first = desk_do(&desk, "documents --shop 'Shop 1'" DB);
	second = desk_do(&desk, "documents --shop 'Shop 2'" DB);
	g_assert_cmpstr(all, ==, second);
	g_assert_nonnull(strstr(all, "D-000001"));
	g_assert_cmpstr(first, ==, "");
}

/* What one office prints another one posts. */
static void test_a_document_goes_to_another_office(void)
{
	g_auto(Desk) desk = { 0 };
	g_autofree char *told = NULL, *shown = NULL, *init = NULL, *goods = NULL, *again = NULL;

	open_office(&desk);
	write_example(&desk, "delivery");
	told = desk_do(&desk, "post paper.json" DB);
	shown = desk_do(&desk, "document D-000001" DB);
	desk_write(&desk, "shown.json", shown);
	init = desk_do(&desk, "init --db sqlite:other.db --country mn --shop 'Shop 1'");
	goods = desk_do(&desk, "import goods goods.csv --db sqlite:other.db");
	again = desk_do(&desk, "post shown.json --db sqlite:other.db");
	g_assert_cmpstr(again, ==, told);
}

static void test_wrong_words(void)
{
	g_auto(Desk) desk = { 0 };

	open_office(&desk);
	write_example(&desk, "revaluation");
	desk_refuses(&desk, "post" DB, 2, "FILE.json");
	desk_refuses(&desk, "post paper.json", 2, "--db");
	desk_refuses(&desk, "post nothing.json" DB, 1, "nothing.json");
	desk_refuses(&desk, "post goods.csv" DB, 1, "line 1");
	desk_refuses(&desk, "post paper.json --person Nobody" DB, 1, "Nobody");
	desk_refuses(&desk, "post paper.json --person Bat" DB, 1, "is not among your rights");
	desk_refuses(&desk, "post paper.json --format csv" DB, 2, "csv");
	desk_write(&desk, "paper.json", "{\"kind\": \"delivery\", \"kind\": \"order\"}");
	desk_refuses(&desk, "post paper.json" DB, 1, "duplicate");
	desk_write(&desk, "paper.json", "7");
	desk_refuses(&desk, "post paper.json" DB, 1, "is not JSON");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/post/examples", test_every_example_posts);
	g_test_add_func("/post/once", test_a_file_posts_once);
	g_test_add_func("/post/several", test_several_in_one_file);
	g_test_add_func("/post/drafts", test_drafts_and_formats);
	g_test_add_func("/post/other_shop", test_documents_of_the_other_shop);
	g_test_add_func("/post/another_office", test_a_document_goes_to_another_office);
	g_test_add_func("/post/wrong_words", test_wrong_words);
	return g_test_run();
}
