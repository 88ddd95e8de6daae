/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/receipt.h"

#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* A million random receipts against arithmetic of our own, in 128 bits and nothing from core.
 * BARAA_SEED and BARAA_RECEIPTS choose other ones, or more. */

#define RUB 643
#define MAX_LINES 8
#define LIMIT INT64_C(99999999999)
#define PERCENT_100 10000

static const TaxGroup groups[] = {
	{ 1, "VAT22", 1, { { "VAT", 2200, true, 0, FISCAL_TAX_STANDARD } } },
	{ 2, "VAT10", 1, { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } },
	{ 3,
	  "VAT10CITY",
	  2,
	  { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED },
	    { "CITY", 200, true, 0, FISCAL_TAX_OTHER } } },
	{ 4, "VAT0", 1, { { "VAT", 0, true, 0, FISCAL_TAX_ZERO } } },
	{ 5, "NONE", 0, { { "", 0, false, 0, FISCAL_TAX_NONE } } },
	{ 6, "SALES", 1, { { "SALES", 825, false, 0, FISCAL_TAX_OTHER } } },
	{ 7,
	  "BOTH",
	  2,
	  { { "LUXURY", 1500, false, 0, FISCAL_TAX_OTHER },
	    { "VAT", 700, true, 0, FISCAL_TAX_OTHER } } },
	{ 8,
	  "GSTPST",
	  2,
	  { { "GST", 500, false, 0, FISCAL_TAX_OTHER },
	    { "PST", 997, false, 0, FISCAL_TAX_OTHER } } },
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

/* Small and large ones equally often. */
static int64_t random_amount(void)
{
	static const int64_t scales[] = { 10, 1000, 20000, 1000000 };

	return one_in(2000) ? random_in(0, LIMIT) : random_in(0, scales[random_in(0, 3)]);
}

typedef struct {
	int64_t item_id;
	int group;
	Unit unit;
	int64_t price, micro;
	Discount own;
	bool voided;
	bool refused; /* by the receipt, as it had to be */
} PlanLine;

typedef struct {
	TaxRounding rounding;
	ReceiptKind kind;
	Discount discount;
	bool discount_first; /* before lines are voided */
	bool discount_refused;
	int n;
	PlanLine lines[MAX_LINES];
} Plan;

static Discount random_discount(int64_t about)
{
	if (one_in(2))
		return (Discount){ DISCOUNT_NONE, 0 };
	if (one_in(2))
		return (Discount){ DISCOUNT_PERCENT,
				   one_in(10) ? PERCENT_100 : random_in(0, PERCENT_100) };
	return (Discount){ DISCOUNT_AMOUNT, random_in(0, about) };
}

static PlanLine random_line(int n_groups)
{
	PlanLine line = { .item_id = random_in(1, 5),
			  .group = (int)random_in(0, n_groups - 1),
			  .unit = one_in(3) ? UNIT_KILOGRAM : UNIT_PIECE,
			  .price = random_amount(),
			  .voided = one_in(12) };

	line.micro =
		line.unit == UNIT_PIECE ? random_in(1, 5) * 1000000 : random_in(1, 9999) * 1000;
	line.own = random_discount(line.price < LIMIT / 2 ? line.price * 2 : line.price);
	return line;
}

static Plan random_plan(void)
{
	int n_groups = one_in(2) ? 2 : (int)G_N_ELEMENTS(groups);
	Plan plan = { .rounding = one_in(3) ? TAX_PER_RECEIPT : TAX_PER_LINE,
		      .kind = one_in(20) ? RECEIPT_RETURN : RECEIPT_SALE,
		      .discount_first = one_in(3),
		      .n = (int)(one_in(4) ? random_in(1, MAX_LINES) : random_in(1, 3)) };

	for (int i = 0; i < plan.n; i++) /* equal lines are worth trying */
		plan.lines[i] = i > 0 && one_in(4) ? plan.lines[i - 1] : random_line(n_groups);
	plan.discount = random_discount(plan.lines[0].price + 100);
	return plan;
}

/* ---- arithmetic of our own ---- */

