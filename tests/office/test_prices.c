/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/audit.h"
#include "backoffice/people/rights.h"
#include "backoffice/prices/prices.h"
#include "tests/hub/fake_office.h"

#include <sqlite3.h>
#include <string.h>

#define MINUTE (60 * G_USEC_PER_SEC)
#define SHOP 1

/* --- derivation ---------------------------------------------------------------------------- */

static const struct {
	int32_t percent;
	int64_t step, less, from;
	bool fits;
	int64_t price;
} derivations[] = {
	{ 0, 1, 0, 12345, true, 12345 },
	{ 3000, 1, 0, 1000, true, 1300 }, /* cost and 30 % */
	{ -1000, 1, 0, 1000, true, 900 },
	{ -1000, 1, 0, 1005, true, 905 }, /* 904.5 */
	{ -1000, 1, 0, 1004, true, 904 }, /* 903.6 */
	{ 1234, 1, 0, 10000, true, 11234 },
	{ 0, 100, 0, 149, true, 100 },
	{ 0, 100, 0, 150, true, 200 }, /* half up */
	{ 2500, 100, 1, 1590, true, 1999 }, /* 1987.5 → 2000 → 1999 */
	{ 2500, 1000, 10, 159000, true, 198990 }, /* 198 750 → 199 000 */
	{ 3333, 5, 0, 299, true, 400 }, /* 398.6567 */
	{ 500, 10, 0, 142, true, 150 }, /* 149.1 */
	{ 1, 100, 0, 4999, true, 5000 }, /* 4999.4999: one rounding; of a rounded 4999 the same */
	{ 100, 100, 0, 49, false, 0 }, /* 49.49 → 0, not 50 → 100; and nothing is no price */
	{ -10000, 1, 0, 1000, true, 0 }, /* for nothing, and meant so */
	{ 5000, 1, 0, 0, true, 0 },
	{ 0, 100, 1, 0, false, 0 }, /* below zero */
	{ 0, 100, 1, 40, false, 0 },
	{ 0, 100, 99, 60, true, 1 },
	{ 10000, 1, 0, G_MAXINT64 / 2, true, G_MAXINT64 - 1 },
	{ 10000, 1, 0, G_MAXINT64, false, 0 },
	{ 0, 1, 0, -1, false, 0 },
};

static void test_derivation(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(derivations); i++) {
		PriceKind kind = { .basis = PRICE_ON_COST,
				   .percent = derivations[i].percent,
				   .step = derivations[i].step,
				   .less = derivations[i].less };
		int64_t price = 0;

		g_test_message("case %zu", i);
		g_assert_true(price_derive(&kind, derivations[i].from, &price) ==
			      derivations[i].fits);
		g_assert_cmpint(price, ==, derivations[i].price);
	}
}

/* --- a shop -------------------------------------------------------------------------------- */

static int64_t add_kind(FakeOffice *office, const char *name, PriceBasis basis, int64_t of,
			int32_t percent, int64_t step, int64_t less)
{
	char *copy = g_strdup(name);
	PriceKind kind = { .name = copy,
			   .basis = basis,
			   .of_kind = of,
			   .percent = percent,
			   .step = step,
			   .less = less };
	g_autoptr(GError) error = NULL;

	price_kind_write(office->store, &kind, 0, &error);
	g_assert_no_error(error);
	g_free(copy);
	return kind.id;
}

/* −1: no price. */
static int64_t price_of(FakeOffice *office, int64_t item, int64_t kind, int64_t shop, int64_t at)
{
	g_autoptr(GError) error = NULL;
	int64_t amount = 0;
	bool has = false;

	price_at(office->store, item, kind, shop, at, &has, &amount, &error);
	g_assert_no_error(error);
	return has ? amount : -1;
}

/* @amount −1: none. */
static void set(FakeOffice *office, int64_t item, int64_t kind, int64_t shop, int64_t first_at,
		int64_t amount)
{
	PriceSet one = { item, kind, shop, first_at, amount >= 0, amount };
	g_autoptr(GError) error = NULL;

	prices_set(office->store, &one, 1, 0, "hand", &error);
	g_assert_no_error(error);
}

