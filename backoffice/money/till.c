/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/till.h"

#include "backoffice/money/money_private.h"
#include "backoffice/stock/shop_day.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* What is being booked of one entry of a journal. */
typedef struct {
	const MoneyTill *from;
	int64_t drawer;
	MoneyRow row; /* as the next one begins; its entry_id goes on */
} Booking;

static bool is_too_large(int64_t amount)
{
	return amount > MONEY_MAX || amount < -MONEY_MAX;
}

static bool refuse_large(const MoneyTill *from, GError **error)
{
	return money_refuse(error, MONEY_ERROR_LARGE,
			    "entry %" PRId64 ": an amount too large for the cash book",
			    from->journal_number);
}

/* A till that came some other way than by till_add() gets its drawer now. */
static bool find_drawer(Store *store, const MoneyTill *from, int64_t *ret, GError **error)
{
	for (int again = 0; again < 2; again++) {
		StoreStatement *row = store_statement(store, "office/money/find_drawer");
		StoreStep step;

		store_bind_int(row, 1, from->till_id);
		step = store_step(row, error);
		if (step == STORE_ROW)
			*ret = store_get_int(row, 0);
		store_reset(row);
		if (step != STORE_DONE)
			return step == STORE_ROW;
		if (!money_usual_accounts(store, from->shop_id, error))
			return false;
	}
	return money_refuse(error, MONEY_ERROR_GONE, "till %" PRId64 " has no drawer",
			    from->till_id);
}

static bool booking_init(Booking *self, Store *store, const MoneyTill *from, int32_t day,
			 GError **error)
{
	*self = (Booking){ .from = from };
	self->row = (MoneyRow){ .shop_id = from->shop_id,
				.at = from->at,
				.day = day,
				.till_id = from->till_id,
				.shift = from->shift,
				.journal_number = from->journal_number,
				.entered_by = from->cashier_id };
	return find_drawer(store, from, &self->drawer, error);
}

/* Nothing is no row. */
static bool book(Booking *self, Store *store, int64_t account, MoneyKind kind, int64_t amount,
		 GError **error)
{
	if (amount == 0)
		return true;
	if (is_too_large(amount))
		return refuse_large(self->from, error);
	self->row.account_id = account;
	self->row.kind = kind;
	self->row.amount = amount;
	self->row.home = amount; /* tills sell in the shop's currency */
	return money_row_write(store, &self->row, error);
}

