/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/money/money.h"
#include "backoffice/ui/desk.h"
#include "backoffice/ui/text_table.h"

/* Accounts and moves of money as rows of the page's two tables. */

#define OFFICE_MONEY_ACCOUNT_COLUMNS 5
#define OFFICE_MONEY_BOOK_COLUMNS 7
#define OFFICE_MONEY_SELLING G_MAXINT64 /* id of the row that is no move yet */
extern const OfficeColumn office_money_account_columns[OFFICE_MONEY_ACCOUNT_COLUMNS];
extern const OfficeColumn office_money_book_columns[OFFICE_MONEY_BOOK_COLUMNS];

OfficeTextRow *office_money_account_row(const OfficeDesk *desk, const MoneyAccount *account);
/* @currency: the account's. */
OfficeTextRow *office_money_move_row(const OfficeDesk *desk, const MoneyMove *move,
				     uint16_t currency);
/* What is in no shift's books yet. */
OfficeTextRow *office_money_selling_row(const OfficeDesk *desk, const MoneyAccount *account);
/* "№ 12 · Expense · Rent · Safe · −250 000 ₮"; own it. */
char *office_money_dup_title(const OfficeDesk *desk, const MoneyAccount *account,
			     const MoneyMove *move);
