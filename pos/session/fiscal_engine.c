/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/fiscal_engine.h"

#include "drivers/worker.h"
#include "pos/session/fiscal_run.h"

/* How often the registrar is looked at: soon after a fault, then ever more rarely. */
#define WATCH_FIRST_MS 2000
#define WATCH_DOWN_MAX_MS 15000
#define WATCH_IDLE_MS 5000
#define WATCH_SOON_MS 100

struct FiscalEngine {
	gatomicrefcount references; /* calls under way hold one: callbacks come late */
	bool closed; /* on the caller's thread: no callback any more */
	FiscalRun *run; /* owned; used on the worker's thread */
	Worker *worker; /* owned */

	FiscalListener listener;
	void *listener_data;
	GMainContext *context; /* owned */
	GSource *timer; /* owned */
	int interval;
	bool asked; /* the listener is told also where nothing is new */
	bool known, ready; /* what the listener was told */
	DeviceFault fault;
	FiscalStatus status;
};

/* What is asked for, on its way to the device's thread and back. */
typedef struct {
	FiscalEngine *engine; /* a reference */
	GAsyncReadyCallback callback;
	void *data;
	TillRequest request;
	char *cashier_name;
	int64_t cashier;
	void (*run)(FiscalRun *, const TillRequest *, const char *, FiscalOutcome *);
	FiscalOutcome outcome;
	FiscalStatus status;
	GError *fault;
} Call;

void fiscal_engine_leave_drawer(FiscalEngine *self)
{
	fiscal_run_leave_drawer(self->run);
}

static void engine_unref(FiscalEngine *self)
{
	if (!g_atomic_ref_count_dec(&self->references))
		return;
	g_main_context_unref(self->context);
	g_free(self);
}

static void call_free(void *data)
{
	Call *call = data;

	fiscal_outcome_clear(&call->outcome);
	g_clear_error(&call->fault);
	g_free(call->cashier_name);
	engine_unref(call->engine);
	g_free(call);
}

static void schedule(FiscalEngine *self, int interval);

/* After a failure the status bar shall not go on saying that all is well. */
static void look_soon(FiscalEngine *self, const Call *call)
{
	const GError *error = call->outcome.error;

	if (self->timer != NULL && error != NULL && error->domain == DEVICE_FAULT)
		schedule(self, WATCH_SOON_MS);
}

/* On the caller's context. The task keeps the call until the caller has looked at it. */
static void deliver(GObject *source, GAsyncResult *result, void *data)
{
	Call *call = g_task_get_task_data(G_TASK(result));

	if (call->engine->closed || call->callback == NULL)
		return;
	look_soon(call->engine, call);
	call->callback(NULL, result, call->data);
}

static Call *call_new(FiscalEngine *self, GAsyncReadyCallback callback, void *data)
{
	Call *call = g_new0(Call, 1);

	g_atomic_ref_count_inc(&self->references);
	call->engine = self;
	call->callback = callback;
	call->data = data;
	return call;
}

static void start(Call *call, GTaskThreadFunc job)
{
	GTask *task = g_task_new(NULL, NULL, deliver, NULL);

	g_task_set_task_data(task, call, call_free);
	worker_run(call->engine->worker, task, job);
	g_object_unref(task);
}

FiscalEngine *fiscal_engine_new(TillDb *db, const struct fiscal_driver *driver, const char *address,
				GHashTable *options)
{
	FiscalEngine *self = g_new0(FiscalEngine, 1);

	g_atomic_ref_count_init(&self->references);
	self->run = fiscal_run_new(db, driver, address, options);
	self->worker = worker_new("fiscal");
	self->context = g_main_context_ref_thread_default();
	return self;
}

static void stop_timer(FiscalEngine *self)
{
	if (self->timer == NULL)
		return;
	g_source_destroy(self->timer);
	g_clear_pointer(&self->timer, g_source_unref);
}

void fiscal_engine_free(FiscalEngine *self)
{
	if (self == NULL)
		return;
	self->closed = true;
	stop_timer(self);
	fiscal_run_cancel(self->run);
	worker_free(self->worker);
	fiscal_run_free(self->run);
	engine_unref(self);
}

/* --- documents ----------------------------------------------------------------------------- */

static void run_job(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Call *call = data;

	call->run(call->engine->run, &call->request, call->cashier_name, &call->outcome);
	g_task_return_boolean(task, TRUE);
}

static void recover(FiscalRun *run, const TillRequest *request, const char *name,
		    FiscalOutcome *ret)
{
	fiscal_run_recover(run, ret);
}

static void retry(FiscalRun *run, const TillRequest *request, const char *name, FiscalOutcome *ret)
{
	fiscal_run_retry(run, ret);
}

static void settle(FiscalRun *run, const TillRequest *request, const char *name, FiscalOutcome *ret)
{
	fiscal_run_settle(run, request->cashier, ret);
}

static void accept_registrar(FiscalRun *run, const TillRequest *request, const char *name,
			     FiscalOutcome *ret)
{
	fiscal_run_accept(run, request->cashier, ret);
}

void fiscal_engine_recover_async(FiscalEngine *self, GAsyncReadyCallback callback, void *data)
{
	Call *call = call_new(self, callback, data);

	call->run = recover;
	start(call, run_job);
}

void fiscal_engine_run_async(FiscalEngine *self, const TillRequest *request,
			     const char *cashier_name, GAsyncReadyCallback callback, void *data)
{
	Call *call = call_new(self, callback, data);

	call->run = fiscal_run_request;
	call->request = *request;
	call->cashier_name = g_strdup(cashier_name);
	start(call, run_job);
}

