/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/label/label_private.h"
#include "drivers/scale/plu.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So many go to the printer before we tell how far it is. */
#define BATCH 50
#define SHEET_MS 120000 /* until CUPS has taken a document to the printer */
#define LINE "baud=9600&flow=xonxoff"

/* --- one that can be stopped ---------------------------------------------------------------- */

static bool hold_port(LabelJob *self, struct port *port, GError **error)
{
	bool cancelled;

	g_mutex_lock(&self->lock);
	cancelled = self->cancelled;
	if (!cancelled)
		self->port = port;
	g_mutex_unlock(&self->lock);
	if (cancelled)
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "printing was stopped");
	return !cancelled;
}

static void let_port_go(LabelJob *self, struct port *port)
{
	g_mutex_lock(&self->lock);
	self->port = NULL;
	g_mutex_unlock(&self->lock);
	port_close(port);
}

void label_job_cancel(LabelJob *self)
{
	g_mutex_lock(&self->lock);
	self->cancelled = true;
	if (self->port != NULL)
		port_cancel(self->port);
	g_mutex_unlock(&self->lock);
}

static void tell(const LabelJob *self)
{
	if (self->progress != NULL)
		self->progress(self->printed, self->total, self->progress_data);
}

/* --- label printers ------------------------------------------------------------------------ */

/* Labels that go in one call of the driver: rows of one design and one number of copies. */
typedef struct {
	LabelData *rows[BATCH]; /* borrowed */
	int n, copies;
	bool plain;
} Batch;

/* From label @first on; the first row may be half printed. */
static void gather(const LabelJob *self, int first, Batch *ret)
{
	int before = 0;

	*ret = (Batch){ 0 };
	for (guint i = 0; i < self->rows->len; i++) {
		const LabelRow *row = &g_array_index(self->rows, LabelRow, i);
		int left = row->copies - MAX(first - before, 0);

		before += row->copies;
		if (left <= 0)
			continue;
		left = MIN(left, BATCH);
		if (ret->n > 0 && (ret->copies != left || ret->plain != row->plain ||
				   (ret->n + 1) * ret->copies > BATCH))
			return;
		ret->rows[ret->n++] = row->facts.words;
		ret->copies = left;
		ret->plain = row->plain;
		if (left < row->copies)
			return; /* the rest of a row stands before the next */
	}
}

static bool print_batches(LabelJob *self, const struct label_driver *driver,
			  struct label_printer *printer, GError **error)
{
	while (self->printed < self->total) {
		int printed = 0;
		Batch batch;
		bool ok;

		gather(self, self->printed, &batch);
		ok = driver->print(printer, batch.plain ? self->plain : self->design, batch.rows,
				   batch.n, batch.copies, &printed, error);
		self->printed += printed;
		tell(self);
		if (!ok)
			return false;
	}
	return true;
}

static bool print_on(LabelJob *self, const struct label_driver *driver, struct port *port,
		     GHashTable *options, GError **error)
{
	struct label_printer *printer;
	bool ok;

	if (!hold_port(self, port, error))
		return false;
	printer = driver->open(port, options, error);
	ok = printer != NULL && print_batches(self, driver, printer, error);
	if (printer != NULL)
		driver->close(printer);
	return ok;
}

static bool print_labels(LabelJob *self, const LabelDevice *device, GHashTable *options,
			 GError **error)
{
	g_autofree char *protocol = NULL, *address = NULL;
	const struct label_driver *driver = NULL;
	struct port *port;
	bool ok;

	if (label_device_split(device->device, &protocol, &address))
		driver = label_driver_find(protocol);
	if (driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS,
			    "'%s' names no label printer", device->device);
		return false;
	}
	port = port_open_defaults(address, LINE, error);
	if (port == NULL)
		return false;
	ok = print_on(self, driver, port, options, error);
	let_port_go(self, port);
	return ok;
}

/* --- sheets -------------------------------------------------------------------------------- */

static bool read_skip(GHashTable *options, LabelSheet *sheet, GError **error)
{
	const char *text = g_hash_table_lookup(options, "skip");
	guint64 skip = 0;

	if (text != NULL && !g_ascii_string_to_unsigned(text, 10, 0, 1000, &skip, error))
		return false;
	sheet->skip = (int)skip;
	return true;
}

static bool choose_sheet(const LabelJob *self, GHashTable *options, LabelSheet *ret, GError **error)
{
	const char *name = g_hash_table_lookup(options, "sheet");

	if (self->has_sheet) {
		*ret = self->sheet;
		return true;
	}
	if (label_sheet_find(name != NULL ? name : "3x8", ret))
		return read_skip(options, ret, error);
	g_set_error(error, LABEL_ERROR, LABEL_ERROR_INVALID, _("There is no sheet “%s”."), name);
	return false;
}

static bool send_document(LabelJob *self, struct port *port, GBytes *document, GError **error)
{
	gsize len;
	const uint8_t *data = g_bytes_get_data(document, &len);

	return hold_port(self, port, error) && port_write(port, data, len, SHEET_MS, error) &&
	       port_flush(port, SHEET_MS, error);
}

static bool print_sheets(LabelJob *self, const LabelDevice *device, GHashTable *options,
			 GError **error)
{
	const char *font = g_hash_table_lookup(options, "font");
	g_autofree char *address = strchr(device->device, '?') != NULL
					   ? g_strdup(device->device)
					   : g_strconcat(device->device, "?format=pdf", NULL);
	g_autoptr(GBytes) document = NULL;
	LabelSheet sheet;
	struct port *port;
	bool ok;

	if (!choose_sheet(self, options, &sheet, error))
		return false;
	document =
		label_sheet_draw(self, &sheet, self->printed, font != NULL ? font : "Sans", error);
	port = document != NULL ? port_open(address, error) : NULL;
	if (port == NULL)
		return false;
	ok = send_document(self, port, document, error);
	let_port_go(self, port);
	if (ok)
		self->printed = self->total;
	tell(self);
	return ok;
}

bool label_job_print(LabelJob *self, const LabelDevice *device, int *ret_printed, GError **error)
{
	g_autoptr(GHashTable) options = label_device_dup_options(device, error);
	bool ok = false;

	if (options != NULL && device->class == LABEL_DEVICE_SHEET)
		ok = print_sheets(self, device, options, error);
	else if (options != NULL)
		ok = print_labels(self, device, options, error);
	*ret_printed = self->printed;
	return ok;
}

/* --- trying -------------------------------------------------------------------------------- */

static bool reach_scale(const LabelDevice *device, GError **error)
{
	g_autofree char *protocol = NULL, *address = NULL;
	const struct plu_driver *driver = NULL;
	struct port *port;

	if (label_device_split(device->device, &protocol, &address))
		driver = plu_driver_find(protocol);
	if (driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "'%s' names no scale",
			    device->device);
		return false;
	}
	port = port_open_defaults(address, driver->settings, error);
	port_close(port);
	return port != NULL;
}

bool label_device_test(const LabelDevice *self, GError **error)
{
	const char *design = self->class == LABEL_DEVICE_SHEET ? "sheet-70x37" : "shelf-58x40";
	g_autoptr(LabelModel) model = NULL;
	g_autoptr(LabelJob) job = NULL;
	int printed;

	if (self->class == LABEL_DEVICE_PLU)
		return reach_scale(self, error);
	model = label_model_new_brought(design, error);
	if (model != NULL)
		job = label_job_new_example(model, error);
	return job != NULL && label_job_print(job, self, &printed, error);
}
