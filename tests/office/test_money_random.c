/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tills and people do with money whatever comes into their heads, and the office hears of tills
 * late. What it has at the end is what a plain list of facts, told in the order of time, comes to.
 */
#include "tests/office/money_shop.h"

#include <string.h>

#define STEPS 120
#define RENT 1
#define N_ACCOUNTS (MONEY_TILLS + 3)

/* Accounts of the oracle. */
enum { SAFE = MONEY_TILLS, BANK, CARDS };

typedef enum {
	FLOAT, /* the drawer holds @amount from now on */
	CASH, /* moved by the till, with account @other */
	SOLD, /* kept by a shift: @amount in cash, @card */
	COUNTED, /* the drawer holds @amount */
	MOVED, /* by a person from @account to @other; −1: out of the house */
} FactKind;

typedef struct {
	FactKind kind;
	int account, other;
	int64_t at, amount, card;
	int64_t number; /* of the entry, where a person entered it, or settled it */
	int nth; /* of the cash moves of this till */
	bool gone; /* taken back */
} Fact;

typedef struct {
	MoneyShop shop;
	GRand *rand;
	GArray *facts; /* of Fact */
	int day[MONEY_TILLS], hour;
	int64_t now;
	bool open[MONEY_TILLS];
	int n_cash[MONEY_TILLS];
	int64_t drawer[MONEY_TILLS]; /* what really lies there */
	int64_t told_at[MONEY_TILLS]; /* newest moment the office heard of */
} Life;

static int64_t account_id(const Life *self, int account)
{
	return account < MONEY_TILLS ? self->shop.drawers[account]
	       : account == SAFE     ? self->shop.safe
	       : account == BANK     ? self->shop.bank
				     : self->shop.cards;
}

static void note(Life *self, Fact fact)
{
	fact.at = self->now;
	g_array_append_val(self->facts, fact);
}

/* --- the oracle ---------------------------------------------------------------------------- */

typedef struct {
	int64_t has[N_ACCOUNTS], difference, opening;
	bool begun[MONEY_TILLS];
} Told;

static void tell(Told *self, const Fact *fact)
{
	int64_t *drawer = &self->has[fact->account];

	switch (fact->kind) {
	case FLOAT:
		if (self->begun[fact->account])
			self->difference += fact->amount - *drawer;
		else
			self->opening += fact->amount - *drawer;
		self->begun[fact->account] = true;
		*drawer = fact->amount;
		break;
	case COUNTED:
		self->difference += fact->amount - *drawer;
		*drawer = fact->amount;
		break;
	case SOLD:
		*drawer += fact->amount;
		self->has[CARDS] += fact->card;
		break;
	case CASH:
		*drawer += fact->amount;
		if (fact->other >= 0)
			self->has[fact->other] -= fact->amount;
		break;
	case MOVED:
		*drawer -= fact->amount;
		if (fact->other >= 0)
			self->has[fact->other] += fact->amount;
		break;
	}
}

/* --- tills --------------------------------------------------------------------------------- */

static void next_hour(Life *self)
{
	self->hour++;
	self->now = MONEY_AT(1, self->hour);
}

static void open_or_close(Life *self, int till)
{
	int64_t off = g_rand_int_range(self->rand, 0, 3) == 0
			      ? g_rand_int_range(self->rand, -500, 500)
			      : 0;
	Fact fact = { .account = till };

	if (self->open[till]) {
		int64_t expected, counted;
		const ShiftTotals *totals = &self->shop.totals[till];

		note(self, (Fact){ .kind = SOLD,
				   .account = till,
				   .amount = totals->kept[TENDER_CASH].minor,
				   .card = totals->kept[TENDER_CARD].minor });
		self->drawer[till] += off;
		counted = g_rand_boolean(self->rand) ? MAX(self->drawer[till], 0) : -1;
		expected = money_shop_close(&self->shop, till, 1, self->hour, counted);
		self->drawer[till] = counted >= 0 ? counted : expected;
		fact.kind = COUNTED;
	} else {
		self->drawer[till] = MAX(self->drawer[till] + off, 0);
		money_shop_open(&self->shop, till, 1, self->hour, self->drawer[till]);
		fact.kind = FLOAT;
	}
	self->open[till] = !self->open[till];
	fact.amount = self->drawer[till];
	note(self, fact);
}

