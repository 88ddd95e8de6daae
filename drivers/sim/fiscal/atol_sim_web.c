/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* §2: the two versions of the API share their tasks. */
enum { CODE_GET = 2, CODE_DELETE = 3, CODE_OTHER = 4, MAX_UUID = 64 };
enum { HTTP_OK = 200, HTTP_CREATED = 201, HTTP_BAD = 400, HTTP_UNKNOWN = 404, HTTP_METHOD = 405 };
enum { HTTP_CONFLICT = 409, HTTP_BLOCKED = 420 };

typedef struct {
	bool v2;
	char *uuid; /* owned; what follows the last slash; NULL: nothing does */
} Path;

static void answer(Atol *self, int status, json_t *body)
{
	web_front_answer(&self->front, status, body);
	json_decref(body);
}

static void refuse(Atol *self, int status, const char *why)
{
	sim_log_words(self->context->log, "%s%s", status == HTTP_BAD ? "FLAG: request: " : "", why);
	answer(self, status,
	       json_pack("{s:{s:o,s:s}}", "error", "code", exact_decimal_new(ATOL_PARSE, 0),
			 "description", why));
}

/* Only one question is known: which registrar is meant, where there are several. */
static bool is_good_query(const char *query)
{
	return *query == '\0' || g_regex_match_simple("^\\?deviceID=[^&]*$", query, 0, 0);
}

static bool read_path(const char *path, Path *ret)
{
	static const char *const roots[] = { "/requests", "/api/v2/requests" };
	size_t len = strcspn(path, "?");

	for (size_t i = 0; i < G_N_ELEMENTS(roots); i++) {
		size_t root = strlen(roots[i]);

		if (len < root || memcmp(path, roots[i], root) != 0)
			continue;
		ret->v2 = i == 1;
		if (len > root)
			ret->uuid = g_strndup(path + root + 1, len - root - 1);
		return (len == root || (path[root] == '/' && *ret->uuid != '\0' &&
					strchr(ret->uuid, '/') == NULL)) &&
		       (ret->v2 ? is_good_query(path + len) : path[len] == '\0');
	}
	return false;
}

/* --- a new task ------------------------------------------------------------------------------- */

