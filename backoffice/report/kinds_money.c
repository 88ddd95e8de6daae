/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

#include "backoffice/money/money.h"
#include "core/currency.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define SEES_MONEY (UINT32_C(1) << RIGHT_SEE_MONEY)
#define SEES_PROFIT (SEES_MONEY | UINT32_C(1) << RIGHT_SEE_COST)

static StoreStatement *bind(Store *store, const char *name, const ReportQuery *query)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, query->shop_id);
	store_bind_int(statement, 2, query->from);
	store_bind_int(statement, 3, query->to);
	return statement;
}

/* What an account in another currency has: "101.50 USD". */
static void put_own(Report *self, ReportCell *cell, int64_t amount, uint16_t currency)
{
	const Currency *about = currency_by_number(currency);
	g_autofree char *plain = NULL, *text = NULL;

	if (currency == self->currency || about == NULL)
		return;
	plain = money_dup_decimal((Money){ amount, currency });
	text = g_strdup_printf("%s %s", plain, about->code);
	report_put_text(self, cell, text);
}

static void put_account(Report *self, ReportCell *cell, bool is_code, const char *name)
{
	report_put_text(self, cell, is_code ? money_account_word(name) : name);
}

static const char *kind_word(const char *code)
{
	MoneyKind kind;

	return money_kind_parse(code, &kind) ? money_kind_title(kind) : code;
}

static const char *group_word(const char *code)
{
	ExpenseGroup group;

	return expense_group_parse(code, &group) ? expense_group_title(group) : code;
}

static const char *place_word(const char *code)
{
	MoneyPlace place;

	return money_place_parse(code, &place) ? money_place_title(place) : code;
}

static const char *expense_word(const char *code)
{
	return strcmp(code, "pay") == 0 ? money_kind_title(MONEY_PAY) : expense_kind_word(code);
}

/* --- the cash book ------------------------------------------------------------------------- */

static bool fill_book(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = bind(store, "office/report_money/days", query);
	int64_t sums[2] = { 0 };
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ReportCell *cells = report_add_row(self);
		int32_t day = (int32_t)store_get_int(row, 0);

		report_put_value(&cells[0], day);
		put_account(self, &cells[1], store_get_int(row, 1) != 0, store_get_text(row, 2));
		for (int i = 0; i < 4; i++)
			report_put_value(&cells[2 + i], store_get_int(row, 4 + i));
		put_own(self, &cells[6], store_get_int(row, 8), (uint16_t)store_get_int(row, 3));
		report_put_key(self, store_get_int(row, 9), 0, day);
		sums[0] += store_get_int(row, 5);
		sums[1] += store_get_int(row, 6);
	}
	for (int i = 0; i < 2; i++)
		report_put_total(self, 3 + i, sums[i]);
	return step == STORE_DONE;
}

static const ReportKind money = {
	.name = "money",
	.title = N_("Cash book"),
	.chapter = N_("Money"),
	.fill = fill_book,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = SEES_MONEY,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.key = REPORT_KEY_DAY,
	.next = "moves",
	.n_columns = 7,
	.columns = { { "day", N_("Day"), REPORT_DAY, false },
		     { "account", N_("Account"), REPORT_TEXT, false },
		     { "opening", N_("At the beginning"), REPORT_MONEY, false },
		     { "in", N_("Came in"), REPORT_MONEY, true },
		     { "out", N_("Went out"), REPORT_MONEY, true },
		     { "closing", N_("At the end"), REPORT_MONEY, false },
		     { "own", N_("In its currency"), REPORT_TEXT, false } },
};

/* --- every move ---------------------------------------------------------------------------- */

/* What it was for, or with whom; of a till's the shift too. */
static void put_about(Report *self, ReportCell *cell, StoreStatement *row)
{
	const char *kind = store_get_text(row, 6), *about = store_get_text(row, 7);
	g_autofree char *text = NULL;

	if (about == NULL)
		return;
	if (strcmp(kind, "expense") == 0 || strcmp(kind, "income") == 0)
		text = g_strdup(expense_kind_word(about));
	else if (!store_is_null(row, 8))
		/* Translators: a till and the number of its shift. */
		text = g_strdup_printf(_("%s, shift %" PRId64), about, store_get_int(row, 8));
	else
		text = g_strdup(money_account_word(about));
	report_put_text(self, cell, text);
}

