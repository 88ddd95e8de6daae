/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/draft_take.h"

#include "core/barcode.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What stands where in both. */
typedef struct {
	Column column;
	const char *given;
	char **stored;
} TextPair;

typedef struct {
	Column column;
	int64_t given;
	bool *has;
	int64_t *stored;
} NumberPair;

typedef struct {
	Column column;
	bool given;
	bool *stored;
} FlagPair;

#define N_TEXTS 8
#define N_NUMBERS 6
#define N_FLAGS 4

static void pair_texts(const Draft *draft, Item *item, TextPair ret[static N_TEXTS])
{
	const TextPair pairs[N_TEXTS] = {
		{ COLUMN_ARTICLE, draft->article, &item->article },
		{ COLUMN_NAME, draft->name, &item->name },
		{ COLUMN_CATEGORY, draft->category, &item->category },
		{ COLUMN_BRAND, draft->brand, &item->brand },
		{ COLUMN_CLASSIFICATION, draft->classification, &item->classification },
		{ COLUMN_FIRST, draft->first, &item->variant_first },
		{ COLUMN_SECOND, draft->second, &item->variant_second },
		{ COLUMN_NOTE, draft->note, &item->note },
	};

	memcpy(ret, pairs, sizeof pairs);
}

static void pair_numbers(const Draft *draft, Item *item, NumberPair ret[static N_NUMBERS])
{
	const NumberPair pairs[N_NUMBERS] = {
		{ COLUMN_PRICE, draft->price, &item->has_price, &item->price },
		{ COLUMN_COST, draft->cost, &item->has_cost, &item->cost },
		{ COLUMN_PLU, draft->plu, &item->has_plu, &item->plu },
		{ COLUMN_SHELF_LIFE, draft->shelf_life, &item->has_shelf_life, &item->shelf_life },
		{ COLUMN_TARE, draft->tare, &item->has_tare, &item->tare },
		{ COLUMN_MINIMUM, draft->minimum, &item->has_minimum, &item->minimum },
	};

	memcpy(ret, pairs, sizeof pairs);
}

static void pair_flags(const Draft *draft, Item *item, FlagPair ret[static N_FLAGS])
{
	const FlagPair pairs[N_FLAGS] = {
		{ COLUMN_WEIGHED, draft->weighed, &item->weighed },
		{ COLUMN_MARKED, draft->marked, &item->marked },
		{ COLUMN_EXPIRES, draft->expires, &item->expires },
		{ COLUMN_SERIALS, draft->serials, &item->serials },
	};

	memcpy(ret, pairs, sizeof pairs);
}

/* --- taking -------------------------------------------------------------------------------- */

static bool take_texts(const Draft *self, Item *item)
{
	TextPair pairs[N_TEXTS];
	bool changed = false;

	pair_texts(self, item, pairs);
	for (int i = 0; i < N_TEXTS; i++) {
		if (!self->given[pairs[i].column] || strcmp(pairs[i].given, *pairs[i].stored) == 0)
			continue;
		g_free(*pairs[i].stored);
		*pairs[i].stored = g_strdup(pairs[i].given);
		changed = true;
	}
	return changed;
}

static bool take_numbers(const Draft *self, Item *item)
{
	NumberPair pairs[N_NUMBERS];
	bool changed = false;

	pair_numbers(self, item, pairs);
	for (int i = 0; i < N_NUMBERS; i++) {
		if (!self->given[pairs[i].column] ||
		    (*pairs[i].has && *pairs[i].stored == pairs[i].given))
			continue;
		*pairs[i].has = true;
		*pairs[i].stored = pairs[i].given;
		changed = true;
	}
	return changed;
}

static bool take_flags(const Draft *self, Item *item)
{
	FlagPair pairs[N_FLAGS];
	bool changed = false;

	pair_flags(self, item, pairs);
	for (int i = 0; i < N_FLAGS; i++) {
		if (!self->given[pairs[i].column] || *pairs[i].stored == pairs[i].given)
			continue;
		*pairs[i].stored = pairs[i].given;
		changed = true;
	}
	return changed;
}

