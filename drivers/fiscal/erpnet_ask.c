/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/fiscal/erpnet.h"

#include "core/json_text.h"
#include "drivers/fiscal/service.h"

#include <string.h>

#define CALL_MS 10000 /* a task is only put into a queue */
#define DEVICE_CALL_MS                                                                             \
	30000 /* the service asks the printer meanwhile, and those before us wait                  \
	       */
#define POLL_FIRST_MS 25
#define POLL_MS 400
#define NONSENSE_TRIES 3
#define P_LAST_DOCUMENT "0*" /* command 30h with "*": a query */
#define P_LAST_CLOSURE "@" /* command 40h */

bool erpnet_fail(struct fiscal *self, DeviceFault fault, const char *text, GError **error)
{
	return service_fail(self->port, fault, text, error);
}

bool erpnet_fail_result(struct fiscal *self, const ErpnetResult *result, GError **error)
{
	return service_fail(self->port, result->fault, result->text, error);
}

bool erpnet_fail_status(struct fiscal *self, guint status, GError **error)
{
	DeviceFault fault = status == 404		     ? DEVICE_FAULT_BAD_ADDRESS
			    : status == 401 || status == 403 ? DEVICE_FAULT_WRONG_PASSWORD
			    : status == 400		     ? DEVICE_FAULT_REFUSED
			    : status == 503		     ? DEVICE_FAULT_BUSY
							     : DEVICE_FAULT_PROTOCOL;

	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: HTTP %u", port_get_address(self->port),
		    status);
	return false;
}

static char *path_dup(const struct fiscal *self, const char *request)
{
	g_autofree char *id = g_uri_escape_string(self->options.printer, NULL, FALSE);

	return request != NULL ? g_strconcat("/printers/", id, "/", request, NULL)
			       : g_strconcat("/printers/", id, NULL);
}

bool erpnet_get(struct fiscal *self, const char *path, json_t **ret, GError **error)
{
	json_t *json = NULL;
	guint status;

	if (!service_call(self->port, "GET", path, NULL, DEVICE_CALL_MS, &status, &json, error))
		return false;
	if (status == 200 && json != NULL) {
		*ret = json;
		return true;
	}
	json_decref(json);
	return status == 200 ? erpnet_fail(self, DEVICE_FAULT_PROTOCOL, "no JSON", error)
			     : erpnet_fail_status(self, status, error);
}

/* --- who it is ----------------------------------------------------------------------------- */

static bool find_printer(struct fiscal *self, GError **error)
{
	json_t *list;
	const char *id;
	bool found;

	if (self->options.printer[0] != '\0')
		return true;
	if (!erpnet_get(self, "/printers", &list, error))
		return false;
	id = erpnet_find_only_printer(list);
	found = id != NULL && g_strlcpy(self->options.printer, id, sizeof self->options.printer) <
				      sizeof self->options.printer;
	json_decref(list);
	return found || erpnet_fail(self, DEVICE_FAULT_BAD_ADDRESS,
				    "[fiscal] printer= has to name one of its printers", error);
}

bool erpnet_ask_info(struct fiscal *self, GError **error)
{
	g_autofree char *path = NULL;
	json_t *json;
	bool ok;

	if (!find_printer(self, error))
		return false;
	path = path_dup(self, NULL);
	if (!erpnet_get(self, path, &json, error))
		return false;
	ok = erpnet_read_info(json, &self->info);
	json_decref(json);
	return ok || erpnet_fail(self, DEVICE_FAULT_PROTOCOL, "tells of no printer", error);
}

bool erpnet_is_datecs_p(const struct fiscal *self)
{
	return g_str_has_prefix(self->info.uri, "bg.dt.p.");
}

/* --- tasks --------------------------------------------------------------------------------- */

bool erpnet_post(struct fiscal *self, const char *request, const char *id, const char *body,
		 guint *ret_status, json_t **ret_json, GError **error)
{
	g_autofree char *path = path_dup(self, request);
	g_autofree char *url = g_strconcat(path, "?asyncTimeout=0&taskId=", id, NULL);

	return service_call(self->port, "POST", url, body, CALL_MS, ret_status, ret_json, error);
}