void fiscal_engine_retry_async(FiscalEngine *self, GAsyncReadyCallback callback, void *data)
{
	Call *call = call_new(self, callback, data);

	call->run = retry;
	start(call, run_job);
}

void fiscal_engine_settle_async(FiscalEngine *self, int64_t cashier, GAsyncReadyCallback callback,
				void *data)
{
	Call *call = call_new(self, callback, data);

	call->run = settle;
	call->request.cashier = cashier;
	start(call, run_job);
}

void fiscal_engine_accept_async(FiscalEngine *self, int64_t cashier, GAsyncReadyCallback callback,
				void *data)
{
	Call *call = call_new(self, callback, data);

	call->run = accept_registrar;
	call->request.cashier = cashier;
	start(call, run_job);
}

void fiscal_engine_finish(FiscalEngine *self, GAsyncResult *result, FiscalOutcome *ret)
{
	Call *call = g_task_get_task_data(G_TASK(result));

	*ret = call->outcome;
	call->outcome.error = NULL; /* handed on */
	call->outcome.words = NULL;
}

/* --- drawer -------------------------------------------------------------------------------- */

static void drawer_job(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Call *call = data;
	GError *error = NULL;

	if (fiscal_run_open_drawer(call->engine->run, &error))
		g_task_return_boolean(task, TRUE);
	else
		g_task_return_error(task, error);
}

void fiscal_engine_open_drawer_async(FiscalEngine *self, GAsyncReadyCallback callback, void *data)
{
	start(call_new(self, callback, data), drawer_job);
}

bool fiscal_engine_open_drawer_finish(FiscalEngine *self, GAsyncResult *result, GError **error)
{
	return g_task_propagate_boolean(G_TASK(result), error);
}

/* --- watch --------------------------------------------------------------------------------- */

static void schedule(FiscalEngine *self, int interval);

static void watch_job(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Call *call = data;
	FiscalRun *run = call->engine->run;

	if (fiscal_run_observe(run, &call->status, &call->fault)) {
		fiscal_run_ask(run, &call->outcome);
		/* What is in doubt has moved its counter, perhaps. */
		if (call->outcome.outcome == FISCAL_OUTCOME_NOTHING)
			fiscal_run_check(run, &call->status, &call->fault);
	}
	g_task_return_boolean(task, TRUE);
}

static bool is_news(const FiscalEngine *self, const Call *call)
{
	bool ready = call->fault == NULL;

	if (!self->known || ready != self->ready)
		return true;
	if (!ready)
		return (DeviceFault)call->fault->code != self->fault;
	return call->status.paper_out != self->status.paper_out ||
	       call->status.paper_near_end != self->status.paper_near_end ||
	       call->status.memory_near_full != self->status.memory_near_full ||
	       call->status.memory_full != self->status.memory_full ||
	       call->status.lotteries != self->status.lotteries ||
	       call->status.shift_open != self->status.shift_open ||
	       call->status.shift_too_long != self->status.shift_too_long ||
	       call->status.document_open != self->status.document_open ||
	       !g_str_equal(call->status.serial, self->status.serial);
}

static void tell_device(FiscalEngine *self, const Call *call)
{
	if (!self->asked && !is_news(self, call))
		return;
	self->asked = false;
	self->known = true;
	self->ready = call->fault == NULL;
	self->fault = call->fault != NULL ? (DeviceFault)call->fault->code : DEVICE_FAULT_N;
	self->status = call->status;
	if (self->listener.device != NULL)
		self->listener.device(self->ready, self->fault, &self->status, self->listener_data);
}

static void tell_resolved(FiscalEngine *self, Call *call)
{
	if (call->outcome.outcome != FISCAL_OUTCOME_NOTHING &&
	    call->outcome.outcome != FISCAL_OUTCOME_UNKNOWN && self->listener.resolved != NULL)
		self->listener.resolved(&call->outcome, self->listener_data);
}

static void watched(GObject *source, GAsyncResult *result, void *data)
{
	FiscalEngine *self = data;
	Call *call = g_task_get_task_data(G_TASK(result));
	bool down = call->fault != NULL || call->status.paper_out ||
		    call->outcome.outcome == FISCAL_OUTCOME_UNKNOWN;

	tell_device(self, call);
	if (!self->closed)
		tell_resolved(self, call);
	if (self->closed)
		return;
	if (!down)
		schedule(self, WATCH_IDLE_MS);
	else
		schedule(self, self->interval >= WATCH_IDLE_MS
				       ? WATCH_FIRST_MS
				       : MIN(self->interval * 2, WATCH_DOWN_MAX_MS - 1));
}

static gboolean on_timer(void *data)
{
	FiscalEngine *self = data;

	if (worker_get_pending(self->worker) > 0)
		return G_SOURCE_CONTINUE; /* at work: it is looked at anyway */
	stop_timer(self);
	start(call_new(self, watched, self), watch_job);
	return G_SOURCE_REMOVE;
}

static void schedule(FiscalEngine *self, int interval)
{
	stop_timer(self);
	self->interval = interval;
	self->timer = g_timeout_source_new((guint)interval);
	g_source_set_callback(self->timer, on_timer, self, NULL);
	g_source_attach(self->timer, self->context);
}

void fiscal_engine_watch(FiscalEngine *self, const FiscalListener *listener, void *data)
{
	self->listener = *listener;
	self->listener_data = data;
	self->interval = WATCH_FIRST_MS;
	start(call_new(self, watched, self), watch_job);
}

void fiscal_engine_look(FiscalEngine *self)
{
	stop_timer(self);
	self->interval = WATCH_FIRST_MS;
	self->asked = true;
	g_main_context_push_thread_default(self->context);
	start(call_new(self, watched, self), watch_job);
	g_main_context_pop_thread_default(self->context);
}
