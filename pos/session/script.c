/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/script.h"

#include "pos/session/script_steps.h"
#include "pos/session/sentences.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <string.h>

#define AWAIT_SECONDS 30

typedef struct {
	GMainContext *context;
	Session *session;
	SessionView *view; /* owned: the newest */
	uint64_t mark; /* of the event that is waited for */
	FILE *out;
	GDataInputStream *input;
} Runner;

static void on_view(SessionView *view, void *data)
{
	Runner *self = data;

	g_clear_pointer(&self->view, session_view_unref);
	self->view = session_view_ref(view);
}

static void wait_until_settled(Runner *self)
{
	while (self->view == NULL || self->view->mark != self->mark || !self->view->settled)
		g_main_context_iteration(self->context, TRUE);
}

/* Takes @event. */
static void send(Runner *self, SessionEvent *event)
{
	event->mark = ++self->mark;
	session_post(self->session, event);
	wait_until_settled(self);
}

/* --- answers --------------------------------------------------------------------------------- */

static json_t *decimal(Money amount)
{
	g_autofree char *text = money_dup_decimal(amount);

	return json_string(text);
}

static json_t *found_json(const SessionView *view)
{
	json_t *found = json_array();

	for (guint i = 0; i < view->found->len; i++) {
		const SessionFound *item = g_ptr_array_index(view->found, i);

		json_array_append_new(
			found, json_pack("{s:I, s:s, s:s, s:o}", "id", (json_int_t)item->item_id,
					 "name", item->name, "code", item->code, "price",
					 item->has_price ? decimal(item->price) : json_null()));
	}
	return found;
}

/* Of the open receipt: a paid one is only still to be seen. */
static int count_lines(const SessionView *view)
{
	int n = 0;

	for (guint i = 0; view->state != SESSION_PAID && i < view->lines->len; i++)
		n += !((const SessionLine *)g_ptr_array_index(view->lines, i))->voided;
	return n;
}

static void add_devices(json_t *answer, const SessionView *view)
{
	static const char *const names[SESSION_N_DEVICES] = {
		[SESSION_FISCAL] = "fiscal",   [SESSION_PRINTER] = "printer",
		[SESSION_PAYMENT] = "payment", [SESSION_SCALE] = "scale",
		[SESSION_DISPLAY] = "display", [SESSION_SCANNER] = "scanner",
		[SESSION_HUB] = "hub",
	};
	static const char *const states[] = {
		[DEVICE_ABSENT] = "absent",
		[DEVICE_READY] = "ready",
		[DEVICE_WORKING] = "working",
		[DEVICE_DOWN] = "down",
	};

	for (int i = 0; i < SESSION_N_DEVICES; i++)
		json_object_set_new(answer, names[i], json_string(states[view->devices[i].state]));
}

/* The fields of an answer; `expect` compares with the same. */
static json_t *answer_json(const ScriptStep *step, const SessionView *view)
{
	bool paid = view->state == SESSION_PAID;
	json_t *answer = json_pack(
		"{s:s, s:b, s:s, s:o, s:o, s:o, s:o, s:s, s:s, s:I, s:i, s:s, s:I, s:I, s:I, s:i, "
		"s:i}",
		"step", step->text, "ok", view->ok, "state", session_state_code(view->state),
		"total", decimal(view->totals.total), "due", decimal(view->totals.due), "change",
		decimal(view->totals.change), "receipt",
		paid ? json_string(view->receipt_number) : json_null(), "message", view->message,
		"code", view->message_code, "shift", (json_int_t)view->shift, "lines",
		count_lines(view), "cashier", view->cashier, "outbox", (json_int_t)view->outbox,
		"papers", (json_int_t)view->papers_owed, "late", (json_int_t)view->late, "held",
		(int)view->held->len, "cases", (int)view->cases->len);

	add_devices(answer, view);
	if (view->answers == SESSION_FIND)
		json_object_set_new(answer, "found", found_json(view));
	return answer;
}

static void print(Runner *self, json_t *answer)
{
	g_autofree char *text = json_dumps(answer, JSON_COMPACT);

	fprintf(self->out, "%s\n", text);
	fflush(self->out);
}

/* An answer that the session had no part in. */
static bool print_own(Runner *self, const ScriptStep *step, bool ok, const char *code,
		      const char *message)
{
	json_auto_t *answer = answer_json(step, self->view);

	json_object_set_new(answer, "ok", json_boolean(ok));
	json_object_set_new(answer, "code", json_string(code));
	json_object_set_new(answer, "message", json_string(message));
	print(self, answer);
	return ok;
}

static bool print_sentence(Runner *self, const ScriptStep *step, const char *code,
			   const char *first, const char *second)
{
	g_autofree char *message = sentence_dup(code, first, second);

	return print_own(self, step, false, code, message);
}

/* --- steps ------------------------------------------------------------------------------------ */

static bool run_events(Runner *self, ScriptStep *step)
{
	json_auto_t *answer = NULL;
	bool ok;

	send(self, g_steal_pointer(&step->events[0]));
	if (step->card && self->view->state == SESSION_CARD_ASKED && self->view->ok &&
	    !self->view->card_unknown)
		send(self, g_steal_pointer(&step->events[1]));
	answer = answer_json(step, self->view);
	ok = self->view->ok && self->view->state != SESSION_NEEDS_ATTENTION;
	json_object_set_new(answer, "ok", json_boolean(ok));
	print(self, answer);
	return ok;
}

