/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/buying/supplier_goods.h"

#include "backoffice/people/counter.h"
#include "backoffice/stock/document_private.h"
#include "backoffice/stock/shop_day.h"
#include "core/fold.h"
#include "core/money.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

SupplierGoods *supplier_goods_new(int64_t item_id)
{
	SupplierGoods *self = g_new0(SupplierGoods, 1);

	self->item_id = item_id;
	self->code = g_strdup("");
	self->name = g_strdup("");
	self->barcode = g_strdup("");
	self->unit = g_strdup("");
	return self;
}

void supplier_goods_free(SupplierGoods *self)
{
	if (self == NULL)
		return;
	g_free(self->code);
	g_free(self->name);
	g_free(self->barcode);
	g_free(self->unit);
	g_free(self);
}

static void free_goods(gpointer goods)
{
	supplier_goods_free(goods);
}

bool supplier_goods_margin(int64_t price, int64_t cost, int64_t *ret)
{
	return price > 0 && scale_int64(price - cost, 10000, price, ROUND_HALF_AWAY, ret);
}

bool supplier_goods_rise(int64_t before, int64_t after, int64_t *ret)
{
	return before > 0 && scale_int64(after - before, 10000, before, ROUND_HALF_AWAY, ret);
}

/* --- reading ------------------------------------------------------------------------------- */

static void set(char **text, const char *to)
{
	g_free(*text);
	*text = g_strdup(to);
}

/* In the order of office/buying/goods. */
static SupplierGoods *goods_of_row(StoreStatement *row)
{
	SupplierGoods *self = supplier_goods_new(store_get_int(row, 0));

	set(&self->code, store_get_text(row, 1));
	set(&self->name, store_get_text(row, 2));
	set(&self->barcode, store_get_text(row, 3));
	set(&self->unit, store_get_text(row, 4));
	self->pack_id = store_get_int(row, 5);
	self->factor = store_get_int(row, 6);
	self->least = store_get_int(row, 7);
	self->usual = store_get_int(row, 8) != 0;
	self->has_cost = !store_is_null(row, 9);
	self->cost = store_get_int(row, 9);
	self->since = (int32_t)store_get_int(row, 10);
	self->has_price = !store_is_null(row, 11);
	self->price = store_get_int(row, 11);
	return self;
}

static bool find_today(Store *store, int32_t *ret, GError **error)
{
	g_auto(ShopDays) days = { 0 };

	if (!shop_days_init(&days, store, 0, error))
		return false;
	*ret = shop_days_today(&days);
	return true;
}

GPtrArray *supplier_goods_list(Store *store, int64_t supplier_id, int64_t item_id,
			       const char *search, int max, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_goods);
	g_autofree char *pattern = document_dup_pattern(search);
	g_autofree char *words = fold_dup(search != NULL ? search : "");
	g_autofree char *folded = document_dup_pattern(words);
	StoreStatement *row;
	StoreStep step;
	int32_t today;

	if (!find_today(store, &today, error))
		return NULL;
	row = store_statement(store, "office/buying/goods");
	store_bind_int(row, 1, supplier_id);
	store_bind_int(row, 2, item_id);
	store_bind_text(row, 3, pattern);
	store_bind_text(row, 4, folded);
	store_bind_int(row, 5, today);
	store_bind_int(row, 6, max);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, goods_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

