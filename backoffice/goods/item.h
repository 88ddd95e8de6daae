/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "backoffice/goods/goods.h"

/* One item with all that can be said of it, to be edited. Everything that changes goods asks for
 * the right, takes a revision (so that tills hear of it), keeps the search words, and is in the
 * audit with what was before and after (an import and its undo as a whole: their change set keeps
 * what each item was). */

#define GOODS_ERROR (goods_error_quark())
GQuark goods_error_quark(void);
typedef enum {
	GOODS_ERROR_INVALID, /* a field cannot be so */
	GOODS_ERROR_TAKEN, /* the barcode, article or PLU is another item's */
	GOODS_ERROR_CHANGED, /* somebody else has changed it meanwhile: look again */
	GOODS_ERROR_USED, /* has stock or movements: cannot be deleted, nor change unit or kind */
	GOODS_ERROR_GONE, /* there is no such item any more */
	GOODS_ERROR_FULL, /* no number is left: in-store barcodes, PLUs */
} GoodsError;
/* Messages of this domain are in the person's language. */

typedef enum { ITEM_GOODS, ITEM_KIT, ITEM_SERVICE, ITEM_N_KINDS } ItemKind;
const char *item_kind_code(ItemKind kind); /* "goods", "kit", "service" */
bool item_kind_parse(const char *text, ItemKind *ret);

typedef struct {
	int64_t id; /* 0: new */
	char *name;
	int64_t factor; /* millionths of the item's unit */
	bool has_price;
	int64_t price; /* of the whole pack */
} ItemPack;

typedef struct {
	char *code; /* as printed */
	int pack; /* index among the packs, −1: one unit */
} ItemBarcode;

/* Texts are owned and never NULL. */
typedef struct {
	int64_t id; /* 0: not written yet */
	int64_t revision; /* as it was read; writing compares */
	ItemKind kind;
	char *article, *name, *category, *brand, *classification, *note;
	Unit unit;
	bool weighed, marked, expires, serials;
	bool has_price, has_cost, has_plu, has_shelf_life, has_tare, has_minimum;
	int64_t price, cost; /* minor units */
	int64_t plu;
	int64_t shelf_life; /* days */
	int64_t tare; /* millionths of a kilogram */
	int64_t minimum; /* millionths of the unit */
	int32_t tax_group;
	int64_t family_id; /* 0: of none */
	char *variant_first, *variant_second;
	GArray *packs; /* of ItemPack */
	GArray *barcodes; /* of ItemBarcode, as printed */
} Item;

Item *item_new(int32_t tax_group);
Item *item_copy(const Item *self);
void item_free(Item *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Item, item_free)
void item_add_barcode(Item *self, const char *code, int pack);
/* Gives its index. */
int item_add_pack(Item *self, const char *name, int64_t factor, const int64_t *price);

/* NULL without an error where there is none. */
Item *item_read(Store *store, int64_t id, GError **error);
/* What is wrong with it, in the person's language; NULL: nothing. The rules of an import's row, and
 * those of packs. Own it. */
char *item_check(const Item *self, uint16_t currency);
/* In a transaction of its own. A new item gets its id, each gets its new revision and ids of packs;
 * texts come back without blanks about them. Where nothing differs nothing is written. A pack that
 * is left out is out of sight and stays for the documents that name it; one with another factor is
 * another pack. A changed price is in the price history (how: 'hand'). RIGHT_EDIT_GOODS;
 * RIGHT_CHANGE_PRICE where price or a pack's price is another, or a new item has one. On failure
 * @self is as it was. */
bool item_write(Store *store, Item *self, int64_t person_id, GError **error);
/* The same inside a transaction of the caller. */
bool item_put(Store *store, Item *self, int64_t person_id, GError **error);
/* GOODS_ERROR_USED where stock is not zero, or a recipe names it. Its sales stay; its article, PLU
 * and barcodes are free again. */
bool item_delete(Store *store, int64_t id, int64_t revision, int64_t person_id, GError **error);

