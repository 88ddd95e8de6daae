/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/datecs_link.h"
#include "drivers/fiscal/datecs_plan.h"

#include <string.h>

static const DatecsIdentity identity = { .serial = "DT279013", .memory = "02279013" };

static const FiscalLine page_lines[] = {
	{ .name = "Ябълки",
	  .quantity = { 1234000 },
	  .price = { 8990, 978 },
	  .sum = { 11094, 978 },
	  .discount = { 0, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .tax_rate = 2000,
	  .unit = UNIT_KILOGRAM },
	{ .name = "Шоколад",
	  .quantity = { 2000000 },
	  .price = { 7500, 978 },
	  .sum = { 13500, 978 },
	  .discount = { 1500, 978 },
	  .tax = FISCAL_TAX_STANDARD,
	  .tax_rate = 2000,
	  .unit = UNIT_PIECE },
};

static const FiscalDocument page_sale = {
	.kind = FISCAL_SALE,
	.sale_id = "T1-41-1",
	.id = 1,
	.lines = page_lines,
	.n_lines = G_N_ELEMENTS(page_lines),
	.paid = { [TENDER_CASH] = { 20000, 978 }, [TENDER_CARD] = { 10000, 978 } },
	.total = { 24594, 978 },
};

static DatecsOptions parse(const char *const *pairs)
{
	g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;
	DatecsOptions options;

	for (int i = 0; pairs != NULL && pairs[i] != NULL; i += 2)
		g_hash_table_insert(table, (void *)pairs[i], (void *)pairs[i + 1]);
	g_assert_true(datecs_options_parse(table, &options, &error));
	g_assert_no_error(error);
	return options;
}

static struct fiscal_plan *plan_with(DatecsFamily family, const DatecsOptions *options,
				     const FiscalDocument *document)
{
	DatecsTarget target = { family, options, &identity };
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = datecs_plan_new(&target, document, &error);

	g_assert_no_error(error);
	g_assert_nonnull(plan);
	return plan;
}

static struct fiscal_plan *plan_of(DatecsFamily family, const FiscalDocument *document)
{
	DatecsOptions options = parse(NULL);
	struct fiscal_plan *plan = plan_with(family, &options, document);

	datecs_options_clear(&options);
	return plan;
}

static const DatecsStep *step_of(const struct fiscal_plan *plan, int n)
{
	g_assert_cmpint(n, <, datecs_plan_n_steps(plan));
	return &g_array_index(plan->steps, DatecsStep, n);
}

/* @frame: of the page's session, with the SEQ it has there. */
static void check_frame(DatecsFamily family, const struct fiscal_plan *plan, int n, uint8_t seq,
			const char *frame)
{
	GString *hex = g_string_new(NULL);
	uint8_t bytes[DATECS_FRAME_MAX];
	size_t len = datecs_frame_encode(family, seq, &step_of(plan, n)->body, bytes);

	for (size_t i = 0; i < len; i++)
		g_string_append_printf(hex, "%s%02X", i == 0 ? "" : " ", bytes[i]);
	g_assert_cmpstr(hex->str, ==, frame);
	g_string_free(hex, TRUE);
}

static void check_data(const struct fiscal_plan *plan, int n, uint8_t code, const char *data)
{
	const DatecsBody *body = &step_of(plan, n)->body;

	g_assert_cmpuint(body->code, ==, code);
	g_assert_cmpmem(body->data, body->len, data, strlen(data));
}

/* §7.1. */
static void test_sale_p(void)
{
	struct fiscal_plan *plan = plan_of(DATECS_P, &page_sale);
	g_autofree char *text = datecs_plan_describe(plan);

	g_assert_cmpint(datecs_plan_n_steps(plan), ==, 7);
	g_assert_cmpint(datecs_plan_commit_step(plan), ==, 4);
	check_frame(DATECS_P, plan, 0, 0x23,
		    "01 42 23 30 31 2C 30 30 30 30 2C 31 2C 44 54 32 37 39 30 31 33 2D 30 30 30 31 "
		    "2D 30 30 30 30 30 30 31 05 30 36 37 3A 03");
	check_frame(DATECS_P, plan, 1, 0x24,
		    "01 3A 24 31 DF E1 FA EB EA E8 09 C1 38 39 2E 39 30 2A 31 2E 32 33 34 23 EA E3 "
		    "05 30 3A 3E 3F 03");
	check_frame(DATECS_P, plan, 2, 0x25,
		    "01 3F 25 31 D8 EE EA EE EB E0 E4 09 C1 37 35 2E 30 30 2A 32 2E 30 30 30 3B 2D "
		    "31 35 2E 30 30 05 30 3B 32 31 03");
	check_data(plan, 3, DATECS_RECEIPT, "T");
	check_frame(DATECS_P, plan, 4, 0x27,
		    "01 2C 27 35 09 44 31 30 30 2E 30 30 05 30 31 3F 39 03");
	check_frame(DATECS_P, plan, 5, 0x28,
		    "01 2C 28 35 09 50 32 30 30 2E 30 30 05 30 32 30 37 03");
	check_frame(DATECS_P, plan, 6, 0x29, "01 24 29 38 05 30 30 38 3A 03");
	g_assert_cmpstr(text, ==,
			"30 open a sale DT279013-0001-0000001\n"
			"31 1.234 x 89.90 group B \"Ябълки\"\n"
			"31 2.000 x 75.00 - 15.00 group B \"Шоколад\"\n"
			"4C check the sum\n"
			"35 pay by card 100.00\n"
			"35 pay by cash 200.00\n"
			"38 close\n");
	datecs_plan_free(plan);
}

/* What 4Ch tells before and after each step: the witness after a lost answer. */
static void test_sums_on_the_way(void)
{
	static const struct {
		DatecsStepKind kind;
		int64_t before, after;
	} steps[] = {
		{ DATECS_STEP_OPEN, 0, 0 },	    { DATECS_STEP_LINE, 0, 11094 },
		{ DATECS_STEP_LINE, 11094, 24594 }, { DATECS_STEP_CHECK, 24594, 24594 },
		{ DATECS_STEP_PAY, 0, 10000 },	    { DATECS_STEP_PAY, 10000, 30000 },
	};
	struct fiscal_plan *plan = plan_of(DATECS_X, &page_sale);

	for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
		const DatecsStep *step = step_of(plan, (int)i);

		g_assert_cmpint(step->kind, ==, steps[i].kind);
		g_assert_cmpint(step->before, ==, steps[i].before);
		g_assert_cmpint(step->after, ==, steps[i].after);
	}
	datecs_plan_free(plan);
}

