/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/label/label_printer.h"

#include <string.h>

enum {
	MAX_JOB = 50, /* a jam costs no more (label-printer.md §8) */
	TRIES = 3,
	BYTES_A_TRY = 20000, /* more of them where a job is before the question in the cable */
	POLL_MS = 200,
	MAX_POLLS = 150, /* without any progress: half a minute */
	MAX_BLIND_POLLS = 1500, /* of one that tells no progress: five minutes */
	CHUNK = 1024,
	CHUNK_MS = 15000, /* 9600 baud, and a printer that prints before it reads on */
	COMMAND_MS = 1000,
};

struct label_printer *label_printer_open(const struct label_language *language, struct port *port,
					 GHashTable *options, GError **error)
{
	struct label_printer *self = g_new0(struct label_printer, 1);

	self->language = language;
	self->port = port;
	self->has_no_way_back = g_str_has_prefix(port_get_address(port), "cups:");
	if (!label_options_parse(options, &self->options, error)) {
		g_free(self);
		return NULL;
	}
	self->options.font = self->font = g_strdup(self->options.font);
	port_set_class(port, "label");
	return self;
}

void label_printer_close(struct label_printer *self)
{
	g_free(self->font);
	g_free(self);
}

gssize label_printer_read(struct label_printer *self, uint8_t *data, size_t size, int timeout_ms,
			  bool (*is_whole)(const uint8_t *data, size_t len), GError **error)
{
	size_t len = 0;

	while (len < size && !is_whole(data, len)) {
		gssize got = port_read(self->port, data + len, size - len, timeout_ms, error);

		if (got < 0)
			return -1;
		if (got == 0)
			break;
		len += (size_t)got;
	}
	return (gssize)len;
}

/* ---- how it is */

/* Garbage and silence are asked again; both three times at most. */
static bool ask(struct label_printer *self, LabelAnswer *ret, GError **error)
{
	int tries = self->is_mute ? 1 : TRIES + (int)MIN(self->unread / BYTES_A_TRY, 60);

	*ret = (LabelAnswer){ .status = { .left = -1 } };
	if (self->language->ask == NULL || self->has_no_way_back)
		return true;
	for (int i = 1; i <= tries; i++) {
		g_autoptr(GError) reason = NULL;

		*ret = (LabelAnswer){ .status = { .left = -1 } };
		if (self->language->ask(self, ret, &reason)) {
			if (ret->status.speaks)
				break;
			continue;
		}
		if (g_error_matches(reason, DEVICE_FAULT, DEVICE_FAULT_PROTOCOL) && i < tries)
			continue;
		g_propagate_error(error, g_steal_pointer(&reason));
		return false;
	}
	self->has_spoken |= ret->status.speaks;
	self->unread = 0;
	self->is_mute = !ret->status.speaks && !self->has_spoken;
	return true;
}

bool label_printer_observe(struct label_printer *self, LabelStatus *ret, GError **error)
{
	LabelAnswer answer;

	if (!ask(self, &answer, error))
		return false;
	*ret = answer.status;
	return true;
}

DeviceFault label_status_fault(const LabelStatus *status)
{
	if (status->head_open)
		return DEVICE_FAULT_COVER_OPEN;
	if (status->paper_out)
		return DEVICE_FAULT_PAPER_OUT;
	if (status->ribbon_out)
		return DEVICE_FAULT_RIBBON_OUT;
	if (status->cutter_jam || status->too_hot)
		return DEVICE_FAULT_MECHANISM;
	if (status->needs_service)
		return DEVICE_FAULT_NEEDS_SERVICE;
	if (status->paused)
		return DEVICE_FAULT_PAUSED;
	return DEVICE_FAULT_N;
}

/* What has to be put right before it prints on. */
static bool check(struct label_printer *self, const LabelAnswer *answer, GError **error)
{
	DeviceFault fault = label_status_fault(&answer->status);

	if (answer->syntax_error)
		fault = DEVICE_FAULT_PROTOCOL;
	else if (answer->bad_data)
		fault = DEVICE_FAULT_REFUSED;
	else if (!answer->status.speaks && self->has_spoken)
		fault = DEVICE_FAULT_OFFLINE;
	if (fault == DEVICE_FAULT_N)
		return true;
	g_set_error(error, DEVICE_FAULT, (int)fault, "the label printer says: %s%s",
		    device_fault_code(fault),
		    fault == DEVICE_FAULT_OFFLINE ? " (it fell silent: labels, head or power)"
						  : "");
	return false;
}

/* A job that was cut off would swallow the beginning of ours. */
static bool cancel_partial(struct label_printer *self, GError **error)
{
	const char *cancel = self->language->cancel;

	return cancel == NULL ||
	       port_write(self->port, (const uint8_t *)cancel, strlen(cancel), COMMAND_MS, error);
}

static bool has_moved(const LabelAnswer *now, const LabelAnswer *before)
{
	return now->status.left != before->status.left || now->full != before->full ||
	       now->status.awaits_taking;
}

/* Until it has printed all it has. One that never speaks is taken to be ready: "sent, unconfirmed"
 * is all that can be known (§8). @fresh: nothing of ours is on its way, so a label that stays half
 * sent is another's. */
