/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "drivers/port/port.h"

/* What USB's printer class can do besides carrying bytes (receipt-printer-escpos.md §1.1). REFUSED
 * where @port is no usb: address, or the device does not know the request. */

/* The IEEE 1284 text; own it. See device_id.h. */
char *usb_get_device_id(struct port *port, GError **error);

typedef struct {
	bool paper_empty, selected, error;
} UsbPortStatus;
/* Only a hint: many clones always say that all is well. */
bool usb_get_port_status(struct port *port, UsbPortStatus *ret, GError **error);
UsbPortStatus usb_port_status_decode(uint8_t byte); /* pure */
/* Empties the printer's buffers. */
bool usb_soft_reset(struct port *port, GError **error);
