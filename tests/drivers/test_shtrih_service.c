/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shtrih_talk.h"

/* What a registrar does beside documents. */

/* --- what it is like ----------------------------------------------------------------------- */

static void test_details(void)
{
	ShtrihTalk talk;
	FiscalStatus status;
	g_autoptr(GError) error = NULL;
	/* 2026-06-03 10:17:05 in Moscow */
	int64_t clock = INT64_C(1780471025) * G_TIME_SPAN_SECOND;

	shtrih_talk_begin(&talk);
	shtrih_talk_add_observe(&talk);
	shtrih_talk_add(
		&talk, "11 1E 00 00 00",
		"11 00 1E 31 32 00 00 01 01 01 00 00 00 92 02 02 00 00 00 00 00 00 01 01 01 "
		"03 06 1A 0A 11 05 00 00 00 00 00 2A 00 00 00 00 00 00 00 00 00 00 00");
	shtrih_talk_add(&talk, "FF 39 1E 00 00 00",
			"FF 39 00 00 00 07 00 34 00 00 00 1A 06 02 0A 0F");
	shtrih_talk_open(&talk, "details", "0");
	g_assert_true(shtrih()->observe(talk.registrar, &status, &error));
	g_assert_cmpint(ABS(status.clock - clock), <, G_TIME_SPAN_MINUTE);
	g_assert_cmpint(status.unsent, ==, 7);
	g_assert_cmpint(status.lotteries, ==, -1);
	g_assert_true(status.cover_open);
	g_assert_true(status.memory_near_full);
	g_assert_false(status.memory_full);
	shtrih_talk_end(&talk);
}

/* A model without the questions goes without the answers. */
static void test_details_refused(void)
{
	ShtrihTalk talk;
	FiscalStatus status;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add_observe(&talk);
	shtrih_talk_add(&talk, "11 1E 00 00 00", "11 37");
	shtrih_talk_add(&talk, "FF 39 1E 00 00 00", "FF 39 37");
	shtrih_talk_open(&talk, "details", "0");
	g_assert_true(shtrih()->observe(talk.registrar, &status, &error));
	g_assert_cmpint(status.clock, ==, 0);
	g_assert_cmpint(status.unsent, ==, -1);
	shtrih_talk_end(&talk);
}

/* --- memory and counters ------------------------------------------------------------------- */

static void check_document(const char *answer, FiscalKind kind, int64_t total)
{
	ShtrihTalk talk;
	FiscalRecord record;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add(&talk, "FF 0A 1E 00 00 00 3A 00 00 00", answer);
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_true(shtrih()->read_document(talk.registrar, 58, &record, &error));
	g_assert_cmpuint(record.number, ==, 58);
	g_assert_cmpint(record.kind, ==, kind);
	g_assert_cmpint(record.total.minor, ==, total);
	g_assert_cmpstr(record.sign, ==, "1906569744");
	g_assert_cmpstr(record.at, ==, "2026-06-03T10:17");
	shtrih_talk_end(&talk);
}

#define FOUND(type) "FF 0A 00 " type " 00 1A 06 03 0A 11 3A 00 00 00 10 F2 A3 71 "

static void test_read_document(void)
{
	check_document(FOUND("03") "01 12 60 00 00 00", FISCAL_SALE, 24594); /* §9.5 */
	check_document(FOUND("03") "02 12 60 00 00 00", FISCAL_SALE_RETURN, 24594);
	check_document(FOUND("03") "03 12 60 00 00 00", 0, 24594);
	check_document(FOUND("1F") "01 12 60 00 00 00", FISCAL_CORRECTION, 24594);
	check_document(FOUND("1F") "02 12 60 00 00 00", FISCAL_CORRECTION_RETURN, 24594);
	check_document(FOUND("05") "2A 00", FISCAL_SHIFT_CLOSE, 0);
	check_document(FOUND("15") "00", 0, 0);
}

