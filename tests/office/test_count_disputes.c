/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/count_room.h"

/* Each alone: what was sold between them is missing in the second figure. */
static void test_double_count(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) items = NULL;
	int64_t anna, boris, count;

	count_room_init(&office, true);
	anna = count_room_person(&office, "Анна", ROLE_STOCK, "1111");
	boris = count_room_person(&office, "Борис", ROLE_STOCK, "2222");
	for (int i = 1; i <= 3; i++)
		room_receive(&office, i, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", COUNT_DOUBLE);
	for (int i = 1; i <= 3; i++)
		count_room_found(&office, count, HALL, i, 1, anna, 10 * ONE, AT(20 + i));
	count_room_found(&office, count, STORE, 1, 1, anna, 0, AT(40));
	count_room_found(&office, count, STORE, 1, 1, boris, 0, AT(41));
	room_sell(&office, 1, AT(30), 2 * ONE);
	count_room_found(&office, count, HALL, 1, 1, boris, 8 * ONE, AT(50));
	count_room_found(&office, count, HALL, 2, 1, boris, 9 * ONE, AT(51));

	items = count_room_review(&office, count);
	g_assert_false(count_room_item(items, 1)->disputed);
	g_assert_true(count_room_item(items, 2)->disputed); /* they differ */
	g_assert_true(count_room_item(items, 3)->disputed); /* one alone */
	count_room_post_refused(&office, count, "Товар 2");
	count_room_found(&office, count, HALL, 2, 2, anna, 10 * ONE, AT(60));
	count_room_found(&office, count, HALL, 2, 2, boris, 10 * ONE, AT(61));
	count_room_found(&office, count, HALL, 3, 1, boris, 10 * ONE, AT(62));
	count_room_post(&office, count);
	count_room_stands(&office, 1, 8, 800);
	count_room_stands(&office, 2, 10, 1000);
}

/* Nobody can tell where a delivery was put: before or after who counted. */
static void test_delivery_between_zones(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) again = NULL, settled = NULL;
	int64_t count;

	count_room_init(&office, true);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, STORE, 1, 1, 0, 6 * ONE, AT(20));
	count_room_found(&office, count, STORE, 2, 1, 0, 6 * ONE, AT(21));
	count_room_found(&office, count, HALL, 2, 1, 0, 4 * ONE, AT(22));
	room_receive(&office, 1, AT(30), 24 * ONE, 2400);
	room_receive(&office, 2, AT(30), 24 * ONE, 2400);
	count_room_found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(40));
	again = count_room_to_recount(&office, count);
	g_assert_cmpint(again->len, ==, 1);
	g_assert_true(count_room_item(again, 1)->disputed);
	count_room_post_refused(&office, count, "Товар 1");
	count_room_found(&office, count, STORE, 1, 2, 0, 30 * ONE, AT(50));
	settled = count_room_to_recount(&office, count);
	g_assert_cmpint(settled->len, ==, 0);
	count_room_post(&office, count);
	count_room_stands(&office, 1, 34, 3400);
	count_room_stands(&office, 2, 34, 3400);
}

/* Entered by mistake and taken back: nothing came. */
static void test_delivery_taken_back(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, 1);
	g_autoptr(GError) error = NULL;
	int64_t count;

	count_room_init(&office, true);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	delivery->at = AT(30);
	document_add_line(delivery, 1, 24 * ONE);
	document_create(office.store, delivery, 0, &error);
	g_assert_no_error(error);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, STORE, 1, 1, 0, 6 * ONE, AT(20));
	count_room_found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(40));
	document_post(office.store, delivery->id, 0, &error);
	g_assert_no_error(error);
	count_room_part_refused(&office, count, "Товар 1");
	document_reverse(office.store, delivery->id, 0, "", &error);
	g_assert_no_error(error);
	count_room_post(&office, count);
	count_room_stands(&office, 1, 10, 1000);
}

/* The delivery's paper is entered the day after. */
static void test_delivery_told_late(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) before = NULL, after = NULL;
	int64_t count;

	count_room_init(&office, true);
	for (int i = 1; i <= 2; i++)
		room_receive(&office, i, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	for (int i = 1; i <= 2; i++) {
		count_room_found(&office, count, STORE, i, 1, 0, 6 * ONE, AT(20));
		count_room_found(&office, count, HALL, i, 1, 0, 4 * ONE, AT(40));
	}
	count_room_post(&office, count);
	before = count_room_to_recount(&office, count);
	g_assert_cmpint(before->len, ==, 0);
	room_receive(&office, 1, AT(30), 24 * ONE, 2400);
	room_receive(&office, 2, AT(50), 24 * ONE, 2400);
	after = count_room_to_recount(&office, count);
	g_assert_cmpint(after->len, ==, 1);
	g_assert_true(count_room_item(after, 1)->disputed);
	g_assert_nonnull(count_room_item(after, 1)->dispute);
	count_room_stands(&office, 2, 34, 3400);
}

static void test_counted_twice(void)
{
	g_auto(FakeOffice) office;
	const CountEntry whole = { 0, 1, 1, 0, 0, 0 };
	g_autoptr(GError) error = NULL;
	int64_t count;

	count_room_init(&office, true);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, HALL, 1, 1, 0, 10 * ONE, AT(20));
	count_room_found(&office, count, STORE, 1, 1, 0, 0, AT(20));
	count_room_found(&office, count, 0, 1, 1, 0, 10 * ONE, AT(21));
	count_room_post_refused(&office, count, "Товар 1");
	count_remove(office.store, count, &whole, &error);
	g_assert_no_error(error);
	count_room_post(&office, count);
	count_room_stands(&office, 1, 10, 1000);
}

/* Sold after one counter had seen a part of it and before the other saw the rest. */
static void test_sold_between_counters(void)
{
	g_auto(FakeOffice) office;
	int64_t anna, boris, count;

	count_room_init(&office, false);
	anna = count_room_person(&office, "Анна", ROLE_STOCK, "1111");
	boris = count_room_person(&office, "Борис", ROLE_STOCK, "2222");
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, 0, 1, 1, anna, 4 * ONE, AT(20));
	room_sell(&office, 1, AT(25), ONE);
	count_room_found(&office, count, 0, 1, 1, boris, 6 * ONE, AT(30));
	count_room_post_refused(&office, count, "Товар 1");
	count_room_found(&office, count, 0, 1, 2, boris, 9 * ONE, AT(40));
	count_room_post(&office, count);
	count_room_stands(&office, 1, 9, 900);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/count_disputes/double_count", test_double_count);
	g_test_add_func("/count_disputes/delivery_between_zones", test_delivery_between_zones);
	g_test_add_func("/count_disputes/delivery_taken_back", test_delivery_taken_back);
	g_test_add_func("/count_disputes/delivery_told_late", test_delivery_told_late);
	g_test_add_func("/count_disputes/counted_twice", test_counted_twice);
	g_test_add_func("/count_disputes/sold_between_counters", test_sold_between_counters);
	return g_test_run();
}
