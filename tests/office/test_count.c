/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/rights.h"
#include "backoffice/stock/count.h"
#include "tests/office/stock_room.h"

/* Two zones of the shop: tills sell out of the hall. */
enum { HALL = 1, STORE = 2 };

/* 23.11.2026 06:00 UTC */
#define MORNING INT64_C(1795413600000000)
#define AT(minutes) (MORNING + (minutes)*MINUTE)

static int64_t add_person(FakeOffice *office, const char *name, Role role, const char *pin)
{
	g_autoptr(GError) error = NULL;
	int64_t id;

	people_add(office->store, name, role, pin, &id, &error);
	g_assert_no_error(error);
	return id;
}

static void add_zone(FakeOffice *office, const char *name, bool sells)
{
	Zone zone = { .name = (char *)name, .sells = sells };
	g_autoptr(GError) error = NULL;

	zone_write(office->store, 1, &zone, 0, &error);
	g_assert_no_error(error);
}

static void set_up(FakeOffice *office, bool zones)
{
	fake_office_init(office);
	fake_office_add_goods(office, 10);
	if (!zones)
		return;
	add_zone(office, "Зал", true);
	add_zone(office, "Склад", false);
}

static void found(FakeOffice *office, int64_t document, int64_t zone, int64_t item, int pass,
		  int64_t person, int64_t quantity, int64_t at)
{
	const CountEntry entry = { zone, item, pass, person, quantity, at };
	g_autoptr(GError) error = NULL;

	count_set(office->store, document, &entry, &error);
	g_assert_no_error(error);
}

static int64_t new_count(FakeOffice *office, const char *scope, const char *subject,
			 const char *reason)
{
	g_autoptr(Document) document = document_new(DOCUMENT_COUNT, 1);
	g_autoptr(GError) error = NULL;

	g_free(document->scope);
	g_free(document->subject);
	g_free(document->reason);
	document->scope = g_strdup(scope);
	document->subject = g_strdup(subject);
	document->reason = g_strdup(reason);
	document_create(office->store, document, 0, &error);
	g_assert_no_error(error);
	return document->id;
}

static void post(FakeOffice *office, int64_t document)
{
	g_autoptr(GError) error = NULL;

	document_post(office->store, document, 0, &error);
	g_assert_no_error(error);
	fake_office_verify(office);
}

static void post_refused(FakeOffice *office, int64_t document, const char *words)
{
	g_autoptr(GError) error = NULL;
	int64_t rows = room_ask(office, "SELECT count(*) FROM stock_ledger");

	g_assert_false(document_post(office->store, document, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, words));
	g_assert_cmpint(room_ask(office, "SELECT count(*) FROM stock_ledger"), ==, rows);
	g_assert_cmpint(room_ask(office, "SELECT count(*) FROM document_line"), ==, 0);
}

static void part_refused(FakeOffice *office, int64_t document, const char *words)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(document_post(office->store, document, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	g_test_message("%s", error->message);
	g_assert_nonnull(strstr(error->message, words));
}

static void stands(FakeOffice *office, int64_t item, int64_t quantity, int64_t value)
{
	int64_t balance[2] = { 0 };

	fake_office_ask(office, "office/ledger/balance", (int64_t[]){ 1, item }, 2, balance, 2);
	g_assert_cmpint(balance[0], ==, quantity * ONE);
	g_assert_cmpint(balance[1], ==, value);
}

static CountItem *review_one(GPtrArray *items, int64_t item_id)
{
	for (guint i = 0; i < items->len; i++) {
		CountItem *item = items->pdata[i];

		if (item->item_id == item_id)
			return item;
	}
	return NULL;
}

static GPtrArray *review(FakeOffice *office, int64_t document)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *items = count_review(office->store, document, &error);

	g_assert_no_error(error);
	return items;
}

static GPtrArray *to_recount(FakeOffice *office, int64_t document)
{
	g_autoptr(GError) error = NULL;
	GPtrArray *items = count_to_recount(office->store, document, &error);

	g_assert_no_error(error);
	return items;
}

/* --- counting while the shop sells ---------------------------------------------------------- */

/* 10 came, 2 were sold, 7 are found (one is stolen), 1 is sold; then a till that was offline sends
 * a sale from before and one from after the count. */
