/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/people/rights.h"
#include "store/store.h"

/* Money of the shops: accounts (a drawer a till, the safe, the bank) and a ledger of every move
 * (schema/office/0011-money.sql). What tills did lands there by itself (till.h); people enter the
 * rest. Nothing is changed or erased: an entry is taken back by another.
 *
 * Amounts are minor units of the account's currency. An entry is one row, or several that belong
 * together: a transfer has two. Its number is that of its first row. */

#define MONEY_ERROR (money_error_quark())
GQuark money_error_quark(void);
typedef enum {
	MONEY_ERROR_INVALID, /* something in it cannot be so */
	MONEY_ERROR_GONE, /* no such account, entry, kind, supplier */
	MONEY_ERROR_TWICE, /* the same payment stands there already */
	MONEY_ERROR_EMPTY, /* more than there is in a safe or drawer */
	MONEY_ERROR_STATE, /* taken back already, or a till's, or counted since */
	MONEY_ERROR_CLOSED, /* the month is closed */
	MONEY_ERROR_RATE, /* no rate of this currency on that day */
	MONEY_ERROR_LARGE, /* does not fit */
} MoneyError;
/* Messages of this domain are in the person's language. */

#define MONEY_MAX INT64_C(100000000000000) /* of one amount: minor units */

/* --- kinds --------------------------------------------------------------------------------- */

typedef enum {
	MONEY_OPENING,
	MONEY_SALES,
	MONEY_RETURNS,
	MONEY_ROUNDING,
	MONEY_CARD,
	MONEY_CASH_IN,
	MONEY_CASH_OUT,
	MONEY_DIFFERENCE, /* counted or found less what should be there */
	MONEY_TRANSFER,
	MONEY_EXCHANGE, /* what a transfer between currencies gained or lost: amount 0, home only */
	MONEY_EXPENSE,
	MONEY_INCOME,
	MONEY_SUPPLIER_PAYMENT,
	MONEY_SUPPLIER_REFUND,
	MONEY_PAY,
	MONEY_N_KINDS
} MoneyKind;
const char *money_kind_code(MoneyKind kind); /* "supplier-payment" */
const char *money_kind_title(MoneyKind kind); /* translated */
bool money_kind_parse(const char *text, MoneyKind *ret);
/* Whether people enter it with money_enter(). */
bool money_kind_is_entered(MoneyKind kind);
Right money_kind_right(MoneyKind kind); /* that entering it needs */

/* --- accounts ------------------------------------------------------------------------------ */

typedef enum { MONEY_DRAWER, MONEY_SAFE, MONEY_BANK, MONEY_N_PLACES } MoneyPlace;
const char *money_place_code(MoneyPlace place); /* "drawer" */
const char *money_place_title(MoneyPlace place); /* translated */
bool money_place_parse(const char *text, MoneyPlace *ret);
/* What the name of an account or of a kind of expense is as a column of SQL: a code of a usual one
 * in words, another as it stands. */
const char *money_account_word(const char *name);
const char *expense_kind_word(const char *name);

typedef struct {
	int64_t id, shop_id, till_id; /* till_id 0: of none */
	MoneyPlace place;
	uint16_t currency, home_currency;
	bool closed;
	char *name, *shop; /* owned; the name as people read it */
	int64_t balance, home; /* by the ledger */
	int64_t selling; /* what open shifts took since: not in the ledger yet */
} MoneyAccount;
void money_account_free(MoneyAccount *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MoneyAccount, money_account_free)

/* Drawers, safes, banks of a shop, or of all where @shop_id is 0; as they stand now where @day is
 * 0, else at the end of that day (and then nothing is selling). Frees its elements. */
GPtrArray *money_accounts(Store *store, int64_t shop_id, int32_t day, GError **error);
MoneyAccount *money_account_read(Store *store, int64_t id, GError **error);
/* By its name or usual code ("safe", "bank", "cards") in @shop_id; MONEY_ERROR_GONE names those
 * there are. */
MoneyAccount *money_account_find(Store *store, int64_t shop_id, const char *name, GError **error);
/* A safe or a bank account, in any currency; RIGHT_SETTINGS; audited. */
bool money_account_add(Store *store, int64_t shop_id, MoneyPlace place, const char *name,
		       uint16_t currency, int64_t person_id, int64_t *ret_id, GError **error);

/* --- kinds of expense ---------------------------------------------------------------------- */

typedef enum {
	EXPENSE_PREMISES,
	EXPENSE_STAFF,
	EXPENSE_SELLING,
	EXPENSE_OFFICE,
	EXPENSE_BANK,
	EXPENSE_TAXES,
	EXPENSE_OTHER,
	EXPENSE_INCOME, /* other income, not an expense */
	EXPENSE_N_GROUPS
} ExpenseGroup;
const char *expense_group_code(ExpenseGroup group);
const char *expense_group_title(ExpenseGroup group); /* translated */
bool expense_group_parse(const char *text, ExpenseGroup *ret);

