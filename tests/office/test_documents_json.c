/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents as JSON: what is read, what is refused and how, and that it comes back the same. */
#include "backoffice/people/rights.h"
#include "tests/office/papers.h"

#include <string.h>

#define MILK "4600000000077" /* item 7 */
#define BREAD "4600000000084" /* item 8 */

/* Written with ' for ". */
static json_t *parse(const char *text)
{
	g_autofree char *quoted = g_strdelimit(g_strdup(text), "'", '"');
	json_error_t wrong;
	json_t *json = json_loads(quoted, JSON_REJECT_DUPLICATES, &wrong);

	if (json == NULL)
		g_error("%s: %s", wrong.text, text);
	return json;
}

static Document *take(FakeOffice *office, const char *text)
{
	json_t *json = parse(text);
	g_autoptr(GError) error = NULL;
	Document *document = NULL;

	document_take_json(office->store, json, 0, false, &document, &error);
	g_assert_no_error(error);
	fake_office_verify(office);
	json_decref(json);
	return document;
}

static const DocumentLine *line_of(const Document *document, guint i)
{
	g_assert_cmpuint(i, <, document->lines->len);
	return document->lines->pdata[i];
}

static void open_office(FakeOffice *office)
{
	paper_office(office, 20);
	room_sql(office, "UPDATE item SET article = 'M-' || id");
}

/* --- what is read -------------------------------------------------------------------------- */

static void test_a_delivery(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = NULL;
	const DocumentLine *line;

	open_office(&office);
	paper_pack(&office, 7, "box", 12);
	delivery = take(
		&office,
		"{'kind': 'delivery', 'shop': 'Лавка', 'supplier': 'Молокозавод', "
		"'reference': 'TN-4711', 'date': '2026-10-05', 'key': 'k1', 'note': 'two\\nlines', "
		"'lines': [{'barcode': '" MILK
		"', 'quantity': '12', 'pack': 'box', 'cost': '1234.00', "
		"'expected': 13, 'price': '19.90', 'batch': 'B-1', 'expiry': '2027-01-31'},"
		"{'article': 'M-8', 'quantity': 3, 'unit_cost': '1.10', 'serials': []},"
		"{'barcode': '" BREAD "', 'article': 'M-8', 'quantity': '0.5', 'instead_of': '" MILK
		"'}]}");
	g_assert_cmpint(delivery->state, ==, DOCUMENT_POSTED);
	g_assert_cmpint(delivery->supplier_id, ==, 1);
	/* Midnight of Moscow, three hours before that of Greenwich. */
	g_assert_cmpint(delivery->at, ==, INT64_C(1791147600) * G_USEC_PER_SEC);
	line = line_of(delivery, 0);
	g_assert_cmpint(line->quantity, ==, units(144));
	g_assert_cmpint(line->expected, ==, units(156));
	g_assert_cmpint(line->cost, ==, 123400);
	g_assert_cmpint(line->price, ==, 1990);
	g_assert_cmpint(line->expiry, ==, 20270131);
	g_assert_cmpint(line_of(delivery, 1)->cost, ==, 330);
	g_assert_cmpint(line_of(delivery, 2)->quantity, ==, 500000);
	g_assert_cmpint(line_of(delivery, 2)->instead_of, ==, 7);
	paper_stands(&office, PAPER_SHOP, 7, 144, 123400);
}

/* A barcode of a pack counts packs, and what one costs is what one pack costs. */
static void test_a_barcode_of_a_pack(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = NULL;
	int64_t pack;

	open_office(&office);
	pack = paper_pack(&office, 7, "box", 12);
	room_sql(&office,
		 "INSERT INTO barcode (key, code, item_id, pack_id) VALUES ('BOX7', 'BOX7', 7, %d)",
		 (int)pack);
	delivery =
		take(&office, "{'kind': 'delivery', 'lines': [{'barcode': 'BOX7', 'quantity': 2, "
			      "'unit_cost': '24.00'}]}");
	g_assert_cmpint(line_of(delivery, 0)->pack_id, ==, pack);
	paper_stands(&office, PAPER_SHOP, 7, 24, 4800);
}

