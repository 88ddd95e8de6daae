/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches that expire, and pieces with a number each. */
#include "tests/office/papers.h"

#define ITEM 7
#define SECOND_SHOP 2

static DocumentLine *batch_line(Document *document, int64_t n, int64_t cost, const char *batch,
				int32_t expiry)
{
	DocumentLine *line = paper_line(document, ITEM, n, cost);

	paper_text(&line->batch, batch);
	line->expiry = expiry;
	return line;
}

static int64_t in_batch(FakeOffice *office, int64_t shop_id, int32_t expiry)
{
	return room_ask(office,
			"SELECT quantity / 1000000 FROM batch_balance x JOIN batch b ON b.id = "
			"x.batch_id WHERE x.shop_id = %d AND b.expiry = %d",
			(int)shop_id, (int)expiry);
}

/* Six of January and four of February. */
static void receive_two_batches(FakeOffice *office)
{
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	paper_office(office, 20);
	paper_item_expires(office, ITEM);
	batch_line(delivery, 4, 400, "F", 20270228);
	batch_line(delivery, 6, 600, "J", 20270131);
	paper_post(office, delivery);
}

static void test_what_expires_says_until_when(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) unsaid = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Document) more = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	receive_two_batches(&office);
	g_assert_cmpint(in_batch(&office, PAPER_SHOP, 20270131), ==, 6);
	g_assert_cmpint(in_batch(&office, PAPER_SHOP, 20270228), ==, 4);
	paper_line(unsaid, ITEM, 1, 100);
	paper_refused(&office, unsaid, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID, "until when");
	batch_line(more, 1, 100, "J", 20270131);
	paper_post(&office, more);
	g_assert_cmpint(room_ask(&office, "SELECT count(*) FROM batch"), ==, 2);
	g_assert_cmpint(in_batch(&office, PAPER_SHOP, 20270131), ==, 7);
}

static void test_a_named_batch_goes_out(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) off = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);
	g_autoptr(Document) unnamed = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);

	receive_two_batches(&office);
	paper_text(&off->reason, "damaged");
	batch_line(off, 1, -1, "F", 0);
	paper_post(&office, off);
	g_assert_cmpint(in_batch(&office, PAPER_SHOP, 20270228), ==, 3);
	paper_text(&unnamed->reason, "damaged");
	batch_line(unnamed, 1, -1, "", 0);
	paper_post(&office, unnamed);
	g_assert_cmpint(in_batch(&office, PAPER_SHOP, 20270131), ==, 5);
	paper_reverse(&office, off->id);
	g_assert_cmpint(in_batch(&office, PAPER_SHOP, 20270228), ==, 4);
}

/* Seven leave without a word on batches: six of January and one of February. They arrive in two
 * parts, and as the same. */
static void test_batches_travel(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) transfer = document_new(DOCUMENT_TRANSFER, PAPER_SHOP);
	g_autoptr(Document) first = document_new(DOCUMENT_ARRIVAL, SECOND_SHOP);
	g_autoptr(Document) rest = NULL;
	g_autoptr(GError) error = NULL;

	receive_two_batches(&office);
	transfer->other_shop = SECOND_SHOP;
	paper_line(transfer, ITEM, 7, -1);
	paper_post(&office, transfer);
	first->origin_id = transfer->id;
	first->other_shop = PAPER_SHOP;
	paper_line(first, ITEM, 2, -1);
	paper_post(&office, first);
	g_assert_cmpint(in_batch(&office, SECOND_SHOP, 20270131), ==, 2);

	rest = document_from_origin(office.store, transfer->id, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(rest->lines->len, ==, 2);
	for (guint i = 0; i < 2; i++) {
		DocumentLine *line = rest->lines->pdata[i];

		g_assert_cmpint(line->expected, ==, units(i == 0 ? 4 : 1));
		g_assert_cmpstr(line->batch, ==, i == 0 ? "J" : "F");
		line->quantity = line->expected;
	}
	paper_post(&office, rest);
	g_assert_cmpint(in_batch(&office, SECOND_SHOP, 20270131), ==, 6);
	g_assert_cmpint(in_batch(&office, SECOND_SHOP, 20270228), ==, 1);
	paper_stands(&office, SECOND_SHOP, ITEM, 7, 700);
	paper_reverse(&office, first->id);
	g_assert_cmpint(in_batch(&office, SECOND_SHOP, 20270131), ==, 4);
	{
		g_autoptr(Document) again =
			document_from_origin(office.store, transfer->id, &error);

		g_assert_cmpuint(again->lines->len, ==, 1);
		g_assert_cmpstr(((DocumentLine *)again->lines->pdata[0])->batch, ==, "J");
		g_assert_cmpint(((DocumentLine *)again->lines->pdata[0])->expected, ==, units(2));
	}
}

