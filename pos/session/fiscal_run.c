/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/fiscal_run.h"

#include "pos/session/fiscal_make.h"

FiscalRun *fiscal_run_new(TillDb *db, const struct fiscal_driver *driver, const char *address,
			  GHashTable *options)
{
	FiscalRun *self = g_new0(FiscalRun, 1);

	self->db = db;
	self->device = fiscal_device_new(driver, address, options);
	return self;
}

void fiscal_run_free(FiscalRun *self)
{
	if (self == NULL)
		return;
	fiscal_device_free(self->device);
	g_free(self);
}

void fiscal_run_cancel(FiscalRun *self)
{
	fiscal_device_cancel(self->device);
}

void fiscal_run_leave_drawer(FiscalRun *self)
{
	g_atomic_int_set(&self->leaves_drawer, true);
}

void fiscal_outcome_clear(FiscalOutcome *self)
{
	g_clear_error(&self->error);
	g_clear_pointer(&self->words, paper_only_free);
}

/* --- what the engine asks for -------------------------------------------------------------- */

static void run_new(FiscalRun *self, const TillRequest *request, const char *cashier_name,
		    int64_t previous, FiscalOutcome *ret)
{
	g_auto(FiscalRow) row = { 0 };
	GError *error = NULL;

	*ret = (FiscalOutcome){ .kind = request->kind };
	if (fiscal_row_create(self->db, request, cashier_name, previous, &row, &error))
		fiscal_run_row(self, &row, ret);
	else
		fiscal_finish(ret, FISCAL_OUTCOME_NOT_MADE, error);
}

static void run_again(FiscalRun *self, const FiscalRow *row, FiscalOutcome *ret)
{
	fiscal_outcome_clear(ret);
	run_new(self, &row->request, row->cashier_name, row->id, ret);
}

static GError *interrupted(const FiscalRow *row)
{
	return g_error_new(DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN, "interrupted in state %s",
			   fiscal_row_state_code(row->state));
}

/* The row that is not at its end goes on to where it can; nothing new is begun. */
static void go_on(FiscalRun *self, FiscalRow *row, FiscalOutcome *ret)
{
	fiscal_begin(ret, row);
	switch (row->state) {
	case FISCAL_ROW_NEW:
	case FISCAL_ROW_PLANNED: /* nothing was sent */
		fiscal_judge(self, row, FISCAL_ROW_NOT_MADE, row->request.cashier, interrupted(row),
			     ret);
		break;
	case FISCAL_ROW_MADE:
		ret->proof = row->proof;
		ret->done = self->made == row->id ? self->done : row->done;
		fiscal_finish_paper(self, row, ret);
		break;
	default:
		fiscal_resolve(self, row, interrupted(row), ret);
	}
}

/* False where there is no such row, or it cannot be read; then @ret says so. */
static bool find_unfinished(FiscalRun *self, FiscalRow *row, FiscalOutcome *ret)
{
	GError *error = NULL;

	fiscal_begin(ret, NULL);
	if (!fiscal_row_find_unfinished(self->db, row, &error))
		fiscal_finish(ret, FISCAL_OUTCOME_UNKNOWN, error);
	return ret->error == NULL && row->id != 0;
}

/* A receipt that is paid and not closed yet. */
static bool is_agreed(const FiscalRow *row)
{
	return row->request.late == 0 &&
	       (row->request.kind == FISCAL_SALE || row->request.kind == FISCAL_SALE_RETURN);
}

void fiscal_run_recover(FiscalRun *self, FiscalOutcome *ret)
{
	g_auto(FiscalRow) row = { 0 };

	if (!find_unfinished(self, &row, ret))
		return;
	if (is_agreed(&row) && (row.state == FISCAL_ROW_NEW || row.state == FISCAL_ROW_PLANNED)) {
		fiscal_run_row(self, &row, ret);
		return;
	}
	go_on(self, &row, ret);
	/* The shopper has paid: a sale the registrar does not have is made now. */
	if (is_agreed(&row) && ret->outcome == FISCAL_OUTCOME_NOT_MADE)
		run_again(self, &row, ret);
}

/* The watch has made it while a job of the caller's was waiting, which did not hear of it then. */
static void tell_made(FiscalRun *self, FiscalOutcome *ret)
{
	g_auto(FiscalRow) row = { 0 };
	GError *error = NULL;

	if (self->made == 0)
		return;
	if (!fiscal_row_get(self->db, self->made, &row, &error)) {
		fiscal_finish(ret, FISCAL_OUTCOME_UNKNOWN, error);
		return;
	}
	fiscal_begin(ret, &row);
	ret->proof = row.proof;
	ret->done = self->done;
	fiscal_finish(ret, FISCAL_OUTCOME_DONE, NULL);
}

void fiscal_run_retry(FiscalRun *self, FiscalOutcome *ret)
{
	g_auto(FiscalRow) row = { 0 };
	GError *error = NULL;

	if (find_unfinished(self, &row, ret))
		go_on(self, &row, ret);
	else if (ret->error != NULL)
		return;
	else if (self->not_made == 0)
		tell_made(self, ret);
	else if (!fiscal_row_get(self->db, self->not_made, &row, &error))
		fiscal_finish(ret, FISCAL_OUTCOME_NOT_MADE, error);
	else
		ret->outcome = FISCAL_OUTCOME_NOT_MADE;
	if (ret->outcome == FISCAL_OUTCOME_NOT_MADE && error == NULL)
		run_again(self, &row, ret);
}

