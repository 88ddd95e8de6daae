/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/atol.h"

#include "drivers/fiscal/atol_faults.h"
#include "drivers/fiscal/service.h"

#define CALL_MS 10000 /* a task is only put into a queue */
#define POLL_FIRST_MS 25
#define POLL_MS 400 /* §2: every 300 to 500 ms */
#define QUESTION_WAIT_MS 30000
#define BLOCKED_WAIT_MS 5000 /* a queue that stands does so till somebody helps it */
#define NONSENSE_TRIES 3

bool atol_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error)
{
	return service_fail(self->port, fault, text, error);
}

static bool fail_code(struct fiscal *self, int code, const char *text, GError **error)
{
	AtolFault fault = atol_fault(code);

	g_set_error(error, DEVICE_FAULT, (int)fault.fault, "%s: error %d, %s (%s)",
		    port_get_address(self->port), code, fault.text, text);
	return false;
}

bool atol_fail_task(struct fiscal *self, const AtolTask *task, GError **error)
{
	switch (task->state) {
	case ATOL_TASK_FAILED:
		return fail_code(self, task->code, task->text, error);
	case ATOL_TASK_INTERRUPTED:
		return fail_code(self, ATOL_INTERRUPTED, task->text, error);
	case ATOL_TASK_BLOCKED:
		return atol_fail(self, DEVICE_FAULT_NEEDS_SERVICE, "its queue is blocked", error);
	case ATOL_TASK_WAITS:
		return atol_fail(self, DEVICE_FAULT_BUSY, "does not come to an end", error);
	case ATOL_TASK_READY:
		break;
	}
	return atol_fail(self, DEVICE_FAULT_PROTOCOL, "a result of another sense", error);
}

/* A status that says no. What a refused body's error means is the same as a task's. */
bool atol_fail_status(struct fiscal *self, guint status, const json_t *json, GError **error)
{
	char text[160] = "";
	int code = 0;
	AtolFault fault = { .fault = DEVICE_FAULT_REFUSED };

	if (json != NULL && atol_read_error(json, &code, text, sizeof text) && code != 0)
		fault = atol_fault(code);
	if (status == 401 || status == 403)
		fault.fault = DEVICE_FAULT_WRONG_PASSWORD;
	else if (status == 420 || status == 503)
		fault.fault = DEVICE_FAULT_BUSY;
	else if (status != 400)
		fault.fault = DEVICE_FAULT_PROTOCOL;
	else if (fault.unsure) /* of a body that was never taken as a task */
		fault.fault = DEVICE_FAULT_REFUSED;
	g_set_error(error, DEVICE_FAULT, (int)fault.fault, "%s: HTTP %u, error %d (%s)",
		    port_get_address(self->port), status, code, text);
	return false;
}

static char *path_dup(const struct fiscal *self, const char *uuid)
{
	const char *base = self->options.v1 ? "/requests" : "/api/v2/requests";
	g_autofree char *device = NULL;

	if (uuid != NULL)
		return g_strconcat(base, "/", uuid, NULL);
	if (self->options.v1 || self->options.device_id[0] == '\0')
		return g_strdup(base);
	device = g_uri_escape_string(self->options.device_id, NULL, FALSE);
	return g_strconcat(base, "?deviceID=", device, NULL);
}

bool atol_post(struct fiscal *self, const char *uuid, const char *tasks, guint *ret_status,
	       json_t **ret_json, GError **error)
{
	g_autofree char *path = path_dup(self, NULL);
	g_autofree char *body = atol_body_dup(uuid, tasks);

	return service_call(self->port, "POST", path, body, CALL_MS, ret_status, ret_json, error);
}

/* The most unfinished of them. */
static bool read_state(const json_t *answer, size_t n, AtolTaskState *ret)
{
	AtolTaskState state = ATOL_TASK_READY;

	for (size_t i = 0; i < n; i++) {
		AtolTask task;

		if (!atol_read_task(answer, i, &task))
			return false;
		if (task.state == ATOL_TASK_WAITS ||
		    (task.state == ATOL_TASK_BLOCKED && state != ATOL_TASK_WAITS))
			state = task.state;
	}
	*ret = state;
	return true;
}

typedef struct {
	size_t n;
	int64_t began;
	int wait_ms, pause_ms, nonsense;
} Poll;

static bool is_late(const Poll *poll, int wait_ms)
{
	return g_get_monotonic_time() - poll->began > (int64_t)MIN(wait_ms, poll->wait_ms) * 1000;
}

