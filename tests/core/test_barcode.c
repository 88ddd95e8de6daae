/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/barcode.h"

#include <string.h>

#define RUB 643
#define MNT 496

/* scanner.md §5, N1 to N5, N11 and N14; scale.md part C, W1 and W2. */
static void test_check_digits(void)
{
	static const struct {
		const char *digits;
		int check;
	} cases[] = {
		{ "460123456789", 3 }, /* N1 EAN-13 */
		{ "9638507", 4 }, /* N2 EAN-8 */
		{ "03600029145", 2 }, /* N3 UPC-A */
		{ "1460123456789", 0 }, /* N4 ITF-14 */
		{ "34601234567890123", 0 }, /* N5 SSCC */
		{ "978020137962", 4 }, /* N11 ISBN-13 */
		{ "977031784700", 1 }, /* N14 ISSN */
		{ "211234501234", 6 }, /* W1 */
		{ "210001201234", 8 }, /* W2 */
		{ "46012345678x", -1 },	    { "", -1 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpint(barcode_check_digit(cases[i].digits, strlen(cases[i].digits)), ==,
				cases[i].check);
}

static void test_kinds_and_keys(void)
{
	static const struct {
		const char *code;
		BarcodeKind kind;
		const char *key;
	} cases[] = {
		{ "4601234567893", BARCODE_EAN13, "04601234567893" },
		{ "96385074", BARCODE_EAN8, "00000096385074" },
		{ "036000291452", BARCODE_UPCA, "00036000291452" },
		{ "0036000291452", BARCODE_EAN13, "00036000291452" }, /* UPC-A as EAN-13 */
		{ "14601234567890", BARCODE_GTIN14, "14601234567890" },
		{ "4601234567894", BARCODE_BAD_CHECK, "4601234567894" },
		{ "96385075", BARCODE_BAD_CHECK, "96385075" },
		{ "02212423", BARCODE_UPCE,
		  "00022200001243" }, /* no EAN-8; the UPC-A it stands for */
		{ "022200001243", BARCODE_UPCA, "00022200001243" },
		{ "02212424", BARCODE_BAD_CHECK, "02212424" },
		{ "12345", BARCODE_OTHER, "12345" }, /* a PLU */
		{ "460123456789x", BARCODE_OTHER, "460123456789x" },
		{ "", BARCODE_OTHER, "" },
		{ "АРТ-7", BARCODE_OTHER, "АРТ-7" },
		{ "\x1d\xff", BARCODE_OTHER, "\x1d\xff" },
	};
	g_autofree char *trimmed = barcode_dup_key(" 4601234567893\r\n");

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *key = barcode_dup_key(cases[i].code);

		g_assert_cmpint(barcode_kind(cases[i].code), ==, cases[i].kind);
		g_assert_cmpstr(key, ==, cases[i].key);
	}
	g_assert_cmpstr(trimmed, ==, "04601234567893");
}

static void test_upce(void)
{
	static const struct {
		const char *code, *upca; /* scanner.md §5 */
	} cases[] = {
		{ "0425261", "042100005264" }, /* N6 */
		{ "0123453", "012300000451" }, /* N7 */
		{ "0123454", "012340000053" }, /* N8 */
		{ "0654321", "065100004327" }, /* N9 */
		{ "0123455", "012345000058" }, /* N10 */
		{ "123455", "012345000058" },  { "01234558", "012345000058" },
	};
	char upca[13] = "untouched";

	g_assert_false(barcode_expand_upce("01234559", upca)); /* wrong check digit */
	g_assert_false(barcode_expand_upce("2123455", upca)); /* no such number system */
	g_assert_false(barcode_expand_upce("12345", upca));
	g_assert_false(barcode_expand_upce("123456789", upca));
	g_assert_false(barcode_expand_upce("12345x", upca));
	g_assert_cmpstr(upca, ==, "untouched");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_assert_true(barcode_expand_upce(cases[i].code, upca));
		g_assert_cmpstr(upca, ==, cases[i].upca);
		g_assert_cmpint(barcode_kind(upca), ==, BARCODE_UPCA);
	}
}

/* Appends the check digit to @twelve; own it. */
static char *with_check(const char *twelve)
{
	return g_strdup_printf("%s%d", twelve, barcode_check_digit(twelve, strlen(twelve)));
}

