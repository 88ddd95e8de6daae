/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/settlement_private.h"
#include "backoffice/people/counter.h"
#include "backoffice/stock/document_private.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

const char *settlement_kind_title(SettlementKind kind)
{
	static const char *const titles[SETTLEMENT_N_KINDS] = {
		[SETTLEMENT_DEBT] = N_("Debt from before"),
		[SETTLEMENT_DELIVERY] = N_("Delivery"),
		[SETTLEMENT_RETURN] = N_("Return to supplier"),
		[SETTLEMENT_PAYMENT] = N_("Payment to supplier"),
		[SETTLEMENT_REFUND] = N_("Refund by supplier"),
	};

	g_return_val_if_fail(kind < SETTLEMENT_N_KINDS, NULL);
	return g_dgettext(GETTEXT_PACKAGE, titles[kind]);
}

const char *settlement_age_title(SettlementAge age)
{
	static const char *const titles[AGE_N] = {
		[AGE_NOT_DUE] = N_("Not due yet"),
		[AGE_WEEK] = N_("1–7 days late"),
		[AGE_MONTH] = N_("8–30 days late"),
		[AGE_OLDER] = N_("Over 30 days late"),
	};

	g_return_val_if_fail(age < AGE_N, NULL);
	return g_dgettext(GETTEXT_PACKAGE, titles[age]);
}

/* --- life ---------------------------------------------------------------------------------- */

SettlementEntry *settlement_entry_new(SettlementKind kind, const char *number,
				      const char *reference)
{
	SettlementEntry *self = g_new0(SettlementEntry, 1);

	self->kind = kind;
	self->number = g_strdup(number);
	self->reference = g_strdup(reference);
	return self;
}

void settlement_entry_free(SettlementEntry *self)
{
	g_free(self->number);
	g_free(self->reference);
	g_free(self);
}

static void free_entry(gpointer entry)
{
	settlement_entry_free(entry);
}

Settlement *settlement_new(int64_t supplier_id, const char *supplier, int days)
{
	Settlement *self = g_new0(Settlement, 1);

	self->supplier_id = supplier_id;
	self->supplier = g_strdup(supplier);
	self->days = days;
	self->entries = g_ptr_array_new_with_free_func(free_entry);
	return self;
}

void settlement_free(Settlement *self)
{
	if (self == NULL)
		return;
	g_ptr_array_unref(self->entries);
	g_free(self->supplier);
	g_free(self);
}

static void free_settlement(gpointer settlement)
{
	settlement_free(settlement);
}

GPtrArray *settlement_array_new(void)
{
	return g_ptr_array_new_with_free_func(free_settlement);
}

/* --- the calendar -------------------------------------------------------------------------- */

static GDate date_of(int32_t day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)(day % 100), (GDateMonth)(day / 100 % 100),
		       (GDateYear)(day / 10000));
	return date;
}

int settlement_days_between(int32_t from, int32_t to)
{
	GDate first = date_of(from), last = date_of(to);

	return g_date_days_between(&first, &last);
}

int32_t settlement_day_after(int32_t day, int days)
{
	GDate date = date_of(day);

	g_date_add_days(&date, (guint)days);
	return g_date_get_year(&date) * 10000 + (int32_t)g_date_get_month(&date) * 100 +
	       g_date_get_day(&date);
}

SettlementAge settlement_age(int32_t due, int32_t as_of)
{
	int late = settlement_days_between(due, as_of);

	if (late <= 0)
		return AGE_NOT_DUE;
	if (late <= 7)
		return AGE_WEEK;
	return late <= 30 ? AGE_MONTH : AGE_OLDER;
}

/* --- settling ------------------------------------------------------------------------------ */

static int by_day(gconstpointer a, gconstpointer b)
{
	const SettlementEntry *left = *(SettlementEntry *const *)a,
			      *right = *(SettlementEntry *const *)b;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	if (left->kind != right->kind)
		return left->kind < right->kind ? -1 : 1;
	return (left->id > right->id) - (left->id < right->id);
}

static int by_due(gconstpointer a, gconstpointer b)
{
	const SettlementEntry *left = *(SettlementEntry *const *)a,
			      *right = *(SettlementEntry *const *)b;

	if (left->due != right->due)
		return left->due < right->due ? -1 : 1;
	return by_day(a, b);
}

/* What is above zero and what is below meet until one of them is used up. */
static void meet(SettlementEntry *owed, SettlementEntry *paid)
{
	int64_t much = MIN(owed->left, -paid->left);

	owed->left -= much;
	paid->left += much;
}

