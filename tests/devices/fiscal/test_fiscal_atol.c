/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/atol_stub.h"

#include "drivers/fiscal/name_uuid.h"

#include <string.h>

/* --- status -------------------------------------------------------------------------------- */

static void test_status(void)
{
	AtolStub self;
	FiscalStatus status;

	atol_stub_open(&self);
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_cmpstr(status.serial, ==, SERIAL);
	g_assert_true(status.shift_open);
	g_assert_false(status.shift_too_long);
	g_assert_false(status.paper_out);
	g_assert_false(status.memory_full);
	g_assert_true(status.memory_near_full);
	g_assert_cmpuint(status.last_document, ==, 57);
	g_assert_cmpuint(status.shift_number, ==, 42);
	g_assert_cmpint(status.cash.minor, ==, 50000);
	g_assert_cmpint(status.cash.currency, ==, 643);
	g_assert_cmpint(status.unsent, ==, 3);
	g_assert_cmpint(status.lotteries, ==, -1);
	g_assert_cmpint(status.clock, ==, INT64_C(1780470960) * G_USEC_PER_SEC);
	g_assert_cmpint(status.sent_at, ==, INT64_C(1780470000) * G_USEC_PER_SEC);
	atol_stub_close(&self);
}

/* A service that knows no getFnInfo: the tasks behind it are asked again, alone. */
static void test_status_partly_unknown(void)
{
	AtolStub self;
	FiscalStatus status;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "getFnInfo", FAILED("11"));
	atol_stub_set_answer(&self, "ofdExchangeStatus", FAILED("11"));
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_cmpstr(status.serial, ==, "");
	g_assert_cmpint(status.cash.minor, ==, 50000);
	g_assert_cmpint(status.unsent, ==, -1);
	atol_stub_close(&self);
}

static void test_status_expired_and_closed(void)
{
	AtolStub self;
	FiscalStatus status;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "getShiftStatus",
			     READY("{\"shiftStatus\":{\"state\":\"expired\",\"number\":42}}"));
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_true(status.shift_open && status.shift_too_long);
	atol_stub_set_answer(&self, "getShiftStatus",
			     READY("{\"shiftStatus\":{\"state\":\"closed\",\"number\":42}}"));
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_false(status.shift_open || status.shift_too_long);
	atol_stub_close(&self);
}

