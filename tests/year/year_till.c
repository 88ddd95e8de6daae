/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/year/year.h"

#include "core/currency.h"

/* The tills: shifts, sales and returns as journals, sent to the hub at once or a day late. */

#define BATCH 64

static const TaxGroup vat = { .id = 1,
			      .code = "VAT10",
			      .n_rates = 1,
			      .rates = { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } };

static void entry_free(void *entry)
{
	journal_entry_clear(entry);
	g_free(entry);
}

static void note(Year *year, YearTill *self, int64_t at, JournalKind kind, json_t *details)
{
	JournalEntry *entry = g_new0(JournalEntry, 1);

	if (self->entries == NULL)
		self->entries = g_ptr_array_new_with_free_func(entry_free);
	journal_entry_seal(entry, ++self->number, at, kind, 1, self->shift, details, NULL,
			   self->hash);
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

static void add_line(Year *year, Receipt *receipt, int sign)
{
	YearItem *item = year_any_item(year);
	Quantity quantity = { any_quantity(year, item) };
	ReceiptGoods goods = { .item_id = item->id,
			       .code = item->code,
			       .name = item->name,
			       .unit = item->weighed ? UNIT_KILOGRAM : UNIT_PIECE,
			       .price = { item->price, year->currency },
			       .tax = &vat };
	GError *error = NULL;
	int number;

	year_must(receipt_add(receipt, &goods, quantity, &number, &error), "a line", error);
	if (g_rand_int_range(year->rand, 0, 20) == 0)
		year_must(receipt_discount_line(receipt, number,
						(Discount){ DISCOUNT_PERCENT, 500 }, &error),
			  "a discount", error);
	take(item, sign * quantity.micro);
}

static void ring_up(Year *year, YearTill *till, int64_t at)
{
	bool back = g_rand_int_range(year->rand, 0, 50) == 0;
	g_autoptr(Receipt) receipt =
		receipt_new(back ? RECEIPT_RETURN : RECEIPT_SALE, year->currency, TAX_PER_LINE);
	int n = back ? 1 : g_rand_int_range(year->rand, 1, 2 * year->lines);
	g_autofree char *number = NULL;
	GError *error = NULL;

	for (int i = 0; i < n; i++)
		add_line(year, receipt, back ? -1 : 1);
	year_must(receipt_pay(receipt,
			      !back && g_rand_boolean(year->rand) ? TENDER_CARD : TENDER_CASH,
			      receipt_get_totals(receipt)->due, NULL, &error),
		  "a payment", error);
	year_must(shift_totals_add(&till->totals, receipt), "the shift's totals", NULL);
	number = g_strdup_printf("%c-%06d", till->letter, (int)++till->seq);
	note(year, till, at, JOURNAL_RECEIPT,
	     json_pack("{s:o, s:s, s:I, s:i, s:n}", "receipt", receipt_to_json(receipt), "number",
		       number, "seq", (json_int_t)till->seq, "day", year->day, "fiscal"));
	year->n_receipts++;
}

/* --- a day --------------------------------------------------------------------------------- */

static void open_shift(Year *year, YearTill *till)
{
	till->shift++;
	shift_totals_init(&till->totals, year->currency, (Money){ 0, year->currency });
	note(year, till, year->midnight + 8 * YEAR_HOUR, JOURNAL_SHIFT_OPEN,
	     json_pack("{s:i, s:i}", "float", 0, "day", year->day));
}

static void close_shift(Year *year, YearTill *till)
{
	note(year, till, year->midnight + 22 * YEAR_HOUR, JOURNAL_SHIFT_CLOSE,
	     json_pack("{s:o, s:n, s:n}", "totals", shift_totals_to_json(&till->totals), "counted",
		       "fiscal"));
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
