/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/fiscal_make.h"

#include "pos/session/fiscal_document.h"

/* OPEN_OURS → cancel → asked again, at most so often. */
#define RESOLVE_ROUNDS 3

void fiscal_finish(FiscalOutcome *ret, FiscalOutcomeKind outcome, GError *error)
{
	g_clear_error(&ret->error);
	ret->outcome = outcome;
	ret->error = error;
}

void fiscal_begin(FiscalOutcome *ret, const FiscalRow *row)
{
	*ret = (FiscalOutcome){ .outcome = FISCAL_OUTCOME_NOTHING };
	if (row == NULL)
		return;
	ret->kind = row->request.kind;
	ret->late = row->request.late;
	ret->internal = row->request.internal;
}

void fiscal_judge(FiscalRun *self, FiscalRow *row, FiscalRowState state, int64_t cashier,
		  GError *cause, FiscalOutcome *ret)
{
	static const FiscalOutcomeKind outcomes[FISCAL_ROW_N] = {
		[FISCAL_ROW_NOT_MADE] = FISCAL_OUTCOME_NOT_MADE,
		[FISCAL_ROW_FOREIGN] = FISCAL_OUTCOME_FOREIGN,
		[FISCAL_ROW_BLOCKED] = FISCAL_OUTCOME_UNKNOWN,
	};
	GError *error = NULL;

	if (!fiscal_row_set_verdict(self->db, row, state, cause->message, cashier, &error)) {
		g_error_free(cause);
		fiscal_finish(ret, FISCAL_OUTCOME_UNKNOWN, error);
		return;
	}
	row->state = state;
	if (state == FISCAL_ROW_NOT_MADE)
		self->not_made = row->id;
	fiscal_finish(ret, outcomes[state], cause);
}

/* --- made ---------------------------------------------------------------------------------- */

void fiscal_finish_paper(FiscalRun *self, const FiscalRow *row, FiscalOutcome *ret)
{
	GError *error = NULL;

	if (fiscal_device_finish_print(self->device, &error) &&
	    fiscal_row_set_done(self->db, row->id, &error))
		fiscal_finish(ret, FISCAL_OUTCOME_DONE, NULL);
	else
		fiscal_finish(ret, FISCAL_OUTCOME_NOT_PRINTED, error);
}

/* Once: the row says so already. A registrar that still prints opens it when it has done. */
static void open_drawer(FiscalRun *self, const FiscalRow *row, FiscalOutcome *ret)
{
	g_autoptr(GError) error = NULL;

	if (fiscal_device_open_drawer(self->device, &error)) {
		fiscal_finish_paper(self, row, ret);
		return;
	}
	fiscal_finish_paper(self, row, ret);
	ret->drawer_failed = !g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_BUSY) ||
			     !fiscal_device_open_drawer(self->device, NULL);
}

static bool moves_cash(FiscalRun *self, const FiscalRow *row, bool *ret, GError **error)
{
	g_auto(FiscalPaper) paper = { 0 };

	if (!fiscal_paper_load(self->db, row, &paper, error))
		return false;
	/* Told later, or to the registrar alone: no cash moves now. */
	*ret = row->request.late == 0 && !row->request.internal && fiscal_paper_moves_cash(&paper);
	return true;
}

static void made(FiscalRun *self, FiscalRow *row, const FiscalProof *proof, FiscalOutcome *ret)
{
	GError *error = NULL;
	bool drawer;

	ret->proof = *proof;
	ret->proof.totals = row->intent.before.totals;
	ret->words = fiscal_device_take_words(self->device);
	row->request.paper_words = ret->words != NULL;
	if (ret->proof.serial[0] == '\0')
		g_strlcpy(ret->proof.serial, row->intent.before.serial, sizeof ret->proof.serial);
	if (!moves_cash(self, row, &drawer, &error) ||
	    !fiscal_row_set_made(self->db, row, &ret->proof, drawer, &ret->done, &error)) {
		fiscal_finish(ret, FISCAL_OUTCOME_UNKNOWN,
			      error); /* the registrar has it, the disk not yet */
		return;
	}
	row->state = FISCAL_ROW_MADE;
	self->not_made = 0;
	self->made = row->id;
	self->done = ret->done;
	if (drawer && !g_atomic_int_get(&self->leaves_drawer))
		open_drawer(self, row, ret);
	else
		fiscal_finish_paper(self, row, ret);
}

/* --- doubt --------------------------------------------------------------------------------- */

typedef struct {
	TillDb *db;
	GError *error; /* owned: the database could not say */
} ProofSearch;

static bool used_proof(const char *serial, uint32_t number, void *data)
{
	ProofSearch *search = data;
	bool used = true;

	if (search->error == NULL)
		fiscal_row_proof_is_used(search->db, serial, number, &used, &search->error);
	return used;
}

