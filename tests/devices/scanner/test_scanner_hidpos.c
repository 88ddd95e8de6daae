/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/hidpos.h"
#include "drivers/scanner/source.h"

#include <string.h>

/* HID point-of-sale reports and what describes them (scanner.md §3). */

#define GS "\x1D"
#define MS 1000

/* As HID POS 1.02 would have the report of §3: byte count, identifier, 56 of data, vendor's id, a
 * reserved byte, the flag and seven bits of padding. */
static const uint8_t full[] = {
	0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, /* usage page bar code scanner; application scanner */
	0x09, 0x12, 0xA1, 0x02, /* scanned data report */
	0x85, 0x02, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, /* id 2, 0..255, bytes */
	0x95, 0x01, 0x05, 0x01, 0x09, 0x3B, 0x81, 0x02, /* byte count */
	0x95, 0x03, 0x05, 0x8C, 0x09, 0xFB, 0x09, 0xFC, 0x09, 0xFD, 0x81, 0x02, /* identifier */
	0x95, 0x38, 0x09, 0xFE, 0x82, 0x02, 0x01, /* 56 of data, buffered bytes */
	0x95, 0x02, 0x06, 0x66, 0xFF, 0x09, 0x04, 0x09, 0x00, 0x81, 0x02, /* vendor's */
	0x05, 0x8C, 0x75, 0x01, 0x95, 0x01, 0x09, 0xFF, 0x81, 0x02, /* goes on */
	0x95, 0x07, 0x81, 0x03, 0xC0, /* padding */
	0x09, 0x14, 0xA1, 0x02, 0x85, 0x04, 0x95, 0x08, 0x09, 0x00, 0xB1, 0x02, 0xC0, /* trigger */
	0xC0,
};

/* No id, no count, identifier after the data, by a range of usages. */
static const uint8_t other[] = {
	0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x75, 0x08, 0x95, 0x10, 0x09, 0xFE,
	0x81, 0x02, 0x95, 0x03, 0x19, 0xFB, 0x29, 0xFD, 0x81, 0x02, 0xC0,
};

static const uint8_t keyboard[] = {
	0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0x05, 0x07, 0x19, 0xE0, 0x29, 0xE7, 0x15, 0x00, 0x25,
	0x01, 0x75, 0x01, 0x95, 0x08, 0x81, 0x02, 0x95, 0x06, 0x75, 0x08, 0x81, 0x00, 0xC0,
};

static void test_descriptor(void)
{
	HidPosLayout layout;
	const HidPosLayout *known = hidpos_layout_guess(2);

	g_assert_true(hidpos_is_scanner(full, sizeof full));
	g_assert_true(hidpos_layout_parse(full, sizeof full, &layout));
	g_assert_cmpint(layout.report_id, ==, 2);
	g_assert_cmpint(layout.len, ==, 64);
	g_assert_cmpint(layout.count_at, ==, known->count_at);
	g_assert_cmpmem(layout.aim_at, sizeof layout.aim_at, known->aim_at, sizeof known->aim_at);
	g_assert_cmpint(layout.data_at, ==, known->data_at);
	g_assert_cmpint(layout.data_len, ==, known->data_len);
	g_assert_cmpint(layout.more_at, ==, known->more_at);
	g_assert_cmpint(layout.more_mask, ==, known->more_mask);

	g_assert_true(hidpos_layout_parse(other, sizeof other, &layout));
	g_assert_cmpint(layout.report_id, ==, 0);
	g_assert_cmpint(layout.len, ==, 19);
	g_assert_cmpint(layout.count_at, ==, -1);
	g_assert_cmpint(layout.data_at, ==, 0);
	g_assert_cmpint(layout.data_len, ==, 16);
	g_assert_cmpint(layout.aim_at[0], ==, 16);
	g_assert_cmpint(layout.aim_at[2], ==, 18);
	g_assert_cmpint(layout.more_at, ==, -1);
}

