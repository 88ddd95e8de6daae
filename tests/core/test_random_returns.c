/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Random sales paid in random ways and given back in random parts, against arithmetic of our own.
 * BARAA_SEED and BARAA_RECEIPTS choose other ones, or more. */

#define RUB 643
#define MAX_LINES 5
#define MAX_RETURNS 7
#define NUMBER "T1-000017"

static const TaxGroup groups[] = {
	{ 1, "VAT22", 1, { { "VAT", 2200, true, 0, FISCAL_TAX_STANDARD } } },
	{ 2,
	  "VAT10CITY",
	  2,
	  { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED },
	    { "CITY", 200, true, 0, FISCAL_TAX_OTHER } } },
	{ 3, "NONE", 0, { { "", 0, false, 0, FISCAL_TAX_NONE } } },
	{ 4, "SALES", 1, { { "SALES", 825, false, 0, FISCAL_TAX_OTHER } } },
	{ 5,
	  "GSTPST",
	  3,
	  { { "GST", 500, false, 0, FISCAL_TAX_OTHER },
	    { "PST", 997, false, 0, FISCAL_TAX_OTHER },
	    { "VAT", 700, true, 0, FISCAL_TAX_OTHER } } },
};

static uint64_t random_state;

/* splitmix64 */
static uint64_t random_bits(void)
{
	uint64_t z = (random_state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* From @min to @max, both included. */
static int64_t random_in(int64_t min, int64_t max)
{
	return min + (int64_t)(random_bits() % (uint64_t)(max - min + 1));
}

static bool one_in(int n)
{
	return random_in(1, n) == 1;
}

static Money rub(int64_t minor)
{
	return (Money){ .minor = minor, .currency = RUB };
}

/* ---- arithmetic of our own ---- */

/* The multiple of @step next to @amount; of two equally near ones as @how says. */
static int64_t coins_of(int64_t amount, int64_t step, Rounding how)
{
	int64_t below = amount - amount % step, above = below + step;
	bool above_is_even = above / step % 2 == 0;

	switch (how) {
	case ROUND_DOWN:
		return below;
	case ROUND_HALF_EVEN:
		if (amount - below == above - amount)
			return above_is_even ? above : below;
		break;
	case ROUND_HALF_AWAY:
		break;
	}
	return above - amount <= amount - below ? above : below;
}

/* The whole number next to amount × part / whole, the larger of two; found from a guess by looking
 * at its neighbours. */
static int64_t charged(int64_t amount, int64_t part, int64_t whole)
{
	__int128 exact = (__int128)amount * part;
	int64_t near = (int64_t)(exact / whole);

	return 2 * (exact - (__int128)near * whole) >= whole ? near + 1 : near;
}

/* What a receipt has taken, and how the last payment left it. */
typedef struct {
	int64_t step, total;
	Rounding how;
	int64_t cash, card; /* handed over */
	int64_t kept_cash; /* once closed */
	bool closed;
} Counter;

static void counter_take(Counter *self, TenderKind kind, int64_t amount)
{
	int64_t coins;

	*(kind == TENDER_CASH ? &self->cash : &self->card) += amount;
	coins = coins_of(self->total - self->card, self->step, self->how);
	if (kind == TENDER_CASH && self->cash >= coins) {
		self->closed = true;
		self->kept_cash = coins;
	} else if (self->cash + self->card == self->total) {
		self->closed = true;
		self->kept_cash = self->cash;
	}
}

/* ---- a sale ---- */

static void discount_some(Receipt *sale, int number, int64_t gross)
{
	Discount percent = { DISCOUNT_PERCENT, random_in(0, 10000) };
	Discount amount = { DISCOUNT_AMOUNT, random_in(0, gross) };

	if (one_in(3))
		g_assert_true(
			receipt_discount_line(sale, number, one_in(2) ? percent : amount, NULL));
}

static void add_line(Receipt *sale)
{
	static const int64_t scales[] = { 3, 100, 20000, 3000000 };
	ReceiptGoods goods = { .item_id = random_in(1, 5),
			       .code = "4601234567893",
			       .name = "Товар",
			       .unit = one_in(3) ? UNIT_KILOGRAM : UNIT_PIECE,
			       .price = rub(random_in(0, scales[random_in(0, 3)])),
			       .tax = &groups[random_in(0, (int)G_N_ELEMENTS(groups) - 1)] };
	Quantity quantity = { goods.unit == UNIT_PIECE ? random_in(1, 12) * QUANTITY_ONE
						       : random_in(1, 9999) * 1000 };
	char mark[64];
	int number;

	if (goods.unit == UNIT_PIECE && one_in(4)) {
		g_snprintf(mark, sizeof mark,
			   "0104601234567893215%d\x1d"
			   "93dGVz",
			   receipt_get_n_lines(sale));
		goods.mark = mark;
		quantity.micro = QUANTITY_ONE;
	}
	if (!receipt_add(sale, &goods, quantity, &number, NULL))
		return; /* so little that it costs nothing */
	discount_some(sale, number, receipt_find_line(sale, number)->gross.minor);
	if (one_in(15) && receipt_get_totals(sale)->n_goods > 1)
		g_assert_true(receipt_void_line(sale, number, NULL));
}

static Receipt *random_goods(Counter *counter)
{
	static const int64_t steps[] = { 1, 5, 10, 20, 50, 100 };
	Receipt *sale = receipt_new(RECEIPT_SALE, RUB, one_in(3) ? TAX_PER_RECEIPT : TAX_PER_LINE);

	*counter = (Counter){ .step = steps[random_in(0, 5)], .how = (Rounding)random_in(0, 2) };
	receipt_set_cash_rounding(sale, counter->step, counter->how);
	while (receipt_get_totals(sale)->n_goods == 0)
		for (int64_t n = one_in(3) ? random_in(1, MAX_LINES) : random_in(1, 2); n > 0; n--)
			add_line(sale);
	if (one_in(3))
		g_assert_true(receipt_discount(
			sale, (Discount){ DISCOUNT_PERCENT, random_in(0, 10000) }, NULL));
	counter->total = receipt_get_totals(sale)->total.minor;
	return sale;
}

/* Notes, coins, cards and odd sums, taken or refused as they have to be. */
static void pay_some(Receipt *sale, Counter *counter)
{
	int64_t due = counter->total - counter->cash - counter->card;
	int64_t coins = coins_of(counter->total - counter->card, counter->step, counter->how);
	int64_t cash_due = MAX(coins - counter->cash, 0);
	TenderKind kind = one_in(2) ? TENDER_CASH : TENDER_CARD;
	int64_t amount = one_in(2) ? random_in(1, due) : due;
	bool fits = true;

	g_assert_cmpint(receipt_get_totals(sale)->due.minor, ==, due);
	g_assert_cmpint(receipt_get_totals(sale)->cash_due.minor, ==, cash_due);
	g_assert_cmpint(receipt_get_totals(sale)->rounding.minor, ==, 0);
	g_assert_false(receipt_pay(sale, TENDER_CARD, rub(due + 1), NULL, NULL));
	if (kind == TENDER_CASH) {
		amount = one_in(3) ? amount : one_in(2) ? cash_due : cash_due + random_in(0, 5000);
		fits = amount < due || amount >= cash_due;
		fits = fits && (amount > 0 || cash_due == 0);
	}
	g_assert_true(receipt_pay(sale, kind, rub(amount), "0123", NULL) == fits);
	if (fits)
		counter_take(counter, kind, amount);
}

static void pay(Receipt *sale, Counter *counter)
{
	const ReceiptTotals *totals = receipt_get_totals(sale);
	int64_t handed;

	counter->closed = counter->total == 0;
	while (!counter->closed)
		pay_some(sale, counter);
	handed = counter->cash + counter->card;
	g_assert_true(receipt_is_paid(sale));
	g_assert_cmpint(totals->due.minor, ==, 0);
	g_assert_cmpint(totals->cash_due.minor, ==, 0);
	g_assert_cmpint(totals->paid.minor, ==, handed);
	g_assert_cmpint(totals->change.minor, ==, counter->cash - counter->kept_cash);
	g_assert_cmpint(totals->rounding.minor, ==,
			counter->kept_cash + counter->card - counter->total);
	g_assert_cmpint(ABS(totals->rounding.minor), <, MAX(counter->step, 1));
	g_assert_cmpint(receipt_get_kept(sale, TENDER_CASH).minor, ==, counter->kept_cash);
	g_assert_cmpint(receipt_get_kept(sale, TENDER_CARD).minor, ==, counter->card);
}

/* ---- its returns ---- */

/* What has come back so far, as we count it. */
typedef struct {
	int64_t micro[MAX_LINES]; /* of the sale's lines */
	int64_t total, kept[TENDER_N], rounding, tax;
} Back;

static Receipt *through_json(Receipt *receipt)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) written = g_string_new(NULL);
	json_t *json = receipt_to_json(receipt), *read;
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	Receipt *back;

	receipt_write(receipt, NULL, written);
	g_assert_cmpstr(written->str, ==, text);
	read = json_loads(text, 0, NULL);
	back = receipt_from_json(read, &error);
	g_assert_no_error(error);
	g_string_truncate(written, 0);
	receipt_write(back, NULL, written);
	g_assert_cmpstr(written->str, ==, text);
	json_decref(json);
	json_decref(read);
	free(text);
	receipt_free(receipt);
	return back;
}

