/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/hidpos.h"
#include "drivers/scanner/source.h"

#include <libusb.h>
#include <string.h>

/* The cable of a HID point-of-sale scanner: its interrupt IN endpoint, taken from the kernel so
 * that nobody else reads along. */

enum { DESCRIPTOR_MAX = 4096, CONTROL_MS = 1000, REPORT_MAX = 1024 };
#define GET_DESCRIPTOR_TYPE_REPORT 0x2200

typedef struct {
	char *address; /* owned */
	libusb_context *context; /* owned */
	libusb_device_handle *handle; /* owned, or NULL */
	int interface; /* claimed, or -1 */
	uint8_t endpoint;
	int packet; /* the endpoint's */
	int transfer; /* a report in whole packets: a larger one would wait for the next report too
		       */
	HidPosJoiner *joiner; /* owned, or NULL */
	gint cancelled;
} HidPos;

static bool fail(HidPos *self, int code, const char *what, GError **error)
{
	DeviceFault fault = code == LIBUSB_ERROR_ACCESS ? DEVICE_FAULT_NO_PERMISSION
			    : code == LIBUSB_ERROR_BUSY ? DEVICE_FAULT_IN_USE
							: DEVICE_FAULT_OFFLINE;

	g_set_error(error, DEVICE_FAULT, fault, "%s: %s: %s", self->address, what,
		    libusb_error_name(code));
	return false;
}

static void close_hidpos(void *data)
{
	HidPos *self = data;

	if (self->interface >= 0)
		libusb_release_interface(self->handle, self->interface);
	if (self->handle != NULL)
		libusb_close(self->handle);
	if (self->context != NULL)
		libusb_exit(self->context);
	hidpos_joiner_free(self->joiner);
	g_free(self->address);
	g_free(self);
}

/* --- finding it ------------------------------------------------------------------------------- */

static bool has_serial(libusb_device_handle *handle, uint8_t index, const char *serial)
{
	char text[256] = "";

	return serial == NULL ||
	       (index != 0 &&
		libusb_get_string_descriptor_ascii(handle, index, (unsigned char *)text,
						   sizeof text - 1) > 0 &&
		strcmp(text, serial) == 0);
}

/* 0 with self->handle, or a libusb error. */
static int open_if_wanted(HidPos *self, libusb_device *device, uint16_t vendor, uint16_t product,
			  const char *serial)
{
	struct libusb_device_descriptor descriptor;
	libusb_device_handle *handle;
	int code = libusb_get_device_descriptor(device, &descriptor);

	if (code < 0 || descriptor.idVendor != vendor || descriptor.idProduct != product)
		return LIBUSB_ERROR_NO_DEVICE;
	code = libusb_open(device, &handle);
	if (code < 0)
		return code;
	if (!has_serial(handle, descriptor.iSerialNumber, serial)) {
		libusb_close(handle);
		return LIBUSB_ERROR_NO_DEVICE;
	}
	self->handle = handle;
	return 0;
}

static bool open_device(HidPos *self, uint16_t vendor, uint16_t product, const char *serial,
			GError **error)
{
	libusb_device **list;
	int code = LIBUSB_ERROR_NO_DEVICE;
	ssize_t n = libusb_get_device_list(self->context, &list);

	if (n < 0)
		return fail(self, (int)n, "list", error);
	for (ssize_t i = 0; i < n && self->handle == NULL; i++) {
		int now = open_if_wanted(self, list[i], vendor, product, serial);

		if (now != LIBUSB_ERROR_NO_DEVICE) /* what keeps us out of the right one */
			code = now;
	}
	libusb_free_device_list(list, true);
	return self->handle != NULL || fail(self, code, "open", error);
}

static const struct libusb_endpoint_descriptor *
find_endpoint(const struct libusb_interface_descriptor *interface)
{
	for (uint8_t i = 0; i < interface->bNumEndpoints; i++) {
		const struct libusb_endpoint_descriptor *endpoint = &interface->endpoint[i];

		if ((endpoint->bEndpointAddress & LIBUSB_ENDPOINT_IN) != 0 &&
		    (endpoint->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) ==
			    LIBUSB_TRANSFER_TYPE_INTERRUPT)
			return endpoint;
	}
	return NULL;
}

static int claim(HidPos *self, const struct libusb_interface_descriptor *interface,
		 const struct libusb_endpoint_descriptor *endpoint)
{
	int code = libusb_claim_interface(self->handle, interface->bInterfaceNumber);

	if (code < 0)
		return code;
	self->interface = interface->bInterfaceNumber;
	self->endpoint = endpoint->bEndpointAddress;
	self->packet = CLAMP(endpoint->wMaxPacketSize & 0x7FF, 8, REPORT_MAX);
	return 0;
}