static void test_descriptors_that_are_none(void)
{
	static const uint8_t endless[] = { 0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x75, 0x20, 0x97,
					   0xFF, 0xFF, 0xFF, 0xFF, 0x09, 0xFE, 0x81, 0x02 };
	static const uint8_t id_zero[] = { 0x05, 0x8C, 0x09, 0x02, 0xA1, 0x01, 0x85, 0x00 };
	static const uint8_t popped[] = { 0xB4 }, closed[] = { 0xC0 };
	static const uint8_t pushed[] = { 0xA4, 0xA4, 0xA4, 0xA4, 0xA4 };
	HidPosLayout layout;

	g_assert_false(hidpos_is_scanner(keyboard, sizeof keyboard));
	g_assert_false(hidpos_layout_parse(keyboard, sizeof keyboard, &layout));
	g_assert_false(hidpos_layout_parse(endless, sizeof endless, &layout));
	g_assert_true(hidpos_is_scanner(endless, sizeof endless)); /* it says so before */
	g_assert_false(hidpos_layout_parse(id_zero, sizeof id_zero, &layout));
	g_assert_false(hidpos_layout_parse(popped, sizeof popped, &layout));
	g_assert_false(hidpos_layout_parse(closed, sizeof closed, &layout));
	g_assert_false(hidpos_layout_parse(pushed, sizeof pushed, &layout));
	g_assert_false(hidpos_layout_parse(NULL, 0, &layout));
	for (size_t len = 0; len < sizeof full; len++) { /* cut anywhere: refused or sensible */
		if (!hidpos_layout_parse(full, len, &layout))
			continue;
		g_assert_cmpint(layout.data_at + layout.data_len, <=, layout.len);
	}
}

typedef struct {
	HidPosJoiner *joiner;
	ScanCollector *collector;
	GString *heard;
	int64_t now;
} Bench;

static void note_scan(const Scan *scan, void *data)
{
	g_string_append_printf(data, "%s%s;", scan->aim, scan->data);
}

static void bench_open(Bench *self, const HidPosLayout *layout)
{
	self->joiner = hidpos_joiner_new(layout);
	self->heard = g_string_new(NULL);
	self->collector = scan_collector_new(note_scan, self->heard);
	self->now = 1000 * MS;
}

static void bench_close(Bench *self)
{
	hidpos_joiner_free(self->joiner);
	scan_collector_free(self->collector);
	g_string_free(self->heard, TRUE);
}

static void expect(Bench *self, const char *heard)
{
	g_assert_cmpstr(self->heard->str, ==, heard);
	g_string_truncate(self->heard, 0);
}

static void take(Bench *self, const void *report, size_t len)
{
	hidpos_joiner_take(self->joiner, report, len, self->now, self->collector);
	self->now += 20 * MS;
}

/* Of §3. @count -1: that of @data. */
static void send(Bench *self, const char *aim, const char *data, int count, bool more)
{
	uint8_t report[64] = { 2, (uint8_t)(count < 0 ? (int)strlen(data) : count) };

	memcpy(report + 2, aim, strlen(aim));
	memcpy(report + 5, data, MIN(strlen(data), 56));
	report[61] = 0x49;
	report[63] = more;
	take(self, report, sizeof report);
}

static void test_reports_of_the_page(void)
{
	static const HidPosLayout *guess; /* none */
	HidPosLayout described;

	g_assert_true(hidpos_layout_parse(full, sizeof full, &described));
	for (int i = 0; i < 2; i++) {
		Bench bench;

		bench_open(&bench, i == 0 ? guess : &described);
		send(&bench, "]E0", "4601234567893", 0x0D, false);
		expect(&bench, "]E04601234567893;");
		send(&bench, "]d2", "0104601234567893215abcDEF" GS "93dGVz", 0x20 - 1, false);
		expect(&bench, "]d20104601234567893215abcDEF" GS "93dGV;"); /* the count rules */
		send(&bench, "", "4601234567893\r", -1, false);
		expect(&bench, "4601234567893;"); /* the scanner's suffix is inside */
		take(&bench, "\x04\x01\x02", 3); /* another report */
		take(&bench, "", 0);
		expect(&bench, "");
		bench_close(&bench);
	}
}

