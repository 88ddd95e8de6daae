/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/prices/prices.h"
#include "backoffice/stock/ledger.h"
#include "core/barcode.h"
#include "store/goods_file.h"
#include "tests/hub/hub_process.h"

#include <sqlite3.h>

/* What tills hear of the stockroom, and tills that are older than it. */

#define BOX "4600000000107"
#define SHOP 1
#define SOON INT64_C(4102444800000000) /* the year 2100 */

static void do_sql(const FakeOffice *office, const char *sql)
{
	g_autofree char *path = g_build_filename(office->folder, "office.db", NULL);
	char *message = NULL;
	sqlite3 *db = NULL;

	g_assert_cmpint(sqlite3_open(path, &db), ==, SQLITE_OK);
	sqlite3_busy_timeout(db, 10000); /* the hub writes too */
	if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
		g_error("%s: %s", sql, message);
	sqlite3_close(db);
}

static json_t *get_changes(HubProcess *hub, const char *token, int64_t since)
{
	g_autofree char *path = g_strdup_printf("/v1/changes?since=%" G_GINT64_FORMAT, since);
	g_auto(HubAnswer) answer = { 0 };

	hub_get(hub, path, token, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	return json_incref(answer.json);
}

/* @name of @json is exactly @expected. */
static void check_member(const json_t *json, const char *name, const char *expected)
{
	const json_t *member = json_object_get(json, name);
	g_autofree char *said = json_dumps(member, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
	json_auto_t *wanted = json_loads(expected, JSON_DECODE_ANY, NULL);

	if (!json_equal(member, wanted))
		g_error("%s is %s", name, said);
}

/* One item with everything, two without anything. */
static void fill_office(HubProcess *hub)
{
	fake_office_add_goods(&hub->office, 3);
	do_sql(&hub->office,
	       "UPDATE item SET kind = 'kit', marked = 1, expires = 1, serials = 1, plu = 77,"
	       "  shelf_life = 5, tare = 20000, classification = '2211100' WHERE id = 1;"
	       "INSERT INTO pack (id, item_id, name, factor, price) VALUES"
	       " (1, 1, 'box', 12000000, 11000), (2, 1, 'six', 6000000, NULL);"
	       "INSERT INTO barcode (key, item_id, code, pack_id) VALUES"
	       " ('0" BOX "', 1, '" BOX "', 1), ('six', 1, 'six', 2);");
}

static void set_price(HubProcess *hub, int64_t kind, int64_t shop, int64_t first_at, int64_t amount)
{
	PriceSet set = { 1, kind, shop, first_at, true, amount };
	g_autoptr(GError) error = NULL;

	prices_set(hub->office.store, &set, 1, 0, "hand", &error);
	g_assert_no_error(error);
}

static int64_t add_kind(HubProcess *hub, const char *name)
{
	g_autoptr(PriceKind) kind = g_new0(PriceKind, 1);
	g_autoptr(GError) error = NULL;

	kind->name = g_strdup(name);
	kind->basis = PRICE_BY_HAND;
	kind->step = 1;
	price_kind_write(hub->office.store, kind, 0, &error);
	g_assert_no_error(error);
	return kind->id;
}

static void test_all_facts_are_told(void)
{
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL, *prices = NULL;
	json_auto_t *changes = NULL;
	const json_t *items, *full = NULL, *plain = NULL;
	int64_t members;
	size_t i;
	json_t *item;

	hub_process_init(&hub);
	fill_office(&hub);
	token = hub_enrol(&hub, "Касса 1");
	members = add_kind(&hub, "members");
	set_price(&hub, PRICE_RETAIL, 0, SOON, 1500);
	set_price(&hub, members, 0, 0, 900);
	set_price(&hub, members, 2, 0, 1); /* of another shop */
	changes = get_changes(&hub, token, 0);
	items = json_object_get(changes, "items");
	json_array_foreach(items, i, item)
	{
		if (json_integer_value(json_object_get(item, "id")) == 1)
			full = item;
		else
			plain = item;
	}
	check_member(full, "kind", "\"kit\"");
	check_member(full, "marked", "true");
	check_member(full, "expires", "true");
	check_member(full, "serials", "true");
	check_member(full, "plu", "77");
	check_member(full, "shelf_life", "5");
	check_member(full, "tare", "20000");
	check_member(full, "classification", "\"2211100\"");
	check_member(full, "packs",
		     "[{\"code\":\"" BOX "\",\"factor\":12000000,\"price\":11000},"
		     "{\"code\":\"six\",\"factor\":6000000}]");
	g_assert_cmpuint(json_array_size(json_object_get(full, "barcodes")), ==, 1);
	prices = g_strdup_printf("[{\"kind\":1,\"first_at\":%" G_GINT64_FORMAT ",\"amount\":1500},"
				 "{\"kind\":%d,\"first_at\":0,\"amount\":900}]",
				 SOON, (int)members);
	check_member(full, "prices", prices);
	/* goods without anything cost not a byte more than before */
	g_assert_cmpuint(json_object_size(plain), ==, 11);
}

static void test_who_pays_what(void)
{
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL;
	g_autoptr(GError) error = NULL;
	json_auto_t *before = NULL, *after = NULL;
	CustomerGroup group = { .name = g_strdup("members") };
	g_autoptr(Customer) bold = g_new0(Customer, 1);
	PriceRule rule = { .weekdays = 3,
			   .minute = 60,
			   .until = 120,
			   .first_day = 20260101,
			   .last_day = 20261231,
			   .rank = 4 };

	hub_process_init(&hub);
	token = hub_enrol(&hub, "Касса 1");
	rule.kind_id = add_kind(&hub, "members");
	customer_group_write(hub.office.store, &group, 0, &error);
	rule.group_id = group.id;
	*bold = (Customer){ .code = g_strdup("C7"),
			    .name = g_strdup("Bold"),
			    .contact = g_strdup("99"),
			    .group_id = group.id };
	customer_write(hub.office.store, bold, 0, &error);
	price_rule_write(hub.office.store, &rule, 0, &error);
	g_assert_no_error(error);
	before = get_changes(&hub, token, 0);
	check_member(before, "price_kinds", "[{\"id\":2,\"name\":\"members\",\"deleted\":false}]");
	check_member(before, "price_rules",
		     "[{\"id\":1,\"kind\":2,\"group\":1,\"weekdays\":3,\"minute\":60,\"until\":120,"
		     "\"first_day\":20260101,\"last_day\":20261231,\"rank\":4,\"deleted\":false}]");
	check_member(before, "customers",
		     "[{\"id\":1,\"code\":\"C7\",\"name\":\"Bold\",\"contact\":\"99\",\"group\":1,"
		     "\"deleted\":false}]");
	/* the rule goes to another shop: here it is gone */
	do_sql(&hub.office, "UPDATE counter SET value = value + 1 WHERE name = 'revision';"
			    "UPDATE price_rule SET shop_id = 2,"
			    "  revision = (SELECT value FROM counter WHERE name = 'revision')");
	after = get_changes(&hub, token, json_integer_value(json_object_get(before, "revision")));
	g_assert_true(json_is_true(json_object_get(
		json_array_get(json_object_get(after, "price_rules"), 0), "deleted")));
	check_member(after, "customers", "[]");
	g_free(group.name);
}

/* Many customers and many days come page by page, each once and none left out. */
static void test_many_customers(void)
{
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL;
	int64_t since = 0;
	size_t n_customers = 0, n_items = 0, n_days = 0;
	bool more = true;

	hub_process_init(&hub);
	fake_office_add_goods(&hub.office, 6000);
	token = hub_enrol(&hub, "Касса 1");
	do_sql(&hub.office,
	       "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)"
	       "INSERT INTO customer (id, code, name, revision)"
	       "  SELECT i, 'C' || i, 'Customer', i + (SELECT value FROM counter WHERE name = "
	       "'revision')"
	       "  FROM n;"
	       "UPDATE counter SET value = value + 12000 WHERE name = 'revision';"
	       "INSERT INTO item_expiry (shop_id, item_id, sell_until, revision)"
	       "  SELECT 1, id, 20261231, id + (SELECT value FROM counter WHERE name = 'revision')"
	       "  FROM item;"
	       "UPDATE counter SET value = value + 6000 WHERE name = 'revision'");
	while (more) {
		json_auto_t *changes = get_changes(&hub, token, since);
		int64_t next = json_integer_value(json_object_get(changes, "revision"));

		g_assert_cmpint(next, >, since);
		since = next;
		n_items += json_array_size(json_object_get(changes, "items"));
		n_customers += json_array_size(json_object_get(changes, "customers"));
		n_days += json_array_size(json_object_get(changes, "expiries"));
		more = json_is_true(json_object_get(changes, "more"));
	}
	g_assert_cmpuint(n_items, ==, 6000);
	g_assert_cmpuint(n_customers, ==, 12000);
	g_assert_cmpuint(n_days, ==, 6000);
}

/* --- files -------------------------------------------------------------------------------------
 */

static Store *take_file(HubProcess *hub, const char *token, const char *call)
{
	g_autofree char *path = g_build_filename(hub->office.folder, "goods.db", NULL);
	g_autofree char *dsn = g_strconcat("sqlite:", path, NULL);
	g_auto(HubAnswer) answer = { 0 };
	g_autoptr(GError) error = NULL;
	Store *store;
	gsize len;

	hub_get(hub, call, token, &answer);
	g_assert_cmpint(answer.status, ==, 200);
	g_assert_true(g_file_set_contents(path, g_bytes_get_data(answer.body, &len),
					  (gssize)g_bytes_get_size(answer.body), &error));
	store = store_open(dsn, 0, &error);
	g_assert_no_error(error);
	return store;
}

/* The item of the code, and how much of it; 0 where there is none. */
static int64_t find(Store *store, const char *code, int64_t *ret_factor)
{
	StoreStatement *row = store_statement(store, "goods/read/by_barcode");
	g_autofree char *key = barcode_dup_key(code);
	int64_t item = 0;

	store_bind_text(row, 1, key);
	if (store_step(row, NULL) == STORE_ROW) {
		item = store_get_int(row, 0);
		*ret_factor = store_get_int(row, 10);
	}
	store_reset(row);
	return item;
}

/* It would sell a box as one bottle, so it does not hear of boxes. */
static void test_old_till_gets_a_plain_file(void)
{
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL;
	g_autoptr(GError) error = NULL;
	int64_t factor;
	Store *store;

	hub_process_init(&hub);
	fill_office(&hub);
	token = hub_enrol(&hub, "Касса 1");
	store = take_file(&hub, token, "/v1/snapshot");
	g_assert_false(store_check_version(store, "goods", &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_OLDER);
	/* brought up to date it is what the till would have had: goods, and no boxes */
	g_assert_true(store_migrate(store, "goods", NULL));
	g_assert_cmpint(find(store, "4600000000015", &factor), ==, 1);
	g_assert_cmpint(find(store, BOX, &factor), ==, 0);
	store_close(store);
}

static void test_new_till_gets_everything(void)
{
	static const char *const calls[] = { "/v1/snapshot?schema=3", "/v1/snapshot?schema=99" };
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL;

	hub_process_init(&hub);
	fill_office(&hub);
	token = hub_enrol(&hub, "Касса 1");
	for (size_t i = 0; i < G_N_ELEMENTS(calls); i++) {
		Store *store = take_file(&hub, token, calls[i]);
		g_autoptr(GError) error = NULL;
		int64_t factor = 0;

		store_check_version(store, "goods", &error);
		g_assert_no_error(error);
		g_assert_cmpint(find(store, BOX, &factor), ==, 1);
		g_assert_cmpint(factor, ==, 12 * QUANTITY_ONE);
		store_close(store);
	}
}

/* A till from before badges gets boxes, but no file that it cannot read. */
static void test_till_of_before_badges(void)
{
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL;
	g_autoptr(GError) error = NULL;
	int64_t factor = 0;
	Store *store;

	hub_process_init(&hub);
	fill_office(&hub);
	token = hub_enrol(&hub, "Касса 1");
	store = take_file(&hub, token, "/v1/snapshot?schema=2");
	g_assert_false(store_check_version(store, "goods", &error));
	g_assert_error(error, STORE_ERROR, STORE_ERROR_OLDER);
	g_assert_true(store_migrate(store, "goods", NULL));
	g_assert_cmpint(find(store, BOX, &factor), ==, 1);
	g_assert_cmpint(factor, ==, 12 * QUANTITY_ONE);
	store_close(store);
}

/* --- last days ---------------------------------------------------------------------------------
 */

static void post(HubProcess *hub, int64_t at, int64_t quantity, int64_t batch_id)
{
	Store *store = hub->office.store;
	LedgerMove move = { .item_id = 1,
			    .at = at,
			    .day = 20261123,
			    .kind = quantity > 0 ? "delivery" : "sale",
			    .till_id = quantity > 0 ? 0 : 1,
			    .seq = at,
			    .document_id = quantity > 0 ? at : 0,
			    .quantity = quantity * QUANTITY_ONE,
			    .batch_id = batch_id };
	g_autoptr(GError) error = NULL;
	g_autoptr(Ledger) ledger = NULL;

	store_begin(store, &error);
	ledger = ledger_new(store, SHOP, &error);
	g_assert_no_error(error);
	ledger_post(ledger, &move, &error);
	g_assert_no_error(error);
	ledger_finish(ledger, &error);
	g_assert_no_error(error);
	store_commit(store, &error);
	g_assert_no_error(error);
}

/* What tills hear since @since; NULL where they hear nothing. */
static char *dup_days(HubProcess *hub, const char *token, int64_t *since)
{
	json_auto_t *changes = get_changes(hub, token, *since);

	*since = json_integer_value(json_object_get(changes, "revision"));
	return json_dumps(json_object_get(changes, "expiries"), JSON_COMPACT | JSON_SORT_KEYS);
}

static void test_last_day_follows_the_shelf(void)
{
	/* A: to the 1st, B: to the 15th of December, C: no day */
	static const struct {
		int64_t quantity, batch;
		const char *told;
	} steps[] = {
		{ 5, 11, "[{\"item\":1,\"sell_until\":20261201}]" },
		{ 3, 11, "[]" },
		{ 4, 12, "[{\"item\":1,\"sell_until\":20261215}]" },
		{ -8, 0, "[]" }, /* the first to expire go first */
		{ -3, 0, "[]" }, /* one of B is left */
		{ 2, 0, "[{\"item\":1,\"sell_until\":null}]" }, /* of no known batch */
		{ -3, 0, "[]" }, /* nothing is left */
		{ 2, 11, "[{\"item\":1,\"sell_until\":20261201}]" },
		{ 1, 13, "[{\"item\":1,\"sell_until\":null}]" },
	};
	g_auto(HubProcess) hub;
	g_autofree char *token = NULL, *nothing = NULL;
	int64_t since = 0;

	hub_process_init(&hub);
	fake_office_add_goods(&hub.office, 2);
	do_sql(&hub.office,
	       "UPDATE item SET expires = 1 WHERE id = 1;"
	       "INSERT INTO batch (id, item_id, code, expiry) VALUES"
	       " (13, 1, 'C', 99991231), (12, 1, 'B', 20261215), (11, 1, 'A', 20261201)");
	token = hub_enrol(&hub, "Касса 1");
	nothing = dup_days(&hub, token, &since);
	g_assert_cmpstr(nothing, ==, "[]");
	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autofree char *told = NULL;

		post(&hub, (int64_t)i + 1, steps[i].quantity, steps[i].batch);
		told = dup_days(&hub, token, &since);
		g_test_message("%d of batch %d", (int)steps[i].quantity, (int)steps[i].batch);
		g_assert_cmpstr(told, ==, steps[i].told);
	}
}

int main(int argc, char **argv)
{
	g_setenv("LC_ALL", "C.UTF-8", TRUE);
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/feed/all-facts", test_all_facts_are_told);
	g_test_add_func("/feed/who-pays-what", test_who_pays_what);
	g_test_add_func("/feed/many-customers", test_many_customers);
	g_test_add_func("/feed/old-till", test_old_till_gets_a_plain_file);
	g_test_add_func("/feed/new-till", test_new_till_gets_everything);
	g_test_add_func("/feed/till_of_before_badges", test_till_of_before_badges);
	g_test_add_func("/feed/last-day", test_last_day_follows_the_shelf);
	return g_test_run();
}