static void test_sales_around_the_count(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) items = NULL;
	const CountItem *item;
	int64_t count;

	set_up(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_sell(&office, 1, AT(10), 2 * ONE);
	count = new_count(&office, "", "", "");
	found(&office, count, 0, 1, 1, 0, 7 * ONE, AT(20));
	room_sell(&office, 1, AT(30), ONE);

	items = review(&office, count);
	item = review_one(items, 1);
	g_assert_cmpint(item->expected, ==, 8 * ONE);
	g_assert_cmpint(item->counted, ==, 7 * ONE);
	g_assert_cmpint(item->value, ==, -100);
	g_assert_cmpint(item->at, ==, AT(20));
	g_assert_false(item->disputed);

	post(&office, count);
	stands(&office, 1, 6, 600);
	room_sell(&office, 1, AT(15), ONE); /* nothing was stolen, then */
	stands(&office, 1, 6, 600);
	room_sell(&office, 1, AT(25), ONE);
	stands(&office, 1, 5, 500);
	fake_office_verify(&office);
}

static void test_paper_shows_what_was_found(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) document = NULL;
	g_autoptr(GPtrArray) items = NULL;
	const DocumentLine *line;
	int64_t count;

	set_up(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 4 * ONE, 1000);
	count = new_count(&office, "", "", "");
	found(&office, count, 0, 1, 1, 0, 7 * ONE, AT(20));
	found(&office, count, 0, 2, 1, 0, 5 * ONE, AT(21));
	post(&office, count);
	document = document_read(office.store, count, NULL);
	g_assert_cmpint(document->state, ==, DOCUMENT_POSTED);
	g_assert_cmpint(document->lines->len, ==, 2);
	line = document->lines->pdata[0];
	g_assert_cmpint(line->item_id, ==, 1);
	g_assert_cmpint(line->quantity, ==, 7 * ONE);
	g_assert_cmpint(line->expected, ==, 10 * ONE);
	g_assert_cmpint(line->cost, ==, -300);
	g_assert_cmpint(line->at, ==, AT(20));
	line = document->lines->pdata[1];
	g_assert_cmpint(line->quantity, ==, 5 * ONE);
	g_assert_cmpint(line->cost, ==, 250);
	stands(&office, 2, 5, 1250);

	items = review(&office, count);
	g_assert_cmpint(items->len, ==, 2);
	g_assert_cmpint(review_one(items, 1)->expected, ==, 10 * ONE);
	g_assert_cmpint(review_one(items, 1)->value, ==, -300);

	document_reverse(office.store, count, 0, "", NULL);
	stands(&office, 1, 10, 1000);
	stands(&office, 2, 4, 1000);
	fake_office_verify(&office);
}

/* The storeroom at nine, the hall at ten: what was sold in between is missing in the hall alone. */
static void test_two_zones(void)
{
	g_auto(FakeOffice) office;
	int64_t count;

	set_up(&office, true);
	room_receive(&office, 1, AT(0), 20 * ONE, 2000);
	count = new_count(&office, "", "", "");
	found(&office, count, STORE, 1, 1, 0, 12 * ONE, AT(60));
	room_sell(&office, 1, AT(90), 3 * ONE);
	found(&office, count, HALL, 1, 1, 0, 5 * ONE, AT(120));
	room_sell(&office, 1, AT(130), ONE);
	post(&office, count);
	stands(&office, 1, 16, 1600);
	g_assert_cmpint(room_ask(&office, "SELECT quantity FROM stock_ledger WHERE kind = 'count'"),
			==, 0);
}

/* Nobody enters an empty place on a shelf: it was empty when the hall had been walked through. */
static void test_sold_out_in_the_hall(void)
{
	g_auto(FakeOffice) office;
	int64_t count;

	set_up(&office, true);
	room_receive(&office, 1, AT(0), 8 * ONE, 800);
	room_receive(&office, 2, AT(0), 5 * ONE, 500);
	count = new_count(&office, "", "", "");
	found(&office, count, STORE, 1, 1, 0, 5 * ONE, AT(60));
	room_sell(&office, 1, AT(90), 3 * ONE); /* the last on the shelf */
	found(&office, count, HALL, 2, 1, 0, 5 * ONE, AT(120));
	found(&office, count, STORE, 2, 1, 0, 0, AT(61));
	post(&office, count);
	stands(&office, 1, 5, 500);
	stands(&office, 2, 5, 500);
}

