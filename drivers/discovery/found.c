/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/scan_private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

DeviceFound *found_new(char *address)
{
	DeviceFound *self = g_new0(DeviceFound, 1);

	self->address = address;
	self->protocols = g_new0(char *, 1);
	self->text = g_strdup("");
	self->vid = self->pid = -1;
	return self;
}

void found_free(void *data)
{
	DeviceFound *self = data;

	g_free(self->address);
	g_free(self->device_class);
	g_strfreev(self->protocols);
	g_free(self->text);
	g_free(self->serial);
	g_free(self->path);
	g_free(self->node);
	g_free(self);
}

void found_set_node(DeviceFound *self, const char *node)
{
	self->node = g_strdup(node);
	self->may_open = node != NULL && access(node, R_OK | W_OK) == 0;
}

char *found_dup_link(struct udev_device *device, const char *folder)
{
	const char *property = udev_device_get_property_value(device, "DEVLINKS");
	g_auto(GStrv) links = g_strsplit(property != NULL ? property : "", " ", -1);

	for (int i = 0; links[i] != NULL; i++) {
		if (g_str_has_prefix(links[i], folder))
			return g_strdup(links[i]);
	}
	return NULL;
}

void found_set_protocol(DeviceFound *self, const char *protocol)
{
	g_strfreev(self->protocols);
	self->protocols = g_new0(char *, 2);
	self->protocols[0] = g_strdup(protocol);
}

/* What a device says of itself may hold anything, and goes to a terminal. */
/* The words of data/devices.tsv that are not a maker's, for translators. */
G_GNUC_UNUSED static const char *const common_words[] = {
	N_("receipt printer"),
	N_("keyboard, or a scanner as one"),
};

void found_add_text(DeviceFound *self, const char *text)
{
	g_autofree char *valid = text != NULL ? g_utf8_make_valid(text, -1) : NULL;
	g_autofree char *old = NULL;

	if (valid == NULL)
		return;
	for (char *at = valid; *at != '\0'; at++) {
		if (g_ascii_iscntrl(*at))
			*at = ' ';
	}
	g_strstrip(valid);
	if (valid[0] == '\0' || strstr(self->text, valid) != NULL)
		return;
	old = self->text;
	self->text = old[0] != '\0' ? g_strconcat(old, "; ", valid, NULL) : g_strdup(valid);
}

static int hex_attribute(struct udev_device *usb, const char *name)
{
	const char *text = udev_device_get_sysattr_value(usb, name);
	guint64 number;

	if (text == NULL || !g_ascii_string_to_unsigned(text, 16, 0, 0xFFFF, &number, NULL))
		return -1;
	return (int)number;
}

const DeviceKind *found_describe(DeviceFound *self, Scan *scan, struct udev_device *usb)
{
	const DeviceKind *kind;

	if (usb == NULL)
		return NULL;
	self->vid = hex_attribute(usb, "idVendor");
	self->pid = hex_attribute(usb, "idProduct");
	self->serial = g_strdup(udev_device_get_sysattr_value(usb, "serial"));
	self->path = g_strdup(udev_device_get_sysname(usb));
	kind = device_table_find(scan->table, self->vid, self->pid);
	if (kind != NULL) {
		found_add_text(self, _(kind->words));
		if (strcmp(kind->device_class, "bridge") != 0 &&
		    strcmp(kind->device_class, "keyboard") != 0)
			self->device_class = g_strdup(kind->device_class);
		g_strfreev(self->protocols);
		self->protocols = g_strdupv(kind->protocols);
	}
	found_add_text(self, udev_device_get_sysattr_value(usb, "manufacturer"));
	found_add_text(self, udev_device_get_sysattr_value(usb, "product"));
	return kind;
}

struct udev_device *usb_of(struct udev_device *device)
{
	return udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
}

void scan_take(Scan *scan, DeviceFound *found, struct udev_device *usb)
{
	if (usb != NULL)
		g_hash_table_add(scan->spoken_for, g_strdup(udev_device_get_sysname(usb)));
	g_ptr_array_add(scan->found, found);
}