GArray *supplier_goods_history(Store *store, int64_t supplier_id, int64_t item_id, GError **error)
{
	g_autoptr(GArray) list = g_array_new(false, false, sizeof(SupplierPrice));
	StoreStatement *row = store_statement(store, "office/buying/history");
	StoreStep step;

	store_bind_int(row, 1, supplier_id);
	store_bind_int(row, 2, item_id);
	while ((step = store_step(row, error)) == STORE_ROW) {
		SupplierPrice price = { .supplier_id = supplier_id,
					.item_id = item_id,
					.cost = store_get_int(row, 0),
					.first_day = (int32_t)store_get_int(row, 1),
					.at = store_get_int(row, 2),
					.person_id = store_get_int(row, 3) };

		g_array_append_val(list, price);
	}
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

/* --- writing ------------------------------------------------------------------------------- */

static void bind_some(StoreStatement *statement, int index, bool has, int64_t value)
{
	if (has)
		store_bind_int(statement, index, value);
	else
		store_bind_null(statement, index);
}

static bool note_price(Store *store, const SupplierGoodsPut *put, const SupplierGoods *goods,
		       GError **error)
{
	SupplierPrice price = { .supplier_id = put->supplier_id,
				.item_id = goods->item_id,
				.cost = goods->cost,
				.first_day = put->day,
				.at = put->at,
				.person_id = put->person_id };

	return !goods->has_cost || supplier_price_note(store, &price, put->how, error);
}

/* Before the first of his prices was noted, what stands in the list was it: else nobody could see
 * later what it rose from. */
static bool note_old_price(Store *store, const SupplierGoodsPut *put, const SupplierGoods *old,
			   GError **error)
{
	SupplierPrice price;

	if (old == NULL || !old->has_cost || old->since != 0)
		return true;
	price = (SupplierPrice){ .supplier_id = put->supplier_id,
				 .item_id = old->item_id,
				 .cost = old->cost,
				 .first_day = 20000101,
				 .at = put->at,
				 .person_id = put->person_id };
	return supplier_price_note(store, &price, put->how, error);
}

static bool put_row(Store *store, const SupplierGoodsPut *put, const SupplierGoods *goods,
		    const SupplierGoods *old, GError **error)
{
	StoreStatement *statement = store_statement(store, "office/buying/put");
	/* What holds from a day to come is only in the history until then. */
	const SupplierGoods *now = put->day <= put->today ? goods : old;

	store_bind_int(statement, 1, put->supplier_id);
	store_bind_int(statement, 2, goods->item_id);
	store_bind_text(statement, 3, goods->code);
	bind_some(statement, 4, now != NULL && now->has_cost, now != NULL ? now->cost : 0);
	bind_some(statement, 5, goods->pack_id != 0, goods->pack_id);
	bind_some(statement, 6, goods->factor != 0, goods->factor);
	bind_some(statement, 7, goods->least != 0, goods->least);
	store_bind_int(statement, 8, goods->usual);
	return store_run(statement, error);
}

static bool take_usual(Store *store, int64_t supplier_id, const SupplierGoods *goods,
		       GError **error)
{
	StoreStatement *statement = store_statement(store, "office/buying/not_usual");

	if (!goods->usual)
		return true;
	store_bind_int(statement, 1, supplier_id);
	store_bind_int(statement, 2, goods->item_id);
	return store_run(statement, error);
}

bool supplier_goods_put(Store *store, const SupplierGoodsPut *put, const SupplierGoods *goods,
			GError **error)
{
	g_autoptr(GPtrArray) had =
		supplier_goods_list(store, put->supplier_id, goods->item_id, NULL, 1, error);
	const SupplierGoods *old;

	if (had == NULL)
		return false;
	old = had->len > 0 ? had->pdata[0] : NULL;
	return note_old_price(store, put, old, error) && note_price(store, put, goods, error) &&
	       take_usual(store, put->supplier_id, goods, error) &&
	       put_row(store, put, goods, old, error);
}

/* --- by hand ------------------------------------------------------------------------------- */

static bool check(Store *store, const SupplierGoods *goods, GError **error)
{
	g_auto(LineItem) item = { 0 };
	DocumentLine line = { .item_id = goods->item_id,
			      .pack_id = goods->pack_id,
			      .batch = (char *)"",
			      .reason = (char *)"" };

	if (!line_item_read(store, &line, &item, error) ||
	    !document_check_line(store, DOCUMENT_ORDER, &line, &item, error))
		return false;
	if (!document_text_is_sound(goods->code))
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("The code is too long or cannot be printed."));
	if (goods->factor < 0 || goods->factor > DOCUMENT_QUANTITY_MAX || goods->least < 0 ||
	    goods->least > DOCUMENT_QUANTITY_MAX)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("The quantity in a pack or the least one cannot be so."));
	return !goods->has_cost || (goods->cost >= 0 && goods->cost <= DOCUMENT_AMOUNT_MAX) ||
	       document_refuse(error, DOCUMENT_ERROR_INVALID, _("The cost cannot be so."));
}

