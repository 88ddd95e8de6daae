/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/fiscal.h"
#include "drivers/port/transcript.h"

#include <string.h>

/* Corrections, marks and what makes no document: bytes of fiscal-shtrih-m.md §6. A conversation is
 * written as bodies; the frames around them are §2's. */

typedef struct {
	GString *script;
	struct port *port;
	struct fiscal *registrar;
} Fixture;

static const struct fiscal_driver *shtrih(void)
{
	return fiscal_driver_find("shtrih");
}

/* "10 1E 00 00 00" as the line of a frame: STX, N, body, LRC. */
static void add_frame(GString *script, char direction, const char *body)
{
	g_auto(GStrv) bytes = g_strsplit(body, " ", -1);
	guint n = g_strv_length(bytes), lrc = n;

	g_string_append_printf(script, "%c 02 %02X", direction, n);
	for (guint i = 0; i < n; i++) {
		g_string_append_printf(script, " %s", bytes[i]);
		lrc ^= (guint)g_ascii_strtoull(bytes[i], NULL, 16);
	}
	g_string_append_printf(script, " %02X\n", lrc);
}

static void add_exchange(Fixture *fixture, const char *command, const char *answer)
{
	g_string_append(fixture->script, "> 05\n< 15\n");
	add_frame(fixture->script, '>', command);
	g_string_append(fixture->script, "< 06\n");
	add_frame(fixture->script, '<', answer);
	g_string_append(fixture->script, "> 06\n");
}

static void begin(Fixture *fixture)
{
	*fixture = (Fixture){ .script = g_string_new("> 05\n< 15\n") }; /* the driver opens */
}

/* The transcript is all there: play it. */
static void open_with(Fixture *fixture, const char *key, const char *value)
{
	g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;

	if (key != NULL)
		g_hash_table_insert(options, (char *)key, (char *)value);
	fixture->port = port_new_transcript(fixture->script->str, &error);
	g_assert_no_error(error);
	fixture->registrar = shtrih()->open(fixture->port, options, &error);
	g_assert_no_error(error);
}

static void end(Fixture *fixture)
{
	g_assert_true(port_transcript_is_done(fixture->port));
	shtrih()->close(fixture->registrar);
	port_close(fixture->port);
	g_string_free(fixture->script, TRUE);
}

#define STATUS "10 00 1E 92 06 02 00 00 33 8A 00 00 00 00 00 00 00" /* shift open, cover open */
#define FN                                                                                         \
	"FF 01 00 03 00 00 01 04 1A 06 03 0A 0F 39 39 39 39 30 37 38 39 30 30 30 31 32 33 34 35 "  \
	"39 00 00 00"

static void add_observe(Fixture *fixture)
{
	add_exchange(fixture, "10 1E 00 00 00", STATUS);
	add_exchange(fixture, "FF 01 1E 00 00 00", FN);
	add_exchange(fixture, "FF 40 1E 00 00 00", "FF 40 00 01 2A 00 04 00");
	add_exchange(fixture, "1A 1E 00 00 00 F1", "1A 00 1E 10 27 00 00 00 00");
}

/* --- what it is like ----------------------------------------------------------------------- */

static void test_details(void)
{
	Fixture fixture;
	FiscalStatus status;
	g_autoptr(GError) error = NULL;
	/* 2026-06-03 10:17:05 in Moscow */
	int64_t clock = INT64_C(1780471025) * G_TIME_SPAN_SECOND;

	begin(&fixture);
	add_observe(&fixture);
	add_exchange(&fixture, "11 1E 00 00 00",
		     "11 00 1E 31 32 00 00 01 01 01 00 00 00 92 02 02 00 00 00 00 00 00 01 01 01 "
		     "03 06 1A 0A 11 05 00 00 00 00 00 2A 00 00 00 00 00 00 00 00 00 00 00");
	add_exchange(&fixture, "FF 39 1E 00 00 00",
		     "FF 39 00 00 00 07 00 34 00 00 00 1A 06 02 0A 0F");
	open_with(&fixture, "details", "0");
	g_assert_true(shtrih()->observe(fixture.registrar, &status, &error));
	g_assert_cmpint(ABS(status.clock - clock), <, G_TIME_SPAN_MINUTE);
	g_assert_cmpint(status.unsent, ==, 7);
	g_assert_cmpint(status.lotteries, ==, -1);
	g_assert_true(status.cover_open);
	g_assert_true(status.memory_near_full);
	g_assert_false(status.memory_full);
	end(&fixture);
}