/* --- serial numbers ------------------------------------------------------------------------ */

static char *state_of(FakeOffice *office, const char *serial)
{
	char *state = room_ask_text(
		office,
		"SELECT state || ' ' || shop_id FROM serial WHERE item_id = %d AND serial = '%s'",
		ITEM, serial);

	return state != NULL ? state : g_strdup("");
}

static void piece_is(FakeOffice *office, const char *serial, const char *state)
{
	g_autofree char *is = state_of(office, serial);

	g_assert_cmpstr(is, ==, state);
}

static int64_t receive_pieces(FakeOffice *office, const char *serials)
{
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	paper_pieces(delivery, ITEM, serials, 30000);
	paper_post(office, delivery);
	return delivery->id;
}

static void test_each_piece_has_its_number(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) too_few = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Document) again = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(Document) unknown = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);
	g_autoptr(Document) other = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);

	paper_office(&office, 20);
	paper_item_has_serials(&office, ITEM);
	receive_pieces(&office, "A1 A2 A3");
	piece_is(&office, "A2", "here 1");
	paper_pieces(too_few, ITEM, "B1 B2", 100)->quantity = units(3);
	paper_refused(&office, too_few, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		      "3 pieces and 2 serial");
	paper_pieces(again, ITEM, "B1 A2", 100);
	paper_refused(&office, again, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		      "A2 is in stock already");
	paper_text(&unknown->reason, "stolen");
	paper_pieces(unknown, ITEM, "C9", -1);
	paper_refused(&office, unknown, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		      "C9 is not in this shop");
	paper_pieces(other, 8, "X1", 100);
	paper_refused(&office, other, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		      "not kept by serial number");
}

static void test_pieces_travel_and_come_back(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) transfer = document_new(DOCUMENT_TRANSFER, PAPER_SHOP);
	g_autoptr(Document) arrival = document_new(DOCUMENT_ARRIVAL, SECOND_SHOP);
	g_autoptr(Document) wrong = document_new(DOCUMENT_ARRIVAL, SECOND_SHOP);

	paper_office(&office, 20);
	paper_item_has_serials(&office, ITEM);
	receive_pieces(&office, "A1 A2 A3");
	transfer->other_shop = SECOND_SHOP;
	paper_pieces(transfer, ITEM, "A1 A3", -1);
	paper_post(&office, transfer);
	piece_is(&office, "A1", "on-the-way 1");
	wrong->origin_id = arrival->origin_id = transfer->id;
	paper_pieces(wrong, ITEM, "A2", -1);
	paper_refused(&office, wrong, 0, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID,
		      "A2 is not on the way");
	paper_pieces(arrival, ITEM, "A1", -1);
	paper_post(&office, arrival);
	piece_is(&office, "A1", "here 2");
	paper_reverse(&office, arrival->id);
	piece_is(&office, "A1", "on-the-way 1");
	paper_reverse(&office, transfer->id);
	piece_is(&office, "A1", "here 1");
	piece_is(&office, "A3", "here 1");
	paper_stands(&office, PAPER_SHOP, ITEM, 3, 30000);
}

/* A piece that has been written off since stands on its delivery. */
static void test_a_piece_that_moved_on(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Document) off = document_new(DOCUMENT_WRITE_OFF, PAPER_SHOP);
	g_autoptr(GError) error = NULL;
	int64_t delivery;

	paper_office(&office, 20);
	paper_item_has_serials(&office, ITEM);
	delivery = receive_pieces(&office, "A1 A2");
	paper_text(&off->reason, "damaged");
	paper_pieces(off, ITEM, "A2", -1);
	paper_post(&office, off);
	piece_is(&office, "A2", "gone 1");
	g_assert_false(document_reverse(office.store, delivery, 0, "", &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_USED);
	piece_is(&office, "A1", "here 1");
	paper_reverse(&office, off->id);
	paper_reverse(&office, delivery);
	piece_is(&office, "A1", "gone 1");
	/* It comes a second time, and for good. */
	receive_pieces(&office, "A1 A2");
	piece_is(&office, "A1", "here 1");
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/pieces/expiry", test_what_expires_says_until_when);
	g_test_add_func("/pieces/named", test_a_named_batch_goes_out);
	g_test_add_func("/pieces/batches_travel", test_batches_travel);
	g_test_add_func("/pieces/numbers", test_each_piece_has_its_number);
	g_test_add_func("/pieces/travel", test_pieces_travel_and_come_back);
	g_test_add_func("/pieces/moved_on", test_a_piece_that_moved_on);
	return g_test_run();
}
