/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/backend.h"

#include <libusb.h>

/* usb.c opens and claims, usb_transfer.c moves bytes. */
typedef struct {
	/* owned */
	libusb_context *context;
	libusb_device_handle *handle; /* NULL before it is open */
	GByteArray *received; /* came in with a packet and is not read yet */

	int interface, alternate; /* -1 before it is claimed */
	uint8_t in, out; /* endpoints; @in is 0 where there is none */
	int in_packet; /* bytes in a packet of @in */
	bool is_printer_class;
} Usb;

#define USB_IN_SIZE 4096

/* The fault that a libusb error code means. Returns false. */
bool usb_fail(struct port *port, const char *what, int code, GError **error);

/* Runs @transfer, which is filled in but for its callback, until it is over or @until passed, or
 * the port is cancelled; then it is called back. @ret_status: as libusb has it, TIMED_OUT where the
 * time was up; what was moved is in @transfer->actual_length even then. False if it could not be
 * begun or was cancelled. */
bool usb_run(struct port *port, struct libusb_transfer *transfer, int64_t until,
	     enum libusb_transfer_status *ret_status, GError **error);
bool usb_write(struct port *port, const uint8_t *data, size_t len, int timeout_ms, GError **error);
gssize usb_write_some(struct port *port, const uint8_t *data, size_t len, int timeout_ms,
		      GError **error);
gssize usb_read(struct port *port, uint8_t *data, size_t len, int timeout_ms, GError **error);
void usb_discard(struct port *port);
/* A request to the interface; bytes moved, or -1. */
int usb_control(struct port *port, uint8_t type, uint8_t request, uint16_t index, uint8_t *data,
		uint16_t len, GError **error);
