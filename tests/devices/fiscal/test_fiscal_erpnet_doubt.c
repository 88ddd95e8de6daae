/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/erpnet_stub.h"

/* What the driver says of a document that nobody knows about (fiscal-datecs.md §8, §9). */

typedef struct {
	ErpnetStub stub;
	FiscalIntent intent;
} Case;

static void begin(Case *self, FiscalKind kind)
{
	erpnet_stub_open(&self->stub);
	self->intent = erpnet_stub_intent(&self->stub, kind);
}

static void end(Case *self)
{
	erpnet_stub_intent_clear(&self->intent);
	erpnet_stub_close(&self->stub);
}

static void lose(Case *self, Fate fate)
{
	self->stub.fate = fate;
	erpnet_stub_check_make_fails(&self->stub, self->intent.kind, DEVICE_FAULT_OUTCOME_UNKNOWN);
}

static void check_made(Case *self, uint32_t number, const char *doubt)
{
	g_autoptr(GError) error = NULL;
	FiscalProof proof;

	g_assert_cmpint(erpnet_stub_reconcile(&self->stub, &self->intent, &proof, &error), ==,
			FISCAL_MADE);
	g_assert_cmpuint(proof.document_number, ==, number);
	g_assert_cmpstr(proof.doubt, ==, doubt);
	g_assert_cmpstr(proof.serial, ==, MEMORY);
}

static void test_never_received(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	lose(&self, DROP_BEFORE);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_NOT_MADE);
	end(&self);
}

static void test_comes_late(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	lose(&self, DROP_BEFORE);
	self.stub.late_request = "receipt";
	check_made(&self, 138, "");
	end(&self);
}

/* The service tells a result once; the driver keeps it for whoever asks again. */
static void test_received_and_ready(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	lose(&self, DROP_AFTER);
	check_made(&self, 138, "");
	check_made(&self, 138, "");
	end(&self);
}

static void test_error(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	erpnet_stub_set_result(&self.stub, "receipt", FAILED("E407"));
	lose(&self, DROP_AFTER);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_NOT_MADE);
	end(&self);
	begin(&self, FISCAL_SALE);
	erpnet_stub_set_result(&self.stub, "receipt", FAILED("E301"));
	lose(&self, DROP_AFTER);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_NOT_MADE);
	end(&self);
	/* Paper ended behind the receipt. */
	begin(&self, FISCAL_SALE);
	erpnet_stub_set_result(&self.stub, "receipt", FAILED("E301"));
	self.stub.last_after = "0000138," SALE_NUMBER;
	lose(&self, TAKE);
	check_made(&self, 138, "");
	end(&self);
}

/* The service was started anew: the printer's last receipt has our number. */
static void test_only_in_the_printer(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	self.stub.last_after = "0000138," SALE_NUMBER;
	lose(&self, LOSE);
	check_made(&self, 138, "");
	self.stub.used = 138;
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_FOREIGN);
	end(&self);
}

static void test_return_in_the_printer(void)
{
	Case self;

	begin(&self, FISCAL_SALE_RETURN);
	lose(&self, LOSE); /* the number of its sale is the last one, and was before */
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_NOT_MADE);
	self.stub.last = "0000138,DT279013-0001-0000002," EARLIER_NUMBER;
	check_made(&self, 138, "");
	end(&self);
}

static void test_not_ours(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	self.stub.last_after = "0000138,DT279013-0002-0000012";
	lose(&self, LOSE);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_FOREIGN);
	self.stub.last = "0000136," EARLIER_NUMBER;
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_FOREIGN);
	end(&self);
}

/* A printer that tells no numbers: the cash of the sale is in its drawer, or is not. */
static void test_by_the_drawer(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	self.stub.uri = "bg.dy.isl.com://COM5";
	lose(&self, LOSE);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_NOT_MADE);
	self.stub.cash = "645.94"; /* 245.94 less 100.00 by card */
	check_made(&self, 0, "number-unknown");
	self.stub.cash = "745.94";
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_FOREIGN);
	self.stub.cash = NULL;
	erpnet_stub_check_doubt(&self.stub, &self.intent, DEVICE_FAULT_OUTCOME_UNKNOWN);
	end(&self);
}