static void keep_finished(struct fiscal *self, const char *id, const json_t *result)
{
	g_free(self->finished_id);
	json_decref(self->finished);
	self->finished_id = g_strdup(id);
	self->finished = json_incref((json_t *)result);
}

/* One question for a task. *ret_sense is false where the answer was none. */
static bool ask_task(struct fiscal *self, const char *id, ErpnetTaskState *ret, bool *ret_sense,
		     GError **error)
{
	g_autofree char *path = g_strconcat("/printers/taskinfo?id=", id, NULL);
	const json_t *result = NULL;
	json_t *json = NULL;
	guint status;

	if (!service_call(self->port, "GET", path, NULL, CALL_MS, &status, &json, error))
		return false;
	*ret_sense = status == 200 && erpnet_read_task(json, ret, &result);
	if (*ret_sense && *ret == ERPNET_TASK_FINISHED)
		keep_finished(self, id, result);
	json_decref(json);
	return true;
}

static bool has_finished(const struct fiscal *self, const char *id)
{
	return self->finished_id != NULL && strcmp(self->finished_id, id) == 0;
}

bool erpnet_poll(struct fiscal *self, const char *id, int wait_ms, ErpnetTaskState *ret,
		 const json_t **ret_result, GError **error)
{
	int64_t end = g_get_monotonic_time() + (int64_t)wait_ms * 1000;
	ErpnetTaskState state = ERPNET_TASK_FINISHED;
	int nonsense = 0;

	for (int pause = POLL_FIRST_MS; !has_finished(self, id); pause = MIN(pause * 2, POLL_MS)) {
		bool sense;

		if (!ask_task(self, id, &state, &sense, error))
			return false;
		nonsense = sense ? 0 : nonsense + 1;
		if (nonsense >= NONSENSE_TRIES)
			return erpnet_fail(self, DEVICE_FAULT_PROTOCOL, "an answer without sense",
					   error);
		if (sense && (state != ERPNET_TASK_WAITS || g_get_monotonic_time() > end))
			break;
		if (!port_pause(self->port, pause, error))
			return false;
	}
	*ret = state;
	*ret_result = state == ERPNET_TASK_FINISHED ? self->finished : NULL;
	return true;
}

static bool finish_run(struct fiscal *self, const char *id, GError **error)
{
	ErpnetResult result = { .fault = DEVICE_FAULT_PROTOCOL, .text = "a result without sense" };
	ErpnetTaskState state;
	const json_t *json;

	if (!erpnet_poll(self, id, self->options.wait_ms, &state, &json, error))
		return false;
	switch (state) {
	case ERPNET_TASK_UNKNOWN:
		return erpnet_fail(self, DEVICE_FAULT_PROTOCOL, "took a task and lost it", error);
	case ERPNET_TASK_WAITS:
		return erpnet_fail(self, DEVICE_FAULT_BUSY, "does not come to an end", error);
	case ERPNET_TASK_FINISHED:
		break;
	}
	return (erpnet_read_result(json, &result) && result.ok) ||
	       erpnet_fail_result(self, &result, error);
}

/* What makes no document leaves nothing behind to be unknown. */
static bool fail_question(GError *reason, GError **error)
{
	if (g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN))
		reason->code = DEVICE_FAULT_OFFLINE;
	g_propagate_error(error, reason);
	return false;
}

bool erpnet_run(struct fiscal *self, const char *request, const char *body, GError **error)
{
	g_autofree char *id = g_uuid_string_random();
	GError *reason = NULL;
	json_t *json = NULL;
	guint status;

	if (!erpnet_post(self, request, id, body, &status, &json, &reason))
		return fail_question(reason, error);
	json_decref(json);
	return status / 100 == 2 ? finish_run(self, id, error)
				 : erpnet_fail_status(self, status, error);
}