/* A marking code of 92 bytes: 56 and 36. */
#define FIRST_56 "0104601234567893215abcDEF1234567" GS "91EE05" GS "92dGVzdGRlc3R0ZX"
#define LAST_36 "ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q9PQ=="

static void test_continued(void)
{
	Bench bench;

	g_assert_cmpuint(strlen(FIRST_56), ==, 56);
	g_assert_cmpuint(strlen(LAST_36), ==, 36);
	bench_open(&bench, NULL);
	send(&bench, "]d2", FIRST_56, -1, true);
	expect(&bench, "");
	send(&bench, "]d2", LAST_36, -1, false);
	expect(&bench, "]d2" FIRST_56 LAST_36 ";");
	/* some repeat no identifier */
	send(&bench, "]d2", "0104601234567893", -1, true);
	send(&bench, "", "215abc", -1, true);
	send(&bench, "", GS "93d", -1, false);
	expect(&bench, "]d20104601234567893215abc" GS "93d;");
	bench_close(&bench);
}

static void test_continuation_that_never_comes(void)
{
	Bench bench;

	bench_open(&bench, NULL);
	send(&bench, "]d2", FIRST_56, -1, true);
	bench.now += 600 * MS;
	send(&bench, "]d2", "0104601234567893", -1, false);
	expect(&bench, "]d20104601234567893;");
	send(&bench, "]d2", FIRST_56, -1, true);
	send(&bench, "]E0", "4601234567893", -1, false); /* another kind of code at once */
	expect(&bench, "]E04601234567893;");
	bench_close(&bench);
}

static void test_reports_that_cannot_be(void)
{
	Bench bench;

	bench_open(&bench, NULL);
	send(&bench, "]E0", "4601234567893", 57, false); /* more than a report holds */
	expect(&bench, "");
	send(&bench, "]d2", "01046012345", 255, true); /* and a code of which a part was bad */
	send(&bench, "]d2", "67893", -1, false);
	expect(&bench, "");
	take(&bench, "\x02\x0D]E046012", 10); /* cut short */
	expect(&bench, "");
	take(&bench, "\x02\x04]E04601", 9); /* not padded */
	expect(&bench, "]E04601;");
	send(&bench, "]E0", "", -1, false);
	expect(&bench, "");
	bench.now += 600 * MS;
	send(&bench, "]E0", "96385074", -1, false);
	send(&bench, "]E0", "96385074", -1, false); /* a bounce */
	expect(&bench, "]E096385074;");
	send(&bench, "]Z0", ";4111111111111111=3012?", -1, false); /* a card */
	expect(&bench, "");
	bench_close(&bench);
}

static void test_endless_continuation(void)
{
	Bench bench;

	bench_open(&bench, NULL);
	for (int i = 0; i < 200; i++)
		send(&bench, "]d2", FIRST_56, -1, true);
	send(&bench, "]d2", "1", -1, false);
	expect(&bench, "");
	send(&bench, "]E0", "96385074", -1, false);
	expect(&bench, "]E096385074;");
	bench_close(&bench);
}

static void test_other_layouts(void)
{
	static const char microscan[64] = "\x01\x0D"
					  "4601234567893";
	HidPosLayout described;
	Bench bench;

	bench_open(&bench, NULL);
	take(&bench, microscan, sizeof microscan);
	expect(&bench, "4601234567893;");
	take(&bench,
	     "\x07\x0D"
	     "4601234567893",
	     15); /* no such layout is known */
	expect(&bench, "");
	bench_close(&bench);

	g_assert_true(hidpos_layout_parse(other, sizeof other, &described));
	bench_open(&bench, &described);
	take(&bench, "96385074\0\0\0\0\0\0\0\0]E4", 19); /* padded with zeros, not counted */
	expect(&bench, "]E496385074;");
	bench_close(&bench);
}

