/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a supplier's list as values. */
#include "backoffice/buying/price_list_rows.h"

#include "backoffice/goods/fields.h"

#include <glib/gi18n-lib.h>

void price_list_draft_clear(PriceListDraft *self)
{
	g_clear_pointer(&self->code, g_free);
	g_clear_pointer(&self->barcode, g_free);
	g_clear_pointer(&self->name, g_free);
}

static char *read_text(const char *const *cells, Column column, int max, Column *ret_column,
		       char **ret)
{
	*ret_column = column;
	*ret = field_dup_tidy(cells[column] != NULL ? cells[column] : "");
	return field_check_text(*ret, column_title(column), max);
}

static char *read_barcode(const char *const *cells, Column *ret_column, char **ret)
{
	char *reason = read_text(cells, COLUMN_BARCODE, FIELD_BARCODE_MAX, ret_column, ret);

	return reason != NULL || **ret == '\0' ? reason : field_check_barcode(*ret);
}

/* −1: not said. */
static char *read_cost(const char *const *cells, Column column, uint16_t currency,
		       Column *ret_column, int64_t *ret)
{
	bool given;
	char *reason;

	*ret_column = column;
	reason =
		field_read_amount(cells[column], column_title(column), currency, true, &given, ret);
	if (reason == NULL && !given)
		*ret = -1;
	return reason;
}

/* "Units in a pack", or the pack itself where it is nothing but a number. */
static char *read_factor(const char *const *cells, Column *ret_column, int64_t *ret)
{
	Column column = cells[COLUMN_FACTOR] != NULL ? COLUMN_FACTOR : COLUMN_PACK;
	bool given;
	char *reason;

	*ret = 0;
	*ret_column = column;
	reason = field_read_quantity(cells[column], column_title(column), &given, ret);
	if (reason != NULL && column == COLUMN_PACK)
		g_clear_pointer(&reason, g_free); /* it has a name */
	if (reason == NULL && !given)
		*ret = 0;
	return reason;
}

static char *read_costs(PriceListDraft *self, const char *const *cells, uint16_t currency,
			Column *ret_column)
{
	Column column = cells[COLUMN_COST] != NULL ? COLUMN_COST : COLUMN_PRICE;
	char *reason = read_cost(cells, COLUMN_PACK_PRICE, currency, ret_column, &self->pack_cost);

	if (reason == NULL)
		reason = read_cost(cells, column, currency, ret_column, &self->cost);
	if (reason == NULL && self->cost < 0 && self->pack_cost < 0)
		return g_strdup_printf(_("the row has no %s"), column_title(column));
	return reason;
}

static char *read_all(PriceListDraft *self, const char *const *cells, uint16_t currency,
		      Column *ret_column)
{
	char *reason = read_barcode(cells, ret_column, &self->barcode);

	if (reason == NULL)
		reason = read_text(cells, COLUMN_ARTICLE, FIELD_TEXT_MAX, ret_column, &self->code);
	if (reason == NULL)
		reason = read_text(cells, COLUMN_NAME, FIELD_NAME_MAX, ret_column, &self->name);
	if (reason == NULL)
		reason = read_factor(cells, ret_column, &self->factor);
	if (reason == NULL)
		reason = read_costs(self, cells, currency, ret_column);
	if (reason == NULL && *self->code == '\0' && *self->barcode == '\0') {
		*ret_column = COLUMN_N;
		return g_strdup(_("the row has neither a code nor a barcode"));
	}
	return reason;
}

char *price_list_draft_read(PriceListDraft *ret, const char *const cells[COLUMN_N],
			    uint16_t currency, Column *ret_column)
{
	char *reason;

	*ret = (PriceListDraft){ .cost = -1, .pack_cost = -1 };
	reason = read_all(ret, cells, currency, ret_column);
	if (reason != NULL)
		price_list_draft_clear(ret);
	return reason;
}
