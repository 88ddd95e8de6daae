/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/count_room.h"

#include <string.h>

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

	count_room_init(&office, true);
	count = count_room_begin(&office, "", "", "");
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

	count_room_init(&office, true);
	cashier = count_room_person(&office, "Кассир", ROLE_CASHIER, "3333");
	count = count_room_begin(&office, "", "", "");
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

	count_room_init(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, 0, 1, 1, 0, 9 * ONE, AT(20));
	count_room_post(&office, count);
	scan_refused(&office, count, (CountEntry){ 0, 1, 1, 0, ONE, AT(30) }, DOCUMENT_ERROR,
		     DOCUMENT_ERROR_STATE);
	room_sql_refused(&office, "UPDATE count_entry SET quantity = 0", "final");
	room_sql_refused(&office, "DELETE FROM count_entry", "final");
	room_sql_refused(&office,
			 "INSERT INTO count_entry SELECT document_id, 1, 2, 1, 0, 0, 0 FROM "
			 "count_entry",
			 "final");
	count_room_stands(&office, 1, 9, 900);
}

static void test_progress(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) list = NULL;
	const CountProgress *hall, *store;
	int64_t count;

	count_room_init(&office, true);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, HALL, 1, 1, 0, ONE, AT(20));
	count_room_found(&office, count, HALL, 1, 2, 0, ONE, AT(25));
	count_room_found(&office, count, HALL, 2, 1, 0, ONE, AT(22));
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

	count_room_init(&office, true);
	stock = count_room_person(&office, "Анна", ROLE_STOCK, "1111");
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
	g_test_add_func("/count_scans/scans_add_up", test_scans_add_up);
	g_test_add_func("/count_scans/what_cannot_be_scanned", test_what_cannot_be_scanned);
	g_test_add_func("/count_scans/posted_is_closed", test_posted_is_closed);
	g_test_add_func("/count_scans/progress", test_progress);
	g_test_add_func("/count_scans/zones", test_zones);
	return g_test_run();
}