bool draft_take(const Draft *self, Item *item)
{
	bool changed = take_texts(self, item);

	changed |= take_numbers(self, item);
	changed |= take_flags(self, item);
	if (self->given[COLUMN_UNIT] && item->unit != self->unit) {
		item->unit = self->unit;
		changed = true;
	}
	if (self->given[COLUMN_TAX] && item->tax_group != self->tax_group) {
		item->tax_group = self->tax_group;
		changed = true;
	}
	if (self->given[COLUMN_KIND] && item->kind != self->kind) {
		item->kind = self->kind;
		changed = true;
	}
	return changed;
}

/* --- packs and barcodes -------------------------------------------------------------------- */

static int find_pack(const Item *item, const char *name)
{
	for (guint i = 0; i < item->packs->len; i++)
		if (strcmp(g_array_index(item->packs, ItemPack, i).name, name) == 0)
			return (int)i;
	return -1;
}

static bool take_pack(const Draft *self, Item *item, int *ret_index, char **ret_reason)
{
	ItemPack *pack;

	*ret_index = find_pack(item, self->pack);
	if (*ret_index < 0) {
		if (!self->given[COLUMN_FACTOR]) {
			*ret_reason = g_strdup_printf(
				_("the pack “%s” is new: say how many are in it"), self->pack);
			return false;
		}
		*ret_index = item_add_pack(item, self->pack, self->factor, NULL);
	}
	pack = &g_array_index(item->packs, ItemPack, *ret_index);
	if (self->given[COLUMN_FACTOR])
		pack->factor = self->factor;
	if (self->given[COLUMN_PACK_PRICE]) {
		pack->has_price = true;
		pack->price = self->pack_price;
	}
	return true;
}

static ItemBarcode *find_barcode(const Item *item, const char *key)
{
	for (guint i = 0; i < item->barcodes->len; i++) {
		ItemBarcode *barcode = &g_array_index(item->barcodes, ItemBarcode, i);
		g_autofree char *other = barcode_dup_key(barcode->code);

		if (strcmp(key, other) == 0)
			return barcode;
	}
	return NULL;
}

bool draft_take_lists(const Draft *self, Item *item, char **ret_reason)
{
	ItemBarcode *barcode;
	int pack = -1;

	if (self->given[COLUMN_PACK] && !take_pack(self, item, &pack, ret_reason))
		return false;
	if (!self->given[COLUMN_BARCODE])
		return true;
	barcode = find_barcode(item, self->key);
	if (barcode == NULL)
		item_add_barcode(item, self->barcode, pack);
	else if (pack >= 0)
		barcode->pack = pack;
	return true;
}

/* --- the same goods twice ------------------------------------------------------------------ */

static bool contradicts_number(const Draft *self, Item *item)
{
	NumberPair pairs[N_NUMBERS];
	FlagPair flags[N_FLAGS];

	pair_numbers(self, item, pairs);
	for (int i = 0; i < N_NUMBERS; i++)
		if (self->given[pairs[i].column] && *pairs[i].has &&
		    *pairs[i].stored != pairs[i].given)
			return true;
	pair_flags(self, item, flags);
	for (int i = 0; i < N_FLAGS; i++)
		if (self->given[flags[i].column] && *flags[i].stored != flags[i].given)
			return true;
	return false;
}

bool draft_contradicts(const Draft *self, const Item *item)
{
	Item *other = (Item *)item; /* pairs point into it, and are only read */
	TextPair texts[N_TEXTS];

	pair_texts(self, other, texts);
	for (int i = 0; i < N_TEXTS; i++)
		if (self->given[texts[i].column] && **texts[i].stored != '\0' &&
		    strcmp(texts[i].given, *texts[i].stored) != 0)
			return true;
	return contradicts_number(self, other) ||
	       (self->given[COLUMN_UNIT] && self->unit != item->unit) ||
	       (self->given[COLUMN_TAX] && self->tax_group != item->tax_group) ||
	       (self->given[COLUMN_KIND] && self->kind != item->kind);
}