static void put_note(Report *self, ReportCell *cell, StoreStatement *row)
{
	const char *note = store_get_text(row, 10);
	g_autofree char *text = NULL;

	text = store_get_int(row, 16) == 0 ? g_strdup(note)
					   : g_strdup_printf("%s%s%s", _("taken back"),
							     *note != '\0' ? ": " : "", note);
	report_put_text(self, cell, text);
}

static void put_move(Report *self, StoreStatement *row)
{
	ReportCell *cells = report_add_row(self);
	int64_t home = store_get_int(row, 12);

	report_put_value(&cells[0], store_get_int(row, 0));
	report_put_value(&cells[1], store_get_int(row, 1));
	report_put_value(&cells[2], store_get_int(row, 2));
	put_account(self, &cells[3], store_get_int(row, 3) != 0, store_get_text(row, 4));
	report_put_text(self, &cells[4], store_get_text(row, 6));
	put_about(self, &cells[5], row);
	report_put_text(self, &cells[6], store_get_text(row, 9));
	put_note(self, &cells[7], row);
	report_put_text(self, &cells[8], store_get_text(row, 11));
	report_put_value(&cells[home > 0 ? 9 : 10], home);
	if (store_get_int(row, 13) != 0)
		put_own(self, &cells[11], store_get_int(row, 13), (uint16_t)store_get_int(row, 5));
	if (!store_is_null(row, 15))
		report_put_key(self, store_get_int(row, 14), 0, store_get_int(row, 15));
}

static bool fill_moves(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = bind(store, "office/report_money/moves", query);
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW)
		put_move(self, row);
	return step == STORE_DONE &&
	       report_read_totals(self, bind(store, "office/report_money/moves_totals", query),
				  error);
}

static const ReportKind moves = {
	.name = "moves",
	.title = N_("Money moves"),
	.chapter = N_("Money"),
	.fill = fill_moves,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = SEES_MONEY,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.key = REPORT_KEY_DOCUMENT,
	.n_columns = 12,
	.columns = { { "day", N_("Day"), REPORT_DAY, false },
		     { "time", N_("Time"), REPORT_TIME, false },
		     { "number", N_("№"), REPORT_INTEGER, false },
		     { "account", N_("Account"), REPORT_TEXT, false },
		     { "kind", N_("What"), REPORT_WORD, .word = kind_word },
		     { "about", N_("For, with whom"), REPORT_TEXT, false },
		     { "reference", N_("Paper"), REPORT_TEXT, false },
		     { "note", N_("Note"), REPORT_TEXT, false },
		     { "person", N_("Entered by"), REPORT_TEXT, false },
		     { "in", N_("Came in"), REPORT_MONEY, true },
		     { "out", N_("Went out"), REPORT_MONEY, true },
		     { "own", N_("In its currency"), REPORT_TEXT, false } },
};

/* --- what is where ------------------------------------------------------------------------- */

static bool fill_accounts(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	bool is_now = query->at >= g_get_real_time();
	g_autoptr(GPtrArray) list =
		money_accounts(store, query->shop_id, is_now ? 0 : query->to, error);
	int64_t home = 0, selling = 0;

	for (guint i = 0; list != NULL && i < list->len; i++) {
		const MoneyAccount *account = list->pdata[i];
		ReportCell *cells = report_add_row(self);

		report_put_text(self, &cells[0], account->shop);
		report_put_text(self, &cells[1], account->name);
		report_put_text(self, &cells[2], money_place_code(account->place));
		put_own(self, &cells[3], account->balance, account->currency);
		report_put_value(&cells[4], account->home);
		report_put_value(&cells[5], account->selling);
		home += account->home;
		selling += account->selling;
	}
	report_put_total(self, 4, home);
	report_put_total(self, 5, selling);
	return list != NULL;
}

static const ReportKind accounts = {
	.name = "accounts",
	.title = N_("Where the money is"),
	.chapter = N_("Money"),
	.fill = fill_accounts,
	.takes = REPORT_TAKES_DAY | REPORT_TAKES_ALL_SHOPS,
	.needs = SEES_MONEY,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 1,
	.picture_value = 4,
	.n_columns = 6,
	.columns = { { "shop", N_("Shop"), REPORT_TEXT, false },
		     { "account", N_("Account"), REPORT_TEXT, false },
		     { "kind", N_("Kind"), REPORT_WORD, .word = place_word },
		     { "own", N_("In its currency"), REPORT_TEXT, false },
		     { "balance", N_("Balance"), REPORT_MONEY, true },
		     { "selling", N_("Sold since, shift is open"), REPORT_MONEY, true } },
};

