/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each kind of document does to the shelves, worked out by hand. */
#include "backoffice/people/rights.h"
#include "backoffice/stock/count.h"
#include "tests/office/papers.h"

#define ITEM 7
#define OTHER 8
#define THIRD 9
#define SECOND_SHOP 2
#define DAY (INT64_C(86400) * G_USEC_PER_SEC)

static int64_t cost_of(FakeOffice *office, int64_t item_id)
{
	return room_ask(office, "SELECT cost FROM item WHERE id = %d", (int)item_id);
}

static Document *posted_anew(FakeOffice *office, const Document *document)
{
	g_autoptr(GError) error = NULL;
	Document *read = document_read(office->store, document->id, &error);

	g_assert_no_error(error);
	g_assert_cmpint(read->state, ==, DOCUMENT_POSTED);
	return read;
}

static const DocumentLine *line_of(const Document *document, guint i)
{
	g_assert_cmpuint(i, <, document->lines->len);
	return document->lines->pdata[i];
}

/* --- what comes in ------------------------------------------------------------------------- */

static void test_delivery_comes_in_at_its_cost(void)
{
	g_auto(FakeOffice) office = { 0 };

	paper_office(&office, 20);
	/* 12 for 1234.00: one is worth 102.83, 12 are worth what was paid. */
	paper_deliver(&office, ITEM, 12, 123400);
	paper_stands(&office, PAPER_SHOP, ITEM, 12, 123400);
	g_assert_cmpint(cost_of(&office, ITEM), ==, 10283);
	/* Three more of which nobody knows the cost: 123400 / 12 × 3. */
	paper_deliver(&office, ITEM, 3, -1);
	paper_stands(&office, PAPER_SHOP, ITEM, 15, 154250);
	g_assert_cmpint(cost_of(&office, ITEM), ==, 10283);
}

/* Two lines of one thing, one of them a gift, say together what one costs. */
static void test_cost_of_an_item_in_two_lines(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	paper_office(&office, 20);
	delivery->supplier_id = paper_supplier(&office, "Молокозавод");
	paper_line(delivery, ITEM, 10, 5000);
	paper_line(delivery, OTHER, 4, 0);
	paper_line(delivery, ITEM, 2, 1600);
	paper_post(&office, delivery);
	paper_stands(&office, PAPER_SHOP, ITEM, 12, 6600);
	paper_stands(&office, PAPER_SHOP, OTHER, 4, 0);
	g_assert_cmpint(cost_of(&office, ITEM), ==, 550);
	g_assert_cmpint(cost_of(&office, OTHER), ==, 0); /* NULL: a gift is no new cost */
	g_assert_cmpint(
		room_ask(&office, "SELECT cost FROM supplier_item WHERE item_id = %d", ITEM), ==,
		550);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM supplier_item"), ==, 1);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM audit WHERE action = 'item-cost'"),
			==, 1);
}

/* A paper of last week, entered after this week's: it changes no cost that is known better. */
static void test_late_delivery_keeps_the_newer_cost(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) late = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	int64_t newer;

	paper_office(&office, 20);
	newer = paper_deliver(&office, ITEM, 10, 2000);
	late->at = g_get_real_time() - 7 * DAY;
	paper_line(late, ITEM, 10, 1000);
	paper_post(&office, late);
	paper_stands(&office, PAPER_SHOP, ITEM, 20, 3000);
	g_assert_cmpint(cost_of(&office, ITEM), ==, 200);
	g_assert_cmpint(newer, !=, late->id);
}

static void test_delivery_sets_prices(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	DocumentLine *line;
	int64_t revision;

	paper_office(&office, 20);
	revision = room_ask(&office, "SELECT revision FROM item WHERE id = %d", ITEM);
	line = paper_line(delivery, ITEM, 10, 5000);
	line->has_price = true;
	line->price = 79900;
	paper_post(&office, delivery);
	g_assert_cmpint(room_ask(&office, "SELECT price FROM item WHERE id = %d", ITEM), ==, 79900);
	g_assert_cmpint(room_ask(&office, "SELECT revision FROM item WHERE id = %d", ITEM), >,
			revision);
	g_assert_cmpint(
		room_ask(&office, "SELECT count(*) FROM price_change WHERE how = 'receiving'"), ==,
		1);
}

