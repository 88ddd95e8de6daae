/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

#define REOPEN_US (2 * G_TIME_SPAN_SECOND)
#define TICK_MS 100 /* half of the silence that ends a scan */

struct ScannerReader {
	/* owned */
	char *address;
	GThread *thread;
	ScanCollector *collector;

	void (*on_state)(const GError *fault, void *data);
	void *data; /* borrowed */
	int told; /* the fault reported last, or -1: not again every two seconds */

	GMutex mutex; /* guards the two below */
	GCond cond;
	bool quit;
	struct port *port; /* owned by the thread; here to be cancelled */
};

static bool may_go_on(ScannerReader *self, struct port *port)
{
	bool go_on;

	g_mutex_lock(&self->mutex);
	go_on = !self->quit;
	self->port = port;
	g_mutex_unlock(&self->mutex);
	return go_on;
}

/* Until it is time to try again; false to end. */
static bool wait_to_reopen(ScannerReader *self)
{
	int64_t until = g_get_monotonic_time() + REOPEN_US;
	bool quit;

	g_mutex_lock(&self->mutex);
	while (!self->quit && g_cond_wait_until(&self->cond, &self->mutex, until))
		;
	quit = self->quit;
	g_mutex_unlock(&self->mutex);
	return !quit;
}

static void read_scans(ScannerReader *self, struct port *port, GError **error)
{
	uint8_t bytes[256];
	gssize n;

	for (;;) {
		n = port_read(port, bytes, sizeof bytes, TICK_MS, error);
		if (n < 0)
			return;
		if (n > 0)
			scan_collector_push(self->collector, bytes, (size_t)n,
					    g_get_monotonic_time());
		else
			scan_collector_tick(self->collector, g_get_monotonic_time());
	}
}

/* One life of the device: from opening to its fault. */
static void serve_once(ScannerReader *self, GError **error)
{
	struct port *port = port_open(self->address, error);

	if (port == NULL)
		return;
	port_set_class(port, "scanner");
	if (may_go_on(self, port)) {
		self->told = -1;
		self->on_state(NULL, self->data);
		read_scans(self, port, error);
		may_go_on(self, NULL);
	}
	port_close(port);
}

static void *serve(void *data)
{
	ScannerReader *self = data;

	do {
		g_autoptr(GError) fault = NULL;

		serve_once(self, &fault);
		if (!may_go_on(self, NULL))
			break;
		if (fault != NULL && fault->code != self->told) {
			self->told = fault->code;
			self->on_state(fault, self->data);
		}
	} while (wait_to_reopen(self));
	return NULL;
}

ScannerReader *scanner_reader_new(const char *address, ScanFunc on_scan,
				  void (*on_state)(const GError *fault, void *data), void *data)
{
	ScannerReader *self = g_new0(ScannerReader, 1);

	self->address = g_strdup(address);
	self->collector = scan_collector_new(on_scan, data);
	self->on_state = on_state;
	self->data = data;
	self->told = -1;
	g_mutex_init(&self->mutex);
	g_cond_init(&self->cond);
	self->thread = g_thread_new("scanner", serve, self);
	return self;
}

void scanner_reader_free(ScannerReader *self)
{
	if (self == NULL)
		return;
	g_assert(g_thread_self() != self->thread);

	g_mutex_lock(&self->mutex);
	self->quit = true;
	if (self->port != NULL)
		port_cancel(self->port);
	g_cond_signal(&self->cond);
	g_mutex_unlock(&self->mutex);
	g_thread_join(self->thread);

	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->cond);
	scan_collector_free(self->collector);
	g_free(self->address);
	g_free(self);
}
