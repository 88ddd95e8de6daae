/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People scan at the same time, and somebody posts meanwhile: whatever a scan was told is true. */
#include "backoffice/stock/count.h"
#include "tests/office/stock_room.h"

#define SCANS 150
#define COUNTERS 3
#define ITEMS 5

typedef struct {
	const char *dsn; /* borrowed */
	int64_t count;
	int64_t person_id;
	int last_refused; /* after so many refusals they give up; 0: never */
	GRand *rand; /* owned */
	int64_t taken[ITEMS + 1]; /* units that they were told were counted */
	int refused;
} Counter;

static void scan_one(Counter *self, Store *store)
{
	int item = g_rand_int_range(self->rand, 1, ITEMS + 1);
	const CountEntry entry = { .item_id = item,
				   .pass = 1,
				   .person_id = self->person_id,
				   .quantity = g_rand_int_range(self->rand, 1, 4) * ONE };
	g_autoptr(GError) error = NULL;

	if (count_scan(store, self->count, &entry, &error)) {
		g_assert_cmpint(self->refused, ==, 0); /* posted stays posted */
		self->taken[item] += entry.quantity;
		return;
	}
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	g_assert_nonnull(strstr(error->message, "posted already"));
	self->refused++;
}

static gpointer scan_on(gpointer data)
{
	Counter *self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(self->dsn, 0, &error);

	g_assert_no_error(error);
	for (int i = 0; self->last_refused == 0 ? i < SCANS : self->refused < self->last_refused;
	     i++)
		scan_one(self, store);
	return NULL;
}

static int64_t begin(FakeOffice *office)
{
	g_autoptr(Document) count = document_new(DOCUMENT_COUNT, 1);
	g_autoptr(GError) error = NULL;

	document_create(office->store, count, 0, &error);
	g_assert_no_error(error);
	return count->id;
}

static void start(FakeOffice *office, Counter *counters, GThread **threads, bool different,
		  int last_refused)
{
	static const char *const names[] = { "Анна", "Борис", "Вера" };
	int64_t count = begin(office);

	for (int i = 0; i < COUNTERS; i++) {
		g_autofree char *pin = g_strdup_printf("%d%d%d%d", i, i, i, i);

		counters[i] = (Counter){ .dsn = office->dsn,
					 .count = count,
					 .last_refused = last_refused,
					 .rand = g_rand_new_with_seed((guint32)i + 1) };
		if (different)
			people_add(office->store, names[i], ROLE_STOCK, pin, &counters[i].person_id,
				   NULL);
	}
	for (int i = 0; i < COUNTERS; i++)
		threads[i] = g_thread_new(names[i], scan_on, &counters[i]);
}

static void finish(Counter *counters, GThread **threads, int64_t *ret_taken)
{
	for (int i = 0; i < COUNTERS; i++)
		g_thread_join(threads[i]);
	for (int item = 1; item <= ITEMS; item++) {
		ret_taken[item] = 0;
		for (int i = 0; i < COUNTERS; i++)
			ret_taken[item] += counters[i].taken[item];
	}
	for (int i = 0; i < COUNTERS; i++)
		g_rand_free(counters[i].rand);
}

static void check_adds_up(bool different)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) items = NULL;
	Counter counters[COUNTERS];
	GThread *threads[COUNTERS];
	int64_t taken[ITEMS + 1];

	fake_office_init(&office);
	fake_office_add_goods(&office, ITEMS);
	start(&office, counters, threads, different, 0);
	finish(counters, threads, taken);
	items = count_review(office.store, counters[0].count, NULL);
	g_assert_cmpint(items->len, ==, ITEMS);
	for (guint i = 0; i < items->len; i++) {
		const CountItem *item = items->pdata[i];

		g_assert_cmpint(item->counted, ==, taken[item->item_id]);
		g_assert_cmpint(item->counted, >, 0);
	}
}

static void test_three_people(void)
{
	check_adds_up(true);
}

/* One name on three data terminals. */
static void test_one_name_on_three_terminals(void)
{
	check_adds_up(false);
}

/* They scan on until they are told that it is over. What they were told was counted is posted, and
 * nothing else is. */
static void test_posting_meanwhile(void)
{
	g_auto(FakeOffice) office;
	Counter counters[COUNTERS];
	GThread *threads[COUNTERS];
	int64_t taken[ITEMS + 1];
	g_autoptr(GError) error = NULL;

	fake_office_init(&office);
	fake_office_add_goods(&office, ITEMS);
	start(&office, counters, threads, true, 3);
	while (room_ask(&office, "SELECT count(*) FROM count_entry") < COUNTERS * ITEMS)
		g_thread_yield();
	document_post(office.store, counters[0].count, 0, &error);
	g_assert_no_error(error);
	finish(counters, threads, taken);
	for (int item = 1; item <= ITEMS; item++) {
		g_assert_cmpint(room_ask(&office,
					 "SELECT quantity FROM stock_balance WHERE item_id = %d",
					 item),
				==, taken[item]);
		g_assert_cmpint(room_ask(&office,
					 "SELECT quantity FROM document_line WHERE item_id = %d",
					 item),
				==, taken[item]);
	}
	fake_office_verify(&office);
}

/* Two press the button. */
static gpointer post_it(gpointer data)
{
	Counter *self = data;
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(self->dsn, 0, &error);

	g_assert_no_error(error);
	if (document_post(store, self->count, 0, &error))
		return GINT_TO_POINTER(1);
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	return NULL;
}

static void test_posted_once(void)
{
	g_auto(FakeOffice) office;
	Counter poster = { 0 };
	CountEntry entry = { .item_id = 1, .pass = 1, .quantity = ONE };
	GThread *threads[COUNTERS];
	int done = 0;

	fake_office_init(&office);
	fake_office_add_goods(&office, 1);
	poster.dsn = office.dsn;
	poster.count = begin(&office);
	g_assert_true(count_set(office.store, poster.count, &entry, NULL));
	for (int i = 0; i < COUNTERS; i++)
		threads[i] = g_thread_new("poster", post_it, &poster);
	for (int i = 0; i < COUNTERS; i++)
		done += GPOINTER_TO_INT(g_thread_join(threads[i]));
	g_assert_cmpint(done, ==, 1);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM stock_ledger"), ==, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/count_races/three_people", test_three_people);
	g_test_add_func("/count_races/one_name_on_three_terminals",
			test_one_name_on_three_terminals);
	g_test_add_func("/count_races/posting_meanwhile", test_posting_meanwhile);
	g_test_add_func("/count_races/posted_once", test_posted_once);
	return g_test_run();
}
