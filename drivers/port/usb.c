/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/usb.h"

#include "drivers/port/device_id.h"
#include "drivers/port/usb_private.h"

#include <string.h>

/* receipt-printer-escpos.md §1.1 */
#define GET_DEVICE_ID 0x00
#define GET_PORT_STATUS 0x01
#define SOFT_RESET 0x02
#define TYPE_IN 0xA1 /* class request to an interface */
#define TYPE_OUT 0x21
#define TYPE_OUT_CLONE 0x23 /* what some clones wait for instead */

typedef struct {
	int vid, pid; /* -1 where @path says which */
	char *serial; /* owned, or NULL: any */
	char *path; /* owned, "3-1.4", or NULL */
	int interface; /* -1: the first that fits */
} Address;

static void address_clear(Address *self)
{
	g_clear_pointer(&self->serial, g_free);
	g_clear_pointer(&self->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Address, address_clear)

static DeviceFault fault_of(int code)
{
	switch (code) {
	case LIBUSB_ERROR_ACCESS:
		return DEVICE_FAULT_NO_PERMISSION;
	case LIBUSB_ERROR_BUSY:
		return DEVICE_FAULT_IN_USE;
	default: /* NO_DEVICE, NOT_FOUND, IO, PIPE, TIMEOUT */
		return DEVICE_FAULT_OFFLINE;
	}
}

bool usb_fail(struct port *port, const char *what, int code, GError **error)
{
	g_set_error(error, DEVICE_FAULT, (int)fault_of(code), "cannot %s %s: %s", what,
		    port->address, libusb_strerror(code));
	return false;
}

static const char *take_option(const char *key, const char *value, void *data)
{
	Address *address = data;
	guint64 number;

	if (strcmp(key, "interface") != 0)
		return "unknown setting";
	if (!g_ascii_string_to_unsigned(value, 10, 0, 255, &number, NULL))
		return "interface is a number";
	address->interface = (int)number;
	return NULL;
}

static bool parse_id(const char *text, int *ret)
{
	guint64 number;

	if (strlen(text) != 4 || !g_ascii_string_to_unsigned(text, 16, 0, 0xFFFF, &number, NULL))
		return false;
	*ret = (int)number;
	return true;
}

/* "3-1.4": the bus, then the ports from its root. */
static bool is_path(const char *text)
{
	return g_regex_match_simple("^[0-9]{1,3}-[0-9]{1,3}(\\.[0-9]{1,3}){0,6}$", text, 0, 0);
}

static bool parse(struct port *port, const char *rest, Address *ret, GError **error)
{
	g_autofree char *base = NULL;
	g_auto(GStrv) parts = NULL;

	if (!port_parse_rest(port, rest, take_option, ret, &base, error))
		return false;
	if (g_str_has_prefix(base, "path=")) {
		ret->path = g_strdup(base + strlen("path="));
		return is_path(ret->path) || port_fail_address(port, "write usb:path=3-1.4", error);
	}
	parts = g_strsplit(base, ":", 3); /* a serial number may hold colons */
	if (parts[0] == NULL || parts[1] == NULL || !parse_id(parts[0], &ret->vid) ||
	    !parse_id(parts[1], &ret->pid) || (parts[2] != NULL && parts[2][0] == '\0'))
		return port_fail_address(port, "write usb:04b8:0202 or usb:04b8:0202:SERIAL",
					 error);
	ret->serial = g_strdup(parts[2]);
	return true;
}

static char *dup_path(libusb_device *device)
{
	uint8_t ports[7];
	int n = libusb_get_port_numbers(device, ports, sizeof ports);
	GString *path = g_string_new(NULL);

	g_string_printf(path, "%d", libusb_get_bus_number(device));
	for (int i = 0; i < n; i++)
		g_string_append_printf(path, "%c%d", i == 0 ? '-' : '.', ports[i]);
	return g_string_free(path, FALSE);
}

static bool may_be(libusb_device *device, const Address *address)
{
	struct libusb_device_descriptor descriptor;
	g_autofree char *path = NULL;

	if (address->path != NULL) {
		path = dup_path(device);
		return strcmp(path, address->path) == 0;
	}
	return libusb_get_device_descriptor(device, &descriptor) == LIBUSB_SUCCESS &&
	       descriptor.idVendor == address->vid && descriptor.idProduct == address->pid;
}

/* A serial number can be read of an open device only. */
static bool has_serial(libusb_device_handle *handle, const char *serial)
{
	struct libusb_device_descriptor descriptor;
	unsigned char text[256];

	return libusb_get_device_descriptor(libusb_get_device(handle), &descriptor) ==
		       LIBUSB_SUCCESS &&
	       descriptor.iSerialNumber != 0 &&
	       libusb_get_string_descriptor_ascii(handle, descriptor.iSerialNumber, text,
						  sizeof text) > 0 &&
	       strcmp((const char *)text, serial) == 0;
}

/* The worst that befell on the way tells more than "not there". */
static bool open_found(struct port *port, libusb_device **devices, const Address *address,
		       GError **error)
{
	Usb *usb = port->extra;
	int worst = LIBUSB_ERROR_NO_DEVICE;

	for (; *devices != NULL; devices++) {
		int code;

		if (!may_be(*devices, address))
			continue;
		code = libusb_open(*devices, &usb->handle);
		if (code != LIBUSB_SUCCESS) {
			worst = code;
			usb->handle = NULL;
		} else if (address->serial != NULL && !has_serial(usb->handle, address->serial)) {
			g_clear_pointer(&usb->handle, libusb_close);
		} else {
			return true;
		}
	}
	return usb_fail(port, "open", worst, error);
}

/* Both ways by bulk; @in is 0 for a printer that only listens. */
static bool find_endpoints(const struct libusb_interface_descriptor *descriptor, Usb *usb)
{
	usb->in = usb->out = 0;
	for (int i = 0; i < descriptor->bNumEndpoints; i++) {
		const struct libusb_endpoint_descriptor *end = &descriptor->endpoint[i];

		if ((end->bmAttributes & LIBUSB_TRANSFER_TYPE_MASK) != LIBUSB_TRANSFER_TYPE_BULK)
			continue;
		if ((end->bEndpointAddress & LIBUSB_ENDPOINT_DIR_MASK) == LIBUSB_ENDPOINT_OUT) {
			usb->out = end->bEndpointAddress;
		} else {
			usb->in = end->bEndpointAddress;
			usb->in_packet = CLAMP(end->wMaxPacketSize & 0x7FF, 1, USB_IN_SIZE);
		}
	}
	return usb->out != 0;
}

/* Class 07 with protocol 01 or 02 (03 is IEEE 1284.4), or a vendor's with an endpoint each way. */
static bool fits(const struct libusb_interface_descriptor *descriptor, const Address *address,
		 Usb *usb)
{
	bool has_out = find_endpoints(descriptor, usb);

	usb->is_printer_class = descriptor->bInterfaceClass == LIBUSB_CLASS_PRINTER;
	if (address->interface >= 0 && descriptor->bInterfaceNumber != address->interface)
		return false;
	if (usb->is_printer_class)
		return has_out && descriptor->bInterfaceProtocol != 3;
	return descriptor->bInterfaceClass == LIBUSB_CLASS_VENDOR_SPEC && has_out && usb->in != 0;
}

/* The setting that speaks (02) before one that only listens (01). */
static const struct libusb_interface_descriptor *
find_interface(const struct libusb_config_descriptor *config, const Address *address, Usb *usb)
{
	const struct libusb_interface_descriptor *found = NULL;

	for (int i = 0; i < config->bNumInterfaces; i++) {
		for (int j = 0; j < config->interface[i].num_altsetting; j++) {
			const struct libusb_interface_descriptor *setting =
				&config->interface[i].altsetting[j];

			if (!fits(setting, address, usb))
				continue;
			if (usb->in != 0)
				return setting;
			found = found != NULL ? found : setting;
		}
	}
	if (found != NULL)
		fits(found, address, usb); /* what it found is what usb holds */
	return found;
}

static bool claim(struct port *port, const struct libusb_interface_descriptor *setting,
		  GError **error)
{
	Usb *usb = port->extra;
	int code = libusb_set_auto_detach_kernel_driver(usb->handle, 1);

	if (code != LIBUSB_SUCCESS && code != LIBUSB_ERROR_NOT_SUPPORTED)
		return usb_fail(port, "open", code, error);
	code = libusb_claim_interface(usb->handle, setting->bInterfaceNumber);
	if (code != LIBUSB_SUCCESS)
		return usb_fail(port, "claim", code, error);
	usb->interface = setting->bInterfaceNumber;
	usb->alternate = setting->bAlternateSetting;
	if (usb->alternate == 0)
		return true;
	code = libusb_set_interface_alt_setting(usb->handle, usb->interface, usb->alternate);
	return code == LIBUSB_SUCCESS || usb_fail(port, "set up", code, error);
}

static bool claim_fitting(struct port *port, const Address *address, GError **error)
{
	Usb *usb = port->extra;
	struct libusb_config_descriptor *config;
	const struct libusb_interface_descriptor *setting;
	int code = libusb_get_active_config_descriptor(libusb_get_device(usb->handle), &config);
	bool ok;

	if (code != LIBUSB_SUCCESS)
		return usb_fail(port, "open", code, error);
	setting = find_interface(config, address, usb);
	ok = setting != NULL ? claim(port, setting, error)
			     : port_fail_address(port, "is no printer and has no two ways", error);
	libusb_free_config_descriptor(config);
	return ok;
}

static bool open_usb(struct port *port, const char *rest, GError **error)
{
	g_auto(Address) address = { .vid = -1, .pid = -1, .interface = -1 };
	libusb_device **devices;
	Usb *usb;
	int code;
	bool ok;

	if (!parse(port, rest, &address, error))
		return false;
	port->extra = usb = g_new0(Usb, 1);
	usb->interface = -1;
	usb->received = g_byte_array_new();
	code = libusb_init(&usb->context);
	if (code != LIBUSB_SUCCESS)
		return usb_fail(port, "look for", code, error);
	if (libusb_get_device_list(usb->context, &devices) < 0)
		return port_fail_offline(port, "there is no USB", error);
	ok = open_found(port, devices, &address, error) && claim_fitting(port, &address, error);
	libusb_free_device_list(devices, 1);
	return ok;
}

static void close_usb(struct port *port)
{
	Usb *usb = port->extra;

	if (usb == NULL)
		return;
	if (usb->interface >= 0)
		libusb_release_interface(usb->handle, usb->interface);
	if (usb->handle != NULL)
		libusb_close(usb->handle);
	if (usb->context != NULL)
		libusb_exit(usb->context);
	g_byte_array_unref(usb->received);
	g_free(usb);
}

const struct port_backend port_usb = {
	.scheme = "usb",
	.open = open_usb,
	.close = close_usb,
	.write = usb_write,
	.write_some = usb_write_some,
	.read = usb_read,
	.discard = usb_discard,
};

static bool is_printer(struct port *port, GError **error)
{
	return (port->backend == &port_usb && ((Usb *)port->extra)->is_printer_class) ||
	       port_fail(port, DEVICE_FAULT_REFUSED, "is not of USB's printer class", error);
}

char *usb_get_device_id(struct port *port, GError **error)
{
	const Usb *usb = port->extra;
	uint8_t answer[1024];
	char *text;
	int n;

	if (!is_printer(port, error))
		return NULL;
	n = usb_control(port, TYPE_IN, GET_DEVICE_ID,
			(uint16_t)(usb->interface << 8 | usb->alternate), answer, sizeof answer,
			error);
	if (n < 0)
		return NULL;
	text = device_id_dup_text(answer, (size_t)n);
	if (text == NULL)
		port_fail(port, DEVICE_FAULT_PROTOCOL, "does not say what it is", error);
	return text;
}

UsbPortStatus usb_port_status_decode(uint8_t byte)
{
	return (UsbPortStatus){ .paper_empty = (byte & 0x20) != 0,
				.selected = (byte & 0x10) != 0,
				.error = (byte & 0x08) == 0 };
}

bool usb_get_port_status(struct port *port, UsbPortStatus *ret, GError **error)
{
	const Usb *usb = port->extra;
	uint8_t byte;
	int n;

	if (!is_printer(port, error))
		return false;
	n = usb_control(port, TYPE_IN, GET_PORT_STATUS, (uint16_t)usb->interface, &byte, 1, error);
	if (n < 0)
		return false;
	if (n == 0)
		return port_fail(port, DEVICE_FAULT_PROTOCOL, "does not say how it is", error);
	*ret = usb_port_status_decode(byte);
	return true;
}

bool usb_soft_reset(struct port *port, GError **error)
{
	const Usb *usb = port->extra;
	g_autoptr(GError) refused = NULL;

	if (!is_printer(port, error))
		return false;
	if (usb_control(port, TYPE_OUT, SOFT_RESET, (uint16_t)usb->interface, NULL, 0, &refused) >=
	    0)
		return true;
	if (g_error_matches(refused, DEVICE_FAULT, DEVICE_FAULT_REFUSED))
		return usb_control(port, TYPE_OUT_CLONE, SOFT_RESET, (uint16_t)usb->interface, NULL,
				   0, error) >= 0;
	g_propagate_error(error, g_steal_pointer(&refused));
	return false;
}
