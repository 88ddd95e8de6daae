/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol_plan.h"
#include "drivers/fiscal/name_uuid.h"

#include <string.h>

/* Bodies of fiscal-atol.md §3.3, without its blanks. */
#define OPERATOR "\"operator\":{\"name\":\"Иванова А.\"}"

#define SELL                                                                                           \
	"{\"type\":\"sell\",\"taxationType\":\"osn\"," OPERATOR ","                                    \
	"\"clientInfo\":{\"emailOrPhone\":\"+79161234567\"},"                                          \
	"\"items\":["                                                                                  \
	"{\"type\":\"position\",\"name\":\"Яблоки вес.\",\"price\":89.90,\"quantity\":1.234," \
	"\"amount\":110.94,"                                                                           \
	"\"measurementUnit\":\"kilogram\",\"paymentMethod\":\"fullPayment\","                          \
	"\"paymentObject\":\"commodity\",\"tax\":{\"type\":\"vat10\"}},"                               \
	"{\"type\":\"position\",\"name\":\"Шоколад\",\"price\":67.50,\"quantity\":2,"           \
	"\"amount\":135.00,\"infoDiscountAmount\":15.00,"                                              \
	"\"measurementUnit\":\"piece\",\"paymentMethod\":\"fullPayment\","                             \
	"\"paymentObject\":\"commodity\",\"tax\":{\"type\":\"vat20\"}}],"                              \
	"\"payments\":[{\"type\":\"electronically\",\"sum\":100.00},"                                  \
	"{\"type\":\"cash\",\"sum\":200.00}],\"total\":245.94}"

#define SELL_RETURN                                                                                     \
	"{\"type\":\"sellReturn\",\"taxationType\":\"osn\"," OPERATOR ","                               \
	"\"items\":[{\"type\":\"position\",\"name\":\"Шоколад\",\"price\":67.50,\"quantity\":1," \
	"\"amount\":67.50,\"measurementUnit\":\"piece\","                                               \
	"\"paymentMethod\":\"fullPayment\",\"paymentObject\":\"commodity\","                            \
	"\"tax\":{\"type\":\"vat20\"}}],"                                                               \
	"\"payments\":[{\"type\":\"cash\",\"sum\":67.50}],\"total\":67.50}"

static const FiscalLine apples = { .name = "Яблоки вес.",
				   .quantity = { 1234000 },
				   .price = { 8990, 643 },
				   .sum = { 11094, 643 },
				   .discount = { 0, 643 },
				   .tax = FISCAL_TAX_REDUCED,
				   .tax_rate = 1000,
				   .unit = UNIT_KILOGRAM,
				   .code = "" };
static const FiscalLine chocolate = { .name = "Шоколад",
				      .quantity = { 2000000 },
				      .price = { 7500, 643 },
				      .sum = { 13500, 643 },
				      .discount = { 1500, 643 },
				      .tax = FISCAL_TAX_STANDARD,
				      .tax_rate = 2000,
				      .unit = UNIT_PIECE,
				      .code = "" };

/* A document that is right, for tests to spoil. */
typedef struct {
	FiscalLine lines[2];
	FiscalOrigin origin;
	FiscalDocument document;
} Sample;

static void init_sample(Sample *sample)
{
	*sample = (Sample){
		.lines = { apples, chocolate },
		.origin = { .number = "T1-000017", .at = INT64_C(1780470000) * G_USEC_PER_SEC },
		.document = { .kind = FISCAL_SALE,
			      .sale_id = "T2-118-17",
			      .id = 12,
			      .n_lines = 2,
			      .paid = { [TENDER_CASH] = { 20000, 643 },
					[TENDER_CARD] = { 10000, 643 } },
			      .total = { 24594, 643 },
			      .cashier = "Иванова А." },
	};
	sample->document.lines = sample->lines;
}

static void init_one(Sample *sample, FiscalKind kind)
{
	init_sample(sample);
	sample->lines[0] = chocolate;
	sample->lines[0].quantity.micro = QUANTITY_ONE;
	sample->lines[0].price.minor = 6750;
	sample->lines[0].sum.minor = 6750;
	sample->lines[0].discount.minor = 0;
	sample->document.kind = kind;
	sample->document.n_lines = 1;
	sample->document.total.minor = 6750;
	sample->document.paid[TENDER_CASH].minor = 6750;
	sample->document.paid[TENDER_CARD].minor = 0;
}

