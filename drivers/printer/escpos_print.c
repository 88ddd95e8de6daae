/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/printer/escpos_commands.h"
#include "drivers/printer/escpos_encode.h"
#include "drivers/printer/escpos_private.h"

#define PIECE 4096 /* bytes between two looks at the printer; its own buffer is as small */
#define RECOVER_MS 2000
#define INIT_TIMEOUT_MS 10000 /* the receipt before may still be printing */
#define STUCK_MS 5000 /* without a byte taken; a full buffer's next row is printed long before */
/* Protocol page, 4.5. */
#define DONE_TIMEOUT_MS 5000
#define DONE_TIMEOUT_ROW_MS 40
/* After the answer in order a process id is not long in coming: the cut, and the feed before it. */
#define ID_GRACE_MS 2000
/* For an answer of a printer that has never given one. */
#define VAIN_WAIT_MS 1000
/* Five seconds and more: behind a network a question waits for its turn. */
#define SILENT_ROUNDS_MAX 5
#define ID_MAX 9999

/* A receipt on its way. */
typedef struct {
	EscposJob *job; /* owned */
	int id; /* its process id, or 0 */
	PrintWait wait; /* NULL: nobody to wait for */
	void *data;
	bool speaks;
	int troubled_ms;
	int n_silent; /* rounds in a row without an answer */
	int n_reports; /* rounds in which its own report told of trouble */
	bool is_doubtful; /* may have been off in between */
} Print;

/* A round of ESCPOS_ASK_AGAIN_MS with @status. False when nobody is to be waited for, or no longer.
 */
static bool stays_patient(struct printer *self, Print *print, const PrinterStatus *status,
			  GError **error)
{
	DeviceFault fault = printer_status_fault(status);

	if (fault == DEVICE_FAULT_NEEDS_SERVICE || print->wait == NULL ||
	    !print->wait(fault, print->data))
		return escpos_fail_status(self, fault, error);
	print->troubled_ms += ESCPOS_ASK_AGAIN_MS;
	if (status->cutter_jam && print->troubled_ms % RECOVER_MS == 0)
		return escpos_link_recover(&self->link, error);
	return true;
}

static bool reports_trouble(const struct printer *self)
{
	return printer_status_fault(&self->link.automatic) != DEVICE_FAULT_N;
}

/* By its own last report, where it has one: a full buffer takes no questions. Else it may be off,
 * and what it held is lost: if somebody still waits for it, nothing it says later is proof. */
static bool bears_silence(struct printer *self, Print *print, GError **error)
{
	if (reports_trouble(self))
		return stays_patient(self, print, &self->link.automatic, error);
	if (++print->n_silent < SILENT_ROUNDS_MAX)
		return true;
	print->is_doubtful = true;
	return (print->wait != NULL && print->wait(DEVICE_FAULT_OFFLINE, print->data)) ||
	       escpos_fail(self, DEVICE_FAULT_OFFLINE, "no longer answers", error);
}

/* Instead of a question, which would wait in a full cable. */
static bool look_at_report(struct printer *self, Print *print, GError **error)
{
	return escpos_link_listen(&self->link, 0, print->id, error) &&
	       (!reports_trouble(self) || stays_patient(self, print, &self->link.automatic, error));
}

/* One look at a printer at work. *ret_well is false while it waits for a person. */
static bool look(struct printer *self, Print *print, bool *ret_well, GError **error)
{
	PrinterStatus status;

	*ret_well = false;
	/* Now and then it is asked all the same: the report of its end may be lost. */
	if (reports_trouble(self) && ++print->n_reports % 4 != 0)
		return look_at_report(self, print, error);
	if (!escpos_link_observe(&self->link, false, &status, error))
		return false;
	if (!status.speaks)
		return bears_silence(self, print, error);
	print->n_silent = 0;
	*ret_well = printer_status_fault(&status) == DEVICE_FAULT_N;
	if (*ret_well)
		self->link.automatic = status;
	return *ret_well || stays_patient(self, print, &status, error);
}

static bool wait_till_well(struct printer *self, Print *print, GError **error)
{
	bool well = false;

	while (print->speaks && !well) {
		if (!look(self, print, &well, error) ||
		    (!well && !port_pause(self->port, ESCPOS_ASK_AGAIN_MS, error)))
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
			return escpos_fail(self, DEVICE_FAULT_OFFLINE, "takes no bytes", error);
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

		if (!escpos_link_write_some(&self->link, data, len, &done, ESCPOS_ASK_AGAIN_MS,
					    error))
			return false;
		stuck_ms = done > before ? 0 : stuck_ms + ESCPOS_ASK_AGAIN_MS;
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
	escpos_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "does not say that the receipt is printed",
		    error);
	return PRINT_UNKNOWN;
}

static PrintOutcome judge_confirmed(struct printer *self, const Print *print, GError **error)
{
	if (!print->is_doubtful)
		return PRINT_DONE;
	escpos_fail(self, DEVICE_FAULT_OUTCOME_UNKNOWN, "was silent in the middle of the receipt",
		    error);
	return PRINT_UNKNOWN;
}