static void test_times(void)
{
	static const struct {
		const char *member;
		int64_t at; /* seconds */
	} times[] = {
		{ "'date': '2026-10-05'", 1791147600 },
		{ "'at': '2026-10-05'", 1791147600 },
		{ "'at': '2026-10-05T14:30:00'", 1791147600 + 52200 }, /* of the shop's clock */
		{ "'at': '2026-10-05T14:30:00Z'", 1791147600 + 52200 + 10800 },
		{ "'at': '2026-10-05T14:30:00+08:00'", 1791147600 + 52200 - 18000 },
	};
	g_auto(FakeOffice) office = { 0 };

	open_office(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(times); i++) {
		g_autofree char *text =
			g_strdup_printf("{'kind': 'opening', %s, 'lines': [{'barcode': '" MILK
					"', 'quantity': 1}]}",
					times[i].member);
		g_autoptr(Document) document = take(&office, text);

		g_assert_cmpint(document->at, ==, times[i].at * G_USEC_PER_SEC);
	}
}

/* A data terminal gives a line a scan: they add up, zone by zone. */
static void test_a_count(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) count = NULL;
	int64_t person;

	open_office(&office);
	person = paper_person(&office, "Бат", ROLE_STOCK);
	paper_deliver(&office, 7, 10, 1000);
	room_sql(&office, "INSERT INTO zone (shop_id, id, name, sells) VALUES (1, 1, 'Hall', 1)");
	count = take(&office,
		     "{'kind': 'count', 'lines': ["
		     "{'barcode': '" MILK "', 'quantity': 3, 'zone': 'Hall', 'by': 'Бат'},"
		     "{'barcode': '" MILK "', 'quantity': '4', 'zone': 'Hall', 'by': 'Бат'}]}");
	g_assert_cmpuint(count->lines->len, ==, 1);
	paper_stands(&office, PAPER_SHOP, 7, 7, 700);
	g_assert_cmpint(room_ask(&office, "SELECT person_id FROM count_entry"), ==, person);
}

static void test_a_production(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) made = NULL, by_recipe = NULL;

	open_office(&office);
	paper_deliver(&office, 7, 10, 1000);
	made = take(&office, "{'kind': 'production', 'lines': [{'article': 'M-1', 'quantity': 2}],"
			     "'components': [{'barcode': '" MILK "', 'quantity': '1.5'}]}");
	g_assert_cmpint(line_of(made, 1)->quantity, ==, -1500000);
	paper_stands(&office, PAPER_SHOP, 1, 2, 150);
	room_sql(&office,
		 "INSERT INTO recipe (id, item_id, first_day, yield) VALUES (1, 2, 0, 1000000)");
	room_sql(&office, "INSERT INTO recipe_line (recipe_id, line, item_id, quantity) "
			  "VALUES (1, 1, 7, 500000)");
	by_recipe = take(&office, "{'kind': 'production', 'product': 'M-2', 'quantity': '3'}");
	g_assert_cmpuint(by_recipe->lines->len, ==, 2);
	paper_stands(&office, PAPER_SHOP, 2, 3, 150);
	paper_stands(&office, PAPER_SHOP, 7, 7, 700);
}

static void test_a_production_of_an_earlier_day(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) then = NULL, now = NULL;

	open_office(&office);
	room_sql(&office, "INSERT INTO recipe (id, item_id, first_day, yield) VALUES"
			  " (1, 2, 0, 1000000), (2, 2, 20260901, 1000000)");
	room_sql(&office, "INSERT INTO recipe_line (recipe_id, line, item_id, quantity) VALUES"
			  " (1, 1, 7, 500000), (2, 1, 8, 500000)");
	then = take(&office, "{'kind': 'production', 'date': '2026-08-31', 'product': 'M-2',"
			     "'quantity': '3'}");
	g_assert_cmpint(line_of(then, 1)->item_id, ==, 7);
	now = take(&office, "{'kind': 'production', 'product': 'M-2', 'quantity': '3'}");
	g_assert_cmpint(line_of(now, 1)->item_id, ==, 8);
}

