/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/scanned_code.h"
#include "tests/session/play.h"
#include "tests/session/shop.h"

/* What scanners deliver beside plain numbers (protocols/scanner.md §4, §6 to §8). */

#define MORNING "login " MARY "\nopen-shift\n"
#define GS "\x1D"
#define RUB 643

static void test_identifiers_are_no_part_of_the_number(void)
{
	char *shop = shop_new("ru", NULL);

	play_through(shop, MORNING
		     "scan ]E0" BREAD "\nexpect total 25\n"
		     "scan ]E4" MILK_SHORT "\nexpect total 114.90\n"
		     "scan 3*]E0" BREAD "\nexpect total 189.90\n"
		     /* a periodical's issue after its number; the issue alone names nothing */
		     "scan ]E3" BREAD "05\nexpect total 214.90\n"
		     "-scan ]E105\nexpect code unreadable\n"
		     "-scan ]E0" BREAD GS "1\nexpect code unreadable\n");
	shop_remove(shop);
}

static void test_marked_goods_are_found(void)
{
	char *shop = shop_new("ru", NULL);
	json_auto_t *receipts = NULL;
	const json_t *lines;

	play_through(shop, MORNING
		     "scan ]d2010" BREAD "215abcDEF" GS "93dGVz\nexpect total 25\n"
		     /* no identifier came; a serial with a star multiplies nothing */
		     "scan 010" BREAD "215ab*DEF" GS "93dGVz\nexpect total 50\n"
		     "scan 010" BREAD "21512*456" GS "93dGVz\nexpect total 75\n"
		     /* each piece once, and by itself */
		     "-scan 010" BREAD "21512*456" GS "93dGVz\nexpect code mark-twice\n"
		     "-scan 2*]d2010" BREAD "21512*457" GS "93dGVz\nexpect code mark-twice\n"
		     "scan ]d2010" BREAD "21512*458" GS "93dGVz\nexpect total 100\n"
		     "scan ]Q3010" MILK "17501231\nexpect total 189.90\n"
		     "scan ]C10100000096385074\nexpect total 279.80\n"
		     /* a cigarette pack: no fields at all, and its price is not the shop's */
		     "scan ]d10" BREAD "AbC*Ef1ACBUx9Zq\nexpect total 304.80\n"
		     "-scan ]d20104600000000016215abc\nexpect code unreadable\n"
		     "-scan ]d2010460000000002\nexpect code unreadable\n"
		     "-scan ]d20104601234567893215abc\nexpect code not-found\n"
		     "expect message 4601234567893\n"
		     "-scan ]C100346012345678901230\nexpect code not-found\n"
		     "expect lines 7\npay cash\n");
	receipts = journal_of(shop, "receipt");
	lines = json_object_get(json_object_get(json_array_get(receipts, 0), "receipt"), "lines");
	g_assert_cmpstr(json_string_value(json_object_get(json_array_get(lines, 0), "code")), ==,
			BREAD);
	g_assert_cmpstr(json_string_value(json_object_get(json_array_get(lines, 5), "code")), ==,
			MILK_SHORT);
	shop_remove(shop);
}

static void test_weights_and_prices_of_the_symbol(void)
{
	char *shop = shop_new("ru", NULL);

	play_through(shop, MORNING "scan ]e0010" CHEESE "3103000400\nexpect total 200\n"
				   /* two such packages */
				   "scan 2*]e0010" CHEESE "3103000400\nexpect total 600\n"
				   /* the price on the label is what the shopper read */
				   "scan ]C1010" CHEESE "39229990\nexpect total 699.90\n"
				   "scan ]C1010" CHEESE "310300020039229990\nexpect total 799.80\n"
				   "-scan ]C1010" CHEESE "3103000000\nexpect code weigh-first\n"
				   "-scan ]C1010" CHEESE "3109000400\nexpect code unreadable\n"
				   "-scan ]C1010" CHEESE "3923100005\nexpect code unreadable\n"
				   "-scan ]C1010" CHEESE "17501231\nexpect code weigh-first\n"
				   /* of a package the weight is only told */
				   "scan ]C1010" BREAD "3103000400\nexpect total 824.80\n");
	shop_remove(shop);
}

static void test_counts_of_the_symbol(void)
{
	char *shop = shop_new("ru", NULL);

	play_through(shop, MORNING
		     "scan ]C1010" BREAD "3012\nexpect total 300\n"
		     "scan 2*]C1010" BREAD "3003\nexpect total 450\n"
		     "scan ]C1020" BREAD "3704\nexpect total 550\n"
		     /* what an SSCC's label counts is not what the goods' own number means */
		     "scan ]C1010" BREAD "3704\nexpect total 575\n"
		     "scan ]C1010" BREAD "3000000000\nexpect total 600\n"
		     "scan ]C1010" BREAD "3099999999\nexpect total 625\n"
		     "-scan ]C1010" CHEESE "3004\nexpect code weigh-first\n");
	shop_remove(shop);
}

/* What later work needs is there to be read. */
static void test_fields_stay_readable(void)
{
	g_auto(ScannedCode) scanned = { 0 };
	g_autofree char *number = NULL;
	int32_t day;

	g_assert_null(scanned_code_read("]d2010" BREAD "1726123121abc" GS "93dGVz", RUB, 2026,
					&scanned, &number));
	g_assert_cmpstr(scanned.code, ==, BREAD);
	g_assert_cmpstr(scanned.gs1.text, ==, "010" BREAD "1726123121abc" GS "93dGVz");
	g_assert_cmpint(gs1_get_date(&scanned.gs1, "17", 2026, &day), ==, GS1_FOUND);
	g_assert_cmpint(day, ==, 20261231);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scans/identifiers", test_identifiers_are_no_part_of_the_number);
	g_test_add_func("/scans/marked-goods", test_marked_goods_are_found);
	g_test_add_func("/scans/weights-and-prices", test_weights_and_prices_of_the_symbol);
	g_test_add_func("/scans/counts", test_counts_of_the_symbol);
	g_test_add_func("/scans/fields-stay-readable", test_fields_stay_readable);
	return g_test_run();
}