/* Some of a line, none of it, more than there is, and back again. */
static void choose(Receipt *self, const ReceiptLine *line)
{
	int64_t left = line->basis.sold.quantity.micro - line->basis.before.quantity.micro;
	int64_t grain = line->unit == UNIT_PIECE ? QUANTITY_ONE : 1;
	int number = line->number;
	g_autoptr(GError) error = NULL;

	g_assert_cmpint(line->quantity.micro, ==, left);
	g_assert_false(receipt_set_quantity(self, number, (Quantity){ left + grain }, &error));
	g_assert_true(error->code == RECEIPT_ERROR_RETURN || error->code == RECEIPT_ERROR_MARK);
	if (one_in(3))
		g_assert_true(receipt_void_line(self, number, NULL));
	if (one_in(2))
		g_assert_true(receipt_set_quantity(
			self, number, (Quantity){ random_in(1, left / grain) * grain }, NULL));
}

/* What one amount of a line has to be. */
static int64_t share(Money sold, const ReceiptLine *line, int64_t before)
{
	int64_t of = line->basis.sold.quantity.micro;

	return charged(sold.minor, before + line->quantity.micro, of) -
	       charged(sold.minor, before, of);
}

static void check_line(const ReceiptLine *line, const ReceiptLine *sold, int64_t before)
{
	int64_t added = 0;

	g_assert_cmpint(line->basis.before.quantity.micro, ==, before);
	g_assert_cmpint(line->basis.sold.quantity.micro, ==, sold->quantity.micro);
	g_assert_cmpint(before + line->quantity.micro, <=, sold->quantity.micro);
	g_assert_cmpint(line->net.minor, ==, share(sold->net, line, before));
	g_assert_cmpint(line->own_discount.minor, ==, share(sold->own_discount, line, before));
	g_assert_cmpint(line->shared_discount.minor, ==,
			share(sold->shared_discount, line, before));
	g_assert_cmpint(line->gross.minor, ==,
			line->net.minor + line->own_discount.minor + line->shared_discount.minor);
	for (int k = 0; k < line->tax.n_rates; k++) {
		g_assert_cmpint(line->taxes[k].minor, ==, share(sold->taxes[k], line, before));
		added += line->tax.rates[k].inclusive ? 0 : line->taxes[k].minor;
	}
	g_assert_cmpint(line->added.minor, ==, added);
	g_assert_cmpstr(line->mark, ==, sold->mark);
}

