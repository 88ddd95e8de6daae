/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/ui/label_row.h"

#include <glib/gi18n-lib.h>

enum { PROP_NAME = 1, PROP_CODE, PROP_OLD, PROP_PRICE, N_TEXTS, PROP_COPIES = N_TEXTS, N_PROPS };
enum { COPIES_MAX = 10000 };

struct _OfficeLabelRow {
	GObject parent_instance;
	char *texts[N_TEXTS]; /* owned */
	LabelWish wish;
};

G_DEFINE_FINAL_TYPE(OfficeLabelRow, office_label_row, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static char *dup_price(bool has, int64_t minor, uint16_t currency, const NumberStyle *style)
{
	return has ? number_text_money(style, (Money){ .minor = minor, .currency = currency },
				       false)
		   : g_strdup("—");
}

OfficeLabelRow *office_label_row_new_stale(const LabelStale *tag, int64_t at, uint16_t currency,
					   const NumberStyle *style)
{
	OfficeLabelRow *self = g_object_new(OFFICE_TYPE_LABEL_ROW, NULL);

	self->texts[PROP_NAME] = g_strdup(tag->name);
	self->texts[PROP_CODE] = g_strdup(tag->code);
	self->texts[PROP_OLD] = dup_price(tag->has_old, tag->old_price, currency, style);
	self->texts[PROP_PRICE] = dup_price(tag->has_new, tag->new_price, currency, style);
	self->wish = (LabelWish){ .item_id = tag->item_id, .copies = 1, .at = at };
	return self;
}

static char *dup_word(LabelData *data, const char *name)
{
	const char *text = g_hash_table_lookup(data, name);

	return g_strdup(text != NULL ? text : "");
}

OfficeLabelRow *office_label_row_new(const LabelWish *wish, LabelData *data)
{
	OfficeLabelRow *self = g_object_new(OFFICE_TYPE_LABEL_ROW, NULL);
	g_autofree char *name = dup_word(data, "name"), *pack = dup_word(data, "pack");
	g_autofree char *code = dup_word(data, "barcode");

	self->texts[PROP_NAME] =
		*pack != '\0' ? g_strdup_printf("%s, %s", name, pack) : g_strdup(name);
	self->texts[PROP_CODE] = *code != '\0' ? g_steal_pointer(&code) : dup_word(data, "article");
	self->texts[PROP_PRICE] = dup_word(data, "amount");
	self->wish = *wish;
	self->wish.batch = NULL; /* borrowed from whoever asked */
	return self;
}

const LabelWish *office_label_row_get_wish(OfficeLabelRow *self)
{
	return &self->wish;
}

void office_label_row_set_copies(OfficeLabelRow *self, int copies)
{
	copies = CLAMP(copies, 1, COPIES_MAX);
	if (copies == self->wish.copies)
		return;
	self->wish.copies = copies;
	g_object_notify_by_pspec(G_OBJECT(self), props[PROP_COPIES]);
}

static void get_property(GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
	OfficeLabelRow *self = OFFICE_LABEL_ROW(object);

	if (id == PROP_COPIES)
		g_value_set_int(value, self->wish.copies);
	else
		g_value_set_string(value, self->texts[id] != NULL ? self->texts[id] : "");
}

static void set_property(GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
	office_label_row_set_copies(OFFICE_LABEL_ROW(object), g_value_get_int(value));
}

static void finalize(GObject *object)
{
	OfficeLabelRow *self = OFFICE_LABEL_ROW(object);

	for (int i = 1; i < N_TEXTS; i++)
		g_free(self->texts[i]);
	G_OBJECT_CLASS(office_label_row_parent_class)->finalize(object);
}

static void office_label_row_class_init(OfficeLabelRowClass *klass)
{
	static const char *const names[N_TEXTS] = { NULL, "name", "code", "old", "price" };
	GObjectClass *object_class = G_OBJECT_CLASS(klass);

	object_class->get_property = get_property;
	object_class->set_property = set_property;
	object_class->finalize = finalize;
	for (int i = 1; i < N_TEXTS; i++)
		props[i] = g_param_spec_string(names[i], NULL, NULL, "",
					       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
	props[PROP_COPIES] = g_param_spec_int("copies", NULL, NULL, 1, COPIES_MAX, 1,
					      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
						      G_PARAM_EXPLICIT_NOTIFY);
	g_object_class_install_properties(object_class, N_PROPS, props);
}

static void office_label_row_init(OfficeLabelRow *self)
{
	self->wish.copies = 1;
}
