/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/evdev_keys.h"
#include "drivers/scanner/source.h"

#include <errno.h>
#include <fcntl.h>
#include <libudev.h>
#include <poll.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A keyboard wedge past the window system (protocols/scanner.md §1): no layout of the desktop, no
 * focus, and no other program that could see what is scanned. */

enum { EVENTS_AT_ONCE = 64 };

typedef struct {
	char *address; /* owned */
	int fd, cancel_fd; /* owned; or -1 */
	EvdevKeys keys;
	struct input_event events[EVENTS_AT_ONCE];
	size_t n_bytes; /* of them, of an event that is not whole yet */
} Evdev;

static bool fail(GError **error, DeviceFault fault, const char *what, const char *why)
{
	g_set_error(error, DEVICE_FAULT, fault, "%s: %s", what, why);
	return false;
}

static bool fail_errno(GError **error, const char *what, int saved_errno)
{
	switch (saved_errno) {
	case EACCES:
	case EPERM:
		return fail(error, DEVICE_FAULT_NO_PERMISSION, what, g_strerror(saved_errno));
	case EBUSY:
		return fail(error, DEVICE_FAULT_IN_USE, what, g_strerror(saved_errno));
	case ENOTTY:
	case EINVAL: /* a file, but no input device */
		return fail(error, DEVICE_FAULT_BAD_ADDRESS, what, g_strerror(saved_errno));
	default:
		return fail(error, DEVICE_FAULT_OFFLINE, what, g_strerror(saved_errno));
	}
}

/* --- finding it ------------------------------------------------------------------------------- */

static bool has_hex(struct udev_device *device, const char *attribute, uint16_t wanted)
{
	const char *text = udev_device_get_sysattr_value(device, attribute);

	return text != NULL && g_ascii_strtoull(text, NULL, 16) == wanted;
}

/* The input device above the event node knows vendor and serial number on any bus. */
static bool is_wanted(struct udev_device *event, uint16_t vendor, uint16_t product,
		      const char *serial)
{
	struct udev_device *input = udev_device_get_parent(event); /* borrowed */
	const char *name = udev_device_get_sysname(event);
	const char *unique;

	if (input == NULL || !g_str_has_prefix(name, "event") ||
	    !has_hex(input, "id/vendor", vendor) || !has_hex(input, "id/product", product))
		return false;
	unique = udev_device_get_sysattr_value(input, "uniq");
	return serial == NULL || g_strcmp0(serial, unique) == 0;
}

static char *dup_node(struct udev *udev, struct udev_enumerate *found, uint16_t vendor,
		      uint16_t product, const char *serial)
{
	struct udev_list_entry *entry;
	char *node = NULL;

	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(found))
	{
		struct udev_device *device =
			udev_device_new_from_syspath(udev, udev_list_entry_get_name(entry));

		if (device == NULL)
			continue; /* it went while we looked */
		if (is_wanted(device, vendor, product, serial))
			node = g_strdup(udev_device_get_devnode(device));
		udev_device_unref(device);
		if (node != NULL)
			break;
	}
	return node;
}

/* A scanner also has event nodes for its media keys, so only what udev calls a keyboard counts. */
static char *find_node(uint16_t vendor, uint16_t product, const char *serial)
{
	struct udev *udev = udev_new();
	struct udev_enumerate *found = udev != NULL ? udev_enumerate_new(udev) : NULL;
	char *node = NULL;

	if (found != NULL && udev_enumerate_add_match_subsystem(found, "input") >= 0 &&
	    udev_enumerate_add_match_property(found, "ID_INPUT_KEYBOARD", "1") >= 0 &&
	    udev_enumerate_scan_devices(found) >= 0)
		node = dup_node(udev, found, vendor, product, serial);
	udev_enumerate_unref(found);
	udev_unref(udev);
	return node;
}

/* Own it. */
static char *resolve(const char *name, GError **error)
{
	g_autofree char *serial = NULL;
	uint16_t vendor, product;
	char *node;

	if (name[0] == '/')
		return g_strdup(name);
	if (!scan_parse_usb_id(name, &vendor, &product, &serial)) {
		fail(error, DEVICE_FAULT_BAD_ADDRESS, name, "neither a path nor VVVV:PPPP");
		return NULL;
	}
	node = find_node(vendor, product, serial);
	if (node == NULL)
		fail(error, DEVICE_FAULT_OFFLINE, name, "no such keyboard");
	return node;
}

