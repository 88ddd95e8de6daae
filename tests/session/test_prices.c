/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/fiscal_document.h"
#include "pos/till/till_db.h"
#include "tests/session/live_till.h"
#include "tests/session/play.h"
#include "tests/session/shifted_clock.h"
#include "tests/session/shop.h"

/* What an office with a stockroom has told the till, and a till that stands alone with it. */

#define SECOND INT64_C(1000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define NOON (INT64_C(1795424400) * SECOND) /* Monday, 2026-11-23 12:00 in Moscow */

#define ITEM(id, name, price, codes, more)                                                         \
	"{\"id\":" #id ",\"article\":\"\",\"name\":\"" name                                        \
	"\",\"category\":\"\",\"brand\":\"\",\"unit\":\"pcs\",\"weighed\":false,\"price\":" #price \
	",\"tax\":1,\"barcodes\":[" codes "],\"deleted\":false" more "}"

/* kopecks: bread 25.00, 31.00 from noon on, 20.00 for the group 1, 22.00 in the evening */
#define BREAD_PRICES                                                                               \
	",\"prices\":[{\"kind\":1,\"first_at\":1795424400000000,\"amount\":3100},"                 \
	"{\"kind\":2,\"first_at\":0,\"amount\":2000},"                                             \
	"{\"kind\":3,\"first_at\":0,\"amount\":2200}]"
#define CHANGES(items)                                                                             \
	"{\"revision\":2,\"more\":false,\"items\":[" items                                         \
	"],\"price_kinds\":[{\"id\":2,\"name\":\"members\",\"deleted\":false},"                    \
	"{\"id\":3,\"name\":\"evening\",\"deleted\":false}],"                                      \
	"\"price_rules\":["                                                                        \
	"{\"id\":1,\"kind\":2,\"group\":1,\"weekdays\":127,\"minute\":0,\"until\":1440,"           \
	"\"first_day\":0,\"last_day\":99991231,\"rank\":10,\"deleted\":false},"                    \
	"{\"id\":2,\"kind\":3,\"group\":null,\"weekdays\":31,\"minute\":1140,\"until\":1320,"      \
	"\"first_day\":0,\"last_day\":20261124,\"rank\":5,\"deleted\":false}],"                    \
	"\"customers\":[{\"id\":1,\"code\":\"CARD-7\",\"name\":\"Bold\",\"contact\":\"\","         \
	"\"group\":1,\"deleted\":false},"                                                          \
	"{\"id\":2,\"code\":\"CARD-8\",\"name\":\"Sara\",\"contact\":\"\",\"group\":null,"         \
	"\"deleted\":false}]}"

/* 12 bottles under a code of their own, as one and at a price of their own; 24 cost more than 24.
 */
#define BOTTLE "4600000000107"
#define BOX_OF_6 "4600000000114"
#define BOX_OF_12 "4600000000121"
#define BOX_OF_24 "4600000000138"
#define YOGHURT "4600000000145"
#define PHONE "4600000000152"
#define WATER                                                                                      \
	ITEM(20, "Water", 1000, "\"" BOTTLE "\"",                                                  \
	     ",\"packs\":[{\"code\":\"" BOX_OF_6 "\",\"factor\":6000000},"                         \
	     "{\"code\":\"" BOX_OF_12 "\",\"factor\":12000000,\"price\":11000},"                   \
	     "{\"code\":\"" BOX_OF_24 "\",\"factor\":24000000,\"price\":25000}],"                  \
	     "\"prices\":[{\"kind\":2,\"first_at\":0,\"amount\":900}]")

static LiveTill till_with(const char *changes, int64_t at)
{
	char *directory = shop_new("ru", NULL);

	shifted_clock_set(at);
	live_till_goods(directory, changes);
	return live_till_open(directory);
}

static LiveTill bread_till(int64_t at)
{
	return till_with(CHANGES(ITEM(1, "Bread", 2500, "\"" BREAD "\"", BREAD_PRICES)), at);
}

/* --- a price of a time to come -----------------------------------------------------------------
 */

