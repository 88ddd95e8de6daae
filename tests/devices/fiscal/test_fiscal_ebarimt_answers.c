/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/ebarimt_answer.h"
#include "drivers/fiscal/ebarimt_json.h"

#include <string.h>

/* Bytes of the receipt service as values (fiscal-ebarimt.md §4 and §6); no I/O. */

#define ID "011111111111001095330000010012619"
#define NOW (INT64_C(1780455600) * G_TIME_SPAN_SECOND) /* 2026-06-03 11:00 in Ulaanbaatar */

/* --- JSON ---------------------------------------------------------------------------------- */

static bool find(const char *text, EbarimtValue *ret)
{
	static const char *const names[] = { "a", "b" };

	return ebarimt_json_find(text, strlen(text), names, 2, ret);
}

static void test_json_found(void)
{
	static const char text[] =
		" {\"x\":{\"a\":1,\"y\":[[],{},[{\"a\":2}]]},"
		"\"a\" : \"\\u0410\\ud83d\\ude00\\n\\/\\\"\" ,\"b\":-12.50e+1}\n";
	EbarimtValue values[2];
	char said[32];

	g_assert_true(find(text, values));
	g_assert_true(ebarimt_json_text(values[0], said, sizeof said));
	g_assert_cmpstr(said, ==, "\u0410\U0001F600\n/\"");
	g_assert_false(ebarimt_json_text(values[1], said, sizeof said));
	g_assert_true(ebarimt_json_scalar(values[1], said, sizeof said));
	g_assert_cmpstr(said, ==, "-12.50e+1");
	g_assert_true(find("{\"a\":null}", values));
	g_assert_null(values[0].at);
	g_assert_null(values[1].at);
	g_assert_true(find("{}", values));
}

/* A text that does not fit leaves none of it behind. */
static void test_json_too_long(void)
{
	static const char *const bad[] = { "{\"a\":\"12345678\"}",  "{\"a\":\"1\\u00002\"}",
					   "{\"a\":\"1\\ud83d2\"}", "{\"a\":\"1\\ude00\"}",
					   "{\"a\":12345678}",	    "{\"a\":true}" };
	static const char zeros[8];

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		char said[8];
		EbarimtValue values[2];

		memset(said, 'x', sizeof said);
		g_assert_true(find(bad[i], values));
		g_assert_false(ebarimt_json_scalar(values[0], said, sizeof said));
		g_assert_cmpmem(said, sizeof said, zeros, sizeof zeros);
	}
}

static void test_json_refused(void)
{
	static const char *const bad[] = {
		"",
		"[]",
		"{",
		"{\"a\":1",
		"{\"a\":1}}",
		"{\"a\":1,}",
		"{\"a\"}",
		"{a:1}",
		"{\"a\":01}",
		"{\"a\":1.}",
		"{\"a\":.5}",
		"{\"a\":1e}",
		"{\"a\":-}",
		"{\"a\":+1}",
		"{\"a\":nul}",
		"{\"a\":\"\n\"}",
		"{\"a\":\"\\x\"}",
		"{\"a\":\"\\u12g4\"}",
		"{\"a\":\"\xff\"}",
		"{\"a\":1,\"a\":1}",
		"{\"a\":[1,]}",
		"{\"a\":[1 2]}",
		"{\"a\":\"\\",
		"{\"a\":\"\\u00",
	};
	g_autofree char *deep = g_strnfill(40, '['), *closed = g_strnfill(40, ']');
	g_autofree char *too_deep = g_strdup_printf("{\"a\":%s%s}", deep, closed);
	EbarimtValue values[2];

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		if (find(bad[i], values))
			g_error("taken: %s", bad[i]);
	g_assert_false(find(too_deep, values));
	g_assert_true(find("{\"x\":1,\"x\":1}", values)); /* none of ours */
}

/* --- receipts ------------------------------------------------------------------------------ */

static PaperOnly *decode(const char *text, EbarimtAnswer *ret)
{
	PaperOnly *paper;

	ebarimt_decode_receipt(200, text, strlen(text), 24594, ret, &paper);
	return paper;
}

#define SAYS(more) "{\"id\":\"" ID "\",\"status\":\"SUCCESS\"" more "}"