/* The item and how much of it one scan means: a pack's factor, else one. False without an error
 * where no goods have the code; an article or PLU is a code too. */
typedef struct {
	int64_t item_id;
	int64_t pack_id; /* 0: single */
	int64_t quantity; /* millionths */
} ItemScan;
bool item_find_scan(Store *store, const char *code, ItemScan *ret, GError **error);
/* Links @code to an item (and one of its packs, 0: none) on the spot. */
bool item_link_barcode(Store *store, int64_t item_id, int64_t pack_id, const char *code,
		       int64_t person_id, GError **error);

/* --- numbers that the program gives out --- */

/* The next free EAN-13 of the shop's in-store range (20 by default; setting "in-store-prefix", two
 * digits 20 to 29 that no scale uses), with its check digit. Own it. In the caller's transaction.
 */
char *item_next_barcode(Store *store, GError **error);
/* 1 to 99999; past the end those that have become free. */
bool item_next_plu(Store *store, int64_t *ret, GError **error);

/* --- variants --- */

typedef struct {
	int64_t id;
	char *name, *first, *second; /* owned; what varies: "Size", "Colour" or "" */
} Family;
void family_free(Family *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Family, family_free)
Family *family_read(Store *store, int64_t id, GError **error);
/* Makes @pattern's variants in one transaction: an item for every pair of @firsts and @seconds (the
 * latter may be empty) that the family does not have yet, named "NAME, M, red", each with a barcode
 * given out. @family_id 0: a new family, named like @pattern; else @first and @second do not
 * matter. *ret_made is how many. */
bool family_make_variants(Store *store, int64_t *family_id, const char *first, const char *second,
			  const Item *pattern, const char *const *firsts,
			  const char *const *seconds, int64_t person_id, int *ret_made,
			  GError **error);
/* Its items (Goods), by first, then second. */
GPtrArray *family_list(Store *store, int64_t id, GError **error);

/* --- pictures --- */

#define ITEM_PICTURE_MAX (512 * 1024)
/* PNG or JPEG, told by its first bytes; NULL takes it away. */
bool item_set_picture(Store *store, int64_t item_id, GBytes *picture, int64_t person_id,
		      GError **error);
GBytes *item_get_picture(Store *store, int64_t item_id, GError **error); /* NULL: none */

/* --- many at once --- */

typedef enum {
	BULK_CATEGORY,
	BULK_BRAND,
	BULK_TAX,
	BULK_UNIT,
	BULK_PRICE, /* set to text */
	BULK_PRICE_PERCENT, /* "+10", "-5": of the price as it is, rounded to step */
	BULK_PRICE_ON_COST, /* "30": 30 % on top of the cost */
	BULK_EXPIRES,
	BULK_MARKED,
	BULK_MINIMUM,
	BULK_DELETE,
	BULK_N_FIELDS
} BulkField;
typedef struct {
	BulkField field;
	const char *text; /* as typed: an amount, a word, a percentage, "0" or "1" */
	int64_t step; /* of prices: to a multiple of it, half up; 0: to the minor unit */
} BulkChange;
/* One transaction, one change_set: 10 000 items in a few seconds. *ret_n counts those that really
 * changed. Own nothing; @ids are not sorted. GOODS_ERROR_INVALID names what is wrong with the text.
 */
bool goods_bulk_edit(Store *store, const int64_t *ids, int n, const BulkChange *change,
		     int64_t person_id, int64_t *ret_set, int64_t *ret_n, GError **error);

typedef struct {
	int64_t id, at, person_id, n;
	char *what, *subject; /* owned */
	bool undone;
} ChangeSet;
void change_set_free(ChangeSet *self);
/* The newest first, at most @max. */
GPtrArray *change_set_list(Store *store, int max, GError **error);
/* Every item of it as it was; those that somebody changed since stay and are counted in *ret_kept.
 * New goods of an import are deleted, unless they have moved. Once only (GOODS_ERROR_CHANGED). */
bool change_set_undo(Store *store, int64_t set, int64_t person_id, int64_t *ret_undone,
		     int64_t *ret_kept, GError **error);