/* No hub is there, and nobody does anything: the clock alone. */
static void test_price_begins_at_its_minute(void)
{
	LiveTill till = bread_till(NOON - HOUR);

	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 2500);
	shifted_clock_set(NOON - SECOND / 2);
	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 5000);
	shifted_clock_set(NOON);
	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 8100);
	g_assert_cmpint(live_till_line(&till, 1)->price.minor, ==, 2500); /* as it was scanned */
	g_assert_cmpint(live_till_line(&till, 3)->price.minor, ==, 3100);
	live_till_close(&till);
}

static void test_search_shows_the_price_of_now(void)
{
	LiveTill till = bread_till(NOON - MINUTE);
	const SessionFound *found;

	live_till_send(&till, SESSION_LOGIN, MARY);
	found = live_till_send(&till, SESSION_FIND, "bread")->found->pdata[0];
	g_assert_cmpint(found->price.minor, ==, 2500);
	shifted_clock_set(NOON + MINUTE);
	found = live_till_send(&till, SESSION_FIND, "brea")->found->pdata[0];
	g_assert_cmpint(found->price.minor, ==, 3100);
	live_till_close(&till);
}

/* Somebody sets the clock, or a battery is empty: what is true follows the clock at once. */
static void test_clock_that_jumps(void)
{
	LiveTill till = bread_till(NOON + 40 * 24 * HOUR);

	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 3100);
	shifted_clock_set(NOON - 40 * 24 * HOUR);
	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 5600);
	shifted_clock_set(NOON + HOUR);
	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 8700);
	live_till_close(&till);
}

/* --- who, and when -----------------------------------------------------------------------------
 */

static void test_rules_by_the_shops_clock(void)
{
	/* the evening is Monday to Friday, 19:00 to 22:00 in Moscow, up to the 24th */
	static const struct {
		int64_t at;
		const char *card;
		int64_t price;
	} cases[] = {
		{ NOON + 7 * HOUR - SECOND, NULL, 3100 },
		{ NOON + 7 * HOUR, NULL, 2200 },
		{ NOON + 10 * HOUR - SECOND, NULL, 2200 },
		{ NOON + 10 * HOUR, NULL, 3100 },
		{ NOON + 31 * HOUR, NULL, 2200 }, /* Tuesday the 24th */
		{ NOON + 55 * HOUR, NULL, 3100 }, /* Wednesday the 25th: over */
		{ NOON + 7 * HOUR, "CARD-7", 2000 }, /* the higher rank */
		{ NOON + 7 * HOUR, "CARD-8", 2200 }, /* a card of no group */
		{ NOON, "CARD-7", 2000 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		LiveTill till = bread_till(cases[i].at);

		if (cases[i].card != NULL)
			live_till_scan(&till, cases[i].card);
		g_assert_cmpint(live_till_scan(&till, BREAD), ==, cases[i].price);
		live_till_close(&till);
	}
}

/* Bread before noon, after noon, at a typed price, apples by their label, milk without a price for
 * members; then the card. */
static void test_card_that_comes_late(void)
{
	LiveTill till = bread_till(NOON - HOUR);
	const SessionView *view;

	live_till_scan(&till, BREAD);
	live_till_scan(&till, MILK);
	live_till_scan(&till, APPLES_1234);
	live_till_scan(&till, BREAD);
	live_till_send_number(&till, SESSION_PRICE, "30", 4);
	view = live_till_send(&till, SESSION_OVERRIDE, ANN);
	g_assert_cmpint(view->totals.total.minor, ==, 2500 + 8990 + 14870 + 3000);
	live_till_scan(&till, "CARD-7");
	g_assert_cmpstr(till.view->message_code, ==, "customer-card");
	g_assert_cmpstr(till.view->customer[CUSTOMER_CARD], ==, "Bold");
	g_assert_cmpint(till.view->totals.total.minor, ==, 2000 + 8990 + 14870 + 3000);
	/* noon has passed when it is taken off: the first bread is that of before noon */
	shifted_clock_set(NOON + HOUR);
	view = live_till_send(&till, SESSION_CUSTOMER, "");
	g_assert_cmpint(view->totals.total.minor, ==, 2500 + 8990 + 14870 + 3000);
	g_assert_cmpstr(view->customer[CUSTOMER_CARD], ==, "");
	live_till_close(&till);
}

static void test_card_lives_through_everything(void)
{
	LiveTill till = bread_till(NOON);
	const SessionView *view;

	live_till_scan(&till, BREAD);
	live_till_send(&till, SESSION_CUSTOMER, "CARD-7");
	g_assert_cmpint(till.view->totals.total.minor, ==, 2000);
	live_till_restart(&till);
	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 4000);
	view = live_till_send(&till, SESSION_HOLD, NULL);
	g_assert_true(view->ok);
	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 3100); /* the next shopper's */
	live_till_send_number(&till, SESSION_VOID_LINE, NULL, 1);
	view = live_till_send(&till, SESSION_RECALL, NULL);
	g_assert_cmpstr(view->customer[CUSTOMER_CARD], ==, "Bold");
	g_assert_cmpint(live_till_scan(&till, BREAD), ==, 6000);
	/* once money has come prices stay */
	live_till_send(&till, SESSION_PAY_CASH, "10");
	live_till_refuse(&till, SESSION_CUSTOMER, "CARD-8", "paying");
	view = live_till_send(&till, SESSION_PAY_CASH, "50");
	g_assert_cmpint(view->state, ==, SESSION_PAID);
	live_till_close(&till);
}