static void test_cash(void)
{
	static const struct {
		FiscalKind kind;
		const char *cash;
		FiscalVerdict verdict;
	} cases[] = {
		{ FISCAL_CASH_IN, "500.00", FISCAL_NOT_MADE },
		{ FISCAL_CASH_IN, "745.94", FISCAL_MADE },
		{ FISCAL_CASH_OUT, "254.06", FISCAL_MADE },
		{ FISCAL_CASH_OUT, "745.94", FISCAL_FOREIGN },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		Case self;

		begin(&self, cases[i].kind);
		lose(&self, LOSE);
		self.stub.cash = cases[i].cash;
		erpnet_stub_check_verdict(&self.stub, &self.intent, cases[i].verdict);
		end(&self);
	}
}

static void test_closure(void)
{
	Case self;

	begin(&self, FISCAL_SHIFT_CLOSE);
	lose(&self, LOSE);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_NOT_MADE);
	self.stub.closures = "P,0042,0,0,0,0,0,0,0,0,030626";
	check_made(&self, 0, "");
	self.stub.closures = "P,0043,0,0,0,0,0,0,0,0,030626";
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_FOREIGN);
	self.stub.closures = NULL;
	erpnet_stub_check_doubt(&self.stub, &self.intent, DEVICE_FAULT_OUTCOME_UNKNOWN);
	end(&self);
}

/* Never "not made" of a task that may be printed yet. */
static void test_queue_stands(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	self.stub.task_body = "{\"taskStatus\":\"enqueued\"}";
	erpnet_stub_check_doubt(&self.stub, &self.intent, DEVICE_FAULT_BUSY);
	self.stub.task_body = "[]";
	erpnet_stub_check_doubt(&self.stub, &self.intent, DEVICE_FAULT_PROTOCOL);
	end(&self);
}

/* The receipt came out with another sum: it is there, and it is not the one we wanted. */
static void test_other_total(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	erpnet_stub_set_result(&self.stub, "receipt",
			       "{\"ok\":true,\"receiptNumber\":\"138\",\"receiptAmount\":245.93}");
	lose(&self, TAKE);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_FOREIGN);
	end(&self);
}

static void test_other_printer(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	self.stub.memory = "02999999";
	erpnet_stub_check_doubt(&self.stub, &self.intent, DEVICE_FAULT_REPLACED);
	end(&self);
}

static void test_service_gone(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	lose(&self, DROP_AFTER);
	scripted_http_stop(self.stub.http);
	erpnet_stub_check_doubt(&self.stub, &self.intent, DEVICE_FAULT_OFFLINE);
	end(&self);
}

/* No byte has left: that is known without asking anybody. */
static void test_not_sent(void)
{
	Case self;

	begin(&self, FISCAL_SALE);
	scripted_http_stop(self.stub.http);
	erpnet_stub_check_make_fails(&self.stub, FISCAL_SALE, DEVICE_FAULT_OFFLINE);
	erpnet_stub_check_verdict(&self.stub, &self.intent, FISCAL_NOT_MADE);
	self.intent.id++; /* of another nothing is known */
	erpnet_stub_check_doubt(&self.stub, &self.intent, DEVICE_FAULT_OFFLINE);
	end(&self);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/erpnet/doubt/never-received", test_never_received);
	g_test_add_func("/fiscal/erpnet/doubt/comes-late", test_comes_late);
	g_test_add_func("/fiscal/erpnet/doubt/received-and-ready", test_received_and_ready);
	g_test_add_func("/fiscal/erpnet/doubt/error", test_error);
	g_test_add_func("/fiscal/erpnet/doubt/only-in-the-printer", test_only_in_the_printer);
	g_test_add_func("/fiscal/erpnet/doubt/return-in-the-printer", test_return_in_the_printer);
	g_test_add_func("/fiscal/erpnet/doubt/not-ours", test_not_ours);
	g_test_add_func("/fiscal/erpnet/doubt/by-the-drawer", test_by_the_drawer);
	g_test_add_func("/fiscal/erpnet/doubt/cash", test_cash);
	g_test_add_func("/fiscal/erpnet/doubt/closure", test_closure);
	g_test_add_func("/fiscal/erpnet/doubt/queue-stands", test_queue_stands);
	g_test_add_func("/fiscal/erpnet/doubt/other-total", test_other_total);
	g_test_add_func("/fiscal/erpnet/doubt/other-printer", test_other_printer);
	g_test_add_func("/fiscal/erpnet/doubt/service-gone", test_service_gone);
	g_test_add_func("/fiscal/erpnet/doubt/not-sent", test_not_sent);
	return g_test_run();
}