static bool is_uuid(const char *text)
{
	return text != NULL && *text != '\0' && strlen(text) <= MAX_UUID &&
	       text[strspn(text, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_")] == '\0';
}

static const char *check_tasks(const json_t *request)
{
	const json_t *task;
	size_t i;

	if (json_array_size(request) == 0)
		return "request: no task in it";
	json_array_foreach(request, i, task)
	{
		if (!json_is_object(task))
			return "request: a task is no object";
		if (exact_string(json_object_get(task, "type")) == NULL)
			return "request: a task without its type";
	}
	return NULL;
}

/* NULL where the body is good. */
static const char *check_body(const json_t *body)
{
	const char *key;
	json_t *value;

	if (!json_is_object(body))
		return "the body is no object";
	json_object_foreach((json_t *)body, key, value)
	{
		if (strcmp(key, "uuid") != 0 && strcmp(key, "request") != 0)
			return "an unknown member";
	}
	if (!is_uuid(exact_string(json_object_get(body, "uuid"))))
		return "uuid: missing or bad";
	return NULL;
}

/* One task or several; own it. */
static json_t *tasks_of(const json_t *body)
{
	json_t *request = json_object_get(body, "request");

	return json_is_object(request) ? json_pack("[O]", request) : json_incref(request);
}

static json_t *accepted_new(const Atol *self, const json_t *task, bool v2)
{
	json_t *body = json_pack("{s:O}", "uuid", json_object_get(task, "uuid"));

	if (!v2)
		return body;
	json_object_set_new(
		body, "number",
		exact_decimal_new(json_integer_value(json_object_get(task, "number")), 0));
	json_object_set_new(body, "isBlocked", json_boolean(*self->state.blocked != '\0'));
	json_object_set_new(body, "blockedUUID", json_string(self->state.blocked));
	return body;
}

static bool is_set(const Atol *self, int fault)
{
	return sim_faults_setting(self->context->faults, fault, 0) != 0;
}

static void create(Atol *self, const json_t *body, const char *why, bool v2)
{
	const char *uuid = exact_string(json_object_get(body, "uuid"));
	g_autofree char *copy = g_strdup(uuid);
	json_t *request;

	if (why == NULL)
		why = check_body(body);
	request = why == NULL ? tasks_of(body) : NULL;
	if (why == NULL)
		why = check_tasks(request);
	if (why != NULL)
		refuse(self, HTTP_BAD, why);
	else if (atol_queue_find(self, copy) != NULL)
		refuse(self, HTTP_CONFLICT, "the uuid is known already");
	else if (*self->state.blocked != '\0' && !is_set(self, ATOL_FAULT_BLOCKED_ACCEPTS))
		refuse(self, HTTP_BLOCKED, "the queue is blocked");
	else
		answer(self, v2 && is_set(self, ATOL_FAULT_ACCEPTED_200) ? HTTP_OK : HTTP_CREATED,
		       accepted_new(self, atol_queue_add(self, copy, json_incref(request)), v2));
	json_decref(request);
}

static uint16_t code_of(const json_t *body)
{
	json_t *tasks = tasks_of(body);
	const char *name = exact_string(json_object_get(json_array_get(tasks, 0), "type"));
	const AtolType *type = name != NULL ? atol_type_find(name) : NULL;

	json_decref(tasks);
	return type != NULL ? type->code : CODE_OTHER;
}

static void post(Atol *self, const SimHttpRequest *request, bool v2)
{
	g_autofree char *why = NULL;
	json_t *body = exact_json_load(request->body, request->len, &why);

	if (web_front_admit(&self->front, code_of(body))) {
		atol_conditions(self);
		create(self, body, why, v2);
	}
	json_decref(body);
}

/* --- results ---------------------------------------------------------------------------------- */

static json_t *result_new(const Atol *self, const json_t *stored, bool v2)
{
	int code = (int)json_integer_value(json_object_get(stored, "code"));
	json_t *ret = json_pack("{s:O}", "status", json_object_get(stored, "status"));
	json_t *result = json_object_get(stored, "result");

	if (v2 && !is_set(self, ATOL_FAULT_FLAT)) {
		json_object_set_new(ret, "error",
				    json_pack("{s:o,s:s}", "code", exact_decimal_new(code, 0),
					      "description", atol_error_text(code)));
	} else {
		json_object_set_new(ret, "errorCode", exact_decimal_new(code, 0));
		json_object_set_new(ret, "errorDescription", json_string(atol_error_text(code)));
	}
	if (json_is_object(result))
		json_object_set(ret, "result", result);
	else
		json_object_set_new(ret, "result", json_null());
	return ret;
}

static void give_results(Atol *self, const json_t *task, bool v2)
{
	json_t *results = json_array(), *stored;
	size_t i;

	json_array_foreach(json_object_get(task, "results"), i, stored)
		json_array_append_new(results, result_new(self, stored, v2));
	answer(self, HTTP_OK, json_pack("{s:o}", "results", results));
}

static int count_in_state(const Atol *self, const char *state)
{
	const json_t *task;
	size_t i;
	int count = 0;

	json_array_foreach(self->state.tasks, i, task)
	{
		count += g_strcmp0(json_string_value(json_object_get(task, "state")), state) == 0;
	}
	return count;
}

/* What its members are called is not written anywhere. */
static void give_statistics(Atol *self)
{
	static const char *const states[] = { "wait", "inProgress", "ready", "error", "blocked" };
	json_t *body = json_object();

	for (size_t i = 0; i < G_N_ELEMENTS(states); i++)
		json_object_set_new(body, states[i],
				    exact_decimal_new(count_in_state(self, states[i]), 0));
	answer(self, HTTP_OK, body);
}

static void cancel(Atol *self, json_t *task)
{
	if (!atol_queue_cancel(self, task))
		refuse(self, HTTP_CONFLICT, "the task has begun");
	else
		answer(self, HTTP_OK, json_pack("{s:O}", "uuid", json_object_get(task, "uuid")));
}

static void look_up(Atol *self, const SimHttpRequest *request, const Path *path)
{
	json_t *task = atol_queue_find(self, path->uuid);

	if (task == NULL)
		refuse(self, HTTP_UNKNOWN, "an unknown uuid");
	else if (strcmp(request->method, "GET") == 0)
		give_results(self, task, path->v2);
	else
		cancel(self, task);
}

static void request_other(Atol *self, const SimHttpRequest *request, const Path *path, bool known)
{
	bool get = strcmp(request->method, "GET") == 0;
	bool delete = strcmp(request->method, "DELETE") == 0;

	if (!web_front_admit(&self->front, get ? CODE_GET : delete ? CODE_DELETE : CODE_OTHER))
		return;
	atol_conditions(self);
	if (get && strcmp(request->path, "/stat/requests") == 0)
		give_statistics(self);
	else if (!known)
		refuse(self, HTTP_UNKNOWN, "no such path");
	else if (path->uuid == NULL || !(get || (delete &&path->v2)))
		refuse(self, HTTP_METHOD, "no such method here");
	else
		look_up(self, request, path);
}

void atol_web_request(Atol *self, const SimHttpRequest *request)
{
	Path path = { 0 };
	bool known = read_path(request->path, &path);

	if (known && path.uuid == NULL && strcmp(request->method, "POST") == 0)
		post(self, request, path.v2);
	else
		request_other(self, request, &path, known);
	g_free(path.uuid);
}