static int64_t half_away(__int128 num, __int128 den)
{
	return (int64_t)((2 * num + den) / (2 * den)); /* nothing here is negative */
}

static int64_t gross_of(const PlanLine *line)
{
	return half_away((__int128)line->price * line->micro, 1000000);
}

static int64_t discount_of(Discount discount, int64_t amount)
{
	if (discount.kind == DISCOUNT_PERCENT)
		return half_away((__int128)amount * discount.value, PERCENT_100);
	return discount.kind == DISCOUNT_AMOUNT ? discount.value : 0;
}

static bool counts(const PlanLine *line)
{
	return !line->voided && !line->refused;
}

static int64_t own_discount_of(const PlanLine *line)
{
	int64_t discount = discount_of(line->own, gross_of(line));

	return discount > gross_of(line) ? 0 : discount; /* it was refused */
}

static int64_t left_of(const PlanLine *line)
{
	return gross_of(line) - own_discount_of(line);
}

static void taxes_of(const TaxGroup *group, int64_t base, int64_t taxes[TAX_MAX])
{
	int64_t inclusive = 0, left = base;

	for (int i = 0; i < group->n_rates; i++)
		inclusive += group->rates[i].inclusive ? group->rates[i].rate : 0;
	for (int i = 0; i < group->n_rates; i++) {
		if (!group->rates[i].inclusive)
			continue;
		taxes[i] =
			half_away((__int128)base * group->rates[i].rate, PERCENT_100 + inclusive);
		left -= taxes[i];
	}
	for (int i = 0; i < group->n_rates; i++)
		if (!group->rates[i].inclusive)
			taxes[i] = half_away((__int128)left * group->rates[i].rate, PERCENT_100);
}

/* ---- building ---- */

static void add_line(Receipt *receipt, PlanLine *line, int *number)
{
	ReceiptGoods goods = { .item_id = line->item_id,
			       .code = "4601234567893",
			       .name = "Товар",
			       .unit = line->unit,
			       .price = { line->price, RUB },
			       .tax = &groups[line->group] };
	g_autoptr(GError) error = NULL;
	ReceiptTotals before = *receipt_get_totals(receipt);
	int64_t gross = gross_of(line);

	if (receipt_add(receipt, &goods, (Quantity){ line->micro }, number, &error)) {
		g_assert_cmpint(gross, <=, LIMIT);
		g_assert_true(gross > 0 || line->price == 0);
		return;
	}
	line->refused = true;
	if (gross == 0)
		g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_QUANTITY);
	else
		g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_TOO_LARGE);
	/* with taxes on top of at most 25 % there was room for no such line */
	g_assert_true((gross == 0 && line->price > 0) ||
		      (before.total.minor + before.discount.minor + gross) * 5 / 4 > LIMIT);
	g_assert_cmpmem(&before, sizeof before, receipt_get_totals(receipt), sizeof before);
}

static void discount_line(Receipt *receipt, const PlanLine *line, int number)
{
	g_autoptr(GError) error = NULL;

	if (receipt_discount_line(receipt, number, line->own, &error))
		g_assert_cmpint(discount_of(line->own, gross_of(line)), <=, gross_of(line));
	else
		g_assert_error(error, RECEIPT_ERROR, RECEIPT_ERROR_DISCOUNT);
	g_assert_true((error == NULL) ==
		      (discount_of(line->own, gross_of(line)) <= gross_of(line)));
}

static void discount_all(Receipt *receipt, Plan *plan)
{
	int64_t left = 0;

	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		left += line->gross.minor - line->own_discount.minor;
	}
	plan->discount_refused =
		plan->discount.kind == DISCOUNT_AMOUNT && plan->discount.value > left;
	g_assert_true(receipt_discount(receipt, plan->discount, NULL) != plan->discount_refused);
}

