/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/money/money.h"

/* What the files of this folder have in common. */

#define MONEY_TEXT_MAX 250 /* characters */

/* Sets @error and is false. */
bool money_refuse(GError **error, MoneyError code, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* "1500.50 ₮"; own it. */
char *money_dup_amount(int64_t amount, uint16_t currency);
/* Trimmed; NULL is "". Own it. */
char *money_dup_text(const char *text);
bool money_text_is_sound(const char *text);

/* A row to be written; 0 and NULL are nothing. */
typedef struct {
	int64_t entry_id; /* 0: this is the first of its entry, and it is filled in */
	int64_t shop_id, account_id, at, amount, home;
	int32_t day;
	MoneyKind kind;
	int64_t expense_kind, supplier_id, document_id, person_id;
	int64_t till_id, shift, journal_number, reverses, settles, entered_by;
	const char *reference, *note;
} MoneyRow;
bool money_row_write(Store *store, MoneyRow *row, GError **error);

/* What an account has by the ledger: now where @day is 0, else at the end of that day. */
bool money_balance(Store *store, int64_t account_id, int32_t day, int64_t *ret, GError **error);
/* Makes the accounts that the office makes by itself, where they are not there. */
bool money_usual_accounts(Store *store, int64_t shop_id, GError **error);
/* Of a usual one: 'safe', 'cards'. */
bool money_usual_find(Store *store, int64_t shop_id, const char *usual, int64_t *ret,
		      GError **error);
/* MONEY_ERROR_CLOSED where @day is in a closed month and @person_id may not enter into it. */
bool money_require_open(Store *store, int64_t shop_id, int32_t day, int64_t person_id,
			GError **error);

/* A new entry of a checked @entry, its day and moment filled in, by the rules of money_enter(). */
typedef struct {
	MoneyEntry told; /* its texts are borrowed */
	int64_t settles; /* a till's entry, which its rows take the place of; 0: none */
	int64_t person_id, number;

	/* owned */
	MoneyAccount *account, *other;
	char *reference, *note;
} MoneyDraft;
void money_draft_clear(MoneyDraft *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(MoneyDraft, money_draft_clear)
bool money_draft_check(Store *store, MoneyDraft *self, GError **error);
bool money_draft_write(Store *store, MoneyDraft *self, GError **error);
/* Not to come, in no closed month, and not before its drawers were counted. Fills day and at. */
bool money_draft_when(Store *store, MoneyDraft *self, GError **error);
/* Whether tills told anything of a drawer at or after @at. */
bool money_counted_since(Store *store, const MoneyAccount *account, int64_t at, bool *ret,
			 GError **error);

/* The rows of an entry as JSON for the audit; own it. NULL on failure. */
char *money_dup_json(Store *store, int64_t number, GError **error);
