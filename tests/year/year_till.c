/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/year/year.h"

#include "core/currency.h"

/* The tills: shifts, sales and returns as journals, sent to the hub at once or a day late. */

#define BATCH 64

static const TaxGroup vat = { .id = 1,
			      .code = "VAT10",
			      .n_rates = 1,
			      .rates = { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } };
/* One tax in the price, another on top of it. */
static const TaxGroup city = { .id = 2,
			       .code = "CITY",
			       .n_rates = 2,
			       .rates = { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED },
					  { "CITY", 200, false, 0, FISCAL_TAX_NONE } } };

static void entry_free(void *entry)
{
	journal_entry_clear(entry);
	g_free(entry);
}

static bool one_in(Year *year, int n)
{
	return g_rand_int_range(year->rand, 0, n) == 0;
}

static void note(YearTill *self, int64_t at, JournalKind kind, json_t *details)
{
	JournalEntry *entry = g_new0(JournalEntry, 1);

	if (self->entries == NULL)
		self->entries = g_ptr_array_new_with_free_func(entry_free);
	journal_entry_seal(entry, ++self->number, at, kind, self->cashier, self->shift, details,
			   NULL, self->hash);
	json_decref(details);
	g_strlcpy(self->hash, entry->hash, sizeof self->hash);
	g_ptr_array_add(self->entries, entry);
}

void year_send(Year *self, YearTill *till)
{
	g_autofree IngestEntry *batch = g_new(IngestEntry, BATCH);
	guint done = 0;

	while (till->entries != NULL && done < till->entries->len) {
		guint n = MIN(BATCH, till->entries->len - done);
		GError *error = NULL;
		IngestResult result;

		for (guint i = 0; i < n; i++) {
			const JournalEntry *entry = till->entries->pdata[done + i];

			batch[i] = (IngestEntry){ .body = entry->body, .hash = entry->hash };
		}
		year_must(ingest_batch(self->store, &till->hub, batch, n, &result, &error),
			  "a till's journal", error);
		if (result.quarantined > 0)
			year_must(false, "a receipt that the hub can read", NULL);
		done += n;
	}
	g_clear_pointer(&till->entries, g_ptr_array_unref);
}

/* --- receipts ------------------------------------------------------------------------------ */

static int64_t any_quantity(Year *year, const YearItem *item)
{
	if (item->weighed)
		return g_rand_int_range(year->rand, 50, 2500) * INT64_C(1000);
	return g_rand_int_range(year->rand, 0, 5) > 0
		       ? QUANTITY_ONE
		       : g_rand_int_range(year->rand, 2, 7) * QUANTITY_ONE;
}

/* What was taken out of the shop; kits take their parts, which year_papers.c makes known. */
static void take(YearItem *item, int64_t quantity)
{
	if (item->made_of != 2)
		item->there -= quantity;
}

static int add_line(Year *year, Receipt *receipt, int sign)
{
	YearItem *item = year_any_item(year);
	Quantity quantity = { any_quantity(year, item) };
	ReceiptGoods goods = { .item_id = item->id,
			       .code = item->code,
			       .name = item->name,
			       .unit = item->weighed ? UNIT_KILOGRAM : UNIT_PIECE,
			       .price = { item->price, year->currency },
			       .tax = item->id % 5 == 0 ? &city : &vat };
	GError *error = NULL;
	int number;

	year_must(receipt_add(receipt, &goods, quantity, &number, &error), "a line", error);
	if (one_in(year, 20))
		year_must(receipt_discount_line(receipt, number,
						(Discount){ DISCOUNT_PERCENT, 500 }, &error),
			  "a discount", error);
	take(item, sign * quantity.micro);
	return number;
}

/* Back on the shelf with them. */
static void put_back(Year *year, const ReceiptLine *line)
{
	YearItem *item = year_find(year, line->item_id);

	if (!line->voided && item != NULL)
		take(item, -line->quantity.micro);
}

static void put_all_back(Year *year, const Receipt *receipt)
{
	for (int i = 0; i < receipt_get_n_lines(receipt); i++)
		put_back(year, receipt_get_line(receipt, i));
}