/* Enters the lines of @plan as @order says. */
static Receipt *build(Plan *plan, const int *order)
{
	Receipt *receipt = receipt_new(plan->kind, RUB, plan->rounding);
	int numbers[MAX_LINES] = { 0 };

	for (int i = 0; i < plan->n; i++)
		if (!plan->lines[order[i]].refused)
			add_line(receipt, &plan->lines[order[i]], &numbers[order[i]]);
	for (int i = 0; i < plan->n; i++)
		if (!plan->lines[i].refused)
			discount_line(receipt, &plan->lines[i], numbers[i]);
	if (plan->discount_first)
		discount_all(receipt, plan);
	for (int i = 0; i < plan->n; i++)
		if (plan->lines[i].voided && !plan->lines[i].refused)
			g_assert_true(receipt_void_line(receipt, numbers[i], NULL));
	if (!plan->discount_first)
		discount_all(receipt, plan);
	return receipt;
}

/* ---- what must hold ---- */

/* Lines of the receipt stand as in the plan, less those that were refused. */
static void check_lines(const Plan *plan, const Receipt *receipt, int64_t *ret_left)
{
	int at = 0;

	*ret_left = 0;
	for (int i = 0; i < plan->n; i++) {
		const ReceiptLine *line;
		bool in = counts(&plan->lines[i]);

		if (plan->lines[i].refused)
			continue;
		line = receipt_get_line(receipt, at++);
		g_assert_cmpint(line->gross.minor, ==, in ? gross_of(&plan->lines[i]) : 0);
		g_assert_cmpint(line->own_discount.minor, ==,
				in ? own_discount_of(&plan->lines[i]) : 0);
		g_assert_cmpint(line->own_discount.minor, <=, line->gross.minor);
		g_assert_cmpint(line->shared_discount.minor, >=, 0);
		g_assert_cmpint(line->net.minor, >=, 0);
		g_assert_cmpint(line->gross.minor, ==,
				line->own_discount.minor + line->shared_discount.minor +
					line->net.minor);
		*ret_left += in ? left_of(&plan->lines[i]) : 0;
	}
	g_assert_cmpint(at, ==, receipt_get_n_lines(receipt));
}

/* Each share is its proportion cut or that and one more, and nobody got one more before somebody
 * who was cut by more. */
static void check_shares(const Plan *plan, const Receipt *receipt, int64_t left)
{
	int64_t amount = plan->discount_refused ? 0 : discount_of(plan->discount, left);
	int64_t sum = 0, least_given = INT64_MAX, most_denied = -1;

	amount = amount > left ? left : amount;
	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);
		int64_t weight = line->gross.minor - line->own_discount.minor;
		int64_t share = line->shared_discount.minor, exact, rest;

		sum += share;
		if (left == 0)
			continue;
		exact = (int64_t)((__int128)amount * weight / left);
		rest = (int64_t)((__int128)amount * weight % left);
		g_assert_true(share == exact || (share == exact + 1 && rest > 0));
		if (share == exact)
			most_denied = MAX(most_denied, rest);
		else
			least_given = MIN(least_given, rest);
	}
	g_assert_cmpint(sum, ==, amount);
	g_assert_cmpint(least_given, >=, most_denied);
}

static void check_taxes_of_line(const ReceiptLine *line)
{
	int64_t taxes[TAX_MAX] = { 0 };

	taxes_of(&line->tax, line->net.minor, taxes);
	for (int k = 0; k < TAX_MAX; k++)
		g_assert_cmpint(line->taxes[k].minor, ==, taxes[k]);
}

/* All lines of the group of line @first together carry the tax of their sum. */
static void check_taxes_of_group(const Receipt *receipt, int first)
{
	const TaxGroup *group = &receipt_get_line(receipt, first)->tax;
	int64_t base = 0, expected[TAX_MAX] = { 0 }, sums[TAX_MAX] = { 0 };

	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		if (line->tax.id != group->id)
			continue;
		base += line->net.minor;
		for (int k = 0; k < TAX_MAX; k++)
			sums[k] += line->taxes[k].minor;
	}
	taxes_of(group, base, expected);
	for (int k = 0; k < TAX_MAX; k++)
		g_assert_cmpint(sums[k], ==, expected[k]);
}

