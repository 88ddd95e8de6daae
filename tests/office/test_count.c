/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/count_room.h"

#include <string.h>

/* 10 came, 2 were sold, 7 are found (one is stolen), 1 is sold; then a till that was offline sends
 * a sale from before and one from after the count. */
static void test_sales_around_the_count(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) items = NULL;
	const CountItem *item;
	int64_t count;

	count_room_init(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_sell(&office, 1, AT(10), 2 * ONE);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, 0, 1, 1, 0, 7 * ONE, AT(20));
	room_sell(&office, 1, AT(30), ONE);

	items = count_room_review(&office, count);
	item = count_room_item(items, 1);
	g_assert_cmpint(item->expected, ==, 8 * ONE);
	g_assert_cmpint(item->counted, ==, 7 * ONE);
	g_assert_cmpint(item->value, ==, -100);
	g_assert_cmpint(item->at, ==, AT(20));
	g_assert_false(item->disputed);

	count_room_post(&office, count);
	count_room_stands(&office, 1, 6, 600);
	room_sell(&office, 1, AT(15), ONE); /* nothing was stolen, then */
	count_room_stands(&office, 1, 6, 600);
	room_sell(&office, 1, AT(25), ONE);
	count_room_stands(&office, 1, 5, 500);
	fake_office_verify(&office);
}

static void test_paper_shows_what_was_found(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) document = NULL;
	g_autoptr(GPtrArray) items = NULL;
	const DocumentLine *line;
	int64_t count;

	count_room_init(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 4 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, 0, 1, 1, 0, 7 * ONE, AT(20));
	count_room_found(&office, count, 0, 2, 1, 0, 5 * ONE, AT(21));
	count_room_post(&office, count);
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
	count_room_stands(&office, 2, 5, 1250);
	g_assert_cmpint(room_ask(&office,
				 "SELECT count(*) FROM audit WHERE action = 'document-post'"
				 " AND json_extract(after, '$.kind') = 'count'"
				 " AND json_extract(after, '$.lines') = 2"
				 " AND json_extract(after, '$.value') = -50"),
			==, 1);

	items = count_room_review(&office, count);
	g_assert_cmpint(items->len, ==, 2);
	g_assert_cmpint(count_room_item(items, 1)->expected, ==, 10 * ONE);
	g_assert_cmpint(count_room_item(items, 1)->value, ==, -300);

	document_reverse(office.store, count, 0, "", NULL);
	count_room_stands(&office, 1, 10, 1000);
	count_room_stands(&office, 2, 4, 1000);
	fake_office_verify(&office);
}

/* The storeroom at nine, the hall at ten: what was sold in between is missing in the hall alone. */
static void test_two_zones(void)
{
	g_auto(FakeOffice) office;
	int64_t count;

	count_room_init(&office, true);
	room_receive(&office, 1, AT(0), 20 * ONE, 2000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, STORE, 1, 1, 0, 12 * ONE, AT(60));
	room_sell(&office, 1, AT(90), 3 * ONE);
	count_room_found(&office, count, HALL, 1, 1, 0, 5 * ONE, AT(120));
	room_sell(&office, 1, AT(130), ONE);
	count_room_post(&office, count);
	count_room_stands(&office, 1, 16, 1600);
	g_assert_cmpint(room_ask(&office, "SELECT quantity FROM stock_ledger WHERE kind = 'count'"),
			==, 0);
}

/* Nobody enters an empty place on a shelf: it was empty when the hall had been walked through. */
static void test_sold_out_in_the_hall(void)
{
	g_auto(FakeOffice) office;
	int64_t count;

	count_room_init(&office, true);
	room_receive(&office, 1, AT(0), 8 * ONE, 800);
	room_receive(&office, 2, AT(0), 5 * ONE, 500);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, STORE, 1, 1, 0, 5 * ONE, AT(60));
	room_sell(&office, 1, AT(90), 3 * ONE); /* the last on the shelf */
	count_room_found(&office, count, HALL, 2, 1, 0, 5 * ONE, AT(120));
	count_room_found(&office, count, STORE, 2, 1, 0, 0, AT(61));
	count_room_post(&office, count);
	count_room_stands(&office, 1, 5, 500);
	count_room_stands(&office, 2, 5, 500);
}

static void test_later_passes_count(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) before = NULL, after = NULL;
	int64_t count;

	count_room_init(&office, true);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(20));
	count_room_found(&office, count, STORE, 1, 1, 0, 5 * ONE, AT(21));
	count_room_found(&office, count, HALL, 2, 1, 0, 10 * ONE, AT(22));
	before = count_room_to_recount(&office, count);
	g_assert_cmpint(before->len, ==, 1);
	g_assert_nonnull(count_room_item(before, 1));
	count_room_found(&office, count, HALL, 1, 2, 0, 5 * ONE, AT(60));
	after = count_room_to_recount(&office, count);
	g_assert_cmpint(after->len, ==, 0);
	count_room_post(&office, count);
	count_room_stands(&office, 1, 10, 1000);
}

/* --- what nobody counted -------------------------------------------------------------------- */

