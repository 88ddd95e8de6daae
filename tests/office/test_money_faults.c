/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every write fails once: an entry is all there or not at all, and so is what a till told. */
#include "backoffice/sales/ingest.h"
#include "tests/office/money_shop.h"
#include "tests/store/fault_io.h"

#include <errno.h>
#include <string.h>

#define RENT 1

typedef bool (*Deed)(MoneyShop *shop, GError **error);

static bool enter_transfer(MoneyShop *shop, GError **error)
{
	const MoneyEntry entry = { .kind = MONEY_TRANSFER,
				   .account_id = shop->bank,
				   .to_account = shop->safe,
				   .amount = 100 };
	int64_t number;

	return money_enter(shop->office.store, &entry, 0, &number, error);
}

static bool reverse_opening(MoneyShop *shop, GError **error)
{
	int64_t back;

	return money_reverse(shop->office.store, 1, "", 0, &back, error);
}

static bool settle_cash(MoneyShop *shop, GError **error)
{
	const MoneyEntry rent = { .kind = MONEY_EXPENSE, .expense_kind = RENT };
	int64_t number;

	return money_settle(shop->office.store, money_shop_last(shop, "cash-out"), &rent, 0,
			    &number, error);
}

/* The rest of the day: cash out, the close, the next float. */
static bool take_journal(MoneyShop *shop, GError **error)
{
	const IngestTill from = { 1, 1, FAKE_RUB, "Europe/Moscow" };
	const FakeTill *fake = &shop->tills[0];
	IngestEntry entries[8];
	IngestResult result;
	guint n = 0;

	for (guint i = shop->sent[0]; i < fake->entries->len; i++)
		entries[n++] =
			(IngestEntry){ fake_till_get(fake, i)->body, fake_till_get(fake, i)->hash };
	return ingest_batch(shop->office.store, &from, entries, n, &result, error);
}

static void set_up(MoneyShop *shop)
{
	money_shop_init(shop);
	money_shop_enter(
		shop,
		(MoneyEntry){ .kind = MONEY_OPENING, .account_id = shop->bank, .amount = 500 });
	money_shop_open(shop, 0, 1, 9, 50000);
	money_shop_cash(shop, 0, 1, 10, -20000);
	money_shop_send(shop, 0);
	money_shop_cash(shop, 0, 1, 11, -5000);
	money_shop_close(shop, 0, 1, 21, 24900);
	money_shop_open(shop, 0, 2, 9, 24000);
}

/* All that these deeds write. */
static void look(MoneyShop *shop, int64_t ret[6])
{
	static const char *const asks[] = {
		"SELECT count(*) FROM money_ledger",
		"SELECT coalesce(sum(amount * account_id), 0) FROM money_ledger",
		"SELECT value FROM counter WHERE name = 'money'",
		"SELECT count(*) FROM audit",
		"SELECT count(*) FROM shift WHERE money_closed IS NOT NULL",
		"SELECT count(*) FROM journal",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(asks); i++)
		ret[i] = room_ask(&shop->office, "%s", asks[i]);
}

static void check_all_or_nothing(Deed deed)
{
	int64_t before[6], now[6];
	g_auto(MoneyShop) shop;
	int failures = 0;

	set_up(&shop);
	look(&shop, before);
	for (int nth = 1;; nth++) {
		g_autoptr(GError) error = NULL;
		bool done;

		fault_io_arm(FAULT_IO_FAIL_ONCE, nth, EIO);
		done = deed(&shop, &error);
		fault_io_arm(FAULT_IO_NONE, 0, 0);
		if (done)
			break;
		failures++;
		g_assert_cmpint((int)error->domain, ==, (int)STORE_ERROR);
		look(&shop, now);
		g_assert_cmpmem(now, sizeof(now), before, sizeof(before));
	}
	look(&shop, now);
	g_assert_cmpint(memcmp(now, before, sizeof(now)), !=, 0);
	g_assert_cmpint(failures, >, 0);
	fake_office_verify(&shop.office);
	g_test_message("%d failures", failures);
}

static void test_entering(void)
{
	check_all_or_nothing(enter_transfer);
}

static void test_reversing(void)
{
	check_all_or_nothing(reverse_opening);
}

static void test_settling(void)
{
	check_all_or_nothing(settle_cash);
}

static void test_journal(void)
{
	check_all_or_nothing(take_journal);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money_faults/entering", test_entering);
	g_test_add_func("/money_faults/reversing", test_reversing);
	g_test_add_func("/money_faults/settling", test_settling);
	g_test_add_func("/money_faults/journal", test_journal);
	return g_test_run();
}
