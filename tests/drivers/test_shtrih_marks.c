/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shtrih_talk.h"

#include <string.h>

/* Marks, corrections and buyers. */

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
static int run(ShtrihTalk *talk, const FiscalDocument *document, FiscalProof *proof, GError **error)
{
	struct fiscal_plan *plan = shtrih()->plan(talk->registrar, document, error);
	int n = 0;

	g_assert_nonnull(plan);
	while (n < shtrih()->plan_n_steps(plan) &&
	       shtrih()->step(talk->registrar, plan, n, proof, error))
		n++;
	shtrih()->plan_free(plan);
	return n;
}

static void add_sale(ShtrihTalk *talk)
{
	g_autofree char *close = shtrih_talk_dup_row("FF 45 1E 00 00 00 64", 110);
	g_autofree char *whole = g_strconcat(close, " 01", NULL);

	shtrih_talk_add(talk, "8D 1E 00 00 00 00", "8D 00 1E");
	shtrih_talk_add(
		talk,
		"FF 46 1E 00 00 00 01 40 42 0F 00 00 00 64 00 00 00 00 64 00 00 00 00 FF FF FF "
		"FF FF 08 01 04 21 41",
		"FF 46 00");
	shtrih_talk_add(talk, "FF 4D 1E 00 00 00 3C 08 01 00 00", "FF 4D 00");
	shtrih_talk_add(talk, "FF 67 1E 00 00 00 06 " MARK, "FF 67 00 44 4D 03");
	shtrih_talk_add(talk, "89 1E 00 00 00", "89 00 1E 64 00 00 00 00");
	shtrih_talk_add(talk, whole, "FF 45 00 00 00 00 00 00 3A 00 00 00 10 F2 A3 71");
}

