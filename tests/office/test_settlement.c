/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/reconciliation.h"
#include "backoffice/money/money.h"
#include "backoffice/report/buying_sheets.h"
#include "tests/office/papers.h"

#include <glib/gstdio.h>
#include <string.h>

#define DAY (INT64_C(86400) * G_USEC_PER_SEC)
/* The shop is in Moscow. */
#define AHEAD (INT64_C(3) * 3600 * G_USEC_PER_SEC)
#define EPOCH 719163 /* 1970-01-01 as GLib counts days */

static int32_t day_ago(int ago)
{
	int64_t days = (g_get_real_time() + AHEAD) / DAY;
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(days - ago + EPOCH));
	return g_date_get_year(&date) * 10000 + (int32_t)g_date_get_month(&date) * 100 +
	       g_date_get_day(&date);
}

static int64_t noon(int ago)
{
	return ((g_get_real_time() + AHEAD) / DAY - ago) * DAY + DAY / 2 - AHEAD;
}

static int64_t supplier(FakeOffice *office, const char *name, int days)
{
	g_autoptr(Supplier) one = supplier_new(name);
	g_autoptr(GError) error = NULL;

	one->days = days;
	supplier_write(office->store, one, 0, &error);
	g_assert_no_error(error);
	return one->id;
}

static int64_t deliver(FakeOffice *office, int64_t who, int ago, int64_t cost)
{
	g_autoptr(Document) delivery = document_new(DOCUMENT_DELIVERY, PAPER_SHOP);
	g_autoptr(GError) error = NULL;

	delivery->supplier_id = who;
	delivery->at = noon(ago);
	paper_line(delivery, 1, 10, cost);
	document_create(office->store, delivery, 0, &error);
	g_assert_no_error(error);
	document_post(office->store, delivery->id, 0, &error);
	g_assert_no_error(error);
	return delivery->id;
}

static int64_t bank(FakeOffice *office)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(MoneyAccount) account =
		money_account_find(office->store, PAPER_SHOP, "bank", &error);

	g_assert_no_error(error);
	return account->id;
}

/* Gives its number. */
static int64_t pay(FakeOffice *office, MoneyKind kind, int64_t who, int ago, int64_t amount,
		   int64_t document)
{
	MoneyEntry entry = { .kind = kind,
			     .account_id = bank(office),
			     .amount = amount,
			     .supplier_id = who,
			     .document_id = document,
			     .day = day_ago(ago),
			     .again = true };
	g_autoptr(GError) error = NULL;
	int64_t number = 0;

	money_enter(office->store, &entry, 0, &number, &error);
	g_assert_no_error(error);
	return number;
}

static Settlement *account_at(FakeOffice *office, int64_t who, int ago)
{
	g_autoptr(GError) error = NULL;
	Settlement *account = settlement_read(office->store, PAPER_SHOP, who, day_ago(ago), &error);

	g_assert_no_error(error);
	return account;
}

static int64_t owed_at(FakeOffice *office, int64_t who, int ago)
{
	g_autoptr(Settlement) account = account_at(office, who, ago);

	return account->owed;
}

static const SettlementEntry *entry_of(const Settlement *account, SettlementKind kind, int64_t id)
{
	for (guint i = 0; i < account->entries->len; i++) {
		const SettlementEntry *entry = account->entries->pdata[i];

		if (entry->kind == kind && entry->id == id)
			return entry;
	}
	return NULL;
}

static int64_t left_of(FakeOffice *office, int64_t who, int64_t delivery)
{
	g_autoptr(Settlement) account = account_at(office, who, 0);

	return entry_of(account, SETTLEMENT_DELIVERY, delivery)->left;
}

/* --- days ---------------------------------------------------------------------------------- */