static void test_receipt_says_why(void)
{
	LiveTill till = bread_till(NOON);
	json_auto_t *entries = NULL;
	const json_t *receipt, *line;

	live_till_scan(&till, "CARD-7");
	live_till_scan(&till, BREAD);
	live_till_scan(&till, MILK);
	live_till_send(&till, SESSION_PAY_CASH, NULL);
	live_till_restart(&till);
	entries = journal_of(till.directory, "receipt");
	receipt = json_object_get(json_array_get(entries, 0), "receipt");
	g_assert_cmpstr(
		json_string_value(json_object_get(json_object_get(receipt, "customer"), "card")),
		==, "CARD-7");
	line = json_array_get(json_object_get(receipt, "lines"), 0);
	g_assert_cmpint(json_integer_value(json_object_get(line, "kind")), ==, 2);
	g_assert_cmpint(json_integer_value(json_object_get(line, "at")), >=, NOON);
	line = json_array_get(json_object_get(receipt, "lines"), 1);
	g_assert_null(json_object_get(line, "kind"));
	live_till_close(&till);
}

/* --- packs -------------------------------------------------------------------------------------
 */

static void check_line(const LiveTill *till, int number, int64_t units, int64_t net)
{
	const SessionLine *line = live_till_line(till, number);

	g_assert_cmpint(line->quantity.micro, ==, units * QUANTITY_ONE);
	g_assert_cmpint(line->net.minor, ==, net);
}

static void test_packs_are_units(void)
{
	LiveTill till = till_with(CHANGES(WATER), NOON);

	live_till_scan(&till, BOTTLE);
	check_line(&till, 1, 1, 1000);
	live_till_scan(&till, BOX_OF_6);
	check_line(&till, 2, 6, 6000);
	live_till_scan(&till, "3*" BOX_OF_6);
	check_line(&till, 3, 18, 18000);
	live_till_scan(&till, BOX_OF_12);
	check_line(&till, 4, 12, 11000);
	g_assert_cmpint(live_till_line(&till, 4)->price.minor, ==, 1000);
	live_till_scan(&till, "2*" BOX_OF_12);
	check_line(&till, 5, 24, 22000);
	live_till_scan(&till, BOX_OF_24); /* dearer than its units: they are sold */
	check_line(&till, 6, 24, 24000);
	live_till_close(&till);
}

/* Two boxes and a bottle, one box, no whole box, and back. */
static void test_pack_of_another_quantity(void)
{
	LiveTill till = till_with(CHANGES(WATER), NOON);

	live_till_scan(&till, BOX_OF_12);
	live_till_send_number(&till, SESSION_QUANTITY, "25", 1);
	check_line(&till, 1, 25, 23000);
	live_till_send_number(&till, SESSION_QUANTITY, "1", 1);
	check_line(&till, 1, 1, 1000);
	live_till_send_number(&till, SESSION_QUANTITY, "12", 1);
	check_line(&till, 1, 12, 11000);
	/* a discount that somebody gave is theirs */
	live_till_send_number(&till, SESSION_DISCOUNT_LINE, "5%", 1);
	check_line(&till, 1, 12, 11400);
	live_till_send_number(&till, SESSION_QUANTITY, "24", 1);
	check_line(&till, 1, 24, 22800);
	live_till_close(&till);
}