/* --- what is refused ----------------------------------------------------------------------- */

#define LINE "{'barcode': '" MILK "', 'quantity': 1}"
#define DELIVERY(members) "{'kind': 'delivery', " members "'lines': [" LINE "]}"
#define SECOND(line) "{'kind': 'delivery', 'supplier': 'Новый', 'lines': [" LINE ", " line "]}"

static const struct {
	const char *text, *says;
} refusals[] = {
	{ "[]", "JSON object" },
	{ "{}", "What kind" },
	{ "{'kind': 'gift'}", "write-off" },
	{ "{'kind': 5}", "“kind” has to be a text" },
	{ "{'kind': 'delivery'}", "at least one" },
	{ "{'kind': 'delivery', 'lines': []}", "at least one" },
	{ "{'kind': 'delivery', 'lines': {}}", "at least one" },
	{ "{'kind': 'delivery', 'lines': 'x'}", "at least one" },
	{ DELIVERY("'suplier': 'A', "), "There is no member “suplier”" },
	{ DELIVERY("'to': 'A', "), "“to”" },
	{ DELIVERY("'shop': 'Нет', "), "“Нет”" },
	{ DELIVERY("'supplier': 7, "), "“supplier” has to be a text" },
	{ DELIVERY("'supplier': '', "), "“supplier” is empty" },
	{ DELIVERY("'date': '2026-02-30', "), "“date” has to be a day" },
	{ DELIVERY("'date': '05.10.2026', "), "“date” has to be a day" },
	{ DELIVERY("'date': '2036-10-05', "), "still to come" },
	{ DELIVERY("'date': '2026-10-05', 'at': '2026-10-05', "), "only one" },
	{ DELIVERY("'order': 'D-000099', "), "D-000099" },
	{ SECOND("{'quantity': 1}"), "Line 2: which goods" },
	{ SECOND("{'barcode': '123', 'quantity': 1}"),
	  "Line 2: there are no goods with the barcode 123" },
	{ SECOND("{'article': 'Q', 'quantity': 1}"),
	  "Line 2: there are no goods with the article Q" },
	{ SECOND("{'barcode': '" MILK "', 'article': 'M-8', 'quantity': 1}"),
	  "Line 2: the barcode" },
	{ SECOND("{'barcode': '" MILK "'}"), "Line 2: how much" },
	{ SECOND("{'barcode': '" MILK "', 'quantiy': 1}"), "Line 2: there is no member “quantiy”" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1.5}"),
	  "Line 2: “quantity” has to be a string" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': '1,5 kg'}"), "Line 2: “quantity” has to be" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': '-1'}"), "Line 2: “quantity” is below zero" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': -1}"), "Line 2: “quantity” is below zero" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': '1e9'}"), "Line 2: “quantity” has to be" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'pack': 'box'}"),
	  "Line 2: these goods have no packs" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'cost': '1.001'}"),
	  "Line 2: “cost” has to be" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'cost': '-1'}"),
	  "Line 2: “cost” is below" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'cost': 1, 'unit_cost': 1}"),
	  "Line 2: “cost” is that" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'expiry': '2027-13-01'}"),
	  "Line 2: “expiry” has" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'expiry': 20270131}"),
	  "Line 2: “expiry” has" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'serials': 'A'}"),
	  "Line 2: “serials” has" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'serials': [5]}"),
	  "Line 2: “serials” has" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'serials': ['A']}"),
	  "not kept by serial number" },
	{ SECOND("{'barcode': '" MILK "', 'quantity': 1, 'zone': 'Hall'}"),
	  "Line 2: there is no member “zone”" },
	{ SECOND("7"), "Line 2: a JSON object" },
	{ "{'kind': 'write-off', 'reason': 'eaten', 'lines': [" LINE "]}", "“eaten”" },
	{ "{'kind': 'arrival', 'lines': [" LINE "]}", "Which transfer" },
	{ "{'kind': 'transfer', 'to': 'Лавка', 'lines': [" LINE "]}", "one shop to another" },
	{ "{'kind': 'revaluation', 'lines': [{'barcode': '" MILK "', 'quantity': 1}]}",
	  "“quantity”" },
	{ "{'kind': 'count', 'lines': [{'barcode': '" MILK "', 'quantity': 1, 'zone': 'Cellar'}]}",
	  "“Cellar”" },
	{ "{'kind': 'count', 'lines': [{'barcode': '" MILK "', 'quantity': 1, 'by': 'Nobody'}]}",
	  "“Nobody”" },
	{ "{'kind': 'count', 'lines': [{'barcode': '" MILK "', 'quantity': 1, 'pass': 0}]}",
	  "“pass”" },
	{ "{'kind': 'count', 'group': 'A', 'zone': 'B', 'lines': [" LINE "]}", "not of both" },
	{ "{'kind': 'production', 'product': 'M-1'}", "“quantity”" },
	{ "{'kind': 'production', 'lines': [" LINE "]}", "“components”" },
	{ "{'kind': 'production', 'product': 'M-1', 'quantity': 1}", "has no recipe" },
};

