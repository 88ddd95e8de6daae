/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/sim/fiscal/atol_sim.h"

#include <string.h>

/* One task at a time, in the order they came (§9). A task is kept as
 * {uuid, number, state, done, request: [tasks], results: [{status, code, result}], trouble: {…}}.
 */

static const char *state_of(const json_t *task)
{
	return json_string_value(json_object_get(task, "state"));
}

static bool is_over(const json_t *task)
{
	return strcmp(state_of(task), "wait") != 0 && strcmp(state_of(task), "inProgress") != 0;
}

bool atol_queue_is_whole(const json_t *tasks)
{
	const json_t *task;
	size_t i;

	json_array_foreach(tasks, i, task)
	{
		const json_t *request = json_object_get(task, "request");
		size_t n = json_array_size(request);

		if (!json_is_string(json_object_get(task, "uuid")) || state_of(task) == NULL ||
		    !json_is_integer(json_object_get(task, "done")) || n == 0 ||
		    json_array_size(json_object_get(task, "results")) != n ||
		    (size_t)json_integer_value(json_object_get(task, "done")) > n)
			return false;
	}
	return true;
}

json_t *atol_queue_find(const Atol *self, const char *uuid)
{
	json_t *task;
	size_t i;

	json_array_foreach(self->state.tasks, i, task)
	{
		if (strcmp(json_string_value(json_object_get(task, "uuid")), uuid) == 0)
			return task;
	}
	return NULL;
}

static json_t *first_open(const Atol *self)
{
	json_t *task;
	size_t i;

	json_array_foreach(self->state.tasks, i, task)
	{
		if (!is_over(task))
			return task;
	}
	return NULL;
}

static int setting(const Atol *self, int fault, int or_else)
{
	return sim_faults_setting(self->context->faults, fault, or_else);
}

void atol_queue_arm(Atol *self)
{
	bool idle = *self->state.blocked != '\0' || first_open(self) == NULL;

	self->running = false;
	self->due = idle ? G_MAXINT64
			 : g_get_monotonic_time() +
				    (int64_t)setting(self, ATOL_FAULT_WAIT_MS, 0) * 1000;
}

/* --- in and out ------------------------------------------------------------------------------- */

static void set_state(json_t *task, const char *state)
{
	json_object_set_new(task, "state", json_string(state));
}

static void set_result(json_t *task, size_t at, const char *status, int code, json_t *result)
{
	json_t *stored = json_pack("{s:s,s:i}", "status", status, "code", code);

	if (result != NULL)
		json_object_set(stored, "result", result);
	json_array_set_new(json_object_get(task, "results"), at, stored);
}

/* The task of a request that is more than a question, or the first. */
static size_t target_of(const json_t *request)
{
	const json_t *task;
	size_t i;

	json_array_foreach(request, i, task)
	{
		const AtolType *type = atol_type_find(exact_string(json_object_get(task, "type")));

		if (type != NULL && type->changes)
			return i;
	}
	return 0;
}

/* Faults of the registrar are ordered with the request and go with the task. */
static json_t *trouble_new(Atol *self, const json_t *request)
{
	static const int faults[] = { ATOL_FAULT_ERROR,	  ATOL_FAULT_ERROR_BOOKED,
				      ATOL_FAULT_BLOCKED, ATOL_FAULT_STUCK,
				      ATOL_FAULT_LOSE,	  ATOL_FAULT_PAPER_OUT,
				      ATOL_FAULT_COVER,	  ATOL_FAULT_JUMP };
	json_t *trouble = json_pack("{s:I}", "at", (json_int_t)target_of(request));
	int value;

	for (size_t i = 0; i < G_N_ELEMENTS(faults); i++)
		if (sim_faults_take(self->context->faults, faults[i], &value))
			json_object_set_new(trouble, atol_sim_faults[faults[i]].name,
					    json_integer(value));
	return trouble;
}

static void forget_oldest(Atol *self)
{
	while (json_array_size(self->state.tasks) > ATOL_MAX_TASKS &&
	       is_over(json_array_get(self->state.tasks, 0)))
		json_array_remove(self->state.tasks, 0);
}

json_t *atol_queue_add(Atol *self, const char *uuid, json_t *request)
{
	json_t *task = json_pack("{s:s,s:I,s:s,s:i,s:[],s:o}", "uuid", uuid, "number",
				 (json_int_t)++self->state.task_number, "state", "wait", "done", 0,
				 "results", "trouble", trouble_new(self, request));

	for (size_t i = 0; i < json_array_size(request); i++)
		json_array_append_new(json_object_get(task, "results"),
				      json_pack("{s:s,s:i}", "status", "wait", "code", 0));
	json_object_set_new(task, "request", request);
	json_array_append_new(self->state.tasks, task);
	forget_oldest(self);
	atol_save(self);
	if (self->due == G_MAXINT64 && !self->running)
		atol_queue_arm(self);
	return task;
}

static void end(Atol *self, json_t *task, const char *state)
{
	set_state(task, state);
	sim_log_words(self->context->log, "task %s: %s",
		      json_string_value(json_object_get(task, "uuid")), state);
	atol_queue_arm(self);
	atol_save(self);
}

static void interrupt_rest(json_t *task, size_t from)
{
	for (size_t i = from; i < json_array_size(json_object_get(task, "results")); i++)
		set_result(task, i, "interrupted", ATOL_INTERRUPTED, NULL);
}

bool atol_queue_cancel(Atol *self, json_t *task)
{
	if (strcmp(state_of(task), "wait") != 0 || (self->running && task == first_open(self)))
		return false;
	/* What a cancelled task is called is not written anywhere: a word that ends polling. */
	interrupt_rest(task, 0);
	set_state(task, "interrupted");
	atol_save(self);
	return true;
}

