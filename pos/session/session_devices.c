/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/private.h"

#include "drivers/display/display.h"
#include "drivers/port/port.h"

#include <glib/gi18n-lib.h>

/* The devices around the till. Each has its own thread; what they say arrives by mail. A device
 * that is gone is shown and written down, and the sale goes on without it. */

const char *session_device_code(SessionDevice device)
{
	static const char *const codes[SESSION_N_DEVICES] = {
		[SESSION_FISCAL] = "fiscal",   [SESSION_PRINTER] = "printer",
		[SESSION_PAYMENT] = "payment", [SESSION_SCALE] = "scale",
		[SESSION_DISPLAY] = "display", [SESSION_SCANNER] = "scanner",
		[SESSION_HUB] = "hub",
	};

	return codes[device];
}

/* An entry where a fault begins, changes or ends. The hub's absence is no event of the till. */
static void write_down(Session *self, SessionDevice device, bool was_down, SessionDeviceState state,
		       DeviceFault fault)
{
	json_auto_t *details = NULL;

	if (device == SESSION_HUB || (state != DEVICE_DOWN && !was_down))
		return;
	details = json_pack("{s:s, s:s}", "device", session_device_code(device), "fault",
			    state == DEVICE_DOWN ? device_fault_code(fault) : "");
	if (!session_journal(self, JOURNAL_DEVICE, details))
		self->alarm = "save-failed";
}

void session_set_device(Session *self, SessionDevice device, SessionDeviceState state,
			DeviceFault fault)
{
	bool was_down = self->devices[device].state == DEVICE_DOWN;

	if (self->devices[device].state == state &&
	    (state != DEVICE_DOWN || self->devices[device].fault == fault))
		return;
	self->devices[device].state = state;
	self->devices[device].fault = fault;
	write_down(self, device, was_down, state, fault);
	session_emit(self);
}

typedef struct {
	SessionDevice device;
	bool down;
	DeviceFault fault;
} DeviceNews;

static bool has_thread(const Session *self, SessionDevice device)
{
	switch (device) {
	case SESSION_PRINTER:
		return self->printer != NULL;
	case SESSION_PAYMENT:
		return self->terminal != NULL;
	case SESSION_SCALE:
		return self->scale != NULL;
	case SESSION_DISPLAY:
		return self->display != NULL;
	case SESSION_SCANNER:
		return self->scanner != NULL;
	default:
		return true;
	}
}

static void take_news(void *owner, void *data)
{
	const DeviceNews *news = data;

	/* The last words of one that was taken out of the settings, or is being tried. */
	if (!has_thread(owner, news->device))
		return;
	session_set_device(owner, news->device, news->down ? DEVICE_DOWN : DEVICE_READY,
			   news->fault);
}

void session_send_news(Session *self, SessionDevice device, const GError *fault)
{
	DeviceNews *news = g_new0(DeviceNews, 1);

	news->device = device;
	news->down = fault != NULL;
	if (fault != NULL)
		news->fault = fault->domain == DEVICE_FAULT ? (DeviceFault)fault->code
							    : DEVICE_FAULT_OFFLINE;
	mailbox_send(self->mailbox, take_news, news, g_free);
}

static void on_display(const GError *fault, void *data)
{
	session_send_news(data, SESSION_DISPLAY, fault);
}

static void on_scanner(const GError *fault, void *data)
{
	session_send_news(data, SESSION_SCANNER, fault);
}

static void on_scan(const Scan *scan, void *data)
{
	g_autofree char *text = g_strconcat(scan->aim, scan->data, NULL);

	session_post(data, session_event_new(SESSION_SCAN, text));
}

/* --- starting ------------------------------------------------------------------------------- */

bool session_read_conf(Session *self, GKeyFile *conf, SessionDevice device, DeviceConf *ret)
{
	g_autoptr(GError) error = NULL;

	if (!device_conf_read(ret, conf, session_device_code(device), &error)) {
		g_debug("%s", error->message);
		session_set_device(self, device, DEVICE_DOWN, DEVICE_FAULT_BAD_ADDRESS);
		return false;
	}
	return ret->present;
}

static void start_display(Session *self, GKeyFile *conf)
{
	g_auto(DeviceConf) device = { 0 };

	if (!session_read_conf(self, conf, SESSION_DISPLAY, &device))
		return;
	self->devices[SESSION_DISPLAY].state = DEVICE_WORKING;
	self->display = shopper_display_new(&device, on_display, self);
}

static void start_scanner(Session *self, GKeyFile *conf)
{
	g_auto(DeviceConf) device = { 0 };

	if (!session_read_conf(self, conf, SESSION_SCANNER, &device))
		return;
	self->devices[SESSION_SCANNER].state = DEVICE_WORKING;
	self->scanner = scanner_reader_new(device.address, on_scan, on_scanner, self);
}

/* A registrar that is named but not known is down, and no money is taken: the law asks for it. */
/* What a registrar has to know of the shop, unless till.conf says otherwise. */
static void tell_shop(const Session *self, GHashTable *options)
{
	if (!g_hash_table_contains(options, "timezone"))
		g_hash_table_insert(options, g_strdup("timezone"), g_strdup(self->shop.timezone));
	if (!g_hash_table_contains(options, "currency"))
		g_hash_table_insert(options, g_strdup("currency"),
				    g_strdup_printf("%u", self->shop.currency));
}