static void test_opening_and_revaluation(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) opening = document_new(DOCUMENT_OPENING, PAPER_SHOP);
	g_autoptr(Document) revaluation = document_new(DOCUMENT_REVALUATION, PAPER_SHOP);
	g_autoptr(Document) unsaid = document_new(DOCUMENT_REVALUATION, PAPER_SHOP);

	paper_office(&office, 20);
	paper_line(opening, ITEM, 40, 15200);
	paper_post(&office, opening);
	paper_stands(&office, PAPER_SHOP, ITEM, 40, 15200);
	paper_line(revaluation, ITEM, 0, 315); /* of one */
	paper_post(&office, revaluation);
	paper_stands(&office, PAPER_SHOP, ITEM, 40, 12600);
	paper_line(unsaid, ITEM, 0, -1);
	paper_refused(&office, unsaid, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "what is one");
}

/* --- what goes out ------------------------------------------------------------------------- */

static void test_what_leaves_goes_at_the_average(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) back = document_new(DOCUMENT_SUPPLIER_RETURN, PAPER_SHOP);
	g_autoptr(Document) off = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);
	g_autoptr(Document) read = NULL;

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 3, 1000);
	paper_deliver(&office, ITEM, 3, 2000);
	back->supplier_id = paper_supplier(&office, "Молокозавод");
	paper_line(back, ITEM, 2, -1);
	paper_post(&office, back);
	paper_stands(&office, PAPER_SHOP, ITEM, 4, 2000);
	paper_text(&off->reason, "expired");
	paper_line(off, ITEM, 3, -1);
	paper_post(&office, off);
	paper_stands(&office, PAPER_SHOP, ITEM, 1, 500);
	read = posted_anew(&office, off);
	g_assert_true(line_of(read, 0)->has_cost);
	g_assert_cmpint(line_of(read, 0)->cost, ==, 1500);
}

static void test_a_write_off_says_why(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) off = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);
	DocumentLine *line;

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 3, 1000);
	line = paper_line(off, ITEM, 1, -1);
	paper_refused(&office, off, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "own-use");
	paper_text(&line->reason, "lost");
	paper_refused(&office, off, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "own-use");
	paper_text(&line->reason, "stolen");
	paper_post(&office, off);
}

/* --- from shop to shop --------------------------------------------------------------------- */

/* What left this shop and what came into the other, and what is on the way between them. */
static void check_on_the_way(FakeOffice *office, int64_t sent, int64_t arrived, int64_t value)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) list = document_list_on_the_way(office->store, SECOND_SHOP, &error);
	const OnTheWay *way;

	g_assert_no_error(error);
	g_assert_cmpuint(list->len, ==, sent != arrived);
	if (list->len == 0)
		return;
	way = list->pdata[0];
	g_assert_cmpint(way->item_id, ==, ITEM);
	g_assert_cmpint(way->sent, ==, units(sent));
	g_assert_cmpint(way->arrived, ==, units(arrived));
	g_assert_cmpint(way->value, ==, value);
	g_assert_cmpint(way->to_shop, ==, SECOND_SHOP);
}

static Document *arrive(FakeOffice *office, int64_t transfer, int64_t n)
{
	Document *arrival = document_new(DOCUMENT_ARRIVAL, SECOND_SHOP);

	arrival->origin_id = transfer;
	arrival->other_shop = PAPER_SHOP;
	paper_line(arrival, ITEM, n, -1);
	return arrival;
}

