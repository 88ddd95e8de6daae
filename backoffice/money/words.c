/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/money/money_private.h"
#include "core/currency.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK(baraa_money_error, money_error)

typedef struct {
	const char *code, *title;
} Word;

static const Word kinds[MONEY_N_KINDS] = {
	[MONEY_OPENING] = { "opening", N_("Opening balance") },
	[MONEY_SALES] = { "sales", N_("Cash sales") },
	[MONEY_RETURNS] = { "returns", N_("Cash given back") },
	[MONEY_ROUNDING] = { "rounding", N_("Cash rounding") },
	[MONEY_CARD] = { "card", N_("Paid by card") },
	[MONEY_CASH_IN] = { "cash-in", N_("Put into the drawer") },
	[MONEY_CASH_OUT] = { "cash-out", N_("Taken out of the drawer") },
	[MONEY_DIFFERENCE] = { "difference", N_("Over or short") },
	[MONEY_TRANSFER] = { "transfer", N_("Transfer") },
	[MONEY_EXCHANGE] = { "exchange", N_("Exchange difference") },
	[MONEY_EXPENSE] = { "expense", N_("Expense") },
	[MONEY_INCOME] = { "income", N_("Other income") },
	[MONEY_SUPPLIER_PAYMENT] = { "supplier-payment", N_("Paid to a supplier") },
	[MONEY_SUPPLIER_REFUND] = { "supplier-refund", N_("Supplier gave back") },
	[MONEY_PAY] = { "pay", N_("Wages") },
};

static const Word places[MONEY_N_PLACES] = {
	[MONEY_DRAWER] = { "drawer", N_("Drawer") },
	[MONEY_SAFE] = { "safe", N_("Safe") },
	[MONEY_BANK] = { "bank", N_("Bank") },
};

static const Word groups[EXPENSE_N_GROUPS] = {
	[EXPENSE_PREMISES] = { "premises", N_("Premises") },
	[EXPENSE_STAFF] = { "staff", N_("Staff") },
	[EXPENSE_SELLING] = { "selling", N_("Selling") },
	[EXPENSE_OFFICE] = { "office", N_("Office") },
	[EXPENSE_BANK] = { "bank", N_("Bank charges") },
	[EXPENSE_TAXES] = { "taxes", N_("Taxes and fees") },
	[EXPENSE_OTHER] = { "other", N_("Other expenses") },
	[EXPENSE_INCOME] = { "income", N_("Other income") },
};

/* Of rows that the office made by itself. */
static const Word accounts[] = {
	{ "safe", N_("Safe") },
	{ "bank", N_("Bank account") },
	{ "cards", N_("Card takings") },
	{ "drawer", N_("Drawer") },
};

static const Word expenses[] = {
	{ "rent", N_("Rent") },
	{ "power", N_("Power, heating, water") },
	{ "repairs", N_("Repairs") },
	{ "cleaning", N_("Cleaning, rubbish") },
	{ "guard", N_("Guard, alarm") },
	{ "social", N_("Social insurance of staff") },
	{ "transport", N_("Transport") },
	{ "packing", N_("Bags, packing") },
	{ "advertising", N_("Advertising") },
	{ "telephone", N_("Telephone, internet") },
	{ "stationery", N_("Stationery, till rolls") },
	{ "equipment", N_("Equipment, programs") },
	{ "fiscal-data", N_("Fiscal data operator, registrar") },
	{ "bank", N_("Bank charges") },
	{ "acquiring", N_("Charges for card payments") },
	{ "taxes", N_("Taxes") },
	{ "patent", N_("Patent") },
	{ "city-fees", N_("City and district fees") },
	{ "owner", N_("Taken by the owner") },
	{ "other", N_("Other expenses") },
	{ "other-income", N_("Other income") },
};

static const char *title_of(const Word *word)
{
	return g_dgettext(GETTEXT_PACKAGE, word->title);
}

static bool parse(const Word *words, int n, const char *text, int *ret)
{
	for (int i = 0; i < n; i++)
		if (strcmp(words[i].code, text) == 0) {
			*ret = i;
			return true;
		}
	return false;
}

