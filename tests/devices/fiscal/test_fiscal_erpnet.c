/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/erpnet_stub.h"

#include "drivers/fiscal/name_uuid.h"

#include <string.h>

/* --- plans --------------------------------------------------------------------------------- */

/* The page's sale (§9) without its blanks, but for the counter of its number. */
#define SALE_BODY                                                                                  \
	"{\"uniqueSaleNumber\":\"" SALE_NUMBER "\","                                               \
	"\"items\":["                                                                              \
	"{\"text\":\"Ябълки\",\"quantity\":1.234,\"unitPrice\":89.90,\"taxGroup\":2},"       \
	"{\"text\":\"Шоколад\",\"quantity\":2,\"unitPrice\":75.00,\"taxGroup\":2,"          \
	"\"priceModifierType\":\"discount-amount\",\"priceModifierValue\":15.00}],"                \
	"\"payments\":[{\"amount\":100.00,\"paymentType\":\"card\"},"                              \
	"{\"amount\":145.94,\"paymentType\":\"cash\"}]}"

static char *describe(ErpnetStub *self, const FiscalDocument *document)
{
	g_autoptr(GError) error = NULL;
	struct fiscal_plan *plan = self->driver->plan(self->registrar, document, &error);
	char *text;

	g_assert_no_error(error);
	text = self->driver->plan_describe(plan);
	self->driver->plan_free(plan);
	return text;
}

static void check_plan(ErpnetStub *self, const FiscalDocument *document, const char *request,
		       const char *body)
{
	g_autofree char *id = name_uuid_dup_attempt("T2-118-17", 12);
	g_autofree char *expected = g_strdup_printf("%s %s %s", request, id, body);
	g_autofree char *text = describe(self, document);

	g_assert_cmpstr(text, ==, expected);
}

static void test_plans(void)
{
	ErpnetStub self;
	FiscalDocument document = erpnet_stub_document(FISCAL_SALE);

	erpnet_stub_open(&self);
	check_plan(&self, &document, "receipt", SALE_BODY);
	document.kind = FISCAL_CASH_IN;
	check_plan(&self, &document, "deposit", "{\"amount\":245.94}");
	document.kind = FISCAL_CASH_OUT;
	check_plan(&self, &document, "withdraw", "{\"amount\":245.94}");
	document.kind = FISCAL_SHIFT_CLOSE;
	check_plan(&self, &document, "zreport", "{}");
	document.kind = FISCAL_SHIFT_OPEN;
	check_plan(&self, &document, "nothing", "{}");
	erpnet_stub_close(&self);
}

static void test_plan_of_return(void)
{
	ErpnetStub self;
	FiscalDocument document = erpnet_stub_document(FISCAL_SALE_RETURN);

	erpnet_stub_open_with(&self, "operator", "1");
	document.n_lines = 1;
	document.total.minor = 11094;
	document.paid[TENDER_CASH].minor = 11094;
	document.paid[TENDER_CARD].minor = 0;
	check_plan(&self, &document, "reversalreceipt",
		   "{\"uniqueSaleNumber\":\"" EARLIER_NUMBER "\",\"receiptNumber\":\"0000137\","
		   "\"receiptDateTime\":\"2026-06-03T10:16:12\","
		   "\"fiscalMemorySerialNumber\":\"" MEMORY "\",\"reason\":\"refund\","
		   "\"operator\":\"1\",\"operatorPassword\":\"\","
		   "\"items\":[{\"text\":\"Ябълки\",\"quantity\":1.234,\"unitPrice\":89.90,"
		   "\"taxGroup\":2}],"
		   "\"payments\":[{\"amount\":110.94,\"paymentType\":\"cash\"}]}");
	erpnet_stub_close(&self);
}