/* 5600, 5600.0 and 5600.00 are one value. */
static void test_totals(void)
{
	static const struct {
		const char *text;
		EbarimtResult result;
	} rows[] = {
		{ SAYS(""), EBARIMT_BOOKED },
		{ SAYS(",\"totalAmount\":245.94"), EBARIMT_BOOKED },
		{ SAYS(",\"totalAmount\":245.940"), EBARIMT_BOOKED },
		{ SAYS(",\"totalAmount\":245.9"), EBARIMT_STRANGE },
		{ SAYS(",\"totalAmount\":2.4594e2"), EBARIMT_STRANGE },
		{ SAYS(",\"totalAmount\":245.941"), EBARIMT_STRANGE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		EbarimtAnswer answer;

		g_assert_null(decode(rows[i].text, &answer));
		g_assert_cmpint(answer.result, ==, rows[i].result);
	}
}

static void check_words(const char *text, const char *lottery, const char *qr)
{
	EbarimtAnswer answer;
	g_autoptr(PaperOnly) paper = decode(text, &answer);

	g_assert_cmpint(answer.result, ==, EBARIMT_BOOKED);
	if (lottery == NULL) {
		g_assert_null(paper);
		return;
	}
	g_assert_cmpstr(paper_only_lend_lottery(paper), ==, lottery);
	g_assert_cmpstr(paper_only_lend_qr(paper), ==, qr);
}

static void test_words(void)
{
	g_autofree char *many = g_strnfill(2000, '1');
	g_autofree char *long_qr =
		g_strdup_printf(SAYS(",\"lottery\":\"A\",\"qrData\":\"%s\""), many);

	check_words(SAYS(",\"lottery\":\"\\u0410Б 1\",\"qrData\":\"47\""), "АБ 1", "47");
	check_words(SAYS(",\"lottery\":\"\",\"qrData\":\"47\""), "", "47"); /* B2B */
	check_words(SAYS(",\"qrData\":\"47\""), "", "47");
	/* the citizen has it already */
	check_words(SAYS(",\"lottery\":\"AB 1\",\"qrData\":\"47\",\"easy\":true"), "", "47");
	check_words(SAYS(",\"lottery\":\"AB 1\",\"qrData\":\"47\",\"easy\":false"), "AB 1", "47");
	check_words(SAYS(",\"lottery\":\"\",\"qrData\":\"\""), NULL, NULL);
	check_words(long_qr, "A", ""); /* longer than any QR of it: better none than half */
}

/* A receipt whose date is unreadable is booked all the same. */
static void test_dates(void)
{
	EbarimtAnswer answer;

	g_assert_null(decode(SAYS(",\"date\":\"2026-06-03 10:15:30\""), &answer));
	g_assert_cmpstr(answer.date, ==, "2026-06-03 10:15:30");
	g_assert_null(decode(SAYS(",\"date\":\"2026-06-03T10:15:30\""), &answer));
	g_assert_cmpstr(answer.date, ==, "");
	g_assert_null(decode(SAYS(",\"date\":\"2026-06-03 10:15:30.5\""), &answer));
	g_assert_cmpstr(answer.date, ==, "");
	g_assert_cmpint(answer.result, ==, EBARIMT_BOOKED);
}

/* --- state --------------------------------------------------------------------------------- */

static bool decode_info(const char *text, FiscalStatus *ret, GError **error)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Asia/Ulaanbaatar");

	return ebarimt_decode_info(200, text, strlen(text), zone, NOW, ret, error);
}

#define STATE(sent, left) "{\"posId\":1,\"lastSentDate\":\"" sent "\",\"leftLotteries\":" #left "}"

static void test_thresholds(void)
{
	static const struct {
		const char *text;
		bool near, full;
		int lotteries;
	} rows[] = {
		{ STATE("2026-06-03 10:59:59", 500), false, false, 500 },
		{ STATE("2026-06-03 10:59:59", 499), true, false, 499 },
		{ STATE("2026-06-03 10:59:59", 0), true, true, 0 },
		{ STATE("2026-06-02 11:00:00", 500), false, false, 500 },
		{ STATE("2026-06-02 10:59:59", 500), true, false, 500 },
		{ STATE("2026-05-31 11:00:00", 500), true, false, 500 },
		{ STATE("2026-05-31 10:59:59", 500), true, false, 500 },
		{ STATE("2026-02-30 10:59:59", 500), false, false, 500 }, /* no such day */
		{ "{\"posId\":\"1\"}", false, false, -1 },
		{ "{\"posId\":1.0,\"leftLotteries\":500.00}", false, false, 500 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		FiscalStatus status;

		g_assert_true(decode_info(rows[i].text, &status, &error));
		g_assert_cmpint(status.memory_near_full, ==, rows[i].near);
		g_assert_cmpint(status.memory_full, ==, rows[i].full);
		g_assert_cmpint(status.lotteries, ==, rows[i].lotteries);
		g_assert_cmpstr(status.serial, ==, "1");
	}
}

static void test_bad_state(void)
{
	static const char *const bad[] = {
		"[]",		"{\"posId\":\"\"}",	STATE("", -1),
		STATE("", 1.5), STATE("", 99999999999), "{\"posId\":{}}"
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL;
		FiscalStatus status;

		g_assert_false(decode_info(bad[i], &status, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/ebarimt_answers/json_found", test_json_found);
	g_test_add_func("/fiscal/ebarimt_answers/json_too_long", test_json_too_long);
	g_test_add_func("/fiscal/ebarimt_answers/json_refused", test_json_refused);
	g_test_add_func("/fiscal/ebarimt_answers/totals", test_totals);
	g_test_add_func("/fiscal/ebarimt_answers/words", test_words);
	g_test_add_func("/fiscal/ebarimt_answers/dates", test_dates);
	g_test_add_func("/fiscal/ebarimt_answers/thresholds", test_thresholds);
	g_test_add_func("/fiscal/ebarimt_answers/bad_state", test_bad_state);
	return g_test_run();
}
