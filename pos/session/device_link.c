/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pos/session/device_link.h"

#define SOON (2 * G_TIME_SPAN_SECOND)
#define LATER (10 * G_TIME_SPAN_SECOND)
#define SOON_TRIES 15

void device_link_init(DeviceLink *self, const DeviceConf *conf, DeviceTold told, void *data)
{
	*self = (DeviceLink){ .protocol = g_strdup(conf->protocol),
			      .address = g_strdup(conf->address),
			      .options = g_hash_table_ref(conf->options),
			      .told = told,
			      .data = data };
	g_mutex_init(&self->lock);
}

void device_link_clear(DeviceLink *self)
{
	device_link_close(self);
	g_mutex_clear(&self->lock);
	g_hash_table_unref(self->options);
	g_free(self->protocol);
	g_free(self->address);
}

void device_link_cancel(DeviceLink *self)
{
	g_mutex_lock(&self->lock);
	self->cancelled = true;
	if (self->port != NULL)
		port_cancel(self->port);
	g_mutex_unlock(&self->lock);
}

struct port *device_link_open(DeviceLink *self, const char *settings, GError **error)
{
	struct port *port = port_open_defaults(self->address, settings, error);
	bool cancelled;

	if (port == NULL)
		return NULL;
	g_mutex_lock(&self->lock);
	cancelled = self->cancelled;
	self->port = port;
	g_mutex_unlock(&self->lock);
	if (!cancelled)
		return port;
	g_set_error(error, DEVICE_FAULT, DEVICE_FAULT_CANCELLED, "the till is stopping");
	device_link_close(self);
	return NULL;
}

void device_link_close(DeviceLink *self)
{
	struct port *port;

	g_mutex_lock(&self->lock);
	port = g_steal_pointer(&self->port);
	g_mutex_unlock(&self->lock);
	if (port != NULL)
		port_close(port);
}

void device_link_tell(DeviceLink *self, const GError *fault)
{
	int code = fault == NULL		   ? -1
		   : fault->domain == DEVICE_FAULT ? fault->code
						   : (int)DEVICE_FAULT_OFFLINE;

	self->failures = fault != NULL ? self->failures + 1 : 0;
	self->retry_at = g_get_monotonic_time() + (self->failures <= SOON_TRIES ? SOON : LATER);
	if (self->has_told && code == self->told_fault)
		return;
	self->has_told = true;
	self->told_fault = code;
	self->told(fault, self->data);
}

bool device_link_is_due(const DeviceLink *self)
{
	return self->failures == 0 || g_get_monotonic_time() >= self->retry_at;
}