/* Judges one answer: true when it is the last word, *ret says which. */
static bool judge_answer(struct fiscal *self, Poll *poll, guint status, const json_t *answer,
			 AtolKnown *ret, GError **error)
{
	AtolTaskState state;

	*ret = ATOL_NO_ANSWER;
	if (status == 404) {
		*ret = ATOL_NOT_RECEIVED;
		return true;
	}
	if (status == 420 || status >= 500)
		return is_late(poll, QUESTION_WAIT_MS) &&
		       !atol_fail_status(self, status, answer, error);
	if (status != 200)
		return !atol_fail_status(self, status, answer, error);
	if (!read_state(answer, poll->n, &state))
		return ++poll->nonsense >= NONSENSE_TRIES &&
		       !atol_fail(self, DEVICE_FAULT_PROTOCOL, "an answer without sense", error);
	poll->nonsense = 0;
	*ret = ATOL_ANSWERED;
	return state == ATOL_TASK_READY ||
	       is_late(poll, state == ATOL_TASK_BLOCKED ? BLOCKED_WAIT_MS : poll->wait_ms);
}

AtolKnown atol_poll(struct fiscal *self, const char *uuid, size_t n, int wait_ms,
		    json_t **ret_answer, GError **error)
{
	g_autofree char *path = path_dup(self, uuid);
	Poll poll = { .n = n,
		      .began = g_get_monotonic_time(),
		      .wait_ms = wait_ms,
		      .pause_ms = POLL_FIRST_MS };

	for (;;) {
		json_t *answer = NULL;
		AtolKnown known;
		guint status;

		if (!service_call(self->port, "GET", path, NULL, CALL_MS, &status, &answer, error))
			return ATOL_NO_ANSWER;
		if (judge_answer(self, &poll, status, answer, &known, error)) {
			if (known == ATOL_ANSWERED)
				*ret_answer = answer;
			else
				json_decref(answer);
			return known;
		}
		json_decref(answer);
		if (!port_pause(self->port, poll.pause_ms, error))
			return ATOL_NO_ANSWER;
		poll.pause_ms = MIN(poll.pause_ms * 2, POLL_MS);
	}
}

/* --- questions ----------------------------------------------------------------------------- */

/* A question may get lost: it leaves nothing behind to be unknown. */
static bool fail_question(GError *reason, GError **error)
{
	if (g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN))
		reason->code = DEVICE_FAULT_OFFLINE;
	g_propagate_error(error, reason);
	return false;
}

static bool ask(struct fiscal *self, const char *tasks, size_t n, json_t **ret_answer,
		GError **error)
{
	g_autofree char *uuid = g_uuid_string_random();
	GError *reason = NULL;
	json_t *json = NULL;
	guint status;
	bool accepted;

	if (!atol_post(self, uuid, tasks, &status, &json, &reason))
		return fail_question(reason, error);
	accepted = status / 100 == 2 || atol_fail_status(self, status, json, error);
	json_decref(json);
	if (!accepted)
		return false;
	switch (atol_poll(self, uuid, n, MIN(QUESTION_WAIT_MS, self->options.wait_ms), ret_answer,
			  error)) {
	case ATOL_ANSWERED:
		return true;
	case ATOL_NOT_RECEIVED:
		return atol_fail(self, DEVICE_FAULT_PROTOCOL, "took a task and lost it", error);
	case ATOL_NO_ANSWER:
		break;
	}
	return false;
}

bool atol_run(struct fiscal *self, const char *task, json_t **ret_answer, AtolTask *ret,
	      GError **error)
{
	json_t *answer = NULL;

	if (!ask(self, task, 1, &answer, error))
		return false;
	*ret = (AtolTask){ .state = ATOL_TASK_READY };
	if (!atol_read_task(answer, 0, ret) || ret->state != ATOL_TASK_READY) {
		atol_fail_task(self, ret, error);
		json_decref(answer);
		return false;
	}
	*ret_answer = answer;
	return true;
}

bool atol_run_type(struct fiscal *self, const char *type, GError **error)
{
	g_autofree char *task = g_strdup_printf("{\"type\":\"%s\"}", type);
	json_t *answer;
	AtolTask done;

	if (!atol_run(self, task, &answer, &done, error))
		return false;
	json_decref(answer);
	return true;
}