/* Money that names a document settles that one first. */
static void settle_named(GPtrArray *owed, GPtrArray *paid)
{
	for (guint i = 0; i < paid->len; i++) {
		SettlementEntry *payment = paid->pdata[i];

		for (guint j = 0; payment->document_id != 0 && j < owed->len; j++) {
			SettlementEntry *debt = owed->pdata[j];

			if (debt->kind == SETTLEMENT_DELIVERY && debt->id == payment->document_id)
				meet(debt, payment);
		}
	}
}

/* Both in their order. @back: only what takes back money, or only what does not. */
static void settle_rest(GPtrArray *owed, GPtrArray *paid, bool back)
{
	guint next = 0;

	for (guint i = 0; i < owed->len; i++) {
		SettlementEntry *debt = owed->pdata[i];
		bool money = debt->kind == SETTLEMENT_REFUND || debt->kind == SETTLEMENT_PAYMENT;

		if (money != back)
			continue;
		for (; next < paid->len && debt->left > 0; next++) {
			meet(debt, paid->pdata[next]);
			if (debt->left == 0)
				break;
		}
	}
}

static bool add_up(Settlement *self, int32_t as_of)
{
	for (guint i = 0; i < self->entries->len; i++) {
		const SettlementEntry *entry = self->entries->pdata[i];
		int64_t *sum = entry->left > 0 ? &self->ages[settlement_age(entry->due, as_of)]
					       : &self->unused;

		if (__builtin_add_overflow(self->owed, entry->amount, &self->owed) ||
		    __builtin_add_overflow(*sum, ABS(entry->left), sum))
			return false;
		if (entry->left > 0 && (self->next_due == 0 || entry->due < self->next_due)) {
			self->next_due = entry->due;
			self->next_amount = 0;
		}
		if (entry->left > 0 && entry->due == self->next_due)
			self->next_amount += entry->left;
	}
	return true;
}

bool settlement_settle(Settlement *self, int32_t as_of)
{
	g_autoptr(GPtrArray) owed = g_ptr_array_new();
	g_autoptr(GPtrArray) paid = g_ptr_array_new();

	g_ptr_array_sort(self->entries, by_day);
	for (guint i = 0; i < self->entries->len; i++) {
		SettlementEntry *entry = self->entries->pdata[i];

		entry->left = entry->amount;
		g_ptr_array_add(entry->amount > 0 ? owed : paid, entry);
	}
	g_ptr_array_sort(owed, by_due);
	settle_named(owed, paid);
	settle_rest(owed, paid, true);
	settle_rest(owed, paid, false);
	self->owed = self->unused = self->next_amount = 0;
	self->next_due = 0;
	memset(self->ages, 0, sizeof(self->ages));
	return add_up(self, as_of);
}

static bool settle_all(GPtrArray *accounts, int32_t as_of, GError **error)
{
	for (guint i = 0; i < accounts->len; i++) {
		Settlement *account = accounts->pdata[i];

		if (!settlement_settle(account, as_of))
			return document_refuse(error, DOCUMENT_ERROR_INVALID,
					       _("What “%s” is owed is too large to be true."),
					       account->supplier);
	}
	return true;
}

/* --- reading ------------------------------------------------------------------------------- */

Settlement *settlement_read(Store *store, int64_t shop_id, int64_t supplier_id, int32_t as_of,
			    GError **error)
{
	g_autoptr(GPtrArray) accounts = NULL;

	g_return_val_if_fail(supplier_id != 0, NULL);
	accounts = settlement_read_accounts(store, shop_id, supplier_id, &as_of, error);
	if (accounts == NULL || !settle_all(accounts, as_of, error))
		return NULL;
	if (accounts->len == 0) {
		document_refuse(error, DOCUMENT_ERROR_GONE,
				_("This supplier is not in the list any more."));
		return NULL;
	}
	return g_ptr_array_steal_index(accounts, 0);
}

GPtrArray *settlement_list(Store *store, int64_t shop_id, int32_t as_of, GError **error)
{
	g_autoptr(GPtrArray) accounts = settlement_read_accounts(store, shop_id, 0, &as_of, error);

	if (accounts == NULL || !settle_all(accounts, as_of, error))
		return NULL;
	for (guint i = accounts->len; i > 0; i--)
		if (((const Settlement *)accounts->pdata[i - 1])->entries->len == 0)
			g_ptr_array_remove_index(accounts, i - 1);
	return g_steal_pointer(&accounts);
}

