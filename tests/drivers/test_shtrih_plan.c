/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/shtrih_plan.h"

#include <string.h>

/* A document that is right, for tests to spoil. */
typedef struct {
	FiscalLine lines[2];
	FiscalDocument document;
} Sample;

static void init_sample(Sample *sample)
{
	*sample = (Sample){
		.lines = { { .name = "Хлеб",
			     .quantity = { QUANTITY_ONE },
			     .price = { 5000, 643 },
			     .sum = { 5000, 643 },
			     .tax = FISCAL_TAX_REDUCED,
			     .tax_rate = 1000,
			     .unit = UNIT_PIECE },
			   { .name = "Сок",
			     .quantity = { 7 * QUANTITY_ONE },
			     .price = { 2000, 643 },
			     .sum = { 10000, 643 },
			     .discount = { 4000, 643 },
			     .tax = FISCAL_TAX_STANDARD,
			     .tax_rate = 2200,
			     .unit = UNIT_PIECE } },
		.document = { .kind = FISCAL_SALE,
			      .n_lines = 2,
			      .paid = { [TENDER_CASH] = { 20000, 643 },
					[TENDER_CARD] = { 0, 643 } },
			      .total = { 15000, 643 },
			      .cashier = "Сидорова" },
	};
	sample->document.lines = sample->lines;
}

static struct fiscal_plan *plan_with(const char *key, const char *value, const Sample *sample,
				     GError **error)
{
	g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
	ShtrihOptions options;

	if (key != NULL)
		g_hash_table_insert(table, (char *)key, (char *)value);
	g_assert_true(shtrih_options_parse(table, &options, error));
	return shtrih_plan_new(&options, &sample->document, error);
}

