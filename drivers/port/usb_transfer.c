/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/usb.h"
#include "drivers/port/usb_private.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

/* receipt-printer-escpos.md §1.1 */
#define PIECE 4096
#define PIECE_MS 5000
#define HALTS_MAX 3 /* in a row without a byte between them */
#define CONTROL_MS 1000
#define EMPTY_PACKET_MS 10 /* a clone that answers nothing at once, for ever */

static void on_over(struct libusb_transfer *transfer)
{
	*(int *)transfer->user_data = 1;
}

/* Of libusb's descriptors and ours. */
static void wait_for_events(struct port *port, int timeout_ms)
{
	Usb *usb = port->extra;
	const struct libusb_pollfd **list = libusb_get_pollfds(usb->context);
	struct pollfd fds[16] = { { .fd = port->cancel_fd, .events = POLLIN } };
	nfds_t n = 1;
	struct timeval next;

	for (size_t i = 0; list != NULL && list[i] != NULL && n < G_N_ELEMENTS(fds); i++)
		fds[n++] = (struct pollfd){ .fd = list[i]->fd, .events = list[i]->events };
	libusb_free_pollfds(list);
	if (libusb_get_next_timeout(usb->context, &next) == 1)
		timeout_ms = MIN(timeout_ms, (int)(next.tv_sec * 1000 + next.tv_usec / 1000));
	if (poll(fds, n, timeout_ms) < 0 && errno != EINTR)
		g_debug("%s: %s", port->address, g_strerror(errno));
}

static void handle_events(struct port *port, int *over)
{
	Usb *usb = port->extra;
	struct timeval now = { 0 };
	int code = libusb_handle_events_timeout_completed(usb->context, &now, over);

	if (code != LIBUSB_SUCCESS && code != LIBUSB_ERROR_INTERRUPTED)
		g_debug("%s: %s", port->address, libusb_error_name(code));
}

/* The buffer is the kernel's until the transfer has come back, which it does in microseconds, from
 * a device that was pulled out too. */
static void call_back(struct port *port, struct libusb_transfer *transfer, int *over)
{
	Usb *usb = port->extra;

	libusb_cancel_transfer(transfer); /* fails only when it is over already */
	while (!*over) {
		struct timeval slice = { .tv_usec = 20 * 1000 };

		libusb_handle_events_timeout_completed(usb->context, &slice, over);
	}
}

bool usb_run(struct port *port, struct libusb_transfer *transfer, int64_t until,
	     enum libusb_transfer_status *ret_status, GError **error)
{
	int over = 0;
	int code;

	if (port_was_cancelled(port, error))
		return false;
	transfer->callback = on_over;
	transfer->user_data = &over;
	code = libusb_submit_transfer(transfer);
	if (code != LIBUSB_SUCCESS)
		return usb_fail(port, "reach", code, error);
	while (!over && port_remaining_ms(until) > 0 && !g_atomic_int_get(&port->cancelled)) {
		wait_for_events(port, port_remaining_ms(until));
		handle_events(port, &over);
	}
	if (over) {
		*ret_status = transfer->status;
		return true;
	}
	call_back(port, transfer, &over);
	*ret_status = transfer->status == LIBUSB_TRANSFER_CANCELLED ? LIBUSB_TRANSFER_TIMED_OUT
								    : transfer->status;
	return *ret_status == LIBUSB_TRANSFER_COMPLETED || transfer->actual_length > 0 ||
	       !port_was_cancelled(port, error);
}

static bool fail_status(struct port *port, enum libusb_transfer_status status, GError **error)
{
	switch (status) {
	case LIBUSB_TRANSFER_NO_DEVICE:
		return port_fail_offline(port, "was unplugged", error);
	case LIBUSB_TRANSFER_STALL:
		return port_fail(port, DEVICE_FAULT_PROTOCOL, "halts again and again", error);
	case LIBUSB_TRANSFER_OVERFLOW:
		return port_fail(port, DEVICE_FAULT_PROTOCOL, "sent more than it may", error);
	default:
		return port_fail_offline(port, "the cable failed", error);
	}
}

static bool clear_halt(struct port *port, uint8_t endpoint, int *halts, GError **error)
{
	Usb *usb = port->extra;
	int code;

	if (++*halts > HALTS_MAX)
		return fail_status(port, LIBUSB_TRANSFER_STALL, error);
	code = libusb_clear_halt(usb->handle, endpoint);
	return code == LIBUSB_SUCCESS || usb_fail(port, "reach", code, error);
}

/* One bulk transfer; @ret_n bytes of it were acknowledged, also where it failed or time ran out. */
static bool move(struct port *port, uint8_t endpoint, uint8_t *data, int len, int64_t until,
		 int *ret_n, enum libusb_transfer_status *ret_status, GError **error)
{
	Usb *usb = port->extra;
	struct libusb_transfer *transfer = libusb_alloc_transfer(0);
	bool ok;

	/* Without libusb's own clock: it would call the transfer back by a reckoning of its own. */
	libusb_fill_bulk_transfer(transfer, usb->handle, endpoint, data, len, NULL, NULL, 0);
	ok = usb_run(port, transfer, until, ret_status, error);
	*ret_n = transfer->actual_length;
	libusb_free_transfer(transfer);
	return ok;
}

/* Time is up. Out of paper is more helpful than "takes no bytes", where the printer can say so. */
static bool fail_late(struct port *port, GError **error)
{
	Usb *usb = port->extra;
	UsbPortStatus status;

	if (usb->is_printer_class && usb_get_port_status(port, &status, NULL) && status.paper_empty)
		return port_fail(port, DEVICE_FAULT_PAPER_OUT, "has no paper", error);
	return port_fail_offline(port, "takes no bytes", error);
}