static int64_t come_due(FakeOffice *office, int64_t now)
{
	g_autoptr(GError) error = NULL;
	int64_t n = -1;

	prices_come_due(office->store, now, &n, &error);
	g_assert_no_error(error);
	return n;
}

/* What no statement of the house says: the first number of the first row, if there is one. */
static int64_t run_sql(FakeOffice *office, const char *sql)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	int64_t ret = 0;
	int step;

	g_assert_cmpint(sqlite3_open(strchr(office->dsn, ':') + 1, &db), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), ==, SQLITE_OK);
	step = sqlite3_step(statement);
	g_assert_true(step == SQLITE_ROW || step == SQLITE_DONE);
	if (step == SQLITE_ROW)
		ret = sqlite3_column_int64(statement, 0);
	g_assert_cmpint(sqlite3_finalize(statement), ==, SQLITE_OK);
	g_assert_cmpint(sqlite3_close(db), ==, SQLITE_OK);
	return ret;
}

static int64_t revision_of(FakeOffice *office, int64_t item)
{
	g_autofree char *sql =
		g_strdup_printf("SELECT revision FROM item WHERE id = %" G_GINT64_FORMAT, item);

	return run_sql(office, sql);
}

static void test_a_price_to_come_switches_at_its_microsecond(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t at = g_get_real_time() + 10 * MINUTE, before, wholesale;

	fake_office_init(&office);
	fake_office_add_goods(&office, 3);
	wholesale = add_kind(&office, "wholesale", PRICE_OF_KIND, PRICE_RETAIL, -1000, 1, 0);
	before = revision_of(&office, 2);
	set(&office, 2, PRICE_RETAIL, 0, at, 5000);
	g_assert_cmpint(revision_of(&office, 2), >, before);
	g_assert_cmpint(price_of(&office, 2, PRICE_RETAIL, SHOP, at - 1), ==, 1002);
	g_assert_cmpint(price_of(&office, 2, PRICE_RETAIL, SHOP, at), ==, 5000);
	g_assert_cmpint(price_of(&office, 2, wholesale, SHOP, at - 1), ==, 902);
	g_assert_cmpint(price_of(&office, 2, wholesale, SHOP, at), ==, 4500);
	g_assert_cmpint(come_due(&office, at - 1), ==, 0);
	before = revision_of(&office, 2);
	g_assert_cmpint(come_due(&office, at), ==, 1);
	g_assert_cmpint(revision_of(&office, 2), >, before);
	g_assert_cmpint(come_due(&office, at), ==, 0);
	g_assert_cmpint(price_of(&office, 2, PRICE_RETAIL, SHOP, at), ==, 5000);
	g_assert_cmpint(price_of(&office, 3, PRICE_RETAIL, SHOP, at), ==, 1003);
}

static void test_a_shop_goes_before_all_shops(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t now = g_get_real_time() + MINUTE, later = now + MINUTE;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	set(&office, 1, PRICE_RETAIL, SHOP, 0, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, now), ==, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, 2, now), ==, 1001);
	set(&office, 1, PRICE_RETAIL, 0, 0, 800);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, now), ==, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, 2, now), ==, 800);
	set(&office, 1, PRICE_RETAIL, SHOP, later, -1);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, later - 1), ==, 700);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, later), ==, 800);
}

/* --- what is refused ----------------------------------------------------------------------- */

static PriceKind *find_kind(GPtrArray *kinds, int64_t id)
{
	for (guint i = 0; i < kinds->len; i++) {
		PriceKind *kind = kinds->pdata[i];

		if (kind->id == id)
			return kind;
	}
	g_assert_not_reached();
}

/* Writes kind @id once more with another source; 0: on cost. */
static void make_follow(FakeOffice *office, int64_t id, int64_t of, GError **error)
{
	g_autoptr(GPtrArray) kinds = price_kind_list(office->store, NULL);
	PriceKind *kind = find_kind(kinds, id);

	kind->basis = of != 0 ? PRICE_OF_KIND : PRICE_ON_COST;
	kind->of_kind = of;
	price_kind_write(office->store, kind, 0, error);
}

