/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/stock/shop_day.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define TWICE_DAYS 180 /* one reference of a supplier's is one payment for so long, either way */
#define FIRST_DAY 20000101

/* --- accounts and amounts ------------------------------------------------------------------ */

static bool read_account(Store *store, int64_t id, MoneyAccount **ret, GError **error)
{
	*ret = money_account_read(store, id, error);
	if (*ret == NULL)
		return false;
	return !(*ret)->closed || money_refuse(error, MONEY_ERROR_INVALID,
					       _("The account “%s” is closed."), (*ret)->name);
}

static bool check_transfer(Store *store, MoneyDraft *self, GError **error)
{
	MoneyEntry *told = &self->told;

	if (!read_account(store, told->to_account, &self->other, error))
		return false;
	if (self->other->id == self->account->id)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("Money goes from one account to another, not to itself."));
	if (told->to_amount == 0 && self->account->currency == self->other->currency)
		told->to_amount = told->amount;
	if (told->to_amount <= 0 || told->to_amount > MONEY_MAX)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("The accounts have different currencies: say how much came "
				      "in, too."));
	return self->account->currency != self->other->currency ||
	       told->to_amount == told->amount ||
	       money_refuse(error, MONEY_ERROR_INVALID,
			    _("What goes out comes in: enter a fee as an expense of its own."));
}

static bool check_amount(const MoneyDraft *self, GError **error)
{
	const MoneyEntry *told = &self->told;
	bool zero_is_one = told->kind == MONEY_DIFFERENCE;

	if (told->amount > MONEY_MAX || told->amount < -MONEY_MAX)
		return money_refuse(error, MONEY_ERROR_LARGE, _("This amount is too large."));
	/* An account at the bank may begin overdrawn; what a drawer was short of is below zero. */
	if (told->kind == MONEY_OPENING || self->settles != 0)
		return true;
	return told->amount > 0 || (told->amount == 0 && zero_is_one) ||
	       money_refuse(error, MONEY_ERROR_INVALID, _("The amount has to be above zero."));
}

/* --- what belongs to a kind ---------------------------------------------------------------- */

static bool find_row(Store *store, const char *statement, int64_t id, int64_t *ret_first,
		     bool *ret_found, GError **error)
{
	StoreStatement *row = store_statement(store, statement);
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	*ret_found = step == STORE_ROW;
	*ret_first = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool check_expense_kind(Store *store, const MoneyEntry *told, GError **error)
{
	StoreStatement *row = store_statement(store, "office/money/expense_group");
	bool is_income = false, found;
	StoreStep step;

	store_bind_int(row, 1, told->expense_kind);
	step = store_step(row, error);
	found = step == STORE_ROW;
	if (found)
		is_income = strcmp(store_get_text(row, 0), "income") == 0;
	store_reset(row);
	if (step == STORE_FAILED)
		return false;
	if (!found)
		return money_refuse(error, MONEY_ERROR_GONE, _("Choose what it was for."));
	return is_income == (told->kind == MONEY_INCOME) ||
	       money_refuse(error, MONEY_ERROR_INVALID,
			    _("Expenses and other income have kinds of their own."));
}

static bool check_supplier(Store *store, const MoneyEntry *told, GError **error)
{
	int64_t first;
	bool found;

	if (!find_row(store, "office/money/find_supplier", told->supplier_id, &first, &found,
		      error))
		return false;
	if (!found)
		return money_refuse(error, MONEY_ERROR_GONE, _("Choose the supplier."));
	if (told->document_id == 0)
		return true;
	if (!find_row(store, "office/money/find_document", told->document_id, &first, &found,
		      error))
		return false;
	return (found && first == told->supplier_id) ||
	       money_refuse(error, MONEY_ERROR_GONE,
			    _("This document is none of the supplier's, or is not posted."));
}

static bool check_person(Store *store, const MoneyEntry *told, GError **error)
{
	int64_t first;
	bool found;

	return find_row(store, "office/money/find_person", told->person_id, &first, &found,
			error) &&
	       (found || money_refuse(error, MONEY_ERROR_GONE, _("Choose who was paid.")));
}

static bool check_opening(Store *store, const MoneyDraft *self, GError **error)
{
	int64_t number, told_at;
	bool found;

	if (!find_row(store, "office/money/has_opening", self->told.account_id, &number, &found,
		      error))
		return false;
	if (self->told.amount < 0 && self->account->place != MONEY_BANK)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("A drawer or safe cannot hold less than nothing."));
	if (number != 0)
		return money_refuse(error, MONEY_ERROR_STATE,
				    _("“%s” has an opening balance already: reverse entry "
				      "№ %" PRId64 " first."),
				    self->account->name, number);
	if (!find_row(store, "office/money/told_at", self->told.account_id, &told_at, &found,
		      error))
		return false;
	return told_at == 0 || self->account->place != MONEY_DRAWER ||
	       money_refuse(error, MONEY_ERROR_STATE,
			    _("This drawer began with its first shift; there is nothing to open."));
}

