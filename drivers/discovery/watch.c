/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/discovery/discovery.h"

#include <errno.h>
#include <libudev.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define SETTLE_US (400 * 1000)

/* An arrival that waits for its device to settle. */
typedef struct {
	struct udev_device *device; /* owned */
	int64_t due;
} Pending;

struct DeviceWatch {
	/* owned */
	struct udev *udev;
	struct udev_monitor *monitor;
	GArray *pending; /* of Pending, the earliest first */
	int epoll, timer;

	DeviceWatchFunc func;
	void *data; /* borrowed */
};

static void clear_pending(void *data)
{
	udev_device_unref(((Pending *)data)->device);
}

static bool fail(const char *what, int saved_errno, GError **error)
{
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_OFFLINE, "cannot watch for devices: %s: %s",
		    what, g_strerror(saved_errno));
	return false;
}

static bool listen_to_udev(DeviceWatch *self, GError **error)
{
	static const char *const subsystems[] = { "tty", "usb", "hidraw", "input", "usbmisc" };
	int code = 0;

	self->udev = udev_new();
	if (self->udev != NULL) /* "udev", not "kernel": the permissions are set */
		self->monitor = udev_monitor_new_from_netlink(self->udev, "udev");
	if (self->monitor == NULL)
		return fail("udev", errno, error);
	for (size_t i = 0; i < G_N_ELEMENTS(subsystems) && code >= 0; i++)
		code = udev_monitor_filter_add_match_subsystem_devtype(
			self->monitor, subsystems[i],
			strcmp(subsystems[i], "usb") == 0 ? "usb_device" : NULL);
	if (code >= 0)
		code = udev_monitor_enable_receiving(self->monitor);
	return code >= 0 || fail("udev", -code, error);
}

static bool add_fd(DeviceWatch *self, int fd)
{
	struct epoll_event event = { .events = EPOLLIN };

	return fd >= 0 && epoll_ctl(self->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

DeviceWatch *device_watch_new(DeviceWatchFunc func, void *data, GError **error)
{
	g_autoptr(DeviceWatch) self = g_new0(DeviceWatch, 1);

	self->func = func;
	self->data = data;
	self->pending = g_array_new(FALSE, FALSE, sizeof(Pending));
	g_array_set_clear_func(self->pending, clear_pending);
	self->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	self->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (!listen_to_udev(self, error))
		return NULL;
	if (!add_fd(self, self->timer) || !add_fd(self, udev_monitor_get_fd(self->monitor))) {
		fail("epoll", errno, error);
		return NULL;
	}
	return g_steal_pointer(&self);
}

void device_watch_free(DeviceWatch *self)
{
	if (self == NULL)
		return;
	g_array_unref(self->pending);
	if (self->epoll >= 0)
		close(self->epoll);
	if (self->timer >= 0)
		close(self->timer);
	udev_monitor_unref(self->monitor);
	udev_unref(self->udev);
	g_free(self);
}

int device_watch_get_fd(const DeviceWatch *self)
{
	return self->epoll;
}

static int parse_hex(const char *text)
{
	guint64 number;

	if (text == NULL || !g_ascii_string_to_unsigned(text, 16, 0, 0xFFFF, &number, NULL))
		return -1;
	return (int)number;
}

/* What udev noted of it; its files are gone when it left. */
static void tell(DeviceWatch *self, struct udev_device *device, bool arrived)
{
	bool is_usb = strcmp(udev_device_get_subsystem(device), "usb") == 0;
	struct udev_device *usb =
		is_usb ? device
		       : udev_device_get_parent_with_subsystem_devtype(device, "usb", "usb_device");
	DeviceEvent event = {
		.arrived = arrived,
		.subsystem = udev_device_get_subsystem(device),
		.node = udev_device_get_devnode(device),
		.path = usb != NULL ? udev_device_get_sysname(usb) : NULL,
		.vid = -1,
		.pid = -1,
	};

	if (arrived && usb != NULL) {
		event.serial = udev_device_get_sysattr_value(usb, "serial");
		event.vid = parse_hex(udev_device_get_sysattr_value(usb, "idVendor"));
		event.pid = parse_hex(udev_device_get_sysattr_value(usb, "idProduct"));
	}
	self->func(&event, self->data);
}

/* Drops what waits of the same device. */
static bool forget(DeviceWatch *self, struct udev_device *device)
{
	const char *path = udev_device_get_syspath(device);

	for (guint i = 0; i < self->pending->len; i++) {
		struct udev_device *other = g_array_index(self->pending, Pending, i).device;

		if (strcmp(udev_device_get_syspath(other), path) == 0) {
			g_array_remove_index(self->pending, i);
			return true;
		}
	}
	return false;
}

/* Takes @device. */
static void take(DeviceWatch *self, struct udev_device *device)
{
	const char *action = udev_device_get_action(device);
	Pending pending = { .device = device, .due = g_get_monotonic_time() + SETTLE_US };

	if (g_strcmp0(action, "remove") == 0) {
		if (!forget(self, device)) /* or nobody has heard that it had come */
			tell(self, device, false);
	} else if (g_strcmp0(action, "add") == 0) {
		forget(self, device);
		g_array_append_val(self->pending, pending);
		return;
	} else if (forget(self, device)) { /* bind, change: it is not settled yet */
		g_array_append_val(self->pending, pending);
		return;
	}
	udev_device_unref(device);
}

static void tell_settled(DeviceWatch *self)
{
	int64_t now = g_get_monotonic_time();

	while (self->pending->len > 0 && g_array_index(self->pending, Pending, 0).due <= now) {
		struct udev_device *device =
			udev_device_ref(g_array_index(self->pending, Pending, 0).device);

		g_array_remove_index(self->pending, 0);
		tell(self, device, true);
		udev_device_unref(device);
	}
}

static void set_timer(DeviceWatch *self)
{
	struct itimerspec when = { 0 };
	int64_t due;

	if (self->pending->len > 0) {
		due = g_array_index(self->pending, Pending, 0).due;
		when.it_value.tv_sec = due / G_USEC_PER_SEC;
		when.it_value.tv_nsec = due % G_USEC_PER_SEC * 1000;
	}
	/* Sets it back to unread as well; g_get_monotonic_time() is of the same clock. */
	if (timerfd_settime(self->timer, TFD_TIMER_ABSTIME, &when, NULL) < 0)
		g_debug("timer: %s", g_strerror(errno));
}

/* Asked first: libudev does not promise that it never waits. */
static bool has_news(DeviceWatch *self)
{
	struct pollfd fd = { .fd = udev_monitor_get_fd(self->monitor), .events = POLLIN };

	return poll(&fd, 1, 0) > 0;
}

void device_watch_dispatch(DeviceWatch *self)
{
	struct udev_device *device;

	while (has_news(self)) {
		device = udev_monitor_receive_device(self->monitor);
		if (device == NULL) /* not for us, or too much at once */
			break;
		take(self, device);
	}
	tell_settled(self);
	set_timer(self);
}