static void check_status_fails(AtolStub *self, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;
	FiscalStatus status;

	g_assert_false(self->driver->observe(self->registrar, &status, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static void test_status_faults(void)
{
	AtolStub self;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "getDeviceStatus",
			     READY("{\"deviceStatus\":{\"blocked\":true,\"paperPresent\":false}}"));
	check_status_fails(&self, DEVICE_FAULT_NEEDS_SERVICE);
	atol_stub_set_answer(&self, "getDeviceStatus", FAILED("2"));
	check_status_fails(&self, DEVICE_FAULT_OFFLINE);
	atol_stub_set_answer(&self, "getDeviceStatus", READY("{}"));
	check_status_fails(&self, DEVICE_FAULT_PROTOCOL);
	atol_stub_set_answer(&self, "getDeviceStatus", "{\"state\":\"ready\"}");
	check_status_fails(&self, DEVICE_FAULT_PROTOCOL);
	scripted_http_stop(self.http);
	check_status_fails(&self, DEVICE_FAULT_OFFLINE);
	atol_stub_close(&self);
}

/* --- making -------------------------------------------------------------------------------- */

static void test_sale(void)
{
	AtolStub self;
	FiscalProof proof;
	g_autoptr(GError) error = NULL;

	atol_stub_open(&self);
	self.n_waits = 2;
	g_assert_true(atol_stub_make(&self, FISCAL_SALE, &proof, &error));
	g_assert_no_error(error);
	atol_stub_check_sold(&proof);
	g_assert_cmpuint(proof.receipt_number, ==, 1);
	g_assert_cmpint(proof.change.minor, ==, 5406);
	g_assert_true(self.driver->finish_print(self.registrar, &error));
	g_assert_cmpint(atol_stub_count(&self, "\"type\":\"sell\""), ==, 1);
	g_assert_cmpint(atol_stub_count(&self, "continuePrint"), ==, 0);
	atol_stub_close(&self);
}

static void test_paths(void)
{
	AtolStub self;

	atol_stub_open_with(&self, "api", "1");
	g_assert_cmpint(atol_stub_count(&self, "POST /requests {"), ==, 1);
	g_assert_cmpint(atol_stub_count(&self, "GET /requests/"), >=, 1);
	atol_stub_close(&self);
	atol_stub_open_with(&self, "device_id", "касса 1");
	g_assert_cmpint(
		atol_stub_count(
			&self,
			"POST /api/v2/requests?deviceID=%D0%BA%D0%B0%D1%81%D1%81%D0%B0%201 {"),
		==, 1);
	g_assert_cmpint(atol_stub_count(&self, "GET /api/v2/requests/"), >=, 1);
	atol_stub_close(&self);
}

/* The key was used already: it is ours, and GET tells what became of it. */
static void test_conflict_is_asked(void)
{
	AtolStub self;
	FiscalProof proof;
	g_autofree char *uuid = name_uuid_dup_attempt("T2-118-17", 12);

	atol_stub_open(&self);
	g_hash_table_insert(self.tasks, g_strdup(uuid), g_strdup("sell"));
	g_assert_true(atol_stub_make(&self, FISCAL_SALE, &proof, NULL));
	atol_stub_check_sold(&proof);
	atol_stub_close(&self);
}

static void test_refused_by_post(void)
{
	static const struct {
		guint status;
		const char *body;
		DeviceFault fault;
	} cases[] = {
		{ 400, "{\"error\":{\"code\":501,\"description\":\"bad\"}}", DEVICE_FAULT_REFUSED },
		{ 400, "<html>", DEVICE_FAULT_REFUSED },
		{ 401, NULL, DEVICE_FAULT_WRONG_PASSWORD },
		{ 403, "{}", DEVICE_FAULT_WRONG_PASSWORD },
		{ 420, "{}", DEVICE_FAULT_BUSY },
		{ 503, NULL, DEVICE_FAULT_BUSY },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AtolStub self;

		atol_stub_open(&self);
		self.fate = REFUSE;
		self.post_status = cases[i].status;
		self.post_body = cases[i].body;
		atol_stub_check_make_fails(&self, FISCAL_SALE, cases[i].fault);
		atol_stub_close(&self);
	}
}

/* It says that it is busy, and has taken the task all the same. */
static void test_taken_though_busy(void)
{
	AtolStub self;
	FiscalProof proof;

	atol_stub_open(&self);
	self.fate = TAKE_REFUSE;
	self.post_status = 503;
	g_assert_true(atol_stub_make(&self, FISCAL_SALE, &proof, NULL));
	atol_stub_check_sold(&proof);
	atol_stub_close(&self);
}

static void test_unknown_outcomes(void)
{
	static const Fate fates[] = { DROP_BEFORE, DROP_AFTER, LOSE };
	AtolStub self;

	for (size_t i = 0; i < G_N_ELEMENTS(fates); i++) {
		atol_stub_open(&self);
		self.fate = fates[i];
		atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
		atol_stub_close(&self);
	}
	atol_stub_open(&self);
	self.get_status = 200;
	self.get_body = "<html>later</html>";
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	self.get_body = "{\"results\":[{\"status\":\"blocked\"}]}";
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	self.get_body = "{\"results\":[" READY("{\"fiscalParams\":{}}") "]}";
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	self.get_body = NULL;
	self.n_waits = 1000;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	atol_stub_close(&self);
}

/* A result that tells of another sum is no proof of ours. */
static void test_other_total(void)
{
	AtolStub self;

	atol_stub_open(&self);
	atol_stub_set_answer(
		&self, "sell",
		READY("{\"fiscalParams\":{\"fiscalDocumentNumber\":58,\"total\":245.93}}"));
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	atol_stub_close(&self);
}

static void test_failures(void)
{
	static const struct {
		const char *entry;
		DeviceFault fault;
	} cases[] = {
		{ FAILED("66"), DEVICE_FAULT_REFUSED },
		{ FAILED("68"), DEVICE_FAULT_SHIFT_TOO_LONG },
		{ FAILED("141"), DEVICE_FAULT_SHIFT_TOO_LONG },
		{ FAILED("73"), DEVICE_FAULT_SHIFT_CLOSED },
		{ FAILED("77"), DEVICE_FAULT_CLOCK },
		{ FAILED("44"), DEVICE_FAULT_PAPER_OUT },
		{ FAILED("45"), DEVICE_FAULT_COVER_OPEN },
		{ FAILED("137"), DEVICE_FAULT_MEMORY_FULL },
		{ FAILED("177"), DEVICE_FAULT_BUSY },
		{ "{\"status\":\"interrupted\"}", DEVICE_FAULT_BUSY },
		{ "{\"status\":\"error\",\"error\":{\"code\":71,\"description\":\"x\"}}",
		  DEVICE_FAULT_WRONG_PASSWORD },
		{ FAILED("9999"), DEVICE_FAULT_NEEDS_SERVICE },
		{ FAILED("0"), DEVICE_FAULT_NEEDS_SERVICE },
		{ "{\"status\":\"ready\",\"errorCode\":44}", DEVICE_FAULT_BUSY },
	};
	AtolStub self;

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		atol_stub_open(&self);
		atol_stub_set_answer(&self, "sell", cases[i].entry);
		atol_stub_check_make_fails(&self, FISCAL_SALE, cases[i].fault);
		atol_stub_close(&self);
	}
}

/* "No paper", and the memory has a document more: paper failed behind it. */
static void test_failure_after_the_document(void)
{
	AtolStub self;
	FiscalIntent intent;
	FiscalProof proof;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	atol_stub_set_answer(&self, "sell", FAILED("44"));
	self.fn_after = FN("58");
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	atol_stub_set_answer(&self, "getFnDocument:58", DOCUMENT(OUR_SALE));
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	atol_stub_check_sold(&proof);
	atol_stub_close(&self);
}

static void test_shift(void)
{
	AtolStub self;
	FiscalProof proof;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "closeShift",
			     READY("{\"fiscalParams\":{\"fiscalDocumentNumber\":60,"
				   "\"fiscalDocumentSign\":\"77\",\"shiftNumber\":42,"
				   "\"fiscalDocumentDateTime\":\"2026-06-03T22:00:00+03:00\"},"
				   "\"warnings\":{\"notPrinted\":false}}"));
	g_assert_true(atol_stub_make(&self, FISCAL_SHIFT_CLOSE, &proof, NULL));
	g_assert_cmpuint(proof.document_number, ==, 60);
	g_assert_cmpstr(proof.serial, ==, SERIAL);
	g_assert_cmpint(proof.change.minor, ==, 0);
	atol_stub_close(&self);
}