static void test_a_transfer_arrives_in_parts(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) transfer = document_new(DOCUMENT_TRANSFER, PAPER_SHOP);
	g_autoptr(Document) first = NULL, second = NULL, third = NULL, too_much = NULL;
	g_autoptr(GError) error = NULL;

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 10, 1000);
	transfer->other_shop = SECOND_SHOP;
	paper_line(transfer, ITEM, 7, -1);
	paper_post(&office, transfer);
	paper_stands(&office, PAPER_SHOP, ITEM, 3, 300);
	check_on_the_way(&office, 7, 0, 700);
	/* The sender's average is another by now: what is on the way keeps its worth. */
	paper_deliver(&office, ITEM, 3, 900);

	first = arrive(&office, transfer->id, 3);
	paper_post(&office, first);
	paper_stands(&office, SECOND_SHOP, ITEM, 3, 300);
	check_on_the_way(&office, 7, 3, 400);
	too_much = arrive(&office, transfer->id, 5);
	paper_refused(&office, too_much, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "7 were sent");
	second = arrive(&office, transfer->id, 4);
	paper_post(&office, second);
	paper_stands(&office, SECOND_SHOP, ITEM, 7, 700);
	check_on_the_way(&office, 7, 7, 0);
	third = arrive(&office, transfer->id, 1);
	paper_refused(&office, third, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		      "no more can come");

	g_assert_false(document_reverse(office.store, transfer->id, 0, "", &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_USED);
	paper_reverse(&office, second->id);
	check_on_the_way(&office, 7, 3, 400);
	paper_stands(&office, SECOND_SHOP, ITEM, 3, 300);
	paper_reverse(&office, first->id);
	paper_reverse(&office, transfer->id);
	check_on_the_way(&office, 0, 0, 0);
	paper_stands(&office, PAPER_SHOP, ITEM, 13, 1900);
}

/* 1.00 for three: parts of it are rounded, and the last takes what is left. */
static void test_nothing_stays_on_the_way(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) transfer = document_new(DOCUMENT_TRANSFER, PAPER_SHOP);

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 3, 100);
	transfer->other_shop = SECOND_SHOP;
	paper_line(transfer, ITEM, 3, -1);
	paper_post(&office, transfer);
	for (int i = 0; i < 3; i++) {
		g_autoptr(Document) arrival = arrive(&office, transfer->id, 1);

		paper_post(&office, arrival);
		paper_stands(&office, SECOND_SHOP, ITEM, i + 1, (int64_t[]){ 33, 66, 100 }[i]);
	}
	check_on_the_way(&office, 3, 3, 0);
}

static void test_an_arrival_is_of_its_transfer(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) transfer = document_new(DOCUMENT_TRANSFER, PAPER_SHOP);
	g_autoptr(Document) here = document_new(DOCUMENT_ARRIVAL, PAPER_SHOP);
	g_autoptr(Document) unsaid = document_new(DOCUMENT_ARRIVAL, SECOND_SHOP);
	g_autoptr(Document) before = NULL, other = NULL, expected = NULL;
	g_autoptr(GError) error = NULL;

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 10, 1000);
	paper_line(transfer, ITEM, 6, -1);
	paper_refused(&office, transfer, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "which shop");
	transfer->other_shop = SECOND_SHOP;
	paper_post(&office, transfer);
	here->origin_id = transfer->id;
	paper_line(here, ITEM, 1, -1);
	paper_refused(&office, here, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "another shop");
	paper_line(unsaid, ITEM, 1, -1);
	paper_refused(&office, unsaid, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "Which transfer");
	before = arrive(&office, transfer->id, 1);
	before->at = g_get_real_time() - 3 * DAY;
	paper_refused(&office, before, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "left later");
	other = arrive(&office, transfer->id, 1);
	((DocumentLine *)other->lines->pdata[0])->item_id = OTHER;
	paper_refused(&office, other, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "0 were sent");
	expected = document_from_origin(office.store, transfer->id, &error);
	g_assert_no_error(error);
	g_assert_cmpint(expected->kind, ==, DOCUMENT_ARRIVAL);
	g_assert_cmpint(expected->shop_id, ==, SECOND_SHOP);
	g_assert_cmpint(line_of(expected, 0)->expected, ==, units(6));
}

/* --- orders -------------------------------------------------------------------------------- */

