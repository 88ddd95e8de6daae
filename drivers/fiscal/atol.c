/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol.h"

#include "core/json_text.h"
#include "drivers/fiscal/atol_faults.h"
#include "drivers/fiscal/atol_receipt.h"
#include "drivers/fiscal/service.h"

#include <string.h>

static struct fiscal *open_atol(struct port *port, GHashTable *options, GError **error)
{
	struct fiscal *self = g_new0(struct fiscal, 1);
	FiscalStatus status;
	AtolTrouble trouble;

	port_set_class(port, "fiscal");
	self->port = port;
	g_strlcpy(self->cashier, "Кассир", sizeof self->cashier);
	if (atol_options_parse(options, &self->options, error) &&
	    atol_ask_status(self, &status, &trouble, error))
		return self;
	atol_options_clear(&self->options);
	g_free(self);
	return NULL;
}

static void close_atol(struct fiscal *self)
{
	atol_options_clear(&self->options);
	g_free(self);
}

static bool observe(struct fiscal *self, FiscalStatus *ret, GError **error)
{
	AtolTrouble trouble;

	if (!atol_ask_status(self, ret, &trouble, error))
		return false;
	if (trouble.blocked)
		return atol_fail(self, DEVICE_FAULT_NEEDS_SERVICE, "is blocked", error);
	if (trouble.no_fiscal_memory)
		return atol_fail(self, DEVICE_FAULT_NEEDS_SERVICE, "has no fiscal memory", error);
	return true;
}

static struct fiscal_plan *make_plan(struct fiscal *self, const FiscalDocument *document,
				     GError **error)
{
	if (document->cashier != NULL && document->cashier[0] != '\0')
		g_strlcpy(self->cashier, document->cashier, sizeof self->cashier);
	return atol_plan_new(&self->options, document, error);
}

static int one_step(const struct fiscal_plan *plan)
{
	return 1;
}

static int first_step(const struct fiscal_plan *plan)
{
	return 0;
}

static bool is_cash(FiscalKind kind)
{
	return kind == FISCAL_CASH_IN || kind == FISCAL_CASH_OUT;
}

/* --- the one step -------------------------------------------------------------------------- */

static bool take_made(struct fiscal *self, const struct fiscal_plan *plan, const AtolTask *task,
		      FiscalProof *proof, GError **error)
{
	AtolMade made = { .total = -1, .proof.shift_number = self->last.shift_number };
	bool numbered = plan->kind != FISCAL_X && !is_cash(plan->kind);

	if (numbered && !atol_read_made(task->result, &made))
		return atol_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "its proof cannot be read",
				 error);
	if (plan->total.minor != 0 && made.total >= 0 && made.total != plan->total.minor)
		return atol_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "answers with another total",
				 error);
	self->paper = made.not_printed ? ATOL_PAPER_NOT_PRINTED : ATOL_PAPER_PRINTED;
	*proof = made.proof;
	proof->change = plan->change;
	if (proof->serial[0] == '\0')
		g_strlcpy(proof->serial, self->last.serial, sizeof proof->serial);
	if (plan->uuid != NULL)
		g_strlcpy(proof->id, plan->uuid, sizeof proof->id);
	return true;
}

/* Whether nothing was made since @before, as far as the registrar's own numbers tell. */
static bool is_as_before(struct fiscal *self, FiscalKind kind, const FiscalStatus *before)
{
	FiscalStatus now;
	AtolTrouble trouble;

	if (!atol_ask_status(self, &now, &trouble, NULL) || strcmp(before->serial, now.serial) != 0)
		return false;
	if (is_cash(kind))
		return self->tells_cash && now.cash.minor == before->cash.minor;
	return now.last_document == before->last_document;
}

/* Paper and links fail before a document and behind it: its number tells. */
static bool judge_failure(struct fiscal *self, const struct fiscal_plan *plan, const AtolTask *task,
			  const FiscalStatus *before, GError **error)
{
	bool sure = task->state == ATOL_TASK_FAILED && !atol_fault(task->code).unsure;

	if (plan->kind == FISCAL_X || sure || is_as_before(self, plan->kind, before))
		return atol_fail_task(self, task, error);
	return atol_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "failed after its work, perhaps",
			 error);
}

static bool take_answer(struct fiscal *self, const struct fiscal_plan *plan, const json_t *answer,
			const FiscalStatus *before, FiscalProof *proof, GError **error)
{
	AtolTask task = { .state = ATOL_TASK_WAITS };

	(void)!atol_read_task(answer, 0, &task);
	switch (task.state) {
	case ATOL_TASK_READY:
		return take_made(self, plan, &task, proof, error);
	case ATOL_TASK_FAILED:
	case ATOL_TASK_INTERRUPTED:
		return judge_failure(self, plan, &task, before, error);
	case ATOL_TASK_BLOCKED:
	case ATOL_TASK_WAITS:
		break;
	}
	/* It may be printed yet, at any time. */
	return atol_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "does not come to an end", error);
}