SettlementTurnover settlement_turnover(const Settlement *self, int32_t from, int32_t to)
{
	SettlementTurnover sums = { 0 };

	for (guint i = 0; i < self->entries->len; i++) {
		const SettlementEntry *entry = self->entries->pdata[i];

		if (entry->day > to)
			continue;
		sums.closing += entry->amount;
		if (entry->day < from)
			sums.opening += entry->amount;
		else if (entry->kind == SETTLEMENT_RETURN)
			sums.returned += entry->amount;
		else if (entry->kind == SETTLEMENT_PAYMENT)
			sums.paid += entry->amount;
		else if (entry->kind == SETTLEMENT_REFUND)
			sums.refunded += entry->amount;
		else
			sums.delivered += entry->amount;
	}
	return sums;
}

/* --- what is due --------------------------------------------------------------------------- */

static void free_due(gpointer data)
{
	SettlementDue *self = data;

	g_free(self->supplier);
	g_free(self->number);
	g_free(self);
}

static int by_due_day(gconstpointer a, gconstpointer b)
{
	const SettlementDue *left = *(SettlementDue *const *)a, *right = *(SettlementDue *const *)b;

	if (left->due != right->due)
		return left->due < right->due ? -1 : 1;
	return strcmp(left->supplier, right->supplier);
}

static void add_due(GPtrArray *list, const Settlement *account, const SettlementEntry *entry)
{
	SettlementDue *due = g_new0(SettlementDue, 1);

	due->supplier_id = account->supplier_id;
	due->supplier = g_strdup(account->supplier);
	due->document_id = entry->kind == SETTLEMENT_DELIVERY ? entry->id : 0;
	due->number = g_strdup(entry->number);
	due->due = entry->due;
	due->left = entry->left;
	g_ptr_array_add(list, due);
}

GPtrArray *settlement_due(Store *store, int64_t shop_id, int32_t until, GError **error)
{
	g_autoptr(GPtrArray) accounts = settlement_list(store, shop_id, 0, error);
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_due);

	if (accounts == NULL)
		return NULL;
	for (guint i = 0; i < accounts->len; i++) {
		const Settlement *account = accounts->pdata[i];

		for (guint j = 0; j < account->entries->len; j++) {
			const SettlementEntry *entry = account->entries->pdata[j];

			if (entry->left > 0 && entry->due <= until)
				add_due(list, account, entry);
		}
	}
	g_ptr_array_sort(list, by_due_day);
	return g_steal_pointer(&list);
}

/* --- debts from before --------------------------------------------------------------------- */

static bool check_debt(Store *store, const SettlementDebt *debt, const char *note, Supplier **ret,
		       GError **error)
{
	*ret = supplier_read(store, debt->supplier_id, error);
	if (*ret == NULL)
		return false;
	if (debt->amount == 0 || ABS(debt->amount) > DOCUMENT_AMOUNT_MAX)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("A debt of this amount cannot be."));
	if (!document_day_is_sound(debt->day) || !document_day_is_sound(debt->due) ||
	    debt->due < debt->day)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("A debt is of one day and due on that day or later."));
	return document_text_is_sound(note) ||
	       document_refuse(error, DOCUMENT_ERROR_INVALID,
			       _("A text of the document is too long or cannot be printed."));
}

static bool write_debt(Store *store, const SettlementDebt *debt, const char *note,
		       int64_t person_id, GError **error)
{
	StoreStatement *insert;
	int64_t id;

	if (!counter_take(store, "supplier-debt", &id, error))
		return false;
	insert = store_statement(store, "office/settlement/insert_debt");
	store_bind_int(insert, 1, id);
	store_bind_int(insert, 2, debt->supplier_id);
	store_bind_int(insert, 3, debt->shop_id);
	store_bind_int(insert, 4, debt->day);
	store_bind_int(insert, 5, debt->due);
	store_bind_int(insert, 6, debt->amount);
	store_bind_text(insert, 7, note);
	store_bind_int(insert, 8, g_get_real_time());
	store_bind_int(insert, 9, person_id);
	return store_run(insert, error);
}

static bool put_debt(Store *store, const SettlementDebt *debt, int64_t person_id, GError **error)
{
	const char *note = debt->note != NULL ? debt->note : "";
	g_autoptr(Supplier) supplier = NULL;
	g_autofree char *after = NULL;

	if (!rights_require(store, person_id, RIGHT_PAY_SUPPLIERS, error) ||
	    !check_debt(store, debt, note, &supplier, error))
		return false;
	after = g_strdup_printf("{\"amount\":%" PRId64 ",\"day\":%d,\"due\":%d}", debt->amount,
				debt->day, debt->due);
	return write_debt(store, debt, note, person_id, error) &&
	       audit_change(store, person_id, "supplier-debt", supplier->name, NULL, after, error);
}

bool settlement_add_debt(Store *store, const SettlementDebt *debt, int64_t person_id,
			 GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (put_debt(store, debt, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
