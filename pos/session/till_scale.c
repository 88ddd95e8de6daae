/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/till_scale.h"

/* Behind an answer: a scale thinks as long as it needs, and the drivers wait 40 ms for a second
 * frame, so that a weight at rest is seen within a tenth of a second. */
#define OFTEN (10 * G_TIME_SPAN_MILLISECOND)
#define SELDOM (2 * G_TIME_SPAN_SECOND)

struct TillScale {
	GThread *thread;
	DeviceLink link;
	TillScaleHeard heard;
	void *data;

	GMutex mutex;
	GCond changed;
	/* under the mutex */
	bool leaving, often;
	ScaleGate gate;

	/* the thread's own */
	const struct scale_driver *driver;
	struct scale *scale;
};

static void disconnect(TillScale *self)
{
	if (self->scale != NULL)
		self->driver->close(g_steal_pointer(&self->scale));
	device_link_close(&self->link);
}

static bool reach(TillScale *self, GError **error)
{
	struct port *port;

	if (self->scale != NULL)
		return true;
	self->driver = scale_driver_find(self->link.protocol);
	if (self->driver == NULL) {
		g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_BAD_ADDRESS, "no scale '%s'",
			    self->link.protocol);
		return false;
	}
	port = device_link_open(&self->link, self->driver->settings, error);
	if (port == NULL)
		return false;
	self->scale = self->driver->open(port, self->link.options, error);
	return self->scale != NULL;
}

static void ask(TillScale *self)
{
	g_autoptr(GError) fault = NULL;
	ScaleReading reading;
	bool usable;

	if (!reach(self, &fault) || !self->driver->read(self->scale, &reading, &fault)) {
		disconnect(self);
		device_link_tell(&self->link, fault);
		return;
	}
	device_link_tell(&self->link, NULL);
	g_mutex_lock(&self->mutex);
	usable = scale_gate_push(&self->gate, &reading);
	g_mutex_unlock(&self->mutex);
	self->heard(&reading, usable, self->data);
}

/* Until the next question is due. False to end. */
static bool wait_for_turn(TillScale *self)
{
	int64_t now = g_get_monotonic_time();
	bool stays;

	g_mutex_lock(&self->mutex);
	for (;;) {
		int64_t until = self->link.failures > 0 ? self->link.retry_at
							: now + (self->often ? OFTEN : SELDOM);

		if (self->leaving || g_get_monotonic_time() >= until)
			break;
		g_cond_wait_until(&self->changed, &self->mutex, until);
	}
	stays = !self->leaving;
	g_mutex_unlock(&self->mutex);
	return stays;
}

static void *serve(void *data)
{
	TillScale *self = data;

	do
		ask(self);
	while (wait_for_turn(self));
	disconnect(self);
	return NULL;
}

TillScale *till_scale_new(const DeviceConf *conf, DeviceTold told, TillScaleHeard heard, void *data)
{
	TillScale *self = g_new0(TillScale, 1);

	device_link_init(&self->link, conf, told, data);
	self->heard = heard;
	self->data = data;
	g_mutex_init(&self->mutex);
	g_cond_init(&self->changed);
	self->thread = g_thread_new("scale", serve, self);
	return self;
}

void till_scale_free(TillScale *self)
{
	if (self == NULL)
		return;
	g_mutex_lock(&self->mutex);
	self->leaving = true;
	g_cond_signal(&self->changed);
	g_mutex_unlock(&self->mutex);
	device_link_cancel(&self->link);
	g_thread_join(self->thread);
	device_link_clear(&self->link);
	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->changed);
	g_free(self);
}

void till_scale_watch(TillScale *self, bool often)
{
	g_mutex_lock(&self->mutex);
	if (often && !self->often)
		g_cond_signal(&self->changed);
	self->often = often;
	g_mutex_unlock(&self->mutex);
}

void till_scale_sell(TillScale *self, Quantity weight)
{
	g_mutex_lock(&self->mutex);
	scale_gate_sell(&self->gate, weight);
	g_mutex_unlock(&self->mutex);
}