static const char *word_of(const Word *words, int n, const char *name)
{
	int i;

	return parse(words, n, name, &i) ? title_of(&words[i]) : name;
}

const char *money_kind_code(MoneyKind kind)
{
	g_return_val_if_fail(kind < MONEY_N_KINDS, NULL);
	return kinds[kind].code;
}

const char *money_kind_title(MoneyKind kind)
{
	g_return_val_if_fail(kind < MONEY_N_KINDS, NULL);
	return title_of(&kinds[kind]);
}

bool money_kind_parse(const char *text, MoneyKind *ret)
{
	int i;

	if (!parse(kinds, MONEY_N_KINDS, text, &i))
		return false;
	*ret = (MoneyKind)i;
	return true;
}

bool money_kind_is_entered(MoneyKind kind)
{
	return kind == MONEY_OPENING || kind == MONEY_DIFFERENCE || kind == MONEY_TRANSFER ||
	       kind == MONEY_EXPENSE || kind == MONEY_INCOME || kind == MONEY_SUPPLIER_PAYMENT ||
	       kind == MONEY_SUPPLIER_REFUND || kind == MONEY_PAY;
}

Right money_kind_right(MoneyKind kind)
{
	return kind == MONEY_SUPPLIER_PAYMENT || kind == MONEY_SUPPLIER_REFUND ? RIGHT_PAY_SUPPLIERS
									       : RIGHT_MOVE_MONEY;
}

const char *money_place_code(MoneyPlace place)
{
	g_return_val_if_fail(place < MONEY_N_PLACES, NULL);
	return places[place].code;
}

const char *money_place_title(MoneyPlace place)
{
	g_return_val_if_fail(place < MONEY_N_PLACES, NULL);
	return title_of(&places[place]);
}

bool money_place_parse(const char *text, MoneyPlace *ret)
{
	int i;

	if (!parse(places, MONEY_N_PLACES, text, &i))
		return false;
	*ret = (MoneyPlace)i;
	return true;
}

const char *expense_group_code(ExpenseGroup group)
{
	g_return_val_if_fail(group < EXPENSE_N_GROUPS, NULL);
	return groups[group].code;
}

const char *expense_group_title(ExpenseGroup group)
{
	g_return_val_if_fail(group < EXPENSE_N_GROUPS, NULL);
	return title_of(&groups[group]);
}

bool expense_group_parse(const char *text, ExpenseGroup *ret)
{
	int i;

	if (!parse(groups, EXPENSE_N_GROUPS, text, &i))
		return false;
	*ret = (ExpenseGroup)i;
	return true;
}

const char *money_account_word(const char *name)
{
	return word_of(accounts, G_N_ELEMENTS(accounts), name);
}

const char *expense_kind_word(const char *name)
{
	return word_of(expenses, G_N_ELEMENTS(expenses), name);
}

/* --- texts --------------------------------------------------------------------------------- */

bool money_refuse(GError **error, MoneyError code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (error != NULL)
		*error = g_error_new_valist(MONEY_ERROR, (int)code, format, args);
	va_end(args);
	return false;
}

char *money_dup_amount(int64_t amount, uint16_t currency)
{
	const Currency *about = currency_by_number(currency);
	g_autofree char *number = money_dup_decimal((Money){ amount, currency });
	char *cents = about != NULL && about->hide_zero_minor ? strchr(number, '.') : NULL;

	if (cents != NULL && strspn(cents, ".0") == strlen(cents))
		*cents = '\0';
	return g_strdup_printf("%s\u00a0%s", number, about != NULL ? about->symbol : "");
}

char *money_dup_text(const char *text)
{
	return g_strstrip(g_strdup(text != NULL ? text : ""));
}

bool money_text_is_sound(const char *text)
{
	if (!g_utf8_validate(text, -1, NULL) || g_utf8_strlen(text, -1) > MONEY_TEXT_MAX)
		return false;
	for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
		if (g_unichar_iscntrl(g_utf8_get_char(p)))
			return false;
	return true;
}