/* The shopper thinks better of it. */
static void void_line(Year *year, YearTill *till, Receipt *receipt, int number, int64_t at)
{
	const ReceiptLine *line = receipt_find_line(receipt, number);
	json_t *details = json_pack("{s:i, s:s, s:I}", "line", number, "name", line->name, "sum",
				    (json_int_t)line->net.minor);
	GError *error = NULL;

	put_back(year, line);
	year_must(receipt_void_line(receipt, number, &error), "a void", error);
	note(till, at, JOURNAL_LINE_VOID, details);
}

static void pay(Year *year, Receipt *receipt)
{
	Money due = receipt_get_totals(receipt)->due;
	bool by_card = one_in(year, 2);
	GError *error = NULL;

	if (by_card && due.minor > 20000 && one_in(year, 8)) {
		year_must(receipt_pay(receipt, TENDER_CARD, (Money){ 20000, year->currency }, "1",
				      &error),
			  "a part by card", error);
		due = receipt_get_totals(receipt)->due;
		by_card = false;
	}
	year_must(receipt_pay(receipt, by_card ? TENDER_CARD : TENDER_CASH, due, NULL, &error),
		  "a payment", error);
}

static char *close_receipt(Year *year, YearTill *till, Receipt *receipt, int64_t at)
{
	char *number = g_strdup_printf("%c-%06d", till->letter, (int)++till->seq);

	year_must(shift_totals_add(&till->totals, receipt), "the shift's totals", NULL);
	note(till, at, JOURNAL_RECEIPT,
	     json_pack("{s:o, s:s, s:I, s:i, s:n}", "receipt", receipt_to_json(receipt), "number",
		       number, "seq", (json_int_t)till->seq, "day", year->day, "fiscal"));
	year->n_receipts++;
	return number;
}

static void sale_free(void *data)
{
	YearSale *sale = data;

	receipt_free(sale->receipt);
	g_free(sale->number);
	g_free(sale);
}

/* Some shoppers keep their receipt. */
static void remember(Year *year, YearTill *till, Receipt *receipt, char *number)
{
	YearSale *sale = g_new0(YearSale, 1);

	*sale = (YearSale){ .receipt = receipt, .number = number };
	if (till->sold == NULL)
		till->sold = g_ptr_array_new_with_free_func(sale_free);
	g_ptr_array_add(till->sold, sale);
	if (till->sold->len > 40)
		g_ptr_array_remove_index_fast(
			till->sold, (guint)g_rand_int_range(year->rand, 0, (int)till->sold->len));
}

static void sell(Year *year, YearTill *till, int64_t at)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_SALE, year->currency, TAX_PER_LINE);
	int n = g_rand_int_range(year->rand, 1, 2 * year->lines);
	char *number;
	GError *error = NULL;

	for (int i = 0; i < n; i++) {
		int line = add_line(year, receipt, 1);

		if (i > 0 && one_in(year, 60))
			void_line(year, till, receipt, line, at);
	}
	if (one_in(year, 15))
		year_must(receipt_discount(receipt, (Discount){ DISCOUNT_PERCENT, 300 }, &error),
			  "a discount of all", error);
	if (one_in(year, 90)) {
		note(till, at, JOURNAL_RECEIPT_VOID,
		     json_pack("{s:o}", "receipt", receipt_to_json(receipt)));
		till->totals.n_voided++;
		put_all_back(year, receipt);
		return;
	}
	pay(year, receipt);
	number = close_receipt(year, till, receipt, at);
	if (one_in(year, 10))
		remember(year, till, g_steal_pointer(&receipt), number);
	else
		g_free(number);
}

/* Without a receipt: what it is and costs is typed. */
static void give_back(Year *year, YearTill *till, int64_t at)
{
	g_autoptr(Receipt) receipt = receipt_new(RECEIPT_RETURN, year->currency, TAX_PER_LINE);
	GError *error = NULL;

	add_line(year, receipt, -1);
	year_must(receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due, NULL, &error),
		  "money back", error);
	g_free(close_receipt(year, till, receipt, at));
}