/* --- the work --------------------------------------------------------------------------------- */

static bool has_trouble(const json_t *task, size_t at, AtolFault fault, int *ret)
{
	const json_t *trouble = json_object_get(task, "trouble");
	const json_t *value = json_object_get(trouble, atol_sim_faults[fault].name);

	if (value == NULL || (size_t)json_integer_value(json_object_get(trouble, "at")) != at)
		return false;
	*ret = (int)json_integer_value(value);
	return true;
}

static int run_one(Atol *self, json_t *task, size_t at, json_t **ret)
{
	AtolCall call = { .sim = self,
			  .task = json_array_get(json_object_get(task, "request"), at),
			  .uuid = json_string_value(json_object_get(task, "uuid")) };
	int jump, code;

	has_trouble(task, at, ATOL_FAULT_PAPER_OUT, &call.paper_ends_at);
	has_trouble(task, at, ATOL_FAULT_COVER, &call.cover_opens_at);
	if (has_trouble(task, at, ATOL_FAULT_JUMP, &jump))
		self->state.last_fd += jump;
	code = atol_task_run(&call);
	if (call.not_printed && code == ATOL_OK && setting(self, ATOL_FAULT_PAPER_ERROR, 0) != 0)
		code = self->state.roll.cover_open ? ATOL_COVER_OPEN : ATOL_NO_PAPER;
	*ret = call.result;
	return code;
}

/* The registrar was asked, and its answer never came. @made: what it would have been. */
static void block(Atol *self, json_t *task, size_t at, bool made)
{
	json_t *result = NULL;
	int code = made ? run_one(self, task, at, &result) : ATOL_NO_LINK;

	json_object_set_new(task, "outcome",
			    json_pack("{s:i,s:o?}", "code", code, "result", result));
	set_result(task, at, "blocked", ATOL_NO_LINK, NULL);
	g_free(self->state.blocked);
	self->state.blocked = g_strdup(json_string_value(json_object_get(task, "uuid")));
	end(self, task, "blocked");
}

static void begin_one(Atol *self, json_t *task, int64_t now)
{
	set_state(task, "inProgress");
	set_result(task, (size_t)json_integer_value(json_object_get(task, "done")), "inProgress", 0,
		   NULL);
	self->running = true;
	self->due = now + (int64_t)setting(self, ATOL_FAULT_TASK_MS, 10) * 1000;
}

static void finish_one(Atol *self, json_t *task, size_t at, int code, json_t *result)
{
	size_t n = json_array_size(json_object_get(task, "results"));

	set_result(task, at, code == ATOL_OK ? "ready" : "error", code, result);
	json_object_set_new(task, "done", json_integer((json_int_t)at + 1));
	if (code != ATOL_OK)
		interrupt_rest(task, at + 1);
	if (code != ATOL_OK || at + 1 == n) {
		end(self, task, code == ATOL_OK ? "ready" : "error");
		return;
	}
	begin_one(self, task, g_get_monotonic_time());
	atol_save(self);
}

static void lose(Atol *self, const json_t *lost)
{
	const json_t *task;
	size_t i;

	json_array_foreach(self->state.tasks, i, task)
	{
		if (task == lost)
			break;
	}
	json_array_remove(self->state.tasks, i);
	sim_log_words(self->context->log, "fault: the task is forgotten");
	atol_queue_arm(self);
	atol_save(self);
}

static void work(Atol *self, json_t *task)
{
	size_t at = (size_t)json_integer_value(json_object_get(task, "done"));
	json_t *result = NULL;
	int value, code;

	if (has_trouble(task, at, ATOL_FAULT_STUCK, &value)) {
		self->due = G_MAXINT64;
		sim_log_words(self->context->log, "fault: the task is stuck");
	} else if (has_trouble(task, at, ATOL_FAULT_BLOCKED, &value)) {
		block(self, task, at, value != 0);
	} else if (has_trouble(task, at, ATOL_FAULT_ERROR, &value)) {
		finish_one(self, task, at, value, NULL);
	} else if (has_trouble(task, at, ATOL_FAULT_ERROR_BOOKED, &value)) {
		code = run_one(self, task, at, &result);
		finish_one(self, task, at, code != ATOL_OK ? code : value, NULL);
	} else {
		code = run_one(self, task, at, &result);
		if (has_trouble(task, at, ATOL_FAULT_LOSE, &value))
			lose(self, task);
		else
			finish_one(self, task, at, code, result);
	}
	json_decref(result);
}

void atol_queue_tick(Atol *self, int64_t now)
{
	json_t *task;

	while (self->due <= now && (task = first_open(self)) != NULL) {
		if (self->running)
			work(self, task);
		else
			begin_one(self, task, now);
	}
}

/* --- repairs ---------------------------------------------------------------------------------- */

void atol_queue_unblock(Atol *self)
{
	json_t *task = atol_queue_find(self, self->state.blocked);
	json_t *outcome = json_object_get(task, "outcome");

	g_free(self->state.blocked);
	self->state.blocked = g_strdup("");
	if (task != NULL) {
		set_state(task, "wait");
		finish_one(self, task, (size_t)json_integer_value(json_object_get(task, "done")),
			   (int)json_integer_value(json_object_get(outcome, "code")),
			   json_object_get(outcome, "result"));
	}
	atol_queue_arm(self);
}

void atol_queue_release(Atol *self)
{
	json_t *task = first_open(self);

	json_object_del(json_object_get(task, "trouble"), atol_sim_faults[ATOL_FAULT_STUCK].name);
	atol_queue_arm(self);
}

void atol_queue_purge(Atol *self)
{
	json_array_clear(self->state.tasks);
	g_free(self->state.blocked);
	self->state.blocked = g_strdup("");
	atol_queue_arm(self);
}
