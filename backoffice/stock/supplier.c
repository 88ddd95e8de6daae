/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/people/counter.h"
#include "backoffice/stock/document_private.h"
#include "backoffice/stock/stock.h"

#include <glib/gi18n-lib.h>
#include <jansson.h>
#include <string.h>

#define DAYS_MAX 3650
#define ROUND_MAX 365 /* days of lead and review */
#define LEAD_USUAL 1
#define REVIEW_USUAL 7

Supplier *supplier_new(const char *name)
{
	Supplier *self = g_new0(Supplier, 1);

	self->name = g_strdup(name);
	self->tin = g_strdup("");
	self->contact = g_strdup("");
	self->phone = g_strdup("");
	self->email = g_strdup("");
	self->terms = g_strdup("");
	self->lead_days = LEAD_USUAL;
	self->review_days = REVIEW_USUAL;
	return self;
}

void supplier_free(Supplier *self)
{
	if (self == NULL)
		return;
	g_free(self->name);
	g_free(self->tin);
	g_free(self->contact);
	g_free(self->phone);
	g_free(self->email);
	g_free(self->terms);
	g_free(self);
}

static void free_supplier(gpointer supplier)
{
	supplier_free(supplier);
}

/* --- reading ------------------------------------------------------------------------------- */

/* In the order of office/supplier/read. */
static Supplier *supplier_of_row(StoreStatement *row)
{
	Supplier *self = g_new0(Supplier, 1);

	self->id = store_get_int(row, 0);
	self->name = g_strdup(store_get_text(row, 1));
	self->tin = g_strdup(store_get_text(row, 2));
	self->contact = g_strdup(store_get_text(row, 3));
	self->days = (int)store_get_int(row, 4);
	self->lead_days = (int)store_get_int(row, 5);
	self->review_days = (int)store_get_int(row, 6);
	self->least_order = store_get_int(row, 7);
	self->phone = g_strdup(store_get_text(row, 8));
	self->email = g_strdup(store_get_text(row, 9));
	self->terms = g_strdup(store_get_text(row, 10));
	return self;
}

GPtrArray *supplier_list(Store *store, const char *search, int max, GError **error)
{
	g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_supplier);
	StoreStatement *row = store_statement(store, "office/supplier/list");
	g_autofree char *pattern = document_dup_pattern(search);
	g_autofree char *lower = g_ascii_strdown(pattern, -1);
	StoreStep step;

	store_bind_text(row, 1, pattern);
	store_bind_text(row, 2, lower);
	store_bind_int(row, 3, max);
	while ((step = store_step(row, error)) == STORE_ROW)
		g_ptr_array_add(list, supplier_of_row(row));
	return step == STORE_DONE ? g_steal_pointer(&list) : NULL;
}

/* *ret NULL where there is none. */
static bool read_one(Store *store, int64_t id, Supplier **ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/supplier/read");
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? supplier_of_row(row) : NULL;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool refuse_gone(GError **error)
{
	return document_refuse(error, DOCUMENT_ERROR_GONE,
			       _("This supplier is not in the list any more."));
}

Supplier *supplier_read(Store *store, int64_t id, GError **error)
{
	Supplier *self;

	if (read_one(store, id, &self, error) && self == NULL)
		refuse_gone(error);
	return self;
}

/* --- writing ------------------------------------------------------------------------------- */

bool supplier_find(Store *store, const char *name, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/supplier/find");
	StoreStep step;

	store_bind_text(row, 1, name);
	step = store_step(row, error);
	*ret = step == STORE_ROW ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

static bool texts_are_sound(const Supplier *self)
{
	const char *const texts[] = { self->name,  self->tin,	self->contact,
				      self->phone, self->email, self->terms };

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (!document_text_is_sound(texts[i]))
			return false;
	return *self->name != '\0';
}

static bool check(Store *store, const Supplier *self, GError **error)
{
	int64_t other;

	if (!texts_are_sound(self))
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("A supplier has a name, and no text of his is longer than "
					 "%d characters."),
				       DOCUMENT_TEXT_MAX);
	if (self->days < 0 || self->days > DAYS_MAX)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("A bill is paid in 0 to %d days."), DAYS_MAX);
	if (self->lead_days < 0 || self->lead_days > ROUND_MAX || self->review_days < 1 ||
	    self->review_days > ROUND_MAX)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("Goods come 0 to %d days after the order, and are "
					 "ordered every 1 to %d days."),
				       ROUND_MAX, ROUND_MAX);
	if (self->least_order < 0 || self->least_order > DOCUMENT_AMOUNT_MAX)
		return document_refuse(error, DOCUMENT_ERROR_INVALID,
				       _("The least sum of an order cannot be so."));
	if (!supplier_find(store, self->name, &other, error))
		return false;
	return other == 0 || other == self->id ||
	       document_refuse(error, DOCUMENT_ERROR_INVALID,
			       _("There is already a supplier named “%s”."), self->name);
}