static bool fail_unknown(GError *reason, GError **error)
{
	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_CANCELLED))
		reason->code = DEVICE_FAULT_OUTCOME_UNKNOWN;
	g_propagate_error(error, reason);
	return false;
}

static bool await(struct fiscal *self, const struct fiscal_plan *plan, const char *uuid,
		  const FiscalStatus *before, FiscalProof *proof, GError **error)
{
	GError *reason = NULL;
	json_t *answer = NULL;
	bool ok;

	switch (atol_poll(self, uuid, 1, self->options.wait_ms, &answer, &reason)) {
	case ATOL_NO_ANSWER:
		return fail_unknown(reason, error);
	case ATOL_NOT_RECEIVED:
		return atol_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "took a task and lost it",
				 error);
	case ATOL_ANSWERED:
		break;
	}
	ok = take_answer(self, plan, answer, before, proof, error);
	json_decref(answer);
	return ok;
}

/* Refused before it was a task. */
static bool is_refused(guint status)
{
	return status == 400 || status == 401 || status == 403;
}

/* 409, which says that it has the task already (ours, since nobody else makes this uuid), 420, 503
 * and whatever else: whether it has it, it tells when it is asked for it. */
static bool check_refused(struct fiscal *self, const char *uuid, guint status, const json_t *json,
			  bool *ret_taken, GError **error)
{
	json_t *answer = NULL;
	GError *reason = NULL;
	AtolKnown known = ATOL_NOT_RECEIVED;

	if (!is_refused(status))
		known = atol_poll(self, uuid, 1, 0, &answer, &reason);
	json_decref(answer);
	*ret_taken = known == ATOL_ANSWERED;
	if (known == ATOL_NO_ANSWER)
		return fail_unknown(reason, error);
	return *ret_taken || atol_fail_status(self, status, json, error);
}

static bool post_document(struct fiscal *self, const struct fiscal_plan *plan, const char *uuid,
			  GError **error)
{
	GError *reason = NULL;
	json_t *json = NULL;
	guint status;
	bool posted = atol_post(self, uuid, plan->task, &status, &json, &reason);
	bool taken;

	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OFFLINE)) /* it is not there */
		self->unsent[0] = '\0';
	if (!posted) {
		g_propagate_error(error, reason);
		return false;
	}
	taken = status / 100 == 2;
	if (!taken)
		(void)!check_refused(self, uuid, status, json, &taken, error);
	json_decref(json);
	return taken;
}

/* A failure is judged by the numbers before it. */
static bool prepare(struct fiscal *self, const struct fiscal_plan *plan, GError **error)
{
	FiscalStatus status;

	if (!self->last_is_fresh && !observe(self, &status, error))
		return false;
	if (is_cash(plan->kind) && !self->tells_cash)
		return atol_fail(self, DEVICE_FAULT_REFUSED,
				 "has no cash counter, so that nothing could prove it", error);
	self->last_is_fresh = false;
	return true;
}

static bool step(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
		 GError **error)
{
	g_autofree char *uuid = plan->uuid != NULL ? g_strdup(plan->uuid) : g_uuid_string_random();
	FiscalStatus before;

	g_return_val_if_fail(n == 0, false);

	g_strlcpy(self->unsent, uuid, sizeof self->unsent);
	if (!prepare(self, plan, error))
		return false;
	before = self->last;
	return post_document(self, plan, uuid, error) &&
	       await(self, plan, uuid, &before, proof, error);
}

/* Tasks are whole or nothing: the service cancels by itself what it began. */
static bool cancel_open(struct fiscal *self, GError **error)
{
	return atol_fail(self, DEVICE_FAULT_NEEDS_SERVICE,
			 "has no task that cancels a receipt of somebody else", error);
}

/* --- paper --------------------------------------------------------------------------------- */

