/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos.h"

#include "drivers/printer/escpos_commands.h"
#include "drivers/printer/escpos_encode.h"
#include "drivers/printer/escpos_link.h"

#include <string.h>

#define PIECE 4096 /* bytes between two looks at the printer; its own buffer is as small */
#define ASK_AGAIN_MS 500
#define RECOVER_MS 2000
#define SHORT_WRITE_MS 1000
#define STUCK_MS 5000 /* without a byte taken; a full buffer's next row is printed long before */
/* Protocol page, 4.5. */
#define DONE_TIMEOUT_MS 5000
#define DONE_TIMEOUT_ROW_MS 40
/* After the answer in order a process id is not long in coming: the cut, and the feed before it. */
#define ID_GRACE_MS 2000
/* For an answer of a printer that has never given one. */
#define VAIN_WAIT_MS 1000
#define SILENT_ROUNDS_MAX 3
#define ID_MAX 9999

struct printer {
	struct port *port; /* borrowed */
	EscposRaster *raster; /* owned */
	EscposOptions options;
	EscposLink link;

	int next_id;
	bool id_is_chosen; /* false: next_id is only what encode() shows */
	/* learnt of this printer */
	bool sends_ids, lacks_ids, answers_in_order, answers_nothing;
};

static bool fail(struct printer *self, DeviceFault fault, const char *what, GError **error)
{
	g_set_error(error, DEVICE_FAULT, fault, "%s: %s", port_get_address(self->port), what);
	return false;
}

static bool fail_status(struct printer *self, DeviceFault fault, GError **error)
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
	return escpos_link_write(&self->link, bytes->data, bytes->len, SHORT_WRITE_MS, error);
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

/* Fit for work, or silent from the beginning. */
static bool check_ready(struct printer *self, PrinterStatus *ret, GError **error)
{
	bool had_spoken = self->link.has_spoken;
	DeviceFault fault;

	if (!observe(self, ret, error))
		return false;
	if (ret->waits_for_feed &&
	    (!port_pause(self->port, ASK_AGAIN_MS, error) || !observe(self, ret, error)))
		return false;
	if (!ret->speaks)
		return !had_spoken || fail(self, DEVICE_FAULT_OFFLINE, "no longer answers", error);
	fault = printer_status_fault(ret);
	return fault == DEVICE_FAULT_N || fail_status(self, fault, error);
}

/* A receipt on its way. */
typedef struct {
	EscposJob *job; /* owned */
	int id; /* its process id, or 0 */
	PrintWait wait; /* NULL: nobody to wait for */
	void *data;
	bool speaks;
	int troubled_ms;
	int n_silent; /* rounds in a row without an answer */
} Print;

/* A round of ASK_AGAIN_MS with @status. False when nobody is to be waited for, or no longer. */
static bool stays_patient(struct printer *self, Print *print, const PrinterStatus *status,
			  GError **error)
{
	DeviceFault fault = printer_status_fault(status);

	if (fault == DEVICE_FAULT_NEEDS_SERVICE || print->wait == NULL ||
	    !print->wait(fault, print->data))
		return fail_status(self, fault, error);
	print->troubled_ms += ASK_AGAIN_MS;
	if (status->cutter_jam && print->troubled_ms % RECOVER_MS == 0)
		return escpos_link_recover(&self->link, error);
	return true;
}

static bool bears_silence(struct printer *self, Print *print, GError **error)
{
	return ++print->n_silent < SILENT_ROUNDS_MAX ||
	       fail(self, DEVICE_FAULT_OFFLINE, "no longer answers", error);
}

/* One look at a printer at work. *ret_well is false while it waits for a person. */
static bool look(struct printer *self, Print *print, bool *ret_well, GError **error)
{
	PrinterStatus status;

	*ret_well = false;
	if (!escpos_link_observe(&self->link, false, &status, error))
		return false;
	if (!status.speaks)
		return bears_silence(self, print, error);
	print->n_silent = 0;
	*ret_well = printer_status_fault(&status) == DEVICE_FAULT_N;
	return *ret_well || stays_patient(self, print, &status, error);
}

static bool wait_till_well(struct printer *self, Print *print, GError **error)
{
	bool well = false;

	while (print->speaks && !well) {
		if (!look(self, print, &well, error) ||
		    (!well && !port_pause(self->port, ASK_AGAIN_MS, error)))
			return false;
	}
	return true;
}

