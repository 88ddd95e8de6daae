/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/stock/ledger.h"
#include "core/quantity.h"
#include "tests/hub/fake_office.h"

#define ITEM 7

typedef struct {
	int64_t quantity; /* whole units */
	bool has_value;
	int64_t value;
} Step;

static bool post_all(FakeOffice *office, const Step *steps, size_t n, GError **error)
{
	g_autoptr(Ledger) ledger = NULL;
	bool ok = true;

	g_assert_true(store_begin(office->store, NULL));
	ledger = ledger_new(office->store, 1, error);
	g_assert_nonnull(ledger);
	for (size_t i = 0; i < n && ok; i++) {
		LedgerMove move = { .item_id = ITEM,
				    .day = 20261123,
				    .kind = "sale",
				    .till_id = 1,
				    .seq = (int64_t)i + 1,
				    .line = 1,
				    .quantity = steps[i].quantity * QUANTITY_ONE,
				    .how = steps[i].has_value ? LEDGER_VALUED : LEDGER_AT_AVERAGE,
				    .value = steps[i].value };

		ok = ledger_post(ledger, &move, error);
	}
	if (ok && ledger_finish(ledger, error))
		return store_commit(office->store, error);
	store_rollback(office->store);
	return false;
}

static void check_balance(FakeOffice *office, int64_t quantity, int64_t value)
{
	int64_t balance[3];

	g_assert_true(fake_office_ask(office, "office/ledger/balance", (int64_t[]){ 1, ITEM }, 2,
				      balance, 3));
	g_assert_cmpint(balance[0], ==, quantity * QUANTITY_ONE);
	g_assert_cmpint(balance[1], ==, value);
	fake_office_verify(office);
}

static void post(FakeOffice *office, const Step *steps, size_t n)
{
	g_autoptr(GError) error = NULL;

	post_all(office, steps, n, &error);
	g_assert_no_error(error);
}

static void test_goes_out_at_the_average(void)
{
	g_auto(FakeOffice) office;

	fake_office_init(&office);
	/* 10 for 100.00 and 10 for 150.00: one is worth 12.50. */
	post(&office, (Step[]){ { 10, true, 10000 }, { 10, true, 15000 }, { -4, false, 0 } }, 3);
	check_balance(&office, 16, 20000);
}

static void test_last_one_takes_the_rest(void)
{
	g_auto(FakeOffice) office;

	fake_office_init(&office);
	post(&office, (Step[]){ { 3, true, 1000 }, { -1, false, 0 } }, 2);
	check_balance(&office, 2, 667);
	post(&office, (Step[]){ { -1, false, 0 }, { -1, false, 0 } }, 2);
	check_balance(&office, 0, 0);
}

static void test_sold_below_zero(void)
{
	g_auto(FakeOffice) office;

	fake_office_init(&office);
	post(&office, (Step[]){ { 2, true, 500 }, { -5, false, 0 } }, 2);
	check_balance(&office, -3, -750);
	post(&office, (Step[]){ { 3, false, 0 } }, 1); /* brought back */
	check_balance(&office, 0, 0);
}

static void test_cost_nobody_knows(void)
{
	g_auto(FakeOffice) office;
	int64_t value;

	fake_office_init(&office);
	post(&office, (Step[]){ { -3, false, 0 } }, 1);
	check_balance(&office, -3, 0);
	g_assert_true(
		fake_office_ask(&office, "office/ledger/last_id", (int64_t[]){ 1 }, 1, &value, 1));
	g_assert_cmpint(value, ==, 1);
}

static void test_too_much_is_refused(void)
{
	g_auto(FakeOffice) office;
	g_autoptr(GError) error = NULL;
	const int64_t huge = INT64_MAX / QUANTITY_ONE;

	fake_office_init(&office);
	g_assert_false(
		post_all(&office, (Step[]){ { huge, false, 0 }, { huge, false, 0 } }, 2, &error));
	g_assert_error(error, LEDGER_ERROR, LEDGER_ERROR_TOO_LARGE);
	g_assert_false(fake_office_ask(&office, "office/ledger/balance", (int64_t[]){ 1, ITEM }, 2,
				       NULL, 0));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/ledger/goes_out_at_the_average", test_goes_out_at_the_average);
	g_test_add_func("/ledger/last_one_takes_the_rest", test_last_one_takes_the_rest);
	g_test_add_func("/ledger/sold_below_zero", test_sold_below_zero);
	g_test_add_func("/ledger/cost_nobody_knows", test_cost_nobody_knows);
	g_test_add_func("/ledger/too_much_is_refused", test_too_much_is_refused);
	return g_test_run();
}
