/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/sales/ingest_rows.h"

#include "backoffice/money/till.h"
#include "core/shift.h"

typedef enum { SHIFT_UNKNOWN, SHIFT_OPEN, SHIFT_CLOSED } ShiftState;

static bool read_state(Ingest *self, int64_t number, ShiftState *ret, GError **error)
{
	StoreStatement *read = store_statement(self->store, "office/ingest/shift_closed_at");
	StoreStep step;

	store_bind_int(read, 1, self->till->shop_id);
	store_bind_int(read, 2, self->till->till_id);
	store_bind_int(read, 3, number);
	step = store_step(read, error);
	*ret = step != STORE_ROW	? SHIFT_UNKNOWN
	       : store_is_null(read, 0) ? SHIFT_OPEN
					: SHIFT_CLOSED;
	store_reset(read);
	return step != STORE_FAILED;
}

static bool write_shift(Ingest *self, const JournalEntry *entry, int64_t day, int64_t opening_cash,
			GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ingest/insert_shift");

	store_bind_int(insert, 1, self->till->shop_id);
	store_bind_int(insert, 2, self->till->till_id);
	store_bind_int(insert, 3, entry->shift);
	store_bind_int(insert, 4, day);
	store_bind_int(insert, 5, entry->at);
	store_bind_int(insert, 6, entry->cashier);
	store_bind_int(insert, 7, opening_cash);
	return store_run(insert, error);
}

static MoneyTill money_from(const Ingest *self, const JournalEntry *entry)
{
	return (MoneyTill){ .shop_id = self->till->shop_id,
			    .till_id = self->till->till_id,
			    .shift = entry->shift,
			    .journal_number = entry->number,
			    .at = entry->at,
			    .cashier_id = entry->cashier };
}

bool ingest_shift_open(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error)
{
	const MoneyTill from = money_from(self, entry);
	int64_t opening_cash, day;
	ShiftState state;

	if (!ingest_get_int(body, "float", &opening_cash, error) ||
	    !ingest_get_day(body, "day", &day, error) ||
	    !read_state(self, entry->shift, &state, error))
		return false;
	if (state != SHIFT_UNKNOWN)
		return ingest_poison(error, "this shift was opened before");
	return write_shift(self, entry, day, opening_cash, error) &&
	       money_till_opened(self->store, &from, opening_cash, error);
}

static void bind_totals(StoreStatement *close, const ShiftTotals *totals, Money expected)
{
	store_bind_int(close, 6, totals->n_sales);
	store_bind_int(close, 7, totals->n_returns);
	store_bind_int(close, 8, totals->n_voided);
	store_bind_int(close, 9, totals->sales.minor);
	store_bind_int(close, 10, totals->returns.minor);
	store_bind_int(close, 11, totals->discount.minor);
	store_bind_int(close, 12, totals->tax.minor);
	store_bind_int(close, 13, totals->kept[TENDER_CASH].minor);
	store_bind_int(close, 14, totals->kept[TENDER_CARD].minor);
	store_bind_int(close, 15, totals->cash_in.minor);
	store_bind_int(close, 16, totals->cash_out.minor);
	store_bind_int(close, 17, expected.minor);
	store_bind_int(close, 19, totals->rounding.minor);
}

static bool write_close(Ingest *self, const JournalEntry *entry, const ShiftTotals *totals,
			Money expected, const json_t *counted, GError **error)
{
	StoreStatement *close = store_statement(self->store, "office/ingest/close_shift");

	store_bind_int(close, 1, self->till->shop_id);
	store_bind_int(close, 2, self->till->till_id);
	store_bind_int(close, 3, entry->shift);
	store_bind_int(close, 4, entry->at);
	store_bind_int(close, 5, entry->cashier);
	bind_totals(close, totals, expected);
	if (json_is_integer(counted))
		store_bind_int(close, 18, json_integer_value(counted));
	return store_run(close, error);
}

/* Where the shop has set it so, the daily report is to come out now; whoever prints reads it after
 * the commit (backoffice/print). */
static bool ask_for_report(Ingest *self, int64_t shift, GError **error)
{
	StoreStatement *ask = store_statement(self->store, "office/day/ask_at_close");

	store_bind_int(ask, 1, self->till->shop_id);
	store_bind_int(ask, 2, self->till->till_id);
	store_bind_int(ask, 3, shift);
	store_bind_int(ask, 4, g_get_real_time());
	return store_run(ask, error);
}

bool ingest_shift_close(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error)
{
	const json_t *counted = json_object_get(body, "counted");
	const json_t *registrar = json_object_get(json_object_get(body, "fiscal"), "totals");
	const MoneyTill from = money_from(self, entry);
	ShiftTotals totals;
	Money expected;
	ShiftState state;

	if (!shift_totals_from_json(json_object_get(body, "totals"), &totals) ||
	    !shift_totals_expected_cash(&totals, &expected))
		return ingest_poison(error, "its totals cannot be read");
	if (counted != NULL && !json_is_null(counted) && !json_is_integer(counted))
		return ingest_poison(error, "its 'counted' is no amount");
	if (!ingest_registrar_check(registrar, error) ||
	    !read_state(self, entry->shift, &state, error))
		return false;
	if (state != SHIFT_OPEN)
		return ingest_poison(error, "this shift is not open");
	return write_close(self, entry, &totals, expected, counted, error) &&
	       ingest_registrar(self, entry, registrar, error) &&
	       money_till_closed(self->store, &from, error) &&
	       ask_for_report(self, entry->shift, error);
}

bool ingest_cash(Ingest *self, const JournalEntry *entry, const json_t *body, GError **error)
{
	StoreStatement *insert = store_statement(self->store, "office/ingest/insert_cash");
	const json_t *slip = json_object_get(body, "slip");
	const MoneyTill from = money_from(self, entry);
	int64_t amount;

	if (!ingest_get_int(body, "amount", &amount, error))
		return false;
	if (amount < 0)
		return ingest_poison(error, "its 'amount' is negative");
	store_bind_int(insert, 1, self->till->shop_id);
	store_bind_int(insert, 2, self->till->till_id);
	store_bind_int(insert, 3, entry->number);
	store_bind_int(insert, 4, entry->shift);
	store_bind_int(insert, 5, entry->at);
	store_bind_int(insert, 6, entry->cashier);
	amount = entry->kind == JOURNAL_CASH_IN ? amount : -amount;
	store_bind_int(insert, 7, amount);
	if (json_is_integer(slip))
		store_bind_int(insert, 8, json_integer_value(slip));
	return store_run(insert, error) && money_till_moved(self->store, &from, amount, error);
}