static void test_ages(void)
{
	g_assert_cmpint(settlement_age(20261130, 20261130), ==, AGE_NOT_DUE);
	g_assert_cmpint(settlement_age(20261201, 20261130), ==, AGE_NOT_DUE);
	g_assert_cmpint(settlement_age(20261130, 20261201), ==, AGE_WEEK);
	g_assert_cmpint(settlement_age(20261124, 20261201), ==, AGE_WEEK);
	g_assert_cmpint(settlement_age(20261123, 20261201), ==, AGE_MONTH);
	g_assert_cmpint(settlement_age(20261101, 20261201), ==, AGE_MONTH);
	g_assert_cmpint(settlement_age(20261031, 20261201), ==, AGE_OLDER);
	g_assert_cmpint(settlement_day_after(20261230, 3), ==, 20270102);
	g_assert_cmpint(settlement_day_after(20280228, 1), ==, 20280229);
	g_assert_cmpint(settlement_days_between(20261231, 20270101), ==, 1);
}

/* --- one account --------------------------------------------------------------------------- */

static void test_due_days_and_what_settles_what(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Settlement) account = NULL;
	int64_t who, old, middle, young;

	paper_office(&office, 1);
	who = supplier(&office, "Молокозавод", 14);
	old = deliver(&office, who, 50, 10000); /* due 36 days ago */
	middle = deliver(&office, who, 30, 20000); /* 16 days ago */
	young = deliver(&office, who, 4, 40000); /* in 10 days */
	account = account_at(&office, who, 0);
	g_assert_cmpint(account->owed, ==, 70000);
	g_assert_cmpint(account->ages[AGE_OLDER], ==, 10000);
	g_assert_cmpint(account->ages[AGE_MONTH], ==, 20000);
	g_assert_cmpint(account->ages[AGE_NOT_DUE], ==, 40000);
	g_assert_cmpint(account->next_due, ==, day_ago(36));
	g_assert_cmpint(account->next_amount, ==, 10000);
	g_assert_cmpint(entry_of(account, SETTLEMENT_DELIVERY, young)->due, ==, day_ago(-10));
	/* One that names the youngest settles that, another the oldest due. */
	pay(&office, MONEY_SUPPLIER_PAYMENT, who, 3, 15000, young);
	pay(&office, MONEY_SUPPLIER_PAYMENT, who, 2, 12000, 0);
	g_assert_cmpint(left_of(&office, who, young), ==, 25000);
	g_assert_cmpint(left_of(&office, who, old), ==, 0);
	g_assert_cmpint(left_of(&office, who, middle), ==, 18000);
	g_assert_cmpint(owed_at(&office, who, 0), ==, 43000);
	/* More than it was worth: the rest goes to what is due first. */
	pay(&office, MONEY_SUPPLIER_PAYMENT, who, 1, 30000, young);
	g_assert_cmpint(left_of(&office, who, young), ==, 0);
	g_assert_cmpint(left_of(&office, who, middle), ==, 13000);
}

static void test_what_is_taken_back_never_was(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	int64_t who, first, second, number, back;

	paper_office(&office, 1);
	who = supplier(&office, "Склад", 0);
	first = deliver(&office, who, 9, 5000);
	second = deliver(&office, who, 8, 7000);
	number = pay(&office, MONEY_SUPPLIER_PAYMENT, who, 7, 5000, first);
	g_assert_cmpint(owed_at(&office, who, 0), ==, 7000);
	money_reverse(office.store, number, "typed twice", 0, &back, &error);
	g_assert_no_error(error);
	g_assert_cmpint(owed_at(&office, who, 0), ==, 12000);
	g_assert_cmpint(owed_at(&office, who, 7), ==, 12000);
	pay(&office, MONEY_SUPPLIER_PAYMENT, who, 6, 4000, second);
	g_assert_cmpint(left_of(&office, who, first), ==, 5000);
	/* The money of a delivery that never was settles the others. */
	paper_reverse(&office, second);
	g_assert_cmpint(owed_at(&office, who, 0), ==, 1000);
	g_assert_cmpint(left_of(&office, who, first), ==, 1000);
}

