/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_scale.h"
#include "backoffice/people/counter.h"
#include "core/currency.h"
#include "core/decimal.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GRAM 1000 /* millionths of a kilogram */

void plu_result_clear(PluResult *self)
{
	g_clear_pointer(&self->refused, g_free);
}

static void clear_item(void *data)
{
	ScaleItem *item = data;

	g_free(item->name);
	g_free(item->hash);
}

static GArray *items_new(void)
{
	GArray *items = g_array_new(FALSE, TRUE, sizeof(ScaleItem));

	g_array_set_clear_func(items, clear_item);
	return items;
}

/* --- what should be in the scale ------------------------------------------------------------ */

/* Of all that the scale is told of it. */
static char *dup_hash(const ScaleItem *item)
{
	const Plu *plu = &item->plu;
	g_autofree char *all =
		g_strdup_printf("%u\n%u\n%s\n%" G_GINT64_FORMAT "\n%d\n%d\n%d\n%d\n%d", plu->number,
				plu->code, item->name, plu->price, plu->pieces,
				plu->shelf_life_days, plu->tare, plu->group, plu->message);

	return g_compute_checksum_for_string(G_CHECKSUM_SHA256, all, -1);
}

/* A row of office/label/plus without its price. */
static bool read_item(ScaleLoad *load, StoreStatement *row, ScaleItem *ret, bool *ret_by_gram)
{
	int64_t number = store_get_int(row, 1);
	Unit unit;

	*ret = (ScaleItem){ .item_id = store_get_int(row, 0),
			    .name = g_strdup(store_get_text(row, 2)) };
	if (number < 1 || number > G_MAXINT32) {
		label_scale_refuse(load, ret->name, _("no scale has such a number"));
		clear_item(ret);
		return false;
	}
	ret->plu = (Plu){ .number = (uint32_t)number,
			  .code = (uint32_t)number,
			  .name = ret->name,
			  .pieces = store_get_int(row, 3) == 0,
			  .shelf_life_days = (int)CLAMP(store_get_int(row, 5), 0, 9999),
			  .tare = (int)CLAMP(store_get_int(row, 6) / GRAM, 0, 99999) };
	*ret_by_gram =
		!ret->plu.pieces && unit_parse(store_get_text(row, 4), &unit) && unit == UNIT_GRAM;
	return true;
}

static GArray *read_items(ScaleLoad *load, Store *store, GArray *by_gram, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/plus");
	g_autoptr(GArray) items = items_new();
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ScaleItem item;
		bool gram;

		if (!read_item(load, row, &item, &gram))
			continue;
		g_array_append_val(items, item);
		g_array_append_val(by_gram, gram);
	}
	return step == STORE_DONE ? g_steal_pointer(&items) : NULL;
}

/* In the scale's steps: of one minor unit, or of a whole one where nobody uses the small coin. */
static bool fit_price(ScaleLoad *load, ScaleItem *item, int64_t price, bool by_gram, int64_t step)
{
	if ((by_gram && !scale_int64(price, 1000, 1, ROUND_HALF_AWAY, &price)) ||
	    price % step != 0) {
		label_scale_refuse(load, item->name,
				   _("its price has decimals that this scale does not show"));
		return false;
	}
	item->plu.price = price / step;
	item->hash = dup_hash(item);
	return true;
}

/* Goods without a price are not weighed for anybody. */
static bool set_prices(ScaleLoad *load, Store *store, GArray *items, const GArray *by_gram,
		       int64_t step, GError **error)
{
	guint kept = 0;

	for (guint i = 0; i < by_gram->len; i++) {
		ScaleItem *item = &g_array_index(items, ScaleItem, kept);
		int64_t price;
		bool has;

		if (!label_price_at(store, load->device->shop_id, item->item_id, 0, &has, &price,
				    error))
			return false;
		if (!has)
			label_scale_refuse(load, item->name, _("it has no price"));
		if (has && fit_price(load, item, price, g_array_index(by_gram, bool, i), step))
			kept++;
		else
			g_array_remove_index(items, kept);
	}
	return true;
}

