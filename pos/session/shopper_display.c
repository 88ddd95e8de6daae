/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/shopper_display.h"

#include "drivers/display/display.h"

struct ShopperDisplay {
	GThread *thread;
	DeviceLink link;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving;
	bool fresh; /* the screen below has not been shown yet */
	char *upper, *lower;

	/* the thread's own */
	const struct display_driver *driver;
	struct display *display;
};

static void disconnect(ShopperDisplay *self)
{
	if (self->display != NULL)
		self->driver->close(g_steal_pointer(&self->display));
	device_link_close(&self->link);
}

static bool connect_display(ShopperDisplay *self, GError **error)
{
	struct port *port = NULL;

	if (self->display != NULL)
		return true;
	self->driver = display_driver_find(self->link.protocol);
	if (self->driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "no display '%s'",
			    self->link.protocol);
		return false;
	}
	if (!self->driver->needs_no_port &&
	    (port = device_link_open(&self->link, "baud=9600", error)) == NULL)
		return false;
	self->display = self->driver->open(port, self->link.options, error);
	return self->display != NULL;
}

/* Under the mutex. Waits for a new screen, or only a while if the display is down. False to end. */
static bool wait_for_work(ShopperDisplay *self)
{
	while (!self->leaving && !(self->fresh && device_link_is_due(&self->link))) {
		if (self->display != NULL)
			g_cond_wait(&self->changed, &self->mutex);
		else if (!g_cond_wait_until(&self->changed, &self->mutex, self->link.retry_at))
			break;
	}
	return !self->leaving;
}

static void *serve(void *data)
{
	ShopperDisplay *self = data;
	bool first = true;

	g_mutex_lock(&self->mutex);
	while (first || wait_for_work(self)) {
		g_autofree char *upper = g_strdup(self->upper);
		g_autofree char *lower = g_strdup(self->lower);
		g_autoptr(GError) fault = NULL;

		self->fresh = false;
		g_mutex_unlock(&self->mutex);
		if (!connect_display(self, &fault) ||
		    !self->driver->show(self->display, upper, lower, &fault))
			disconnect(self);
		device_link_tell(&self->link, fault);
		first = false;
		g_mutex_lock(&self->mutex);
	}
	g_mutex_unlock(&self->mutex);
	disconnect(self);
	return NULL;
}

ShopperDisplay *shopper_display_new(const DeviceConf *conf, DeviceTold told, void *data)
{
	ShopperDisplay *self = g_new0(ShopperDisplay, 1);

	device_link_init(&self->link, conf, told, data);
	self->upper = g_strdup("");
	self->lower = g_strdup("");
	g_mutex_init(&self->mutex);
	g_cond_init(&self->changed);
	self->thread = g_thread_new("display", serve, self);
	return self;
}

void shopper_display_free(ShopperDisplay *self)
{
	if (self == NULL)
		return;
	g_mutex_lock(&self->mutex);
	self->leaving = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
	g_thread_join(self->thread);
	device_link_clear(&self->link);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_free(self->upper);
	g_free(self->lower);
	g_free(self);
}

void shopper_display_show(ShopperDisplay *self, const char *upper, const char *lower)
{
	g_mutex_lock(&self->mutex);
	g_free(self->upper);
	g_free(self->lower);
	self->upper = g_strdup(upper);
	self->lower = g_strdup(lower);
	self->fresh = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
}