static void check_taxes(const Plan *plan, const Receipt *receipt)
{
	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);
		int64_t inside = 0, on_top = 0;

		if (plan->rounding == TAX_PER_LINE)
			check_taxes_of_line(line);
		else
			check_taxes_of_group(receipt, i);
		for (int k = 0; k < line->tax.n_rates; k++) {
			g_assert_cmpint(line->taxes[k].minor, >=, 0);
			*(line->tax.rates[k].inclusive ? &inside : &on_top) += line->taxes[k].minor;
		}
		g_assert_cmpint(inside, <=, line->net.minor);
		g_assert_cmpint(on_top, ==, line->added.minor);
	}
}

static void check_totals(const Receipt *receipt)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);
	g_autoptr(GArray) taxes = receipt_dup_taxes(receipt);
	int64_t gross = 0, discount = 0, tax = 0, total = 0;
	int n_goods = 0;

	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		gross += line->gross.minor;
		discount += line->own_discount.minor + line->shared_discount.minor;
		total += line->net.minor + line->added.minor;
		n_goods += !line->voided;
	}
	for (guint i = 0; i < taxes->len; i++)
		tax += g_array_index(taxes, ReceiptTax, i).amount.minor;
	g_assert_cmpint(totals->gross.minor, ==, gross);
	g_assert_cmpint(totals->discount.minor, ==, discount);
	g_assert_cmpint(totals->tax.minor, ==, tax);
	g_assert_cmpint(totals->total.minor, ==, total);
	g_assert_cmpint(totals->due.minor, ==, total);
	g_assert_cmpint(totals->n_goods, ==, n_goods);
	g_assert_cmpint(total, <=, LIMIT);
}

/* The same for any order of the same lines, and for hardly anything else. */
static uint64_t fingerprint(const Receipt *receipt)
{
	uint64_t sum = 0;

	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);
		const int64_t parts[] = { line->item_id,
					  line->price.minor,
					  line->quantity.micro,
					  line->net.minor,
					  line->shared_discount.minor,
					  line->taxes[0].minor,
					  line->taxes[1].minor,
					  line->tax.id };
		uint64_t hash = UINT64_C(14695981039346656037);

		for (size_t k = 0; k < G_N_ELEMENTS(parts); k++)
			hash = (hash ^ (uint64_t)parts[k]) * UINT64_C(1099511628211) + (hash >> 29);
		sum += hash;
	}
	return sum;
}

static void check_any_order(const Plan *plan, const Receipt *receipt)
{
	Plan again = *plan;
	int order[MAX_LINES];

	for (int i = 0; i < plan->n; i++)
		order[i] = i;
	for (int i = plan->n - 1; i > 0; i--) {
		int other = (int)random_in(0, i), kept = order[i];

		order[i] = order[other];
		order[other] = kept;
	}

	g_autoptr(Receipt) shuffled = build(&again, order);
	g_assert_cmpmem(receipt_get_totals(receipt), sizeof(ReceiptTotals),
			receipt_get_totals(shuffled), sizeof(ReceiptTotals));
	g_assert_cmpuint(fingerprint(shuffled), ==, fingerprint(receipt));
}

static void pay_some(Receipt *receipt)
{
	Money due = receipt_get_totals(receipt)->due;
	TenderKind kind = one_in(2) ? TENDER_CASH : TENDER_CARD;
	Money amount = { one_in(2) ? due.minor : random_in(1, due.minor), RUB };
	Money more = { due.minor + 1, RUB };

	g_assert_false(receipt_pay(receipt, TENDER_CARD, more, NULL, NULL));
	if (kind == TENDER_CASH && one_in(3))
		amount.minor = MIN(LIMIT, due.minor + random_in(0, 500000));
	g_assert_true(receipt_pay(receipt, kind, amount, "123456789012", NULL));
}