static void test_what_is_refused(void)
{
	g_auto(FakeOffice) office = { 0 };

	open_office(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		json_t *json = parse(refusals[i].text);
		int64_t before = paper_rows(&office);
		g_autoptr(GError) error = NULL;
		Document *document = NULL;

		g_assert_false(document_take_json(office.store, json, 0, false, &document, &error));
		g_assert_null(document);
		g_assert_nonnull(error);
		g_test_message("%s", error->message);
		if (strstr(error->message, refusals[i].says) == NULL)
			g_error("%s: “%s” is not in “%s”", refusals[i].text, refusals[i].says,
				error->message);
		g_assert_cmpint(paper_rows(&office), ==, before);
		json_decref(json);
	}
}

/* Whatever single value of a good document is exchanged for another, it is read or refused: never
 * half of it, and never a crash. */
static void exchange(FakeOffice *office, json_t *whole, json_t *parent, const char *name)
{
	json_t *others[] = { json_null(),	 json_true(),	  json_integer(-5),
			     json_real(1.5),	 json_string(""), json_string("x\ny"),
			     json_array(),	 json_object(),	  json_integer(INT64_MAX),
			     json_string("-1.5") };
	json_t *own = json_incref(json_object_get(parent, name));

	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		g_autoptr(Document) document = NULL;
		g_autoptr(GError) error = NULL;

		json_object_set_new(parent, name, others[i]);
		g_assert_true(store_begin(office->store, NULL));
		document = document_from_json(office->store, whole, 0, &error);
		store_rollback(office->store);
		g_assert_true((document == NULL) == (error != NULL));
	}
	json_object_set_new(parent, name, own);
}

static void test_other_types(void)
{
	g_auto(FakeOffice) office = { 0 };
	json_t *json = parse(
		"{'kind': 'delivery', 'shop': 'Лавка', 'supplier': 'A', 'reference': 'R', "
		"'date': '2026-10-05', 'key': 'k', 'note': 'n', 'lines': [{'barcode': '" MILK
		"', 'article': 'M-7', 'quantity': '1', 'cost': '5', 'price': '9', 'batch': 'B', "
		"'expiry': '2027-01-31', 'expected': '2', 'serials': ['S'], 'instead_of': "
		"'M-8'}]}");
	json_t *line = json_array_get(json_object_get(json, "lines"), 0);
	static const char *const head[] = { "kind", "shop", "supplier", "reference",
					    "date", "key",  "note",	"lines" };
	static const char *const members[] = { "barcode", "article",   "quantity", "cost",
					       "price",	  "batch",     "expiry",   "expected",
					       "serials", "instead_of" };

	open_office(&office);
	for (size_t i = 0; i < G_N_ELEMENTS(head); i++)
		exchange(&office, json, json, head[i]);
	line = json_array_get(json_object_get(json, "lines"), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(members); i++)
		exchange(&office, json, line, members[i]);
	json_decref(json);
}