/* Members pay 9.00 a bottle: 108.00 for twelve, less than the box's 110.00. */
static void test_pack_and_card(void)
{
	LiveTill till = till_with(CHANGES(WATER), NOON);

	live_till_scan(&till, BOX_OF_12);
	live_till_scan(&till, "CARD-7");
	check_line(&till, 1, 12, 10800);
	live_till_send(&till, SESSION_CUSTOMER, "");
	check_line(&till, 1, 12, 11000);
	live_till_close(&till);
}

static void test_part_of_a_pack_comes_back(void)
{
	LiveTill till = till_with(CHANGES(WATER), NOON);
	const SessionView *view;

	live_till_scan(&till, BOX_OF_12);
	live_till_send(&till, SESSION_PAY_CASH, "200");
	/* a twelfth of 110.00 is 9.1666…: three of them are 27.50 */
	view = live_till_send(&till, SESSION_RETURN, "T1-000001 1 3");
	g_assert_true(view->ok);
	g_assert_cmpint(view->totals.total.minor, ==, 2750);
	view = live_till_send(&till, SESSION_GIVE_BACK, NULL);
	g_assert_cmpint(view->state, ==, SESSION_PAID);
	view = live_till_send(&till, SESSION_RETURN, "T1-000001");
	g_assert_cmpint(view->totals.total.minor, ==, 8250);
	live_till_close(&till);
}

/* --- last days ---------------------------------------------------------------------------------
 */

#define FRESH "{\"revision\":3,\"expiries\":[{\"item\":21,\"sell_until\":20261123}]}"
#define STALE "{\"revision\":3,\"expiries\":[{\"item\":21,\"sell_until\":20261122}]}"
#define YOGHURT_ITEM ITEM(21, "Yoghurt", 500, "\"" YOGHURT "\"", ",\"expires\":true")

/* The code names the day: the 23rd is the last, and it is noon of the 23rd in Moscow. */
static void test_expired_by_its_code(void)
{
	static const struct {
		const char *code;
		bool sold;
	} cases[] = {
		{ "]C1010" YOGHURT "17261123", true },
		{ "]C1010" YOGHURT "17261122", false },
		{ "]C1010" YOGHURT "15261122", false },
		{ "]C1010" YOGHURT "16261122", false },
		{ "]C1010" YOGHURT "70032611222359", false },
		{ "]C1010" YOGHURT "70032611230000", true },
		{ "]C1010" YOGHURT "17261100", true }, /* the last day of November */
		{ "]C1010" YOGHURT "11261001", true }, /* made on */
		{ "]C1010" YOGHURT "1726123115261122", false }, /* the first of both */
		{ YOGHURT, true }, /* nothing is known */
	};
	LiveTill till = till_with(CHANGES(YOGHURT_ITEM), NOON);

	live_till_send(&till, SESSION_LOGIN, MARY);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const SessionView *view = live_till_send(&till, SESSION_SCAN, cases[i].code);

		g_test_message("%s", cases[i].code);
		g_assert_cmpint(view->ok, ==, cases[i].sold);
		if (!cases[i].sold)
			g_assert_cmpstr(view->message_code, ==, "expired");
		g_assert_cmpint(view->sound, ==,
				cases[i].sold ? SESSION_SOUND_SCAN : SESSION_SOUND_REFUSE);
	}
	live_till_close(&till);
}

static void test_midnight_is_the_shops(void)
{
	LiveTill till = till_with(CHANGES(YOGHURT_ITEM), NOON + 12 * HOUR - SECOND);

	live_till_scan(&till, "]C1010" YOGHURT "17261123");
	shifted_clock_set(NOON + 12 * HOUR);
	live_till_refuse(&till, SESSION_SCAN, "]C1010" YOGHURT "17261123", "expired");
	live_till_close(&till);
}