static bool read_held(Booking *self, Store *store, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/held");

	store_bind_int(row, 1, self->drawer);
	store_bind_int(row, 2, self->from->at);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

static void bind_shift(StoreStatement *statement, const MoneyTill *from)
{
	store_bind_int(statement, 1, from->shop_id);
	store_bind_int(statement, 2, from->till_id);
	store_bind_int(statement, 3, from->shift);
}

/* How far the ledger was when the till said what the drawer held: what money_verify() goes by. */
static bool mark(Store *store, const MoneyTill *from, const char *statement, GError **error)
{
	StoreStatement *set = store_statement(store, statement);

	bind_shift(set, from);
	return store_run(set, error);
}

typedef struct {
	int32_t day;
	int64_t cash, card, rounding, held; /* held: what the till said is in the drawer */
} Told;

/* *ret_known false: the office never heard of this shift. */
static bool read_shift(Store *store, const MoneyTill *from, Told *ret, bool *ret_known,
		       GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/shift");
	StoreStep step;

	bind_shift(row, from);
	step = store_step(row, error);
	*ret_known = step == STORE_ROW;
	if (step == STORE_ROW)
		*ret = (Told){ .day = (int32_t)store_get_int(row, 0),
			       .cash = store_get_int(row, 1),
			       .card = store_get_int(row, 2),
			       .rounding = store_get_int(row, 3),
			       .held = store_get_int(row, 4) };
	store_reset(row);
	return step != STORE_FAILED;
}

/* --- opened -------------------------------------------------------------------------------- */

static bool ask_shift(Store *store, const char *statement, const MoneyTill *from, int64_t *ret,
		      GError **error)
{
	StoreStatement *row = store_statement(store, statement);

	bind_shift(row, from);
	if (store_step(row, error) != STORE_ROW)
		return false;
	*ret = store_get_int(row, 0);
	store_reset(row);
	return true;
}

/* The float is what the drawer held, or it differs: over night somebody took money out or put some
 * in and told nobody. The first one comes from before there was a book. */
static bool book_float(Booking *self, Store *store, int64_t difference, bool is_first,
		       GError **error)
{
	MoneySetting setting;
	int64_t safe;

	if (is_first)
		return book(self, store, self->drawer, MONEY_OPENING, difference, error);
	if (!money_setting_read(store, self->from->shop_id, &setting, error))
		return false;
	if (!setting.overnight_safe)
		return book(self, store, self->drawer, MONEY_DIFFERENCE, difference, error);
	return money_usual_find(store, self->from->shop_id, "safe", &safe, error) &&
	       book(self, store, self->drawer, MONEY_TRANSFER, difference, error) &&
	       book(self, store, safe, MONEY_TRANSFER, -difference, error);
}

bool money_till_opened(Store *store, const MoneyTill *from, int64_t opening_cash, GError **error)
{
	int64_t held, n_shifts, difference;
	Booking self;
	bool known;
	Told told;

	if (is_too_large(opening_cash))
		return refuse_large(from, error);
	if (!read_shift(store, from, &told, &known, error) ||
	    !booking_init(&self, store, from, known ? told.day : 0, error) ||
	    !read_held(&self, store, &held, error) ||
	    !ask_shift(store, "office/money/has_shifts", from, &n_shifts, error))
		return false;
	if (__builtin_sub_overflow(opening_cash, held, &difference))
		return refuse_large(from, error);
	return book_float(&self, store, difference, n_shifts == 0, error) &&
	       mark(store, from, "office/money/set_opened", error);
}

/* --- cash put in and taken out ------------------------------------------------------------- */

static bool find_day(Store *store, const MoneyTill *from, int32_t *ret, GError **error)
{
	g_auto(ShopDays) days = { 0 };
	bool known;
	Told told;

	if (!read_shift(store, from, &told, &known, error))
		return false;
	if (known) {
		*ret = told.day;
		return true;
	}
	if (!shop_days_init(&days, store, from->shop_id, error))
		return false;
	*ret = shop_days_of(&days, from->at);
	return true;
}

static bool find_counter(Store *store, const MoneyTill *from, bool in, int64_t *ret, GError **error)
{
	MoneySetting setting;

	if (!money_setting_read(store, from->shop_id, &setting, error))
		return false;
	*ret = in ? setting.cash_in : setting.cash_out;
	return *ret != 0 || money_usual_find(store, from->shop_id, "safe", ret, error);
}

bool money_till_moved(Store *store, const MoneyTill *from, int64_t amount, GError **error)
{
	MoneyKind kind = amount > 0 ? MONEY_CASH_IN : MONEY_CASH_OUT;
	int64_t counter;
	Booking self;
	int32_t day;

	return find_day(store, from, &day, error) && booking_init(&self, store, from, day, error) &&
	       find_counter(store, from, amount > 0, &counter, error) &&
	       book(&self, store, self.drawer, kind, amount, error) &&
	       book(&self, store, counter, kind, -amount, error);
}

/* --- closed -------------------------------------------------------------------------------- */

/* What was charged in cash, as one sum: a receipt that could not be read is in it too. */
static bool book_cash(Booking *self, Store *store, const Told *told, GError **error)
{
	int64_t back, sales;

	if (!ask_shift(store, "office/money/given_back", self->from, &back, error))
		return false;
	if (__builtin_sub_overflow(told->cash, back, &sales) ||
	    __builtin_sub_overflow(sales, told->rounding, &sales))
		return refuse_large(self->from, error);
	return book(self, store, self->drawer, MONEY_SALES, sales, error) &&
	       book(self, store, self->drawer, MONEY_RETURNS, back, error) &&
	       book(self, store, self->drawer, MONEY_ROUNDING, told->rounding, error);
}

static bool book_difference(Booking *self, Store *store, const Told *told, GError **error)
{
	int64_t held, difference;

	if (!read_held(self, store, &held, error))
		return false;
	if (__builtin_sub_overflow(told->held, held, &difference))
		return refuse_large(self->from, error);
	return book(self, store, self->drawer, MONEY_DIFFERENCE, difference, error);
}

bool money_till_closed(Store *store, const MoneyTill *from, GError **error)
{
	int64_t cards;
	Booking self;
	bool known;
	Told told;

	if (!read_shift(store, from, &told, &known, error))
		return false;
	if (!known)
		return true;
	return booking_init(&self, store, from, told.day, error) &&
	       book_cash(&self, store, &told, error) &&
	       book_difference(&self, store, &told, error) &&
	       money_usual_find(store, from->shop_id, "cards", &cards, error) &&
	       book(&self, store, cards, MONEY_CARD, told.card, error) &&
	       mark(store, from, "office/money/set_closed", error);
}