static void test_cash(void)
{
	AtolStub self;
	FiscalProof proof;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "cashIn", CASH("745.94"));
	g_assert_true(atol_stub_make(&self, FISCAL_CASH_IN, &proof, NULL));
	g_assert_cmpuint(proof.document_number, ==, 0);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	atol_stub_set_answer(&self, "cashOut", FAILED("80"));
	atol_stub_check_make_fails(&self, FISCAL_CASH_OUT, DEVICE_FAULT_NO_CASH);
	atol_stub_close(&self);
}

/* Without the counter nothing could prove it. */
static void test_cash_without_counter(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "getCashDrawerStatus", FAILED("11"));
	atol_stub_set_answer(&self, "cashIn", CASH("745.94"));
	intent = atol_stub_intent(&self, FISCAL_CASH_IN);
	atol_stub_check_make_fails(&self, FISCAL_CASH_IN, DEVICE_FAULT_REFUSED);
	g_assert_cmpint(atol_stub_count(&self, "cashIn"), ==, 0);
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	atol_stub_close(&self);
}

/* Each is a report of its own: the second is no repetition of the first. */
static void test_report_twice(void)
{
	AtolStub self;
	FiscalProof proof;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "reportX", READY("{}"));
	g_assert_true(atol_stub_make(&self, FISCAL_X, &proof, NULL));
	atol_stub_set_answer(&self, "reportX", FAILED("44"));
	atol_stub_check_make_fails(&self, FISCAL_X, DEVICE_FAULT_PAPER_OUT);
	g_assert_cmpint(atol_stub_count(&self, "reportX"), ==, 2);
	atol_stub_close(&self);
}

/* --- paper --------------------------------------------------------------------------------- */

#define NOT_PRINTED                                                                                \
	READY("{\"fiscalParams\":{\"fiscalDocumentNumber\":58,\"total\":245.94},"                  \
	      "\"warnings\":{\"notPrinted\":true}}")

