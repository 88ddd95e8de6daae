/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/device_trial.h"

#include "drivers/display/display.h"
#include "drivers/fiscal/fiscal.h"
#include "drivers/payment/payment.h"
#include "drivers/printer/printer.h"
#include "drivers/scale/scale.h"
#include "drivers/scanner/scanner.h"

#define SCREEN_TIME G_TIME_SPAN_SECOND
#define SCAN_PATIENCE (10 * G_TIME_SPAN_SECOND)

struct DeviceTrial {
	GThread *thread;
	TrialKind kind;
	DeviceLink link;
	PaperShop shop; /* strings owned */
	NumberStyle style;
	TrialDone done;
	void *data;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving;
	char *scanned; /* owned */
};

void trial_outcome_free(TrialOutcome *self)
{
	g_clear_error(&self->error);
	g_free(self->detail);
	g_free(self);
}

static bool bad_protocol(const DeviceTrial *self, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "no protocol '%s'",
		    self->link.protocol);
	return false;
}

static bool was_cancelled(GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "the trial was broken off");
	return false;
}

/* --- the registrar -------------------------------------------------------------------------- */

static bool look_at_registrar(const struct fiscal_driver *driver, struct fiscal *fiscal,
			      TrialOutcome *outcome)
{
	FiscalStatus status = { 0 };

	if (!driver->observe(fiscal, &status, &outcome->error))
		return false;
	outcome->code = "trial-fiscal";
	outcome->detail = g_strdup(status.serial);
	return true;
}

static void try_fiscal(DeviceTrial *self, TrialOutcome *outcome)
{
	const struct fiscal_driver *driver = fiscal_driver_find(self->link.protocol);
	struct port *port;
	struct fiscal *fiscal;

	if (driver == NULL) {
		bad_protocol(self, &outcome->error);
		return;
	}
	port = device_link_open(&self->link, NULL, &outcome->error);
	if (port == NULL)
		return;
	fiscal = driver->open(port, self->link.options, &outcome->error);
	if (fiscal == NULL)
		return;
	if (self->kind == TRIAL_FISCAL)
		look_at_registrar(driver, fiscal, outcome);
	else if (driver->open_drawer(fiscal, &outcome->error))
		outcome->code = "trial-drawer";
	driver->close(fiscal);
}

/* --- printer and drawer --------------------------------------------------------------------- */

static bool print_page(DeviceTrial *self, const struct printer_driver *driver,
		       struct printer *printer, GError **error)
{
	g_autofree char *device = g_strconcat(self->link.protocol, "@", self->link.address, NULL);
	g_autoptr(Paper) paper =
		trial_paper_new(&self->shop, device, driver->columns(printer), g_get_real_time());
	PrinterStatus status = { 0 };

	if (!driver->observe(printer, &status, error))
		return false;
	if (status.speaks && printer_status_fault(&status) != DEVICE_FAULT_N) {
		g_set_error(error, DEVICE_FAULT, (int)printer_status_fault(&status),
			    "the printer says so");
		return false;
	}
	switch (driver->print(printer, paper, NULL, NULL, error)) {
	case PRINT_DONE:
	case PRINT_SENT:
		return true;
	default:
		return false;
	}
}

static void try_printer(DeviceTrial *self, TrialOutcome *outcome)
{
	const struct printer_driver *driver = printer_driver_find(self->link.protocol);
	struct port *port;
	struct printer *printer;

	if (driver == NULL) {
		bad_protocol(self, &outcome->error);
		return;
	}
	port = device_link_open(&self->link, NULL, &outcome->error);
	if (port == NULL)
		return;
	printer = driver->open(port, self->link.options, &outcome->error);
	if (printer == NULL)
		return;
	if (self->kind == TRIAL_PRINTER_DRAWER) {
		if (driver->open_drawer(printer, &outcome->error))
			outcome->code = "trial-drawer";
	} else if (print_page(self, driver, printer, &outcome->error)) {
		outcome->code = "trial-printer";
	}
	driver->close(printer);
}

/* --- card terminal and scale ---------------------------------------------------------------- */

static void try_payment(DeviceTrial *self, TrialOutcome *outcome)
{
	const struct payment_driver *driver = payment_driver_find(self->link.protocol);
	struct port *port;
	struct payment *payment;
	PaymentIntent nothing;

	if (driver == NULL) {
		bad_protocol(self, &outcome->error);
		return;
	}
	port = device_link_open(&self->link, "baud=9600&stop=2", &outcome->error);
	if (port == NULL)
		return;
	payment = driver->open(port, self->link.options, &outcome->error);
	if (payment == NULL)
		return;
	if (driver->prepare(payment, (Money){ 0 }, &nothing, &outcome->error))
		outcome->code = "trial-payment";
	driver->close(payment);
}

static void tell_reading(const DeviceTrial *self, const ScaleReading *reading,
			 TrialOutcome *outcome)
{
	bool says = reading->state == SCALE_STABLE || reading->state == SCALE_EMPTY;

	outcome->code = says ? "trial-weight" : "trial-scale";
	if (says)
		outcome->detail = number_text_quantity(&self->style, reading->net);
}

