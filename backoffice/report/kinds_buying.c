/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include "backoffice/buying/proposal.h"
#include "backoffice/buying/settlement.h"
#include "backoffice/buying/supplier_goods.h"
#include "base/language.h"

#include <glib/gi18n-lib.h>

#define BIT(right) (UINT32_C(1) << (right))

/* --- suppliers ----------------------------------------------------------------------------- */

enum { WHO, OPENING, DELIVERED, RETURNED, PAID, CLOSING, OVERDUE, NEXT_DUE, NEXT_AMOUNT, N_WHO };

static void put_account(Report *self, const Settlement *account, const ReportQuery *query,
			int64_t *sums)
{
	SettlementTurnover turnover = settlement_turnover(account, query->from, query->to);
	int64_t overdue =
		account->ages[AGE_WEEK] + account->ages[AGE_MONTH] + account->ages[AGE_OLDER];
	const int64_t values[N_WHO] = {
		[OPENING] = turnover.opening,	[DELIVERED] = turnover.delivered,
		[RETURNED] = turnover.returned, [PAID] = turnover.paid + turnover.refunded,
		[CLOSING] = turnover.closing,	[OVERDUE] = overdue
	};
	ReportCell *cells = report_add_row(self);

	report_put_text(self, &cells[WHO], account->supplier);
	for (int i = OPENING; i <= OVERDUE; i++) {
		report_put_value(&cells[i], values[i]);
		sums[i] += values[i];
	}
	if (account->next_due != 0) {
		report_put_value(&cells[NEXT_DUE], account->next_due);
		report_put_value(&cells[NEXT_AMOUNT], account->next_amount);
	}
	report_put_key(self, 0, 0, account->supplier_id);
}

static bool fill_suppliers(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	g_autoptr(GPtrArray) accounts = settlement_list(store, query->shop_id, query->to, error);
	int64_t sums[N_WHO] = { 0 };

	for (guint i = 0; accounts != NULL && i < accounts->len; i++)
		put_account(self, accounts->pdata[i], query, sums);
	for (int i = OPENING; i <= OVERDUE; i++)
		report_put_total(self, i, sums[i]);
	return accounts != NULL;
}

static const ReportKind suppliers = {
	.name = "suppliers",
	.title = N_("Debts to suppliers"),
	.chapter = N_("Buying"),
	.fill = fill_suppliers,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = BIT(RIGHT_SEE_DEBTS),
	.sort = CLOSING,
	.picture = REPORT_ROWS,
	.picture_text = WHO,
	.picture_value = CLOSING,
	.key = REPORT_KEY_SUPPLIER,
	.next = "debts",
	.n_columns = N_WHO,
	.columns = { [WHO] = { "supplier", N_("Supplier"), REPORT_TEXT, false },
		     [OPENING] = { "opening", N_("At the beginning"), REPORT_MONEY, true },
		     [DELIVERED] = { "delivered", N_("Delivered"), REPORT_MONEY, true },
		     [RETURNED] = { "returned", N_("Sent back"), REPORT_MONEY, true },
		     [PAID] = { "paid", N_("Paid"), REPORT_MONEY, true },
		     [CLOSING] = { "closing", N_("At the end"), REPORT_MONEY, true },
		     [OVERDUE] = { "overdue", N_("Overdue"), REPORT_MONEY, true },
		     [NEXT_DUE] = { "next_due", N_("Next due"), REPORT_DAY, false },
		     [NEXT_AMOUNT] = { "next_amount", N_("Due then"), REPORT_MONEY, false } },
};

/* --- debts --------------------------------------------------------------------------------- */

static const char *const ages[AGE_N] = { "not-due", "week", "month", "older" };

static const char *age_word(const char *code)
{
	for (SettlementAge age = 0; age < AGE_N; age++)
		if (g_str_equal(code, ages[age]))
			return settlement_age_title(age);
	return code;
}

