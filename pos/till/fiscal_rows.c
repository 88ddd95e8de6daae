/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/till/fiscal_rows.h"

#include "pos/till/fiscal_row_read.h"
#include "pos/till/till_private.h"

static bool take_row(TillDb *db, StoreStatement *row, FiscalRow *ret, GError **error)
{
	if (!fiscal_row_read(row, ret, error))
		return false;
	if (ret->done.seq != 0)
		till_format_number(db, ret->done.seq, ret->done.number);
	return true;
}

static bool load_row(TillDb *db, int64_t id, FiscalRow *ret, GError **error)
{
	StoreStatement *row = store_statement(db->store, "till/fiscal/get");

	store_bind_int(row, 1, id);
	return take_row(db, row, ret, error);
}

bool fiscal_row_find_unfinished(TillDb *db, FiscalRow *ret, GError **error)
{
	bool ok = till_begin(db, error) &&
		  take_row(db, store_statement(db->store, "till/fiscal/unfinished"), ret, error);

	return till_end(db, ok, error);
}

bool fiscal_row_get(TillDb *db, int64_t id, FiscalRow *ret, GError **error)
{
	bool ok = till_begin(db, error) && load_row(db, id, ret, error);

	return till_end(db, ok, error);
}

bool fiscal_row_proof_is_used(TillDb *db, const char *serial, uint32_t number, bool *ret,
			      GError **error)
{
	StoreStatement *row;
	StoreStep step;

	g_mutex_lock(&db->lock);
	row = store_statement(db->store, "till/fiscal/proof_is_used");
	store_bind_text(row, 1, serial);
	store_bind_int(row, 2, number);
	step = store_step(row, error);
	if (step == STORE_ROW) {
		*ret = store_get_int(row, 0) != 0;
		store_reset(row);
	}
	g_mutex_unlock(&db->lock);
	return step == STORE_ROW;
}

/* --- writing ------------------------------------------------------------------------------- */

/* Each is one transaction. What has happened must be recorded: a full disk gives up its reserve. */
typedef bool (*Change)(TillDb *db, void *data, GError **error);

static bool transact(TillDb *db, Change change, void *data, GError **error)
{
	GError *local = NULL;

	for (;;) {
		bool ok = till_begin(db, &local) && change(db, data, &local);

		if (till_end(db, ok, &local))
			return true;
		if (!till_use_reserve(db, &local)) {
			g_propagate_error(error, local);
			return false;
		}
	}
}

/* Runs an UPDATE that names the states it may leave: one that changes nothing is refused. */
static bool run_change(TillDb *db, StoreStatement *statement, GError **error)
{
	if (!store_run(statement, error))
		return false;
	if (store_changes(db->store) == 1)
		return true;
	g_set_error(error, TILL_ERROR, TILL_ERROR_DATA,
		    "the fiscal row is in a state that this does not follow");
	return false;
}

struct create {
	const TillRequest *request;
	const char *cashier_name;
	int64_t previous;
	FiscalRow *ret;
};

static bool name_sale(TillDb *db, int64_t id, int64_t previous, FiscalRow *ret, GError **error)
{
	g_auto(FiscalRow) before = { 0 };

	if (previous == 0) {
		g_snprintf(ret->sale_id, sizeof ret->sale_id,
			   "T%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, db->till,
			   db->ends.seq + 1, id);
		ret->attempt = 1;
		return true;
	}
	if (!load_row(db, previous, &before, error))
		return false;
	g_assert(before.state == FISCAL_ROW_NOT_MADE);
	g_strlcpy(ret->sale_id, before.sale_id, sizeof ret->sale_id);
	ret->attempt = before.attempt + 1;
	return true;
}

static bool insert_row(TillDb *db, int64_t id, const struct create *create, Money total,
		       const FiscalRow *row, GError **error)
{
	StoreStatement *statement = store_statement(db->store, "till/fiscal/insert");
	const TillRequest *request = create->request;

	store_bind_int(statement, 1, id);
	store_bind_text(statement, 2, row->sale_id);
	store_bind_int(statement, 3, row->attempt);
	if (create->previous != 0)
		store_bind_int(statement, 4, create->previous);
	else
		store_bind_null(statement, 4);
	store_bind_int(statement, 5, request->kind);
	store_bind_int(statement, 6, request->cashier);
	store_bind_text(statement, 7, create->cashier_name);
	store_bind_int(statement, 8, total.currency);
	store_bind_int(statement, 9, total.minor);
	store_bind_int(statement, 10, request->day);
	if (request->has_counted)
		store_bind_int(statement, 11, request->counted.minor);
	else
		store_bind_null(statement, 11);
	store_bind_int(statement, 12, g_get_real_time());
	if (request->late != 0)
		store_bind_int(statement, 13, request->late);
	else
		store_bind_null(statement, 13);
	store_bind_text(statement, 14, request->reason);
	store_bind_int(statement, 15, request->internal);
	store_bind_text(statement, 16, request->paper);
	return store_run(statement, error);
}

static bool create_row(TillDb *db, void *data, GError **error)
{
	struct create *create = data;
	FiscalRow row = { 0 };
	Money total;
	int64_t id;

	fiscal_row_clear(create->ret); /* of a first try that was not committed */
	if (!till_deed_check(db, create->request, true, &total, error) ||
	    !till_get_number(db, "till/fiscal/last_id", &id, error))
		return false;
	id++;
	return name_sale(db, id, create->previous, &row, error) &&
	       insert_row(db, id, create, total, &row, error) &&
	       load_row(db, id, create->ret, error);
}