static void test_rest(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GPtrArray) items = NULL, again = NULL;
	int64_t count;

	count_room_init(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 3 * ONE, 300);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, 0, 1, 1, 0, 10 * ONE, AT(20));
	items = count_room_review(&office, count);
	g_assert_cmpint(items->len, ==, 2);
	g_assert_false(count_room_item(items, 2)->counted_at_all);
	g_assert_cmpint(count_room_item(items, 2)->value, ==, 0);
	count_room_post(&office, count);
	count_room_stands(&office, 2, 3, 300);

	count = count_room_begin(&office, "", "", COUNT_REST_IS_ZERO);
	count_room_found(&office, count, 0, 1, 1, 0, 10 * ONE, AT(30));
	again = count_room_to_recount(&office, count);
	g_assert_cmpint(again->len, ==, 1);
	g_assert_cmpint(count_room_item(again, 2)->value, ==, -300);
	count_room_post(&office, count);
	count_room_stands(&office, 2, 0, 0);
	room_sell(&office, 2, AT(25), ONE); /* from before the count */
	count_room_stands(&office, 2, 0, 0);
	fake_office_verify(&office);
}

static void test_group(void)
{
	g_auto(FakeOffice) office;
	const CountEntry wrong = { 0, 3, 1, 0, ONE, AT(20) };
	g_autoptr(GError) error = NULL;
	int64_t count;

	count_room_init(&office, false);
	room_sql(&office, "UPDATE item SET category = 'Еда/Сыр' WHERE id = 1");
	room_sql(&office, "UPDATE item SET category = 'Еда/Сыр/Мягкий' WHERE id = 2");
	room_sql(&office, "UPDATE item SET category = 'Еда/Сырки' WHERE id = 3");
	for (int i = 1; i <= 3; i++)
		room_receive(&office, i, AT(0), 5 * ONE, 500);
	count = count_room_begin(&office, "group", "Еда/Сыр", COUNT_REST_IS_ZERO);
	count_room_found(&office, count, 0, 1, 1, 0, 4 * ONE, AT(20));
	g_assert_false(count_set(office.store, count, &wrong, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	count_room_post(&office, count);
	count_room_stands(&office, 1, 4, 400);
	count_room_stands(&office, 2, 0, 0);
	count_room_stands(&office, 3, 5, 500);
}

static void test_zone_nobody_was_in(void)
{
	g_auto(FakeOffice) office;
	int64_t count;

	count_room_init(&office, true);
	room_receive(&office, 1, AT(0), 5 * ONE, 500);
	count = count_room_begin(&office, "", "", "");
	count_room_post_refused(&office, count, "");
	count_room_found(&office, count, STORE, 1, 1, 0, 2 * ONE, AT(20));
	count_room_post_refused(&office, count, "Зал");
	count_room_found(&office, count, HALL, 1, 1, 0, 3 * ONE, AT(21));
	count_room_post(&office, count);
	count_room_stands(&office, 1, 5, 500);
}

/* The year's count, entered days later: what came since is not zero. */
static void test_rest_of_a_past_day(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(Document) count = document_new(DOCUMENT_COUNT, 1);
	g_autoptr(GError) error = NULL;

	count_room_init(&office, false);
	room_receive(&office, 1, AT(0), 10 * ONE, 1000);
	room_receive(&office, 2, AT(0), 3 * ONE, 300);
	g_free(count->reason);
	count->reason = g_strdup(COUNT_REST_IS_ZERO);
	count->at = AT(20);
	document_create(office.store, count, 0, &error);
	g_assert_no_error(error);
	count_room_found(&office, count->id, 0, 1, 1, 0, 10 * ONE, AT(20));
	room_receive(&office, 2, AT(60), 7 * ONE, 700);
	count_room_post(&office, count->id);
	count_room_stands(&office, 2, 7, 700);
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

	count_room_init(&office, true);
	for (int i = 1; i <= 4; i++)
		room_receive(&office, i, AT(0), 10 * ONE, 1000);
	count = count_room_begin(&office, "", "", "");
	count_room_found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(10));
	count_room_found(&office, count, STORE, 1, 1, 0, 6 * ONE, AT(10));
	count_room_found(&office, count, HALL, 2, 1, 0, 10 * ONE, AT(11));
	count_room_found(&office, count, HALL, 4, 1, 0, 10 * ONE, AT(12));
	count_room_post(&office, count);

	count = count_room_begin(&office, "zone", hall, COUNT_REST_IS_ZERO);
	items = count_room_review(&office, count);
	g_assert_cmpint(items->len, ==, 3); /* not the salt */
	count_room_found(&office, count, HALL, 2, 1, 0, 9 * ONE, AT(20));
	count_room_found(&office, count, HALL, 1, 1, 0, 4 * ONE, AT(20));
	count_room_part_refused(&office, count, "Товар 1");
	count_room_found(&office, count, STORE, 1, 1, 0, 6 * ONE, AT(20));
	count_room_found(&office, count, HALL, 3, 1, 0, 10 * ONE, AT(21));
	count_room_part_refused(&office, count, "Товар 3");
	count_room_found(&office, count, STORE, 3, 1, 0, 0, AT(21));
	count_room_post(&office, count);
	count_room_stands(&office, 1, 10, 1000);
	count_room_stands(&office, 2, 9, 900);
	count_room_stands(&office, 3, 10, 1000);
	count_room_stands(&office, 4, 0, 0); /* lay in the hall, and nobody found it */
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
	g_test_add_func("/count/group", test_group);
	g_test_add_func("/count/zone_nobody_was_in", test_zone_nobody_was_in);
	g_test_add_func("/count/rest_of_a_past_day", test_rest_of_a_past_day);
	g_test_add_func("/count/one_zone", test_one_zone);
	return g_test_run();
}
