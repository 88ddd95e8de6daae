/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/fiscal_device.h"

struct FiscalDevice {
	const struct fiscal_driver *driver;
	char *address; /* owned; NULL: the driver has no cable */
	GHashTable *options; /* borrowed, may be NULL */
	struct fiscal *fiscal; /* owned; NULL while it is not open */
	GMutex lock; /* over the two below: cancel comes from another thread */
	struct port *port; /* owned */
	bool cancelled;
};

FiscalDevice *fiscal_device_new(const struct fiscal_driver *driver, const char *address,
				GHashTable *options)
{
	FiscalDevice *self = g_new0(FiscalDevice, 1);

	self->driver = driver;
	self->address = g_strdup(address);
	self->options = options;
	g_mutex_init(&self->lock);
	return self;
}

/* --- there or not -------------------------------------------------------------------------- */

static void let_go(FiscalDevice *self)
{
	struct port *port;

	if (self->fiscal != NULL)
		self->driver->close(g_steal_pointer(&self->fiscal));
	g_mutex_lock(&self->lock);
	port = g_steal_pointer(&self->port);
	g_mutex_unlock(&self->lock);
	if (port != NULL)
		port_close(port);
}

void fiscal_device_free(FiscalDevice *self)
{
	let_go(self);
	g_mutex_clear(&self->lock);
	g_free(self->address);
	g_free(self);
}

void fiscal_device_cancel(FiscalDevice *self)
{
	g_mutex_lock(&self->lock);
	self->cancelled = true;
	if (self->port != NULL)
		port_cancel(self->port);
	g_mutex_unlock(&self->lock);
}

static bool keep_port(FiscalDevice *self, struct port *port, GError **error)
{
	bool cancelled;

	g_mutex_lock(&self->lock);
	cancelled = self->cancelled;
	self->port = port;
	g_mutex_unlock(&self->lock);
	if (cancelled)
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "the till is stopping");
	return !cancelled;
}

static bool reach(FiscalDevice *self, GError **error)
{
	struct port *port = NULL;

	if (self->fiscal != NULL)
		return true;
	if (self->address != NULL && (port = port_open(self->address, error)) == NULL)
		return false;
	if (keep_port(self, port, error))
		self->fiscal = self->driver->open(port, self->options, error);
	if (self->fiscal == NULL)
		let_go(self);
	return self->fiscal != NULL;
}

/* A device that has gone, or talks nonsense, is opened anew by the next call. */
static bool keep_if(FiscalDevice *self, bool ok, const GError *error)
{
	if (!ok && (g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE) ||
		    g_error_matches(error, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL)))
		let_go(self);
	return ok;
}

/* Calls a function of the driver that takes nothing. */
static bool call(FiscalDevice *self, bool (*function)(struct fiscal *, GError **), GError **error)
{
	g_autoptr(GError) local = NULL;
	bool ok = reach(self, &local) && function(self->fiscal, &local);

	keep_if(self, ok, local);
	if (!ok)
		g_propagate_error(error, g_steal_pointer(&local));
	return ok;
}

bool fiscal_device_cancel_open(FiscalDevice *self, GError **error)
{
	return call(self, self->driver->cancel_open, error);
}

bool fiscal_device_finish_open(FiscalDevice *self, const FiscalDocument *document, GError **error)
{
	g_autoptr(GError) local = NULL;
	bool ok = reach(self, &local);

	if (ok && self->driver->finish_open == NULL) {
		g_set_error(&local, DEVICE_FAULT, DEVICE_FAULT_DOCUMENT_OPEN,
			    "it has no way to close what hangs open");
		ok = false;
	}
	ok = ok && self->driver->finish_open(self->fiscal, document, &local);
	keep_if(self, ok, local);
	if (!ok)
		g_propagate_error(error, g_steal_pointer(&local));
	return ok;
}

bool fiscal_device_read_totals(FiscalDevice *self, FiscalTotals *ret, GError **error)
{
	g_autoptr(GError) local = NULL;
	bool ok;

	*ret = (FiscalTotals){ 0 };
	if (self->driver->read_totals == NULL)
		return true;
	ok = reach(self, &local) && self->driver->read_totals(self->fiscal, ret, &local);
	keep_if(self, ok, local);
	if (!ok)
		g_propagate_error(error, g_steal_pointer(&local));
	return ok;
}