/* --- expenses ------------------------------------------------------------------------------ */

static const ReportKind expenses = {
	.name = "expenses",
	.title = N_("Expenses"),
	.chapter = N_("Money"),
	.statement = "office/report_money/expenses",
	.totals = "office/report_money/expenses_totals",
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = SEES_MONEY,
	.sort = -1,
	.picture = REPORT_ROWS,
	.picture_text = 2,
	.picture_value = 4,
	.key = REPORT_KEY_MONTH,
	.next = "moves",
	.n_columns = 5,
	.columns = { { "month", N_("Month"), REPORT_MONTH, false },
		     { "shop", N_("Shop"), REPORT_TEXT, false },
		     { "kind", N_("For"), REPORT_WORD, .word = expense_word },
		     { "group", N_("Group"), REPORT_WORD, .word = group_word },
		     { "amount", N_("Amount"), REPORT_MONEY, true } },
};

/* --- profit and loss ----------------------------------------------------------------------- */

static bool fill_profit(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	report_add_note(self,
			_("Tax is in the sales; what of it is paid to the state counts when it "
			  "is entered as an expense."));
	return report_read_rows(self, bind(store, "office/report_money/profit", query), error) &&
	       report_read_totals(self, bind(store, "office/report_money/profit_totals", query),
				  error);
}

static const ReportKind profit = {
	.name = "profit",
	.title = N_("Profit and loss"),
	.chapter = N_("Money"),
	.fill = fill_profit,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = SEES_PROFIT,
	.sort = -1,
	.picture = REPORT_TIMES,
	.picture_text = 0,
	.picture_value = 13,
	.key = REPORT_KEY_MONTH,
	.next = "profit-lines",
	.n_columns = 14,
	.columns = { { "month", N_("Month"), REPORT_MONTH, false },
		     { "shop", N_("Shop"), REPORT_TEXT, false },
		     { "net", N_("Sales"), REPORT_MONEY, true },
		     { "discount", N_("Discounts"), REPORT_MONEY, true },
		     { "tax", N_("Tax in it"), REPORT_MONEY, true },
		     { "cost", N_("Cost of sales"), REPORT_MONEY, true },
		     { "margin", N_("Margin"), REPORT_MONEY, true },
		     { "losses", N_("Stock losses"), REPORT_MONEY, true },
		     { "expenses", N_("Expenses"), REPORT_MONEY, true },
		     { "pay", N_("Wages"), REPORT_MONEY, true },
		     { "differences", N_("Over or short"), REPORT_MONEY, true },
		     { "rounding", N_("Rounding"), REPORT_MONEY, true },
		     { "other", N_("Other income"), REPORT_MONEY, true },
		     { "profit", N_("Profit"), REPORT_MONEY, true } },
};

