/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/fiscal_proof.h"
#include "pos/till/till_private.h"

/* Receipts that are closed: found again for a return, a copy, or a document told later. */

void till_sold_clear(TillSold *self)
{
	g_clear_pointer(&self->receipt, receipt_free);
}

static bool bad_entry(const char *number, GError **error)
{
	g_set_error(error, TILL_ERROR, TILL_ERROR_DATA, "the entry of receipt %s is damaged",
		    number);
	return false;
}

static bool read_proof(const json_t *json, TillSold *ret, GError **error)
{
	if (json == NULL || json_is_null(json))
		return true;
	ret->has_proof = true;
	return fiscal_proof_from_json(json, receipt_get_currency(ret->receipt), &ret->proof) ||
	       bad_entry(ret->number, error);
}

static bool read_body(const char *body, TillSold *ret, GError **error)
{
	json_auto_t *entry = json_loads(body, 0, NULL);

	ret->receipt = receipt_from_json(json_object_get(entry, "receipt"), error);
	return ret->receipt != NULL && read_proof(json_object_get(entry, "fiscal"), ret, error);
}

static bool read_sold(StoreStatement *row, TillSold *ret, GError **error)
{
	ret->seq = store_get_int(row, 0);
	g_strlcpy(ret->number, store_get_text(row, 1), sizeof ret->number);
	ret->at = store_get_int(row, 2);
	ret->shift = store_get_int(row, 4);
	return read_body(store_get_text(row, 3), ret, error);
}

/* Its own entry has no proof; the row of the document told later has. */
static bool read_late_proof(TillDb *self, TillSold *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "till/sold/late_proof");
	json_auto_t *json = NULL;
	StoreStep step;

	store_bind_int(row, 1, ret->seq);
	step = store_step(row, error);
	if (step != STORE_ROW)
		return step == STORE_DONE;
	json = json_loads(store_get_text(row, 0), 0, NULL);
	store_reset(row);
	return read_proof(json, ret, error);
}

static bool read_late(TillDb *self, TillSold *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "till/sold/is_late");

	store_bind_int(row, 1, ret->seq);
	if (store_step(row, error) != STORE_ROW)
		return false;
	ret->late = store_get_int(row, 0) != 0;
	store_reset(row);
	return ret->late || read_late_proof(self, ret, error);
}

static bool take_row(TillDb *self, StoreStatement *row, TillSold *ret, GError **error)
{
	StoreStep step = store_step(row, error);
	bool ok;

	*ret = (TillSold){ 0 };
	if (step != STORE_ROW)
		return step == STORE_DONE;
	ok = read_sold(row, ret, error);
	store_reset(row);
	ok = ok && (ret->has_proof || read_late(self, ret, error));
	if (!ok)
		till_sold_clear(ret);
	return ok;
}

int64_t till_db_get_last_seq(TillDb *self)
{
	int64_t seq;

	g_mutex_lock(&self->lock);
	seq = self->committed.seq;
	g_mutex_unlock(&self->lock);
	return seq;
}

bool till_db_is_own_number(TillDb *self, const char *number)
{
	g_autofree char *prefix = NULL;

	g_mutex_lock(&self->lock);
	prefix = g_strdup_printf("T%" G_GINT64_FORMAT "-", self->till);
	g_mutex_unlock(&self->lock);
	return g_str_has_prefix(number, prefix);
}

bool till_sold_find(TillDb *self, const char *number, TillSold *ret, GError **error)
{
	StoreStatement *row = store_statement(self->store, "till/sold/find");

	store_bind_text(row, 1, number);
	return take_row(self, row, ret, error);
}

bool till_db_find_sold(TillDb *self, const char *number, TillSold *ret, GError **error)
{
	bool ok;

	g_mutex_lock(&self->lock);
	ok = till_sold_find(self, number, ret, error);
	g_mutex_unlock(&self->lock);
	return ok;
}

bool till_db_get_sold(TillDb *self, int64_t seq, TillSold *ret, GError **error)
{
	StoreStatement *row;
	bool ok;

	g_mutex_lock(&self->lock);
	row = store_statement(self->store, "till/sold/get");
	store_bind_int(row, 1, seq);
	ok = take_row(self, row, ret, error);
	g_mutex_unlock(&self->lock);
	return ok;
}

bool till_db_dup_number_of(TillDb *self, const char *serial, uint32_t document, char **ret,
			   GError **error)
{
	StoreStatement *row;
	StoreStep step;

	*ret = NULL;
	g_mutex_lock(&self->lock);
	row = store_statement(self->store, "till/sold/by_document");
	store_bind_text(row, 1, serial);
	store_bind_int(row, 2, document);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret = g_strdup(store_get_text(row, 0));
		store_reset(row);
	}
	g_mutex_unlock(&self->lock);
	return step != STORE_FAILED;
}

/* --- returns ------------------------------------------------------------------------------- */

static void free_sold(void *data)
{
	TillSold *self = data;

	till_sold_clear(self);
	g_free(self);
}

static bool read_returns(StoreStatement *rows, GPtrArray *ret, GError **error)
{
	StoreStep step;

	while ((step = store_step(rows, error)) == STORE_ROW) {
		TillSold *sold = g_new0(TillSold, 1);

		g_ptr_array_add(ret, sold);
		if (!read_sold(rows, sold, error)) {
			store_reset(rows);
			return false;
		}
	}
	return step == STORE_DONE;
}

