/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

/* What the registrar says of itself, and which registrar it is. */

#define LOTTERIES_LOW 500 /* fiscal-ebarimt.md §6 */
#define UNSENT_LONG (24 * G_TIME_SPAN_HOUR)
#define UNSENT_TOO_LONG (3 * G_TIME_SPAN_DAY)

/* A new registrar, or one whose counter moved without us, is a person's to accept. */
static void on_accepted(GObject *source, GAsyncResult *result, void *data)
{
	Session *self = data;
	g_auto(FiscalOutcome) outcome = { 0 };
	bool ok;

	fiscal_engine_finish(self->engine, result, &outcome);
	ok = outcome.outcome == FISCAL_OUTCOME_DONE;
	fiscal_engine_look(self->engine);
	session_resume(self);
	if (ok)
		session_tell(self, "registrar-accepted", NULL, NULL);
	else
		session_refuse_fault(self, outcome.error, "report-not-made");
	session_job_end(self, ok);
}

bool session_on_accept_registrar(Session *self, const SessionEvent *event)
{
	DeviceFault fault = self->devices[SESSION_FISCAL].fault;
	bool asks = self->trouble.outcome == FISCAL_OUTCOME_NOT_MADE ||
		    (self->devices[SESSION_FISCAL].state == DEVICE_DOWN &&
		     (fault == DEVICE_FAULT_REPLACED || fault == DEVICE_FAULT_NUMBER_GAP));

	if (self->engine == NULL || !asks)
		return session_refuse(self, "nothing-waits", NULL, NULL);
	if (!session_may(self, event, TILL_RIGHT_SETTLE, "accept-right", NULL))
		return false;
	session_job_begin(self, SESSION_REPORTING);
	g_main_context_push_thread_default(self->context);
	fiscal_engine_accept_async(self->engine, self->cashier->id, on_accepted, self);
	g_main_context_pop_thread_default(self->context);
	return true;
}

/* What a cashier should know before it stops the till. */
static void warn(Session *self)
{
	const FiscalStatus *status = &self->registrar;
	bool counts = (session_fiscal_caps(self) & FISCAL_PAPER_ONLY) != 0;
	int64_t unsent = status->sent_at > 0 ? g_get_real_time() - status->sent_at : 0;

	if (counts && status->lotteries >= 0 && status->lotteries < LOTTERIES_LOW)
		self->fiscal_alarm = status->lotteries == 0 ? "no-lotteries" : "lotteries-low";
	else if (status->memory_full || status->memory_near_full)
		self->fiscal_alarm =
			status->memory_full ? "fiscal-memory-full" : "fiscal-memory-near-full";
	else if (unsent > UNSENT_LONG)
		self->fiscal_alarm =
			unsent > UNSENT_TOO_LONG ? "fiscal-unsent-days" : "fiscal-unsent";
	else
		self->fiscal_alarm = NULL;
}

static void on_device(bool ready, DeviceFault fault, const FiscalStatus *status, void *data)
{
	Session *self = data;

	if (ready && status != NULL) {
		self->registrar = *status;
		warn(self);
	}

	if (status != NULL)
		self->registrar_shift_too_long = status->shift_open && status->shift_too_long;
	if (ready && status != NULL && status->paper_out) {
		ready = false;
		fault = DEVICE_FAULT_PAPER_OUT;
	}
	session_set_device(self, SESSION_FISCAL, ready ? DEVICE_READY : DEVICE_DOWN, fault);
	session_serve_held(self);
	if (ready)
		session_go_on_late(self);
}

void session_watch_registrar(Session *self)
{
	static const FiscalListener listener = { .device = on_device,
						 .resolved = session_take_resolved };

	if (self->engine == NULL)
		return;
	g_main_context_push_thread_default(self->context);
	fiscal_engine_watch(self->engine, &listener, self);
	g_main_context_pop_thread_default(self->context);
}