static void check_print_fails(AtolStub *self, DeviceFault fault)
{
	g_autoptr(GError) error = NULL;

	g_assert_false(self->driver->finish_print(self->registrar, &error));
	g_assert_error(error, DEVICE_FAULT, (int)fault);
}

static void test_not_printed(void)
{
	AtolStub self;
	FiscalProof proof;
	FiscalStatus status;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "sell", NOT_PRINTED);
	g_assert_true(atol_stub_make(&self, FISCAL_SALE, &proof, NULL));
	atol_stub_set_answer(&self, "getDeviceStatus",
			     READY("{\"deviceStatus\":{\"paperPresent\":false}}"));
	check_print_fails(&self, DEVICE_FAULT_PAPER_OUT);
	atol_stub_set_answer(
		&self, "getDeviceStatus",
		READY("{\"deviceStatus\":{\"paperPresent\":true,\"coverOpened\":true}}"));
	check_print_fails(&self, DEVICE_FAULT_COVER_OPEN);
	atol_stub_set_answer(&self, "getDeviceStatus",
			     READY("{\"deviceStatus\":{\"paperPresent\":true}}"));
	atol_stub_set_answer(&self, "continuePrint", FAILED("44"));
	check_print_fails(&self, DEVICE_FAULT_PAPER_OUT);
	g_assert_true(self.driver->observe(self.registrar, &status, NULL));
	g_assert_true(status.awaits_continue);
	atol_stub_set_answer(&self, "continuePrint", READY("{}"));
	g_assert_true(self.driver->finish_print(self.registrar, NULL));
	g_assert_true(self.driver->finish_print(self.registrar, NULL));
	g_assert_cmpint(atol_stub_count(&self, "continuePrint"), ==, 2);
	g_assert_cmpint(atol_stub_count(&self, "printLastReceiptCopy"), ==, 0);
	g_assert_cmpint(atol_stub_count(&self, "\"type\":\"sell\""), ==, 1);
	atol_stub_close(&self);
}

/* Nothing to print on, and the paper is not whole: a copy, never a second document. */
static void test_copy_instead(void)
{
	AtolStub self;
	FiscalProof proof;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "sell", NOT_PRINTED);
	g_assert_true(atol_stub_make(&self, FISCAL_SALE, &proof, NULL));
	atol_stub_set_answer(&self, "continuePrint", FAILED("12"));
	atol_stub_set_answer(&self, "printLastReceiptCopy", READY("{}"));
	g_assert_true(self.driver->finish_print(self.registrar, NULL));
	g_assert_cmpint(atol_stub_count(&self, "printLastReceiptCopy"), ==, 1);
	atol_stub_close(&self);
}

/* After a restart nobody knows: what may be left is printed, and no copy of what may be whole. */
static void test_finish_after_restart(void)
{
	AtolStub self;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "continuePrint", FAILED("44"));
	check_print_fails(&self, DEVICE_FAULT_PAPER_OUT);
	atol_stub_set_answer(&self, "continuePrint", FAILED("9999")); /* whatever it may say */
	g_assert_true(self.driver->finish_print(self.registrar, NULL));
	g_assert_cmpint(atol_stub_count(&self, "continuePrint"), ==, 2);
	g_assert_cmpint(atol_stub_count(&self, "printLastReceiptCopy"), ==, 0);
	atol_stub_close(&self);
}

/* --- the rest ------------------------------------------------------------------------------ */

static void test_read_document(void)
{
	AtolStub self;
	FiscalRecord record;
	g_autoptr(GError) error = NULL;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "getFnDocument:58", DOCUMENT(OUR_SALE));
	g_assert_true(self.driver->read_document(self.registrar, 58, &record, NULL));
	g_assert_cmpint(record.kind, ==, FISCAL_SALE);
	g_assert_cmpint(record.total.minor, ==, 24594);
	g_assert_cmpstr(record.sign, ==, "1906569744");
	g_assert_cmpstr(record.at, ==, "2026-06-03T10:17");
	atol_stub_set_answer(&self, "getFnDocument:59", FAILED("123"));
	g_assert_false(self.driver->read_document(self.registrar, 59, &record, &error));
	g_assert_error(error, DEVICE_FAULT, DEVICE_FAULT_REFUSED);
	atol_stub_close(&self);
}

