/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#include <string.h>

/* Paths, queries and what the gateway says by itself (§9 of fiscal-datecs.md). */
enum { CODE_TASKINFO = 2, CODE_OTHER = 4, CODE_STATUS = 5, CODE_CASH = 6 };
enum { HTTP_OK = 200, HTTP_BAD = 400, HTTP_UNKNOWN = 404, HTTP_METHOD = 405 };
enum { MAX_ID = 64, MAX_TIMEOUT_MS = 600000, ITEM_TEXT = 36, COMMENT_TEXT = 42, PASSWORD_LEN = 8 };

const char erpnet_id[] = "dt279013", erpnet_serial[] = "DT279013", erpnet_password[] = "0000";

typedef struct {
	char *what; /* owned; after the printer's id: "", "status", "receipt" */
	bool list, taskinfo;
	char *task_id; /* owned, or NULL */
	int64_t timeout_ms; /* -1: wait for the end */
} Query;

static void query_clear(Query *self)
{
	g_free(self->what);
	g_free(self->task_id);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Query, query_clear)

static void answer(Erpnet *self, int status, json_t *body)
{
	web_front_answer(&self->front, status, body);
	json_decref(body);
}

static void refuse(Erpnet *self, int status, const char *why)
{
	sim_log_words(self->context->log, "FLAG: request: %s", why);
	answer(self, status, json_pack("{s:s}", "message", why));
}

/* --- the line --------------------------------------------------------------------------------- */

static bool read_parameter(const char *key, const char *value, Query *ret)
{
	if (strcmp(key, "asyncTimeout") == 0)
		return g_ascii_string_to_signed(value, 10, 0, MAX_TIMEOUT_MS, &ret->timeout_ms,
						NULL);
	if (strcmp(key, "taskId") != 0 && strcmp(key, "id") != 0)
		return false;
	g_free(ret->task_id);
	ret->task_id = g_uri_unescape_string(value, NULL);
	return ret->task_id != NULL;
}

static bool read_parameters(const char *text, Query *ret)
{
	g_auto(GStrv) parameters = g_strsplit(text, "&", -1);

	for (int i = 0; parameters[i] != NULL; i++) {
		g_auto(GStrv) pair = g_strsplit(parameters[i], "=", 2);

		if (g_strv_length(pair) != 2 || !read_parameter(pair[0], pair[1], ret))
			return false;
	}
	return true;
}

/* False where there is no such path. */
static bool read_path(const char *path, Query *ret)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);
	unsigned n = g_strv_length(parts);

	if (n < 2 || n > 4 || strcmp(parts[1], "printers") != 0)
		return false;
	ret->list = n == 2;
	ret->taskinfo = n == 3 && strcmp(parts[2], "taskinfo") == 0;
	if (n > 2 && !ret->taskinfo && strcmp(parts[2], erpnet_id) != 0)
		return false;
	ret->what = g_strdup(n == 4 ? parts[3] : "");
	return true;
}

/* --- what it says by itself ------------------------------------------------------------------- */

static json_t *info_new(const Erpnet *self)
{
	json_t *types = json_pack("[s,s,s,s,s,s,s,s,s,s,s]", "cash", "check", "coupons",
				  "ext-coupons", "packaging", "internal-usage", "damage", "card",
				  "bank", "reserved1", "reserved2");

	return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:o,s:o,s:s,s:o,s:b,s:b}", "uri",
			 "bg.dt.p.isl.com://COM15", "serialNumber", erpnet_serial,
			 "fiscalMemorySerialNumber", self->state.fm, "manufacturer", "Datecs",
			 "model", "FP-2000", "firmwareVersion", "1.00BG 23NOV18 1000",
			 "itemTextMaxLength", exact_decimal_new(ITEM_TEXT, 0),
			 "commentTextMaxLength", exact_decimal_new(COMMENT_TEXT, 0),
			 "operatorPasswordMaxLength", exact_decimal_new(PASSWORD_LEN, 0),
			 "taxIdentificationNumber", "000713391", "supportedPaymentTypes", types,
			 "supportsSubTotalAmountModifiers", 1,
			 "subTotalAmountModifiersRequireTaxGroup", 0);
}

static int printer_trouble(Erpnet *self)
{
	bool away = sim_faults_take(self->context->faults, ERPNET_FAULT_NO_DEVICE, NULL);

	return away || self->state.unplugged ? ERPNET_NO_DEVICE : ERPNET_OK;
}

static void give_status(Erpnet *self)
{
	g_autofree char *when = erpnet_time_text(erpnet_now(self));
	int code = printer_trouble(self);

	if (code != ERPNET_OK) {
		answer(self, HTTP_OK, erpnet_answer_new(self, code, NULL));
		return;
	}
	if (self->state.roll.cover_open)
		code = ERPNET_COVER_OPEN;
	else if (self->state.roll.no_paper)
		code = ERPNET_NO_PAPER;
	else if (self->state.memory_full)
		code = ERPNET_MEMORY_FULL;
	answer(self, HTTP_OK,
	       erpnet_answer_new(self, code, json_pack("{s:s}", "deviceDateTime", when)));
}

