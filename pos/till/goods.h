/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"
#include "core/till_right.h"
#include "store/goods_file.h"

/* The goods this till sells from: DIR/goods.db, for reading, and for what the hub sends. May be
 * used by several threads: look-ups, searches and updates each have a connection and a lock of
 * their own, so that none waits for another kind. Errors are STORE_ERROR. */
typedef struct Goods Goods;

/* STORE_ERROR_MISSING where there is no file yet: goods_install() makes it. */
Goods *goods_open(const char *path, GError **error);
void goods_close(Goods *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Goods, goods_close)

const char *goods_get_path(const Goods *self);

/* When somebody asks, and for whom. */
typedef struct {
	int32_t tax_day; /* YYYYMMDD of the shift */
	int64_t at; /* UTC microseconds */
	int32_t day; /* what the shop's clock says then: YYYYMMDD … */
	int weekday; /* … a bit: 1 Monday, 2 Tuesday, 4 … */
	int minute; /* … of the day */
	int64_t group; /* of customers; 0: nobody in particular */
} GoodsMoment;
/* @timezone as the shop has it; an unknown one is UTC. */
GoodsMoment goods_moment(int64_t at, const char *timezone, int32_t tax_day, int64_t group);

#define PRICE_RETAIL 1 /* the kind that everybody pays where no rule says otherwise */

typedef enum { ITEM_GOODS, ITEM_KIT, ITEM_SERVICE } ItemKind;

/* A copy; free with till_item_free(). Texts are never NULL. */
typedef struct {
	int64_t id;
	char *code; /* the first barcode as printed, or the article, or "" */
	char *article, *name, *category, *brand;
	Unit unit;
	bool weighed;
	bool has_price;
	Money price; /* of one unit, at that moment; of the shop's currency; zero if not set */
	int64_t priced_at; /* that moment */
	int64_t price_kind; /* which kind of price that is … */
	int64_t price_rule; /* … by which rule; 0: it is retail since no rule fits, or the kind that
			       fits has no price of this item */
	TaxGroup tax; /* as it is on the day asked for */

	/* of the code that it was found by */
	Quantity factor; /* how much of it that code means */
	bool has_pack_price;
	Money pack_price; /* of that much */

	ItemKind kind;
	bool marked, expires, serials;
	int64_t shelf_life; /* days; 0: not known */
	Quantity tare; /* kilograms; 0: not known */
	int32_t sell_until; /* YYYYMMDD: the last day of sale of what is on the shelves; 0: not
			     * known
			     */
	char *classification; /* the tax office's; "" */
} TillItem;
void till_item_free(TillItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TillItem, till_item_free)

/* All look-ups: true and *ret = NULL where there is no such item. Its price is the one of the
 * moment: the kind of the rule that fits (of several the one with the highest rank, then the
 * smallest id), from the newest row that has begun; where there is none, retail. */

/* What was scanned or typed: a barcode, else an article. */
bool goods_find_code(Goods *self, const char *code, const GoodsMoment *moment, TillItem **ret,
		     GError **error);
bool goods_find_id(Goods *self, int64_t id, const GoodsMoment *moment, TillItem **ret,
		   GError **error);
/* The item part of an in-store barcode (EmbeddedCode.item): a PLU or article, with or without
 * leading zeros. Of several the weighed one. */
bool goods_find_in_store(Goods *self, const char *item, const GoodsMoment *moment, TillItem **ret,
			 GError **error);

/* Every word of @text is the beginning of a word of the item, in any order; the best first, at most
 * @limit. Where nothing is found the text is read as typed on the other keyboard layout, then as
 * transliterated. Gives a GPtrArray of TillItem that owns them. */
bool goods_search(Goods *self, const char *text, int limit, const GoodsMoment *moment,
		  GPtrArray **ret, GError **error);
/* From any thread: the search under way fails with G_IO_ERROR_CANCELLED, a newer query is coming.
 */
void goods_cancel_search(Goods *self);

typedef struct {
	int64_t id;
	char *name, *role;
	bool has_card;
} TillPerson;
void till_person_free(TillPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TillPerson, till_person_free)

/* Whose PIN it is; *ret = NULL where nobody's. Hashing takes some 20 ms a person the first time:
 * not for a thread that draws. */
bool goods_find_pin(Goods *self, const char *pin, TillPerson **ret, GError **error);
/* Whose badge says @code. */
bool goods_find_card(Goods *self, const char *code, TillPerson **ret, GError **error);
bool goods_find_person(Goods *self, int64_t id, TillPerson **ret, GError **error);
/* What the office says of @role, else what is usual. */
bool goods_role_may(Goods *self, const char *role, TillRight right, bool *ret, GError **error);

typedef struct {
	int64_t id;
	char *code, *name, *contact;
	int64_t group; /* 0: of none */
} TillCustomer;
void till_customer_free(TillCustomer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TillCustomer, till_customer_free)
/* By the code of the card; *ret = NULL where nobody has it. */
bool goods_find_customer(Goods *self, const char *code, TillCustomer **ret, GError **error);
/* Its name; NULL where the office has told none. Own it. */
char *goods_dup_price_kind(Goods *self, int64_t kind);

/* Texts are copied and live as long as @ret: free with till_shop_clear(). */
typedef struct {
	int64_t id;
	char *name, *country, *timezone;
	uint16_t currency;
	bool card_pin; /* who shows a badge types their PIN as well */
} TillShop;
void till_shop_clear(TillShop *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(TillShop, till_shop_clear)
bool goods_get_shop(Goods *self, TillShop *ret, GError **error);

bool goods_get_revision(Goods *self, int64_t *ret, GError **error);
bool goods_count(Goods *self, int64_t *ret, GError **error);
/* An answer of GET /v1/changes, all of it in one transaction; a malformed one changes nothing
 * (STORE_ERROR_FAILED). Look-ups see all of it or none. */
bool goods_apply_changes(Goods *self, const json_t *changes, GError **error);

/* Checks the complete goods file @snapshot and moves it to @path, atomically; both are in one file
 * system. An open Goods of that path must be given as @open (or NULL): it goes on with the new
 * file. STORE_ERROR_BUSY where somebody else has the old file open. */
bool goods_install(const char *path, const char *snapshot, Goods *open, GError **error);
