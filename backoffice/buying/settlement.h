/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/stock.h"

/* What suppliers are owed, on any day:
 *
 *     debts from before + posted deliveries − returns − payments + refunds
 *
 * A delivery is worth the sum of what its lines cost and is due on its day + supplier.days; what
 * was reversed never was. A payment that names a delivery settles that one; what is left of it, and
 * all others, settle what is due first. A refund takes back from what was paid or returned and not
 * used; beyond that it is owed like a delivery. Amounts are minor units of the shop's currency,
 * days YYYYMMDD on the shop's clock. */

typedef enum {
	SETTLEMENT_DEBT, /* from before: supplier_debt */
	SETTLEMENT_DELIVERY,
	SETTLEMENT_RETURN,
	SETTLEMENT_PAYMENT,
	SETTLEMENT_REFUND,
	SETTLEMENT_N_KINDS
} SettlementKind;
const char *settlement_kind_title(SettlementKind kind); /* translated */

typedef struct {
	SettlementKind kind;
	int64_t id; /* of the document, the debt or the row of money_ledger */
	int64_t shop_id, at;
	int64_t document_id; /* of a payment: the delivery it names; 0: none */
	char *number, *reference; /* owned, never NULL; our number, that of their paper */
	int32_t day, due; /* due: of what is owed; else its day */
	int64_t amount; /* above zero: we owe more */
	int64_t left; /* of amount: not settled, not used yet; its sign */
} SettlementEntry;

/* How long after the day it was due. */
typedef enum { AGE_NOT_DUE, AGE_WEEK, AGE_MONTH, AGE_OLDER, AGE_N } SettlementAge;
const char *settlement_age_title(SettlementAge age); /* translated: "1–7 days late" */
SettlementAge settlement_age(int32_t due, int32_t as_of);
/* Days from one to the other, below zero where @to is before. */
int settlement_days_between(int32_t from, int32_t to);
int32_t settlement_day_after(int32_t day, int days);

/* One supplier's account at the end of a day. owed = Σ ages − unused. */
typedef struct {
	int64_t supplier_id;
	char *supplier; /* owned */
	int days; /* to pay in */
	int64_t owed; /* below zero: they owe us */
	int64_t ages[AGE_N];
	int64_t unused; /* paid or returned and not used for anything yet */
	int32_t next_due; /* of what is left; 0: nothing */
	int64_t next_amount; /* due on that day */
	GPtrArray *entries; /* owned; of SettlementEntry, by day */
} Settlement;
void settlement_free(Settlement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Settlement, settlement_free)

/* One supplier at the end of @as_of (0: today). @shop_id 0: what all shops together owe. */
Settlement *settlement_read(Store *store, int64_t shop_id, int64_t supplier_id, int32_t as_of,
			    GError **error);
/* All that have ever had an entry, by name. Array that frees its elements. */
GPtrArray *settlement_list(Store *store, int64_t shop_id, int32_t as_of, GError **error);

/* What entries of some days come to. */
typedef struct {
	int64_t opening, delivered, returned, paid, refunded, closing;
} SettlementTurnover;
/* delivered and refunded are above zero, returned and paid below: opening + all four = closing.
 * What was owed from before counts as delivered on its day. */
SettlementTurnover settlement_turnover(const Settlement *self, int32_t from, int32_t to);

/* What has to be paid up to the end of @until, by due day: what is late comes first. */
typedef struct {
	int64_t supplier_id, document_id; /* 0: a debt from before */
	char *supplier, *number; /* owned */
	int32_t due;
	int64_t left;
} SettlementDue;
/* As of today. @shop_id 0: all. Array that frees its elements. */
GPtrArray *settlement_due(Store *store, int64_t shop_id, int32_t until, GError **error);

/* Puts down what was owed before the office began; below zero: they owe us. RIGHT_PAY_SUPPLIERS;
 * audited. Never changed: another one with a minus takes it back. */
typedef struct {
	int64_t supplier_id, shop_id;
	int32_t day, due;
	int64_t amount;
	const char *note; /* borrowed; may be NULL */
} SettlementDebt;
bool settlement_add_debt(Store *store, const SettlementDebt *debt, int64_t person_id,
			 GError **error);

/* Settles the entries (day, due, amount) of @self as of @as_of: fills what is left of each and the
 * sums. Pure. False where a sum does not fit. */
bool settlement_settle(Settlement *self, int32_t as_of);
