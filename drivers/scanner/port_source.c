/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drivers/port/port.h"
#include "drivers/scanner/source.h"

/* Serial, USB-CDC, a socket: the bytes are the code (protocols/scanner.md §2). */

static void *open_port(const char *address, GError **error)
{
	struct port *port = port_open(address, error);

	if (port != NULL)
		port_set_class(port, "scanner");
	return port;
}

static int read_port(void *self, ScanCollector *collector, GError **error)
{
	uint8_t bytes[256];
	gssize n = port_read(self, bytes, sizeof bytes, SCAN_TICK_MS, error);

	if (n <= 0)
		return (int)n;
	scan_collector_push(collector, bytes, (size_t)n, g_get_monotonic_time());
	return 1;
}

static void cancel_port(void *self)
{
	port_cancel(self);
}

static void close_port(void *self)
{
	port_close(self);
}

const struct scan_source scan_source_port = {
	.silence_us = 200 * 1000,
	.open = open_port,
	.read = read_port,
	.cancel = cancel_port,
	.close = close_port,
};