/* For the audit; own it. */
static char *dup_json(const Supplier *self)
{
	json_t *object =
		json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:I, s:s, s:s, s:s}", "name", self->name,
			  "tin", self->tin, "contact", self->contact, "days", self->days,
			  "lead_days", self->lead_days, "review_days", self->review_days,
			  "least_order", (json_int_t)self->least_order, "phone", self->phone,
			  "email", self->email, "terms", self->terms);
	char *text = json_dumps(object, JSON_COMPACT);
	char *own = g_strdup(text);

	free(text);
	json_decref(object);
	return own;
}

static bool put(Store *store, const Supplier *self, GError **error)
{
	const char *name = self->id != 0 ? "office/supplier/update" : "office/supplier/insert";
	StoreStatement *statement;
	int64_t id = self->id;

	if (id == 0 && !counter_take(store, "supplier", &id, error))
		return false;
	statement = store_statement(store, name);
	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, self->name);
	store_bind_text(statement, 3, self->tin);
	store_bind_text(statement, 4, self->contact);
	store_bind_int(statement, 5, self->days);
	store_bind_int(statement, 6, self->lead_days);
	store_bind_int(statement, 7, self->review_days);
	if (self->least_order > 0)
		store_bind_int(statement, 8, self->least_order);
	else
		store_bind_null(statement, 8);
	store_bind_text(statement, 9, self->phone);
	store_bind_text(statement, 10, self->email);
	store_bind_text(statement, 11, self->terms);
	return store_run(statement, error);
}

bool supplier_put(Store *store, Supplier *self, int64_t person_id, GError **error)
{
	g_autofree char *before = NULL, *after = NULL;
	g_autoptr(Supplier) old = NULL;

	g_strstrip(self->name);
	if (!rights_require(store, person_id, RIGHT_SUPPLIERS, error) ||
	    !check(store, self, error) || !read_one(store, self->id, &old, error))
		return false;
	if (self->id != 0 && old == NULL)
		return refuse_gone(error);
	before = old != NULL ? dup_json(old) : NULL;
	after = dup_json(self);
	return put(store, self, error) &&
	       (self->id != 0 || supplier_find(store, self->name, &self->id, error)) &&
	       audit_change(store, person_id, "supplier", self->name, before, after, error);
}

bool supplier_write(Store *store, Supplier *self, int64_t person_id, GError **error)
{
	int64_t id = self->id;

	if (!store_begin(store, error))
		return false;
	if (supplier_put(store, self, person_id, error) && store_commit(store, error))
		return true;
	store_rollback(store);
	self->id = id;
	return false;
}

/* --- what he takes ------------------------------------------------------------------------- */

bool supplier_price_on(Store *store, int64_t supplier_id, int64_t item_id, int32_t day,
		       bool *ret_has, int64_t *ret, GError **error)
{
	StoreStatement *row = store_statement(store, "office/document/supplier_price");
	StoreStep step;

	store_bind_int(row, 1, supplier_id);
	store_bind_int(row, 2, item_id);
	store_bind_int(row, 3, day);
	step = store_step(row, error);
	*ret_has = step == STORE_ROW;
	*ret = *ret_has ? store_get_int(row, 0) : 0;
	store_reset(row);
	return step != STORE_FAILED;
}

bool supplier_price_note(Store *store, const SupplierPrice *price, const char *how, GError **error)
{
	StoreStatement *insert;
	int64_t now, id;
	bool has;

	if (!supplier_price_on(store, price->supplier_id, price->item_id, price->first_day, &has,
			       &now, error))
		return false;
	if (has && now == price->cost)
		return true;
	if (!counter_take(store, "supplier-price", &id, error))
		return false;
	insert = store_statement(store, "office/document/insert_supplier_price");
	store_bind_int(insert, 1, id);
	store_bind_int(insert, 2, price->supplier_id);
	store_bind_int(insert, 3, price->item_id);
	store_bind_int(insert, 4, price->cost);
	store_bind_int(insert, 5, price->first_day);
	store_bind_int(insert, 6, price->at);
	store_bind_int(insert, 7, price->person_id);
	store_bind_text(insert, 8, how);
	return store_run(insert, error);
}