static void test_no_such_document(void)
{
	ShtrihTalk talk;
	FiscalRecord record;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add(&talk, "FF 0A 1E 00 00 00 3A 00 00 00", "FF 0A 08");
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_false(shtrih()->read_document(talk.registrar, 58, &record, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	shtrih_talk_end(&talk);
}

static void add_register(ShtrihTalk *talk, int number, const char *value)
{
	g_autofree char *command = g_strdup_printf("1A 1E 00 00 00 %02X", (guint)number);
	g_autofree char *answer = g_strdup_printf("1A 00 1E %s 00 00 00 00", value);

	shtrih_talk_add(talk, command, answer);
}

static void test_totals(void)
{
	static const char *const sales[] = { "10 27", "E8 03", "00 00", "00 00" };
	static const char *const returns[] = { "64 00", "0A 00", "00 00", "01 00" };
	ShtrihTalk talk;
	FiscalTotals totals;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	for (int i = 0; i < 4; i++)
		add_register(&talk, 193 + 4 * i, sales[i]);
	for (int i = 0; i < 4; i++)
		add_register(&talk, 195 + 4 * i, returns[i]);
	shtrih_talk_add(&talk, "1B 1E 00 00 00 90", "1B 00 1E 05 00");
	shtrih_talk_add(&talk, "1B 1E 00 00 00 92", "1B 33"); /* it has no such counter */
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_true(shtrih()->read_totals(talk.registrar, &totals, &error));
	g_assert_true(totals.known);
	g_assert_cmpint(totals.sales.minor, ==, 11000);
	g_assert_cmpint(totals.returns.minor, ==, 111);
	g_assert_cmpint(totals.kept[TENDER_CASH].minor, ==, 9900);
	g_assert_cmpint(totals.kept[TENDER_CARD].minor, ==, 990);
	g_assert_cmpint(totals.n_sales, ==, 5);
	g_assert_cmpint(totals.n_returns, ==, -1);
	shtrih_talk_end(&talk);
}

static void test_totals_unknown(void)
{
	ShtrihTalk talk;
	FiscalTotals totals;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add(&talk, "1A 1E 00 00 00 C1", "1A 33");
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_true(shtrih()->read_totals(talk.registrar, &totals, &error));
	g_assert_false(totals.known);
	shtrih_talk_end(&talk);
}

/* --- clock and paper ----------------------------------------------------------------------- */

static void test_set_clock(void)
{
	ShtrihTalk talk;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add(&talk, "21 1E 00 00 00 0A 11 05", "21 00");
	shtrih_talk_add(&talk, "22 1E 00 00 00 03 06 1A", "22 00");
	shtrih_talk_add(&talk, "23 1E 00 00 00 03 06 1A", "23 00");
	shtrih_talk_open(&talk, "timezone", "Europe/Moscow");
	g_assert_true(shtrih()->set_clock(talk.registrar, INT64_C(1780471025) * G_TIME_SPAN_SECOND,
					  &error));
	shtrih_talk_end(&talk);
}

#define HELLO "17 1E 00 00 00 02 48 45 4C 4C 4F"

/* V14; then a row that is longer than the paper is wide. */
static void test_print_text(void)
{
	static const char *const lines[] = { "HELLO", "0123456789012345678901234567890123456789А",
					     NULL };
	ShtrihTalk talk;
	g_autofree char *hello = shtrih_talk_dup_row(HELLO, 35),
			*rest = shtrih_talk_dup_row("17 1E 00 00 00 02 C0", 39);
	g_autofree char *digits = g_strdup("17 1E 00 00 00 02");
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 40; i++) {
		char *longer = g_strdup_printf("%s %02X", digits, (guint)('0' + i % 10));

		g_free(digits);
		digits = longer;
	}
	shtrih_talk_begin(&talk);
	shtrih_talk_add(&talk, hello, "17 00 1E");
	shtrih_talk_add(&talk, digits, "17 00 1E");
	shtrih_talk_add(&talk, rest, "17 00 1E");
	shtrih_talk_add(&talk, "29 1E 00 00 00 02 04", "29 00 1E");
	shtrih_talk_add(&talk, "25 1E 00 00 00 01", "25 37"); /* no cutter */
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_true(shtrih()->print_text(talk.registrar, lines, &error));
	g_assert_no_error(error);
	shtrih_talk_end(&talk);
}

static void test_copy(void)
{
	ShtrihTalk talk;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add(&talk, "8C 1E 00 00 00", "8C 00 1E");
	shtrih_talk_add(&talk, "8C 1E 00 00 00", "8C 56");
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_true(shtrih()->print_copy(talk.registrar, &error));
	g_assert_false(shtrih()->print_copy(talk.registrar, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	shtrih_talk_end(&talk);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shtrih_service/details", test_details);
	g_test_add_func("/shtrih_service/details_refused", test_details_refused);
	g_test_add_func("/shtrih_service/read_document", test_read_document);
	g_test_add_func("/shtrih_service/no_such_document", test_no_such_document);
	g_test_add_func("/shtrih_service/totals", test_totals);
	g_test_add_func("/shtrih_service/totals_unknown", test_totals_unknown);
	g_test_add_func("/shtrih_service/set_clock", test_set_clock);
	g_test_add_func("/shtrih_service/print_text", test_print_text);
	g_test_add_func("/shtrih_service/copy", test_copy);
	return g_test_run();
}
