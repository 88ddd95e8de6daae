/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/scan_private.h"
#include "drivers/port/device_id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void scan_each(Scan *scan, const char *subsystem, ScanEach each)
{
	struct udev_enumerate *list = udev_enumerate_new(scan->udev);
	struct udev_list_entry *entry;

	if (list == NULL)
		return;
	if (udev_enumerate_add_match_subsystem(list, subsystem) < 0 ||
	    udev_enumerate_scan_devices(list) < 0)
		g_debug("cannot list %s", subsystem);
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(list))
	{
		struct udev_device *device =
			udev_device_new_from_syspath(scan->udev, udev_list_entry_get_name(entry));

		if (device != NULL) /* or it was pulled out in between */
			each(scan, device);
		udev_device_unref(device);
	}
	udev_enumerate_unref(list);
}

/* --- serial ports -------------------------------------------------------------------------- */

/* By its serial number; without one two of a kind would share a name, so by its place. */
static char *dup_serial_address(struct udev_device *device, struct udev_device *usb)
{
	g_autofree char *link = NULL;

	if (usb != NULL && udev_device_get_sysattr_value(usb, "serial") != NULL)
		link = found_dup_link(device, "/dev/serial/by-id/");
	if (link == NULL)
		link = found_dup_link(device, "/dev/serial/by-path/");
	return g_strconcat("serial:", link != NULL ? link : udev_device_get_devnode(device), NULL);
}

/* A board has names for UARTs that are not on it: their type is 0. */
static bool is_real_port(struct udev_device *device)
{
	const char *type = udev_device_get_sysattr_value(device, "type");

	return udev_device_get_parent(device) != NULL && udev_device_get_devnode(device) != NULL &&
	       (type == NULL || strcmp(type, "0") != 0);
}

static void scan_tty(Scan *scan, struct udev_device *device)
{
	struct udev_device *usb = usb_of(device);
	DeviceFound *found;

	if (!is_real_port(device))
		return;
	found = found_new(dup_serial_address(device, usb));
	found_describe(found, scan, usb);
	if (usb == NULL)
		found_add_text(found, _("serial port"));
	found_set_node(found, udev_device_get_devnode(device));
	scan_take(scan, found, usb);
}

/* --- USB ----------------------------------------------------------------------------------- */

typedef struct {
	bool printer, vendor; /* has an interface of that class */
	char *device_id; /* owned; as the kernel's printer driver read it, or NULL */
} Interfaces;

static void look_at_interface(Interfaces *self, struct udev_device *device)
{
	const char *number = udev_device_get_sysattr_value(device, "bInterfaceClass");
	const char *id = udev_device_get_sysattr_value(device, "ieee1284_id");

	self->printer |= g_strcmp0(number, "07") == 0;
	self->vendor |= g_strcmp0(number, "ff") == 0;
	if (id != NULL && self->device_id == NULL)
		self->device_id = g_strdup(id);
}

static void look_at_interfaces(Scan *scan, struct udev_device *usb, Interfaces *ret)
{
	struct udev_enumerate *list = udev_enumerate_new(scan->udev);
	struct udev_list_entry *entry;

	if (list == NULL)
		return;
	if (udev_enumerate_add_match_parent(list, usb) < 0 ||
	    udev_enumerate_add_match_subsystem(list, "usb") < 0 ||
	    udev_enumerate_scan_devices(list) < 0)
		g_debug("cannot list what is below %s", udev_device_get_syspath(usb));
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(list))
	{
		struct udev_device *device =
			udev_device_new_from_syspath(scan->udev, udev_list_entry_get_name(entry));

		if (device != NULL)
			look_at_interface(ret, device);
		udev_device_unref(device);
	}
	udev_enumerate_unref(list);
}

static char *dup_usb_address(const DeviceFound *found)
{
	GString *address;

	if (found->serial == NULL || found->serial[0] == '\0' || strchr(found->serial, '?') != NULL)
		return g_strdup_printf("usb:%04x:%04x", found->vid, found->pid);
	address = g_string_new(NULL);
	g_string_printf(address, "usb:%04x:%04x:%s", found->vid, found->pid, found->serial);
	return g_string_free(address, FALSE);
}

static void apply_device_id(DeviceFound *found, const char *device_id)
{
	const char *protocol = device_id_protocol(device_id);
	g_autofree char *model = device_id_dup_value(device_id, "MDL");

	found_add_text(found, model);
	if (protocol == NULL)
		return;
	found_set_protocol(found, protocol);
	g_free(found->device_class);
	found->device_class = g_strdup(strcmp(protocol, "escpos") == 0 ? "printer" : "label");
}

static bool speaks_bulk(const DeviceFound *found, const Interfaces *interfaces)
{
	bool prints = g_strcmp0(found->device_class, "printer") == 0 ||
		      g_strcmp0(found->device_class, "label") == 0;

	return interfaces->printer || (interfaces->vendor && prints);
}

static void scan_usb(Scan *scan, struct udev_device *usb)
{
	DeviceFound *found;
	const DeviceKind *kind;
	Interfaces interfaces = { 0 };

	if (g_strcmp0(udev_device_get_devtype(usb), "usb_device") != 0 ||
	    g_hash_table_contains(scan->spoken_for, udev_device_get_sysname(usb)))
		return;
	look_at_interfaces(scan, usb, &interfaces);
	found = found_new(NULL);
	kind = found_describe(found, scan, usb);
	found_set_node(found, udev_device_get_devnode(usb));
	if (interfaces.device_id != NULL)
		apply_device_id(found, interfaces.device_id);
	g_free(interfaces.device_id);

	if (speaks_bulk(found, &interfaces)) {
		found->address = dup_usb_address(found);
	} else if (kind == NULL || strcmp(kind->device_class, "keyboard") == 0) {
		found_free(found); /* a mouse, a hub, a disk */
		return;
	} else if (strcmp(kind->device_class, "bridge") == 0) {
		found_add_text(found, _("has no serial port: remove the package brltty"));
	} else {
		found_add_text(found, _("speaks in no mode that Baraa reads: set another"));
	}
	g_ptr_array_add(scan->found, found);
}

/* Two of a kind without serial numbers are told apart by their places. */
static void name_by_place(GPtrArray *found)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autoptr(GHashTable) twice = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < found->len; i++) {
		const DeviceFound *one = found->pdata[i];

		if (one->address != NULL && !g_hash_table_add(seen, g_strdup(one->address)))
			g_hash_table_add(twice, g_strdup(one->address));
	}
	for (guint i = 0; i < found->len; i++) {
		DeviceFound *one = found->pdata[i];

		if (one->path == NULL || one->address == NULL ||
		    !g_str_has_prefix(one->address, "usb:") ||
		    !g_hash_table_contains(twice, one->address))
			continue;
		g_free(one->address);
		one->address = g_strconcat("usb:path=", one->path, NULL);
	}
}

GPtrArray *device_scan(const DeviceTable *table)
{
	Scan scan = { .table = table, .udev = udev_new() };

	scan.found = g_ptr_array_new_with_free_func(found_free);
	scan.spoken_for = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if (scan.udev != NULL) {
		scan_each(&scan, "tty", scan_tty);
		scan_each(&scan, "hidraw", scan_hidraw);
		scan_each(&scan, "input", scan_input);
		scan_each(&scan, "usb", scan_usb);
		udev_unref(scan.udev);
	}
	scan_cups(&scan);
	name_by_place(scan.found);
	g_hash_table_unref(scan.spoken_for);
	return scan.found;
}