/* How many minor units one step of the scale's price is: option decimals=, else as the currency is
 * used. */
static bool read_step(ScaleLoad *load, Store *store, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/label/shop");
	const char *text = g_hash_table_lookup(load->options, "decimals");
	const Currency *currency = NULL;
	guint64 decimals;

	store_bind_int(row, 1, load->device->shop_id);
	if (store_step(row, error) == STORE_ROW)
		currency = currency_by_number((uint16_t)store_get_int(row, 2));
	store_reset(row);
	if (currency == NULL) {
		if (error != NULL && *error == NULL)
			g_set_error(error, LABEL_ERROR, LABEL_ERROR_GONE,
				    _("The shop of this scale is not there any more."));
		return false;
	}
	decimals = currency->hide_zero_minor ? 0 : (guint64)currency->exponent;
	if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 0, (guint64)currency->exponent,
							&decimals, NULL)) {
		g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID,
			    _("Prices of this currency have 0 to %d decimals, not “%s”."),
			    currency->exponent, text);
		return false;
	}
	*ret = decimal_power(currency->exponent - (int)decimals);
	return true;
}

/* --- what differs --------------------------------------------------------------------------- */

/* number → ScaleItem as it was loaded last. */
static GHashTable *read_loaded(Store *store, int64_t device_id, GError **error)
{
	g_autoptr(GHashTable) loaded =
		g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
	StoreStatement *row = store_statement(store, "office/label/loaded");
	StoreStep step;

	store_bind_int(row, 1, device_id);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_hash_table_insert(loaded, GUINT_TO_POINTER((guint)store_get_int(row, 0)),
				    g_strdup(store_get_text(row, 2)));
	return step == STORE_DONE ? g_steal_pointer(&loaded) : NULL;
}

/* Moves what the scale has already out of what is sent; what is left of @loaded is to go. */
static void compare(ScaleLoad *load, GArray *items, GHashTable *loaded, bool all)
{
	for (guint i = 0; i < items->len; i++) {
		ScaleItem *item = &g_array_index(items, ScaleItem, i);
		void *number = GUINT_TO_POINTER(item->plu.number);
		const char *hash = g_hash_table_lookup(loaded, number);

		if (!all && hash != NULL && strcmp(hash, item->hash) == 0) {
			load->result->same++;
		} else {
			g_array_append_val(load->send, *item);
			*item = (ScaleItem){ .plu = item->plu }; /* its texts have moved */
		}
		g_hash_table_remove(loaded, number);
	}
}

static void note_gone(ScaleLoad *load, GHashTable *loaded)
{
	GHashTableIter iter;
	void *number;

	g_hash_table_iter_init(&iter, loaded);
	while (g_hash_table_iter_next(&iter, &number, NULL)) {
		ScaleItem item = { .plu = { .number = GPOINTER_TO_UINT(number) } };

		g_array_append_val(load->remove, item);
	}
}

static bool plan_in(ScaleLoad *load, Store *store, bool all, int64_t person_id, GError **error)
{
	g_autoptr(GArray) by_gram = g_array_new(FALSE, FALSE, sizeof(bool)), items = NULL;
	g_autoptr(GHashTable) loaded = NULL;
	int64_t step;

	if (!rights_require(store, person_id, RIGHT_PRINT_LABELS, error) ||
	    !read_step(load, store, &step, error))
		return false;
	items = read_items(load, store, by_gram, error);
	if (items == NULL || !set_prices(load, store, items, by_gram, step, error))
		return false;
	loaded = read_loaded(store, load->device->id, error);
	if (loaded == NULL)
		return false;
	compare(load, items, loaded, all || load->empties || load->device->id == 0);
	note_gone(load, loaded);
	return true;
}