static void test_they_owe_us(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Settlement) account = NULL;
	int64_t who;

	paper_office(&office, 1);
	who = supplier(&office, "Склад", 10);
	pay(&office, MONEY_SUPPLIER_PAYMENT, who, 9, 5000, 0); /* ahead of the goods */
	account = account_at(&office, who, 5);
	g_assert_cmpint(account->owed, ==, -5000);
	g_assert_cmpint(account->unused, ==, 5000);
	g_assert_cmpint(account->next_due, ==, 0);
	pay(&office, MONEY_SUPPLIER_REFUND, who, 4, 2000, 0);
	g_assert_cmpint(owed_at(&office, who, 0), ==, -3000);
	deliver(&office, who, 3, 10000);
	settlement_free(g_steal_pointer(&account));
	account = account_at(&office, who, 0);
	g_assert_cmpint(account->owed, ==, 7000);
	g_assert_cmpint(account->unused, ==, 0);
	g_assert_cmpint(account->next_amount, ==, 7000);
}

static void test_a_payment_entered_twice_is_refused(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	MoneyEntry entry = {
		.kind = MONEY_SUPPLIER_PAYMENT, .amount = 5000, .day = day_ago(1), .reference = "12"
	};
	int64_t number;

	paper_office(&office, 1);
	entry.supplier_id = supplier(&office, "Склад", 0);
	entry.document_id = deliver(&office, entry.supplier_id, 3, 5000);
	entry.account_id = bank(&office);
	g_assert_true(money_enter(office.store, &entry, 0, &number, &error));
	g_assert_no_error(error);
	g_assert_false(money_enter(office.store, &entry, 0, &number, &error));
	g_assert_error(error, MONEY_ERROR, MONEY_ERROR_TWICE);
	g_assert_cmpint(owed_at(&office, entry.supplier_id, 0), ==, 0);
}

static void test_debts_from_before(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GError) error = NULL;
	SettlementDebt debt = {
		.shop_id = PAPER_SHOP, .day = day_ago(20), .due = day_ago(10), .amount = 9000
	};
	int64_t stock;

	paper_office(&office, 1);
	debt.supplier_id = supplier(&office, "Склад", 0);
	stock = paper_person(&office, "Кладовщик", ROLE_STOCK);
	g_assert_false(settlement_add_debt(office.store, &debt, stock, &error));
	g_assert_error(error, PEOPLE_ERROR, PEOPLE_ERROR_RIGHT);
	g_clear_error(&error);
	g_assert_true(settlement_add_debt(office.store, &debt, 0, &error));
	g_assert_no_error(error);
	g_assert_cmpint(owed_at(&office, debt.supplier_id, 21), ==, 0);
	g_assert_cmpint(owed_at(&office, debt.supplier_id, 20), ==, 9000);
	debt.due = day_ago(21);
	g_assert_false(settlement_add_debt(office.store, &debt, 0, &error));
	g_assert_error(error, DOCUMENT_ERROR, DOCUMENT_ERROR_INVALID);
	room_sql_refused(&office, "UPDATE supplier_debt SET amount = 1", "final");
	room_sql_refused(&office, "DELETE FROM supplier_debt", "final");
}

static void test_what_is_due_until_a_day(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(GPtrArray) due = NULL;
	g_autoptr(GError) error = NULL;
	int64_t dairy, bakery, first;

	paper_office(&office, 1);
	dairy = supplier(&office, "Молокозавод", 10);
	bakery = supplier(&office, "Пекарня", 2);
	first = deliver(&office, dairy, 9, 5000); /* due tomorrow */
	deliver(&office, bakery, 5, 700); /* three days late */
	deliver(&office, dairy, 1, 9000); /* in nine days */
	due = settlement_due(office.store, 0, day_ago(-3), &error);
	g_assert_no_error(error);
	g_assert_cmpuint(due->len, ==, 2);
	g_assert_cmpint(((SettlementDue *)due->pdata[0])->supplier_id, ==, bakery);
	g_assert_cmpint(((SettlementDue *)due->pdata[0])->left, ==, 700);
	g_assert_cmpint(((SettlementDue *)due->pdata[1])->document_id, ==, first);
	g_assert_cmpint(((SettlementDue *)due->pdata[1])->due, ==, day_ago(-1));
}