static void test_an_order_is_delivered_in_parts(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) order = document_new(DOCUMENT_ORDER, PAPER_SHOP);
	g_autoptr(Document) first = NULL, second = NULL;
	g_autoptr(GError) error = NULL;
	int64_t draft = -1;

	paper_office(&office, 20);
	paper_line(order, ITEM, 10, 6000);
	paper_line(order, OTHER, 4, 400);
	paper_refused(&office, order, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "Which supplier");
	order->supplier_id = paper_supplier(&office, "Молокозавод");
	paper_post(&office, order);
	paper_stands(&office, PAPER_SHOP, ITEM, 0, 0);

	first = document_from_origin(office.store, order->id, &error);
	g_assert_no_error(error);
	g_assert_cmpint(first->supplier_id, ==, order->supplier_id);
	g_assert_cmpuint(first->lines->len, ==, 2);
	((DocumentLine *)first->lines->pdata[0])->quantity = units(3);
	paper_post(&office, first);
	/* The order says what one costs: 6000 / 10 × 3. */
	paper_stands(&office, PAPER_SHOP, ITEM, 3, 1800);

	second = document_from_origin(office.store, order->id, &error);
	g_assert_no_error(error);
	g_assert_cmpint(line_of(second, 0)->expected, ==, units(7));
	g_assert_cmpint(line_of(second, 1)->expected, ==, units(4));

	/* What one has begun the next one finds. */
	g_assert_true(document_find_draft_of(office.store, order->id, &draft, &error));
	g_assert_cmpint(draft, ==, 0);
	g_assert_true(document_create(office.store, second, 0, &error));
	g_assert_true(document_find_draft_of(office.store, order->id, &draft, &error));
	g_assert_cmpint(draft, ==, second->id);
	g_assert_true(document_discard(office.store, second->id, 0, &error));
	paper_reverse(&office, order->id);
	g_assert_null(document_from_origin(office.store, order->id, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
}

/* Ten ordered and eight came, and of something else that is given in place of the two. */
static void test_the_discrepancy_act(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) order = document_new(DOCUMENT_ORDER, PAPER_SHOP);
	g_autoptr(Document) delivery = NULL;
	g_autoptr(GPtrArray) list = NULL;
	g_autoptr(GError) error = NULL;
	const Discrepancy *under, *missing, *over;

	paper_office(&office, 20);
	order->supplier_id = paper_supplier(&office, "Молокозавод");
	paper_line(order, ITEM, 10, 6000);
	paper_line(order, OTHER, 5, 1000);
	paper_post(&office, order);
	delivery = document_from_origin(office.store, order->id, &error);
	((DocumentLine *)delivery->lines->pdata[0])->quantity = units(8);
	paper_line(delivery, THIRD, 2, 300)->instead_of = ITEM;
	paper_post(&office, delivery);
	list = document_discrepancies(office.store, delivery->id, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(list->len, ==, 3);
	under = list->pdata[0];
	g_assert_cmpint(under->came - under->expected, ==, units(-2));
	g_assert_cmpint(under->cost, ==, -1200);
	g_assert_cmpstr(under->name, ==, "Товар 7");
	missing = list->pdata[1];
	g_assert_cmpint(missing->came, ==, 0);
	g_assert_cmpint(missing->cost, ==, -1000);
	over = list->pdata[2];
	g_assert_cmpint(over->instead_of, ==, ITEM);
	g_assert_cmpint(over->cost, ==, 300);
}

/* --- making, counting ---------------------------------------------------------------------- */

static void test_what_is_made_carries_what_went_in(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) made = document_new(DOCUMENT_PRODUCTION, PAPER_SHOP);
	g_autoptr(Document) nothing = document_new(DOCUMENT_PRODUCTION, PAPER_SHOP);
	g_autoptr(Document) read = NULL;

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 10, 1000);
	paper_deliver(&office, OTHER, 3, 200);
	/* 4 × 1.00 and 2 × 0.67: 5.33 for three rolls and four pies. */
	paper_line(made, 1, 3, -1);
	paper_line(made, 2, 4, -1);
	paper_line(made, ITEM, -4, -1);
	paper_line(made, OTHER, -2, -1);
	paper_post(&office, made);
	paper_stands(&office, PAPER_SHOP, ITEM, 6, 600);
	paper_stands(&office, PAPER_SHOP, OTHER, 1, 67);
	paper_stands(&office, PAPER_SHOP, 1, 3, 228); /* 533 × 3 / 7 = 228.4 */
	paper_stands(&office, PAPER_SHOP, 2, 4, 305);
	read = posted_anew(&office, made);
	g_assert_cmpint(line_of(read, 2)->cost, ==, 400);
	paper_line(nothing, ITEM, -4, -1);
	paper_refused(&office, nothing, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "has been made");
	paper_reverse(&office, made->id);
	paper_stands(&office, PAPER_SHOP, ITEM, 10, 1000);
	paper_stands(&office, PAPER_SHOP, 1, 0, 0);
}