static bool plan(ScaleLoad *load, Store *store, bool all, int64_t person_id, GError **error)
{
	bool ok;

	if (!store_begin_read(store, error))
		return false;
	ok = plan_in(load, store, all, person_id, error);
	store_rollback(store); /* nothing was written */
	return ok;
}

/* --- what the scale has now ------------------------------------------------------------------ */

static bool note_sent(const ScaleLoad *load, Store *store, GError **error)
{
	StoreStatement *put = store_statement(store, "office/label/put_loaded");

	for (guint i = 0; i < load->send->len; i++) {
		const ScaleItem *item = &g_array_index(load->send, ScaleItem, i);

		if (!item->done)
			continue;
		store_bind_int(put, 1, load->device->id);
		store_bind_int(put, 2, item->plu.number);
		store_bind_int(put, 3, item->item_id);
		store_bind_text(put, 4, item->hash);
		store_bind_int(put, 5, g_get_real_time());
		if (!store_run(put, error))
			return false;
	}
	return true;
}

static bool note_removed(const ScaleLoad *load, Store *store, GError **error)
{
	StoreStatement *remove = store_statement(store, "office/label/delete_loaded");

	for (guint i = 0; i < load->remove->len; i++) {
		const ScaleItem *item = &g_array_index(load->remove, ScaleItem, i);

		if (!item->done)
			continue;
		store_bind_int(remove, 1, load->device->id);
		store_bind_int(remove, 2, item->plu.number);
		if (!store_run(remove, error))
			return false;
	}
	return true;
}

static bool note(const ScaleLoad *load, Store *store, int64_t person_id, GError **error)
{
	const PluResult *result = load->result;
	g_autofree char *detail =
		g_strdup_printf("sent %d, removed %d, same %d, refused %d", result->sent,
				result->removed, result->same, result->n_refused);
	bool keep = load->device->id != 0;

	if (!store_begin(store, error))
		return false;
	if ((!keep || (note_sent(load, store, error) && note_removed(load, store, error))) &&
	    audit_add(store, person_id, "plu-load", load->device->name, detail, error) &&
	    store_commit(store, error))
		return true;
	store_rollback(store);
	return false;
}

/* --- all of it ------------------------------------------------------------------------------ */

static void load_clear(ScaleLoad *self)
{
	g_clear_pointer(&self->options, g_hash_table_unref);
	g_clear_pointer(&self->address, g_free);
	g_clear_pointer(&self->send, g_array_unref);
	g_clear_pointer(&self->remove, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ScaleLoad, load_clear)

static bool find_driver(ScaleLoad *self, GError **error)
{
	g_autofree char *protocol = NULL;

	self->options = label_device_dup_options(self->device, error);
	if (self->options == NULL)
		return false;
	if (label_device_split(self->device->device, &protocol, &self->address))
		self->driver = plu_driver_find(protocol);
	if (self->driver == NULL) {
		g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID,
			    _("“%s” names no scale: write cas-cl5000@tcp:10.0.0.8:20304."),
			    self->device->device);
		return false;
	}
	self->whole = self->driver->remove == NULL;
	self->empties = g_strcmp0(g_hash_table_lookup(self->options, "load"), "full") == 0;
	return true;
}

bool label_load_scale(Store *store, const LabelDevice *device, bool all, int64_t person_id,
		      PluResult *ret, GError **error)
{
	g_auto(ScaleLoad) load = {
		.device = device, .send = items_new(), .remove = items_new(), .result = ret
	};
	g_autoptr(GError) failed = NULL;
	bool ok;

	*ret = (PluResult){ 0 };
	if (!find_driver(&load, error) || !plan(&load, store, all, person_id, error))
		return false;
	ok = label_scale_talk(&load, error);
	/* What is in the scale is kept in mind, however it ended. */
	if (!note(&load, store, person_id, &failed)) {
		if (ok)
			g_propagate_error(error, g_steal_pointer(&failed));
		return false;
	}
	return ok;
}