static FiscalVerdict ask(FiscalRun *self, const FiscalRow *row, FiscalProof *proof, GError **error)
{
	ProofSearch search = { .db = self->db };
	FiscalIntent intent = fiscal_row_lend_intent(row);
	FiscalVerdict verdict =
		fiscal_device_reconcile(self->device, &intent, used_proof, &search, proof, error);

	if (search.error == NULL)
		return verdict;
	g_clear_error(error);
	g_propagate_error(error, search.error);
	return FISCAL_CANNOT_TELL;
}

static GError *or_else(GError *error, DeviceFault fault, const char *message)
{
	return error != NULL ? error : g_error_new_literal(DEVICE_FAULT, (int)fault, message);
}

/* What was sent so far cannot be taken back: the rest of it follows. */
static bool finish_open(FiscalRun *self, const FiscalRow *row, GError **error)
{
	g_auto(FiscalPaper) paper = { 0 };

	return fiscal_paper_load(self->db, row, &paper, error) &&
	       fiscal_device_finish_open(self->device, &paper.document, error);
}

void fiscal_resolve(FiscalRun *self, FiscalRow *row, GError *cause, FiscalOutcome *ret)
{
	const char *how = "asked";

	for (int round = 0; round < RESOLVE_ROUNDS; round++) {
		FiscalProof proof = { 0 };
		GError *error = NULL;
		FiscalVerdict verdict = ask(self, row, &proof, &error);

		switch (verdict) {
		case FISCAL_MADE:
			g_clear_error(&error);
			g_error_free(cause);
			g_strlcpy(proof.how, how, sizeof proof.how);
			made(self, row, &proof, ret);
			return;
		case FISCAL_NOT_MADE:
			g_clear_error(&error);
			fiscal_judge(self, row, FISCAL_ROW_NOT_MADE, row->request.cashier, cause,
				     ret);
			return;
		case FISCAL_FOREIGN:
			g_error_free(cause);
			fiscal_judge(self, row, FISCAL_ROW_FOREIGN, row->request.cashier,
				     or_else(error, DEVICE_FAULT_DOCUMENT_OPEN,
					     "the registrar holds something that is not ours"),
				     ret);
			return;
		case FISCAL_CANNOT_TELL:
			g_error_free(cause);
			fiscal_judge(self, row, FISCAL_ROW_BLOCKED, row->request.cashier,
				     or_else(error, DEVICE_FAULT_OUTCOME_UNKNOWN,
					     "the registrar could not be asked"),
				     ret);
			return;
		case FISCAL_OPEN_OURS:
		case FISCAL_OPEN_PAID:
			g_clear_error(&error);
			if (verdict == FISCAL_OPEN_PAID)
				how = "finished";
			if (verdict == FISCAL_OPEN_OURS
				    ? fiscal_device_cancel_open(self->device, &error)
				    : finish_open(self, row, &error))
				break; /* and it is asked again whether that is so */
			g_error_free(cause);
			fiscal_judge(self, row, FISCAL_ROW_BLOCKED, row->request.cashier, error,
				     ret);
			return;
		}
	}
	g_error_free(cause);
	fiscal_judge(self, row, FISCAL_ROW_BLOCKED, row->request.cashier,
		     or_else(NULL, DEVICE_FAULT_DOCUMENT_OPEN, "the open receipt does not go away"),
		     ret);
}

/* --- making -------------------------------------------------------------------------------- */

static bool refuse(DeviceFault fault, const char *why, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s", why);
	return false;
}

/* What the registrar would refuse anyway, before anything is sent. */
static bool check_status(const FiscalRow *row, const FiscalStatus *status, GError **error)
{
	FiscalKind kind = row->request.kind;

	if (status->memory_full && kind != FISCAL_SHIFT_CLOSE)
		return refuse(DEVICE_FAULT_MEMORY_FULL, "the fiscal memory is full", error);
	if (status->document_open)
		return refuse(DEVICE_FAULT_DOCUMENT_OPEN, "a receipt hangs open", error);
	if (status->shift_too_long && kind != FISCAL_SHIFT_CLOSE)
		return refuse(DEVICE_FAULT_SHIFT_TOO_LONG, "the shift is over 24 hours", error);
	if (!status->shift_open && kind != FISCAL_SHIFT_OPEN && kind != FISCAL_SHIFT_CLOSE)
		return refuse(DEVICE_FAULT_SHIFT_CLOSED, "the registrar's shift is closed", error);
	return true;
}

static void adopt(FiscalRun *self, FiscalRow *row, FiscalOutcome *ret)
{
	FiscalProof proof = { .shift_number = row->intent.before.shift_number,
			      .change.currency = row->total.currency };

	made(self, row, &proof, ret);
}

static bool do_step(FiscalRun *self, const FiscalRow *row, struct fiscal_plan *plan, int n,
		    FiscalProof *proof, GError **error)
{
	int commit = fiscal_device_commit_step(self->device, plan);

	if (n == commit && !fiscal_row_set_committing(self->db, row->id, error))
		return false;
	if (!fiscal_device_step(self->device, plan, n, proof, error))
		return false;
	/* How many lines it has taken is asked of the registrar, never read from the row: one flush
	 * of the disk is enough to say that it has begun. */
	return n > 0 || n >= commit || fiscal_row_set_lines(self->db, row->id, n + 1, error);
}

