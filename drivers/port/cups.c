/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/backend.h"
#include "drivers/port/cups_reason.h"

#include <cups/cups.h>
#include <string.h>

#define CONNECT_MS 3000
#define OPEN_MS 5000
#define CLOSE_MS 5000
#define SLICE_S 0.1 /* how often a blocked libcups looks at the clock and at port_cancel() */
#define WITHDRAW_MS 1000
#define LOOK_MS 200 /* between two questions after the job */
#define LARGEST (64 * 1024 * 1024)

typedef struct {
	/* owned */
	http_t *http; /* NULL before the connection */
	char *queue;
	char *media; /* or NULL */
	GByteArray *document;

	bool is_pdf;
	bool withdraws; /* which port_cancel() does not stop */
	int64_t until; /* of the call that is going on */
} Cups;

static const char *take_option(const char *key, const char *value, void *data)
{
	Cups *cups = data;

	if (strcmp(key, "format") == 0) {
		cups->is_pdf = strcmp(value, "pdf") == 0;
		return cups->is_pdf || strcmp(value, "raw") == 0 ? NULL : "format is raw or pdf";
	}
	if (strcmp(key, "media") != 0)
		return "unknown setting";
	g_free(cups->media);
	cups->media = g_strdup(value);
	return value[0] != '\0' ? NULL : "no media";
}

/* libcups asks whenever nothing came for SLICE_S: go on? */
static int on_slice(http_t *http, void *data)
{
	struct port *port = data;
	Cups *cups = port->extra;

	return (cups->withdraws || !g_atomic_int_get(&port->cancelled)) &&
	       port_remaining_ms(cups->until) > 0;
}

static bool fail_cups(struct port *port, const char *what, GError **error)
{
	DeviceFault fault = DEVICE_FAULT_OFFLINE;

	if (port_was_cancelled(port, error))
		return false;
	switch (cupsLastError()) {
	case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
	case IPP_STATUS_ERROR_NOT_AUTHORIZED:
	case IPP_STATUS_ERROR_FORBIDDEN:
		fault = DEVICE_FAULT_NO_PERMISSION;
		break;
	case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
		fault = DEVICE_FAULT_PAUSED;
		break;
	case IPP_STATUS_ERROR_NOT_FOUND:
		fault = DEVICE_FAULT_OFFLINE;
		break;
	default:
		/* 4xx: about what we sent. */
		if (cupsLastError() >= IPP_STATUS_ERROR_BAD_REQUEST &&
		    cupsLastError() < IPP_STATUS_ERROR_INTERNAL)
			fault = DEVICE_FAULT_REFUSED;
	}
	g_set_error(error, DEVICE_FAULT, (int)fault, "%s: %s: %s", port->address, what,
		    cupsLastErrorString());
	return false;
}

static char *dup_uri(const Cups *cups)
{
	char uri[HTTP_MAX_URI];

	httpAssembleURIf(HTTP_URI_CODING_ALL, uri, sizeof uri, "ipp", NULL, "localhost", 0,
			 "/printers/%s", cups->queue);
	return g_strdup(uri);
}

static ipp_t *request_new(const Cups *cups, ipp_op_t operation, int job)
{
	ipp_t *request = ippNewRequest(operation);
	g_autofree char *uri = dup_uri(cups);

	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", NULL, uri);
	if (job > 0)
		ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", job);
	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", NULL,
		     cupsUser());
	return request;
}

/* NULL and @error, or the answer, which the caller deletes. */
static ipp_t *ask(struct port *port, ipp_t *request, const char *what, GError **error)
{
	Cups *cups = port->extra;
	ipp_t *answer = cupsDoRequest(cups->http, request, "/"); /* deletes @request */

	if (answer != NULL && ippGetStatusCode(answer) < IPP_STATUS_ERROR_BAD_REQUEST)
		return answer;
	ippDelete(answer);
	fail_cups(port, what, error);
	return NULL;
}

/* The queue's own trouble, or DEVICE_FAULT_N. */
static DeviceFault ask_reasons(struct port *port)
{
	static const char *const wanted[] = { "printer-state-reasons", "printer-state",
					      "printer-is-accepting-jobs" };
	ipp_t *request = request_new(port->extra, IPP_OP_GET_PRINTER_ATTRIBUTES, 0);
	ipp_t *answer;
	ipp_attribute_t *reasons;
	DeviceFault fault = DEVICE_FAULT_N;

	ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
		      G_N_ELEMENTS(wanted), NULL, wanted);
	answer = ask(port, request, "printer", NULL);
	if (answer == NULL)
		return DEVICE_FAULT_N;
	reasons = ippFindAttribute(answer, "printer-state-reasons", IPP_TAG_KEYWORD);
	/* What a person puts right before that nobody answers. */
	for (int i = 0; reasons != NULL && i < ippGetCount(reasons); i++) {
		DeviceFault next = cups_fault_of_reason(ippGetString(reasons, i, NULL));

		if (fault == DEVICE_FAULT_N ||
		    (fault == DEVICE_FAULT_OFFLINE && next != DEVICE_FAULT_N))
			fault = next;
	}
	ippDelete(answer);
	return fault;
}

