/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos.h"

#include "drivers/printer/escpos_commands.h"
#include "drivers/printer/escpos_encode.h"
#include "drivers/printer/escpos_private.h"

bool escpos_fail(struct printer *self, DeviceFault fault, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, fault, "%s: %s", port_get_address(self->port), what);
	return false;
}

bool escpos_fail_status(struct printer *self, DeviceFault fault, GError **error)
{
	g_set_error(error, DEVICE_FAULT, fault, "%s: the printer says %s",
		    port_get_address(self->port), device_fault_code(fault));
	return false;
}

static bool initialise(struct printer *self, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	uint8_t page = self->options.n_pages > 0 ? self->options.pages[0].number : 0;

	escpos_append_init(bytes, page);
	return escpos_link_write(&self->link, bytes->data, bytes->len, ESCPOS_SHORT_WRITE_MS,
				 error);
}

static void close_escpos(struct printer *self)
{
	escpos_raster_free(self->raster);
	g_free(self);
}

static struct printer *open_escpos(struct port *port, GHashTable *options, GError **error)
{
	struct printer *self;
	EscposOptions parsed;

	port_set_class(port, "printer");
	if (!escpos_options_parse(options, &parsed, error))
		return NULL;
	self = g_new0(struct printer, 1);
	self->port = port;
	self->options = parsed;
	self->raster = escpos_raster_new(parsed.dots / parsed.columns);
	self->next_id = MAX(parsed.first_id, 1);
	self->id_is_chosen = parsed.first_id > 0;
	self->link.port = port;
	if (options != NULL && g_hash_table_contains(options, PRINTER_OPTION_TORN))
		escpos_link_tear(&self->link);
	if (escpos_link_init(&self->link, port, error) && initialise(self, error))
		return self;
	close_escpos(self);
	return NULL;
}

static int columns(const struct printer *self)
{
	return self->options.columns;
}

static bool observe(struct printer *self, PrinterStatus *ret, GError **error)
{
	return escpos_link_observe(&self->link, true, ret, error);
}

bool escpos_check_ready(struct printer *self, PrinterStatus *ret, GError **error)
{
	bool had_spoken = self->link.has_spoken;
	DeviceFault fault;

	if (!observe(self, ret, error))
		return false;
	if (ret->waits_for_feed &&
	    (!port_pause(self->port, ESCPOS_ASK_AGAIN_MS, error) || !observe(self, ret, error)))
		return false;
	if (!ret->speaks)
		return !had_spoken ||
		       escpos_fail(self, DEVICE_FAULT_OFFLINE, "no longer answers", error);
	fault = printer_status_fault(ret);
	return fault == DEVICE_FAULT_N || escpos_fail_status(self, fault, error);
}

int escpos_current_id(const struct printer *self)
{
	return self->options.process_id && !self->lacks_ids ? self->next_id : 0;
}

static bool open_drawer(struct printer *self, GError **error)
{
	g_autoptr(GByteArray) pulse = g_byte_array_new();
	PrinterStatus status;

	if (!escpos_link_resync(&self->link, error) || !escpos_check_ready(self, &status, error))
		return false;
	escpos_append_pulse(pulse, self->options.drawer_pin, self->options.drawer_on_ms,
			    self->options.drawer_off_ms);
	return escpos_link_write(&self->link, pulse->data, pulse->len, ESCPOS_SHORT_WRITE_MS,
				 error);
}

static GBytes *encode(struct printer *self, const Paper *paper, GError **error)
{
	g_autoptr(EscposJob) job =
		escpos_encode(&self->options, self->raster, paper, escpos_current_id(self), error);

	return job == NULL ? NULL : g_byte_array_free_to_bytes(g_byte_array_ref(job->bytes));
}

const struct printer_driver escpos_driver = {
	.name = "escpos",
	.open = open_escpos,
	.close = close_escpos,
	.columns = columns,
	.observe = observe,
	.print = escpos_print,
	.open_drawer = open_drawer,
	.encode = encode,
};