/* §7.2. */
static void test_sale_x(void)
{
	FiscalDocument sale = page_sale;
	struct fiscal_plan *plan;

	sale.id = 2;
	plan = plan_of(DATECS_X, &sale);
	g_assert_cmpint(datecs_plan_n_steps(plan), ==, 7);
	g_assert_cmpint(datecs_plan_commit_step(plan), ==, 4);
	check_frame(DATECS_X, plan, 0, 0x41,
		    "01 30 30 34 3A 41 30 30 33 30 31 09 30 30 30 30 09 44 54 32 37 39 30 31 33 2D "
		    "30 30 30 31 2D 30 30 30 30 30 30 32 09 31 09 09 05 30 37 36 31 03");
	check_frame(DATECS_X, plan, 1, 0x42,
		    "01 30 30 34 37 42 30 30 33 31 DF E1 FA EB EA E8 09 32 09 38 39 2E 39 30 09 31 "
		    "2E 32 33 34 09 30 09 09 30 09 EA E3 09 05 30 3B 3F 34 03");
	check_frame(DATECS_X, plan, 2, 0x43,
		    "01 30 30 34 3D 43 30 30 33 31 D8 EE EA EE EB E0 E4 09 32 09 37 35 2E 30 30 09 "
		    "32 2E 30 30 30 09 34 09 31 35 2E 30 30 09 30 09 E1 F0 09 05 30 3D 3B 37 03");
	check_data(plan, 3, DATECS_RECEIPT, "");
	check_frame(
		DATECS_X, plan, 4, 0x44,
		"01 30 30 33 34 44 30 30 33 35 31 09 31 30 30 2E 30 30 09 09 05 30 33 34 33 03");
	check_frame(
		DATECS_X, plan, 5, 0x45,
		"01 30 30 33 34 45 30 30 33 35 30 09 32 30 30 2E 30 30 09 09 05 30 33 34 34 03");
	check_frame(DATECS_X, plan, 6, 0x46, "01 30 30 32 3A 46 30 30 33 38 05 30 31 3E 32 03");
	datecs_plan_free(plan);
}

