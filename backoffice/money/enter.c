/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "backoffice/people/counter.h"

#include <glib/gi18n-lib.h>

void money_draft_clear(MoneyDraft *self)
{
	g_clear_pointer(&self->account, money_account_free);
	g_clear_pointer(&self->other, money_account_free);
	g_clear_pointer(&self->reference, g_free);
	g_clear_pointer(&self->note, g_free);
}

static bool write_row(Store *store, MoneyDraft *self, const MoneyAccount *account, MoneyKind kind,
		      int64_t amount, int64_t home, GError **error)
{
	const MoneyEntry *told = &self->told;
	MoneyRow row = { .entry_id = self->number,
			 .shop_id = account->shop_id,
			 .account_id = account->id,
			 .at = told->at,
			 .day = told->day,
			 .kind = kind,
			 .amount = amount,
			 .home = home,
			 .expense_kind = told->expense_kind,
			 .supplier_id = told->supplier_id,
			 .document_id = told->document_id,
			 .person_id = told->person_id,
			 .settles = self->settles,
			 .entered_by = self->person_id,
			 .reference = self->reference,
			 .note = self->note };
	bool ok = money_row_write(store, &row, error);

	self->number = row.entry_id;
	return ok;
}

/* What goes out takes its value along; what that differs from what came in is a row of its own. */
static bool write_transfer(Store *store, MoneyDraft *self, int64_t home, GError **error)
{
	const MoneyEntry *told = &self->told;
	const MoneyAccount *to = self->other;
	int64_t came, difference;

	if (!currency_to_home(store, to->currency, to->home_currency, told->day, told->to_amount,
			      &came, error))
		return false;
	if (__builtin_sub_overflow(came, home, &difference))
		return money_refuse(error, MONEY_ERROR_LARGE, _("This amount is too large."));
	return write_row(store, self, self->account, MONEY_TRANSFER, -told->amount, -home, error) &&
	       write_row(store, self, to, MONEY_TRANSFER, told->to_amount, home, error) &&
	       (difference == 0 ||
		write_row(store, self, to, MONEY_EXCHANGE, 0, difference, error));
}

/* Sign of what the account has afterwards. */
static bool comes_in(MoneyKind kind)
{
	return kind == MONEY_INCOME || kind == MONEY_SUPPLIER_REFUND || kind == MONEY_OPENING ||
	       kind == MONEY_DIFFERENCE;
}

bool money_draft_write(Store *store, MoneyDraft *self, GError **error)
{
	const MoneyEntry *told = &self->told;
	const MoneyAccount *account = self->account;
	int64_t home, sign = comes_in(told->kind) ? 1 : -1;

	if (!currency_to_home(store, account->currency, account->home_currency, told->day,
			      told->amount, &home, error))
		return false;
	if (told->kind == MONEY_TRANSFER)
		return write_transfer(store, self, home, error);
	return write_row(store, self, account, told->kind, sign * told->amount, sign * home, error);
}

static bool audit_entry(Store *store, const MoneyDraft *self, GError **error)
{
	g_autofree char *subject = g_strdup_printf("%" G_GINT64_FORMAT, self->number);
	g_autofree char *after = money_dup_json(store, self->number, error);

	return after != NULL &&
	       audit_change(store, self->person_id, "money-enter", subject, NULL, after, error);
}

bool money_enter_in(Store *store, const MoneyEntry *entry, int64_t person_id, int64_t *ret_number,
		    GError **error)
{
	g_auto(MoneyDraft) self = { .told = *entry, .person_id = person_id };

	if (!money_kind_is_entered(entry->kind))
		return money_refuse(error, MONEY_ERROR_INVALID,
				    _("“%s” comes from tills; people do not enter it."),
				    money_kind_title(entry->kind));
	if (!rights_require(store, person_id, money_kind_right(entry->kind), error) ||
	    !money_draft_check(store, &self, error) || !money_draft_write(store, &self, error) ||
	    !audit_entry(store, &self, error))
		return false;
	*ret_number = self.number;
	return true;
}

bool money_enter(Store *store, const MoneyEntry *entry, int64_t person_id, int64_t *ret_number,
		 GError **error)
{
	int64_t number;

	if (!store_begin(store, error))
		return false;
	if (!money_enter_in(store, entry, person_id, &number, error)) {
		store_rollback(store);
		return false;
	}
	if (!store_commit(store, error))
		return false;
	*ret_number = number;
	return true;
}