static void test_a_count_is_posted(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) count = document_new(DOCUMENT_COUNT, PAPER_SHOP);
	const CountEntry entry = { .item_id = ITEM, .pass = 1, .quantity = units(8) };
	g_autoptr(Document) read = NULL;
	g_autoptr(GError) error = NULL;

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 10, 1000);
	document_create(office.store, count, 0, &error);
	count_set(office.store, count->id, &entry, &error);
	document_post(office.store, count->id, 0, &error);
	g_assert_no_error(error);
	paper_stands(&office, PAPER_SHOP, ITEM, 8, 800);
	read = posted_anew(&office, count);
	g_assert_cmpint(line_of(read, 0)->expected, ==, units(10));
	paper_reverse(&office, count->id);
	paper_stands(&office, PAPER_SHOP, ITEM, 10, 1000);
}

/* --- once, twice, back --------------------------------------------------------------------- */

static void test_posted_once(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t id;

	paper_office(&office, 20);
	id = paper_deliver(&office, ITEM, 2, 100);
	g_assert_false(document_post(office.store, id, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	paper_stands(&office, PAPER_SHOP, ITEM, 2, 100);
}

static Document *paper_of(int64_t supplier, const char *reference)
{
	Document *delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	delivery->supplier_id = supplier;
	paper_text(&delivery->reference, reference);
	paper_line(delivery, ITEM, 1, 100);
	return delivery;
}

static void test_a_paper_counts_once(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) first = NULL, again = NULL, others = NULL, next_year = NULL;
	int64_t supplier;

	paper_office(&office, 20);
	supplier = paper_supplier(&office, "Молокозавод");
	first = paper_of(supplier, "4711");
	paper_post(&office, first);
	again = paper_of(supplier, "4711");
	paper_refused(&office, again, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_TWICE, first->number);
	others = paper_of(paper_supplier(&office, "Хлебозавод"), "4711");
	paper_post(&office, others);
	/* A year ago he had a paper 4711 too. */
	next_year = paper_of(supplier, "4711");
	next_year->at = g_get_real_time() - 365 * DAY;
	paper_post(&office, next_year);
	paper_reverse(&office, first->id);
	paper_post(&office, again);
}

static void test_a_key_counts_once(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) first = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Document) again = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);

	paper_office(&office, 20);
	first->key = g_strdup("scanner-5-118");
	paper_line(first, ITEM, 1, 100);
	paper_post(&office, first);
	again->key = g_strdup("scanner-5-118");
	paper_text(&again->reason, "damaged");
	paper_line(again, ITEM, 1, -1);
	paper_refused(&office, again, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_TWICE, first->number);
}