static void give_back_by_receipt(Year *year, YearTill *till, int64_t at)
{
	GError *error = NULL;
	YearSale *sale = till->sold->pdata[0];
	g_autoptr(Receipt) receipt =
		receipt_new_return(sale->receipt, sale->number, NULL, 0, &error);

	year_must(receipt != NULL, "a return by receipt", error);
	put_all_back(year, receipt);
	for (TenderKind kind = TENDER_N; kind-- > 0;) {
		Money back = receipt_get_give_back(receipt, kind);

		if (back.minor > 0)
			year_must(receipt_pay(receipt, kind, back, NULL, &error), "money back",
				  error);
	}
	g_free(close_receipt(year, till, receipt, at));
	g_ptr_array_remove_index(till->sold, 0);
}

static void ring_up(Year *year, YearTill *till, int64_t at)
{
	if (one_in(year, 120))
		note(till, at, JOURNAL_NO_SALE, NULL);
	if (one_in(year, 80))
		give_back(year, till, at);
	else if (till->sold != NULL && till->sold->len > 20 && one_in(year, 80))
		give_back_by_receipt(year, till, at);
	else
		sell(year, till, at);
}

/* --- a day --------------------------------------------------------------------------------- */

#define FLOAT 5000000

static void log_in(Year *year, YearTill *till, int64_t at)
{
	till->cashier = year->cashiers[g_rand_int_range(year->rand, 0, YEAR_CASHIERS)];
	note(till, at, JOURNAL_LOGIN, NULL);
}

static void open_shift(Year *year, YearTill *till)
{
	int64_t at = year->midnight + 8 * YEAR_HOUR;

	log_in(year, till, at - 1);
	till->shift = ++till->shifts;
	shift_totals_init(&till->totals, year->currency, (Money){ FLOAT, year->currency });
	note(till, at, JOURNAL_SHIFT_OPEN,
	     json_pack("{s:i, s:i}", "float", FLOAT, "day", year->day));
}

static void move_cash(YearTill *till, int64_t at, JournalKind kind, int64_t amount)
{
	Money *sum = kind == JOURNAL_CASH_IN ? &till->totals.cash_in : &till->totals.cash_out;

	sum->minor += amount;
	note(till, at, kind, json_pack("{s:I}", "amount", (json_int_t)amount));
}

static int64_t cash_there(YearTill *till)
{
	Money expected;

	year_must(shift_totals_expected_cash(&till->totals, &expected), "a drawer that fits", NULL);
	return expected.minor;
}

/* In the evening all but the float goes to the safe; now and then a coin is missing. */
static void close_shift(Year *year, YearTill *till)
{
	int64_t at = year->midnight + 22 * YEAR_HOUR;
	json_t *counted = json_null();

	if (one_in(year, 10))
		move_cash(till, at - 3, JOURNAL_CASH_IN, 100000);
	if (cash_there(till) > FLOAT)
		move_cash(till, at - 2, JOURNAL_CASH_OUT, cash_there(till) - FLOAT);
	if (one_in(year, 2))
		counted = json_integer(cash_there(till) - (one_in(year, 3) ? 500 : 0));
	note(till, at, JOURNAL_SHIFT_CLOSE,
	     json_pack("{s:o, s:o, s:n}", "totals", shift_totals_to_json(&till->totals), "counted",
		       counted, "fiscal"));
	till->shift = 0;
	note(till, at + 1, JOURNAL_LOGOUT, NULL);
}

/* A till without a network keeps its day, and sends it with the next. */
static bool is_cut_off(Year *year, const YearTill *till)
{
	return till->letter == 'B' && g_rand_int_range(year->rand, 0, 12) == 0;
}

void year_sell_day(Year *self)
{
	bool cut_off[YEAR_TILLS];
	int64_t span = 12 * YEAR_HOUR / MAX(self->receipts, 1);

	for (int i = 0; i < YEAR_TILLS; i++) {
		cut_off[i] = is_cut_off(self, &self->tills[i]);
		open_shift(self, &self->tills[i]);
	}
	for (int i = 0; i < self->receipts; i++) {
		int which = g_rand_int_range(self->rand, 0, YEAR_TILLS);
		YearTill *till = &self->tills[which];

		ring_up(self, till,
			self->midnight + 9 * YEAR_HOUR + i * span +
				g_rand_int_range(self->rand, 0, 1000));
		if (till->entries->len >= BATCH && !cut_off[which])
			year_send(self, till);
	}
	for (int i = 0; i < YEAR_TILLS; i++) {
		close_shift(self, &self->tills[i]);
		if (!cut_off[i])
			year_send(self, &self->tills[i]);
	}
}