static void try_scale(DeviceTrial *self, TrialOutcome *outcome)
{
	const struct scale_driver *driver = scale_driver_find(self->link.protocol);
	ScaleReading reading = { 0 };
	struct port *port;
	struct scale *scale;

	if (driver == NULL) {
		bad_protocol(self, &outcome->error);
		return;
	}
	port = device_link_open(&self->link, driver->settings, &outcome->error);
	if (port == NULL)
		return;
	scale = driver->open(port, self->link.options, &outcome->error);
	if (scale == NULL)
		return;
	if (driver->read(scale, &reading, &outcome->error))
		tell_reading(self, &reading, outcome);
	driver->close(scale);
}

/* --- display -------------------------------------------------------------------------------- */

/* False where the till is stopping. */
static bool pause_trial(DeviceTrial *self, int64_t time)
{
	int64_t until = g_get_monotonic_time() + time;
	bool stays;

	g_mutex_lock(&self->mutex);
	while (!self->leaving && self->scanned == NULL &&
	       g_cond_wait_until(&self->changed, &self->mutex, until))
		;
	stays = !self->leaving;
	g_mutex_unlock(&self->mutex);
	return stays;
}

static bool show_screens(DeviceTrial *self, const struct display_driver *driver,
			 struct display *display, GError **error)
{
	static const char *const screens[][DISPLAY_ROWS] = {
		{ "ABCDEFGHIJKLMNOPQRST", "abcdefghijklmnopqrst" },
		{ "АБВГДЕЁЖЗИЙКЛМНОПРСТ", "уфхцчшщъыьэюя Өө Үү" },
		{ "01234567890123456789", "12345,67 ₮ 89.01 ₽ %" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(screens); i++)
		if (!driver->show(display, screens[i][0], screens[i][1], error))
			return false;
		else if (!pause_trial(self, SCREEN_TIME))
			return was_cancelled(error);
	return true;
}

static void try_display(DeviceTrial *self, TrialOutcome *outcome)
{
	const struct display_driver *driver = display_driver_find(self->link.protocol);
	struct port *port = NULL;
	struct display *display;

	if (driver == NULL) {
		bad_protocol(self, &outcome->error);
		return;
	}
	if (!driver->needs_no_port &&
	    (port = device_link_open(&self->link, "baud=9600", &outcome->error)) == NULL)
		return;
	display = driver->open(port, self->link.options, &outcome->error);
	if (display == NULL)
		return;
	if (show_screens(self, driver, display, &outcome->error))
		outcome->code = "trial-display";
	driver->close(display);
}

/* --- scanner -------------------------------------------------------------------------------- */

static void on_scan(const Scan *scan, void *data)
{
	DeviceTrial *self = data;

	g_mutex_lock(&self->mutex);
	if (self->scanned == NULL)
		self->scanned = g_strdup(scan->data);
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}

static void on_scanner(const GError *fault, void *data)
{
	/* What it has is told once the time is over: a scanner may be plugged in meanwhile. */
	DeviceTrial *self = data;

	device_link_tell(&self->link, fault);
}

static void on_told(const GError *fault, void *data)
{
}

static void try_scanner(DeviceTrial *self, TrialOutcome *outcome)
{
	ScannerReader *reader = scanner_reader_new(self->link.address, on_scan, on_scanner, self);
	bool stays = pause_trial(self, SCAN_PATIENCE);

	scanner_reader_free(reader);
	outcome->detail = g_steal_pointer(&self->scanned);
	if (outcome->detail != NULL)
		outcome->code = "trial-scan";
	else if (!stays)
		was_cancelled(&outcome->error);
	else if (self->link.failures > 0)
		g_set_error(&outcome->error, DEVICE_FAULT, self->link.told_fault,
			    "the scanner is not there");
	else
		outcome->code = "trial-no-scan";
}

/* --- the thread ----------------------------------------------------------------------------- */

static void *run(void *data)
{
	static void (*const trials[])(DeviceTrial *, TrialOutcome *) = {
		[TRIAL_FISCAL] = try_fiscal,	      [TRIAL_PRINTER] = try_printer,
		[TRIAL_PRINTER_DRAWER] = try_printer, [TRIAL_FISCAL_DRAWER] = try_fiscal,
		[TRIAL_PAYMENT] = try_payment,	      [TRIAL_SCALE] = try_scale,
		[TRIAL_DISPLAY] = try_display,	      [TRIAL_SCANNER] = try_scanner,
	};
	DeviceTrial *self = data;
	TrialOutcome *outcome = g_new0(TrialOutcome, 1);

	trials[self->kind](self, outcome);
	device_link_close(&self->link);
	self->done(outcome, self->data);
	return NULL;
}

DeviceTrial *device_trial_new(TrialKind kind, const DeviceConf *conf, const PaperShop *shop,
			      TrialDone done, void *data)
{
	DeviceTrial *self = g_new0(DeviceTrial, 1);

	self->kind = kind;
	device_link_init(&self->link, conf, on_told, self);
	self->style = *shop->style;
	self->shop = (PaperShop){ .shop = g_strdup(shop->shop),
				  .till = g_strdup(shop->till),
				  .timezone = g_strdup(shop->timezone),
				  .style = &self->style };
	self->done = done;
	self->data = data;
	g_mutex_init(&self->mutex);
	g_cond_init(&self->changed);
	self->thread = g_thread_new("trial", run, self);
	return self;
}

void device_trial_free(DeviceTrial *self)
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
	g_free((char *)self->shop.shop);
	g_free((char *)self->shop.till);
	g_free((char *)self->shop.timezone);
	g_free(self->scanned);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_free(self);
}
