/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/web_front.h"

#include "drivers/sim/fiscal/exact_json.h"

#include <string.h>

#define JSON_TYPE "application/json; charset=utf-8"
static const char html[] = "<html><head><title>500</title></head>"
			   "<body><h1>Internal Server Error</h1></body></html>";

void web_front_init(WebFront *self, SimContext *context, const char *error_body)
{
	*self = (WebFront){ .context = context,
			    .http = sim_http_new(context),
			    .error_body = error_body,
			    .due = G_MAXINT64 };
}

void web_front_clear(WebFront *self)
{
	sim_http_free(self->http);
	g_free(self->body);
}

bool web_front_receive(WebFront *self, const uint8_t *data, size_t len, SimHttpRequest *ret)
{
	return sim_http_receive(self->http, data, len, ret);
}

static bool strikes(WebFront *self, WebFault fault, const char *words)
{
	if (!sim_faults_take(self->context->faults, fault, NULL))
		return false;
	sim_log_words(self->context->log, "fault: %s", words);
	return true;
}

bool web_front_admit(WebFront *self, uint16_t code)
{
	sim_faults_count_frame(self->context->faults, code);
	if (strikes(self, WEB_FAULT_REFUSE, "no answer, nothing done"))
		return false;
	if (strikes(self, WEB_FAULT_CLOSE_BEFORE, "closed, nothing done"))
		sim_http_hang_up(self->http);
	else if (strikes(self, WEB_FAULT_HTTP_500, "500, nothing done"))
		sim_http_answer(self->http, 500, "text/html", html);
	else if (strikes(self, WEB_FAULT_ERROR_200, "an error in a good answer, nothing done"))
		sim_http_answer(self->http, 200, JSON_TYPE, self->error_body);
	else if (strikes(self, WEB_FAULT_UNAUTHORIZED, "401"))
		sim_http_answer(self->http, 401, "text/plain", "Unauthorized");
	else if (strikes(self, WEB_FAULT_BUSY, "503"))
		sim_http_answer(self->http, 503, "text/plain", "Service Unavailable");
	else
		return true;
	return false;
}

/* The head says how much there should be. */
static void answer_half(WebFront *self, int status, const char *body)
{
	g_autofree char *text = g_strdup_printf(
		"HTTP/1.1 %d OK\r\nContent-Type: " JSON_TYPE "\r\nContent-Length: %zu\r\n"
		"Connection: close\r\n\r\n%.*s",
		status, strlen(body), (int)(strlen(body) / 2), body);

	sim_http_answer_raw(self->http, text, strlen(text));
}

static void answer_chunked(WebFront *self, int status, const char *body)
{
	size_t half = strlen(body) / 2;
	g_autofree char *text = g_strdup_printf(
		"HTTP/1.1 %d OK\r\nContent-Type: " JSON_TYPE "\r\nTransfer-Encoding: chunked\r\n"
		"Connection: close\r\n\r\n"
		"%zx\r\n%.*s\r\n%zx\r\n%s\r\n0\r\n\r\n",
		status, half, (int)half, body, strlen(body) - half, body + half);

	sim_http_answer_raw(self->http, text, strlen(text));
}

static void hold(WebFront *self, int status, const char *body, int ms)
{
	self->due = g_get_monotonic_time() + (int64_t)ms * 1000;
	self->status = status;
	g_free(self->body);
	self->body = g_strdup(body);
}

void web_front_answer(WebFront *self, int status, const json_t *json)
{
	g_autofree char *body = json != NULL ? exact_json_dump(json) : g_strdup("");
	int ms;

	if (strikes(self, WEB_FAULT_CLOSE_AFTER, "done, closed"))
		sim_http_hang_up(self->http);
	else if (strikes(self, WEB_FAULT_SILENT_AFTER, "done, no answer"))
		return;
	else if (strikes(self, WEB_FAULT_HALF_ANSWER, "done, half an answer"))
		answer_half(self, status, body);
	else if (strikes(self, WEB_FAULT_HTTP_500_AFTER, "done, 500"))
		sim_http_answer(self->http, 500, "text/html", html);
	else if (strikes(self, WEB_FAULT_NONSENSE, "done, nonsense"))
		sim_http_answer(self->http, status, JSON_TYPE, "{\"results\":[{\"stat");
	else if (strikes(self, WEB_FAULT_CHUNKED, "in chunks") && strlen(body) > 2)
		answer_chunked(self, status, body);
	else if (sim_faults_take(self->context->faults, WEB_FAULT_LATE, &ms))
		hold(self, status, body, ms);
	else
		sim_http_answer(self->http, status, JSON_TYPE, body);
}

void web_front_link_changed(WebFront *self)
{
	self->due = G_MAXINT64;
	sim_http_link_changed(self->http);
}

int64_t web_front_deadline(const WebFront *self)
{
	return self->due;
}

void web_front_tick(WebFront *self, int64_t now)
{
	if (self->due > now)
		return;
	self->due = G_MAXINT64;
	sim_http_answer(self->http, self->status, JSON_TYPE, self->body);
}