static void test_later_passes_count(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) before = NULL, after = NULL;
	int64_t count;

	set_up(&office, true);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 10 * ONE, 1000);
	count = new_count(&office, "", "", "");
	found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(20));
	found(&office, count, STORE, 1, 1, 0, 5 * ONE, AT(21));
	found(&office, count, HALL, 2, 1, 0, 10 * ONE, AT(22));
	before = to_recount(&office, count);
	g_assert_cmpint(before->len, ==, 1);
	g_assert_nonnull(review_one(before, 1));
	found(&office, count, HALL, 1, 2, 0, 5 * ONE, AT(60));
	after = to_recount(&office, count);
	g_assert_cmpint(after->len, ==, 0);
	post(&office, count);
	stands(&office, 1, 10, 1000);
}

/* --- what nobody counted -------------------------------------------------------------------- */

static void test_rest(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) items = NULL, again = NULL;
	int64_t count;

	set_up(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 3 * ONE, 300);
	count = new_count(&office, "", "", "");
	found(&office, count, 0, 1, 1, 0, 10 * ONE, AT(20));
	items = review(&office, count);
	g_assert_cmpint(items->len, ==, 2);
	g_assert_false(review_one(items, 2)->counted_at_all);
	g_assert_cmpint(review_one(items, 2)->value, ==, 0);
	post(&office, count);
	stands(&office, 2, 3, 300);

	count = new_count(&office, "", "", COUNT_REST_IS_ZERO);
	found(&office, count, 0, 1, 1, 0, 10 * ONE, AT(30));
	again = to_recount(&office, count);
	g_assert_cmpint(again->len, ==, 1);
	g_assert_cmpint(review_one(again, 2)->value, ==, -300);
	post(&office, count);
	stands(&office, 2, 0, 0);
	room_sell(&office, 2, AT(25), ONE); /* from before the count */
	stands(&office, 2, 0, 0);
	fake_office_verify(&office);
}

static void test_group(void)
{
	g_auto(FakeOffice) office;
	const CountEntry wrong = { 0, 3, 1, 0, ONE, AT(20) };
	g_autoptr(GError) error = NULL;
	int64_t count;

	set_up(&office, false);
	room_sql(&office, "UPDATE item SET category = 'Еда/Сыр' WHERE id = 1");
	room_sql(&office, "UPDATE item SET category = 'Еда/Сыр/Мягкий' WHERE id = 2");
	room_sql(&office, "UPDATE item SET category = 'Еда/Сырки' WHERE id = 3");
	for (int i = 1; i <= 3; i++)
		room_receive(&office, i, AT(0), 5 * ONE, 500);
	count = new_count(&office, "group", "Еда/Сыр", COUNT_REST_IS_ZERO);
	found(&office, count, 0, 1, 1, 0, 4 * ONE, AT(20));
	g_assert_false(count_set(office.store, count, &wrong, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	post(&office, count);
	stands(&office, 1, 4, 400);
	stands(&office, 2, 0, 0);
	stands(&office, 3, 5, 500);
}

static void test_zone_nobody_was_in(void)
{
	g_auto(FakeOffice) office;
	int64_t count;

	set_up(&office, true);
	room_receive(&office, 1, AT(0), 5 * ONE, 500);
	count = new_count(&office, "", "", "");
	post_refused(&office, count, "");
	found(&office, count, STORE, 1, 1, 0, 2 * ONE, AT(20));
	post_refused(&office, count, "Зал");
	found(&office, count, HALL, 1, 1, 0, 3 * ONE, AT(21));
	post(&office, count);
	stands(&office, 1, 5, 500);
}

/* The year's count, entered days later: what came since is not zero. */
static void test_rest_of_a_past_day(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) count = document_new(DOCUMENT_COUNT, 1);
	g_autoptr(GError) error = NULL;

	set_up(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 3 * ONE, 300);
	g_free(count->reason);
	count->reason = g_strdup(COUNT_REST_IS_ZERO);
	count->at = AT(20);
	document_create(office.store, count, 0, &error);
	g_assert_no_error(error);
	found(&office, count->id, 0, 1, 1, 0, 10 * ONE, AT(20));
	room_receive(&office, 2, AT(60), 7 * ONE, 700);
	post(&office, count->id);
	stands(&office, 2, 7, 700);
	g_assert_cmpint(room_ask(&office, "SELECT expected FROM document_line WHERE item_id = 2"),
			==, 3 * ONE);
}

/* Milk lay in hall and store, bread in the hall alone; salt nobody ever counted. */
static void test_one_zone(void)
{
	g_auto(FakeOffice) office;
	g_autofree char *hall = g_strdup_printf("%d", HALL);
	g_autoptr(GPtrArray) items = NULL;
	int64_t count;

	set_up(&office, true);
	for (int i = 1; i <= 4; i++)
		room_receive(&office, i, AT(0), 10 * ONE, 1000);
	count = new_count(&office, "", "", "");
	found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(10));
	found(&office, count, STORE, 1, 1, 0, 6 * ONE, AT(10));
	found(&office, count, HALL, 2, 1, 0, 10 * ONE, AT(11));
	found(&office, count, HALL, 4, 1, 0, 10 * ONE, AT(12));
	post(&office, count);

	count = new_count(&office, "zone", hall, COUNT_REST_IS_ZERO);
	items = review(&office, count);
	g_assert_cmpint(items->len, ==, 3); /* not the salt */
	found(&office, count, HALL, 2, 1, 0, 9 * ONE, AT(20));
	found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(20));
	part_refused(&office, count, "Товар 1");
	found(&office, count, STORE, 1, 1, 0, 6 * ONE, AT(20));
	found(&office, count, HALL, 3, 1, 0, 10 * ONE, AT(21));
	part_refused(&office, count, "Товар 3");
	found(&office, count, STORE, 3, 1, 0, 0, AT(21));
	post(&office, count);
	stands(&office, 1, 10, 1000);
	stands(&office, 2, 9, 900);
	stands(&office, 3, 10, 1000);
	stands(&office, 4, 0, 0); /* lay in the hall, and nobody found it */
}