static bool wait_until_ready(struct label_printer *self, bool fresh, GError **error)
{
	LabelAnswer before = { 0 };

	for (int polls = 0; polls < MAX_BLIND_POLLS; polls++) {
		LabelAnswer now;

		self->line_broke = !ask(self, &now, error);
		if (self->line_broke || !check(self, &now, error))
			return false;
		if (!now.status.busy && !now.full && !now.partial && !now.status.awaits_taking)
			return true;
		if (fresh && now.partial && before.partial && !now.status.busy &&
		    !cancel_partial(self, error))
			return false;
		if (has_moved(&now, &before))
			polls = 0;
		if (now.status.left >= 0 && polls >= MAX_POLLS)
			break;
		before = now;
		if (!port_pause(self->port, POLL_MS, error))
			return false;
	}
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BUSY,
		    "the label printer is busy and does not print");
	return false;
}

/* ---- jobs */

static bool write_all(struct label_printer *self, const uint8_t *data, size_t len, GError **error)
{
	for (size_t at = 0; at < len; at += CHUNK)
		if (!port_write(self->port, data + at, MIN(len - at, CHUNK), CHUNK_MS, error))
			return false;
	return true;
}

static LabelLayout *lay_out(struct label_printer *self, const LabelDesign *design, LabelData *label,
			    GError **error)
{
	/* A document is in micrometres: whoever prints it knows its own dots. */
	int dots = self->language->document != NULL ? 1000000
						    : label_dots_per_metre(self->options.dpi);

	return label_layout_new(design, label, dots, error);
}

static GBytes *job_new(struct label_printer *self, GPtrArray *layouts, const int *copies,
		       GError **error)
{
	GByteArray *bytes;

	if (self->language->document != NULL)
		return self->language->document(layouts, copies, &self->options, error);
	bytes = g_byte_array_new();
	for (guint i = 0; i < layouts->len; i++)
		self->language->put(bytes, g_ptr_array_index(layouts, i), &self->options,
				    copies[i]);
	return g_byte_array_free_to_bytes(bytes);
}

/* The labels from the @from-th on, counting copies: at most a job's; their number, or 0. */
static int send_job(struct label_printer *self, const LabelDesign *design, LabelData *const *labels,
		    int copies, int64_t from, int64_t total, GError **error)
{
	g_autoptr(GPtrArray) layouts =
		g_ptr_array_new_with_free_func((GDestroyNotify)label_layout_free);
	g_autoptr(GBytes) job = NULL;
	int times[MAX_JOB], n = 0;

	while (n < MAX_JOB && from + n < total) {
		int64_t at = from + n;
		LabelLayout *layout = lay_out(self, design, labels[at / copies], error);

		if (layout == NULL)
			return 0;
		times[layouts->len] = (int)MIN(copies - at % copies, MAX_JOB - n);
		n += times[layouts->len];
		g_ptr_array_add(layouts, layout);
	}
	job = job_new(self, layouts, times, error);
	if (job == NULL)
		return 0;
	if (!write_all(self, g_bytes_get_data(job, NULL), g_bytes_get_size(job), error) ||
	    !port_flush(self->port, CHUNK_MS, error))
		return 0;
	self->unread = g_bytes_get_size(job);
	return n;
}

/* A label that cannot be printed is told before the first of a thousand others comes out. */
static bool check_labels(struct label_printer *self, const LabelDesign *design,
			 LabelData *const *labels, int n, GError **error)
{
	for (int i = 0; i < n; i++) {
		g_autoptr(LabelLayout) layout = lay_out(self, design, labels[i], error);

		if (layout != NULL)
			continue;
		g_prefix_error(error, "label %d: ", i + 1);
		return false;
	}
	return true;
}

/* A printer that says what stops it has what was sent, and repeats by itself the label it was
 * stopped in; one that falls silent has it too. But of a job that was on a line that broke nobody
 * knows what has arrived. */
static bool await_job(struct label_printer *self, int done, int *printed, GError **error)
{
	bool ready = wait_until_ready(self, done == 0, error);

	if (!self->line_broke)
		*printed = done;
	return ready;
}

bool label_printer_print(struct label_printer *self, const LabelDesign *design,
			 LabelData *const *labels, int n, int copies, int *printed, GError **error)
{
	int64_t total = (int64_t)n * copies, done = 0;

	g_return_val_if_fail(n >= 0 && copies > 0 && total <= G_MAXINT, false);
	*printed = 0;
	if (!check_labels(self, design, labels, n, error))
		return false;
	while (done < total) {
		int sent;

		if (!await_job(self, (int)done, printed, error))
			return false;
		sent = send_job(self, design, labels, copies, done, total, error);
		if (sent == 0)
			return false;
		done += sent;
	}
	return total == 0 || await_job(self, (int)done, printed, error);
}

GBytes *label_printer_encode(struct label_printer *self, const LabelDesign *design,
			     LabelData *label, int copies, GError **error)
{
	g_autoptr(GPtrArray) layouts =
		g_ptr_array_new_with_free_func((GDestroyNotify)label_layout_free);
	LabelLayout *layout = lay_out(self, design, label, error);

	if (layout == NULL)
		return NULL;
	g_ptr_array_add(layouts, layout);
	return job_new(self, layouts, &copies, error);
}