bool erpnet_raw(struct fiscal *self, const char *command, char **ret_raw, GError **error)
{
	g_autofree char *path = path_dup(self, "rawrequest");
	GString *text = g_string_new(NULL);
	g_autofree char *body = NULL;
	ErpnetResult result = { .fault = DEVICE_FAULT_PROTOCOL, .text = "no raw answer" };
	GError *reason = NULL;
	json_t *json = NULL;
	guint status;
	bool ok;

	json_text_open(text, NULL, '{');
	json_text_string(text, "rawRequest", command);
	json_text_close(text, '}');
	body = g_string_free(text, FALSE);
	if (!service_call(self->port, "POST", path, body, DEVICE_CALL_MS, &status, &json, &reason))
		return fail_question(reason, error);
	ok = erpnet_read_result(json, &result) && result.ok;
	if (ok)
		*ret_raw = g_strdup(service_get_text(json, "rawResponse"));
	json_decref(json);
	return ok || erpnet_fail_result(self, &result, error);
}

/* --- state --------------------------------------------------------------------------------- */

static bool observe_state(struct fiscal *self, FiscalStatus *status, GError **error)
{
	g_autofree char *path = path_dup(self, "status");
	ErpnetResult result;
	json_t *json;
	bool ok;

	if (!erpnet_get(self, path, &json, error))
		return false;
	ok = erpnet_read_status(json, self->options.zone, status, &result);
	json_decref(json);
	return ok || erpnet_fail_result(self, &result, error);
}

/* What the printer does not know is unknown for good, and sales do without. But what it only did
 * not tell this time would stand in the intent as if it were nothing. */
static bool is_never_told(const GError *reason)
{
	return g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_REFUSED) ||
	       g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_WRONG_PASSWORD) ||
	       g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS);
}

/* True, and *reason freed, where there is just nothing to know. */
static bool pass_unknown(GError *reason, GError **error)
{
	bool never = is_never_told(reason);

	if (never)
		g_error_free(reason);
	else
		g_propagate_error(error, reason);
	return never;
}

static bool ask_cash(struct fiscal *self, int64_t *ret, GError **error)
{
	g_autofree char *path = path_dup(self, "cash");
	ErpnetResult result = { .fault = DEVICE_FAULT_PROTOCOL, .text = "no amount of cash" };
	json_t *json;
	bool ok;

	if (!erpnet_get(self, path, &json, error))
		return false;
	ok = erpnet_read_result(json, &result) && result.ok;
	if (ok && !service_read_amount(json, "amount", ret)) {
		ok = false;
		result.fault = DEVICE_FAULT_PROTOCOL;
	}
	json_decref(json);
	return ok || erpnet_fail_result(self, &result, error);
}

static bool observe_cash(struct fiscal *self, FiscalStatus *status, GError **error)
{
	GError *reason = NULL;

	self->tells_cash = ask_cash(self, &status->cash.minor, &reason);
	return self->tells_cash || pass_unknown(reason, error);
}

static bool ask_raw(struct fiscal *self, const char *command, char **ret, GError **error)
{
	GError *reason = NULL;

	return erpnet_raw(self, command, ret, &reason) || pass_unknown(reason, error);
}

/* Only this family is known to take these as questions. */
static bool observe_datecs_p(struct fiscal *self, FiscalStatus *status, GError **error)
{
	g_autofree char *last = NULL, *closures = NULL;
	uint32_t closed;

	self->tells_last = false;
	if (!erpnet_is_datecs_p(self))
		return true;
	if (!ask_raw(self, P_LAST_DOCUMENT, &last, error) ||
	    !ask_raw(self, P_LAST_CLOSURE, &closures, error))
		return false;
	if (last != NULL && erpnet_read_last(last, &self->last_sale)) {
		self->tells_last = true;
		status->last_document = self->last_sale.number;
	}
	if (closures != NULL && erpnet_read_closures(closures, &closed) && closed < UINT32_MAX)
		status->shift_number = closed + 1; /* the day that is open */
	return true;
}

bool erpnet_observe(struct fiscal *self, FiscalStatus *ret, GError **error)
{
	Money nothing = { .currency = self->options.currency };
	FiscalStatus status = { .shift_open = true, /* by itself, with its first receipt */
				.open_total = nothing,
				.cash = nothing,
				.unsent = -1,
				.lotteries = -1 };

	if (!erpnet_ask_info(self, error) || !observe_state(self, &status, error) ||
	    !observe_cash(self, &status, error) || !observe_datecs_p(self, &status, error))
		return false;
	g_strlcpy(status.serial, self->info.memory, sizeof status.serial);
	self->last = status;
	self->last_is_fresh = true;
	*ret = status;
	return true;
}
