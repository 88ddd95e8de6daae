/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/atol_stub.h"

#include "drivers/fiscal/name_uuid.h"

/* What the driver says of a document that nobody knows about (fiscal-atol.md §8). */

/* The request never came, and the numbers agree. */
static void test_never_received(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	self.fate = DROP_BEFORE;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	atol_stub_close(&self);
}

/* ... but it had been on its way: it comes while the numbers are asked for. */
static void test_comes_late(void)
{
	AtolStub self;
	FiscalIntent intent;
	FiscalProof proof;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	self.late_task = "sell";
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	atol_stub_check_sold(&proof);
	atol_stub_close(&self);
}

static void test_received_and_ready(void)
{
	AtolStub self;
	FiscalIntent intent;
	FiscalProof proof;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	self.fate = DROP_AFTER;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	self.n_waits = 1;
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	atol_stub_check_sold(&proof);
	g_assert_cmpuint(proof.receipt_number, ==, 1);
	/* And the same for whoever asks again. */
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	atol_stub_check_sold(&proof);
	g_assert_cmpint(atol_stub_count(&self, "\"type\":\"sell\""), ==, 1);
	atol_stub_close(&self);
}

static void test_ready_not_printed(void)
{
	AtolStub self;
	FiscalIntent intent;
	FiscalProof proof;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	atol_stub_set_answer(&self, "sell",
			     READY("{\"fiscalParams\":{\"fiscalDocumentNumber\":58},"
				   "\"warnings\":{\"notPrinted\":true}}"));
	atol_stub_set_answer(&self, "continuePrint", READY("{}"));
	self.fate = DROP_AFTER;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpstr(proof.serial, ==, SERIAL);
	g_assert_true(self.driver->finish_print(self.registrar, NULL));
	g_assert_cmpint(atol_stub_count(&self, "continuePrint"), ==, 1);
	atol_stub_close(&self);
}

static void test_error(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	self.fate = DROP_AFTER;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	atol_stub_set_answer(&self, "sell", FAILED("68"));
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	atol_stub_set_answer(&self, "sell", "{\"status\":\"interrupted\"}");
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	atol_stub_set_answer(&self, "sell", FAILED("177"));
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	/* The closing was interrupted, and the document is there. */
	atol_stub_set_answer(&self, "getFnStatus", FN("58"));
	atol_stub_set_answer(&self, "getFnDocument:58", DOCUMENT(OUR_SALE));
	atol_stub_check_verdict(&self, &intent, FISCAL_MADE);
	/* It cannot be read: then nothing is known. */
	atol_stub_set_answer(&self, "getFnDocument:58", FAILED("115"));
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_NEEDS_SERVICE);
	atol_stub_close(&self);
}

/* Never "not made" of a task that may be printed yet. */
static void test_queue_stands(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	self.get_status = 200;
	self.get_body = "{\"results\":[{\"status\":\"blocked\"}]}";
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_NEEDS_SERVICE);
	self.get_body = "{\"results\":[{\"status\":\"wait\"}]}";
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_BUSY);
	self.get_body = "{\"results\":[]}";
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_PROTOCOL);
	self.get_status = 503;
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_BUSY);
	self.get_status = 401;
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_WRONG_PASSWORD);
	atol_stub_close(&self);
}

/* The service was installed anew: it knows no uuid, the memory knows the document. */
static void test_only_in_the_memory(void)
{
	AtolStub self;
	FiscalIntent intent;
	FiscalProof proof;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	atol_stub_set_answer(&self, "getFnStatus", FN("59"));
	atol_stub_set_answer(&self, "getFnDocument:58",
			     READY("{\"documentTLV\":{\"fiscalDocumentType\":\"openShift\"}}"));
	atol_stub_set_answer(&self, "getFnDocument:59",
			     READY("{\"documentTLV\":{\"1054\":1,\"1020\":245.94,\"1077\":"
				   "\"1906569744\",\"1012\":\"2026-06-03T10:17:00\"}}"));
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	g_assert_cmpuint(proof.document_number, ==, 59);
	g_assert_cmpstr(proof.sign, ==, "1906569744");
	g_assert_cmpstr(proof.serial, ==, SERIAL);
	g_assert_cmpint(self.n_used, ==, 2);
	atol_stub_close(&self);
}

/* Documents of the same sum and of other kinds, totals and owners. */
static void test_not_ours(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	atol_stub_set_answer(&self, "getFnStatus", FN("58"));
	atol_stub_set_answer(&self, "getFnDocument:58",
			     READY("{\"documentTLV\":{\"1054\":1,\"1020\":245.95}}"));
	atol_stub_check_verdict(&self, &intent, FISCAL_FOREIGN);
	atol_stub_set_answer(&self, "getFnDocument:58",
			     READY("{\"documentTLV\":{\"1054\":2,\"1020\":245.94}}"));
	atol_stub_check_verdict(&self, &intent, FISCAL_FOREIGN);
	atol_stub_set_answer(&self, "getFnDocument:58", DOCUMENT(OUR_SALE));
	self.used = 58; /* the proof of another sale */
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	self.used = 0;
	atol_stub_set_answer(&self, "getFnDocument:58",
			     READY("{\"documentTLV\":{\"fiscalDocumentType\":\"closeShift\"}}"));
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	atol_stub_set_answer(&self, "getFnStatus", FN("56"));
	atol_stub_check_verdict(&self, &intent, FISCAL_FOREIGN);
	atol_stub_close(&self);
}

