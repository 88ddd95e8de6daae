/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/barcode.h"
#include "core/gs1.h"
#include "core/tobacco_pack.h"

#include <string.h>

#define GS "\x1D"
#define RUB 643
#define MNT 496
#define USD 840

static char *dup_fields(const Gs1 *gs1)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < gs1->n_fields; i++)
		g_string_append_printf(text, "%s %.*s;", gs1->fields[i].ai, (int)gs1->fields[i].len,
				       gs1->fields[i].value);
	return g_string_free(text, FALSE);
}

/* scanner.md §6.5, and what scanners make of them (§1, §9). */
static const struct {
	const char *what, *text, *fields; /* fields NULL: refused */
} strings[] = {
	{ "E1", "010001234567890531030012341726123110LOT1",
	  "01 00012345678905;3103 001234;17 261231;10 LOT1;" },
	{ "E2", "010460123456789321abcDEF1234567" GS "91EE05" GS "92dGVzdA==",
	  "01 04601234567893;21 abcDEF1234567;91 EE05;92 dGVzdA==;" },
	{ "E3", "0104601234567893215abcDEF" GS "93dGVz", "01 04601234567893;21 5abcDEF;93 dGVz;" },
	{ "E4", "00346012345678901234", "00 346012345678901234;" },
	{ "E5", "01046012345678933103001234392289900" GS,
	  "01 04601234567893;3103 001234;3922 89900;" },
	{ "E6", "1726023110ABC" GS "21X", "17 260231;10 ABC;21 X;" },
	{ "E7", "0104601234567893211234567" GS "8005129000" GS "93dGVz" GS,
	  "01 04601234567893;21 1234567;8005 129000;93 dGVz;" },
	{ "separator after a fixed field", "0104601234567893" GS "3103001234",
	  "01 04601234567893;3103 001234;" },
	{ "doubled separators", GS "0104601234567893215abcDEF" GS GS "93dGVz" GS GS,
	  "01 04601234567893;21 5abcDEF;93 dGVz;" },
	{ "separators replaced by |", "0104601234567893215abcDEF|93dGVz",
	  "01 04601234567893;21 5abcDEF;93 dGVz;" },
	{ "separators replaced by ~", "0104601234567893215abcDEF~93dGVz",
	  "01 04601234567893;21 5abcDEF;93 dGVz;" },
	{ "unknown, but of known length", "0104601234567893" GS "4321AB" GS "7020X",
	  "01 04601234567893;4321 AB;7020 X;" },
	{ "the same twice", "0104601234567893" GS "0104601234567893", "01 04601234567893;" },

	{ "wrong check digit", "0104601234567894", NULL },
	{ "two goods in one", "0104601234567893" GS "0100012345678905", NULL },
	{ "cut", "010460123456789", NULL },
	{ "cut in a weight", "010460123456789331030012", NULL },
	{ "letters in a weight", "01046012345678933103O01234", NULL },
	{ "no such identifier", "0104601234567893" GS "5012", NULL },
	{ "too long a batch", "10123456789012345678901" GS, NULL },
	{ "empty batch", "10" GS "21X", NULL },
	{ "no element string", "https://example.org/", NULL },
	{ "Cyrillic", "21Карта" GS "10A", NULL },
	{ "separators only", GS GS, NULL },
	{ "empty", "", NULL },
};

static void test_element_strings(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++) {
		g_auto(Gs1) gs1 = { 0 };
		g_autoptr(GError) error = NULL;
		g_autofree char *fields = NULL;

		g_test_message("%s", strings[i].what);
		if (strings[i].fields == NULL) {
			g_assert_false(gs1_parse(strings[i].text, &gs1, &error));
			g_assert_error(error, GS1_ERROR, GS1_ERROR_BAD);
			g_assert_null(gs1.text);
			continue;
		}
		g_assert_true(gs1_parse(strings[i].text, &gs1, &error));
		g_assert_no_error(error);
		fields = dup_fields(&gs1);
		g_assert_cmpstr(fields, ==, strings[i].fields);
		g_assert_cmpstr(gs1.text, ==, strings[i].text);
	}
}

