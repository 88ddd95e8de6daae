/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* A row as it stands, and whether another took it back. */
typedef struct {
	int64_t id;
	MoneyRow row; /* its texts are not read */
	bool reversed;
} Standing;

static Standing standing_of_row(StoreStatement *s)
{
	Standing self = {
		.id = store_get_int(s, 0),
		.row = { .account_id = store_get_int(s, 1),
			 .shop_id = store_get_int(s, 2),
			 .at = store_get_int(s, 3),
			 .day = (int32_t)store_get_int(s, 4),
			 .amount = store_get_int(s, 6),
			 .home = store_get_int(s, 7),
			 .expense_kind = store_get_int(s, 8),
			 .supplier_id = store_get_int(s, 9),
			 .document_id = store_get_int(s, 10),
			 .person_id = store_get_int(s, 11),
			 .till_id = store_get_int(s, 12),
			 .reverses = store_get_int(s, 13),
			 .settles = store_get_int(s, 14) },
		.reversed = store_get_int(s, 15) != 0,
	};

	if (!money_kind_parse(store_get_text(s, 5), &self.row.kind))
		self.row.kind = MONEY_N_KINDS;
	return self;
}

/* Of Standing; MONEY_ERROR_GONE. */
static GArray *read_entry(Store *store, int64_t number, GError **error)
{
	g_autoptr(GArray) rows = g_array_new(false, false, sizeof(Standing));
	StoreStatement *read = store_statement(store, "office/money/entry");
	StoreStep step;

	store_bind_int(read, 1, number);
	while ((step = store_step(read, error)) == STORE_ROW) {
		Standing row = standing_of_row(read);

		g_array_append_val(rows, row);
	}
	if (step == STORE_FAILED)
		return NULL;
	if (rows->len > 0)
		return g_steal_pointer(&rows);
	money_refuse(error, MONEY_ERROR_GONE, _("There is no entry № %" PRId64 "."), number);
	return NULL;
}

static bool write_back(Store *store, const GArray *rows, const char *reason, int64_t person_id,
		       int64_t *ret_number, GError **error)
{
	int64_t number = 0;

	for (guint i = 0; i < rows->len; i++) {
		const Standing *was = &g_array_index(rows, Standing, i);
		MoneyRow row = was->row;

		row.entry_id = number;
		row.amount = -row.amount;
		row.home = -row.home;
		row.reverses = was->id;
		row.settles = row.till_id = 0;
		row.entered_by = person_id;
		row.note = reason;
		if (!money_row_write(store, &row, error))
			return false;
		number = row.entry_id;
	}
	*ret_number = number;
	return true;
}

static bool audit_reversed(Store *store, int64_t number, const char *reason, int64_t person_id,
			   GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" PRId64, number);
	g_autofree char *before = money_dup_json(store, number, error);

	return before != NULL &&
	       audit_change(store, person_id, "money-reverse", subject, before, NULL, error);
}

/* --- what a person entered ----------------------------------------------------------------- */

static bool check_reversible(const Standing *row, GError **error)
{
	if (row->row.till_id != 0)
		return money_refuse(error, MONEY_ERROR_STATE,
				    _("A till told this, so it stays. Cash taken out or put in, or "
				      "a difference, can be settled: say what it was."));
	if (row->row.reverses != 0)
		return money_refuse(
			error, MONEY_ERROR_STATE,
			_("This entry takes another one back: enter that anew instead."));
	if (row->reversed)
		return money_refuse(error, MONEY_ERROR_STATE,
				    _("This entry was taken back already."));
	return row->row.settles == 0 ||
	       money_refuse(
		       error, MONEY_ERROR_STATE,
		       _("This entry says what cash of a till was: settle that anew instead."));
}

static bool check_row(Store *store, const Standing *row, int64_t person_id, GError **error)
{
	g_autoptr(MoneyAccount) account = NULL;
	bool since;

	if (!check_reversible(row, error) ||
	    !rights_require(store, person_id, money_kind_right(row->row.kind), error) ||
	    !money_require_open(store, row->row.shop_id, row->row.day, person_id, error))
		return false;
	account = money_account_read(store, row->row.account_id, error);
	if (account == NULL || !money_counted_since(store, account, row->row.at, &since, error))
		return false;
	return !since ||
	       money_refuse(
		       error, MONEY_ERROR_STATE,
		       _("The till of “%s” has told since then what is in its drawer: say what "
			 "its difference was instead."),
		       account->name);
}

static bool reverse(Store *store, int64_t number, const char *reason, int64_t person_id,
		    int64_t *ret_number, GError **error)
{
	g_autofree char *text = money_dup_text(reason);
	g_autoptr(GArray) rows = read_entry(store, number, error);

	if (rows == NULL)
		return false;
	if (!money_text_is_sound(text))
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("A reason is no longer than %d characters, in one line."),
				    MONEY_TEXT_MAX);
	for (guint i = 0; i < rows->len; i++)
		if (!check_row(store, &g_array_index(rows, Standing, i), person_id, error))
			return false;
	return audit_reversed(store, number, text, person_id, error) &&
	       write_back(store, rows, text, person_id, ret_number, error);
}

