/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/receipt_sheet.h"

#include "backoffice/report/report.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void line_clear(void *data)
{
	ReceiptSheetLine *self = data;

	g_free(self->code);
	g_free(self->name);
	g_free(self->unit);
}

static void tax_clear(void *data)
{
	g_free(((ReceiptSheetTax *)data)->code);
}

static void payment_clear(void *data)
{
	g_free(((ReceiptSheetPayment *)data)->kind);
	g_free(((ReceiptSheetPayment *)data)->reference);
}

static void other_clear(void *data)
{
	g_free(((ReceiptSheetOther *)data)->number);
}

static GArray *array_new(guint size, GDestroyNotify clear)
{
	GArray *array = g_array_new(false, true, size);

	g_array_set_clear_func(array, clear);
	return array;
}

void receipt_sheet_free(ReceiptSheet *self)
{
	if (self == NULL)
		return;
	g_free(self->number);
	g_free(self->till);
	g_free(self->cashier);
	g_free(self->origin);
	g_free(self->sign);
	g_free(self->serial);
	g_free(self->fiscal_at);
	g_array_unref(self->lines);
	g_array_unref(self->taxes);
	g_array_unref(self->payments);
	g_array_unref(self->others);
	g_free(self);
}

static StoreStatement *bind(Store *store, const char *name, const ReceiptSheet *self)
{
	StoreStatement *statement = store_statement(store, name);

	store_bind_int(statement, 1, self->shop_id);
	store_bind_int(statement, 2, self->till_id);
	store_bind_int(statement, 3, self->seq);
	return statement;
}

static void take_head(ReceiptSheet *self, StoreStatement *row)
{
	self->number = g_strdup(store_get_text(row, 0));
	self->is_return = strcmp(store_get_text(row, 1), "return") == 0;
	self->shift = store_get_int(row, 2);
	self->at = store_get_int(row, 3);
	self->till = g_strdup(store_get_text(row, 4));
	self->cashier = g_strdup(store_get_text(row, 5));
	self->gross = store_get_int(row, 6);
	self->discount = store_get_int(row, 7);
	self->added = store_get_int(row, 8);
	self->net = store_get_int(row, 9);
	self->rounding = store_get_int(row, 10);
	self->origin = g_strdup(store_get_text(row, 11));
	self->has_document = !store_is_null(row, 12);
	self->document = store_get_int(row, 12);
	self->fiscal_shift = store_get_int(row, 13);
	self->fiscal_receipt = store_get_int(row, 14);
	self->sign = g_strdup(store_get_text(row, 15));
	self->serial = g_strdup(store_get_text(row, 16));
	self->fiscal_at = g_strdup(store_get_text(row, 17));
	self->late = store_get_int(row, 18) != 0;
}

static bool read_head(ReceiptSheet *self, Store *store, GError **error)
{
	StoreStatement *row = bind(store, "office/receipt_sheet/head", self);
	StoreStep step = store_step(row, error);

	if (step == STORE_ROW)
		take_head(self, row);
	else if (step == STORE_DONE)
		g_set_error_literal(error, REPORT_ERROR, REPORT_ERROR_QUERY,
				    _("The office does not have this receipt."));
	store_reset(row);
	return step == STORE_ROW;
}

static bool read_lines(ReceiptSheet *self, Store *store, GError **error)
{
	StoreStatement *row = bind(store, "office/receipt_sheet/lines", self);
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ReceiptSheetLine line = { .number = (int)store_get_int(row, 0),
					  .code = g_strdup(store_get_text(row, 1)),
					  .name = g_strdup(store_get_text(row, 2)),
					  .unit = g_strdup(store_get_text(row, 3)),
					  .quantity = store_get_int(row, 4),
					  .price = store_get_int(row, 5),
					  .discount = store_get_int(row, 6),
					  .net = store_get_int(row, 7) };

		g_array_append_val(self->lines, line);
	}
	return step == STORE_DONE;
}

static bool read_taxes(ReceiptSheet *self, Store *store, GError **error)
{
	StoreStatement *row = bind(store, "office/receipt_sheet/taxes", self);
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ReceiptSheetTax tax = { .code = g_strdup(store_get_text(row, 0)),
					.rate = store_get_int(row, 1),
					.base = store_get_int(row, 2),
					.amount = store_get_int(row, 3) };

		g_array_append_val(self->taxes, tax);
	}
	return step == STORE_DONE;
}

static bool read_payments(ReceiptSheet *self, Store *store, GError **error)
{
	StoreStatement *row = bind(store, "office/receipt_sheet/payments", self);
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ReceiptSheetPayment payment = { .kind = g_strdup(store_get_text(row, 0)),
						.amount = store_get_int(row, 1),
						.reference = g_strdup(store_get_text(row, 2)) };

		g_array_append_val(self->payments, payment);
	}
	return step == STORE_DONE;
}

static bool read_others(ReceiptSheet *self, Store *store, GError **error)
{
	StoreStatement *row = bind(store, "office/receipt_sheet/others", self);
	StoreStep step;

	while ((step = store_step(row, error)) == STORE_ROW) {
		ReceiptSheetOther other = {
			.till_id = store_get_int(row, 0),
			.seq = store_get_int(row, 1),
			.number = g_strdup(store_get_text(row, 2)),
			.is_return = strcmp(store_get_text(row, 3), "return") == 0,
			.at = store_get_int(row, 4),
			.net = store_get_int(row, 5),
		};

		g_array_append_val(self->others, other);
	}
	return step == STORE_DONE;
}

ReceiptSheet *receipt_sheet_read(Store *store, int64_t shop_id, int64_t till_id, int64_t seq,
				 GError **error)
{
	g_autoptr(ReceiptSheet) self = g_new0(ReceiptSheet, 1);

	self->shop_id = shop_id;
	self->till_id = till_id;
	self->seq = seq;
	self->lines = array_new(sizeof(ReceiptSheetLine), line_clear);
	self->taxes = array_new(sizeof(ReceiptSheetTax), tax_clear);
	self->payments = array_new(sizeof(ReceiptSheetPayment), payment_clear);
	self->others = array_new(sizeof(ReceiptSheetOther), other_clear);
	if (!read_head(self, store, error) || !read_lines(self, store, error) ||
	    !read_taxes(self, store, error) || !read_payments(self, store, error) ||
	    !read_others(self, store, error))
		return NULL;
	return g_steal_pointer(&self);
}