static void test_expired_by_what_the_office_knows(void)
{
	LiveTill till = till_with(CHANGES(YOGHURT_ITEM), NOON);

	live_till_goods(till.directory, FRESH);
	live_till_scan(&till, YOGHURT);
	live_till_goods(till.directory, STALE);
	live_till_refuse(&till, SESSION_SCAN, YOGHURT, "expired");
	live_till_refuse(&till, SESSION_SCAN, "3*" YOGHURT, "expired");
	live_till_send_number(&till, SESSION_ADD_FOUND, NULL, 21);
	g_assert_cmpstr(till.view->message_code, ==, "expired");
	/* this very pack is another batch, and still good */
	live_till_scan(&till, "]C1010" YOGHURT "17261201");
	live_till_goods(till.directory,
			"{\"revision\":4,\"expiries\":[{\"item\":21,\"sell_until\":null}]}");
	live_till_scan(&till, YOGHURT);
	g_assert_cmpuint(till.view->lines->len, ==, 3);
	live_till_close(&till);
}

/* Even a senior types the PIN: nobody sells such goods by the way. */
static void test_expired_is_sold_with_a_pin(void)
{
	LiveTill till = till_with(CHANGES(YOGHURT_ITEM), NOON);
	json_auto_t *receipts = NULL, *overrides = NULL;
	const json_t *line;

	live_till_send(&till, SESSION_LOGIN, ANN);
	live_till_refuse(&till, SESSION_SCAN, "]C1010" YOGHURT "17261122", "expired");
	g_assert_true(till.view->asks_override);
	live_till_refuse(&till, SESSION_OVERRIDE, MARY, "override-right");
	live_till_send(&till, SESSION_OVERRIDE, ANN);
	g_assert_true(till.view->ok);
	g_assert_cmpuint(till.view->lines->len, ==, 1);
	/* one PIN, one sale */
	live_till_refuse(&till, SESSION_SCAN, "]C1010" YOGHURT "17261122", "expired");
	live_till_send(&till, SESSION_PAY_CASH, NULL);
	live_till_restart(&till);
	receipts = journal_of(till.directory, "receipt");
	line = json_array_get(
		json_object_get(json_object_get(json_array_get(receipts, 0), "receipt"), "lines"),
		0);
	g_assert_cmpint(json_integer_value(json_object_get(line, "expiry")), ==, 20261122);
	overrides = journal_of(till.directory, "override");
	g_assert_cmpuint(json_array_size(overrides), ==, 1);
	g_assert_cmpstr(json_string_value(json_object_get(json_array_get(overrides, 0), "right")),
			==, "expired");
	live_till_close(&till);
}

/* --- pieces ------------------------------------------------------------------------------------
 */

#define PHONES                                                                                     \
	ITEM(22, "Phone", 990000, "\"" PHONE "\"", ",\"serials\":true")                            \
	"," ITEM(23, "Cigarettes", 20000, "\"" BOTTLE "\"", ",\"marked\":true")

static void test_marked_goods_want_their_own_code(void)
{
	LiveTill till = till_with(CHANGES(PHONES), NOON);

	live_till_send(&till, SESSION_LOGIN, MARY);
	live_till_refuse(&till, SESSION_SCAN, BOTTLE, "mark-wanted");
	live_till_scan(&till, "]d2010" BOTTLE "21abc\x1d"
			      "93dGVz");
	g_assert_true(live_till_line(&till, 1)->marked);
	live_till_close(&till);
}

