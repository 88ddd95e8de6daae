/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/goods_row.h"

#include "base/language.h"

enum {
	PROP_BARCODE = 1,
	PROP_NAME,
	PROP_CATEGORY,
	PROP_BRAND,
	PROP_UNIT,
	PROP_PRICE,
	PROP_TAX,
	N_PROPS
};

struct _OfficeGoodsRow {
	GObject parent_instance;
	char *texts[N_PROPS]; /* owned; NULL until filled */
	int64_t id; /* 0 until filled */
};

G_DEFINE_FINAL_TYPE(OfficeGoodsRow, office_goods_row, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
	const char *text = OFFICE_GOODS_ROW(object)->texts[id];

	g_value_set_string(value, text != NULL ? text : "");
}

static void finalize(GObject *object)
{
	OfficeGoodsRow *self = OFFICE_GOODS_ROW(object);

	for (int i = 1; i < N_PROPS; i++)
		g_free(self->texts[i]);
	G_OBJECT_CLASS(office_goods_row_parent_class)->finalize(object);
}

static void office_goods_row_class_init(OfficeGoodsRowClass *klass)
{
	static const char *const names[N_PROPS] = { NULL,    "barcode", "name",	 "category",
						    "brand", "unit",	"price", "tax" };
	GObjectClass *object_class = G_OBJECT_CLASS(klass);

	object_class->get_property = get_property;
	object_class->finalize = finalize;
	for (int i = 1; i < N_PROPS; i++)
		props[i] = g_param_spec_string(names[i], NULL, NULL, "",
					       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
	g_object_class_install_properties(object_class, N_PROPS, props);
}

static void office_goods_row_init(OfficeGoodsRow *self)
{
}

/* Takes @text. */
static void take_text(OfficeGoodsRow *self, int i, char *text)
{
	bool same = g_strcmp0(self->texts[i], text) == 0;

	g_free(self->texts[i]);
	self->texts[i] = text;
	if (!same)
		g_object_notify_by_pspec(G_OBJECT(self), props[i]);
}

void office_goods_row_fill(OfficeGoodsRow *self, const Goods *goods, uint16_t currency,
			   const NumberStyle *style)
{
	char *texts[N_PROPS] = { NULL };

	self->id = goods != NULL ? goods->id : 0;
	if (goods != NULL) {
		Money price = { .minor = goods->price, .currency = currency };

		texts[PROP_BARCODE] = g_strdup(goods->barcode);
		texts[PROP_NAME] = g_strdup(goods->name);
		texts[PROP_CATEGORY] = g_strdup(goods->category);
		texts[PROP_BRAND] = g_strdup(goods->brand);
		texts[PROP_UNIT] = g_strdup(language_unit_name(goods->unit));
		texts[PROP_PRICE] =
			goods->has_price ? number_text_money(style, price, false) : g_strdup("—");
		texts[PROP_TAX] = g_strdup(goods->tax_code);
	}
	for (int i = 1; i < N_PROPS; i++)
		take_text(self, i, texts[i]);
}

int64_t office_goods_row_get_id(OfficeGoodsRow *self)
{
	return self->id;
}