/* What the kind does not take is nothing. */
static bool check_kind(Store *store, MoneyDraft *self, GError **error)
{
	MoneyEntry *told = &self->told;
	MoneyKind kind = told->kind;
	bool of_supplier = kind == MONEY_SUPPLIER_PAYMENT || kind == MONEY_SUPPLIER_REFUND;
	bool of_expense = kind == MONEY_EXPENSE || kind == MONEY_INCOME;

	if (!of_supplier)
		told->supplier_id = told->document_id = 0;
	if (!of_expense)
		told->expense_kind = 0;
	if (kind != MONEY_PAY)
		told->person_id = 0;
	if (kind == MONEY_TRANSFER)
		return check_transfer(store, self, error);
	if (kind == MONEY_OPENING)
		return check_opening(store, self, error);
	return (!of_expense || check_expense_kind(store, told, error)) &&
	       (!of_supplier || check_supplier(store, told, error)) &&
	       (kind != MONEY_PAY || check_person(store, told, error));
}

static bool check_texts(MoneyDraft *self, GError **error)
{
	self->reference = money_dup_text(self->told.reference);
	self->note = money_dup_text(self->told.note);
	return (money_text_is_sound(self->reference) && money_text_is_sound(self->note)) ||
	       money_refuse(error, MONEY_ERROR_INVALID,
			    _("Number of the paper and note are no longer than %d characters, in "
			      "one line."),
			    MONEY_TEXT_MAX);
}

/* --- when ---------------------------------------------------------------------------------- */

/* Of a day that is over: its end, and of a balance that it opens with, its beginning. */
static bool moment_of_day(const ShopDays *days, int32_t day, bool beginning, int64_t *ret)
{
	int year = day / 10000, month = day / 100 % 100, mday = day % 100;
	g_autoptr(GDateTime) begin = g_date_time_new(days->zone, year, month, mday, 0, 0, 0);
	g_autoptr(GDateTime) next = begin != NULL ? g_date_time_add_days(begin, 1) : NULL;

	if (next == NULL)
		return false;
	*ret = beginning ? g_date_time_to_unix(begin) * G_USEC_PER_SEC
			 : g_date_time_to_unix(next) * G_USEC_PER_SEC - 1;
	return true;
}

bool money_counted_since(Store *store, const MoneyAccount *account, int64_t at, bool *ret,
			 GError **error)
{
	int64_t told_at = 0;
	bool found;

	if (account->place == MONEY_DRAWER &&
	    !find_row(store, "office/money/told_at", account->id, &told_at, &found, error))
		return false;
	*ret = told_at >= at && told_at != 0;
	return true;
}

static bool check_drawer(Store *store, const MoneyAccount *account, int64_t at, GError **error)
{
	bool since;

	if (!money_counted_since(store, account, at, &since, error))
		return false;
	return !since ||
	       money_refuse(error, MONEY_ERROR_STATE,
			    _("The till of “%s” has told since then what is in its drawer: say "
			      "what that difference was, or enter it as of now."),
			    account->name);
}

static bool fill_moment(const ShopDays *days, MoneyEntry *told)
{
	int64_t now = g_get_real_time();
	int32_t today = shop_days_of(days, now);

	if (told->at != 0) {
		told->day = shop_days_of(days, told->at);
		if (told->at > now || told->day < FIRST_DAY)
			return false;
		return told->kind != MONEY_OPENING ||
		       moment_of_day(days, told->day, true, &told->at);
	}
	if (told->day == 0)
		told->day = today;
	if (told->day > today || told->day < FIRST_DAY)
		return false;
	told->at = now;
	return (told->day == today && told->kind != MONEY_OPENING) ||
	       moment_of_day(days, told->day, told->kind == MONEY_OPENING, &told->at);
}

static bool require_months(Store *store, const MoneyDraft *self, GError **error)
{
	int32_t day = self->told.day;

	return money_require_open(store, self->account->shop_id, day, self->person_id, error) &&
	       (self->other == NULL ||
		money_require_open(store, self->other->shop_id, day, self->person_id, error));
}

bool money_draft_when(Store *store, MoneyDraft *self, GError **error)
{
	g_auto(ShopDays) days = { 0 };

	if (self->settles != 0) /* its moment is the till's, and drawers hold what they held */
		return require_months(store, self, error);
	if (!shop_days_init(&days, store, self->account->shop_id, error))
		return false;
	if (!fill_moment(&days, &self->told))
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("Money moves on a day since 2000, and not later than now."));
	return require_months(store, self, error) &&
	       check_drawer(store, self->account, self->told.at, error) &&
	       (self->other == NULL || check_drawer(store, self->other, self->told.at, error));
}

/* --- twice, and more than there is --------------------------------------------------------- */

static int32_t days_from(int32_t day, int n)
{
	GDate date;

	g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
	if (n < 0)
		g_date_subtract_days(&date, (guint)-n);
	else
		g_date_add_days(&date, (guint)n);
	return g_date_get_year(&date) * 10000 + (int)g_date_get_month(&date) * 100 +
	       g_date_get_day(&date);
}

