/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods.h"

/* Prices (schema/office/0006-prices.sql): kinds derived from each other, by shop, customer group
 * and time, and prices of a time to come. What a till is told is worked out here, so that a till
 * looks up and never derives.
 *
 * Prices that follow from others are worked out when they are asked for and stand nowhere: they
 * cannot disagree with what they follow from, whoever changed that. Whatever changes item.price,
 * item.cost or a row of price takes a revision of the item, and so tills hear of all of them. */

#define PRICE_RETAIL 1 /* the kind that item.price holds */

typedef enum { PRICE_BY_HAND, PRICE_ON_COST, PRICE_OF_KIND, PRICE_N_BASES } PriceBasis;
const char *price_basis_code(PriceBasis basis); /* "hand", "cost", "kind" */
bool price_basis_parse(const char *text, PriceBasis *ret);

typedef struct {
	int64_t id; /* 0: new */
	char *name; /* owned */
	PriceBasis basis;
	int64_t of_kind;
	int32_t percent; /* hundredths of a percent on top; below zero: less */
	int64_t step, less; /* minor units: to a multiple of step, half up, then less @less */
	bool deleted; /* of price_kind_write(): there is no such kind any more */
} PriceKind;
void price_kind_free(PriceKind *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PriceKind, price_kind_free)
/* As people read it: the retail kind has a name in every language until it is given another. */
const char *price_kind_title(const PriceKind *self);
GPtrArray *price_kind_list(Store *store, GError **error); /* of PriceKind, retail first */
/* In a transaction of its own; RIGHT_SETTINGS. Retail prices are set by hand. Refuses a circle
 * (PRICES_ERROR_CIRCLE). Where its rule is another now, every item takes a revision. Prices set by
 * hand go, with a line in the history each, when the kind is to follow from others. */
bool price_kind_write(Store *store, PriceKind *kind, int64_t person_id, GError **error);
/* A price of this kind from the one it follows from, which is not below zero. False where it does
 * not fit, would be below zero, or where rounding would give away for nothing what costs something.
 * Pure. */
bool price_derive(const PriceKind *kind, int64_t from, int64_t *ret);

#define PRICES_ERROR (prices_error_quark())
GQuark prices_error_quark(void);
typedef enum {
	PRICES_ERROR_INVALID,
	PRICES_ERROR_CIRCLE, /* kinds that follow from each other */
	PRICES_ERROR_PAST, /* a minute that has gone */
	PRICES_ERROR_DERIVED, /* this kind's prices follow from others */
} PricesError;
/* Messages of this domain are in the person's language. */

typedef struct {
	int64_t item_id;
	int64_t kind_id;
	int64_t shop_id; /* 0: all shops */
	int64_t first_at; /* UTC microseconds; 0: now */
	bool has_amount; /* false: no price of its own any more */
	int64_t amount;
} PriceSet;
/* In a transaction of its own: history, revision of the items; all that follows from them follows.
 * RIGHT_CHANGE_PRICE. A set that changes nothing leaves no trace. */
bool prices_set(Store *store, const PriceSet *sets, int n, int64_t person_id, const char *how,
		GError **error);
/* The same inside a transaction of the caller. */
bool prices_put(Store *store, const PriceSet *sets, int n, int64_t person_id, const char *how,
		GError **error);
/* Takes back one that has not begun. */
bool prices_cancel(Store *store, int64_t item_id, int64_t kind_id, int64_t shop_id,
		   int64_t first_at, int64_t person_id, GError **error);
/* Moves prices whose minute has come to where prices in force stand (the tills did by themselves).
 * The hub calls it every few seconds, the office before it shows prices. Transactions of its own,
 * none where nothing is due. *ret_n: how many. */
bool prices_come_due(Store *store, int64_t now, int64_t *ret_n, GError **error);
/* After the cost of @items has changed: those whose prices follow from it take a revision. Inside
 * the caller's transaction. */
bool prices_follow_cost(Store *store, const int64_t *items, int n, int64_t person_id,
			GError **error);

/* What one costs at @at, which is now or later. *ret_has false: no price is set. */
bool price_at(Store *store, int64_t item_id, int64_t kind_id, int64_t shop_id, int64_t at,
	      bool *ret_has, int64_t *ret, GError **error);
/* "Why this price?" in the person's language: kind, shop, since when, by whom. Own it. */
char *price_dup_why(Store *store, int64_t item_id, int64_t kind_id, int64_t shop_id, int64_t at,
		    GError **error);

/* One item's price of one kind that is in force or will be: what a till of the shop is told. */
typedef struct {
	int64_t kind_id;
	int64_t first_at; /* 0: in force */
	bool has_amount;
	int64_t amount;
} PriceRow;
/* By kind, then time. Of PriceRow, one in force for each kind that has a price, and one for each
 * moment to come at which it becomes another. */
GArray *prices_of_item(Store *store, int64_t item_id, int64_t shop_id, int64_t now, GError **error);

/* The same of many items: what is alike for all is asked once. For as long as a transaction. */
typedef struct PriceBook PriceBook;
PriceBook *price_book_new(Store *store, int64_t shop_id, int64_t now, GError **error);
void price_book_free(PriceBook *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PriceBook, price_book_free)
GArray *price_book_item(PriceBook *self, int64_t item_id, GError **error);

typedef struct {
	int64_t id, at, person_id, item_id, kind_id, shop_id, first_at;
	bool has_before, has_after;
	int64_t before, after;
	char *how, *person, *kind; /* owned; the names */
	char *item; /* owned; its name */
} PriceChange;
void price_change_free(PriceChange *self);
/* Newest first, at most @max. @item_id 0: of all goods. */
GPtrArray *price_history(Store *store, int64_t item_id, int max, GError **error);
/* Why it changed, as people read it: "by hand", "import". @how of a PriceChange. */
const char *price_how_title(const char *how);
/* Those to come of the whole shop, the next first: first_at, after and who set them; at most @max.
 */
GPtrArray *prices_coming(Store *store, int64_t item_id, int64_t now, int max, GError **error);

typedef struct {
	int64_t id; /* 0: new */
	int64_t kind_id, shop_id, group_id; /* 0: all shops, everybody */
	int weekdays; /* bits: 1 Monday, 2 Tuesday, 4 … */
	int minute, until; /* of the shop's day: first, and the one after the last */
	int32_t first_day, last_day;
	int rank;
	bool deleted;
} PriceRule;
GArray *price_rule_list(Store *store, GError **error); /* the highest rank first */
/* RIGHT_SETTINGS. Tills are told by its revision. */
bool price_rule_write(Store *store, PriceRule *rule, int64_t person_id, GError **error);

typedef struct {
	int64_t id;
	char *name; /* owned */
	bool deleted;
} CustomerGroup;
void customer_group_free(CustomerGroup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CustomerGroup, customer_group_free)
/* Groups ask for RIGHT_SETTINGS, customers for RIGHT_CHANGE_PRICE: who is in a group pays less. */
GPtrArray *customer_group_list(Store *store, GError **error);
bool customer_group_write(Store *store, CustomerGroup *group, int64_t person_id, GError **error);
typedef struct {
	int64_t id, group_id; /* 0: of none */
	char *code, *name, *contact; /* owned */
	bool deleted;
} Customer;
void customer_free(Customer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Customer, customer_free)
/* By name. @search: the code of the card, or a part of the name or contact; NULL is all. */
GPtrArray *customer_list(Store *store, const char *search, int max, GError **error);
bool customer_write(Store *store, Customer *customer, int64_t person_id, GError **error);
