/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/scanner/scanner.h"

#include "drivers/scanner/source.h"

#include <string.h>

#define REOPEN_US (2 * G_TIME_SPAN_SECOND)

struct ScannerReader {
	const struct scan_source *source;

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
	void *device; /* the source's, owned by the thread; here to be cancelled */
};

static const struct scan_source *find_source(const char *address)
{
	static const struct scan_source *const sources[] = { &scan_source_evdev,
							     &scan_source_hidpos };

	for (size_t i = 0; i < G_N_ELEMENTS(sources); i++) {
		size_t len = strlen(sources[i]->scheme);

		if (strncmp(address, sources[i]->scheme, len) == 0 && address[len] == ':')
			return sources[i];
	}
	return &scan_source_port;
}

static bool may_go_on(ScannerReader *self, void *device)
{
	bool go_on;

	g_mutex_lock(&self->mutex);
	go_on = !self->quit;
	self->device = device;
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

/* Silence counts up to the end of a wait in which nothing came: the time of day would also count
 * what this thread slept while the code went on coming in. */
static void read_scans(ScannerReader *self, void *device, GError **error)
{
	for (;;) {
		int64_t begun = g_get_monotonic_time();
		int came = self->source->read(device, self->collector, error);

		if (came < 0)
			return;
		if (came == 0)
			scan_collector_tick(self->collector, begun + SCAN_TICK_MS * 1000);
	}
}

/* One life of the device: from opening to its fault. */
static void serve_once(ScannerReader *self, GError **error)
{
	void *device = self->source->open(self->address, error);

	if (device == NULL)
		return;
	if (may_go_on(self, device)) {
		self->told = -1;
		self->on_state(NULL, self->data);
		read_scans(self, device, error);
		scan_collector_forget(self->collector);
		may_go_on(self, NULL);
	}
	self->source->close(device);
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

	self->source = find_source(address);
	self->address = g_strdup(address);
	self->collector = scan_collector_new(on_scan, data);
	scan_collector_set_silence(self->collector, self->source->silence_us);
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
	if (self->device != NULL)
		self->source->cancel(self->device);
	g_cond_signal(&self->cond);
	g_mutex_unlock(&self->mutex);
	g_thread_join(self->thread);

	g_mutex_clear(&self->mutex);
	g_cond_clear(&self->cond);
	scan_collector_free(self->collector);
	g_free(self->address);
	g_free(self);
}