/* --- disputes ------------------------------------------------------------------------------- */

/* Each alone: what was sold between them is missing in the second figure. */
static void test_double_count(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) items = NULL;
	int64_t anna, boris, count;

	set_up(&office, true);
	anna = add_person(&office, "Анна", ROLE_STOCK, "1111");
	boris = add_person(&office, "Борис", ROLE_STOCK, "2222");
	for (int i = 1; i <= 3; i++)
		room_receive(&office, i, AT(0), 10 * ONE, 1000);
	count = new_count(&office, "", "", COUNT_DOUBLE);
	for (int i = 1; i <= 3; i++)
		found(&office, count, HALL, i, 1, anna, 10 * ONE, AT(20 + i));
	found(&office, count, STORE, 1, 1, anna, 0, AT(40));
	found(&office, count, STORE, 1, 1, boris, 0, AT(41));
	room_sell(&office, 1, AT(30), 2 * ONE);
	found(&office, count, HALL, 1, 1, boris, 8 * ONE, AT(50));
	found(&office, count, HALL, 2, 1, boris, 9 * ONE, AT(51));

	items = review(&office, count);
	g_assert_false(review_one(items, 1)->disputed);
	g_assert_true(review_one(items, 2)->disputed); /* they differ */
	g_assert_true(review_one(items, 3)->disputed); /* one alone */
	post_refused(&office, count, "Товар 2");
	found(&office, count, HALL, 2, 2, anna, 10 * ONE, AT(60));
	found(&office, count, HALL, 2, 2, boris, 10 * ONE, AT(61));
	found(&office, count, HALL, 3, 1, boris, 10 * ONE, AT(62));
	post(&office, count);
	stands(&office, 1, 8, 800);
	stands(&office, 2, 10, 1000);
}

/* Nobody can tell where a delivery was put: before or after who counted. */
static void test_delivery_between_zones(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) again = NULL, settled = NULL;
	int64_t count;

	set_up(&office, true);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 10 * ONE, 1000);
	count = new_count(&office, "", "", "");
	found(&office, count, STORE, 1, 1, 0, 6 * ONE, AT(20));
	found(&office, count, STORE, 2, 1, 0, 6 * ONE, AT(21));
	found(&office, count, HALL, 2, 1, 0, 4 * ONE, AT(22));
	room_receive(&office, 1, AT(30), 24 * ONE, 2400);
	room_receive(&office, 2, AT(30), 24 * ONE, 2400);
	found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(40));
	again = to_recount(&office, count);
	g_assert_cmpint(again->len, ==, 1);
	g_assert_true(review_one(again, 1)->disputed);
	post_refused(&office, count, "Товар 1");
	found(&office, count, STORE, 1, 2, 0, 30 * ONE, AT(50));
	settled = to_recount(&office, count);
	g_assert_cmpint(settled->len, ==, 0);
	post(&office, count);
	stands(&office, 1, 34, 3400);
	stands(&office, 2, 34, 3400);
}

