/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/devices/fiscal/atol_stub.h"
#include "tests/devices/fiscal/cut_proxy.h"

#include "drivers/fiscal/name_uuid.h"

/* The cable is cut at every few bytes of a sale, in the request or in the answers, and mended. What
 * the driver says afterwards is what the service has (fiscal-model.md §6.3). */

#define STRIDE 5 /* bytes; a prime, so that all places are met */
#define MAX_BYTES 4000 /* more than a sale takes, either way */

static void reopen(AtolStub *stub, const char *address)
{
	g_autoptr(GError) error = NULL;

	stub->driver->close(stub->registrar);
	port_close(stub->port);
	stub->port = port_open(address, &error);
	g_assert_no_error(error);
	stub->registrar = stub->driver->open(stub->port, NULL, &error);
	g_assert_no_error(error);
}

static bool service_has_it(AtolStub *stub)
{
	g_autofree char *uuid = name_uuid_dup_attempt("T2-118-17", 12);

	return g_hash_table_contains(stub->tasks, uuid);
}

/* Whether the sale came through without the cut having been met. */
static bool sell_over(int up, int down)
{
	AtolStub stub;
	g_autoptr(CutProxy) proxy = NULL;
	g_autoptr(GError) error = NULL;
	FiscalIntent intent;
	FiscalProof proof;
	bool whole;

	atol_stub_open(&stub);
	proxy = cut_proxy_new(scripted_http_get_address(stub.http));
	reopen(&stub, cut_proxy_get_address(proxy));
	intent = atol_stub_intent(&stub, FISCAL_SALE);
	cut_proxy_set_budget(proxy, up, down);
	whole = atol_stub_make(&stub, FISCAL_SALE, &proof, &error);
	if (whole)
		atol_stub_check_sold(&proof);
	else
		g_assert_true(g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN) ||
			      g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE));

	cut_proxy_set_budget(proxy, -1, -1);
	reopen(&stub, cut_proxy_get_address(proxy));
	g_assert_cmpint(atol_stub_reconcile(&stub, &intent, &proof, NULL), ==,
			service_has_it(&stub) ? FISCAL_MADE : FISCAL_NOT_MADE);
	if (service_has_it(&stub))
		atol_stub_check_sold(&proof);
	g_assert_cmpint(atol_stub_count(&stub, "\"type\":\"sell\""), <=, 1);
	g_assert_true(!whole || service_has_it(&stub));
	atol_stub_close(&stub);
	return whole;
}

static void test_request_cut(void)
{
	int n = 0;

	while (!sell_over(n, -1)) {
		n += STRIDE;
		g_assert_cmpint(n, <, MAX_BYTES);
	}
	g_assert_cmpint(n, >, 800); /* the body alone is longer */
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
	g_test_add_func("/fiscal/atol/cut/request", test_request_cut);
	g_test_add_func("/fiscal/atol/cut/answer", test_answer_cut);
	return g_test_run();
}