/* What stands in the way now, and does not say that there is nothing left to print. */
static bool is_in_the_way(const GError *reason)
{
	static const DeviceFault faults[] = {
		DEVICE_FAULT_OFFLINE,	DEVICE_FAULT_PAPER_OUT, DEVICE_FAULT_COVER_OPEN,
		DEVICE_FAULT_MECHANISM, DEVICE_FAULT_BUSY,	DEVICE_FAULT_CANCELLED,
		DEVICE_FAULT_PROTOCOL,	DEVICE_FAULT_IN_USE,	DEVICE_FAULT_WRONG_PASSWORD,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (reason->code == (int)faults[i])
			return true;
	return false;
}

static bool run_task(struct fiscal *self, GString *task, GError **error)
{
	g_autofree char *text = g_string_free(task, FALSE);
	json_t *answer;
	AtolTask done;

	if (!atol_run(self, text, &answer, &done, error))
		return false;
	json_decref(answer);
	return true;
}

/* §3: it wants to know who asks for it, as a report does. */
static bool print_copy(struct fiscal *self, GError **error)
{
	FiscalDocument asked = { .cashier = self->cashier };
	GString *task = g_string_new(NULL);

	json_text_open(task, NULL, '{');
	json_text_string(task, "type", "printLastReceiptCopy");
	atol_write_operator(
		&(AtolMaker){ .options = &self->options, .document = &asked, .to = task });
	json_text_close(task, '}');
	return run_task(self, task, error);
}

/* Prints on what was begun. Where there is nothing to print on, a registrar may say so: then a
 * document that is known not to be whole is printed once more, as a copy. */
static bool print_rest(struct fiscal *self, GError **error)
{
	GError *reason = NULL;

	if (!atol_run_type(self, "continuePrint", &reason)) {
		if (is_in_the_way(reason)) {
			g_propagate_error(error, reason);
			return false;
		}
		g_error_free(reason);
		if (self->paper == ATOL_PAPER_NOT_PRINTED && !print_copy(self, error))
			return false;
	}
	self->paper = ATOL_PAPER_PRINTED;
	return true;
}

static bool finish_print(struct fiscal *self, GError **error)
{
	FiscalStatus status;
	AtolTrouble trouble;

	if (self->paper == ATOL_PAPER_PRINTED)
		return true;
	if (!atol_ask_status(self, &status, &trouble, error))
		return false;
	if (status.paper_out)
		return atol_fail(self, DEVICE_FAULT_PAPER_OUT, "no paper", error);
	if (status.cover_open)
		return atol_fail(self, DEVICE_FAULT_COVER_OPEN, "cover is open", error);
	return print_rest(self, error);
}

static bool open_drawer(struct fiscal *self, GError **error)
{
	return atol_run_type(self, "openCashDrawer", error);
}

static bool print_text(struct fiscal *self, const char *const *lines, GError **error)
{
	GString *task = g_string_new(NULL);

	json_text_open(task, NULL, '{');
	json_text_string(task, "type", "nonFiscal");
	json_text_open(task, "items", '[');
	for (size_t i = 0; lines[i] != NULL; i++) {
		g_autofree char *text = service_text_dup(lines[i], strlen(lines[i]));

		json_text_open(task, NULL, '{');
		json_text_string(task, "type", "text");
		json_text_string(task, "text", text);
		json_text_close(task, '}');
	}
	json_text_close(task, ']');
	json_text_close(task, '}');
	return run_task(self, task, error);
}

/* --- the rest ------------------------------------------------------------------------------ */

/* The form of dates that it is told, not of those that it tells ([1], a typed client). */
static bool set_clock(struct fiscal *self, int64_t at, GError **error)
{
	g_autofree char *time = service_time_dup(at, self->options.zone, "%Y.%m.%d %H:%M:%S");
	GString *task;

	if (time == NULL)
		return atol_fail(self, DEVICE_FAULT_REFUSED, "there is no such time", error);
	task = g_string_new(NULL);
	json_text_open(task, NULL, '{');
	json_text_string(task, "type", "setDateTime");
	json_text_string(task, "dateTime", time);
	json_text_close(task, '}');
	return run_task(self, task, error);
}

static bool read_totals(struct fiscal *self, FiscalTotals *ret, GError **error)
{
	json_t *answer;
	AtolTask done;
	bool ok;

	if (!atol_run(self, "{\"type\":\"getShiftTotals\"}", &answer, &done, error))
		return false;
	ok = atol_read_totals(done.result, self->options.currency, ret) ||
	     atol_fail(self, DEVICE_FAULT_PROTOCOL, "totals of another sense", error);
	json_decref(answer);
	return ok;
}

const struct fiscal_driver atol_driver = {
	.name = "atol",
	.caps = FISCAL_PRINTS | FISCAL_SHIFTS | FISCAL_NUMBERS | FISCAL_KEEPS_CASH |
		FISCAL_CORRECTS,
	.open = open_atol,
	.close = close_atol,
	.observe = observe,
	.plan = make_plan,
	.plan_describe = atol_plan_describe,
	.plan_n_steps = one_step,
	.plan_commit_step = first_step,
	.plan_free = atol_plan_free,
	.step = step,
	.reconcile = atol_reconcile,
	.cancel_open = cancel_open,
	.finish_print = finish_print,
	.open_drawer = open_drawer,
	.read_document = atol_ask_document,
	.read_totals = read_totals,
	.set_clock = set_clock,
	.print_text = print_text,
	.print_copy = print_copy,
};