/* A return told later has its proof elsewhere. */
static bool complete_returns(TillDb *self, GPtrArray *returns, GError **error)
{
	for (guint i = 0; i < returns->len; i++) {
		TillSold *sold = g_ptr_array_index(returns, i);

		if (!sold->has_proof && !read_late(self, sold, error))
			return false;
	}
	return true;
}

bool till_db_load_returns(TillDb *self, const char *number, GPtrArray **ret, GError **error)
{
	g_autoptr(GPtrArray) returns = g_ptr_array_new_with_free_func(free_sold);
	StoreStatement *rows;
	bool ok;

	g_mutex_lock(&self->lock);
	rows = store_statement(self->store, "till/sold/returns");
	store_bind_text(rows, 1, number);
	ok = read_returns(rows, returns, error) && complete_returns(self, returns, error);
	g_mutex_unlock(&self->lock);
	if (ok)
		*ret = g_steal_pointer(&returns);
	return ok;
}

/* The return may know of more than this till has taken back: of other tills, as the office told. */
static bool put_line(TillDb *self, const char *origin, const ReceiptLine *line, int64_t seq,
		     GError **error)
{
	StoreStatement *sum = store_statement(self->store, "till/sold/returned_quantity");
	StoreStatement *put;
	int64_t before;

	store_bind_text(sum, 1, origin);
	store_bind_int(sum, 2, line->basis.line);
	if (store_step(sum, error) != STORE_ROW)
		return false;
	before = store_get_int(sum, 0);
	store_reset(sum);
	if (before > line->basis.before.quantity.micro ||
	    line->basis.before.quantity.micro + line->quantity.micro >
		    line->basis.sold.quantity.micro) {
		g_set_error(error, TILL_ERROR, TILL_ERROR_RETURNED,
			    "line %d of %s has come back already", line->basis.line, origin);
		return false;
	}
	put = store_statement(self->store, "till/sold/put_returned");
	store_bind_text(put, 1, origin);
	store_bind_int(put, 2, line->basis.line);
	store_bind_int(put, 3, seq);
	store_bind_int(put, 4, line->quantity.micro);
	return store_run(put, error);
}

bool till_sold_put_returned(TillDb *self, const Receipt *receipt, int64_t seq, GError **error)
{
	const char *origin = receipt_get_origin(receipt);

	for (int i = 0; *origin != '\0' && i < receipt_get_n_lines(receipt); i++) {
		const ReceiptLine *line = receipt_get_line(receipt, i);

		if (!line->voided && !put_line(self, origin, line, seq, error))
			return false;
	}
	return true;
}

/* --- documents told later, and those in doubt ------------------------------------------------- */

static bool read_list(TillDb *self, const char *name, uint16_t currency, guint size,
		      void (*read)(StoreStatement *, uint16_t, void *), GArray **ret,
		      GError **error)
{
	g_autoptr(GArray) list = g_array_new(FALSE, TRUE, size);
	g_autofree void *element = g_malloc0(size);
	StoreStatement *rows;
	StoreStep step;

	g_mutex_lock(&self->lock);
	rows = store_statement(self->store, name);
	while ((step = store_step(rows, error)) == STORE_ROW) {
		read(rows, currency, element);
		g_array_append_vals(list, element, 1);
	}
	g_mutex_unlock(&self->lock);
	if (step == STORE_DONE)
		*ret = g_steal_pointer(&list);
	return step == STORE_DONE;
}

static void read_late_row(StoreStatement *row, uint16_t currency, void *ret)
{
	TillLate *late = ret;

	late->seq = store_get_int(row, 0);
	g_strlcpy(late->number, store_get_text(row, 1), sizeof late->number);
	late->at = store_get_int(row, 2);
	late->total = (Money){ store_get_int(row, 3), currency };
	g_strlcpy(late->why, store_get_text(row, 4), sizeof late->why);
	late->shift = store_get_int(row, 5);
}

bool till_db_list_late(TillDb *self, uint16_t currency, GArray **ret, GError **error)
{
	return read_list(self, "till/sold/list_late", currency, sizeof(TillLate), read_late_row,
			 ret, error);
}

int64_t till_db_count_late(TillDb *self)
{
	g_autoptr(GError) error = NULL;
	int64_t n;
	bool ok;

	g_mutex_lock(&self->lock);
	ok = till_get_number(self, "till/sold/count_late", &n, &error);
	g_mutex_unlock(&self->lock);
	if (!ok)
		g_debug("late documents not counted: %s", error->message);
	return ok ? n : -1;
}

static void read_doubt(StoreStatement *row, uint16_t currency, void *ret)
{
	TillDoubt *doubt = ret;

	*doubt = (TillDoubt){ .at = store_get_int(row, 2),
			      .total = { store_get_int(row, 3), currency } };
	if (!store_is_null(row, 1))
		g_strlcpy(doubt->number, store_get_text(row, 1), sizeof doubt->number);
	g_strlcpy(doubt->doubt, store_get_text(row, 4), sizeof doubt->doubt);
	if (!store_is_null(row, 5))
		g_strlcpy(doubt->id, store_get_text(row, 5), sizeof doubt->id);
}

bool till_db_list_doubts(TillDb *self, uint16_t currency, GArray **ret, GError **error)
{
	return read_list(self, "till/sold/doubts", currency, sizeof(TillDoubt), read_doubt, ret,
			 error);
}