/* §6.4 */
static const struct {
	const char *text, *fields; /* fields NULL: several readings */
	bool unsure;
} lost[] = {
	/* one field of free length, at the end: nothing was lost, and nothing else can be read */
	{ "010460123456789310LOT1", "01 04601234567893;10 LOT1;", false },
	/* too long for a batch alone; only one place to cut */
	{ "0104601234567893"
	  "10ABCDEFGHIJKLMNOPQRST"
	  "17261231",
	  "01 04601234567893;10 ABCDEFGHIJKLMNOPQRST;17 261231;", false },
	/* what stands before the serial is certain, the serial is not */
	{ "010460123456789321ABCDEF93dGVz", "01 04601234567893;21 ABCDEF93dGVz;", true },
	{ "010460123456789321abcDEF123456791EE0592dGVzdA==", NULL, false },
};

static void test_lost_separators(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(lost); i++) {
		g_auto(Gs1) gs1 = { 0 };
		g_autoptr(GError) error = NULL;
		g_autofree char *fields = NULL;

		g_test_message("%s", lost[i].text);
		if (!gs1_parse(lost[i].text, &gs1, &error)) {
			g_assert_null(lost[i].fields);
			g_assert_error(error, GS1_ERROR, GS1_ERROR_AMBIGUOUS);
			continue;
		}
		fields = dup_fields(&gs1);
		g_assert_cmpstr(fields, ==, lost[i].fields);
		g_assert_cmpint(gs1.unsure, ==, lost[i].unsure);
	}
}

static void test_too_many_fields(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_auto(Gs1) gs1 = { 0 };
	g_autoptr(GError) error = NULL;

	for (int i = 0; i <= GS1_MAX_FIELDS; i++)
		g_string_append_printf(text, "43%02dX" GS, i);
	g_assert_false(gs1_parse(text->str, &gs1, &error));
	g_assert_error(error, GS1_ERROR, GS1_ERROR_BAD);
}

static void test_gtin(void)
{
	static const struct {
		const char *text, *gtin;
	} cases[] = {
		{ "0104601234567893"
		  "3103001234",
		  "04601234567893" },
		{ "0204601234567893"
		  "3712",
		  "04601234567893" },
		{ "00346012345678901234", NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Gs1) gs1 = { 0 };
		char gtin[15] = "";

		g_assert_true(gs1_parse(cases[i].text, &gs1, NULL));
		g_assert_cmpint(gs1_get_gtin(&gs1, gtin), ==,
				cases[i].gtin != NULL ? GS1_FOUND : GS1_ABSENT);
		g_assert_cmpstr(gtin, ==, cases[i].gtin != NULL ? cases[i].gtin : "");
	}
}