static void test_reversed_is_as_if_it_had_not_been(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t wrong;

	paper_office(&office, 20);
	paper_deliver(&office, ITEM, 10, 1000);
	wrong = paper_deliver(&office, ITEM, 10, 90000);
	g_assert_cmpint(cost_of(&office, ITEM), ==, 9000);
	{
		g_autoptr(Document) off = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);

		paper_text(&off->reason, "damaged");
		paper_line(off, ITEM, 5, -1); /* at 45.50 each, as it seemed */
		paper_post(&office, off);
	}
	paper_reverse(&office, wrong);
	paper_stands(&office, PAPER_SHOP, ITEM, 5, 500);
	g_assert_cmpint(cost_of(&office, ITEM), ==, 100);
	g_assert_false(document_reverse(office.store, wrong, 0, "", &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
	g_clear_error(&error);
	g_assert_false(document_post(office.store, wrong, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_STATE);
}

/* --- what is refused ----------------------------------------------------------------------- */

static void test_nothing_speaks_of_tomorrow(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Document) empty = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	paper_office(&office, 20);
	delivery->at = g_get_real_time() + DAY;
	paper_line(delivery, ITEM, 1, 100);
	paper_refused(&office, delivery, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "to come");
	paper_line(empty, ITEM, 0, -1);
	paper_refused(&office, empty, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "nothing in");
}

/* Whichever line is wrong, nothing of the others is left. */
static void test_a_wrong_line_leaves_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };

	paper_office(&office, 20);
	for (int wrong = 0; wrong < 8; wrong++) {
		g_autoptr(Document) off = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);
		g_autofree char *says = g_strdup_printf("Line %d", wrong + 1);

		paper_text(&off->reason, "damaged");
		for (int i = 0; i < 8; i++) {
			DocumentLine *line = paper_line(off, i + 1, 1, -1);

			/* Found out when the ledger has the lines before it. */
			if (i == wrong)
				paper_text(&line->batch, "never came");
		}
		paper_refused(&office, off, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, says);
	}
}

/* A delivery that writes everywhere, and a table that refuses: nothing of it is left, and when the
 * table takes it again it is posted as if nothing had been. */
static const char *const writes[] = {
	"INSERT ON document",	   "INSERT ON document_line",
	"INSERT ON stock_ledger",  "INSERT ON stock_balance",
	"INSERT ON batch",	   "INSERT ON batch_move",
	"INSERT ON batch_balance", "INSERT ON serial",
	"INSERT ON serial_event",  "INSERT ON supplier_item",
	"INSERT ON document_cost", "INSERT ON price_change",
	"INSERT ON audit",	   "UPDATE OF cost ON item",
	"UPDATE OF price ON item", "UPDATE OF state ON document",
};

static Document *rich_delivery(int64_t supplier)
{
	Document *delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	DocumentLine *line = paper_line(delivery, ITEM, 4, 400);

	delivery->supplier_id = supplier;
	line->expiry = 20270131;
	line->has_price = true;
	line->price = 50000;
	paper_pieces(delivery, OTHER, "A1 A2", 20000);
	return delivery;
}

static void test_a_table_that_refuses_leaves_nothing(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = NULL;
	int64_t supplier;

	paper_office(&office, 20);
	paper_item_expires(&office, ITEM);
	paper_item_has_serials(&office, OTHER);
	supplier = paper_supplier(&office, "Молокозавод");
	delivery = rich_delivery(supplier);
	for (size_t i = 0; i < G_N_ELEMENTS(writes); i++) {
		room_sql(&office,
			 "CREATE TRIGGER refuses BEFORE %s BEGIN SELECT RAISE (ABORT, 'no'); END",
			 writes[i]);
		g_test_message("%s", writes[i]);
		paper_refused(&office, delivery, 0, STORE_ERROR, STORE_ERROR_CONSTRAINT, "no");
		room_sql(&office, "DROP TRIGGER refuses");
	}
	paper_post(&office, delivery);
	paper_stands(&office, PAPER_SHOP, ITEM, 4, 400);
	paper_stands(&office, PAPER_SHOP, OTHER, 2, 20000);
}

static const struct {
	Role role;
	DocumentKind kind;
	bool may;
} rights[] = {
	{ ROLE_CASHIER, DOCUMENT_DELIVERY, false },   { ROLE_CASHIER, DOCUMENT_ORDER, false },
	{ ROLE_SENIOR, DOCUMENT_WRITE_OFF, false },   { ROLE_STOCK, DOCUMENT_DELIVERY, true },
	{ ROLE_STOCK, DOCUMENT_ORDER, true },	      { ROLE_STOCK, DOCUMENT_WRITE_OFF, true },
	{ ROLE_STOCK, DOCUMENT_REVALUATION, false },  { ROLE_STOCK, DOCUMENT_OPENING, false },
	{ ROLE_MANAGER, DOCUMENT_REVALUATION, true }, { ROLE_ADMIN, DOCUMENT_OPENING, true },
};

