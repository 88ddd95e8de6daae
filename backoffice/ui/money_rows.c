/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/money_rows.h"

#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

const OfficeColumn office_money_account_columns[OFFICE_MONEY_ACCOUNT_COLUMNS] = {
	{ N_("Account"), 0, false },   { N_("Kind"), 112, false },
	{ N_("Balance"), 144, true },  { N_("Sold since"), 144, true },
	{ N_("Together"), 144, true },
};

const OfficeColumn office_money_book_columns[OFFICE_MONEY_BOOK_COLUMNS] = {
	{ N_("When"), 80, false },	    { N_("What"), 160, false },
	{ N_("For, with whom"), 0, false }, { N_("Came in"), 112, true },
	{ N_("Went out"), 112, true },	    { N_("Balance"), 120, true },
	{ N_("Entered by"), 88, false },
};

/* --- words --------------------------------------------------------------------------------- */

/* In a foreign currency with its sign. */
static char *dup_amount(const OfficeDesk *desk, int64_t amount, uint16_t currency)
{
	bool is_foreign = currency != office_desk_get_shop(desk)->currency;

	return number_text_money(office_desk_get_style(desk), (Money){ amount, currency },
				 is_foreign);
}

/* Day of the month that is shown, and the clock. */
static char *dup_when(const OfficeDesk *desk, int64_t at)
{
	g_autoptr(GDateTime) time = office_desk_dup_time(desk, at);

	return g_date_time_format(time, "%d %H:%M");
}

static void append_part(GString *text, const char *part)
{
	if (part != NULL && *part != '\0')
		g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* Whom, what for, which paper: all that is said of it. */
static char *dup_about(const OfficeDesk *desk, const MoneyMove *move)
{
	g_autoptr(GString) text = g_string_new(NULL);
	g_autofree char *shift = NULL;

	if (move->reverses != 0)
		append_part(text, _("taken back"));
	else if (move->reversed_by != 0)
		append_part(text, _("was taken back"));
	append_part(text, move->expense);
	append_part(text, move->supplier);
	append_part(text, move->other_account);
	if (office_desk_may(desk, RIGHT_SEE_PAY))
		append_part(text, move->person);
	if (move->of_till) {
		shift = g_strdup_printf(_("shift %" PRId64), move->shift);
		append_part(text, shift);
	}
	append_part(text, move->document);
	append_part(text, move->reference);
	append_part(text, move->note);
	return g_string_free(g_steal_pointer(&text), false);
}

/* "№ 12 · Expense · Rent · −250 000 ₮" */
char *office_money_dup_title(const OfficeDesk *desk, const MoneyAccount *account,
			     const MoneyMove *move)
{
	g_autofree char *about = dup_about(desk, move);
	g_autofree char *amount = number_text_money(
		office_desk_get_style(desk), (Money){ move->amount, account->currency }, true);
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_printf(text, "№ %" PRId64, move->number);
	append_part(text, money_kind_title(move->kind));
	append_part(text, about);
	append_part(text, account->name);
	append_part(text, amount);
	return g_string_free(g_steal_pointer(&text), false);
}

/* --- rows ---------------------------------------------------------------------------------- */

OfficeTextRow *office_money_account_row(const OfficeDesk *desk, const MoneyAccount *account)
{
	OfficeTextRow *row = office_text_row_new(account->id);
	int64_t together = account->balance + account->selling;

	row->texts[0] = g_strdup(account->name);
	row->texts[1] = g_strdup(money_place_title(account->place));
	row->texts[2] = dup_amount(desk, account->balance, account->currency);
	row->texts[3] = account->selling != 0
				? dup_amount(desk, account->selling, account->currency)
				: NULL;
	row->texts[4] = dup_amount(desk, together, account->currency);
	if (together < 0 && account->place != MONEY_BANK)
		row->tone = OFFICE_RED;
	return row;
}

OfficeTextRow *office_money_move_row(const OfficeDesk *desk, const MoneyMove *move,
				     uint16_t currency)
{
	OfficeTextRow *row = office_text_row_new(move->id);

	row->texts[0] = dup_when(desk, move->at);
	row->texts[1] = g_strdup(money_kind_title(move->kind));
	row->texts[2] = dup_about(desk, move);
	if (move->amount != 0)
		row->texts[move->amount > 0 ? 3 : 4] = dup_amount(desk, move->amount, currency);
	row->texts[5] = dup_amount(desk, move->balance, currency);
	row->texts[6] = g_strdup(*move->entered_by != '\0' ? move->entered_by : _("command line"));
	if (move->kind == MONEY_DIFFERENCE && move->reverses == 0 && move->reversed_by == 0)
		row->tone = OFFICE_AMBER;
	return row;
}

/* What is in no shift's books yet. */
OfficeTextRow *office_money_selling_row(const OfficeDesk *desk, const MoneyAccount *account)
{
	OfficeTextRow *row = office_text_row_new(OFFICE_MONEY_SELLING);

	row->texts[1] = g_strdup(_("Sold so far"));
	row->texts[2] = g_strdup(_("the shift is open"));
	row->texts[account->selling > 0 ? 3 : 4] =
		dup_amount(desk, account->selling, account->currency);
	row->texts[5] = dup_amount(desk, account->balance + account->selling, account->currency);
	return row;
}