bool fiscal_device_set_clock(FiscalDevice *self, int64_t at, GError **error)
{
	g_autoptr(GError) local = NULL;
	bool ok;

	if (self->driver->set_clock == NULL)
		return false;
	ok = reach(self, &local) && self->driver->set_clock(self->fiscal, at, &local);
	keep_if(self, ok, local);
	if (!ok)
		g_propagate_error(error, g_steal_pointer(&local));
	return ok;
}

PaperOnly *fiscal_device_take_words(FiscalDevice *self)
{
	return self->fiscal != NULL && self->driver->take_paper_only != NULL
		       ? self->driver->take_paper_only(self->fiscal)
		       : NULL;
}

FiscalCaps fiscal_device_get_caps(const FiscalDevice *self)
{
	return self->driver->caps;
}

bool fiscal_device_finish_print(FiscalDevice *self, GError **error)
{
	return call(self, self->driver->finish_print, error);
}

bool fiscal_device_open_drawer(FiscalDevice *self, GError **error)
{
	return call(self, self->driver->open_drawer, error);
}

bool fiscal_device_observe(FiscalDevice *self, FiscalStatus *ret, GError **error)
{
	g_autoptr(GError) local = NULL;
	FiscalStatus status = { 0 };
	bool ok = reach(self, &local) && self->driver->observe(self->fiscal, &status, &local);

	keep_if(self, ok, local);
	if (ok)
		*ret = status;
	else
		g_propagate_error(error, g_steal_pointer(&local));
	return ok;
}

/* --- documents ----------------------------------------------------------------------------- */

struct fiscal_plan *fiscal_device_plan(FiscalDevice *self, const FiscalDocument *document,
				       char **ret_text, GError **error)
{
	struct fiscal_plan *plan;

	if (!reach(self, error))
		return NULL;
	plan = self->driver->plan(self->fiscal, document, error);
	if (plan != NULL)
		*ret_text = self->driver->plan_describe(plan);
	return plan;
}

int fiscal_device_n_steps(FiscalDevice *self, const struct fiscal_plan *plan)
{
	return self->driver->plan_n_steps(plan);
}

int fiscal_device_commit_step(FiscalDevice *self, const struct fiscal_plan *plan)
{
	return self->driver->plan_commit_step(plan);
}

void fiscal_device_plan_free(FiscalDevice *self, struct fiscal_plan *plan)
{
	self->driver->plan_free(plan);
}

bool fiscal_device_step(FiscalDevice *self, struct fiscal_plan *plan, int n, FiscalProof *proof,
			GError **error)
{
	if (self->fiscal != NULL)
		return self->driver->step(self->fiscal, plan, n, proof, error);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE, "the registrar was lost");
	return false;
}

FiscalVerdict fiscal_device_reconcile(FiscalDevice *self, const FiscalIntent *intent,
				      bool (*used_proof)(const char *, uint32_t, void *),
				      void *data, FiscalProof *ret, GError **error)
{
	bool was_open = self->fiscal != NULL;

	for (int attempt = was_open ? 0 : 1;; attempt++) {
		g_autoptr(GError) local = NULL;
		FiscalVerdict verdict = FISCAL_CANNOT_TELL;

		if (reach(self, &local))
			verdict = self->driver->reconcile(self->fiscal, intent, used_proof, data,
							  ret, &local);
		if (verdict != FISCAL_CANNOT_TELL)
			return verdict;
		let_go(self);
		if (attempt == 1) {
			g_propagate_error(error, g_steal_pointer(&local));
			return verdict;
		}
	}
}

static bool run_steps(FiscalDevice *self, struct fiscal_plan *plan, GError **error)
{
	FiscalProof proof;
	int n = self->driver->plan_n_steps(plan);

	for (int i = 0; i < n; i++)
		if (!keep_if(self, fiscal_device_step(self, plan, i, &proof, error),
			     error != NULL ? *error : NULL))
			return false;
	return true;
}

bool fiscal_device_report(FiscalDevice *self, const FiscalDocument *document, GError **error)
{
	g_autofree char *text = NULL;
	struct fiscal_plan *plan = fiscal_device_plan(self, document, &text, error);
	bool ok;

	if (plan == NULL)
		return false;
	ok = run_steps(self, plan, error);
	self->driver->plan_free(plan);
	return ok && fiscal_device_finish_print(self, error);
}

bool fiscal_device_drop_open(FiscalDevice *self, GError **error)
{
	FiscalStatus status;

	return fiscal_device_observe(self, &status, error) &&
	       (!status.document_open || fiscal_device_cancel_open(self, error));
}