static void test_serial_numbers_are_asked_for(void)
{
	LiveTill till = till_with(CHANGES(PHONES), NOON);
	json_auto_t *receipts = NULL;
	const json_t *lines;

	live_till_send(&till, SESSION_LOGIN, MARY);
	live_till_refuse(&till, SESSION_SCAN, "2*" PHONE, "one-by-one");
	live_till_scan(&till, "]C1010" PHONE "21SN-1"); /* the code has it */
	live_till_scan(&till, PHONE);
	g_assert_cmpstr(till.view->message_code, ==, "serial-wanted");
	g_assert_false(till.view->asks_price);
	live_till_refuse(&till, SESSION_PAY_CASH, NULL, "serial-wanted-first");
	live_till_refuse(&till, SESSION_PRICE, "5", "serial-wanted-first");
	live_till_scan(&till, "356938035643809"); /* an IMEI */
	g_assert_cmpuint(till.view->lines->len, ==, 2);
	live_till_scan(&till, PHONE);
	live_till_send(&till, SESSION_SCAN, "SN-1"); /* sold a moment ago */
	g_assert_false(till.view->ok);
	g_assert_cmpuint(till.view->lines->len, ==, 2);
	live_till_scan(&till, PHONE);
	live_till_scan(&till, BREAD); /* other goods: the phone is left out */
	g_assert_cmpstr(till.view->message_code, ==, "serial-left-out");
	live_till_send(&till, SESSION_PAY_CASH, NULL);
	g_assert_cmpint(till.view->state, ==, SESSION_PAID);
	live_till_restart(&till);
	receipts = journal_of(till.directory, "receipt");
	lines = json_object_get(json_object_get(json_array_get(receipts, 0), "receipt"), "lines");
	g_assert_cmpuint(json_array_size(lines), ==, 3);
	g_assert_cmpstr(json_string_value(json_object_get(json_array_get(lines, 1), "serial")), ==,
			"356938035643809");
	live_till_close(&till);
}

/* --- the registrar -----------------------------------------------------------------------------
 */

static void check_class(const char *directory, int line, const char *expected)
{
	g_autofree char *path = g_build_filename(directory, "till.db", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(TillDb) db = till_db_open(path, &error);
	FiscalRow row = { .request.kind = FISCAL_SALE, .cashier_name = (char *)"Mary" };
	g_auto(FiscalPaper) paper = { 0 };
	g_auto(TillOpen) open = { 0 };

	g_assert_no_error(error);
	g_assert_true(till_db_load_receipt(db, &open, &error));
	row.total = receipt_get_totals(open.receipt)->total;
	fiscal_paper_load(db, &row, &paper, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(paper.document.lines[line].classification, ==, expected);
}

/* The tax office's code of the goods goes into the document; what is none is left to the shop's. */
static void test_class_of_the_goods(void)
{
	LiveTill till = till_with(
		CHANGES(ITEM(30, "Juice", 300, "\"" BOTTLE "\"",
			     ",\"classification\":\"2432020\"") "," ITEM(31, "Other", 300,
									 "\"" BOX_OF_6 "\"",
									 ",\"classification\":\"24-"
									 "32\"")),
		NOON);

	live_till_scan(&till, BOTTLE);
	live_till_scan(&till, BOX_OF_6);
	live_till_scan(&till, BREAD);
	live_till_restart(&till); /* and it is on the disk */
	check_class(till.directory, 0, "2432020");
	check_class(till.directory, 1, NULL);
	check_class(till.directory, 2, NULL);
	live_till_close(&till);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func("/prices/" name, function)
	ADD("begin-at-their-minute", test_price_begins_at_its_minute);
	ADD("search-shows-the-price-of-now", test_search_shows_the_price_of_now);
	ADD("clock-that-jumps", test_clock_that_jumps);
	ADD("rules-by-the-shops-clock", test_rules_by_the_shops_clock);
	ADD("card-that-comes-late", test_card_that_comes_late);
	ADD("card-lives-through-everything", test_card_lives_through_everything);
	ADD("receipt-says-why", test_receipt_says_why);
	ADD("packs-are-units", test_packs_are_units);
	ADD("pack-of-another-quantity", test_pack_of_another_quantity);
	ADD("pack-and-card", test_pack_and_card);
	ADD("part-of-a-pack-comes-back", test_part_of_a_pack_comes_back);
	ADD("expired-by-its-code", test_expired_by_its_code);
	ADD("midnight-is-the-shops", test_midnight_is_the_shops);
	ADD("expired-by-what-the-office-knows", test_expired_by_what_the_office_knows);
	ADD("expired-is-sold-with-a-pin", test_expired_is_sold_with_a_pin);
	ADD("marked-goods-want-their-own-code", test_marked_goods_want_their_own_code);
	ADD("serial-numbers-are-asked-for", test_serial_numbers_are_asked_for);
	ADD("class-of-the-goods", test_class_of_the_goods);
	return g_test_run();
}