typedef struct {
	int64_t id;
	char *name; /* owned; as people read it */
	ExpenseGroup group;
} ExpenseKind;
void expense_kind_free(ExpenseKind *self);
/* Frees its elements. */
GPtrArray *expense_kinds(Store *store, GError **error);
/* RIGHT_MOVE_MONEY; audited. */
bool expense_kind_add(Store *store, const char *name, ExpenseGroup group, int64_t person_id,
		      int64_t *ret_id, GError **error);
/* By its name as people read it, or its code. */
bool expense_kind_find(Store *store, const char *name, int64_t *ret_id, GError **error);

/* --- currencies ---------------------------------------------------------------------------- */

typedef struct {
	uint16_t currency;
	int32_t first_day;
	int64_t units; /* so many units of it … */
	int64_t value; /* … are so many millionths of one unit of the shops' currency */
} CurrencyRate;
/* Newest first. Array of CurrencyRate. */
GArray *currency_rates(Store *store, GError **error);
/* RIGHT_MOVE_MONEY; audited. What was entered keeps the value it had. */
bool currency_rate_set(Store *store, const CurrencyRate *rate, int64_t person_id, GError **error);
/* What @amount of @currency was worth in @home on @day; MONEY_ERROR_RATE. */
bool currency_to_home(Store *store, uint16_t currency, uint16_t home, int32_t day, int64_t amount,
		      int64_t *ret, GError **error);

/* --- entries ------------------------------------------------------------------------------- */

typedef struct {
	MoneyKind kind; /* one that people enter */
	int64_t account_id; /* where it goes out, or comes in */
	int64_t amount; /* above zero; of an opening balance or a count: what is there, and the
			   row is what that differs by from the ledger */
	int64_t to_account; /* of a transfer */
	int64_t to_amount; /* what came in there; 0: the same amount, which needs one currency */
	int64_t expense_kind; /* of an expense or income */
	int64_t supplier_id, document_id; /* of a supplier's payment or refund; document_id may be 0
					   */
	int64_t person_id; /* of pay: who got it */
	int64_t at; /* UTC microseconds; 0: now, or see day */
	int32_t day; /* YYYYMMDD where at is 0: the end of that day, of an opening its beginning */
	const char *reference, *note; /* may be NULL */
	bool again; /* it is no mistake: paid a second time */
	bool below_zero; /* nor this: there is less in the safe or drawer */
} MoneyEntry;

/* In one transaction, audited. *ret_number: of the entry. */
bool money_enter(Store *store, const MoneyEntry *entry, int64_t person_id, int64_t *ret_number,
		 GError **error);
/* The same inside a transaction of the caller. */
bool money_enter_in(Store *store, const MoneyEntry *entry, int64_t person_id, int64_t *ret_number,
		    GError **error);
/* Takes back what a person entered, at its own moment. *ret_number: of the entry that does. */
bool money_reverse(Store *store, int64_t number, const char *reason, int64_t person_id,
		   int64_t *ret_number, GError **error);
/* What cash that a till put in or took out, or a float that differed, really was: takes the till's
 * entry back in both accounts and writes the same cash in the drawer as what @entry says (kind and
 * what belongs to it; of a transfer to_account is the other one; account and amount are the
 * till's). What was settled may be settled anew. */
bool money_settle(Store *store, int64_t number, const MoneyEntry *entry, int64_t person_id,
		  int64_t *ret_number, GError **error);

/* Closes all months up to @day (the last of one; 0 opens all): RIGHT_SETTINGS. Whoever has that
 * right can still enter into them. */
bool money_close(Store *store, int64_t shop_id, int32_t day, int64_t person_id, GError **error);

/* Where a shop's cash goes. */
typedef struct {
	int64_t cash_in, cash_out; /* accounts; 0: the safe */
	bool overnight_safe; /* a float unlike what the drawer held: from or to the safe, no
				difference */
	int32_t closed_until;
} MoneySetting;
bool money_setting_read(Store *store, int64_t shop_id, MoneySetting *ret, GError **error);
/* All but closed_until; RIGHT_SETTINGS; audited. Holds for what tills tell from now on. */
bool money_setting_write(Store *store, int64_t shop_id, const MoneySetting *setting,
			 int64_t person_id, GError **error);

/* --- the book ------------------------------------------------------------------------------ */

typedef struct {
	int64_t id, number, account_id, at, amount, home, balance; /* balance: after it */
	int32_t day;
	MoneyKind kind;
	int64_t supplier_id, document_id, expense_kind, shift, reverses, settles;
	int64_t reversed_by; /* the entry that took it back; 0: none */
	bool of_till;
	char *account, *other_account, *till, *expense, *supplier, *document, *person, *reference,
		*note, *entered_by; /* owned, never NULL */
} MoneyMove;
void money_move_free(MoneyMove *self);
typedef struct {
	int64_t shop_id, account_id; /* 0: all */
	int32_t from, to; /* 0: from the beginning, to the end */
	int64_t number; /* of an entry: it alone; 0: all */
} MoneyFilter;
/* By day and moment; the newest @max of them. Balances are those of each row's own account. Frees
 * its elements. */
GPtrArray *money_list(Store *store, const MoneyFilter *filter, int max, GError **error);
