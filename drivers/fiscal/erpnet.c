/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet.h"

#include "core/json_text.h"
#include "drivers/fiscal/service.h"

#include <string.h>

static void close_erpnet(struct fiscal *self)
{
	erpnet_options_clear(&self->options);
	g_free(self->finished_id);
	json_decref(self->finished);
	g_free(self);
}

static struct fiscal *open_erpnet(struct port *port, GHashTable *options, GError **error)
{
	struct fiscal *self = g_new0(struct fiscal, 1);

	port_set_class(port, "fiscal");
	self->port = port;
	if (erpnet_options_parse(options, &self->options, error) && erpnet_ask_info(self, error))
		return self;
	close_erpnet(self);
	return NULL;
}

static struct fiscal_plan *make_plan(struct fiscal *self, const FiscalDocument *document,
				     GError **error)
{
	return erpnet_plan_new(&self->options, &self->info, document, error);
}

static int first_step(const struct fiscal_plan *plan)
{
	return 0;
}

static bool is_cash(FiscalKind kind)
{
	return kind == FISCAL_CASH_IN || kind == FISCAL_CASH_OUT;
}

static bool is_receipt(FiscalKind kind)
{
	return kind == FISCAL_SALE || kind == FISCAL_SALE_RETURN;
}

/* --- the one step -------------------------------------------------------------------------- */

static bool take_made(struct fiscal *self, const struct fiscal_plan *plan, const json_t *result,
		      FiscalProof *proof, GError **error)
{
	FiscalProof made = { .shift_number = self->last.shift_number };
	int64_t amount = -1;

	if (is_receipt(plan->kind))
		erpnet_read_made(result, &made, &amount);
	if (amount >= 0 && amount != plan->total.minor)
		return erpnet_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "answers with another total",
				   error);
	if (made.serial[0] == '\0')
		g_strlcpy(made.serial, self->info.memory, sizeof made.serial);
	made.shift_number = self->last.shift_number;
	made.change = plan->change;
	if (plan->kind == FISCAL_SALE) /* a return has that of its sale, which is no name for it */
		g_strlcpy(made.id, plan->sale, sizeof made.id);
	*proof = made;
	return true;
}

/* Whether nothing was made since @before, as far as the printer's own numbers tell. */
static bool is_as_before(struct fiscal *self, const struct fiscal_plan *plan,
			 const FiscalStatus *before)
{
	bool told_last = self->tells_last;
	FiscalStatus now;

	if (!erpnet_observe(self, &now, NULL) || strcmp(before->serial, now.serial) != 0)
		return false;
	if (is_cash(plan->kind))
		return self->tells_cash && now.cash.minor == before->cash.minor;
	return told_last && self->tells_last && now.last_document == before->last_document &&
	       now.shift_number == before->shift_number;
}

static bool take_result(struct fiscal *self, const struct fiscal_plan *plan, const json_t *json,
			const FiscalStatus *before, FiscalProof *proof, GError **error)
{
	ErpnetResult result;

	if (!erpnet_read_result(json, &result))
		return erpnet_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "a result without sense",
				   error);
	if (result.ok)
		return take_made(self, plan, json, proof, error);
	if (plan->kind == FISCAL_X || !result.unsure || is_as_before(self, plan, before))
		return erpnet_fail_result(self, &result, error);
	return erpnet_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "failed after its work, perhaps",
			   error);
}

static bool fail_unknown(GError *reason, GError **error)
{
	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_CANCELLED))
		reason->code = DEVICE_FAULT_OUTCOME_UNKNOWN;
	g_propagate_error(error, reason);
	return false;
}

static bool await(struct fiscal *self, const struct fiscal_plan *plan, const char *id,
		  const FiscalStatus *before, FiscalProof *proof, GError **error)
{
	GError *reason = NULL;
	ErpnetTaskState state;
	const json_t *result;

	if (!erpnet_poll(self, id, self->options.wait_ms, &state, &result, &reason))
		return fail_unknown(reason, error);
	switch (state) {
	case ERPNET_TASK_UNKNOWN:
		return erpnet_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "took a task and lost it",
				   error);
	case ERPNET_TASK_WAITS: /* it may be printed yet, at any time */
		return erpnet_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "does not come to an end",
				   error);
	case ERPNET_TASK_FINISHED:
		break;
	}
	return take_result(self, plan, result, before, proof, error);
}

/* Statuses that say no to a body that was never made a task. */
static bool is_refused(guint status)
{
	return status == 400 || status == 401 || status == 403 || status == 404;
}