bool fiscal_row_create(TillDb *db, const TillRequest *request, const char *cashier_name,
		       int64_t previous, FiscalRow *ret, GError **error)
{
	struct create create = { request, cashier_name, previous, ret };

	return transact(db, create_row, &create, error);
}

struct change {
	int64_t id;
	const char *statement;
	const char *text;
	bool has_number;
	int64_t number;
};

static bool change_row(TillDb *db, void *data, GError **error)
{
	const struct change *change = data;
	StoreStatement *statement = store_statement(db->store, change->statement);
	int index = 1;

	store_bind_int(statement, index++, change->id);
	if (change->text != NULL)
		store_bind_text(statement, index++, change->text);
	if (change->has_number)
		store_bind_int(statement, index++, change->number);
	return run_change(db, statement, error);
}

bool fiscal_row_set_planned(TillDb *db, int64_t id, const char *plan, GError **error)
{
	struct change change = { id, "till/fiscal/set_planned", plan, false, 0 };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_intent(TillDb *db, int64_t id, const FiscalIntent *intent, GError **error)
{
	g_autofree char *before = fiscal_row_dup_before(&intent->before);
	struct change change = { id, "till/fiscal/set_intent", before, true, intent->at };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_lines(TillDb *db, int64_t id, int step, GError **error)
{
	struct change change = { id, "till/fiscal/set_lines", NULL, true, step };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_committing(TillDb *db, int64_t id, GError **error)
{
	struct change change = { id, "till/fiscal/set_committing", NULL, false, 0 };

	return transact(db, change_row, &change, error);
}

bool fiscal_row_set_done(TillDb *db, int64_t id, GError **error)
{
	struct change change = { id, "till/fiscal/set_done", NULL, false, 0 };

	return transact(db, change_row, &change, error);
}

struct made {
	const FiscalRow *row;
	const FiscalProof *proof;
	bool drawer;
	TillDone *ret;
};

static void bind_done(StoreStatement *statement, const TillDone *done)
{
	if (done->seq != 0)
		store_bind_int(statement, 6, done->seq);
	else
		store_bind_null(statement, 6);
	store_bind_int(statement, 7, done->change.minor);
}

/* --- made ------------------------------------------------------------------------------------ */

static bool make(TillDb *db, void *data, GError **error)
{
	const struct made *made = data;
	g_autofree char *proof = fiscal_row_dup_proof(made->proof);
	StoreStatement *statement;

	if (!till_deed_apply(db, &made->row->request, made->proof, made->ret, error) ||
	    !fiscal_registrar_know(db, made->row, made->proof, error))
		return false;
	statement = store_statement(db->store, "till/fiscal/set_made");
	store_bind_int(statement, 1, made->row->id);
	store_bind_text(statement, 2, made->proof->serial);
	store_bind_int(statement, 3, made->proof->document_number);
	store_bind_text(statement, 4, proof);
	store_bind_int(statement, 5, made->drawer);
	bind_done(statement, made->ret);
	return run_change(db, statement, error);
}

bool fiscal_row_set_made(TillDb *db, const FiscalRow *row, const FiscalProof *proof, bool drawer,
			 TillDone *ret, GError **error)
{
	struct made made = { row, proof, drawer, ret };

	return transact(db, make, &made, error);
}

FiscalIntent fiscal_row_lend_intent(const FiscalRow *self)
{
	FiscalIntent intent = self->intent;

	intent.id = self->id;
	intent.sale_id = self->sale_id;
	intent.plan = self->plan;
	return intent;
}

struct verdict {
	const FiscalRow *row;
	FiscalRowState state;
	const char *fault;
	int64_t cashier;
};

static bool note_verdict(TillDb *db, const struct verdict *verdict, GError **error)
{
	json_t *details;
	bool ok;

	details = json_pack("{s:s, s:s, s:i, s:s}", "step", fiscal_row_state_code(verdict->state),
			    "sale", verdict->row->sale_id, "attempt", verdict->row->attempt,
			    "fault", verdict->fault);
	ok = till_journal_add(db, JOURNAL_FISCAL, verdict->cashier, db->ends.shift.number, details,
			      NULL, error);
	json_decref(details);
	return ok;
}

static bool judge(TillDb *db, void *data, GError **error)
{
	const struct verdict *verdict = data;
	StoreStatement *statement = store_statement(db->store, "till/fiscal/set_verdict");

	store_bind_int(statement, 1, verdict->row->id);
	store_bind_text(statement, 2, fiscal_row_state_code(verdict->state));
	store_bind_text(statement, 3, verdict->fault);
	return run_change(db, statement, error) &&
	       (verdict->state == FISCAL_ROW_BLOCKED || verdict->state == verdict->row->state ||
		note_verdict(db, verdict, error));
}

bool fiscal_row_set_verdict(TillDb *db, const FiscalRow *row, FiscalRowState state,
			    const char *fault, int64_t cashier, GError **error)
{
	struct verdict verdict = { row, state, fault, cashier };

	g_return_val_if_fail(state == FISCAL_ROW_NOT_MADE || state == FISCAL_ROW_FOREIGN ||
				     state == FISCAL_ROW_BLOCKED,
			     false);
	return transact(db, judge, &verdict, error);
}