static void test_weight_labels(void)
{
	static const struct {
		const char *template, *code, *item;
		int64_t micro; /* 0: does not fit */
	} cases[] = {
		{ "21IIIIIWWWWWC", "211234501234", "12345", 1234000 }, /* W1 */
		{ "21IIIIIWWWWWC", "210001201234", "00012", 1234000 }, /* W2 */
		{ "22IIIIIWWWWWC", "220000799999", "00007", 99999000 },
		{ "2IIIIIIWWWWWC", "212345600005", "123456", 5000 },
		{ "2_IIIIIVWWWWC", "251234571234", "12345", 1234000 },
		{ "22IIIIIWWWWWC", "211234501234", NULL, 0 },
		{ "21IIIIIWWWWWC", "211234500000", NULL, 0 }, /* an empty platform */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *code = with_check(cases[i].code);
		EmbeddedCode found;

		g_assert_true(barcode_template_check(cases[i].template));
		g_assert_true(barcode_parse_embedded(cases[i].template, code, RUB, &found) ==
			      (cases[i].micro > 0));
		if (cases[i].micro == 0)
			continue;
		g_assert_cmpstr(found.item, ==, cases[i].item);
		g_assert_true(found.has_weight && !found.has_price);
		g_assert_cmpint(found.weight.micro, ==, cases[i].micro);
	}
}

static void test_price_labels(void)
{
	static const struct {
		const char *template, *code;
		uint16_t currency;
		int64_t minor; /* 0: does not fit */
	} cases[] = {
		{ "23IIIIIPPPPPC", "231234512990", RUB, 12990 },
		{ "23IIIIIPPPPPC:2", "231234512990", RUB, 12990 },
		{ "23IIIIIPPPPPC:1", "231234512990", RUB, 129900 },
		{ "23IIIIIPPPPPC:0", "231234512990", MNT, 1299000 },
		{ "23IIIIIPPPPPC:0", "231234512990", 392, 12990 },
		{ "23IIIIIPPPPPC:2", "231234512990", 392, 0 }, /* the yen has no sen */
		{ "23IIIIIPPPPPC", "231234512990", 414, 12990 },
		{ "23IIIIIVPPPPC", "231234599990", RUB, 9990 },
		{ "02IIIIIPPPPPC", "021234512990", RUB, 12990 },
		{ "23IIIIIPPPPPC", "231234500000", RUB, 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *code = with_check(cases[i].code);
		EmbeddedCode found;

		g_assert_true(barcode_parse_embedded(cases[i].template, code, cases[i].currency,
						     &found) == (cases[i].minor > 0));
		if (cases[i].minor == 0)
			continue;
		g_assert_true(found.has_price && !found.has_weight);
		g_assert_cmpint(found.price.minor, ==, cases[i].minor);
		g_assert_cmpint(found.price.currency, ==, cases[i].currency);
		g_assert_cmpstr(found.item, ==, "12345");
	}
}

static void test_label_read_as_upca(void)
{
	EmbeddedCode found;

	/* 2 12345 12990 in North America comes with or without the leading zero */
	g_autofree char *upca = with_check("21234512990");

	g_assert_true(barcode_parse_embedded("02IIIIIPPPPPC", upca, RUB, &found));
	g_assert_cmpint(found.price.minor, ==, 12990);
}

static void test_labels_that_are_none(void)
{
	static const char *const codes[] = { "2112345012347", "211234501234", "21123450123466", "",
					     "21123450123x6", "96385074" };
	EmbeddedCode found = { .item = "untouched" };

	for (size_t i = 0; i < G_N_ELEMENTS(codes); i++)
		g_assert_false(barcode_parse_embedded("21IIIIIWWWWWC", codes[i], RUB, &found));
	g_assert_cmpstr(found.item, ==, "untouched");
}

static void test_bad_templates(void)
{
	static const char *const bad[] = {
		"",
		"22IIIIIWWWWW",
		"22IIIIIWWWWWW",
		"22IIIIIWWPPPC",
		"22WWWWWWWWWWC",
		"22IIIIIIIIIIC",
		"22IIIIIWWWWCC",
		"22IIIIIWWWWWC:2",
		"22IIIIIPPPPPC:4",
		"22IIIIIPPPPPC:",
		"22IIIIIPPPPPC:00",
		"22IIIIIPPPPPC2",
		"22iiiiiwwwwwC",
		"22IIIIIWWWWWC ",
		"22 IIIIWWWWWC",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		g_assert_false(barcode_template_check(bad[i]));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/barcode/check-digits", test_check_digits);
	g_test_add_func("/barcode/kinds-and-keys", test_kinds_and_keys);
	g_test_add_func("/barcode/upce", test_upce);
	g_test_add_func("/barcode/weight-labels", test_weight_labels);
	g_test_add_func("/barcode/price-labels", test_price_labels);
	g_test_add_func("/barcode/label-read-as-upca", test_label_read_as_upca);
	g_test_add_func("/barcode/labels-that-are-none", test_labels_that_are_none);
	g_test_add_func("/barcode/bad-templates", test_bad_templates);
	return g_test_run();
}