/* "net" and "margin" are what stands above them, added up. */
static const char *line_word(const char *code)
{
	static const struct {
		const char *code, *title;
	} words[] = {
		{ "gross", N_("Sold at full prices") },
		{ "discount", N_("Discounts") },
		{ "added", N_("Tax on top") },
		{ "net", N_("= Sales") },
		{ "cost", N_("Cost of sales") },
		{ "margin", N_("= Margin") },
		{ "write-off", N_("Written off") },
		{ "count", N_("Found or missing at counts") },
		{ "revaluation", N_("Revalued") },
		{ "rounding", N_("Cash rounding") },
		{ "difference", N_("Cash over or short") },
		{ "income", N_("Other income") },
		{ "exchange", N_("Exchange difference") },
		{ "expense", N_("Expense") },
		{ "pay", N_("Wages") },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
		if (strcmp(words[i].code, code) == 0)
			return g_dgettext(GETTEXT_PACKAGE, words[i].title);
	return code;
}

static void put_line(Report *self, const char *line, const char *detail, int64_t amount)
{
	ReportCell *cells = report_add_row(self);

	report_put_text(self, &cells[0], line);
	report_put_text(self, &cells[1], detail != NULL ? expense_kind_word(detail) : NULL);
	report_put_value(&cells[2], amount);
}

/* A sum comes where the first line stands that is no more part of it. */
typedef struct {
	int64_t sum, tax;
	bool has_net, has_margin;
} Statement;

static void put_sums(Report *self, Statement *statement, const char *line)
{
	bool of_net = strcmp(line, "gross") == 0 || strcmp(line, "discount") == 0 ||
		      strcmp(line, "added") == 0;
	bool of_margin = of_net || strcmp(line, "cost") == 0;

	if (!of_net && !statement->has_net) {
		put_line(self, "net", NULL, statement->sum);
		statement->has_net = true;
	}
	if (!of_margin && !statement->has_margin) {
		put_line(self, "margin", NULL, statement->sum);
		statement->has_margin = true;
	}
}

static void put_tax_note(Report *self, int64_t tax)
{
	g_autofree char *plain = money_dup_decimal((Money){ tax, self->currency });
	const Currency *currency = currency_by_number(self->currency);
	g_autofree char *text = NULL;

	/* Translators: %s is an amount. */
	text = g_strdup_printf(_("Tax in the sales: %s %s. What of it is paid to the state counts "
				 "when it is entered as an expense."),
			       plain, currency != NULL ? currency->code : "");
	report_add_note(self, text);
}

static bool fill_lines(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	StoreStatement *row = bind(store, "office/report_money/profit_lines", query);
	Statement statement = { 0 };
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		const char *line = store_get_text(row, 0);
		int64_t amount = store_get_int(row, 2);

		if (strcmp(line, "tax") == 0) {
			statement.tax = amount;
			continue;
		}
		put_sums(self, &statement, line);
		put_line(self, line, store_get_text(row, 1), amount);
		statement.sum += amount;
	}
	put_sums(self, &statement, "");
	report_put_total(self, 2, statement.sum);
	put_tax_note(self, statement.tax);
	return step == STORE_DONE;
}

static const ReportKind profit_lines = {
	.name = "profit-lines",
	.title = N_("Profit and loss by line"),
	.chapter = N_("Money"),
	.fill = fill_lines,
	.of_sales = true,
	.takes = REPORT_TAKES_DAYS | REPORT_TAKES_ALL_SHOPS,
	.needs = SEES_PROFIT,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 3,
	.columns = { { "line", N_("What"), REPORT_WORD, .word = line_word },
		     { "for", N_("For"), REPORT_TEXT, false },
		     { "amount", N_("Amount"), REPORT_MONEY, true } },
};

/* --- currencies ---------------------------------------------------------------------------- */

static bool fill_rates(Report *self, Store *store, const ReportQuery *query, GError **error)
{
	g_autoptr(GArray) list = currency_rates(store, error);

	for (guint i = 0; list != NULL && i < list->len; i++) {
		const CurrencyRate *rate = &g_array_index(list, CurrencyRate, i);
		const Currency *currency = currency_by_number(rate->currency);
		g_autofree char *value = quantity_dup_decimal((Quantity){ rate->value });
		ReportCell *cells;

		if (query->to != 0 && rate->first_day > query->to)
			continue;
		cells = report_add_row(self);
		report_put_value(&cells[0], rate->first_day);
		report_put_text(self, &cells[1], currency != NULL ? currency->code : "?");
		report_put_value(&cells[2], rate->units);
		report_put_text(self, &cells[3], value);
	}
	return list != NULL;
}

static const ReportKind rates = {
	.name = "rates",
	.title = N_("Rates of currencies"),
	.chapter = N_("Money"),
	.fill = fill_rates,
	.takes = REPORT_TAKES_DAY | REPORT_TAKES_ALL_SHOPS,
	.needs = SEES_MONEY,
	.sort = -1,
	.picture = REPORT_NO_PICTURE,
	.n_columns = 4,
	.columns = { { "from", N_("From"), REPORT_DAY, false },
		     { "currency", N_("Currency"), REPORT_TEXT, false },
		     { "units", N_("Units"), REPORT_INTEGER, false },
		     { "rate", N_("Are worth"), REPORT_TEXT, false } },
};

const ReportKind *const report_kinds_money[] = { &money,  &moves,	 &accounts, &expenses,
						 &profit, &profit_lines, &rates,    NULL };
