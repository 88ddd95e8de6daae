/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/cut_proxy.h"
#include "tests/devices/fiscal/erpnet_stub.h"

#include <string.h>

/* The cable is cut at every few bytes of a sale, in the request or in the answers, and mended. The
 * service tells a result once: where that answer is lost, the printer's own number has to tell. */

#define STRIDE 5 /* bytes; a prime, so that all places are met */
#define MAX_BYTES 4000 /* more than a sale takes, either way */
#define AFTER "0000138," SALE_NUMBER

static void reopen(ErpnetStub *stub, const char *address)
{
	g_autoptr(GError) error = NULL;

	stub->driver->close(stub->registrar);
	port_close(stub->port);
	stub->port = port_open(address, &error);
	g_assert_no_error(error);
	stub->registrar = stub->driver->open(stub->port, NULL, &error);
	g_assert_no_error(error);
}

static bool is_done(ErpnetStub *stub)
{
	return strcmp(stub->last, AFTER) == 0;
}

/* Whether the sale came through without the cut having been met. */
static bool sell_over(int up, int down)
{
	ErpnetStub stub;
	g_autoptr(CutProxy) proxy = NULL;
	g_autoptr(GError) error = NULL;
	FiscalIntent intent;
	FiscalProof proof;
	bool whole;

	erpnet_stub_open(&stub);
	stub.last_after = AFTER;
	proxy = cut_proxy_new(scripted_http_get_address(stub.http));
	reopen(&stub, cut_proxy_get_address(proxy));
	intent = erpnet_stub_intent(&stub, FISCAL_SALE);
	cut_proxy_set_budget(proxy, up, down);
	whole = erpnet_stub_make(&stub, FISCAL_SALE, &proof, &error);
	g_assert_true(whole || g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN) ||
		      g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE));
	g_assert_true(!whole || proof.document_number == 138);

	cut_proxy_set_budget(proxy, -1, -1);
	reopen(&stub, cut_proxy_get_address(proxy));
	g_assert_cmpint(erpnet_stub_reconcile(&stub, &intent, &proof, NULL), ==,
			is_done(&stub) ? FISCAL_MADE : FISCAL_NOT_MADE);
	if (is_done(&stub)) {
		g_assert_cmpuint(proof.document_number, ==, 138);
		g_assert_cmpstr(proof.id, ==, SALE_NUMBER);
	}
	g_assert_cmpint(erpnet_stub_count(&stub, "/receipt?"), <=, 1);
	erpnet_stub_intent_clear(&intent);
	erpnet_stub_close(&stub);
	return whole;
}

static void test_request_cut(void)
{
	int n = 0;

	while (!sell_over(n, -1)) {
		n += STRIDE;
		g_assert_cmpint(n, <, MAX_BYTES);
	}
	g_assert_cmpint(n, >, 400); /* the body alone is longer */
}

static void test_answer_cut(void)
{
	int n = 0;

	while (!sell_over(-1, n)) {
		n += STRIDE;
		g_assert_cmpint(n, <, MAX_BYTES);
	}
	g_assert_cmpint(n, >, 300);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/fiscal/erpnet/cut/request", test_request_cut);
	g_test_add_func("/fiscal/erpnet/cut/answer", test_answer_cut);
	return g_test_run();
}