static void test_circles_are_refused(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t a, b, c;

	fake_office_init(&office);
	a = add_kind(&office, "a", PRICE_OF_KIND, PRICE_RETAIL, 0, 1, 0);
	b = add_kind(&office, "b", PRICE_OF_KIND, a, 0, 1, 0);
	c = add_kind(&office, "c", PRICE_OF_KIND, b, 0, 1, 0);
	make_follow(&office, a, c, &error);
	g_assert_error(error, PRICES_ERROR, PRICES_ERROR_CIRCLE);
	g_clear_error(&error);
	make_follow(&office, a, a, &error);
	g_assert_error(error, PRICES_ERROR, PRICES_ERROR_CIRCLE);
	g_clear_error(&error);
	make_follow(&office, a, 99, &error);
	g_assert_error(error, PRICES_ERROR, PRICES_ERROR_INVALID);
	g_clear_error(&error);
	make_follow(&office, PRICE_RETAIL, c, &error);
	g_assert_error(error, PRICES_ERROR, PRICES_ERROR_INVALID);
	g_clear_error(&error);
	make_follow(&office, a, 0, &error);
	g_assert_no_error(error);
}

static void expect_refusal(FakeOffice *office, PriceSet one, int64_t person, GQuark domain,
			   int code)
{
	PriceSet both[] = { { 2, PRICE_RETAIL, 0, 0, true, 4321 }, one };
	g_autoptr(GError) error = NULL;

	g_assert_false(prices_set(office->store, both, 2, person, "hand", &error));
	g_assert_error(error, domain, code);
	/* All or nothing. */
	g_assert_cmpint(price_of(office, 2, PRICE_RETAIL, SHOP, g_get_real_time()), ==, 1002);
}

static void test_what_cannot_be_set(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t now = g_get_real_time(), derived, cashier;

	fake_office_init(&office);
	fake_office_add_goods(&office, 2);
	derived = add_kind(&office, "a", PRICE_OF_KIND, PRICE_RETAIL, 0, 1, 0);
	people_add(office.store, "Cashier", ROLE_CASHIER, "4711", &cashier, &error);
	g_assert_no_error(error);
	expect_refusal(&office, (PriceSet){ 1, derived, 0, 0, true, 5 }, 0, PRICES_ERROR,
		       PRICES_ERROR_DERIVED);
	expect_refusal(&office, (PriceSet){ 1, 99, 0, 0, true, 5 }, 0, PRICES_ERROR,
		       PRICES_ERROR_INVALID);
	expect_refusal(&office, (PriceSet){ 77, PRICE_RETAIL, 0, 0, true, 5 }, 0, PRICES_ERROR,
		       PRICES_ERROR_INVALID);
	expect_refusal(&office, (PriceSet){ 1, PRICE_RETAIL, 0, 0, true, -5 }, 0, PRICES_ERROR,
		       PRICES_ERROR_INVALID);
	expect_refusal(&office, (PriceSet){ 1, PRICE_RETAIL, 0, now, true, 5 }, 0, PRICES_ERROR,
		       PRICES_ERROR_PAST);
	expect_refusal(&office, (PriceSet){ 1, PRICE_RETAIL, 0, 0, true, 5 }, cashier, PEOPLE_ERROR,
		       PEOPLE_ERROR_RIGHT);
}