enum { D_WHO, D_NUMBER, D_PAPER, D_DAY, D_DUE, D_LATE, D_AGE, D_AMOUNT, D_LEFT, N_DEBT };

static void put_debt(Report *self, const Settlement *account, const SettlementEntry *entry,
		     int32_t as_of)
{
	ReportCell *cells = report_add_row(self);
	int late = settlement_days_between(entry->due, as_of);

	report_put_text(self, &cells[D_WHO], account->supplier);
	report_put_text(self, &cells[D_NUMBER],
			*entry->number != '\0' ? entry->number
					       : settlement_kind_title(entry->kind));
	report_put_text(self, &cells[D_PAPER], entry->reference);
	report_put_value(&cells[D_DAY], entry->day);
	report_put_value(&cells[D_AMOUNT], entry->amount);
	report_put_value(&cells[D_LEFT], entry->left);
	if (entry->left > 0) {
		report_put_value(&cells[D_DUE], entry->due);
		report_put_value(&cells[D_LATE], MAX(0, late));
		report_put_text(self, &cells[D_AGE], ages[settlement_age(entry->due, as_of)]);
	}
	if (entry->kind == SETTLEMENT_DELIVERY || entry->kind == SETTLEMENT_RETURN)
		report_put_key(self, entry->shop_id, 0, entry->id);
}

/* What is not settled, and what was paid and not used: their sum is what is owed. */
static bool fill_debts(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	g_autoptr(GPtrArray) accounts = settlement_list(store, query->shop_id, query->to, error);
	int64_t sum = 0;

	for (guint i = 0; accounts != NULL && i < accounts->len; i++) {
		const Settlement *account = accounts->pdata[i];

		if (query->supplier_id != 0 && query->supplier_id != account->supplier_id)
			continue;
		for (guint j = 0; j < account->entries->len; j++) {
			const SettlementEntry *entry = account->entries->pdata[j];

			if (entry->left != 0)
				put_debt(self, account, entry, query->to);
		}
		sum += account->owed;
	}
	report_put_total(self, D_LEFT, sum);
	return accounts != NULL;
}

static const ReportKind debts = {
	.name = "debts",
	.title = N_("Debts by document"),
	.chapter = N_("Buying"),
	.fill = fill_debts,
	.takes = REPORT_TAKES_DAY | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_SUPPLIER,
	.needs = BIT(RIGHT_SEE_DEBTS),
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.key = REPORT_KEY_DOCUMENT,
	.n_columns = N_DEBT,
	.columns = { [D_WHO] = { "supplier", N_("Supplier"), REPORT_TEXT, false },
		     [D_NUMBER] = { "document", N_("Document"), REPORT_TEXT, false },
		     [D_PAPER] = { "reference", N_("Number of their paper"), REPORT_TEXT, false },
		     [D_DAY] = { "day", N_("Day"), REPORT_DAY, false },
		     [D_DUE] = { "due", N_("Due"), REPORT_DAY, false },
		     [D_LATE] = { "late", N_("Days late"), REPORT_INTEGER, false },
		     [D_AGE] = { "age", N_("How late"), REPORT_WORD, false, false, age_word },
		     [D_AMOUNT] = { "amount", N_("Amount"), REPORT_MONEY, false },
		     [D_LEFT] = { "left", N_("Not paid"), REPORT_MONEY, true } },
};

/* --- deliveries ---------------------------------------------------------------------------- */

static void put_delivery(Report *self, const Settlement *account, const SettlementEntry *entry)
{
	ReportCell *cells = report_add_row(self);

	report_put_text(self, &cells[0], account->supplier);
	report_put_text(self, &cells[1], settlement_kind_title(entry->kind));
	report_put_text(self, &cells[2], entry->number);
	report_put_text(self, &cells[3], entry->reference);
	report_put_value(&cells[4], entry->day);
	if (entry->kind == SETTLEMENT_DELIVERY)
		report_put_value(&cells[5], entry->due);
	report_put_value(&cells[6], entry->amount);
	report_put_key(self, entry->shop_id, 0, entry->id);
}