static int64_t check_lines(const Receipt *self, const Receipt *sale, Back *back)
{
	int64_t total = 0;

	for (int i = 0; i < receipt_get_n_lines(self); i++) {
		const ReceiptLine *line = receipt_get_line(self, i);
		int at = line->basis.line - 1;

		if (line->voided) {
			g_assert_cmpint(line->net.minor + line->added.minor + line->gross.minor, ==,
					0);
			continue;
		}
		check_line(line, receipt_get_line(sale, at), back->micro[at]);
		back->micro[at] += line->quantity.micro;
		total += line->net.minor + line->added.minor;
	}
	return total;
}

/* Cards first, then coins; with the last of it exactly what was taken. */
static void check_give_back(const Receipt *self, const Counter *counter, Back *back)
{
	int64_t card = MIN(back->total, counter->card);
	int64_t coins = coins_of(back->total - card, counter->step, counter->how);
	int64_t cash =
		back->total == counter->total ? counter->kept_cash : MIN(coins, counter->kept_cash);

	g_assert_cmpint(receipt_get_give_back(self, TENDER_CARD).minor, ==,
			card - back->kept[TENDER_CARD]);
	g_assert_cmpint(receipt_get_give_back(self, TENDER_CASH).minor, ==,
			cash - back->kept[TENDER_CASH]);
	g_assert_cmpint(receipt_get_give_back(self, TENDER_CASH).minor, >=, 0);
	back->kept[TENDER_CARD] = card;
	back->kept[TENDER_CASH] = cash;
}