static void unclaim(HidPos *self)
{
	libusb_release_interface(self->handle, self->interface);
	self->interface = -1;
}

/* The kernel has read it too, but only hidraw would tell; so it is asked for again. */
static bool read_descriptor(HidPos *self)
{
	uint8_t bytes[DESCRIPTOR_MAX];
	HidPosLayout layout;
	bool known;
	int n = libusb_control_transfer(self->handle,
					LIBUSB_ENDPOINT_IN | LIBUSB_RECIPIENT_INTERFACE,
					LIBUSB_REQUEST_GET_DESCRIPTOR, GET_DESCRIPTOR_TYPE_REPORT,
					(uint16_t)self->interface, bytes, sizeof bytes, CONTROL_MS);

	if (n <= 0 || !hidpos_is_scanner(bytes, (size_t)n))
		return false;
	known = hidpos_layout_parse(bytes, (size_t)n, &layout) && layout.len <= REPORT_MAX;
	self->joiner = hidpos_joiner_new(known ? &layout : NULL);
	self->transfer = self->packet;
	if (known)
		self->transfer *= (layout.len + self->packet - 1) / self->packet;
	return true;
}

/* A scanner may also have a keyboard, a serial line … : the interface that says it scans. */
static bool find_interface(HidPos *self, const struct libusb_config_descriptor *config,
			   GError **error)
{
	int code = LIBUSB_ERROR_NOT_FOUND;

	for (uint8_t i = 0; i < config->bNumInterfaces; i++) {
		const struct libusb_interface_descriptor *interface =
			&config->interface[i].altsetting[0];
		const struct libusb_endpoint_descriptor *endpoint = find_endpoint(interface);

		if (interface->bInterfaceClass != LIBUSB_CLASS_HID || endpoint == NULL)
			continue;
		code = claim(self, interface, endpoint);
		if (code < 0)
			continue;
		if (read_descriptor(self))
			return true;
		unclaim(self);
		code = LIBUSB_ERROR_NOT_FOUND;
	}
	return fail(self, code, "it has no HID point-of-sale interface: set it up as one", error);
}

static bool open_interface(HidPos *self, GError **error)
{
	struct libusb_config_descriptor *config;
	int code = libusb_get_active_config_descriptor(libusb_get_device(self->handle), &config);
	bool ok;

	if (code < 0)
		return fail(self, code, "configuration", error);
	libusb_set_auto_detach_kernel_driver(self->handle, true);
	ok = find_interface(self, config, error);
	libusb_free_config_descriptor(config);
	return ok;
}

static void *open_hidpos(const char *address, GError **error)
{
	g_autofree char *serial = NULL;
	uint16_t vendor, product;
	HidPos *self;
	int code;

	if (!scan_parse_usb_id(address + strlen("hidpos:"), &vendor, &product, &serial)) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS,
			    "'%s' is not hidpos:VVVV:PPPP", address);
		return NULL;
	}
	self = g_new0(HidPos, 1);
	self->address = g_strdup(address);
	self->interface = -1;
	code = libusb_init(&self->context);
	if (code < 0)
		fail(self, code, "USB", error);
	else if (open_device(self, vendor, product, serial, error) && open_interface(self, error))
		return self;
	close_hidpos(self);
	return NULL;
}

/* --- reading it ------------------------------------------------------------------------------- */

static int read_hidpos(void *data, ScanCollector *collector, GError **error)
{
	HidPos *self = data;
	uint8_t report[2 * REPORT_MAX];
	int n = 0;
	int code = libusb_interrupt_transfer(self->handle, self->endpoint, report, self->transfer,
					     &n, SCAN_TICK_MS);

	if (g_atomic_int_get(&self->cancelled)) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "%s: cancelled",
			    self->address);
		return -1;
	}
	if (n > 0) /* even where the time ran out meanwhile */
		hidpos_joiner_take(self->joiner, report, (size_t)n, g_get_monotonic_time(),
				   collector);
	if (code == 0 || code == LIBUSB_ERROR_INTERRUPTED)
		return 1;
	if (code == LIBUSB_ERROR_TIMEOUT)
		return n > 0;
	fail(self, code, "read", error);
	return -1;
}

static void cancel_hidpos(void *data)
{
	HidPos *self = data;

	g_atomic_int_set(&self->cancelled, true); /* seen within SCAN_TICK_MS */
}

const struct scan_source scan_source_hidpos = {
	.scheme = "hidpos",
	.silence_us = 200 * 1000,
	.open = open_hidpos,
	.read = read_hidpos,
	.cancel = cancel_hidpos,
	.close = close_hidpos,
};