static bool connect_to(struct port *port, GError **error)
{
	Cups *cups = port->extra;

	cups->until = port_deadline(OPEN_MS);
	cups->http = httpConnect2(cupsServer(), ippPort(), NULL, AF_UNSPEC, cupsEncryption(), 1,
				  CONNECT_MS, &port->cancelled);
	if (cups->http == NULL) {
		if (port_was_cancelled(port, error))
			return false;
		return port_fail_offline(port, "the print service CUPS does not answer", error);
	}
	httpSetTimeout(cups->http, SLICE_S, on_slice, port);
	return true;
}

static bool open_cups(struct port *port, const char *rest, GError **error)
{
	static const char *const wanted[] = { "printer-name" };
	Cups *cups = g_new0(Cups, 1);
	ipp_t *request, *answer;

	port->extra = cups;
	cups->document = g_byte_array_new();
	if (!port_parse_rest(port, rest, take_option, cups, &cups->queue, error))
		return false;
	if (cups->queue[0] == '\0' || strpbrk(cups->queue, " /#") != NULL)
		return port_fail_address(port, "write cups:QUEUE", error);
	if (!connect_to(port, error))
		return false;
	request = request_new(cups, IPP_OP_GET_PRINTER_ATTRIBUTES, 0);
	ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
		      G_N_ELEMENTS(wanted), NULL, wanted);
	answer = ask(port, request, "queue", error);
	ippDelete(answer);
	return answer != NULL;
}

static bool write_cups(struct port *port, const uint8_t *data, size_t len, int timeout_ms,
		       GError **error)
{
	Cups *cups = port->extra;

	if (len > LARGEST - cups->document->len)
		return port_fail(port, DEVICE_FAULT_REFUSED, "too long for one job", error);
	g_byte_array_append(cups->document, data, (guint)len);
	return true;
}

/* A queue never speaks. */
static gssize read_cups(struct port *port, uint8_t *data, size_t len, int timeout_ms,
			GError **error)
{
	return port_pause(port, timeout_ms, error) ? 0 : -1;
}

static void discard_cups(struct port *port)
{
}

/* --- a job --------------------------------------------------------------------------------- */

static bool send_document(struct port *port, int job, GError **error)
{
	Cups *cups = port->extra;
	const char *format = cups->is_pdf ? CUPS_FORMAT_PDF : CUPS_FORMAT_RAW;
	size_t at = 0;

	if (cupsStartDocument(cups->http, cups->queue, job, "baraa", format, 1) !=
	    HTTP_STATUS_CONTINUE)
		return fail_cups(port, "document", error);
	while (at < cups->document->len) {
		size_t n = MIN(cups->document->len - at, 65536);

		if (cupsWriteRequestData(cups->http, (const char *)cups->document->data + at, n) !=
		    HTTP_STATUS_CONTINUE)
			return fail_cups(port, "document", error);
		at += n;
	}
	return cupsFinishDocument(cups->http, cups->queue) < IPP_STATUS_ERROR_BAD_REQUEST ||
	       fail_cups(port, "document", error);
}

/* 0 and @error where it was not taken. */
static int create_job(struct port *port, GError **error)
{
	Cups *cups = port->extra;
	cups_option_t *options = NULL;
	int n = 0, job;

	if (cups->is_pdf)
		n = cupsAddOption("print-scaling", "none", n, &options);
	if (cups->media != NULL)
		n = cupsAddOption("media", cups->media, n, &options);
	job = cupsCreateJob(cups->http, cups->queue, "baraa", n, options);
	cupsFreeOptions(n, options);
	if (job == 0)
		fail_cups(port, "job", error);
	return job;
}

/* IPP_JSTATE_…, or 0 and @error. */
static int ask_state(struct port *port, int job, GError **error)
{
	ipp_t *request = request_new(port->extra, IPP_OP_GET_JOB_ATTRIBUTES, job);
	ipp_t *answer;
	ipp_attribute_t *state;
	int ret = 0;

	ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", NULL,
		     "job-state");
	answer = ask(port, request, "job", error);
	if (answer == NULL)
		return 0;
	state = ippFindAttribute(answer, "job-state", IPP_TAG_ENUM);
	if (state != NULL)
		ret = ippGetInteger(state, 0);
	else
		port_fail(port, DEVICE_FAULT_PROTOCOL, "does not say how the job is", error);
	ippDelete(answer);
	return ret;
}