static void give_cash(Erpnet *self)
{
	int code = printer_trouble(self);
	json_t *members = code != ERPNET_OK ? NULL
					    : json_pack("{s:o}", "amount",
							exact_decimal_new(self->state.cash, 2));

	answer(self, HTTP_OK, erpnet_answer_new(self, code, members));
}

/* Read once, a finished task is forgotten. */
static void give_task(Erpnet *self, const char *id)
{
	static const char *const statuses[] = { "enqueued", "running", "finished" };
	ErpnetTask *task = id != NULL ? erpnet_task_find(self, id) : NULL;
	json_t *body =
		json_pack("{s:s}", "taskStatus", task != NULL ? statuses[task->status] : "unknown");

	if (task != NULL && task->status == ERPNET_FINISHED) {
		json_object_set(body, "result", task->result);
		erpnet_task_remove(self, task);
	}
	answer(self, HTTP_OK, body);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static bool is_task_id(const char *id)
{
	return *id != '\0' && strlen(id) <= MAX_ID &&
	       id[strspn(id, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_+/=.")] == '\0';
}

static void answer_task_id(Erpnet *self, const ErpnetTask *task)
{
	answer(self, HTTP_OK, json_pack("{s:s}", "taskId", task->id));
}

static void enqueue(Erpnet *self, const Query *query, const ErpnetType *type, json_t *body)
{
	g_autofree char *own = g_strdup_printf("gw-%" G_GINT64_FORMAT, ++self->task_number);
	const char *id = query->task_id != NULL ? query->task_id : own;
	ErpnetTask *task;

	if (!is_task_id(id)) {
		answer(self, HTTP_OK, erpnet_answer_new(self, ERPNET_TASK_BAD, NULL));
		return;
	}
	if (erpnet_task_find(self, id) != NULL) {
		answer(self, HTTP_OK, erpnet_answer_new(self, ERPNET_TASK_KNOWN, NULL));
		return;
	}
	task = erpnet_task_add(self, id, type, json_incref(body));
	if (query->timeout_ms == 0) {
		answer_task_id(self, task);
		return;
	}
	self->held = task;
	self->answer_by = query->timeout_ms < 0 ? G_MAXINT64
						: g_get_monotonic_time() + query->timeout_ms * 1000;
}

static void post(Erpnet *self, const SimHttpRequest *request, const Query *query)
{
	const ErpnetType *type = erpnet_type_find(query->what);
	g_autofree char *why = NULL;
	json_t *body = request->len == 0 ? json_object()
					 : exact_json_load(request->body, request->len, &why);

	if (type == NULL)
		refuse(self, HTTP_UNKNOWN, "no such task");
	else if (!json_is_object(body))
		refuse(self, HTTP_BAD, why != NULL ? why : "the body is no object");
	else
		enqueue(self, query, type, body);
	json_decref(body);
}

static uint16_t code_of(const Query *query)
{
	const ErpnetType *type = query->what != NULL ? erpnet_type_find(query->what) : NULL;

	if (query->taskinfo)
		return CODE_TASKINFO;
	if (g_strcmp0(query->what, "status") == 0)
		return CODE_STATUS;
	if (g_strcmp0(query->what, "cash") == 0)
		return CODE_CASH;
	return type != NULL ? type->code : CODE_OTHER;
}

static void get(Erpnet *self, const Query *query)
{
	if (query->list)
		answer(self, HTTP_OK, json_pack("{s:o}", erpnet_id, info_new(self)));
	else if (query->taskinfo)
		give_task(self, query->task_id);
	else if (*query->what == '\0')
		answer(self, HTTP_OK, info_new(self));
	else if (strcmp(query->what, "status") == 0)
		give_status(self);
	else if (strcmp(query->what, "cash") == 0)
		give_cash(self);
	else
		refuse(self, erpnet_type_find(query->what) != NULL ? HTTP_METHOD : HTTP_UNKNOWN,
		       "no such question");
}

void erpnet_web_request(Erpnet *self, const SimHttpRequest *request)
{
	size_t len = strcspn(request->path, "?");
	g_autofree char *path = g_strndup(request->path, len);
	g_auto(Query) query = { .timeout_ms = -1 };
	bool known = read_path(path, &query);
	bool good = request->path[len] == '\0' || read_parameters(request->path + len + 1, &query);

	if (!web_front_admit(&self->front, code_of(&query)))
		return;
	erpnet_conditions(self);
	if (!known)
		refuse(self, HTTP_UNKNOWN, "no such path or printer");
	else if (!good)
		refuse(self, HTTP_BAD, "an unknown parameter");
	else if (strcmp(request->method, "GET") == 0)
		get(self, &query);
	else if (strcmp(request->method, "POST") == 0 && *query.what != '\0')
		post(self, request, &query);
	else
		refuse(self, HTTP_METHOD, "no such method here");
}