static struct fiscal_plan *plan_with(const char *key, const char *value, const Sample *sample,
				     GError **error)
{
	g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
	g_auto(AtolOptions) options = { 0 };

	g_hash_table_insert(table, (char *)"timezone", (char *)"Europe/Moscow");
	if (key != NULL)
		g_hash_table_insert(table, (char *)key, (char *)value);
	g_assert_true(atol_options_parse(table, &options, error));
	return atol_plan_new(&options, &sample->document, error);
}

static void check_task(const Sample *sample, const char *key, const char *value, const char *task)
{
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = plan_with(key, value, sample, &error);

	g_assert_no_error(error);
	g_assert_cmpstr(plan->task, ==, task);
	atol_plan_free(plan);
}

static void check_refused(const Sample *sample, const char *why)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(plan_with(NULL, NULL, sample, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	if (strstr(error->message, why) == NULL)
		g_error("'%s' does not say '%s'", error->message, why);
}

static void test_page(void)
{
	Sample sample;

	init_sample(&sample);
	sample.document.customer_contact = "+79161234567";
	check_task(&sample, NULL, NULL, SELL);
	init_one(&sample, FISCAL_SALE_RETURN);
	check_task(&sample, NULL, NULL, SELL_RETURN);
	sample.document.kind = FISCAL_SHIFT_OPEN;
	check_task(&sample, NULL, NULL, "{\"type\":\"openShift\"," OPERATOR "}");
	sample.document.kind = FISCAL_X;
	check_task(&sample, NULL, NULL, "{\"type\":\"reportX\"," OPERATOR "}");
	sample.document.kind = FISCAL_SHIFT_CLOSE;
	check_task(&sample, NULL, NULL, "{\"type\":\"closeShift\"," OPERATOR "}");
	sample.document.kind = FISCAL_CASH_IN;
	check_task(&sample, NULL, NULL, "{\"type\":\"cashIn\"," OPERATOR ",\"cashSum\":67.50}");
	sample.document.kind = FISCAL_CASH_OUT;
	check_task(&sample, "operator_vatin", "770123456789",
		   "{\"type\":\"cashOut\",\"operator\":{\"name\":\"Иванова А.\","
		   "\"vatin\":\"770123456789\"},\"cashSum\":67.50}");
}

/* RFC 9562 appendix A.4's example, and that an attempt's never changes: shops have them on disk. */
static void test_uuid(void)
{
	static const uint8_t dns[16] = { 0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1,
					 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 };
	g_autofree char *example = name_uuid_dup(dns, "www.example.com");
	g_autofree char *ours = name_uuid_dup_attempt("T2-118-17", 12);
	g_autofree char *next = name_uuid_dup_attempt("T2-118-17", 13);

	g_assert_cmpstr(example, ==, "2ed6657d-e927-568b-95e1-2665a8aea6a2");
	g_assert_true(g_uuid_string_is_valid(ours));
	g_assert_cmpint(ours[14], ==, '5');
	g_assert_cmpstr(ours, ==, "70dea528-cb3a-5384-a9c8-e1e0c4e5708c");
	g_assert_cmpstr(next, !=, ours);
}

static void test_describe(void)
{
	Sample sample;
	g_autofree char *uuid = name_uuid_dup_attempt("T2-118-17", 12);
	g_autofree char *expected = g_strdup_printf(
		"{\"uuid\":\"%s\",\"request\":[{\"type\":\"closeShift\"," OPERATOR "}]}", uuid);
	g_autofree char *text = NULL;
	struct fiscal_plan *plan;

	init_one(&sample, FISCAL_SHIFT_CLOSE);
	plan = plan_with(NULL, NULL, &sample, NULL);
	text = atol_plan_describe(plan);
	g_assert_cmpstr(text, ==, expected);
	g_assert_cmpstr(plan->uuid, ==, uuid);
	atol_plan_free(plan);
	init_sample(&sample);
	plan = plan_with(NULL, NULL, &sample, NULL);
	g_assert_cmpint(plan->change.minor, ==, 5406);
	atol_plan_free(plan);
}

/* A report may be printed any number of times: a key would make the second one a repetition. */
static void test_report_has_no_key(void)
{
	Sample sample;
	struct fiscal_plan *plan;

	init_one(&sample, FISCAL_X);
	plan = plan_with(NULL, NULL, &sample, NULL);
	g_assert_null(plan->uuid);
	atol_plan_free(plan);
}

static void test_correction(void)
{
	Sample sample;

	init_one(&sample, FISCAL_CORRECTION);
	sample.document.origin = &sample.origin;
	sample.document.reason = "Касса не работала\n";
	sample.document.paid[TENDER_CASH].minor = 10000;
	check_task(&sample, NULL, NULL,
		   "{\"type\":\"sellCorrection\",\"taxationType\":\"osn\","
		   "\"correctionType\":\"self\",\"correctionBaseDate\":\"2026.06.03\","
		   "\"correctionBaseNumber\":\"T1-000017\"," OPERATOR ",\"items\":["
		   "{\"type\":\"text\",\"text\":\"Касса не работала\"},"
		   "{\"type\":\"position\",\"name\":\"Шоколад\",\"price\":67.50,\"quantity\":1,"
		   "\"amount\":67.50,\"measurementUnit\":\"piece\","
		   "\"paymentMethod\":\"fullPayment\",\"paymentObject\":\"commodity\","
		   "\"tax\":{\"type\":\"vat20\"}}],"
		   "\"payments\":[{\"type\":\"cash\",\"sum\":67.50}],\"total\":67.50}");
	/* Shortly before midnight of London it is tomorrow in Moscow. */
	sample.origin.at += INT64_C(16) * 3600 * G_USEC_PER_SEC;
	sample.origin.number = "";
	sample.document.kind = FISCAL_CORRECTION_RETURN;
	sample.document.reason = NULL;
	sample.document.paid[TENDER_CASH].minor = 6750;
	check_task(&sample, "tax_system", "2",
		   "{\"type\":\"sellReturnCorrection\",\"taxationType\":\"usnIncome\","
		   "\"correctionType\":\"self\",\"correctionBaseDate\":\"2026.06.04\","
		   "\"correctionBaseNumber\":\" \"," OPERATOR ",\"items\":["
		   "{\"type\":\"position\",\"name\":\"Шоколад\",\"price\":67.50,\"quantity\":1,"
		   "\"amount\":67.50,\"measurementUnit\":\"piece\","
		   "\"paymentMethod\":\"fullPayment\",\"paymentObject\":\"commodity\","
		   "\"tax\":{\"type\":\"vat20\"}}],"
		   "\"payments\":[{\"type\":\"cash\",\"sum\":67.50}],\"total\":67.50}");
	sample.document.origin = NULL;
	check_refused(&sample, "without the date");
}

static char *dup_item(const Sample *sample, const char *ffd, int n)
{
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = plan_with("ffd", ffd, sample, &error);
	json_t *json, *item;
	char *text;

	g_assert_no_error(error);
	json = json_loads(plan->task, 0, NULL);
	item = json_array_get(json_object_get(json, "items"), (size_t)n);
	text = json_dumps(item, JSON_COMPACT | JSON_REAL_PRECISION(9));
	json_decref(json);
	atol_plan_free(plan);
	return text;
}

static void check_item_has(const Sample *sample, const char *ffd, const char *part)
{
	char *text = dup_item(sample, ffd, 0);

	if (strstr(text, part) == NULL)
		g_error("%s has no %s", text, part);
	free(text);
}

static void test_mark(void)
{
	Sample sample;

	init_one(&sample, FISCAL_SALE);
	sample.lines[0].mark = "0104600439931256215LcfJ\x1d"
			       "93dGVz";
	check_item_has(&sample, "1.2", "\"paymentObject\":33");
	check_item_has(&sample, "1.2",
		       "\"imcParams\":{\"imcType\":\"auto\","
		       "\"imc\":\"MDEwNDYwMDQzOTkzMTI1NjIxNUxjZkodOTNkR1Z6\","
		       "\"itemEstimatedStatus\":\"itemPieceSold\",\"imcModeProcessing\":0}");
	check_item_has(&sample, "1.05",
		       "\"markingCode\":{\"type\":\"other\","
		       "\"mark\":\"MDEwNDYwMDQzOTkzMTI1NjIxNUxjZkodOTNkR1Z6\"}");
	sample.document.kind = FISCAL_SALE_RETURN;
	check_item_has(&sample, "1.2", "\"itemEstimatedStatus\":\"itemPieceReturn\"");
	sample.lines[0].unit = UNIT_KILOGRAM;
	check_item_has(&sample, "1.2", "\"itemEstimatedStatus\":\"itemDryReturn\"");
	sample.lines[0].unit = UNIT_PIECE;
	sample.lines[0].quantity.micro = 2 * QUANTITY_ONE;
	check_refused(&sample, "of one piece");
}

static bool has_check(const Sample *sample, const char *key, const char *value)
{
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = plan_with(key, value, sample, &error);
	bool has;

	g_assert_no_error(error);
	has = strstr(plan->task, "],\"validateMarkingCodes\":true,\"total\":") != NULL;
	atol_plan_free(plan);
	return has;
}

static void test_mark_is_checked(void)
{
	Sample sample;

	init_one(&sample, FISCAL_SALE);
	g_assert_false(has_check(&sample, NULL, NULL));
	sample.lines[0].mark = "0104600439931256215LcfJ";
	g_assert_true(has_check(&sample, NULL, NULL));
	g_assert_false(has_check(&sample, "check_marks", "no"));
	g_assert_false(has_check(&sample, "ffd", "1.05"));
}

/* FFD 1.05: sums of taxes instead of lines. 22.50 is the page's own (fiscal-model.md §8). */
static void test_correction_without_lines(void)
{
	Sample sample;
	g_autoptr(GError) error = NULL;

	init_sample(&sample);
	sample.document.kind = FISCAL_CORRECTION;
	sample.document.origin = &sample.origin;
	check_task(&sample, "ffd", "1.05",
		   "{\"type\":\"sellCorrection\",\"taxationType\":\"osn\","
		   "\"correctionType\":\"self\",\"correctionBaseDate\":\"2026.06.03\","
		   "\"correctionBaseNumber\":\"T1-000017\"," OPERATOR ","
		   "\"taxes\":[{\"type\":\"vat10\",\"sum\":10.09},"
		   "{\"type\":\"vat20\",\"sum\":22.50}],"
		   "\"payments\":[{\"type\":\"electronically\",\"sum\":100.00},"
		   "{\"type\":\"cash\",\"sum\":145.94}],\"total\":245.94}");
	sample.lines[0].tax = FISCAL_TAX_NONE;
	sample.lines[1].tax = FISCAL_TAX_NONE;
	check_task(&sample, "ffd", "1.05",
		   "{\"type\":\"sellCorrection\",\"taxationType\":\"osn\","
		   "\"correctionType\":\"self\",\"correctionBaseDate\":\"2026.06.03\","
		   "\"correctionBaseNumber\":\"T1-000017\"," OPERATOR ","
		   "\"taxes\":[{\"type\":\"none\",\"sum\":245.94}],"
		   "\"payments\":[{\"type\":\"electronically\",\"sum\":100.00},"
		   "{\"type\":\"cash\",\"sum\":145.94}],\"total\":245.94}");
	sample.document.kind = FISCAL_CORRECTION_RETURN;
	g_assert_null(plan_with("ffd", "1.05", &sample, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
}

static void test_taxes_and_units(void)
{
	static const struct {
		FiscalTax tax;
		int32_t rate;
		const char *type;
	} taxes[] = {
		{ FISCAL_TAX_STANDARD, 2200, "vat22" }, { FISCAL_TAX_STANDARD, 2000, "vat20" },
		{ FISCAL_TAX_STANDARD, 500, "vat5" },	{ FISCAL_TAX_REDUCED, 700, "vat7" },
		{ FISCAL_TAX_REDUCED, 1000, "vat10" },	{ FISCAL_TAX_ZERO, 0, "vat0" },
		{ FISCAL_TAX_NONE, 0, "none" },
	};
	Sample sample;

	init_one(&sample, FISCAL_SALE);
	for (size_t i = 0; i < G_N_ELEMENTS(taxes); i++) {
		g_autofree char *part = g_strdup_printf("\"tax\":{\"type\":\"%s\"}", taxes[i].type);

		sample.lines[0].tax = taxes[i].tax;
		sample.lines[0].tax_rate = taxes[i].rate;
		check_item_has(&sample, "1.2", part);
	}
	sample.lines[0].unit = UNIT_LITRE;
	check_item_has(&sample, "1.2", "\"measurementUnit\":41");
	check_item_has(&sample, "1.05", "\"measurementUnit\":\"л\"");
	sample.lines[0].tax = FISCAL_TAX_STANDARD;
	sample.lines[0].tax_rate = 1900;
	check_refused(&sample, "no word for a tax of 1900");
	sample.lines[0].tax = FISCAL_TAX_OTHER;
	check_refused(&sample, "no word for a tax");
}

/* 140.00 for seven and 40.00 off: no price of whole kopecks gives 100.00. The parts add up, and the
 * discount is told once. */
static void test_split(void)
{
	Sample sample;
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan;

	init_one(&sample, FISCAL_SALE);
	sample.lines[0].quantity.micro = 7 * QUANTITY_ONE;
	sample.lines[0].price.minor = 2000;
	sample.lines[0].sum.minor = 10000;
	sample.lines[0].discount.minor = 4000;
	sample.document.total.minor = 10000;
	sample.document.paid[TENDER_CASH].minor = 10000;
	plan = plan_with(NULL, NULL, &sample, &error);
	g_assert_no_error(error);
	g_assert_nonnull(strstr(plan->task, "\"price\":14.28,\"quantity\":3,\"amount\":42.84,"
					    "\"infoDiscountAmount\":40.00,"));
	g_assert_nonnull(strstr(plan->task, "\"price\":14.29,\"quantity\":4,\"amount\":57.16,"
					    "\"measurementUnit\""));
	atol_plan_free(plan);
}

static void test_refusals(void)
{
	Sample sample;

	init_sample(&sample);
	sample.document.total.minor = 24595;
	check_refused(&sample, "the lines make 24594");
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
	sample.lines[1].sum.currency = 496;
	check_refused(&sample, "line 2: a line is in another currency");
	init_sample(&sample);
	sample.lines[0].quantity.micro = 0;
	check_refused(&sample, "line 1: a quantity of 0");
	init_sample(&sample);
	sample.lines[0].name = "\n\t";
	check_refused(&sample, "line 1: a line without a name");
	init_sample(&sample);
	sample.document.paid[TENDER_CARD].minor = 24595;
	check_refused(&sample, "more by card");
	init_sample(&sample);
	sample.document.paid[TENDER_CASH].minor = 14593;
	check_refused(&sample, "paid less");
	init_sample(&sample);
	sample.document.kind = FISCAL_SALE_RETURN;
	check_refused(&sample, "gives back its total");
	init_sample(&sample);
	sample.document.customer_contact = "почта";
	check_refused(&sample, "no phone or mail");
	init_sample(&sample);
	sample.document.customer_tin = "77012345";
	check_refused(&sample, "no taxpayer's number");
	init_sample(&sample);
	sample.document.kind = 99;
	check_refused(&sample, "unknown kind");
	init_sample(&sample);
	sample.document.kind = FISCAL_CASH_IN;
	sample.document.total.minor = -5;
	check_refused(&sample, "out of range");
}

static void test_options(void)
{
	static const struct {
		const char *key, *value;
	} bad[] = {
		{ "api", "3" },
		{ "ffd", "1.1" },
		{ "tax_system", "3" },
		{ "operator_vatin", "12" },
		{ "timezone", "Mars/Base" },
		{ "currency", "rub" },
		{ "wait", "0" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
		g_autoptr(GError) error = NULL;
		g_auto(AtolOptions) options = { 0 };

		g_hash_table_insert(table, (char *)bad[i].key, (char *)bad[i].value);
		g_assert_false(atol_options_parse(table, &options, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
		g_assert_nonnull(strstr(error->message, bad[i].key));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/atol/plan/page", test_page);
	g_test_add_func("/fiscal/atol/plan/uuid", test_uuid);
	g_test_add_func("/fiscal/atol/plan/describe", test_describe);
	g_test_add_func("/fiscal/atol/plan/report-has-no-key", test_report_has_no_key);
	g_test_add_func("/fiscal/atol/plan/correction", test_correction);
	g_test_add_func("/fiscal/atol/plan/mark", test_mark);
	g_test_add_func("/fiscal/atol/plan/mark-is-checked", test_mark_is_checked);
	g_test_add_func("/fiscal/atol/plan/correction-without-lines",
			test_correction_without_lines);
	g_test_add_func("/fiscal/atol/plan/taxes-and-units", test_taxes_and_units);
	g_test_add_func("/fiscal/atol/plan/split", test_split);
	g_test_add_func("/fiscal/atol/plan/refusals", test_refusals);
	g_test_add_func("/fiscal/atol/plan/options", test_options);
	return g_test_run();
}