static const FiscalOrigin page_origin = {
	.number = "T1-000001",
	.document_number = 137,
	.id = "DT279013-0001-0000001",
	.registrar_at = "2026-06-03T10:17:12",
};

static const FiscalLine returned = {
	.name = "Шоколад",
	.quantity = { 1000000 },
	.price = { 6750, 978 },
	.sum = { 6750, 978 },
	.discount = { 0, 978 },
	.tax = FISCAL_TAX_STANDARD,
	.unit = UNIT_PIECE,
};

static const FiscalDocument page_return = {
	.kind = FISCAL_SALE_RETURN,
	.id = 3,
	.lines = &returned,
	.n_lines = 1,
	.paid = { [TENDER_CASH] = { 6750, 978 }, [TENDER_CARD] = { 0, 978 } },
	.total = { 6750, 978 },
	.origin = &page_origin,
};

static void test_return_p(void)
{
	struct fiscal_plan *plan = plan_of(DATECS_P, &page_return);

	g_assert_cmpint(datecs_plan_commit_step(plan), ==, 3);
	check_frame(DATECS_P, plan, 0, 0x2B,
		    "01 61 2B 2E 31 2C 30 30 30 30 2C 31 2C 52 30 30 30 30 31 33 37 2C 44 54 32 37 "
		    "39 30 31 33 2D 30 30 30 31 2D 30 30 30 30 30 30 31 2C 30 33 30 36 32 36 31 30 "
		    "31 37 31 32 2C 30 32 32 37 39 30 31 33 05 30 3C 3C 35 03");
	check_data(plan, 1, DATECS_LINE,
		   "\xD8\xEE\xEA\xEE\xEB\xE0\xE4\t\xC1"
		   "67.50*1.000");
	check_frame(DATECS_P, plan, 3, 0x2D, "01 2B 2D 35 09 50 36 37 2E 35 30 05 30 31 3E 3B 03");
	datecs_plan_free(plan);
}

static void test_return_x(void)
{
	FiscalOrigin origin = page_origin;
	FiscalDocument document = page_return;
	struct fiscal_plan *plan;

	origin.document_number = 138;
	origin.id = "DT279013-0001-0000002";
	document.origin = &origin;
	plan = plan_of(DATECS_X, &document);
	check_frame(DATECS_X, plan, 0, 0x47,
		    "01 30 30 36 3D 47 30 30 32 3B 31 09 30 30 30 30 09 31 09 31 09 31 33 38 09 30 "
		    "33 2D 30 36 2D 32 36 20 31 30 3A 31 37 3A 31 32 09 30 32 32 37 39 30 31 33 09 "
		    "09 09 09 44 54 32 37 39 30 31 33 2D 30 30 30 31 2D 30 30 30 30 30 30 32 09 05 "
		    "30 3D 35 3C 03");
	check_frame(DATECS_X, plan, 1, 0x48,
		    "01 30 30 34 38 48 30 30 33 31 D8 EE EA EE EB E0 E4 09 32 09 36 37 2E 35 30 09 "
		    "31 2E 30 30 30 09 30 09 09 30 09 E1 F0 09 05 30 3C 3C 34 03");
	check_frame(DATECS_X, plan, 3, 0x49,
		    "01 30 30 33 33 49 30 30 33 35 30 09 36 37 2E 35 30 09 09 05 30 33 32 37 03");
	datecs_plan_free(plan);
}

