/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/scan_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* HID 1.11 §6.2.2 */
#define ITEM_LONG 0xFE
#define KIND(prefix) ((prefix)&0xFC) /* type and tag */
#define USAGE_PAGE 0x04
#define USAGE 0x08
#define COLLECTION 0xA0
#define END_COLLECTION 0xC0

#define PAGE_SCALE 0x8D
#define PAGE_SCANNER 0x8C

static uint32_t item_value(const uint8_t *data, size_t len)
{
	uint32_t value = 0;

	for (size_t i = 0; i < len; i++)
		value |= (uint32_t)data[i] << 8 * i;
	return value;
}

bool hid_has_page(const uint8_t *descriptor, size_t len, uint16_t usage_page)
{
	static const size_t sizes[] = { 0, 1, 2, 4 };
	uint32_t page = 0, usage = 0;
	int depth = 0;

	for (size_t at = 0; at < len;) {
		uint8_t prefix = descriptor[at];
		size_t size = sizes[prefix & 3];

		if (prefix == ITEM_LONG) { /* its size stands in the next byte */
			if (at + 1 >= len)
				return false;
			at += 3 + (size_t)descriptor[at + 1];
			continue;
		}
		if (size > len - at - 1)
			return false;
		if (KIND(prefix) == USAGE_PAGE)
			page = item_value(descriptor + at + 1, size);
		else if (KIND(prefix) == USAGE && size == 4) /* with a page of its own on top */
			usage = item_value(descriptor + at + 1, size);
		else if (KIND(prefix) == COLLECTION && depth++ == 0 &&
			 (usage > 0xFFFF ? usage >> 16 : page) == usage_page)
			return true;
		else if (KIND(prefix) == END_COLLECTION && depth > 0 && --depth == 0)
			usage = 0;
		at += 1 + size;
	}
	return false;
}

static bool read_descriptor(struct udev_device *device, char **ret, gsize *ret_len)
{
	struct udev_device *hid =
		udev_device_get_parent_with_subsystem_devtype(device, "hid", NULL);
	g_autofree char *path = NULL;

	if (hid == NULL)
		return false;
	path = g_build_filename(udev_device_get_syspath(hid), "report_descriptor", NULL);
	return g_file_get_contents(path, ret, ret_len, NULL);
}

/* "hidpos:VVVV:PPPP[:SERIAL]": the scanner's driver reads it through libusb. */
static char *dup_scanner_address(struct udev_device *usb)
{
	const char *vid = udev_device_get_sysattr_value(usb, "idVendor");
	const char *pid = udev_device_get_sysattr_value(usb, "idProduct");
	const char *serial = udev_device_get_sysattr_value(usb, "serial");

	return g_strconcat("hidpos:", vid, ":", pid, serial != NULL ? ":" : NULL, serial, NULL);
}

void scan_hidraw(Scan *scan, struct udev_device *device)
{
	struct udev_device *usb = usb_of(device);
	g_autofree char *descriptor = NULL;
	DeviceFound *found;
	bool is_scanner;
	gsize len;

	if (usb == NULL || g_hash_table_contains(scan->spoken_for, udev_device_get_sysname(usb)) ||
	    !read_descriptor(device, &descriptor, &len))
		return;
	is_scanner = hid_has_page((const uint8_t *)descriptor, len, PAGE_SCANNER);
	if (!is_scanner && !hid_has_page((const uint8_t *)descriptor, len, PAGE_SCALE))
		return;
	found = found_new(is_scanner ? dup_scanner_address(usb) : NULL);
	found_describe(found, scan, usb);
	g_free(found->device_class);
	found->device_class = g_strdup(is_scanner ? "scanner" : "scale");
	found_set_protocol(found, is_scanner ? "hidpos" : "hid");
	if (!is_scanner)
		found_add_text(found, _("a scale that speaks HID: set it to its serial mode"));
	found_set_node(found, udev_device_get_devnode(usb));
	scan_take(scan, found, usb);
}

/* A keyboard for hands has lamps; a scanner seldom pretends to. */
static bool has_lamps(struct udev_device *device)
{
	struct udev_device *input =
		udev_device_get_parent_with_subsystem_devtype(device, "input", NULL);
	const char *leds =
		input != NULL ? udev_device_get_sysattr_value(input, "capabilities/led") : NULL;

	return leds != NULL && strspn(leds, "0 ") != strlen(leds);
}

static bool is_keyboard(struct udev_device *device)
{
	const char *mark = udev_device_get_property_value(device, "ID_INPUT_KEYBOARD");

	return mark != NULL && strcmp(mark, "1") == 0 &&
	       g_str_has_prefix(udev_device_get_sysname(device), "event") &&
	       udev_device_get_devnode(device) != NULL;
}

void scan_input(Scan *scan, struct udev_device *device)
{
	struct udev_device *usb = usb_of(device);
	DeviceFound *found;
	const DeviceKind *kind;
	g_autofree char *link = NULL;

	/* A scanner in HID POS mode has a keyboard beside it for its setup barcodes. */
	if (usb == NULL || !is_keyboard(device) ||
	    g_hash_table_contains(scan->spoken_for, udev_device_get_sysname(usb)))
		return;
	link = found_dup_link(device, "/dev/input/by-id/");
	found = found_new(
		g_strconcat("evdev:", link != NULL ? link : udev_device_get_devnode(device), NULL));
	kind = found_describe(found, scan, usb);
	if (kind == NULL && has_lamps(device)) {
		found_free(found);
		return;
	}
	if (kind == NULL)
		found_add_text(found, _("a keyboard without lamps, perhaps a scanner"));
	found_set_protocol(found, "keyboard");
	found_set_node(found, udev_device_get_devnode(device));
	scan_take(scan, found, usb);
}
