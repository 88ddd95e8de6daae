/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "backoffice/print/day_press.h"

#include "backoffice/label/label_job.h"
#include "backoffice/print/day_paper.h"
#include "drivers/port/port.h"
#include "drivers/printer/printer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define QUEUE_MS 120000 /* until CUPS has taken a document to the printer */
#define ROLL_WAIT (60 * G_TIME_SPAN_SECOND) /* for a person with new paper, or a closed cover */

struct DayPress {
	NumberStyle style;

	GMutex lock; /* over the two below */
	struct port *port; /* borrowed; NULL where none is open */
	bool cancelled;

	int64_t wait_until; /* monotonic; of the print that is going on */
};

DayPress *day_press_new(const NumberStyle *style)
{
	DayPress *self = g_new0(DayPress, 1);

	self->style = *style;
	g_mutex_init(&self->lock);
	return self;
}

void day_press_free(DayPress *self)
{
	if (self == NULL)
		return;
	g_mutex_clear(&self->lock);
	g_free(self);
}

void day_press_result_clear(DayPressResult *self)
{
	g_clear_pointer(&self->trouble, g_free);
}

/* --- a port that can be let go ------------------------------------------------------------- */

void day_press_cancel(DayPress *self)
{
	g_mutex_lock(&self->lock);
	self->cancelled = true;
	if (self->port != NULL)
		port_cancel(self->port);
	g_mutex_unlock(&self->lock);
}

static bool is_cancelled(DayPress *self)
{
	bool cancelled;

	g_mutex_lock(&self->lock);
	cancelled = self->cancelled;
	g_mutex_unlock(&self->lock);
	return cancelled;
}

static void close_port(DayPress *self)
{
	struct port *port;

	g_mutex_lock(&self->lock);
	port = g_steal_pointer(&self->port);
	g_mutex_unlock(&self->lock);
	if (port != NULL)
		port_close(port);
}

static struct port *open_port(DayPress *self, const char *address, GError **error)
{
	struct port *port = port_open(address, error);

	if (port == NULL)
		return NULL;
	g_mutex_lock(&self->lock);
	self->port = port;
	g_mutex_unlock(&self->lock);
	if (!is_cancelled(self))
		return port;
	close_port(self);
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "printing was stopped");
	return NULL;
}

/* --- A4 ------------------------------------------------------------------------------------ */

/* CUPS takes back what it has not sent: only where it cannot say, or where the printer stopped in
 * the middle, may some of it be on paper. */
static bool may_have_begun(const GError *error)
{
	switch (error->domain == DEVICE_FAULT ? error->code : -1) {
	case DEVICE_FAULT_OUTCOME_UNKNOWN:
	case DEVICE_FAULT_CANCELLED:
	case DEVICE_FAULT_PAPER_OUT:
	case DEVICE_FAULT_COVER_OPEN:
	case DEVICE_FAULT_MECHANISM:
		return true;
	default:
		return false;
	}
}

static bool send_document(struct port *port, GBytes *document, bool *ret_doubt, GError **error)
{
	gsize len;
	const uint8_t *data = g_bytes_get_data(document, &len);
	GError *failed = NULL;

	if (!port_write(port, data, len, QUEUE_MS, error))
		return false;
	if (port_flush(port, QUEUE_MS, &failed))
		return true;
	*ret_doubt = may_have_begun(failed);
	g_propagate_error(error, failed);
	return false;
}

static bool print_sheet(DayPress *self, const DayReport *report, const ReportPrinter *printer,
			bool copy, bool *ret_doubt, GError **error)
{
	const char *mark = strchr(printer->device, '?') != NULL ? "&" : "?";
	g_autofree char *address = g_strconcat(printer->device, mark, "format=pdf", NULL);
	g_autoptr(GBytes) document = day_report_draw_pdf(report, &self->style, copy, error);
	struct port *port;
	bool ok;

	if (document == NULL)
		return false;
	port = open_port(self, address, error);
	if (port == NULL)
		return false;
	ok = send_document(port, document, ret_doubt, error);
	close_port(self);
	return ok;
}

/* --- receipt paper ------------------------------------------------------------------------- */

static bool wait_for_person(DeviceFault fault, void *data)
{
	DayPress *self = data;

	return !is_cancelled(self) && g_get_monotonic_time() < self->wait_until;
}