/* A line dearer than the printer would count it: exclusive taxes, or a price that was rounded. */
static void test_plan_of_dearer_line(void)
{
	ErpnetStub self;
	FiscalDocument document = erpnet_stub_document(FISCAL_SALE);
	FiscalLine line = document.lines[0];
	g_autofree char *text = NULL;

	erpnet_stub_open(&self);
	line.sum.minor = 11095;
	document.lines = &line;
	document.n_lines = 1;
	document.total.minor = 11095;
	document.paid[TENDER_CARD].minor = 0;
	text = describe(&self, &document);
	g_assert_nonnull(strstr(text, "\"priceModifierType\":\"surcharge-amount\","
				      "\"priceModifierValue\":0.01}"));
	g_assert_nonnull(strstr(text, "[{\"amount\":110.95,\"paymentType\":\"cash\"}]"));
	erpnet_stub_close(&self);
}

static void check_refused(ErpnetStub *self, const FiscalDocument *document, const char *why)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(self->driver->plan(self->registrar, document, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	if (strstr(error->message, why) == NULL)
		g_error("'%s' does not say '%s'", error->message, why);
}

static void test_refusals(void)
{
	ErpnetStub self;
	FiscalDocument document = erpnet_stub_document(FISCAL_SALE);
	FiscalLine line = document.lines[0];

	erpnet_stub_open(&self);
	document.total.minor++;
	check_refused(&self, &document, "the lines make 24594");
	document = erpnet_stub_document(FISCAL_SALE);
	document.n_lines = 0;
	check_refused(&self, &document, "without lines");
	document = erpnet_stub_document(FISCAL_SALE);
	document.id = 10000000;
	check_refused(&self, &document, "no sale number");
	document = erpnet_stub_document(FISCAL_SALE);
	document.customer_tin = "123456789";
	check_refused(&self, &document, "businesses");
	document = erpnet_stub_document(FISCAL_SALE);
	document.paid[TENDER_CASH].minor = 14593;
	check_refused(&self, &document, "paid less");
	document = erpnet_stub_document(FISCAL_SALE_RETURN);
	document.origin = NULL;
	check_refused(&self, &document, "needs the receipt of its sale");
	document = erpnet_stub_document(FISCAL_CORRECTION);
	check_refused(&self, &document, "no corrections");
	document = erpnet_stub_document(FISCAL_SALE);
	document.lines = &line;
	document.n_lines = 1;
	line.quantity.micro = 1234500;
	check_refused(&self, &document, "a quantity of 1234500");
	line = *erpnet_stub_document(FISCAL_SALE).lines;
	line.tax = FISCAL_TAX_OTHER;
	check_refused(&self, &document, "no group");
	erpnet_stub_close(&self);
}

static void test_options(void)
{
	static const struct {
		const char *key, *value;
	} bad[] = {
		{ "tax_standard", "9" },
		{ "operator_code", "12" },
		{ "timezone", "Mars/Base" },
		{ "wait", "0" },
	};
	ErpnetStub self;

	erpnet_stub_open(&self);
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GHashTable) options = g_hash_table_new(g_str_hash, g_str_equal);
		g_autoptr(GError) error = NULL;

		g_hash_table_insert(options, (char *)bad[i].key, (char *)bad[i].value);
		g_assert_null(self.driver->open(self.port, options, &error));
		g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
		g_assert_nonnull(strstr(error->message, bad[i].key));
	}
	erpnet_stub_close(&self);
}

/* --- state --------------------------------------------------------------------------------- */

static void test_status(void)
{
	ErpnetStub self;
	FiscalStatus status;

	erpnet_stub_open(&self);
	self.status = "{\"deviceDateTime\":\"2026-06-03T10:16:00\",\"ok\":\"true\",\"messages\":["
		      "{\"type\":\"warning\",\"code\":\"W301\",\"text\":\"Low paper\"},"
		      "{\"type\":\"warning\",\"code\":\"W201\",\"text\":\"almost full\"}]}";
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_cmpstr(status.serial, ==, MEMORY);
	g_assert_true(status.shift_open);
	g_assert_true(status.paper_near_end && status.memory_near_full);
	g_assert_false(status.paper_out || status.memory_full || status.shift_too_long);
	g_assert_cmpint(status.cash.minor, ==, 50000);
	g_assert_cmpint(status.cash.currency, ==, 978);
	g_assert_cmpuint(status.last_document, ==, 137);
	g_assert_cmpuint(status.shift_number, ==, 42);
	g_assert_cmpint(status.unsent, ==, -1);
	g_assert_cmpint(status.clock, ==, INT64_C(1780470960) * G_USEC_PER_SEC);
	self.status = FAILED("E301");
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_true(status.paper_out);
	self.status = FAILED("E502");
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_true(status.shift_too_long);
	erpnet_stub_close(&self);
}