/* Where the piece ends that begins at @from: after as many whole commands as it holds, at least
 * one. */
static gsize piece_end(const EscposJob *job, gsize from)
{
	gsize end = from;

	for (guint i = 0; i < job->ends->len; i++) {
		gsize next = g_array_index(job->ends, gsize, i);

		if (next > from && (end == from || next - from <= PIECE))
			end = next;
	}
	return end;
}

/* No byte was taken for a while in the middle of a command, where it cannot be asked: it works, or
 * its buffer is full because it waits for a person. */
static bool bears_stop(struct printer *self, Print *print, int stuck_ms, GError **error)
{
	PrinterStatus status = self->link.automatic;

	if (printer_status_fault(&status) == DEVICE_FAULT_N) {
		if (stuck_ms < STUCK_MS)
			return true;
		if (!print->speaks)
			return fail(self, DEVICE_FAULT_OFFLINE, "takes no bytes", error);
		status.offline = true;
	}
	return stays_patient(self, print, &status, error);
}

static bool send_piece(struct printer *self, Print *print, const uint8_t *data, gsize len,
		       GError **error)
{
	int stuck_ms = 0;

	for (size_t done = 0; done < len;) {
		size_t before = done;

		if (!escpos_link_write_some(&self->link, data, len, &done, ASK_AGAIN_MS, error))
			return false;
		stuck_ms = done > before ? 0 : stuck_ms + ASK_AGAIN_MS;
		if (done < len && !bears_stop(self, print, stuck_ms, error)) {
			escpos_link_tear(&self->link);
			return false;
		}
	}
	return true;
}

/* All after the initialisation. */
static bool send(struct printer *self, Print *print, GError **error)
{
	const GByteArray *bytes = print->job->bytes;
	gsize from = g_array_index(print->job->ends, gsize, 0);

	while (from < bytes->len) {
		gsize end = piece_end(print->job, from);

		if (!send_piece(self, print, bytes->data + from, end - from, error))
			return false;
		from = end;
		if (from < bytes->len && !wait_till_well(self, print, error))
			return false;
	}
	return true;
}

/* Whether the printer has said that it is done, or has had the time to say more. */
static bool is_confirmed(struct printer *self, const Print *print, int waited_ms)
{
	if (print->id > 0 && self->link.process_id == print->id) {
		self->sends_ids = true;
		self->answers_nothing = false;
		return true;
	}
	if (!self->link.in_order_heard || self->sends_ids)
		return false;
	self->answers_in_order = true;
	self->answers_nothing = false;
	if (print->id > 0 && waited_ms < ID_GRACE_MS)
		return false;
	self->lacks_ids = print->id > 0;
	return true;
}

/* It had all, is well, and says nothing. */
static PrintOutcome judge_silence(struct printer *self, const Print *print, GError **error)
{
	bool had_answered = self->sends_ids || self->answers_in_order;

	if (!had_answered && (self->answers_nothing || !self->options.process_id)) {
		self->answers_nothing = true;
		return PRINT_SENT;
	}
	self->answers_nothing = !had_answered;
	fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "does not say that the receipt is printed", error);
	return PRINT_UNKNOWN;
}

static PrintOutcome wait_till_done(struct printer *self, Print *print, GError **error)
{
	int left_ms = self->answers_nothing
			      ? VAIN_WAIT_MS
			      : DONE_TIMEOUT_MS + DONE_TIMEOUT_ROW_MS * print->job->rows;
	int heard_ms = 0;

	for (; left_ms > 0; left_ms -= ASK_AGAIN_MS) {
		bool well;

		if (!escpos_link_listen(&self->link, ASK_AGAIN_MS, print->id, error))
			return PRINT_UNKNOWN;
		if (is_confirmed(self, print, heard_ms))
			return PRINT_DONE;
		if (!look(self, print, &well, error))
			return PRINT_UNKNOWN;
		if (!well)
			left_ms += ASK_AGAIN_MS; /* a person's time is not the printer's */
		if (self->link.in_order_heard)
			heard_ms += ASK_AGAIN_MS;
	}
	return is_confirmed(self, print, ID_GRACE_MS) ? PRINT_DONE
						      : judge_silence(self, print, error);
}