static void test_counted_twice(void)
{
	g_auto(FakeOffice) office;
	const CountEntry whole = { 0, 1, 1, 0, 0, 0 };
	g_autoptr(GError) error = NULL;
	int64_t count;

	set_up(&office, true);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	count = new_count(&office, "", "", "");
	found(&office, count, HALL, 1, 1, 0, 10 * ONE, AT(20));
	found(&office, count, STORE, 1, 1, 0, 0, AT(20));
	found(&office, count, 0, 1, 1, 0, 10 * ONE, AT(21));
	post_refused(&office, count, "Товар 1");
	count_remove(office.store, count, &whole, &error);
	g_assert_no_error(error);
	post(&office, count);
	stands(&office, 1, 10, 1000);
}

/* Sold after one counter had seen a part of it and before the other saw the rest. */
static void test_sold_between_counters(void)
{
	g_auto(FakeOffice) office;
	int64_t anna, boris, count;

	set_up(&office, false);
	anna = add_person(&office, "Анна", ROLE_STOCK, "1111");
	boris = add_person(&office, "Борис", ROLE_STOCK, "2222");
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	count = new_count(&office, "", "", "");
	found(&office, count, 0, 1, 1, anna, 4 * ONE, AT(20));
	room_sell(&office, 1, AT(25), ONE);
	found(&office, count, 0, 1, 1, boris, 6 * ONE, AT(30));
	post_refused(&office, count, "Товар 1");
	found(&office, count, 0, 1, 2, boris, 9 * ONE, AT(40));
	post(&office, count);
	stands(&office, 1, 9, 900);
}

/* --- scanning ------------------------------------------------------------------------------- */

static void scan_refused(FakeOffice *office, int64_t document, CountEntry entry, GQuark domain,
			 int code)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(count_scan(office->store, document, &entry, &error));
	g_assert_error(error, domain, code);
	g_test_message("%s", error->message);
}

static void test_scans_add_up(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GArray) list = NULL;
	g_autoptr(GError) error = NULL;
	int64_t count;

	set_up(&office, true);
	count = new_count(&office, "", "", "");
	for (int i = 0; i < 5; i++) {
		const CountEntry entry = { HALL, 1, 1, 0, ONE, AT(20 + i) };

		count_scan(office.store, count, &entry, &error);
		g_assert_no_error(error);
	}
	{
		const CountEntry back = { HALL, 1, 1, 0, -2 * ONE, AT(22) };

		count_scan(office.store, count, &back, &error);
		g_assert_no_error(error);
	}
	list = count_list(office.store, count, &error);
	g_assert_no_error(error);
	g_assert_cmpint(list->len, ==, 1);
	g_assert_cmpint(g_array_index(list, CountEntry, 0).quantity, ==, 3 * ONE);
	g_assert_cmpint(g_array_index(list, CountEntry, 0).at, ==, AT(24));
	scan_refused(&office, count, (CountEntry){ HALL, 1, 1, 0, -4 * ONE, AT(30) },
		     DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
}