static void give_back(Receipt *self)
{
	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		Money amount = receipt_get_give_back(self, kind), more = rub(amount.minor + 1);

		g_assert_false(receipt_pay(self, kind, more, NULL, NULL));
		if (kind == TENDER_CARD && amount.minor > 1 && one_in(4)) { /* two cards */
			Money part = rub(random_in(1, amount.minor - 1));

			g_assert_true(receipt_pay(self, kind, part, "0123", NULL));
			amount.minor -= part.minor;
		}
		if (amount.minor > 0)
			g_assert_true(receipt_pay(self, kind, amount, "0123", NULL));
	}
	g_assert_true(receipt_is_paid(self));
	for (TenderKind kind = 0; kind < TENDER_N; kind++)
		g_assert_cmpint(receipt_get_kept(self, kind).minor, ==,
				receipt_get_give_back(self, kind).minor);
}

static Receipt *return_some(const Receipt *sale, const Counter *counter,
			    Receipt *const before[MAX_RETURNS], int n, Back *back)
{
	g_autoptr(GError) error = NULL;
	Receipt *self = receipt_new_return(sale, NUMBER, (const Receipt *const *)before, n, &error);
	const ReceiptTotals *totals;

	g_assert_no_error(error);
	for (int i = 0; i < receipt_get_n_lines(self) && n < MAX_RETURNS - 1; i++)
		choose(self, receipt_get_line(self, i));
	totals = receipt_get_totals(self);
	if (totals->n_goods == 0) {
		g_assert_cmpint(totals->due.minor + totals->total.minor, ==, 0);
		g_assert_false(receipt_is_paid(self));
		receipt_free(self);
		return NULL;
	}
	g_assert_cmpint(totals->total.minor, ==, check_lines(self, sale, back));
	back->total += totals->total.minor;
	back->tax += totals->tax.minor;
	back->rounding += totals->rounding.minor;
	check_give_back(self, counter, back);
	give_back(self);
	g_assert_cmpint(totals->change.minor, ==, 0);
	g_assert_cmpint(totals->paid.minor, ==, totals->total.minor + totals->rounding.minor);
	return one_in(2) ? through_json(self) : self;
}

static bool all_is_back(const Receipt *sale, const Back *back)
{
	for (int i = 0; i < receipt_get_n_lines(sale); i++) {
		const ReceiptLine *line = receipt_get_line(sale, i);

		if (!line->voided && back->micro[i] < line->quantity.micro)
			return false;
	}
	return true;
}

static void return_all(const Receipt *sale, const Counter *counter)
{
	Receipt *returns[MAX_RETURNS] = { NULL };
	g_autoptr(GError) error = NULL;
	Back back = { .total = 0 };
	int n = 0;

	while (!all_is_back(sale, &back)) {
		g_assert_cmpint(n, <, MAX_RETURNS);
		returns[n] = return_some(sale, counter, returns, n, &back);
		n += returns[n] != NULL;
	}
	g_assert_cmpint(back.total, ==, receipt_get_totals(sale)->total.minor);
	g_assert_cmpint(back.tax, ==, receipt_get_totals(sale)->tax.minor);
	g_assert_cmpint(back.rounding, ==, receipt_get_totals(sale)->rounding.minor);
	g_assert_cmpint(back.kept[TENDER_CASH], ==, receipt_get_kept(sale, TENDER_CASH).minor);
	g_assert_cmpint(back.kept[TENDER_CARD], ==, receipt_get_kept(sale, TENDER_CARD).minor);
	g_assert_null(receipt_new_return(sale, NUMBER, (const Receipt *const *)returns, n, &error));
	g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_RETURN);
	for (int i = 0; i < n; i++)
		receipt_free(returns[i]);
}

static uint64_t number_from(const char *variable, uint64_t otherwise)
{
	const char *text = g_getenv(variable);

	return text == NULL ? otherwise : g_ascii_strtoull(text, NULL, 10);
}

static uint64_t failing_seed;

/* So that the one receipt that failed can be had by itself. */
static void say_which(int signal_number)
{
	g_printerr("BARAA_SEED=%" PRIu64 " BARAA_RECEIPTS=1 makes this receipt\n", failing_seed);
}

static void test_all_that_was_taken_comes_back(void)
{
	uint64_t seed = number_from("BARAA_SEED", 20261128);
	uint64_t n = number_from("BARAA_RECEIPTS", 5000);

	signal(SIGABRT, say_which);
	g_test_message("BARAA_SEED=%" PRIu64 " BARAA_RECEIPTS=%" PRIu64, seed, n);
	for (uint64_t i = 0; i < n; i++) {
		Counter counter;

		random_state = failing_seed = seed + i * 2654435761;
		g_autoptr(Receipt) sale = random_goods(&counter);

		pay(sale, &counter);
		sale = through_json(sale);
		return_all(sale, &counter);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/random-returns/all-that-was-taken-comes-back",
			test_all_that_was_taken_comes_back);
	return g_test_run();
}