/* A model without the questions goes without the answers. */
static void test_details_refused(void)
{
	Fixture fixture;
	FiscalStatus status;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_observe(&fixture);
	add_exchange(&fixture, "11 1E 00 00 00", "11 37");
	add_exchange(&fixture, "FF 39 1E 00 00 00", "FF 39 37");
	open_with(&fixture, "details", "0");
	g_assert_true(shtrih()->observe(fixture.registrar, &status, &error));
	g_assert_cmpint(status.clock, ==, 0);
	g_assert_cmpint(status.unsent, ==, -1);
	end(&fixture);
}

/* --- memory and counters ------------------------------------------------------------------- */

static void check_document(const char *answer, FiscalKind kind, int64_t total)
{
	Fixture fixture;
	FiscalRecord record;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_exchange(&fixture, "FF 0A 1E 00 00 00 3A 00 00 00", answer);
	open_with(&fixture, NULL, NULL);
	g_assert_true(shtrih()->read_document(fixture.registrar, 58, &record, &error));
	g_assert_cmpuint(record.number, ==, 58);
	g_assert_cmpint(record.kind, ==, kind);
	g_assert_cmpint(record.total.minor, ==, total);
	g_assert_cmpstr(record.sign, ==, "1906569744");
	g_assert_cmpstr(record.at, ==, "2026-06-03T10:17");
	end(&fixture);
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
	Fixture fixture;
	FiscalRecord record;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_exchange(&fixture, "FF 0A 1E 00 00 00 3A 00 00 00", "FF 0A 08");
	open_with(&fixture, NULL, NULL);
	g_assert_false(shtrih()->read_document(fixture.registrar, 58, &record, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	end(&fixture);
}

static void add_register(Fixture *fixture, int number, const char *value)
{
	g_autofree char *command = g_strdup_printf("1A 1E 00 00 00 %02X", (guint)number);
	g_autofree char *answer = g_strdup_printf("1A 00 1E %s 00 00 00 00", value);

	add_exchange(fixture, command, answer);
}

static void test_totals(void)
{
	static const char *const sales[] = { "10 27", "E8 03", "00 00", "00 00" };
	static const char *const returns[] = { "64 00", "0A 00", "00 00", "01 00" };
	Fixture fixture;
	FiscalTotals totals;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	for (int i = 0; i < 4; i++)
		add_register(&fixture, 193 + 4 * i, sales[i]);
	for (int i = 0; i < 4; i++)
		add_register(&fixture, 195 + 4 * i, returns[i]);
	add_exchange(&fixture, "1B 1E 00 00 00 90", "1B 00 1E 05 00");
	add_exchange(&fixture, "1B 1E 00 00 00 92", "1B 33"); /* it has no such counter */
	open_with(&fixture, NULL, NULL);
	g_assert_true(shtrih()->read_totals(fixture.registrar, &totals, &error));
	g_assert_true(totals.known);
	g_assert_cmpint(totals.sales.minor, ==, 11000);
	g_assert_cmpint(totals.returns.minor, ==, 111);
	g_assert_cmpint(totals.kept[TENDER_CASH].minor, ==, 9900);
	g_assert_cmpint(totals.kept[TENDER_CARD].minor, ==, 990);
	g_assert_cmpint(totals.n_sales, ==, 5);
	g_assert_cmpint(totals.n_returns, ==, -1);
	end(&fixture);
}

static void test_totals_unknown(void)
{
	Fixture fixture;
	FiscalTotals totals;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_exchange(&fixture, "1A 1E 00 00 00 C1", "1A 33");
	open_with(&fixture, NULL, NULL);
	g_assert_true(shtrih()->read_totals(fixture.registrar, &totals, &error));
	g_assert_false(totals.known);
	end(&fixture);
}

/* --- clock and paper ----------------------------------------------------------------------- */

static void test_set_clock(void)
{
	Fixture fixture;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_exchange(&fixture, "21 1E 00 00 00 0A 11 05", "21 00");
	add_exchange(&fixture, "22 1E 00 00 00 03 06 1A", "22 00");
	add_exchange(&fixture, "23 1E 00 00 00 03 06 1A", "23 00");
	open_with(&fixture, "timezone", "Europe/Moscow");
	g_assert_true(shtrih()->set_clock(fixture.registrar,
					  INT64_C(1780471025) * G_TIME_SPAN_SECOND, &error));
	end(&fixture);
}

#define HELLO "17 1E 00 00 00 02 48 45 4C 4C 4F"

static char *dup_row(const char *head, int n_zeros)
{
	GString *row = g_string_new(head);

	for (int i = 0; i < n_zeros; i++)
		g_string_append(row, " 00");
	return g_string_free(row, FALSE);
}

/* V14; then a row that is longer than the paper is wide. */
static void test_print_text(void)
{
	static const char *const lines[] = { "HELLO", "0123456789012345678901234567890123456789А",
					     NULL };
	Fixture fixture;
	g_autofree char *hello = dup_row(HELLO, 35), *rest = dup_row("17 1E 00 00 00 02 C0", 39);
	g_autofree char *digits = g_strdup("17 1E 00 00 00 02");
	g_autoptr(GError) error = NULL;

	for (int i = 0; i < 40; i++) {
		char *longer = g_strdup_printf("%s %02X", digits, (guint)('0' + i % 10));

		g_free(digits);
		digits = longer;
	}
	begin(&fixture);
	add_exchange(&fixture, hello, "17 00 1E");
	add_exchange(&fixture, digits, "17 00 1E");
	add_exchange(&fixture, rest, "17 00 1E");
	add_exchange(&fixture, "29 1E 00 00 00 02 04", "29 00 1E");
	add_exchange(&fixture, "25 1E 00 00 00 01", "25 37"); /* no cutter */
	open_with(&fixture, NULL, NULL);
	g_assert_true(shtrih()->print_text(fixture.registrar, lines, &error));
	g_assert_no_error(error);
	end(&fixture);
}

static void test_copy(void)
{
	Fixture fixture;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_exchange(&fixture, "8C 1E 00 00 00", "8C 00 1E");
	add_exchange(&fixture, "8C 1E 00 00 00", "8C 56");
	open_with(&fixture, NULL, NULL);
	g_assert_true(shtrih()->print_copy(fixture.registrar, &error));
	g_assert_false(shtrih()->print_copy(fixture.registrar, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	end(&fixture);
}

/* --- marks --------------------------------------------------------------------------------- */

#define MARK "30 31 34 1D 39 32" /* 014<GS>92 */
#define CHECK "FF 61 1E 00 00 00 01 00 06 00 " MARK

static const FiscalLine shoes = { .name = "A",
				  .quantity = { QUANTITY_ONE },
				  .price = { 100, 643 },
				  .sum = { 100, 643 },
				  .tax = FISCAL_TAX_NONE,
				  .unit = UNIT_PIECE,
				  .mark = "014\x1d"
					  "92" };
static const FiscalDocument sale = {
	.kind = FISCAL_SALE,
	.sale_id = "T1-1",
	.lines = &shoes,
	.n_lines = 1,
	.paid = { [TENDER_CASH] = { 100, 643 }, [TENDER_CARD] = { 0, 643 } },
	.total = { 100, 643 }
};

/* Runs steps till the first fault; the number of those that were done. */
static int run(Fixture *fixture, const FiscalDocument *document, FiscalProof *proof, GError **error)
{
	struct fiscal_plan *plan = shtrih()->plan(fixture->registrar, document, error);
	int n = 0;

	g_assert_nonnull(plan);
	while (n < shtrih()->plan_n_steps(plan) &&
	       shtrih()->step(fixture->registrar, plan, n, proof, error))
		n++;
	shtrih()->plan_free(plan);
	return n;
}

static void add_sale(Fixture *fixture)
{
	g_autofree char *close = dup_row("FF 45 1E 00 00 00 64", 110);
	g_autofree char *whole = g_strconcat(close, " 01", NULL);

	add_exchange(fixture, "8D 1E 00 00 00 00", "8D 00 1E");
	add_exchange(
		fixture,
		"FF 46 1E 00 00 00 01 40 42 0F 00 00 00 64 00 00 00 00 64 00 00 00 00 FF FF FF "
		"FF FF 08 01 04 21 41",
		"FF 46 00");
	add_exchange(fixture, "FF 4D 1E 00 00 00 3C 08 01 00 00", "FF 4D 00");
	add_exchange(fixture, "FF 67 1E 00 00 00 06 " MARK, "FF 67 00 44 4D 03");
	add_exchange(fixture, "89 1E 00 00 00", "89 00 1E 64 00 00 00 00");
	add_exchange(fixture, whole, "FF 45 00 00 00 00 00 00 3A 00 00 00 10 F2 A3 71");
}

static void check_mark_sold(const char *checked, const char *accepted)
{
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_observe(&fixture);
	add_exchange(&fixture, CHECK, checked);
	add_exchange(&fixture, "FF 69 1E 00 00 00 01", accepted);
	add_sale(&fixture);
	open_with(&fixture, NULL, NULL);
	run(&fixture, &sale, &proof, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(proof.document_number, ==, 58);
	end(&fixture);
}

static void test_mark_sold(void)
{
	check_mark_sold("FF 61 00 03 00 05 02 00 0F", "FF 69 00 0F"); /* good, here and there */
	check_mark_sold("FF 61 00 00 01 05 00", "FF 69 00 00"); /* nobody could be asked */
	check_mark_sold("FF 61 00 03 00 05 02 02 00", "FF 69 00 03"); /* the state did not answer */
}

/* Goods that may not be sold leave no receipt behind. */
static void check_mark_refused(const char *checked)
{
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_observe(&fixture);
	add_exchange(&fixture, CHECK, checked);
	add_exchange(&fixture, "FF 69 1E 00 00 00 00", "FF 69 00 00");
	open_with(&fixture, NULL, NULL);
	g_assert_cmpint(run(&fixture, &sale, &proof, &error), ==, 0);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	end(&fixture);
}

static void test_mark_refused(void)
{
	check_mark_refused("FF 61 00 01 00 05 00"); /* false, says the memory itself */
	check_mark_refused("FF 61 00 03 00 05 02 00 05"); /* false, and not in trade */
	check_mark_refused("FF 61 00 03 00 05 02 00 07"); /* right, but sold before */
}

static void test_mark_code_refused(void)
{
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_observe(&fixture);
	add_exchange(&fixture, CHECK, "FF 61 A0");
	open_with(&fixture, NULL, NULL);
	g_assert_cmpint(run(&fixture, &sale, &proof, &error), ==, 0);
	g_assert_nonnull(error);
	end(&fixture);
}

/* --- corrections --------------------------------------------------------------------------- */

#define BASIS "96 04 16 00 99 04 05 00 8D A5 E2 20 31 9A 04 04 00 80 6E 1F 6A 9B 04 01 00 20"

static const FiscalLine bread = { .name = "B",
				  .quantity = { 2 * QUANTITY_ONE },
				  .price = { 5500, 643 },
				  .sum = { 11000, 643 },
				  .tax = FISCAL_TAX_REDUCED,
				  .tax_rate = 1000,
				  .unit = UNIT_PIECE };
static const FiscalOrigin dark_hour = { .number = "T1-17",
					.at = INT64_C(1780471025) * G_TIME_SPAN_SECOND };
static const FiscalDocument late = {
	.kind = FISCAL_CORRECTION,
	.sale_id = "T1-17",
	.lines = &bread,
	.n_lines = 1,
	.paid = { [TENDER_CASH] = { 20000, 643 }, [TENDER_CARD] = { 1000, 643 } },
	.total = { 11000, 643 },
	.origin = &dark_hour,
	.reason = "Нет 1"
};

static void add_correction(Fixture *fixture, const char *operation)
{
	/* total 110.00, cash without change 100.00, card 10.00, VAT 10 % of 110.00 is 10.00 */
	g_autofree char *sums = g_strdup_printf("FF 4A 1E 00 00 00 00 %s F8 2A 00 00 00 10 27 00 "
						"00 00 E8 03 00 00 00 00 00 00 00 00 "
						"00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 E8 "
						"03 00 00 00 00 00 00 00 00 00 00 00 "
						"00 00 00 00 00 00 00 00 00 00 00 00 01",
						operation);

	add_exchange(fixture, "FF 35 1E 00 00 00", "FF 35 00");
	add_exchange(fixture, "FF 0C 1E 00 00 00 95 04 01 00 00", "FF 0C 00");
	add_exchange(fixture, "FF 0C 1E 00 00 00 " BASIS, "FF 0C 00");
	if (strcmp(operation, "02") == 0) /* the sign of the wrong one */
		add_exchange(fixture, "FF 0C 1E 00 00 00 A8 04 03 00 31 32 33", "FF 0C 00");
	add_exchange(fixture, sums, "FF 4A 00 05 00 3A 00 00 00 10 F2 A3 71");
}

static void check_correction(const FiscalDocument *document, const char *operation)
{
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_observe(&fixture);
	add_correction(&fixture, operation);
	open_with(&fixture, NULL, NULL);
	run(&fixture, document, &proof, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpuint(proof.receipt_number, ==, 5);
	g_assert_cmpstr(proof.sign, ==, "1906569744");
	end(&fixture);
}

static void test_corrections(void)
{
	FiscalOrigin wrong = dark_hour;
	FiscalDocument back = late;

	g_assert_true(shtrih()->caps & FISCAL_CORRECTS);
	check_correction(&late, "01");
	wrong.sign = "123";
	back.kind = FISCAL_CORRECTION_RETURN;
	back.origin = &wrong;
	check_correction(&back, "02");
}

/* The answer is lost: the memory has the document. */
static void test_correction_found(void)
{
	FiscalIntent intent = { .kind = FISCAL_CORRECTION,
				.before = { .serial = "9999078900012345", .last_document = 56 },
				.total = { 11000, 643 } };
	Fixture fixture;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	add_exchange(&fixture, "10 1E 00 00 00", STATUS);
	add_exchange(&fixture, "FF 01 1E 00 00 00", FN);
	add_observe(&fixture);
	add_exchange(&fixture, "FF 0A 1E 00 00 00 39 00 00 00",
		     "FF 0A 00 1F 00 1A 06 03 0A 11 39 00 00 00 10 F2 A3 71 01 F8 2A 00 00 00");
	open_with(&fixture, NULL, NULL);
	g_assert_cmpint(shtrih()->reconcile(fixture.registrar, &intent, NULL, NULL, &proof, &error),
			==, FISCAL_MADE);
	g_assert_cmpuint(proof.document_number, ==, 57);
	end(&fixture);
}

/* --- what is refused, and the buyer -------------------------------------------------------- */

static void refuses(const FiscalDocument *document, const char *why)
{
	Fixture fixture;
	g_autoptr(GError) error = NULL;

	begin(&fixture);
	open_with(&fixture, NULL, NULL);
	g_assert_null(shtrih()->plan(fixture.registrar, document, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_assert_nonnull(strstr(error->message, why));
	end(&fixture);
}

static void test_plans_refused(void)
{
	FiscalDocument document = late;
	FiscalLine line = shoes;
	g_autofree char *long_code = g_strnfill(200, '1');

	document.reason = NULL;
	refuses(&document, "without a reason");
	document = late;
	document.origin = NULL;
	refuses(&document, "a correction of nothing");
	document = late;
	document.total.minor++;
	refuses(&document, "the lines make");

	document = sale;
	document.lines = &line;
	line.mark = long_code;
	refuses(&document, "a marking code of 200");
	line = shoes;
	line.quantity.micro = 2 * QUANTITY_ONE;
	refuses(&document, "of one piece");
	document = sale;
	document.customer_tin = "12345";
	refuses(&document, "no taxpayer");
}

static void test_buyer(void)
{
	FiscalDocument document = sale;
	FiscalLine line = shoes;
	Fixture fixture;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	struct fiscal_plan *plan;

	line.mark = NULL;
	document.lines = &line;
	document.customer_tin = "7701234567";
	begin(&fixture);
	open_with(&fixture, NULL, NULL);
	plan = shtrih()->plan(fixture.registrar, &document, &error);
	text = shtrih()->plan_describe(plan);
	g_assert_nonnull(strstr(text, "FF0C tag 1228 \"7701234567  \"\n"));
	shtrih()->plan_free(plan);
	end(&fixture);
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
	g_test_add_func("/shtrih_service/mark_sold", test_mark_sold);
	g_test_add_func("/shtrih_service/mark_refused", test_mark_refused);
	g_test_add_func("/shtrih_service/mark_code_refused", test_mark_code_refused);
	g_test_add_func("/shtrih_service/corrections", test_corrections);
	g_test_add_func("/shtrih_service/correction_found", test_correction_found);
	g_test_add_func("/shtrih_service/plans_refused", test_plans_refused);
	g_test_add_func("/shtrih_service/buyer", test_buyer);
	return g_test_run();
}