static void test_addresses(void)
{
	static const struct {
		const char *text;
		int vendor, product; /* -1: none */
		const char *serial;
	} cases[] = {
		{ "0c2e:0b61", 0x0C2E, 0x0B61, NULL },
		{ "0C2E:0B61:S1234", 0x0C2E, 0x0B61, "S1234" },
		{ "05f9:4204:A:B", 0x05F9, 0x4204, "A:B" },
		{ "0c2e:0b61:", -1, -1, NULL },
		{ "0c2e:0b6", -1, -1, NULL },
		{ "0c2e", -1, -1, NULL },
		{ "0c2e-0b61", -1, -1, NULL },
		{ "0c2e:0b610", -1, -1, NULL },
		{ "xxxx:0b61", -1, -1, NULL },
		{ "", -1, -1, NULL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *serial = NULL;
		uint16_t vendor, product;

		g_assert_true(scan_parse_usb_id(cases[i].text, &vendor, &product, &serial) ==
			      (cases[i].vendor >= 0));
		if (cases[i].vendor < 0)
			continue;
		g_assert_cmpint(vendor, ==, cases[i].vendor);
		g_assert_cmpint(product, ==, cases[i].product);
		g_assert_cmpstr(serial, ==, cases[i].serial);
	}
}

/* §4: every identifier that announces fields, and its neighbours that do not. */
static void test_symbologies(void)
{
	static const struct {
		const char *aim;
		Symbology symbology;
	} cases[] = {
		{ "", SYMBOLOGY_UNKNOWN },	    { "]C1", SYMBOLOGY_GS1 },
		{ "]C0", SYMBOLOGY_LINEAR },	    { "]C2", SYMBOLOGY_LINEAR },
		{ "]e0", SYMBOLOGY_GS1 },	    { "]d2", SYMBOLOGY_GS1 },
		{ "]d1", SYMBOLOGY_DATA_MATRIX },   { "]d3", SYMBOLOGY_DATA_MATRIX },
		{ "]Q3", SYMBOLOGY_GS1 },	    { "]Q1", SYMBOLOGY_QR },
		{ "]J1", SYMBOLOGY_GS1 },	    { "]J0", SYMBOLOGY_MATRIX },
		{ "]z1", SYMBOLOGY_GS1 },	    { "]z0", SYMBOLOGY_MATRIX },
		{ "]E0", SYMBOLOGY_RETAIL },	    { "]E4", SYMBOLOGY_RETAIL },
		{ "]E3", SYMBOLOGY_RETAIL_ADD_ON }, { "]E1", SYMBOLOGY_ADD_ON },
		{ "]E2", SYMBOLOGY_ADD_ON },	    { "]I1", SYMBOLOGY_ITF },
		{ "]A0", SYMBOLOGY_LINEAR },	    { "]L0", SYMBOLOGY_MATRIX },
		{ "]Z0", SYMBOLOGY_NO_BARCODE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Scan scan = { 0 };

		g_strlcpy(scan.aim, cases[i].aim, sizeof scan.aim);
		g_test_message("%s", cases[i].aim);
		g_assert_cmpint(scan_get_symbology(&scan), ==, cases[i].symbology);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/scanner_hidpos/descriptor", test_descriptor);
	g_test_add_func("/scanner_hidpos/descriptors_that_are_none",
			test_descriptors_that_are_none);
	g_test_add_func("/scanner_hidpos/reports_of_the_page", test_reports_of_the_page);
	g_test_add_func("/scanner_hidpos/continued", test_continued);
	g_test_add_func("/scanner_hidpos/continuation_never_comes",
			test_continuation_that_never_comes);
	g_test_add_func("/scanner_hidpos/reports_that_cannot_be", test_reports_that_cannot_be);
	g_test_add_func("/scanner_hidpos/endless", test_endless_continuation);
	g_test_add_func("/scanner_hidpos/other_layouts", test_other_layouts);
	g_test_add_func("/scanner_hidpos/addresses", test_addresses);
	g_test_add_func("/scanner_hidpos/symbologies", test_symbologies);
	return g_test_run();
}