static void sell(Life *self, int till)
{
	ReceiptKind kind = g_rand_int_range(self->rand, 0, 4) == 0 ? RECEIPT_RETURN : RECEIPT_SALE;
	Receipt *receipt = fake_receipt(kind, 2, g_rand_int(self->rand));
	int64_t cash = receipt_get_kept(receipt, TENDER_CASH).minor;

	if (!self->open[till] || (kind == RECEIPT_RETURN && cash > self->drawer[till])) {
		receipt_free(receipt);
		return;
	}
	self->drawer[till] += kind == RECEIPT_RETURN ? -cash : cash;
	money_shop_sell(&self->shop, till, 1, self->hour, receipt);
}

static void move_cash(Life *self, int till)
{
	int64_t amount = g_rand_int_range(self->rand, -20000, 10000);

	if (!self->open[till] || amount == 0 || self->drawer[till] + amount < 0)
		return;
	money_shop_cash(&self->shop, till, 1, self->hour, amount);
	self->drawer[till] += amount;
	note(self, (Fact){ .kind = CASH,
			   .account = till,
			   .other = SAFE,
			   .amount = amount,
			   .nth = self->n_cash[till]++ });
}

static void send(Life *self, int till)
{
	const FakeTill *fake = &self->shop.tills[till];

	money_shop_send(&self->shop, till);
	if (fake->entries->len > 0)
		self->told_at[till] = fake->at;
}

/* --- people -------------------------------------------------------------------------------- */

static void move_money(Life *self)
{
	int from = g_rand_int_range(self->rand, 0, N_ACCOUNTS);
	int to = g_rand_int_range(self->rand, 0, N_ACCOUNTS + 2);
	int64_t amount = g_rand_int_range(self->rand, 1, 30000);
	MoneyEntry entry = { .kind = to < N_ACCOUNTS ? MONEY_TRANSFER : MONEY_EXPENSE,
			     .amount = amount,
			     .expense_kind = RENT,
			     .at = self->now,
			     .below_zero = true };
	int64_t number;

	if (from == to ||
	    (from < MONEY_TILLS && (self->open[from] || amount > self->drawer[from])) ||
	    (to < MONEY_TILLS && self->open[to]))
		return;
	entry.account_id = account_id(self, from);
	entry.to_account = to < N_ACCOUNTS ? account_id(self, to) : 0;
	number = money_shop_enter(&self->shop, entry);
	if (from < MONEY_TILLS)
		self->drawer[from] -= amount;
	if (to < MONEY_TILLS)
		self->drawer[to] += amount;
	note(self, (Fact){ .kind = MOVED,
			   .account = from,
			   .other = to < N_ACCOUNTS ? to : -1,
			   .amount = amount,
			   .number = number });
}

static bool is_told_since(const Life *self, const Fact *fact)
{
	return (fact->account < MONEY_TILLS && self->told_at[fact->account] >= fact->at) ||
	       (fact->other >= 0 && fact->other < MONEY_TILLS &&
		self->told_at[fact->other] >= fact->at);
}

/* What touches a drawer stays here, for the cash really was carried. */
static void take_back(Life *self)
{
	Fact *fact =
		&g_array_index(self->facts, Fact,
			       (guint)g_rand_int_range(self->rand, 0, (gint32)self->facts->len));
	bool of_drawer =
		fact->account < MONEY_TILLS || (fact->other >= 0 && fact->other < MONEY_TILLS);
	g_autoptr(GError) error = NULL;
	int64_t back;

	if (fact->kind != MOVED || (of_drawer && !is_told_since(self, fact)))
		return;
	if (money_reverse(self->shop.office.store, fact->number, "", 0, &back, &error)) {
		g_assert_false(fact->gone || of_drawer);
		fact->gone = true;
		return;
	}
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_STATE);
	g_assert_true(fact->gone || of_drawer);
}

