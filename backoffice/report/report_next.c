/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/report/report_private.h"

/* Opening a row: what is asked then. */

static const RowKey *key_of(const Report *self, int row)
{
	g_return_val_if_fail(row >= 0 && row < self->n_rows, NULL);
	return &g_array_index(self->keys, RowKey, (guint)row);
}

bool report_get_key(const Report *self, int row, ReportRowKey *ret)
{
	const RowKey *key = key_of(self, row);

	if (self->kind->key == REPORT_NO_KEY || key == NULL || !key->set)
		return false;
	*ret = key->key;
	return true;
}

/* The days of the month that were asked for. */
static void narrow_month(ReportQuery *query, int32_t month)
{
	uint8_t last =
		g_date_get_days_in_month((GDateMonth)(month % 100), (GDateYear)(month / 100));

	query->from = MAX(query->from, month * 100 + 1);
	query->to = MIN(query->to, month * 100 + last);
}

static void narrow_item(ReportQuery *query, const RowKey *key)
{
	if (key->text != NULL)
		query->own = key->text;
	else
		query->item_id = key->key.id;
}

static void narrow(const Report *self, const RowKey *key, int row, ReportQuery *query)
{
	int64_t id = key->key.id;

	if (key->key.shop_id != 0)
		query->shop_id = key->key.shop_id;
	switch (self->kind->key) {
	case REPORT_KEY_DAY:
		query->from = query->to = (int32_t)id;
		break;
	case REPORT_KEY_MONTH:
		narrow_month(query, (int32_t)id);
		break;
	case REPORT_KEY_HOUR:
		query->hour = (int)id;
		query->until = (int)id + 1;
		break;
	case REPORT_KEY_WEEKDAY:
		query->weekdays = UINT32_C(1) << (id - 1);
		break;
	case REPORT_KEY_TILL:
		query->till_id = id;
		break;
	case REPORT_KEY_CASHIER:
		query->cashier_id = id;
		break;
	case REPORT_KEY_GROUP:
		query->group = key->text != NULL ? key->text : report_get_cell(self, row, 0)->text;
		query->group_alone = true;
		break;
	case REPORT_KEY_ITEM:
		narrow_item(query, key);
		break;
	case REPORT_KEY_SUPPLIER:
		query->supplier_id = id;
		break;
	case REPORT_KEY_PAYMENT:
		query->payment = report_get_cell(self, row, 0)->text;
		break;
	case REPORT_KEY_SHIFT:
		query->till_id = key->key.till_id;
		query->shift = id;
		break;
	case REPORT_NO_KEY:
	case REPORT_KEY_SHOP:
	case REPORT_KEY_RECEIPT:
	case REPORT_KEY_DOCUMENT:
		break;
	}
}

bool report_get_next(const Report *self, int row, const ReportKind **ret_kind, ReportQuery *ret)
{
	const ReportKind *next = self->kind->next != NULL ? report_find(self->kind->next) : NULL;
	ReportRowKey key;

	if (next == NULL || !report_get_key(self, row, &key))
		return false;
	*ret = self->query;
	*ret_kind = next;
	narrow(self, key_of(self, row), row, ret);
	return true;
}