static const char *sentence_of(DeviceFault fault, int state)
{
	if (fault != DEVICE_FAULT_N)
		return device_fault_code(fault);
	return state >= IPP_JSTATE_CANCELED ? "CUPS gave the job up" : "the job still waits";
}

static bool fail_job(struct port *port, int state, GError **error)
{
	DeviceFault reason, fault;

	if (port_was_cancelled(port, error))
		return false;
	((Cups *)port->extra)->until = port_deadline(1000);
	reason = ask_reasons(port);
	fault = reason;
	if (reason == DEVICE_FAULT_N)
		fault = state == IPP_JSTATE_ABORTED    ? DEVICE_FAULT_REFUSED
			: state == IPP_JSTATE_CANCELED ? DEVICE_FAULT_CANCELLED
			: state == IPP_JSTATE_STOPPED || state == IPP_JSTATE_HELD
				? DEVICE_FAULT_PAUSED
				: DEVICE_FAULT_BUSY;
	return port_fail(port, fault, sentence_of(reason, state), error);
}

/* Until CUPS has sent it. A fault that a person puts right is waited for as long as there is time.
 */
static bool wait_for_job(struct port *port, int job, GError **error)
{
	Cups *cups = port->extra;
	int64_t until = cups->until;
	g_autoptr(GError) lost = NULL;
	int state = 0;

	do {
		state = ask_state(port, job, &lost);
		if (state == IPP_JSTATE_COMPLETED)
			return true;
		if (state == 0 || state >= IPP_JSTATE_CANCELED)
			break;
	} while (port_pause(port, MIN(LOOK_MS, port_remaining_ms(until)), NULL) &&
		 port_remaining_ms(until) > 0);

	if (state == 0 && !g_error_matches(lost, DEVICE_FAULT, DEVICE_FAULT_CANCELLED))
		return port_fail(port, DEVICE_FAULT_OUTCOME_UNKNOWN, lost->message, error);
	return fail_job(port, state, error);
}

/* Also after port_cancel(): what is not printed must not come out by itself later. A job that is
 * over cannot be cancelled, and need not be. */
static bool withdraw(struct port *port, int job)
{
	Cups *cups = port->extra;
	ipp_status_t status;
	bool ok;

	cups->withdraws = true;
	cups->until = port_deadline(WITHDRAW_MS);
	ok = httpReconnect2(cups->http, WITHDRAW_MS, NULL) == 0;
	if (ok) {
		status = cupsCancelJob2(cups->http, cups->queue, job, 0);
		ok = status < IPP_STATUS_ERROR_BAD_REQUEST ||
		     status == IPP_STATUS_ERROR_NOT_POSSIBLE;
	}
	cups->withdraws = false;
	return ok;
}

static bool flush_cups(struct port *port, int timeout_ms, GError **error)
{
	Cups *cups = port->extra;
	g_autoptr(GError) reason = NULL;
	bool ok;
	int job;

	if (cups->document->len == 0)
		return true;
	cups->until = port_deadline(timeout_ms);
	port_trace_text(port, '>', "a job of %u bytes", cups->document->len);
	job = create_job(port, &reason);
	ok = job != 0 && send_document(port, job, &reason);
	g_byte_array_set_size(cups->document, 0);
	if (ok && wait_for_job(port, job, &reason))
		return true;
	port_trace_text(port, '<', "job %d: %s", job, reason->message);
	if (job != 0 && !withdraw(port, job))
		return port_fail(port, DEVICE_FAULT_OUTCOME_UNKNOWN, reason->message, error);
	g_propagate_error(error, g_steal_pointer(&reason));
	return false;
}

static void close_cups(struct port *port)
{
	Cups *cups = port->extra;
	g_autoptr(GError) error = NULL;

	if (cups == NULL)
		return;
	if (cups->http != NULL && !g_atomic_int_get(&port->cancelled) &&
	    !flush_cups(port, CLOSE_MS, &error))
		g_debug("%s", error->message);
	httpClose(cups->http);
	g_byte_array_unref(cups->document);
	g_free(cups->queue);
	g_free(cups->media);
	g_free(cups);
}

const struct port_backend port_cups = {
	.scheme = "cups",
	.open = open_cups,
	.close = close_cups,
	.write = write_cups,
	.read = read_cups,
	.discard = discard_cups,
	.flush = flush_cups,
};
