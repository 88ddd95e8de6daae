/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item_values.h"

#include <string.h>

typedef enum {
	VALUE_TEXT,
	VALUE_FLAG,
	VALUE_NUMBER,
	VALUE_MAYBE,
	VALUE_TAX,
	VALUE_UNIT,
	VALUE_KIND
} ValueType;

typedef struct {
	const char *key;
	ValueType type;
	size_t at;
	size_t has; /* of VALUE_MAYBE: where it says whether there is one */
} Value;

#define PLAIN(key_, type_)                                                                         \
	{                                                                                          \
		.key = #key_, .type = type_, .at = offsetof(Item, key_)                            \
	}
#define MAYBE(key_)                                                                                \
	{                                                                                          \
		.key = #key_, .type = VALUE_MAYBE, .at = offsetof(Item, key_),                     \
		.has = offsetof(Item, has_##key_)                                                  \
	}

static const Value values[] = {
	PLAIN(kind, VALUE_KIND),
	PLAIN(article, VALUE_TEXT),
	PLAIN(name, VALUE_TEXT),
	PLAIN(category, VALUE_TEXT),
	PLAIN(brand, VALUE_TEXT),
	PLAIN(classification, VALUE_TEXT),
	PLAIN(note, VALUE_TEXT),
	PLAIN(unit, VALUE_UNIT),
	PLAIN(weighed, VALUE_FLAG),
	PLAIN(marked, VALUE_FLAG),
	PLAIN(expires, VALUE_FLAG),
	PLAIN(serials, VALUE_FLAG),
	MAYBE(price),
	MAYBE(cost),
	MAYBE(plu),
	MAYBE(shelf_life),
	MAYBE(tare),
	MAYBE(minimum),
	PLAIN(tax_group, VALUE_TAX),
	PLAIN(family_id, VALUE_NUMBER),
	PLAIN(variant_first, VALUE_TEXT),
	PLAIN(variant_second, VALUE_TEXT),
};

/* Where in @item the member at @offset is. */
#define MEMBER(type, item, offset) ((type *)(void *)((char *)(item) + (offset)))
#define CONST_MEMBER(type, item, offset)                                                           \
	((const type *)(const void *)((const char *)(item) + (offset)))

static json_t *value_new(const Item *item, const Value *value)
{
	switch (value->type) {
	case VALUE_TEXT:
		return json_string(*CONST_MEMBER(char *, item, value->at));
	case VALUE_FLAG:
		return json_boolean(*CONST_MEMBER(bool, item, value->at));
	case VALUE_NUMBER:
		return json_integer(*CONST_MEMBER(int64_t, item, value->at));
	case VALUE_MAYBE:
		return *CONST_MEMBER(bool, item, value->has)
			       ? json_integer(*CONST_MEMBER(int64_t, item, value->at))
			       : json_null();
	case VALUE_TAX:
		return json_integer(item->tax_group);
	case VALUE_UNIT:
		return json_string(unit_code(item->unit));
	case VALUE_KIND:
		return json_string(item_kind_code(item->kind));
	}
	g_assert_not_reached();
}

static void set_text(char **member, const json_t *from)
{
	if (!json_is_string(from))
		return;
	g_free(*member);
	*member = g_strdup(json_string_value(from));
}

static void value_set(Item *item, const Value *value, const json_t *from)
{
	switch (value->type) {
	case VALUE_TEXT:
		set_text(MEMBER(char *, item, value->at), from);
		break;
	case VALUE_FLAG:
		*MEMBER(bool, item, value->at) = json_is_true(from);
		break;
	case VALUE_NUMBER:
		*MEMBER(int64_t, item, value->at) = json_integer_value(from);
		break;
	case VALUE_MAYBE:
		*MEMBER(bool, item, value->has) = json_is_integer(from);
		*MEMBER(int64_t, item, value->at) = json_integer_value(from);
		break;
	case VALUE_TAX:
		item->tax_group = (int32_t)json_integer_value(from);
		break;
	case VALUE_UNIT:
		if (json_is_string(from) && !unit_parse(json_string_value(from), &item->unit))
			item->unit = UNIT_OTHER;
		break;
	case VALUE_KIND:
		if (json_is_string(from))
			item_kind_parse(json_string_value(from), &item->kind);
		break;
	}
}

static bool value_differs(const Item *a, const Item *b, const Value *value)
{
	switch (value->type) {
	case VALUE_TEXT:
		return strcmp(*CONST_MEMBER(char *, a, value->at),
			      *CONST_MEMBER(char *, b, value->at)) != 0;
	case VALUE_FLAG:
		return *CONST_MEMBER(bool, a, value->at) != *CONST_MEMBER(bool, b, value->at);
	case VALUE_NUMBER:
		return *CONST_MEMBER(int64_t, a, value->at) != *CONST_MEMBER(int64_t, b, value->at);
	case VALUE_MAYBE:
		return *CONST_MEMBER(bool, a, value->has) != *CONST_MEMBER(bool, b, value->has) ||
		       (*CONST_MEMBER(bool, a, value->has) &&
			*CONST_MEMBER(int64_t, a, value->at) !=
				*CONST_MEMBER(int64_t, b, value->at));
	case VALUE_TAX:
		return a->tax_group != b->tax_group;
	case VALUE_UNIT:
		return a->unit != b->unit;
	case VALUE_KIND:
		return a->kind != b->kind;
	}
	g_assert_not_reached();
}

/* --- packs and barcodes: as a whole -------------------------------------------------------- */

static json_t *packs_new(const Item *item)
{
	json_t *packs = json_array();

	for (guint i = 0; i < item->packs->len; i++) {
		const ItemPack *pack = &g_array_index(item->packs, ItemPack, i);

		json_array_append_new(
			packs,
			json_pack("{s:I, s:s, s:I, s:o}", "id", (json_int_t)pack->id, "name",
				  pack->name, "factor", (json_int_t)pack->factor, "price",
				  pack->has_price ? json_integer(pack->price) : json_null()));
	}
	return packs;
}

/* By the pack's number: an index means nothing once packs have come and gone. */
static json_t *barcodes_new(const Item *item)
{
	json_t *barcodes = json_array();

	for (guint i = 0; i < item->barcodes->len; i++) {
		const ItemBarcode *barcode = &g_array_index(item->barcodes, ItemBarcode, i);
		int64_t pack = barcode->pack >= 0
				       ? g_array_index(item->packs, ItemPack, barcode->pack).id
				       : 0;

		json_array_append_new(barcodes, json_pack("{s:s, s:I}", "code", barcode->code,
							  "pack", (json_int_t)pack));
	}
	return barcodes;
}

static void set_packs(Item *item, const json_t *packs)
{
	size_t index;
	json_t *pack;

	g_array_set_size(item->packs, 0);
	json_array_foreach(packs, index, pack)
	{
		const json_t *price = json_object_get(pack, "price");
		int64_t amount = json_integer_value(price);
		int at = item_add_pack(item, json_string_value(json_object_get(pack, "name")),
				       json_integer_value(json_object_get(pack, "factor")),
				       json_is_integer(price) ? &amount : NULL);

		g_array_index(item->packs, ItemPack, at).id =
			json_integer_value(json_object_get(pack, "id"));
	}
}

static int index_of_pack(const Item *item, int64_t id)
{
	for (guint i = 0; i < item->packs->len; i++)
		if (id != 0 && g_array_index(item->packs, ItemPack, i).id == id)
			return (int)i;
	return -1;
}

static void set_barcodes(Item *item, const json_t *barcodes)
{
	size_t index;
	json_t *barcode;

	g_array_set_size(item->barcodes, 0);
	json_array_foreach(barcodes, index, barcode)
	{
		int64_t pack = json_integer_value(json_object_get(barcode, "pack"));

		item_add_barcode(item, json_string_value(json_object_get(barcode, "code")),
				 index_of_pack(item, pack));
	}
}

/* --- the whole ----------------------------------------------------------------------------- */

static void add_both(const char *key, json_t *before, json_t *after, json_t *to_before,
		     json_t *to_after)
{
	if (!json_equal(before, after)) {
		json_object_set(to_before, key, before);
		json_object_set(to_after, key, after);
	}
	json_decref(before);
	json_decref(after);
}

static void give(json_t *object, json_t **ret)
{
	if (ret != NULL)
		*ret = object;
	else
		json_decref(object);
}

bool item_diff(const Item *before, const Item *after, json_t **ret_before, json_t **ret_after)
{
	g_autoptr(Item) empty = before == NULL ? item_new(0) : NULL;
	const Item *from = before != NULL ? before : empty;
	json_t *was = json_object(), *is = json_object();
	bool differs;

	for (size_t i = 0; i < G_N_ELEMENTS(values); i++)
		if (value_differs(from, after, &values[i])) {
			json_object_set_new(was, values[i].key, value_new(from, &values[i]));
			json_object_set_new(is, values[i].key, value_new(after, &values[i]));
		}
	add_both("packs", packs_new(from), packs_new(after), was, is);
	add_both("barcodes", barcodes_new(from), barcodes_new(after), was, is);
	differs = json_object_size(is) > 0;
	give(was, ret_before);
	give(is, ret_after);
	return differs;
}

void item_apply(Item *self, const json_t *fields)
{
	const json_t *packs = json_object_get(fields, "packs");
	const json_t *barcodes = json_object_get(fields, "barcodes");

	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		const json_t *value = json_object_get(fields, values[i].key);

		if (value != NULL)
			value_set(self, &values[i], value);
	}
	if (packs != NULL)
		set_packs(self, packs);
	if (barcodes != NULL)
		set_barcodes(self, barcodes);
}

void item_diff_merge(json_t *first, const json_t *later)
{
	json_object_update_missing(first, (json_t *)later);
}

char *item_diff_dup_text(const json_t *fields)
{
	char *text = json_dumps(fields, JSON_COMPACT | JSON_SORT_KEYS);
	char *copy = g_strdup(text);

	free(text);
	return copy;
}