static void check_payments(Receipt *receipt)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);
	int64_t paid = 0, kept = 0;

	for (int i = 0; i < 4 && totals->due.minor > 0 && totals->n_goods > 0; i++)
		pay_some(receipt);
	if (totals->due.minor > 0 && totals->n_goods > 0)
		g_assert_true(receipt_pay(receipt, TENDER_CASH, totals->due, NULL, NULL));
	g_assert_true(receipt_is_paid(receipt) == (totals->n_goods > 0));
	g_assert_false(receipt_pay(receipt, TENDER_CASH, (Money){ 1, RUB }, NULL, NULL));

	for (int i = 0; i < receipt_get_n_payments(receipt); i++)
		paid += receipt_get_payment(receipt, i)->amount.minor;
	for (TenderKind kind = 0; kind < TENDER_N; kind++) {
		g_assert_cmpint(receipt_get_kept(receipt, kind).minor, >=, 0);
		kept += receipt_get_kept(receipt, kind).minor;
	}
	g_assert_cmpint(totals->paid.minor, ==, paid);
	g_assert_cmpint(totals->change.minor, ==, paid - totals->total.minor);
	g_assert_cmpint(kept, ==, totals->total.minor);
	if (paid > 0)
		g_assert_false(receipt_discount(receipt, (Discount){ DISCOUNT_NONE, 0 }, NULL));
}

static void check_json(const Receipt *receipt)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Receipt) back = NULL;
	g_autoptr(GString) written = g_string_new(NULL);
	json_t *json = receipt_to_json(receipt), *read;
	char *text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS), *again;

	receipt_write(receipt, NULL, written);
	g_assert_cmpstr(written->str, ==, text);
	read = json_loads(text, 0, NULL);
	back = receipt_from_json(read, &error);
	g_assert_no_error(error);
	json_decref(json);
	json_decref(read);
	json = receipt_to_json(back);
	again = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
	g_assert_cmpstr(text, ==, again);
	json_decref(json);
	free(text);
	free(again);
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

static void test_a_million_receipts(void)
{
	static const int as_planned[MAX_LINES] = { 0, 1, 2, 3, 4, 5, 6, 7 };
	uint64_t seed = number_from("BARAA_SEED", 20261123);
	uint64_t n = number_from("BARAA_RECEIPTS", 1000000);

	signal(SIGABRT, say_which);
	g_test_message("BARAA_SEED=%" PRIu64 " BARAA_RECEIPTS=%" PRIu64, seed, n);
	for (uint64_t i = 0; i < n; i++) {
		int64_t left;

		random_state = failing_seed = seed + i * 2654435761;
		Plan plan = random_plan();
		g_autoptr(Receipt) receipt = build(&plan, as_planned);

		check_lines(&plan, receipt, &left);
		check_shares(&plan, receipt, left);
		check_taxes(&plan, receipt);
		check_totals(receipt);
		if (plan.n > 1)
			check_any_order(&plan, receipt);
		check_payments(receipt);
		if (i % 50 == 0)
			check_json(receipt);
	}
}

/* Parts against the definition, without any receipt: whole, in proportion, the order kept. */
static void test_spread(void)
{
	for (int i = 0; i < 200000; i++) {
		int64_t weights[6], parts[6], sum = 0, total, spread = 0;
		uint64_t order[6];
		int n = (int)random_in(1, 6);

		for (int k = 0; k < n; k++) {
			weights[k] = one_in(5) ? 0 : random_in(0, one_in(2) ? 5 : INT64_C(1) << 60);
			order[k] = (uint64_t)(n - k);
			sum += weights[k];
		}
		total = random_in(0, sum);
		g_assert_true(spread_largest_remainder(total, weights, order, n, parts));
		for (int k = 0; k < n; k++) {
			g_assert_cmpint(parts[k], >=, 0);
			g_assert_cmpint(parts[k], <=, weights[k]);
			spread += parts[k];
			if (k > 0 && weights[k] == weights[k - 1])
				g_assert_cmpint(parts[k], >=, parts[k - 1]);
		}
		g_assert_cmpint(spread, ==, total);
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	random_state = number_from("BARAA_SEED", 20261123);
	g_test_add_func("/random/spread", test_spread);
	g_test_add_func("/random/a-million-receipts", test_a_million_receipts);
	return g_test_run();
}