static void test_dates(void)
{
	static const struct {
		const char *value;
		int this_year;
		int32_t day; /* 0: no such day */
	} cases[] = {
		{ "261231", 2026, 20261231 },
		{ "260200", 2026, 20260228 }, /* the last of the month */
		{ "280200", 2026, 20280229 },
		{ "261200", 2026, 20261231 },
		{ "260231", 2026, 0 }, /* E6 */
		{ "270229", 2026, 0 },
		{ "261301", 2026, 0 },
		{ "260001", 2026, 0 },
		{ "260431", 2026, 0 },
		/* GS1 7.12: 51 to 99 ahead is the last century, 50 back is the next */
		{ "760101", 2026, 20760101 },
		{ "770101", 2026, 19770101 },
		{ "990101", 2026, 19990101 },
		{ "000101", 2026, 20000101 },
		{ "010101", 2060, 21010101 },
		{ "100101", 2060, 21100101 },
		{ "110101", 2060, 20110101 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = g_strconcat("17", cases[i].value, NULL);
		g_auto(Gs1) gs1 = { 0 };
		int32_t day = 0;

		g_test_message("%s in %d", cases[i].value, cases[i].this_year);
		g_assert_true(gs1_parse(text, &gs1, NULL));
		g_assert_cmpint(gs1_get_date(&gs1, "17", cases[i].this_year, &day), ==,
				cases[i].day != 0 ? GS1_FOUND : GS1_INVALID);
		g_assert_cmpint(day, ==, cases[i].day);
		g_assert_cmpint(gs1_get_date(&gs1, "15", cases[i].this_year, &day), ==, GS1_ABSENT);
	}
}

static void test_weights_and_counts(void)
{
	static const struct {
		const char *text;
		Gs1Answer answer;
		int64_t micro;
	} weights[] = {
		{ "3103001234", GS1_FOUND, 1234000 }, { "3100000012", GS1_FOUND, 12000000 },
		{ "3105012345", GS1_FOUND, 123450 },  { "3106000001", GS1_FOUND, 1 },
		{ "3109000001", GS1_INVALID, 0 },     { "3203001234", GS1_ABSENT, 0 },
		{ "3103000000", GS1_FOUND, 0 },
	};
	static const struct {
		const char *text;
		int64_t count;
	} counts[] = { { "3012", 12 },
		       { "020460123456789337"
			 "24",
			 24 },
		       { "3099999999", 99999999 } };

	for (size_t i = 0; i < G_N_ELEMENTS(weights); i++) {
		g_auto(Gs1) gs1 = { 0 };
		Quantity weight = { 0 };

		g_assert_true(gs1_parse(weights[i].text, &gs1, NULL));
		g_assert_cmpint(gs1_get_net_weight(&gs1, &weight), ==, weights[i].answer);
		g_assert_cmpint(weight.micro, ==, weights[i].micro);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_auto(Gs1) gs1 = { 0 };
		int64_t count;

		g_assert_true(gs1_parse(counts[i].text, &gs1, NULL));
		g_assert_cmpint(gs1_get_count(&gs1, &count), ==, GS1_FOUND);
		g_assert_cmpint(count, ==, counts[i].count);
	}
}

static void test_prices(void)
{
	static const struct {
		const char *text;
		uint16_t currency;
		Gs1Answer answer;
		int64_t minor;
	} cases[] = {
		{ "392289900", RUB, GS1_FOUND, 89900 }, /* E5: 899.00 */
		{ "3920899", RUB, GS1_FOUND, 89900 },
		{ "39213995", RUB, GS1_FOUND, 39950 },
		{ "3923899000", RUB, GS1_FOUND, 89900 },
		{ "3923899005", RUB, GS1_INVALID, 0 }, /* half a kopeck */
		{ "392012500", MNT, GS1_FOUND, 1250000 },
		{ "393264389900", RUB, GS1_FOUND, 89900 },
		{ "393284089900", RUB, GS1_ABSENT, 0 }, /* dollars */
		{ "393284089900", USD, GS1_FOUND, 89900 },
		{ "3920999999999999999", RUB, GS1_FOUND, INT64_C(99999999999999900) },
		{ "3103001234", RUB, GS1_ABSENT, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_auto(Gs1) gs1 = { 0 };
		Money price = { 0 };

		g_test_message("%s", cases[i].text);
		g_assert_true(gs1_parse(cases[i].text, &gs1, NULL));
		g_assert_cmpint(gs1_get_price(&gs1, cases[i].currency, &price), ==,
				cases[i].answer);
		g_assert_cmpint(price.minor, ==, cases[i].minor);
	}
}

/* §8, rule 2: no identifier came. */
static void test_likely(void)
{
	g_assert_true(gs1_is_likely("010460123456789321abcDEF1234567"));
	g_assert_false(gs1_is_likely("010460123456789421abcDEF1234567")); /* check digit */
	g_assert_false(gs1_is_likely("0104601234567893"));
	g_assert_false(gs1_is_likely("04601234567893AbCdEf1ACBUx9Zq"));
	g_assert_false(gs1_is_likely("01 karta lojalnosti nomer 17"));
	g_assert_false(gs1_is_likely(""));
}

/* §7, T1 to T5 */
static void test_tobacco(void)
{
	static const struct {
		const char *text;
		int64_t kopecks;
	} prices[] = {
		{ "AAAA", 0 },
		{ "ACBU", 12900 },
		{ "AC/U", 18500 },
		{ "AD_o", 25000 },
	};
	TobaccoPack pack;
	int64_t price;

	for (size_t i = 0; i < G_N_ELEMENTS(prices); i++) {
		g_assert_true(tobacco_price_parse(prices[i].text, &price));
		g_assert_cmpint(price, ==, prices[i].kopecks);
	}
	g_assert_false(tobacco_price_parse("AC#U", &price));
	g_assert_false(tobacco_price_parse("ACB", &price));

	g_assert_true(tobacco_pack_parse("04601234567893AbCdEf1ACBUx9Zq", &pack));
	g_assert_cmpstr(pack.gtin, ==, "04601234567893");
	g_assert_cmpstr(pack.serial, ==, "AbCdEf1");
	g_assert_cmpint(pack.price_kopecks, ==, 12900);
	g_assert_false(tobacco_pack_parse("04601234567894AbCdEf1ACBUx9Zq", &pack));
	g_assert_false(tobacco_pack_parse("04601234567893AbCdEf1ACBUx9Z", &pack));
	g_assert_false(tobacco_pack_parse("04601234567893AbCdEf1ACBUx9Zqq", &pack));
	g_assert_false(tobacco_pack_parse("04601234567893AbCd f1ACBUx9Zq", &pack));
	g_assert_false(tobacco_pack_parse("", &pack));
}

/* §5, N11 to N13 */
static void test_books_and_periodicals(void)
{
	g_assert_cmpint(barcode_mod11_check("020137962", 9), ==, '7');
	g_assert_cmpint(barcode_mod11_check("080442957", 9), ==, 'X');
	g_assert_cmpint(barcode_mod11_check("0317847", 7), ==, '1');
	g_assert_cmpint(barcode_mod11_check("0378595", 7), ==, '5');
	g_assert_cmpint(barcode_mod11_check("03785-5", 7), ==, '\0');
	g_assert_cmpint(barcode_mod11_check("", 0), ==, '\0');
	g_assert_cmpint(barcode_kind("9770317847001"), ==, BARCODE_EAN13); /* N14 */
}

/* Whatever comes: fields lie in the text and obey their rules, or it is refused. */
static void test_gs1_rubbish(void)
{
	static const char pieces[] = "0123456789AB\x1D|01213103";
	g_autoptr(GRand) rand = g_rand_new_with_seed(4);
	int parsed = 0;

	for (int i = 0; i < 100000; i++) {
		int len = g_rand_int_range(rand, 0, 40);
		char text[41] = "";
		g_auto(Gs1) gs1 = { 0 };

		for (int j = 0; j < len; j++)
			text[j] = pieces[g_rand_int_range(rand, 0, sizeof pieces - 1)];
		if (!gs1_parse(text, &gs1, NULL))
			continue;
		parsed++;
		g_assert_cmpint(gs1.n_fields, >, 0);
		for (int j = 0; j < gs1.n_fields; j++) {
			g_assert_true(gs1.fields[j].value > gs1.text);
			g_assert_true(gs1.fields[j].value + gs1.fields[j].len <=
				      gs1.text + strlen(gs1.text));
		}
	}
	g_assert_cmpint(parsed, >, 1000);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/gs1/element_strings", test_element_strings);
	g_test_add_func("/gs1/lost_separators", test_lost_separators);
	g_test_add_func("/gs1/too_many_fields", test_too_many_fields);
	g_test_add_func("/gs1/gtin", test_gtin);
	g_test_add_func("/gs1/dates", test_dates);
	g_test_add_func("/gs1/weights_and_counts", test_weights_and_counts);
	g_test_add_func("/gs1/prices", test_prices);
	g_test_add_func("/gs1/likely", test_likely);
	g_test_add_func("/gs1/tobacco", test_tobacco);
	g_test_add_func("/gs1/books_and_periodicals", test_books_and_periodicals);
	g_test_add_func("/gs1/rubbish", test_gs1_rubbish);
	return g_test_run();
}