bool money_reverse(Store *store, int64_t number, const char *reason, int64_t person_id,
		   int64_t *ret_number, GError **error)
{
	int64_t back;

	if (!store_begin(store, error))
		return false;
	if (!reverse(store, number, reason, person_id, &back, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_number = back;
	return true;
}

/* --- what a till told ---------------------------------------------------------------------- */

static bool can_be_settled(MoneyKind kind)
{
	return kind == MONEY_CASH_IN || kind == MONEY_CASH_OUT || kind == MONEY_DIFFERENCE ||
	       kind == MONEY_OPENING || kind == MONEY_TRANSFER;
}

/* Leaves of a till's entry what can be settled: of a closed shift, what it was over or short. */
static void keep_settleable(GArray *rows)
{
	for (guint i = rows->len; i > 0; i--)
		if (!can_be_settled(g_array_index(rows, Standing, i - 1).row.kind))
			g_array_remove_index(rows, i - 1);
}

/* *ret_now: the rows that say now what it was, of Standing. */
static bool find_now(Store *store, int64_t number, GArray *told, GArray **ret_now, GError **error)
{
	StoreStatement *row;
	int64_t settled;

	if (!g_array_index(told, Standing, 0).reversed) {
		*ret_now = g_array_ref(told);
		return true;
	}
	row = store_statement(store, "office/money/settled");
	store_bind_int(row, 1, number);
	if (store_step(row, error) != STORE_ROW)
		return false;
	settled = store_get_int(row, 0);
	store_reset(row);
	*ret_now = read_entry(store, settled, error);
	return *ret_now != NULL;
}

static bool check_direction(const MoneyEntry *entry, int64_t cash, GError **error)
{
	bool out = entry->kind == MONEY_EXPENSE || entry->kind == MONEY_PAY ||
		   entry->kind == MONEY_SUPPLIER_PAYMENT;
	bool in = entry->kind == MONEY_INCOME || entry->kind == MONEY_SUPPLIER_REFUND;

	if (!out && !in && entry->kind != MONEY_TRANSFER && entry->kind != MONEY_DIFFERENCE)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("Cash of a till cannot have been “%s”."),
				    money_kind_title(entry->kind));
	if (out && cash > 0)
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("This cash came into the drawer: it can be no payment."));
	return !in || cash > 0 ||
	       money_refuse(error, MONEY_ERROR_INVALID,
			    _("This cash left the drawer: it can be no income."));
}

/* The same cash in the drawer as what the person says. */
static void fill_draft(MoneyDraft *self, const Standing *drawer)
{
	MoneyEntry *told = &self->told;
	int64_t cash = drawer->row.amount;

	told->account_id = drawer->row.account_id;
	told->amount = cash < 0 ? -cash : cash;
	told->at = drawer->row.at;
	told->day = drawer->row.day;
	told->to_amount = 0;
	if (told->kind == MONEY_DIFFERENCE)
		told->amount = cash;
	if (told->kind == MONEY_TRANSFER && cash > 0) {
		told->account_id = told->to_account;
		told->to_account = drawer->row.account_id;
	}
}

static bool require_rights(Store *store, const GArray *rows, const MoneyEntry *entry,
			   int64_t person_id, GError **error)
{
	bool ok = rights_require(store, person_id, money_kind_right(entry->kind), error);

	for (guint i = 0; ok && i < rows->len; i++)
		ok = rights_require(store, person_id,
				    money_kind_right(g_array_index(rows, Standing, i).row.kind),
				    error);
	for (guint i = 0; ok && i < rows->len; i++) {
		const MoneyRow *row = &g_array_index(rows, Standing, i).row;

		ok = money_require_open(store, row->shop_id, row->day, person_id, error);
	}
	return ok;
}

static bool audit_settled(Store *store, int64_t was, const MoneyDraft *self, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" PRId64, self->settles);
	g_autofree char *before = money_dup_json(store, was, error);
	g_autofree char *after = before != NULL ? money_dup_json(store, self->number, error) : NULL;

	return after != NULL &&
	       audit_change(store, self->person_id, "money-settle", subject, before, after, error);
}

static bool settle(Store *store, int64_t number, MoneyDraft *self, GError **error)
{
	g_autoptr(GArray) told = read_entry(store, number, error);
	g_autoptr(GArray) now = NULL;
	bool of_till = told != NULL && g_array_index(told, Standing, 0).row.till_id != 0;
	int64_t was, back;

	if (told == NULL)
		return false;
	keep_settleable(told);
	if (!of_till || told->len == 0)
		return money_refuse(error, MONEY_ERROR_STATE,
				    _("Only cash that a till put in or took out, or was over or "
				      "short of, can be settled."));
	if (!check_direction(&self->told, g_array_index(told, Standing, 0).row.amount, error) ||
	    !find_now(store, number, told, &now, error) ||
	    !require_rights(store, now, &self->told, self->person_id, error))
		return false;
	fill_draft(self, &g_array_index(told, Standing, 0));
	self->settles = number;
	was = now == told ? number : g_array_index(now, Standing, 0).id;
	return write_back(store, now, self->told.note, self->person_id, &back, error) &&
	       money_draft_check(store, self, error) && money_draft_write(store, self, error) &&
	       audit_settled(store, was, self, error);
}

bool money_settle(Store *store, int64_t number, const MoneyEntry *entry, int64_t person_id,
		  int64_t *ret_number, GError **error)
{
	g_auto(MoneyDraft) self = { .told = *entry, .person_id = person_id };

	if (!store_begin(store, error))
		return false;
	if (!settle(store, number, &self, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_number = self.number;
	return true;
}
