/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/office/day_shop.h"

#include "backoffice/sales/ingest.h"

void day_sums_init(DaySums *self)
{
	*self = (DaySums){ .items = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
							  g_free) };
}

void day_sums_clear(DaySums *self)
{
	g_hash_table_unref(self->items);
}

static void add_item(DaySums *self, int64_t item_id, int64_t net)
{
	int64_t *sum = g_hash_table_lookup(self->items, &item_id);

	if (sum == NULL) {
		sum = g_new0(int64_t, 1);
		g_hash_table_insert(self->items, g_memdup2(&item_id, sizeof item_id), sum);
	}
	*sum += net;
}

void day_sums_add(DaySums *self, const Receipt *receipt, int hour)
{
	const ReceiptTotals *totals = receipt_get_totals(receipt);
	bool is_return = receipt_get_kind(receipt) == RECEIPT_RETURN;
	int64_t sign = is_return ? -1 : 1;
	int64_t cash = receipt_get_kept(receipt, TENDER_CASH).minor;
	int64_t card = receipt_get_kept(receipt, TENDER_CARD).minor;

	self->receipts++;
	self->returns += is_return;
	self->returned += is_return ? -totals->total.minor : 0;
	self->gross += sign * totals->gross.minor;
	self->discount += sign * totals->discount.minor;
	self->tax += sign * totals->tax.minor;
	self->net += sign * totals->total.minor;
	self->rounding += sign * totals->rounding.minor;
	self->cash += sign * cash;
	self->card += sign * card;
	self->n_cash += cash != 0;
	self->n_card += card != 0;
	self->hours[hour] += sign * totals->total.minor;
	for (int i = 0; i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		if (!line->voided)
			add_item(self, line->item_id, sign * (line->net.minor + line->added.minor));
	}
}

/* --- the shop ------------------------------------------------------------------------------ */

void day_shop_init(DayShop *self)
{
	fake_office_init(&self->office);
	day_sums_init(&self->sums);
	for (int i = 0; i < 2; i++) {
		g_autofree char *name = g_strdup_printf("Касса %d", i + 1);
		g_autofree char *code = fake_office_add_till(&self->office, name);

		fake_till_init(&self->tills[i]);
		fake_till_open_shift(&self->tills[i], 50000);
		self->sent[i] = 0;
	}
	fake_office_add_goods(&self->office, 50);
}

void day_shop_clear(DayShop *self)
{
	for (int i = 0; i < 2; i++)
		fake_till_clear(&self->tills[i]);
	day_sums_clear(&self->sums);
	fake_office_clear(&self->office);
}

/* Of the receipt that was noted last, on the wall clock of Moscow: three hours ahead, all year. */
static int hour_of(const FakeTill *till)
{
	return (int)((till->at / G_USEC_PER_SEC + 3 * 3600) % 86400 / 3600);
}

void day_shop_sell(DayShop *self, int till, ReceiptKind kind, int lines, guint32 seed)
{
	g_autoptr(Receipt) receipt = fake_receipt(kind, lines, seed);

	fake_till_sell(&self->tills[till], receipt);
	day_sums_add(&self->sums, receipt, hour_of(&self->tills[till]));
}

void day_shop_close(DayShop *self, int till)
{
	ShiftTotals totals;

	shift_totals_init(&totals, FAKE_RUB, (Money){ 50000, FAKE_RUB });
	fake_till_close_shift(&self->tills[till], &totals, 50000);
}

void day_shop_send(DayShop *self, int till)
{
	const IngestTill who = { 1, till + 1, FAKE_RUB, "Europe/Moscow" };
	const FakeTill *from = &self->tills[till];
	guint n = from->entries->len - self->sent[till];
	g_autofree IngestEntry *entries = g_new0(IngestEntry, n + 1);
	g_autoptr(GError) error = NULL;
	IngestResult result;

	for (guint i = 0; i < n; i++) {
		const JournalEntry *entry = fake_till_get(from, self->sent[till] + i);

		entries[i] = (IngestEntry){ entry->body, entry->hash };
	}
	ingest_batch(self->office.store, &who, entries, n, &result, &error);
	g_assert_no_error(error);
	g_assert_cmpint(result.quarantined, ==, 0);
	self->sent[till] = from->entries->len;
}

DayReport *day_shop_report(DayShop *self)
{
	const DayQuery query = {
		.shop_id = 1, .day = FAKE_DAY, .with_cost = true, .with_acts = true
	};
	g_autoptr(GError) error = NULL;
	DayReport *report = day_report_read(self->office.store, &query, &error);

	g_assert_no_error(error);
	return report;
}