static void check_refused(const Sample *sample, const char *why)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(plan_with(NULL, NULL, sample, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	if (strstr(error->message, why) == NULL)
		g_error("'%s' does not say '%s'", error->message, why);
}

static void test_describe(void)
{
	Sample sample;
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	struct fiscal_plan *plan;

	init_sample(&sample);
	sample.document.customer_contact = "a@b.ru";
	plan = plan_with(NULL, NULL, &sample, &error);
	g_assert_no_error(error);
	text = shtrih_plan_describe(plan);
	g_assert_cmpstr(text, ==,
			"8D open a sale\n"
			"FF46 1 x 50.00 = 50.00 vat 02 \"Хлеб\"\n"
			"FF4D tag 2108 0\n"
			"FF46 3 x 14.28 = 42.84 vat 01 \"Сок\"\n"
			"FF4D tag 2108 0\n"
			"FF46 4 x 14.29 = 57.16 vat 01 \"Сок\"\n"
			"FF4D tag 2108 0\n"
			"89 subtotal\n"
			"FF0C tag 1021 \"Сидорова\"\n"
			"FF0C tag 1008 \"a@b.ru\"\n"
			"FF45 close: cash 200.00, card 0.00\n");
	g_assert_cmpint(shtrih_plan_n_steps(plan), ==, 11);
	g_assert_cmpint(shtrih_plan_commit_step(plan), ==, 10);
	shtrih_plan_free(plan);
}

static void test_refusals(void)
{
	Sample sample;
	g_autofree char *long_mail = g_strnfill(65, 'a');

	init_sample(&sample);
	sample.document.total.minor = 15001;
	check_refused(&sample, "the lines make 15000");
	init_sample(&sample);
	sample.document.n_lines = 0;
	check_refused(&sample, "without lines");
	init_sample(&sample);
	sample.document.total.minor = 0;
	check_refused(&sample, "of nothing");
	init_sample(&sample);
	sample.document.total.currency = 392; /* yen have no hundredths */
	check_refused(&sample, "hundredths");
	init_sample(&sample);
	sample.document.total.currency = 7; /* nobody's money */
	check_refused(&sample, "hundredths");
	init_sample(&sample);
	sample.lines[1].sum.currency = 496;
	check_refused(&sample, "line 2: a line is in another currency");
	init_sample(&sample);
	sample.lines[0].sum.minor = -1;
	check_refused(&sample, "line 1: a line of -1 is out of range");
	init_sample(&sample);
	sample.lines[0].quantity.micro = 0;
	check_refused(&sample, "line 1: a quantity of 0");
	init_sample(&sample);
	sample.lines[0].name = "\r\n";
	check_refused(&sample, "line 1: a line without a name");
	init_sample(&sample);
	sample.lines[0].tax = FISCAL_TAX_OTHER;
	check_refused(&sample, "line 1: the registrar has no word for a tax");
	init_sample(&sample);
	sample.document.paid[TENDER_CASH].minor = 14999;
	check_refused(&sample, "less than the total");
	init_sample(&sample);
	sample.document.paid[TENDER_CARD].minor = 15001;
	check_refused(&sample, "more by card");
	init_sample(&sample);
	sample.document.paid[TENDER_CARD].minor = SHTRIH_AMOUNT_MAX + 1;
	check_refused(&sample, "out of range");
	init_sample(&sample);
	sample.document.kind = FISCAL_SALE_RETURN;
	check_refused(&sample, "a return gives back");
	init_sample(&sample);
	sample.document.customer_contact = "почта";
	check_refused(&sample, "no phone or mail");
	sample.document.customer_contact = long_mail;
	check_refused(&sample, "no phone or mail");
	init_sample(&sample);
	sample.document.kind = FISCAL_CASH_OUT;
	sample.document.total.minor = -5;
	check_refused(&sample, "out of range");
}

static uint8_t vat_byte(FiscalTax tax, int32_t rate, const char *form)
{
	Sample sample;
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan;
	uint8_t byte;

	init_sample(&sample);
	sample.lines[0].tax = tax;
	sample.lines[0].tax_rate = rate;
	plan = plan_with("vat", form, &sample, &error);
	if (plan == NULL)
		return 0;
	byte = g_array_index(plan->steps, ShtrihStep, 1).body.bytes[28];
	shtrih_plan_free(plan);
	return byte;
}

static void test_vat(void)
{
	g_assert_cmphex(vat_byte(FISCAL_TAX_STANDARD, 2000, "bit"), ==, 0x01);
	g_assert_cmphex(vat_byte(FISCAL_TAX_STANDARD, 2200, "bit"), ==, 0x01);
	g_assert_cmphex(vat_byte(FISCAL_TAX_REDUCED, 1000, "bit"), ==, 0x02);
	g_assert_cmphex(vat_byte(FISCAL_TAX_ZERO, 0, "bit"), ==, 0x04);
	g_assert_cmphex(vat_byte(FISCAL_TAX_NONE, 0, "bit"), ==, 0x08);
	g_assert_cmphex(vat_byte(FISCAL_TAX_REDUCED, 500, "bit"), ==, 0x81);
	g_assert_cmphex(vat_byte(FISCAL_TAX_OTHER, 700, "bit"), ==, 0x82);
	g_assert_cmphex(vat_byte(FISCAL_TAX_OTHER, 300, "bit"), ==, 0);
	g_assert_cmphex(vat_byte(FISCAL_TAX_STANDARD, 2200, "ordinal"), ==, 1);
	g_assert_cmphex(vat_byte(FISCAL_TAX_REDUCED, 1000, "ordinal"), ==, 2);
	g_assert_cmphex(vat_byte(FISCAL_TAX_ZERO, 0, "ordinal"), ==, 3);
	g_assert_cmphex(vat_byte(FISCAL_TAX_NONE, 0, "ordinal"), ==, 4);
	g_assert_cmphex(vat_byte(FISCAL_TAX_REDUCED, 500, "ordinal"), ==, 0);
}

static void check_name(const char *key, const char *value, const char *name, const char *sent)
{
	Sample sample;
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan;
	const ShtrihBody *body;
	g_autofree char *text = NULL;

	init_sample(&sample);
	sample.lines[0].name = name;
	plan = plan_with(key, value, &sample, &error);
	g_assert_no_error(error);
	body = &g_array_index(plan->steps, ShtrihStep, 1).body;
	text = codepage_decode(CODEPAGE_CP1251, body->bytes + 32, body->len - 32);
	g_assert_cmpstr(text, ==, sent);
	shtrih_plan_free(plan);
}

static void test_names(void)
{
	g_autofree char *endless = g_strnfill(10000, 'n');
	g_autofree char *cut = g_strnfill(SHTRIH_NAME_MAX, 'n');

	check_name(NULL, NULL, endless, cut);
	check_name(NULL, NULL, "//скрытый", " //скрытый"); /* would not be printed */
	check_name(NULL, NULL, "Сүү\x02 3,2 %", "С?? 3,2 %");
	check_name("letters", "ҮУ", "Сүү", "Суу");
}

static void test_options(void)
{
	static const char *const bad[][2] = {
		{ "password", "secret" }, { "password", "-1" },	 { "vat", "letter" },
		{ "ffd", "2.0" },	  { "tax_system", "3" }, { "tax_system", "0" },
		{ "letters", "Ө" },
	};
	g_autoptr(GHashTable) good = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GError) error = NULL;
	ShtrihOptions options;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
		g_autoptr(GError) fault = NULL;

		g_hash_table_insert(table, (char *)bad[i][0], (char *)bad[i][1]);
		g_assert_false(shtrih_options_parse(table, &options, &fault));
		g_assert_error(fault, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
	}
	g_hash_table_insert(good, (char *)"password", (char *)"7");
	g_hash_table_insert(good, (char *)"tax_system", (char *)"32");
	g_hash_table_insert(good, (char *)"device",
			    (char *)"shtrih@pty:/x"); /* not ours to judge */
	g_assert_true(shtrih_options_parse(good, &options, &error));
	g_assert_cmpuint(options.password, ==, 7);
	g_assert_cmpuint(options.tax_system, ==, 32);
	g_assert_true(shtrih_options_parse(NULL, &options, &error));
	g_assert_cmpuint(options.password, ==, 30);
	g_assert_true(options.ffd_1_2);
}