/* --- the reconciliation act ---------------------------------------------------------------- */

static void test_reconciliation(void)
{
	g_auto(FakeOffice) office = { 0 };
	g_autoptr(Reconciliation) act = NULL;
	g_autoptr(GError) error = NULL;
	g_autoptr(Sheet) sheet = NULL;
	g_autofree char *verdict = NULL, *pdf = NULL, *book = NULL;
	NumberStyle style = { .decimal = ".", .group = " " };
	int64_t who;

	paper_office(&office, 1);
	who = supplier(&office, "Молокозавод", 14);
	deliver(&office, who, 40, 10000);
	pay(&office, MONEY_SUPPLIER_PAYMENT, who, 35, 4000, 0);
	deliver(&office, who, 20, 30000);
	pay(&office, MONEY_SUPPLIER_PAYMENT, who, 15, 11000, 0);
	pay(&office, MONEY_SUPPLIER_REFUND, who, 12, 500, 0);
	deliver(&office, who, 2, 77700); /* after the period */
	act = reconciliation_new(office.store, 0, who, day_ago(30), day_ago(10), &error);
	g_assert_no_error(error);
	g_assert_cmpint(act->turnover.opening, ==, 6000);
	g_assert_cmpint(act->turnover.delivered, ==, 30000);
	g_assert_cmpint(act->turnover.paid, ==, -11000);
	g_assert_cmpint(act->turnover.refunded, ==, 500);
	g_assert_cmpint(act->turnover.closing, ==, 25500);
	g_assert_cmpint(act->more, ==, 30500);
	g_assert_cmpint(act->less, ==, 11000);
	g_assert_cmpuint(act->entries->len, ==, 3);
	verdict = reconciliation_dup_verdict(act, &style);
	g_assert_nonnull(strstr(verdict, "owed by all shops to Молокозавод: 255.00 RUB"));
	sheet = reconciliation_to_sheet(act, &style);
	pdf = g_build_filename(office.folder, "act.pdf", NULL);
	book = g_build_filename(office.folder, "act.xlsx", NULL);
	g_assert_true(sheet_write_pdf(sheet, pdf, &error));
	g_assert_true(sheet_write_xlsx(sheet, book, &error));
	g_assert_no_error(error);
	g_assert_false(sheet_write_pdf(sheet, office.folder, &error));
	g_assert_nonnull(error);
}

/* --- against a plain oracle ---------------------------------------------------------------- */

#define EVENTS 14
#define SPAN 60 /* days */

typedef struct {
	SettlementKind kind;
	int ago, due_ago;
	int64_t id, amount, document; /* amount: what it adds, 0: was taken back */
	int64_t coins; /* of it not settled yet */
} Event;

/* Who is written first on a day: debts, deliveries, returns, payments, refunds; then by number. */
static bool is_before(const Event *a, const Event *b, bool by_due)
{
	int a_day = by_due ? -a->due_ago : -a->ago, b_day = by_due ? -b->due_ago : -b->ago;

	if (a_day != b_day)
		return a_day < b_day;
	if (a->ago != b->ago)
		return a->ago > b->ago;
	if (a->kind != b->kind)
		return a->kind < b->kind;
	return a->id < b->id;
}

static Event *first_of(Event *events, int n, int as_of, bool credit, bool refund, int64_t id)
{
	Event *first = NULL;

	for (int i = 0; i < n; i++) {
		Event *event = &events[i];

		if (event->coins == 0 || event->ago < as_of || (event->amount < 0) != credit)
			continue;
		if (!credit && (event->kind == SETTLEMENT_REFUND) != refund)
			continue;
		if (id != 0 && (event->kind != SETTLEMENT_DELIVERY || event->id != id))
			continue;
		if (first == NULL || is_before(event, first, !credit))
			first = event;
	}
	return first;
}

