/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/erpnet_sim.h"

#include <string.h>

static const WebField none[] = { { NULL, WEB_ANY, false, 0, NULL } };
static const WebField amount_fields[] = {
	{ "amount", WEB_SUM, true, 0, NULL },
	{ "operator", WEB_TEXT, false, 8, NULL },
	{ "operatorPassword", WEB_TEXT, false, 8, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField clock_fields[] = {
	{ "deviceDateTime", WEB_TEXT, true, 40, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};
static const WebField raw_fields[] = {
	{ "rawRequest", WEB_TEXT, true, 220, NULL },
	{ NULL, WEB_ANY, false, 0, NULL },
};

static const ErpnetType types[] = {
	{ "receipt", 0x10, erpnet_receipt_fields, erpnet_receipt },
	{ "reversalreceipt", 0x11, erpnet_reversal_fields, erpnet_receipt },
	{ "zreport", 0x21, none, erpnet_z_report },
	{ "deposit", 0x22, amount_fields, erpnet_deposit },
	{ "withdraw", 0x23, amount_fields, erpnet_withdraw },
	{ "xreport", 0x24, none, erpnet_x_report },
	{ "duplicate", 0x32, none, erpnet_duplicate },
	{ "datetime", 0x35, clock_fields, erpnet_set_clock },
	{ "rawrequest", 0x40, raw_fields, erpnet_sim_raw },
	{ "reset", 0x41, none, erpnet_reset },
};

const ErpnetType *erpnet_type_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++)
		if (strcmp(types[i].name, name) == 0)
			return &types[i];
	return NULL;
}

/* --- answers ---------------------------------------------------------------------------------- */

static const char *text_of(int code)
{
	static const struct {
		int code;
		const char *text;
	} texts[] = {
		{ ERPNET_NO_DEVICE, "No answer from the fiscal device" },
		{ ERPNET_CLOCK, "The clock of the fiscal device is wrong" },
		{ ERPNET_TASK_KNOWN, "A task of that id exists" },
		{ ERPNET_TASK_BAD, "The id of the task is bad" },
		{ ERPNET_MEMORY_FULL, "The fiscal memory is full" },
		{ ERPNET_NO_PAPER, "End of paper" },
		{ ERPNET_COVER_OPEN, "The cover is open" },
		{ ERPNET_SYNTAX, "Syntax error" },
		{ ERPNET_OVERFLOW, "Overflow" },
		{ ERPNET_NOT_ALLOWED, "Not allowed now" },
		{ ERPNET_PAYMENT, "Wrong payment" },
		{ ERPNET_ITEM, "Wrong item" },
		{ ERPNET_PASSWORD, "Wrong operator or password" },
		{ ERPNET_TAX_GROUP, "Wrong tax group" },
		{ ERPNET_NOT_SUPPORTED, "Not supported" },
		{ ERPNET_DAY_TOO_LONG, "24 hours without a Z report" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		if (texts[i].code == code)
			return texts[i].text;
	return "Error";
}

static bool is_set(const Erpnet *self, int fault)
{
	return sim_faults_setting(self->context->faults, fault, 0) != 0;
}

static void add_message(json_t *messages, const char *type, const char *code, const char *text)
{
	json_array_append_new(
		messages, json_pack("{s:s,s:s*,s:s}", "type", type, "code", code, "text", text));
}

static json_t *messages_new(const Erpnet *self, int code)
{
	json_t *messages = json_array();
	g_autofree char *name = g_strdup_printf("E%d", code);

	if (code != ERPNET_OK)
		add_message(messages, "error", name, text_of(code));
	if (is_set(self, ERPNET_FAULT_MEMORY_LOW))
		add_message(messages, "warning", "W201", "The fiscal memory almost full");
	if (is_set(self, ERPNET_FAULT_NEAR_END))
		add_message(messages, "warning", "W301", "Low paper");
	add_message(messages, "info", NULL, "Serial number and number of FM are set");
	return messages;
}

json_t *erpnet_answer_new(const Erpnet *self, int code, json_t *members)
{
	json_t *answer = members != NULL ? members : json_object();
	bool ok = code == ERPNET_OK;

	json_object_set_new(answer, "ok",
			    is_set(self, ERPNET_FAULT_OK_TEXT) ? json_string(ok ? "true" : "false")
							       : json_boolean(ok));
	json_object_set_new(answer, "messages", messages_new(self, code));
	return answer;
}

/* --- the queue -------------------------------------------------------------------------------- */

ErpnetTask *erpnet_task_find(const Erpnet *self, const char *id)
{
	for (unsigned i = 0; i < self->tasks->len; i++) {
		ErpnetTask *task = g_ptr_array_index(self->tasks, i);

		if (strcmp(task->id, id) == 0)
			return task;
	}
	return NULL;
}

static ErpnetTask *first_open(const Erpnet *self)
{
	for (unsigned i = 0; i < self->tasks->len; i++) {
		ErpnetTask *task = g_ptr_array_index(self->tasks, i);

		if (task->status != ERPNET_FINISHED)
			return task;
	}
	return NULL;
}

static void begin_next(Erpnet *self)
{
	ErpnetTask *task = first_open(self);

	self->due = G_MAXINT64;
	if (task == NULL ||
	    (task->status == ERPNET_RUNNING && task->troubles[ERPNET_FAULT_STUCK] >= 0))
		return;
	self->due =
		g_get_monotonic_time() +
		(int64_t)sim_faults_setting(self->context->faults, ERPNET_FAULT_TASK_MS, 10) * 1000;
}

ErpnetTask *erpnet_task_add(Erpnet *self, const char *id, const ErpnetType *type, json_t *body)
{
	ErpnetTask *task = g_new0(ErpnetTask, 1);

	*task = (ErpnetTask){ .id = g_strdup(id), .type = type, .body = body };
	for (int i = 0; i < ERPNET_FAULT_N; i++)
		if (i < ERPNET_FAULT_ERROR || i > ERPNET_FAULT_JUMP ||
		    !sim_faults_take(self->context->faults, i, &task->troubles[i]))
			task->troubles[i] = -1;
	g_ptr_array_add(self->tasks, task);
	if (first_open(self) == task)
		begin_next(self);
	return task;
}

void erpnet_task_remove(Erpnet *self, ErpnetTask *task)
{
	if (self->held == task)
		self->held = NULL;
	g_ptr_array_remove(self->tasks, task);
}

void erpnet_tasks_clear(Erpnet *self)
{
	self->held = NULL;
	self->due = self->answer_by = G_MAXINT64;
	g_ptr_array_set_size(self->tasks, 0);
}

void erpnet_tasks_release(Erpnet *self)
{
	ErpnetTask *task = first_open(self);

	if (task != NULL)
		task->troubles[ERPNET_FAULT_STUCK] = -1;
	begin_next(self);
}

/* --- the work --------------------------------------------------------------------------------- */

int erpnet_flag(const ErpnetCall *call, int code, const char *where, const char *why)
{
	sim_log_words(call->sim->context->log, "FLAG: %s: %s", where, why);
	return code;
}

int erpnet_fields_check(const ErpnetCall *call, const json_t *object, const char *place,
			const WebField *fields)
{
	g_autofree char *where = NULL;
	const char *why = NULL;

	return web_fields_check(object, place, fields, &where, &why) == WEB_GOOD
		       ? ERPNET_OK
		       : erpnet_flag(call, ERPNET_SYNTAX, where, why);
}

static int run(Erpnet *self, const ErpnetTask *task, json_t **ret)
{
	ErpnetCall call = { .sim = self,
			    .type = task->type,
			    .body = task->body,
			    .id = task->id,
			    .paper_ends_at = MAX(task->troubles[ERPNET_FAULT_PAPER_OUT], 0),
			    .cover_opens_at = MAX(task->troubles[ERPNET_FAULT_COVER], 0) };
	int code = erpnet_fields_check(&call, task->body, task->type->name, task->type->fields);

	self->state.last_document += MAX(task->troubles[ERPNET_FAULT_JUMP], 0);
	if (code == ERPNET_OK &&
	    (self->state.unplugged ||
	     sim_faults_take(self->context->faults, ERPNET_FAULT_NO_DEVICE, NULL)))
		code = ERPNET_NO_DEVICE;
	if (code == ERPNET_OK)
		code = task->type->run(&call);
	sim_log_words(self->context->log, "%s %s: %s%d", task->type->name, task->id,
		      code != ERPNET_OK ? "E" : "", code);
	erpnet_save(self);
	*ret = call.result;
	return code;
}

static void answer_held(Erpnet *self, const json_t *body)
{
	self->held = NULL;
	self->answer_by = G_MAXINT64;
	web_front_answer(&self->front, 200, body);
}

static void finish(Erpnet *self, ErpnetTask *task, int code, json_t *members)
{
	if (code != ERPNET_OK)
		g_clear_pointer(&members, json_decref);
	task->result = erpnet_answer_new(self, code, members);
	task->status = ERPNET_FINISHED;
	if (self->held == task)
		answer_held(self, task->result);
	if (task->troubles[ERPNET_FAULT_LOSE] >= 0)
		erpnet_task_remove(self, task);
	begin_next(self);
}

static void work(Erpnet *self, ErpnetTask *task)
{
	json_t *members = NULL;
	int code;

	if (task->troubles[ERPNET_FAULT_RESTART_BEFORE] >= 0) {
		erpnet_restart(self);
		return;
	}
	if (task->troubles[ERPNET_FAULT_ERROR] >= 0) {
		finish(self, task, task->troubles[ERPNET_FAULT_ERROR], NULL);
		return;
	}
	code = run(self, task, &members);
	if (task->troubles[ERPNET_FAULT_RESTART] >= 0) {
		json_decref(members);
		erpnet_restart(self);
		return;
	}
	if (code == ERPNET_OK && task->troubles[ERPNET_FAULT_ERROR_BOOKED] >= 0)
		code = task->troubles[ERPNET_FAULT_ERROR_BOOKED];
	finish(self, task, code, members);
}

/* Running from the moment its time begins to run, so that a host can see it. */
void erpnet_tasks_tick(Erpnet *self, int64_t now)
{
	ErpnetTask *task;

	if (self->held != NULL && self->answer_by <= now) {
		json_t *body = json_pack("{s:s}", "taskId", self->held->id);

		answer_held(self, body);
		json_decref(body);
	}
	while (self->due <= now && (task = first_open(self)) != NULL) {
		if (task->status == ERPNET_RUNNING) {
			work(self, task);
			continue;
		}
		task->status = ERPNET_RUNNING;
		begin_next(self);
	}
}
