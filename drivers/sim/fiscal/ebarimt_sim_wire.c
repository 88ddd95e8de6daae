/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/ebarimt_sim.h"

#include <string.h>

/* An answer on its way out, as it should be or spoilt. What it tells is on disk by now. */

enum { LENGTH_ERROR = 10 };

static bool take(PosApi *self, PosApiFault fault, int *value)
{
	return sim_faults_take(self->context->faults, fault, value);
}

/* "message" of @n bytes, in whole letters. */
static void lengthen(json_t *json, int n)
{
	GString *text = g_string_new(NULL);

	while (text->len + strlen("ө") <= (size_t)n)
		g_string_append(text, "ө");
	if (text->len < (size_t)n)
		g_string_append_c(text, '.');
	json_object_set_new(json, "message", json_string(text->str));
	g_string_free(text, true);
}

static void spoil_json(PosApi *self, json_t *json)
{
	int n;

	if (take(self, POSAPI_LONG_MESSAGE, &n))
		lengthen(json, n);
	if (take(self, POSAPI_UNKNOWN_FIELDS, NULL))
		json_object_update_new(json, json_pack("{s:n, s:{s:[s, b]}}", "newInVersion4",
						       "extra", "list", "x", 1));
	if (take(self, POSAPI_NO_ID, NULL))
		json_object_del(json, "id");
}

/* The body, or NULL where there is none. */
static char *body_of(PosApi *self, PosApiAnswer *answer)
{
	g_autofree char *plain = NULL;

	if (answer->json != NULL) {
		spoil_json(self, answer->json);
		answer->text = posapi_json_dump(answer->json, take(self, POSAPI_DECIMALS, NULL));
	}
	if (answer->text == NULL)
		return NULL;
	if (!take(self, POSAPI_BOM, NULL))
		return g_strdup(answer->text);
	return g_strconcat("\xEF\xBB\xBF", answer->text, NULL);
}

static const char *type_of(const PosApi *self)
{
	bool soap = sim_faults_setting(self->context->faults, POSAPI_SOAP, -1) >= 0;

	return soap ? "application/soap+xml" : "application/json";
}

static GString *head_of(const PosApi *self, int status)
{
	GString *head = g_string_new(NULL);

	g_string_printf(head, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\n", status,
			status == 200 ? "OK" : "Error", type_of(self));
	return head;
}

static void append_chunks(GString *to, const char *body)
{
	g_string_append(to, "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
	for (; *body != '\0'; body++)
		g_string_append_printf(to, "1\r\n%c\r\n", *body);
	g_string_append(to, "0\r\n\r\n");
}

/* How many bytes the head promises, and how many of @len come. */
static void cut_body(PosApi *self, size_t *ret_told, size_t *ret_sent)
{
	int wrong;

	if (take(self, POSAPI_LENGTH, &wrong))
		*ret_told = wrong == 0 ? *ret_told + LENGTH_ERROR
				       : *ret_told - MIN(*ret_told, LENGTH_ERROR);
	if (take(self, POSAPI_HALF, NULL))
		*ret_sent /= 2;
}

static GString *whole_answer(PosApi *self, int status, const char *body)
{
	GString *text = head_of(self, status);
	size_t told = strlen(body), sent = told;

	if (take(self, POSAPI_CHUNKED, NULL)) {
		append_chunks(text, body);
		return text;
	}
	cut_body(self, &told, &sent);
	g_string_append_printf(text, "Content-Length: %zu\r\nConnection: close\r\n\r\n", told);
	g_string_append_len(text, body, (gssize)sent);
	return text;
}

static void send_or_wait(PosApi *self, GString *text)
{
	int ms;

	if (take(self, POSAPI_SLOW, &ms)) {
		self->late = text;
		self->late_until = g_get_monotonic_time() + (int64_t)ms * 1000;
		return;
	}
	sim_http_answer_raw(self->http, text->str, text->len);
	g_string_free(text, true);
}

void posapi_wire_answer(PosApi *self, PosApiAnswer *answer)
{
	g_autofree char *body = NULL;
	int status;

	sim_log_words(self->context->log, "HTTP status %d", answer->status);
	if (sim_faults_take_value(self->context->faults, POSAPI_SILENT, 1)) {
		sim_log_words(self->context->log, "says nothing");
	} else if (take(self, POSAPI_CUT, NULL)) {
		sim_http_hang_up(self->http);
	} else if (take(self, POSAPI_HTML, &status)) {
		sim_http_answer(self->http, status, "text/html",
				"<html><body><h1>Internal error</h1></body></html>");
	} else {
		body = body_of(self, answer);
		send_or_wait(self, whole_answer(self, answer->status, body != NULL ? body : ""));
	}
	json_decref(answer->json);
	g_free(answer->text);
	*answer = (PosApiAnswer){ 0 };
}