static PrintOutcome wait_till_done(struct printer *self, Print *print, GError **error)
{
	int left_ms = self->answers_nothing
			      ? VAIN_WAIT_MS
			      : DONE_TIMEOUT_MS + DONE_TIMEOUT_ROW_MS * print->job->rows;
	int heard_ms = 0;

	for (; left_ms > 0; left_ms -= ESCPOS_ASK_AGAIN_MS) {
		bool well;

		if (!escpos_link_listen(&self->link, ESCPOS_ASK_AGAIN_MS, print->id, error))
			return PRINT_UNKNOWN;
		if (is_confirmed(self, print, heard_ms))
			return judge_confirmed(self, print, error);
		if (!look(self, print, &well, error))
			return PRINT_UNKNOWN;
		if (!well)
			left_ms += ESCPOS_ASK_AGAIN_MS; /* a person's time is not the printer's */
		if (self->link.in_order_heard)
			heard_ms += ESCPOS_ASK_AGAIN_MS;
	}
	return is_confirmed(self, print, ID_GRACE_MS) ? judge_confirmed(self, print, error)
						      : judge_silence(self, print, error);
}

/* A printer that has not answered before the receipt: perhaps it knows but the process id. */
static PrintOutcome wait_in_vain(struct printer *self, Print *print, GError **error)
{
	if (print->id == 0 || self->is_mute || self->link.cannot_hear)
		return PRINT_SENT;
	if (!escpos_link_listen(&self->link, VAIN_WAIT_MS, print->id, error))
		return PRINT_UNKNOWN;
	self->is_mute = !is_confirmed(self, print, ID_GRACE_MS);
	return self->is_mute ? PRINT_SENT : PRINT_DONE;
}

/* A number that a receipt of an earlier run, still held by the printer, hardly has. */
static void choose_id(struct printer *self)
{
	if (!self->id_is_chosen)
		self->next_id = 1 + (int)(g_get_real_time() / G_USEC_PER_SEC % ID_MAX);
	self->id_is_chosen = true;
}

/* Whether it may be told to report by itself: printers that know process ids do, others may print
 * the command. */
static bool reports(const struct printer *self, const Print *print)
{
	return print->speaks && self->options.process_id;
}

static bool ask_for_reports(struct printer *self, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	escpos_append_reports(bytes, true);
	return escpos_link_write(&self->link, bytes->data, bytes->len, ESCPOS_SHORT_WRITE_MS,
				 error);
}

/* All is sent. */
static PrintOutcome finish(struct printer *self, Print *print, GError **error)
{
	g_autoptr(GByteArray) last = g_byte_array_new();

	if (!print->speaks)
		return wait_in_vain(self, print, error);
	if (reports(self, print))
		escpos_append_reports(last, false);
	if (!self->sends_ids)
		escpos_append_paper_question(last);
	if (!send_piece(self, print, last->data, last->len, error))
		return PRINT_UNKNOWN;
	return wait_till_done(self, print, error);
}

static PrintOutcome print_job(struct printer *self, Print *print, GError **error)
{
	gsize init_len = g_array_index(print->job->ends, gsize, 0);
	PrinterStatus status;

	if (!escpos_link_resync(&self->link, error) || !escpos_check_ready(self, &status, error))
		return PRINT_NOTHING;
	/* Alone, as it puts nothing on paper: failing here is as good as never having begun. */
	if (!escpos_link_write(&self->link, print->job->bytes->data, init_len, INIT_TIMEOUT_MS,
			       error))
		return PRINT_NOTHING;

	print->speaks = status.speaks;
	escpos_link_expect(&self->link);
	if (reports(self, print) && !ask_for_reports(self, error))
		return PRINT_NOTHING;
	self->next_id = self->next_id % ID_MAX + 1;
	return send(self, print, error) ? finish(self, print, error) : PRINT_UNKNOWN;
}

/* The line broke, or it is well and does not say that it is done: it may sit in the middle of a
 * command, and would take the next receipt for the rest of it. */
static bool may_be_torn(PrintOutcome outcome, const GError *reason)
{
	return outcome == PRINT_UNKNOWN &&
	       (g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OFFLINE) ||
		g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_OUTCOME_UNKNOWN));
}

PrintOutcome escpos_print(struct printer *self, const Paper *paper, PrintWait wait, void *data,
			  GError **error)
{
	Print print = { .wait = wait, .data = data };
	PrintOutcome outcome;
	GError *reason = NULL;

	choose_id(self);
	print.id = escpos_current_id(self);
	if (paper_has_secret(paper))
		port_set_confidential(self->port);
	print.job = escpos_encode(&self->options, self->raster, paper, print.id, error);
	if (print.job == NULL)
		return PRINT_NOTHING;
	outcome = print_job(self, &print, &reason);
	escpos_job_free(print.job);
	if (may_be_torn(outcome, reason))
		escpos_link_tear(&self->link);
	if (reason != NULL)
		g_propagate_error(error, reason);
	return outcome;
}