static void test_what_cannot_be_scanned(void)
{
	g_auto(FakeOffice) office;
	int64_t count, cashier;

	set_up(&office, true);
	cashier = add_person(&office, "Кассир", ROLE_CASHIER, "3333");
	count = new_count(&office, "", "", "");
	room_sql(&office, "UPDATE item SET kind = 'kit' WHERE id = 2");
	room_sql(&office, "UPDATE item SET kind = 'service' WHERE id = 3");
	scan_refused(&office, count, (CountEntry){ HALL, 1, 1, cashier, ONE, AT(1) }, PEOPLE_ERROR,
		     PEOPLE_ERROR_RIGHT);
	scan_refused(&office, count, (CountEntry){ HALL, 2, 1, 0, ONE, AT(1) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_INVALID);
	scan_refused(&office, count, (CountEntry){ HALL, 3, 1, 0, ONE, AT(1) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_INVALID);
	scan_refused(&office, count, (CountEntry){ HALL, 99, 1, 0, ONE, AT(1) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_GONE);
	scan_refused(&office, count, (CountEntry){ 7, 1, 1, 0, ONE, AT(1) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_GONE);
	scan_refused(&office, count, (CountEntry){ HALL, 1, 0, 0, ONE, AT(1) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_INVALID);
	scan_refused(&office, count, (CountEntry){ HALL, 1, 1, 0, INT64_MAX, AT(1) },
		     DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	scan_refused(&office, count,
		     (CountEntry){ HALL, 1, 1, 0, ONE, g_get_real_time() + 60 * MINUTE },
		     DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	scan_refused(&office, 4711, (CountEntry){ HALL, 1, 1, 0, ONE, AT(1) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_GONE);
}

static void test_posted_is_closed(void)
{
	g_auto(FakeOffice) office;
	int64_t count;

	set_up(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	count = new_count(&office, "", "", "");
	found(&office, count, 0, 1, 1, 0, 9 * ONE, AT(20));
	post(&office, count);
	scan_refused(&office, count, (CountEntry){ 0, 1, 1, 0, ONE, AT(30) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_STATE);
	stands(&office, 1, 9, 900);
}

static void test_progress(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) list = NULL;
	const CountProgress *hall, *store;
	int64_t count;

	set_up(&office, true);
	count = new_count(&office, "", "", "");
	found(&office, count, HALL, 1, 1, 0, ONE, AT(20));
	found(&office, count, HALL, 1, 2, 0, ONE, AT(25));
	found(&office, count, HALL, 2, 1, 0, ONE, AT(22));
	list = count_progress(office.store, count, NULL);
	g_assert_cmpint(list->len, ==, 2);
	hall = list->pdata[0];
	store = list->pdata[1];
	g_assert_cmpstr(hall->name, ==, "Зал");
	g_assert_cmpint(hall->n_items, ==, 2);
	g_assert_cmpint(hall->last_at, ==, AT(25));
	g_assert_cmpint(store->n_items, ==, 0);
	g_assert_cmpint(store->last_at, ==, 0);
}

static void test_zones(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) list = NULL, left = NULL;
	Zone twin = { .name = (char *)" Зал ", .sells = false };
	g_autoptr(GError) error = NULL;
	int64_t stock;

	set_up(&office, true);
	stock = add_person(&office, "Анна", ROLE_STOCK, "1111");
	g_assert_false(zone_write(office.store, 1, &twin, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_TWICE);
	g_clear_error(&error);
	twin.name = (char *)"Касса";
	g_assert_false(zone_write(office.store, 1, &twin, stock, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	list = zone_list(office.store, 1, NULL);
	g_assert_cmpint(list->len, ==, 2);
	g_assert_true(((Zone *)list->pdata[0])->sells);
	zone_delete(office.store, 1, HALL, 0, &error);
	g_assert_no_error(error);
	left = zone_list(office.store, 1, NULL);
	g_assert_cmpint(left->len, ==, 1);
	g_assert_cmpint(((Zone *)left->pdata[0])->id, ==, STORE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/count/sales_around_the_count", test_sales_around_the_count);
	g_test_add_func("/count/paper_shows_what_was_found", test_paper_shows_what_was_found);
	g_test_add_func("/count/two_zones", test_two_zones);
	g_test_add_func("/count/sold_out_in_the_hall", test_sold_out_in_the_hall);
	g_test_add_func("/count/later_passes_count", test_later_passes_count);
	g_test_add_func("/count/rest", test_rest);
	g_test_add_func("/count/rest_of_a_past_day", test_rest_of_a_past_day);
	g_test_add_func("/count/group", test_group);
	g_test_add_func("/count/one_zone", test_one_zone);
	g_test_add_func("/count/zone_nobody_was_in", test_zone_nobody_was_in);
	g_test_add_func("/count/double_count", test_double_count);
	g_test_add_func("/count/delivery_between_zones", test_delivery_between_zones);
	g_test_add_func("/count/counted_twice", test_counted_twice);
	g_test_add_func("/count/sold_between_counters", test_sold_between_counters);
	g_test_add_func("/count/scans_add_up", test_scans_add_up);
	g_test_add_func("/count/what_cannot_be_scanned", test_what_cannot_be_scanned);
	g_test_add_func("/count/posted_is_closed", test_posted_is_closed);
	g_test_add_func("/count/progress", test_progress);
	g_test_add_func("/count/zones", test_zones);
	return g_test_run();
}