/* Coin by coin. */
static void settle_slowly(Event *events, int n, int as_of)
{
	for (int i = 0; i < n; i++)
		events[i].coins = ABS(events[i].amount);
	for (int round = 0; round < n; round++) {
		/* Those that name a delivery, in their order. */
		Event *payment = NULL;

		for (int i = 0; i < n; i++)
			if (events[i].document != 0 && events[i].amount < 0 &&
			    events[i].ago >= as_of && events[i].coins > 0 &&
			    first_of(events, n, as_of, false, false, events[i].document) != NULL &&
			    (payment == NULL || is_before(&events[i], payment, false)))
				payment = &events[i];
		while (payment != NULL && payment->coins > 0) {
			Event *debt = first_of(events, n, as_of, false, false, payment->document);

			if (debt == NULL)
				break;
			debt->coins--;
			payment->coins--;
		}
	}
	for (int pass = 0; pass < 2; pass++)
		for (;;) {
			Event *credit = first_of(events, n, as_of, true, false, 0);
			Event *debt = first_of(events, n, as_of, false, pass == 0, 0);

			if (credit == NULL || debt == NULL)
				break;
			credit->coins--;
			debt->coins--;
		}
}

static int64_t returned(FakeOffice *office, int64_t who, int ago, int64_t *ret_id)
{
	g_autoptr(Document) back = document_new(DOCUMENT_SUPPLIER_RETURN, PAPER_SHOP);
	g_autoptr(GError) error = NULL;

	back->supplier_id = who;
	back->at = noon(ago);
	paper_line(back, 1, 1, -1);
	document_create(office->store, back, 0, &error);
	g_assert_no_error(error);
	document_post(office->store, back->id, 0, &error);
	g_assert_no_error(error);
	*ret_id = back->id;
	return room_ask(office, "SELECT sum(cost) FROM document_line WHERE document_id = %d",
			(int)back->id);
}

static int64_t some_delivery(GRand *rand, const Event *events, int n)
{
	int i = g_rand_int_range(rand, 0, n + 1);

	return i < n && events[i].kind == SETTLEMENT_DELIVERY ? events[i].id : 0;
}

static void happen(FakeOffice *office, GRand *rand, int64_t who, int days, Event *events, int n)
{
	Event *event = &events[n];
	int64_t amount = g_rand_int_range(rand, 1, 60);

	event->ago = event->due_ago = g_rand_int_range(rand, 1, SPAN);
	switch (g_rand_int_range(rand, 0, 6)) {
	case 0:
		event->kind = SETTLEMENT_RETURN;
		event->amount = -returned(office, who, event->ago, &event->id);
		break;
	case 1:
		event->kind = SETTLEMENT_REFUND;
		event->id = pay(office, MONEY_SUPPLIER_REFUND, who, event->ago, amount, 0);
		event->amount = amount;
		break;
	case 2:
	case 3:
		event->kind = SETTLEMENT_PAYMENT;
		event->document = some_delivery(rand, events, n);
		event->id = pay(office, MONEY_SUPPLIER_PAYMENT, who, event->ago, amount,
				event->document);
		event->amount = -amount;
		break;
	default:
		event->kind = SETTLEMENT_DELIVERY;
		event->id = deliver(office, who, event->ago, amount);
		event->amount = amount;
		event->due_ago = event->ago - days;
		break;
	}
}

static void take_some_back(FakeOffice *office, GRand *rand, Event *events)
{
	for (int i = 0; i < EVENTS; i++) {
		g_autoptr(GError) error = NULL;
		int64_t back;

		if (g_rand_int_range(rand, 0, 6) != 0)
			continue;
		if (events[i].kind == SETTLEMENT_DELIVERY)
			document_reverse(office->store, events[i].id, 0, "", &error);
		else if (events[i].kind == SETTLEMENT_PAYMENT)
			money_reverse(office->store, events[i].id, "wrong", 0, &back, &error);
		else
			continue;
		g_assert_no_error(error);
		events[i].amount = 0;
	}
}

