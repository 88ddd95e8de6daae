/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/hub/fake_till.h"

static const TaxGroup taxes[] = {
	{ .id = 1,
	  .code = "VAT22",
	  .n_rates = 1,
	  .rates = { { "VAT", 2200, true, 20260101, FISCAL_TAX_STANDARD } } },
	{ .id = 2,
	  .code = "VAT10",
	  .n_rates = 1,
	  .rates = { { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } },
	{ .id = 9,
	  .code = "TWO",
	  .n_rates = 2,
	  .rates = { { "SALES", 600, false, 0, FISCAL_TAX_OTHER },
		     { "VAT", 1000, true, 0, FISCAL_TAX_REDUCED } } },
};

static void entry_free(void *entry)
{
	journal_entry_clear(entry);
	g_free(entry);
}

void fake_till_init(FakeTill *self)
{
	*self = (FakeTill){ .entries = g_ptr_array_new_with_free_func(entry_free),
			    .hash = JOURNAL_FIRST_HASH,
			    .at = FAKE_NIGHT,
			    .cashier = 2,
			    .day = FAKE_DAY };
}

void fake_till_clear(FakeTill *self)
{
	g_clear_pointer(&self->entries, g_ptr_array_unref);
}

void fake_till_note(FakeTill *self, JournalKind kind, json_t *details)
{
	JournalEntry *entry = g_new0(JournalEntry, 1);

	self->at += G_USEC_PER_SEC;
	journal_entry_seal(entry, self->entries->len + 1, self->at, kind, self->cashier,
			   self->shift, details, NULL, self->hash);
	json_decref(details);
	g_strlcpy(self->hash, entry->hash, sizeof self->hash);
	g_ptr_array_add(self->entries, entry);
}

void fake_till_open_shift(FakeTill *self, int64_t cash)
{
	self->shift++;
	fake_till_note(self, JOURNAL_SHIFT_OPEN,
		       json_pack("{s:I, s:i}", "float", (json_int_t)cash, "day", self->day));
}

void fake_till_close_shift(FakeTill *self, const ShiftTotals *totals, int64_t counted)
{
	fake_till_note(self, JOURNAL_SHIFT_CLOSE,
		       json_pack("{s:o, s:I, s:n}", "totals", shift_totals_to_json(totals),
				 "counted", (json_int_t)counted, "fiscal"));
}

void fake_till_sell(FakeTill *self, const Receipt *receipt)
{
	g_autofree char *number = g_strdup_printf("T1-%06d", (int)++self->seq);

	fake_till_note(self, JOURNAL_RECEIPT,
		       json_pack("{s:o, s:s, s:I, s:i, s:{s:i, s:i, s:I, s:s, s:s, s:s}}",
				 "receipt", receipt_to_json(receipt), "number", number, "seq",
				 (json_int_t)self->seq, "day", self->day, "fiscal", "document",
				 100 + (int)self->seq, "shift", 7, "receipt", (json_int_t)self->seq,
				 "sign", "3849583049", "serial", "9999078900001234", "at",
				 "2026-11-24T00:30"));
}

static void add_line(Receipt *receipt, GRand *rand)
{
	int item = g_rand_int_range(rand, 1, 51);
	bool weighed = item % 5 == 0;
	g_autofree char *name = g_strdup_printf("Товар %d", item);
	ReceiptGoods goods = {
		.item_id = item,
		.code = "4600000000001",
		.name = name,
		.unit = weighed ? UNIT_KILOGRAM : UNIT_PIECE,
		.price = { g_rand_int_range(rand, 1000, 100000), FAKE_RUB },
		.tax = &taxes[item % G_N_ELEMENTS(taxes)],
	};
	Quantity quantity = { weighed ? g_rand_int_range(rand, 5, 3000) * 1000
				      : g_rand_int_range(rand, 1, 6) * QUANTITY_ONE };
	Discount percent = { DISCOUNT_PERCENT, g_rand_int_range(rand, 1, 3000) };
	g_autoptr(GError) error = NULL;
	int number;

	receipt_add(receipt, &goods, quantity, &number, &error);
	g_assert_no_error(error);
	if (g_rand_int_range(rand, 0, 4) == 0)
		g_assert_true(receipt_discount_line(receipt, number, percent, NULL));
	if (g_rand_int_range(rand, 0, 10) == 0 && number > 1)
		g_assert_true(receipt_void_line(receipt, number, NULL));
}

static void pay(Receipt *receipt, GRand *rand)
{
	Money due = receipt_get_totals(receipt)->due, part = due, rest = due;

	if (g_rand_boolean(rand) && due.minor > 1) {
		part.minor = g_rand_int_range(rand, 1, (gint32)MIN(due.minor, G_MAXINT32));
		rest.minor -= part.minor;
		g_assert_true(receipt_pay(receipt, TENDER_CARD, part, "RRN 004213", NULL));
	}
	if (rest.minor > 0) {
		rest.minor += g_rand_int_range(rand, 0, 5000);
		g_assert_true(receipt_pay(receipt, TENDER_CASH, rest, NULL, NULL));
	}
}

Receipt *fake_receipt(ReceiptKind kind, int n_lines, guint32 seed)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
	Receipt *receipt = receipt_new(kind, FAKE_RUB, TAX_PER_LINE);
	Discount tenth = { DISCOUNT_PERCENT, 1000 };

	for (int i = 0; i < n_lines; i++)
		add_line(receipt, rand);
	if (g_rand_int_range(rand, 0, 3) == 0)
		g_assert_true(receipt_discount(receipt, tenth, NULL));
	if (kind == RECEIPT_RETURN)
		g_assert_true(receipt_pay(receipt, TENDER_CASH, receipt_get_totals(receipt)->due,
					  NULL, NULL));
	else
		pay(receipt, rand);
	return receipt;
}

const JournalEntry *fake_till_get(const FakeTill *self, guint index)
{
	return self->entries->pdata[index];
}

void fake_body_add(GString *body, const char *text, const char *hash)
{
	json_auto_t *line = json_pack("{s:s, s:s}", "hash", hash, "body", text);
	char *dump = json_dumps(line, JSON_COMPACT);

	g_string_append(body, dump);
	g_string_append_c(body, '\n');
	free(dump);
}

GString *fake_till_dup_body(const FakeTill *self, guint from, guint to)
{
	GString *body = g_string_new(NULL);

	for (guint i = from; i < to; i++)
		fake_body_add(body, fake_till_get(self, i)->body, fake_till_get(self, i)->hash);
	return body;
}
