/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BANK_PATH "/rest/bankAccounts?tin="

static void forget_late(PosApi *self)
{
	if (self->late != NULL)
		g_string_free(self->late, true);
	self->late = NULL;
}

static void stop(void *data)
{
	PosApi *self = data;

	forget_late(self);
	sim_http_free(self->http);
	json_decref(self->memory);
	g_free(self);
}

static void *start(SimContext *context, GError **error)
{
	PosApi *self = g_new0(PosApi, 1);

	self->context = context;
	self->http = sim_http_new(context);
	self->memory = context->state_path != NULL ? posapi_memory_load(context->state_path, error)
						   : posapi_memory_new();
	/* Written at once, so that a memory which cannot be kept is known before the first sale. */
	if (self->memory != NULL)
		posapi_memory_save(self);
	if (self->memory == NULL || context->failure != NULL) {
		if (context->failure != NULL)
			g_propagate_error(error, g_steal_pointer(&context->failure));
		stop(self);
		return NULL;
	}
	return self;
}

/* --- which call ------------------------------------------------------------------------------- */

static PosApiCall call_of(const SimHttpRequest *request)
{
	bool get = g_str_equal(request->method, "GET");

	if (g_str_equal(request->path, "/rest/receipt"))
		return g_str_equal(request->method, "POST")	? CALL_POST
		       : g_str_equal(request->method, "DELETE") ? CALL_DELETE
								: CALL_OTHER;
	if (get && g_str_equal(request->path, "/rest/info"))
		return CALL_INFO;
	if (get && (g_str_equal(request->path, "/rest/sendData") ||
		    g_str_equal(request->path, "/rest/send")))
		return CALL_SEND;
	if (get && g_str_has_prefix(request->path, BANK_PATH))
		return CALL_BANK;
	return CALL_OTHER;
}

static bool is_json(const char *type)
{
	return g_ascii_strcasecmp(type, "application/json") == 0 ||
	       g_ascii_strncasecmp(type, "application/json;", strlen("application/json;")) == 0;
}

static PosApiAnswer flag(PosApi *self, const char *why)
{
	sim_log_words(self->context->log, "FLAG: %s", why);
	return posapi_refuse(self, why);
}

static PosApiAnswer run_with_body(PosApi *self, PosApiCall call, const SimHttpRequest *request)
{
	g_autofree char *why = NULL;
	PosApiAnswer answer;
	json_t *json;

	if (!is_json(request->type))
		return flag(self, "Content-Type: is not application/json");
	json = posapi_json_parse(request->body, request->len, &why);
	if (json == NULL)
		return flag(self, why);
	answer = call == CALL_POST ? posapi_post(self, json) : posapi_void(self, json);
	json_decref(json);
	return answer;
}

static PosApiAnswer run_call(PosApi *self, PosApiCall call, const SimHttpRequest *request)
{
	if (*sim_http_get_header(self->http, "host") == '\0')
		return flag(self, "Host: is missing");
	if (call == CALL_POST || call == CALL_DELETE)
		return run_with_body(self, call, request);
	if (request->len > 0)
		return flag(self, "body: a GET has none");
	if (call == CALL_INFO)
		return posapi_info(self);
	if (call == CALL_SEND)
		return posapi_send(self);
	return posapi_bank_accounts(self, request->path + strlen(BANK_PATH));
}

/* What keeps the service from looking at the call at all. */
static bool is_out_of_order(PosApi *self, PosApiAnswer *ret)
{
	SimFaults *faults = self->context->faults;
	int status;

	if (sim_faults_take(faults, POSAPI_NOT_ACTIVE, NULL))
		*ret = posapi_refuse(self, "the operator has not logged in");
	else if (sim_faults_take(faults, POSAPI_REFUSED, &status)) {
		*ret = posapi_refuse(self, "refused");
		ret->status = status;
	} else
		return false;
	return true;
}

/* No such page: wrong on the till's side, unless another program is asked for. */
static void answer_not_found(PosApi *self, const SimHttpRequest *request, bool known)
{
	if (!known)
		sim_log_words(self->context->log, "FLAG: %s %s: no such call", request->method,
			      request->path);
	sim_http_answer(self->http, 404, "text/html", "<html><body>Not Found</body></html>");
}

static void serve(PosApi *self, const SimHttpRequest *request)
{
	SimFaults *faults = self->context->faults;
	PosApiCall call = call_of(request);
	PosApiAnswer answer;

	sim_faults_count_frame(faults, (uint16_t)call);
	if (sim_faults_take_value(faults, POSAPI_SILENT, 0)) {
		sim_log_words(self->context->log, "says nothing, did nothing");
	} else if (sim_faults_take(faults, POSAPI_DROP, NULL)) {
		sim_http_hang_up(self->http);
	} else if (call == CALL_OTHER || sim_faults_take(faults, POSAPI_WRONG_PROGRAM, NULL)) {
		answer_not_found(self, request, call != CALL_OTHER);
	} else {
		if (!is_out_of_order(self, &answer))
			answer = run_call(self, call, request);
		posapi_wire_answer(self, &answer);
	}
}

static void receive(void *data, const uint8_t *bytes, size_t len)
{
	PosApi *self = data;
	SimHttpRequest request;

	if (sim_http_receive(self->http, bytes, len, &request))
		serve(self, &request);
}

static void link_changed(void *data, bool connected)
{
	PosApi *self = data;

	forget_late(self);
	sim_http_link_changed(self->http);
}

static int64_t deadline(void *data)
{
	const PosApi *self = data;

	return self->late != NULL ? self->late_until : G_MAXINT64;
}

static void tick(void *data, int64_t now, bool quiet)
{
	PosApi *self = data;

	if (self->late == NULL || now < self->late_until)
		return;
	sim_http_answer_raw(self->http, self->late->str, self->late->len);
	forget_late(self);
}

static bool control(void *data, const char *line)
{
	return posapi_control(data, line);
}

const struct sim ebarimt_sim = {
	.name = "fiscal-ebarimt",
	.faults = ebarimt_sim_faults,
	.summary = N_("eBarimt service of Mongolia, PosAPI 3.0 over HTTP"),
	.controls = N_("clock 2026-06-03 10:15:30 · lotteries N · merchant TIN payer|other NAME · "
		       "confirm ID · agree ID · book"),
	.start = start,
	.stop = stop,
	.receive = receive,
	.link_changed = link_changed,
	.deadline = deadline,
	.tick = tick,
	.control = control,
};