static gboolean on_time(void *data)
{
	*(bool *)data = true;
	return G_SOURCE_REMOVE;
}

static bool run_wait(Runner *self, const ScriptStep *step)
{
	g_autoptr(GSource) source = g_timeout_source_new((guint)step->wait_ms);
	bool over = false;

	g_source_set_callback(source, on_time, &over, NULL);
	g_source_attach(source, self->context);
	while (!over)
		g_main_context_iteration(self->context, TRUE);
	return print_own(self, step, true, "", "");
}

/* Numbers are compared as decimals: "12.5" is "12.50". Of a message a part will do. */
static bool equal(const char *field, const char *a, const char *b)
{
	Quantity x, y;

	if (strcmp(field, "message") == 0)
		return strstr(a, b) != NULL;
	if (quantity_parse_decimal(a, &x) && quantity_parse_decimal(b, &y))
		return x.micro == y.micro;
	return strcmp(a, b) == 0;
}

static char *field_text(const json_t *value)
{
	if (json_is_string(value))
		return g_strdup(json_string_value(value));
	if (json_is_integer(value))
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	if (json_is_boolean(value))
		return g_strdup(json_is_true(value) ? "true" : "false");
	return g_strdup("");
}

/* @text: what the field has; NULL: there is no such field. */
static bool is_so(Runner *self, const ScriptStep *step, char **text)
{
	json_auto_t *answer = answer_json(step, self->view);
	const json_t *value = json_object_get(answer, step->field);

	*text = value != NULL ? field_text(value) : NULL;
	return *text != NULL && equal(step->field, *text, step->value);
}

static bool run_expect(Runner *self, const ScriptStep *step)
{
	g_autofree char *text = NULL;

	if (is_so(self, step, &text))
		return print_own(self, step, true, "", "");
	if (text == NULL)
		return print_sentence(self, step, "no-field", step->field, NULL);
	return print_sentence(self, step, "expected", step->value, text);
}

/* What a device does by itself: paper that comes out, a weight that comes to rest. */
static bool run_await(Runner *self, const ScriptStep *step)
{
	g_autoptr(GSource) source = g_timeout_source_new_seconds(AWAIT_SECONDS);
	bool over = false, so = false;

	g_source_set_callback(source, on_time, &over, NULL);
	g_source_attach(source, self->context);
	while (!so && !over) {
		g_autofree char *text = NULL;

		so = is_so(self, step, &text);
		if (!so && text == NULL)
			break;
		if (!so)
			g_main_context_iteration(self->context, TRUE);
	}
	g_source_destroy(source);
	return run_expect(self, step);
}

static bool run_step(Runner *self, ScriptStep *step)
{
	switch (step->kind) {
	case STEP_EVENTS:
		return run_events(self, step);
	case STEP_WAIT:
		return run_wait(self, step);
	case STEP_EXPECT:
		return run_expect(self, step);
	case STEP_AWAIT:
		return run_await(self, step);
	case STEP_LATER_VERSION:
		return print_sentence(self, step, "not-in-version", NULL, NULL);
	default:
		return print_sentence(self, step, "no-step", step->text, NULL);
	}
}

/* --- the script ------------------------------------------------------------------------------- */

typedef struct {
	bool over;
	char *line;
	GError *error;
} Reading;

static void on_line(GObject *source, GAsyncResult *result, void *data)
{
	Reading *reading = data;

	reading->line = g_data_input_stream_read_line_finish(G_DATA_INPUT_STREAM(source), result,
							     NULL, &reading->error);
	reading->over = true;
}

/* The session goes on living while the script's writer thinks. NULL at the end, or with @error. */
static char *read_line(Runner *self, GError **error)
{
	Reading reading = { 0 };

	g_data_input_stream_read_line_async(self->input, G_PRIORITY_DEFAULT, NULL, on_line,
					    &reading);
	while (!reading.over)
		g_main_context_iteration(self->context, TRUE);
	if (reading.error != NULL)
		g_propagate_error(error, reading.error);
	return reading.line;
}

static int run_steps(Runner *self, GError **error)
{
	char *line;
	GError *failure = NULL;

	while ((line = read_line(self, &failure)) != NULL) {
		g_autofree char *owned = line;
		g_auto(ScriptStep) step = { 0 };

		script_step_parse(owned, &step);
		if (step.kind != STEP_NOTHING && !run_step(self, &step) && !step.may_fail)
			return 1;
	}
	if (failure == NULL)
		return 0;
	g_propagate_error(error, failure);
	return 1;
}

/* The session begins by bringing to its end what was interrupted. */
static void wait_until_ready(Runner *self)
{
	while (self->view == NULL || !self->view->settled)
		g_main_context_iteration(self->context, TRUE);
}

int script_run(const char *directory, int input, FILE *out, GError **error)
{
	Runner self = { .context = g_main_context_new(), .out = out };
	int status = 1;

	g_main_context_push_thread_default(self.context);
	self.session = session_new(directory, self.context, on_view, &self, error);
	if (self.session != NULL) {
		g_autoptr(GInputStream) stream = g_unix_input_stream_new(input, FALSE);

		self.input = g_data_input_stream_new(stream);
		wait_until_ready(&self);
		status = run_steps(&self, error);
		g_object_unref(self.input);
	}
	session_free(self.session);
	g_clear_pointer(&self.view, session_view_unref);
	g_main_context_pop_thread_default(self.context);
	g_main_context_unref(self.context);
	return status;
}
