/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/goods/item.h"

#include "backoffice/goods/fields.h"
#include "core/barcode.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK(baraa_goods_error, goods_error)

static const char *const kind_codes[ITEM_N_KINDS] = {
	[ITEM_GOODS] = "goods",
	[ITEM_KIT] = "kit",
	[ITEM_SERVICE] = "service",
};

const char *item_kind_code(ItemKind kind)
{
	g_return_val_if_fail(kind < ITEM_N_KINDS, NULL);
	return kind_codes[kind];
}

bool item_kind_parse(const char *text, ItemKind *ret)
{
	for (ItemKind kind = 0; kind < ITEM_N_KINDS; kind++)
		if (strcmp(text, kind_codes[kind]) == 0) {
			*ret = kind;
			return true;
		}
	return false;
}

/* --- the value ----------------------------------------------------------------------------- */

static void clear_pack(gpointer pack)
{
	g_free(((ItemPack *)pack)->name);
}

static void clear_barcode(gpointer barcode)
{
	g_free(((ItemBarcode *)barcode)->code);
}

static GArray *new_list(guint element, GDestroyNotify clear)
{
	GArray *list = g_array_new(false, true, element);

	g_array_set_clear_func(list, clear);
	return list;
}

Item *item_new(int32_t tax_group)
{
	Item *self = g_new0(Item, 1);

	self->article = g_strdup("");
	self->name = g_strdup("");
	self->category = g_strdup("");
	self->brand = g_strdup("");
	self->classification = g_strdup("");
	self->note = g_strdup("");
	self->variant_first = g_strdup("");
	self->variant_second = g_strdup("");
	self->tax_group = tax_group;
	self->packs = new_list(sizeof(ItemPack), clear_pack);
	self->barcodes = new_list(sizeof(ItemBarcode), clear_barcode);
	return self;
}

Item *item_copy(const Item *self)
{
	Item *copy = g_memdup2(self, sizeof *self);

	copy->article = g_strdup(self->article);
	copy->name = g_strdup(self->name);
	copy->category = g_strdup(self->category);
	copy->brand = g_strdup(self->brand);
	copy->classification = g_strdup(self->classification);
	copy->note = g_strdup(self->note);
	copy->variant_first = g_strdup(self->variant_first);
	copy->variant_second = g_strdup(self->variant_second);
	copy->packs = new_list(sizeof(ItemPack), clear_pack);
	copy->barcodes = new_list(sizeof(ItemBarcode), clear_barcode);
	g_array_append_vals(copy->packs, self->packs->data, self->packs->len);
	for (guint i = 0; i < copy->packs->len; i++) {
		ItemPack *pack = &g_array_index(copy->packs, ItemPack, i);

		pack->name = g_strdup(pack->name);
	}
	for (guint i = 0; i < self->barcodes->len; i++) {
		const ItemBarcode *barcode = &g_array_index(self->barcodes, ItemBarcode, i);

		item_add_barcode(copy, barcode->code, barcode->pack);
	}
	return copy;
}

void item_free(Item *self)
{
	if (self == NULL)
		return;
	g_free(self->article);
	g_free(self->name);
	g_free(self->category);
	g_free(self->brand);
	g_free(self->classification);
	g_free(self->note);
	g_free(self->variant_first);
	g_free(self->variant_second);
	g_array_unref(self->packs);
	g_array_unref(self->barcodes);
	g_free(self);
}

void item_add_barcode(Item *self, const char *code, int pack)
{
	ItemBarcode barcode = { .code = g_strdup(code), .pack = pack };

	g_array_append_val(self->barcodes, barcode);
}

int item_add_pack(Item *self, const char *name, int64_t factor, const int64_t *price)
{
	ItemPack pack = { .name = g_strdup(name),
			  .factor = factor,
			  .has_price = price != NULL,
			  .price = price != NULL ? *price : 0 };

	g_array_append_val(self->packs, pack);
	return (int)self->packs->len - 1;
}

/* --- what it may be ------------------------------------------------------------------------ */

