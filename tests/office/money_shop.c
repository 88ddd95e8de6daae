/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/money_shop.h"

#include "backoffice/sales/ingest.h"

#include <inttypes.h>

static int64_t find_account(MoneyShop *self, const char *name)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MoneyAccount) account = money_account_find(self->office.store, 1, name, &error);

	g_assert_no_error(error);
	return account->id;
}

void money_shop_init(MoneyShop *self)
{
	fake_office_init(&self->office);
	for (int i = 0; i < MONEY_TILLS; i++) {
		g_autofree char *name = g_strdup_printf("Касса %d", i + 1);
		g_autofree char *code = fake_office_add_till(&self->office, name);

		fake_till_init(&self->tills[i]);
		self->sent[i] = 0;
		self->drawers[i] = find_account(self, name);
	}
	room_sql(&self->office,
		 "INSERT INTO supplier (id, name) VALUES (1, 'Молоко'), (2, 'Хлеб')");
	self->safe = find_account(self, "safe");
	self->bank = find_account(self, "bank");
	self->cards = find_account(self, "cards");
}

void money_shop_clear(MoneyShop *self)
{
	for (int i = 0; i < MONEY_TILLS; i++)
		fake_till_clear(&self->tills[i]);
	fake_office_clear(&self->office);
}

/* --- tills --------------------------------------------------------------------------------- */

static FakeTill *at(MoneyShop *self, int till, int day, int hour)
{
	FakeTill *ret = &self->tills[till];

	ret->at = MAX(ret->at == FAKE_NIGHT ? 0 : ret->at, MONEY_AT(day, hour));
	return ret;
}

static Money roubles(int64_t minor)
{
	return (Money){ minor, FAKE_RUB };
}

void money_shop_open(MoneyShop *self, int till, int day, int hour, int64_t cash)
{
	FakeTill *fake = at(self, till, day, hour);

	fake->day = MONEY_MONTH + day;
	shift_totals_init(&self->totals[till], FAKE_RUB, roubles(cash));
	fake_till_open_shift(fake, cash);
}

void money_shop_cash(MoneyShop *self, int till, int day, int hour, int64_t amount)
{
	FakeTill *fake = at(self, till, day, hour);
	ShiftTotals *totals = &self->totals[till];
	int64_t size = amount < 0 ? -amount : amount;

	fake_till_note(fake, amount > 0 ? JOURNAL_CASH_IN : JOURNAL_CASH_OUT,
		       json_pack("{s:I}", "amount", (json_int_t)size));
	if (amount > 0)
		totals->cash_in.minor += size;
	else
		totals->cash_out.minor += size;
}

void money_shop_sell(MoneyShop *self, int till, int day, int hour, Receipt *receipt)
{
	FakeTill *fake = at(self, till, day, hour);

	fake_till_sell(fake, receipt);
	g_assert_true(shift_totals_add(&self->totals[till], receipt));
	receipt_free(receipt);
}

static json_t *counted_json(int64_t counted)
{
	return counted < 0 ? json_null() : json_integer(counted);
}

int64_t money_shop_close(MoneyShop *self, int till, int day, int hour, int64_t counted)
{
	FakeTill *fake = at(self, till, day, hour);
	Money expected;

	fake_till_note(fake, JOURNAL_SHIFT_CLOSE,
		       json_pack("{s:o, s:o, s:n}", "totals",
				 shift_totals_to_json(&self->totals[till]), "counted",
				 counted_json(counted), "fiscal"));
	g_assert_true(shift_totals_expected_cash(&self->totals[till], &expected));
	return expected.minor;
}

int64_t money_shop_send_odd(MoneyShop *self, int till)
{
	const IngestTill from = { 1, till + 1, FAKE_RUB, "Europe/Moscow" };
	g_autoptr(GArray) entries = g_array_new(false, false, sizeof(IngestEntry));
	const FakeTill *fake = &self->tills[till];
	g_autoptr(GError) error = NULL;
	IngestResult result;

	for (guint i = self->sent[till]; i < fake->entries->len; i++) {
		const JournalEntry *one = fake_till_get(fake, i);
		IngestEntry entry = { one->body, one->hash };

		g_array_append_val(entries, entry);
	}
	ingest_batch(self->office.store, &from, (const IngestEntry *)(void *)entries->data,
		     entries->len, &result, &error);
	g_assert_no_error(error);
	self->sent[till] = fake->entries->len;
	return result.quarantined;
}

void money_shop_send(MoneyShop *self, int till)
{
	g_assert_cmpint(money_shop_send_odd(self, till), ==, 0);
}

/* --- people -------------------------------------------------------------------------------- */

int64_t money_shop_has(MoneyShop *self, int64_t account)
{
	return room_ask(&self->office,
			"SELECT coalesce(sum(amount), 0) FROM money_ledger WHERE account_id = "
			"%" PRId64,
			account);
}

int64_t money_shop_enter(MoneyShop *self, MoneyEntry entry)
{
	g_autoptr(GError) error = NULL;
	int64_t number = 0;

	money_enter(self->office.store, &entry, 0, &number, &error);
	g_assert_no_error(error);
	return number;
}

int64_t money_shop_settle(MoneyShop *self, int64_t number, MoneyEntry entry)
{
	g_autoptr(GError) error = NULL;
	int64_t settled = 0;

	money_settle(self->office.store, number, &entry, 0, &settled, &error);
	g_assert_no_error(error);
	return settled;
}

void money_shop_refused(MoneyShop *self, MoneyEntry entry, int64_t person, MoneyError code)
{
	int64_t rows = room_ask(&self->office, "SELECT count(*) FROM money_ledger");
	int64_t audits = room_ask(&self->office, "SELECT count(*) FROM audit");
	g_autoptr(GError) error = NULL;
	int64_t number = 0;

	g_assert_false(money_enter(self->office.store, &entry, person, &number, &error));
	g_assert_error(error, MONEY_ERROR, (int)code);
	g_test_message("%s", error->message);
	g_assert_cmpint(room_ask(&self->office, "SELECT count(*) FROM money_ledger"), ==, rows);
	g_assert_cmpint(room_ask(&self->office, "SELECT count(*) FROM audit"), ==, audits);
	g_assert_cmpint(number, ==, 0);
}

int64_t money_shop_last(MoneyShop *self, const char *kind)
{
	return room_ask(&self->office,
			"SELECT max(entry_id) FROM money_ledger WHERE kind = '%s' AND "
			"journal_number IS NOT NULL",
			kind);
}

int64_t money_shop_sum(MoneyShop *self, const char *kind)
{
	return room_ask(&self->office,
			"SELECT coalesce(sum(home), 0) FROM money_ledger WHERE kind = '%s'", kind);
}