/* Of a sale whose proof has no time: ours, on the shop's clock. */
static void test_return_by_our_time(void)
{
	const char *const zone[] = { "timezone", "Europe/Sofia", NULL };
	DatecsOptions options = parse(zone);
	FiscalOrigin origin = { .document_number = 7, .at = INT64_C(1780471032000000) };
	FiscalDocument document = page_return;
	struct fiscal_plan *plan;

	document.origin = &origin;
	plan = plan_with(DATECS_X, &options, &document);
	check_data(plan, 0, DATECS_STORNO_X,
		   "1\t0000\t1\t1\t7\t03-06-26 10:17:12\t02279013\t\t\t\t\t");
	datecs_plan_free(plan);
	plan = plan_with(DATECS_P, &options, &document);
	check_data(plan, 0, DATECS_STORNO_P, "1,0000,1,R0000007");
	datecs_plan_free(plan);
	datecs_options_clear(&options);
}

static void test_other_documents(void)
{
	static const struct {
		FiscalKind kind;
		uint8_t code;
		const char *p, *x;
	} cases[] = {
		{ FISCAL_SHIFT_CLOSE, 0x45, "", "Z\t" },
		{ FISCAL_X, 0x45, "2", "X\t" },
		{ FISCAL_CASH_IN, 0x46, "500.00", "0\t500.00\t" },
		{ FISCAL_CASH_OUT, 0x46, "-500.00", "1\t500.00\t" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		FiscalDocument document = { .kind = cases[i].kind, .total = { 50000, 978 } };
		struct fiscal_plan *p = plan_of(DATECS_P, &document);
		struct fiscal_plan *x = plan_of(DATECS_X, &document);

		g_assert_cmpint(datecs_plan_n_steps(p), ==, 1);
		g_assert_cmpint(datecs_plan_commit_step(p), ==, 0);
		check_data(p, 0, cases[i].code, cases[i].p);
		check_data(x, 0, cases[i].code, cases[i].x);
		datecs_plan_free(p);
		datecs_plan_free(x);
	}
}

/* --- lines --------------------------------------------------------------------------------- */

typedef struct {
	const char *name;
	int64_t quantity, price, sum;
	const char *first, *second; /* of family P, after the tax's letter; NULL: none */
} LineCase;

static const LineCase line_cases[] = {
	{ "three for 100.00", 3000000, 3334, 10000, "33.34*3.000;-0.02", NULL },
	{ "given away in part", 1000000, 10000, 1, "100.00*1.000;-99.99", NULL },
	{ "a gram", 1000, 999999, 1000, "9999.99*0.001", NULL },
	{ "half a kopeck up", 500000, 1, 1, "0.01*0.500", NULL },
	/* a tax on top: 3 x 10.00 cost 36.00, and 3 x 10.00 cost 36.01 */
	{ "tax on top", 3000000, 1000, 3600, "12.00*3.000", NULL },
	{ "tax on top, a kopeck over", 3000000, 1000, 3601, "12.00*3.000;0.01", NULL },
	{ "tax on top, in two parts", 7000000, 1000, 7003, "10.00*4.000", "10.01*3.000" },
};

static void test_lines(void)
{
	for (size_t i = 0; i < G_N_ELEMENTS(line_cases); i++) {
		const LineCase *c = &line_cases[i];
		FiscalLine line = page_lines[1];
		FiscalDocument sale = page_sale;
		struct fiscal_plan *plan;
		g_autofree char *first = g_strconcat("X\t\xC1", c->first, NULL);
		g_autofree char *second = g_strconcat("X\t\xC1", c->second, NULL);

		line.name = "X";
		line.quantity.micro = c->quantity;
		line.price.minor = c->price;
		line.sum.minor = c->sum;
		sale.lines = &line;
		sale.n_lines = 1;
		sale.total.minor = c->sum;
		sale.paid[TENDER_CARD].minor = 0;
		sale.paid[TENDER_CASH].minor = c->sum;
		g_test_message("%s", c->name);
		plan = plan_of(DATECS_P, &sale);
		g_assert_cmpint(datecs_plan_n_steps(plan), ==, c->second == NULL ? 5 : 6);
		check_data(plan, 1, DATECS_LINE, first);
		if (c->second != NULL)
			check_data(plan, 2, DATECS_LINE, second);
		datecs_plan_free(plan);
	}
}

/* Fields end at TABs and commas: a name must not bring its own. */
static void test_names(void)
{
	FiscalLine line = page_lines[1];
	FiscalDocument sale = page_sale;
	const char *const letters[] = { "letters", "ӨО,ҮУ", NULL };
	DatecsOptions options = parse(letters);
	struct fiscal_plan *plan;

	line.sum.minor = 15000;
	sale.lines = &line;
	sale.n_lines = 1;
	sale.total.minor = 15000;
	line.name = "Мөс,\tүхрийн\n01234567890123456789012345678901234567890123456789";
	sale.paid[TENDER_CARD].minor = 0;
	plan = plan_with(DATECS_P, &options, &sale);
	check_data(plan, 1, DATECS_LINE,
		   "\xCC\xEE\xF1,\xF3\xF5\xF0\xE8\xE9\xED"
		   "01234567890123456789012345\t\xC1"
		   "75.00*2.000");
	datecs_plan_free(plan);
	plan = plan_with(DATECS_X, &options, &sale);
	check_data(plan, 1, DATECS_LINE,
		   "\xCC\xEE\xF1,\xF3\xF5\xF0\xE8\xE9\xED"
		   "01234567890123456789012345678901234567890123456789\t2\t75.00\t2.000\t0\t\t0\t"
		   "\xE1\xF0\t");
	datecs_plan_free(plan);
	datecs_options_clear(&options);
}

/* --- options ------------------------------------------------------------------------------- */

static void test_options(void)
{
	const char *const pairs[] = { "family",
				      "x",
				      "operator",
				      "7",
				      "operator_password",
				      "7777",
				      "till",
				      "12",
				      "tax_standard",
				      "C",
				      "tax_reduced",
				      "h",
				      "tax_none",
				      "5",
				      "department",
				      "3",
				      "unp",
				      "no",
				      "currency",
				      "643",
				      NULL };
	DatecsOptions options = parse(pairs);
	FiscalDocument sale = page_sale;
	struct fiscal_plan *plan;

	g_assert_cmpuint(options.families, ==, DATECS_TRY_X);
	g_assert_cmpint(options.groups[FISCAL_TAX_REDUCED], ==, 8);
	g_assert_cmpint(options.groups[FISCAL_TAX_NONE], ==, 5);
	g_assert_cmpint(options.groups[FISCAL_TAX_OTHER], ==, 0);
	g_assert_cmpint(options.currency, ==, 643);
	plan = plan_with(DATECS_X, &options, &sale);
	check_data(plan, 0, DATECS_OPEN, "7\t7777\t12\t\t");
	check_data(plan, 1, DATECS_LINE,
		   "\xDF\xE1\xFA\xEB\xEA\xE8\t3\t89.90\t1.234\t0\t\t3\t\xEA\xE3\t");
	datecs_plan_free(plan);
	plan = plan_with(DATECS_P, &options, &sale);
	check_data(plan, 0, DATECS_OPEN, "7,7777,12");
	datecs_plan_free(plan);
	datecs_options_clear(&options);
}

static void test_bad_options(void)
{
	static const char *const bad[][2] = {
		{ "family", "y" },
		{ "operator", "0" },
		{ "operator", "31" },
		{ "till", "100000" },
		{ "tax_standard", "I" },
		{ "tax_standard", "Б" },
		{ "tax_none", "" },
		{ "tax_zero", "9" },
		{ "serial", "dt279013" },
		{ "serial", "DT27901" },
		{ "unp", "maybe" },
		{ "fiscal_memory", "022790134" },
		{ "currency", "rouble" },
		{ "timezone", "Mars/A" },
		{ "operator_password", "secret" },
		{ "department", "100" },
		{ "letters", "x" },
		{ "operator_password", "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
		g_autoptr(GError) error = NULL;
		DatecsOptions options;

		g_hash_table_insert(table, (void *)bad[i][0], (void *)bad[i][1]);
		g_test_message("%s=%s", bad[i][0], bad[i][1]);
		g_assert_false(datecs_options_parse(table, &options, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
	}
}

/* A department of family P chooses the tax: it would not be ours. */
static void test_department_of_p(void)
{
	g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;
	DatecsOptions options;

	g_hash_table_insert(table, (void *)"family", (void *)"p");
	g_hash_table_insert(table, (void *)"department", (void *)"1");
	g_assert_false(datecs_options_parse(table, &options, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
}

/* --- refusals ------------------------------------------------------------------------------ */

typedef struct {
	const char *name;
	void (*spoil)(FiscalDocument *document, FiscalLine *line);
} Refusal;

static void no_lines(FiscalDocument *document, FiscalLine *line)
{
	document->n_lines = 0;
}

static void other_total(FiscalDocument *document, FiscalLine *line)
{
	document->total.minor++;
}

static void nothing(FiscalDocument *document, FiscalLine *line)
{
	line->sum.minor = document->total.minor = document->paid[TENDER_CASH].minor = 0;
}

static void underpaid(FiscalDocument *document, FiscalLine *line)
{
	document->paid[TENDER_CASH].minor--;
}

static void much_card(FiscalDocument *document, FiscalLine *line)
{
	document->paid[TENDER_CARD].minor = document->total.minor + 1;
}

static void cash_for_nothing(FiscalDocument *document, FiscalLine *line)
{
	document->paid[TENDER_CARD].minor = document->total.minor;
}

static void other_currency(FiscalDocument *document, FiscalLine *line)
{
	document->paid[TENDER_CASH].currency = 643;
}

static void yen(FiscalDocument *document, FiscalLine *line)
{
	line->sum.currency = line->price.currency = document->total.currency =
		document->paid[TENDER_CASH].currency = document->paid[TENDER_CARD].currency = 392;
}

static void fine_quantity(FiscalDocument *document, FiscalLine *line)
{
	line->quantity.micro = 1000001;
}

static void no_quantity(FiscalDocument *document, FiscalLine *line)
{
	line->quantity.micro = 0;
}

static void no_name(FiscalDocument *document, FiscalLine *line)
{
	line->name = "\t";
}

static void other_tax(FiscalDocument *document, FiscalLine *line)
{
	line->tax = FISCAL_TAX_OTHER;
}

static void dear(FiscalDocument *document, FiscalLine *line)
{
	line->price.minor = DATECS_PRICE_MAX_P + 1;
}

static void large(FiscalDocument *document, FiscalLine *line)
{
	line->quantity.micro = INT64_C(1000000000000);
}

static void negative(FiscalDocument *document, FiscalLine *line)
{
	line->sum.minor = -1;
}

static void no_origin(FiscalDocument *document, FiscalLine *line)
{
	document->kind = FISCAL_SALE_RETURN;
}

static void no_number(FiscalDocument *document, FiscalLine *line)
{
	static const FiscalOrigin origin = { .registrar_at = "2026-06-03T10:17:12" };

	document->kind = FISCAL_SALE_RETURN;
	document->origin = &origin;
}

static void no_time(FiscalDocument *document, FiscalLine *line)
{
	static const FiscalOrigin origin = { .document_number = 137, .registrar_at = "" };

	document->kind = FISCAL_SALE_RETURN;
	document->origin = &origin;
}

static void too_much_back(FiscalDocument *document, FiscalLine *line)
{
	document->kind = FISCAL_SALE_RETURN;
	document->origin = &page_origin;
	document->paid[TENDER_CASH].minor++;
}

static void shift_open(FiscalDocument *document, FiscalLine *line)
{
	document->kind = FISCAL_SHIFT_OPEN;
}

static void correction(FiscalDocument *document, FiscalLine *line)
{
	document->kind = FISCAL_CORRECTION;
}

static const Refusal refusals[] = {
	{ "no lines", no_lines },
	{ "another total", other_total },
	{ "nothing", nothing },
	{ "underpaid", underpaid },
	{ "more by card than the total", much_card },
	{ "cash on top of a card", cash_for_nothing },
	{ "another currency", other_currency },
	{ "no hundredths", yen },
	{ "four decimals", fine_quantity },
	{ "no quantity", no_quantity },
	{ "no name", no_name },
	{ "a tax without a group", other_tax },
	{ "too dear", dear },
	{ "too large", large },
	{ "less than nothing", negative },
	{ "a return of nothing known", no_origin },
	{ "a return without a number", no_number },
	{ "a return without a time", no_time },
	{ "more back than the total", too_much_back },
	{ "a shift cannot be opened", shift_open },
	{ "no corrections", correction },
};

static void test_refusals(void)
{
	DatecsOptions options = parse(NULL);
	DatecsTarget target = { DATECS_P, &options, &identity };

	for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++) {
		FiscalLine line = page_lines[1];
		FiscalDocument document = page_sale;
		g_autoptr(GError) error = NULL;

		document.lines = &line;
		document.n_lines = 1;
		document.total.minor = document.paid[TENDER_CASH].minor = 13500;
		document.paid[TENDER_CARD].minor = 0;
		refusals[i].spoil(&document, &line);
		g_test_message("%s", refusals[i].name);
		g_assert_null(datecs_plan_new(&target, &document, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	}
	datecs_options_clear(&options);
}

/* --- sale numbers -------------------------------------------------------------------------- */

static void test_sale_numbers(void)
{
	const char *const pairs[] = { "operator", "12", NULL };
	DatecsOptions options = parse(pairs);
	DatecsTarget target = { DATECS_P, &options, &identity };
	char unp[DATECS_UNP_LEN + 1], later[DATECS_UNP_LEN + 1];

	datecs_make_unp(&target, 30000017, unp);
	g_assert_cmpstr(unp, ==, "DT279013-0012-0000017");
	datecs_make_unp(&target, 30000018, later);
	g_assert_true(datecs_unp_is_older(unp, later));
	g_assert_false(datecs_unp_is_older(unp, unp));
	g_assert_false(datecs_unp_is_older("DT279013-0001-0000017", unp));
	g_assert_false(datecs_unp_is_older("", unp));
	datecs_options_clear(&options);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/datecs plan/sale of the page, P", test_sale_p);
	g_test_add_func("/fiscal/datecs plan/sale of the page, X", test_sale_x);
	g_test_add_func("/fiscal/datecs plan/sums on the way", test_sums_on_the_way);
	g_test_add_func("/fiscal/datecs plan/return of the page, P", test_return_p);
	g_test_add_func("/fiscal/datecs plan/return of the page, X", test_return_x);
	g_test_add_func("/fiscal/datecs plan/return by our time", test_return_by_our_time);
	g_test_add_func("/fiscal/datecs plan/cash and reports", test_other_documents);
	g_test_add_func("/fiscal/datecs plan/lines", test_lines);
	g_test_add_func("/fiscal/datecs plan/names", test_names);
	g_test_add_func("/fiscal/datecs plan/options", test_options);
	g_test_add_func("/fiscal/datecs plan/bad options", test_bad_options);
	g_test_add_func("/fiscal/datecs plan/department of family P", test_department_of_p);
	g_test_add_func("/fiscal/datecs plan/refusals", test_refusals);
	g_test_add_func("/fiscal/datecs plan/sale numbers", test_sale_numbers);
	return g_test_run();
}