/* The answer to a POST is the task's id, as asked for; or, without having queued it, its result. */
static bool take_answer(struct fiscal *self, const struct fiscal_plan *plan, const char *id,
			guint status, const json_t *json, const FiscalStatus *before,
			FiscalProof *proof, GError **error)
{
	ErpnetResult result;

	if (is_refused(status))
		return erpnet_fail_status(self, status, error);
	if (status == 200 && erpnet_read_result(json, &result) && !result.known)
		return take_result(self, plan, json, before, proof, error);
	return await(self, plan, id, before, proof, error);
}

/* A failure is judged by the numbers before it. */
static bool prepare(struct fiscal *self, const struct fiscal_plan *plan, GError **error)
{
	FiscalStatus status;

	if (!self->last_is_fresh && !erpnet_observe(self, &status, error))
		return false;
	if (is_cash(plan->kind) && !self->tells_cash)
		return erpnet_fail(self, DEVICE_FAULT_REFUSED,
				   "has no cash counter, so that nothing could prove it", error);
	self->last_is_fresh = false;
	return true;
}

static bool post_document(struct fiscal *self, const struct fiscal_plan *plan, const char *id,
			  guint *ret_status, json_t **ret_json, GError **error)
{
	GError *reason = NULL;
	bool posted =
		erpnet_post(self, plan->request, id, plan->body, ret_status, ret_json, &reason);

	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OFFLINE)) /* it is not there */
		self->unsent[0] = '\0';
	if (!posted)
		g_propagate_error(error, reason);
	return posted;
}

static bool step(struct fiscal *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
		 GError **error)
{
	g_autofree char *id =
		plan->task_id != NULL ? g_strdup(plan->task_id) : g_uuid_string_random();
	json_t *json = NULL;
	FiscalStatus before;
	guint status;
	bool ok;

	g_return_val_if_fail(n == 0 && plan->request != NULL, false);

	g_strlcpy(self->unsent, id, sizeof self->unsent);
	if (!prepare(self, plan, error))
		return false;
	before = self->last;
	if (!post_document(self, plan, id, &status, &json, error))
		return false;
	ok = take_answer(self, plan, id, status, json, &before, proof, error);
	json_decref(json);
	return ok;
}

/* Receipts are whole or nothing; and "reset" would pay and close what it cannot cancel. */
static bool cancel_open(struct fiscal *self, GError **error)
{
	return erpnet_fail(self, DEVICE_FAULT_NEEDS_SERVICE,
			   "has no request that cancels a receipt and nothing else", error);
}

/* --- paper, drawer, clock ------------------------------------------------------------------ */

/* The printer goes on by itself when it has paper again. */
static bool finish_print(struct fiscal *self, GError **error)
{
	FiscalStatus status;

	if (!erpnet_observe(self, &status, error))
		return false;
	if (status.paper_out)
		return erpnet_fail(self, DEVICE_FAULT_PAPER_OUT, "no paper", error);
	if (status.cover_open)
		return erpnet_fail(self, DEVICE_FAULT_COVER_OPEN, "cover is open", error);
	return true;
}

/* Command 6Ah of Datecs; the X family wants a length and its TAB. */
static bool open_drawer(struct fiscal *self, GError **error)
{
	bool long_frame = g_str_has_prefix(self->info.uri, "bg.dt.x.");
	g_autofree char *raw = NULL;

	if (!g_str_has_prefix(self->info.uri, "bg.dt."))
		return erpnet_fail(self, DEVICE_FAULT_REFUSED,
				   "no command is known for the drawer of this printer", error);
	return erpnet_raw(self, long_frame ? "j100\t" : "j", &raw, error);
}

static bool print_copy(struct fiscal *self, GError **error)
{
	return erpnet_run(self, "duplicate", "{}", error);
}

static bool set_clock(struct fiscal *self, int64_t at, GError **error)
{
	g_autofree char *time = service_time_dup(at, self->options.zone, "%Y-%m-%dT%H:%M:%S");
	g_autofree char *body = NULL;

	if (time == NULL)
		return erpnet_fail(self, DEVICE_FAULT_REFUSED, "there is no such time", error);
	body = g_strdup_printf("{\"deviceDateTime\":\"%s\"}", time);
	return erpnet_run(self, "datetime", body, error);
}

const struct fiscal_driver erpnet_driver = {
	.name = "erpnet",
	.caps = FISCAL_PRINTS | FISCAL_KEEPS_CASH,
	.open = open_erpnet,
	.close = close_erpnet,
	.observe = erpnet_observe,
	.plan = make_plan,
	.plan_describe = erpnet_plan_describe,
	.plan_n_steps = erpnet_plan_n_steps,
	.plan_commit_step = first_step,
	.plan_free = erpnet_plan_free,
	.step = step,
	.reconcile = erpnet_reconcile,
	.cancel_open = cancel_open,
	.finish_print = finish_print,
	.open_drawer = open_drawer,
	.set_clock = set_clock,
	.print_copy = print_copy,
};
