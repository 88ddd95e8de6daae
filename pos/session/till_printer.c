/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/till_printer.h"

#define LOOK_EVERY (5 * G_TIME_SPAN_SECOND)

struct TillPrinter {
	GThread *thread;
	DeviceLink link;
	TillDb *db; /* borrowed */
	PaperShop shop; /* strings owned */
	NumberStyle style;
	TillPrinterListener listener;
	void *data;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving;
	bool owes; /* the database is to be looked at */
	bool counts; /* a receipt more is owed: told at once, whenever it can be printed */
	int pulses; /* the drawer is to be opened so often */
	GQueue papers; /* Paper, owned */

	/* the thread's own */
	const struct printer_driver *driver;
	struct printer *printer;
	int64_t look_at; /* monotonic: when it is next asked how it is */
	int64_t told_owed;
};

static void disconnect(TillPrinter *self)
{
	if (self->printer != NULL)
		self->driver->close(g_steal_pointer(&self->printer));
	device_link_close(&self->link);
}

static bool reach(TillPrinter *self, GError **error)
{
	struct port *port;

	if (self->printer != NULL)
		return true;
	self->driver = printer_driver_find(self->link.protocol);
	if (self->driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "no printer '%s'",
			    self->link.protocol);
		return false;
	}
	port = device_link_open(&self->link, NULL, error);
	if (port == NULL)
		return false;
	self->printer = self->driver->open(port, self->link.options, error);
	return self->printer != NULL;
}

/* What the printer has, for the status bar; a printer that went is opened anew. */
static void tell(TillPrinter *self, const GError *fault)
{
	if (fault != NULL && !g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_PAPER_OUT) &&
	    !g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_COVER_OPEN) &&
	    !g_error_matches(fault, DEVICE_FAULT, DEVICE_FAULT_MECHANISM))
		disconnect(self);
	device_link_tell(&self->link, fault);
	self->look_at = g_get_monotonic_time() + LOOK_EVERY;
}

static void tell_owed(TillPrinter *self)
{
	int64_t owed = till_paper_count(self->db);

	if (owed == self->told_owed)
		return;
	self->told_owed = owed;
	self->listener.owed(owed, self->data);
}

static bool look(TillPrinter *self)
{
	g_autoptr(GError) fault = NULL;
	PrinterStatus status = { 0 };

	if (reach(self, &fault) && self->driver->observe(self->printer, &status, &fault) &&
	    status.speaks && printer_status_fault(&status) != DEVICE_FAULT_N)
		g_set_error(&fault, DEVICE_FAULT, (int)printer_status_fault(&status),
			    "the printer says so");
	tell(self, fault);
	return fault == NULL;
}

static void open_drawer(TillPrinter *self)
{
	g_autoptr(GError) fault = NULL;

	if (!reach(self, &fault) || !self->driver->open_drawer(self->printer, &fault))
		tell(self, fault);
	self->listener.drawer(fault, self->data);
}

/* --- paper ---------------------------------------------------------------------------------- */

static bool take_pulse(TillPrinter *self);
static bool take_count(TillPrinter *self);

/* Somebody is putting in a roll meanwhile, and sells on: the light says why, and a drawer that
 * cannot open now does not open later. */
static bool wait_for_person(DeviceFault fault, void *data)
{
	TillPrinter *self = data;
	g_autoptr(GError) error =
		g_error_new_literal(DEVICE_FAULT, (int)fault, "the printer waits for a person");

	device_link_tell(&self->link, error);
	while (take_pulse(self))
		self->listener.drawer(error, self->data);
	if (take_count(self))
		tell_owed(self);
	return true;
}

/* What became of its paper is on the disk before the next thing is done. */
static bool settle(TillPrinter *self, const TillPaper *owed, PrintOutcome outcome, GError **error)
{
	switch (outcome) {
	case PRINT_DONE:
	case PRINT_SENT:
		return till_paper_end(self->db, owed->id, error);
	case PRINT_UNKNOWN:
		return till_paper_doubt(self->db, owed->id, error);
	default:
		return till_paper_release(self->db, owed->id, error);
	}
}

/* The oldest receipt; false where there is none or it did not come out. */
static bool print_owed(TillPrinter *self)
{
	g_auto(TillPaper) owed = { 0 };
	g_autoptr(Paper) paper = NULL;
	g_autoptr(GError) fault = NULL, error = NULL;
	PrintOutcome outcome;

	if (!till_paper_next(self->db, &owed, &error)) {
		g_debug("receipts to print: %s", error->message);
		return false;
	}
	if (owed.id == 0)
		return false;
	/* The till was stopped in the middle of it. */
	owed.copy = owed.copy || owed.begun;
	if (!reach(self, &fault)) {
		tell(self, fault);
		return false;
	}
	paper = receipt_paper_new(&self->shop, owed.receipt, owed.number, owed.cashier, owed.at,
				  owed.copy);
	if (!till_paper_begin(self->db, owed.id, &error))
		return false;
	outcome = self->driver->print(self->printer, paper, wait_for_person, self, &fault);
	if (!settle(self, &owed, outcome, &error))
		g_debug("receipt printed, not marked: %s", error->message);
	tell(self, fault);
	tell_owed(self);
	return fault == NULL && error == NULL;
}

