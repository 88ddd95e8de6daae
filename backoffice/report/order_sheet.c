/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An order to be handed to the supplier, with his codes. */
#include "backoffice/report/buying_sheets.h"
#include "backoffice/report/report_private.h"

#include "backoffice/stock/document.h"
#include "core/currency.h"
#include "core/money.h"
#include "core/quantity.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
	Store *store; /* borrowed */
	const NumberStyle *style; /* borrowed */
	Sheet *sheet; /* owned */
	uint16_t currency;
	bool with_costs;
	int64_t sum;
} Order;

static char *dup_day(int64_t at, const char *timezone)
{
	g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(timezone);
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(at / G_USEC_PER_SEC);
	g_autoptr(GDateTime) local =
		zone != NULL ? g_date_time_to_timezone(utc, zone) : g_date_time_ref(utc);

	return g_date_time_format(local, "%Y-%m-%d");
}

/* In the order of office/order_sheet/head. */
static void add_head(Order *self, StoreStatement *row)
{
	g_autofree char *title = g_strdup_printf(_("Order %s"), store_get_text(row, 1));
	g_autofree char *day = dup_day(store_get_int(row, 2), store_get_text(row, 5));

	self->sheet = sheet_new(title);
	self->currency = (uint16_t)store_get_int(row, 6);
	sheet_add_fact(self->sheet, _("Day"), day);
	sheet_add_fact(self->sheet, _("Supplier"), store_get_text(row, 7));
	sheet_add_fact(self->sheet, _("Whom to ask for"), store_get_text(row, 8));
	sheet_add_fact(self->sheet, _("Telephone"), store_get_text(row, 9));
	sheet_add_fact(self->sheet, _("E-mail"), store_get_text(row, 10));
	sheet_add_fact(self->sheet, _("Deliver to"), store_get_text(row, 4));
	sheet_add_fact(self->sheet, _("Ordered by"), store_get_text(row, 11));
	if (self->with_costs)
		sheet_add_fact(self->sheet, _("Amounts in"),
			       currency_by_number(self->currency)->code);
	sheet_add_fact(self->sheet, _("Note"), store_get_text(row, 3));
}

static bool read_head(Order *self, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/order_sheet/head");
	StoreStep step;

	store_bind_int(row, 1, id);
	step = store_step(row, error);
	if (step == STORE_ROW && strcmp(store_get_text(row, 0), "order") == 0)
		add_head(self, row);
	store_reset(row);
	if (step != STORE_FAILED && self->sheet == NULL)
		g_set_error_literal(error, DOCUMENT_ERROR, DOCUMENT_ERROR_GONE,
				    _("This document is no order."));
	return self->sheet != NULL;
}

static void add_columns(Order *self)
{
	sheet_add_column(self->sheet, _("No."), 24, true);
	sheet_add_column(self->sheet, _("Code"), 64, false);
	sheet_add_column(self->sheet, _("Barcode"), 96, false);
	sheet_add_column(self->sheet, _("Goods"), 0, false);
	sheet_add_column(self->sheet, _("Quantity"), 56, true);
	sheet_add_column(self->sheet, _("Packs"), 62, true);
	if (!self->with_costs)
		return;
	sheet_add_column(self->sheet, _("Of one"), 54, true);
	sheet_add_column(self->sheet, _("Amount"), 66, true);
}

static void add_quantity(Order *self, int64_t micro, const char *unit)
{
	g_autofree char *much = number_text_quantity(self->style, (Quantity){ micro });
	g_autofree char *text = g_strdup_printf("%s %s", much, report_unit_title(unit));
	g_autofree char *plain = quantity_dup_decimal((Quantity){ micro });

	sheet_add_number(self->sheet, text, plain);
}

static void add_packs(Order *self, int64_t micro, int64_t factor)
{
	g_autofree char *packs = NULL;

	if (factor > QUANTITY_ONE && micro % factor == 0)
		packs = g_strdup_printf("%" G_GINT64_FORMAT, micro / factor);
	if (packs != NULL)
		sheet_add_number(self->sheet, packs, packs);
	else
		sheet_add_cell(self->sheet, "");
}

static void add_amount(Order *self, int64_t minor)
{
	Money amount = { minor, self->currency };
	g_autofree char *text = number_text_money(self->style, amount, false);
	g_autofree char *plain = money_dup_decimal(amount);

	sheet_add_number(self->sheet, text, plain);
}

static void add_costs(Order *self, int64_t quantity, StoreStatement *row)
{
	int64_t cost = store_get_int(row, 7), one;

	if (store_is_null(row, 7) ||
	    !scale_int64(cost, QUANTITY_ONE, MAX(quantity, 1), ROUND_HALF_AWAY, &one))
		return;
	add_amount(self, one);
	add_amount(self, cost);
	self->sum += cost;
}

/* In the order of office/order_sheet/lines. */
static void add_line(Order *self, int n, StoreStatement *row)
{
	g_autofree char *number = g_strdup_printf("%d", n);
	int64_t quantity = store_get_int(row, 4);

	sheet_add_row(self->sheet, false);
	sheet_add_number(self->sheet, number, number);
	sheet_add_cell(self->sheet, store_get_text(row, 0));
	sheet_add_cell(self->sheet, store_get_text(row, 1));
	sheet_add_cell(self->sheet, store_get_text(row, 2));
	add_quantity(self, quantity, store_get_text(row, 3));
	add_packs(self, quantity, store_get_int(row, 6));
	if (self->with_costs)
		add_costs(self, quantity, row);
}

static void add_sum(Order *self)
{
	sheet_add_row(self->sheet, true);
	for (int i = 0; i < 3; i++)
		sheet_add_cell(self->sheet, "");
	sheet_add_cell(self->sheet, _("Total"));
	for (int i = 0; i < 3; i++)
		sheet_add_cell(self->sheet, "");
	add_amount(self, self->sum);
}

static bool read_lines(Order *self, int64_t id, GError **error)
{
	StoreStatement *row = store_statement(self->store, "office/order_sheet/lines");
	StoreStep step;
	int n = 0;

	store_bind_int(row, 1, id);
	while ((step = store_step(row, error)) == STORE_ROW)
		add_line(self, ++n, row);
	if (step == STORE_DONE && self->with_costs)
		add_sum(self);
	return step == STORE_DONE;
}

Sheet *order_sheet_new(Store *store, int64_t document_id, bool with_costs, const NumberStyle *style,
		       GError **error)
{
	Order self = { .store = store, .style = style, .with_costs = with_costs };

	if (!read_head(&self, document_id, error))
		return NULL;
	add_columns(&self);
	if (!read_lines(&self, document_id, error)) {
		sheet_free(self.sheet);
		return NULL;
	}
	sheet_add_signature(self.sheet, _("Ordered by"));
	return self.sheet;
}
