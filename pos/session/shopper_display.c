/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/shopper_display.h"

#include "drivers/display/display.h"

#define RETRY_AFTER (2 * G_TIME_SPAN_SECOND)

struct ShopperDisplay {
	GThread *thread;
	char *protocol, *address;
	GHashTable *options;
	ShopperDisplayState on_state;
	void *data;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving;
	bool fresh; /* the screen below has not been shown yet */
	char *upper, *lower;

	/* the thread's own */
	const struct display_driver *driver;
	struct port *port;
	struct display *display;
	bool known_down;
};

static void disconnect(ShopperDisplay *self)
{
	if (self->display != NULL)
		self->driver->close(self->display);
	self->display = NULL;
	if (self->port != NULL)
		port_close(self->port);
	self->port = NULL;
}

static bool connect_display(ShopperDisplay *self, GError **error)
{
	if (self->display != NULL)
		return true;
	self->driver = display_driver_find(self->protocol);
	if (self->driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "no display '%s'",
			    self->protocol);
		return false;
	}
	self->port = port_open(self->address, error);
	if (self->port == NULL)
		return false;
	self->display = self->driver->open(self->port, self->options, error);
	return self->display != NULL;
}

/* Tells changes only. */
static void tell(ShopperDisplay *self, bool first, const GError *fault)
{
	bool down = fault != NULL;

	if (!first && down == self->known_down)
		return;
	self->known_down = down;
	self->on_state(fault, self->data);
}

/* Under the mutex. Waits for a new screen, or only a while if the display is down. False to end. */
static bool wait_for_work(ShopperDisplay *self)
{
	gint64 until = g_get_monotonic_time() + RETRY_AFTER;

	while (!self->leaving && !self->fresh) {
		if (self->display != NULL)
			g_cond_wait(&self->changed, &self->mutex);
		else if (!g_cond_wait_until(&self->changed, &self->mutex, until))
			return true;
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
		tell(self, first, fault);
		first = false;
		g_mutex_lock(&self->mutex);
	}
	g_mutex_unlock(&self->mutex);
	disconnect(self);
	return NULL;
}

ShopperDisplay *shopper_display_new(const DeviceConf *conf, ShopperDisplayState on_state,
				    void *data)
{
	ShopperDisplay *self = g_new0(ShopperDisplay, 1);

	self->protocol = g_strdup(conf->protocol);
	self->address = g_strdup(conf->address);
	self->options = g_hash_table_ref(conf->options);
	self->on_state = on_state;
	self->data = data;
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
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_hash_table_unref(self->options);
	g_free(self->protocol);
	g_free(self->address);
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