static bool print_on(DayPress *self, const struct printer_driver *driver, struct port *port,
		     GHashTable *options, const Paper *paper, bool *ret_doubt, GError **error)
{
	struct printer *device = driver->open(port, options, error);
	PrintOutcome outcome;

	if (device == NULL)
		return false;
	self->wait_until = g_get_monotonic_time() + ROLL_WAIT;
	outcome = driver->print(device, paper, wait_for_person, self, error);
	driver->close(device);
	*ret_doubt = outcome == PRINT_UNKNOWN;
	return outcome == PRINT_DONE || outcome == PRINT_SENT;
}

static bool print_paper(DayPress *self, const DayReport *report, const ReportPrinter *printer,
			bool copy, bool *ret_doubt, GError **error)
{
	const LabelDevice words = { .options = printer->options };
	g_autoptr(GHashTable) options = label_device_dup_options(&words, error);
	g_autofree char *protocol = NULL, *address = NULL;
	g_autoptr(Paper) paper = NULL;
	struct port *port;
	bool ok;

	if (options == NULL)
		return false;
	if (!label_device_split(printer->device, &protocol, &address) ||
	    printer_driver_find(protocol) == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS,
			    "'%s' names no receipt printer", printer->device);
		return false;
	}
	paper = day_paper_new(report, &self->style, copy);
	port = open_port(self, address, error);
	if (port == NULL)
		return false;
	if (copy) /* it may sit in the middle of a command */
		g_hash_table_insert(options, g_strdup(PRINTER_OPTION_TORN), g_strdup("yes"));
	ok = print_on(self, printer_driver_find(protocol), port, options, paper, ret_doubt, error);
	close_port(self);
	return ok;
}

bool day_press_print(DayPress *self, const DayReport *report, const ReportPrinter *printer,
		     bool copy, bool *ret_doubt, GError **error)
{
	*ret_doubt = false;
	return printer->form == PRINT_A4
		       ? print_sheet(self, report, printer, copy, ret_doubt, error)
		       : print_paper(self, report, printer, copy, ret_doubt, error);
}

/* --- jobs ---------------------------------------------------------------------------------- */

/* The figures of one moment. */
static DayReport *read_report(Store *store, const DayQuery *query, GError **error)
{
	DayReport *report;

	if (!store_begin_read(store, error))
		return NULL;
	report = day_report_read(store, query, error);
	store_rollback(store);
	return report;
}

void day_sheet_free(DaySheet *self)
{
	if (self == NULL)
		return;
	day_job_free(self->job);
	day_report_free(self->report);
	g_clear_error(&self->trouble);
	g_free(self);
}

bool day_sheet_take(Store *store, DaySheet **ret, int64_t *ret_next, GError **error)
{
	DayJob *job;

	*ret = NULL;
	if (!day_job_claim(store, g_get_real_time(), &job, ret_next, error))
		return false;
	if (job == NULL)
		return true;
	*ret = g_new0(DaySheet, 1);
	(*ret)->job = job;
	(*ret)->report = read_report(store, &job->query, &(*ret)->trouble);
	return true;
}

void day_press_print_sheet(DayPress *self, DaySheet *sheet)
{
	const ReportPrinter printer = { .form = sheet->job->form,
					.device = sheet->job->device,
					.options = sheet->job->options };

	if (sheet->report != NULL)
		day_press_print(self, sheet->report, &printer, sheet->job->doubt, &sheet->doubt,
				&sheet->trouble);
}

bool day_sheet_note(Store *store, const DaySheet *self, DayPressResult *result, GError **error)
{
	g_autofree char *words = NULL;

	if (self->trouble == NULL) {
		result->printed++;
		return day_job_settle(store, self->job, self->report, error);
	}
	words = label_trouble_dup(self->trouble, self->job->device);
	result->failed++;
	if (result->trouble == NULL)
		result->trouble = g_strdup(words);
	return day_job_fail(store, self->job, words, self->doubt, error);
}

bool day_press_run(DayPress *self, Store *store, DayPressResult *ret, GError **error)
{
	*ret = (DayPressResult){ 0 };
	while (!is_cancelled(self)) {
		g_autoptr(DaySheet) sheet = NULL;

		if (!day_sheet_take(store, &sheet, &ret->next_at, error))
			return false;
		if (sheet == NULL)
			return true;
		day_press_print_sheet(self, sheet);
		if (!day_sheet_note(store, sheet, ret, error))
			return false;
	}
	return true;
}