/* The till's cash moves come into the ledger in their order. */
static int64_t entry_of(Life *self, const Fact *fact)
{
	return room_ask(&self->shop.office,
			"SELECT entry_id FROM money_ledger WHERE journal_number IS NOT NULL AND "
			"till_id = %d AND kind IN ('cash-in', 'cash-out') AND account_id = "
			"%" G_GINT64_FORMAT " ORDER BY journal_number LIMIT 1 OFFSET %d",
			fact->account + 1, account_id(self, fact->account), fact->nth);
}

static void settle(Life *self)
{
	Fact *fact =
		&g_array_index(self->facts, Fact,
			       (guint)g_rand_int_range(self->rand, 0, (gint32)self->facts->len));
	bool to_bank = g_rand_boolean(self->rand);
	MoneyEntry entry = { .kind = MONEY_TRANSFER, .to_account = self->shop.bank };
	int64_t number;

	if (fact->kind != CASH)
		return;
	number = entry_of(self, fact);
	if (number == 0)
		return;
	if (!to_bank)
		entry = (MoneyEntry){ .kind = fact->amount < 0 ? MONEY_EXPENSE : MONEY_INCOME,
				      .expense_kind = fact->amount < 0 ? RENT : 21 };
	money_shop_settle(&self->shop, number, entry);
	fact->other = to_bank ? BANK : -1;
}

/* --- living -------------------------------------------------------------------------------- */

static void step(Life *self)
{
	int till = g_rand_int_range(self->rand, 0, MONEY_TILLS);

	next_hour(self);
	switch (g_rand_int_range(self->rand, 0, 10)) {
	case 0:
	case 1:
		open_or_close(self, till);
		break;
	case 2:
	case 3:
	case 4:
		sell(self, till);
		break;
	case 5:
	case 6:
		move_cash(self, till);
		break;
	case 7:
		send(self, till);
		break;
	case 8:
		move_money(self);
		break;
	default:
		if (self->facts->len > 0 && g_rand_boolean(self->rand))
			take_back(self);
		else if (self->facts->len > 0)
			settle(self);
	}
}

/* Running balances of the book end where the accounts are. */
static void check_book(Life *self, int account, int64_t has)
{
	const MoneyFilter filter = { .account_id = account_id(self, account) };
	g_autoptr(GError) error = NULL;
	g_autoptr(GPtrArray) book = money_list(self->shop.office.store, &filter, 100000, &error);
	int64_t sum = 0;

	g_assert_no_error(error);
	for (guint i = 0; i < book->len; i++) {
		const MoneyMove *move = book->pdata[i];

		sum += move->amount;
		g_assert_cmpint(move->balance, ==, sum);
	}
	g_assert_cmpint(sum, ==, has);
}

static void check(Life *self)
{
	Told told = { 0 };

	for (guint i = 0; i < self->facts->len; i++) {
		const Fact *fact = &g_array_index(self->facts, Fact, i);

		if (!fact->gone)
			tell(&told, fact);
	}
	for (int i = 0; i < N_ACCOUNTS; i++) {
		g_assert_cmpint(money_shop_has(&self->shop, account_id(self, i)), ==, told.has[i]);
		check_book(self, i, told.has[i]);
	}
	g_assert_cmpint(money_shop_sum(&self->shop, "difference"), ==, told.difference);
	g_assert_cmpint(money_shop_sum(&self->shop, "opening"), ==, told.opening);
	fake_office_verify(&self->shop.office);
}

static void live(guint32 seed)
{
	Life life = { .rand = g_rand_new_with_seed(seed) };

	g_test_message("seed %u", seed);
	life.facts = g_array_new(false, false, sizeof(Fact));
	money_shop_init(&life.shop);
	for (int i = 0; i < STEPS; i++)
		step(&life);
	for (int till = 0; till < MONEY_TILLS; till++) {
		next_hour(&life);
		if (life.open[till])
			open_or_close(&life, till);
		send(&life, till);
	}
	check(&life);
	money_shop_clear(&life.shop);
	g_array_unref(life.facts);
	g_rand_free(life.rand);
}