static void send_steps(FiscalRun *self, FiscalRow *row, struct fiscal_plan *plan,
		       FiscalOutcome *ret)
{
	FiscalProof proof = { 0 };
	GError *error = NULL;
	int n_steps = fiscal_device_n_steps(self->device, plan);

	for (int n = 0; n < n_steps; n++) {
		if (!do_step(self, row, plan, n, &proof, &error)) {
			fiscal_resolve(
				self, row,
				or_else(error, DEVICE_FAULT_OUTCOME_UNKNOWN, "no reason given"),
				ret);
			return;
		}
	}
	made(self, row, &proof, ret);
}

static struct fiscal_plan *make_plan(FiscalRun *self, FiscalRow *row, GError **error)
{
	g_auto(FiscalPaper) paper = { 0 };
	g_autofree char *text = NULL;
	struct fiscal_plan *plan;

	if (!fiscal_paper_load(self->db, row, &paper, error))
		return NULL;
	plan = fiscal_device_plan(self->device, &paper.document, &text, error);
	if (plan == NULL)
		return NULL;
	g_free(row->plan);
	row->plan = g_strdup(text);
	if (fiscal_row_set_planned(self->db, row->id, text, error))
		return plan;
	fiscal_device_plan_free(self->device, plan);
	return NULL;
}

/* The registrar's shift is as it should be, by another hand: nothing is printed, ours follows. */
static bool is_so_already(const FiscalRow *row, const FiscalStatus *status)
{
	return (row->request.kind == FISCAL_SHIFT_OPEN && status->shift_open) ||
	       (row->request.kind == FISCAL_SHIFT_CLOSE && !status->shift_open);
}

/* A registrar's clock may be set while its shift is closed: it is, before a shift is opened. */
#define CLOCK_TOLERANCE (G_TIME_SPAN_MINUTE)

static bool set_clock(FiscalRun *self, const FiscalRow *row, GError **error)
{
	const FiscalStatus *status = &row->intent.before;
	int64_t now = g_get_real_time();
	GError *local = NULL;

	if (row->request.kind != FISCAL_SHIFT_OPEN || status->shift_open || status->clock == 0 ||
	    ABS(status->clock - now) <= CLOCK_TOLERANCE)
		return true;
	if (fiscal_device_set_clock(self->device, now, &local) || local == NULL)
		return true;
	g_propagate_prefixed_error(error, local, "its clock is wrong: ");
	return false;
}

/* Z says what the till's shift report says, or somebody has to know why not. */
static bool read_totals(FiscalRun *self, FiscalRow *row, GError **error)
{
	return row->request.kind != FISCAL_SHIFT_CLOSE ||
	       fiscal_device_read_totals(self->device, &row->intent.before.totals, error);
}

/* A shift that somebody opened or closed by hand has a document of its own: that is no gap. */
static bool check_registrar(FiscalRun *self, const FiscalRow *row, GError **error)
{
	bool numbers = (fiscal_device_get_caps(self->device) & FISCAL_NUMBERS) != 0;

	return fiscal_registrar_check(self->db, &row->intent.before,
				      numbers && !is_so_already(row, &row->intent.before), error);
}

/* Looks at the registrar and writes down what it was like. */
static bool intend(FiscalRun *self, FiscalRow *row, GError **error)
{
	if (!fiscal_device_observe(self->device, &row->intent.before, error) ||
	    !check_status(row, &row->intent.before, error) || !check_registrar(self, row, error) ||
	    !set_clock(self, row, error) || !read_totals(self, row, error))
		return false;
	row->intent.at = g_get_real_time();
	return fiscal_row_set_intent(self->db, row->id, &row->intent, error);
}

/* A registrar that opens its shift with the first sale is told nothing. */
static bool opens_by_itself(const FiscalRun *self, const FiscalRow *row)
{
	return row->request.kind == FISCAL_SHIFT_OPEN &&
	       (fiscal_device_get_caps(self->device) & FISCAL_SHIFTS) == 0;
}

void fiscal_run_row(FiscalRun *self, FiscalRow *row, FiscalOutcome *ret)
{
	GError *error = NULL;
	struct fiscal_plan *plan = NULL;
	bool planned;

	fiscal_begin(ret, row);
	if (opens_by_itself(self, row))
		planned = fiscal_row_set_planned(self->db, row->id, "", &error);
	else
		planned = (plan = make_plan(self, row, &error)) != NULL;
	if (!planned || !intend(self, row, &error))
		fiscal_judge(self, row, FISCAL_ROW_NOT_MADE, row->request.cashier, error, ret);
	else if (is_so_already(row, &row->intent.before))
		adopt(self, row, ret);
	else
		send_steps(self, row, plan, ret);
	if (plan != NULL)
		fiscal_device_plan_free(self->device, plan);
}
