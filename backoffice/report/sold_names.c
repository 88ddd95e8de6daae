/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/sold_names.h"

#include <glib/gi18n-lib.h>

void sold_name_clear(SoldName *self)
{
	g_free(self->title);
	g_free(self->barcode);
	g_free(self->order);
}

/* Up to three columns of one row; all empty where there is no such row. */
static bool look_up(Store *store, const char *statement, int64_t id, int n, char **ret,
		    GError **error)
{
	StoreStatement *row = store_statement(store, statement);
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	for (int i = 0; i < n; i++)
		ret[i] = step == STORE_ROW ? g_strdup(store_get_text(row, i)) : NULL;
	store_reset(row);
	return step != STORE_FAILED;
}

static char *dup_number(int64_t id)
{
	return g_strdup_printf("#%" G_GINT64_FORMAT, id);
}

/* By its number where nobody knows it any more. */
static bool name_of(SoldName *self, Store *store, const char *statement, int64_t id, GError **error)
{
	if (!look_up(store, statement, id, 1, &self->title, error))
		return false;
	if (self->title == NULL)
		self->title = dup_number(id);
	return true;
}

static bool name_till(SoldName *self, Store *store, const Sold *sold, bool all_shops,
		      GError **error)
{
	g_auto(GStrv) names = g_new0(char *, 3);

	if (!look_up(store, "office/sold/till_name", sold->id, 2, names, error))
		return false;
	if (names[0] == NULL)
		self->title = dup_number(sold->id);
	else
		self->title = all_shops ? g_strdup_printf("%s, %s", names[1], names[0])
					: g_strdup(names[0]);
	return true;
}

static bool name_item(SoldName *self, Store *store, const Sold *sold, GError **error)
{
	char *names[3] = { 0 };

	if (sold->id == 0) {
		self->title = g_strdup(sold->text);
		self->order = g_utf8_strdown(sold->text, -1);
		return true;
	}
	if (!look_up(store, "office/sold/item_name", sold->id, 3, names, error) ||
	    (names[1] == NULL &&
	     !look_up(store, "office/sold/item_as_sold", sold->id, 3, names, error)))
		return false;
	self->barcode = names[0];
	self->title = names[1] != NULL ? names[1] : dup_number(sold->id);
	self->order = names[2];
	return true;
}

static bool name_group(SoldName *self, Store *store, const Sold *sold, GError **error)
{
	if (!name_of(self, store, "office/sold/group_path", sold->id, error))
		return false;
	if (*self->title == '\0') {
		g_free(self->title);
		self->title = g_strdup(_("Without a group"));
	}
	return true;
}

bool sold_name_init(SoldName *self, Store *store, SoldBy by, const Sold *sold, bool all_shops,
		    GError **error)
{
	bool of_receipts = by == SOLD_BY_HOUR || by == SOLD_BY_TILL || by == SOLD_BY_CASHIER;

	*self = (SoldName){ 0 };
	if (of_receipts && sold->id == SOLD_NO_RECEIPT) {
		self->title = g_strdup(_("Cost without a receipt"));
		return true;
	}
	switch (by) {
	case SOLD_BY_SHOP:
		return name_of(self, store, "office/sold/shop_name", sold->id, error);
	case SOLD_BY_TILL:
		return name_till(self, store, sold, all_shops, error);
	case SOLD_BY_CASHIER:
		if (sold->id != 0)
			return name_of(self, store, "office/sold/person_name", sold->id, error);
		self->title = g_strdup(_("Nobody"));
		return true;
	case SOLD_BY_GROUP:
		return name_group(self, store, sold, error);
	case SOLD_BY_ITEM:
		return name_item(self, store, sold, error);
	case SOLD_BY_SUPPLIER:
		if (sold->id != 0)
			return name_of(self, store, "office/sold/supplier_name", sold->id, error);
		self->title = g_strdup(_("No supplier"));
		return true;
	default:
		self->title = g_strdup(sold->text);
		return true;
	}
}