void fiscal_run_ask(FiscalRun *self, FiscalOutcome *ret)
{
	g_auto(FiscalRow) row = { 0 };

	if (!find_unfinished(self, &row, ret))
		return;
	if (row.state == FISCAL_ROW_MADE || row.state == FISCAL_ROW_FOREIGN)
		fiscal_begin(ret, NULL); /* a person has to do something */
	else
		go_on(self, &row, ret);
}

static void make_report(FiscalRun *self, const char *cashier_name, FiscalOutcome *ret)
{
	FiscalDocument document = { .kind = FISCAL_X, .sale_id = "", .cashier = cashier_name };
	GError *error = NULL;

	*ret = (FiscalOutcome){ .kind = FISCAL_X };
	if (fiscal_device_report(self->device, &document, &error))
		fiscal_finish(ret, FISCAL_OUTCOME_DONE, NULL);
	else
		fiscal_finish(ret, FISCAL_OUTCOME_NOT_MADE, error);
}

/* Brings what is unfinished to where it can go. False where that is the answer to any request: it
 * is still in doubt, or has been made only now, which may be what was asked for. */
static bool clear_the_way(FiscalRun *self, FiscalOutcome *ret)
{
	g_auto(FiscalRow) row = { 0 };
	bool was_made;

	if (!find_unfinished(self, &row, ret))
		return ret->error == NULL;
	was_made = row.state == FISCAL_ROW_MADE;
	go_on(self, &row, ret);
	if (was_made && ret->outcome == FISCAL_OUTCOME_NOT_PRINTED)
		ret->outcome = FISCAL_OUTCOME_NOT_MADE; /* the new one: paper first */
	else if (was_made || ret->outcome == FISCAL_OUTCOME_NOT_MADE)
		ret->outcome = FISCAL_OUTCOME_NOTHING;
	return ret->outcome == FISCAL_OUTCOME_NOTHING;
}

/* The registrar's drawer counter begins the shift with the float that the cashier counted: paying
 * out of it must not be refused. The shift is open whether this works out or not. */
static void align_cash(FiscalRun *self, const TillRequest *opening, const char *cashier_name,
		       FiscalOutcome *ret)
{
	g_auto(FiscalOutcome) cash = { 0 };
	FiscalStatus status;
	TillRequest request = { .cashier = opening->cashier,
				.amount = opening->amount,
				.internal = true };

	if ((fiscal_device_get_caps(self->device) & FISCAL_KEEPS_CASH) == 0 ||
	    !fiscal_device_observe(self->device, &status, NULL) ||
	    status.cash.minor == opening->amount.minor)
		return;
	request.kind = status.cash.minor < opening->amount.minor ? FISCAL_CASH_IN : FISCAL_CASH_OUT;
	request.amount.minor = ABS(opening->amount.minor - status.cash.minor);
	run_new(self, &request, cashier_name, 0, &cash);
	ret->cash_differs = cash.outcome != FISCAL_OUTCOME_DONE;
}

void fiscal_run_request(FiscalRun *self, const TillRequest *request, const char *cashier_name,
			FiscalOutcome *ret)
{
	if (!clear_the_way(self, ret))
		return;
	fiscal_outcome_clear(ret);
	if (request->kind == FISCAL_X)
		make_report(self, cashier_name, ret);
	else
		run_new(self, request, cashier_name, 0, ret);
	if (request->kind == FISCAL_SHIFT_OPEN && !request->internal &&
	    ret->outcome == FISCAL_OUTCOME_DONE)
		align_cash(self, request, cashier_name, ret);
}

void fiscal_run_settle(FiscalRun *self, int64_t cashier, FiscalOutcome *ret)
{
	g_auto(FiscalRow) row = { 0 };
	GError *error = NULL;

	if (find_unfinished(self, &row, ret)) {
		go_on(self, &row, ret); /* asked once more: what was made is never settled away */
		if (ret->outcome != FISCAL_OUTCOME_UNKNOWN &&
		    ret->outcome != FISCAL_OUTCOME_FOREIGN)
			return;
	}
	if (!fiscal_device_drop_open(self->device, &error)) {
		fiscal_finish(ret, row.id != 0 ? FISCAL_OUTCOME_FOREIGN : FISCAL_OUTCOME_NOT_MADE,
			      error);
		return;
	}
	if (row.id != 0)
		fiscal_judge(self, &row, FISCAL_ROW_NOT_MADE, cashier,
			     g_error_new_literal(DEVICE_FAULT, DEVICE_FAULT_CANCELLED,
						 "settled by a person"),
			     ret);
}

void fiscal_run_accept(FiscalRun *self, int64_t cashier, FiscalOutcome *ret)
{
	FiscalStatus status;
	GError *error = NULL;

	fiscal_begin(ret, NULL);
	if (fiscal_device_observe(self->device, &status, &error) &&
	    fiscal_registrar_accept(self->db, &status, cashier, &error))
		fiscal_finish(ret, FISCAL_OUTCOME_DONE, NULL);
	else
		fiscal_finish(ret, FISCAL_OUTCOME_NOT_MADE, error);
}

bool fiscal_run_check(FiscalRun *self, const FiscalStatus *status, GError **error)
{
	bool numbers = (fiscal_device_get_caps(self->device) & FISCAL_NUMBERS) != 0;
	TillShift shift;

	/* A shift that was opened or closed by hand is followed first, with its document. */
	till_db_get_shift(self->db, &shift);
	return fiscal_registrar_check(self->db, status, numbers && shift.open == status->shift_open,
				      error);
}

bool fiscal_run_observe(FiscalRun *self, FiscalStatus *ret, GError **error)
{
	return fiscal_device_observe(self->device, ret, error);
}

bool fiscal_run_open_drawer(FiscalRun *self, GError **error)
{
	return fiscal_device_open_drawer(self->device, error);
}