static void test_documents_without_lines(void)
{
	static const struct {
		FiscalKind kind;
		const char *text;
		int commit;
	} cases[] = {
		{ FISCAL_SHIFT_OPEN,
		  "FF41 open the shift\nFF0C tag 1021 \"Сидорова\"\nFF0B open the shift\n", 2 },
		{ FISCAL_SHIFT_CLOSE,
		  "FF42 close the shift\nFF0C tag 1021 \"Сидорова\"\nFF43 close the shift\n", 2 },
		{ FISCAL_X, "40 X report\n", 0 },
		{ FISCAL_CASH_IN, "50 cash in 150.00\n", 0 },
		{ FISCAL_CASH_OUT, "51 cash out 150.00\n", 0 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Sample sample;
		g_autoptr(GError) error = NULL;
		g_autofree char *text = NULL;
		struct fiscal_plan *plan;

		init_sample(&sample);
		sample.document.kind = cases[i].kind;
		plan = plan_with(NULL, NULL, &sample, &error);
		g_assert_no_error(error);
		text = shtrih_plan_describe(plan);
		g_assert_cmpstr(text, ==, cases[i].text);
		g_assert_cmpint(shtrih_plan_commit_step(plan), ==, cases[i].commit);
		shtrih_plan_free(plan);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/shtrih_plan/describe", test_describe);
	g_test_add_func("/shtrih_plan/refusals", test_refusals);
	g_test_add_func("/shtrih_plan/vat", test_vat);
	g_test_add_func("/shtrih_plan/names", test_names);
	g_test_add_func("/shtrih_plan/options", test_options);
	g_test_add_func("/shtrih_plan/without_lines", test_documents_without_lines);
	return g_test_run();
}
