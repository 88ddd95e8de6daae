/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/receipt.h"
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

/* A copy; free with till_item_free(). Texts are never NULL. */
typedef struct {
	int64_t id;
	char *code; /* the first barcode as printed, or the article, or "" */
	char *article, *name, *category, *brand;
	Unit unit;
	bool weighed;
	bool has_price;
	Money price; /* of the shop's currency; zero if not set */
	TaxGroup tax; /* as it is on the day asked for */
} TillItem;
void till_item_free(TillItem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TillItem, till_item_free)

/* All look-ups: true and *ret = NULL where there is no such item. @day is YYYYMMDD of the shift. */

/* What was scanned or typed: a barcode, else an article. */
bool goods_find_code(Goods *self, const char *code, int32_t day, TillItem **ret, GError **error);
bool goods_find_id(Goods *self, int64_t id, int32_t day, TillItem **ret, GError **error);
/* The item part of an in-store barcode (EmbeddedCode.item): a PLU or article, with or without
 * leading zeros. Of several the weighed one. */
bool goods_find_in_store(Goods *self, const char *item, int32_t day, TillItem **ret,
			 GError **error);

/* Every word of @text is the beginning of a word of the item, in any order; the best first, at most
 * @limit. Where nothing is found the text is read as typed on the other keyboard layout, then as
 * transliterated. Gives a GPtrArray of TillItem that owns them. */
bool goods_search(Goods *self, const char *text, int limit, int32_t day, GPtrArray **ret,
		  GError **error);
/* From any thread: the search under way fails with G_IO_ERROR_CANCELLED, a newer query is coming.
 */
void goods_cancel_search(Goods *self);

typedef struct {
	int64_t id;
	char *name, *role;
} TillPerson;
void till_person_free(TillPerson *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TillPerson, till_person_free)

/* Whose PIN it is; *ret = NULL where nobody's. Hashing takes some 20 ms a person the first time:
 * not for a thread that draws. */
bool goods_find_pin(Goods *self, const char *pin, TillPerson **ret, GError **error);
bool goods_find_person(Goods *self, int64_t id, TillPerson **ret, GError **error);

/* Texts are copied and live as long as @ret: free with till_shop_clear(). */
typedef struct {
	int64_t id;
	char *name, *country, *timezone;
	uint16_t currency;
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