/* A printer that has not answered before the receipt: perhaps it knows but the process id. */
static PrintOutcome wait_in_vain(struct printer *self, Print *print, GError **error)
{
	if (print->id == 0 || self->answers_nothing || self->link.cannot_hear)
		return PRINT_SENT;
	if (!escpos_link_listen(&self->link, VAIN_WAIT_MS, print->id, error))
		return PRINT_UNKNOWN;
	if (is_confirmed(self, print, ID_GRACE_MS))
		return PRINT_DONE;
	self->answers_nothing = true;
	return PRINT_SENT;
}

/* A number that a receipt of an earlier run, still held by the printer, hardly has. */
static void choose_id(struct printer *self)
{
	if (!self->id_is_chosen)
		self->next_id = 1 + (int)(g_get_real_time() / G_USEC_PER_SEC % ID_MAX);
	self->id_is_chosen = true;
}

static int current_id(const struct printer *self)
{
	return self->options.process_id && !self->lacks_ids ? self->next_id : 0;
}

/* Whether it may be told to report by itself: printers that know process ids do, others may print
 * the command. */
static bool reports(const struct printer *self, const Print *print)
{
	return print->speaks && self->options.process_id;
}

/* All is sent. */
static PrintOutcome finish(struct printer *self, Print *print, GError **error)
{
	if (!print->speaks)
		return wait_in_vain(self, print, error);
	if (reports(self, print) && !escpos_link_set_automatic(&self->link, false, error))
		return PRINT_UNKNOWN;
	if (!self->sends_ids && !escpos_link_ask_in_order(&self->link, error))
		return PRINT_UNKNOWN;
	return wait_till_done(self, print, error);
}

static PrintOutcome print_job(struct printer *self, Print *print, GError **error)
{
	gsize init_len = g_array_index(print->job->ends, gsize, 0);
	PrinterStatus status;

	if (!escpos_link_resync(&self->link, error) || !check_ready(self, &status, error))
		return PRINT_NOTHING;
	/* Alone, as it puts nothing on paper: failing here is as good as never having begun. */
	if (!escpos_link_write(&self->link, print->job->bytes->data, init_len, SHORT_WRITE_MS,
			       error))
		return PRINT_NOTHING;

	print->speaks = status.speaks;
	if (reports(self, print) && !escpos_link_set_automatic(&self->link, true, error))
		return PRINT_NOTHING;
	self->next_id = self->next_id % ID_MAX + 1;
	escpos_link_expect(&self->link);
	return send(self, print, error) ? finish(self, print, error) : PRINT_UNKNOWN;
}

static PrintOutcome print(struct printer *self, const Paper *paper, PrintWait wait, void *data,
			  GError **error)
{
	Print print = { .wait = wait, .data = data };
	PrintOutcome outcome;

	choose_id(self);
	print.id = current_id(self);
	print.job = escpos_encode(&self->options, self->raster, paper, print.id, error);
	if (print.job == NULL)
		return PRINT_NOTHING;
	outcome = print_job(self, &print, error);
	escpos_job_free(print.job);
	return outcome;
}

static bool open_drawer(struct printer *self, GError **error)
{
	g_autoptr(GByteArray) pulse = g_byte_array_new();
	PrinterStatus status;

	if (!escpos_link_resync(&self->link, error) || !check_ready(self, &status, error))
		return false;
	escpos_append_pulse(pulse, self->options.drawer_pin, self->options.drawer_on_ms,
			    self->options.drawer_off_ms);
	return escpos_link_write(&self->link, pulse->data, pulse->len, SHORT_WRITE_MS, error);
}

static GBytes *encode(struct printer *self, const Paper *paper, GError **error)
{
	g_autoptr(EscposJob) job =
		escpos_encode(&self->options, self->raster, paper, current_id(self), error);

	return job == NULL ? NULL : g_byte_array_free_to_bytes(g_byte_array_ref(job->bytes));
}

const struct printer_driver escpos_driver = {
	.name = "escpos",
	.open = open_escpos,
	.close = close_escpos,
	.columns = columns,
	.observe = observe,
	.print = print,
	.open_drawer = open_drawer,
	.encode = encode,
};