/* --- reading it ------------------------------------------------------------------------------- */

static void close_evdev(void *data)
{
	Evdev *self = data;

	if (self->fd >= 0)
		close(self->fd); /* ends the grab too */
	if (self->cancel_fd >= 0)
		close(self->cancel_fd);
	g_free(self->address);
	g_free(self);
}

/* Shift may be down already, and after lost events we cannot know. */
static bool ask_state(Evdev *self, GError **error)
{
	uint8_t bits[KEY_MAX / 8 + 1] = { 0 };

	if (ioctl(self->fd, EVIOCGKEY(sizeof bits), bits) < 0)
		return fail_errno(error, self->address, errno);
	evdev_keys_set_state(&self->keys, bits, sizeof bits);
	return true;
}

static bool open_node(Evdev *self, const char *node, GError **error)
{
	self->fd = open(node, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	self->cancel_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (self->fd < 0 || self->cancel_fd < 0 || ioctl(self->fd, EVIOCGRAB, 1) < 0)
		return fail_errno(error, self->address, errno);
	return ask_state(self, error);
}

static void *open_evdev(const char *address, GError **error)
{
	const char *name = address + strlen("evdev:");
	const char *option = strchr(name, '?');
	g_autofree char *bare = g_strndup(name, strcspn(name, "?"));
	g_autofree char *node = NULL;
	Evdev *self;

	if (option != NULL && !g_str_equal(option, "?caps=follow")) {
		fail(error, DEVICE_FAULT_BAD_ADDRESS, address, "no such option");
		return NULL;
	}
	node = resolve(bare, error);
	if (node == NULL)
		return NULL;
	self = g_new0(Evdev, 1);
	self->address = g_strdup(address);
	self->fd = self->cancel_fd = -1;
	evdev_keys_init(&self->keys, option != NULL);
	if (open_node(self, node, error))
		return self;
	close_evdev(self);
	return NULL;
}

/* 1 ready, 0 silence, -1 cancelled or worse. */
static int wait_for_keys(Evdev *self, GError **error)
{
	struct pollfd fds[] = {
		{ .fd = self->fd, .events = POLLIN },
		{ .fd = self->cancel_fd, .events = POLLIN },
	};
	int n;

	do
		n = poll(fds, G_N_ELEMENTS(fds), SCAN_TICK_MS);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		fail_errno(error, self->address, errno);
		return -1;
	}
	if (fds[1].revents != 0) {
		fail(error, DEVICE_FAULT_CANCELLED, self->address, "cancelled");
		return -1;
	}
	return n > 0;
}

static bool take_events(Evdev *self, ScanCollector *collector, GError **error)
{
	size_t n = self->n_bytes / sizeof self->events[0];

	for (size_t i = 0; i < n; i++) {
		evdev_keys_take(&self->keys, &self->events[i], g_get_monotonic_time(), collector);
		if (self->keys.wants_state && !ask_state(self, error))
			return false;
	}
	self->n_bytes %= sizeof self->events[0];
	memmove(self->events, self->events + n, self->n_bytes);
	return true;
}

static int read_evdev(void *data, ScanCollector *collector, GError **error)
{
	Evdev *self = data;
	int ready = wait_for_keys(self, error);
	ssize_t n;

	if (ready <= 0)
		return ready;
	/* The kernel gives whole events; what stands in for it in tests need not. */
	n = read(self->fd, (uint8_t *)self->events + self->n_bytes,
		 sizeof self->events - self->n_bytes);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 1;
	if (n <= 0) {
		fail_errno(error, self->address, n < 0 ? errno : ENODEV);
		return -1;
	}
	self->n_bytes += (size_t)n;
	return take_events(self, collector, error) ? 1 : -1;
}

static void cancel_evdev(void *data)
{
	Evdev *self = data;

	/* It cannot be full: this is said once. */
	if (eventfd_write(self->cancel_fd, 1) < 0)
		g_debug("%s: %s", self->address, g_strerror(errno));
}

const struct scan_source scan_source_evdev = {
	.scheme = "evdev",
	.silence_us = 100 * 1000,
	.open = open_evdev,
	.read = read_evdev,
	.cancel = cancel_evdev,
	.close = close_evdev,
};