bool atol_ask_document(struct fiscal *self, uint32_t number, FiscalRecord *ret, GError **error)
{
	g_autofree char *task =
		g_strdup_printf("{\"type\":\"getFnDocument\",\"fiscalDocumentNumber\":%u}", number);
	json_t *answer;
	AtolTask done;
	bool ok;

	if (!atol_run(self, task, &answer, &done, error))
		return false;
	ok = atol_read_document(done.result, number, self->options.currency, ret) ||
	     atol_fail(self, DEVICE_FAULT_PROTOCOL, "tells of no document", error);
	json_decref(answer);
	return ok;
}

/* --- status -------------------------------------------------------------------------------- */

enum { DEVICE, SHIFT, FN_STATUS, N_NEEDED, FN_INFO = N_NEEDED, CASH, OFD, N_QUESTIONS };

static const char *const questions[N_QUESTIONS] = {
	[DEVICE] = "getDeviceStatus", [SHIFT] = "getShiftStatus",     [FN_STATUS] = "getFnStatus",
	[FN_INFO] = "getFnInfo",      [CASH] = "getCashDrawerStatus", [OFD] = "ofdExchangeStatus",
};

static char *all_questions(void)
{
	GString *tasks = g_string_new(NULL);

	for (int i = 0; i < N_QUESTIONS; i++)
		g_string_append_printf(tasks, "%s{\"type\":\"%s\"}", i > 0 ? "," : "",
				       questions[i]);
	return g_string_free(tasks, FALSE);
}

static bool read_needed(struct fiscal *self, const json_t *answer, FiscalStatus *status,
			AtolTrouble *trouble, GError **error)
{
	AtolTask tasks[N_NEEDED] = { 0 };

	for (size_t i = 0; i < N_NEEDED; i++)
		if (!atol_read_task(answer, i, &tasks[i]) || tasks[i].state != ATOL_TASK_READY)
			return atol_fail_task(self, &tasks[i], error);
	return (atol_read_device(tasks[DEVICE].result, self->options.zone, status, trouble) &&
		atol_read_shift(tasks[SHIFT].result, status) &&
		atol_read_fn_status(tasks[FN_STATUS].result, status)) ||
	       atol_fail(self, DEVICE_FAULT_PROTOCOL, "a status of another sense", error);
}

static bool read_more(struct fiscal *self, int question, const json_t *result, FiscalStatus *status)
{
	switch (question) {
	case FN_INFO:
		return atol_read_fn_info(result, status);
	case CASH:
		return atol_read_cash(result, status);
	default:
		return atol_read_ofd(result, self->options.zone, status);
	}
}

/* An error stops all tasks behind it: those are asked alone. A service that has no answer to one of
 * them leaves that part unknown; that it cannot be reached any more is another matter. */
static bool ask_more(struct fiscal *self, int question, const json_t *answer, FiscalStatus *status,
		     bool *ret_known, GError **error)
{
	g_autofree char *task = g_strdup_printf("{\"type\":\"%s\"}", questions[question]);
	g_autoptr(GError) reason = NULL;
	AtolTask done;
	json_t *again;

	*ret_known = false;
	if (!atol_read_task(answer, (size_t)question, &done))
		return atol_fail(self, DEVICE_FAULT_PROTOCOL, "fewer results than tasks", error);
	if (done.state != ATOL_TASK_INTERRUPTED) {
		*ret_known = done.state == ATOL_TASK_READY &&
			     read_more(self, question, done.result, status);
		return true;
	}
	if (atol_run(self, task, &again, &done, &reason)) {
		*ret_known = read_more(self, question, done.result, status);
		json_decref(again);
		return true;
	}
	if (!g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OFFLINE) &&
	    !g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_CANCELLED))
		return true;
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

bool atol_ask_status(struct fiscal *self, FiscalStatus *ret, AtolTrouble *ret_trouble,
		     GError **error)
{
	Money nothing = { .currency = self->options.currency };
	FiscalStatus status = {
		.open_total = nothing, .cash = nothing, .unsent = -1, .lotteries = -1
	};
	g_autofree char *tasks = all_questions();
	bool known[N_QUESTIONS] = { false }, ok;
	json_t *answer = NULL;

	if (!ask(self, tasks, N_QUESTIONS, &answer, error))
		return false;
	ok = read_needed(self, answer, &status, ret_trouble, error);
	for (int i = N_NEEDED; ok && i < N_QUESTIONS; i++)
		ok = ask_more(self, i, answer, &status, &known[i], error);
	json_decref(answer);
	if (!ok)
		return false;
	status.awaits_continue = self->paper == ATOL_PAPER_NOT_PRINTED && !status.paper_out;
	self->tells_cash = known[CASH];
	self->last = status;
	self->last_is_fresh = true;
	*ret = status;
	return true;
}