/* For the audit; own it. NULL: it was not there. */
static char *dup_json(const SupplierGoods *goods)
{
	json_t *object;
	char *text, *own;

	if (goods == NULL)
		return NULL;
	object = json_pack("{s:s, s:I, s:I, s:b}", "code", goods->code, "factor",
			   (json_int_t)goods->factor, "least", (json_int_t)goods->least, "usual",
			   goods->usual);
	if (goods->has_cost)
		json_object_set_new(object, "cost", json_integer(goods->cost));
	text = json_dumps(object, JSON_COMPACT);
	own = g_strdup(text);
	free(text);
	json_decref(object);
	return own;
}

static char *dup_subject(Store *store, int64_t supplier_id, int64_t item_id, GError **error)
{
	g_autoptr(Supplier) supplier = supplier_read(store, supplier_id, error);

	return supplier != NULL ? g_strdup_printf("%s %" PRId64, supplier->name, item_id) : NULL;
}

static bool write_in(Store *store, int64_t supplier_id, const SupplierGoods *goods,
		     int64_t person_id, GError **error)
{
	SupplierGoodsPut put = { .supplier_id = supplier_id,
				 .person_id = person_id,
				 .at = g_get_real_time(),
				 .how = "hand" };
	g_autofree char *subject = NULL, *before = NULL, *after = dup_json(goods);
	g_autoptr(GPtrArray) had = NULL;

	if (!rights_require(store, person_id, RIGHT_ORDER, error) || !check(store, goods, error) ||
	    !find_today(store, &put.today, error))
		return false;
	put.day = put.today;
	subject = dup_subject(store, supplier_id, goods->item_id, error);
	if (subject == NULL)
		return false;
	had = supplier_goods_list(store, supplier_id, goods->item_id, NULL, 1, error);
	if (had == NULL)
		return false;
	before = had->len > 0 ? dup_json(had->pdata[0]) : NULL;
	return supplier_goods_put(store, &put, goods, error) &&
	       audit_change(store, person_id, "supplier-goods", subject, before, after, error);
}

bool supplier_goods_write(Store *store, int64_t supplier_id, const SupplierGoods *goods,
			  int64_t person_id, GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (write_in(store, supplier_id, goods, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}

static bool remove_in(Store *store, int64_t supplier_id, int64_t item_id, int64_t person_id,
		      GError **error)
{
	g_autofree char *subject = NULL, *before = NULL;
	g_autoptr(GPtrArray) had = NULL;
	StoreStatement *statement;

	if (!rights_require(store, person_id, RIGHT_ORDER, error))
		return false;
	subject = dup_subject(store, supplier_id, item_id, error);
	if (subject == NULL)
		return false;
	had = supplier_goods_list(store, supplier_id, item_id, NULL, 1, error);
	if (had == NULL || had->len == 0)
		return had != NULL;
	before = dup_json(had->pdata[0]);
	statement = store_statement(store, "office/buying/remove");
	store_bind_int(statement, 1, supplier_id);
	store_bind_int(statement, 2, item_id);
	return store_run(statement, error) &&
	       audit_change(store, person_id, "supplier-goods", subject, before, NULL, error);
}

bool supplier_goods_remove(Store *store, int64_t supplier_id, int64_t item_id, int64_t person_id,
			   GError **error)
{
	if (!store_begin(store, error))
		return false;
	if (remove_in(store, supplier_id, item_id, person_id, error))
		return store_commit(store, error);
	store_rollback(store);
	return false;
}