static void test_totals(void)
{
	AtolStub self;
	FiscalTotals totals;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "getShiftTotals",
			     READY("{\"shiftTotals\":{\"shiftNumber\":42,\"receipts\":{"
				   "\"sell\":{\"count\":2,\"sum\":345.94,"
				   "\"payments\":{\"cash\":245.94,\"electronically\":100.00}},"
				   "\"sellReturn\":{\"count\":1,\"sum\":67.5,"
				   "\"payments\":{\"cash\":67.50,\"electronically\":0}}}}}"));
	g_assert_true(self.driver->read_totals(self.registrar, &totals, NULL));
	g_assert_true(totals.known);
	g_assert_cmpint(totals.sales.minor, ==, 34594);
	g_assert_cmpint(totals.returns.minor, ==, 6750);
	g_assert_cmpint(totals.kept[TENDER_CASH].minor, ==, 17844);
	g_assert_cmpint(totals.kept[TENDER_CARD].minor, ==, 10000);
	g_assert_cmpint(totals.n_sales, ==, 2);
	g_assert_cmpint(totals.n_returns, ==, 1);
	atol_stub_close(&self);
}

static void test_small_tasks(void)
{
	static const char *const text[] = { "Смена 42", "", NULL };
	AtolStub self;

	atol_stub_open(&self);
	atol_stub_set_answer(&self, "setDateTime", READY("{}"));
	atol_stub_set_answer(&self, "nonFiscal", READY("{}"));
	atol_stub_set_answer(&self, "openCashDrawer", READY("{}"));
	atol_stub_set_answer(&self, "printLastReceiptCopy", READY("{}"));
	g_assert_true(
		self.driver->set_clock(self.registrar, INT64_C(1780470960) * G_USEC_PER_SEC, NULL));
	g_assert_true(self.driver->print_text(self.registrar, text, NULL));
	g_assert_true(self.driver->open_drawer(self.registrar, NULL));
	g_assert_true(self.driver->print_copy(self.registrar, NULL));
	g_assert_false(self.driver->cancel_open(self.registrar, NULL));
	g_assert_cmpint(atol_stub_count(&self, "[{\"type\":\"setDateTime\",\"dateTime\":"
					       "\"2026.06.03 10:16:00\"}]"),
			==, 1);
	g_assert_cmpint(atol_stub_count(&self, "[{\"type\":\"nonFiscal\",\"items\":["
					       "{\"type\":\"text\",\"text\":\"Смена 42\"},"
					       "{\"type\":\"text\",\"text\":\"\"}]}]"),
			==, 1);
	atol_stub_close(&self);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/atol/status", test_status);
	g_test_add_func("/fiscal/atol/status-partly-unknown", test_status_partly_unknown);
	g_test_add_func("/fiscal/atol/status-expired-and-closed", test_status_expired_and_closed);
	g_test_add_func("/fiscal/atol/status-faults", test_status_faults);
	g_test_add_func("/fiscal/atol/sale", test_sale);
	g_test_add_func("/fiscal/atol/paths", test_paths);
	g_test_add_func("/fiscal/atol/conflict-is-asked", test_conflict_is_asked);
	g_test_add_func("/fiscal/atol/refused-by-post", test_refused_by_post);
	g_test_add_func("/fiscal/atol/taken-though-busy", test_taken_though_busy);
	g_test_add_func("/fiscal/atol/unknown-outcomes", test_unknown_outcomes);
	g_test_add_func("/fiscal/atol/other-total", test_other_total);
	g_test_add_func("/fiscal/atol/failures", test_failures);
	g_test_add_func("/fiscal/atol/failure-after-the-document", test_failure_after_the_document);
	g_test_add_func("/fiscal/atol/shift", test_shift);
	g_test_add_func("/fiscal/atol/cash", test_cash);
	g_test_add_func("/fiscal/atol/cash-without-counter", test_cash_without_counter);
	g_test_add_func("/fiscal/atol/report-twice", test_report_twice);
	g_test_add_func("/fiscal/atol/not-printed", test_not_printed);
	g_test_add_func("/fiscal/atol/copy-instead", test_copy_instead);
	g_test_add_func("/fiscal/atol/finish-after-restart", test_finish_after_restart);
	g_test_add_func("/fiscal/atol/read-document", test_read_document);
	g_test_add_func("/fiscal/atol/totals", test_totals);
	g_test_add_func("/fiscal/atol/small-tasks", test_small_tasks);
	return g_test_run();
}