static void test_rights(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t people[ROLE_N], supplier;

	paper_office(&office, 20);
	supplier = paper_supplier(&office, "Молокозавод");
	for (Role role = 0; role < ROLE_N; role++)
		people[role] = paper_person(&office, role_code(role), role);
	for (size_t i = 0; i < G_N_ELEMENTS(rights); i++) {
		g_autoptr(Document) document = document_new(rights[i].kind, PAPER_SHOP);

		document->supplier_id = supplier;
		paper_line(document, ITEM, 1, 100);
		paper_text(&document->reason, "damaged");
		if (!rights[i].may) {
			paper_refused(&office, document, people[rights[i].role], PEOPLE_ERROR,
				      PEOPLE_ERROR_RIGHT, "");
			continue;
		}
		document_create(office.store, document, people[rights[i].role], &error);
		document_post(office.store, document->id, people[rights[i].role], &error);
		g_assert_no_error(error);
		g_assert_cmpint(room_ask(&office, "SELECT posted_by FROM document WHERE id = %d",
					 (int)document->id),
				==, people[rights[i].role]);
	}
	g_assert_false(document_reverse(office.store, 1, people[ROLE_STOCK], "", &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_assert_true(document_reverse(office.store, 1, people[ROLE_MANAGER], "wrong", NULL));
}

/* Who may receive but not set prices can post no delivery that sets one. */
static void test_a_price_needs_its_right(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	DocumentLine *line;
	int64_t person;

	paper_office(&office, 20);
	person = paper_person(&office, "Бат", ROLE_STOCK);
	line = paper_line(delivery, ITEM, 1, 100);
	line->has_price = true;
	line->price = 12345;
	paper_refused(&office, delivery, person, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT, "prices");
	line->price = 1000 + ITEM; /* as it is already */
	paper_post(&office, delivery);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/documents/delivery", test_delivery_comes_in_at_its_cost);
	g_test_add_func("/documents/cost_of_two_lines", test_cost_of_an_item_in_two_lines);
	g_test_add_func("/documents/late_delivery", test_late_delivery_keeps_the_newer_cost);
	g_test_add_func("/documents/prices", test_delivery_sets_prices);
	g_test_add_func("/documents/opening_revaluation", test_opening_and_revaluation);
	g_test_add_func("/documents/leaves", test_what_leaves_goes_at_the_average);
	g_test_add_func("/documents/reasons", test_a_write_off_says_why);
	g_test_add_func("/documents/transfer", test_a_transfer_arrives_in_parts);
	g_test_add_func("/documents/on_the_way", test_nothing_stays_on_the_way);
	g_test_add_func("/documents/arrival", test_an_arrival_is_of_its_transfer);
	g_test_add_func("/documents/order", test_an_order_is_delivered_in_parts);
	g_test_add_func("/documents/discrepancies", test_the_discrepancy_act);
	g_test_add_func("/documents/production", test_what_is_made_carries_what_went_in);
	g_test_add_func("/documents/count", test_a_count_is_posted);
	g_test_add_func("/documents/once", test_posted_once);
	g_test_add_func("/documents/paper_once", test_a_paper_counts_once);
	g_test_add_func("/documents/key_once", test_a_key_counts_once);
	g_test_add_func("/documents/reversed", test_reversed_is_as_if_it_had_not_been);
	g_test_add_func("/documents/tomorrow", test_nothing_speaks_of_tomorrow);
	g_test_add_func("/documents/wrong_line", test_a_wrong_line_leaves_nothing);
	g_test_add_func("/documents/refusing_table", test_a_table_that_refuses_leaves_nothing);
	g_test_add_func("/documents/rights", test_rights);
	g_test_add_func("/documents/price_right", test_a_price_needs_its_right);
	return g_test_run();
}
