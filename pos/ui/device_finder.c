/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/ui/device_finder.h"

#include <gio/gio.h>
#include <glib-unix.h>

struct DeviceFinder {
	DeviceFinderListener listener;
	void *data;

	GCancellable *running; /* owned; NULL: nothing is under way */
	DeviceWatch *watch; /* owned; NULL: not watched, or it cannot be */
	guint watch_source;
};

typedef struct {
	char *address, *device_class; /* owned */
	DeviceProbed probed;
} Probe;

DeviceFinder *device_finder_new(const DeviceFinderListener *listener, void *data)
{
	DeviceFinder *self = g_new0(DeviceFinder, 1);

	self->listener = *listener;
	self->data = data;
	return self;
}

void device_finder_stop(DeviceFinder *self)
{
	if (self->running != NULL)
		g_cancellable_cancel(self->running);
	g_clear_object(&self->running);
}

void device_finder_free(DeviceFinder *self)
{
	if (self == NULL)
		return;
	device_finder_stop(self);
	device_finder_watch(self, false);
	g_free(self);
}

bool device_finder_is_busy(const DeviceFinder *self)
{
	return self->running != NULL;
}

/* One piece of work at a time; the newest is what is wanted. */
static GTask *begin(DeviceFinder *self, GAsyncReadyCallback callback)
{
	GTask *task;

	device_finder_stop(self);
	self->running = g_cancellable_new();
	task = g_task_new(NULL, self->running, callback, self);
	g_task_set_check_cancellable(task, false);
	return task;
}

/* Before anything of the finder is touched: it may be gone. */
static bool is_wanted(GAsyncResult *result)
{
	return !g_cancellable_is_cancelled(g_task_get_cancellable(G_TASK(result)));
}

/* --- what is plugged in --- */

static void scan(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(DeviceTable) table = device_table_new(DEVICE_TABLE_OF_SHOP, &error);

	if (table == NULL) {
		/* A wrong line of the shop's own table: the rest is still good. */
		g_debug("%s", error->message);
		table = device_table_new(NULL, NULL);
	}
	if (table == NULL)
		table = device_table_new_empty();
	g_task_return_pointer(task, device_scan(table), (GDestroyNotify)g_ptr_array_unref);
}

static void on_scanned(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GPtrArray) found = g_task_propagate_pointer(G_TASK(result), NULL);
	DeviceFinder *self = data;

	if (!is_wanted(result))
		return;
	g_clear_object(&self->running);
	self->listener.found(found, self->data);
}

void device_finder_scan(DeviceFinder *self)
{
	g_autoptr(GTask) task = begin(self, on_scanned);

	g_task_run_in_thread(task, scan);
}

/* --- what one of them is --- */

static void probe_free(void *data)
{
	Probe *self = data;

	device_probed_clear(&self->probed);
	g_free(self->address);
	g_free(self->device_class);
	g_free(self);
}

static void probe(GTask *task, void *source, void *data, GCancellable *cancellable)
{
	Probe *self = data;
	GError *error = NULL;

	if (device_probe(self->address, self->device_class, &self->probed, &error))
		g_task_return_boolean(task, true);
	else
		g_task_return_error(task, error);
}

static void on_probed(GObject *source, GAsyncResult *result, void *data)
{
	g_autoptr(GError) error = NULL;
	bool answered = g_task_propagate_boolean(G_TASK(result), &error);
	Probe *probe = g_task_get_task_data(G_TASK(result));
	DeviceFinder *self = data;

	if (!is_wanted(result))
		return;
	if (error != NULL)
		g_debug("%s: %s", probe->address, error->message);
	g_clear_object(&self->running);
	self->listener.probed(answered ? &probe->probed : NULL, self->data);
}

void device_finder_probe(DeviceFinder *self, const char *address, const char *device_class)
{
	g_autoptr(GTask) task = begin(self, on_probed);
	Probe *asked = g_new0(Probe, 1);

	asked->address = g_strdup(address);
	asked->device_class = g_strdup(device_class);
	g_task_set_task_data(task, asked, probe_free);
	g_task_run_in_thread(task, probe);
}

/* --- what comes and goes --- */

static void on_event(const DeviceEvent *event, void *data)
{
	DeviceFinder *self = data;

	self->listener.changed(self->data);
}

static gboolean on_readable(int fd, GIOCondition condition, void *data)
{
	device_watch_dispatch(((DeviceFinder *)data)->watch);
	return G_SOURCE_CONTINUE;
}

void device_finder_watch(DeviceFinder *self, bool on)
{
	g_autoptr(GError) error = NULL;

	if (on == (self->watch != NULL))
		return;
	if (!on) {
		g_clear_handle_id(&self->watch_source, g_source_remove);
		g_clear_pointer(&self->watch, device_watch_free);
		return;
	}
	self->watch = device_watch_new(on_event, self, &error);
	if (self->watch == NULL) {
		g_debug("no watch over devices: %s", error->message);
		return;
	}
	self->watch_source =
		g_unix_fd_add(device_watch_get_fd(self->watch), G_IO_IN, on_readable, self);
}
