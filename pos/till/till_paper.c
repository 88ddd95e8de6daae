/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/till_paper.h"

#include "pos/till/fiscal_proof.h"
#include "pos/till/till_private.h"

void till_paper_clear(TillPaper *self)
{
	g_clear_pointer(&self->number, g_free);
	g_clear_pointer(&self->cashier, g_free);
	g_clear_pointer(&self->receipt, receipt_free);
}

static bool read_entry(const char *body, TillPaper *ret, GError **error)
{
	json_auto_t *entry = json_loads(body, 0, NULL);
	const json_t *proof = json_object_get(entry, "fiscal");

	ret->receipt = receipt_from_json(json_object_get(entry, "receipt"), error);
	if (ret->receipt == NULL)
		return false;
	ret->has_proof = proof != NULL && !json_is_null(proof);
	if (!ret->has_proof ||
	    fiscal_proof_from_json(proof, receipt_get_currency(ret->receipt), &ret->proof))
		return true;
	g_set_error(error, TILL_ERROR, TILL_ERROR_DATA, "the proof of receipt %s is damaged",
		    ret->number);
	return false;
}

static bool read_row(StoreStatement *row, TillPaper *ret, GError **error)
{
	*ret = (TillPaper){ .id = store_get_int(row, 0),
			    .seq = store_get_int(row, 1),
			    .number = g_strdup(store_get_text(row, 2)),
			    .cashier = g_strdup(store_get_text(row, 3)),
			    .begun = store_get_int(row, 4) != 0,
			    .copy = store_get_int(row, 5) != 0,
			    .at = store_get_int(row, 6),
			    .words = store_get_int(row, 8) != 0 };
	return read_entry(store_get_text(row, 7), ret, error);
}

bool till_paper_next(TillDb *self, TillPaper *ret, GError **error)
{
	StoreStatement *row;
	StoreStep step;
	bool ok;

	*ret = (TillPaper){ .id = 0 };
	g_mutex_lock(&self->lock);
	row = store_statement(self->store, "till/paper/next");
	step = store_step(row, error);
	ok = step != STORE_FAILED && (step == STORE_DONE || read_row(row, ret, error));
	if (step == STORE_ROW)
		store_reset(row);
	g_mutex_unlock(&self->lock);
	return ok;
}

static bool change(TillDb *self, const char *name, int64_t id, GError **error)
{
	bool ok = till_begin(self, error) && till_run_with(self, name, id, error);

	return till_end(self, ok, error);
}

bool till_paper_begin(TillDb *self, int64_t id, GError **error)
{
	return change(self, "till/paper/begin", id, error);
}

bool till_paper_release(TillDb *self, int64_t id, GError **error)
{
	return change(self, "till/paper/release", id, error);
}

bool till_paper_doubt(TillDb *self, int64_t id, GError **error)
{
	return change(self, "till/paper/doubt", id, error);
}

bool till_paper_end(TillDb *self, int64_t id, GError **error)
{
	return change(self, "till/paper/end", id, error);
}

int64_t till_paper_count(TillDb *self)
{
	g_autoptr(GError) error = NULL;
	int64_t n;
	bool ok;

	g_mutex_lock(&self->lock);
	ok = till_get_number(self, "till/paper/count", &n, &error);
	g_mutex_unlock(&self->lock);
	if (!ok)
		g_debug("paper not counted: %s", error->message);
	return ok ? n : -1;
}

bool till_paper_drop_all(TillDb *self, int64_t cashier, GError **error)
{
	json_auto_t *details = NULL;
	int64_t n;
	bool ok = till_begin(self, error) && till_get_number(self, "till/paper/count", &n, error);

	if (ok && n > 0) {
		details = json_pack("{s:s, s:s, s:I}", "device", "printer", "fault", "dropped",
				    "receipts", (json_int_t)n);
		ok = store_run(store_statement(self->store, "till/paper/clear"), error) &&
		     till_journal_add(self, JOURNAL_DEVICE, cashier, self->ends.shift.number,
				      details, NULL, error);
	}
	return till_end(self, ok, error);
}

bool till_paper_add(TillDb *self, int64_t seq, const char *cashier, bool copy, bool words,
		    GError **error)
{
	StoreStatement *statement = store_statement(self->store, "till/paper/put");

	store_bind_int(statement, 1, seq);
	store_bind_text(statement, 2, cashier);
	store_bind_int(statement, 3, copy);
	store_bind_int(statement, 4, words);
	return store_run(statement, error);
}

bool till_paper_again(TillDb *self, const char *cashier, GError **error)
{
	bool ok = till_begin(self, error);

	if (ok && self->ends.seq == 0) {
		g_set_error(error, TILL_ERROR, TILL_ERROR_NO_RECEIPT, "nothing was sold yet");
		ok = false;
	}
	ok = ok && till_paper_add(self, self->ends.seq, cashier, true, false, error);
	return till_end(self, ok, error);
}
