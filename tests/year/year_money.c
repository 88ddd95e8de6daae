/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/year/year.h"

#include "backoffice/money/money.h"

/* Suppliers are paid from the bank, rent and light too; now and then a payment is taken back. */

static int64_t account(Year *self, const char *name)
{
	GError *error = NULL;
	g_autoptr(MoneyAccount) account = money_account_find(self->store, self->shop, name, &error);

	year_must(account != NULL, name, error);
	return account->id;
}

static int64_t enter(Year *self, const MoneyEntry *entry)
{
	GError *error = NULL;
	int64_t number = 0;

	year_must(money_enter(self->store, entry, 0, &number, &error), "an entry of money", error);
	return number;
}

void year_open_accounts(Year *self)
{
	const MoneyEntry opening = { .kind = MONEY_OPENING,
				     .account_id = account(self, "bank"),
				     .amount = INT64_C(100000000000),
				     .at = self->midnight + 1 };

	enter(self, &opening);
}

static void pay_supplier(Year *self, int supplier)
{
	const MoneyEntry payment = { .kind = MONEY_SUPPLIER_PAYMENT,
				     .account_id = account(self, "bank"),
				     .amount = g_rand_int_range(self->rand, 100, 3000) * 1000,
				     .supplier_id = self->suppliers[supplier],
				     .at = self->midnight + 15 * YEAR_HOUR + supplier };
	int64_t number = enter(self, &payment), taken_back;
	GError *error = NULL;

	if (g_rand_int_range(self->rand, 0, 12) == 0)
		year_must(money_reverse(self->store, number, "another's", 0, &taken_back, &error),
			  "a payment taken back", error);
}

static void spend(Year *self, const char *kind, const char *from, int64_t amount)
{
	MoneyEntry expense = { .kind = MONEY_EXPENSE,
			       .account_id = account(self, from),
			       .amount = amount,
			       .at = self->midnight + 16 * YEAR_HOUR,
			       .below_zero = true };
	GError *error = NULL;

	year_must(expense_kind_find(self->store, kind, &expense.expense_kind, &error), kind, error);
	enter(self, &expense);
}

void year_pay(Year *self)
{
	const MoneyEntry to_bank = { .kind = MONEY_TRANSFER,
				     .account_id = account(self, "safe"),
				     .to_account = account(self, "bank"),
				     .amount = 5000000,
				     .at = self->midnight + 17 * YEAR_HOUR,
				     .below_zero = true };

	if (self->n % 7 == 3)
		for (int i = 0; i < YEAR_SUPPLIERS; i += 2)
			pay_supplier(self, (i + self->n) % YEAR_SUPPLIERS);
	if (self->n % 30 == 4)
		spend(self, "rent", "bank", 25000000);
	if (self->n % 10 == 5)
		spend(self, "power", "safe", 300000 + self->n * 100);
	if (self->n % 7 == 6)
		enter(self, &to_bank);
}