static bool fill_deliveries(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	g_autoptr(GPtrArray) accounts = settlement_list(store, query->shop_id, query->to, error);
	int64_t sum = 0;

	for (guint i = 0; accounts != NULL && i < accounts->len; i++) {
		const Settlement *account = accounts->pdata[i];

		if (query->supplier_id != 0 && query->supplier_id != account->supplier_id)
			continue;
		for (guint j = 0; j < account->entries->len; j++) {
			const SettlementEntry *entry = account->entries->pdata[j];

			if (entry->day < query->from || (entry->kind != SETTLEMENT_DELIVERY &&
							 entry->kind != SETTLEMENT_RETURN))
				continue;
			put_delivery(self, account, entry);
			sum += entry->amount;
		}
	}
	report_put_total(self, 6, sum);
	return accounts != NULL;
}

static const ReportKind deliveries = {
	.name = "deliveries",
	.title = N_("Deliveries by supplier"),
	.chapter = N_("Buying"),
	.fill = fill_deliveries,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_SUPPLIER,
	.needs = BIT(RIGHT_SEE_COST),
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.key = REPORT_KEY_DOCUMENT,
	.n_columns = 7,
	.columns = { { "supplier", N_("Supplier"), REPORT_TEXT, false },
		     { "kind", N_("Kind"), REPORT_TEXT, false },
		     { "document", N_("Document"), REPORT_TEXT, false },
		     { "reference", N_("Number of their paper"), REPORT_TEXT, false },
		     { "day", N_("Day"), REPORT_DAY, false },
		     { "due", N_("Due"), REPORT_DAY, false },
		     { "amount", N_("Amount"), REPORT_MONEY, true } },
};

/* --- what to order ------------------------------------------------------------------------- */

enum {
	O_WHO,
	O_CODE,
	O_NAME,
	O_QUANTITY,
	O_UNIT,
	O_SPEED,
	O_THERE,
	O_COMING,
	O_VALUE,
	O_WHY,
	N_ORDER
};

static void put_proposal(Report *self, const ProposalLine *line, const NumberStyle *style)
{
	ReportCell *cells = report_add_row(self);
	g_autofree char *why = proposal_dup_why(line, style);

	report_put_text(self, &cells[O_WHO], line->supplier);
	report_put_text(self, &cells[O_CODE], *line->code != '\0' ? line->code : line->barcode);
	report_put_text(self, &cells[O_NAME], line->name);
	report_put_value(&cells[O_QUANTITY], line->quantity);
	report_put_text(self, &cells[O_UNIT], line->unit);
	report_put_value(&cells[O_SPEED], line->speed);
	report_put_value(&cells[O_THERE], line->on_hand);
	report_put_value(&cells[O_COMING], line->on_the_way + line->ordered + line->drafts);
	report_put_value(&cells[O_VALUE], proposal_value(line));
	report_put_text(self, &cells[O_WHY], why);
	report_put_key(self, 0, 0, line->item_id);
}

static bool fill_order(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	const ProposalQuery ask = { .shop_id = query->shop_id, .supplier_id = query->supplier_id };
	g_autoptr(GPtrArray) lines = proposal_make(store, &ask, false, error);
	NumberStyle style = language_number_style();
	int64_t sum = 0;

	for (guint i = 0; lines != NULL && i < lines->len; i++) {
		put_proposal(self, lines->pdata[i], &style);
		sum += proposal_value(lines->pdata[i]);
	}
	report_put_total(self, O_VALUE, sum);
	return lines != NULL;
}