static bool print_paper(TillPrinter *self, const Paper *paper)
{
	g_autoptr(GError) fault = NULL;
	bool done = reach(self, &fault) &&
		    self->driver->print(self->printer, paper, wait_for_person, self, &fault) !=
			    PRINT_NOTHING;

	tell(self, fault);
	return done;
}

/* --- the thread ----------------------------------------------------------------------------- */

static Paper *next_paper(TillPrinter *self)
{
	Paper *paper;

	g_mutex_lock(&self->mutex);
	paper = g_queue_peek_head(&self->papers);
	g_mutex_unlock(&self->mutex);
	return paper;
}

static void drop_paper(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	paper_free(g_queue_pop_head(&self->papers));
	g_mutex_unlock(&self->mutex);
}

static bool take_pulse(TillPrinter *self)
{
	bool take;

	g_mutex_lock(&self->mutex);
	take = self->pulses > 0 && !self->leaving;
	self->pulses -= take;
	g_mutex_unlock(&self->mutex);
	return take;
}

static bool take_owed(TillPrinter *self)
{
	bool take;

	g_mutex_lock(&self->mutex);
	take = self->owes && !self->leaving;
	self->owes = false;
	g_mutex_unlock(&self->mutex);
	return take;
}

static bool take_count(TillPrinter *self)
{
	bool take;

	g_mutex_lock(&self->mutex);
	take = self->counts;
	self->counts = false;
	g_mutex_unlock(&self->mutex);
	return take;
}

static void set_owed(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	self->owes = true;
	g_mutex_unlock(&self->mutex);
}

/* Everything that can be done now, the drawer before any paper. */
static void work(TillPrinter *self)
{
	for (;;) {
		const Paper *paper;

		if (take_pulse(self)) {
			open_drawer(self);
			continue;
		}
		if (take_count(self))
			tell_owed(self);
		if (!device_link_is_due(&self->link))
			return;
		if (take_owed(self)) {
			tell_owed(self);
			if (!print_owed(self)) {
				if (self->told_owed > 0)
					set_owed(self);
				if (self->link.failures > 0)
					return;
				continue;
			}
			set_owed(self);
			continue;
		}
		paper = next_paper(self);
		if (paper == NULL)
			return;
		if (!print_paper(self, paper))
			return;
		drop_paper(self);
	}
}

/* Until there is something to do, or it is time to look how the printer is. False to end. */
static bool wait_for_work(TillPrinter *self)
{
	bool stays;

	g_mutex_lock(&self->mutex);
	while (!self->leaving && self->pulses == 0 && !self->counts) {
		bool may_print = device_link_is_due(&self->link) &&
				 (self->owes || !g_queue_is_empty(&self->papers));
		int64_t until = self->link.failures > 0 ? self->link.retry_at : self->look_at;

		if (may_print || g_get_monotonic_time() >= until)
			break;
		g_cond_wait_until(&self->changed, &self->mutex, until);
	}
	stays = !self->leaving;
	g_mutex_unlock(&self->mutex);
	return stays;
}

static void *serve(void *data)
{
	TillPrinter *self = data;

	look(self);
	tell_owed(self);
	while (wait_for_work(self)) {
		if (g_get_monotonic_time() >= self->look_at && device_link_is_due(&self->link))
			look(self);
		work(self);
	}
	disconnect(self);
	return NULL;
}

TillPrinter *till_printer_new(const DeviceConf *conf, TillDb *db, const PaperShop *shop,
			      const TillPrinterListener *listener, void *data)
{
	TillPrinter *self = g_new0(TillPrinter, 1);

	device_link_init(&self->link, conf, listener->state, data);
	self->db = db;
	self->style = *shop->style;
	self->shop = (PaperShop){ .shop = g_strdup(shop->shop),
				  .till = g_strdup(shop->till),
				  .timezone = g_strdup(shop->timezone),
				  .logo = g_strdup(shop->logo),
				  .footer = g_strdup(shop->footer),
				  .style = &self->style };
	self->listener = *listener;
	self->data = data;
	self->owes = true; /* from before the start */
	g_queue_init(&self->papers);
	g_mutex_init(&self->mutex);
	g_cond_init(&self->changed);
	self->thread = g_thread_new("printer", serve, self);
	return self;
}

static void free_paper(void *paper)
{
	paper_free(paper);
}

void till_printer_free(TillPrinter *self)
{
	if (self == NULL)
		return;
	g_mutex_lock(&self->mutex);
	self->leaving = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
	device_link_cancel(&self->link);
	g_thread_join(self->thread);
	device_link_clear(&self->link);
	g_queue_clear_full(&self->papers, free_paper);
	g_free((char *)self->shop.shop);
	g_free((char *)self->shop.till);
	g_free((char *)self->shop.timezone);
	g_free((char *)self->shop.logo);
	g_free((char *)self->shop.footer);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_free(self);
}

void till_printer_wake(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	self->owes = true;
	self->counts = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

void till_printer_open_drawer(TillPrinter *self)
{
	g_mutex_lock(&self->mutex);
	self->pulses++;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

void till_printer_print(TillPrinter *self, Paper *paper)
{
	g_mutex_lock(&self->mutex);
	g_queue_push_tail(&self->papers, paper);
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}