/* --- there and back ------------------------------------------------------------------------ */

static void same(FakeOffice *office, const char *text)
{
	g_autoptr(Document) first = take(office, text);
	g_autoptr(Document) second = NULL;
	g_autoptr(GError) error = NULL;
	json_t *json = document_to_json(office->store, first, &error);
	json_t *again;

	g_assert_no_error(error);
	g_assert_true(store_begin(office->store, NULL));
	second = document_from_json(office->store, json, 0, &error);
	g_assert_no_error(error);
	g_assert_true(first->kind == DOCUMENT_COUNT ||
		      document_create_in(office->store, second, 0, &error));
	g_assert_no_error(error);
	again = first->kind == DOCUMENT_COUNT ? json_deep_copy(json)
					      : document_to_json(office->store, second, &error);
	store_rollback(office->store);
	g_assert_no_error(error);
	g_assert_true(json_equal(json, again));
	json_decref(json);
	json_decref(again);
}

static void test_there_and_back(void)
{
	g_auto(FakeOffice) office = { 0 };

	open_office(&office);
	paper_pack(&office, 7, "box", 12);
	same(&office,
	     "{'kind': 'delivery', 'supplier': 'Молокозавод', 'reference': '1', 'date': "
	     "'2026-10-05', "
	     "'note': 'a\\nb', 'lines': [{'barcode': '" MILK "', 'quantity': 12, 'pack': 'box', "
	     "'cost': '1234.00', 'expected': 13, 'price': '19.90', 'batch': 'B-1', 'expiry': "
	     "'2027-01-31'},"
	     "{'article': 'M-8', 'quantity': '3.25', 'unit_cost': '1.10', 'instead_of': 'M-7'}]}");
	same(&office, "{'kind': 'transfer', 'to': 'Вторая', 'lines': [" LINE "]}");
	same(&office, "{'kind': 'write-off', 'reason': 'own-use', 'lines': [" LINE "]}");
	same(&office, "{'kind': 'count', 'lines': [" LINE "]}");
	room_sql(&office, "INSERT INTO zone (shop_id, id, name, sells) VALUES (1, 1, 'Hall', 1)");
	same(&office,
	     "{'kind': 'count', 'zone': 'Hall', 'rest_is_zero': true, 'lines': [{'barcode': '" MILK
	     "', 'quantity': 1, 'zone': 'Hall'}]}");
	same(&office, "{'kind': 'count', 'group': 'Еда', 'lines': ["
		      "{'barcode': '" MILK "', 'quantity': 1, 'zone': 'Hall'},"
		      "{'barcode': '" MILK "', 'quantity': 2, 'zone': 'Hall', 'pass': 2}]}");
	same(&office,
	     "{'kind': 'revaluation', 'lines': [{'barcode': '" MILK "', 'unit_cost': '9.99'}]}");
	same(&office, "{'kind': 'production', 'lines': [{'article': 'M-1', 'quantity': 2}],"
		      "'components': [{'barcode': '" MILK "', 'quantity': '1.5'}]}");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/json/delivery", test_a_delivery);
	g_test_add_func("/json/pack", test_a_barcode_of_a_pack);
	g_test_add_func("/json/times", test_times);
	g_test_add_func("/json/count", test_a_count);
	g_test_add_func("/json/production", test_a_production);
	g_test_add_func("/json/production_earlier", test_a_production_of_an_earlier_day);
	g_test_add_func("/json/refused", test_what_is_refused);
	g_test_add_func("/json/other_types", test_other_types);
	g_test_add_func("/json/there_and_back", test_there_and_back);
	return g_test_run();
}