static void compare(FakeOffice *office, int64_t who, Event *events, int as_of)
{
	g_autoptr(Settlement) account = account_at(office, who, as_of);
	int64_t owed = 0, ages = 0;
	guint n = 0;

	settle_slowly(events, EVENTS, as_of);
	for (int i = 0; i < EVENTS; i++) {
		const SettlementEntry *entry = entry_of(account, events[i].kind, events[i].id);

		if (events[i].ago < as_of || (events[i].amount == 0 && entry == NULL))
			continue;
		n++;
		owed += events[i].amount;
		g_assert_nonnull(entry);
		g_assert_cmpint(entry->amount, ==, events[i].amount);
		g_assert_cmpint(ABS(entry->left), ==, events[i].coins);
		g_assert_cmpint(entry->due, ==, day_ago(events[i].due_ago));
	}
	g_assert_cmpuint(account->entries->len, ==, n);
	g_assert_cmpint(account->owed, ==, owed);
	for (SettlementAge age = 0; age < AGE_N; age++)
		ages += account->ages[age];
	g_assert_cmpint(ages - account->unused, ==, owed);
}

static void compare_turnover(FakeOffice *office, int64_t who, const Event *events, int from, int to)
{
	g_autoptr(Settlement) account = account_at(office, who, 0);
	SettlementTurnover sums = settlement_turnover(account, day_ago(from), day_ago(to));
	int64_t opening = 0, moved = 0;

	for (int i = 0; i < EVENTS; i++) {
		if (events[i].ago > from)
			opening += events[i].amount;
		else if (events[i].ago >= to)
			moved += events[i].amount;
	}
	g_assert_cmpint(sums.opening, ==, opening);
	g_assert_cmpint(sums.closing, ==, opening + moved);
	g_assert_cmpint(sums.opening + sums.delivered + sums.returned + sums.paid + sums.refunded,
			==, sums.closing);
	g_assert_cmpint(sums.opening, ==, owed_at(office, who, from + 1));
}

static void test_against_a_plain_oracle(void)
{
	guint32 seed = g_test_rand_int();
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	int rounds = g_test_slow() ? 60 : 6;

	g_test_message("seed %u", seed);
	for (int round = 0; round < rounds; round++) {
		g_auto(FakeOffice) office = { 0 };
		Event events[EVENTS] = { 0 };
		int days = g_rand_int_range(rand, 0, 25);
		int64_t who, other;

		paper_office(&office, 1);
		who = supplier(&office, "А", days);
		other = supplier(&office, "Б", 3);
		deliver(&office, other, SPAN + 9, 123456); /* nobody's business here */
		for (int n = 0; n < EVENTS; n++)
			happen(&office, rand, who, days, events, n);
		take_some_back(&office, rand, events);
		for (int i = 0; i < 8; i++)
			compare(&office, who, events, g_rand_int_range(rand, 0, SPAN + 2));
		for (int i = 0; i < 4; i++) {
			int from = g_rand_int_range(rand, 0, SPAN);

			compare_turnover(&office, who, events, from,
					 g_rand_int_range(rand, 0, from + 1));
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/settlement/ages", test_ages);
	g_test_add_func("/settlement/due-days-and-what-settles-what",
			test_due_days_and_what_settles_what);
	g_test_add_func("/settlement/what-is-taken-back-never-was",
			test_what_is_taken_back_never_was);
	g_test_add_func("/settlement/they-owe-us", test_they_owe_us);
	g_test_add_func("/settlement/a-payment-entered-twice-is-refused",
			test_a_payment_entered_twice_is_refused);
	g_test_add_func("/settlement/debts-from-before", test_debts_from_before);
	g_test_add_func("/settlement/what-is-due-until-a-day", test_what_is_due_until_a_day);
	g_test_add_func("/settlement/reconciliation", test_reconciliation);
	g_test_add_func("/settlement/against-a-plain-oracle", test_against_a_plain_oracle);
	return g_test_run();
}