/* Another maker's printer: it is not asked what only Datecs P understands. */
static void test_status_of_another_maker(void)
{
	ErpnetStub self;
	FiscalStatus status;

	erpnet_stub_open(&self);
	self.uri = "bg.dy.isl.com://COM5";
	self.cash = NULL;
	scripted_http_clear_log(self.http);
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_cmpuint(status.last_document, ==, 0);
	g_assert_cmpint(erpnet_stub_count(&self, "rawrequest"), ==, 0);
	g_assert_false(self.driver->open_drawer(self.registrar, NULL));
	erpnet_stub_close(&self);
}

static void check_status_fails(ErpnetStub *self, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	FiscalStatus status;

	g_assert_false(self->driver->observe(self->registrar, &status, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static void test_status_faults(void)
{
	ErpnetStub self;

	erpnet_stub_open(&self);
	self.status = FAILED("E101");
	check_status_fails(&self, DEVICE_FAULT_OFFLINE);
	self.status = FAILED("E104");
	check_status_fails(&self, DEVICE_FAULT_NEEDS_SERVICE);
	self.status = "{\"messages\":[]}";
	check_status_fails(&self, DEVICE_FAULT_PROTOCOL);
	self.status = "<html>";
	check_status_fails(&self, DEVICE_FAULT_PROTOCOL);
	/* Numbers that were not told this time are not nought. */
	self.status = "{" OK "}";
	self.cash = "\"much\"";
	check_status_fails(&self, DEVICE_FAULT_PROTOCOL);
	self.cash = "1e3";
	check_status_fails(&self, DEVICE_FAULT_PROTOCOL);
	scripted_http_stop(self.http);
	check_status_fails(&self, DEVICE_FAULT_OFFLINE);
	erpnet_stub_close(&self);
}

/* --- making -------------------------------------------------------------------------------- */

static void test_sale(void)
{
	ErpnetStub self;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	erpnet_stub_open(&self);
	self.n_waits = 2;
	g_assert_true(erpnet_stub_make(&self, FISCAL_SALE, &proof, &error));
	g_assert_no_error(error);
	g_assert_cmpuint(proof.document_number, ==, 138);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	g_assert_cmpstr(proof.serial, ==, MEMORY);
	g_assert_cmpstr(proof.at, ==, "2026-06-03T10:17:12");
	g_assert_cmpstr(proof.id, ==, SALE_NUMBER);
	g_assert_cmpstr(proof.doubt, ==, "");
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_cmpint(erpnet_stub_count(&self, "/receipt?asyncTimeout=0&taskId="), ==, 1);
	g_assert_true(self.driver->finish_print(self.registrar, NULL));
	self.status = FAILED("E301");
	g_assert_false(self.driver->finish_print(self.registrar, NULL));
	erpnet_stub_close(&self);
}

/* What comes back is a receipt of its own under its sale's number: the next return is of the sale.
 */
static void test_return(void)
{
	ErpnetStub self;
	FiscalProof proof;

	erpnet_stub_open(&self);
	erpnet_stub_set_result(&self, "reversalreceipt",
			       "{" OK ",\"receiptNumber\":\"0000139\",\"receiptAmount\":-245.94}");
	g_assert_true(erpnet_stub_make(&self, FISCAL_SALE_RETURN, &proof, NULL));
	g_assert_cmpuint(proof.document_number, ==, 139);
	g_assert_cmpstr(proof.id, ==, "");
	g_assert_cmpint(proof.change.minor, ==, 0);
	erpnet_stub_close(&self);
}

/* It waited for the end after all, and answers with the result. */
static void test_answered_at_once(void)
{
	ErpnetStub self;
	FiscalProof proof;

	erpnet_stub_open(&self);
	self.fate = ANSWER;
	self.post_status = 200;
	self.post_body = SOLD;
	g_assert_true(erpnet_stub_make(&self, FISCAL_SALE, &proof, NULL));
	g_assert_cmpuint(proof.document_number, ==, 138);
	erpnet_stub_close(&self);
}

/* E109: the task is there already, and it is ours. */
static void test_known_task(void)
{
	ErpnetStub self;
	FiscalProof proof;

	erpnet_stub_open(&self);
	g_hash_table_insert(self.tasks, name_uuid_dup_attempt("T2-118-17", 12),
			    g_strdup("receipt"));
	g_assert_true(erpnet_stub_make(&self, FISCAL_SALE, &proof, NULL));
	g_assert_cmpuint(proof.document_number, ==, 138);
	erpnet_stub_close(&self);
}

static void test_without_number(void)
{
	ErpnetStub self;
	FiscalProof proof;

	erpnet_stub_open(&self);
	erpnet_stub_set_result(&self, "receipt", "{\"ok\":true,\"receiptNumber\":\"A-7\"}");
	g_assert_true(erpnet_stub_make(&self, FISCAL_SALE, &proof, NULL));
	g_assert_cmpuint(proof.document_number, ==, 0);
	g_assert_cmpstr(proof.doubt, ==, "number-unknown");
	erpnet_stub_close(&self);
}

static void test_failures(void)
{
	static const struct {
		const char *code;
		DeviceFault fault;
	} cases[] = {
		{ FAILED("E301"), DEVICE_FAULT_PAPER_OUT },
		{ FAILED("E302"), DEVICE_FAULT_COVER_OPEN },
		{ FAILED("E304"), DEVICE_FAULT_MECHANISM },
		{ FAILED("E201"), DEVICE_FAULT_MEMORY_FULL },
		{ FAILED("E502"), DEVICE_FAULT_SHIFT_TOO_LONG },
		{ FAILED("E408"), DEVICE_FAULT_WRONG_PASSWORD },
		{ FAILED("E407"), DEVICE_FAULT_REFUSED },
		{ FAILED("E103"), DEVICE_FAULT_CLOCK },
		{ FAILED("E108"), DEVICE_FAULT_BUSY },
		{ FAILED("E777"), DEVICE_FAULT_NEEDS_SERVICE },
		{ "{\"ok\":false}", DEVICE_FAULT_NEEDS_SERVICE },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		ErpnetStub self;

		erpnet_stub_open(&self);
		erpnet_stub_set_result(&self, "receipt", cases[i].code);
		erpnet_stub_check_make_fails(&self, FISCAL_SALE, cases[i].fault);
		erpnet_stub_close(&self);
	}
}

/* Without a number to look at, paper that ended may have ended behind the receipt. */
static void test_failure_of_another_maker(void)
{
	ErpnetStub self;

	erpnet_stub_open(&self);
	self.uri = "bg.dy.isl.com://COM5";
	erpnet_stub_set_result(&self, "receipt", FAILED("E301"));
	erpnet_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	erpnet_stub_set_result(&self, "receipt", FAILED("E407"));
	erpnet_stub_close(&self);
}

static void test_refused_by_post(void)
{
	static const struct {
		guint status;
		DeviceFault fault;
	} cases[] = {
		{ 400, DEVICE_FAULT_REFUSED },
		{ 403, DEVICE_FAULT_WRONG_PASSWORD },
		{ 404, DEVICE_FAULT_BAD_ADDRESS },
		{ 500, DEVICE_FAULT_OUTCOME_UNKNOWN },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		ErpnetStub self;

		erpnet_stub_open(&self);
		self.fate = ANSWER;
		self.post_status = cases[i].status;
		erpnet_stub_check_make_fails(&self, FISCAL_SALE, cases[i].fault);
		erpnet_stub_close(&self);
	}
}

static void test_unknown_outcomes(void)
{
	static const char *const bodies[] = {
		"{\"taskStatus\":\"running\"}",
		"{\"taskStatus\":\"finished\",\"result\":{}}",
		"{\"taskStatus\":\"finished\"}",
		"{\"taskStatus\":7}",
		"<html>",
		"{\"taskStatus\":\"finished\",\"result\":{\"ok\":true,\"receiptAmount\":245.93}}",
	};
	static const Fate fates[] = { DROP_BEFORE, DROP_AFTER, LOSE };
	ErpnetStub self;

	for (size_t i = 0; i < G_N_ELEMENTS(fates); i++) {
		erpnet_stub_open(&self);
		self.fate = fates[i];
		erpnet_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
		erpnet_stub_close(&self);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(bodies); i++) {
		erpnet_stub_open(&self);
		self.task_body = bodies[i];
		erpnet_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
		erpnet_stub_close(&self);
	}
}

static void test_small_requests(void)
{
	ErpnetStub self;
	FiscalProof proof;

	erpnet_stub_open(&self);
	erpnet_stub_set_result(&self, "xreport", "{" OK "}");
	erpnet_stub_set_result(&self, "duplicate", "{" OK "}");
	erpnet_stub_set_result(&self, "datetime", "{" OK "}");
	g_assert_true(erpnet_stub_make(&self, FISCAL_X, &proof, NULL));
	g_assert_true(erpnet_stub_make(&self, FISCAL_X, &proof, NULL));
	g_assert_true(self.driver->print_copy(self.registrar, NULL));
	g_assert_true(self.driver->open_drawer(self.registrar, NULL));
	g_assert_true(
		self.driver->set_clock(self.registrar, INT64_C(1780470960) * G_USEC_PER_SEC, NULL));
	g_assert_false(self.driver->cancel_open(self.registrar, NULL));
	g_assert_cmpint(erpnet_stub_count(&self, "/xreport?"), ==, 2);
	g_assert_cmpint(erpnet_stub_count(&self, "{\"rawRequest\":\"j\"}"), ==, 1);
	g_assert_cmpint(erpnet_stub_count(&self, " {\"deviceDateTime\":\"2026-06-03T10:16:00\"}"),
			==, 1);
	erpnet_stub_close(&self);
}

static void test_shift_makes_nothing(void)
{
	ErpnetStub self;
	FiscalDocument document = erpnet_stub_document(FISCAL_SHIFT_OPEN);
	struct fiscal_plan *plan;

	erpnet_stub_open(&self);
	plan = self.driver->plan(self.registrar, &document, NULL);
	g_assert_cmpint(self.driver->plan_n_steps(plan), ==, 0);
	self.driver->plan_free(plan);
	erpnet_stub_close(&self);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/erpnet/plans", test_plans);
	g_test_add_func("/fiscal/erpnet/plan-of-return", test_plan_of_return);
	g_test_add_func("/fiscal/erpnet/plan-of-dearer-line", test_plan_of_dearer_line);
	g_test_add_func("/fiscal/erpnet/refusals", test_refusals);
	g_test_add_func("/fiscal/erpnet/options", test_options);
	g_test_add_func("/fiscal/erpnet/status", test_status);
	g_test_add_func("/fiscal/erpnet/status-of-another-maker", test_status_of_another_maker);
	g_test_add_func("/fiscal/erpnet/status-faults", test_status_faults);
	g_test_add_func("/fiscal/erpnet/sale", test_sale);
	g_test_add_func("/fiscal/erpnet/return", test_return);
	g_test_add_func("/fiscal/erpnet/answered-at-once", test_answered_at_once);
	g_test_add_func("/fiscal/erpnet/known-task", test_known_task);
	g_test_add_func("/fiscal/erpnet/without-number", test_without_number);
	g_test_add_func("/fiscal/erpnet/failures", test_failures);
	g_test_add_func("/fiscal/erpnet/failure-of-another-maker", test_failure_of_another_maker);
	g_test_add_func("/fiscal/erpnet/refused-by-post", test_refused_by_post);
	g_test_add_func("/fiscal/erpnet/unknown-outcomes", test_unknown_outcomes);
	g_test_add_func("/fiscal/erpnet/small-requests", test_small_requests);
	g_test_add_func("/fiscal/erpnet/shift-makes-nothing", test_shift_makes_nothing);
	return g_test_run();
}
