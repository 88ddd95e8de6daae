/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/stock/document.h"

/* What stands on the shelves. */

/* One item's stock. */
typedef struct {
	int64_t item_id, quantity, value, average; /* average: millionths of a minor unit */
	bool has_average;
	int64_t on_the_way; /* of transfers to this shop */
	int64_t ordered; /* by posted orders, not come yet */
} StockState;
bool stock_state(Store *store, int64_t shop_id, int64_t item_id, StockState *ret, GError **error);

/* Movements of an item, newest first. */
typedef struct {
	int64_t id, at, quantity, value, balance; /* balance: after it */
	char *kind, *number, *person; /* owned; number of document or receipt */
	int64_t document_id;
} StockMove;
void stock_move_free(StockMove *self);
GPtrArray *stock_moves(Store *store, int64_t shop_id, int64_t item_id, int max, GError **error);

typedef struct {
	int64_t batch_id, item_id, quantity;
	int32_t expiry;
	char *code, *name; /* owned */
} BatchState;
void batch_state_free(BatchState *self);
/* Of one item, or of all that expire up to @until (YYYYMMDD) where @item_id is 0; first expired
 * first. */
GPtrArray *stock_batches(Store *store, int64_t shop_id, int64_t item_id, int32_t until,
			 GError **error);

/* Balances below zero, each with what it probably comes from. */
typedef enum {
	CAUSE_UNPOSTED_DELIVERY, /* a draft has it: post it */
	CAUSE_LATE_ORDER, /* ordered, nothing entered */
	CAUSE_OTHER_CODE, /* goods of a like name have more than they should */
	CAUSE_ON_THE_WAY, /* a transfer to this shop did not arrive yet */
	CAUSE_COUNT, /* it began with a count */
	CAUSE_RECIPE, /* sales of a kit took it */
	CAUSE_NEVER_RECEIVED,
	CAUSE_N
} StockCause;
const char *stock_cause_code(StockCause cause); /* "unposted-delivery": in JSON */
const char *stock_cause_title(StockCause cause); /* translated: what to do */
typedef struct {
	int64_t item_id, quantity, since; /* since: the moment it went below zero */
	StockCause cause;
	int64_t document_id; /* that the cause speaks of; 0: none */
	char *name, *code, *unit,
		*hint; /* owned; hint: number of the document, name of the other goods */
} StockProblem;
void stock_problem_free(StockProblem *self);
GPtrArray *stock_problems(Store *store, int64_t shop_id, GError **error);

typedef struct {
	int64_t id; /* 0: new */
	char *name, *tin, *contact, *phone, *email; /* owned */
	char *terms; /* owned; as agreed, in words */
	int days; /* to pay in */
	int lead_days; /* from an order to its delivery */
	int review_days; /* from one order to the next */
	int64_t least_order; /* minor units; 0: he takes any */
} Supplier;
Supplier *supplier_new(const char *name);
void supplier_free(Supplier *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Supplier, supplier_free)
GPtrArray *supplier_list(Store *store, const char *search, int max, GError **error);
/* DOCUMENT_ERROR_GONE where there is none. */
Supplier *supplier_read(Store *store, int64_t id, GError **error);
/* RIGHT_SUPPLIERS; audited. A name is one supplier's (DOCUMENT_ERROR_INVALID). A new one gets its
 * id.
 */
bool supplier_write(Store *store, Supplier *supplier, int64_t person_id, GError **error);
/* The same inside a transaction of the caller. */
bool supplier_put(Store *store, Supplier *supplier, int64_t person_id, GError **error);
/* By his whole name; *ret 0 without an error where there is none. */
bool supplier_find(Store *store, const char *name, int64_t *ret, GError **error);

/* What one unit costs at a supplier's from a day on; kept for ever. */
typedef struct {
	int64_t supplier_id, item_id, cost;
	int32_t first_day; /* YYYYMMDD */
	int64_t at, person_id; /* who told it, and when */
} SupplierPrice;
/* *ret_has false: the history knows none on @day. */
bool supplier_price_on(Store *store, int64_t supplier_id, int64_t item_id, int32_t day,
		       bool *ret_has, int64_t *ret, GError **error);
/* Leaves no trace where it is what holds on that day already. @how: "list", "hand", "delivery". In
 * the caller's transaction, who has asked for the right. */
bool supplier_price_note(Store *store, const SupplierPrice *price, const char *how, GError **error);