static void start_registrar(Session *self, GKeyFile *conf)
{
	DeviceConf *device = &self->fiscal_conf;
	const struct fiscal_driver *driver;

	if (!session_read_conf(self, conf, SESSION_FISCAL, device))
		return;
	driver = fiscal_driver_find(device->protocol);
	if (driver == NULL) {
		session_set_device(self, SESSION_FISCAL, DEVICE_DOWN, DEVICE_FAULT_BAD_ADDRESS);
		return;
	}
	self->devices[SESSION_FISCAL].state = DEVICE_WORKING;
	tell_shop(self, device->options);
	g_main_context_push_thread_default(self->context);
	self->engine = fiscal_engine_new(self->db, driver, device->address, device->options);
	g_main_context_pop_thread_default(self->context);
}

void session_start_devices(Session *self, GKeyFile *conf)
{
	start_registrar(self, conf);
	session_start_printer(self, conf);
	session_start_drawer(self, conf);
	session_start_scale(self, conf);
	session_start_terminal(self, conf);
	start_display(self, conf);
	start_scanner(self, conf);
	session_display_idle(self);
}

void session_stop_device(Session *self, SessionDevice device)
{
	switch (device) {
	case SESSION_FISCAL:
		g_clear_pointer(&self->engine, fiscal_engine_free);
		device_conf_clear(&self->fiscal_conf);
		self->registrar_shift_too_long = false;
		break;
	case SESSION_PRINTER:
		session_stop_printer(self);
		break;
	case SESSION_PAYMENT:
		session_stop_terminal(self);
		break;
	case SESSION_SCALE:
		session_stop_scale(self);
		break;
	case SESSION_DISPLAY:
		g_clear_pointer(&self->display, shopper_display_free);
		break;
	case SESSION_SCANNER:
		g_clear_pointer(&self->scanner, scanner_reader_free);
		break;
	default:
		g_return_if_reached();
	}
	self->devices[device].state = DEVICE_ABSENT;
}

/* What the shopper should see now. */
static void show_display(Session *self)
{
	if (self->receipt != NULL && receipt_get_totals(self->receipt)->n_goods > 0)
		session_display_total(self);
	else
		session_display_idle(self);
}

void session_start_device(Session *self, SessionDevice device)
{
	switch (device) {
	case SESSION_FISCAL:
		start_registrar(self, self->conf);
		session_start_drawer(self, self->conf);
		session_watch_registrar(self);
		break;
	case SESSION_PRINTER:
		session_start_printer(self, self->conf);
		session_start_drawer(self, self->conf);
		break;
	case SESSION_PAYMENT:
		session_start_terminal(self, self->conf);
		break;
	case SESSION_SCALE:
		session_start_scale(self, self->conf);
		break;
	case SESSION_DISPLAY:
		start_display(self, self->conf);
		show_display(self);
		break;
	case SESSION_SCANNER:
		start_scanner(self, self->conf);
		break;
	default:
		g_return_if_reached();
	}
}

void session_stop_devices(Session *self)
{
	g_clear_pointer(&self->scanner, scanner_reader_free);
	session_stop_terminal(self);
	session_stop_scale(self);
	session_stop_printer(self);
	g_clear_pointer(&self->display, shopper_display_free);
	g_clear_pointer(&self->engine, fiscal_engine_free);
	device_conf_clear(&self->fiscal_conf);
}

/* --- what the shopper sees -------------------------------------------------------------------- */

/* A display's code page has digits, a full stop and no blanks to spare. */
static char *display_amount(Money amount)
{
	static const NumberStyle plain = { .decimal = ".", .group = "" };

	return number_text_money(&plain, amount, false);
}

static void show(Session *self, const char *upper, const char *title, Money amount)
{
	g_autofree char *sum = display_amount(amount);
	g_autofree char *lower = display_line_new(title, sum);

	shopper_display_show(self->display, upper, lower);
}

void session_display_line(Session *self, int number)
{
	const ReceiptLine *line = receipt_find_line(self->receipt, number);
	g_autofree char *sum = NULL, *upper = NULL;
	Money amount;

	if (self->display == NULL || line == NULL)
		return;
	if (!money_add(line->net, line->added, &amount))
		amount = line->net;
	sum = display_amount(amount);
	upper = display_line_new(line->name, sum);
	show(self, upper, _("TOTAL"), receipt_get_totals(self->receipt)->total);
}

void session_display_total(Session *self)
{
	const ReceiptTotals *totals = receipt_get_totals(self->receipt);
	g_autofree char *sum = NULL, *upper = NULL;

	if (self->display == NULL)
		return;
	sum = display_amount(totals->total);
	upper = display_line_new(_("TOTAL"), sum);
	if (totals->paid.minor > 0)
		show(self, upper, _("TO PAY"), totals->due);
	else
		shopper_display_show(self->display, upper, "");
}

void session_display_paid(Session *self, Money change)
{
	if (self->display != NULL)
		show(self, _("THANK YOU"), _("CHANGE"), change);
}

void session_display_idle(Session *self)
{
	if (self->display != NULL)
		shopper_display_show(self->display, _("WELCOME"), self->shop.name);
}