static const ReportKind order = {
	.name = "order",
	.title = N_("What to order"),
	.chapter = N_("Buying"),
	.fill = fill_order,
	.takes = REPORT_TAKES_SUPPLIER,
	.needs = BIT(RIGHT_ORDER),
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.key = REPORT_KEY_ITEM,
	.n_columns = N_ORDER,
	.columns = { [O_WHO] = { "supplier", N_("Supplier"), REPORT_TEXT, false },
		     [O_CODE] = { "code", N_("Code"), REPORT_TEXT, false },
		     [O_NAME] = { "name", N_("Name"), REPORT_TEXT, false },
		     [O_QUANTITY] = { "quantity", N_("To order"), REPORT_QUANTITY, false },
		     [O_UNIT] = { "unit", N_("Unit"), REPORT_UNIT, false },
		     [O_SPEED] = { "per_day", N_("Sold a day"), REPORT_QUANTITY, false },
		     [O_THERE] = { "there", N_("There"), REPORT_QUANTITY, false },
		     [O_COMING] = { "coming", N_("Coming"), REPORT_QUANTITY, false },
		     [O_VALUE] = { "value", N_("Amount"), REPORT_MONEY, true, true },
		     [O_WHY] = { "why", N_("Why"), REPORT_TEXT, false } },
};

/* --- what rose ----------------------------------------------------------------------------- */

enum { R_DAY, R_WHO, R_CODE, R_NAME, R_BEFORE, R_AFTER, R_RISE, R_PRICE, R_MARGIN, N_RISE };

/* In the order of office/buying/rises. */
static void put_rise(Report *self, StoreStatement *row)
{
	ReportCell *cells = report_add_row(self);
	int64_t before = store_get_int(row, 4), after = store_get_int(row, 5), rate;

	report_put_text(self, &cells[R_WHO], store_get_text(row, 0));
	report_put_text(self, &cells[R_NAME], store_get_text(row, 1));
	report_put_text(self, &cells[R_CODE], store_get_text(row, 2));
	report_put_value(&cells[R_DAY], store_get_int(row, 3));
	report_put_value(&cells[R_BEFORE], before);
	report_put_value(&cells[R_AFTER], after);
	if (supplier_goods_rise(before, after, &rate))
		report_put_value(&cells[R_RISE], rate);
	if (!store_is_null(row, 6)) {
		report_put_value(&cells[R_PRICE], store_get_int(row, 6));
		if (supplier_goods_margin(store_get_int(row, 6), after, &rate))
			report_put_value(&cells[R_MARGIN], rate);
	}
	report_put_key(self, 0, 0, store_get_int(row, 8));
}

static bool fill_rises(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = store_statement(store, "office/buying/rises");
	StoreStep step;

	store_bind_int(row, 1, query->supplier_id);
	store_bind_int(row, 2, query->from);
	store_bind_int(row, 3, query->to);
	while ((step = store_step(row, error)) == STORE_ROW)
		put_rise(self, row);
	return step == STORE_DONE;
}

static const ReportKind rises = {
	.name = "price-rises",
	.title = N_("Suppliers' prices that rose"),
	.chapter = N_("Buying"),
	.fill = fill_rises,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS | REPORT_TAKES_SUPPLIER,
	.needs = BIT(RIGHT_SEE_COST),
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.key = REPORT_KEY_ITEM,
	.n_columns = N_RISE,
	.columns = { [R_DAY] = { "day", N_("From"), REPORT_DAY, false },
		     [R_WHO] = { "supplier", N_("Supplier"), REPORT_TEXT, false },
		     [R_CODE] = { "code", N_("Code"), REPORT_TEXT, false },
		     [R_NAME] = { "name", N_("Name"), REPORT_TEXT, false },
		     [R_BEFORE] = { "before", N_("Was"), REPORT_MONEY, false },
		     [R_AFTER] = { "after", N_("Is"), REPORT_MONEY, false },
		     [R_RISE] = { "rise", N_("Rise"), REPORT_RATE, false },
		     [R_PRICE] = { "price", N_("Retail price"), REPORT_MONEY, false },
		     [R_MARGIN] = { "margin", N_("Margin"), REPORT_RATE, false } },
};

const ReportKind *const report_kinds_buying[] = { &suppliers, &debts, &deliveries,
						  &order,     &rises, NULL };