static void test_settings_need_their_right(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	char name[] = "kind";
	PriceKind kind = { .name = name, .step = 1 };
	PriceRule rule = { .kind_id = PRICE_RETAIL, .weekdays = 127, .until = 1440 };
	CustomerGroup group = { .name = name };
	int64_t manager;

	fake_office_init(&office);
	people_add(office.store, "Manager", ROLE_MANAGER, "4711", &manager, &error);
	g_assert_no_error(error);
	g_assert_false(price_kind_write(office.store, &kind, manager, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(price_rule_write(office.store, &rule, manager, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_false(customer_group_write(office.store, &group, manager, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_assert_cmpint(kind.id + rule.id + group.id, ==, 0);
}

/* --- traces -------------------------------------------------------------------------------- */

static void test_history_says_who_and_what(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t at = g_get_real_time() + 10 * MINUTE, person;
	g_autoptr(GPtrArray) changes = NULL, coming = NULL, audit = NULL;
	g_autoptr(GError) error = NULL;
	g_autofree char *why = NULL;
	const PriceChange *change;
	const AuditEntry *entry;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	people_add(office.store, "Anna", ROLE_MANAGER, "4711", &person, &error);
	prices_set(office.store, &(PriceSet){ 1, PRICE_RETAIL, 0, at, true, 700 }, 1, person,
		   "hand", &error);
	g_assert_no_error(error);
	coming = prices_coming(office.store, 0, g_get_real_time(), 10, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(coming->len, ==, 1);
	change = coming->pdata[0];
	g_assert_cmpint(change->after, ==, 700);
	g_assert_cmpstr(change->person, ==, "Anna");
	come_due(&office, at);
	changes = price_history(office.store, 1, 10, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(changes->len, ==, 2);
	change = changes->pdata[0];
	g_assert_cmpstr(change->how, ==, "due");
	g_assert_cmpstr(change->person, ==, "Anna"); /* she had set it */
	g_assert_cmpint(change->before, ==, 1001);
	g_assert_cmpint(change->after, ==, 700);
	audit = audit_list(office.store, "price-set", 0, 10, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(audit->len, ==, 1);
	entry = audit->pdata[0];
	g_assert_nonnull(strstr(entry->before, "\"price\":1001"));
	g_assert_nonnull(strstr(entry->after, "\"price\":700"));
	why = price_dup_why(office.store, 1, PRICE_RETAIL, SHOP, at, &error);
	g_assert_no_error(error);
	g_assert_nonnull(strstr(why, "Anna"));
	g_assert_nonnull(strstr(why, "7.00"));
}

static void test_a_set_that_changes_nothing_leaves_no_trace(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GPtrArray) changes = NULL;
	int64_t revision;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	revision = revision_of(&office, 1);
	set(&office, 1, PRICE_RETAIL, 0, 0, 1001);
	set(&office, 1, PRICE_RETAIL, SHOP, 0, -1);
	changes = price_history(office.store, 1, 10, NULL);
	g_assert_cmpuint(changes->len, ==, 0);
	g_assert_cmpint(revision_of(&office, 1), ==, revision);
}

static void test_taking_back(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t at = g_get_real_time() + 10 * MINUTE;
	g_autoptr(GError) error = NULL;
	int64_t revision;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	set(&office, 1, PRICE_RETAIL, 0, at, 500);
	revision = revision_of(&office, 1);
	g_assert_true(prices_cancel(office.store, 1, PRICE_RETAIL, 0, at, 0, &error));
	g_assert_no_error(error);
	g_assert_cmpint(revision_of(&office, 1), >, revision);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, at), ==, 1001);
	g_assert_cmpint(come_due(&office, at), ==, 0);
	g_assert_false(prices_cancel(office.store, 1, PRICE_RETAIL, 0, at, 0, &error));
	g_assert_error(error, PRICES_ERROR, PRICES_ERROR_INVALID);
}

/* --- what follows -------------------------------------------------------------------------- */

static void test_a_kind_that_changes_is_told_to_tills(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t now = g_get_real_time() + MINUTE, kind, before[3];
	g_autoptr(GPtrArray) kinds = NULL, changes = NULL;
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	fake_office_add_goods(&office, 3);
	kind = add_kind(&office, "b", PRICE_BY_HAND, 0, 0, 1, 0);
	set(&office, 1, kind, 0, 0, 555);
	for (int i = 0; i < 3; i++)
		before[i] = revision_of(&office, i + 1);
	make_follow(&office, kind, PRICE_RETAIL, &error);
	g_assert_no_error(error);
	for (int i = 0; i < 3; i++)
		g_assert_cmpint(revision_of(&office, i + 1), >, before[2]);
	g_assert_cmpint(price_of(&office, 1, kind, SHOP, now), ==, 1001);
	changes = price_history(office.store, 1, 10, NULL);
	g_assert_cmpstr(((PriceChange *)changes->pdata[0])->how, ==, "derived");
	g_assert_cmpint(((PriceChange *)changes->pdata[0])->before, ==, 555);
	/* Another name is nothing to tills' prices. */
	kinds = price_kind_list(office.store, NULL);
	before[0] = revision_of(&office, 1);
	g_free(find_kind(kinds, kind)->name);
	find_kind(kinds, kind)->name = g_strdup("new name");
	g_assert_true(price_kind_write(office.store, find_kind(kinds, kind), 0, &error));
	g_assert_cmpint(revision_of(&office, 1), ==, before[0]);
}

static void test_cost_is_followed(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t now = g_get_real_time() + MINUTE, kind, revision;
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	fake_office_add_goods(&office, 2);
	revision = revision_of(&office, 1);
	store_begin(office.store, NULL);
	prices_follow_cost(office.store, (int64_t[]){ 1 }, 1, 0, &error);
	store_commit(office.store, NULL);
	g_assert_no_error(error);
	g_assert_cmpint(revision_of(&office, 1), ==, revision); /* nothing follows from costs */
	kind = add_kind(&office, "cost", PRICE_ON_COST, 0, 3000, 1, 0);
	g_assert_cmpint(price_of(&office, 1, kind, SHOP, now), ==, -1);
	run_sql(&office, "UPDATE item SET cost = 200 WHERE id = 1");
	g_assert_cmpint(price_of(&office, 1, kind, SHOP, now), ==, 260);
	g_assert_cmpint(price_of(&office, 2, kind, SHOP, now), ==, -1);
	revision = revision_of(&office, 1);
	store_begin(office.store, NULL);
	prices_follow_cost(office.store, (int64_t[]){ 1 }, 1, 0, &error);
	store_commit(office.store, NULL);
	g_assert_no_error(error);
	g_assert_cmpint(revision_of(&office, 1), >, revision);
}

/* A person sets a price after another's minute has come and before anybody has moved that. */
static void test_the_later_hand_wins(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t at;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	at = g_get_real_time() + 100000;
	set(&office, 1, PRICE_RETAIL, 0, at, 500);
	while (g_get_real_time() <= at)
		; /* a tenth of a second */
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, at), ==, 500);
	set(&office, 1, PRICE_RETAIL, 0, 0, 600);
	g_assert_cmpint(come_due(&office, g_get_real_time()), ==, 0);
	g_assert_cmpint(price_of(&office, 1, PRICE_RETAIL, SHOP, g_get_real_time()), ==, 600);
}

/* --- coming due over a failure ------------------------------------------------------------- */

#define MANY 2500 /* more than one transaction */

static void test_due_goes_on_after_a_failure(void)
{
	g_auto(FakeOffice) office = { 0 };
	int64_t at = g_get_real_time() + 10 * MINUTE, n, lines;
	g_autofree PriceSet *sets = g_new0(PriceSet, MANY);
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	fake_office_add_goods(&office, MANY);
	for (int i = 0; i < MANY; i++)
		sets[i] = (PriceSet){ i + 1, PRICE_RETAIL, 0, at, true, 50 + i };
	g_assert_true(prices_set(office.store, sets, MANY, 0, "import", &error));
	run_sql(&office, "CREATE TRIGGER fail BEFORE UPDATE OF price ON item WHEN new.id = 2400 "
			 "BEGIN SELECT RAISE (ABORT, 'no'); END");
	g_assert_false(prices_come_due(office.store, at, &n, &error));
	g_clear_error(&error);
	g_assert_cmpint(n, ==, 2000); /* the first transaction stands */
	run_sql(&office, "DROP TRIGGER fail");
	g_assert_cmpint(come_due(&office, at), ==, MANY - 2000);
	g_assert_cmpint(come_due(&office, at), ==, 0);
	for (int i = 0; i < MANY; i++)
		g_assert_cmpint(price_of(&office, i + 1, PRICE_RETAIL, SHOP, at), ==, 50 + i);
	lines = run_sql(&office, "SELECT count(*) FROM price_change WHERE how = 'due'");
	g_assert_cmpint(lines, ==, MANY); /* each once */
}

/* --- rules and customers ------------------------------------------------------------------- */

static void test_rules(void)
{
	g_auto(FakeOffice) office = { 0 };
	char name[] = "Gold", code[] = " 2900001 ", person[] = "Ганболд", contact[] = "99112233";
	CustomerGroup group = { .name = name };
	Customer customer = { .code = code, .name = person, .contact = contact };
	PriceRule rule = { .weekdays = 3, .minute = 480, .until = 720, .last_day = 99991231 };
	g_autoptr(GPtrArray) found = NULL;
	g_autoptr(GArray) rules = NULL;
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	rule.kind_id = add_kind(&office, "gold", PRICE_OF_KIND, PRICE_RETAIL, -500, 1, 0);
	g_assert_true(customer_group_write(office.store, &group, 0, &error));
	rule.group_id = customer.group_id = group.id;
	g_assert_true(price_rule_write(office.store, &rule, 0, &error));
	g_assert_true(customer_write(office.store, &customer, 0, &error));
	g_assert_no_error(error);
	found = customer_list(office.store, "ГАНБ", 10, &error);
	g_assert_cmpuint(found->len, ==, 1);
	g_assert_cmpstr(((Customer *)found->pdata[0])->code, ==, "2900001");
	g_clear_pointer(&found, g_ptr_array_unref);
	found = customer_list(office.store, "2900001", 10, &error);
	g_assert_cmpuint(found->len, ==, 1);
	g_clear_pointer(&found, g_ptr_array_unref);
	found = customer_list(office.store, "%", 10, &error);
	g_assert_cmpuint(found->len, ==, 0);
	rule.until = 400;
	g_assert_false(price_rule_write(office.store, &rule, 0, &error));
	g_assert_error(error, PRICES_ERROR, PRICES_ERROR_INVALID);
	g_clear_error(&error);
	group.deleted = true; /* somebody is in it */
	g_assert_false(customer_group_write(office.store, &group, 0, &error));
	g_clear_error(&error);
	rule.deleted = true;
	g_assert_true(price_rule_write(office.store, &rule, 0, &error));
	rules = price_rule_list(office.store, &error);
	g_assert_cmpuint(rules->len, ==, 0);
	customer.deleted = true;
	g_assert_true(customer_write(office.store, &customer, 0, &error));
	g_assert_true(customer_group_write(office.store, &group, 0, &error));
	g_assert_no_error(error);
}

/* --- a plain oracle ------------------------------------------------------------------------ */

/* What people did, as a list: the price at a moment is looked up in it from scratch. */
#define N_ITEMS 3
#define N_SHOPS 3 /* 0 is all shops */
#define N_KINDS 5
#define N_STEPS 400
#define N_TRIES 25

typedef struct {
	int64_t item, kind, shop, begins, amount; /* amount −1: none */
	bool taken_back;
} Fact;

typedef struct {
	PriceKind kinds[N_KINDS]; /* kind i + 1 */
	int64_t costs[N_ITEMS];
	GArray *facts;
	int64_t clock; /* up to where the office has moved what was due */
} World;

/* By the rule itself: floor (x + 1/2) of a fraction. */
static int64_t oracle_derive(const PriceKind *kind, int64_t from)
{
	__int128 num = (__int128)from * (10000 + kind->percent), den = (__int128)kind->step * 10000;
	__int128 price = (2 * num + den) / (2 * den) * kind->step - kind->less;

	if (from < 0 || price < 0 || price > G_MAXINT64)
		return -1;
	return price == 0 && num > 0 ? -1 : (int64_t)price;
}

/* −1: none. */
static int64_t oracle_own(const World *world, int64_t item, int64_t kind, int64_t shop, int64_t at)
{
	int64_t begins = -1, amount = -1;

	for (guint i = 0; i < world->facts->len; i++) {
		const Fact *fact = &g_array_index(world->facts, Fact, i);

		if (fact->taken_back || fact->item != item || fact->kind != kind ||
		    fact->shop != shop || fact->begins > at || fact->begins < begins)
			continue;
		begins = fact->begins;
		amount = fact->amount;
	}
	return amount;
}

static int64_t oracle_price(const World *world, int64_t item, int64_t kind, int64_t shop,
			    int64_t at)
{
	const PriceKind *rule = &world->kinds[kind - 1];
	int64_t own;

	switch (rule->basis) {
	case PRICE_ON_COST:
		return oracle_derive(rule, world->costs[item - 1]);
	case PRICE_OF_KIND:
		return oracle_derive(rule, oracle_price(world, item, rule->of_kind, shop, at));
	default:
		own = oracle_own(world, item, kind, shop, at);
		return own >= 0 ? own : oracle_own(world, item, kind, 0, at);
	}
}

static int64_t some(int64_t below)
{
	return g_test_rand_int_range(0, (gint32)below);
}

static void make_kinds(FakeOffice *office, World *world)
{
	for (int i = 0; i < N_KINDS; i++) {
		PriceKind *kind = &world->kinds[i];
		g_autofree char *name = g_strdup_printf("kind %d", i);

		kind->basis = i == 0 ? PRICE_BY_HAND : (PriceBasis)some(PRICE_N_BASES);
		kind->of_kind = kind->basis == PRICE_OF_KIND ? 1 + some(i) : 0;
		kind->percent = (int32_t)some(15000) - 7000;
		kind->step = (int64_t[]){ 1, 5, 10, 100, 1000 }[some(5)];
		kind->less = some(2) != 0 ? some(kind->step) : 0;
		if (i > 0)
			g_assert_cmpint(add_kind(office, name, kind->basis, kind->of_kind,
						 kind->percent, kind->step, kind->less),
					==, i + 1);
	}
}

static void make_goods(FakeOffice *office, World *world)
{
	fake_office_add_goods(office, N_ITEMS);
	for (int64_t item = 1; item <= N_ITEMS; item++) {
		Fact fact = { item, PRICE_RETAIL, 0, 0, 1000 + item, false };
		g_autofree char *sql = NULL;

		g_array_append_val(world->facts, fact);
		world->costs[item - 1] = some(4) == 0 ? -1 : some(100000);
		sql = g_strdup_printf("UPDATE item SET cost = %" G_GINT64_FORMAT
				      " WHERE id = %" G_GINT64_FORMAT,
				      world->costs[item - 1], item);
		if (world->costs[item - 1] >= 0)
			run_sql(office, sql);
	}
}

/* A moment to come, of few: they meet. */
static int64_t some_moment(const World *world)
{
	return world->clock + (1 + some(8)) * MINUTE + some(2);
}

static void do_set(FakeOffice *office, World *world)
{
	Fact fact = { 1 + some(N_ITEMS), 1 + some(N_KINDS), some(N_SHOPS), 0, some(20000), false };
	int64_t first_at = some(3) == 0 ? 0 : some_moment(world);

	if (world->kinds[fact.kind - 1].basis != PRICE_BY_HAND)
		return;
	if (some(4) == 0)
		fact.amount = -1;
	fact.begins = first_at != 0 ? first_at : world->clock;
	set(office, fact.item, fact.kind, fact.shop, first_at, fact.amount);
	g_array_append_val(world->facts, fact);
}

/* One that replaced another at the same moment takes that with it. */
static void do_cancel(FakeOffice *office, World *world)
{
	guint i = (guint)some(world->facts->len);
	Fact one = g_array_index(world->facts, Fact, i);
	g_autoptr(GError) error = NULL;

	if (one.taken_back || one.begins <= world->clock)
		return;
	prices_cancel(office->store, one.item, one.kind, one.shop, one.begins, 0, &error);
	g_assert_no_error(error);
	for (i = 0; i < world->facts->len; i++) {
		Fact *fact = &g_array_index(world->facts, Fact, i);

		if (fact->item == one.item && fact->kind == one.kind && fact->shop == one.shop &&
		    fact->begins == one.begins)
			fact->taken_back = true;
	}
}

static void do_time(FakeOffice *office, World *world)
{
	world->clock += some(3 * MINUTE);
	come_due(office, world->clock);
	g_assert_cmpint(come_due(office, world->clock), ==, 0);
}

static void compare_one(FakeOffice *office, const World *world)
{
	int64_t item = 1 + some(N_ITEMS), kind = 1 + some(N_KINDS), shop = some(N_SHOPS);
	int64_t at = some(3) == 0 ? world->clock : some_moment(world);

	g_assert_cmpint(price_of(office, item, kind, shop, at), ==,
			oracle_price(world, item, kind, shop, at));
}

/* What a till was told once, looked up as a till looks it up. */
static int64_t told(const GArray *rows, int64_t kind, int64_t at)
{
	int64_t amount = -1;

	for (guint i = 0; i < rows->len; i++) {
		const PriceRow *row = &g_array_index(rows, PriceRow, i);

		if (row->kind_id == kind && row->first_at <= at)
			amount = row->has_amount ? row->amount : -1;
	}
	return amount;
}

static void compare_till(FakeOffice *office, const World *world)
{
	int64_t item = 1 + some(N_ITEMS), shop = 1 + some(N_SHOPS - 1);
	g_autoptr(GError) error = NULL;
	g_autoptr(GArray) rows = prices_of_item(office->store, item, shop, world->clock, &error);

	g_assert_no_error(error);
	for (int i = 0; i < 40; i++) {
		int64_t kind = 1 + some(N_KINDS), at = some_moment(world);

		g_assert_cmpint(told(rows, kind, at), ==,
				oracle_price(world, item, kind, shop, at));
		g_assert_cmpint(told(rows, kind, world->clock), ==,
				oracle_price(world, item, kind, shop, world->clock));
	}
}

static void live(void)
{
	g_auto(FakeOffice) office = { 0 };
	World world = { .facts = g_array_new(false, false, sizeof(Fact)) };

	fake_office_init(&office);
	make_kinds(&office, &world);
	make_goods(&office, &world);
	world.clock = g_get_real_time() + MINUTE;
	for (int i = 0; i < N_STEPS; i++) {
		switch (some(10)) {
		case 0:
			do_time(&office, &world);
			break;
		case 1:
			do_cancel(&office, &world);
			break;
		default:
			do_set(&office, &world);
		}
		compare_one(&office, &world);
		if (i % 10 == 0)
			compare_till(&office, &world);
	}
	g_array_unref(world.facts);
}

/* The seed is printed by GTest: --seed repeats it. */
static void test_random_lives(void)
{
	for (int i = 0; i < N_TRIES; i++)
		live();
}

static void test_random_derivations(void)
{
	for (int i = 0; i < 200000; i++) {
		PriceKind kind = { .percent = (int32_t)some(60000) - 10000,
				   .step = 1 + some(3000) };
		int64_t from = some(2) != 0 ? some(100000000) : some(100), price = -1;

		kind.less = some(2) != 0 ? some(kind.step) : 0;
		price_derive(&kind, from, &price);
		g_assert_cmpint(price, ==, oracle_derive(&kind, from));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/prices/derivation", test_derivation);
	g_test_add_func("/prices/to-come", test_a_price_to_come_switches_at_its_microsecond);
	g_test_add_func("/prices/shop", test_a_shop_goes_before_all_shops);
	g_test_add_func("/prices/circle", test_circles_are_refused);
	g_test_add_func("/prices/refused", test_what_cannot_be_set);
	g_test_add_func("/prices/settings-right", test_settings_need_their_right);
	g_test_add_func("/prices/history", test_history_says_who_and_what);
	g_test_add_func("/prices/nothing", test_a_set_that_changes_nothing_leaves_no_trace);
	g_test_add_func("/prices/cancel", test_taking_back);
	g_test_add_func("/prices/kind", test_a_kind_that_changes_is_told_to_tills);
	g_test_add_func("/prices/cost", test_cost_is_followed);
	g_test_add_func("/prices/later", test_the_later_hand_wins);
	g_test_add_func("/prices/due-fails", test_due_goes_on_after_a_failure);
	g_test_add_func("/prices/rules", test_rules);
	g_test_add_func("/prices/random-derivations", test_random_derivations);
	g_test_add_func("/prices/random-lives", test_random_lives);
	return g_test_run();
}