/* One piece; bytes of it that were acknowledged, 0 when the time was up or a halt was cleared, -1
 * on failure. No packet of nothing ends it: a printer reads a stream, not messages. */
static gssize write_piece(struct port *port, const uint8_t *data, size_t len, int64_t until,
			  int *halts, GError **error)
{
	Usb *usb = port->extra;
	enum libusb_transfer_status status;
	int n;

	/* libusb does not write to what it sends. */
	if (!move(port, usb->out, (uint8_t *)data, (int)MIN(len, PIECE),
		  MIN(until, port_deadline(PIECE_MS)), &n, &status, error))
		return -1;
	if (n > 0)
		*halts = 0;
	if (status == LIBUSB_TRANSFER_STALL && !clear_halt(port, usb->out, halts, error))
		return -1;
	if (n > 0 || status == LIBUSB_TRANSFER_STALL || status == LIBUSB_TRANSFER_COMPLETED ||
	    status == LIBUSB_TRANSFER_TIMED_OUT)
		return n;
	fail_status(port, status, error);
	return -1;
}

gssize usb_write_some(struct port *port, const uint8_t *data, size_t len, int timeout_ms,
		      GError **error)
{
	int64_t until = port_deadline(timeout_ms);
	int halts = 0;
	gssize n;

	do {
		n = write_piece(port, data, len, until, &halts, error);
	} while (n == 0 && port_remaining_ms(until) > 0);
	return n;
}

bool usb_write(struct port *port, const uint8_t *data, size_t len, int timeout_ms, GError **error)
{
	int64_t until = port_deadline(timeout_ms);
	int halts = 0;

	while (len > 0) {
		gssize n = write_piece(port, data, len, until, &halts, error);

		if (n < 0)
			return false;
		data += n;
		len -= (size_t)n;
		if (len > 0 && port_remaining_ms(until) == 0)
			return port_was_cancelled(port, error) ? false : fail_late(port, error);
	}
	return true;
}

static gssize take_received(Usb *usb, uint8_t *data, size_t len)
{
	size_t n = MIN(len, usb->received->len);

	memcpy(data, usb->received->data, n);
	g_byte_array_remove_range(usb->received, 0, (guint)n);
	return (gssize)n;
}

/* Packets come whole, so they are asked for in whole packets and the rest is kept. */
static bool receive(struct port *port, int64_t until, int *halts, GError **error)
{
	Usb *usb = port->extra;
	uint8_t packets[USB_IN_SIZE];
	int size = USB_IN_SIZE - USB_IN_SIZE % usb->in_packet;
	enum libusb_transfer_status status;
	int n;

	if (!move(port, usb->in, packets, size, until, &n, &status, error))
		return false;
	g_byte_array_append(usb->received, packets, (guint)n);
	if (n > 0 || status == LIBUSB_TRANSFER_TIMED_OUT)
		return true;
	if (status == LIBUSB_TRANSFER_STALL)
		return clear_halt(port, usb->in, halts, error);
	if (status != LIBUSB_TRANSFER_COMPLETED)
		return fail_status(port, status, error);
	return port_pause(port, MIN(EMPTY_PACKET_MS, port_remaining_ms(until)), error);
}

gssize usb_read(struct port *port, uint8_t *data, size_t len, int timeout_ms, GError **error)
{
	Usb *usb = port->extra;
	int64_t until = port_deadline(timeout_ms);
	int halts = 0;

	if (usb->in == 0) { /* protocol 01: it never speaks */
		port_pause(port, timeout_ms, NULL);
		return port_was_cancelled(port, error) ? -1 : 0;
	}
	while (usb->received->len == 0) {
		if (!receive(port, until, &halts, error))
			return -1;
		if (usb->received->len == 0 && port_remaining_ms(until) == 0)
			return 0;
	}
	return take_received(usb, data, len);
}

void usb_discard(struct port *port)
{
	Usb *usb = port->extra;
	int halts = 0;
	guint before;

	do {
		before = usb->received->len;
		if (usb->in == 0 || !receive(port, port_deadline(5), &halts, NULL))
			break;
	} while (usb->received->len > before && before < USB_IN_SIZE * 16);
	g_byte_array_set_size(usb->received, 0);
}

int usb_control(struct port *port, uint8_t type, uint8_t request, uint16_t index, uint8_t *data,
		uint16_t len, GError **error)
{
	Usb *usb = port->extra;
	uint8_t buffer[LIBUSB_CONTROL_SETUP_SIZE + 1024] = { 0 };
	struct libusb_transfer *transfer;
	enum libusb_transfer_status status;
	bool ok;
	int n;

	g_return_val_if_fail(len <= 1024, -1);

	transfer = libusb_alloc_transfer(0);
	libusb_fill_control_setup(buffer, type, request, 0, index, len);
	libusb_fill_control_transfer(transfer, usb->handle, buffer, NULL, NULL, 0);
	ok = usb_run(port, transfer, port_deadline(CONTROL_MS), &status, error);
	n = MIN(transfer->actual_length, len);
	libusb_free_transfer(transfer);
	if (!ok)
		return -1;
	if (status == LIBUSB_TRANSFER_STALL) {
		port_fail(port, DEVICE_FAULT_REFUSED, "does not know this request", error);
		return -1;
	}
	if (status != LIBUSB_TRANSFER_COMPLETED) {
		fail_status(port, status, error);
		return -1;
	}
	if (data != NULL)
		memcpy(data, buffer + LIBUSB_CONTROL_SETUP_SIZE, (size_t)n);
	return n;
}