static void test_shift_in_the_memory(void)
{
	AtolStub self;
	FiscalIntent intent;
	FiscalProof proof;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SHIFT_CLOSE);
	intent.total.minor = 0;
	atol_stub_set_answer(&self, "getFnStatus", FN("58"));
	atol_stub_set_answer(&self, "getFnDocument:58",
			     READY("{\"documentTLV\":{\"fiscalDocumentType\":\"closeShift\","
				   "\"1038\":42}}"));
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	g_assert_cmpuint(proof.document_number, ==, 58);
	g_assert_cmpuint(proof.shift_number, ==, 42);
	atol_stub_close(&self);
}

static void test_other_registrar(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	atol_stub_set_answer(&self, "getFnInfo", READY("{\"fnInfo\":{\"serial\":\"777\"}}"));
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_REPLACED);
	/* Also where the service still has the task, of the registrar before. */
	g_strlcpy(intent.before.serial, "778", sizeof intent.before.serial);
	self.fate = DROP_AFTER;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_REPLACED);
	atol_stub_close(&self);
}

/* A service that mixes up its tasks. */
static void test_proof_of_another(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	self.fate = DROP_AFTER;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	self.used = 58;
	atol_stub_check_verdict(&self, &intent, FISCAL_FOREIGN);
	self.used = 0;
	intent.total.minor = 24595;
	atol_stub_check_verdict(&self, &intent, FISCAL_FOREIGN);
	atol_stub_close(&self);
}

static void test_service_gone(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	self.fate = DROP_AFTER;
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OUTCOME_UNKNOWN);
	scripted_http_stop(self.http);
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_OFFLINE);
	atol_stub_close(&self);
}

/* No byte has left: that is known without asking anybody. */
static void test_not_sent(void)
{
	AtolStub self;
	FiscalIntent intent;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_SALE);
	scripted_http_stop(self.http);
	atol_stub_check_make_fails(&self, FISCAL_SALE, DEVICE_FAULT_OFFLINE);
	atol_stub_check_verdict(&self, &intent, FISCAL_NOT_MADE);
	intent.id++; /* of another nothing is known */
	atol_stub_check_doubt(&self, &intent, DEVICE_FAULT_OFFLINE);
	atol_stub_close(&self);
}

static void test_cash(void)
{
	static const struct {
		const char *cash;
		FiscalKind kind;
		FiscalVerdict verdict;
	} cases[] = {
		{ CASH("500.00"), FISCAL_CASH_IN, FISCAL_NOT_MADE },
		{ CASH("745.94"), FISCAL_CASH_IN, FISCAL_MADE },
		{ CASH("745.94"), FISCAL_CASH_OUT, FISCAL_FOREIGN },
		{ CASH("254.06"), FISCAL_CASH_OUT, FISCAL_MADE },
		{ CASH("254.07"), FISCAL_CASH_OUT, FISCAL_FOREIGN },
		{ FAILED("11"), FISCAL_CASH_OUT, FISCAL_CANNOT_TELL },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AtolStub self;
		FiscalIntent intent;

		atol_stub_open(&self);
		intent = atol_stub_intent(&self, cases[i].kind);
		atol_stub_set_answer(&self, "getCashDrawerStatus", cases[i].cash);
		atol_stub_check_verdict(&self, &intent, cases[i].verdict);
		atol_stub_close(&self);
	}
}

/* Where the service has the task, that is better than a sum. */
static void test_cash_by_its_key(void)
{
	AtolStub self;
	FiscalIntent intent;
	FiscalProof proof;

	atol_stub_open(&self);
	intent = atol_stub_intent(&self, FISCAL_CASH_IN);
	atol_stub_set_answer(&self, "cashIn", CASH("745.94"));
	self.fate = DROP_AFTER;
	atol_stub_check_make_fails(&self, FISCAL_CASH_IN, DEVICE_FAULT_OUTCOME_UNKNOWN);
	g_assert_cmpint(atol_stub_reconcile(&self, &intent, &proof, NULL), ==, FISCAL_MADE);
	g_assert_cmpstr(proof.serial, ==, SERIAL);
	atol_stub_close(&self);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/atol/doubt/never-received", test_never_received);
	g_test_add_func("/fiscal/atol/doubt/comes-late", test_comes_late);
	g_test_add_func("/fiscal/atol/doubt/received-and-ready", test_received_and_ready);
	g_test_add_func("/fiscal/atol/doubt/ready-not-printed", test_ready_not_printed);
	g_test_add_func("/fiscal/atol/doubt/error", test_error);
	g_test_add_func("/fiscal/atol/doubt/queue-stands", test_queue_stands);
	g_test_add_func("/fiscal/atol/doubt/only-in-the-memory", test_only_in_the_memory);
	g_test_add_func("/fiscal/atol/doubt/not-ours", test_not_ours);
	g_test_add_func("/fiscal/atol/doubt/shift-in-the-memory", test_shift_in_the_memory);
	g_test_add_func("/fiscal/atol/doubt/other-registrar", test_other_registrar);
	g_test_add_func("/fiscal/atol/doubt/proof-of-another", test_proof_of_another);
	g_test_add_func("/fiscal/atol/doubt/service-gone", test_service_gone);
	g_test_add_func("/fiscal/atol/doubt/not-sent", test_not_sent);
	g_test_add_func("/fiscal/atol/doubt/cash", test_cash);
	g_test_add_func("/fiscal/atol/doubt/cash-by-its-key", test_cash_by_its_key);
	return g_test_run();
}