static bool refuse_twice(StoreStatement *row, GError **error)
{
	int32_t day = (int32_t)store_get_int(row, 1);
	int64_t amount = store_get_int(row, 2);
	g_autofree char *sum =
		money_dup_amount(amount < 0 ? -amount : amount, (uint16_t)store_get_int(row, 3));
	const char *person = store_get_text(row, 4), *reference = store_get_text(row, 6);
	g_autofree char *paper =
		*reference != '\0' ? g_strdup_printf(_(", paper “%s”"), reference) : g_strdup("");

	money_refuse(error, MONEY_ERROR_TWICE,
		     /* Translators: number of the entry, day, amount, perhaps its paper, who. */
		     _("This stands there already: entry № %" PRId64
		       " of %04d-%02d-%02d, %s%s, entered by %s. If it really is another one, "
		       "enter it again and say so."),
		     store_get_int(row, 0), day / 10000, day / 100 % 100, day % 100, sum, paper,
		     *person != '\0' ? person : _("command line"));
	store_reset(row);
	return false;
}

static bool check_twice(Store *store, const MoneyDraft *self, GError **error)
{
	const MoneyEntry *told = &self->told;
	StoreStatement *row;
	StoreStep step;

	if (told->supplier_id == 0 || told->again)
		return true;
	row = store_statement(store, "office/money/twice");
	store_bind_int(row, 1, told->supplier_id);
	store_bind_text(row, 2, money_kind_code(told->kind));
	store_bind_int(row, 3, told->kind == MONEY_SUPPLIER_PAYMENT ? -told->amount : told->amount);
	store_bind_int(row, 4, self->account->currency);
	store_bind_int(row, 5, told->day);
	store_bind_text(row, 6, self->reference);
	store_bind_int(row, 7, days_from(told->day, -TWICE_DAYS));
	store_bind_int(row, 8, days_from(told->day, TWICE_DAYS));
	step = store_step(row, error);
	if (step == STORE_ROW)
		return refuse_twice(row, error);
	return step == STORE_DONE;
}

static bool refuse_empty(const MoneyAccount *account, int64_t there, GError **error)
{
	g_autofree char *sum = money_dup_amount(there, account->currency);

	return money_refuse(error, MONEY_ERROR_EMPTY,
			    _("There is not so much money in “%s”: %s. Enter first how it came "
			      "there, or say that it is so all the same."),
			    account->name, sum);
}

/* Neither on that day nor now may a drawer or safe have less than nothing. */
static bool check_there(Store *store, const MoneyDraft *self, GError **error)
{
	const MoneyAccount *account = self->account;
	int64_t then, now;

	if (account->place == MONEY_BANK || self->told.below_zero)
		return true;
	if (!money_balance(store, account->id, self->told.day, &then, error) ||
	    !money_balance(store, account->id, 0, &now, error))
		return false;
	then += account->selling;
	now += account->selling;
	return self->told.amount <= MIN(then, now) || refuse_empty(account, MIN(then, now), error);
}

/* What is there becomes what it is more or less than the ledger had: at the end of the day that is
 * counted, before the day that an account opens with. */
static bool take_stand(Store *store, MoneyDraft *self, GError **error)
{
	MoneyEntry *told = &self->told;
	int64_t held;

	if (told->kind == MONEY_DIFFERENCE && self->account->place == MONEY_DRAWER)
		return money_refuse(
			error, MONEY_ERROR_INVALID,
			_("A drawer is counted at its till, when the shift is closed."));
	if (!money_balance(store, self->account->id,
			   told->kind == MONEY_OPENING ? days_from(told->day, -1) : told->day,
			   &held, error))
		return false;
	if (__builtin_sub_overflow(told->amount, held, &told->amount))
		return money_refuse(error, MONEY_ERROR_LARGE, _("This amount is too large."));
	return told->amount != 0 ||
	       money_refuse(error, MONEY_ERROR_STATE,
			    _("It is exactly what it should be: there is nothing to enter."));
}

bool money_draft_check(Store *store, MoneyDraft *self, GError **error)
{
	MoneyKind kind = self->told.kind;
	bool is_settling = self->settles != 0;
	bool is_stand = kind == MONEY_DIFFERENCE || kind == MONEY_OPENING;
	bool goes_out = kind == MONEY_EXPENSE || kind == MONEY_SUPPLIER_PAYMENT ||
			kind == MONEY_PAY || kind == MONEY_TRANSFER;

	return read_account(store, self->told.account_id, &self->account, error) &&
	       check_amount(self, error) && check_texts(self, error) &&
	       check_kind(store, self, error) && money_draft_when(store, self, error) &&
	       check_twice(store, self, error) &&
	       (!goes_out || is_settling || check_there(store, self, error)) &&
	       (!is_stand || is_settling || take_stand(store, self, error));
}
