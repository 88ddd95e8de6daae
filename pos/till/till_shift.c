/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/till_private.h"

static bool read_totals(const char *text, ShiftTotals *ret, GError **error)
{
	json_t *json = json_loads(text, 0, NULL);
	bool ok = shift_totals_from_json(json, ret);

	json_decref(json);
	if (!ok)
		g_set_error(error, TILL_ERROR, TILL_ERROR_DATA, "the shift's totals are damaged");
	return ok;
}

static bool read_open(TillDb *self, TillShift *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "till/shift/get_open");
	StoreStep step = store_step(row, error);
	bool ok;

	*ret = (TillShift){ 0 };
	if (step != STORE_ROW)
		return step == STORE_DONE;
	ret->open = true;
	ret->number = store_get_int(row, 0);
	ret->day = (int32_t)store_get_int(row, 1);
	ret->opened_at = store_get_int(row, 2);
	ret->cashier = store_get_int(row, 3);
	ok = read_totals(store_get_text(row, 4), &ret->totals, error);
	store_reset(row);
	return ok;
}

bool till_shift_load(TillDb *self, GError **error)
{
	return read_open(self, &self->ends.shift, error);
}

static void bind_totals(StoreStatement *statement, int index, const ShiftTotals *totals)
{
	g_autoptr(GString) text = g_string_new(NULL);

	shift_totals_write(totals, NULL, text);
	store_bind_text(statement, index, text->str);
}

bool till_shift_store(TillDb *self, const TillShift *shift, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/shift/set_totals");

	store_bind_int(statement, 1, shift->number);
	bind_totals(statement, 2, &shift->totals);
	self->ends.shift = *shift;
	return store_run(statement, error);
}

bool till_shift_open(TillDb *self, const TillRequest *request, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/shift/open");
	ShiftTotals totals;

	shift_totals_init(&totals, request->amount.currency, request->amount);
	store_bind_int(statement, 1, request->day);
	store_bind_int(statement, 2, g_get_real_time());
	store_bind_int(statement, 3, request->cashier);
	bind_totals(statement, 4, &totals);
	return store_run(statement, error) && till_shift_load(self, error);
}

bool till_shift_close(TillDb *self, GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/shift/close");

	store_bind_int(statement, 1, self->ends.shift.number);
	store_bind_int(statement, 2, g_get_real_time());
	self->ends.shift = (TillShift){ 0 };
	return store_run(statement, error);
}

void till_db_get_shift(TillDb *self, TillShift *ret)
{
	g_mutex_lock(&self->lock);
	*ret = self->committed.shift;
	g_mutex_unlock(&self->lock);
}