static void check_mark_sold(const char *checked, const char *accepted)
{
	ShtrihTalk talk;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add_observe(&talk);
	shtrih_talk_add(&talk, CHECK, checked);
	shtrih_talk_add(&talk, "FF 69 1E 00 00 00 01", accepted);
	add_sale(&talk);
	shtrih_talk_open(&talk, NULL, NULL);
	run(&talk, &sale, &proof, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(proof.document_number, ==, 58);
	shtrih_talk_end(&talk);
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
	ShtrihTalk talk;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add_observe(&talk);
	shtrih_talk_add(&talk, CHECK, checked);
	shtrih_talk_add(&talk, "FF 69 1E 00 00 00 00", "FF 69 00 00");
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_cmpint(run(&talk, &sale, &proof, &error), ==, 0);
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	shtrih_talk_end(&talk);
}

static void test_mark_refused(void)
{
	check_mark_refused("FF 61 00 01 00 05 00"); /* false, says the memory itself */
	check_mark_refused("FF 61 00 03 00 05 02 00 05"); /* false, and not in trade */
	check_mark_refused("FF 61 00 03 00 05 02 00 07"); /* right, but sold before */
}

static void test_mark_code_refused(void)
{
	ShtrihTalk talk;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add_observe(&talk);
	shtrih_talk_add(&talk, CHECK, "FF 61 A0");
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_cmpint(run(&talk, &sale, &proof, &error), ==, 0);
	g_assert_nonnull(error);
	shtrih_talk_end(&talk);
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

static void add_correction(ShtrihTalk *talk, bool signed_too)
{
	/* total 110.00, cash without change 100.00, card 10.00, VAT 10 % of 110.00 is 10.00 */
	static const char sums[] = "FF 4A 1E 00 00 00 00 01 F8 2A 00 00 00 10 27 00 "
				   "00 00 E8 03 00 00 00 00 00 00 00 00 "
				   "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 E8 "
				   "03 00 00 00 00 00 00 00 00 00 00 00 "
				   "00 00 00 00 00 00 00 00 00 00 00 00 01";

	shtrih_talk_add(talk, "FF 35 1E 00 00 00", "FF 35 00");
	shtrih_talk_add(talk, "FF 0C 1E 00 00 00 95 04 01 00 00", "FF 0C 00");
	shtrih_talk_add(talk, "FF 0C 1E 00 00 00 " BASIS, "FF 0C 00");
	if (signed_too) /* the sign of the wrong one */
		shtrih_talk_add(talk, "FF 0C 1E 00 00 00 A8 04 03 00 31 32 33", "FF 0C 00");
	shtrih_talk_add(talk, sums, "FF 4A 00 05 00 3A 00 00 00 10 F2 A3 71");
}

static void check_correction(const FiscalDocument *document, bool signed_too)
{
	ShtrihTalk talk;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add_observe(&talk);
	add_correction(&talk, signed_too);
	shtrih_talk_open(&talk, NULL, NULL);
	run(&talk, document, &proof, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpuint(proof.receipt_number, ==, 5);
	g_assert_cmpstr(proof.sign, ==, "1906569744");
	shtrih_talk_end(&talk);
}

static void test_corrections(void)
{
	FiscalOrigin wrong = dark_hour;
	FiscalDocument signed_one = late;

	g_assert_true(shtrih()->caps & FISCAL_CORRECTS);
	check_correction(&late, false);
	wrong.sign = "123";
	signed_one.origin = &wrong;
	check_correction(&signed_one, true);
}

/* The answer is lost: the memory has the document. */
static void test_correction_found(void)
{
	FiscalIntent intent = { .kind = FISCAL_CORRECTION,
				.before = { .serial = "9999078900012345", .last_document = 56 },
				.total = { 11000, 643 } };
	ShtrihTalk talk;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_add(&talk, "10 1E 00 00 00", SHTRIH_TALK_STATUS);
	shtrih_talk_add(&talk, "FF 01 1E 00 00 00", SHTRIH_TALK_FN);
	shtrih_talk_add_observe(&talk);
	shtrih_talk_add(&talk, "FF 0A 1E 00 00 00 39 00 00 00",
			"FF 0A 00 1F 00 1A 06 03 0A 11 39 00 00 00 10 F2 A3 71 01 F8 2A 00 00 00");
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_cmpint(shtrih()->reconcile(talk.registrar, &intent, NULL, NULL, &proof, &error),
			==, FISCAL_MADE);
	g_assert_cmpuint(proof.document_number, ==, 57);
	shtrih_talk_end(&talk);
}

/* --- what is refused, and the buyer -------------------------------------------------------- */

static void refuses(const FiscalDocument *document, const char *why)
{
	ShtrihTalk talk;
	g_autoptr(GError) error = NULL;

	shtrih_talk_begin(&talk);
	shtrih_talk_open(&talk, NULL, NULL);
	g_assert_null(shtrih()->plan(talk.registrar, document, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	g_assert_nonnull(strstr(error->message, why));
	shtrih_talk_end(&talk);
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
	ShtrihTalk talk;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	struct fiscal_plan *plan;

	line.mark = NULL;
	document.lines = &line;
	document.customer_tin = "7701234567";
	shtrih_talk_begin(&talk);
	shtrih_talk_open(&talk, NULL, NULL);
	plan = shtrih()->plan(talk.registrar, &document, &error);
	text = shtrih()->plan_describe(plan);
	g_assert_nonnull(strstr(text, "FF0C tag 1228 \"7701234567  \"\n"));
	shtrih()->plan_free(plan);
	shtrih_talk_end(&talk);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shtrih_marks/mark_sold", test_mark_sold);
	g_test_add_func("/shtrih_marks/mark_refused", test_mark_refused);
	g_test_add_func("/shtrih_marks/mark_code_refused", test_mark_code_refused);
	g_test_add_func("/shtrih_marks/corrections", test_corrections);
	g_test_add_func("/shtrih_marks/correction_found", test_correction_found);
	g_test_add_func("/shtrih_marks/plans_refused", test_plans_refused);
	g_test_add_func("/shtrih_marks/buyer", test_buyer);
	return g_test_run();
}