static void test_lives(void)
{
	const char *seeds = g_getenv("BARAA_SEEDS");
	guint32 n = seeds != NULL ? (guint32)g_ascii_strtoull(seeds, NULL, 10) : 10;

	for (guint32 seed = 1; seed <= n; seed++)
		live(seed);
}

/* --- what is there before the ledger is ---------------------------------------------------- */

#define ROWS                                                                                       \
	"SELECT group_concat(x, '|') FROM (SELECT l.till_id || ' ' || l.journal_number || ' ' || " \
	"l.account_id || ' ' || l.kind || ' ' || l.amount || ' ' || l.home || ' ' || l.day || "    \
	"' ' || l.at || ' ' || l.shift || ' ' || l.entered_by || ' ' || (SELECT count(*) FROM "    \
	"money_ledger e WHERE e.entry_id = l.entry_id) AS x FROM money_ledger l ORDER BY 1)"

/* As it was in version 10. */
static const char *const forget[] = {
	"DROP VIEW profit_piece",
	"DROP TABLE money_ledger",
	"DROP TABLE money_setting",
	"DROP TRIGGER money_account_is_kept",
	"DROP TABLE money_account",
	"DROP TABLE expense_kind",
	"DROP TABLE currency_rate",
	"DROP INDEX stock_ledger_documents",
	"DELETE FROM counter WHERE name = 'money'",
	"ALTER TABLE shift DROP COLUMN money_opened",
	"ALTER TABLE shift DROP COLUMN money_closed",
	"UPDATE schema_version SET version = 10 WHERE family = 'office'",
};

/* The migration books the shifts that are there as they would have been booked one by one. */
static void test_migrated(void)
{
	Life life = { .rand = g_rand_new_with_seed(7) };
	g_autofree char *before = NULL, *after = NULL;
	g_autoptr(GError) error = NULL;
	FakeOffice *office = &life.shop.office;
	int newest;

	life.facts = g_array_new(false, false, sizeof(Fact));
	money_shop_init(&life.shop);
	for (int i = 0; i < 300; i++) {
		int till = g_rand_int_range(life.rand, 0, MONEY_TILLS);

		next_hour(&life);
		if (i % 7 == 0)
			open_or_close(&life, till);
		else if (i % 3 == 0)
			move_cash(&life, till);
		else
			sell(&life, till);
	}
	for (int till = 0; till < MONEY_TILLS; till++)
		send(&life, till);
	before = room_ask_text(office, ROWS);
	newest =
		(int)room_ask(office, "SELECT version FROM schema_version WHERE family = 'office'");
	g_assert_nonnull(strstr(before, "cash-out"));
	g_assert_nonnull(strstr(before, "returns"));
	g_assert_nonnull(strstr(before, "difference"));
	for (size_t i = 0; i < G_N_ELEMENTS(forget); i++)
		room_sql(office, "%s", forget[i]);
	store_close(office->store);
	office->store = store_open(office->dsn, STORE_CREATE, &error);
	g_assert_no_error(error);
	store_migrate_to(office->store, "office", 11, &error);
	g_assert_no_error(error);
	after = room_ask_text(office, ROWS);
	g_assert_cmpstr(after, ==, before);
	room_sql(office, "UPDATE schema_version SET version = %d WHERE family = 'office'", newest);
	fake_office_verify(office);
	/* And it goes on from there. */
	for (int till = 0; till < MONEY_TILLS; till++) {
		next_hour(&life);
		if (life.open[till])
			open_or_close(&life, till);
		open_or_close(&life, till);
		send(&life, till);
	}
	check(&life);
	money_shop_clear(&life.shop);
	g_array_unref(life.facts);
	g_rand_free(life.rand);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/money_random/lives", test_lives);
	g_test_add_func("/money_random/migrated", test_migrated);
	return g_test_run();
}