static char *check_texts(const Item *self)
{
	const struct {
		const char *text, *what;
		int max;
	} texts[] = {
		{ self->name, _("the name"), FIELD_NAME_MAX },
		{ self->article, _("the article"), FIELD_TEXT_MAX },
		{ self->category, _("the category"), FIELD_TEXT_MAX },
		{ self->brand, _("the brand"), FIELD_TEXT_MAX },
		{ self->classification, _("the classification code"), FIELD_TEXT_MAX },
		{ self->note, _("the note"), FIELD_NOTE_MAX },
		{ self->variant_first, _("the size"), FIELD_TEXT_MAX },
		{ self->variant_second, _("the colour"), FIELD_TEXT_MAX },
	};
	char *reason = NULL;

	if (*self->name == '\0')
		return g_strdup(_("goods need a name"));
	for (size_t i = 0; i < G_N_ELEMENTS(texts) && reason == NULL; i++)
		reason = field_check_text(texts[i].text, texts[i].what, texts[i].max);
	return reason;
}

static char *check_numbers(const Item *self, uint16_t currency)
{
	char *reason = NULL;

	if (self->has_price)
		reason = field_check_amount(self->price, _("the price"), currency, true);
	if (reason == NULL && self->has_cost)
		reason = field_check_amount(self->cost, _("the cost"), currency, false);
	if (reason == NULL && self->has_plu)
		reason = field_check_number(self->plu, _("the PLU"), 1, FIELD_PLU_MAX);
	if (reason == NULL && self->has_shelf_life)
		reason = field_check_number(self->shelf_life, _("the shelf life"), 1,
					    FIELD_SHELF_LIFE_MAX);
	if (reason == NULL && self->has_tare)
		reason = field_check_quantity(self->tare, _("the tare"));
	if (reason == NULL && self->has_minimum)
		reason = field_check_quantity(self->minimum, _("the minimum"));
	return reason;
}

static char *check_kind(const Item *self)
{
	if (self->kind == ITEM_SERVICE && (self->expires || self->serials))
		return g_strdup(_("a service has neither an expiry day nor a serial number"));
	if (self->weighed && self->serials)
		return g_strdup(_("goods sold by weight have no serial numbers"));
	return NULL;
}

static char *check_pack(const Item *self, guint index, uint16_t currency)
{
	const ItemPack *pack = &g_array_index(self->packs, ItemPack, index);
	char *reason;

	if (*pack->name == '\0')
		return g_strdup(_("a pack needs a name, such as box"));
	for (guint i = 0; i < index; i++)
		if (strcmp(g_array_index(self->packs, ItemPack, i).name, pack->name) == 0)
			return g_strdup_printf(_("there are two packs “%s”"), pack->name);
	reason = field_check_text(pack->name, _("the name of a pack"), FIELD_TEXT_MAX);
	if (reason == NULL)
		reason = field_check_quantity(pack->factor, _("the content of a pack"));
	if (reason == NULL && pack->factor == 0)
		reason = g_strdup_printf(_("the pack “%s” holds nothing"), pack->name);
	if (reason == NULL && self->unit == UNIT_PIECE && pack->factor % QUANTITY_ONE != 0)
		reason = g_strdup_printf(_("the pack “%s” does not hold whole pieces"), pack->name);
	if (reason == NULL && pack->has_price)
		reason = field_check_amount(pack->price, _("the price of a pack"), currency, true);
	return reason;
}

static char *check_packs(const Item *self, uint16_t currency)
{
	char *reason = NULL;

	for (guint i = 0; i < self->packs->len && reason == NULL; i++)
		reason = check_pack(self, i, currency);
	return reason;
}

static char *check_barcodes(const Item *self)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < self->barcodes->len; i++) {
		const ItemBarcode *barcode = &g_array_index(self->barcodes, ItemBarcode, i);
		char *reason = *barcode->code == '\0' ? g_strdup(_("a barcode is empty"))
						      : field_check_barcode(barcode->code);

		if (reason != NULL)
			return reason;
		if (barcode->pack >= (int)self->packs->len)
			return g_strdup_printf(_("the barcode %s is of no pack"), barcode->code);
		if (!g_hash_table_add(seen, barcode_dup_key(barcode->code)))
			return g_strdup_printf(_("the barcode %s stands here twice"),
					       barcode->code);
	}
	return NULL;
}

char *item_check(const Item *self, uint16_t currency)
{
	char *reason = check_texts(self);

	if (reason == NULL)
		reason = check_numbers(self, currency);
	if (reason == NULL)
		reason = check_kind(self);
	if (reason == NULL)
		reason = check_packs(self, currency);
	if (reason == NULL)
		reason = check_barcodes(self);
	return reason;
}
